"""What of the schedule and the history a reader is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Column, ColumnElement, Connection, false, not_, or_, select

from jams.objects.enums import EntryState
from jams.objects.parts import ParamValue

from . import names, tables
from .among import among
from .reading import Found


class Closed(NamedTuple):
    """Whose entries are not to be seen: those of jobs in some folders, but of some, and of further jobs."""

    folders: frozenset[int]
    shown: frozenset[int]
    hidden: frozenset[int]

    def keeps_away(self, folder_id: int, job_id: int | None) -> bool:
        """Whether entries of a job that lies in a folder are not seen."""
        return job_id in self.hidden or (folder_id in self.folders and job_id not in self.shown)


class Sight(Struct, frozen=True, kw_only=True):
    """How far somebody sees.

    Attributes:
        of: the account whose entries and records alone are seen; None: everybody's.
        definitions: whether what comes from the job's definition, and was not given at submission, is seen:
            the source, the elements, the values of hidden parameters, what of it is not obeyed.
        within: numbers of the folders whose entries and records alone are seen, with what lies below; None:
            of all.
        closed: whose are not seen by the access lists of objects; None: no list keeps any away.
    """

    of: str | None = None
    definitions: bool = True
    within: frozenset[int] | None = None
    closed: Closed | None = None


EVERYTHING = Sight()


def folders_within(c: Connection, tops: Iterable[int]) -> ColumnElement[bool]:
    """The condition that a folder is one of those numbered, or lies below one as they lie now."""
    folder = tables.folder
    keys = c.scalars(select(folder.c.path_key).where(folder.c.id.in_(list(tops)))).all()
    return or_(false(), *(names.below(folder.c.path_key, key) for key in keys))


def in_folders(
    c: Connection, column: Column[int], job: Column[Any], sight: Sight
) -> list[ColumnElement[bool]]:
    """The conditions that the folder and the job of these numbers are ones of which somebody sees.

    None if he sees all.
    """
    found: list[ColumnElement[bool]] = []
    if sight.within is not None:
        inside = folders_within(c, sight.within)
        found.append(column.in_(select(tables.folder.c.id).where(inside)))
    return found + in_closed(c, column, job, sight)


def in_closed(
    c: Connection, column: Column[int], job: Column[Any], sight: Sight
) -> list[ColumnElement[bool]]:
    """The conditions that access lists do not keep away those of the folder and the job of these numbers."""
    found: list[ColumnElement[bool]] = []
    if sight.closed is not None:
        closed, shown, hidden = sight.closed
        if closed:
            open_ = not_(among(c, column, closed))
            found.append(or_(open_, among(c, job, shown)) if shown else open_)
        if hidden:
            found.append(or_(job.is_(None), not_(among(c, job, hidden))))
    return found


def hidden_of(row: Found) -> Collection[str]:
    """The names of an entry's or record's parameters that are not shown; all, if that cannot be read."""
    rest = row.rest
    return rest.hidden if row.damage is None else [item.param_name for item in rest.parameters]


def without_hidden(parameters: Sequence[ParamValue], hidden: Collection[str]) -> tuple[ParamValue, ...]:
    """The parameters without the values of those whose names are ``hidden``."""
    return tuple(replace(item, value=None) if item.param_name in hidden else item for item in parameters)


def told_of(not_obeyed: Iterable[str]) -> tuple[str, ...]:
    """What is not obeyed, as it is told to who does not see definitions: that there is something."""
    return (_SOMETHING,) if any(not_obeyed) else ()


_SOMETHING = "definition: Not all that it says is obeyed here; who may look at it is told what."


_MOST_NAMED = 20
"""Entries that are named at once."""


def unended(
    c: Connection, condition: ColumnElement[bool], sight: Sight, one: str, several: str
) -> str | None:
    """Tell which entries have not ended and meet the condition; None if there is none.

    ``one`` and ``several`` are what is said of them. Those that are not seen have no numbers.
    """
    entry = tables.entry
    waits = select(entry.c.number).where(condition, entry.c.state != EntryState.COMPLETE)
    seen = waits if sight.of is None else waits.where(entry.c.submitted_by == sight.of)
    numbers = c.scalars(seen.order_by(entry.c.number).limit(_MOST_NAMED + 1)).all()
    if len(numbers) > 1:
        listed = ", ".join(map(str, numbers[:_MOST_NAMED]))
        more = " and others" if len(numbers) > _MOST_NAMED else ""
        return f"Entries {listed}{more} {several}: cancel them, or wait for them."
    if numbers:
        return f"Entry {numbers[0]} {one}: cancel it, or wait for it."
    if seen is not waits and c.scalar(waits.limit(1)) is not None:
        return f"An entry {one}: cancel it, or wait for it."
    return None
