"""The engine beside a small model: whatever is done in whatever order, both say the same of every entry.

``JAMS_TEST_STEPS`` says how many steps each seed takes, ``JAMS_TEST_SEEDS`` which seeds; a hundred thousand
are ``JAMS_TEST_STEPS=1000 JAMS_TEST_SEEDS=1-100``. A failure names its seed, and is shown as the steps that
lead to it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
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
from tests.simulation.seeds import SEEDS, again
from tests.support import databases
from tests.support.engine import element, values, world

STEPS = int(os.environ.get("JAMS_TEST_STEPS", "500"))
AT_ONCE = 40
_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
_CHOICE = st.integers(0, 10**6)
_KINDS = ("ManualHold", "TimedWait", "IgnoreDependencies", "IgnoreResReq")


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
        self.w.lasts = dict.fromkeys(JOBS, LASTS)
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
        if self.done(item.waits and not item.held, actions.hold, item, Comment()):
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
            "IgnoreDependencies": item.job in ("down", "gated"),
            "IgnoreResReq": item.job == "needs",
        }
        body = Release(release_types=[ReleaseType(kind)])
        if self.done(item.waits and offered[kind], actions.release, item, body):
            if kind == "ManualHold":
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
            item.over, item.until, item.in_line = True, None, False
        self.go_on()

    @precondition(lambda self: self.model.items)
    @rule(which=_CHOICE)
    def restart(self, which: int) -> None:
        item = self.chosen(which)
        if self.done(not item.waits, actions.restart, item, Restart()):
            self.model.again(item)
        self.go_on()

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
        self.w.exits["retry"] = [1] * 1000 if failing else []
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

    @invariant()
    def both_say_the_same(self) -> None:
        type(self).taken += 1
        query = select(tables.entry.c.number, tables.entry.c.state)
        found = {row.number: row.state.value for row in self.w.read(lambda c: c.execute(query).all())}
        assert found == {number: self.model.state(item) for number, item in self.model.items.items()}
        runs = {number: len(self.w.began(number)) for number in found}
        assert runs == {number: item.runs for number, item in self.model.items.items()}

    def chosen(self, which: int) -> Item:
        numbers = sorted(self.model.items)
        return self.model.items[numbers[which % len(numbers)]]

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


def _variable(c: Connection) -> None:
    variables.create(c, Variable(variable_name="v", data_type=DataType.INTEGER, value="0"), user="ada")


@pytest.mark.timeout(0)
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", databases.KINDS)
def test_the_engine_does_what_the_model_says(kind: str, seed: int) -> None:
    if kind == "postgresql" and not databases.answers():
        pytest.skip("no PostgreSQL answers")
    machine = type(f"On_{kind}", (Beside,), {"kind": kind, "taken": 0})
    try:
        for part in count():
            left = STEPS - machine.taken
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
    except BaseException as error:
        error.add_note(f"Seed {seed}; again: JAMS_TEST_STEPS={STEPS} {again(__file__, seed)}")
        raise
