"""Setups and sequences that are under way, and their members as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, case, delete, func, insert, select, update

from jams.objects.enums import EntryState, MemberStage, Severity

from . import changes, entries, tables
from .reading import Found, Reader

_container = tables.container
_entry = tables.entry
_read = Reader(_container.c)

_ENDED = EntryState.COMPLETE
_TROUBLE = (MemberStage.BAD, MemberStage.FAILED)


def add(c: Connection, number: int) -> None:
    """The members of an entry are about to be made."""
    forget(c, number)
    c.execute(insert(_container).values(number=number, made=0, ending=0, restart=0))


def get(c: Connection, number: int) -> Found | None:
    """What is known of an entry whose members run: ``made``, ``ending``, ``ending_severity`` …"""
    row = c.execute(select(_container).where(_container.c.number == number)).one_or_none()
    return None if row is None else _read(row)


def change(c: Connection, number: int, **values: Any) -> None:
    """Change columns."""
    c.execute(update(_container).where(_container.c.number == number).values(**values))


def forget(c: Connection, number: int) -> None:
    """The members of an entry have all ended, and it as well."""
    c.execute(delete(_container).where(_container.c.number == number))


class Counted(Struct, frozen=True):
    """How far the members of an entry are, by the place under which they are counted.

    Attributes:
        open: how many have not ended.
        waits: how many of these wait for their turn.
        bad: where one halts the whole.
        failed: where one lets the whole fail.
    """

    open: dict[int, int]
    waits: dict[int, int]
    bad: frozenset[int] = frozenset()
    failed: frozenset[int] = frozenset()


def counted(c: Connection, parent: int, ron: int) -> Counted:
    """How far the members of a run are."""
    open_now: dict[int, int] = {}
    waits: dict[int, int] = {}
    trouble: dict[MemberStage, set[int]] = {stage: set() for stage in _TROUBLE}
    query = select(_entry.c.branch, _entry.c.stage, func.count()).where(
        *_of(parent, ron), _entry.c.state != _ENDED
    )
    for branch, stage, count in c.execute(query.group_by(_entry.c.branch, _entry.c.stage)):
        open_now[branch] = open_now.get(branch, 0) + count
        if stage is MemberStage.WAITS:
            waits[branch] = count
    query = select(_entry.c.branch, _entry.c.stage).where(*_of(parent, ron), _entry.c.stage.in_(_TROUBLE))
    for branch, stage in c.execute(query.distinct()):
        trouble[stage].add(branch)
    return Counted(
        open_now, waits, frozenset(trouble[MemberStage.BAD]), frozenset(trouble[MemberStage.FAILED])
    )


def members(
    c: Connection,
    parent: int,
    ron: int,
    *,
    stages: Collection[MemberStage] | None = None,
    branches: Collection[int] | None = None,
    ended: bool | None = None,
    most: int | None = None,
) -> list[Found]:
    """The rows of members of a run, in their order; nobody else changes them meanwhile.

    Args:
        c: the connection.
        parent: the setup's or sequence's entry.
        ron: its run.
        stages: only those with which it has come so far.
        branches: only those that are counted there.
        ended: only those that have ended, or have not.
        most: how many at most.
    """
    where = _of(parent, ron)
    if stages is not None:
        where.append(_entry.c.stage.in_(stages))
    if branches is not None:
        where.append(_entry.c.branch.in_(branches))
    if ended is not None:
        where.append(_entry.c.state == _ENDED if ended else _entry.c.state != _ENDED)
    query = select(_entry).where(*where).order_by(_entry.c.place).with_for_update()
    return entries.read.every(c.execute(query if most is None else query.limit(most)))


def last_run(c: Connection, parent: int) -> int | None:
    """The last run of an entry that had members; None when there are none left."""
    found: int | None = c.scalar(select(func.max(_entry.c.parent_ron)).where(_entry.c.parent == parent))
    return found


def numbers(c: Connection, parent: int) -> list[int]:
    """The entries of all members that an entry has had, in its runs."""
    return list(c.scalars(select(_entry.c.number).where(_entry.c.parent == parent)))


class Seen(Struct, frozen=True):
    """A member as it is told of."""

    number: int
    name: str
    place: int
    state: EntryState
    stage: MemberStage | None
    severity: Severity | None
    since: datetime | None
    halted: bool


def seen(c: Connection, parent: int, ron: int, *, most: int = 500) -> list[Seen]:
    """The members whose turn has come and that are not done, in their order; those in trouble first."""
    columns = ("number", "job_name", "place", "state", "stage", "final_severity", "since", "halted")
    query = select(*(_entry.c[name] for name in columns)).where(
        *_of(parent, ron), _entry.c.stage.in_((MemberStage.REACHED, *_TROUBLE))
    )
    trouble = case((_entry.c.stage.in_(_TROUBLE), 0), (_entry.c.halted, 1), (_entry.c.held, 2), else_=3)
    return [Seen(*row) for row in c.execute(query.order_by(trouble, _entry.c.place).limit(most))]


def halted_below(c: Connection, parent: int, ron: int, *, most: int = 500) -> list[tuple[int, str]]:
    """The setups and sequences that are halted in those which run as members: their numbers and jobs.

    Of each branch the uppermost one; a member itself is told by :func:`seen`.
    """
    columns = [_entry.c[name] for name in ("number", "ron", "job_name", "parent", "parent_ron", "halted")]
    found: list[tuple[int, str]] = []
    above, depth = {parent: ron}, 0
    while above:
        query = select(*columns).where(_entry.c.parent.in_(above), _entry.c.state == EntryState.EXECUTING)
        rows = [row for row in c.execute(query.limit(most)) if above[row.parent] == row.parent_ron]
        found += [(row.number, row.job_name) for row in rows if row.halted and depth]
        above, depth = {row.number: row.ron for row in rows if not row.halted}, depth + 1
    return found


def worst(c: Connection, parent: int, ron: int) -> tuple[Severity, str] | None:
    """The worst end among the members that keep their setup from ending well, and the name of the job."""
    query = (
        select(_entry.c.final_severity, _entry.c.job_name)
        .where(*_of(parent, ron), _entry.c.stage.in_((*_TROUBLE, MemberStage.PASSED)))
        .order_by(_entry.c.final_severity.desc(), _entry.c.place)
    )
    row = c.execute(query.limit(1)).one_or_none()
    return None if row is None else (row.final_severity or Severity.ERROR, row.job_name)


def set_stage(c: Connection, numbers: Iterable[int], stage: MemberStage) -> None:
    """How far the setup has come with members, whatever state they are in."""
    wanted = list(numbers)
    for start in range(0, len(wanted), 500):
        chunk = wanted[start : start + 500]
        c.execute(
            update(_entry).where(_entry.c.number.in_(chunk)).values(stage=stage, version=_entry.c.version + 1)
        )
    for number in wanted:
        changes.note(c, number, changes.OTHERWISE)


def leave_with(c: Connection, parent: int, ron: int, until: datetime | None) -> None:
    """Let the members of a run leave the monitor when their setup does."""
    c.execute(
        update(_entry).where(*_of(parent, ron)).values(retain_until=until, version=_entry.c.version + 1)
    )


def take_along(c: Connection, parent: int, ron: int, next_ron: int) -> None:
    """Let the members of a run belong to the next one."""
    c.execute(
        update(_entry)
        .where(*_of(parent, ron))
        .values(parent_ron=next_ron, retain_until=None, version=_entry.c.version + 1)
    )


def any_executing(c: Connection, job_id: int, other_than: int) -> bool:
    """Whether another entry of a setup or sequence is under way."""
    query = (
        select(_entry.c.number)
        .join(_container, _container.c.number == _entry.c.number)
        .where(_entry.c.job_id == job_id, _entry.c.number != other_than, _entry.c.state != _ENDED)
    )
    return c.execute(query.limit(1)).one_or_none() is not None


def _of(parent: int, ron: int) -> list[ColumnElement[bool]]:
    return [_entry.c.parent == parent, _entry.c.parent_ron == ron]
