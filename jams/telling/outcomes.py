"""What comes of telling somebody."""

from __future__ import annotations

from typing import NamedTuple


class Outcome(NamedTuple):
    """What has come of a try.

    Attributes:
        delivered: those who were told.
        open: those who may be told later.
        refused: those who will never be told so.
        error: why, or what else is worth knowing.
    """

    delivered: list[str]
    open: list[str]
    refused: list[str]
    error: str | None = None


class Unreachable(Exception):
    """Nobody can be told at present, whatever is to be said; the text says why."""


class SwitchedOff(Exception):
    """Nobody is told in this way, as the settings say."""
