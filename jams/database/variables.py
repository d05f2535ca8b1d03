"""Variables: named values in folders."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, select

from jams.objects.base import ObjectId, Text
from jams.objects.definitions import Variable
from jams.objects.enums import DataType
from jams.objects.errors import AlreadyExists, InUse, InvalidArgument, NotSupported, VariableNotFound
from jams.objects.parts import ACL
from jams.objects.patch import Patch, member_of, patched, version_seen
from jams.objects.preconditions import ALWAYS, Precondition
from jams.registry import Acceptance, ValueType, marks

from . import (
    definition_stamps,
    folders,
    lookup,
    names,
    referring,
    stored,
    tables,
    trigger_news,
    versions,
)
from .columns import AnyRow
from .parameter_values import check_text, typed_text
from .reading import Found, Reader

_variable = tables.variable
_folder = tables.folder
_use = tables.variable_use


class VariableRest(msgspec.Struct, omit_defaults=True):
    """What of a variable's document has no column."""

    description: Text = ""
    acl: ACL | None = None


_types = select(_variable.c.id, _variable.c.data_type)
_COLUMNS = (*_variable.c, _folder.c.path)
_read = Reader(_COLUMNS, VariableRest, folder_id=ObjectId, value=Text | None)


def locate(c: Connection, *, id: int | None = None, name: str | None = None) -> int:
    """The number of a variable, by number, path or bare name.

    Raises:
        VariableNotFound: there is no such variable.
        Conflict: several variables bear the bare name.
    """
    return lookup.locate(c, _variable, VariableNotFound, id=id, name=name)


def get(c: Connection, id: int) -> Variable:
    """One variable. Raises VariableNotFound."""
    row = c.execute(_documents().where(_variable.c.id == id)).one_or_none()
    if row is None:
        raise VariableNotFound(f"There is no variable {id}.", target=id)
    return _document(_read(row))


def data_types(c: Connection, ids: Collection[int]) -> dict[int, DataType]:
    """What the values of variables are, by number; of those that are there."""
    if not ids:
        return {}
    return dict(c.execute(_types.where(_variable.c.id.in_(ids))).all())


def in_folder(
    c: Connection, folder: int, *, recursive: bool = False, pattern: str | None = None
) -> list[Variable]:
    """The variables of a folder, and if recursive of those below it, by path."""
    top = folders.locate(c, id=folder)
    query = _documents().where(folders.within(top.path_key, recursive=recursive))
    if pattern:
        query = query.where(names.matches(_variable.c.name_key, pattern))
    rows = c.execute(query.order_by(_folder.c.path_key, _variable.c.name_key))
    return [_document(_read(row)) for row in rows]


def _documents() -> Select[Any]:
    joined = _variable.join(_folder, _variable.c.folder_id == _folder.c.id)
    return select(*_COLUMNS).select_from(joined)


def _document(row: Found) -> Variable:
    rest = row.rest
    return Variable(
        variable_id=row.id,
        variable_name=row.name,
        qualified_name=names.join(row.path, row.name),
        parent_folder_id=row.folder_id,
        parent_folder_name=row.path,
        description=rest.description,
        data_type=row.data_type,
        value=row.value,
        current_length=len(row.value or ""),
        last_change_utc=row.changed,
        last_changed_by=row.changed_by,
        version=row.version,
        acl=rest.acl,
        not_obeyed=marks(access_list=rest.acl),
        damage=row.damage,
    )


def set_value(c: Connection, id: int, value: str, *, user: str, condition: Precondition = ALWAYS) -> str:
    """Give a variable another value; its path.

    Raises:
        InvalidArgument: it is not of the data type.
        VersionConflict: it is not as the caller demands.
    """
    held = versions.hold(c, _variable, id, condition)
    path = lookup.path(c, _variable, id)
    kind = c.scalar(select(_variable.c.data_type).where(_variable.c.id == id))
    typed = _typed(kind or DataType.TEXT, value, path)
    held.write(c, {"value": typed}, user=user)
    trigger_news.variable_set(c, id, typed)
    return path


def create(c: Connection, variable: Variable, *, user: str, lenient: bool = False) -> Variable:
    """Make a variable; its document as it stands then. ``lenient`` keeps what is known and not obeyed.

    Raises:
        FolderNotFound: no such folder.
        AlreadyExists: the folder holds a variable of that name.
        InvalidName, InvalidArgument: the document cannot be taken.
    """
    definition_stamps.lock(c)
    over = folders.parent(c, variable.parent_folder_id, variable.parent_folder_name)
    values = _content(over, variable, None, lenient)
    _check_free(c, over, variable.variable_name, None)
    return get(c, versions.make(c, _variable, values, user=user))


def change(
    c: Connection,
    patch: Patch[Variable],
    *,
    id: int | None = None,
    name: str | None = None,
    user: str,
    condition: Precondition = ALWAYS,
    lenient: bool = False,
) -> Variable:
    """Change a variable: the one of the number or name, or else the one that the patch itself names.

    ``lenient`` keeps what is known and not obeyed.

    Raises:
        VariableNotFound, FolderNotFound: what is named does not exist.
        AlreadyExists: the new place is taken.
        InvalidName, InvalidArgument, MissingArgument: the document cannot be taken.
        PreconditionFailed: it is not as the caller demands.
    """
    found = versions.meant(patch, id, name, partial(locate, c), partial(_by_place, c, patch))
    assert found is not None
    held = versions.hold(c, _variable, found, condition.also(version_seen(patch)))
    before = get(c, found)
    variable = patched(before, patch)
    over = folders.parent(c, variable.parent_folder_id, variable.parent_folder_name)
    values = _content(over, variable, before, lenient)
    _check_free(c, over, variable.variable_name, found)
    held.write(c, values, user=user)
    if values["value"] != before.value:
        trigger_news.variable_set(c, found, values["value"])
    return get(c, found)


def _by_place(c: Connection, patch: Patch[Variable]) -> int:
    over = folders.parent(c, member_of(patch, "parent_folder_id"), member_of(patch, "parent_folder_name"))
    return locate(c, name=names.join(over.path, versions.own_name(patch, "variable_name")))


def _check_free(c: Connection, over: AnyRow, name: str, id: int | None) -> None:
    if lookup.in_folder(c, _variable, over.id, name) not in (None, id):
        path = names.join(over.path, name)
        raise AlreadyExists(f"There is a variable {path} already.", target=path, member="variableName")


def _content(over: AnyRow, variable: Variable, before: Variable | None, lenient: bool) -> dict[str, Any]:
    name = names.check_name(variable.variable_name, "variableName", before.variable_name if before else None)
    if variable.encryption_flag:  # not even in leniency: the value would be there for all to read
        raise NotSupported(
            "The variable cannot be encrypted: values are kept as they are.", member="encryptionFlag"
        )
    acceptance = Acceptance()
    access_list = acceptance.access_list(variable.acl, before.acl if before else None)
    acceptance.settle(lenient=lenient)
    rest = VariableRest(description=variable.description, acl=access_list)
    value = variable.value
    return {
        "folder_id": over.id,
        "name": name,
        "name_key": names.fold(name),
        "data_type": variable.data_type,
        "value": None if value is None else _typed(variable.data_type, value, name),
        "document": stored.encoded(rest),
    }


def _typed(kind: DataType, value: str, what: str) -> str:
    text = typed_text(kind, value, f"The value of variable {what}")
    check_text(text, f"The value of variable {what}", InvalidArgument, "value")
    return text


def delete(c: Connection, id: int, condition: Precondition = ALWAYS) -> str:
    """Delete a variable; its path.

    Raises:
        VariableNotFound: there is no such variable.
        InUse: a parameter takes its default from it, or a job or folder names it.
        VersionConflict: it is not as the caller demands.
    """
    path = lookup.path(c, _variable, locate(c, id=id))
    held = versions.hold(c, _variable, id, condition)
    user = c.execute(select(_use.c.owner, _use.c.owner_id).where(_use.c.variable_id == id).limit(1)).first()
    if user is not None:
        table = {"job": tables.job, "method": tables.method}.get(user.owner, _folder)
        name = c.scalar(select(table.c.name).where(table.c.id == user.owner_id))
        raise InUse(f"A parameter of {user.owner} {name} takes its default from {path}.", target=path)
    referring.check_unused(c, ValueType.VARIABLE, id, path)
    held.remove(c)
    return path
