"""What of the schedule and the history a reader is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, select

from jams.objects.enums import EntryState
from jams.objects.parts import ParamValue

from . import tables
from .reading import Found


class Sight(Struct, frozen=True, kw_only=True):
    """How far somebody sees.

    Attributes:
        of: the account whose entries and records alone are seen; None: everybody's.
        definitions: whether what comes from the job's definition, and was not given at submission, is seen:
            the source, the elements, the values of hidden parameters, what of it is not obeyed.
    """

    of: str | None = None
    definitions: bool = True


EVERYTHING = Sight()


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


def unended(c: Connection, condition: ColumnElement[bool], sight: Sight) -> str | None:
    """What to call an entry that has not ended and meets the condition; None if there is none.

    One that is not seen has no number.
    """
    entry = tables.entry
    waits = select(entry.c.number).where(condition, entry.c.state != EntryState.COMPLETE).limit(1)
    seen = waits if sight.of is None else waits.where(entry.c.submitted_by == sight.of)
    number = c.scalar(seen)
    if number is not None:
        return f"Entry {number}"
    return "An entry" if seen is not waits and c.scalar(waits) is not None else None
