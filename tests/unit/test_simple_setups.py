"""Setups of one job, which lists of entries show as one line if EnableSimpleSetups says so."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from jams.database import stored_settings
from jams.objects.enums import EntryState
from jams.objects.setups import Setup, SetupJob
from jams.security.access import ALL_RIGHTS
from jams.security.rights import Monitor
from tests.support.eventually import eventually
from tests.support.rest_script import Script
from tests.support.schedule import ended
from tests.support.town import Town, town


@pytest.fixture
def t(place: Path | str, tmp_path: Path) -> Iterator[Town]:
    (tmp_path / "home").mkdir()
    with town(tmp_path / "home", place) as made:
        made.admit("ann")
        made.desk.job("\\w")
        for name, jobs in (("one", ["w"]), ("two", ["w", "w"])):
            members = [SetupJob(job_name=f"\\{job}") for job in jobs]
            made.call("create_setup", "ann", setup=Setup(setup_name=name, jobs=members))
        made.call("create_setup", "ann", setup=Setup(setup_name="outer", jobs=[SetupJob(job_name="\\one")]))
        yield made


def put(t: Town, value: str) -> None:
    t.desk.write(partial(stored_settings.put, name="EnableSimpleSetups", value=value, user="ann"))


def submitted(t: Town, name: str, members: int, who: str = "ann") -> int:
    """The entry of a setup that has begun."""
    number: int = t.call("submit_job", who, name=f"\\{name}").jams_entry
    eventually(lambda: len(t.call("get_entry_members", "ann", id=number)) == members)
    return number


def listed(t: Town, who: str = "ann", **inputs: Any) -> list[int]:
    return [each.jams_entry for each in t.call("find_entries", who, **inputs)]


def members(t: Town, number: int) -> list[int]:
    return [each.jams_entry for each in t.call("get_entry_members", "ann", id=number)]


def test_a_setup_of_one_job_is_one_line_if_the_setting_says_so(t: Town) -> None:
    one, two = submitted(t, "one", 1), submitted(t, "two", 2)
    (only,), both = members(t, one), members(t, two)
    everything = sorted([one, only, two, *both])
    assert listed(t) == everything, "as it was delivered"
    put(t, "True")
    assert listed(t) == sorted({*everything} - {only})
    items, headers = Script(t).page("/entry?total=true&limit=3")
    assert [each["jamsEntry"] for each in items] == sorted({*everything} - {only})[-3:]
    assert headers["X-Total-Count"] == "4"
    assert only in listed(t, name="w") and only in listed(t, state=[EntryState.EXECUTING])
    assert t.call("get_entry", "ann", id=only).jams_entry == only
    put(t, "False")
    assert listed(t) == everything


def test_what_holds_a_setup_of_one_job_is_itself_such_a_line(t: Town) -> None:
    outer = submitted(t, "outer", 1)
    (inner,) = members(t, outer)
    eventually(lambda: len(members(t, inner)) == 1)
    put(t, "True")
    assert listed(t) == [outer]


def test_a_list_that_lacks_the_setup_shows_its_member(t: Town) -> None:
    t.desk.folder("\\G")
    t.desk.job("\\G\\x")
    far = [SetupJob(job_name="\\G\\x")]
    t.call("create_setup", "ann", setup=Setup(setup_name="far", jobs=far))
    number = submitted(t, "far", 1)
    put(t, "True")
    assert listed(t, folder="\\G") == members(t, number)
    assert listed(t) == [number]
    t.admit("bob", ALL_RIGHTS - {Monitor.SEE_ALL})
    assert listed(t, "bob") == []
    own = submitted(t, "one", 1, "bob")
    assert listed(t, "bob") == [own]


def test_hold_and_release_of_the_line_hold_and_release_the_job(t: Town) -> None:
    put(t, "True")
    number = t.call("submit_job", "ann", name="\\one", hold=True).jams_entry
    assert listed(t) == [number] and t.runner.requests == []
    t.call("release_entry", "ann", id=number)
    eventually(lambda: len(t.runner.requests) == 1)
    assert listed(t) == [number]
    t.scheduler.run_ended(ended(t.runner.requests[0].token))
    t.over(number)
    assert listed(t) == [number]
