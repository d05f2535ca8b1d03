"""Cases of what can be kept: the longest texts, texts that grow, deep paths, values at the ends of ranges."""

from __future__ import annotations

from typing import Any

from contract_case import Case, Saved, only

LONGEST = "x" * 4096
GROWS = "ß" * 3000
"""Twice as long in capitals."""

SHARP: dict[str, Any] = {
    "jobName": "Sharp",
    "parentFolderName": "{room}",
    "source": "true",
    "parameters": [{"paramName": "word", "uppercase": True}],
}
DEEP = "{room}" + "".join(f"\\{letter * 250}" for letter in "abc")
DEEP_JOB = DEEP + "\\" + "j" * 200


def _folder(path: str) -> Case:
    above, _, name = path.rpartition("\\")
    document = {"folderName": name, "parentFolderName": above}
    return Case(f"deep folder {name[0]}", "create_folder", {"folder": document})


STORED_CASES = [
    # Values of parameters
    Case("sharp job", "create_job", {"job": SHARP}),
    Case(
        "submit the longest value",
        "submit_job",
        {"name": "{room}\\Sharp", "parameters": {"word": LONGEST}, "hold": True},
        save={"longest": lambda a: a["jamsEntry"]},
    ),
    Case(
        "submit a value too long",
        "submit_job",
        {"name": "{room}\\Sharp", "parameters": {"word": LONGEST + "x"}},
        error="InvalidParameter",
    ),
    Case(
        "submit a value that grows too long",
        "submit_job",
        {"name": "{room}\\Sharp", "parameters": {"word": GROWS}},
        error="InvalidParameter",
    ),
    Case(
        "submit a document with a value too long",
        "submit",
        {
            "submit_info": {
                "name": "{room}\\Sharp",
                "parameters": [{"paramName": "word", "paramValue": LONGEST + "x"}],
            }
        },
        error="InvalidParameter",
    ),
    Case(
        "submit a document with a value that grows too long",
        "submit",
        {
            "submit_info": {
                "name": "{room}\\Sharp",
                "parameters": [{"paramName": "word", "paramValue": GROWS}],
            }
        },
        error="InvalidParameter",
    ),
    Case(
        "set a value too long",
        "set_entry_parameter",
        {"id": Saved("longest"), "param_name": "word", "param_value": LONGEST + "x"},
        error="InvalidParameter",
    ),
    Case(
        "set a value that grows too long",
        "set_entry_parameter",
        {"id": Saved("longest"), "param_name": "word", "param_value": GROWS},
        error="InvalidParameter",
    ),
    Case(
        "define a default that grows too long",
        "create_job",
        {
            "job": {
                **SHARP,
                "jobName": "Dull",
                "parameters": [{"paramName": "word", "uppercase": True, "defaultValue": GROWS}],
            }
        },
        error="InvalidParameter",
    ),
    Case(
        "the longest value is shown",
        "get_entry_parameter",
        {"id": Saved("longest"), "name": "word"},
        check=only(value=LONGEST.upper()),
    ),
    Case("cancel the longest", "cancel_entry", {"id": Saved("longest")}),
    Case("take the longest out", "remove_entry", {"id": Saved("longest")}),
    Case("delete sharp job", "delete_job", {"name": "{room}\\Sharp"}),
    # Paths
    _folder(DEEP.rpartition("\\")[0].rpartition("\\")[0]),
    _folder(DEEP.rpartition("\\")[0]),
    _folder(DEEP),
    Case(
        "a folder too deep",
        "create_folder",
        {"folder": {"folderName": "d" * 250, "parentFolderName": DEEP}},
        error="InvalidName",
    ),
    Case(
        "deep job",
        "create_job",
        {"job": {"jobName": "j" * 200, "parentFolderName": DEEP, "source": "true"}},
    ),
    Case("show deep job", "get_job", {"name": DEEP_JOB}, check=only(parentFolderName=DEEP)),
    Case("schedule of deep folder", "get_schedule", {"folder": DEEP}, check=lambda a: a == []),
    Case("delete deep job", "delete_job", {"name": DEEP_JOB}),
    Case("delete deep folder", "delete_folder", {"name": DEEP}),
    Case("delete deep folder b", "delete_folder", {"name": DEEP.rpartition("\\")[0]}),
    Case(
        "delete deep folder a",
        "delete_folder",
        {"name": DEEP.rpartition("\\")[0].rpartition("\\")[0]},
    ),
    # What nobody would see in a name, and ends of ranges
    Case(
        "a name that turns round",
        "create_folder",
        {"folder": {"folderName": "exe\u202etxt", "parentFolderName": "{room}"}},
        error="InvalidName",
    ),
    Case(
        "a name with nothing in it",
        "create_folder",
        {"folder": {"folderName": "a\u200bb", "parentFolderName": "{room}"}},
        error="InvalidName",
    ),
    Case(
        "a method beyond all numbers",
        "create_job",
        {"job": {"jobName": "Far", "parentFolderName": "{room}", "methodID": 2**63}},
        error="InvalidArgument",
    ),
    Case(
        "after the end of time",
        "find_entries",
        {"after": "9999-12-31T23:59:59-12:00"},
        error="InvalidArgument",
    ),
    Case(
        "before the beginning of time",
        "find_history",
        {"start_date": "0001-01-01T00:00:00+14:00"},
        error="InvalidArgument",
    ),
    Case(
        "submit after the end of time",
        "submit_job",
        {"name": "{room}\\Load", "after": "9999-12-31T23:59:59-12:00"},
        error="InvalidArgument",
    ),
    Case(
        "search after the end of time",
        "search_history",
        {"filter": "StartTimeUTC gt 9999-12-31T23:59:59-12:00"},
        error="InvalidArgument",
    ),
]
