"""The stream of events: everything that becomes durable, once, in an order in which nothing comes late."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, event, update

from jams.database import (
    calendars,
    date_types,
    entries,
    event_reading,
    events,
    folders,
    jobs,
    open_beside,
    tables,
)
from jams.database.date_type_records import find_calendar
from jams.database.engine import Database
from jams.database.event_reading import Read, Wanted
from jams.objects.calendars import Calendar, DateType
from jams.objects.definitions import Folder
from jams.objects.enums import EntryState
from jams.objects.errors import AlreadyExists
from jams.objects.events import EventAction, EventKind
from jams.operations.events import RIGHTS
from tests.support.schedule import USER, Desk, desk

ALL = Wanted(kinds=frozenset(EventKind))
ADDED, CHANGED, REMOVED = EventAction.ADDED, EventAction.CHANGED, EventAction.REMOVED


def read(d: Desk, place: int = 0, wanted: Wanted = ALL, limit: int = 1000) -> Read:
    return d.read(lambda c: event_reading.behind(c, place, wanted, limit))


def last(d: Desk) -> int:
    return d.read(lambda c: event_reading.latest(c, ALL, 0)).next


def told(found: Read) -> list[tuple[EventKind, EventAction, str]]:
    return [(each.kind, each.action, each.name) for each in found.events]


def test_definitions_are_told_of_with_the_names_and_versions_that_they_got(d: Desk) -> None:
    d.folder("\\Sales")
    id = d.job("\\Sales\\Load")
    d.write(lambda c: calendars.create(c, Calendar(calendar_name="Works"), user=USER))
    document = DateType(date_type_type="Fair", calendar_name="Works")
    d.write(lambda c: date_types.create(c, document, user=USER))
    version = d.read(lambda c: jobs.get(c, id=id)).version
    d.write(lambda c: jobs.delete(c, id))
    d.write(lambda c: calendars.delete(c, find_calendar(c, name="Works")))
    found = read(d)
    assert told(found)[:5] == [
        (EventKind.FOLDER, ADDED, "\\Sales"),
        (EventKind.JOB, ADDED, "\\Sales\\Load"),
        (EventKind.CALENDAR, ADDED, "Works"),
        (EventKind.DATE_TYPE, ADDED, "Works\\Fair"),
        (EventKind.JOB, REMOVED, "\\Sales\\Load"),
    ]
    assert set(told(found)[5:]) == {
        (EventKind.CALENDAR, REMOVED, "Works"),
        (EventKind.DATE_TYPE, REMOVED, "Works\\Fair"),
    }
    assert found.events[1].version == found.events[4].version == version
    assert [each.event_id for each in found.events] == sorted({each.event_id for each in found.events})
    assert (found.next, found.more, found.anew) == (last(d), False, False)


def test_every_definition_that_has_versions_is_told_of_and_every_kind_needs_a_right() -> None:
    versioned = {
        name
        for name, table in tables.metadata.tables.items()
        if {"version", "changed_by"} <= set(table.c.keys())
    }
    told = {table.name for table in events._KINDS}
    unspoken = {"access_list", "account", "account_group"}
    assert versioned - told == unspoken, "who may know of these is told when he asks"
    assert RIGHTS.keys() == set(EventKind)
    assert {*events._KINDS.values(), EventKind.ENTRY} == set(EventKind)


def test_entries_are_told_of_with_where_they_stand(d: Desk) -> None:
    d.job("\\j")
    start = last(d)
    number = d.submit("\\j")
    d.write(lambda c: entries.change(c, number, priority=7))
    d.finish(number)
    d.write(lambda c: entries.remove(c, [number]))
    found = read(d, start)
    assert told(found) == [(EventKind.ENTRY, each, "\\j") for each in (ADDED, CHANGED, CHANGED, REMOVED)]
    assert [each.current_state for each in found.events] == [
        EntryState.PENDING, EntryState.PENDING, EntryState.COMPLETE, None,
    ]  # fmt: skip
    assert [each.version for each in found.events] == [1, 2, 3, 3]
    assert {each.object_id for each in found.events} == {number}


def test_one_commit_tells_of_an_object_once_and_of_what_was_undone_nothing(d: Desk) -> None:
    d.job("\\j")
    start = last(d)

    def twice(c: Connection) -> None:
        folders.create(c, Folder(folder_name="Sales"), user=USER)
        folders.create(c, Folder(folder_name="Sales"), user=USER)

    with pytest.raises(AlreadyExists):
        d.write(twice)
    assert (last(d), read(d, start).events) == (start, [])
    number = d.submit("\\j")

    def often(c: Connection) -> None:
        entries.change(c, number, priority=1)
        entries.change(c, number, priority=2)

    d.write(often)
    assert [each.version for each in read(d, start).events] == [1, 3]


def test_pieces_and_filters_lose_nothing(d: Desk) -> None:
    d.folder("\\Sales")
    d.job("\\Sales\\Load")
    mine = [d.submit("\\Sales\\Load") for _ in range(3)]
    theirs = d.submit("\\Sales\\Load", user="bob")
    whole = read(d)
    place, pieces = 0, []
    while True:
        part = read(d, place, limit=2)
        pieces += part.events
        place = part.next
        if not part.more:
            break
    assert pieces == whole.events and place == whole.next

    def numbers(wanted: Wanted) -> list[int]:
        found = read(d, wanted=wanted)
        assert found.next == whole.next
        return [each.object_id for each in found.events if each.kind is EventKind.ENTRY]

    assert numbers(ALL) == [*mine, theirs]
    assert numbers(Wanted(kinds=frozenset(EventKind), of=USER)) == mine
    assert numbers(Wanted(kinds=frozenset(EventKind), entries=[theirs, mine[0]])) == [mine[0], theirs]
    assert numbers(Wanted(kinds={EventKind.JOB})) == []
    assert read(d, wanted=Wanted(kinds={EventKind.JOB}, entries=mine)).events == []
    assert told(read(d, wanted=Wanted(kinds={EventKind.FOLDER, EventKind.JOB}))) == told(whole)[:2]
    assert read(d, wanted=Wanted(kinds=())).events == []
    only = Wanted(kinds=frozenset(EventKind), fits=lambda name: name == "\\Sales")
    assert told(read(d, wanted=only, limit=1)) == told(whole)[:1]
    newest = d.read(lambda c: event_reading.latest(c, ALL, 2))
    assert newest.events == whole.events[-2:] and newest.next == whole.next


def test_who_comes_too_late_is_told_to_list_anew(d: Desk) -> None:
    for name in "abcdef":
        d.folder(f"\\{name}")
    now = datetime.now(UTC)
    assert d.write(lambda c: event_reading.prune(c, now - timedelta(days=1), 6, 100)) == 0
    assert d.write(lambda c: event_reading.prune(c, now - timedelta(days=1), 4, 1)) == 1
    assert d.write(lambda c: event_reading.prune(c, now - timedelta(days=1), 4, 100)) == 1
    late = read(d, 1)
    assert late.anew and [each.name for each in late.events] == ["\\c", "\\d", "\\e", "\\f"]
    assert not read(d, 2).anew and len(read(d, 2).events) == 4
    ahead = read(d, last(d) + 1)
    assert ahead.anew and (ahead.events, ahead.next) == ([], last(d))
    d.write(lambda c: c.execute(update(tables.event).values(time=now - timedelta(days=2))))
    assert d.write(lambda c: event_reading.prune(c, now - timedelta(days=1), 100, 100)) == 4
    d.folder("\\g")
    assert [each.name for each in read(d, last(d) - 1).events] == ["\\g"]


def test_what_cannot_be_read_of_one_event_hides_no_other(d: Desk) -> None:
    for name in "ab":
        d.folder(f"\\{name}")
    first = read(d).events[0].event_id
    d.write(lambda c: c.execute(update(tables.event).where(tables.event.c.id == first).values(kind="?")))
    assert [each.name for each in read(d).events] == ["\\b"]


def test_all_that_many_write_beside_each_other_is_read_once_and_in_order(place: Path | str) -> None:
    with desk(place) as d:
        start = last(d)
        beside = open_beside(place)
        try:
            seen: list[str] = []
            done = threading.Event()

            def follow() -> None:
                at, ending = start, False
                while not ending:
                    ending = done.is_set()
                    found = read(d, at, limit=3)
                    while found.events or found.more:
                        seen.extend(each.name for each in found.events)
                        found = read(d, found.next, limit=3)
                    at = found.next

            def write(database: Database, name: str) -> None:
                database.write(lambda c: folders.create(c, Folder(folder_name=name), user=USER))

            with ThreadPoolExecutor(9) as threads:
                reader = threads.submit(follow)
                works = [
                    threads.submit(write, database, f"{kind}{at}")
                    for at in range(40)
                    for kind, database in (("a", d.database), ("b", beside))
                ]
                for work in works:
                    work.result()
                done.set()
                reader.result()
            assert sorted(seen) == sorted(f"\\{kind}{at}" for at in range(40) for kind in "ab")
        finally:
            beside.close()


def test_nobody_commits_past_a_number_that_is_not_committed_yet(place: Path | str) -> None:
    with desk(place) as d:
        d.job("\\j")
        one, other = d.submit("\\j"), d.submit("\\j")
        start = last(d)
        beside = open_beside(place)
        at_commit, go = threading.Event(), threading.Event()

        def pause(connection: Connection) -> None:
            connection.exec_driver_sql("SELECT 1").scalar()  # what was held back is sent
            at_commit.set()
            assert go.wait(30)

        event.listen(beside._writer._engine, "commit", pause)
        try:
            with ThreadPoolExecutor(2) as threads:
                late = threads.submit(beside.write, lambda c: entries.change(c, one, priority=1))
                assert at_commit.wait(30)
                quick = threads.submit(d.write, lambda c: entries.change(c, other, priority=1))
                if isinstance(place, str):
                    with psycopg.connect(place, autocommit=True) as watch:
                        query = "SELECT count(*) FROM pg_locks WHERE NOT granted"
                        while not (quick.done() or watch.execute(query).fetchone() != (0,)):
                            pass
                found = read(d, start)
                go.set()
                late.result()
                quick.result()
            assert (found.events, found.next) == ([], start)
            assert [each.object_id for each in read(d, found.next).events] == [one, other]
        finally:
            go.set()
            beside.close()
