"""What access lists of objects let a caller do, asked where objects are found and changed. Declares none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, select

from jams.database import folders, lookup, names, object_access, tables
from jams.objects.errors import AccessDenied, NotFound
from jams.security.access import held_by
from jams.security.caller import Caller
from jams.security.object_lists import Reach, as_written, reach
from jams.security.rights import AccessControl, FolderDefinitions

from .model import Right
from .object_kinds import KINDS

_OWN_RIGHTS = frozenset({"Acquire", "Manage"})
"""Kinds of access by which objects are changed otherwise than in their definition."""

_MISSING = {kind.table: kind.missing for kind in reversed(KINDS.values())}


def reach_of(c: Connection, caller: Caller) -> Reach | None:
    """What lists let a caller do; None where none limits him."""
    return None if caller.passes else reach(c, held_by(caller.account, caller.groups))


def guard_of(caller: Caller, right: Right | None) -> ObjectGuard | None:
    """Who is asked while a caller does what takes a right; None for who passes by all lists."""
    return None if caller.passes else ObjectGuard(caller, right)


class ObjectGuard:
    """A :class:`jams.database.guarding.Guard` for one call."""

    def __init__(self, caller: Caller, right: Right | None) -> None:
        self._caller = caller
        self._changing = right.access if right is not None and right.access in _OWN_RIGHTS else "Change"
        self._reach: Reach | None = None
        self._looked = False
        self._made: set[tuple[str, int]] = set()
        self._listed: set[tuple[str, int]] = set()

    def may(self, c: Connection, table: Table, id: int, right: str, within: int | None = None) -> bool:
        """Whether lists let him do something; ``within`` is the folder in which it lies, if that is known."""
        found = self._found(c)
        if found is None or table.name not in object_access.RIGHTS:
            return True
        if right == "Inquire" and (table.name, id) in self._made:
            return True  # he is told what he has made, whomever its list names
        if within is None:
            within = object_access.folder_of(c, table, id)
        return found.allows(table.name, id, within, right)

    def made(self, c: Connection, table: Table, id: int, values: Mapping[str, Any]) -> None:
        """See that he may put an object where it is put, with the list it has. Raises AccessDenied."""
        if table.name not in object_access.RIGHTS:
            return
        self._made.add((table.name, id))
        place = _place(table, values)
        if place is not None:
            self._check_room(c, table, place)
        if object_access.lines_of(values.get("document")) is not None:
            self._listed.add((table.name, id))
            self._check_control(
                c, tables.folder if place is not None else table, id if place is None else place
            )

    def changes(self, c: Connection, table: Table, id: int, values: Mapping[str, Any]) -> None:
        """See that he may change an object so. Raises AccessDenied, NotFound."""
        if table.name not in object_access.RIGHTS:
            return
        self.check(c, table, id, self._changing)
        place = _place(table, values)
        if place is not None and place != object_access.folder_of(c, table, id):
            self.check(c, table, id, "Delete")
            self._check_room(c, table, place)
        if "document" in values:
            had = object_access.lines_of(object_access.document_of(c, table, id))
            if object_access.lines_of(values["document"]) != had:
                self._check_control(c, table, id)
                self._listed.add((table.name, id))

    def removes(self, c: Connection, table: Table, id: int) -> None:
        """See that he may remove an object. Raises AccessDenied, NotFound."""
        self.check(c, table, id, "Delete")

    def check(self, c: Connection, table: Table, id: int, right: str) -> None:
        """See that lists let him do something to an object.

        Raises:
            NotFound: of the class of its kind: he may not even look at it.
            AccessDenied: he may look at it alone.
        """
        if self.may(c, table, id, right):
            return
        if not self.may(c, table, id, "Inquire"):
            raise _missing(table)(f"There is no {table.name} {id}.", target=id)
        raise self._denied(c, table, id, right)

    def shuts_out(self, c: Connection) -> bool:
        """Whether he may not look any more at something to which he has given a list, as lists are now."""
        if not self._listed:
            return False
        found = as_written(c, held_by(self._caller.account, self._caller.groups))
        tables_of = tables.metadata.tables
        return not all(
            found.allows(name, id, object_access.folder_of(c, tables_of[name], id), "Inquire")
            for name, id in self._listed
        )

    def _check_room(self, c: Connection, table: Table, folder_id: int) -> None:
        self.check(c, tables.folder, folder_id, "Change" if table is tables.folder else "AddJobs")

    def _check_control(self, c: Connection, table: Table, id: int) -> None:
        """See that he may say who may do what to an object. Raises AccessDenied."""
        caller, found = self._caller, self._found(c)
        if caller.may(AccessControl.CHANGE):
            return
        foldered = table is tables.folder or "folder_id" in table.c
        verdict = (
            None if found is None else found.verdict(table.name, id, object_access.folder_of(c, table, id))
        )
        if verdict is None:
            allowed = foldered and caller.may(FolderDefinitions.CONTROL)
        else:
            allowed = "Control" in verdict.rights
            allowed &= table is not tables.folder or caller.may(FolderDefinitions.CONTROL)
        if not allowed:
            raise self._denied(c, table, id, "Control")

    def _denied(self, c: Connection, table: Table, id: int, right: str) -> AccessDenied:
        name = called(c, table, id)
        denied = AccessDenied(
            f"{self._caller.account} lacks the right {right} on {table.name} {name}.", target=name
        )
        denied.lacking = right
        return denied

    def _found(self, c: Connection) -> Reach | None:
        if not self._looked:
            self._reach, self._looked = reach_of(c, self._caller), True
        return self._reach


def called(c: Connection, table: Table, id: int) -> str:
    """The path or name of an object that is there."""
    if table is tables.folder:
        return folders.paths(c, [id]).get(id, str(id))
    if "folder_id" in table.c:
        return lookup.path(c, table, id)
    return names.readable(c.scalar(select(table.c.name).where(table.c.id == id)) or str(id))


def _missing(table: Table) -> type[NotFound]:
    return _MISSING.get(table, NotFound)


def _place(table: Table, values: Mapping[str, Any]) -> int | None:
    found: int | None = values.get("parent_id" if table is tables.folder else "folder_id")
    return found if table is tables.folder or "folder_id" in table.c else None
