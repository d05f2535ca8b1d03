"""What happens to entries and definitions, told to who listens."""

from __future__ import annotations

import fnmatch
import hashlib
import re
from collections.abc import Callable
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import event_reading, names
from jams.database.event_reading import Wanted
from jams.objects.base import EntryNumber, Seconds, Text
from jams.objects.errors import InvalidArgument
from jams.objects.events import EventKind, Events
from jams.security.rights import (
    AgentDefinitions,
    AlertDefinitions,
    AreaRight,
    CalendarDefinitions,
    Configuration,
    CredentialDefinitions,
    FolderDefinitions,
    JobDefinitions,
    MenuDefinitions,
    Monitor,
    NamedTimeDefinitions,
    QueueDefinitions,
    ResourceDefinitions,
    ServerAccess,
    TriggerDefinitions,
    VariableDefinitions,
)

from .catalogue import Binding, Feed
from .context import Context
from .declaration import operation
from .object_sight import seen_events
from .visibility import sight_of

MOST = 10_000
Limit = Annotated[int, Meta(ge=0, le=MOST)]
Cursor = Annotated[str, Meta(min_length=1, max_length=18)]
_PLACE = re.compile("[0-9]{1,18}")

RIGHTS: dict[EventKind, AreaRight] = {
    EventKind.ENTRY: Monitor.SEE_OWN,
    EventKind.FOLDER: FolderDefinitions.INQUIRE,
    EventKind.JOB: JobDefinitions.INQUIRE,
    EventKind.VARIABLE: VariableDefinitions.INQUIRE,
    EventKind.AGENT: AgentDefinitions.INQUIRE,
    EventKind.CALENDAR: CalendarDefinitions.INQUIRE,
    EventKind.DATE_TYPE: CalendarDefinitions.INQUIRE,
    EventKind.NAMED_TIME: NamedTimeDefinitions.INQUIRE,
    EventKind.QUEUE: QueueDefinitions.INQUIRE,
    EventKind.RESOURCE: ResourceDefinitions.INQUIRE,
    EventKind.TRIGGER: TriggerDefinitions.INQUIRE,
    EventKind.SETTING: Configuration.INQUIRE,
    EventKind.METHOD: JobDefinitions.INQUIRE,
    EventKind.ALERT: AlertDefinitions.INQUIRE,
    EventKind.MENU: MenuDefinitions.INQUIRE,
    EventKind.CREDENTIAL: CredentialDefinitions.INQUIRE,
}
"""What somebody must be allowed to be told of objects of a kind: what lets him look at them."""


@operation(
    right=ServerAccess.EXECUTE,
    rest="GET /event",
    soap="Event.Find",
    cmdlet="Get-JAMSEvent",
    command="events",
    columns=("eventID", "eventTimeUTC", "kind", "action", "objectID", "name", "currentState"),
    feed=Feed(
        cursor="after",
        size="limit",
        wait="timeout",
        items="items",
        next="next",
        more="more",
        anew="listAnew",
        view="view",
    ),
    binding=Binding(set="Filter"),
)
def find_events(
    context: Context,
    after: Cursor | None = None,
    kind: list[EventKind] | None = None,
    name: list[Text] | None = None,
    entry: list[EntryNumber] | None = None,
    limit: Limit = 1000,
    timeout: Seconds = 0.0,
) -> Events:
    r"""Tell what has happened to entries and definitions, in the order in which it became durable.

    Each commit tells once of what it has changed. Of what the caller may not look at, nothing is told. Who
    asks on behind ``next`` misses nothing, whatever restarts meanwhile, as long as the events are kept (the
    settings KeepEvents and MostEvents); when some are not, ``listAnew`` says so. What a folder takes along
    when it is renamed or moved is not told of one by one.

    Args:
        after: only what has happened behind this place: ``next`` of an answer before, or the number of an
            event; 0: behind what is not kept any more. Without it the newest events are told.
        kind: only of objects of these kinds.
        name: only of objects whose name matches one of these; with a backslash it is the whole path that must
            match. ``*`` stands for anything, ``?`` for one character. Entries go by the names of their jobs.
        entry: only of these entries, and of nothing else.
        limit: at most so many.
        timeout: how many seconds to wait, at most 60, while there is nothing to tell.

    Raises:
        InvalidArgument: ``after`` is no place.
    """
    place = None if after is None else _place(after)
    caller, sight = context.caller, sight_of(context)
    seen = sorted((each for each in RIGHTS if caller.may(RIGHTS[each])), key=lambda each: each.value)
    asked = Wanted(
        kinds=[each for each in seen if kind is None or each in kind],
        of=sight.of,
        entries=entry,
        fits=_fitting(name) if name else None,
    )
    limits = None if sight.closed is None else tuple(map(sorted, sight.closed))
    view = hashlib.sha256(repr((sight.of, [each.value for each in seen], limits)).encode()).hexdigest()[:16]
    waits = context.patience
    waits.begin(timeout)
    if waits.kept is not None:
        place = waits.kept

    def work(c: Connection) -> event_reading.Read:
        wanted = replace(asked, seen=seen_events(c, caller))
        if place is None:
            return event_reading.latest(c, wanted, limit)
        return event_reading.behind(c, place, wanted, limit)

    while True:
        found = context.read(work)
        if found.events or found.more or found.anew or waits.left <= 0 or place is None:
            return Events(
                items=found.events, next=str(found.next), more=found.more, list_anew=found.anew, view=view
            )
        place = waits.kept = found.next
        waits.for_anything()


def _place(text: str) -> int:
    if _PLACE.fullmatch(text) is None:
        raise InvalidArgument("This is no place in the stream of events.", member="after")
    return int(text)


def _fitting(patterns: list[str]) -> Callable[[str], bool]:
    """Says whether a name fits one of the patterns."""
    whole = [_compiled(each) for each in patterns if names.is_path(each)]
    last = [_compiled(each) for each in patterns if not names.is_path(each)]

    def fits(name: str) -> bool:
        folded = names.fold(name)
        short = folded.rpartition(names.ROOT)[2] or folded
        return any(each.fullmatch(folded) for each in whole) or any(each.fullmatch(short) for each in last)

    return fits


def _compiled(pattern: str) -> re.Pattern[str]:
    folded = names.fold(pattern.replace("/", names.ROOT))
    return re.compile(fnmatch.translate(folded.replace("[", "[[]")))
