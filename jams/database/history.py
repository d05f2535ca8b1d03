"""The history of runs: written once, when a run is settled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, func, insert, select

from jams.objects.base import EntryNumber, RunNumber
from jams.objects.enums import InitiatorType, Severity
from jams.objects.errors import HistoryNotFound
from jams.objects.parts import Element, ParamValue, PropertyValue, Tag
from jams.objects.schedule import History, HistoryPage

from . import agents, folders, names, tables, trigger_news
from .among import among
from .columns import AnyRow
from .history_filter import condition, ordering, tells_when
from .newest_first import older
from .reading import Found, Reader
from .sight import EVERYTHING, Sight, hidden_of, in_folders, without_hidden

_history = tables.history
_insert = insert(_history).inline()


class HistoryRest(msgspec.Struct, omit_defaults=True):
    """What of a record has no column.

    ``hidden`` are names of parameters; ``setup`` is the path of the setup of which it was a member;
    ``revision`` is the version of the job's definition by which it ran.
    """

    revision: int | None = None
    debug: bool = False
    initiator_type: InitiatorType = InitiatorType.UNKNOWN
    initiator_id: int | None = None
    parent_ron: int | None = None
    entry_type: str = "Job"
    setup: str = ""
    jams_id: str | None = None
    icon_message: str | None = None
    parameters: list[ParamValue] = []
    hidden: list[str] = []
    elements: list[Element] = []
    properties: list[PropertyValue] = []
    tag_ids: list[int] = []
    tags: list[Tag] = []
    execute_as: str | None = None


_read = Reader(_history.c, HistoryRest, number=EntryNumber, ron=RunNumber)


def add(c: Connection, records: Sequence[Mapping[str, Any]], *, listened: bool = True) -> None:
    """Write records, of which triggers hear; each holds values by column name, the keys excepted.

    ``listened``: whether triggers wait for anything, as far as is known.
    """
    if not records:
        return
    keyed = [
        {
            "setup_key": None,
            **record,
            "job_name_key": names.fold(record["job_name"]),
            "path_key": names.fold(names.join(record["folder_name"], record["job_name"])),
        }
        for record in records
    ]
    c.execute(_insert, keyed)
    if listened:
        trigger_news.ended(c, records)


def get(c: Connection, job_id: int, id: int, sight: Sight = EVERYTHING) -> History:
    """One record of a job. Raises HistoryNotFound."""
    where = (_history.c.id == id, _history.c.job_id == job_id, *_seen(c, sight))
    row = c.execute(select(_history).where(*where)).one_or_none()
    if row is None:
        raise HistoryNotFound(f"Job {job_id} has no history record {id}.", target=id)
    return _document(_read(row), agents.all_names(c), sight)


def places(c: Connection, numbers: Collection[int]) -> dict[int, tuple[int | None, int | None]]:
    """The jobs of entries that have left the monitor, and the folders in which they lay, by number."""
    query = select(_history.c.number, _history.c.job_id, _history.c.folder_id).distinct()
    rows = c.execute(query.where(among(c, _history.c.number, numbers)))
    return {row.number: (row.job_id, row.folder_id) for row in rows}


def log_of(c: Connection, number: int, ron: int) -> str | None:
    """Where the log of an ended run lies; None when it has none, or is not in the history."""
    query = select(_history.c.log_filename).where(_history.c.number == number, _history.c.ron == ron)
    found: str | None = c.scalar(query.limit(1))
    return found


def _seen(c: Connection, sight: Sight) -> list[ColumnElement[bool]]:
    own = [] if sight.of is None else [_history.c.submitted_by == sight.of]
    return [*own, *in_folders(c, _history.c.folder_id, _history.c.job_id, sight)]


class Wanted(NamedTuple):
    """Which records: what is None does not matter.

    Attributes:
        pattern: of jobs whose name matches; with a separator it is the whole path that must match.
        job_id: of the job of that number.
        since: of runs that ended then or later.
        until: of runs that ended before.
        severities: of runs that ended with one of these.
        setup: such a pattern, too: of members of a setup or sequence that is called so.
    """

    pattern: str | None = None
    job_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    severities: Sequence[Severity] | None = None
    setup: str | None = None


ALL = Wanted()


def find(
    c: Connection,
    which: Wanted = ALL,
    *,
    limit: int = 1000,
    beyond: int | None = None,
    sight: Sight = EVERYTHING,
) -> list[History]:
    """The newest records of those that are wanted.

    ``beyond`` is the number of the record behind which the list goes on.

    Raises:
        HistoryNotFound: that record is gone.
    """
    where = _conditions(c, which, sight)
    if beyond is not None:
        where.append(_behind(c, beyond))
    newest = (_history.c.completion_time.desc(), _history.c.id.desc())
    return _documents(c, c.execute(select(_history).where(*where).order_by(*newest).limit(limit)), sight)


def count(c: Connection, which: Wanted = ALL, *, sight: Sight = EVERYTHING) -> int:
    """How many records are wanted."""
    return c.scalar(select(func.count()).select_from(_history).where(*_conditions(c, which, sight))) or 0


def _conditions(c: Connection, which: Wanted, sight: Sight) -> list[ColumnElement[bool]]:
    where = _seen(c, sight)
    if which.pattern:
        where.append(_named(which.pattern))
    if which.job_id is not None:
        where.append(_history.c.job_id == which.job_id)
    if which.since is not None:
        where.append(_history.c.completion_time >= which.since)
    if which.until is not None:
        where.append(_history.c.completion_time < which.until)
    if which.severities:
        where.append(_history.c.final_severity.in_(which.severities))
    if which.setup is not None:
        setup = which.setup
        whole = names.normalize(setup) if names.is_path(setup) else f"*{names.ROOT}{setup}"
        where.append(names.matches(_history.c.setup_key, whole))
    return where


def _behind(c: Connection, id: int) -> ColumnElement[bool]:
    ended = c.execute(select(_history.c.completion_time).where(_history.c.id == id)).one_or_none()
    if ended is None:
        raise HistoryNotFound(f"There is no history record {id} to go on behind.", target=id)
    return older(_history.c.completion_time, _history.c.id, ended[0], id)


def _named(pattern: str) -> ColumnElement[bool]:
    if names.is_path(pattern):
        return names.matches(_history.c.path_key, names.normalize(pattern))
    return names.matches(_history.c.job_name_key, pattern)


def search(
    c: Connection,
    *,
    filter: str | None = None,
    folder: str | None = None,
    recursive: bool = False,
    pattern: str | None = None,
    since: datetime | None = None,
    order_by: str | None = None,
    top: int = 100,
    skip: int = 0,
    count: bool = True,
    sight: Sight = EVERYTHING,
) -> HistoryPage:
    """A page of the records that meet an OData filter and the other conditions.

    ``since`` is when runs have ended that are searched, where the filter tells nothing of when they were.
    ``count`` of the page is 0 when it is not asked for; the link to a further page is for whoever knows the
    address to make, so it is left out here. Raises InvalidArgument and FolderNotFound.
    """
    where = _seen(c, sight)
    wanted = condition(filter) if filter and filter.strip() else None
    if wanted is not None:
        where.append(wanted)
    if since is not None and (wanted is None or not tells_when(wanted)):
        where.append(_history.c.completion_time >= since)
    if folder is not None:
        where.append(_in_folder(c, folder, recursive=recursive))
    if pattern:
        where.append(_named(pattern))
    page = select(_history).where(*where).order_by(*ordering(order_by))
    rows = c.execute(page.offset(skip).limit(top))
    items = _documents(c, rows, sight)
    total = c.scalar(select(func.count()).select_from(_history).where(*where)) if count else None
    return HistoryPage(items=items, count=total or 0)


def _in_folder(c: Connection, folder: str, *, recursive: bool) -> ColumnElement[bool]:
    top = folders.locate(c, name=folder)
    if not recursive:
        return _history.c.folder_id == int(top.id)
    inside = select(tables.folder.c.id).where(folders.within(top.path_key, recursive=True))
    return _history.c.folder_id.in_(inside)


def _documents(c: Connection, rows: Iterable[AnyRow], sight: Sight) -> list[History]:
    named = agents.all_names(c)
    return [_document(_read(row), named, sight) for row in rows]


def _document(row: Found, agent_names: Mapping[int, str], sight: Sight) -> History:
    rest = row.rest
    hidden = () if sight.definitions else hidden_of(row)
    over, _, setup = rest.setup.rpartition(names.ROOT)
    return History(
        history_id=row.id,
        jams_entry=row.number,
        ron=row.ron,
        job_id=row.job_id,
        definition_version=rest.revision,
        job_name=row.job_name,
        parent_folder_id=row.folder_id,
        parent_folder_name=row.folder_name,
        entry_type=rest.entry_type,
        parent_rron=rest.parent_ron,
        initiator_type=rest.initiator_type,
        initiator_id=rest.initiator_id,
        submitted_by=row.submitted_by,
        user_name=row.user_name,
        scheduled_time_utc=row.scheduled_time,
        hold_time_utc=row.hold_time,
        start_time_utc=row.start_time,
        completion_time_utc=row.completion_time,
        final_severity=row.final_severity,
        final_status=row.final_status,
        final_status_code=row.final_status_code,
        job_status=row.job_status,
        note=row.note,
        elapsed_time=row.elapsed,
        cpu_time=row.cpu,
        log_filename=row.log_filename,
        agent_name=agent_names.get(row.agent_id, ""),
        process_id=row.process_id,
        restart_count=row.restart_count,
        jams_id=rest.jams_id,
        icon_message=rest.icon_message,
        debug_mode=rest.debug,
        scheduling_priority=row.priority,
        held=row.held,
        parameters=without_hidden(rest.parameters, hidden),
        elements=tuple(rest.elements) if sight.definitions else (),
        properties=tuple(rest.properties),
        tag_ids=tuple(rest.tag_ids),
        tags=tuple(rest.tags),
        setup_name=setup or None,
        setup_folder_name=(over or names.ROOT) if setup else None,
        execute_as=rest.execute_as,
        damage=row.damage,
    )
