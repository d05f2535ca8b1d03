"""What the names in a specification mean in a calendar."""

from __future__ import annotations

from itertools import pairwise

from .calendar import Calendar, Named
from .date_errors import DateError, InvalidPeriod
from .periods import NEVER, DefinedRule, Span
from .suggestions import KEYWORDS, nearest_name
from .tree import Name, Relation, TypePeriod

_MOST_LISTED = 20


def resolve(calendar: Calendar, name: Name, specific: Name | None, error: type[DateError]) -> Named:
    """The date type, or specific type, that is meant.

    Raises:
        DateError: of the class ``error``, when the calendar has no such name or several.
    """
    date_type = calendar.find_type(name.text)
    if specific is not None:
        if date_type is None:
            raise _unknown(calendar, name.text, "a date type", error)
        for named in calendar.find_specifics(specific.text):
            if named.type is date_type:
                return named
        listed = ", ".join(date_type.specific_types[:_MOST_LISTED]) or "none"
        if len(date_type.specific_types) > _MOST_LISTED:
            listed += " and more"
        raise error(
            f"{specific.text} is not a specific type of {date_type.name}, which has: {listed}.",
            target=specific.text,
            suggestion=nearest_name(specific.text, date_type.specific_types),
        )
    if date_type is not None:
        return Named(date_type)
    found = calendar.find_specifics(name.text)
    if len(found) > 1:
        owners = " and ".join(named.type.name for named in found)
        raise error(
            f"{name.text} is a specific type of {owners}; write the date type before it.",
            target=name.text,
            suggestion=f"{found[0].type.name} {name.text}",
        )
    if not found:
        raise _unknown(calendar, name.text, "a date type or specific type", error)
    return found[0]


def _unknown(calendar: Calendar, name: str, what: str, error: type[DateError]) -> DateError:
    suggestion = nearest_name(name, [*KEYWORDS, *calendar.names])
    hint = f" Did you mean {suggestion}?" if suggestion else ""
    return error(f"{name} is not {what} of this calendar.{hint}", target=name, suggestion=suggestion)


def label_of(named: Named) -> str:
    """``FISCAL`` or ``FISCAL APRIL``."""
    return named.type.name if named.specific is None else f"{named.type.name} {named.specific}"


def evaluable(calendar: Calendar, named: Named) -> Span:
    """The days with at least one date of the type before and one after them (semantics 3.2)."""
    days = calendar.days_of(Named(named.type))
    return (days[0] + 1, days[-1] - 1) if days else NEVER


def defined_periods(calendar: Calendar, named: Named, relation: Relation) -> DefinedRule:
    """The periods of a continuous date type: each ends where the next of its type starts."""
    starts = calendar.days_of(Named(named.type))
    wanted = set(calendar.days_of(named))
    spans = [(start, after - 1) for start, after in pairwise(starts) if start in wanted]
    return DefinedRule(label_of(named), spans, relation, evaluable(calendar, named))


def period_of_type(calendar: Calendar, period: TypePeriod) -> DefinedRule:
    """The rule of a period that is named by a date type.

    Raises:
        InvalidPeriod: when there is no such name, or its date type is not continuous.
    """
    named = resolve(calendar, period.name, period.specific, InvalidPeriod)
    if not named.type.continuous:
        raise InvalidPeriod(
            f"{label_of(named)} is no period: the date type {named.type.name} is not continuous.",
            target=named.type.name,
        )
    return defined_periods(calendar, named, period.relation)
