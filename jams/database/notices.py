"""What one process tells others of a transaction: what it has changed, in the few bytes that NOTIFY takes."""

from __future__ import annotations

import msgspec

from .changes import Change, Changes

_LONGEST = 7999
"""Bytes that PostgreSQL takes."""


class Notice(msgspec.Struct, frozen=True, array_like=True):
    """What happened, and which database object's writing it was; ``changes`` None: too much to be told."""

    origin: str
    changes: dict[int, Change] | None


_decode = msgspec.json.Decoder(Notice).decode


def encode(origin: str, changes: Changes) -> str:
    """The text of a notice."""
    text = msgspec.json.encode(Notice(origin, dict(changes)))
    if len(text) > _LONGEST:
        text = msgspec.json.encode(Notice(origin, None))
    return text.decode()


def decode(text: str) -> Notice:
    """The notice that a text holds; of a text that is none, that something may have happened."""
    try:
        return _decode(text)
    except msgspec.MsgspecError:
        return Notice("", None)
