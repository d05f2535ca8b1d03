"""A small world in which the schedule runs: a clock that is pushed, turns, and runs that take time."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select, update

from jams.database import entries, happenings, jobs, missed_points, stored_settings, tables
from jams.objects.definitions import Job
from jams.objects.enums import EntryState
from jams.objects.parts import Element, ParamDef, PropertyValue
from jams.objects.patch import patch_of
from jams.objects.run import RunEnded, RunOutcome, RunStarted
from jams.objects.schedule import Entry
from jams.scheduler import turn
from jams.scheduler.planning import passes
from tests.support.schedule import USER, Desk, desk

T = TypeVar("T")
BERLIN = ZoneInfo("Europe/Berlin")
_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where a database need not wait for a disk: a world is not there to be killed."""

PASSES = timedelta(minutes=30)


class Begun(NamedTuple):
    """A run that began: when, of which job, in which entry."""

    at: datetime
    job: str
    number: int


def bag(values: dict[str, Any]) -> list[PropertyValue]:
    """Properties with values."""
    return [PropertyValue(property_name=name, current_value=value) for name, value in values.items()]


def element(kind: str, **values: Any) -> Element:
    """An element of a type with values."""
    return Element(element_name=kind, element_type_name=kind, properties=bag(values))


def scheduled(dates: str, time: str, **values: Any) -> Element:
    """A trigger on days at a time."""
    return element("ScheduleTrigger", ScheduledDate=dates, ScheduledTime=time, **values)


def part(c: Connection, now: datetime) -> passes.Pass:
    """Hear what has happened and do a piece of a pass, as a turn does."""
    news = happenings.take(c)
    passes.hear(c, news)
    happenings.forget(c, [each.id for each in news])
    return passes.take_part(c, now)


class World:
    """What a test does with it. Times without a zone are those of ``zone``.

    Attributes:
        now: the time.
        begun: the runs that have begun, in order.
        lasts: how long runs of a job last.
        fails: jobs whose runs fail.
        refused: whether the scheduler refuses to start anything.
    """

    def __init__(self, d: Desk, start: str, zone: ZoneInfo) -> None:
        self.desk = d
        self.zone = zone
        self.now = self.moment(start)
        self.begun: list[Begun] = []
        self.lasts: dict[str, timedelta] = {}
        self.fails: set[str] = set()
        self.turns = 0
        self._tokens = (f"{number:032x}" for number in count(1))
        self._running: dict[str, tuple[datetime, RunEnded]] = {}
        self._started: list[RunStarted] = []
        self._next_pass = self.now
        self._look_again: datetime | None = None
        self._begins = True
        self.refused = False

    def moment(self, text: str) -> datetime:
        """``2027-03-08 09:00`` in the zone of the world, or with an offset of its own."""
        read = datetime.fromisoformat(text)
        return (read if read.tzinfo else read.replace(tzinfo=self.zone)).astimezone(UTC)

    def job(
        self, path: str, *elements: Element, parameters: Sequence[ParamDef] = (), **properties: Any
    ) -> int:
        """Make a job."""
        above, _, name = path.rpartition("\\")
        document = Job(
            job_name=name,
            parent_folder_name=above or "\\",
            source="true",
            parameters=list(parameters),
            elements=list(elements),
            properties=bag(properties),
        )
        made = self.edit(lambda c: jobs.create(c, document, user=USER))
        assert made.job_id is not None
        return made.job_id

    def change(self, id: int, *elements: Element, **properties: Any) -> None:
        """Give a job other elements and properties."""
        values: dict[str, Any] = {"properties": bag(properties)}
        if elements:
            values["elements"] = list(elements)
        self.edit(lambda c: jobs.change(c, patch_of(Job)(**values), id=id, user=USER))

    def edit(self, work: Callable[[Connection], T], *, turn: bool = True) -> T:
        """Change something now; what happens by it happens at the time of the world."""

        def written(c: Connection) -> T:
            found = work(c)
            c.execute(update(tables.happening).values(time=self.now))
            return found

        found = self.desk.write(written)
        self._next_pass = self.now
        if turn:
            self.turn()
        return found

    def setting(self, name: str, value: str) -> None:
        """Set a setting of the server."""

        def work(c: Connection) -> None:
            stored_settings.put(c, name, value, user=USER)

        self.edit(work)

    def until(self, text: str) -> None:
        """Let time pass, with a turn whenever something is due."""
        end = self.moment(text)
        while (then := self._next_event()) <= end:
            self.now = max(self.now, then)
            self.turn()
        self.now = end

    def away(self, text: str) -> None:
        """Let time pass in which no scheduler works; the next turn is the first of another one."""
        self.now = self._next_pass = self.moment(text)
        self._begins = True

    def _next_event(self) -> datetime:
        times = [self._next_pass, *(end for end, _ in self._running.values())]
        return min([*times, self._look_again] if self._look_again else times)

    def turn(self) -> None:
        """Take turns until nothing is left to do at this moment."""
        more = True
        while more:
            more = self._turn()

    def _turn(self) -> bool:
        self.turns += 1
        ended = [run for end, run in self._running.values() if end <= self.now]
        plan = self._next_pass <= self.now
        happened = turn.Happenings(started=self._started, ended=ended)
        limits = turn.Limits(
            room=lambda _: 1000,
            confirm=lambda _: None,
            plan=plan,
            begins=self._begins,
            starts=not self.refused,
        )
        decisions = self.desk.write(
            lambda c: turn.take(c, self.now, happened, limits, lambda: next(self._tokens))
        )
        for run in ended:
            del self._running[run.token]
        self._started = []
        for start in decisions.starts:
            self._begin(start.token, start.row)
        if decisions.planned is not None:
            self._begins = self.refused = decisions.planned.refused
            if not decisions.planned.more:
                self._next_pass = self.now + PASSES
        self._look_again = decisions.look_again_at
        waits = self._look_again is not None and self._look_again <= self.now
        return bool(decisions.more or self._started or waits or self._next_pass <= self.now)

    def _begin(self, token: str, row: Any) -> None:
        self.begun.append(Begun(self.now, row.job_name, row.number))
        self._started.append(
            RunStarted(
                token=token,
                jams_entry=row.number,
                process_id=4711,
                log_filename="log",
                start_time_utc=self.now,
            )
        )
        lasts = self.lasts.get(row.job_name, timedelta(minutes=1))
        end = RunEnded(
            token=token,
            jams_entry=row.number,
            outcome=RunOutcome.EXITED,
            exit_code=int(row.job_name in self.fails),
            completion_time_utc=self.now + lasts,
            elapsed_seconds=lasts.total_seconds(),
        )
        self._running[token] = (self.now + lasts, end)

    def starts(self, job: str) -> list[str]:
        """When runs of a job have begun, in the zone of the world."""
        return [
            f"{run.at.astimezone(self.zone):%m-%d %H:%M:%S}".removesuffix(":00")
            for run in self.begun
            if run.job == job
        ]

    def waiting(self, job: str) -> list[str]:
        """For when entries of a job stand in the schedule, in the zone of the world."""
        return [
            f"{entry.hold_time_utc.astimezone(self.zone):%m-%d %H:%M}"
            for entry in self.entries(job)
            if entry.current_state.waiting and entry.hold_time_utc is not None
        ]

    def entries(self, job: str) -> list[Entry]:
        """The entries of a job, by number."""
        query = select(tables.entry.c.number).where(tables.entry.c.job_name == job)
        numbers = self.desk.read(lambda c: c.scalars(query.order_by(tables.entry.c.number)).all())
        return [self.desk.entry(number) for number in numbers]

    def missed(self, job_id: int) -> list[tuple[str, str]]:
        """What of a job was missed: the point in the zone of the world, and what was done about it."""
        found = reversed(self.desk.read(lambda c: missed_points.find(c, job_id=job_id)))
        return [
            (f"{each.scheduled_time.astimezone(self.zone):%m-%d %H:%M}", each.action.value) for each in found
        ]

    def audit(self, number: int) -> list[str]:
        """What was done to an entry."""
        return [line.message for line in self.desk.read(lambda c: entries.audit_trail(c, number))]

    def state(self, number: int) -> EntryState | None:
        """Where an entry stands."""
        return self.desk.read(lambda c: entries.state(c, number))


@contextmanager
def world(place: Path | str, start: str, zone: ZoneInfo = BERLIN) -> Iterator[World]:
    r"""A world for the time of a ``with`` block, with a folder ``\T`` and its zone as setting TimeZone."""
    with tempfile.TemporaryDirectory(dir=_MEMORY) as folder:
        where = Path(folder) / "jams.db" if isinstance(place, Path) else place
        with desk(where) as made:
            if not isinstance(where, Path):
                made.write(lambda c: c.exec_driver_sql("SET synchronous_commit TO OFF"))
            made.folder("\\T")
            made.write(lambda c: stored_settings.put(c, "TimeZone", zone.key, user=USER))
            made.write(lambda c: stored_settings.put(c, "ScheduleInterval", "0.00:30", user=USER))
            yield World(made, start, zone)
