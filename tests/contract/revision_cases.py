"""Cases of what definitions were, and of why something may be done to one; see :mod:`cases`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from contract_case import Case, Saved, only

_JOB = {
    "jobName": "Kept",
    "parentFolderName": "{room}",
    "methodName": "Command",
    "description": "first",
    "source": "echo 1",
}
_NAME = "{room}\\Kept"
_OF_JOB = {"object_type": "Job", "name": _NAME}


def _actions(*expected: str) -> Callable[[Any], bool]:
    return lambda answer: [each["action"] for each in answer] == list(expected)


def _document(answer: Any) -> Any:
    return json.loads(answer["document"].replace("{room}", "room"))


REVISION_CASES = [
    Case("kept job", "create_job", {"job": _JOB}),
    Case("change kept job", "change_job", {"name": _NAME, "job": {"description": "second"}}),
    Case(
        "revisions of a job",
        "list_revisions",
        _OF_JOB,
        check=lambda a: _actions("Changed", "Added")(a) and a[0]["operation"] == "change_job",
        save={"kept": lambda a: a[0]["objectID"], "second": lambda a: a[0]["version"]},
    ),
    Case(
        "the oldest revision",
        "list_revisions",
        _OF_JOB,
        save={"first": lambda a: a[1]["version"]},
    ),
    Case("revisions found", "find_revisions", {"name": _NAME}, check=_actions("Changed", "Added")),
    Case(
        "revisions of nothing",
        "list_revisions",
        {"object_type": "Job", "id": 999_999_999},
        error="JobNotFound",
    ),
    Case(
        "a revision",
        "get_revision",
        {**_OF_JOB, "version": Saved("first")},
        check=lambda a: _document(a)["description"] == "first" and a["objectType"] == "Job",
    ),
    Case("no revision", "get_revision", {**_OF_JOB, "version": 999_999_999}, error="RevisionNotFound"),
    Case(
        "what was changed",
        "compare_revisions",
        {**_OF_JOB, "version": Saved("second")},
        check=lambda a: (
            [(e["member"], e["before"], e["after"]) for e in a] == [("description", "first", "second")]
        ),
    ),
    Case(
        "two versions",
        "compare_revisions",
        {**_OF_JOB, "version": Saved("second"), "other": Saved("first")},
        check=lambda a: len(a) == 1,
    ),
    Case(
        "job as it was",
        "get_job_version",
        {"name": _NAME, "version": Saved("first")},
        check=only(description="first", jobName="Kept"),
    ),
    Case(
        "job as it never was",
        "get_job_version",
        {"name": _NAME, "version": 999_999_999},
        error="RevisionNotFound",
    ),
    Case(
        "restore",
        "restore_revision",
        {"object_type": "Job", "id": Saved("kept"), "version": Saved("first")},
        check=lambda a: a.startswith("Job {room}\\Kept was changed."),
    ),
    Case("restored", "get_job", {"name": _NAME}, check=only(description="first")),
    Case(
        "reader restores",
        "restore_revision",
        {**_OF_JOB, "version": Saved("first")},
        caller="reader",
        error="AccessDenied",
    ),
    Case("delete kept job", "delete_job", {"name": _NAME}),
    Case(
        "revisions of what is gone",
        "list_revisions",
        _OF_JOB,
        check=_actions("Removed", "Changed", "Changed", "Added"),
        save={"gone": lambda a: a[0]["version"]},
    ),
    Case("restore a removal", "restore_revision", {**_OF_JOB, "version": Saved("gone")}, error="Conflict"),
    Case("bring it back", "restore_revision", {**_OF_JOB, "version": Saved("second")}),
    Case("it is back", "get_job", {"name": _NAME}, check=only(description="second")),
    Case("delete kept job again", "delete_job", {"name": _NAME}),
    Case(
        "kept folder",
        "create_folder",
        {"folder": {"folderName": "Kept", "parentFolderName": "{room}"}},
    ),
    Case(
        "revisions of a folder",
        "list_revisions",
        {"object_type": "Folder", "name": _NAME},
        check=_actions("Added"),
        save={"folder version": lambda a: a[0]["version"]},
    ),
    Case(
        "folder as it was",
        "get_folder_version",
        {"name": _NAME, "version": Saved("folder version")},
        check=only(folderName="Kept"),
    ),
    Case("delete kept folder", "delete_folder", {"name": _NAME}),
    Case(
        "why may",
        "explain_permission",
        {"object_type": "Folder", "access": "Submit", "id": 1},
        check=lambda a: a["hasErrors"] is False and a["entries"][-1]["message"] == "operator may do it.",
    ),
    Case(
        "why not",
        "explain_permission",
        {"object_type": "Folder", "access": "Delete", "name": "\\"},
        caller="reader",
        check=lambda a: a["hasErrors"] is True and "Inquirers" in a["entries"][1]["message"],
    ),
    Case(
        "why paint", "explain_permission", {"object_type": "Job", "access": "Paint"}, error="InvalidArgument"
    ),
    Case(
        "why nothing",
        "explain_permission",
        {"object_type": "Job", "access": "Change", "id": 999_999_999},
        error="JobNotFound",
    ),
]
