from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from jams.database import history
from jams.objects.enums import Severity
from jams.objects.errors import FolderNotFound, HistoryNotFound, InvalidArgument
from tests.support.schedule import Desk, desk

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def record(
    number: int, name: str, folder: tuple[int, str], severity: Severity, **members: Any
) -> dict[str, Any]:
    moment = NOON + timedelta(hours=number)
    return {
        "number": number,
        "ron": number * 10,
        "job_id": folder[0] * 100,
        "job_name": name,
        "folder_id": folder[0],
        "folder_name": folder[1],
        "submitted_by": "ada",
        "user_name": "ada",
        "scheduled_time": moment,
        "hold_time": None,
        "start_time": moment,
        "completion_time": moment + timedelta(minutes=1),
        "final_severity": severity,
        "final_status": severity.value,
        "final_status_code": severity.rank,
        "job_status": None,
        "note": None,
        "elapsed": 60.0,
        "cpu": 1.5,
        "log_filename": "/log",
        "agent_id": 1,
        "process_id": 7,
        "restart_count": number % 2,
        "priority": 0,
        "held": False,
        "document": "{}",
        **members,
    }


@pytest.fixture(scope="module")
def d(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(tmp_path_factory.mktemp("history") / "jams.db") as made:
        root = (1, "\\")
        sales = (made.folder("\\Sales"), "\\Sales")
        eu = (made.folder("\\Sales\\EU"), "\\Sales\\EU")
        rows = [
            record(1, "Load", root, Severity.SUCCESS),
            record(2, "Load", sales, Severity.ERROR, note="it's 50% done", submitted_by="Bob"),
            record(3, "Unload", sales, Severity.WARNING, job_status="Ärger"),
            record(4, "Load", eu, Severity.FATAL, note="see_log"),
        ]
        made.write(lambda c: history.add(c, rows))
        yield made


def found(d: Desk, limit: int = 1000, **filters: Any) -> list[int]:
    which = history.Wanted(**filters)
    return [r.jams_entry for r in d.read(lambda c: history.find(c, which, limit=limit))]


def searched(d: Desk, filter: str | None = None, **how: Any) -> list[int]:
    page = d.read(
        lambda c: history.search(c, filter=filter, order_by=how.pop("order_by", "JAMSEntry"), **how)
    )
    return [r.jams_entry for r in page.items]


def test_one_record(d: Desk) -> None:
    (second,) = d.read(lambda c: history.find(c, history.Wanted(job_id=200, severities=[Severity.ERROR])))
    assert second == d.read(lambda c: history.get(c, 200, second.history_id))
    assert (second.jams_entry, second.ron, second.parent_folder_name) == (2, 20, "\\Sales")
    assert (second.final_severity, second.elapsed_time, second.agent_name) == (
        Severity.ERROR,
        60.0,
        "localhost",
    )
    for job, id in ((100, second.history_id), (200, 99)):
        with pytest.raises(HistoryNotFound):
            d.read(lambda c, job=job, id=id: history.get(c, job, id))


def test_simple_filters(d: Desk) -> None:
    assert found(d) == [4, 3, 2, 1]
    assert found(d, limit=2) == [4, 3]
    assert found(d, pattern="load") == [4, 2, 1]
    assert found(d, pattern="*LOAD") == [4, 3, 2, 1]
    assert found(d, pattern="\\Sales\\*") == [4, 3, 2]
    assert found(d, pattern="/sales/load") == [2]
    assert found(d, pattern="\\Load") == [1]
    assert found(d, job_id=100) == [1]
    assert found(d, since=NOON + timedelta(hours=3)) == [4, 3]
    assert found(d, until=NOON + timedelta(hours=3)) == [2, 1]
    assert found(d, severities=[Severity.ERROR, Severity.FATAL]) == [4, 2]


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        ("FinalSeverity eq 'Error'", [2]),
        ("finalseverity EQ 'error'", [2]),
        ("FinalSeverity ge 'Warning'", [2, 3, 4]),
        ("FinalSeverity ne 'Success' and FinalSeverity lt 'Fatal'", [2, 3]),
        ("FinalSeverity in ('Error', 'Fatal')", [2, 4]),
        ("StartTimeUTC gt 2026-03-01T14:00:00Z", [3, 4]),
        ("StartTimeUTC ge 2026-03-01T15:00:00+01:00", [2, 3, 4]),
        ("CompletionTimeUTC lt 2026-03-01T14:00:00.000-00:00", [1]),
        ("ScheduleTimeUTC eq 2026-03-01T14:00:00Z", [2]),
        ("StartTimeUTC ge 2026-03-02", []),
        ("HoldTimeUTC eq null", [1, 2, 3, 4]),
        ("HoldTimeUTC ne null", []),
        ("JobName eq 'LOAD'", [1, 2, 4]),
        ("JobName ne 'load'", [3]),
        ("JobStatus eq 'Ärger'", [3]),
        ("JAMSEntry le 2", [1, 2]),
        ("2 lt JAMSEntry", [3, 4]),
        ("RON eq 30 or JobID eq 100", [1, 3]),
        ("not (JobName eq 'Load')", [3]),
        ("(RestartCount eq 1 or RestartCount eq 0) and ParentFolderName eq '\\Sales'", [2, 3]),
        ("contains(Note,'50%')", [2]),
        ("contains(note, 'IT''S')", [2]),
        ("contains(Note,'e_l')", [4]),
        ("contains(Note,'eXl')", []),
        ("startswith(JobName,'un')", [3]),
        ("endswith(JobName,'load') and SubmittedBy eq 'bob'", [2]),
        ("FinalSeverity in ('Error')", [2]),
        ("FinalSeverity in ('Error',)", [2]),
        ("JAMSEntry in (1,\n4)", [1, 4]),
        ("RON eq 10 or RON eq 20 and JobID eq 100", [1]),
        ("not contains(JobName, 'un') and not (RON eq 10)", [2, 4]),
        ("NOT JobName EQ 'load'", [3]),
        ("StartsWith(JobName,'UN')", [3]),
        ("StartTimeUTC lt 2026-03-01t14:00z", [1]),
        ("Note eq 'not (or, and)'", []),
        (" or ".join(["RON eq 10"] * 200), [1]),
        ("not " * 50 + "(" * 50 + "RON eq 10" + ")" * 50, [1]),
        ("  ", [1, 2, 3, 4]),
    ],
)
def test_odata_filters(d: Desk, filter: str, expected: list[int]) -> None:
    assert searched(d, filter) == expected


@pytest.mark.parametrize(
    "filter",
    [
        "nonsense",
        "JobName eq",
        "JobName eq 'a",
        "Password eq 'x'",
        "JobName eq 3",
        "JAMSEntry eq 'x'",
        "JAMSEntry eq 99999999999999999999",
        "FinalSeverity eq 'Bad'",
        "StartTimeUTC gt 2026-02-30T00:00:00Z",
        "StartTimeUTC gt 'soon'",
        "'a' eq 'a'",
        "JobName gt null",
        "JAMSEntry add 1 eq 2",
        "contains(JAMSEntry,'1')",
        "contains(JobName,Note)",
        "matchesPattern(JobName,'.*')",
        "now() gt StartTimeUTC",
        "JobName/x eq 'a'",
        "tolower(JobName) eq 'a'",
        "JobName eq 'a' ; drop table history",
        "not " * 400 + "(RON eq 1)",
        "(" * 500 + "RON eq 1" + ")" * 500 + " x",
        " or ".join(["RON eq 1"] * 201),
        "not " * 51 + "(" * 50 + "RON eq 10" + ")" * 50,
        f"RON in ({', '.join(['1'] * 201)})",
        "JobName eq true",
        "RON eq 1.5",
        "JobName in ()",
        "contains(JobName)",
        "contains('a', JobName)",
        "JobName",
        "'a'",
        "RON eq 1 RON eq 2",
        "RON eq 1 and",
        "x.JobName eq 'a'",
    ],
)
def test_filters_that_cannot_be_understood(d: Desk, filter: str) -> None:
    with pytest.raises(InvalidArgument) as caught:
        searched(d, filter)
    assert caught.value.member == "$filter"
    assert len(caught.value.message) < 600
    assert "Token(" not in caught.value.message


def test_a_filter_that_breaks_off_says_where(d: Desk) -> None:
    for filter, place in [("JobName eqq 'x'", "from \"eqq 'x'\" on"), ("(", "ends too early")]:
        with pytest.raises(InvalidArgument, match=re.escape(place)):
            searched(d, filter)


def test_pages(d: Desk) -> None:
    assert searched(d, top=2) == [1, 2]
    assert searched(d, top=2, skip=3) == [4]
    assert searched(d, skip=9) == []
    page = d.read(lambda c: history.search(c, filter="JobName eq 'load'", top=1))
    assert (page.count, [r.jams_entry for r in page.items]) == (3, [4])
    assert d.read(lambda c: history.search(c, count=False)).count == 0


def test_order(d: Desk) -> None:
    assert searched(d, order_by=None) == [4, 3, 2, 1]
    assert searched(d, order_by="JobName desc, JAMSEntry asc") == [3, 1, 2, 4]
    assert searched(d, order_by="finalseverity") == [1, 3, 2, 4]
    for wrong in ("Colour", "JobName up", "JobName desc desc", ","):
        with pytest.raises(InvalidArgument) as caught:
            searched(d, order_by=wrong)
        assert caught.value.member == "$orderby"


def test_folders(d: Desk) -> None:
    assert searched(d, folder="\\Sales") == [2, 3]
    assert searched(d, folder="\\Sales", recursive=True) == [2, 3, 4]
    assert searched(d, folder="\\", recursive=True) == [1, 2, 3, 4]
    assert searched(d, folder="\\") == [1]
    assert searched(d, "RestartCount eq 0", folder="\\Sales", recursive=True, pattern="Load") == [2, 4]
    with pytest.raises(FolderNotFound):
        searched(d, folder="\\None")
