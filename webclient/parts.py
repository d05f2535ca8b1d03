"""Parts of a document that are typed in short: ``--parameter day=today``, ``--agent win1``, ``--step Load``.

Which parts can be written so, and which properties have options of their own, is data from the catalogue.
"""

from __future__ import annotations

import re

from .values import any_value, pair

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .commands import Commands, Member

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+")


def short_form(member: Member, commands: Commands) -> dict[str, str] | None:
    """How a part of this member is written in short: its ``name``, and ``value`` or ``rank``; or None."""
    return commands.parts.get(member.of) if member.kind == "object" and member.many else None


def option_of(member: Member, short: dict[str, str]) -> str:
    """The option for one part: ``properties`` → ``--property``; where they have a rank, ``--step``."""
    if "rank" in short:
        return f"--{short['rank']}"
    name = member.name.replace("_", "-")
    return "--" + (f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s"))


def metavar_of(short: dict[str, str]) -> str:
    """What the value of that option is called."""
    return "NAME=VALUE" if "value" in short else "NAME,..."


def property_options(of: str, commands: Commands, taken: set[str]) -> Iterator[tuple[str, str, str]]:
    """The option, name and meaning of each property that a document has, unless the option is taken."""
    for name, about in commands.properties(of).items():
        words = _WORDS.findall(name.replace("EMail", "Email").replace("TLS", "Tls"))
        option = "--" + "-".join(word.lower() for word in words)
        if option not in taken:
            yield option, name, about


def read_parts(short: dict[str, str], texts: list[str]) -> list[dict[str, Any]]:
    """The parts that were typed. Raises ValueError."""
    parts: list[dict[str, Any]] = []
    for at, text in enumerate(texts, start=1):
        if "value" in short:
            name, value = pair(text)
            typed = any_value(value) if short["value"] in ("currentValue", "quantityAvailable") else value
            parts.append({short["name"]: name, short["value"]: typed})
            continue
        for name in text.split(","):
            rank = {short["rank"]: at} if "rank" in short else {}
            parts.append({short["name"]: name.strip(), **rank})
    return parts


def joined(present: list[Any], given: list[dict[str, Any]], short: dict[str, str]) -> list[Any]:
    """Parts that are there with those that were typed: what has the same name says instead what was typed."""
    key = short["name"]
    said = {str(part[key]).casefold(): part for part in given}
    kept = [{**part, **said.pop(str(part.get(key)).casefold(), {})} for part in present]
    return [*kept, *said.values()]
