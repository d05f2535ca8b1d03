"""References: how a property names another object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from .kinds import ValueType


class Reference(NamedTuple):
    """An object that is named by its number, by its name, or by both, which then mean the same one.

    ``relative`` says that a path begins at the folder of the definition.
    """

    id: int | None = None
    name: str | None = None
    relative: bool = False


MEMBERS: Mapping[ValueType, tuple[str, str]] = {
    ValueType.AGENT: ("agentID", "agentName"),
    ValueType.QUEUE: ("queueID", "queueName"),
    ValueType.CALENDAR: ("calendarID", "calendarName"),
    ValueType.CREDENTIAL: ("credentialID", "credentialName"),
    ValueType.JOB: ("jobID", "jobName"),
    ValueType.VARIABLE: ("variableId", "variableName"),
    ValueType.NAMED_TIME: ("timeID", "timeName"),
    ValueType.RESOURCE: ("resourceID", "resourceName"),
    ValueType.ALERT: ("alertID", "alertName"),
}
"""The members of a published reference that hold the number and the name."""


def read_reference(kind: ValueType, value: Any) -> Reference | None:
    """What a value refers to; None for one that refers to nothing, such as an empty name.

    Raises:
        ValueError: it is no reference.
    """
    if isinstance(value, str):
        return Reference(name=value.strip()) if value.strip() else None
    if not isinstance(value, dict):
        raise ValueError(value)
    number, text = (_member(value, name) for name in MEMBERS[kind])
    if isinstance(number, bool) or not isinstance(number, int | None):
        raise ValueError(number)
    if not isinstance(text, str | None):
        raise ValueError(text)
    id = number if number is not None and number > 0 else None
    name = (text or "").strip() or None
    if id is None and name is None:
        if number is None and text is None and not _says_nothing(kind, value):
            raise ValueError(value)
        return None
    return Reference(id, name, _member(value, "isRelative") is True)


def _member(value: Mapping[str, Any], name: str) -> Any:
    """The member of that name in any case."""
    return next((item for key, item in value.items() if key.lower() == name.lower()), None)


def _says_nothing(kind: ValueType, value: Mapping[str, Any]) -> bool:
    """Whether an object has the members of a reference, all of them without a value, or none at all."""
    known = {name.lower() for name in MEMBERS[kind]}
    given = {key.lower() for key in value if key != "$type"}
    return not given or bool(given & known)
