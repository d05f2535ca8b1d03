"""Named times: parts of the day with a name (semantics 2.13)."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta
from msgspec.structs import replace
from sqlalchemy import Connection, select

from jams.objects.base import Duration, Text
from jams.objects.calendars import NamedTime
from jams.objects.capacity import Reference
from jams.objects.errors import InvalidArgument, NamedTimeNotFound
from jams.objects.patch import Patch, patched
from jams.objects.preconditions import ALWAYS, Precondition
from jams.registry import Acceptance, ValueType

from . import definition_stamps, lookup, names, referring, stored, tables, versions
from .columns import AnyRow
from .reading import Reader

_time = tables.named_time
_DAY_SECONDS = 86_400
_NOT_BY_ITSELF = "Named times are not enabled and disabled by themselves here yet."


class NamedTimeRest(msgspec.Struct, omit_defaults=True):
    """What of a named time's document has no column."""

    description: Text = ""


_SECOND = Annotated[int, Meta(ge=0, lt=_DAY_SECONDS)]
_read = Reader(_time.c, NamedTimeRest, start_second=_SECOND, end_second=_SECOND)


def find(c: Connection, *, id: int | None = None, name: str | None = None) -> int:
    """The number of a named time, by number or name. Raises NamedTimeNotFound."""
    query = select(_time.c.id)
    if id is not None:
        query = query.where(_time.c.id == id)
    else:
        query = query.where(_time.c.name_key == names.fold((name or "").strip()))
    found: int | None = c.scalar(query)
    if found is None:
        raise NamedTimeNotFound(f"There is no named time {name if id is None else id}.", target=id or name)
    return found


def all_named_times(c: Connection) -> list[NamedTime]:
    """Every named time, by name."""
    return [_document(row) for row in c.execute(select(_time).order_by(_time.c.name_key))]


def get(c: Connection, id: int) -> NamedTime:
    """One named time. Raises NamedTimeNotFound."""
    return _document(c.execute(select(_time).where(_time.c.id == find(c, id=id))).one())


def _document(read: AnyRow) -> NamedTime:
    row = _read(read)
    document = NamedTime(
        time_id=row.id,
        time_name=row.name,
        description=row.rest.description,
        start_time=Duration(total_seconds=row.start_second),
        end_time=Duration(total_seconds=row.end_second),
        enabled=row.enabled,
        auto_enable=row.auto_enable,
        auto_disable=row.auto_disable,
        last_auto_action_utc=row.last_auto_action,
        last_change_utc=row.changed,
        last_changed_by=row.changed_by,
        version=row.version,
        damage=row.damage,
    )
    acceptance = Acceptance()
    _by_itself(acceptance, document)
    return replace(document, not_obeyed=acceptance.texts())


def create(c: Connection, document: NamedTime, *, user: str, lenient: bool = False) -> NamedTime:
    """Make a named time. ``lenient`` keeps what is known and not obeyed.

    Raises:
        AlreadyExists: there is one of that name.
        InvalidName, InvalidArgument: the document cannot be taken.
    """
    definition_stamps.lock(c)
    values = _content(c, document, None, lenient)
    return get(c, versions.make(c, _time, values, user=user))


def change(
    c: Connection,
    patch: Patch[NamedTime],
    *,
    id: int | None = None,
    name: str | None = None,
    user: str,
    condition: Precondition = ALWAYS,
    lenient: bool = False,
) -> NamedTime:
    """Change a named time: the one of the number or name, or else the one that the patch itself names.

    ``lenient`` keeps what is known and not obeyed.

    Raises:
        NamedTimeNotFound: there is no such named time.
        AlreadyExists: another one has the new name.
        InvalidName, InvalidArgument, MissingArgument: the document cannot be taken.
        PreconditionFailed: it is not as the caller demands.
    """
    held = versions.hold_meant(c, _time, patch, find, "time_name", id=id, name=name, condition=condition)
    found = held.id
    before = get(c, found)
    held.write(c, _content(c, patched(before, patch), before, lenient), user=user)
    return get(c, found)


def set_enabled(c: Connection, id: int, enabled: bool, *, user: str, condition: Precondition = ALWAYS) -> str:
    """Open or close a named time for everything that refers to it; its name.

    Raises:
        VersionConflict: it is not as the caller demands.
    """
    versions.hold(c, _time, id, condition).write(c, {"enabled": enabled}, user=user)
    return get(c, id).time_name


def delete(c: Connection, id: int, condition: Precondition = ALWAYS) -> str:
    """Delete a named time; its name.

    Raises:
        NamedTimeNotFound: there is no such named time.
        InUse: a job or folder refers to it.
        VersionConflict: it is not as the caller demands.
    """
    name = get(c, id).time_name
    held = versions.hold(c, _time, id, condition)
    referring.check_unused(c, ValueType.NAMED_TIME, id, name)
    held.remove(c)
    return name


def references_to(c: Connection, id: int) -> list[Reference]:
    """Which jobs and folders refer to a named time. Raises NamedTimeNotFound."""
    return referring.references(c, ValueType.NAMED_TIME, id, get(c, id).time_name)


def _content(c: Connection, document: NamedTime, before: NamedTime | None, lenient: bool) -> dict[str, Any]:
    id, borne = (before.time_id, before.time_name) if before else (None, None)
    name = lookup.free_name(
        c, _time, document.time_name, id=id, borne=borne, what="a named time", member="timeName"
    )
    key = names.fold(name)
    acceptance = Acceptance()
    _by_itself(acceptance, document, before)
    acceptance.settle(lenient=lenient)
    return {
        "name": name,
        "name_key": key,
        "start_second": _second(document.start_time, "startTime"),
        "end_second": _second(document.end_time, "endTime"),
        "enabled": document.enabled,
        "auto_enable": document.auto_enable,
        "auto_disable": document.auto_disable,
        "document": stored.encoded(NamedTimeRest(description=document.description)),
    }


def _by_itself(acceptance: Acceptance, document: NamedTime, before: NamedTime | None = None) -> None:
    """Note what a named time shall do by itself, and did not before."""
    if document.auto_enable and not (before and before.auto_enable):
        acceptance.member("autoEnable", _NOT_BY_ITSELF)
    if document.auto_disable and not (before and before.auto_disable):
        acceptance.member("autoDisable", _NOT_BY_ITSELF)


def _second(span: Duration, member: str) -> int:
    """Seconds since midnight; the midnight at the end of the day is the one that begins the next."""
    if not 0 <= span.total_seconds <= _DAY_SECONDS:
        raise InvalidArgument(f"{member} is a time of day: 0 to {_DAY_SECONDS} seconds.", member=member)
    return span.total_seconds % _DAY_SECONDS
