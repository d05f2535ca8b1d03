"""The dates of a date type: putting one in, changing it, taking it out."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.database import built_calendars, calendar_dates, date_types
from jams.objects.base import Day, Name, ObjectId, Text
from jams.objects.calendars import Date, DateChange, DateDetails
from jams.security.rights import CalendarDefinitions

from . import offers
from .catalogue import Binding, Message
from .context import Context, one_of
from .declaration import operation

OFFERS = {"type_name": offers.DATE_TYPE_NAMES, **offers.OF_CALENDAR}
PIPELINE = {"type_name": "DateTypeType", "calendar": "CalendarName"}
BINDING = Binding(names={"type_name": "DateType", "id": "DateTypeId"}, positional=("type_name", "start_date"))


def _date(body: DateDetails) -> Date:
    return Date(
        start_date=body.start_date,
        specific_type=body.specific_type,
        description=body.description,
        work_day=body.work_day,
    )


@operation(
    right=CalendarDefinitions.ADD,
    rest=("POST /date/{id}?calendar", "POST /date?typeName,calendar"),
    soap="DateType.AddDate",
    cmdlet="Add-JAMSDate",
    command="add-date",
    key=("type_name", "id"),
    offers=OFFERS,
    pipeline=PIPELINE,
    created=True,
    binding=BINDING,
    versioned=True,
)
def add_date(
    context: Context,
    body: DateDetails,
    id: ObjectId | None = None,
    type_name: Text | None = None,
    calendar: Name | None = None,
) -> Message:
    """Put a date into a date type.

    Args:
        id: number of the date type.
        type_name: name of the date type.
        calendar: name of its calendar, where several have one of that name.

    Raises:
        DateTypeNotFound: there is no such date type.
        CalendarNotFound: there is no such calendar.
        Conflict: several calendars have a date type of that name.
        AlreadyExists: the date type has that date.
        InvalidCalendar: the date type does not list the specific type, or a period begins on that day.
    """
    one_of(id=id, typeName=type_name)

    def work(c: Connection) -> str:
        number = date_types.find(c, id=id, name=type_name, calendar=calendar)
        name = date_types.touch(c, number, user=context.caller.account, condition=context.condition)
        calendar_dates.add(c, number, name, _date(body))
        built_calendars.check(c, [number])
        return f"The date {body.start_date} was added to {name}."

    return context.write(work)


@operation(
    right=CalendarDefinitions.CHANGE,
    rest=(
        "PUT /date/{id}?calendar",
        "PUT /date?typeName,calendar",
        "PATCH /date/{id}?calendar",
        "PATCH /date?typeName,calendar",
    ),
    soap="DateType.ChangeDate",
    cmdlet="Set-JAMSDate",
    command="change-date",
    key=("type_name", "id"),
    offers=OFFERS,
    pipeline=PIPELINE,
    binding=BINDING,
    versioned=True,
)
def change_date(
    context: Context,
    body: DateChange,
    id: ObjectId | None = None,
    type_name: Text | None = None,
    calendar: Name | None = None,
) -> Message:
    """Change the date that a date type has on a day. What is left out stays as it is.

    An imported date that is changed counts as entered by hand from then on.

    Args:
        id: number of the date type.
        type_name: name of the date type.
        calendar: name of its calendar, where several have one of that name.

    Raises:
        DateTypeNotFound: there is no such date type.
        CalendarNotFound: there is no such calendar.
        DateNotFound: the date type has no date on that day.
        Conflict: it has several, or several calendars have a date type of that name.
        InvalidCalendar: the date type does not list the specific type.
    """
    one_of(id=id, typeName=type_name)

    def work(c: Connection) -> str:
        number = date_types.find(c, id=id, name=type_name, calendar=calendar)
        name = date_types.touch(c, number, user=context.caller.account, condition=context.condition)
        calendar_dates.change(c, number, name, body)
        built_calendars.check(c, [number])
        return f"The date {body.start_date} of {name} was changed."

    return context.write(work)


@operation(
    right=CalendarDefinitions.DELETE,
    rest=(
        "DELETE /date/{id}?startDate,specificType,calendar",
        "DELETE /date?typeName,startDate,specificType,calendar",
    ),
    soap="DateType.DeleteDate",
    cmdlet="Remove-JAMSDate",
    command="delete-date",
    key=("type_name", "id"),
    offers=OFFERS,
    pipeline=PIPELINE,
    binding=BINDING,
    versioned=True,
)
def delete_date(
    context: Context,
    start_date: Day,
    id: ObjectId | None = None,
    type_name: Text | None = None,
    specific_type: Name | None = None,
    calendar: Name | None = None,
) -> Message:
    """Take the date that a date type has on a day out of it; all of that day, if it has several.

    Args:
        start_date: the day of the date.
        id: number of the date type.
        type_name: name of the date type.
        specific_type: only the date of this specific type.
        calendar: name of its calendar, where several have one of that name.

    Raises:
        DateTypeNotFound: there is no such date type.
        CalendarNotFound: there is no such calendar.
        DateNotFound: the date type has no such date.
        Conflict: several calendars have a date type of that name.
    """
    one_of(id=id, typeName=type_name)

    def work(c: Connection) -> str:
        number = date_types.find(c, id=id, name=type_name, calendar=calendar)
        name = date_types.touch(c, number, user=context.caller.account, condition=context.condition)
        calendar_dates.delete(c, number, name, start_date, specific_type)
        return f"The date {start_date} of {name} was deleted."

    return context.write(work)
