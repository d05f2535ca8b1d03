"""Whom events are told that are no ends: starts, stalls, runs that run away, windows, setups that halt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from jams.database import outbox
from jams.objects.parts import Element
from jams.objects.schedule import Release
from jams.scheduler import actions
from tests.support.engine import World, values, world


@pytest.fixture
def w(place: Path | str) -> Iterator[World]:
    with world(place) as made:
        yield made


def told(w: World) -> list[tuple[str, str]]:
    """What was told, and by whom."""
    return [(each.happened, each.told_by) for each in reversed(w.read(lambda c: outbox.find(c)))]


def handler(**properties: object) -> Element:
    given = values(ToAddress="ann@x.org", **properties)
    return Element(element_name="Tell", element_type_name="SendEMail", properties=given)


def test_a_start_is_told_once(w: World) -> None:
    w.job("\\j", elements=[handler(EntryStarted=True, EntrySuccess=True)])
    w.submit("\\j")
    w.after(minutes=5)
    assert told(w) == [("Started", "Tell"), ("Ended", "Tell")]


def test_a_stall_and_a_run_that_runs_away_are_told_once_each_also_where_ends_are_silent(w: World) -> None:
    limits = values(
        StalledTime="0.00:15", RunawayElapsed="0.00:30", NotifyEMail="a@x.org", SuppressNotify=True
    )
    w.job("\\j", properties=limits)
    number = w.submit("\\j", hold=True)
    w.after(hours=2)
    assert told(w) == [("Stalled", "NotifyEMail")]
    w.exits["j"] = [1]
    w.lasts["j"] = timedelta(hours=1)
    w.act(actions.release, number, Release())
    w.after(hours=2)
    assert told(w) == [("Stalled", "NotifyEMail"), ("Runaway", "NotifyEMail")]


def test_a_run_that_was_too_short_is_told(w: World) -> None:
    w.job("\\j", properties=values(ShortElapsed="0.00:10"), elements=[handler(Low=True)])
    w.submit("\\j")
    w.after(minutes=5)
    assert told(w) == [("Short", "Tell")]


def test_a_window_that_closes_first_is_told_whatever_is_done_then(w: World) -> None:
    window = values(ScheduleFromTime="05:00", ScheduleToTime="07:00", NotifyOfMissedWindow=True)
    w.queue("q", 1, started=False)
    w.job("\\k", properties=[*window, *values(NotifyEMail="a@x.org", BatchQueue="q")])
    w.submit("\\k")
    w.after(hours=3)
    assert told(w) == [("MissedWindow", "NotifyEMail")]
