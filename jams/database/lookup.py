r"""Finding a job or a variable: by number, by path, or by a bare name that only one of them bears."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Table, select

from jams.objects.errors import Conflict, NotFound

from . import names, tables

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
    if not found:
        raise missing(f"There is no {what} {name if id is None else id}.", target=id or name)
    if len(found) > 1:
        raise Conflict(f"Several {what}s are called {name}: {_candidates(c, table, found)}.", target=name)
    return int(found[0])


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
