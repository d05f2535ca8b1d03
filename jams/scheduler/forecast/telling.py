"""What has been played, as documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection, or_, select

from jams.database import agents, clock, entries, methods, queues, resources, tables
from jams.database.reading import Found
from jams.objects.enums import EntryState, Severity
from jams.objects.errors import JAMSError
from jams.objects.forecast import Forecast, ForecastEntry, ForecastState, ForecastStep
from jams.objects.needs import NOTHING
from jams.objects.run import RunOutcome
from jams.objects.waits import EntryWait, WaitKind
from jams.scheduler.waits.windows import OpenWindow
from jams.scheduler.why import waits_of

from .assumptions import Usual
from .playing import Play, Run
from .ways import Life, Step, Ways, life_of

MOST_EXPLAINED = 1000
"""Entries of which it is told what they wait for that are not forecast; of more only where they stand."""


class Lateness(NamedTuple):
    """When an entry should have started or ended, and why it is late."""

    due: datetime
    reason: str
    end: bool = False
    """Whether it ends too late, and not already starts so."""


class Telling:
    """Tells of a play.

    Args:
        c: the copy, as the play has left it.
        play: what was played.
        usual: what it was played by.
        due: by when entries of jobs have to have ended.
        late_after: how long after its time an entry may start.
        last: the last number of an entry that there was before.
    """

    def __init__(
        self,
        c: Connection,
        play: Play,
        usual: Usual,
        due: Mapping[int, list[datetime]],
        late_after: timedelta | None,
        last: int,
    ) -> None:
        self._c, self._play, self._usual, self._due = c, play, usual, due
        self._late_after, self._last = late_after, last
        self._rows = {row.number: row for row in _rows(c, play.begin, play.now)}
        self._ends = _ends(c)
        self._agents, self._queues = agents.all_names(c), queues.all_names(c)
        found = resources.all_resources(c)
        self._resources = {each.resource_id or 0: each.resource_name or "" for each in found}
        self._whole = [life for row in self._rows.values() if (life := _whole(row)) is not None]
        self._ways = Ways(play, self._whole)

    def forecast(self, assumptions: tuple[str, ...]) -> Forecast:
        """All of it."""
        told = [*map(self._run, self._play.runs), *map(self._container, self._whole), *self._waiting()]
        told.sort(key=lambda each: (each.start_time_utc is None, each.start_time_utc or each.scheduled_time))
        return Forecast(
            state=ForecastState.COMPLETE,
            as_of_utc=self._play.begin,
            until_utc=self._play.now,
            assumptions=assumptions,
            count=len(told),
            late_count=sum(each.late for each in told),
            entries=tuple(told),
        )

    def _number(self, number: int | None) -> int | None:
        return number if number is not None and number <= self._last else None

    def _entry(self, row: Found) -> ForecastEntry:
        return ForecastEntry(
            jams_entry=self._number(row.number),
            job_id=row.job_id,
            job_name=row.job_name,
            folder_name=row.folder_name,
            submitted_by=row.submitted_by,
            scheduled_time=row.scheduled_time,
            current_state=row.state,
            agent_name=self._agents.get(row.agent_id, ""),
            queue_name=self._queues.get(row.queue_id, ""),
            parent_entry=self._number(row.parent),
        )

    def _run(self, run: Run) -> ForecastEntry:
        row = run.row
        over = run.outcome is RunOutcome.EXITED
        told = replace(
            self._entry(row),
            start_time_utc=run.began,
            completion_time_utc=run.ended,
            current_state=EntryState.EXECUTING if run.ended is None else EntryState.COMPLETE,
            elapsed_seconds=(run.until - run.began).total_seconds(),
            assumed=over and not self._usual.knows(row.job_id),
            running=run.known,
            delay=max((run.began - row.scheduled_time).total_seconds(), 0.0),
            agent_name=self._agents.get(run.agent_id, ""),
            final_severity=self._severity(run),
        )
        return self._judged(told, life_of(run))

    def _severity(self, run: Run) -> Severity | None:
        return None if run.ended is None else self._ends.get(run.row.ron)

    def _container(self, life: Life) -> ForecastEntry:
        told = replace(
            self._entry(life.row),
            start_time_utc=life.began,
            completion_time_utc=life.ended,
            elapsed_seconds=None if life.ended is None else (life.ended - life.began).total_seconds(),
            running=life.began <= self._play.begin,
            delay=max((life.began - life.row.scheduled_time).total_seconds(), 0.0),
            final_severity=life.row.final_severity,
        )
        return self._judged(told, life)

    def _judged(self, told: ForecastEntry, life: Life) -> ForecastEntry:
        late = self._lateness(life.row, life.began, life.ended)
        if late is None:
            return told
        path = tuple(self._step(step) for step in self._ways.to(life, end=late.end))
        return replace(told, late=True, due_utc=late.due, late_reason=late.reason, path=path)

    def _lateness(self, row: Found, began: datetime | None, ended: datetime | None) -> Lateness | None:
        """What it is late for, the first that counts: due, stalled, its window, what the question says."""
        scheduled, until = row.scheduled_time, self._play.now
        for due in self._due.get(row.job_id, ()):
            if scheduled <= due and (ended or until) > due:
                return Lateness(due, f"It should have ended by {_time(due)}.", end=True)
        starts = began or until
        rules = row.rest.rules
        stall = None if rules is None else rules.first_stall
        if stall is not None:
            due = scheduled + timedelta(seconds=stall)
            if starts > due:
                return Lateness(due, "It does not start within the StalledTime of its definition.")
        window = (row.rest.needs or NOTHING).window
        if window is not None and starts > scheduled:
            closes = OpenWindow(self._c, window, scheduled).closes
            if closes is not None and starts >= closes:
                return Lateness(closes, "It does not start before its window closes.")
        if self._late_after is not None and starts - scheduled >= self._late_after and starts > scheduled:
            due = scheduled + self._late_after
            return Lateness(due, f"It does not start by {_time(due)}.")
        return None

    def _step(self, step: Step) -> ForecastStep:
        told = ForecastStep(
            kind=step.kind,
            name=self._name(step),
            since_utc=step.since,
            until_utc=step.until,
            beside=step.beside,
        )
        if step.brought is None:
            return told
        row = step.brought.row
        return replace(
            told,
            jams_entry=self._number(row.number),
            job_name=row.job_name,
            folder_name=row.folder_name,
            submitted_by=row.submitted_by,
            start_time_utc=step.brought.began,
            completion_time_utc=step.brought.ended,
        )

    def _name(self, step: Step) -> str:
        kind, _, id = step.thing.partition(":")
        named = {"Queue": self._queues, "Resource": self._resources, "Agent": self._agents}
        return named[kind].get(int(id), "") if kind in named else ""

    def _waiting(self) -> Iterator[ForecastEntry]:
        """The entries that are not forecast to start, if their time has come."""
        explained = 0
        for row in self._rows.values():
            if not row.state.waiting or row.scheduled_time > self._play.now:
                continue
            told = self._entry(row)
            late = self._lateness(row, None, None)
            if late is not None:
                told = replace(told, late=True, due_utc=late.due, late_reason=late.reason)
            if explained < MOST_EXPLAINED:
                explained += 1
                told = replace(told, waits=self._waits(row.number))
            yield told

    def _waits(self, number: int) -> tuple[EntryWait, ...]:
        try:
            with clock.showing(self._play.now):
                found = waits_of(self._c, number, self._play.now)
        except JAMSError:
            return ()
        return tuple(each for each in found if each.kind not in (WaitKind.ORIGIN, WaitKind.OPENED))


def _rows(c: Connection, begin: datetime, now: datetime) -> list[Found]:
    """The entries that are told of beside runs: those that still wait, and setups and sequences.

    What had ended when the forecast began stays in the monitor, and is none of what will happen.
    """
    entry, method = tables.entry, tables.method
    waits = entry.c.state.in_([state for state in EntryState if state.waiting])
    containers = select(method.c.id).where(method.c.name.in_((methods.SETUP, methods.SEQUENCE)))
    goes_on = entry.c.completion_time.is_(None) | (entry.c.completion_time >= begin)
    begun = entry.c.method_id.in_(containers) & entry.c.start_time.is_not(None) & goes_on
    return entries.read.every(
        c.execute(select(entry).where(or_(waits & (entry.c.scheduled_time <= now), begun)))
    )


def _ends(c: Connection) -> dict[int, Severity]:
    """How runs have ended, by their numbers."""
    history = tables.history
    return {row.ron: row.final_severity for row in c.execute(select(history.c.ron, history.c.final_severity))}


def _whole(row: Found) -> Life | None:
    """A setup or sequence that has begun."""
    if not methods.is_container(row.rest.method_name) or row.start_time is None:
        return None
    return Life(row, row.start_time, row.completion_time, frozenset(), row.agent_id)


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def assumed(play: Play, usual: Usual) -> tuple[str, ...]:
    """What was taken for granted, in sentences. They tell nothing of single jobs: everybody reads them."""
    lasts = usual.of(None).total_seconds()
    found = [
        "Runs end well, after the average time of the good runs of their job; "
        f"where there were none, after {lasts:g} seconds.",
        "Runs that have taken as long already, or longer, end now.",
        "Nobody does anything: what is held stays held, and what halts stays halted.",
        "Variables, files, queues, resources and agents stay as they are; prechecks say yes.",
    ]
    if not play.whole:
        found.append(f"It grew too large, and reaches to {_time(play.now)} only.")
    return tuple(found)
