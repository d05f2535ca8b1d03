"""Menus: what they consist of."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, select

from jams.objects.base import Text
from jams.objects.errors import InvalidArgument, JAMSError, MenuNotFound
from jams.objects.menus import Menu, MenuDetail
from jams.objects.parts import ACL
from jams.objects.patch import Patch, patched
from jams.objects.preconditions import ALWAYS, Precondition
from jams.registry import Acceptance, marks

from . import definition_stamps, folders, guarding, lookup, names, stored, tables, versions
from .reading import Found, Reader

_menu = tables.menu
MOST_DETAILS = 250
"""Lines of a menu, at most."""


class Line(msgspec.Struct, omit_defaults=True):
    """A line of a menu, as it is kept."""

    folder_id: int = folders.ROOT_ID
    folders: bool = False
    jobs: bool = False
    setups: bool | None = None
    menus: bool = False
    pattern: Text = ""
    sequence: int = 0


class MenuRest(msgspec.Struct, omit_defaults=True):
    """What of a menu's document has no column."""

    description: Text = ""
    lines: list[Line] = []
    acl: ACL | None = None


_read = Reader(_menu.c, MenuRest)


def find(c: Connection, *, id: int | None = None, name: str | None = None) -> int:
    """The number of a menu, by number or name. Raises MenuNotFound."""
    return lookup.named(c, _menu, MenuNotFound, id=id, name=name)


def rows(c: Connection) -> list[Found]:
    """Every menu as it is kept, by name."""
    return guarding.shown(c, _menu, _read.every(c.execute(select(_menu).order_by(_menu.c.name_key))))


def all_menus(c: Connection) -> list[Menu]:
    """Every menu, by name."""
    found = rows(c)
    paths = folders.paths(c, [line.folder_id for row in found for line in row.rest.lines])
    return [_document(row, paths) for row in found]


def get(c: Connection, id: int) -> Menu:
    """One menu. Raises MenuNotFound."""
    row = _read(c.execute(select(_menu).where(_menu.c.id == find(c, id=id))).one())
    return _document(row, folders.paths(c, [line.folder_id for line in row.rest.lines]))


def create(c: Connection, document: Menu, *, user: str, lenient: bool = False) -> Menu:
    """Make a menu; its document as it stands then. ``lenient`` keeps what is known and not obeyed.

    Raises:
        AlreadyExists: there is one of that name.
        FolderNotFound: a folder that it shows does not exist.
        InvalidName, InvalidArgument: the document cannot be taken.
        NotSupported: it has an access list.
    """
    definition_stamps.lock(c)
    return get(c, versions.make(c, _menu, _content(c, document, None, lenient), user=user))


def change(
    c: Connection,
    patch: Patch[Menu],
    *,
    id: int | None = None,
    name: str | None = None,
    user: str,
    condition: Precondition = ALWAYS,
    lenient: bool = False,
) -> Menu:
    """Change a menu: the one of the number or name, or else the one that the patch itself names.

    Raises as :func:`create` does, and:
        MenuNotFound: there is no such menu.
        VersionConflict, PreconditionFailed: it is not as the caller demands.
    """
    held = versions.hold_meant(c, _menu, patch, find, "menu_name", id=id, name=name, condition=condition)
    found = held.id
    before = get(c, found)
    document = patched(before, patch)
    held.write(c, _content(c, document, before, lenient), user=user)
    return get(c, found)


def delete(c: Connection, id: int, condition: Precondition = ALWAYS) -> str:
    """Delete a menu; its name. Menus that show it show it no more.

    Raises:
        MenuNotFound: there is no such menu.
        VersionConflict: it is not as the caller demands.
    """
    name = get(c, id).menu_name
    versions.hold(c, _menu, id, condition).remove(c)
    return name


def _document(row: Found, paths: dict[int, str]) -> Menu:
    gone = [
        f"menuDetails: The folder of line {place} is not there any more."
        for place, line in enumerate(row.rest.lines, start=1)
        if line.folder_id not in paths
    ]
    return Menu(
        menu_id=row.id,
        menu_name=row.name,
        description=row.rest.description,
        menu_details=[
            MenuDetail(
                menu_id=row.id,
                include_folders=line.folders,
                include_jobs=line.jobs,
                include_setups=line.setups,
                include_menus=line.menus,
                folder_id=line.folder_id,
                folder_name=paths.get(line.folder_id),
                selection_criteria=line.pattern,
                sequence=line.sequence,
                last_change_utc=row.changed,
            )
            for line in row.rest.lines
        ],
        last_change_utc=row.changed,
        last_changed_by=row.changed_by,
        version=row.version,
        damage=row.damage,
        not_obeyed=[*gone, *marks(access_list=row.rest.acl)],
        acl=row.rest.acl,
    )


def _content(c: Connection, document: Menu, before: Menu | None, lenient: bool) -> dict[str, Any]:
    id, borne = (before.menu_id, before.menu_name) if before else (None, None)
    name = lookup.free_name(
        c, _menu, document.menu_name, id=id, borne=borne, what="a menu", member="menuName"
    )
    key = names.fold(name)
    if len(document.menu_details) > MOST_DETAILS:
        raise InvalidArgument(f"A menu has at most {MOST_DETAILS} lines.", member="menuDetails")
    acceptance = Acceptance()
    access_list = acceptance.access_list(document.acl, before.acl if before else None)
    acceptance.settle(lenient=lenient)
    stood = before.menu_details if before else []
    lines = [_line(c, each, stood) for each in document.menu_details]
    rest = MenuRest(
        description=document.description,
        lines=sorted(lines, key=lambda each: each.sequence),
        acl=access_list,
    )
    return {"name": name, "name_key": key, "document": stored.encoded(rest)}


def _line(c: Connection, detail: MenuDetail, stood: list[MenuDetail]) -> Line:
    setups = detail.include_setups
    if not (detail.include_folders or detail.include_jobs or setups or detail.include_menus):
        raise InvalidArgument(
            "A line of a menu includes folders, jobs, setups or menus: give includeJobs, or another.",
            member="menuDetails",
        )
    return Line(
        folder_id=_folder(c, detail, stood),
        folders=detail.include_folders,
        jobs=detail.include_jobs,
        setups=setups,
        menus=detail.include_menus,
        pattern=detail.selection_criteria.strip(),
        sequence=detail.sequence,
    )


def _folder(c: Connection, detail: MenuDetail, stood: list[MenuDetail]) -> int:
    """The number of the folder of a line; one that is gone may stand where it stood."""
    if detail.folder_id is None and detail.folder_name is None:
        return folders.ROOT_ID
    if detail.folder_name is None and any(
        each.folder_id == detail.folder_id and each.folder_name is None for each in stood
    ):
        return int(detail.folder_id or 0)
    try:
        return folders.find(
            c, id=detail.folder_id if detail.folder_name is None else None, name=detail.folder_name
        )
    except JAMSError as error:
        error.member = "menuDetails"
        raise
