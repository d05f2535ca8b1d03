"""Cases of execution methods: made, looked at, changed, used and taken away; see :mod:`cases`."""

from __future__ import annotations

from typing import Any

from contract_case import Case, Saved, only

METHOD = {
    "methodName": "{bare}-script",
    "methodTypeName": "Parsed",
    "description": "Says its name first.",
    "template": "echo <<JAMS.Job.Name>>\n<<JAMS.Source>>",
    "parameters": [{"paramName": "greeting", "defaultValue": "good day"}],
    "properties": [{"propertyName": "BadPattern", "currentValue": "FATAL"}],
    "jobProperties": [{"propertyName": "RetryCount", "currentValue": 2}],
}
_JOB = {
    "jobName": "Made",
    "parentFolderName": "{room}",
    "methodName": "{bare}-script",
    "source": "echo <<greeting>>",
}


def _values(listed: list[Any]) -> dict[str, Any]:
    return {each["propertyName"]: each["currentValue"] for each in listed}


def _is_made(answer: Any) -> bool:
    return (
        only(methodTypeName="Parsed", available=True, description="Says its name first.")(answer)
        and answer["template"] == METHOD["template"]
        and answer["parameters"][0]["paramName"] == "greeting"
        and _values(answer["properties"]) == {"BadPattern": "FATAL"}
        and _values(answer["jobProperties"]) == {"RetryCount": 2}
    )


def _refused(name: str, error: str, **members: Any) -> Case:
    method = {"methodName": "{bare}-refused", "methodTypeName": "Python", **members}
    return Case(name, "create_method", {"method": method}, error=error)


METHOD_CASES = [
    Case("create method", "create_method", {"method": METHOD}, check=lambda a: a.endswith("was created.")),
    Case("method twice", "create_method", {"method": METHOD}, error="AlreadyExists"),
    _refused("method of no type", "MethodNotFound", methodTypeName="Cobol"),
    _refused("method of a type that is not run here", "MethodUnavailable", methodTypeName="VBS"),
    _refused("method of a setup", "InvalidArgument", methodTypeName="Setup"),
    _refused("method with a bad name", "InvalidName", methodName="a/b"),
    _refused(
        "method with a property of jobs alone",
        "UnknownProperty",
        properties=[{"propertyName": "AutoSubmit", "currentValue": False}],
    ),
    Case(
        "show method",
        "get_method",
        {"name": "{bare}-script"},
        check=_is_made,
        save={"method": lambda a: a["methodID"]},
    ),
    Case("method by number", "get_method", {"id": Saved("method")}, check=_is_made),
    Case("no method", "get_method", {"name": "{bare}-none"}, error="MethodNotFound"),
    Case(
        "job of a method that is not run here",
        "create_job",
        {"job": {**_JOB, "methodName": "SSIS"}},
        error="MethodUnavailable",
    ),
    Case("job of a made method", "create_job", {"job": _JOB}),
    Case(
        "method references",
        "list_method_references",
        {"name": "{bare}-script"},
        check=lambda a: [each["referringName"] for each in a] == ["Made"],
    ),
    Case("method in use", "delete_method", {"id": Saved("method")}, error="InUse"),
    Case(
        "change method",
        "change_method",
        {"id": Saved("method"), "method": {"methodName": "{bare}-other", "template": ""}},
        check=lambda a: a.endswith("was changed."),
    ),
    Case(
        "job of a renamed method",
        "get_job",
        {"name": "{room}\\Made"},
        check=lambda a: a["methodName"].endswith("-other") and a["source"] == "echo <<greeting>>",
    ),
    Case(
        "change no method",
        "change_method",
        {"id": 999_999_999, "method": {"template": "x"}},
        error="MethodNotFound",
    ),
    Case(
        "rename a delivered method",
        "change_method",
        {"id": 1, "method": {"methodName": "{bare}-x"}},
        error="InvalidArgument",
    ),
    Case("delete a delivered method", "delete_method", {"name": "Command"}, error="Conflict"),
    Case("delete job of a made method", "delete_job", {"name": "{room}\\Made"}),
    Case(
        "delete method", "delete_method", {"name": "{bare}-other"}, check=lambda a: a.endswith("was deleted.")
    ),
    Case("deleted method", "get_method", {"id": Saved("method")}, error="MethodNotFound"),
]
