"""A town in which rows are damaged by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from jams.database import tables
from jams.objects.alerts import Alert
from jams.objects.base import Duration
from jams.objects.calendars import Calendar, Date, DateType, NamedTime
from jams.objects.capacity import BatchQueue, Resource
from jams.objects.credentials import Credential
from jams.objects.definitions import Agent, Variable
from jams.objects.enums import AgentType
from jams.objects.menus import Menu
from jams.objects.parts import ParamDef, PropertyValue
from jams.operations import CATALOGUE
from jams.operations.arguments import arguments_from
from jams.security.caller import Credentials
from tests.support.schedule import ended
from tests.support.town import Town, town

ME = "ada"
KINDS = {
    "folder": tables.folder,
    "job": tables.job,
    "variable": tables.variable,
    "agent": tables.agent,
    "calendar": tables.calendar,
    "date_type": tables.date_type,
    "calendar_date": tables.calendar_date,
    "named_time": tables.named_time,
    "queue": tables.queue,
    "resource": tables.resource,
    "alert": tables.alert,
    "menu": tables.menu,
    "credential": tables.credential,
    "entry": tables.entry,
    "history": tables.history,
    "entry_audit": tables.entry_audit,
    "audit": tables.audit,
}


class Room:
    """A town with two of everything; the second of each is the one that is damaged."""

    def __init__(self, place: Town, path: Path) -> None:
        self.town = place
        self.path = path
        place.admit(ME)
        for n in (1, 2):
            made = place.desk
            made.folder(f"\\F{n}")
            made.job(f"\\J{n}", parameters=[ParamDef(param_name="p")], description="about")
            self.call("create_variable", variable=Variable(variable_name=f"V{n}", value="1"))
            host = [PropertyValue(property_name="Address", current_value="h")]
            agent = Agent(agent_name=f"A{n}", agent_type=AgentType.WIN_RM, properties=host)
            self.call("create_agent", agent=agent)
            self.call("create_calendar", calendar=Calendar(calendar_name=f"C{n}"))
            dates = [Date(start_date=date(2026, 1, n))]
            types = DateType(date_type_type=f"T{n}", calendar_name=f"C{n}", dates=dates)
            self.call("create_date_type", date_type=types)
            window = NamedTime(
                time_name=f"N{n}", start_time=Duration(total_seconds=0), end_time=Duration(total_seconds=60)
            )
            self.call("create_named_time", named_time=window)
            self.call("create_queue", queue=BatchQueue(queue_name=f"Q{n}"))
            self.call("create_resource", resource=Resource(resource_name=f"R{n}"))
            self.call("create_alert", alert=Alert(alert_name=f"L{n}"))
            self.call("create_menu", menu=Menu(menu_name=f"M{n}"))
            self.call("create_credential", credential=Credential(credential_name=f"P{n}", password="x"))
            done = self.submit(f"\\J{n}")
            place.scheduler.run_ended(ended(place.executing(done)))
            place.over(done)
        self.held = [self.submit(f"\\J{n}", hold=True) for n in (1, 2)]

    def call(self, operation: str, **inputs: Any) -> Any:
        """The answer as it comes over the wire, where it is read strictly."""
        found = CATALOGUE[operation]
        credentials = Credentials(username=ME, password="x")
        answer = self.town.dispatcher.call(found, arguments_from(found, inputs), credentials=credentials)
        return msgspec.msgpack.decode(msgspec.msgpack.encode(answer), type=CATALOGUE[operation].result)

    def submit(self, name: str, **members: Any) -> int:
        number: int = self.call("submit_job", name=name, **members).jams_entry
        self.town.scheduler.wake()
        return number

    def sql(self, statement: str, *values: Any) -> list[Any]:
        with closing(sqlite3.connect(self.path, timeout=10)) as connection, connection:
            return connection.execute(statement, values).fetchall()

    def damage(self, table: str, key: int, column: str, value: Any) -> None:
        version = ", version = version + 1" if column != "version" and "version" in KINDS[table].c else ""
        self.sql(f"UPDATE {table} SET {column} = ?{version} WHERE {_key(table)} = ?", value, key)
        self.sql("UPDATE counter SET definitions = definitions + 1, version = version + 1")

    def value(self, table: str, key: int, column: str) -> Any:
        """What stands in a column of a row."""
        ((value,),) = self.sql(f"SELECT {column} FROM {table} WHERE {_key(table)} = ?", key)
        return value

    def last(self, table: str) -> int:
        """The number of the row that is damaged: of entries the one that is held."""
        ((number,),) = self.sql(f"SELECT max({_key(table)}) FROM {table}")
        return int(number)

    def broken(self, table: str) -> int:
        """Damage the second of a kind beyond all reading; its number."""
        number = self.last(table)
        self.damage(table, number, "document", '{"parameters": [{')
        return number


@contextmanager
def damaged_room(home: Path) -> Iterator[Room]:
    """A room that is closed at the end."""
    with town(home) as made:
        yield Room(made, home / "jams.db")


def _key(table: str) -> str:
    return str(next(iter(KINDS[table].primary_key)).name)
