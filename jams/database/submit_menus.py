"""What submit menus show: menus, folders, and the jobs and setups that somebody may submit."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, select

from jams.objects.definitions import Job
from jams.objects.errors import InvalidArgument
from jams.objects.menus import SubmitMenuItem, SubmitMenuType

from . import folders, guarding, jobs, menus, methods, names, tables
from .reading import Found
from .sight import Sight, folders_within

_folder = tables.folder


def top(c: Connection, sight: Sight) -> list[SubmitMenuItem]:
    """What is shown first: the menus that no other one shows, or without menus what lies in the root."""
    found = menus.rows(c)
    if not found:
        return _root(c, sight)
    shown = {item.id for row in found for item in _menus_in(c, row, found) if item.id != row.id}
    firsts = [row for row in found if row.id not in shown] or found
    return [_item(SubmitMenuType.MENU, row.name, row.name, row.id) for row in firsts]


def within(
    c: Connection, kind: SubmitMenuType, id: int | None, name: str | None, sight: Sight
) -> list[SubmitMenuItem]:
    """What a menu or folder shows.

    Raises:
        MenuNotFound, FolderNotFound: there is none.
        InvalidArgument: a job or setup holds nothing.
    """
    if kind is SubmitMenuType.MENU:
        return _of_menu(c, menus.find(c, id=id, name=name), sight)
    if kind is SubmitMenuType.FOLDER:
        found = folders.find(c, id=id, name=name)
        if found == folders.ROOT_ID:
            return _root(c, sight)
        return [*_folders(c, found, "", sight), *_jobs(c, found, "", sight, jobs=True, setups=True)]
    raise InvalidArgument("Menus and folders hold others; jobs and setups are submitted.", member="menuType")


def _root(c: Connection, sight: Sight) -> list[SubmitMenuItem]:
    if sight.within is not None and folders.ROOT_ID not in sight.within:
        # Who is limited to folders begins there.
        query = select(_folder).where(_folder.c.id.in_(sight.within)).order_by(_folder.c.path_key)
        return [_of_folder(row) for row in c.execute(query)]
    root = folders.ROOT_ID
    return [*_folders(c, root, "", sight), *_jobs(c, root, "", sight, jobs=True, setups=True)]


def _of_menu(c: Connection, id: int, sight: Sight) -> list[SubmitMenuItem]:
    found = menus.rows(c)
    row = next(each for each in found if each.id == id)
    items: dict[tuple[SubmitMenuType, int], SubmitMenuItem] = {}
    for line in row.rest.lines:
        for item in _of_line(c, line, found, sight):
            items.setdefault((item.menu_type, item.id), item)
    return list(items.values())


def _of_line(c: Connection, line: menus.Line, found: list[Found], sight: Sight) -> Iterator[SubmitMenuItem]:
    if line.menus:
        yield from _matching(c, line, found)
    if line.folders:
        yield from _folders(c, line.folder_id, line.pattern, sight)
    setups = line.jobs if line.setups is None else line.setups
    if line.jobs or setups:
        yield from _jobs(c, line.folder_id, line.pattern, sight, jobs=line.jobs, setups=setups)


def _menus_in(c: Connection, row: Found, found: list[Found]) -> Iterator[SubmitMenuItem]:
    for line in row.rest.lines:
        if line.menus:
            yield from _matching(c, line, found)


def _matching(c: Connection, line: menus.Line, found: list[Found]) -> Iterator[SubmitMenuItem]:
    query = select(tables.menu.c.id)
    if line.pattern:
        query = query.where(names.matches(tables.menu.c.name_key, line.pattern))
    there = set(c.scalars(query))
    for each in found:
        if each.id in there:
            yield _item(SubmitMenuType.MENU, each.name, each.name, each.id)


def _folders(c: Connection, id: int, pattern: str, sight: Sight) -> Iterator[SubmitMenuItem]:
    query = select(_folder).where(_folder.c.parent_id == id, *_inside(c, sight))
    if pattern:
        query = query.where(names.matches(_folder.c.name_key, pattern))
    rows = c.execute(query.order_by(_folder.c.name_key)).all()
    yield from (_of_folder(row) for row in rows if guarding.sees(c, _folder, row.id))


def _jobs(
    c: Connection, folder: int, pattern: str, sight: Sight, *, jobs: bool, setups: bool
) -> Iterator[SubmitMenuItem]:
    there = c.scalar(select(_folder.c.id).where(_folder.c.id == folder, *_inside(c, sight)))
    if there is None:
        return
    for job in _submittable(c, folder, pattern):
        kind = SubmitMenuType.SETUP if job.method_name == methods.SETUP else SubmitMenuType.JOB
        if setups if kind is SubmitMenuType.SETUP else jobs:
            yield _item(kind, job.qualified_name or "", job.job_name, job.job_id or 0)


def _submittable(c: Connection, folder: int, pattern: str) -> Iterator[Job]:
    """The jobs of a folder that can be submitted: those that are enabled, and whole."""
    for job in jobs.in_folder(c, folder, pattern=pattern or None):
        said = next((each for each in job.properties if each.property_name == "Enabled"), None)
        own = None if said is None else said.current_value
        above = None if said is None else said.default_value
        allowed = guarding.may(c, tables.job, job.job_id or 0, "Submit", folder)
        if allowed and (above if own is None else own) is not False and job.damage is None:
            yield job


def _inside(c: Connection, sight: Sight) -> list[ColumnElement[bool]]:
    return [] if sight.within is None else [folders_within(c, sight.within)]


def _of_folder(row: Found) -> SubmitMenuItem:
    name = names.readable(row.name)
    return _item(SubmitMenuType.FOLDER, names.readable(row.path), name, row.id)


def _item(kind: SubmitMenuType, name: str, text: str, id: int) -> SubmitMenuItem:
    return SubmitMenuItem(menu_name=name, menu_type=kind, menu_text=text, id=id)
