"""Triggers: definitions inside folders, as rows and documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, Select, select

from jams.objects.base import ObjectId, Text
from jams.objects.errors import AlreadyExists, JAMSError, TriggerNotFound
from jams.objects.parts import ACL, Element
from jams.objects.patch import Patch, member_of, patched
from jams.objects.preconditions import ALWAYS, Precondition
from jams.objects.trigger_parts import NewsKind, TriggerEventType
from jams.objects.triggers import Trigger, TriggerEvent
from jams.registry import Acceptance, Place, marks

from . import (
    armed_triggers,
    definition_stamps,
    folders,
    guarding,
    lookup,
    named_in_definitions,
    names,
    setups,
    stored,
    tables,
    trigger_documents,
    versions,
)
from .columns import AnyRow
from .reading import Found, Reader, check_whole

_trigger = tables.trigger
_folder = tables.folder


class TriggerRest(msgspec.Struct, omit_defaults=True):
    """What of a trigger's document has no column: its events are elements, its actions tasks."""

    description: Text = ""
    reset_when_fired: bool = True
    elements: list[Element] = []
    source_elements: list[Element] = []
    acl: ACL | None = None


_COLUMNS = (*_trigger.c, _folder.c.path)
_read = Reader(_COLUMNS, TriggerRest, folder_id=ObjectId)


def locate(c: Connection, *, id: int | None = None, name: str | None = None) -> int:
    """The number of a trigger, by number, path or bare name.

    Raises:
        TriggerNotFound: there is no such trigger.
        Conflict: several triggers bear the bare name.
    """
    return lookup.locate(c, _trigger, TriggerNotFound, id=id, name=name)


def row(c: Connection, id: int) -> Found:
    """The row of a trigger, with the path of its folder. Raises TriggerNotFound, Damaged."""
    found = c.execute(_documents().where(_trigger.c.id == id)).one_or_none()
    if found is None:
        raise TriggerNotFound(f"There is no trigger {id}.", target=id)
    read = _read(found)
    check_whole(read, f"trigger {names.join(read.path, read.name)}")
    return read


def get(c: Connection, id: int) -> Trigger:
    """One trigger. Raises TriggerNotFound."""
    found = c.execute(_documents().where(_trigger.c.id == id)).one_or_none()
    if found is None:
        raise TriggerNotFound(f"There is no trigger {id}.", target=id)
    return _all_shown(c, [_read(found)])[0]


def in_folder(
    c: Connection, folder: int, *, recursive: bool = False, pattern: str | None = None
) -> list[Trigger]:
    """The triggers of a folder, and if recursive of those below it, by path."""
    top = folders.locate(c, id=folder)
    query = _documents().where(folders.within(top.path_key, recursive=recursive))
    if pattern:
        query = query.where(names.matches(_trigger.c.name_key, pattern))
    rows = c.execute(query.order_by(_folder.c.path_key, _trigger.c.name_key))
    return _all_shown(c, [_read(row) for row in guarding.shown(c, _trigger, rows)])


def below(c: Connection, path_key: str) -> tuple[list[int], list[int]]:
    """The jobs, and the triggers, in a folder and below it, by number."""
    inside = select(_folder.c.id).where(folders.within(path_key, recursive=True))
    jobs, own = (
        list(c.scalars(select(table.c.id).where(table.c.folder_id.in_(inside))))
        for table in (tables.job, _trigger)
    )
    return jobs, own


def _documents() -> Select[Any]:
    return select(*_COLUMNS).select_from(_trigger.join(_folder, _trigger.c.folder_id == _folder.c.id))


def _all_shown(c: Connection, rows: Iterable[Found]) -> list[Trigger]:
    rows = list(rows)
    armed = {
        each.owner_id: each
        for each in armed_triggers.shown(c, armed_triggers.TRIGGER, [row.id for row in rows])
    }
    events: dict[int, list[Found]] = {}
    for event in armed_triggers.events(c, [each.id for each in armed.values()]):
        if event.kind is not NewsKind.OVER:
            events.setdefault(event.armed_id, []).append(event)
    return [
        _document(row, armed.get(row.id), events.get(armed[row.id].id, []) if row.id in armed else [])
        for row in rows
    ]


def _document(row: Found, armed: Found | None, events: list[Found]) -> Trigger:
    rest = row.rest
    return Trigger(
        trigger_id=row.id,
        trigger_name=row.name,
        qualified_name=names.join(row.path, row.name),
        parent_folder_id=row.folder_id,
        parent_folder_name=row.path,
        description=rest.description,
        enabled=armed is not None and armed.enabled,
        reset_when_fired=rest.reset_when_fired,
        events=_with_state(trigger_documents.events_of(rest.elements), events),
        actions=trigger_documents.actions_of(rest.source_elements, row.path),
        status=trigger_documents.status_of(armed),
        status_message=None if armed is None else armed.stopped or armed.problem,
        last_fired_utc=None if armed is None else armed.last_fired,
        last_reset_utc=None if armed is None else armed.last_reset,
        last_change_utc=row.changed,
        last_changed_by=row.changed_by,
        version=row.version,
        acl=rest.acl,
        not_obeyed=marks(
            place=Place.JOB,
            elements=rest.elements,
            source_elements=rest.source_elements,
            access_list=rest.acl,
        ),
        damage=row.damage,
    )


def _with_state(shown: list[TriggerEvent], events: list[Found]) -> list[TriggerEvent]:
    if len(shown) != len(events):
        return shown
    return [
        replace(one, met=each.met, since_utc=each.since, met_by=each.told)
        for one, each in zip(shown, events, strict=True)
    ]


def create(c: Connection, trigger: Trigger, *, user: str, lenient: bool = False) -> int:
    """Make the row of a trigger; its number. ``lenient`` keeps what is known and not obeyed.

    Raises:
        FolderNotFound: no such folder.
        AlreadyExists: the folder holds a trigger of that name.
        NotFound: of some class; what the document names does not exist.
        InvalidName, InvalidArgument, MissingArgument: the document cannot be taken.
    """
    definition_stamps.lock(c)
    over = folders.parent(c, trigger.parent_folder_id, trigger.parent_folder_name)
    _check_free(c, over, trigger.trigger_name, None)
    return versions.make(c, _trigger, _content(c, over, trigger, None, None, lenient), user=user)


def change(
    c: Connection,
    patch: Patch[Trigger],
    *,
    id: int | None = None,
    name: str | None = None,
    user: str,
    condition: Precondition = ALWAYS,
    lenient: bool = False,
) -> tuple[Trigger, Trigger]:
    """Change the row of a trigger: the one of the number or name, or else the one that the patch names.

    Returns:
        Its document as it was, and as it is wanted.

    Raises:
        TriggerNotFound, FolderNotFound: what is named does not exist.
        AlreadyExists: the new place is taken.
        NotFound: of some class; what the document names does not exist.
        InvalidName, InvalidArgument, MissingArgument: the document cannot be taken.
        PreconditionFailed: it is not as the caller demands.
    """
    by_place = partial(_by_place, c, patch)
    held = versions.hold_meant(c, _trigger, patch, locate, by_place, id=id, name=name, condition=condition)
    found = held.id
    before = get(c, found)
    trigger = patched(before, patch)
    over = folders.parent(c, trigger.parent_folder_id, trigger.parent_folder_name)
    stood = _read(c.execute(_documents().where(_trigger.c.id == found)).one()).rest
    values = _content(c, over, trigger, before, stood, lenient)
    _check_free(c, over, trigger.trigger_name, found)
    held.write(c, values, user=user)
    return before, trigger


def _by_place(c: Connection, patch: Patch[Trigger]) -> int:
    over = folders.parent(c, member_of(patch, "parent_folder_id"), member_of(patch, "parent_folder_name"))
    return locate(c, name=names.join(over.path, versions.own_name(patch, "trigger_name")))


def _check_free(c: Connection, over: AnyRow, name: str, id: int | None) -> None:
    if lookup.in_folder(c, _trigger, over.id, name) not in (None, id):
        path = names.join(over.path, name)
        raise AlreadyExists(f"There is a trigger {path} already.", target=path, member="triggerName")


def _content(
    c: Connection,
    over: AnyRow,
    trigger: Trigger,
    before: Trigger | None,
    stood: TriggerRest | None,
    lenient: bool,
) -> Mapping[str, Any]:
    borne = before.trigger_name if before else None
    name = names.check_name(trigger.trigger_name, "triggerName", borne)
    acceptance = Acceptance()
    try:
        elements = acceptance.elements(
            Place.JOB, trigger_documents.elements_of(trigger.events), stood.elements if stood else ()
        )
        tasks = acceptance.elements(
            Place.SOURCE, trigger_documents.tasks_of(trigger.actions), stood.source_elements if stood else ()
        )
        access_list = acceptance.access_list(trigger.acl, before.acl if before else None)
        named_in_definitions.check_references(c, acceptance.said, over.path, lenient=lenient)
    except JAMSError as error:
        told = {"elements": "events", "sourceElements": "actions"}
        error.member = told.get(error.member or "", error.member)
        raise
    acceptance.settle(lenient=lenient)
    known = before if before is not None else Trigger(trigger_name=name)
    _check_setups(c, trigger, known)
    rest = TriggerRest(
        description=trigger.description,
        reset_when_fired=trigger.reset_when_fired,
        elements=elements,
        source_elements=tasks,
        acl=access_list,
    )
    return {
        "folder_id": over.id,
        "name": name,
        "name_key": names.fold(name),
        "document": stored.encoded(rest),
    }


def _check_setups(c: Connection, trigger: Trigger, before: Trigger) -> None:
    """See that what is called a setup is one, where it was not called so before. Raises SetupNotFound."""
    named = {event.setup_name for event in trigger.events if event.event_type is TriggerEventType.SETUP}
    named |= {action.setup_name for action in trigger.actions}
    known = {event.setup_name for event in before.events} | {action.setup_name for action in before.actions}
    for name in sorted(filter(None, named - known)):
        setups.find(c, name=name)


def delete(c: Connection, id: int, condition: Precondition = ALWAYS) -> str:
    """Delete a trigger, and all that it waits for; its path.

    Raises:
        TriggerNotFound: there is no such trigger.
        VersionConflict: it is not as the caller demands.
    """
    path = lookup.path(c, _trigger, locate(c, id=id))
    held = versions.hold(c, _trigger, id, condition)
    armed = armed_triggers.of_owner(c, armed_triggers.TRIGGER, [id])
    armed_triggers.remove(c, [each.id for each in armed])
    held.remove(c)
    return path
