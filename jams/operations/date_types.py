"""Date types, by their number, or by their name and, where several calendars have one, its calendar."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.database import date_types
from jams.database.date_type_records import find_calendar, find_type
from jams.objects.base import Name, ObjectId, Text
from jams.objects.calendars import DateType
from jams.objects.errors import DateTypeNotFound, InvalidArgument
from jams.objects.patch import Patch
from jams.security.rights import CalendarDefinitions

from . import offers
from .catalogue import Binding, Message
from .context import Context, one_of
from .declaration import operation
from .making import changed_or_made

COLUMNS = ("dateTypeID", "dateTypeType", "calendarName", "continuous", "description")
ALIASES = {"date_type_type": ("name",), "calendar_name": ("calendar",)}
BINDING = Binding(
    names={"date_type_id": "", "date_type_type": "Name", "calendar_id": "", "calendar_name": "Calendar"},
    shows="get_date_type",
    path=("date_type_type",),
    beside={"calendar": "calendar_name"},
)
PIPELINE = {"name": "DateTypeType", "calendar": "CalendarName"}


@operation(
    right=CalendarDefinitions.INQUIRE,
    rest="GET /datetype?calendar,calendarId",
    soap="DateType.List",
    cmdlet="Get-JAMSDateType",
    command="date-types",
    names={"calendar_id": "calendarId"},
    columns=COLUMNS,
    offers=offers.OF_CALENDAR,
    pipeline={"calendar": "CalendarName"},
    binding=Binding(set="Pattern", pattern="dateTypeType", container="Dates"),
)
def list_date_types(
    context: Context, calendar: Name | None = None, calendar_id: ObjectId | None = None
) -> list[DateType]:
    """List the date types of a calendar, or of all calendars, with their dates, by name.

    Args:
        calendar: name of the calendar.
        calendar_id: number of the calendar.

    Raises:
        CalendarNotFound: there is no such calendar.
    """

    def work(c: Connection) -> list[DateType]:
        if calendar is None and calendar_id is None:
            return date_types.in_calendar(c, None)
        one_of(calendar=calendar, calendarId=calendar_id)
        return date_types.in_calendar(c, find_calendar(c, id=calendar_id, name=calendar))

    return context.read(work)


@operation(
    right=CalendarDefinitions.INQUIRE,
    rest=("GET /datetype/{id}?calendar", "GET /datetype/details?name,calendar"),
    soap="DateType.Get",
    cmdlet="Get-JAMSDateType",
    command="date-type",
    key=("name", "id"),
    offers={"name": offers.DATE_TYPE_NAMES, **offers.OF_CALENDAR},
    columns=COLUMNS,
    pipeline=PIPELINE,
    binding=Binding(set="Name"),
)
def get_date_type(
    context: Context, id: ObjectId | None = None, name: Text | None = None, calendar: Name | None = None
) -> DateType:
    """Show one date type with its dates.

    Args:
        id: number of the date type.
        name: name of the date type.
        calendar: name of its calendar, where several have one of that name.

    Raises:
        DateTypeNotFound: there is no such date type.
        CalendarNotFound: there is no such calendar.
        Conflict: several calendars have a date type of that name.
    """
    one_of(id=id, name=name)
    return context.read(lambda c: date_types.get(c, date_types.find(c, id=id, name=name, calendar=calendar)))


@operation(
    right=CalendarDefinitions.ADD,
    rest="POST /datetype",
    soap="DateType.Create",
    cmdlet="New-JAMSDateType",
    command="create-date-type",
    aliases=ALIASES,
    offers={"calendar_name": offers.CALENDAR_NAMES},
    created=True,
    binding=BINDING,
)
def create_date_type(context: Context, date_type: DateType) -> Message:
    """Create a date type in the calendar that its document names (the default one if none), with its dates.

    Args:
        date_type: the new date type.

    Raises:
        CalendarNotFound: there is no such calendar.
        DateTypeNotFound: a date type that it shall include does not exist.
        AlreadyExists: the calendar has a date type of that name, or a date is given twice.
        InvalidName: the name, or that of a specific type, is not one that can be borne.
        InvalidArgument: it cannot include what it shall include.
        InvalidCalendar: its dates contradict its definition.
    """
    made = context.write(lambda c: date_types.create(c, date_type, user=context.caller.account))
    return f"Date type {made.date_type_type} was created."


@operation(
    right=CalendarDefinitions.CHANGE,
    rest="PUT /datetype",
    soap="DateType.Change",
    cmdlet="Set-JAMSDateType",
    command="change-date-type",
    key=("name", "id"),
    aliases=ALIASES,
    offers={"name": offers.DATE_TYPE_NAMES, "calendar_name": offers.CALENDAR_NAMES},
    pipeline={"name": "DateTypeType"},
    binding=BINDING,
)
def change_date_type(
    context: Context, date_type: Patch[DateType], id: ObjectId | None = None, name: Name | None = None
) -> Message:
    """Change a date type, or create it if it does not exist. What is left out stays as it is.

    Number or name say which date type; or else the document's number, or its name and calendar. With a
    number, or a name beside it, the document may rename the date type or move it. Null gives a member its
    default. Dates that are given replace all that are there.

    Args:
        date_type: what shall be otherwise.
        id: number of the date type.
        name: name of the date type, if only one calendar has one of that name.

    Raises:
        AccessDenied: the date type does not exist, and the caller may not create one.
        DateTypeNotFound: there is no such date type, or one that it shall include does not exist.
        CalendarNotFound: there is no such calendar.
        Conflict: several calendars have a date type of that name.
        AlreadyExists: the calendar has a date type of that name, or a date is given twice.
        InvalidName: the name, or that of a specific type, is not one that can be borne.
        InvalidArgument: it cannot include what it shall include.
        InvalidCalendar: its dates contradict its definition.
    """
    changed, done = changed_or_made(
        context,
        date_type,
        change=lambda c: date_types.change(
            c,
            date_type,
            id=id,
            name=name,
            user=context.caller.account,
            condition=context.condition,
        ),
        create=lambda c, new: date_types.create(c, new, user=context.caller.account),
        missing=DateTypeNotFound,
        right=CalendarDefinitions.ADD,
        kind="Date type",
        name="date_type_type",
    )
    return f"Date type {changed.date_type_type} was {done}."


@operation(
    right=CalendarDefinitions.DELETE,
    rest=("DELETE /datetype/{id}?calendar", "DELETE /datetype?name,calendar,calendarId"),
    soap="DateType.Delete",
    cmdlet="Remove-JAMSDateType",
    command="delete-date-type",
    key=("name", "id"),
    names={"calendar_id": "calendarId"},
    offers={"name": offers.DATE_TYPE_NAMES, **offers.OF_CALENDAR},
    pipeline=PIPELINE,
    binding=Binding(names={"calendar_id": ""}),
    versioned=True,
)
def delete_date_type(
    context: Context,
    id: ObjectId | None = None,
    name: Name | None = None,
    calendar: Name | None = None,
    calendar_id: ObjectId | None = None,
) -> Message:
    """Delete a date type with its dates.

    Args:
        id: number of the date type.
        name: name of the date type.
        calendar: name of its calendar, where several have one of that name.
        calendar_id: number of its calendar, in place of the name.

    Raises:
        DateTypeNotFound: there is no such date type.
        CalendarNotFound: there is no such calendar.
        Conflict: several calendars have a date type of that name.
        InUse: another date type includes it.
    """
    one_of(id=id, name=name)

    def work(c: Connection) -> str:
        if calendar_id is None or id is not None:
            found = date_types.find(c, id=id, name=name, calendar=calendar)
        elif calendar is not None:
            raise InvalidArgument("Give only one of calendar or calendarId.", member="calendarId")
        else:
            found = find_type(c, name=name, calendar_id=find_calendar(c, id=calendar_id))
        return date_types.delete(c, found, context.condition)

    return f"Date type {context.write(work)} was deleted."
