"""The settings that bound queries of the history: how far back, how many at once, how long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from jams.client import wire as library
from jams.database import history, stored_settings
from jams.database.statement_limit import TookTooLong, limited
from jams.objects.errors import InvalidArgument, TimedOut
from jams.objects.listing import Listing
from jams.objects.schedule import HistoryPage
from jams.operations import CATALOGUE, history_limits
from jams.server import wire
from tests.support.old_history import row
from tests.support.powershell_answers import entry
from tests.support.rest_script import Script
from tests.support.schedule import Desk
from tests.support.town import Town, town
from webservices.soap.paged import Pager

DAYS = (1, 2, 3, 29, 31, 70)
"""How long ago the runs of the history ended."""

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture
def t(place: Path | str, tmp_path: Path) -> Iterator[Town]:
    (tmp_path / "home").mkdir()
    with town(tmp_path / "home", place) as made:
        made.admit("ann")
        now = datetime.now(UTC)
        job = made.desk.job("\\Load")
        rows = [row(job, number, now - timedelta(days=days)) for number, days in enumerate(DAYS, start=1)]
        made.desk.write(lambda c: history.add(c, [{**each, "job_name": "Load"} for each in rows]))
        yield made


def put(t: Town, **settings: object) -> None:
    for name, value in settings.items():
        t.desk.write(partial(stored_settings.put, name=name, value=str(value), user="ann"))


def found(t: Town, operation: str = "find_history", **inputs: Any) -> list[int]:
    answer = t.call(operation, "ann", **inputs)
    return [each.jams_entry for each in (answer if isinstance(answer, list) else answer.items)]


def test_who_says_no_start_is_shown_the_days_of_the_setting(t: Town) -> None:
    for operation, inputs in (
        ("find_history", {}),
        ("find_job_history", {"name": "\\Load"}),
        ("search_history", {"filter": "JobName eq 'Load'"}),
    ):
        assert found(t, operation, **inputs) == [1, 2, 3, 4]
    put(t, HistoryLookbackPeriod=2)
    assert found(t) == [1]
    put(t, HistoryLookbackPeriod=0)
    assert found(t) == [1, 2, 3, 4, 5, 6]
    assert found(t, "search_history") == [1, 2, 3, 4, 5, 6]


def test_who_says_a_time_or_a_run_is_shown_what_he_asks_for(t: Town) -> None:
    then = datetime.now(UTC) - timedelta(days=60)
    assert found(t, start_date=then) == [1, 2, 3, 4, 5]
    assert found(t, end_date=datetime.now(UTC) - timedelta(days=30)) == [5]
    for days in (10, 2_900_000):
        ahead = datetime.now(UTC) + timedelta(days=days)
        assert found(t, end_date=ahead) == [1, 2, 3, 4], "what is still to come is no end"
    assert found(t, "search_history", filter=f"StartTimeUTC lt {then:%Y-%m-%dT%H:%M:%SZ}") == [6]
    assert found(t, "search_history", filter="JAMSEntry eq 6 or RON eq 5") == [5, 6]
    total = t.call("search_history", "ann").count
    assert total == 4, "what is not listed is not counted"


def test_a_query_gives_no_more_than_the_limit_and_goes_on_behind_it(t: Town) -> None:
    put(t, HistoryQueryLimit=2, HistoryLookbackPeriod=0)
    s = Script(t)
    items, headers = s.page("/history?total=true&limit=1000")
    assert [each["jamsEntry"] for each in items] == [1, 2]
    assert headers["X-Truncated"] == "true" and headers["X-Total-Count"] == "6"
    pages = s.pages("/history/job?name=Load", most=5)
    assert [[each["jamsEntry"] for each in page] for page in pages] == [[1, 2], [3, 4], [5, 6], []]
    put(t, HistoryQueryLimit=0)
    items, headers = s.page("/history")
    assert len(items) == 6 and "X-Truncated" not in headers


def test_pages_of_a_search_are_cut_and_all_are_reached(t: Town) -> None:
    put(t, HistoryQueryLimit=2, HistoryLookbackPeriod=0)
    s = Script(t)
    target: str | None = "/history/odata?$count=false&$top=100"
    listed: list[int] = []
    while target:
        page = s.done("GET", target)
        assert (len(page["items"]), page["count"]) == (2, 6)
        listed += [each["jamsEntry"] for each in page["items"]]
        target = (page["nextPageLink"] or "").partition("/JAMS/api")[2]
    assert listed == [1, 2, 3, 4, 5, 6]


def test_soap_says_how_a_list_goes_on_that_the_server_has_cut(t: Town) -> None:
    put(t, HistoryQueryLimit=2)
    listed = t.call("find_history", "ann", limit=50)
    pager = Pager(CATALOGUE["find_history"])
    assert pager.piece({"limit": 50}, listed) == (listed, {"Beyond": str(listed[-1].history_id)})
    assert pager.piece({"limit": 50}, list(listed)) == (list(listed), None)


def test_a_connection_over_the_wire_is_told_of_it(t: Town) -> None:
    put(t, HistoryQueryLimit=3)
    answer = wire._answered(lambda: t.call("find_history", "ann"))
    told = library._result(CATALOGUE["find_history"], answer)
    assert isinstance(told, Listing) and (told.total, told.most, len(told)) == (None, 3, 3)


def test_sessions_of_powershell_warn_of_it(shell: Any, server: Any) -> None:
    listed = Listing([entry(number) for number in (1, 2)], most=2)
    server.answers["find_history"] = lambda **_: listed
    told = ["There may be more than the 2 shown; -Beyond goes on behind them."]
    assert shell.line("Get-JAMSHistory").streams.warnings == told
    assert shell.line("Get-JAMSHistory -Limit 50").streams.warnings == told


def test_sessions_of_powershell_warn_of_a_page_that_is_not_all(shell: Any, server: Any) -> None:
    page = HistoryPage(items=[entry(number) for number in (1, 2)], count=5)
    server.answers["search_history"] = lambda **_: page
    told = ["2 of 5 are shown; -Skip 2 goes on behind them."]
    assert shell.line("Search-JAMSHistory").streams.warnings == told
    assert shell.line("Search-JAMSHistory -Top 50").streams.warnings == told
    assert shell.line("Search-JAMSHistory -Top 2").streams.warnings == []
    assert shell.line("Search-JAMSHistory -Skip 3").streams.warnings == []


def test_a_query_that_takes_too_long_is_ended(t: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    put(t, HistoryQueryTimeLimit=1)
    monkeypatch.setattr(history, "find", lambda c, *_, **__: c.scalar(text(ENDLESS)))
    monkeypatch.setattr(history, "search", lambda c, **_: c.scalar(text(ENDLESS)))
    with pytest.raises(TimedOut, match="1 seconds of HistoryQueryTimeLimit"):
        t.call("search_history", "ann")
    status, problem = Script(t).ask("GET", "/history")
    assert (status, problem["code"]) == (504, "TimedOut")
    monkeypatch.undo()
    assert found(t) == [1, 2, 3, 4], "connections are of use again"


def test_the_limit_is_over_with_its_block(d: Desk) -> None:
    with d.database.read() as c:
        with limited(c, 1):
            assert c.scalar(select(1)) == 1
        if c.dialect.name == "sqlite":
            many = ENDLESS.replace("FROM n)", "FROM n WHERE i < 100000)")
            assert c.scalar(text(many)) == 100_000
    with pytest.raises(TookTooLong), d.database.read() as c, limited(c, 1):
        c.scalar(text(ENDLESS))
    with d.database.read() as c:
        assert c.scalar(select(1)) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HistoryLookbackPeriod", "-1"),
        ("HistoryLookbackPeriod", "36601"),
        ("HistoryQueryLimit", "100001"),
        ("HistoryQueryLimit", ""),
        ("HistoryQueryTimeLimit", "0"),
        ("HistoryQueryTimeLimit", "3601"),
    ],
)
def test_settings_out_of_bounds_are_refused(d: Desk, name: str, value: str) -> None:
    with pytest.raises(InvalidArgument):
        d.write(lambda c: stored_settings.put(c, name, value, user="ada"))


def test_the_beginning_of_time_is_reached(t: Town) -> None:
    put(t, HistoryLookbackPeriod=36_600)
    early = datetime(2, 1, 1, tzinfo=UTC)
    since = t.desk.read(history_limits.limits).since(datetime.now(UTC), early)
    assert since == datetime(1, 1, 1, tzinfo=UTC)
