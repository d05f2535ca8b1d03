"""What a new database begins with. Part of revision 0001: later revisions change rows, not this file.

Numbers are left to the database, which counts from 1, so that its own counters know of them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

_DEFINITION = "Add,Change,Delete,Inquire"
_ACCESS = {
    "ServerAccess": ("Execute,Inquire", "Execute,Inquire", "Execute,Inquire", "Execute,Inquire"),
    "FolderDefinitions": ("Add,Change,Control,Delete,Inquire", _DEFINITION, "Inquire", "Inquire"),
    "JobDefinitions": (_DEFINITION, _DEFINITION, "Inquire", "Inquire"),
    "Monitor": (*("Abort,Execute,Manage,SeeAll,SeeOwn",) * 3, "SeeAll,SeeOwn"),
    "History": ("Execute", "Execute", "Execute", "Execute"),
    "AgentDefinitions": (_DEFINITION, _DEFINITION, "Inquire", "Inquire"),
    "VariableDefinitions": (f"{_DEFINITION},Decrypt", _DEFINITION, "Inquire", "Inquire"),
    "CalendarDefinitions": (_DEFINITION, _DEFINITION, "Inquire", "Inquire"),
    "NamedTimeDefinitions": (f"{_DEFINITION},Manage", f"{_DEFINITION},Manage", "Inquire", "Inquire"),
    "AccessControl": ("Change,Inquire", "", "", ""),
}
"""Rights by area, for the groups in their order: the recommended table (semantics 2.15)."""

_GROUPS = (
    ("Administrators", "May do everything."),
    ("Developers", "May define, submit and operate jobs."),
    ("Submitters", "May submit and operate jobs."),
    ("Inquirers", "May look."),
)
_METHODS = (
    ("Command", "Runs commands of the platform's shell."),
    ("Python", "Runs a Python script."),
    ("PowerShell", "Runs a PowerShell script."),
)
_SETTINGS = (
    ("KeepCompleted", "TimeSpan", "1.00:00", "How long completed entries stay in the monitor."),
    ("HistoryLookbackPeriod", "Integer", "30", "Days of history that a detail dialog shows."),
    ("HistoryQueryLimit", "Integer", "10000", "Records that a history query returns at most; 0 is no limit."),
    (
        "TimeStampLogFormat",
        "Text",
        r"{0}\{1}_{8:d4}{9:d2}{10:d2}_{11:d2}{12:d2}{13:d2}{14:d3}{2}",
        "Names of log files.",
    ),
    *(
        (
            f"Work_{day}",
            "Boolean",
            "False" if day in ("SAT", "SUN") else "True",
            "Whether that day is a workday.",
        )
        for day in ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
    ),
)


def plant(connection: sa.Connection) -> None:
    """Write the first rows."""
    now = datetime.now(UTC).replace(tzinfo=None)
    stamp = {"version": 1, "changed": now, "changed_by": "JAMS", "document": "{}"}
    _rows(connection, "counter", {"id": 1, "entry": 0, "ron": 0, "definitions": 0})
    _rows(
        connection,
        "folder",
        {"name": "\\", "name_key": "\\", "path": "\\", "path_key": "\\", **stamp},
    )
    local = {"agent_type": "Local", "platform": _platform(), "job_limit": 999999, "online": True}
    _rows(connection, "agent", {"name": "localhost", "name_key": "localhost", **local, **stamp})
    for table, named in (("method", _METHODS), ("account_group", _GROUPS)):
        for name, description in named:
            _rows(connection, table, {"name": name, "name_key": name.lower(), "description": description})
    for area, rights in _ACCESS.items():
        for position, ((group, _), granted) in enumerate(zip(_GROUPS, rights, strict=True), start=1):
            if granted:
                rule = {"area": area, "position": position, "identifier": group, "rights": granted}
                _rows(connection, "access_rule", rule)
    everybody = {"identifier": "*", "rights": "Execute,Inquire", "position": len(_GROUPS) + 1}
    _rows(connection, "access_rule", {"area": "ServerAccess", **everybody})
    for name, kind, value, description in _SETTINGS:
        row = {"name": name, "data_type": kind, "value": value, "description": description}
        _rows(connection, "setting", row)


def _platform() -> str:
    import sys

    return "Windows" if sys.platform == "win32" else "Unix"


def _rows(connection: sa.Connection, table: str, *rows: dict[str, Any]) -> None:
    for row in rows:
        times = {name for name, value in row.items() if isinstance(value, datetime)}
        columns = (sa.column(name, sa.DateTime() if name in times else None) for name in row)
        target = sa.table(table, *columns)
        connection.execute(sa.insert(target).values(**row))
