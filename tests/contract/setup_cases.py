"""Cases of setups: defined, run, halted, resumed, and what is refused of them."""

from __future__ import annotations

from contract_case import Case, Saved, only


def _job(name: str, source: str) -> Case:
    job = {"jobName": name, "parentFolderName": "{room}", "methodName": "Command", "source": source}
    return Case(f"a job for a setup: {name}", "create_job", {"job": job})


SETUP_CASES = [
    _job("Part", "exit 0"),
    _job("Fails", "exit 3"),
    Case(
        "a setup of two steps",
        "create_setup",
        {
            "setup": {
                "setupName": "Steps",
                "parentFolderName": "{room}",
                "jobs": [
                    {"jobName": "{room}\\Part", "step": 10},
                    {
                        "jobName": "{room}\\Fails",
                        "step": 20,
                        "completionSeverity": "Warning",
                        "failureAction": "Halt",
                    },
                ],
            }
        },
        check=lambda a: a.endswith("\\Steps was created."),
    ),
    Case(
        "the setup is shown as it was made",
        "get_setup",
        {"name": "{room}\\Steps"},
        check=lambda a: (
            [(j["jobName"].rpartition("\\")[2], j["step"]) for j in a["jobs"]]
            == [("Part", 10), ("Fails", 20)]
        ),
    ),
    Case(
        "the folder's setups",
        "find_setups",
        {"name": "{room}"},
        check=lambda a: [s["setupName"] for s in a] == ["Steps"],
    ),
    Case("a job is no setup", "get_setup", {"name": "{room}\\Part"}, error="SetupNotFound"),
    Case("no setup", "get_setup", {"name": "{room}\\Nothing"}, error="SetupNotFound"),
    Case(
        "a setup whose member names its job twice",
        "create_setup",
        {
            "setup": {
                "setupName": "Never",
                "parentFolderName": "{room}",
                "jobs": [{"jobName": "{room}\\Part", "jobID": 1, "step": 1}],
            }
        },
        error="InvalidArgument",
    ),
    Case(
        "a setup of what is not there",
        "create_setup",
        {
            "setup": {
                "setupName": "Never",
                "parentFolderName": "{room}",
                "jobs": [{"jobName": "{room}\\Nothing", "step": 1}],
            }
        },
        error="JobNotFound",
    ),
    Case(
        "a setup that contains itself",
        "change_setup",
        {"name": "{room}\\Steps", "setup": {"jobs": [{"jobName": "{room}\\Steps", "step": 1}]}},
        error="CircularDependency",
    ),
    Case(
        "a setup has no queue of its own",
        "change_setup",
        {
            "name": "{room}\\Steps",
            "setup": {"properties": [{"propertyName": "RetryCount", "currentValue": 3}]},
        },
        error="NotSupported",
    ),
    Case(
        "submit the setup, held",
        "submit_job",
        {"name": "{room}\\Steps", "hold": True},
        save={"steps": lambda a: a["jamsEntry"]},
    ),
    Case("no members yet", "get_entry_members", {"id": Saved("steps")}, check=lambda a: a == []),
    Case(
        "cancel the held setup",
        "cancel_entry",
        {"id": Saved("steps")},
    ),
    Case(
        "the other step does not fail any more",
        "change_setup",
        {
            "name": "{room}\\Steps",
            "setup": {
                "jobs": [
                    {"jobName": "{room}\\Part", "step": 10},
                    {"jobName": "{room}\\Part", "step": 20, "name": "Second", "failureAction": "Continue"},
                ]
            },
        },
    ),
    Case(
        "submit the setup",
        "submit_job",
        {"name": "{room}\\Steps"},
        save={"whole": lambda a: a["jamsEntry"]},
    ),
    Case("it runs all of its steps", "wait_for_entry", {"id": Saved("whole"), "timeout": 30.0}),
    Case(
        "it has ended well",
        "get_entry",
        {"id": Saved("whole")},
        check=only(currentState="Complete", finalSeverity="Success", halted=False),
    ),
    Case(
        "its members",
        "get_entry_members",
        {"id": Saved("whole")},
        check=lambda a: (
            [(e["displayName"], e["step"], e["initiatorType"], e["setupOK"]) for e in a]
            == [("Part", 10, "Setup", True), ("Second", 20, "Setup", True)]
        ),
    ),
    Case(
        "runs of its members",
        "find_history",
        {"setup_name": "Steps", "setup_folder_name": "{room}"},
        check=lambda a: len(a) == 2 and all(h["setupName"] == "Steps" and h["setupFolderName"] for h in a),
    ),
    Case(
        "runs of one member",
        "find_history",
        {"name": "Part", "setup_name": "{room}\\Ste*"},
        check=lambda a: [h["jobName"] for h in a] == ["Part", "Part"],
    ),
    Case("no runs of a setup", "find_history", {"setup_name": "{bare}"}, check=lambda a: a == []),
    Case("no members of nothing", "get_entry_members", {"id": 999_999_999}, error="EntryNotFound"),
    Case("a member in use", "delete_job", {"name": "{room}\\Part"}, error="InUse"),
    Case("remove the setup", "delete_setup", {"name": "{room}\\Steps"}),
    Case("remove its member", "delete_job", {"name": "{room}\\Part"}),
    Case("remove the other", "delete_job", {"name": "{room}\\Fails"}),
]
