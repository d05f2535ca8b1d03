"""Definitions as documents, by the table in which they lie: what revisions are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection, Table, select

from jams.objects.alerts import Alert
from jams.objects.base import Document
from jams.objects.calendars import Calendar, DateType, NamedTime
from jams.objects.capacity import BatchQueue, Resource
from jams.objects.credentials import Credential
from jams.objects.definitions import Agent, Folder, Job, Variable
from jams.objects.menus import Menu
from jams.objects.methods import ExecutionMethod
from jams.objects.settings import Setting
from jams.objects.triggers import Trigger

from . import (
    agents,
    alerts,
    calendars,
    credentials,
    date_types,
    folders,
    jobs,
    menus,
    method_definitions,
    named_times,
    queues,
    resources,
    stored_settings,
    tables,
    triggers,
    variables,
)


class Kind(NamedTuple):
    """Definitions of a table: what their documents are, and how one is read by its number."""

    document: type[Document]
    read: Callable[[Connection, int], Document]


def _calendar(c: Connection, id: int) -> Calendar:
    return replace(calendars.get(c, id), date_types=[])  # these are definitions of their own


def _setting(c: Connection, id: int) -> Setting:
    name = c.execute(select(tables.setting.c.name).where(tables.setting.c.id == id)).scalar_one()
    return stored_settings.get(c, str(name))


KINDS: dict[Table, Kind] = {
    tables.agent: Kind(Agent, lambda c, id: agents.get(c, id=id)),
    tables.alert: Kind(Alert, alerts.get),
    tables.calendar: Kind(Calendar, _calendar),
    tables.credential: Kind(Credential, credentials.document),
    tables.date_type: Kind(DateType, date_types.get),
    tables.folder: Kind(Folder, folders.get),
    tables.job: Kind(Job, jobs.get),
    tables.menu: Kind(Menu, menus.get),
    tables.method: Kind(ExecutionMethod, method_definitions.get),
    tables.named_time: Kind(NamedTime, named_times.get),
    tables.queue: Kind(BatchQueue, queues.get),
    tables.resource: Kind(Resource, resources.get),
    tables.setting: Kind(Setting, _setting),
    tables.trigger: Kind(Trigger, triggers.get),
    tables.variable: Kind(Variable, variables.get),
}
