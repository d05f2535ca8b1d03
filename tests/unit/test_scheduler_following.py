"""A lone entry is claimed in the transaction that submits it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from jams.database import changes
from jams.objects.enums import EntryState
from jams.objects.errors import ServerUnavailable
from jams.objects.schedule import SubmitJob
from jams.scheduler import submission, submission_documents, turn
from tests.support.schedule import USER, Desk, desk
from tests.support.stage import Stage, acting


@pytest.fixture
def d(place: Path | str) -> Iterator[Desk]:
    with desk(place) as made:
        made.job("\\j")
        yield made


@pytest.fixture
def stage(d: Desk) -> Iterator[Stage]:
    with acting(d) as made:
        yield made


@pytest.fixture
def heard(d: Desk) -> list[changes.Changes]:
    """What transactions have changed."""
    told: list[changes.Changes] = []
    d.database.listen(told.append)
    return told


def _first_of(number: int, heard: list[changes.Changes]) -> changes.Change:
    return next(each[number] for each in heard if number in each)


def _enter(c: Connection) -> int:
    document = submission_documents.from_short(SubmitJob(name="j"))
    return submission.enter(c, document, submission.Submitter(USER)).jams_entry


def _submit_unanswered(d: Desk, action: Callable[[Connection], None]) -> None:
    """Submit, and do something in place of the commit."""
    engine = d.database._writer._engine

    def instead(connection: Connection) -> None:
        event.remove(engine, "commit", instead)
        action(connection)
        raise OSError("the answer to the commit has not come")

    def work(c: Connection) -> int:
        event.listen(engine, "commit", instead)
        return _enter(c)

    with pytest.raises(ServerUnavailable):
        d.write(work)


def test_a_lone_entry_is_claimed_where_it_is_submitted(stage: Stage, heard: list[changes.Changes]) -> None:
    number = stage.submit()
    assert _first_of(number, heard) == changes.Change(state=EntryState.STARTING, added=True)
    stage.executing(number)
    assert [run.jams_entry for run in stage.runner.requests] == [number]


def test_what_waits_is_not_claimed(stage: Stage, heard: list[changes.Changes]) -> None:
    number = stage.submit(hold=True)
    assert _first_of(number, heard).state is EntryState.HELD
    assert not stage.runner.requests


def test_many_are_left_to_a_turn(stage: Stage, heard: list[changes.Changes]) -> None:
    numbers = stage.desk.write(lambda c: [_enter(c) for _ in range(5)])
    assert {_first_of(number, heard).state for number in numbers} == {EntryState.PENDING}
    for number in numbers:
        stage.executing(number)
    assert sorted(run.jams_entry for run in stage.runner.requests) == numbers


def test_nobody_claims_while_no_scheduler_works(d: Desk, heard: list[changes.Changes]) -> None:
    with acting(d) as stage:
        stage.executing(stage.submit())
    number = d.submit()
    assert _first_of(number, heard).state is EntryState.PENDING
    assert len(stage.runner.requests) == 1


def test_a_claim_that_fails_leaves_the_submission(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(c: Connection, *arguments: object) -> None:
        c.exec_driver_sql("DELETE FROM entry")
        raise RuntimeError

    monkeypatch.setattr(turn, "follow", fail)
    number = stage.submit()
    stage.executing(number)
    assert len(stage.runner.requests) == 1


def test_nothing_starts_of_a_submission_that_is_not_stored(stage: Stage) -> None:
    _submit_unanswered(stage.desk, lambda connection: None)
    number = stage.submit()
    stage.executing(number)
    assert [run.jams_entry for run in stage.runner.requests] == [number]


def test_a_claim_that_is_stored_although_nobody_was_told_runs_once(stage: Stage) -> None:
    def commit(connection: Connection) -> None:
        connection.dialect.do_commit(connection.connection.dbapi_connection)  # type: ignore[arg-type]

    _submit_unanswered(stage.desk, commit)
    stage.executing(1)
    assert [run.jams_entry for run in stage.runner.requests] == [1]
