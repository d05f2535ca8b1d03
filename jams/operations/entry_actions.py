"""What can be done to an entry: hold, release, reschedule, restart, cancel, remove, change a parameter."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.objects.base import EntryNumber, Text
from jams.objects.schedule import (
    Cancel,
    Comment,
    EntryAppearance,
    EntryStatus,
    Release,
    Reschedule,
    Restart,
    SetParameter,
)
from jams.scheduler import actions, showing
from jams.security.rights import Monitor

from . import offers
from .catalogue import Binding, Message
from .context import Context
from .declaration import operation
from .submission_rights import permit_of
from .visibility import visible_number

PIPELINE = {"id": "JamsEntry"}
BINDING = Binding(names={"id": "Entry"}, lookup=offers.ENTRIES, shows="get_entry")


@operation(
    right=Monitor.MANAGE,
    rest="PUT /entry/{id}/hold",
    soap="Entry.Hold",
    cmdlet="Suspend-JAMSEntry",
    command="hold",
    key=("id",),
    pipeline=PIPELINE,
    offers=offers.ENTRY,
    binding=BINDING,
)
def hold_entry(context: Context, id: EntryNumber, body: Comment) -> Message:
    """Hold an entry until someone releases it. An entry that has started cannot be held.

    Args:
        id: number of the entry.

    Raises:
        EntryNotFound: there is no such entry, or the caller may not see it.
        WrongState: it has started, has ended, or is held already.
    """

    def work(c: Connection) -> str:
        return actions.hold(c, visible_number(context, c, id), context.caller.account, body)

    return context.write(work)


@operation(
    right=Monitor.MANAGE,
    rest="PUT /entry/{id}/release",
    soap="Entry.Release",
    cmdlet="Resume-JAMSEntry",
    command="release",
    key=("id",),
    starts=offers.RUN_AGAIN,
    pipeline=PIPELINE,
    offers=offers.ENTRY,
    binding=BINDING,
)
def release_entry(context: Context, id: EntryNumber, body: Release) -> Message:
    """Release an entry from what it waits for: a hold, or a time that has not come.

    Args:
        id: number of the entry.

    Raises:
        EntryNotFound: there is no such entry, or the caller may not see it.
        WrongState: it does not wait for what it is to be released from.
    """

    def work(c: Connection) -> str:
        return actions.release(c, visible_number(context, c, id), context.caller.account, body)

    return context.write(work)


@operation(
    right=Monitor.MANAGE,
    rest="PUT /entry/{id}/reschedule",
    soap="Entry.Reschedule",
    cmdlet="Set-JAMSEntry",
    command="reschedule",
    key=("id",),
    pipeline=PIPELINE,
    offers=offers.ENTRY,
    binding=BINDING,
)
def reschedule_entry(context: Context, id: EntryNumber, body: Reschedule) -> Message:
    """Give an entry that has not started another start time, hold or priority; what is not given stays.

    Args:
        id: number of the entry.

    Raises:
        EntryNotFound: there is no such entry, or the caller may not see it.
        WrongState: it has started or ended.
        MissingArgument: nothing is to be changed.
        InvalidArgument: a value that cannot be taken, or two that contradict each other.
        UnknownProperty: a property that an entry does not have.
        NotSupported: a property that this server does not obey.
    """

    def work(c: Connection) -> str:
        return actions.reschedule(c, visible_number(context, c, id), context.caller.account, body)

    return context.write(work)


@operation(
    right=Monitor.MANAGE,
    rest="PUT /entry/{id}/restart",
    soap="Entry.Restart",
    cmdlet="Restart-JAMSEntry",
    command="restart",
    key=("id",),
    starts=offers.RUN_AGAIN,
    pipeline=PIPELINE,
    offers=offers.ENTRY,
    binding=BINDING,
)
def restart_entry(context: Context, id: EntryNumber, body: Restart) -> Message:
    """Run an entry again under the same number, with the same parameters and a new run number.

    A run that is going on is ended first and recorded with the severity given. The next one starts when
    nothing of it lives any more.

    Args:
        id: number of the entry.

    Raises:
        EntryNotFound: there is no such entry, or the caller may not see it.
        WrongState: it has not started yet, or was submitted as not restartable.
    """

    def work(c: Connection) -> str:
        return actions.restart(c, visible_number(context, c, id), context.caller.account, body)

    return context.write(work)


@operation(
    right=Monitor.ABORT,
    rest="PUT /entry/{id}/delete",
    soap="Entry.Cancel",
    cmdlet="Stop-JAMSEntry",
    command="cancel",
    key=("id",),
    pipeline=PIPELINE,
    offers=offers.ENTRY,
    binding=BINDING,
)
def cancel_entry(context: Context, id: EntryNumber, body: Cancel) -> Message:
    """Cancel an entry: end its run if it has one, and record its end.

    A run is asked to end, and killed when it has not after a while; until nothing of it lives any more the
    entry is executing, with the status "Being cancelled". A cancelled entry never runs again by itself.

    Args:
        id: number of the entry.

    Raises:
        EntryNotFound: there is no such entry, or the caller may not see it.
        WrongState: it has ended.
        NotSupported: ``reprocessCompletion`` is asked for.
    """

    def work(c: Connection) -> str:
        return actions.cancel(c, visible_number(context, c, id), context.caller.account, body)

    return context.write(work)


@operation(
    right=Monitor.ABORT,
    rest="DELETE /entry/{id}?comment",
    soap="Entry.Remove",
    cmdlet="Remove-JAMSEntry",
    command="remove",
    key=("id",),
    pipeline=PIPELINE,
    offers=offers.ENTRY,
    binding=Binding(names={"id": "Entry"}, lookup=offers.ENTRIES),
)
def remove_entry(context: Context, id: EntryNumber, comment: Text | None = None) -> Message:
    """Take an entry that has ended out of the monitor, before its time there is over. Its history stays.

    Args:
        id: number of the entry.
        comment: why; kept in the audit trail.

    Raises:
        EntryNotFound: there is no such entry, or the caller may not see it.
        WrongState: it has not ended.
    """

    def work(c: Connection) -> str:
        return actions.remove(c, visible_number(context, c, id), context.caller.account, comment)

    return context.write(work)


@operation(
    right=Monitor.MANAGE,
    rest="PUT /entry/{id}/putparameter",
    soap="Entry.SetParameter",
    cmdlet="Set-JAMSParameter",
    command="set-parameter",
    key=("id",),
    positional=("id", "param_name", "param_value"),
    pipeline=PIPELINE,
    offers=offers.ENTRY,
    binding=Binding(names={"id": "Entry", "param_name": "Name", "param_value": "Value"}, shows="get_entry"),
)
def set_entry_parameter(context: Context, id: EntryNumber, body: SetParameter) -> Message:
    """Give a parameter of an entry that has not started another value.

    Args:
        id: number of the entry.

    Raises:
        EntryNotFound: there is no such entry, or the caller may not see it.
        AccessDenied: the job does not leave it open, and the caller may not change the job.
        ParameterNotFound: the entry has no such parameter.
        InvalidParameter: the parameter's definition does not allow the value.
        WrongState: the entry has started.
    """

    def work(c: Connection) -> str:
        number = visible_number(context, c, id)
        return actions.set_parameter(c, number, context.caller.account, body, permit_of(context))

    return context.write(work)


@operation(
    right=Monitor.MANAGE,
    rest="PUT /entry/{id}/status",
    soap="Entry.SetStatus",
    cmdlet="Set-JAMSStatus",
    command="set-status",
    key=("id",),
    positional=("id", "job_status"),
    pipeline=PIPELINE,
    offers=offers.ENTRY,
    binding=Binding(
        names={"id": "Entry", "job_status": "Status"},
        positional=("job_status",),
        lookup=offers.ENTRIES,
        shows="get_entry",
        own_entry=True,
    ),
)
def set_entry_status(context: Context, id: EntryNumber, body: EntryStatus) -> Message:
    """Set the status text of an entry that runs, as its job does to tell how far it is.

    A job finds its entry's number in the variable JAMS_ENTRY. The last text stays when the run has ended, and
    goes into its history.

    Args:
        id: number of the entry.

    Raises:
        EntryNotFound: there is no such entry, or the caller may not see it.
        WrongState: it does not run.
    """
    return context.write(lambda c: showing.set_status(c, visible_number(context, c, id), body))


@operation(
    right=Monitor.MANAGE,
    rest="PUT /entry/{id}/state",
    soap="Entry.SetState",
    cmdlet="Set-JAMSState",
    command="set-state",
    key=("id",),
    pipeline=PIPELINE,
    offers=offers.ENTRY,
    binding=Binding(
        names={"id": "Entry", "job_status": "Status"},
        lookup=offers.ENTRIES,
        shows="get_entry",
    ),
)
def set_entry_state(context: Context, id: EntryNumber, body: EntryAppearance) -> Message:
    """Set what an entry that runs shows of itself: its status text, its icon, and what is said of that.

    Icon and message go when the run has ended, unless they are permanent; until the entry runs again.

    Args:
        id: number of the entry.

    Raises:
        EntryNotFound: there is no such entry, or the caller may not see it.
        WrongState: it does not run.
        MissingArgument: nothing is to be set.
        NotSupported: ``enableRelease`` is asked for.
    """
    return context.write(lambda c: showing.set_state(c, visible_number(context, c, id), body))
