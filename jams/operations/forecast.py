"""The forecast: what the schedule will do, and what it would do if something were otherwise."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from typing import Annotated

import msgspec
from msgspec import Meta
from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import guarding, names, tables
from jams.database.sight import Sight
from jams.objects.base import Count, Path, Seconds, Text, Timestamp
from jams.objects.enums import ObjectType
from jams.objects.errors import InvalidArgument, NotFound
from jams.objects.forecast import (
    Forecast,
    ForecastEntry,
    ForecastQuestion,
    ForecastState,
    ForecastStep,
    Supposition,
)
from jams.scheduler.forecast.supposing import check
from jams.scheduler.why import without_names
from jams.security.rights import (
    AgentDefinitions,
    JobDefinitions,
    Monitor,
    QueueDefinitions,
    ResourceDefinitions,
)

from . import offers
from .catalogue import Making
from .context import Context
from .declaration import operation
from .object_kinds import find
from .object_sight import seen_folders
from .visibility import sight_of

_KINDS = {
    "agent": ObjectType.AGENT,
    "queue": ObjectType.BATCH_QUEUE,
    "resource": ObjectType.RESOURCE,
    "job": ObjectType.JOB,
    "submit": ObjectType.JOB,
}

LONGEST = timedelta(days=31)
USUAL = timedelta(days=1)

Limit = Annotated[int, Meta(ge=1, le=10_000)]


@operation(
    right=Monitor.SEE_OWN,
    rest="POST /schedule/forecast?until,folder,jobName,late,skip,limit,asOf,timeout",
    soap="Date.GetForecast",
    cmdlet="Get-JAMSForecast",
    command="forecast",
    changes=False,
    columns=(
        "jamsEntry",
        "jobName",
        "folderName",
        "currentState",
        "startTimeUTC",
        "completionTimeUTC",
        "lateReason",
    ),
    whole=True,
    making=Making(
        state="state",
        done=ForecastState.COMPLETE.value,
        progress="progress",
        wait="timeout",
        items="entries",
        notes="assumptions",
    ),
    offers={"folder": offers.FOLDER_NAMES},
    pipeline={"folder": "QualifiedName"},
)
def get_forecast(
    context: Context,
    body: ForecastQuestion,
    until: Timestamp | None = None,
    folder: Path | None = None,
    job_name: Text | None = None,
    late: bool = False,
    skip: Count = 0,
    limit: Limit = 1000,
    as_of: Timestamp | None = None,
    timeout: Seconds = 60.0,
) -> Forecast:
    r"""Say what the schedule will do, with queues, resources and dependencies; and what if.

    The scheduler's own turns are played ahead, on a copy, by a process of their own: nothing is submitted,
    and nobody waits for it. What was taken for granted is in ``assumptions``; entries whose start cannot be
    forecast (held, or waiting for what nobody brings) have no start, and say what they wait for. Late is what
    ends after it is ``due``, starts after its ``StalledTime``, its window, or ``lateAfter``; its ``path``
    tells by what.

    The same question has the same answer for ten seconds. With ``state`` Playing the answer has come before
    the forecast, because the time was over: ask again.

    Args:
        until: how far ahead; a day if not given, and at most 31.
        folder: only entries of jobs in this folder, and below it.
        job_name: only entries of jobs whose name matches; ``*`` stands for anything, ``?`` for one character.
        late: only those that will be late.
        skip: how many entries to pass over.
        limit: how many entries are listed at most.
        as_of: that of the forecast of which this is a further page.
        timeout: how many seconds the answer may take to come.

    Raises:
        InvalidArgument: the forecast reaches too far, or a supposition says nothing that could be.
        AccessDenied: the caller may not look at what a supposition is about, or submit.
        NotFound: what is supposed is about what is not there; or the forecast is not kept any more.
        ServerBusy: too many forecasts are asked for.
    """
    now = context.now()
    end = now + USUAL if until is None else until
    if not timedelta() < end - now <= LONGEST:
        raise InvalidArgument("A forecast reaches into the future, and at most 31 days.", member="until")
    for item in body.suppose:
        context.read(partial(_check_seen, about=_check(context, item), item=item))
    forecasts, account = context.services.forecasts, context.caller.account
    key = (account, until, msgspec.json.encode(body))
    waits = context.patience
    waits.begin(timeout)
    if as_of is not None:
        played = forecasts.of(key, as_of)
        if played is None:
            raise NotFound(f"There is no forecast of {as_of} any more; ask for another one.", target=as_of)
    else:
        played = waits.kept or forecasts.ask(context.database, key, now, end, body, account)
        waits.kept = played
    while played.found is None and waits.left > 0:
        waits.for_flag(played.join)
    if played.found is None:
        return Forecast(
            state=ForecastState.PLAYING, progress=played.progress, as_of_utc=played.now, until_utc=end
        )
    sight = sight_of(context)
    entries = played.found.entries
    if sight.closed is not None:
        seen = context.read(lambda c: seen_folders(c, sight.closed))
        entries = tuple(each for each in entries if seen(each.folder_name, each.job_id))
    wanted = [each for each in entries if _is_wanted(each, sight, folder, job_name, late)]
    return replace(
        played.found,
        count=len(wanted),
        late_count=sum(each.late for each in wanted),
        entries=tuple(_shown(each, sight) for each in wanted[skip : skip + limit]),
    )


def _check(context: Context, item: Supposition) -> str:
    """What it is about. Raises InvalidArgument; AccessDenied when the caller may not look at such."""
    about = check(item)
    right = {
        "agent": AgentDefinitions.INQUIRE,
        "queue": QueueDefinitions.INQUIRE,
        "resource": ResourceDefinitions.INQUIRE,
        "job": JobDefinitions.INQUIRE,
        "submit": Monitor.EXECUTE,
    }[about]
    context.caller.check(right, "to suppose that")
    if item.definition is not None:
        context.caller.check(JobDefinitions.CHANGE, "to suppose another definition")
    if item.priority is not None:
        context.caller.check(Monitor.MANAGE, "to suppose another priority")
    return about


def _check_seen(c: Connection, about: str, item: Supposition) -> None:
    """See that lists let the caller know of what it is about, and submit or change it.

    Raises:
        NotFound, Conflict: it is not there, or not for him.
        AccessDenied: he may look at it alone.
    """
    name: str | None = getattr(item, about)
    if name is None and item.definition is not None:
        name = names.join(item.definition.parent_folder_name or names.ROOT, item.definition.job_name)
    kind = _KINDS[about]
    found = find(c, kind, name=name)
    if about == "submit":
        guarding.check(c, tables.job, found, "Submit")
    if item.definition is not None:
        guarding.check(c, tables.job, found, "Change")


def _is_wanted(
    entry: ForecastEntry, sight: Sight, folder: str | None, job_name: str | None, late: bool
) -> bool:
    if sight.of not in (None, entry.submitted_by) or (late and not entry.late):
        return False
    if folder is not None and not _is_below(entry.folder_name, folder):
        return False
    return job_name is None or _pattern(job_name).fullmatch(names.fold(entry.job_name)) is not None


def _pattern(text: str) -> re.Pattern[str]:
    """A pattern of names, in which a star stands for anything, and a question mark for one character."""
    escaped = re.escape(names.fold(text)).replace(r"\*", ".*").replace(r"\?", ".")
    return re.compile(escaped, re.DOTALL)


def _is_below(path: str, folder: str) -> bool:
    above = names.fold(names.normalize(folder)).rstrip("\\") + "\\"
    return (names.fold(path).rstrip("\\") + "\\").startswith(above)


def _shown(entry: ForecastEntry, sight: Sight) -> ForecastEntry:
    """The entry as somebody is told of it: others count, and have no names where he does not see them."""
    if sight.of is None and sight.definitions:
        return entry
    waits = tuple(replace(each, message="") if sight.of else each for each in without_names(entry.waits))
    if sight.definitions:
        waits = entry.waits if sight.of is None else waits
    return replace(entry, path=tuple(_step(each, sight) for each in entry.path), waits=waits)


def _step(step: ForecastStep, sight: Sight) -> ForecastStep:
    if not sight.definitions:
        step = replace(step, name="")
    if sight.closed is None and sight.of in (None, step.submitted_by):
        return step
    return replace(step, jams_entry=None, job_name="", folder_name="", submitted_by="")
