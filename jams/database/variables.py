"""Variables: named values in folders."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, select, update

from jams.objects.base import ObjectId, Text
from jams.objects.definitions import Variable
from jams.objects.enums import DataType
from jams.objects.errors import (
    AlreadyExists,
    InUse,
    InvalidArgument,
    JAMSError,
    MissingArgument,
    VariableNotFound,
)
from jams.objects.parts import ACL
from jams.objects.patch import Patch, member_of, patched
from jams.objects.preconditions import ALWAYS, Precondition
from jams.registry import Acceptance, ValueType, marks

from . import (
    audit_changes,
    definition_stamps,
    encrypted_uses,
    folders,
    guarding,
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


Seal = Callable[[int, str], str]
"""Seals the value of the variable of a number. Raises ConfigurationInvalid."""


def no_seal(id: int, value: str) -> str:
    """For a server without a vault."""
    raise InvalidArgument("This server keeps no secrets, and so no encrypted variables.", target=id)


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
    return [_document(_read(row)) for row in guarding.shown(c, _variable, rows)]


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
        encryption_id=row.id if row.secret is not None else None,
        encryption_flag=row.secret is not None,
        last_change_utc=row.changed,
        last_changed_by=row.changed_by,
        version=row.version,
        acl=rest.acl,
        not_obeyed=marks(access_list=rest.acl),
        damage=row.damage,
    )


def sealed(c: Connection, id: int) -> str:
    """The sealed value of an encrypted variable. Raises VariableNotFound where there is none."""
    found: str | None = c.scalar(select(_variable.c.secret).where(_variable.c.id == id))
    if found is None:
        raise VariableNotFound(f"There is no encrypted variable {id}.", target=id)
    return found


def any_encrypted(c: Connection) -> bool:
    """Whether there is a variable whose value is shown to nobody."""
    query = select(_variable.c.id).where(_variable.c.secret.is_not(None)).limit(1)
    return c.execute(query).first() is not None


def is_encrypted(c: Connection, id: int) -> bool:
    """Whether the value of a variable is shown to nobody."""
    query = select(_variable.c.id).where(_variable.c.id == id, _variable.c.secret.is_not(None))
    return c.execute(query).first() is not None


def set_value(
    c: Connection,
    id: int,
    value: str | None,
    *,
    user: str,
    condition: Precondition = ALWAYS,
    secret: str | None = None,
    seal: Seal = no_seal,
) -> str:
    """Give a variable another value; its path. That of an encrypted one may be either.

    Raises:
        InvalidArgument: it is not of the data type, or a secret is given to who would show it.
        VersionConflict: it is not as the caller demands.
        ConfigurationInvalid: it cannot be sealed.
    """
    held = versions.hold(c, _variable, id, condition)
    path = lookup.path(c, _variable, id)
    row = c.execute(select(_variable.c.data_type, _variable.c.secret).where(_variable.c.id == id)).one()
    kind = row.data_type or DataType.TEXT
    if row.secret is not None:
        new = _secret_of(kind, (value if secret is None else secret) or "", path)
        audit_changes.secret(c, _variable, id, _SECRET)
        held.write(c, {"value": None, "secret": seal(id, new)}, user=user)
        return path
    if secret is not None:
        raise InvalidArgument(_NOT_ENCRYPTED, member=_SECRET)
    typed = _typed(kind, value or "", path)
    held.write(c, {"value": typed}, user=user)
    trigger_news.variable_set(c, id, typed)
    return path


_SECRET = "newEncryptedValue"
_NOT_ENCRYPTED = (
    "newEncryptedValue is for an encrypted variable: the value of this one is shown. Set its encryptionFlag "
    "first, or give value."
)


def create(
    c: Connection, variable: Variable, *, user: str, lenient: bool = False, seal: Seal = no_seal
) -> Variable:
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
    secret = values.pop("secret")
    id = versions.make(c, _variable, values, user=user)
    if secret is not None:
        # It is bound to the number, which is not known before.
        c.execute(update(_variable).where(_variable.c.id == id).values(secret=seal(id, secret)))
        audit_changes.secret(c, _variable, id, _SECRET)
    return get(c, id)


def change(
    c: Connection,
    patch: Patch[Variable],
    *,
    id: int | None = None,
    name: str | None = None,
    user: str,
    condition: Precondition = ALWAYS,
    lenient: bool = False,
    seal: Seal = no_seal,
) -> Variable:
    """Change a variable: the one of the number or name, or else the one that the patch itself names.

    ``lenient`` keeps what is known and not obeyed.

    Raises:
        VariableNotFound, FolderNotFound: what is named does not exist.
        AlreadyExists: the new place is taken.
        InvalidName, InvalidArgument, MissingArgument: the document cannot be taken.
        InUse: it would be encrypted, and something compares its value.
        ConfigurationInvalid: its value cannot be sealed.
        PreconditionFailed: it is not as the caller demands.
    """
    by_place = partial(_by_place, c, patch)
    held = versions.hold_meant(c, _variable, patch, locate, by_place, id=id, name=name, condition=condition)
    found = held.id
    before = get(c, found)
    variable = patched(before, patch)
    over = folders.parent(c, variable.parent_folder_id, variable.parent_folder_name)
    values = _content(over, variable, before, lenient)
    _check_free(c, over, variable.variable_name, found)
    if variable.encryption_flag and not before.encryption_flag:
        encrypted_uses.check_not_compared(c, found, before.qualified_name or before.variable_name)
        encrypted_uses.forget_value(c, found)
    if not variable.encryption_flag:
        values["secret"] = None
    elif values["secret"] is None:
        del values["secret"]
    else:
        values["secret"] = seal(found, values["secret"])
        audit_changes.secret(c, _variable, found, _SECRET)
    held.write(c, values, user=user)
    if values["value"] != before.value and not before.encryption_flag and not variable.encryption_flag:
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
    acceptance = Acceptance()
    access_list = acceptance.access_list(variable.acl, before.acl if before else None)
    acceptance.settle(lenient=lenient)
    rest = VariableRest(description=variable.description, acl=access_list)
    value, secret = _values(variable, before, name)
    return {
        "folder_id": over.id,
        "name": name,
        "name_key": names.fold(name),
        "data_type": variable.data_type,
        "value": value,
        "secret": secret,
        "document": stored.encoded(rest),
    }


def _values(variable: Variable, before: Variable | None, name: str) -> tuple[str | None, str | None]:
    """The value that is shown and the one that is to be sealed; None twice leaves a sealed one as it is."""
    kind, value, secret = variable.data_type, variable.value, variable.new_encrypted_value
    was_encrypted = before is not None and before.encryption_flag
    if not variable.encryption_flag:
        if secret is not None:
            raise InvalidArgument(_NOT_ENCRYPTED, member=_SECRET)
        if was_encrypted and value is None:
            raise MissingArgument(
                f"Variable {name} needs a value to be encrypted no more: the one that it has is shown to "
                "nobody.",
                member="value",
            )
        return None if value is None else _typed(kind, value, name), None
    given = value if before is None or value != before.value else None
    if secret is not None and given is not None:
        raise InvalidArgument("Give only one of value or newEncryptedValue.", member=_SECRET)
    new = given if secret is None else secret
    if new is not None:
        return None, _secret_of(kind, new, name)
    if before is not None and was_encrypted:
        if kind is not before.data_type:
            raise MissingArgument(
                f"Variable {name} needs a new value of its new data type: the one that it has is shown to "
                "nobody.",
                member=_SECRET,
            )
        return None, None
    return None, _secret_of(kind, value or "", name)


def _secret_of(kind: DataType, value: str, what: str) -> str:
    """The value of an encrypted variable in the form of its type; what is wrong with it is not repeated."""
    if not value:
        return ""
    try:
        return _typed(kind, value, what)
    except JAMSError:
        raise InvalidArgument(
            f"The value of variable {what} is none of the type {kind.value}, or no text that can be kept.",
            member=_SECRET,
        ) from None


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
        what = f"{user.owner} {name}" if guarding.sees(c, table, user.owner_id) else guarding.CLOSED
        raise InUse(f"A parameter of {what} takes its default from {path}.", target=path)
    referring.check_unused(c, ValueType.VARIABLE, id, path)
    held.remove(c)
    return path
