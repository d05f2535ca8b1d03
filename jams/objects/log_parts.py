"""Logs of runs: their text in pieces, and what is told of their files."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from .base import Base64, Count, EntryNumber, Fact, RunNumber


class LogFile(Fact, frozen=True, kw_only=True):
    """What is told of the file of a log, beside its text."""

    length: Annotated[Count, Meta(description="Its size in bytes.")]


class LogPart(Fact, frozen=True, kw_only=True):
    """A piece of the log of a run as text.

    ``offset`` and ``nextOffset`` are byte positions; asking again at ``nextOffset`` continues without loss
    or repetition while the log grows. ``cursor`` says the same more exactly: of which run, and what was seen
    before. Who asks again at it is not led astray by a job that empties its log, or by a run that follows
    another one: the piece then begins at the beginning, and says so by ``begunAnew``. ``complete`` says that
    the run has ended and nothing will follow this piece.
    """

    jams_entry: EntryNumber
    ron: RunNumber
    text: str
    offset: Count
    next_offset: Count
    size: Count
    complete: bool
    cursor: str = ""
    begun_anew: bool = False
    log_filename: str | None = None
    content: Annotated[
        Base64, Meta(description="The bytes of the piece in base64, where they were asked for.")
    ] = ""
