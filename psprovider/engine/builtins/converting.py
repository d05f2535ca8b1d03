"""ConvertTo-Json and ConvertTo-Csv."""

from __future__ import annotations

import csv
import enum
import io
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from psprovider.endpoint.clixml.types import EnumValue
from psprovider.engine.commands import CommandSpec, parameter, switch
from psprovider.engine.invocation import Invocation
from psprovider.engine.values import is_scalar, members, names, text, unwrapped

from .sorting import held

_INPUT = parameter("InputObject", "System.Object", 0, piped=True, help="The objects; usually they are piped.")
_DEPTH = 2
_DEEPEST = 40


def _to_json(run: Invocation) -> Iterator[Any]:
    items = held(run)
    depth = min(_DEPTH if run.value("Depth") is None else run.value("Depth"), _DEEPEST)
    names_of_enums = bool(run.value("EnumsAsStrings"))
    values = [_plain(item, depth, names_of_enums) for item in items]
    whole = values if len(values) != 1 or run.value("AsArray") else values[0]
    if run.value("Compress"):
        yield json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    else:
        yield json.dumps(whole, ensure_ascii=False, indent=2)


def _plain(value: Any, depth: int, names_of_enums: bool) -> Any:
    value = unwrapped(value)
    if isinstance(value, enum.Enum):
        return text(value)
    if isinstance(value, EnumValue):
        return value.name if names_of_enums else value.value
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if is_scalar(value):
        return text(value)
    if depth < 0:
        return text(value)
    if isinstance(value, list | tuple):
        return [_plain(item, depth - 1, names_of_enums) for item in value]
    return {name: _plain(item, depth - 1, names_of_enums) for name, item in members(value)}


def _to_csv(run: Invocation) -> Iterator[Any]:
    delimiter = (run.value("Delimiter") or ",")[:1]
    columns: list[str] | None = None
    for item in run.items():
        if columns is None:
            columns = names(item)
            yield _line(columns, delimiter)
        table = dict(members(item))
        yield _line([text(table.get(name)) for name in columns], delimiter)


def _line(cells: list[str], delimiter: str) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="").writerow(cells)
    return buffer.getvalue()


COMMANDS = (
    CommandSpec(
        "ConvertTo-Json",
        _to_json,
        (
            _INPUT,
            parameter("Depth", "System.Int32", help="How deep objects in objects are shown; 2 if not given."),
            switch("Compress", "On one line."),
            switch("AsArray", "An array even of a single object."),
            switch("EnumsAsStrings", "Names instead of numbers."),
        ),
        summary="Give objects as JSON.",
    ),
    CommandSpec(
        "ConvertTo-Csv",
        _to_csv,
        (
            _INPUT,
            parameter("Delimiter", "System.String", 1, help="What stands between values."),
            switch("NoTypeInformation", "Never is there any."),
        ),
        summary="Give objects as lines of comma-separated values.",
    ),
)
