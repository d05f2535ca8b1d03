"""Many submissions at once: what they cost, and what becomes of them when definitions change meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jams.database import jobs
from jams.objects.bulk import SubmitOutcome
from jams.objects.errors import JAMSError
from jams.objects.schedule import SubmitInfo
from jams.scheduler import bulk_submission
from jams.scheduler.submission import Submitter
from tests.support.questions import questions
from tests.support.schedule import USER, Desk, desk

WHO = Submitter(USER)


@pytest.fixture
def d(place: Path | str) -> Iterator[Desk]:
    with desk(place) as made:
        made.job("\\j")
        yield made


def _of(*names: str) -> list[SubmitInfo | JAMSError]:
    return [SubmitInfo(name=f"\\{name}") for name in names]


def _enter(
    d: Desk, infos: list[SubmitInfo | JAMSError], prepared: bulk_submission.Prepared | None = None
) -> list[SubmitOutcome]:
    found = prepared or d.read(lambda c: bulk_submission.prepare(c, infos, WHO))
    return d.write(lambda c: bulk_submission.enter(c, infos, found, WHO))


def _codes(outcomes: list[SubmitOutcome]) -> list[str | None]:
    return [outcome.error and outcome.error.code for outcome in outcomes]


def test_many_cost_as_many_statements_as_few(d: Desk) -> None:
    counts = []
    for number in (5, 50):
        infos = _of(*["j"] * number)
        prepared = d.read(lambda c, infos=infos: bulk_submission.prepare(c, infos, WHO))  # type: ignore[misc]
        with questions() as asked:
            outcomes = _enter(d, infos, prepared)
        assert _codes(outcomes) == [None] * number
        assert len({outcome.jams_entry for outcome in outcomes}) == number
        assert {d.entry(outcome.jams_entry).ron for outcome in outcomes} == {o.ron for o in outcomes}
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 6, asked


def test_what_was_checked_is_checked_anew_when_a_definition_has_changed(d: Desk) -> None:
    infos = _of("j", "k", "j")
    prepared = d.read(lambda c: bulk_submission.prepare(c, infos, WHO))
    assert [isinstance(each, JAMSError) for each in prepared.checked] == [False, True, False]
    d.job("\\k")
    outcomes = _enter(d, infos, prepared)
    assert _codes(outcomes) == [None, None, None]
    assert [d.entry(outcome.jams_entry).job_name for outcome in outcomes] == ["j", "k", "j"]


def test_a_job_that_has_gone_meanwhile_is_not_submitted(d: Desk) -> None:
    d.job("\\k")
    infos = _of("k", "j")
    prepared = d.read(lambda c: bulk_submission.prepare(c, infos, WHO))
    d.write(lambda c: jobs.delete(c, jobs.find(c, name="\\k")))
    assert _codes(_enter(d, infos, prepared)) == ["JobNotFound", None]


def test_where_all_are_refused_nothing_is_written(d: Desk) -> None:
    infos = _of("nowhere", "nowhere")
    prepared = d.read(lambda c: bulk_submission.prepare(c, infos, WHO))
    with questions() as asked:
        assert _codes(_enter(d, infos, prepared)) == ["JobNotFound", "JobNotFound"]
    assert not asked
