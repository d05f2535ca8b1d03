"""Every list of the catalogue: pages that hold everything once, a sign of what was cut, order, total."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest
from msgspec import Struct

from jams.database import missed_points
from jams.objects.missed_points import MissedAction
from jams.operations import CATALOGUE
from jams.operations.catalogue import Operation
from jams.wire.soap.names import input_name
from tests.support.mailbox import post
from tests.support.rest_script import Script
from tests.support.town import town
from webservices.rest.openapi import describe
from webservices.rest.shaping import FIELDS, LIMIT, SORT, TOTAL, Shape
from webservices.slices import item_of
from webservices.soap.paged import Pager, inputs_of
from webservices.web_settings import WebSettings

LISTS = [each for each in CATALOGUE if each.lists and not each.changes]
PERIOD = "start=2030-01-01T00:00:00Z&end=2030-01-04T00:00:00Z"
FROM = "after=2030-01-01T00:00:00Z&before=2030-01-04T00:00:00Z"

BOUNDED: dict[str, tuple[str, str]] = {
    "find_entries": ("/entry", "jamsEntry"),
    "find_history": ("/history", "historyID"),
    "find_job_history": ("/history/job?name=Load", "historyID"),
    "find_revisions": ("/revision", "revisionID"),
    "list_revisions": ("/job/1/revisions", "revisionID"),
    "get_audit_trail": ("/audittrail?refused=false", "auditID"),
    "list_outbox": ("/outbox", "outboxID"),
    "get_missed_points": ("/schedule/missed", "missedID"),
    "get_schedule": (f"/schedule?{PERIOD}", "cursor"),
    "get_occurrences": (f"/date/occurrences?dates=DAILY&times=01:00&times=02:00&{FROM}", "cursor"),
    "get_job_occurrences": (f"/job/occurrences?name=Daily&{FROM}", "cursor"),
}
"""The lists that their operations bound: where one with several items is found, and what names an item."""


def trigger(**values: str) -> dict[str, Any]:
    bag = [{"propertyName": name, "currentValue": value} for name, value in values.items()]
    return {"elementName": "T", "elementTypeName": "ScheduleTrigger", "properties": bag}


@pytest.fixture(scope="module")
def s(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Script]:
    with town(tmp_path_factory.mktemp("lists")) as t:
        t.admit("ann")
        script = Script(t)
        job = {"methodName": "Command", "source": "x"}
        script.done("POST", "/job", {**job, "jobName": "Load"})
        for said in ("a", "b", "c"):
            script.done("PUT", "/job", {"jobName": "Load", "description": said})
        twice = [
            trigger(ScheduledDate="DAILY", ScheduledTime=at, TimeZone="UTC") for at in ("08:00", "08:00")
        ]
        by_hand = [{"propertyName": "AutoSubmit", "currentValue": False}]
        for name in ("Daily", "Also"):
            script.done("POST", "/job", {**job, "jobName": name, "elements": twice, "properties": by_hand})
        for _ in range(5):
            script.done("POST", "/submit/job", {"name": "Load", "hold": True})
        loads = [each["jamsEntry"] for each in script.done("GET", "/entry?name=Load")]
        for number in loads:
            script.done("PUT", f"/entry/{number}/delete", {"force": True})
            t.over(number)
        post(t.desk, ["ann@example.org"], count=4)
        moment = datetime(2026, 11, 1, tzinfo=UTC)
        for number, hours in enumerate((1, 1, 2, 3, 3)):
            values = {
                "trigger_id": number + 1,
                "job_id": 1,
                "job_path": "\\Load",
                "point": moment + timedelta(hours=hours),
                "recorded": moment,
                "action": MissedAction.SKIPPED,
                "reason": "away",
            }
            t.desk.write(lambda c, values=values: missed_points.record(c, values))  # type: ignore[misc]
        yield script


def walk(s: Script, target: str) -> list[list[Any]]:
    return s.pages(target, most=100)


@pytest.mark.parametrize("operation", LISTS, ids=lambda each: each.name)
def test_every_list_can_be_paged_and_says_when_it_was_cut(operation: Operation) -> None:
    shape, item = Shape(operation).names, Shape.item(operation)
    if not (isinstance(item, type) and issubclass(item, Struct)):
        assert operation.name in WHOLE, "a list of texts is given whole; say why"
        return
    assert {FIELDS, SORT, TOTAL} <= {*shape, *(each.wire for each in operation.inputs)}
    bound = operation.bound
    if item_of(operation) is None:
        assert bound is not None and bound.cursor is not None and bound.member is not None, operation.name
        assert operation.name in BOUNDED
        known = {each.name for each in operation.inputs}
        assert {bound.limit, bound.cursor} <= known and bound.member in item.__struct_encode_fields__
    else:
        assert LIMIT in shape
        assert {LIMIT, "after"} <= {each.name for each in inputs_of(operation)}, "SOAP pages it as well"


WHOLE: dict[str, str] = {}
"""Lists that no page could be made of, and why."""


def test_the_description_tells_how_each_list_goes_on() -> None:
    paths = describe(CATALOGUE, WebSettings("http://localhost/JAMS"))["paths"]
    for operation in LISTS:
        for route in operation.routes:
            if route.verb != "GET" or operation.name in WHOLE:
                continue
            told = paths[route.path]["get"]
            if told["operationId"] != operation.name:
                continue  # an address that several share is described as the first of them
            headers = told["responses"]["200"]["headers"]
            assert {"Link", "X-Total-Count"} <= headers.keys(), route


def test_every_list_that_bounds_itself_is_tried_here() -> None:
    assert {each.name for each in LISTS if item_of(each) is None} == BOUNDED.keys() | WHOLE.keys()


@pytest.mark.parametrize("name", BOUNDED)
def test_pages_hold_everything_once(s: Script, name: str) -> None:
    target, member = BOUNDED[name]
    sign = "&" if "?" in target else "?"
    everything, headers = s.page(f"{target}{sign}total=true&limit=1000")
    assert len(everything) > 2 and headers["X-Total-Count"] == str(len(everything))
    assert "Link" not in headers and "X-Truncated" not in headers
    named = [item[member] for item in everything]
    assert len(set(named)) == len(named)
    backwards = CATALOGUE[name].bound is not None and CATALOGUE[name].bound.backwards  # type: ignore[union-attr]
    for limit in (1, 2, 3, len(named)):
        pages = walk(s, f"{target}{sign}limit={limit}&fields={member}")
        listed = [item[member] for items in (pages[::-1] if backwards else pages) for item in items]
        assert listed == named
        assert all(len(items) == limit for items in pages[:-1])
    cut, headers = s.page(f"{target}{sign}limit=2&total=true&sort=-{member}")
    assert headers["X-Truncated"] == "true" and 'rel="next"' in headers["Link"]
    assert headers["X-Total-Count"] == str(len(named))
    assert [item[member] for item in cut] == sorted((item[member] for item in cut), reverse=True)


@pytest.mark.parametrize("name", BOUNDED)
def test_soap_tells_behind_what_a_list_goes_on(s: Script, name: str) -> None:
    target, member = BOUNDED[name]
    operation = CATALOGUE[name]
    bound = operation.bound
    assert bound is not None and bound.cursor is not None
    listed, _ = s.page(f"{target}{'&' if '?' in target else '?'}limit=2")
    items = msgspec.convert(listed, operation.result)
    given, going = Pager(operation).piece({bound.limit: 2}, items)
    last = listed[0 if bound.backwards else -1][member]
    assert given == items and going == {input_name(operation.input(bound.cursor)): str(last)}
    assert Pager(operation).piece({bound.limit: 3}, items) == (items, None)


@pytest.mark.parametrize("beyond", ["x", "1/2/3", "2030-01-02T00:00:00Z/2030-01-01T00:00:00Z/1/0"])
def test_what_is_no_cursor_is_refused(s: Script, beyond: str) -> None:
    for name in ("get_schedule", "get_occurrences", "get_job_occurrences"):
        target = BOUNDED[name][0]
        status, problem = s.ask("GET", f"{target}&beyond={beyond}")
        assert (status, problem["member"]) == (422, "beyond")
    other = "2030-01-01T01:00:00Z/2030-01-01T02:00:00Z/1/0"
    assert s.ask("GET", f"/schedule?{PERIOD}&beyond={other}")[0] == 422


def test_a_list_without_a_beginning_goes_on_in_the_period_it_began_with(s: Script) -> None:
    first, headers = s.page("/schedule?jobName=Daily&limit=1")
    parts = urlsplit(headers["Link"].partition(";")[0].strip("<>"))
    second, headers = s.page(f"/schedule?{parts.query}")
    assert len(second) == 1 and second[0]["cursor"] != first[0]["cursor"]
    assert second[0]["cursor"].split("/")[0] == first[0]["cursor"].split("/")[0]
    third = walk(s, f"/schedule?{urlsplit(headers['Link'].partition(';')[0].strip('<>')).query}")
    assert [row for rows in third for row in rows] == []


def test_a_row_that_is_gone_takes_nothing_with_it(s: Script) -> None:
    rows = s.done("GET", f"/schedule?{PERIOD}&limit=1000")
    begin, at, _, number = rows[0]["cursor"].split("/")
    gone = f"{begin}/{at}/4711/{number}"
    assert s.done("GET", f"/schedule?{PERIOD}&beyond={gone}&limit=1000") == rows
    lines = s.done("GET", "/audittrail")
    assert s.done("GET", f"/audittrail?beyond={lines[0]['auditID'] + 1000}")[-1] == lines[-1]
    points = s.done("GET", "/schedule/missed")
    assert len(s.done("GET", "/schedule/missed?beyond=1000")) == len(points)


def test_a_schedule_without_end_is_not_counted(s: Script) -> None:
    status, problem = s.ask("GET", "/date/occurrences?dates=DAILY&total=true")
    assert (status, problem["member"]) == (422, "before")
