"""What a process beside the server tells it of a transaction, in the few bytes that NOTIFY takes."""

from __future__ import annotations

import msgspec

from .changes import Change, Changes

_LONGEST = 7999
"""Bytes that PostgreSQL takes."""

_TOO_MUCH = "null"

_decode = msgspec.json.Decoder(dict[int, Change] | None).decode


def encode(changed: Changes) -> str:
    """The text of a notice; of too much to be told, that something has happened."""
    text = msgspec.json.encode(dict(changed))
    return text.decode() if len(text) <= _LONGEST else _TOO_MUCH


def decode(text: str) -> dict[int, Change] | None:
    """What has changed; None where that is not told, or the text is no notice."""
    try:
        changed: dict[int, Change] | None = _decode(text)
    except msgspec.MsgspecError:
        return None
    return changed
