"""Other jobs that have to end first (semantics 2.9).

An end counts that came since the last end of the since job, or within the last span; with neither, one that
came since the entry's own time. Ends of debug runs, and of runs that are tried again, do not count. Where the
since job is the job itself, an end lets one entry go on: until that has ended, no other goes on by it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from jams.database import dependency_circles, endings
from jams.database.endings import End
from jams.objects.enums import EntryState, ReleaseType, Severity
from jams.objects.needs import JobNeed
from jams.objects.waits import EntryWait, WaitKind

from .. import topics
from .base import Shut, Subject

_MINUTE, _HOUR = 60, 3600


def jobs(subject: Subject) -> Shut | None:
    """Shut until all have ended as they have to."""
    if not subject.needs.jobs or ReleaseType.IGNORE_DEPENDENCIES in subject.passed:
        return None
    missing = [need for need in subject.needs.jobs if met_by(subject, need) is None or _left(subject, need)]
    if not missing:
        return None
    about = {topics.ended(need.job_id) for need in missing} | {topics.job(need.job_id) for need in missing}
    own = subject.row.job_id
    if own is not None and any(need.since_id == own for need in missing):
        about |= {topics.ended(own), topics.instance(own)}
    return Shut(
        EntryState.DEPENDENCY_WAIT,
        lambda: [_reason(subject, need) for need in missing],
        topics=frozenset(about),
    )


def met_by(subject: Subject, need: JobNeed) -> End | None:
    """The end that meets a dependency, or None."""
    if need not in subject.ends:
        subject.ends[need] = _find(subject, need)
    return subject.ends[need]


def _find(subject: Subject, need: JobNeed) -> End | None:
    ends = subject.endings
    if need.day is not None:
        return ends.last(need.job_id, severity=need.severity, day=need.day)
    after = _since(subject, need)
    found = None
    if need.since_id is not None:
        if _let_on_before(subject, need) is None:
            found = ends.last(need.job_id, severity=need.severity, after=after)
    elif need.within is None:
        found = ends.last(need.job_id, severity=need.severity, since=after)
    if found is None and need.within is not None:
        earliest = subject.now - timedelta(seconds=need.within)
        found = ends.last(need.job_id, severity=need.severity, since=earliest)
    return found


def told_of(subject: Subject) -> list[str]:
    """Which ends meet the dependencies of an entry, in sentences."""
    found = []
    for need in subject.needs.jobs:
        end = met_by(subject, need)
        if end is not None:
            severity, at = end.severity.value, _moment(end.time)
            found.append(f"Job {need.name} ended {severity} at {at} (entry {end.number}).")
    return found


def _since(subject: Subject, need: JobNeed) -> datetime | None:
    """From when on an end counts: since the last of the since job, or the entry's own time."""
    if need.since_id is None:
        moment: datetime | None = subject.row.ready_at or subject.row.scheduled_time
        return moment
    last = subject.endings.last(need.since_id, severity=need.since_severity)
    return None if last is None else last.time


def _let_on_before(subject: Subject, need: JobNeed) -> int | None:
    """The entry of the job itself, its own since job, that was let on before and has not ended."""
    own = subject.row.job_id
    if own is None or need.since_id != own:
        return None
    return endings.let_on(subject.c, own, subject.row.number)


def _left(subject: Subject, need: JobNeed) -> bool:
    return need.all_instances and endings.any_under_way(subject.c, need.job_id, subject.row.number)


def _reason(subject: Subject, need: JobNeed) -> EntryWait:
    c = subject.c
    opened_by = f"an end of {need.name} with {need.severity.value} or better"
    if not endings.exists(c, need.job_id):
        told = f"Job {need.name}, for which it waits, is not there any more."
        opened_by = "a release that ignores dependencies"
    elif need.day is not None:
        told = f"Job {need.name} has not ended {_so_well(need)} for {need.day}{_under_way(subject, need)}."
    else:
        told = f"Job {need.name} has not ended {_so_well(need)}{_told_since(subject, need)}"
        told += f"{_under_way(subject, need)}.{_circle(subject, need)}"
    return subject.wait(
        kind=WaitKind.JOB,
        name=need.name,
        object_id=need.job_id,
        message=told,
        since_utc=subject.row.since,
        opened_by=opened_by,
        release_type=ReleaseType.IGNORE_DEPENDENCIES,
    )


def _so_well(need: JobNeed) -> str:
    return need.severity.value + ("" if need.severity is Severity.SUCCESS else " or better")


def _circle(subject: Subject, need: JobNeed) -> str:
    """That the entry waits for its own job, and by which way, if it does."""
    own = subject.row.job_id
    way = None
    known = own is not None and endings.exists(subject.c, own)
    if known and need.within is None and subject.sight.definitions:
        way = dependency_circles.way_of(subject.c, own, need.job_id)
    return "" if way is None else f" It waits for itself: {dependency_circles.told(way)}."


def _told_since(subject: Subject, need: JobNeed) -> str:
    since = _since(subject, need)
    parts = []
    if need.since_id is not None:
        last = f" ({_moment(since)})" if since is not None else ", which has never ended so"
        before = _let_on_before(subject, need)
        if before is not None and subject.sight.of is None:
            last += f", and entry {before} of it, which goes before, has not ended"
        parts.append(f" since the last end of {need.since_name}{last}")
    elif need.within is None and since is not None:
        parts.append(f" since {_moment(since)}")
    if need.within is not None:
        ever = endings.last(subject.c, need.job_id, severity=need.severity)
        last = f" (it last did {_moment(ever.time)})" if ever is not None else ""
        parts.append(f" within the last {span(need.within)}{last}")
    return " or".join(parts)


def _under_way(subject: Subject, need: JobNeed) -> str:
    of = subject.sight.of
    found = endings.under_way(subject.c, need.job_id, subject.row.number, of)
    if not found:
        return "; it is not in the schedule" if of is None else ""
    first = found[0]
    usual = endings.usual_seconds(subject.c, need.job_id)
    if first.start_time is None:
        return f"; it waits (entry {first.number})"
    lasts = f", usually {span(round(usual))}" if usual else ""
    return f"; it is executing (entry {first.number}{lasts})"


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"


def span(seconds: int) -> str:
    """A span of time in words."""
    if seconds < 2 * _MINUTE:
        return f"{seconds} s"
    if seconds < 2 * _HOUR:
        return f"{seconds // _MINUTE} min"
    return f"{seconds // _HOUR} h {seconds % _HOUR // _MINUTE} min"
