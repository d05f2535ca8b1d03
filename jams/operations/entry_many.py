"""What can be done to many entries at once, with an answer for each: hold, release, restart, cancel."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from sqlalchemy import Connection

from jams.objects.base import EntryNumber
from jams.objects.bulk import CancelEntries, EntryOutcome, HoldEntries, ReleaseEntries, RestartEntries
from jams.objects.errors import JAMSError
from jams.scheduler import actions
from jams.security.rights import Monitor

from . import offers
from .catalogue import Binding
from .context import Context
from .declaration import operation
from .visibility import visible_number

Act = Callable[[Connection, int], str]
"""Does something to an entry, and says what."""

_many = partial(
    operation,
    positional=("entries",),
    columns=("jamsEntry", "resultText"),
    offers={"entries": offers.ENTRIES},
    binding=Binding(set="Many", positional=()),
    failing="error",
)
"""Declares an operation on many entries."""


@_many(
    right=Monitor.MANAGE,
    rest="PUT /entries/hold",
    soap="Entry.HoldEntries",
    cmdlet="Suspend-JAMSEntry",
    command="hold-many",
)
def hold_entries(context: Context, body: HoldEntries) -> list[EntryOutcome]:
    """Hold entries until someone releases them, with an answer for each, in their order.

    What cannot be held is told by its error, and the others are held.
    """
    return _each(context, body.entries, lambda c, n: actions.hold(c, n, context.caller.account, body))


@_many(
    right=Monitor.MANAGE,
    rest="PUT /entries/release",
    soap="Entry.ReleaseEntries",
    cmdlet="Resume-JAMSEntry",
    command="release-many",
)
def release_entries(context: Context, body: ReleaseEntries) -> list[EntryOutcome]:
    """Release entries from what they wait for, with an answer for each, in their order.

    What cannot be released is told by its error, and the others are released.
    """
    return _each(context, body.entries, lambda c, n: actions.release(c, n, context.caller.account, body))


@_many(
    right=Monitor.MANAGE,
    rest="PUT /entries/restart",
    soap="Entry.RestartEntries",
    cmdlet="Restart-JAMSEntry",
    command="restart-many",
)
def restart_entries(context: Context, body: RestartEntries) -> list[EntryOutcome]:
    """Run entries again under their numbers, with an answer for each, in their order.

    What cannot be restarted is told by its error, and the others are restarted.
    """
    return _each(context, body.entries, lambda c, n: actions.restart(c, n, context.caller.account, body))


@_many(
    right=Monitor.ABORT,
    rest="PUT /entries/delete",
    soap="Entry.CancelEntries",
    cmdlet="Stop-JAMSEntry",
    command="cancel-many",
)
def cancel_entries(context: Context, body: CancelEntries) -> list[EntryOutcome]:
    """Cancel entries, with an answer for each, in their order.

    What cannot be cancelled is told by its error, and the others are cancelled.
    """
    return _each(context, body.entries, lambda c, n: actions.cancel(c, n, context.caller.account, body))


def _each(context: Context, numbers: Iterable[EntryNumber], act: Act) -> list[EntryOutcome]:
    """Do something to each of the entries, as far as the caller sees them, in one transaction."""
    wanted = list(numbers)

    def work(c: Connection) -> list[EntryOutcome]:
        # In the order of their numbers: of two who want the same entries one waits, and neither for ever.
        order = sorted(range(len(wanted)), key=lambda place: wanted[place])
        done = {place: _done(context, c, wanted[place], act) for place in order}
        return [done[place] for place in range(len(wanted))]

    outcomes = context.write(work)
    context.refused((each.error, each.jams_entry) for each in outcomes)
    return outcomes


def _done(context: Context, c: Connection, number: int, act: Act) -> EntryOutcome:
    try:
        with c.begin_nested():
            return EntryOutcome(jams_entry=number, result_text=act(c, visible_number(context, c, number)))
    except JAMSError as error:
        return EntryOutcome(jams_entry=number, result_text=error.message, error=error.document())
