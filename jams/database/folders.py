r"""Folders: a tree of names. The root is ``\``; a folder's path is kept true in its row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, select, update

from jams.objects.base import Integer, ObjectId, Text
from jams.objects.definitions import Folder
from jams.objects.errors import AlreadyExists, Conflict, FolderNotEmpty, FolderNotFound, InvalidArgument
from jams.objects.parts import ACL, Element, ParamDef, PropertyValue, Tag
from jams.objects.patch import Patch, member_of, patched, version_seen, whole
from jams.objects.preconditions import ALWAYS, Precondition
from jams.registry import Place

from . import (
    definition_parts,
    definition_stamps,
    dependency_circles,
    guarding,
    names,
    parameters,
    properties,
    stored,
    tables,
    versions,
)
from .columns import AnyRow
from .reading import Found, Reader

ROOT_ID = 1

_folder = tables.folder


class FolderRest(msgspec.Struct, omit_defaults=True):
    """What of a folder's document has no column."""

    description: Text = ""
    parameters: list[ParamDef] = []
    elements: list[Element] = []
    properties: list[PropertyValue] = []
    tag_ids: list[Integer] = []
    tags: list[Tag] = []
    acl: ACL | None = None


@dataclass(frozen=True)
class FolderRecord:
    """A folder as others need it: where it lies, what it defines and what passes down from it.

    ``damage`` says what cannot be read of it, or of a folder above it: nobody knows then what passes down.
    """

    id: int
    path: str
    rest: FolderRest
    inherited: properties.Inheritance = field(default_factory=dict)
    passed_on: properties.Inheritance = field(default_factory=dict)
    passed_elements: tuple[Element, ...] = ()
    damage: str | None = None


def with_passed(above: FolderRecord | None, own: Iterable[Element]) -> tuple[Element, ...]:
    """The elements that count for what lies in a folder: those that pass down to it, then its own."""
    return (*(() if above is None else above.passed_elements), *own)


NOWHERE = FolderRecord(0, names.UNREADABLE, FolderRest(), damage="folderID: there is no such folder")
"""Where something lies whose folder is gone."""

_RECORD = (_folder.c.id, _folder.c.parent_id, _folder.c.path, _folder.c.document)
_read_record = Reader(_RECORD, FolderRest)
_read = Reader(_folder.c, FolderRest, parent_id=ObjectId | None)


def find(c: Connection, *, id: int | None = None, name: str | None = None) -> int:
    """The number of a folder, by number or path. Raises FolderNotFound."""
    return int(locate(c, id=id, name=name).id)


def named(c: Connection, *, id: int | None = None, name: str | None = None) -> int:
    """The number of the folder that is meant by itself: a blank path means none, not even the root.

    Raises FolderNotFound.
    """
    if id is None and not (name or "").strip():
        raise FolderNotFound("A blank path names no folder. The root folder is \\.", target=name)
    return find(c, id=id, name=name)


def locate(c: Connection, *, id: int | None = None, name: str | None = None) -> AnyRow:
    """Number, path and path key of a folder. Raises FolderNotFound."""
    query = select(_folder.c.id, _folder.c.path, _folder.c.path_key)
    if id is not None:
        row = c.execute(query.where(_folder.c.id == id)).one_or_none()
    else:
        key = names.fold(names.normalize(name or ""))
        row = c.execute(query.where(_folder.c.path_key == key)).one_or_none()
    if row is None or not guarding.sees(c, _folder, row.id):
        raise FolderNotFound(f"There is no folder {name if id is None else id}.", target=id or name)
    return row


def paths(c: Connection, ids: Iterable[int]) -> dict[int, str]:
    """The paths of those of the folders that are there, by number."""
    query = select(_folder.c.id, _folder.c.path).where(_folder.c.id.in_(list(ids)))
    return {row.id: row.path for row in c.execute(query)}


def parent(c: Connection, id: int | None, name: str | None) -> AnyRow:
    """The folder that a document names as its parent by number, by path, by both, or not at all (the root).

    Raises:
        FolderNotFound: there is no such folder.
        InvalidArgument: number and path name different folders.
    """
    if id is None:
        return locate(c, name=name) if name is not None else locate(c, id=ROOT_ID)
    row = locate(c, id=id)
    if name is not None and names.fold(names.normalize(name)) != row.path_key:
        raise InvalidArgument(
            f"Folder {id} is {row.path}, and not {name}: send one of them.", member="parentFolderName"
        )
    return row


def within(path_key: str, *, recursive: bool) -> ColumnElement[bool]:
    """Whether a row of the folder table is that folder or, if recursive, lies below it."""
    column = _folder.c.path_key
    return names.below(column, path_key) if recursive else column == path_key


def records(c: Connection, path_key: str, *, recursive: bool = False) -> dict[int, FolderRecord]:
    """By number: the folder of that path and all above it, and if recursive all below it."""
    above = _folder.c.path_key.in_(names.ancestors(path_key))
    which = above | names.below(_folder.c.path_key, path_key) if recursive else above
    found: dict[int, FolderRecord] = {}
    rows = _read_record.every(c.execute(select(*_RECORD).where(which)))
    for row in sorted(rows, key=lambda row: len(names.split(row.path))):
        over = found.get(row.parent_id)
        inherited = over.passed_on if over else {}
        passed_on = properties.inherit(inherited, row.id, row.path, row.rest.properties)
        elements = with_passed(over, row.rest.elements)
        damage = row.damage and f"folder {row.path}: {row.damage}"
        damage = damage or (over.damage if over else None)
        found[row.id] = FolderRecord(row.id, row.path, row.rest, inherited, passed_on, elements, damage)
    return found


def above(c: Connection, id: int) -> dict[int, FolderRecord]:
    """By number: a folder and all above it; nothing when it does not exist."""
    path_key = c.scalar(select(_folder.c.path_key).where(_folder.c.id == id))
    return records(c, path_key) if isinstance(path_key, str) else {}


def chain(c: Connection, id: int) -> list[FolderRecord]:
    """A folder and all above it, the root first."""
    row = locate(c, id=id)
    return sorted(records(c, row.path_key).values(), key=lambda record: len(names.split(record.path)))


def get(c: Connection, id: int) -> Folder:
    """One folder. Raises FolderNotFound."""
    return _documents(c, _folder.c.id == id, locate(c, id=id).path_key)[0]


def children(c: Connection, id: int) -> list[Folder]:
    """The folders directly inside a folder, by name."""
    found = _documents(c, _folder.c.parent_id == id, locate(c, id=id).path_key)
    return [each for each in found if each.folder_id and guarding.sees(c, _folder, each.folder_id)]


def _documents(c: Connection, which: ColumnElement[bool], path_key: str) -> list[Folder]:
    known = records(c, path_key)
    rows = c.execute(select(_folder).where(which).order_by(_folder.c.name_key))
    return [_document(_read(row), known) for row in rows]


def _document(row: Found, known: dict[int, FolderRecord]) -> Folder:
    rest = row.rest
    over = known.get(row.parent_id)
    return Folder(
        folder_id=row.id,
        folder_name=row.name,
        qualified_name=row.path,
        parent_folder_id=row.parent_id,
        parent_folder_name=over.path if over else None,
        description=rest.description,
        parameters=rest.parameters,
        elements=rest.elements,
        properties=properties.complete(rest.properties, over.passed_on if over else {}),
        tag_ids=rest.tag_ids,
        tags=rest.tags,
        last_change_utc=row.changed,
        last_changed_by=row.changed_by,
        version=row.version,
        acl=rest.acl,
        not_obeyed=definition_parts.not_obeyed(Place.FOLDER, rest),
        damage=row.damage or (over.damage if over else None),
    )


def create(c: Connection, folder: Folder, *, user: str, lenient: bool = False) -> Folder:
    """Make a folder; its document as it stands then. ``lenient`` keeps what is known and not obeyed.

    Raises:
        FolderNotFound: no such parent.
        NotFound: of some class; what the document names does not exist.
        AlreadyExists: the parent holds a folder of that name.
        InvalidName, InvalidArgument, InvalidParameter: the document cannot be taken.
    """
    definition_stamps.lock(c)
    over = parent(c, folder.parent_folder_id, folder.parent_folder_name)
    names.check_name(folder.folder_name, "folderName")
    path = names.check_path(names.join(over.path, folder.folder_name), "folderName")
    _check_free(c, path)
    content = _content(c, folder, None, path, lenient)
    values = {"parent_id": over.id, **_place(folder.folder_name, path), **content}
    id = versions.make(c, _folder, values, user=user)
    parameters.remember_uses(c, "folder", id, over.id, folder.parameters)
    return get(c, id)


def change(
    c: Connection,
    patch: Patch[Folder],
    *,
    id: int | None = None,
    name: str | None = None,
    user: str,
    condition: Precondition = ALWAYS,
    lenient: bool = False,
    check: Callable[[Folder, Folder], None] = lambda before, after: None,
) -> Folder:
    """Change a folder: the one of the number or path, or else the one that the patch itself names.

    ``lenient`` keeps what is known and not obeyed; ``check`` looks at what it was and is, and raises.

    Raises:
        FolderNotFound: no such folder or parent.
        NotFound: of some class; what the document names does not exist.
        AlreadyExists: the new place is taken.
        Conflict: the root folder renamed or moved, or a folder moved into itself.
        CircularDependency: a job would wait for itself.
        InvalidName, InvalidArgument, InvalidParameter, MissingArgument: the document cannot be taken.
        PreconditionFailed: it is not as the caller demands.
    """
    found = versions.meant(patch, id, name, partial(named, c), partial(_by_place, c, patch))
    assert found is not None
    held = versions.hold(c, _folder, found, condition.also(version_seen(patch)))
    row = c.execute(select(_folder).where(_folder.c.id == found)).one()
    before = get(c, found)
    folder = patched(before, patch)
    if row.parent_id is None:
        _check_root_stays(folder)
        place: dict[str, Any] = {}
    else:
        place = _new_place(c, row, folder)
    content = _content(c, folder, before, place.get("path", row.path), lenient)
    moves = bool(place) and place["path"] != row.path
    circles = dependency_circles.MovedFolder(c, folder.folder_name) if moves and not lenient else None
    held.write(c, place | content, user=user)
    parameters.remember_uses(c, "folder", row.id, row.id, folder.parameters)
    if moves:
        _move_contents(c, row.path, row.path_key, place["path"])
    if circles is not None:
        circles.check(place["path"], elsewhere=place["parent_id"] != row.parent_id)
    if folder.elements != before.elements and not lenient:
        dependency_circles.check_folder(c, place.get("path", row.path), folder.elements)
    after = get(c, row.id)
    check(before, after)
    return after


def _by_place(c: Connection, patch: Patch[Folder]) -> int:
    name = versions.own_name(patch, "folder_name")
    if name == names.ROOT:
        return ROOT_ID
    over = parent(c, member_of(patch, "parent_folder_id"), member_of(patch, "parent_folder_name"))
    return find(c, name=names.join(over.path, name))


def _check_root_stays(folder: Folder) -> None:
    moved = folder.parent_folder_id is not None or folder.parent_folder_name not in (None, "")
    if moved or folder.folder_name != names.ROOT:
        raise Conflict("The root folder cannot be renamed or moved.", target=names.ROOT)


def _new_place(c: Connection, row: AnyRow, folder: Folder) -> dict[str, Any]:
    over = parent(c, folder.parent_folder_id, folder.parent_folder_name)
    if over.path_key == row.path_key or over.path_key.startswith(row.path_key + names.ROOT):
        raise Conflict(f"Folder {row.path} cannot be moved into itself.", target=row.path)
    names.check_name(folder.folder_name, "folderName", row.name)
    path = names.check_path(names.join(over.path, folder.folder_name), "folderName")
    if names.fold(path) != row.path_key:
        _check_free(c, path)
    return {"parent_id": over.id, **_place(folder.folder_name, path)}


def _check_free(c: Connection, path: str) -> None:
    if c.scalar(select(_folder.c.id).where(_folder.c.path_key == names.fold(path))) is not None:
        raise AlreadyExists(f"There is a folder {path} already.", target=path, member="folderName")


def _place(name: str, path: str) -> dict[str, Any]:
    return {"name": name, "name_key": names.fold(name), "path": path, "path_key": names.fold(path)}


def check_dates(c: Connection, document: Folder | Patch[Folder], id: int | None, name: str | None) -> None:
    """Read the dates in a new folder or in a change of one, with the calendar that counts for it.

    For a reading connection: calendars may be large. Raises DateError, and as :func:`create` and
    :func:`change` do.
    """
    before = None
    if isinstance(document, Folder):
        folder = document
    else:
        found = _meant_or_new(c, document, id, name)
        before = None if found is None else get(c, found)
        folder = whole(document) if before is None else patched(before, document)
    over: properties.Inheritance = {}
    if before is None or before.parent_folder_id is not None:
        row = parent(c, folder.parent_folder_id, folder.parent_folder_name)
        over = above(c, row.id)[row.id].passed_on
    definition_parts.check_dates(c, folder, before, over)


def _meant_or_new(c: Connection, patch: Patch[Folder], id: int | None, name: str | None) -> int | None:
    try:
        return versions.meant(patch, id, name, partial(named, c), partial(_by_place, c, patch))
    except FolderNotFound as error:
        if not error.meant_by_document:
            raise
        return None


def _content(
    c: Connection, folder: Folder, before: Folder | None, path: str, lenient: bool
) -> dict[str, Any]:
    rest = FolderRest(**definition_parts.accepted(c, folder, before, path, lenient=lenient))
    return {"document": stored.encoded(rest)}


def _move_contents(c: Connection, old: str, old_key: str, new: str) -> None:
    """Carry a new path down to the folders below and to the entries that show it."""
    below = select(_folder.c.id, _folder.c.path).where(
        _folder.c.path_key.startswith(old_key + names.ROOT, autoescape=True)
    )
    moved = {row.id: names.check_path(new + row.path[len(old) :], "folderName") for row in c.execute(below)}
    for id, path in moved.items():
        c.execute(update(_folder).where(_folder.c.id == id).values(path=path, path_key=names.fold(path)))
    at_top = c.scalar(select(_folder.c.id).where(_folder.c.path_key == names.fold(new)))
    entry = tables.entry
    for id, path in {at_top: new, **moved}.items():
        c.execute(
            update(entry).where(entry.c.folder_id == id).values(folder_name=path, version=entry.c.version + 1)
        )


_CONTENTS = {
    "folder": _folder.c.parent_id,
    "job": tables.job.c.folder_id,
    "variable": tables.variable.c.folder_id,
    "trigger": tables.trigger.c.folder_id,
}
"""What a folder holds, and the column that says so."""


def _contents(c: Connection, id: int) -> str:
    """How much of what a folder holds, as who works on the connection may know it; empty if it is empty."""
    told, hides = [], False
    for what, inside in _CONTENTS.items():
        held = list(c.scalars(select(inside.table.c.id).where(inside == id)))
        seen = len(guarding.seen(c, inside.table, held))
        hides = hides or seen < len(held)
        if seen:
            told.append(f"{seen} {what}{'s' if seen > 1 else ''}")
    return ", ".join([*told, *([guarding.CLOSED] if hides else [])])


def delete(c: Connection, id: int, condition: Precondition = ALWAYS) -> str:
    """Delete an empty folder; its path.

    Raises:
        FolderNotFound: no such folder.
        FolderNotEmpty: it holds folders, jobs, variables or triggers.
        Conflict: it is the root folder.
        VersionConflict: it is not as the caller demands.
    """
    row = locate(c, id=id)
    if id == ROOT_ID:
        raise Conflict("The root folder cannot be deleted.", target=names.ROOT)
    held = versions.hold(c, _folder, id, condition)
    if told := _contents(c, id):
        raise FolderNotEmpty(f"Folder {row.path} holds {told}: delete them first.", target=row.path)
    parameters.forget_uses(c, "folder", id)
    held.remove(c)
    return str(row.path)
