"""Entries of the live schedule, looked at: what is waiting, running and has just ended."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy import Connection

from jams.database import entries, stored_settings
from jams.database.names import fold
from jams.objects.base import Count, EntryNumber, Name, Path, Seconds, Text, Timestamp
from jams.objects.enums import EntryState, Severity
from jams.objects.errors import ParameterNotFound
from jams.objects.log_parts import LogPart
from jams.objects.parts import ParamValue
from jams.objects.schedule import Entry, EntryAudit
from jams.objects.waits import EntryWait
from jams.scheduler import why
from jams.security.rights import Monitor

from . import logs, offers
from .catalogue import Binding, Bound, Ending, Follow
from .context import Context
from .declaration import operation
from .visibility import check_visible, shown_entry, sight_of, visible_entry

COLUMNS = (
    "jamsEntry",
    "jobName",
    "folderName",
    "currentState",
    "finalSeverity",
    "submittedBy",
    "startTimeUTC",
)
PIPELINE = {"id": "JamsEntry"}
BINDING = Binding(names={"id": "Entry"})
Limit = Annotated[int, Meta(ge=1, le=100_000)]


@operation(
    right=Monitor.SEE_OWN,
    rest="GET /entry",
    soap="Entry.Find",
    cmdlet="Get-JAMSEntry",
    command="entries",
    columns=COLUMNS,
    pipeline={"folder": "QualifiedName", "name": "QualifiedName"},
    offers={"folder": offers.FOLDER_NAMES, "name": offers.JOB_NAMES},
    bound=Bound("limit", cursor="before", member="jamsEntry", backwards=True),
    binding=Binding(set="Filter", pattern="name", container="Entries"),
)
def find_entries(
    context: Context,
    folder: Path | None = None,
    name: Text | None = None,
    state: list[EntryState] | None = None,
    severity: list[Severity] | None = None,
    submitted_by: Text | None = None,
    after: Timestamp | None = None,
    limit: Limit | None = None,
    before: EntryNumber | None = None,
) -> list[Entry]:
    r"""List the entries of the schedule, by entry number.

    Without filters it is the whole schedule; with several, entries that meet all of them. Where the setting
    EnableSimpleSetups says so and neither a name, a state nor a severity is asked for, a setup or sequence
    with one member is one entry: its own.

    Args:
        folder: only entries of jobs in this folder or below it.
        name: only entries whose job name matches; with a backslash it is the job's whole path that must
            match. ``*`` stands for anything, ``?`` for one character.
        state: only entries in one of these states.
        severity: only entries that ended with one of these severities.
        submitted_by: only entries that this account submitted.
        after: only entries scheduled at or after this time.
        limit: at most so many, the newest ones.
        before: only entries with a smaller number than this.

    Raises:
        FolderNotFound: there is no such folder.
    """
    sight = sight_of(context)
    if sight.of is not None:
        if submitted_by is not None and fold(submitted_by) != fold(sight.of):
            return []
        submitted_by = sight.of

    wanted: dict[str, Any] = {
        "folder": folder,
        "pattern": name,
        "states": state,
        "severities": severity,
        "submitted_by": submitted_by,
        "after": after,
        "sight": sight,
    }

    def work(c: Connection) -> list[Entry]:
        simple = not (name or state or severity) and stored_settings.boolean(c, "EnableSimpleSetups")
        found = entries.find(c, **wanted, simple=simple, limit=limit, before=before)
        shown = found if sight.definitions else entries.as_seen(c, found, sight)
        return context.counted(shown, lambda: entries.count(c, **wanted, simple=simple))

    return context.read(work)


@operation(
    right=Monitor.SEE_OWN,
    rest="GET /entry/{id}",
    soap="Entry.Get",
    cmdlet="Get-JAMSEntry",
    command="entry",
    key=("id",),
    columns=COLUMNS,
    pipeline=PIPELINE,
    offers=offers.ENTRY,
    binding=Binding(set="Entry", names={"id": "Entry"}),
)
def get_entry(context: Context, id: EntryNumber) -> Entry:
    """Show one entry.

    Args:
        id: number of the entry.

    Raises:
        EntryNotFound: there is no such entry, or the caller may not see it.
    """
    return context.read(lambda c: shown_entry(context, c, id))


@operation(
    right=Monitor.SEE_OWN,
    rest="GET /entry/{id}/wait",
    soap="Entry.Wait",
    cmdlet="Wait-JAMSEntry",
    command="wait",
    key=("id",),
    ending=Ending(
        state="currentState",
        ended="Complete",
        severity="finalSeverity",
        reason="finalStatus",
        wait="timeout",
    ),
    columns=COLUMNS,
    pipeline=PIPELINE,
    offers=offers.ENTRY,
    binding=Binding(names={"id": "Entry"}, lookup=offers.ENTRIES),
)
def wait_for_entry(context: Context, id: EntryNumber, timeout: Seconds = 60.0) -> Entry:
    """Wait until an entry has ended, and show it.

    The answer may come before the end: when the time is over, or when too many callers wait. Whoever
    still wants to wait asks again.

    Args:
        id: number of the entry.
        timeout: seconds to wait at most; the server may wait less.

    Raises:
        EntryNotFound: there is no such entry, or the caller may not see it.
    """
    if context.patience.kept is None:  # made again, it looks when it shows the entry
        context.read(lambda c: check_visible(context, c, id))
        context.patience.kept = True
    context.patience.begin(timeout)
    context.patience.for_end(id)
    return context.read(lambda c: shown_entry(context, c, id))


@operation(
    right=Monitor.SEE_OWN,
    rest="GET /entry/{id}/parameter/get",
    soap="Entry.GetParameters",
    cmdlet="Get-JAMSParameter",
    command="parameters",
    key=("id",),
    columns=("paramName", "value", "dataType"),
    pipeline=PIPELINE,
    offers=offers.ENTRY,
    binding=Binding(set="All", names={"id": "Entry"}),
)
def get_entry_parameters(context: Context, id: EntryNumber) -> list[ParamValue]:
    """List the parameters of an entry with their values.

    Args:
        id: number of the entry.

    Raises:
        EntryNotFound: there is no such entry, or the caller may not see it.
    """
    return list(context.read(lambda c: shown_entry(context, c, id)).parameters)


@operation(
    right=Monitor.SEE_OWN,
    rest="GET /entry/{id}/parameter/get/{name}",
    soap="Entry.GetParameter",
    cmdlet="Get-JAMSParameter",
    command="parameter",
    key=("id",),
    positional=("id", "name"),
    columns=("paramName", "value", "dataType"),
    pipeline=PIPELINE,
    offers=offers.ENTRY,
    binding=Binding(set="Name", names={"id": "Entry"}, value="value"),
)
def get_entry_parameter(context: Context, id: EntryNumber, name: Name) -> ParamValue:
    """Show one parameter of an entry.

    Args:
        id: number of the entry.
        name: the parameter, in any case.

    Raises:
        EntryNotFound: there is no such entry, or the caller may not see it.
        ParameterNotFound: the entry has no such parameter.
    """
    entry = context.read(lambda c: shown_entry(context, c, id))
    for value in entry.parameters:
        if value.param_name.casefold() == name.casefold():
            return value
    raise ParameterNotFound(f"Entry {id} has no parameter {name}.", target=name)


@operation(
    right=Monitor.SEE_OWN,
    rest="GET /entry/{id}/log",
    soap="Entry.GetLog",
    cmdlet="Get-JAMSLog",
    command="log",
    key=("id",),
    text="text",
    pieces=logs.PIECES,
    follow=Follow(
        cursor="cursor",
        next="cursor",
        done="complete",
        wait="timeout",
        text="text",
        size="size",
        single="preview",
        until="wait_for_entry",
    ),
    pipeline=PIPELINE,
    offers=offers.ENTRY,
    binding=Binding(names={"id": "Entry"}, content=True),
)
def get_entry_log(
    context: Context,
    id: EntryNumber,
    offset: Count | None = None,
    tail: Count | None = None,
    cursor: Text | None = None,
    preview: bool = False,
    timeout: Seconds = 0.0,
    exact: bool = False,
) -> LogPart:
    """Read the log of an entry's current or last run.

    A long log comes in pieces: ask again at ``nextOffset`` until the piece is complete. Whoever follows a log
    that grows asks again at ``cursor``: when the job has emptied its log he gets what came after, and when
    the entry was restarted first the rest of the run that he followed.

    Args:
        id: number of the entry.
        offset: byte position to begin at.
        tail: only so many lines from the end.
        cursor: where to go on, as the piece before told.
        preview: only the first 512 kB.
        timeout: seconds to wait for something new when there is nothing yet; an entry that has not started
            by then, and a log that is not in its place, are answered with an empty piece.
        exact: also the bytes of the piece as they are, in base64.

    Raises:
        EntryNotFound: there is no such entry, or the caller may not see it.
        LogNotFound: the entry has not started and nobody waits for it, it ended without a start, or its log
            is gone.
        InvalidArgument: more than one of offset, tail and cursor is given, or the cursor is none.
    """
    return logs.follow_entry(
        context,
        lambda c: visible_entry(context, c, id),
        offset=offset,
        tail=tail,
        cursor=cursor,
        preview=preview,
        exact=exact,
        timeout=timeout,
    )


@operation(
    right=Monitor.SEE_OWN,
    rest="GET /entry/{id}/waits",
    soap="Entry.Waits",
    cmdlet="Get-JAMSWait",
    command="why",
    key=("id",),
    columns=("kind", "opensUTC", "message"),
    whole=True,
    pipeline=PIPELINE,
    offers=offers.ENTRY,
    binding=BINDING,
)
def get_entry_waits(context: Context, id: EntryNumber) -> list[EntryWait]:
    """Tell why an entry waits: each thing that it waits for, or else what made it and what let it go on.

    What is told is what the scheduler itself sees when it looks at the entry. Who may not look at definitions
    is not told what they name, and who sees his own entries alone nothing of others'.

    Args:
        id: number of the entry.

    Raises:
        EntryNotFound: there is no such entry, or the caller may not see it.
    """

    def work(c: Connection) -> list[EntryWait]:
        check_visible(context, c, id)
        sight = sight_of(context)
        found = why.waits_of(c, id, context.now(), sight)
        return found if sight.definitions else why.without_names(found)

    return context.read(work)


@operation(
    right=Monitor.SEE_OWN,
    rest="GET /EntryAuditTrail/{id}",
    soap="Entry.GetAuditTrail",
    cmdlet="Get-JAMSEntryAudit",
    command="audit",
    key=("id",),
    columns=("auditTimeUTC", "userName", "message", "comment"),
    pipeline=PIPELINE,
    offers=offers.ENTRY,
    binding=BINDING,
)
def get_entry_audit(context: Context, id: EntryNumber) -> list[EntryAudit]:
    """List what was done to an entry, by whom and why, oldest first.

    Args:
        id: number of the entry.

    Raises:
        EntryNotFound: there is no such entry, or the caller may not see it.
    """

    def work(c: Connection) -> list[EntryAudit]:
        check_visible(context, c, id)
        return why.trail(c, id, sight_of(context))

    return context.read(work)
