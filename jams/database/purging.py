"""What has outlived its time in the history and the trails, found and removed piece by piece.

Each kind is a walk along rows that are old enough, in the order of their age. A walk finds its next piece on
a reading connection; to count or remove it are a few short statements. What is removed twice at once is
removed once: only rows that a statement has removed itself are counted, and their logs noted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    update,
)

from jams.objects.enums import Severity

from . import tables
from .among import among
from .columns import AnyRow

_history = tables.history
_entry = tables.entry
_entry_audit = tables.entry_audit
_to_remove = tables.log_to_remove

LOOKED_THROUGH = 20_000
"""Rows that are looked through at once where few of them may have to go."""


class Rule(NamedTuple):
    """What goes: what ended before a moment; of each job the newest ``minimum`` runs stay all the same, and
    beyond the newest ``maximum`` none does.
    """

    before: datetime
    minimum: int = 1
    maximum: int | None = None


class Place(NamedTuple):
    """A place in the order of age."""

    time: datetime
    id: int


class Piece(NamedTuple):
    """Rows that follow each other: those that meet ``where``, up to and with ``to``."""

    where: ColumnElement[bool]
    to: Place


class Removed(NamedTuple):
    """How many rows went, and how many logs are to be removed by that."""

    rows: int
    logs: int = 0


class Walk(Protocol):
    """A kind of rows that are removed piece by piece."""

    def next(self, c: Connection, size: int) -> Piece | None:
        """The next piece, of so many rows or fewer; None: there is nothing more. On a reading connection."""

    def count(self, c: Connection, piece: Piece) -> int:
        """How many rows of the piece would go."""

    def remove(self, c: Connection, piece: Piece) -> Removed:
        """Remove what has to go of the piece."""


def jobs_with_history(c: Connection) -> list[int | None]:
    """The numbers of the jobs that have a history; None stands for what is no job's."""
    numbers: list[int | None] = list(c.scalars(_by_steps() if c.dialect.name != "mssql" else _at_once()))
    if c.scalar(select(_history.c.id).where(_history.c.job_id.is_(None)).limit(1)) is not None:
        numbers.append(None)
    return numbers


def _at_once() -> Select[Any]:
    """SQL Server takes no lowest number within a recursion."""
    return select(_history.c.job_id).where(_history.c.job_id.is_not(None)).distinct()


def _by_steps() -> Select[Any]:
    """From each number to the next by the index: a look for each job, not for each row."""
    first = select(func.min(_history.c.job_id).label("id")).cte("found", recursive=True)
    following = select(func.min(_history.c.job_id)).where(_history.c.job_id > first.c.id).scalar_subquery()
    found = first.union_all(select(following).where(first.c.id.is_not(None)))
    return select(found.c.id).where(found.c.id.is_not(None))


class JobHistory:
    """The history of one job, with its logs and the trails of its entries.

    What the monitor still shows stays, and so do the ends that dependencies on the job ask for: the last one
    of each severity or better.
    """

    def __init__(self, job_id: int | None, rule: Rule) -> None:
        self._of_job = _history.c.job_id.is_(None) if job_id is None else _history.c.job_id == job_id
        self._job_id = job_id
        self._rule = rule
        self._at: Place | None = None
        self._until: Place | None = None
        self._kept: list[int] = []
        self._begun = False

    def next(self, c: Connection, size: int) -> Piece | None:
        """See :class:`Walk`."""
        if not self._begun:
            self._begun = True
            self._until = self._last_to_go(c)
            if self._until is not None:
                self._kept = self._asked_for(c, self._until)
        if self._until is None or (self._at is not None and self._at >= self._until):
            return None
        rows = (self._of_job, *_after(_history, "completion_time", self._at))
        to = _place_at(c, _history, "completion_time", rows, self._until, size)
        where = and_(*rows, *_up_to(_history, "completion_time", to), _history.c.id.not_in(self._kept))
        self._at = to
        return Piece(where, to)

    def count(self, c: Connection, piece: Piece) -> int:
        """See :class:`Walk`."""
        where = (piece.where, ~_in_schedule(_history.c.number))
        return c.scalar(select(func.count()).select_from(_history).where(*where)) or 0

    def remove(self, c: Connection, piece: Piece) -> Removed:
        """See :class:`Walk`."""
        old = _not_in_schedule(c, select(_history.c.id, _history.c.number).where(piece.where))
        told = (_history.c.number, _history.c.log_filename, _history.c.completion_time)
        ids = among(c, _history.c.id, [row.id for row in old])
        gone = c.execute(delete(_history).where(ids).returning(*told)).all() if old else []
        if not gone:
            return Removed(0)
        left = {row.number for row in gone}
        left -= set(c.scalars(select(_history.c.number).where(among(c, _history.c.number, left))))
        c.execute(delete(_entry_audit).where(among(c, _entry_audit.c.number, left)))
        return Removed(len(gone), _note_logs(c, gone))

    def _last_to_go(self, c: Connection) -> Place | None:
        """The newest run that goes, unless something keeps it."""
        rule = self._rule
        newest = (_history.c.completion_time.desc(), _history.c.id.desc())
        query = select(_history.c.completion_time, _history.c.id).where(self._of_job).order_by(*newest)
        minimum = rule.minimum if self._is_there(c) else 0
        spared = _place(c, query.offset(minimum)) if minimum else None
        old = _place(c, query.where(_history.c.completion_time < rule.before))
        if minimum:
            old = None if spared is None or old is None else min(old, spared)
        many = None if rule.maximum is None else _place(c, query.offset(max(rule.maximum, minimum)))
        return max((place for place in (old, many) if place is not None), default=None)

    def _is_there(self, c: Connection) -> bool:
        there = select(tables.job.c.id).where(tables.job.c.id == self._job_id)
        return self._job_id is not None and c.scalar(there) is not None

    def _asked_for(self, c: Connection, until: Place) -> list[int]:
        """The ends that would be the last of their severity or better, if what goes were not gone."""
        kept: list[int] = []
        if not self._is_there(c):
            return kept
        newest = (_history.c.completion_time.desc(), _history.c.id.desc())
        query = select(_history.c.completion_time, _history.c.id, _history.c.final_severity)
        query = query.where(self._of_job, _history.c.counts.is_(true())).order_by(*newest).limit(1)
        found = c.execute(query).one_or_none()
        while found is not None:
            if Place(found.completion_time, found.id) <= until:
                kept.append(found.id)
            if found.final_severity is Severity.SUCCESS:
                break
            found = c.execute(query.where(_history.c.final_severity < found.final_severity)).one_or_none()
        return kept


class Logs:
    """Logs of runs that ended before a moment; their records stay, and name no log any more."""

    def __init__(self, rule: Rule) -> None:
        self._before = rule.before
        self._at: Place | None = None

    def next(self, c: Connection, size: int) -> Piece | None:
        """See :class:`Walk`."""
        size = min(size, LOOKED_THROUGH)
        logged = _history.c.log_filename.is_not(None)
        while True:
            rows = (_history.c.completion_time < self._before, *_after(_history, "completion_time", self._at))
            last = _place(c, _by_age(_history, "completion_time", rows).offset(LOOKED_THROUGH - 1))
            within = rows if last is None else (*rows, *_up_to(_history, "completion_time", last))
            with_log = _by_age(_history, "completion_time", (*within, logged))
            to = _place(c, with_log.offset(size - 1)) or last
            if to is None:
                to = _place(c, with_log.order_by(None).order_by(*_newest(_history, "completion_time")))
            if to is None:
                return None
            self._at = to
            where = and_(*rows, *_up_to(_history, "completion_time", to), logged)
            piece = Piece(and_(where, ~_in_schedule(_history.c.number)), to)
            if c.scalar(select(_history.c.id).where(piece.where).limit(1)) is not None:
                return piece

    def count(self, c: Connection, piece: Piece) -> int:
        """See :class:`Walk`."""
        return c.scalar(select(func.count()).select_from(_history).where(piece.where)) or 0

    def remove(self, c: Connection, piece: Piece) -> Removed:
        """See :class:`Walk`."""
        told = (_history.c.id, _history.c.number, _history.c.log_filename, _history.c.completion_time)
        found = _not_in_schedule(c, select(*told).where(piece.where).with_for_update())
        if found:
            ids = among(c, _history.c.id, [row.id for row in found])
            c.execute(update(_history).where(ids).values(log_filename=None))
        return Removed(0, _note_logs(c, found))


class Trail:
    """Rows of a table that were written before a moment: the audit trail, or points that were missed."""

    def __init__(self, table: Table, time: str, before: datetime) -> None:
        self._table, self._time, self._before = table, time, before
        self._at: Place | None = None

    def next(self, c: Connection, size: int) -> Piece | None:
        """See :class:`Walk`."""
        rows = (self._table.c[self._time] < self._before, *_after(self._table, self._time, self._at))
        newest = _by_age(self._table, self._time, rows).order_by(None)
        last = _place(c, newest.order_by(*_newest(self._table, self._time)))
        if last is None:
            return None
        self._at = _place_at(c, self._table, self._time, rows, last, size)
        return Piece(and_(*rows, *_up_to(self._table, self._time, self._at)), self._at)

    def count(self, c: Connection, piece: Piece) -> int:
        """See :class:`Walk`."""
        return c.scalar(select(func.count()).select_from(self._table).where(piece.where)) or 0

    def remove(self, c: Connection, piece: Piece) -> Removed:
        """See :class:`Walk`."""
        return Removed(c.execute(delete(self._table).where(piece.where)).rowcount)


class EntryTrails:
    """Trails of entries that are in neither schedule nor history: of such as were planned and withdrawn."""

    def __init__(self, before: datetime) -> None:
        self._before = before
        self._at = 0

    def next(self, c: Connection, size: int) -> Piece | None:
        """See :class:`Walk`."""
        id, time = _entry_audit.c.id, _entry_audit.c.time
        while True:
            behind = select(id, time).where(id > self._at).order_by(id)
            first = c.execute(behind.limit(1)).one_or_none()
            if first is None or first.time >= self._before:
                return None
            last = c.execute(behind.offset(LOOKED_THROUGH - 1).limit(1)).one_or_none()
            until = true() if last is None else id <= last.id
            left = and_(until, time < self._before, ~_has_history(), ~_in_schedule(_entry_audit.c.number))
            found = c.execute(behind.where(left).offset(size - 1).limit(1)).one_or_none()
            to = found or last
            if to is None:
                newest = select(id, time).where(id > self._at).order_by(id.desc()).limit(1)
                to = c.execute(newest).one()
            piece = Piece(and_(id > self._at, id <= to.id, left), Place(to.time, to.id))
            self._at = to.id
            if c.scalar(select(id).where(piece.where).limit(1)) is not None:
                return piece

    def count(self, c: Connection, piece: Piece) -> int:
        """See :class:`Walk`."""
        return c.scalar(select(func.count()).select_from(_entry_audit).where(piece.where)) or 0

    def remove(self, c: Connection, piece: Piece) -> Removed:
        """See :class:`Walk`."""
        return Removed(c.execute(delete(_entry_audit).where(piece.where)).rowcount)


def trails(before: datetime) -> Iterator[Walk]:
    """The walks along what is written of who has done what, and of what was missed."""
    yield EntryTrails(before)
    yield Trail(tables.missed_point, "recorded", before)


def logs_to_remove(c: Connection, beyond: int, limit: int) -> list[AnyRow]:
    """Logs whose files are to be removed: ``id``, ``path`` and ``written_until``, behind a number."""
    query = select(_to_remove).where(_to_remove.c.id > beyond).order_by(_to_remove.c.id).limit(limit)
    return list(c.execute(query))


def logs_removed(c: Connection, ids: list[int]) -> None:
    """The files of logs are gone."""
    c.execute(delete(_to_remove).where(among(c, _to_remove.c.id, ids)))


def _note_logs(c: Connection, rows: Iterable[AnyRow]) -> int:
    """Note the logs of records that have named them; how many there are."""
    noted = [
        {"path": row.log_filename, "written_until": row.completion_time} for row in rows if row.log_filename
    ]
    if noted:
        c.execute(insert(_to_remove).inline(), noted)
    return len(noted)


def _not_in_schedule(c: Connection, query: Select[Any]) -> list[AnyRow]:
    """Rows with a ``number`` whose entries the schedule does not hold any more; none of those comes back.

    Asked apart: joined, a plan made when the schedule was empty would look through all of it for each row.
    """
    rows = c.execute(query).all()
    numbers = select(_entry.c.number).where(among(c, _entry.c.number, {row.number for row in rows}))
    held = set(c.scalars(numbers))
    return [row for row in rows if row.number not in held]


def _in_schedule(number: Column[int]) -> ColumnElement[bool]:
    return exists(select(literal(1)).where(_entry.c.number == number))


def _has_history() -> ColumnElement[bool]:
    return exists(select(literal(1)).where(_history.c.number == _entry_audit.c.number))


def _after(table: Table, time: str, place: Place | None) -> tuple[ColumnElement[bool], ...]:
    """Rows behind a place. The first condition alone tells an index where to begin."""
    if place is None:
        return ()
    when = table.c[time]
    return when >= place.time, or_(when > place.time, table.c.id > place.id)


def _up_to(table: Table, time: str, place: Place) -> tuple[ColumnElement[bool], ...]:
    """Rows up to and with a place."""
    when = table.c[time]
    return when <= place.time, or_(when < place.time, table.c.id <= place.id)


def _newest(table: Table, time: str) -> tuple[ColumnElement[Any], ...]:
    return table.c[time].desc(), table.c.id.desc()


def _by_age(table: Table, time: str, rows: tuple[ColumnElement[bool], ...]) -> Select[Any]:
    return select(table.c[time], table.c.id).where(*rows).order_by(table.c[time], table.c.id)


def _place(c: Connection, query: Select[Any]) -> Place | None:
    """The first place that a query finds."""
    row = c.execute(query.limit(1)).one_or_none()
    return None if row is None else Place(*row)


def _place_at(
    c: Connection, table: Table, time: str, rows: tuple[ColumnElement[bool], ...], until: Place, size: int
) -> Place:
    """The place of the row that is so many from the first of the rows, or the end if that comes before."""
    bounded = (*rows, *_up_to(table, time, until))
    return _place(c, _by_age(table, time, bounded).offset(size - 1)) or until
