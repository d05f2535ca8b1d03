"""Reading logs in pieces; shared by the operations on entries and on history. Declares no operation."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from typing import NamedTuple
from zlib import crc32

from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import history, stored_settings
from jams.objects.encodings import decoded
from jams.objects.errors import InvalidArgument, LogNotFound
from jams.objects.log_parts import LogPart
from jams.objects.schedule import Entry

from .catalogue import Pieces
from .context import Context

PIECES = Pieces(
    cursor="offset", next="nextOffset", done="complete", text="text", size="size", single="preview"
)
"""How a log is read as it stands."""

PIECE = 4 << 20
"""Bytes of a log that one answer holds at most."""

PREVIEW = 512 << 10
"""Bytes of a preview, as published."""

_SEEN = 256
"""Bytes before a place by which it is known again."""


class Run(NamedTuple):
    """A run whose log is read; ``ended`` must have been observed before its log is."""

    number: int
    ron: int
    filename: str | None
    ended: bool


class Place(NamedTuple):
    """Where in the log of which run a reader stands.

    ``mark`` is the checksum of what stands before, by which a log that was written anew is recognised; None
    where nobody has seen that.
    """

    ron: int
    offset: int = 0
    mark: int | None = 0

    def __str__(self) -> str:
        return f"{self.ron}.{self.offset}.{'' if self.mark is None else format(self.mark, 'x')}"

    @classmethod
    def parse(cls, text: str) -> Place:
        """The place that a cursor names. Raises InvalidArgument."""
        found = re.fullmatch(r"([0-9]{1,18})\.([0-9]{1,16})\.([0-9a-f]{0,8})", text)
        if found is None:
            raise InvalidArgument("The cursor is none that a piece of a log has told.", member="cursor")
        ron, offset, mark = found.groups()
        return cls(int(ron), int(offset), int(mark, 16) if mark else None)


def read_piece(
    context: Context,
    run: Run,
    *,
    offset: int | None = None,
    tail: int | None = None,
    place: Place | None = None,
    preview: bool = False,
    exact: bool = False,
) -> LogPart:
    """One piece of a log as text, and as bytes if ``exact``.

    Of a log that is not what stood before ``place`` it is the beginning.

    A character whose bytes are not all there yet is left for the next piece. Raises LogNotFound.
    """
    if run.filename is None:
        why = "it ended before it started" if run.ended else "it has not started"
        raise LogNotFound(f"Entry {run.number} has no log: {why}.", target=run.number)
    if offset is not None and tail is not None:
        raise InvalidArgument("Give either an offset or a tail, not both.", member="tail")
    logs = context.services.logs
    limit = PREVIEW if preview else PIECE // 2 if exact else PIECE
    start = place.offset if place else logs.tail(run.filename, tail) if tail is not None else offset or 0
    back = min(start, _SEEN)
    data, size = logs.read(run.filename, start - back, back + limit)
    before, data = data[:back], data[back:]
    anew = place is not None and place.mark is not None and crc32(before) != place.mark
    if anew:
        start = back = 0
        before = b""
        data, size = logs.read(run.filename, 0, limit)
    at_end = start + len(data) >= size
    text, consumed = decoded(data, lambda: context.read(_encoding), final=run.ended and at_end)
    seen = (before + data[:consumed])[-_SEEN:]
    following = start + consumed
    return LogPart(
        jams_entry=run.number,
        ron=run.ron,
        text=text,
        offset=start,
        next_offset=following,
        size=size,
        complete=run.ended and (at_end or preview),
        cursor=str(Place(run.ron, following, None if len(before) < back else crc32(seen))),
        begun_anew=anew,
        log_filename=run.filename,
        content=b64encode(data[:consumed]).decode() if exact else "",
    )


def _encoding(c: Connection) -> str:
    """The encoding of a log that is not UTF-8."""
    return stored_settings.text(c, "DefaultOutputEncoding")


def follow_entry(
    context: Context,
    find: Callable[[Connection], Entry],
    *,
    offset: int | None,
    tail: int | None,
    cursor: str | None,
    preview: bool,
    exact: bool,
    timeout: float,
) -> LogPart:
    """A piece of an entry's log; waits up to ``timeout`` seconds while there is nothing new to show.

    Who waits, or has seen something before, is told of an entry that has not started, and of a log that is
    not in its place, by an empty piece, so that he can wait on.
    """
    if cursor is not None and (offset is not None or tail is not None):
        raise InvalidArgument("A cursor stands for an offset and a tail.", member="cursor")
    place = None if cursor is None else Place.parse(cursor)
    patient, anew = timeout > 0 or place is not None, False
    waits = context.patience
    waits.begin(timeout)
    if waits.kept is not None:
        (place, anew), offset, tail = waits.kept, None, None
    while True:
        entry = context.read(find)
        left = waits.left
        run = Run(entry.jams_entry, entry.ron, entry.log_filename, entry.current_state.ended)
        if place is not None and place.ron != run.ron:
            part = _rest(context, run.number, place, preview, exact)
            if part is not None:
                return part
            place, anew = Place(run.ron), True
        if patient and run.filename is None and not run.ended:
            if left <= 0:
                return _nothing(run, place or Place(run.ron, offset or 0, None if offset else 0), anew)
            waits.for_change(run.number)
            continue
        try:
            part = read_piece(
                context, run, offset=offset, tail=tail, place=place, preview=preview, exact=exact
            )
        except LogNotFound:
            if place is None and (run.ended or not patient):
                raise
            part = _nothing(run, place or Place(run.ron), anew)
        anew = anew or part.begun_anew
        if part.text or part.complete or left <= 0:
            return replace(part, begun_anew=anew)
        place, offset, tail = Place.parse(part.cursor), None, None
        waits.kept = place, anew
        waits.for_log(run.number, run.filename or "", part.size)


def _rest(context: Context, number: int, place: Place, preview: bool, exact: bool) -> LogPart | None:
    """What is left to be read of a run that was followed by another one; None: nothing."""
    filename = context.read(lambda c: history.log_of(c, number, place.ron))
    try:
        run = Run(number, place.ron, filename, ended=True)
        part = read_piece(context, run, place=place, preview=preview, exact=exact)
    except LogNotFound:
        return None
    return replace(part, complete=False) if part.text else None


def _nothing(run: Run, place: Place, anew: bool) -> LogPart:
    """The piece of a log that is not there."""
    return LogPart(
        jams_entry=run.number,
        ron=run.ron,
        text="",
        offset=place.offset,
        next_offset=place.offset,
        size=place.offset,
        complete=run.ended,
        cursor=str(place),
        begun_anew=anew,
    )
