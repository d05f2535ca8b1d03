"""How the audit trail tells of rows that have changed: what they are called, and what of them is told.

A secret is never told: only that there is one, and that it is another one now. What is long is cut.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import Connection, Table, select
from sqlalchemy.types import LargeBinary

from jams.objects.events import EventAction

from . import tables

MASK = "********"
"""Stands for a secret."""

MOST_TOLD = 100
"""Objects of one record of which is told what they were and what they are."""

MOST_NAMED = 1000
"""Objects of one record that are named."""

LONGEST = 1000
"""Characters of a value that are told."""

_SECRET = re.compile(r"hash|secret|digest|sealed|recover|totp|private|passphrase|cipher", re.IGNORECASE)
_SILENT = frozenset({"name_key", "changed", "changed_by", "version", "last_login", "code_step"})
"""Columns that say nothing by themselves, or what the record says, or what each login brings."""


class Told(NamedTuple):
    """How rows of a table are told.

    Attributes:
        kind: what such a row is.
        columns: those that are told, all if none are named.
    """

    kind: str
    columns: tuple[str, ...] = ()


ROWS: dict[str, Told] = {
    "access_list": Told("AccessList", ("area", "changed_by")),
    "access_rule": Told("AccessRule"),
    "account": Told("Account"),
    "account_group": Told("Group"),
    "credential": Told("Credential"),
    "membership": Told("Membership"),
    "outside_standing": Told("OutsideGroups", ("groups",)),
    "personal_token": Told("PersonalToken"),
    "recovery_code": Told("RecoveryCode"),
}
"""Tables whose rows are told whoever changes them, and by whatever."""

ENTRY = Told(
    "Entry",
    (
        *("state", "held", "priority", "hold_time", "scheduled_time", "final_severity", "final_status"),
        *("job_status", "icon", "icon_message"),
    ),
)
"""Entries are told where somebody changes them by an operation; not what the scheduler does with them."""


class ObjectChange(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a record tells of one object.

    Attributes:
        kind: what it is, as ``Job`` or ``Account``.
        id: its number, of what has one.
        name: what it is called, or was.
        before: what differs, as it was; nothing of what is new.
        after: what differs, as it is; nothing of what was removed.
    """

    kind: str
    action: EventAction
    id: int | None = None
    name: str = ""
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


def written(found: list[ObjectChange]) -> str | None:
    """What is stored of changes; None of none."""
    if not found:
        return None
    told = [
        {
            "kind": each.kind,
            "action": each.action.value,
            **({} if each.id is None else {"id": each.id}),
            "name": each.name,
            **({"before": each.before} if each.before is not None and at < MOST_TOLD else {}),
            **({"after": each.after} if each.after is not None and at < MOST_TOLD else {}),
        }
        for at, each in enumerate(found[:MOST_NAMED])
    ]
    if len(found) > MOST_NAMED:
        told.append({"more": len(found) - MOST_NAMED})
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _told_of(table: Table) -> Told:
    return ENTRY if table is tables.entry else ROWS[table.name]


def kind_of(table: Table) -> str:
    """What a row of a table is, as ``Account``."""
    return _told_of(table).kind


def columns_of(table: Table) -> list[Any]:
    """The columns that have to be read so that a row can be told."""
    wanted = _told_of(table).columns
    keys = [column.name for column in table.primary_key]
    extra = ("folder_name", "job_name") if table is tables.entry else ()
    return [column for column in table.c if not wanted or column.name in (*wanted, *keys, *extra)]


def values_of(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """What is told of a row; None and what is empty says nothing."""
    return {
        name: MASK if _is_secret(table, name) else _plain(value)
        for name, value in row.items()
        if name not in _SILENT and value not in (None, "") and not _is_number_of_row(table, name)
    }


def secrets_changed(
    table: Table, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> Iterable[str]:
    """The secrets that are other ones now."""
    if before is None or after is None:
        return ()
    return [name for name in before if _is_secret(table, name) and before[name] != after[name]]


def _is_secret(table: Table, name: str) -> bool:
    return bool(_SECRET.search(name)) or isinstance(table.c[name].type, LargeBinary)


def _is_number_of_row(table: Table, name: str) -> bool:
    return [column.name for column in table.primary_key] == [name]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, Enum):
        return value.value
    return value if isinstance(value, str | int | float | bool) else str(value)


def different(
    before: dict[str, Any] | None, after: dict[str, Any] | None, *others: str
) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """What differs of both, and of ``others`` what is there though it looks the same; None of what is not."""
    names = [
        name
        for name in {**(before or {}), **(after or {})}
        if name in others
        or before is None
        or after is None
        or name not in before
        or name not in after
        or before[name] != after[name]
    ]
    was, now = (
        None if each is None else {name: _short(each[name]) for name in names if name in each}
        for each in (before, after)
    )
    return was, now


def _short(value: Any) -> Any:
    """A value that does not fill the trail: what is long is cut, and says how long it is."""
    if isinstance(value, str):
        whole = value
    elif isinstance(value, list | dict):
        whole = json.dumps(value, ensure_ascii=False)
        if len(whole) <= LONGEST:
            return value
    else:
        return value
    return whole if len(whole) <= LONGEST else f"{whole[:LONGEST]}… ({len(whole):,} characters)"


def called(c: Connection, table: Table, row: Mapping[str, Any]) -> str:
    """What a row is called."""
    if table is tables.entry:
        return str(row.get("job_name") or "")
    if table is tables.membership:
        account, group = (
            c.scalar(select(of.c.name).where(of.c.id == row[column]))
            for of, column in ((tables.account, "account_id"), (tables.account_group, "group_id"))
        )
        return f"{account or row['account_id']} in {group or row['group_id']}"
    if "area" in table.c:
        return " ".join(str(row[name]) for name in ("area", "position") if name in row)
    if "name" not in table.c and "account_id" in row:
        owner = c.scalar(select(tables.account.c.name).where(tables.account.c.id == row["account_id"]))
        return str(owner or row["account_id"])
    return str(row.get("name") or "")
