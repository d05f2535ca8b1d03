"""What the WSDL says of members that their declaration does not explain: ``soap_members.txt``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jams.wire.soap.names import TYPE_NAMES, element_name

_FILE = Path(__file__).with_name("soap_members.txt")


@cache
def member_words() -> dict[str, str]:
    """A sentence by ``Member``, or by ``Type.Member`` where a type has its own."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(" = ") for line in lines if line and not line.startswith("#"))
    return {name: sentence for name, _, sentence in pairs}


def words_of(owner: str, member: str) -> str:
    """What is said of a member (by its name in JSON) of a struct, or nothing."""
    words, element = member_words(), element_name(member)
    return words.get(f"{TYPE_NAMES.get(owner, owner)}.{element}") or words.get(element) or ""
