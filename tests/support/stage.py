"""A scheduler at work on a database with a puppet for a runner."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from jams.database import history
from jams.objects.enums import EntryState
from jams.objects.schedule import Entry, History
from jams.scheduler import Scheduler
from jams.scheduler.remotes import LogonOf, no_logon
from tests.support.schedule import Desk, PuppetRunner

LIMIT = 20.0


class Stage:
    """What a test does with it."""

    def __init__(self, d: Desk, runner: PuppetRunner, logon_of: LogonOf) -> None:
        self.desk = d
        self.runner = runner
        self.scheduler = Scheduler(d.database, logon_of=logon_of)

    def submit(self, name: str = "j", **members: object) -> int:
        return self.desk.submit(name, **members)  # type: ignore[arg-type]

    def act(self, action: Callable[..., str], number: int, body: object) -> None:
        self.desk.write(lambda c: action(c, number, "bob", body))

    def until(self, number: int, condition: Callable[[Entry], bool]) -> Entry:
        """Wait by event until the entry is as wanted."""
        deadline = time.monotonic() + LIMIT
        while not condition(entry := self.desk.entry(number)):
            assert time.monotonic() < deadline, entry
            self.scheduler.wait_for_change(number, 1.0)
        return entry

    def executing(self, number: int) -> str:
        """Wait until the entry executes; the token of its run."""
        self.until(number, lambda e: e.current_state is EntryState.EXECUTING)
        return self.runner.requests[-1].token

    def over(self, number: int) -> Entry:
        assert self.scheduler.wait_until_ended(number, LIMIT)
        return self.desk.entry(number)

    def records(self) -> list[History]:
        return self.desk.read(lambda c: history.find(c))


@contextmanager
def acting(d: Desk, runner: PuppetRunner | None = None, logon_of: LogonOf = no_logon) -> Iterator[Stage]:
    """A scheduler that works for the time of a ``with`` block."""
    stage = Stage(d, runner or PuppetRunner(), logon_of)
    stage.scheduler.start(stage.runner)
    try:
        yield stage
    finally:
        stage.scheduler.stop()
