"""Calendars, named by their number or name. Date types and dates have operations of their own."""

from __future__ import annotations

from jams.database import calendars
from jams.database.date_type_records import find_calendar
from jams.objects.base import Name, ObjectId, Text
from jams.objects.calendars import Calendar
from jams.objects.errors import CalendarNotFound
from jams.objects.patch import Patch
from jams.security.rights import CalendarDefinitions

from . import offers
from .catalogue import Binding, Message
from .context import Context, one_of
from .declaration import operation
from .making import changed_or_made

COLUMNS = ("calendarID", "calendarName", "description", "lastChangeUTC")
ALIASES = {"calendar_name": ("name",)}
BINDING = Binding(
    names={"calendar_id": "", "calendar_name": "Name"}, shows="get_calendar", path=("calendar_name",)
)
PIPELINE = {"name": "CalendarName"}


@operation(
    right=CalendarDefinitions.INQUIRE,
    rest="GET /calendar",
    soap="Calendar.List",
    cmdlet="Get-JAMSCalendar",
    command="calendars",
    columns=COLUMNS,
    binding=Binding(set="Pattern", pattern="calendarName", container="Calendars"),
)
def list_calendars(context: Context) -> list[Calendar]:
    """List the calendars with their date types, by name."""
    return context.read(calendars.all_calendars)


@operation(
    right=CalendarDefinitions.INQUIRE,
    rest=("GET /calendar/{id}", "GET /calendar/details?name", "GET /calendar?name"),
    soap="Calendar.Get",
    cmdlet="Get-JAMSCalendar",
    command="calendar",
    key=("name", "id"),
    offers=offers.CALENDAR,
    columns=COLUMNS,
    pipeline=PIPELINE,
    binding=Binding(set="Name"),
)
def get_calendar(context: Context, id: ObjectId | None = None, name: Text | None = None) -> Calendar:
    """Show one calendar with its date types and their dates.

    Args:
        id: number of the calendar.
        name: name of the calendar.

    Raises:
        CalendarNotFound: there is no such calendar.
    """
    one_of(id=id, name=name)
    return context.read(lambda c: calendars.get(c, find_calendar(c, id=id, name=name)))


@operation(
    right=CalendarDefinitions.ADD,
    rest="POST /calendar",
    soap="Calendar.Create",
    cmdlet="New-JAMSCalendar",
    command="create-calendar",
    aliases=ALIASES,
    created=True,
    binding=BINDING,
)
def create_calendar(context: Context, calendar: Calendar) -> Message:
    """Create a calendar. Its date types are created one by one afterwards.

    Args:
        calendar: the new calendar.

    Raises:
        AlreadyExists: there is a calendar of that name.
        InvalidName: the name is not one a calendar can bear.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    made = context.write(
        lambda c: calendars.create(c, calendar, user=context.caller.account, lenient=context.lenient)
    )
    return f"Calendar {made.calendar_name} was created.{context.remarks(made.not_obeyed)}"


@operation(
    right=CalendarDefinitions.CHANGE,
    rest="PUT /calendar",
    soap="Calendar.Change",
    cmdlet="Set-JAMSCalendar",
    command="change-calendar",
    key=("name", "id"),
    aliases=ALIASES,
    offers=offers.CALENDAR,
    pipeline=PIPELINE,
    binding=BINDING,
)
def change_calendar(
    context: Context, calendar: Patch[Calendar], id: ObjectId | None = None, name: Name | None = None
) -> Message:
    """Change a calendar, or create it if it does not exist. What is left out stays as it is.

    Number or name say which calendar; or else the document's own. With a number, or a name beside it, the
    document may rename the calendar. Null gives a member its default. Of a calendar the date types stay.

    Args:
        calendar: what shall be otherwise.
        id: number of the calendar.
        name: name of the calendar.

    Raises:
        AccessDenied: the calendar does not exist, and the caller may not create one.
        CalendarNotFound: there is no such calendar.
        AlreadyExists: another calendar has the new name.
        InvalidName: the name is not one a calendar can bear.
        Conflict: another name for the default calendar.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    changed, done = changed_or_made(
        context,
        calendar,
        change=lambda c: calendars.change(
            c,
            calendar,
            id=id,
            name=name,
            user=context.caller.account,
            condition=context.condition,
            lenient=context.lenient,
        ),
        create=lambda c, new: calendars.create(c, new, user=context.caller.account, lenient=context.lenient),
        missing=CalendarNotFound,
        right=CalendarDefinitions.ADD,
        kind="Calendar",
        name="calendar_name",
    )
    return f"Calendar {changed.calendar_name} was {done}.{context.remarks(changed.not_obeyed)}"


@operation(
    right=CalendarDefinitions.DELETE,
    rest=("DELETE /calendar/{id}", "DELETE /calendar?name"),
    soap="Calendar.Delete",
    cmdlet="Remove-JAMSCalendar",
    command="delete-calendar",
    key=("name", "id"),
    offers=offers.CALENDAR,
    pipeline=PIPELINE,
    versioned=True,
)
def delete_calendar(context: Context, id: ObjectId | None = None, name: Name | None = None) -> Message:
    """Delete a calendar with its date types and dates.

    Args:
        id: number of the calendar.
        name: name of the calendar.

    Raises:
        CalendarNotFound: there is no such calendar.
        InUse: a job or folder refers to it, or a date type of another calendar includes one of its own.
        Conflict: it is the default calendar.
    """
    one_of(id=id, name=name)
    gone = context.write(lambda c: calendars.delete(c, find_calendar(c, id=id, name=name), context.condition))
    return f"Calendar {gone} was deleted."
