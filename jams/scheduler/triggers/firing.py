"""What a trigger does when it fires: it submits jobs and setups, each as an entry that knows what made it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from jams.database import armed_triggers, definition_stamps, entries, numbers, parameters
from jams.database.reading import Found
from jams.dates import evaluate
from jams.dates.zones import instant, time_zone
from jams.objects.actors import ENGINE
from jams.objects.enums import InitiatorType
from jams.objects.errors import JAMSError, JobNotFound
from jams.objects.parts import ParamDef
from jams.objects.plan import GivenValue
from jams.objects.schedule import SubmitInfo, SubmitParam
from jams.objects.trigger_parts import Conduct, Fired, Submission

from .. import submission, submittable
from ..filling import handed_on
from ..surroundings import Surroundings
from .machine import Event


def fired(
    row: Found, conduct: Conduct, events: Sequence[Event], reasons: str, now: datetime.datetime
) -> Fired:
    """What entries keep of the trigger that has submitted them."""
    facts: dict[str, str] = {}
    for event in events:
        facts = {**event.facts, **facts}
    of_job = row.owner == armed_triggers.JOB
    path = conduct.submissions[0].name if of_job else row.name
    return Fired(id=row.owner_id, name=row.label, path=path, reason=reasons, time=now, facts=facts)


def submit(
    c: Connection, why: Fired, conduct: Conduct, called: str, now: datetime.datetime
) -> tuple[list[int], str | None]:
    """Submit what a trigger submits.

    What cannot be submitted keeps nothing else from being.

    Args:
        c: the turn.
        why: what entries keep of the trigger.
        conduct: what it does.
        called: what the trigger is called.
        now: the time.

    Returns:
        The numbers of the entries, and what went wrong, if something did.
    """
    stamp = definition_stamps.stamp(c)
    wanted: list[dict[str, Any]] = []
    problems: list[str] = []
    for each in conduct.submissions:
        try:
            wanted.append(_columns(c, stamp, why, conduct, each, now))
        except JAMSError as error:
            problems.append(f"{each.name} was not submitted: {error.message}")
    return _add(c, f"{called} fired because {why.reason}.", wanted), " ".join(problems) or None


def _columns(
    c: Connection, stamp: int, why: Fired, conduct: Conduct, each: Submission, now: datetime.datetime
) -> dict[str, Any]:
    if not each.job_id:
        raise JobNotFound(f"There is no job {each.name}.", target=each.name)
    job = submittable.of_number(c, stamp, each.job_id)
    around = Surroundings(c)
    zone = time_zone(job.meaning("TimeZone") or around.zone)
    day = now.astimezone(zone).date()
    if each.for_date:
        calendar = around.calendar(around.calendar_id(job.meaning("Calendar")))
        day = evaluate(each.for_date, day, calendar)
    after = None
    if each.for_date or each.at is not None:
        second = each.at or 0
        time = datetime.time(second // 3600, second // 60 % 60, second % 60)
        after = instant(day, time, zone)[0]
    values = [_value(c, given, conduct.folder_id) for given in each.values]
    info = SubmitInfo(submit_id=each.job_id, parameters=values, after_time_utc=after)
    origin = submission.Origin(InitiatorType.TRIGGER, why.id, why)
    return submission.columns_of(c, stamp, info, user=ENGINE, origin=origin, day=day)


def _value(c: Connection, given: GivenValue, folder_id: int) -> SubmitParam:
    if not given.variable:
        return SubmitParam(param_name=given.name, param_value=given.value)
    linked = ParamDef(param_name=given.name, variable_name=given.variable)
    return handed_on(given.name, parameters.linked_variable(c, linked, folder_id))


def _add(c: Connection, because: str, wanted: Sequence[dict[str, Any]]) -> list[int]:
    if not wanted:
        return []
    drawn, _ = numbers.for_submissions(c, len(wanted))
    lines = []
    for columns, (number, ron) in zip(wanted, drawn, strict=True):
        entries.add(c, {**columns, "number": number, "ron": ron})
        told = f"Entry {number} was submitted by a trigger."
        lines.append(entries.Line(number, told, details=because))
    entries.add_audits(c, ENGINE, lines)
    return [number for number, _ in drawn]
