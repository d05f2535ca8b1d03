"""Cases of what is done to many at once: an answer for each, in order, and what can be done is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contract_case import Case, Saved

PATH = "{room}\\Many"
_JOB = {
    "jobName": "Many",
    "parentFolderName": "{room}",
    "methodName": "Command",
    "source": "true",
    "parameters": [{"paramName": "day", "defaultValue": "today"}],
}
_HELD = {"name": PATH, "hold": True}
NOWHERE = 999_999_998


def _told(*expected: str | None) -> Callable[[Any], bool]:
    """Whether the answers are these: the code of the error, or None for what was done."""

    def check(answer: Any) -> bool:
        assert len(answer) == len(expected), answer
        for one, code in zip(answer, expected, strict=True):
            error = one.get("error")
            assert (error and error["code"]) == code, one
            assert one["resultText"], one
            assert error is None or error["message"] == one["resultText"], one
        return True

    return check


def _submitted(*expected: str | None) -> Callable[[Any], bool]:
    told = _told(*expected)

    def check(answer: Any) -> bool:
        assert told(answer)
        made = [one["jamsEntry"] for one in answer if one.get("error") is None]
        assert all((one["jamsEntry"] > 0) == (one.get("error") is None) for one in answer), answer
        assert made == sorted(set(made)), answer
        return True

    return check


def _many(name: str, *documents: dict[str, Any], **more: Any) -> Case:
    return Case(f"many: {name}", "submit_many", {"submissions": {"submissions": list(documents)}}, **more)


def _of(verb: str, *entries: Any, **inputs: Any) -> tuple[str, dict[str, Any]]:
    return f"{verb}_entries", {"entries": list(entries), **inputs}


FIRST, SECOND = Saved("many 0"), Saved("many 1")

BULK_CASES = [
    Case("many: a job", "create_job", {"job": _JOB}),
    _many(
        "submitted, and refused each for its own reason",
        _HELD,
        {"name": "{room}\\Nowhere"},
        {**_HELD, "parameters": [{"paramName": "day", "paramValue": "monday"}]},
        {**_HELD, "parameters": [{"paramName": "hour", "paramValue": "1"}]},
        {"parameters": []},
        {**_HELD, "schedulingPriority": 2**40},
        check=_submitted(None, "JobNotFound", None, "InvalidParameter", "MissingArgument", "InvalidProperty"),
        save={"many 0": lambda a: a[0]["jamsEntry"], "many 1": lambda a: a[2]["jamsEntry"]},
    ),
    Case(
        "many: what one was given",
        "get_entry",
        {"id": SECOND},
        check=lambda a: a["parameters"][0]["value"] == "monday" and a["currentState"] == "Held",
    ),
    Case(
        "many: each has its audit trail",
        "get_entry_audit",
        {"id": SECOND},
        check=lambda a: len(a) == 1 and a[0]["message"].endswith("was submitted."),
    ),
    _many(
        "who may only submit",
        _HELD,
        {**_HELD, "properties": [{"propertyName": "HomeDirectory", "currentValue": "/tmp"}]},
        caller="submitter",
        check=_submitted(None, "AccessDenied"),
        save={"many of another": lambda a: a[0]["jamsEntry"]},
    ),
    _many("checked only", {**_HELD, "testSubmit": True}, check=lambda a: a[0]["jamsEntry"] == 0),
    _many("too many", *[{"name": PATH}] * 1001, error="InvalidArgument"),
    _many(
        "a name too long for any", _HELD, {"name": PATH, "overrideName": "x" * 300}, error="InvalidArgument"
    ),
    Case(
        "many: held already, and not there",
        *_of("hold", FIRST, NOWHERE),
        check=_told("WrongState", "EntryNotFound"),
    ),
    Case(
        "many: not allowed",
        *_of("hold", NOWHERE),
        caller="reader",
        error="AccessDenied",
    ),
    Case(
        "many: released, in the order of the asking",
        *_of("release", SECOND, NOWHERE, FIRST, SECOND),
        check=lambda a: _told(None, "EntryNotFound", None, "WrongState")(a) and a[1]["jamsEntry"] == NOWHERE,
    ),
    Case("many: one has ended", "wait_for_entry", {"id": FIRST, "timeout": 60}),
    Case("many: and the other", "wait_for_entry", {"id": SECOND, "timeout": 60}),
    Case(
        "many: restarted, held",
        *_of("restart", FIRST, SECOND, NOWHERE, hold=True),
        check=_told(None, None, "EntryNotFound"),
    ),
    Case(
        "many: held until then",
        "get_entry",
        {"id": FIRST},
        check=lambda a: a["currentState"] == "Held" and a["restartCount"] == 1,
    ),
    Case("many: cancelled", *_of("cancel", FIRST, SECOND, comment="enough"), check=_told(None, None)),
    Case("many: cancelled before", *_of("cancel", FIRST), check=_told("WrongState")),
    Case(
        "many: why",
        "get_entry_audit",
        {"id": SECOND},
        check=lambda a: a[-1]["comment"] == "enough",
    ),
    Case("many: of another", "cancel_entry", {"id": Saved("many of another")}),
    Case("many: deleted", "delete_job", {"name": PATH}),
]
