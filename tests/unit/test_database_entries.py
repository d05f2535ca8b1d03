from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Connection, event, text

from jams.database import entries, runs
from jams.database.changes import OTHERWISE, REMOVED, Change
from jams.objects.enums import EntryState, Severity
from jams.objects.errors import EntryNotFound, FolderNotFound, WrongState
from jams.objects.listing import Listing
from jams.objects.schedule import Entry
from jams.scheduler import starts
from tests.support.schedule import Desk, desk


@pytest.fixture
def d(place: Path | str) -> Iterator[Desk]:
    with desk(place) as made:
        made.folder("\\Sales")
        made.folder("\\Sales\\EU")
        for path in ("\\Top", "\\Sales\\Load", "\\Sales\\EU\\Load"):
            made.job(path, source=f"echo {path}")
        yield made


def hold(c: Connection, number: int) -> None:
    assert entries.move(c, number, EntryState.PENDING, EntryState.HELD, version=1, held=True)


def found(d: Desk, **filters: object) -> list[int]:
    return [entry.jams_entry for entry in d.read(lambda c: entries.find(c, **filters))]  # type: ignore[arg-type]


def test_one_entry(d: Desk) -> None:
    number = d.submit("\\Sales\\EU\\Load", override_name="Now", note="because")
    entry = d.entry(number)
    assert entry.jams_entry == number
    assert (entry.name, entry.folder_name, entry.job_name) == ("\\Sales\\EU\\Load", "\\Sales\\EU", "Load")
    assert (entry.display_name, entry.note, entry.source) == ("Now", "because", "echo \\Sales\\EU\\Load")
    assert (entry.method_name, entry.agent_name) == ("Command", "localhost")
    with pytest.raises(EntryNotFound):
        d.entry(number + 1)


def test_filters(d: Desk) -> None:
    later = datetime.now(UTC) + timedelta(days=1)
    a = d.submit("\\Top")
    b = d.submit("\\Sales\\Load", user="Bob", hold=True)
    e = d.submit("\\Sales\\EU\\Load", after=later)
    d.finish(a, final_severity=Severity.ERROR)
    assert found(d) == [a, b, e]
    assert found(d, folder="\\Sales") == [b, e]
    assert found(d, folder="/sales/eu") == [e]
    assert found(d, folder="\\") == [a, b, e]
    assert found(d, pattern="LOAD") == found(d, pattern="l*d") == [b, e]
    assert found(d, states=[EntryState.HELD, EntryState.TIMED]) == [b, e]
    assert found(d, severities=[Severity.ERROR]) == [a]
    assert found(d, submitted_by="BOB") == [b]
    assert found(d, after=later - timedelta(seconds=1)) == [e]
    assert found(d, limit=2) == [b, e]
    assert found(d, folder="\\Sales", states=[EntryState.HELD], limit=5) == [b]
    assert found(d, pattern="none") == []
    assert found(d, pattern="\\sales\\load") == found(d, pattern="/Sales/L?ad") == [b]
    assert found(d, pattern="\\Sales\\*") == found(d, pattern="*\\LOAD") == [b, e]
    assert found(d, pattern="\\top") == [a] and found(d, pattern="\\load") == []
    with pytest.raises(FolderNotFound):
        found(d, folder="\\None")


STATE_OF = ("PRAGMA data_version", "SELECT CAST(pg_current_snapshot() AS text)")


def test_lists_show_every_change_and_read_only_what_changed(d: Desk) -> None:
    numbers = [d.submit("\\Top") for _ in range(20)]
    asked: list[str] = []
    event.listen(
        d.database._reader, "before_cursor_execute", lambda c, cur, statement, *rest: asked.append(statement)
    )
    first = d.read(entries.find)
    asked.clear()
    again = d.read(entries.find)
    assert asked[0] in STATE_OF, "what says that nothing has changed, and no more"
    # A transaction in another database of a PostgreSQL server may have come between.
    assert len(asked) == 1 if d.database.dialect == "sqlite" else len(asked) <= 2
    assert again == first
    again.clear()
    assert d.read(entries.find) == first, "what a caller does to his list is his own"
    d.write(lambda c: c.execute(text("UPDATE setting SET document = 'x'")).close())
    asked.clear()
    assert d.read(entries.find) == first
    assert len(asked) == 2, "the state, and one narrow query"
    d.write(lambda c: hold(c, numbers[3]))
    changed = d.read(entries.find)
    assert [e.jams_entry for e in changed if e.current_state is EntryState.HELD] == [numbers[3]]
    assert sum(one is other for one, other in zip(first, changed, strict=True)) == 19


def test_what_was_undone_is_never_shown(d: Desk) -> None:
    """A version that a failed transaction used is used again, by another state."""
    number = d.submit("\\Top")

    def fail(c: object) -> None:
        hold(c, number)  # type: ignore[arg-type]
        assert entries.find(c)[0].held  # type: ignore[arg-type]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        d.write(fail)
    d.write(lambda c: entries.change(c, number, priority=9))
    (entry,) = d.read(entries.find)
    assert (entry.held, entry.scheduling_priority) == (False, 9)


def test_lists_know_their_json(d: Desk) -> None:
    numbers = [d.submit("\\Sales\\Load", note="ü") for _ in range(3)]
    first = d.read(entries.find)
    assert isinstance(first, Listing)
    assert first.json() == msgspec.json.encode(list(first))
    again = d.read(entries.find)
    assert isinstance(again, Listing)
    assert again.json() is first.json()
    d.write(lambda c: entries.change(c, numbers[1], priority=5))
    changed = d.read(entries.find)
    assert isinstance(changed, Listing)
    decoded = msgspec.json.decode(changed.json(), type=list[Entry])
    assert [e.scheduling_priority for e in decoded] == [0, 5, 0]
    assert d.read(lambda c: entries.find(c, pattern="none")).json() == b"[]"  # type: ignore[attr-defined]


def test_many_different_lists(d: Desk) -> None:
    numbers = [d.submit("\\Top") for _ in range(30)]
    for _ in range(2):
        for limit in range(1, 31):
            assert found(d, limit=limit) == numbers[-limit:]


def test_removing(d: Desk) -> None:
    number = d.submit("\\Top")
    d.write(lambda c: entries.remove(c, [number]))
    assert found(d) == []
    with pytest.raises(EntryNotFound):
        d.entry(number)
    assert d.submit("\\Top") == number + 1


def test_expired_entries_go(d: Desk) -> None:
    now = datetime.now(UTC)
    old, young, held = (d.submit("\\Top") for _ in range(3))
    d.finish(old, retain_until=now - timedelta(seconds=1))
    d.finish(young, retain_until=now + timedelta(seconds=1))
    assert d.write(lambda c: entries.remove_expired(c, now)) == 1
    assert found(d) == [young, held]


def test_a_state_is_changed_only_from_where_it_was_seen(d: Desk) -> None:
    number = d.submit("\\Top")
    seen = d.write(lambda c: entries.locked(c, number))
    d.write(lambda c: entries.change(c, number, priority=1))

    def move(c: Connection, source: EntryState, version: int) -> bool:
        return entries.move(c, number, source, EntryState.HELD, version=version, held=True)

    before = d.entry(number)
    assert not d.write(lambda c: move(c, seen.state, seen.version))
    assert not d.write(lambda c: move(c, EntryState.TIMED, seen.version + 1))
    assert d.entry(number) == before
    assert d.write(lambda c: move(c, seen.state, seen.version + 1))
    assert d.entry(number).current_state is EntryState.HELD


class Quicker(Exception):
    pass


@pytest.mark.parametrize("many", [1, 3])
def test_nothing_of_a_unit_stands_in_which_an_entry_was_not_where_it_was_seen(d: Desk, many: int) -> None:
    numbers = [d.submit("\\Top") for _ in range(many)]
    before = [d.entry(number) for number in numbers]

    def work(c: Connection, state: EntryState, *, alike: bool) -> None:
        rows = [{"number": number, "state": state, "priority": 7 if alike else number} for number in numbers]
        entries.change(c, numbers[0], agent_id=9)
        entries.move_all(c, EntryState.STARTING, rows, Quicker)

    for alike in (True, False):
        with pytest.raises(Quicker):
            d.write(lambda c, alike=alike: work(c, EntryState.HELD, alike=alike))  # type: ignore[misc]
        assert [d.entry(number) for number in numbers] == before
    d.write(lambda c: work(c, before[0].current_state, alike=True))
    assert {d.entry(number).current_state for number in numbers} == {EntryState.STARTING}


def test_audit_trail(d: Desk) -> None:
    number = d.submit("\\Top", note="why")
    d.write(lambda c: entries.add_audit(c, number, user="bob", message="m", comment="c", details="x"))
    submitted, other = d.read(lambda c: entries.audit_trail(c, number))
    assert (submitted.user_name, submitted.message) == ("ada", f"Entry {number} was submitted.")
    assert (other.user_name, other.message, other.comment, other.details) == ("bob", "m", "c", "x")


def test_listeners_hear_of_durable_changes_only(d: Desk) -> None:
    heard: list[dict[int, Change]] = []
    d.database.listen(lambda changes: heard.append(dict(changes)))
    number = d.submit("\\Top")
    d.write(lambda c: entries.change(c, number, priority=1))
    d.write(lambda c: entries.remove(c, [number]))
    d.write(lambda c: None)
    added = Change(state=EntryState.PENDING, added=True)
    assert heard == [{number: added}, {number: OTHERWISE}, {number: REMOVED}]


def test_listeners_do_not_hear_of_what_was_undone(d: Desk) -> None:
    number = d.submit("\\Top")
    heard: list[dict[int, Change]] = []
    d.database.listen(lambda changes: heard.append(dict(changes)))

    def end_and_fail(c: Connection) -> None:
        hold(c, number)
        raise WrongState("no")

    with pytest.raises(WrongState):
        d.write(end_and_fail)
    d.write(lambda c: entries.change(c, number, priority=1))
    assert heard == [{number: OTHERWISE}]


def test_what_happens_in_one_transaction_is_told_as_one(d: Desk) -> None:
    number = d.submit("\\Top")
    heard: list[dict[int, Change]] = []
    d.database.listen(lambda changes: heard.append(dict(changes)))

    def work(c: Connection) -> None:
        starts.claim(c, [starts.Start("t", entries.locked(c, number), 1)], datetime.now(UTC))
        runs.ask_abort(c, number, force=False, severity=None, user="bob")

    d.write(work)
    assert heard == [{number: Change(state=EntryState.STARTING, end_asked=True)}]
