"""What the SOAP contract has promised: ``soap_contract.txt``, a line for each fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

FILE = Path(__file__).with_name("soap_contract.txt")


@dataclass(frozen=True)
class Member:
    """A member of a type: what it holds, and how often it stands there at least and at most."""

    kind: str
    least: str
    most: str


@dataclass
class Facts:
    """What a contract promises.

    Attributes:
        operations: their SOAP actions, by ``Service.Operation``.
        types: the members of each complex type in order, by ``schema:Type``.
        simple: base and limits of each simple type, those without a name by where they stand.
        values: the values that are known of each enumeration.
    """

    operations: dict[str, str] = field(default_factory=dict)
    types: dict[str, dict[str, Member]] = field(default_factory=dict)
    simple: dict[str, dict[str, str]] = field(default_factory=dict)
    values: dict[str, list[str]] = field(default_factory=dict)

    def lines(self) -> Iterator[str]:
        """The facts as text."""
        for name, action in sorted(self.operations.items()):
            yield f"operation {name} {action}"
        for name, members in sorted(self.types.items()):
            yield f"type {name}"
            for member, told in members.items():
                yield f"member {name} {member} {told.kind} {told.least} {told.most}"
        for name, limits in sorted(self.simple.items()):
            yield f"simple {name} {' '.join(f'{key}={value}' for key, value in limits.items())}"
        for name, values in sorted(self.values.items()):
            for value in values:
                yield f"value {name} {value}"


def of_lines(lines: Iterable[str]) -> Facts:
    """The facts that a text tells."""
    facts = Facts()
    for line in lines:
        match line.split():
            case ["operation", name, action]:
                facts.operations[name] = action
            case ["type", name]:
                facts.types[name] = {}
            case ["member", owner, name, kind, least, most]:
                facts.types[owner][name] = Member(kind, least, most)
            case ["simple", name, *limits]:
                facts.simple[name] = dict(limit.split("=", 1) for limit in limits)
            case ["value", name, value]:
                facts.values.setdefault(name, []).append(value)
    return facts


def frozen() -> Facts:
    """What the last release has promised."""
    return of_lines(FILE.read_text(encoding="utf-8").splitlines())


def order() -> dict[str, list[str]]:
    """The members of each type as they were promised, by ``schema:Type``."""
    return {name: list(members) for name, members in frozen().types.items()}
