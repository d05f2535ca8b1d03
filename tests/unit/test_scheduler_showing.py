"""What a run shows of itself: a status, an icon, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jams.database import entries
from jams.objects.enums import Icon, Severity
from jams.objects.errors import MissingArgument, NotSupported, WrongState
from jams.objects.run import RunOutcome
from jams.objects.schedule import Cancel, EntryAppearance, EntryStatus, Restart
from jams.scheduler import actions, showing
from tests.support.schedule import Desk, desk, ended
from tests.support.stage import Stage, acting

pytestmark = pytest.mark.unit


@pytest.fixture
def d(place: Path | str) -> Iterator[Desk]:
    with desk(place) as made:
        made.job("\\j")
        yield made


@pytest.fixture
def stage(d: Desk) -> Iterator[Stage]:
    with acting(d) as made:
        yield made


def show(d: Desk, number: int, **members: object) -> None:
    body = EntryAppearance(**members)  # type: ignore[arg-type]
    d.write(lambda c: showing.set_state(c, number, body))


def test_what_a_run_says_last_stays_and_goes_into_its_history(stage: Stage) -> None:
    number = stage.submit()
    token = stage.executing(number)
    for text in ("1 row", "42 rows"):
        told = stage.desk.write(
            lambda c, text=text: showing.set_status(c, number, EntryStatus(job_status=text))
        )
    assert told == f"Entry {number} shows what was set."
    assert stage.desk.entry(number).job_status == "42 rows"
    stage.scheduler.run_ended(ended(token))
    assert stage.over(number).job_status == "42 rows"
    assert [record.job_status for record in stage.records()] == ["42 rows"]
    assert len(stage.desk.read(lambda c: entries.audit_trail(c, number))) == 1, "how far it is fills no trail"


@pytest.mark.parametrize("permanent", [True, False])
def test_an_icon_goes_with_the_run_unless_it_is_permanent(stage: Stage, permanent: bool) -> None:
    number = stage.submit()
    token = stage.executing(number)
    show(stage.desk, number, icon=Icon.QUESTION, message="Which one?", permanent=permanent)
    show(stage.desk, number, job_status="asking")
    entry = stage.desk.entry(number)
    assert (entry.icon, entry.icon_message, entry.icon_permanent, entry.job_status) == (
        Icon.QUESTION,
        "Which one?",
        permanent,
        "asking",
    )
    stage.scheduler.run_ended(ended(token))
    over = stage.over(number)
    kept = (Icon.QUESTION, "Which one?") if permanent else (Icon.DEFAULT, None)
    assert (over.icon, over.icon_message) == kept
    assert [record.icon_message for record in stage.records()] == ["Which one?"]
    stage.act(actions.restart, number, Restart(hold=True))
    again = stage.desk.entry(number)
    assert (again.icon, again.icon_message, again.icon_permanent, again.job_status) == (
        Icon.DEFAULT,
        None,
        False,
        None,
    )


def test_what_was_set_is_taken_away(stage: Stage) -> None:
    number = stage.submit()
    stage.executing(number)
    show(stage.desk, number, icon=Icon.RED, message="Look.", job_status="x")
    show(stage.desk, number, icon=Icon.DEFAULT, message="", job_status="")
    entry = stage.desk.entry(number)
    assert (entry.icon, entry.icon_message, entry.job_status) == (Icon.DEFAULT, None, None)


def test_the_words_of_an_operator_do_not_stay(stage: Stage) -> None:
    number = stage.submit()
    token = stage.executing(number)
    stage.act(actions.cancel, number, Cancel(severity=Severity.INFO))
    assert stage.desk.entry(number).job_status == "Being cancelled"
    stage.scheduler.run_ended(ended(token, RunOutcome.ABORTED))
    assert stage.over(number).job_status is None


def test_only_what_runs_shows_anything(stage: Stage) -> None:
    held = stage.submit(hold=True)
    with pytest.raises(WrongState, match="has not started yet"):
        show(stage.desk, held, job_status="x")
    number = stage.submit()
    token = stage.executing(number)
    with pytest.raises(MissingArgument):
        show(stage.desk, number)
    with pytest.raises(NotSupported):
        show(stage.desk, number, enable_release=True, job_status="x")
    assert stage.desk.entry(number).job_status is None
    stage.scheduler.run_ended(ended(token))
    stage.over(number)
    with pytest.raises(WrongState, match="has ended"):
        show(stage.desk, number, job_status="x")
