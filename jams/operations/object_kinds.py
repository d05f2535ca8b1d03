"""Kinds of definitions, for operations that do the same with any of them. Declares no operation."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, Table, select

from jams.database import guarding, lookup, methods, names, object_access, tables
from jams.objects.enums import ObjectType
from jams.objects.errors import (
    AgentNotFound,
    AlertNotFound,
    CalendarNotFound,
    Conflict,
    CredentialNotFound,
    DateTypeNotFound,
    FolderNotFound,
    JobNotFound,
    MenuNotFound,
    MethodNotFound,
    NamedTimeNotFound,
    NotFound,
    QueueNotFound,
    ResourceNotFound,
    SettingNotFound,
    SetupNotFound,
    TriggerNotFound,
    VariableNotFound,
)
from jams.security.rights import (
    AgentDefinitions,
    AlertDefinitions,
    AreaRight,
    CalendarDefinitions,
    Configuration,
    CredentialDefinitions,
    FolderDefinitions,
    JobDefinitions,
    MenuDefinitions,
    Monitor,
    NamedTimeDefinitions,
    QueueDefinitions,
    ResourceDefinitions,
    TriggerDefinitions,
    VariableDefinitions,
)

_OF_ENTRIES: dict[str, AreaRight] = {
    "Abort": Monitor.ABORT,
    "Manage": Monitor.MANAGE,
    "Monitor": Monitor.SEE_OWN,
    "Submit": Monitor.EXECUTE,
}
_OF_JOBS: dict[str, AreaRight] = {f"{right.access}Jobs": right for right in JobDefinitions}


class Kind(NamedTuple):
    """A kind of definitions.

    Attributes:
        table: where they lie.
        missing: the error where there is none of a number or name.
        area: whose rights count.
        further: what else can be done to one, and the right that it takes.
    """

    table: Table
    missing: type[NotFound]
    area: type[AreaRight]
    further: dict[str, AreaRight]

    @property
    def rights(self) -> dict[str, AreaRight]:
        """What can be done to such an object, and the right that it takes."""
        own = {right.access: right for right in self.area}
        if self.table.name in object_access.RIGHTS:
            own.setdefault("Control", self.area["CHANGE"])
        return own | self.further

    @property
    def looking(self) -> AreaRight:
        """The right to look at one."""
        return self.area["INQUIRE"]


KINDS: dict[ObjectType, Kind] = {
    ObjectType.AGENT: Kind(tables.agent, AgentNotFound, AgentDefinitions, {}),
    ObjectType.BATCH_QUEUE: Kind(tables.queue, QueueNotFound, QueueDefinitions, {}),
    ObjectType.CALENDAR: Kind(tables.calendar, CalendarNotFound, CalendarDefinitions, {}),
    ObjectType.FOLDER: Kind(tables.folder, FolderNotFound, FolderDefinitions, {**_OF_JOBS, **_OF_ENTRIES}),
    ObjectType.JOB: Kind(tables.job, JobNotFound, JobDefinitions, _OF_ENTRIES),
    ObjectType.METHOD: Kind(tables.method, MethodNotFound, JobDefinitions, {}),
    ObjectType.NAMED_TIME: Kind(tables.named_time, NamedTimeNotFound, NamedTimeDefinitions, {}),
    ObjectType.RESOURCE: Kind(tables.resource, ResourceNotFound, ResourceDefinitions, {}),
    ObjectType.TRIGGER: Kind(tables.trigger, TriggerNotFound, TriggerDefinitions, {}),
    ObjectType.VARIABLE: Kind(tables.variable, VariableNotFound, VariableDefinitions, {}),
    ObjectType.ALERT: Kind(tables.alert, AlertNotFound, AlertDefinitions, {}),
    ObjectType.MENU: Kind(tables.menu, MenuNotFound, MenuDefinitions, {}),
    ObjectType.DATE_TYPE: Kind(tables.date_type, DateTypeNotFound, CalendarDefinitions, {}),
    ObjectType.SETTING: Kind(tables.setting, SettingNotFound, Configuration, {}),
    ObjectType.CREDENTIAL: Kind(
        tables.credential,
        CredentialNotFound,
        CredentialDefinitions,
        {"Submit": Monitor.EXECUTE, "GetPassword": CredentialDefinitions.DECRYPT},
    ),
    ObjectType.SETUP: Kind(tables.job, SetupNotFound, JobDefinitions, _OF_ENTRIES),
}


def find(c: Connection, object_type: ObjectType, *, id: int | None = None, name: str | None = None) -> int:
    """The number of a definition, by number, path or name.

    Raises:
        NotFound: of the class of its kind: there is none.
        Conflict: several bear the bare name.
    """
    kind = KINDS[object_type]
    table, told = kind.table, name if id is None else id
    missing = kind.missing(f"There is no {object_type.value} {told}.", target=told)
    if id is not None:
        found = list(c.scalars(select(table.c.id).where(table.c.id == id)))
    elif "folder_id" in table.c:
        found = [lookup.locate(c, table, kind.missing, name=name)]
    elif "path_key" in table.c:
        found = list(
            c.scalars(select(table.c.id).where(table.c.path_key == names.fold(names.normalize(name or ""))))
        )
    else:
        key = names.fold((name or "").strip())
        found = list(c.scalars(select(table.c.id).where(table.c.name_key == key)))
    found = guarding.seen(c, table, found)
    if len(found) > 1:
        raise Conflict(f"Several {object_type.value}s are called {name}; give the number.", target=name)
    if not found or (object_type is ObjectType.SETUP and not _is_setup(c, found[0])):
        raise missing
    return int(found[0])


def _is_setup(c: Connection, id: int) -> bool:
    job, method = tables.job, tables.method
    query = select(method.c.base).join(job, job.c.method_id == method.c.id).where(job.c.id == id)
    return str(c.scalar(query)) == methods.SETUP
