"""A job that runs by itself in a real server: at the right second, made with one call."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tests.support.running import Running, running


def test_it_runs_at_the_right_second_three_times(tmp_path: Path) -> None:
    with running(tmp_path / "home") as jams:
        now = datetime.now(UTC).replace(microsecond=0)
        points = [now + timedelta(seconds=seconds) for seconds in (5, 7, 9)]
        triggers = [_trigger(point) for point in points]
        job = {"jobName": "Tick", "methodName": "Command", "source": "true", "elements": triggers}
        _call(jams, "POST", "job", job)
        deadline = time.monotonic() + 40
        while len(found := _ended(jams)) < len(points):
            assert time.monotonic() < deadline, _call(jams, "GET", "entry")
            time.sleep(0.1)
        for entry, point in zip(found, points, strict=True):
            assert datetime.fromisoformat(entry["holdTimeUTC"]) == point
            late = datetime.fromisoformat(entry["startTimeUTC"]) - point
            assert timedelta() <= late < timedelta(seconds=2)
            assert entry["finalSeverity"] == "Success"


def _trigger(point: datetime) -> dict[str, Any]:
    values = {"ScheduledDate": "DAILY", "ScheduledTime": f"{point:%H:%M:%S}", "TimeZone": "UTC"}
    bag = [{"propertyName": name, "currentValue": value} for name, value in values.items()]
    return {"elementName": "At", "elementTypeName": "ScheduleTrigger", "properties": bag}


def _ended(jams: Running) -> list[dict[str, Any]]:
    """The entries that have ended, in order of their times."""
    found = [entry for entry in _call(jams, "GET", "entry") if entry["currentState"] == "Complete"]
    return sorted(found, key=lambda entry: str(entry["holdTimeUTC"]))


def _call(jams: Running, verb: str, path: str, body: dict[str, Any] | None = None) -> Any:
    request = Request(
        f"{jams.url}/api/{path}",
        method=verb,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {jams.token}", "Content-Type": "application/json"},
    )
    with urlopen(request, timeout=10) as answer:
        return json.loads(answer.read())
