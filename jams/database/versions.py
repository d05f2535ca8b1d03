"""Changing the row of a definition: only as its caller has seen it, and each time with another version.

Versions are drawn from one counter for all definitions. So they grow, and none is ever given again: not even
to a definition that bears the name of a deleted one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from jams.objects.base import NEVER
from jams.objects.errors import (
    InvalidArgument,
    MissingArgument,
    NotFound,
    PreconditionFailed,
    VersionConflict,
)
from jams.objects.events import EventAction
from jams.objects.patch import Patch, member_of, number_member, version_seen, written_name
from jams.objects.preconditions import Precondition

from . import (
    definition_stamps,
    events,
    guarding,
    happenings,
    lookup,
    object_access,
    reference_uses,
    revision_notes,
    tables,
)
from .columns import AnyRow, new_id

_TOPICS = {
    tables.agent: "agent",
    tables.calendar: "calendar",
    tables.folder: "folder",
    tables.job: "job",
    tables.named_time: "time",
    tables.queue: "queue",
    tables.resource: "resource",
    tables.trigger: "trigger",
    tables.variable: "variable",
}
"""Under which topic the scheduler hears of a definition; of a date type it does by its calendar."""


@dataclass(frozen=True)
class Held:
    """A definition that this transaction changes; nobody else can meanwhile.

    Attributes:
        id: its number.
        version: the version that it was found in.
        next: the version that it gets.
    """

    table: Table
    id: int
    version: int
    next: int

    def write(self, c: Connection, values: Mapping[str, Any], *, user: str) -> None:
        """Give the row other values, if it is still in the version that it was found in.

        Raises:
            VersionConflict: it is not.
        """
        guard = guarding.of(c)
        if guard is not None:
            guard.changes(c, self.table, self.id, values)
        written = {"version": self.next, "changed": datetime.now(UTC), "changed_by": user, **values}
        self._done(c, update(self.table).where(*self._found()).values(written))
        events.note(c, self.table, [self.id], EventAction.CHANGED)
        if "document" in values:
            reference_uses.remember(c, self.table, self.id, values["document"])
            object_access.remember(c, self.table, self.id, values["document"], made=False)
        _tell(c, self.table, self.id)

    def remove(self, c: Connection) -> None:
        """Delete the row, likewise. Raises VersionConflict."""
        guard = guarding.of(c)
        if guard is not None:
            guard.removes(c, self.table, self.id)
        _tell(c, self.table, self.id)
        events.note(c, self.table, [self.id], EventAction.REMOVED)
        if self.table is tables.folder:
            object_access.keep_of_removed(c, self.id)
        self._done(c, delete(self.table).where(*self._found()))
        reference_uses.forget(c, self.table, self.id)

    def _found(self) -> tuple[Any, ...]:
        return self.table.c.id == self.id, self.table.c.version == self.version

    def _done(self, c: Connection, statement: Any) -> None:
        if c.execute(statement).rowcount != 1:
            raise VersionConflict(
                f"{_kind(self.table)} {self.id} was changed by somebody else at the same time; try again.",
                target=self.id,
            )


def hold(c: Connection, table: Table, id: int, condition: Precondition) -> Held:
    """Take a definition that exists, to change it or what belongs to it.

    The stamp of all definitions is renewed first, so that transactions take locks in one order.

    Raises:
        VersionConflict: it is in another version than the caller has seen, or is gone meanwhile.
        PreconditionFailed: the caller wants it not to be there.
    """
    fresh = definition_stamps.changed(c)
    row = c.execute(select(table).where(table.c.id == id).with_for_update()).one_or_none()
    if row is None:
        raise VersionConflict(f"{_kind(table)} {id} was deleted by somebody else.", target=id)
    if not condition.holds(row.version):
        raise _refused(c, table, row, condition)
    revision_notes.before(c, table, [id])
    return Held(table, id, row.version, fresh)


def new(c: Connection, values: Mapping[str, Any], *, user: str) -> dict[str, Any]:
    """The values of a row that is made, with its version."""
    return {
        "version": definition_stamps.changed(c),
        "changed": datetime.now(UTC),
        "changed_by": user,
        **values,
    }


def make(c: Connection, table: Table, values: Mapping[str, Any], *, user: str) -> int:
    """Add the row of a definition; its number."""
    id = new_id(c.execute(insert(table).values(new(c, values, user=user))))
    reference_uses.remember(c, table, id, values.get("document"))
    object_access.remember(c, table, id, values.get("document"), made=True)
    guard = guarding.of(c)
    if guard is not None:
        guard.made(c, table, id, values)
    events.note(c, table, [id], EventAction.ADDED)
    _tell(c, table, id)
    return id


def meant(
    patch: Patch[Any],
    id: int | None,
    name: str | None,
    find: Callable[..., int],
    by_itself: Callable[[], int | None],
) -> int | None:
    """The number of the definition that a patch is for; None if there is none yet.

    Args:
        patch: the patch. If it is all there is, its number says which definition, or else ``by_itself``.
        id: the number that stands beside it, or
        name: the name.
        find: finds a definition by either.
        by_itself: finds it by what the patch says of its name and place.

    Raises:
        InvalidArgument: number and name are given, or the patch has another number.
        JAMSError: whatever ``find`` and ``by_itself`` raise; what the latter does not find says so of itself.
    """
    member = number_member(patch.document_type)
    number = None if member is None else member_of(patch, member)
    if id is None and name is None:
        return _by_itself(by_itself) if number is None else find(id=number)
    if id is not None and name is not None:
        raise InvalidArgument("Give only one of id or name.", member="name")
    found = find(id=id, name=name)
    if member is not None and number not in (None, found):
        raise InvalidArgument(
            f"The document is of number {number}, and not of {name if id is None else id}.",
            member=written_name(patch.document_type, member),
        )
    return found


def _by_itself(find: Callable[[], int | None]) -> int | None:
    try:
        return find()
    except NotFound as error:
        error.meant_by_document = True
        raise


def hold_meant(
    c: Connection,
    table: Table,
    patch: Patch[Any],
    find: Callable[..., int],
    own: str | Callable[[], int],
    *,
    id: int | None,
    name: str | None,
    condition: Precondition,
) -> Held:
    """Take the definition that a patch is for, as its caller and the patch itself have seen it.

    Args:
        c: the transaction.
        table: where it is.
        patch: the patch.
        find: finds a definition by ``id`` or ``name``.
        own: the member by which the patch says its name, or what finds it by what the patch says.
        id: the number that stands beside the patch, or
        name: the name.
        condition: what the caller demands.

    Raises as :func:`meant` and :func:`hold` do, and:
        MissingArgument: nothing says which definition it is.
    """
    by_itself = own if callable(own) else lambda: find(c, name=own_name(patch, own))
    found = meant(patch, id, name, partial(find, c), by_itself)
    assert found is not None
    return hold(c, table, found, condition.also(version_seen(patch)))


def own_name(patch: Patch[Any], member: str) -> str:
    """The name that a patch gives its definition. Raises MissingArgument if it says none."""
    name: str | None = member_of(patch, member)
    if name is None:
        wire = written_name(patch.document_type, member)
        raise MissingArgument(f"Give {wire}, or the number.", member=wire)
    return name


def check_absent(condition: Precondition, kind: str, name: str) -> None:
    """Look whether something may be made that does not exist. Raises PreconditionFailed."""
    if not condition.holds(None):
        raise PreconditionFailed(f"{kind} {name} does not exist, and was not to be made.", target=name)


def _tell(c: Connection, table: Table, id: int) -> None:
    """Let the scheduler hear that a definition is made, changed or deleted."""
    if table in _TOPICS:
        happenings.note(c, f"{_TOPICS[table]}:{id}")


def _refused(c: Connection, table: Table, row: AnyRow, condition: Precondition) -> PreconditionFailed:
    name = _name(c, table, row)
    what = f"{_kind(table)} {name}"
    if condition.absent:
        return PreconditionFailed(f"{what} is there already, and was left as it is.", target=name)
    seen = ", ".join(map(str, sorted(condition.versions or ()))) or "the one named"
    changed = row.changed if isinstance(row.changed, datetime) else NEVER
    when = changed.strftime("%Y-%m-%d %H:%M:%S")
    return VersionConflict(
        f"{what} has version {row.version}, not {seen}: {row.changed_by} changed it on {when} UTC. "
        "Get it again, and make your change to that.",
        target=name,
        details={
            "id": str(row.id),
            "version": str(row.version),
            "changedBy": row.changed_by,
            "changed": changed.isoformat(),
        },
    )


def _name(c: Connection, table: Table, row: AnyRow) -> str:
    if "folder_id" in table.c:
        return lookup.path(c, table, row.id)
    return str(row.path if "path" in table.c else row.name)


def _kind(table: Table) -> str:
    return table.name.replace("_", " ").capitalize()
