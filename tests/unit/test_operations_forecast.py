"""The forecast as it is asked for: what is supposed, pages, refusals, and the page that tells of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from jams.database import tables
from jams.objects.definitions import Job
from jams.objects.errors import AccessDenied, InvalidArgument, JAMSError, NotFound, QueueNotFound
from jams.objects.forecast import Forecast, ForecastQuestion, ForecastState, Supposition
from jams.objects.waits import WaitKind
from jams.operations import CATALOGUE
from jams.operations.context import Context, Services
from jams.operations.patience import Staying
from jams.scheduler import Scheduler
from jams.scheduler.forecast.asking import Forecasts
from jams.security.access import ALL_RIGHTS
from jams.security.caller import Caller
from jams.security.rights import Monitor
from tests.support.engine import values
from tests.support.schedule import USER, Desk, desk

PAGE = Path(__file__).parents[2] / "docs" / "forecast.md"


class Asking:
    """Who asks one server for forecasts."""

    def __init__(self, d: Desk) -> None:
        self.desk = d
        self.forecasts = Forecasts()
        self._services = Services(
            database=d.database,
            scheduler=Scheduler(d.database),
            accounts=None,  # type: ignore[arg-type]
            logs=None,  # type: ignore[arg-type]
            refusals=None,  # type: ignore[arg-type]
            methods=list,
            server_name="test",
            home=Path(),
            started=datetime.now(UTC),
            credentials=None,  # type: ignore[arg-type]
            forecasts=self.forecasts,
        )

    def __call__(self, *suppose: Supposition, rights: Any = ALL_RIGHTS, **inputs: Any) -> Forecast:
        operation, question = CATALOGUE["get_forecast"], inputs.pop("question", None)
        context = Context(
            caller=Caller(account=USER, rights=frozenset(rights)),
            services=self._services,
            operation=operation,
            patience=Staying(self._services.scheduler, self._services.logs, lambda: False),
        )
        body = question or ForecastQuestion(suppose=list(suppose))
        found: Forecast = operation.function(context, body, **inputs)
        return found


@pytest.fixture
def asking(tmp_path: Path) -> Iterator[Asking]:
    with desk(tmp_path / "jams.db") as d:
        queue = {"name": "One", "name_key": "one", "job_limit": 1, "started": True}
        stamp = {"version": 1, "changed": datetime.now(UTC), "changed_by": USER, "document": "{}"}
        d.write(lambda c: c.execute(tables.queue.insert(), {**queue, **stamp}))
        for name in ("Load", "Report"):
            d.job(f"\\{name}", properties=values(BatchQueue="One"))
        made = Asking(d)
        yield made
        made.forecasts.close()


def begun(found: Forecast) -> dict[str, timedelta | None]:
    """After how long each job starts."""
    assert found.as_of_utc is not None
    return {
        each.job_name: each.start_time_utc and each.start_time_utc - found.as_of_utc for each in found.entries
    }


def test_the_page_tells_what_is_so(asking: Asking) -> None:
    (example,) = re.findall(r"```json\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    question = msgspec.convert(json.loads(example), ForecastQuestion)
    found = asking(question=replace_due(question))
    assert begun(found) == {"Load": timedelta(), "Report": timedelta(hours=1)}
    load, report = found.entries
    assert (load.late, report.late, report.assumed) == (False, True, True)
    assert [(step.kind, step.name, step.job_name) for step in report.path] == [
        (WaitKind.QUEUE, "One", "Load")
    ]


def replace_due(question: ForecastQuestion) -> ForecastQuestion:
    """The same, due in half an hour: an example stands for a moment that comes."""
    due = datetime.now(UTC) + timedelta(minutes=30)
    suppose = [
        msgspec.structs.replace(each, due=due if each.due is not None else None) for each in question.suppose
    ]
    return msgspec.structs.replace(question, suppose=suppose)


def test_an_agent_that_is_away_takes_no_runs_until_it_is_back(asking: Asking) -> None:
    back = datetime.now(UTC) + timedelta(hours=2)
    found = asking(Supposition(agent="localhost", end=back), Supposition(submit="\\Load"))
    (load,) = found.entries
    assert load.start_time_utc == back
    away = asking(Supposition(agent="localhost"), Supposition(submit="\\Load"))
    assert begun(away) == {"Load": None}


def test_another_definition_counts_and_is_not_stored(asking: Asking) -> None:
    plain = Job(job_name="Load", parent_folder_name="\\", properties=values(BatchQueue="One", Enabled=False))
    with pytest.raises(JAMSError, match="disabled"):
        asking(Supposition(definition=plain), Supposition(submit="\\Load"))
    assert begun(asking(Supposition(submit="\\Load"))) == {"Load": timedelta()}


def test_a_further_page_is_one_of_the_same_forecast(asking: Asking) -> None:
    suppose = [Supposition(submit="\\Load"), Supposition(submit="\\Report")]
    first = asking(*suppose, limit=1)
    asking.desk.submit("\\Load")
    second = asking(*suppose, limit=1, skip=1, as_of=first.as_of_utc)
    assert (first.count, second.count) == (2, 2)
    assert [each.job_name for each in (*first.entries, *second.entries)] == ["Load", "Report"]
    with pytest.raises(NotFound):
        asking(as_of=datetime.now(UTC))


def test_what_cannot_be_is_refused(asking: Asking) -> None:
    for error, item in (
        (QueueNotFound, Supposition(queue="Two", limit=1)),
        (InvalidArgument, Supposition(queue="One")),
        (InvalidArgument, Supposition(queue="One", agent="localhost")),
        (InvalidArgument, Supposition(agent="localhost", quantity=1)),
        (InvalidArgument, Supposition()),
    ):
        with pytest.raises(error):
            asking(item)
    with pytest.raises(AccessDenied):
        asking(Supposition(submit="\\Load"), rights={Monitor.SEE_OWN})


def test_who_does_not_wait_is_told_how_far_it_is(asking: Asking) -> None:
    found = asking(timeout=0.0)
    assert found.state is ForecastState.PLAYING and found.entries == ()
    assert asking().state is ForecastState.COMPLETE
