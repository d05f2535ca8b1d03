"""What a case of the contract is; see :mod:`cases`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Saved:
    """A value that an earlier case saved under ``name``."""

    name: str


@dataclass(frozen=True)
class Case:
    """One call and what it must give: an error code, or an answer that ``check`` accepts."""

    name: str
    operation: str
    inputs: dict[str, Any] = field(default_factory=dict)
    error: str | None = None
    check: Callable[[Any], bool] | None = None
    save: dict[str, Callable[[Any], Any]] = field(default_factory=dict)
    caller: str = "operator"


def only(**members: Any) -> Callable[[Any], bool]:
    return lambda answer: all(answer.get(name) == value for name, value in members.items())


def names(member: str, *expected: str) -> Callable[[Any], bool]:
    return lambda answer: sorted(row[member] for row in answer) == sorted(expected)


JOB = {
    "jobName": "Load",
    "parentFolderName": "{room}",
    "methodName": "Command",
    "description": "Loads.",
    "source": 'echo "day is $day"\nexit "${code:-0}"\n',
    "parameters": [
        {"paramName": "day", "defaultValue": "today"},
        {"paramName": "code", "dataType": "Integer", "defaultValue": "0"},
    ],
}
