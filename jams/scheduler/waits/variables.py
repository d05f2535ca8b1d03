"""Variables that have to have a value."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from jams.database import variables as stored
from jams.objects.comparisons import meaning
from jams.objects.enums import ComparisonOperator, DataType, EntryState, ReleaseType
from jams.objects.errors import JAMSError
from jams.objects.needs import VariableNeed
from jams.objects.waits import EntryWait, WaitKind

from .. import topics
from .base import Shut, Subject

_OPERATORS: dict[ComparisonOperator, tuple[Callable[[Any, Any], bool], str]] = {
    ComparisonOperator.EQUAL: (operator.eq, "is"),
    ComparisonOperator.NOT_EQUAL: (operator.ne, "is not"),
    ComparisonOperator.LESS_THAN: (operator.lt, "is less than"),
    ComparisonOperator.LESS_THAN_OR_EQUAL: (operator.le, "is at most"),
    ComparisonOperator.GREATER_THAN: (operator.gt, "is greater than"),
    ComparisonOperator.GREATER_THAN_OR_EQUAL: (operator.ge, "is at least"),
}


def variables(subject: Subject) -> Shut | None:
    """Shut until all have the values that they have to have."""
    if not subject.needs.variables or ReleaseType.IGNORE_DEPENDENCIES in subject.passed:
        return None
    missing = [(need, told) for need in subject.needs.variables if (told := _lacking(subject, need))]
    if not missing:
        return None
    return Shut(
        EntryState.DEPENDENCY_WAIT,
        lambda: [_reason(subject, need, told) for need, told in missing],
        topics=frozenset(topics.variable(need.variable_id) for need, _ in missing),
    )


def told_of(subject: Subject) -> list[str]:
    """What was demanded of variables and is so, in sentences; their values are for who may look at them."""
    if ReleaseType.IGNORE_DEPENDENCIES in subject.passed:
        return []
    return [
        f"Variable {need.name} {_OPERATORS[need.operator][1]} {need.value[:80]!r}."
        for need in subject.needs.variables
    ]


def holds(need: VariableNeed, kind: DataType, value: str | None) -> bool:
    """Whether a value meets what is demanded; texts are compared as they are, all else by its type.

    Raises:
        ValueError: one of the two is no value of the type.
    """
    return _OPERATORS[need.operator][0](meaning(kind, value or ""), meaning(kind, need.value))


def _lacking(subject: Subject, need: VariableNeed) -> str:
    """What is wrong with the variable, in a sentence, or nothing."""
    try:
        found = stored.get(subject.c, need.variable_id)
    except JAMSError:
        return f"Variable {need.name}, for which it waits, is not there any more."
    if found.encryption_flag:
        return f"Variable {need.name}, for which it waits, is encrypted: its value is compared with nothing."
    try:
        if holds(need, found.data_type, found.value):
            return ""
    except ValueError:
        kind = found.data_type.value
        return f"Variable {need.name} cannot be compared with {need.value[:80]!r}: it is {kind}."
    shown, compared = (found.value or "")[:80], _OPERATORS[need.operator][1]
    return f"Variable {need.name} is {shown!r}; it waits until it {compared} {need.value[:80]!r}."


def _reason(subject: Subject, need: VariableNeed, told: str) -> EntryWait:
    return subject.wait(
        kind=WaitKind.VARIABLE,
        name=need.name,
        object_id=need.variable_id,
        message=told,
        since_utc=subject.row.since,
        opened_by=f"another value of {need.name}",
        release_type=ReleaseType.IGNORE_DEPENDENCIES,
    )
