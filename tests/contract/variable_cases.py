"""Cases of variables."""

from __future__ import annotations

from contract_case import Case, Saved, only

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
    Case("delete variable again", "delete_variable", {"id": Saved("variable")}, error="VariableNotFound"),
]
