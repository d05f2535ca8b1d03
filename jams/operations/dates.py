"""Texts that say when, evaluated for a day; and which days are workdays (semantics 3.1-3.4).

Everything is read with the date types and dates of one calendar, the default one if none is named.
"""

from __future__ import annotations

import datetime
from typing import Annotated

from msgspec import Meta
from sqlalchemy import Connection

from jams.dates import (
    Calendar,
    Explanation,
    NonWorkdayRule,
    Reading,
    Schedule,
    WorkdayDecision,
    evaluate,
    explain,
    explain_day,
    hints,
)
from jams.dates import days as schedule_days
from jams.objects.base import DateText, Day, Name
from jams.objects.calendars import DateEvaluation, Workday
from jams.objects.errors import InvalidArgument, JAMSError
from jams.security.rights import CalendarDefinitions

from . import offers
from .calendar_context import CalendarContext
from .catalogue import Binding
from .context import Context
from .declaration import operation

MOST_TEXTS = 1000
MOST_CHARACTERS = 50_000
"""What all texts of one call have together."""

LONGEST_PERIOD = 3660
"""Days of a period whose workdays are listed at most: ten years."""


class DateExplanation(Explanation, frozen=True, kw_only=True):
    """What a text means and why: which rules and definitions decided, step by step.

    With the reading ``Value``, ``result`` is the day meant; with ``Schedule``, ``runs`` says whether it runs
    on ``today``. ``error`` says why there is no answer.
    """

    summary: str = ""
    hints: Annotated[
        tuple[str, ...],
        Meta(description="Of a schedule: where its text means something else than it seems to say."),
    ] = ()


@operation(
    right=CalendarDefinitions.INQUIRE,
    rest=(
        "GET /date/evaluate?date,today,startDate,calendar",
        "GET /date/evaluate/{date}?today,startDate,calendar",
    ),
    soap="Date.Evaluate",
    cmdlet="Get-JAMSDate",
    command="evaluate",
    positional=("date",),
    offers=offers.OF_CALENDAR,
)
def evaluate_date(
    context: Context,
    date: DateText,
    today: Day | None = None,
    start_date: Day | None = None,
    calendar: Name | None = None,
) -> Day:
    """Say which day a text means, such as ``1st workday of next month``.

    Args:
        date: the text, in the date language.
        today: the day that is today; the server's own if not given.
        start_date: the day from which intervals (``every other Monday``) count; today if not given.
        calendar: the calendar whose date types count.

    Raises:
        UnreadableDate: the text is not in the date language.
        InvalidPeriod: it names a period that does not exist.
        InvalidScheduleDate: it names no day.
        DatesNotDefined: a date type has no date before or after today.
        CalendarNotFound: there is no such calendar.
    """

    def work(c: Connection) -> datetime.date:
        at_hand = CalendarContext(context, c)
        return evaluate(date, at_hand.day(today), at_hand.calendar(calendar), anchor=start_date)

    return context.read(work)


@operation(
    right=CalendarDefinitions.INQUIRE,
    rest="GET /date/multiEvaluate?dates,today,startDate,calendar",
    soap="Date.EvaluateMany",
    cmdlet="Get-JAMSDateEvaluation",
    command="evaluate-many",
    columns=("text", "result"),
    offers=offers.OF_CALENDAR,
    binding=Binding(positional=("dates",)),
)
def evaluate_dates(
    context: Context,
    dates: Annotated[list[DateText], Meta(min_length=1, max_length=MOST_TEXTS)],
    today: Day | None = None,
    start_date: Day | None = None,
    calendar: Name | None = None,
) -> list[DateEvaluation]:
    """Say which days several texts mean. A text without a day brings its error and stops no other.

    Args:
        dates: the texts, in the date language.
        today: the day that is today; the server's own if not given.
        start_date: the day from which intervals count; today if not given.
        calendar: the calendar whose date types count.

    Raises:
        InvalidArgument: the texts are too long together.
        CalendarNotFound: there is no such calendar.
    """
    if sum(map(len, dates)) > MOST_CHARACTERS:
        raise InvalidArgument(
            f"All texts together have at most {MOST_CHARACTERS} characters.", member="dates"
        )

    def work(c: Connection) -> list[DateEvaluation]:
        at_hand = CalendarContext(context, c)
        day, found = at_hand.day(today), at_hand.calendar(calendar)
        return [_evaluated(text, day, found, start_date) for text in dates]

    return context.read(work)


def _evaluated(
    text: str, day: datetime.date, calendar: Calendar, anchor: datetime.date | None
) -> DateEvaluation:
    try:
        return DateEvaluation(text=text, result=evaluate(text, day, calendar, anchor=anchor))
    except JAMSError as error:
        return DateEvaluation(text=text, error=error.document())


@operation(
    right=CalendarDefinitions.INQUIRE,
    rest="GET /date/explain?date,today,startDate,calendar,reading,exceptFor,nonWorkday",
    soap="Date.Explain",
    cmdlet="Get-JAMSDateExplanation",
    command="explain",
    positional=("date",),
    columns=("canonical", "today", "result", "runs", "summary"),
    offers=offers.OF_CALENDAR,
)
def explain_date(
    context: Context,
    date: DateText,
    today: Day | None = None,
    start_date: Day | None = None,
    calendar: Name | None = None,
    reading: Reading = Reading.VALUE,
    except_for: DateText | None = None,
    non_workday: NonWorkdayRule = NonWorkdayRule.SCHEDULE,
) -> DateExplanation:
    """Say what a text means and why: which rule and which definition decided.

    Args:
        date: the text, in the date language.
        today: the day that is today, or about which a schedule is asked; the server's own if not given.
        start_date: the day from which intervals count; today if not given.
        calendar: the calendar whose date types count.
        reading: whether the text is to name one day, or to say whether it runs today.
        except_for: of a schedule, the days that are excepted.
        non_workday: of a schedule, what happens to a day that is no workday.

    Raises:
        UnreadableDate: the text is not in the date language.
        InvalidPeriod: it names a period that does not exist.
        InvalidScheduleDate: it names something unknown.
        CalendarNotFound: there is no such calendar.
    """

    def work(c: Connection) -> DateExplanation:
        at_hand = CalendarContext(context, c)
        day, found = at_hand.day(today), at_hand.calendar(calendar)
        if reading is Reading.VALUE:
            told = explain(date, day, found, anchor=start_date)
        else:
            told = explain_day(_schedule(date, start_date, except_for, non_workday), day, found)
        members = {name: getattr(told, name) for name in Explanation.__struct_fields__}
        found_hints: tuple[str, ...] = ()
        if reading is Reading.SCHEDULE:
            found_hints = hints(date) + (() if except_for is None else hints(except_for, excepting=True))
        return DateExplanation(**members, summary=told.summary, hints=found_hints)

    return context.read(work)


@operation(
    right=CalendarDefinitions.INQUIRE,
    rest="GET /date/runsOn?dates,day,startDate,calendar,exceptFor,nonWorkday",
    soap="Date.RunsOn",
    cmdlet="Test-JAMSDate",
    command="runs-on",
    positional=("dates", "day"),
    offers=offers.OF_CALENDAR,
)
def runs_on_date(
    context: Context,
    dates: DateText,
    day: Day | None = None,
    start_date: Day | None = None,
    calendar: Name | None = None,
    except_for: DateText | None = None,
    non_workday: NonWorkdayRule = NonWorkdayRule.SCHEDULE,
) -> bool:
    """Say whether a schedule runs on a day.

    Args:
        dates: the schedule, in the date language.
        day: the day; today if not given.
        start_date: nothing runs before it, and intervals count from it; the day itself if not given.
        calendar: the calendar whose date types count.
        except_for: the days that are excepted.
        non_workday: what happens to a day that is no workday.

    Raises:
        UnreadableDate: the text is not in the date language.
        InvalidPeriod: it names a period that does not exist.
        InvalidScheduleDate: it names something unknown.
        DatesNotDefined: a date type has no date before or after the day.
        CalendarNotFound: there is no such calendar.
    """

    def work(c: Connection) -> bool:
        asked = _schedule(dates, start_date, except_for, non_workday)
        at_hand = CalendarContext(context, c)
        asked_day, found = at_hand.day(day), at_hand.calendar(calendar)
        return next(schedule_days(asked.anchored(asked_day), asked_day, asked_day, found), None) is not None

    return context.read(work)


@operation(
    right=CalendarDefinitions.INQUIRE,
    rest="GET /date/workdays?startDate,endDate,calendar,all",
    soap="Date.ListWorkdays",
    cmdlet="Get-JAMSWorkday",
    command="workdays",
    positional=("start_date", "end_date"),
    columns=("date", "isWorkday", "reason"),
    offers=offers.OF_CALENDAR,
)
def list_workdays(
    context: Context,
    start_date: Day,
    end_date: Day,
    calendar: Name | None = None,
    all: bool = False,
) -> list[Workday]:
    """List the workdays of a period, each with what makes it one.

    Args:
        start_date: the first day of the period.
        end_date: its last day; at most ten years later.
        calendar: the calendar whose dates count.
        all: also list the days that are no workdays.

    Raises:
        InvalidArgument: the period ends before it begins, or is too long.
        CalendarNotFound: there is no such calendar.
    """
    length = (end_date - start_date).days
    if not 0 <= length < LONGEST_PERIOD:
        raise InvalidArgument(f"The period has 1 to {LONGEST_PERIOD} days.", member="endDate")
    found = context.read(lambda c: CalendarContext(context, c).calendar(calendar))
    days = (start_date + datetime.timedelta(number) for number in range(length + 1))
    decided = map(found.workday_decision, days)
    return [_workday(each) for each in decided if all or each.is_workday]


@operation(
    right=CalendarDefinitions.INQUIRE,
    rest="GET /date/isWorkday?date,calendar",
    soap="Date.IsWorkday",
    cmdlet="Test-JAMSWorkday",
    command="workday",
    positional=("date",),
    offers=offers.OF_CALENDAR,
)
def is_workday(context: Context, date: Day | None = None, calendar: Name | None = None) -> bool:
    """Say whether a day is a workday.

    Args:
        date: the day; today if not given.
        calendar: the calendar whose dates count.

    Raises:
        CalendarNotFound: there is no such calendar.
    """

    def work(c: Connection) -> bool:
        at_hand = CalendarContext(context, c)
        return at_hand.calendar(calendar).is_workday(at_hand.day(date))

    return context.read(work)


def _schedule(
    text: str, start_date: datetime.date | None, except_for: str | None, non_workday: NonWorkdayRule
) -> Schedule:
    return Schedule(dates=text, start_date=start_date, except_for=except_for, non_workday=non_workday)


def _workday(decision: WorkdayDecision) -> Workday:
    definition = decision.definition
    return Workday(
        date=decision.date,
        is_workday=decision.is_workday,
        reason=f"{decision.date} {decision.reason}",
        date_type_type=None if definition is None else definition.date_type,
        description=None if definition is None else definition.description,
        setting=decision.setting,
    )
