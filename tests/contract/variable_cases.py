"""Cases of variables."""

from __future__ import annotations

from typing import Any

from contract_case import Case, Saved, only


def _hidden(answer: dict[str, Any]) -> bool:
    return answer["encryptionFlag"] and not {"value", "newEncryptedValue"} & {
        k for k, v in answer.items() if v
    }


VARIABLE_CASES = [
    Case(
        "variable",
        "create_variable",
        {
            "variable": {
                "variableName": "Rate",
                "parentFolderName": "{room}",
                "dataType": "Integer",
                "value": "7",
            }
        },
    ),
    Case(
        "variable twice",
        "create_variable",
        {"variable": {"variableName": "RATE", "parentFolderName": "{room}"}},
        error="AlreadyExists",
    ),
    Case(
        "variable with a bad value",
        "create_variable",
        {
            "variable": {
                "variableName": "Bad",
                "parentFolderName": "{room}",
                "dataType": "Integer",
                "value": "seven",
            }
        },
        error="InvalidArgument",
    ),
    Case(
        "show variable",
        "get_variable",
        {"name": "{room}\\Rate"},
        check=only(value="7"),
        save={"variable": lambda a: a["variableId"]},
    ),
    Case("set variable", "set_variable_value", {"name": "{room}\\Rate", "value": "8"}),
    Case(
        "set variable badly",
        "set_variable_value",
        {"name": "{room}\\Rate", "value": "x"},
        error="InvalidArgument",
    ),
    Case(
        "change variable",
        "change_variable",
        {
            "variable": {
                "variableName": "Rate",
                "parentFolderName": "{room}",
                "dataType": "Integer",
                "value": "9",
                "description": "A rate.",
            }
        },
    ),
    Case(
        "find variables",
        "find_variables",
        {"name": "{room}"},
        check=lambda a: [(v["variableName"], v["value"]) for v in a] == [("Rate", "9")],
    ),
    Case("no variable", "get_variable", {"name": "{room}\\Nothing"}, error="VariableNotFound"),
    Case("delete variable", "delete_variable", {"id": Saved("variable")}),
    Case(
        "a secret for a variable that shows it",
        "create_variable",
        {"variable": {"variableName": "Key", "parentFolderName": "{room}", "newEncryptedValue": "k1"}},
        error="InvalidArgument",
    ),
    Case(
        "encrypted variable",
        "create_variable",
        {
            "variable": {
                "variableName": "Key",
                "parentFolderName": "{room}",
                "encryptionFlag": True,
                "newEncryptedValue": "k1",
            }
        },
    ),
    Case(
        "an encrypted variable is shown without its value",
        "get_variable",
        {"name": "{room}\\Key"},
        check=_hidden,
    ),
    Case("set it", "set_variable_value", {"name": "{room}\\Key", "new_encrypted_value": "k2"}),
    Case(
        "change it",
        "change_variable",
        {"name": "{room}\\Key", "variable": {"newEncryptedValue": "k3", "description": "A key."}},
    ),
    Case(
        "what was changed of it",
        "get_variable",
        {"name": "{room}\\Key"},
        check=lambda a: _hidden(a) and a["description"] == "A key.",
    ),
    Case(
        "it is shown again with a new value alone",
        "change_variable",
        {"name": "{room}\\Key", "variable": {"encryptionFlag": False}},
        error="MissingArgument",
    ),
    Case(
        "nothing waits for its value",
        "create_job",
        {
            "job": {
                "jobName": "Waits",
                "parentFolderName": "{room}",
                "methodName": "Command",
                "elements": [
                    {
                        "elementName": "d",
                        "elementTypeName": "VariableDependency",
                        "properties": [
                            {"propertyName": "Variable", "currentValue": "{room}\\Key"},
                            {"propertyName": "Value", "currentValue": "k3"},
                        ],
                    }
                ],
            }
        },
        error="InvalidArgument",
    ),
    Case(
        "a job with a secret",
        "create_job",
        {
            "job": {
                "jobName": "Keyed",
                "parentFolderName": "{room}",
                "methodName": "Command",
                "source": 'test "$Key" = k3\n',
                "parameters": [{"paramName": "Key", "variableName": "{room}\\Key"}],
            }
        },
    ),
    Case(
        "a secret is not given at submission",
        "submit_job",
        {"name": "{room}\\Keyed", "parameters": {"Key": "k4"}},
        error="InvalidParameter",
    ),
    Case("encrypted variable in use", "delete_variable", {"name": "{room}\\Key"}, error="InUse"),
    Case(
        "submit with a secret",
        "submit_job",
        {"name": "{room}\\Keyed"},
        save={"keyed": lambda a: a["jamsEntry"]},
    ),
    Case(
        "the run has had it",
        "wait_for_entry",
        {"id": Saved("keyed"), "timeout": 30},
        check=lambda a: (
            a["finalSeverity"] == "Success"
            and [(p.get("value"), p.get("encryptionId") is not None) for p in a["parameters"]]
            == [(None, True)]
        ),
    ),
    Case("delete the job with a secret", "delete_job", {"name": "{room}\\Keyed"}),
    Case("delete encrypted variable", "delete_variable", {"name": "{room}\\Key"}),
    Case("delete variable again", "delete_variable", {"id": Saved("variable")}, error="VariableNotFound"),
]
