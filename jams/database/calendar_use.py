"""Who refers to a calendar: jobs and folders by their property ``Calendar``."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, Table, select

from . import names, tables

PROPERTY = "Calendar"


class _Property(msgspec.Struct, rename="camel"):
    property_name: str = ""
    current_value: Any = None


class _Rest(msgspec.Struct):
    properties: list[_Property] = []


_decode = msgspec.json.Decoder(_Rest).decode


def _properties(document: Any) -> list[_Property]:
    """The properties of a job or folder; none if it cannot be read: it cannot be used either."""
    try:
        return _decode(document).properties
    except (msgspec.DecodeError, TypeError, UnicodeError, RecursionError):
        return []


def of_calendar(c: Connection, id: int, name: str) -> str | None:
    """``job Load`` or ``folder Sales``: one that refers to the calendar, or None."""
    for table in (tables.job, tables.folder):
        found = _first(c, table, id, name)
        if found is not None:
            return f"{table.name} {found}"
    return None


def refers_to(value: Any, id: int, name: str) -> bool:
    """Whether a property's value is a reference to that calendar."""
    if isinstance(value, str):
        return names.fold(value) == names.fold(name)
    if not isinstance(value, dict):
        return False
    if isinstance(value.get("calendarID"), int) and value["calendarID"] > 0:
        return bool(value["calendarID"] == id)
    named = value.get("calendarName")
    return isinstance(named, str) and names.fold(named) == names.fold(name)


def _first(c: Connection, table: Table, id: int, name: str) -> str | None:
    query = select(table.c.name, table.c.document).where(table.c.document.contains(f'"{PROPERTY}"'))
    for row in c.execute(query):
        for item in _properties(row.document):
            if item.property_name.lower() == PROPERTY.lower() and refers_to(item.current_value, id, name):
                return str(row.name)
    return None
