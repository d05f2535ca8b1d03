"""Who asks again gets the same bytes while nothing has changed, and nothing stale when something has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jams.security.access import ALL_RIGHTS
from jams.security.rights import JobDefinitions, Monitor
from tests.support.doors import basic
from tests.support.rest_script import Script
from tests.support.town import Town, town

JOB, ENTRIES = "/job?name=%5CLoad", "/entry?limit=100&fields=jamsEntry,currentState"


@pytest.fixture
def t(tmp_path: Path, place: Path | str) -> Iterator[Town]:
    with town(tmp_path, place) as made:
        made.admit("ann")
        made.admit("bob", ALL_RIGHTS - {Monitor.SEE_ALL})
        yield made


@pytest.fixture
def s(t: Town) -> Script:
    script = Script(t)
    script.done("POST", "/job", {"jobName": "Load", "methodName": "Command", "source": "x"})
    script.done("POST", "/submit/job", {"name": "Load", "hold": True})
    return script


class Made:
    """Counts what the JAMServer is called for; on PostgreSQL every answer is made."""

    def __init__(self, t: Town, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        self.always = t.desk.database.dialect == "postgresql"
        call = t.dispatcher.call

        def counted(*arguments: Any, **named: Any) -> Any:
            self.count += 1
            return call(*arguments, **named)

        monkeypatch.setattr(t.dispatcher, "call", counted)

    def least(self, ask: Callable[[], list[Any]]) -> tuple[int, list[Any]]:
        """How often it was called at least meanwhile: the scheduler writes now and then too."""
        found = []
        for _ in range(5):
            before = self.count
            answers = ask()
            found.append((self.count - before, answers))
        return min(found, key=lambda each: each[0])


def get(s: Script, target: str, who: str = "ann", **headers: str) -> Any:
    sent = {"Accept": "application/json", **basic(who), **headers}
    return s.client.get(f"/JAMS/api{target}", headers=sent)


@pytest.mark.parametrize("target", [JOB, ENTRIES, "/entry"])
def test_what_is_asked_for_again_is_not_made_again(
    t: Town, s: Script, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = get(s, target)
    made = Made(t, monkeypatch)
    count, again = made.least(lambda: [get(s, target) for _ in range(5)])
    assert count == (5 if made.always else 0)
    assert {each.data for each in again} == {first.data}
    own = {"X-Request-ID"}
    shown = [{name: value for name, value in each.headers if name not in own} for each in [first, *again]]
    assert all(each == shown[0] for each in shown)
    assert len({each.headers["X-Request-ID"] for each in again}) == 5


def test_who_has_it_already_is_told_so_again(t: Town, s: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = get(s, JOB).headers["ETag"]
    made = Made(t, monkeypatch)
    count, again = made.least(lambda: [get(s, JOB, **{"If-None-Match": tag}) for _ in range(5)])
    assert {each.status_code for each in again} == {304}
    assert count == (5 if made.always else 0)
    assert get(s, JOB).status_code == 200, "without the tag it is another question"


def test_a_change_is_seen_at_once(s: Script) -> None:
    for said in ("one", "two", "three"):
        s.done("PUT", "/job", {"jobName": "Load", "parentFolderName": "\\", "description": said})
        assert [s.done("GET", JOB)["description"] for _ in range(4)] == [said] * 4
        number = s.done("POST", "/submit/job", {"name": "Load", "hold": True})["jamsEntry"]
        for _ in range(4):
            assert number in {entry["jamsEntry"] for entry in s.done("GET", ENTRIES)}


def test_rights_that_are_taken_away_count_at_once(t: Town, s: Script) -> None:
    assert {get(s, JOB).status_code for _ in range(4)} == {200}
    t.accounts.rights["ann"] = ALL_RIGHTS - {JobDefinitions.INQUIRE}
    assert {get(s, JOB).status_code for _ in range(4)} == {403}
    t.accounts.rights["ann"] = ALL_RIGHTS
    assert len(s.done("GET", "/entry")) == len(s.done("GET", "/entry")) == 1
    t.accounts.rights["ann"] = ALL_RIGHTS - {Monitor.SEE_ALL}
    s.done("GET", "/entry")
    t.accounts.rights["ann"] = frozenset()
    assert get(s, "/entry").status_code == 403


def test_each_caller_has_answers_of_his_own(s: Script) -> None:
    for _ in range(4):
        assert len(get(s, ENTRIES).json) == 1
        assert get(s, ENTRIES, "bob").json == [], "who sees his own entries alone"


def test_what_depends_on_the_clock_is_made_anew(t: Town, s: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Made(t, monkeypatch)
    for _ in range(4):
        s.done("GET", "/schedule")
    assert made.count == 4


def test_packed_and_plain_are_two_answers(s: Script) -> None:
    for _ in range(120):
        s.done("POST", "/submit/job", {"name": "Load", "hold": True})
    for _ in range(4):
        plain, packed = get(s, "/entry"), get(s, "/entry", **{"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert len(packed.data) < len(plain.data)
