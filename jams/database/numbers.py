"""Numbers of entries and of runs.

PostgreSQL gives them from sequences, which hold up nobody; SQLite, with its one writer, from a row. A number
whose transaction is undone may be left out.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, Sequence, bindparam, func, select, update

from . import tables

_counter = tables.counter
_entry, _run = Sequence("entry_number"), Sequence("run_number")

_one_row = update(_counter).where(_counter.c.id == 1)
_count_both = _one_row.values(entry=_counter.c.entry + 1, ron=_counter.c.ron + 1).returning(
    _counter.c.entry, _counter.c.ron, _counter.c.definitions
)
_count_run = _one_row.values(ron=_counter.c.ron + 1).returning(_counter.c.ron)
_draw_both = (
    select(_entry.next_value().label("entry"), _run.next_value().label("ron"), _counter.c.definitions)
    .where(_counter.c.id == 1)
    .with_for_update(read=True)
)
_count_many = _one_row.values(
    entry=_counter.c.entry + bindparam("count"), ron=_counter.c.ron + bindparam("count")
).returning(_counter.c.entry, _counter.c.ron, _counter.c.definitions)
_draw_more = select(_entry.next_value().label("entry"), _run.next_value().label("ron")).select_from(
    func.generate_series(1, bindparam("more")).alias("each")
)
_draw_run = select(_run.next_value())


class Drawn(NamedTuple):
    """A new entry number, a new run number, and the stamp of the definitions."""

    entry: int
    ron: int
    definitions: int


def for_submission(c: Connection) -> Drawn:
    """Numbers for a new entry; the definitions stay as they are until the transaction ends."""
    return Drawn(*c.execute(_draw_both if c.dialect.name == "postgresql" else _count_both).one())


def for_submissions(c: Connection, count: int) -> tuple[list[tuple[int, int]], int]:
    """Numbers for so many new entries, each of the entry and its run, and the stamp of the definitions.

    The definitions stay as they are until the transaction ends.
    """
    if c.dialect.name == "postgresql":
        first = for_submission(c)
        more = c.execute(_draw_more, {"more": count - 1}) if count > 1 else ()
        return [(first.entry, first.ron), *((row.entry, row.ron) for row in more)], first.definitions
    last = Drawn(*c.execute(_count_many, {"count": count}).one())
    found = [(last.entry - back, last.ron - back) for back in range(count - 1, -1, -1)]
    return found, last.definitions


def for_run(c: Connection) -> int:
    """A new run number, for an entry that runs again."""
    return int(c.execute(_draw_run if c.dialect.name == "postgresql" else _count_run).scalar_one())
