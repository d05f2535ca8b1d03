"""Access lists of objects: kept beside their documents, so that all of them are read at once."""

from __future__ import annotations

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Table, and_, delete, insert, select, update

from jams.objects.errors import InvalidArgument
from jams.objects.parts import ACE, ACL

from . import tables
from .access_lines import check_length, parts_of, right_of, words_of

_access = tables.object_access
_WRITTEN = "jams.access lists written"

_EDIT = ("Change", "Control", "Delete", "Inquire")
_OF_ENTRIES = ("Abort", "Debug", "Manage", "Monitor", "Submit")

RIGHTS: dict[str, tuple[str, ...]] = {
    "folder": (*_EDIT, "AddJobs", "ChangeJobs", "DeleteJobs", "InquireJobs", *_OF_ENTRIES),
    "job": (*_EDIT, *_OF_ENTRIES),
    "variable": (*_EDIT, "Decrypt"),
    "trigger": _EDIT,
    "agent": (*_EDIT, "Manage", "Submit"),
    "queue": (*_EDIT, "Manage", "Submit"),
    "resource": (*_EDIT, "Acquire", "Manage"),
    "calendar": _EDIT,
    "alert": _EDIT,
    "menu": _EDIT,
    "credential": (*_EDIT, "GetPassword", "Submit"),
}
"""What a list can allow, by the table of the object (semantics 2.15)."""

JOBS, SUBFOLDERS, ONLY_BELOW = 1, 2, 8
"""Bits of the flags: it counts for what lies in the folder, for folders below, not for the folder itself."""

FLAGS = {
    "ThisFolderOnly": 0,
    "ThisFolderAndJobs": JOBS,
    "ThisFolderAndSubfolders": SUBFOLDERS,
    "ThisFolderSubfoldersAndJobs": SUBFOLDERS | JOBS,
    "JobsOnly": ONLY_BELOW | JOBS,
    "SubfoldersOnly": ONLY_BELOW | SUBFOLDERS,
    "SubfoldersAndJobsOnly": ONLY_BELOW | SUBFOLDERS | JOBS,
}
_BY_WORD = {name.casefold(): bits for name, bits in FLAGS.items()} | {str(b): b for b in FLAGS.values()}


class _Holding(Struct):
    acl: ACL | None = None


_decode = msgspec.json.Decoder(_Holding).decode


def lines_of(document: str | None) -> ACL | None:
    """The access list in the document of an object; None when it has none, or cannot be read."""
    if document is None or '"acl"' not in document:
        return None
    try:
        found = _decode(document).acl
    except msgspec.MsgspecError:
        return None
    return found if found is not None and found.generic_acl else None


def flags_of(line: ACE) -> int:
    """The bits of the flags of a line, said by name or number. Raises InvalidArgument."""
    bits = _BY_WORD.get(str(line.flags).strip().casefold() or "0")
    if bits is None:
        raise InvalidArgument(
            f"{str(line.flags)[:100]} says nothing of how a line passes down: there are {', '.join(FLAGS)}.",
            member="flags",
        )
    return bits


def check(table: Table, acl: ACL) -> None:
    """See that a list means something for objects of a table. Raises InvalidArgument."""
    known = {right.casefold(): right for right in RIGHTS[table.name]}
    check_length(len(acl.generic_acl))
    for line in acl.generic_acl:
        if not all(parts_of(line.identifier)):
            raise InvalidArgument(f"{line.identifier[:100]!r} names nobody.", member="identifier")
        if flags_of(line) and table is not tables.folder:
            raise InvalidArgument("Only lines of folders pass down: its flags are 0.", member="flags")
        if not all(text.strip(" ,") for text in line.access_list):
            raise InvalidArgument("A right of an access list has no name.", member="accessList")
        for word in words_of(line):
            right_of(word, known, f"on a {table.name}")


def remember(c: Connection, table: Table, id: int, document: str | None, *, made: bool) -> None:
    """Keep the access list of an object beside its document, which is about to be written or just was.

    Raises:
        InvalidArgument: the list means nothing.
    """
    if table.name not in RIGHTS:
        return
    acl = lines_of(document)
    if acl is None:
        if not made:
            c.execute(delete(_access).where(_of(table, id)))
        return
    check(table, acl)
    _write(c, table, id, acl)


def new_names(c: Connection) -> list[str]:
    """Whom the lists name that were written on the connection since this was asked last."""
    written: list[ACL] = c.info.pop(_WRITTEN, [])
    return [line.identifier for acl in written for line in acl.generic_acl]


def _write(c: Connection, table: Table, id: int, acl: ACL) -> None:
    lines = msgspec.json.encode(_Holding(acl)).decode()
    if c.scalar(select(_access.c.lines).where(_of(table, id))) == lines:
        return
    c.info.setdefault(_WRITTEN, []).append(acl)
    if c.execute(update(_access).where(_of(table, id)).values(lines=lines)).rowcount == 0:
        c.execute(insert(_access).values(kind=table.name, object_id=id, lines=lines))


def keep_of_removed(c: Connection, folder: int) -> None:
    """A folder is about to be removed: lines from above that count for it are kept as its own.

    What was done in it, and what it was itself, is told by then to those alone who could look at it. The list
    of everything else stays as it is; numbers are not given again.
    """
    if c.scalar(select(_access.c.object_id).where(_access.c.kind == tables.folder.name).limit(1)) is None:
        return
    kept = list(_own(c, folder))
    at = folder_of(c, tables.folder, folder)
    while at is not None:
        for line in _own(c, at):
            bits = flags_of(line)
            if bits & SUBFOLDERS:
                line = msgspec.structs.replace(line, flags=str(SUBFOLDERS | bits & JOBS))
                kept.append(line)
        at = folder_of(c, tables.folder, at)
    if kept:
        _write(c, tables.folder, folder, ACL(generic_acl=kept))


def _own(c: Connection, folder: int) -> list[ACE]:
    found = lines_of(c.scalar(select(_access.c.lines).where(_of(tables.folder, folder))))
    return [] if found is None else found.generic_acl


def is_kept(c: Connection, table: Table, id: int) -> bool:
    """Whether there is a list of an object that is there, or was."""
    return c.scalar(select(_access.c.object_id).where(_of(table, id))) is not None


def _of(table: Table, id: int) -> ColumnElement[bool]:
    """The condition on lists to be that of an object."""
    return and_(_access.c.kind == table.name, _access.c.object_id == id)


def all_lists(c: Connection) -> dict[tuple[str, int], ACL]:
    """The access lists of all objects that have one, by table and number."""
    found = {}
    for row in c.execute(select(_access)):
        acl = lines_of(row.lines)
        if acl is not None:
            found[row.kind, row.object_id] = acl
    return found


def tree(c: Connection) -> dict[int, int | None]:
    """The folder above each folder."""
    folder = tables.folder
    return {row.id: row.parent_id for row in c.execute(select(folder.c.id, folder.c.parent_id))}


def folder_of(c: Connection, table: Table, id: int) -> int | None:
    """The folder in which an object lies; None where it lies in none, or is not there."""
    column = table.c.parent_id if table is tables.folder else table.c.get("folder_id")
    found: int | None = None if column is None else c.scalar(select(column).where(table.c.id == id))
    return found


def document_of(c: Connection, table: Table, id: int) -> str | None:
    """The document of an object as it is stored."""
    found: str | None = c.scalar(select(table.c.document).where(table.c.id == id))
    return found


def folders_of_jobs(c: Connection, ids: list[int]) -> dict[int, int]:
    """The folders of these jobs that are there, by number."""
    job = tables.job
    found: dict[int, int] = {}
    for start in range(0, len(ids), 500):
        query = select(job.c.id, job.c.folder_id).where(job.c.id.in_(ids[start : start + 500]))
        found.update({row.id: row.folder_id for row in c.execute(query)})
    return found
