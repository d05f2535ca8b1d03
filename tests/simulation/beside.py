"""The engine beside a small model: whatever is done in whatever order, both say the same of every entry.

    python -m tests.simulation.beside                        100,000 steps on each database
    python -m tests.simulation.beside --steps 5000 --database postgresql --first 17

A thousand steps are drawn by each seed. What fails is shown as the steps that lead to it, with the command
that takes them again. Exit code 1: they differ; 3: the time was over first.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from contextlib import ExitStack
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Connection, select

from jams.database import jobs, tables, variables
from jams.objects.definitions import Job, Variable
from jams.objects.enums import DataType, ReleaseType
from jams.objects.errors import WrongState
from jams.objects.patch import patch_of
from jams.objects.schedule import Cancel, Comment, Release, Restart
from jams.scheduler import actions
from tests.simulation.model import JOBS, LASTS, Item, Model
from tests.simulation.model import STEPS as MEMBERS
from tests.support import databases
from tests.support.containers import member, setup
from tests.support.engine import element, values, world

PIECE = 1000
"""Steps of one seed."""

AT_ONCE = 100
"""Steps that are taken in one world, at most: making one costs as much as twenty of them."""

_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
_CHOICE = st.integers(0, 10**6)
_KINDS = ("ManualHold", "TimedWait", "IgnoreDependencies", "IgnoreResReq", "RunAgain", "HaltedSetup")
_WHOLE = ("ManualHold", "RunAgain", "HaltedSetup")
"""What releases a setup that has begun."""


class Beside(RuleBasedStateMachine):
    """The engine and the model, side by side."""

    kind = ""
    taken = 0

    def __init__(self) -> None:
        super().__init__()
        self._open = ExitStack()
        folder = Path(self._open.enter_context(tempfile.TemporaryDirectory(dir=_MEMORY)))
        where = self._open.enter_context(databases.database(self.kind, folder))
        self.w = self._open.enter_context(world(where))
        if self.kind == "postgresql":
            # Nothing here has to outlive the machine, and each step would wait for its disk.
            self.w.write(lambda c: c.exec_driver_sql("SET synchronous_commit TO OFF"))
        self.w.lasts = dict.fromkeys((*JOBS, *MEMBERS), LASTS)
        self.queue, self.resource = self.w.queue("Q", 2), self.w.resource("R", 2)
        self.w.write(_variable)
        self.w.job("\\plain")
        self.w.job("\\retry", properties=values(RetryCount=1, RetryInterval="0:10"))
        self.w.job("\\down", elements=[element("JobDependency", DependsOnJob="\\plain")])
        gate = element(
            "VariableDependency", Variable="\\v", ComparisonOperator="GreaterThanOrEqual", Value="5"
        )
        self.w.job("\\gated", elements=[gate])
        self.w.job("\\queued", properties=values(BatchQueue="Q"))
        self.w.job("\\needs", elements=[element("ResourceRequirement", Resource="R")])
        for name in MEMBERS:
            self.w.job(f"\\{name}")
        setup(self.w, "\\whole", *(member(f"\\{name}", step) for name, step in MEMBERS.items()))
        self.w.job("\\behind", elements=[element("JobDependency", DependsOnJob="\\whole")])
        self.w.turns()
        self.model = Model(self.w.now)

    def teardown(self) -> None:
        self._open.close()

    @rule(
        job=st.sampled_from(JOBS),
        priority=st.sampled_from((0, 5)),
        hold=st.booleans(),
        minutes=st.sampled_from((0, 0, 3)),
    )
    def submit(self, job: str, priority: int, hold: bool, minutes: int) -> None:
        after = self.w.now + timedelta(minutes=minutes) if minutes else None
        number = self.w.submit(job, priority=priority, hold=hold, after=after)
        self.model.submit(number, job, priority, hold, after)
        self.go_on()

    @precondition(lambda self: self.model.items)
    @rule(which=_CHOICE)
    def hold(self, which: int) -> None:
        item = self.chosen(which)
        if self.done((item.waits or item.begun) and not item.held, actions.hold, item, Comment()):
            item.held = True
            self.model.leave(item)
        self.go_on()

    @precondition(lambda self: self.model.items)
    @rule(which=_CHOICE, kind=st.sampled_from(_KINDS))
    def release(self, which: int, kind: str) -> None:
        item = self.chosen(which)
        offered = {
            "ManualHold": item.held,
            "TimedWait": item.time is not None and item.time > self.model.now,
            "IgnoreDependencies": item.job in ("down", "gated", "behind"),
            "IgnoreResReq": item.job == "needs",
            "RunAgain": item.begun and bool(self.model.halting(item)),
            "HaltedSetup": item.begun and bool(self.model.halting(item)),
        }
        if kind == "RunAgain" and item.over:
            return
        body = Release(release_types=[ReleaseType(kind)])
        allowed = offered[kind] and (item.waits or (item.begun and kind in _WHOLE))
        if self.done(allowed, actions.release, item, body):
            if kind == "RunAgain":
                for each in self.model.halting(item):
                    self.model.again(each)
            elif kind == "HaltedSetup":
                for each in self.model.halting(item):
                    each.bad, each.passed = False, True
            elif kind == "ManualHold":
                item.held, item.ready = False, max(item.ready, self.model.now)
            elif kind == "TimedWait":
                item.time = None
            else:
                item.ignores.add(kind)
            self.model.leave(item)
        self.go_on()

    @precondition(lambda self: self.model.items)
    @rule(which=_CHOICE)
    def cancel(self, which: int) -> None:
        item = self.chosen(which)
        if self.done(not item.over, actions.cancel, item, Cancel()):
            self.model.cancel(item)
        self.go_on()

    @precondition(lambda self: self.model.items)
    @rule(which=_CHOICE)
    def restart(self, which: int) -> None:
        item = self.chosen(which)
        stands = item.parent is None or (item.parent.begun and not item.former)
        if self.done(not item.waits and (stands or not item.over), actions.restart, item, Restart()):
            self.model.again(item)
        self.go_on()

    @precondition(lambda self: self.members())
    @rule(which=_CHOICE, what=st.sampled_from(("hold", "release", "cancel", "restart", "restart")))
    def operate_a_member(self, which: int, what: str) -> None:
        """What is done to any entry, done to the member of a setup that is under way."""
        numbers = self.members()
        at = sorted(self.model.items).index(numbers[which % len(numbers)])
        if what == "release":
            self.release(at, "ManualHold")  # type: ignore[call-arg]
        else:
            getattr(self, what)(at)

    @precondition(lambda self: self.halted())
    @rule(which=_CHOICE, kind=st.sampled_from(("RunAgain", "HaltedSetup")))
    def resume(self, which: int, kind: str) -> None:
        """Let a halted setup go on."""
        numbers = self.halted()
        self.release(sorted(self.model.items).index(numbers[which % len(numbers)]), kind)  # type: ignore[call-arg]

    @rule(value=st.sampled_from((0, 5)))
    def set_variable(self, value: int) -> None:
        self.w.write(
            lambda c: variables.set_value(c, variables.locate(c, name="\\v"), str(value), user="ada")
        )
        self.model.variable = value
        self.go_on()

    @rule(quantity=st.sampled_from((0, 1, 3)))
    def set_resource(self, quantity: int) -> None:
        self.w.change(tables.resource, self.resource, quantity=quantity)
        self.model.quantity = quantity
        self.go_on()

    @rule(slots=st.sampled_from((0, 1, 3)), started=st.booleans())
    def change_queue(self, slots: int, started: bool) -> None:
        self.w.change(tables.queue, self.queue, job_limit=slots, started=started)
        self.model.slots, self.model.started = slots, started
        self.go_on()

    @rule(failing=st.booleans())
    def fail(self, failing: bool) -> None:
        for name in ("retry", "two"):
            self.w.exits[name] = [1] * 1000 if failing else []
        self.model.failing = failing

    @rule(retries=st.sampled_from((0, 2)))
    def change_definition(self, retries: int) -> None:
        patch = patch_of(Job)(properties=values(RetryCount=retries, RetryInterval="0:10"))
        self.w.write(lambda c: jobs.change(c, patch, name="\\retry", user="ada"))
        self.model.retries = retries
        self.go_on()

    @rule(seconds=st.sampled_from((20, 60, 300, 700)))
    def time_passes(self, seconds: int) -> None:
        self.w.after(seconds=seconds)
        self.model.go_to(self.w.now)
        self.name_members()

    @invariant()
    def both_say_the_same(self) -> None:
        type(self).taken += 1
        query = select(tables.entry.c.number, tables.entry.c.state)
        found = {row.number: row.state.value for row in self.w.read(lambda c: c.execute(query).all())}
        told = {number: self.model.state(item) for number, item in self.model.items.items()}
        differ = {
            number: (self._named(number), found.get(number), told.get(number))
            for number in sorted(found.keys() | told.keys())
            if found.get(number) != told.get(number)
        }
        assert not differ, f"engine and model (number: job, engine, model): {differ}"
        runs = {number: len(self.w.began(number)) for number in found}
        assert runs == {number: item.runs for number, item in self.model.items.items()}

    def _named(self, number: int) -> str:
        item = self.model.items.get(number)
        return "?" if item is None else item.job + (f" of {item.parent.number}" if item.parent else "")

    def chosen(self, which: int) -> Item:
        numbers = sorted(self.model.items)
        return self.model.items[numbers[which % len(numbers)]]

    def members(self) -> list[int]:
        """The members of setups that are under way."""
        of = [each for each in self.model.items.values() if each.parent is not None and each.parent.begun]
        return sorted(each.number for each in of if not each.former)

    def halted(self) -> list[int]:
        """The setups that a member halts."""
        of = [each for each in self.model.items.values() if each.begun and self.model.halting(each)]
        return sorted(each.number for each in of)

    def done(self, allowed: bool, act: Callable[..., str], item: Item, body: Any) -> bool:
        """Do it, which has to be refused when it is not allowed."""
        if allowed:
            self.w.act(act, item.number, body)
        else:
            with pytest.raises(WrongState):
                self.w.act(act, item.number, body)
        return allowed

    def go_on(self) -> None:
        # What ends because somebody asks for it is known one turn later.
        self.w.turns()
        self.w.turns()
        self.model.settle()
        self.name_members()

    def name_members(self) -> None:
        """Tell the model by which numbers the members go that have been made."""
        if not self.model.unnamed:
            return
        entry = tables.entry
        query = (
            select(entry.c.number, entry.c.parent, entry.c.job_name)
            .where(entry.c.parent.is_not(None), entry.c.number.not_in(list(self.model.items)))
            .order_by(entry.c.number)
        )
        for row in self.w.read(lambda c: c.execute(query).all()):
            item = next(
                each
                for each in self.model.unnamed
                if each.parent is not None and (each.parent.number, each.job) == (row.parent, row.job_name)
            )
            self.model.unnamed.remove(item)
            item.number = row.number
            self.model.items[row.number] = item


def _variable(c: Connection) -> None:
    variables.create(c, Variable(variable_name="v", data_type=DataType.INTEGER, value="0"), user="ada")


def play(kind: str, seed: int, steps: int) -> int:
    """Take so many steps on a database, drawn by the seed; how many they were.

    A failure is shown as the steps that lead to it.
    """
    machine: Any = type(f"On_{kind}", (Beside,), {"kind": kind, "taken": 0})
    for part in count():
        left = steps - machine.taken
        if left <= 0:
            break
        run_state_machine_as_test(
            seeded(seed * 1000 + part)(machine),
            settings=settings(
                max_examples=-(-left // AT_ONCE),
                stateful_step_count=AT_ONCE,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    return int(machine.taken)


def main() -> int:
    """Take many steps on each database, in processes beside each other."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation.beside", description=__doc__)
    parser.add_argument("--steps", type=int, default=100_000, help="how many on each database")
    parser.add_argument("--database", choices=databases.KINDS, action="append", help="on this one alone")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="how many at once")
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument(
        "--minutes", type=float, default=60.0, help="begin nothing more after so long (an hour)"
    )
    options = parser.parse_args()
    kinds = options.database or databases.KINDS
    seeds = range(options.first, options.first + -(-options.steps // PIECE))
    begun, taken = time.monotonic(), dict.fromkeys(kinds, 0)
    with ProcessPoolExecutor(options.processes, max_tasks_per_child=None) as pool:
        left = iter([(kind, seed) for seed in seeds for kind in kinds])
        playing: dict[Any, tuple[str, int]] = {}
        while True:
            in_time = time.monotonic() - begun < options.minutes * 60
            while in_time and len(playing) < options.processes and (piece := next(left, None)) is not None:
                playing[pool.submit(play, *piece, min(PIECE, options.steps))] = piece
            if not playing:
                break
            for future in wait(playing, return_when=FIRST_COMPLETED).done:
                kind, seed = playing.pop(future)
                try:
                    taken[kind] += future.result()
                except BaseException as error:
                    traceback.print_exception(error)
                    print(f"Seed {seed} on {kind} failed; again: {again(kind, seed)}")
                    pool.shutdown(cancel_futures=True)
                    return 1
                told = ", ".join(f"{done:,} on {name}" for name, done in taken.items())
                print(f"{time.monotonic() - begun:6.0f} s  {told}", flush=True)
    whole = all(done >= options.steps for done in taken.values())
    print("Both say the same of every entry." if whole else "The time was over before all steps were taken.")
    return 0 if whole else 3


def again(kind: str, seed: int) -> str:
    """The command that takes the steps of one seed again."""
    return f"python -m tests.simulation.beside --database {kind} --first {seed} --steps {PIECE}"


if __name__ == "__main__":
    sys.exit(main())
