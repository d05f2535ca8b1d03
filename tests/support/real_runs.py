"""A scheduler with the real executor, on a database and under a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jams.executor.executor import Executor
from jams.objects.enums import EntryState
from jams.objects.schedule import Entry
from jams.scheduler import Scheduler
from tests.support.schedule import Desk, desk

LIMIT = 40.0


class Server:
    """Database, scheduler and executor under one folder."""

    def __init__(self, d: Desk, scheduler: Scheduler) -> None:
        self.desk = d
        self.scheduler = scheduler

    def submit(self, name: str, **members: object) -> int:
        return self.desk.submit(name, **members)  # type: ignore[arg-type]

    def over(self, number: int) -> Entry:
        assert self.scheduler.wait_until_ended(number, LIMIT), self.desk.entry(number)
        return self.desk.entry(number)

    def executing(self, number: int) -> Entry:
        while (entry := self.desk.entry(number)).current_state is not EntryState.EXECUTING:
            assert not entry.current_state.ended, entry
            self.scheduler.wait_for_change(number, 1.0)
        return entry

    def act(self, action: object, number: int, body: object) -> None:
        self.desk.write(lambda c: action(c, number, "bob", body))  # type: ignore[operator]


@contextmanager
def server(home: Path, place: Path | str) -> Iterator[Server]:
    with desk(place) as d:
        scheduler = Scheduler(d.database)
        executor = Executor(
            home / "runs", log_location=home / "logs", on_ended=scheduler.run_ended, grace_seconds=2
        )
        scheduler.start(executor)
        try:
            yield Server(d, scheduler)
        finally:
            scheduler.stop()
            executor.close()
