"""Cases of how runs are judged and watched, and of what they show of themselves."""

from __future__ import annotations

from typing import Any

from contract_case import Case, Saved, only


def _job(name: str, source: str, /, **properties: Any) -> dict[str, Any]:
    given = [{"propertyName": key, "currentValue": value} for key, value in properties.items()]
    parameters = [
        {"paramName": "code", "dataType": "Integer", "defaultValue": "0"},
        {"paramName": "word", "defaultValue": "well"},
    ]
    return {
        "job": {
            "jobName": name,
            "parentFolderName": "{room}",
            "source": source,
            "parameters": parameters,
            "properties": given,
        }
    }


def _run(name: str, outcome: Case, **parameters: str) -> list[Case]:
    """Submit a job; ``outcome`` tells what is checked of the entry when it has ended."""
    submission = {"name": f"{{room}}\\{name}", "parameters": parameters}
    return [
        Case(f"submit: {outcome.name}", "submit_job", submission, save={"judged": lambda a: a["jamsEntry"]}),
        Case(outcome.name, "wait_for_entry", {"id": Saved("judged"), "timeout": 30.0}, check=outcome.check),
    ]


def _ends(name: str, severity: str, status: str) -> Case:
    return Case(name, "", check=only(currentState="Complete", finalSeverity=severity, finalStatus=status))


TELLING = 'echo begun; trap "exit 3" TERM; while :; do sleep 0.1; done'

OUTCOME_CASES = [
    # Exit codes and logs
    Case(
        "job with a list of exit codes",
        "create_job",
        _job(
            "Judged",
            'echo "all is $word"; exit $code',
            ExitCodeHandling="SpecificGood",
            ExitCodes="0, 3-5",
            GoodPattern="all is well$",
            BadPattern="is (broken|lost)",
        ),
    ),
    *_run("Judged", _ends("a code of the list", "Success", "Exit code 4"), code="4"),
    *_run("Judged", _ends("a code that is not in the list", "Error", "Exit code 6"), code="6"),
    *_run(
        "Judged",
        _ends("a bad log", "Error", "Exit code 0; line 1 of the log matches the bad pattern"),
        word="broken",
    ),
    *_run(
        "Judged",
        _ends("no good log", "Warning", "Exit code 0; nothing in the log matches the good pattern"),
        word="fine",
    ),
    Case("delete judged", "delete_job", {"name": "{room}\\Judged"}),
    Case(
        "exit codes that are none", "create_job", _job("X", "true", ExitCodes="0;1"), error="InvalidProperty"
    ),
    Case(
        "a mode without its numbers",
        "create_job",
        _job("X", "true", ExitCodeHandling="MinimumValue"),
        error="InvalidProperty",
    ),
    Case(
        "a mode that no host has",
        "create_job",
        _job("X", "true", ExitCodeHandling="SetByHost"),
        error="NotSupported",
    ),
    Case("a pattern that is none", "create_job", _job("X", "true", BadPattern="(["), error="InvalidProperty"),
    # Limits
    Case(
        "job with a limit",
        "create_job",
        _job("Slow", "sleep 60", RunawayElapsed="0:00:01", RunawayAction="CancelInfo"),
    ),
    *_run("Slow", _ends("a run that runs away", "Info", "Cancelled by the scheduler, as it ran away.")),
    Case("it ran away", "get_entry", {"id": Saved("judged")}, check=only(runaway=True, stalled=False)),
    Case("delete slow", "delete_job", {"name": "{room}\\Slow"}),
    Case(
        "job that is short",
        "create_job",
        _job("Short", "sleep 0.2", ShortElapsed="0:01", FailShort=True, ShortSeverity="Warning"),
    ),
    *_run("Short", _ends("a run that is short", "Warning", "Exit code 0; short: it took less than 00:01")),
    # What a run shows of itself
    Case("job that tells", "create_job", _job("Telling", TELLING)),
    Case(
        "submit what tells",
        "submit_job",
        {"name": "{room}\\Telling"},
        save={"telling": lambda a: a["jamsEntry"]},
    ),
    # Whoever has come later and has ended shows that the one before has started.
    *_run("Short", _ends("it has begun", "Warning", "Exit code 0; short: it took less than 00:01")),
    Case("delete short", "delete_job", {"name": "{room}\\Short"}),
    Case("set its status", "set_entry_status", {"id": Saved("telling"), "job_status": "42 rows"}),
    Case(
        "its status", "get_entry", {"id": Saved("telling")}, check=only(jobStatus="42 rows", icon="Default")
    ),
    Case("set nothing", "set_entry_state", {"id": Saved("telling")}, error="MissingArgument"),
    Case(
        "have it released",
        "set_entry_state",
        {"id": Saved("telling"), "enable_release": True},
        error="NotSupported",
    ),
    Case(
        "set its icon",
        "set_entry_state",
        {"id": Saved("telling"), "icon": "Red", "message": "Look here.", "permanent": True},
    ),
    Case(
        "its icon",
        "get_entry",
        {"id": Saved("telling")},
        check=only(jobStatus="42 rows", icon="Red", iconMessage="Look here.", iconPermanent=True),
    ),
    Case(
        "a reader sets its status",
        "set_entry_status",
        {"id": 1, "job_status": "x"},
        caller="reader",
        error="AccessDenied",
    ),
    Case("cancel what tells", "cancel_entry", {"id": Saved("telling"), "severity": "Warning"}),
    Case(
        "what tells has ended",
        "wait_for_entry",
        {"id": Saved("telling"), "timeout": 30.0},
        check=only(currentState="Complete", icon="Red", iconMessage="Look here."),
    ),
    Case(
        "set the status of what has ended",
        "set_entry_status",
        {"id": Saved("telling"), "job_status": "x"},
        error="WrongState",
    ),
    Case("delete telling", "delete_job", {"name": "{room}\\Telling"}),
]
