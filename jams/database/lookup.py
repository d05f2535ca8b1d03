"""Finding an object: by number, by path, or by a name; and whether a name is free."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Table, select

from jams.objects.errors import AlreadyExists, Conflict, NotFound

from . import guarding, names, tables

_folder = tables.folder
_SHOWN = 5


def locate(
    c: Connection, table: Table, missing: type[NotFound], *, id: int | None = None, name: str | None = None
) -> int:
    """The number of the object in ``table`` (which holds folder and name).

    Raises:
        NotFound: of the class ``missing``, when there is none.
        Conflict: several bear the bare name; the message names them.
    """
    what = table.name
    query = select(table.c.id)
    found: Sequence[int]
    if id is not None:
        found = c.scalars(query.where(table.c.id == id)).all()
    elif names.is_path(name or ""):
        parts = names.split(name or "") or [""]
        found = _in_folder(c, table, names.normalize("\\".join(parts[:-1])), parts[-1])
    else:
        found = c.scalars(query.where(table.c.name_key == names.fold((name or "").strip()))).all()
    found = guarding.seen(c, table, found)
    if not found:
        raise missing(f"There is no {what} {name if id is None else id}.", target=id or name)
    if len(found) > 1:
        raise Conflict(f"Several {what}s are called {name}: {_candidates(c, table, found)}.", target=name)
    return int(found[0])


def named(
    c: Connection, table: Table, missing: type[NotFound], *, id: int | None = None, name: str | None = None
) -> int:
    """The number of an object in ``table``, whose objects lie in no folder, by number or name.

    Raises:
        NotFound: of the class ``missing``, when there is none, or none that is to be seen.
    """
    is_it = table.c.id == id if id is not None else table.c.name_key == names.fold((name or "").strip())
    found: int | None = c.scalar(select(table.c.id).where(is_it))
    if found is None or not guarding.sees(c, table, found):
        raise missing(f"There is no {table.name} {name if id is None else id}.", target=id or name)
    return found


def free_name(
    c: Connection, table: Table, name: str, *, id: int | None, borne: str | None, what: str, member: str
) -> str:
    """The name, if an object in ``table``, whose objects lie in no folder, may bear it.

    Args:
        c: reads.
        table: where such objects are.
        name: the name.
        id: number of the object that shall bear it, if there is one yet.
        borne: the name that this one bears.
        what: what it is, with its article.
        member: the member that says the name, for the errors.

    Raises:
        InvalidName: no object can bear it.
        AlreadyExists: another one does.
    """
    names.check_name(name, member, borne)
    if c.scalar(select(table.c.id).where(table.c.name_key == names.fold(name))) not in (None, id):
        raise AlreadyExists(f"There is {what} {name} already.", target=name, member=member)
    return name


def path(c: Connection, table: Table, id: int) -> str:
    """The qualified name of an object that exists."""
    query = select(_folder.c.path, table.c.name).join(table, table.c.folder_id == _folder.c.id)
    row = c.execute(query.where(table.c.id == id)).one()
    return names.join(row.path, row.name)


def in_folder(c: Connection, table: Table, folder_id: int, name: str) -> int | None:
    """The number of the object of that name in a folder, or None."""
    found: int | None = c.scalar(
        select(table.c.id).where(table.c.folder_id == folder_id, table.c.name_key == names.fold(name))
    )
    return found


def _in_folder(c: Connection, table: Table, folder_path: str, name: str) -> list[int]:
    query = select(table.c.id).join(_folder, table.c.folder_id == _folder.c.id)
    key = names.fold(folder_path)
    return list(c.scalars(query.where(_folder.c.path_key == key, table.c.name_key == names.fold(name))))


def _candidates(c: Connection, table: Table, found: Sequence[int]) -> str:
    paths = sorted(path(c, table, id) for id in found[: _SHOWN + 1])
    return ", ".join(paths[:_SHOWN]) + (" …" if len(paths) > _SHOWN else "")
