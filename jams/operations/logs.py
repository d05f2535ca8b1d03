"""Reading logs in pieces; shared by the operations on entries and on history. Declares no operation."""

from __future__ import annotations

import codecs
import time
from collections.abc import Callable

from sqlalchemy import Connection

from jams.objects.errors import InvalidArgument, LogNotFound
from jams.objects.schedule import Entry, LogPart

from .context import Context

PIECE = 4 << 20
"""Bytes of a log that one answer holds at most."""

PREVIEW = 512 << 10
"""Bytes of a preview, as published."""


def read_piece(
    context: Context,
    *,
    number: int,
    filename: str | None,
    ended: bool,
    offset: int | None,
    tail: int | None,
    preview: bool,
) -> LogPart:
    """One piece of a log as text.

    ``ended`` must have been observed before this call: then the piece that reaches the end is the last.
    A character whose bytes are not all there yet is left for the next piece. Raises LogNotFound.
    """
    if filename is None:
        why = "it ended before it started" if ended else "it has not started"
        raise LogNotFound(f"Entry {number} has no log: {why}.", target=number)
    if offset is not None and tail is not None:
        raise InvalidArgument("Give either an offset or a tail, not both.", member="tail")
    logs = context.services.logs
    start = logs.tail(filename, tail) if tail is not None else offset or 0
    data, size = logs.read(filename, start, PREVIEW if preview else PIECE)
    at_end = start + len(data) >= size
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    text = decoder.decode(data, final=ended and at_end)
    consumed = len(data) - len(decoder.getstate()[0])
    return LogPart(
        jams_entry=number,
        text=text,
        offset=start,
        next_offset=start + consumed,
        size=size,
        complete=ended and (at_end or preview),
        log_filename=filename,
    )


def follow_entry(
    context: Context,
    find: Callable[[Connection], Entry],
    *,
    offset: int | None,
    tail: int | None,
    preview: bool,
    timeout: float,
) -> LogPart:
    """A piece of an entry's log; waits up to ``timeout`` seconds while there is nothing new to show.

    Who waits is told of an entry that has not started by an empty piece, so that he can wait on.
    """
    with context.scheduler.waiting(timeout) as seconds:
        deadline = time.monotonic() + seconds
        while True:
            entry = context.read(find)
            left = deadline - time.monotonic()
            if timeout > 0 and entry.log_filename is None and not entry.current_state.ended:
                if left <= 0:
                    return _nothing_yet(entry.jams_entry, offset or 0)
                context.scheduler.wait_for_change(entry.jams_entry, left)
                continue
            part = read_piece(
                context,
                number=entry.jams_entry,
                filename=entry.log_filename,
                ended=entry.current_state.ended,
                offset=offset,
                tail=tail,
                preview=preview,
            )
            if part.text or part.complete or left <= 0:
                return part
            context.services.logs.wait(entry.log_filename or "", part.next_offset, min(left, 1.0))


def _nothing_yet(number: int, offset: int) -> LogPart:
    return LogPart(jams_entry=number, text="", offset=offset, next_offset=offset, size=0, complete=False)
