"""The views of our types as objects that a client's formatter understands (ExtendedTypeDefinition).

They hold names of properties only: a view with script in it is never sent.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from psprovider.cmdlets.views import Column, View, views
from psprovider.endpoint.clixml.types import OBJECT, PSList, PSObject
from psprovider.endpoint.records import STRING_LIST, generic

from .patterns import matches

_SMA = "System.Management.Automation"
_NAMESPACE = uuid.UUID("6f6a6d7d-3b5c-5d1c-9a64-6b2ac1b7e0c5")


def format_data(patterns: Sequence[str]) -> Iterator[PSObject]:
    """The definitions of all types whose name matches, with or without the prefix of deserialised objects."""
    for name, view in views().items():
        if any(matches(pattern.removeprefix("Deserialized."), name) for pattern in patterns):
            yield _definition(view)


def _definition(view: View) -> PSObject:
    return _object(
        "ExtendedTypeDefinition",
        {
            "TypeName": view.type_name,
            "TypeNames": PSList([view.type_name], STRING_LIST),
            "FormatViewDefinition": _list("FormatViewDefinition", [_view(view)]),
        },
        view.type_name,
    )


def _view(view: View) -> PSObject:
    name = f"{view.type_name}.table"
    found = _object("FormatViewDefinition", {"Name": name, "Control": _table(view)})
    found.members["InstanceId"] = uuid.uuid5(_NAMESPACE, name)
    return found


def _table(view: View) -> PSObject:
    row = _object(
        "TableControlRow",
        {
            "Columns": _list("TableControlColumn", [_column(column) for column in view.columns]),
            "SelectedBy": None,
            "Wrap": view.wraps,
        },
    )
    properties = {
        "Headers": _list("TableControlColumnHeader", [_header(column) for column in view.columns]),
        "Rows": _list("TableControlRow", [row]),
        "AutoSize": True,
        "HideTableHeaders": False,
        "GroupBy": None,
        "OutOfBand": False,
    }
    names = (f"{_SMA}.TableControl", f"{_SMA}.PSControl", OBJECT)
    return PSObject(names, properties=properties, to_string=names[0])


def _header(column: Column) -> PSObject:
    return _object(
        "TableControlColumnHeader",
        {"Label": None, "Alignment": "Right" if column.right else "Undefined", "Width": 0},
    )


def _column(column: Column) -> PSObject:
    entry = _object(
        "DisplayEntry", {"ValueType": "Property", "Value": column.name}, f"property: {column.name}"
    )
    return _object(
        "TableControlColumn",
        {"Alignment": "Undefined", "DisplayEntry": entry, "FormatString": None},
        column.name,
    )


def _object(name: str, properties: dict[str, Any], to_string: str | None = None) -> PSObject:
    full = f"{_SMA}.{name}"
    return PSObject((full, OBJECT), properties=properties, to_string=to_string or full)


def _list(name: str, items: list[PSObject]) -> PSList:
    return PSList(items, (generic("System.Collections.Generic.List", f"{_SMA}.{name}"), OBJECT))
