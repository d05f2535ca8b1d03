"""Letting a definition be again what it was, by the operations that change or make such. Declares none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from msgspec import structs
from sqlalchemy import Connection, Table, select

from jams.database import stored_settings, tables
from jams.database.columns import AnyRow
from jams.database.definition_documents import KINDS as DOCUMENTS
from jams.objects.base import Document
from jams.objects.enums import ObjectType
from jams.objects.errors import Conflict
from jams.objects.patch import number_member, stated, version_member
from jams.security.rights import AreaRight, Configuration

from .catalogue import CATALOGUE
from .context import Context
from .object_kinds import KINDS
from .revision_texts import as_was


class _Ways(NamedTuple):
    """The operations that change and make a definition, by what it is to them."""

    change: str
    create: str
    parameter: str


_WAYS: dict[Table, _Ways] = {
    tables.agent: _Ways("change_agent", "create_agent", "agent"),
    tables.alert: _Ways("change_alert", "create_alert", "alert"),
    tables.calendar: _Ways("change_calendar", "create_calendar", "calendar"),
    tables.credential: _Ways("change_credential", "create_credential", "credential"),
    tables.date_type: _Ways("change_date_type", "create_date_type", "date_type"),
    tables.folder: _Ways("change_folder", "create_folder", "folder"),
    tables.job: _Ways("change_job", "create_job", "job"),
    tables.menu: _Ways("change_menu", "create_menu", "menu"),
    tables.method: _Ways("change_method", "create_method", "method"),
    tables.named_time: _Ways("change_named_time", "create_named_time", "named_time"),
    tables.queue: _Ways("change_queue", "create_queue", "queue"),
    tables.resource: _Ways("change_resource", "create_resource", "resource"),
    tables.setting: _Ways("change_setting", "create_setting", "setting"),
    tables.trigger: _Ways("change_trigger", "create_trigger", "trigger"),
    tables.variable: _Ways("change_variable", "create_variable", "variable"),
}

_PLACES = {"parent_folder": tables.folder, "method": tables.method, "calendar": tables.calendar}
"""What documents name by number and name, where the number holds if there still is such."""


def restored(context: Context, object_type: ObjectType, number: int, row: AnyRow) -> str:
    """Let a definition be what a revision says; what was done, in a sentence.

    Raises:
        AccessDenied: the caller may not change or make such.
        Conflict: it was removed in that version, or is so already.
        JAMSError: whatever the operations raise that change and make such.
    """
    table = KINDS[object_type].table
    if row.document is None:
        raise Conflict(
            f"{object_type.value} {row.name} was removed in version {row.version}; name the one before.",
            target=row.name,
        )
    document: Any = as_was(row, DOCUMENTS[table].document)
    there, document = context.read(lambda c: _as_it_can_be(c, table, number, document))
    ways = _WAYS[table]
    context.caller.check(_right(object_type, there), f"to {'change' if there else 'make'} such")
    doing = replace(context, lenient=True, note=f"As in version {row.version}.")
    if not there:
        told = CATALOGUE[ways.create].function(doing, **{ways.parameter: document})
    else:
        patch = stated(document, whole=True)
        key = {"name": document.name} if table is tables.setting else {"id": number}
        told = CATALOGUE[ways.change].function(doing, **{ways.parameter: patch}, **key)
    return f"{told} It is as in version {row.version}."


def _right(object_type: ObjectType, there: bool) -> AreaRight:
    area = KINDS[object_type].area
    if area is Configuration:
        return Configuration.EXECUTE
    return area["CHANGE" if there else "ADD"]


def _as_it_can_be(c: Connection, table: Table, number: int, document: Any) -> tuple[bool, Any]:
    """Whether the definition is there, and its old document with what is not said by it."""
    present: Any = None
    if table is tables.setting:
        present = next((each for each in stored_settings.all_settings(c) if each.name == document.name), None)
    elif c.scalar(select(table.c.id).where(table.c.id == number)) is not None:
        present = DOCUMENTS[table].read(c, number)
    silent = [number_member(type(document)), version_member(type(document))]
    members: dict[str, Any] = {name: None for name in silent if name is not None}
    members |= _places(c, document)
    if hasattr(document, "parameters"):
        members["parameters"] = _with_secrets(document, present)
    return present is not None, structs.replace(document, **members)


def _places(c: Connection, document: Document) -> dict[str, Any]:
    """Of what is named by number and by name, the number, if there still is such; otherwise the name."""
    found: dict[str, Any] = {}
    for member, table in _PLACES.items():
        number = getattr(document, f"{member}_id", None)
        if number is not None:
            there = c.scalar(select(table.c.id).where(table.c.id == number)) is not None
            found[f"{member}_name" if there else f"{member}_id"] = None
    return found


def _with_secrets(document: Any, present: Any) -> list[Any]:
    """The parameters of a document, where encrypted ones have the defaults that they have now."""
    now = {each.param_name.casefold(): each for each in getattr(present, "parameters", ())}
    found = []
    for each in document.parameters:
        known = now.get(each.param_name.casefold())
        if getattr(each, "encrypt", False) and each.default_value is None and known is not None:
            each = structs.replace(each, default_value=known.default_value)
        found.append(each)
    return found
