"""Explanations: which rule and which definition decided, as data that every face can show."""

from __future__ import annotations

import datetime
from enum import Enum

from jams.objects.base import Fact
from jams.objects.errors import ErrorDocument, JAMSError

from .calendar import Calendar
from .canonical import canonical
from .date_errors import InvalidScheduleDate
from .days import DayPlan
from .evaluation import PLAIN_CALENDAR, Evaluator, anchor_on, evaluator
from .intervals import IntervalRule
from .reasons import Step, StepKind, exception_steps, steps_of, workday_step
from .rules import Anchor, PointRule
from .schedule import Schedule
from .tree import Item, Relation, Workday

_WORKDAYS = Item(Workday(Relation.THIS))


class Reading(Enum):
    """What was asked of the text."""

    VALUE = "Value"
    SCHEDULE = "Schedule"


class Explanation(Fact, frozen=True):
    """An evaluation with its reasons.

    Attributes:
        text: the specification as given; ``canonical`` as understood.
        reading: VALUE: ``result`` is the date meant. SCHEDULE: ``runs`` is whether it runs on ``today``.
        item: canonical text of the item that decided.
        steps: the way there, in order.
        error: why there is no answer.
    """

    text: str
    canonical: str
    reading: Reading
    today: datetime.date
    result: datetime.date | None = None
    runs: bool | None = None
    item: str | None = None
    steps: tuple[Step, ...] = ()
    error: ErrorDocument | None = None

    @property
    def summary(self) -> str:
        """All of it in one sentence."""
        if self.error is not None:
            head = f"{self.canonical}: {self.error.message.rstrip('.')}"
        elif self.reading is Reading.VALUE:
            head = f"{self.canonical} → {self.result}"
        else:
            head = f"{self.canonical} {'runs' if self.runs else 'does not run'} on {self.today}"
        return f"{head}: {'; '.join(step.text for step in self.steps)}" if self.steps else head


def explain(
    text: str, today: datetime.date, calendar: Calendar | None = None, *, anchor: datetime.date | None = None
) -> Explanation:
    """The value reading of ``text``, explained.

    Raises only for a text that cannot be read or names something unknown; that there is no such date, or
    that dates are not defined, is in ``error``.
    """
    calendar = calendar or PLAIN_CALENDAR
    found = evaluator(text, calendar)
    start = anchor_on(anchor)
    written = canonical(found.specification)
    steps: list[Step] = []
    try:
        result, index = found.value(today.toordinal(), start)
    except JAMSError as error:
        if isinstance(error, InvalidScheduleDate):
            steps = _all_steps(found, today.toordinal(), calendar, start)
        document = error.document()
        return Explanation(
            text=text,
            canonical=written,
            reading=Reading.VALUE,
            today=today,
            steps=tuple(steps),
            error=document,
        )
    for passed in range(index):
        steps += _item_steps(found, passed, today.toordinal(), calendar, start)
        steps.append(Step(kind=StepKind.REJECTED, text=f"{found.items[passed].text} gives no date"))
    steps += _item_steps(found, index, today.toordinal(), calendar, start)
    return Explanation(
        text=text,
        canonical=written,
        reading=Reading.VALUE,
        today=today,
        result=datetime.date.fromordinal(result),
        item=found.items[index].text,
        steps=tuple(steps),
    )


def explain_day(schedule: Schedule, day: datetime.date, calendar: Calendar | None = None) -> Explanation:
    """The schedule reading: whether ``schedule`` runs on ``day``, and why.

    Intervals without an anchor count from ``day``. Raises as :func:`explain` does.
    """
    calendar = calendar or PLAIN_CALENDAR
    schedule = schedule.anchored(day)
    plan = DayPlan(schedule, calendar)
    ordinal = day.toordinal()
    steps: list[Step] = []
    runs, item, error = False, None, None
    try:
        run = next(plan.days(ordinal, ordinal), None)
        if run is not None:
            runs, item = True, plan.evaluator.items[run.item].text
            steps += _item_steps(plan.evaluator, run.item, run.date, calendar, schedule.anchor)
            if run.date != run.day:
                steps += _moved_steps(run.date, run.day, calendar)
        else:
            steps += _refusal_steps(plan, schedule, ordinal, calendar)
    except JAMSError as failure:
        error = failure.document()
    return Explanation(
        text=schedule.dates,
        canonical=canonical(plan.evaluator.specification),
        reading=Reading.SCHEDULE,
        today=day,
        runs=runs if error is None else None,
        item=item,
        steps=tuple(steps),
        error=error,
    )


def _item_steps(
    found: Evaluator, index: int, today: int, calendar: Calendar, anchor: Anchor | None
) -> list[Step]:
    return steps_of(found.specification.items[index], found.items[index], today, calendar, anchor)


def _all_steps(found: Evaluator, today: int, calendar: Calendar, anchor: Anchor | None) -> list[Step]:
    return [
        step
        for index in range(len(found.items))
        for step in _item_steps(found, index, today, calendar, anchor)
    ]


def _moved_steps(date: int, day: int, calendar: Calendar) -> list[Step]:
    moved = datetime.date.fromordinal(day)
    return [
        workday_step(calendar.workdays.decide(date)),
        Step(kind=StepKind.NON_WORKDAY, text=f"so it runs on the workday {moved}", date=moved),
    ]


def _refusal_steps(plan: DayPlan, schedule: Schedule, day: int, calendar: Calendar) -> list[Step]:
    """Why nothing runs on ``day``: excepted, no workday, not yet started, or no item holds."""
    date = datetime.date.fromordinal(day)
    if schedule.start_date is not None and date < schedule.start_date:
        return [
            Step(kind=StepKind.REJECTED, text=f"nothing runs before the start date {schedule.start_date}")
        ]
    exception = plan.exception_on(day)
    index = plan.evaluator.item_on(day, schedule.anchor)
    if index is None:
        return _held_by_none(plan.evaluator, day, schedule.anchor, calendar)
    steps = [Step(kind=StepKind.DAY, text=f"{plan.evaluator.items[index].text} holds on {date}", date=date)]
    if exception is not None:
        steps += exception_steps(exception, day, calendar)
    else:
        steps.append(workday_step(calendar.workdays.decide(day)))
        text = f"the rule for non-workdays is {schedule.non_workday.value}"
        steps.append(Step(kind=StepKind.NON_WORKDAY, text=text, date=date))
    return steps


def _held_by_none(found: Evaluator, day: int, anchor: Anchor | None, calendar: Calendar) -> list[Step]:
    steps = []
    for index, item in enumerate(found.specification.items):
        if item == _WORKDAYS:
            steps.append(workday_step(calendar.workdays.decide(day)))
        steps.append(_not_that_day(found, index, day, anchor))
    return steps


def _not_that_day(found: Evaluator, index: int, day: int, anchor: Anchor | None) -> Step:
    rule = found.items[index]
    date = datetime.date.fromordinal(day)
    try:
        other = datetime.date.fromordinal(rule.value(day, anchor))
    except InvalidScheduleDate:
        return Step(kind=StepKind.REJECTED, text=f"{rule.text} gives no date when today is {date}", date=date)
    if isinstance(rule, PointRule):
        text = f"{rule.text} is {other} when today is {date}, which is another day"
    elif isinstance(rule, IntervalRule):
        text = f"{rule.text} comes next on {other}"
    else:
        text = f"{date} is not one of {rule.text}; {other} is"
    return Step(kind=StepKind.REJECTED, text=text, date=date)
