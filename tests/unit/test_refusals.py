"""Refusals in the audit trail: who, from where, what, why; and bounded, whatever is done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jams.database import audit
from jams.database.audit import Refusal
from jams.database.audit_chain import SIGNED_OFF
from jams.objects.definitions import Job
from jams.objects.errors import AccessDenied, JAMSError, ServerUnavailable
from jams.objects.session import AuditRecord
from jams.operations import CATALOGUE
from jams.security.caller import Credentials
from jams.security.rights import AccessControl, JobDefinitions, Monitor
from jams.server import refusals as module
from jams.server.refusals import BURST, MOST_OF_ORIGIN, MOST_ROWS, MOST_WAITING, Refusals
from tests.support.schedule import Desk, desk
from tests.support.town import Town, town


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def d(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path / "jams.db") as made:
        yield made


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def refusals(d: Desk, clock: Clock) -> Refusals:
    return Refusals(d.write, clock=clock)


def login(user: str = "eve", origin: str = "10.0.0.1", **more: Any) -> Refusal:
    return Refusal(user=user, door="REST", origin=origin, operation="log_in", code="Unauthenticated", **more)


def rows(d: Desk, limit: int = 10_000) -> list[AuditRecord]:
    """The trail, oldest first."""
    return d.read(lambda c: audit.find(c, limit=limit))[::-1]


def test_what_is_alike_is_one_row_with_its_count(d: Desk, refusals: Refusals) -> None:
    for _ in range(1000):
        refusals.note(login())
    refusals.note(login("adam"))
    refusals.flush()
    assert [(row.user_name, row.origin, row.refusal, row.times) for row in rows(d)] == [
        ("eve", "10.0.0.1", "Unauthenticated", 1000),
        ("adam", "10.0.0.1", "Unauthenticated", 1),
    ]
    refusals.flush()
    assert len(rows(d)) == 2


def test_many_names_from_one_origin_are_told_together(d: Desk, refusals: Refusals) -> None:
    for number in range(5000):
        refusals.note(login(f"name{number}"))
    refusals.note(login("honest", "10.0.0.2"))
    refusals.flush()
    found = rows(d)
    assert len(found) == MOST_OF_ORIGIN + 2
    assert sum(row.times for row in found) == 5001
    (together,) = [row for row in found if row.user_name == "*"]
    assert (together.origin, together.times) == ("10.0.0.1", 5000 - MOST_OF_ORIGIN)
    assert found[-1].user_name == "honest"


def test_many_origins_are_told_together_at_last(d: Desk, refusals: Refusals, clock: Clock) -> None:
    for number in range(50_000):
        refusals.note(login(f"name{number}", f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"))
        refusals.note(Refusal(user="x", door=f"d{number}", code="C"))
    while refusals._waiting:
        refusals.flush()
        clock.now += 100
    found = rows(d)
    assert sum(row.times for row in found) == 100_000
    assert len(found) <= MOST_WAITING + 2
    assert {row.refusal for row in found if row.door == "*"} == {"Unauthenticated", "C"}


def test_rows_come_at_a_bounded_rate(d: Desk, refusals: Refusals, clock: Clock) -> None:
    for round in range(30):
        for number in range(50):
            refusals.note(login(f"name{number}", f"origin{round}-{number}"))
        refusals.flush()
        assert len(rows(d)) <= min((round + 1) * MOST_ROWS, BURST)
    assert len(rows(d)) == BURST
    clock.now += 7
    refusals.flush()
    assert len(rows(d)) == BURST + 7


def test_only_so_many_are_kept_and_nothing_that_was_done_is_lost(
    d: Desk, refusals: Refusals, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "KEPT_REFUSALS", 50)
    monkeypatch.setattr(module, "_CLEANING", 100)
    d.write(lambda c: audit.record(c, user="ann", door="REST", operation="hold_entry"))
    for number in range(600):
        refusals.note(login(f"name{number}", f"origin{number}"))
        if number % 100 == 99:
            refusals.flush()
            clock.now += 100
    found = rows(d)
    assert len([row for row in found if row.refusal]) <= 150
    done = [row for row in found if row.refusal is None]
    assert [row.user_name for row in done if row.operation != SIGNED_OFF] == ["ann"]
    assert [row for row in found if row.refusal][-1].user_name == "name599"


def test_what_a_stranger_writes_is_stored_short_and_whole(d: Desk, refusals: Refusals) -> None:
    refusals.note(login("e" * 100_000, "o" * 9999, target="\ud800\0\n" * 9999, message="m" * 9999))
    refusals.flush()
    (row,) = rows(d)
    assert (len(row.user_name), len(row.origin), len(row.message)) == (255, 255, 255)
    assert row.target is not None and len(row.target) == 255 and "\0" not in row.target


def test_a_database_that_cannot_write_holds_nobody_up(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_work: object) -> None:
        raise ServerUnavailable("The disk is full.")

    refusals = Refusals(fail, clock=clock)
    refusals.note(login())
    refusals.flush()
    assert "The disk is full." in caplog.text
    assert "eve REST from 10.0.0.1 log_in refused: Unauthenticated" in caplog.text


def test_a_thread_writes_them_by_itself_and_the_rest_at_the_end(d: Desk) -> None:
    refusals = Refusals(d.write)
    refusals.start()
    refusals.note(login("one"))
    refusals.stop()
    refusals.note(login("two"))
    refusals.stop()
    assert [row.user_name for row in rows(d)] == ["one", "two"]


@pytest.fixture
def t(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as made:
        made.admit("boss")
        made.admit("ann", {Monitor.SEE_OWN, JobDefinitions.ADD, JobDefinitions.INQUIRE})
        yield made


def refused(t: Town, operation: str, caller: str, **inputs: Any) -> AuditRecord:
    """The record of a call that is refused."""
    with pytest.raises(JAMSError):
        t.call(operation, caller, **inputs)
    return newest(t)


def newest(t: Town) -> AuditRecord:
    t.refusals.flush()
    found: list[AuditRecord] = t.call("get_audit_trail", "boss", refused=True, limit=1)
    return found[0]


def test_a_call_without_the_right_is_in_the_trail(t: Town) -> None:
    record = refused(t, "delete_job", "ann", name="\\j")
    assert (record.user_name, record.operation, record.target) == ("ann", "delete_job", "\\j")
    assert (record.refusal, record.object_type, record.object_id) == ("AccessDenied", "Job", None)
    assert "JobDefinitions.Delete" in record.message
    record = refused(t, "hold_entry", "ann", id=17)
    assert (record.object_type, record.object_id, record.target) == ("Entry", 17, "17")
    record = refused(t, "find_history", "ann")
    assert (record.operation, record.refusal) == ("find_history", "AccessDenied")


def test_a_change_that_was_refused_is_in_the_trail_and_a_look_that_found_nothing_is_not(t: Town) -> None:
    t.call("create_job", "ann", job=Job(job_name="j"))
    record = refused(t, "create_job", "ann", job=Job(job_name="j"))
    assert (record.operation, record.refusal, record.message) == ("create_job", "AlreadyExists", "")
    with pytest.raises(JAMSError):
        t.call("get_entry", "ann", id=99)
    assert newest(t) == record


def test_done_and_refused_can_be_told_apart_and_chosen(t: Town) -> None:
    t.call("create_job", "ann", job=Job(job_name="j"))
    refused(t, "delete_job", "ann", name="j")
    refused(t, "hold_entry", "boss", id=99)

    def trail(**inputs: Any) -> list[tuple[str, str, str | None]]:
        found = t.call("get_audit_trail", "boss", **inputs)
        told = [(record.user_name, record.operation, record.refusal) for record in found]
        # Those who call have been made by the test itself, beside every operation.
        return [each for each in told if each[1] != "maintenance"]

    hold = ("boss", "hold_entry", "EntryNotFound")
    delete = ("ann", "delete_job", "AccessDenied")
    create = ("ann", "create_job", None)
    assert trail() == [hold, delete, create]
    assert trail(refused=False) == [create]
    assert trail(user_name="ANN") == [delete, create]
    assert trail(object_type="entry") == [hold]
    assert trail(object_type="Nothing") == []
    assert trail(limit=1) == [hold]
    moment = t.call("get_audit_trail", "boss", limit=1)[0].audit_time
    assert trail(start_date=moment) == [hold]
    assert trail(end_date=moment) == [delete, create]


def test_the_trail_is_for_who_may_look_at_access_control(t: Town) -> None:
    with pytest.raises(AccessDenied):
        t.call("get_audit_trail", "ann")
    t.admit("warden", {AccessControl.INQUIRE})
    assert isinstance(t.call("get_audit_trail", "warden"), list)


def test_who_did_not_log_in_is_nobody_from_somewhere(t: Town) -> None:
    operation = CATALOGUE["find_entries"]
    with pytest.raises(JAMSError):
        t.dispatcher.call(operation, {}, credentials=Credentials(origin="10.0.0.9"), door="SOAP")
    record = newest(t)
    assert (record.user_name, record.door, record.origin) == ("*", "SOAP", "10.0.0.9")
    assert record.refusal == "Unauthenticated"
