"""Cases of what has happened: every door tells it, and nobody is told of what he may not look at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contract_case import Case, Saved

PATH = "{room}\\Told"


def _says(*actions: str) -> Callable[[Any], bool]:
    """Whether these things have happened, in this order, and the place to ask on lies behind them."""

    def check(answer: Any) -> bool:
        found = answer["items"] if isinstance(answer, dict) else answer
        assert [each["action"] for each in found] == list(actions), answer
        assert not isinstance(answer, dict) or int(answer["next"]) >= int(
            found[-1]["eventID"] if found else 0
        )
        return True

    return check


EVENT_CASES = [
    Case(
        "told: a variable",
        "create_variable",
        {"variable": {"variableName": "Told", "parentFolderName": "{room}", "value": "1"}},
    ),
    Case(
        "told: a job",
        "create_job",
        {
            "job": {
                "jobName": "ToldJob",
                "parentFolderName": "{room}",
                "methodName": "Command",
                "source": "true",
            }
        },
    ),
    Case(
        "told: an entry",
        "submit_job",
        {"name": "{room}\\ToldJob", "hold": True},
        save={"told": lambda a: a["jamsEntry"]},
    ),
    Case("told: its value", "set_variable_value", {"name": PATH, "value": "2"}),
    Case(
        "told: what has happened",
        "find_events",
        {"kind": ["Variable"], "name": [PATH], "after": "0"},
        check=_says("Added", "Changed"),
    ),
    Case(
        "told: the newest alone",
        "find_events",
        {"kind": ["Variable"], "name": [PATH], "limit": 1},
        check=_says("Changed"),
    ),
    Case(
        "told: of an entry",
        "find_events",
        {"entry": [Saved("told")], "after": "0"},
        check=_says("Added"),
    ),
    Case("told: no place", "find_events", {"after": "x"}, error="InvalidArgument"),
    Case("told: take the entry away", "cancel_entry", {"id": Saved("told")}),
    Case("told: take the job away", "delete_job", {"name": "{room}\\ToldJob", "force": True}),
]
