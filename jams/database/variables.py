"""Variables: named values in folders."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, insert, select, update
from sqlalchemy import delete as sql_delete

from jams.objects.base import Text
from jams.objects.definitions import Variable
from jams.objects.enums import DataType
from jams.objects.errors import AlreadyExists, InUse, InvalidArgument, VariableNotFound
from jams.objects.parts import ACL

from . import definitions, folders, lookup, names, stored, tables
from .columns import AnyRow, new_id
from .parameter_values import check_text, typed_text

_variable = tables.variable
_folder = tables.folder
_use = tables.variable_use


class VariableRest(msgspec.Struct, omit_defaults=True):
    """What of a variable's document has no column."""

    description: Text = ""
    acl: ACL | None = None


_decode = msgspec.json.Decoder(VariableRest).decode


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
    return _document(row)


def in_folder(
    c: Connection, folder: int, *, recursive: bool = False, pattern: str | None = None
) -> list[Variable]:
    """The variables of a folder, and if recursive of those below it, by path."""
    top = folders.locate(c, id=folder)
    query = _documents().where(folders.within(top.path_key, recursive=recursive))
    if pattern:
        query = query.where(names.matches(_variable.c.name_key, pattern))
    rows = c.execute(query.order_by(_folder.c.path_key, _variable.c.name_key))
    return [_document(row) for row in rows]


def _documents() -> Select[Any]:
    joined = _variable.join(_folder, _variable.c.folder_id == _folder.c.id)
    return select(_variable, _folder.c.path.label("folder_path")).select_from(joined)


def _document(row: AnyRow) -> Variable:
    rest = _decode(row.document)
    return Variable(
        variable_id=row.id,
        variable_name=row.name,
        qualified_name=names.join(row.folder_path, row.name),
        parent_folder_id=row.folder_id,
        parent_folder_name=row.folder_path,
        description=rest.description,
        data_type=row.data_type,
        value=row.value,
        current_length=len(row.value or ""),
        last_change_utc=row.changed,
        last_changed_by=row.changed_by,
        acl=rest.acl,
    )


def set_value(c: Connection, id: int, value: str, *, user: str) -> str:
    """Give a variable another value; its path. Raises InvalidArgument when it is not of the data type."""
    path = lookup.path(c, _variable, id)
    kind = c.scalar(select(_variable.c.data_type).where(_variable.c.id == id))
    definitions.changed(c)
    c.execute(
        update(_variable)
        .where(_variable.c.id == id)
        .values(
            value=_typed(kind or DataType.TEXT, value, path),
            version=_variable.c.version + 1,
            changed=datetime.now(UTC),
            changed_by=user,
        )
    )
    return path


def create(c: Connection, variable: Variable, *, user: str) -> Variable:
    """Make a variable; its document as it stands then.

    Raises:
        FolderNotFound: no such folder.
        AlreadyExists: the folder holds a variable of that name.
        InvalidName, InvalidArgument: the document cannot be taken.
    """
    over = folders.parent(c, variable.parent_folder_id, variable.parent_folder_name)
    values = _content(over, variable, user)
    _check_free(c, over, variable.variable_name, None)
    definitions.changed(c)
    made = c.execute(insert(_variable).values(version=1, **values))
    return get(c, new_id(made))


def change(c: Connection, variable: Variable, *, user: str) -> Variable:
    """Replace a variable's definition and value; the number, or else folder and name, says which.

    Raises:
        VariableNotFound, FolderNotFound: what the document names does not exist.
        AlreadyExists: the new place is taken.
        InvalidName, InvalidArgument: the document cannot be taken.
    """
    id, over = _identified(c, variable)
    borne = c.scalar(select(_variable.c.name).where(_variable.c.id == id))
    values = _content(over, variable, user, borne)
    _check_free(c, over, variable.variable_name, id)
    definitions.changed(c)
    query = update(_variable).where(_variable.c.id == id)
    c.execute(query.values(version=_variable.c.version + 1, **values))
    return get(c, id)


def _identified(c: Connection, variable: Variable) -> tuple[int, AnyRow]:
    """The number of the variable that a document is about, and the folder it shall lie in."""
    if variable.variable_id is None:
        over = folders.parent(c, variable.parent_folder_id, variable.parent_folder_name)
        return locate(c, name=names.join(over.path, variable.variable_name)), over
    id = locate(c, id=variable.variable_id)
    if variable.parent_folder_id is None and variable.parent_folder_name is None:
        folder_id = c.scalar(select(_variable.c.folder_id).where(_variable.c.id == id))
        return id, folders.locate(c, id=folder_id)
    return id, folders.parent(c, variable.parent_folder_id, variable.parent_folder_name)


def _check_free(c: Connection, over: AnyRow, name: str, id: int | None) -> None:
    if lookup.in_folder(c, _variable, over.id, name) not in (None, id):
        path = names.join(over.path, name)
        raise AlreadyExists(f"There is a variable {path} already.", target=path, member="variableName")


def _content(over: AnyRow, variable: Variable, user: str, borne: str | None = None) -> dict[str, Any]:
    name = names.check_name(variable.variable_name, "variableName", borne)
    if variable.encryption_flag:
        raise InvalidArgument(
            "The variable cannot be encrypted: values are kept as they are.", member="encryptionFlag"
        )
    rest = VariableRest(description=variable.description, acl=variable.acl)
    value = variable.value
    return {
        "folder_id": over.id,
        "name": name,
        "name_key": names.fold(name),
        "data_type": variable.data_type,
        "value": None if value is None else _typed(variable.data_type, value, name),
        "changed": datetime.now(UTC),
        "changed_by": user,
        "document": stored.encoded(rest),
    }


def _typed(kind: DataType, value: str, what: str) -> str:
    text = typed_text(kind, value, f"The value of variable {what}")
    check_text(text, f"The value of variable {what}", InvalidArgument, "value")
    return text


def delete(c: Connection, id: int) -> str:
    """Delete a variable; its path.

    Raises:
        VariableNotFound: there is no such variable.
        InUse: a parameter takes its default from it.
    """
    path = lookup.path(c, _variable, locate(c, id=id))
    user = c.execute(select(_use.c.owner, _use.c.owner_id).where(_use.c.variable_id == id).limit(1)).first()
    if user is not None:
        table = tables.job if user.owner == "job" else _folder
        name = c.scalar(select(table.c.name).where(table.c.id == user.owner_id))
        raise InUse(f"A parameter of {user.owner} {name} takes its default from {path}.", target=path)
    definitions.changed(c)
    c.execute(sql_delete(_variable).where(_variable.c.id == id))
    return path
