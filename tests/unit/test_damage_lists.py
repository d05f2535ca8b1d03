"""No list fails for one row that cannot be read, whatever stands in which column."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest

from jams.objects.errors import JAMSError
from tests.support.damage import KINDS, Room, damaged_room

VALUES: dict[str, Any] = {
    "bytes": b"\xff\xfe",
    "a word": "garbage",
    "nothing": "",
    "too long": "x" * 5000,
    "negative": -1,
    "infinite": float("inf"),
    "a dangling number": 999_999,
}
DOCUMENTS: dict[str, Any] = {
    "bytes": b"\xff\xfe",
    "nothing": "",
    "half a document": '{"parameters": [{',
    "a list": "[1]",
    "wrong members": '{"parameters": 5, "description": 7, "properties": [{"propertyName": ""}]}',
    "a parameter too long": '{"parameters": [{"paramName": "p", "value": "' + "x" * 4097 + '"}]}',
}
LISTS: list[tuple[str, dict[str, Any]]] = [
    ("find_entries", {}),
    ("find_history", {}),
    ("search_history", {"order_by": "JobName"}),
    ("find_jobs", {}),
    ("get_folder_children", {"id": 1}),
    ("find_variables", {}),
    ("list_agents", {}),
    ("list_calendars", {}),
    ("list_date_types", {}),
    ("list_named_times", {}),
    ("list_queues", {}),
    ("list_resources", {}),
    ("list_alerts", {}),
    ("list_menus", {}),
    ("list_credentials", {}),
    ("get_schedule", {}),
    ("get_entry_audit", {"id": 3}),
    ("get_audit_trail", {}),
    ("get_server_status", {}),
]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with damaged_room(tmp_path_factory.mktemp("town")) as made:
        yield made


COLUMNS = [
    pytest.param(table, column.name, id=f"{table}.{column.name}")
    for table, columns in KINDS.items()
    for column in columns.c
    if not column.primary_key
]


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_no_list_fails_for_one_bad_row(room: Room, table: str, column: str) -> None:
    key = room.last(table)
    before = room.value(table, key, column)
    for what, value in (DOCUMENTS if column == "document" else VALUES).items():
        try:
            room.damage(table, key, column, value)
        except sqlite3.IntegrityError:
            continue  # the database itself does not take it
        try:
            for operation, inputs in LISTS:
                answer = room.call(operation, **inputs)
                healthy(operation, answer, (table, column, what))
        except JAMSError as error:
            pytest.fail(f"{what} in {table}.{column}: {operation} says {error.code}: {error.message}")
        finally:
            room.damage(table, key, column, before)


def healthy(operation: str, answer: Any, context: object) -> None:
    """The first of each kind is there, and nothing is wrong with it."""
    names = {
        "find_entries": "job_name",
        "find_history": "job_name",
        "find_jobs": "job_name",
        "get_folder_children": "folder_name",
        "find_variables": "variable_name",
        "list_agents": "agent_name",
        "list_calendars": "calendar_name",
        "list_date_types": "date_type_type",
        "list_named_times": "time_name",
    }
    if operation in names:
        found = [item for item in answer if getattr(item, names[operation]).endswith("1")]
        assert found, context
        assert all(item.damage is None for item in found), context
