"""A calendar that somebody may not see does not exist for him, whoever else has just asked by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from jams.objects.errors import CalendarNotFound
from tests.support.rest_script import Script
from tests.support.town import town

ASKED = {
    "is_workday": {},
    "evaluate_dates": {"dates": "TODAY"},
    "runs_on_date": {"dates": "TODAY"},
    "explain_date": {"date": "TODAY"},
}


def test_a_calendar_that_is_closed_to_somebody_stays_so_when_others_have_asked(tmp_path: Path) -> None:
    with town(tmp_path) as t:
        t.admit("boss", passes=True)
        t.admit("ann")
        lines = [{"identifier": "boss", "accessList": ["Inquire"], "flags": 0}]
        Script(t, "boss").done("POST", "/calendar", {"calendarName": "Secret", "acl": {"genericACL": lines}})
        for operation, inputs in ASKED.items():
            t.call(operation, "boss", calendar="Secret", **inputs)
            with pytest.raises(CalendarNotFound):
                t.call(operation, "ann", calendar="Secret", **inputs)
