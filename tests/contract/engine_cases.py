"""Cases of what entries wait for, and why."""

from __future__ import annotations

from contract_case import Case, Saved


def waits_for(*kinds: str) -> object:
    """Whether the answer names these kinds of waits."""
    return lambda answer: [wait["kind"] for wait in answer] == list(kinds)


ENGINE_CASES = [
    Case(
        "a job that waits for another one",
        "create_job",
        {
            "job": {
                "jobName": "Follows",
                "parentFolderName": "{room}",
                "methodName": "Command",
                "source": "true",
                "elements": [
                    {
                        "elementName": "after Load",
                        "elementTypeName": "JobDependency",
                        "properties": [{"propertyName": "DependsOnJob", "currentValue": "{room}\\Load"}],
                    }
                ],
            }
        },
    ),
    Case(
        "a dependency on nothing",
        "create_job",
        {
            "job": {
                "jobName": "Never",
                "parentFolderName": "{room}",
                "elements": [
                    {
                        "elementName": "after Nothing",
                        "elementTypeName": "JobDependency",
                        "properties": [{"propertyName": "DependsOnJob", "currentValue": "{room}\\Nothing"}],
                    }
                ],
            }
        },
        error="JobNotFound",
    ),
    Case(
        "submit what waits, held",
        "submit_job",
        {"name": "{room}\\Follows", "hold": True},
        save={"follows": lambda a: a["jamsEntry"]},
    ),
    Case("why it is held", "get_entry_waits", {"id": Saved("follows")}, check=waits_for("Hold")),
    Case(
        "release it from what it depends on",
        "release_entry",
        {"id": Saved("follows"), "release_types": ["IgnoreDependencies", "ManualHold"]},
    ),
    Case("it runs", "wait_for_entry", {"id": Saved("follows"), "timeout": 30.0}),
    Case(
        "why it ran",
        "get_entry_waits",
        {"id": Saved("follows")},
        check=lambda a: (
            [w["kind"] for w in a[:2]] == ["Origin", "Opened"]
            and "Released from: IgnoreDependencies, ManualHold" in a[1]["message"]
        ),
    ),
    Case("why nothing waits", "get_entry_waits", {"id": 999_999_999}, error="EntryNotFound"),
    Case("remove what waited", "delete_job", {"name": "{room}\\Follows"}),
]
