"""Triggers in a world that does them harm: each end, and each mail, counts once, whoever is killed when.

Invariants beside those of the world: a trigger fires once for each good end of its job that comes while it
waits, and for nothing else (9); each mail of a folder fires once, in order, and is deleted afterwards.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, select

from jams.database import entries, tables, trigger_mails
from jams.mailboxes.looking import Looker
from jams.mailboxes.mails import Head
from jams.objects.enums import InitiatorType, Severity
from jams.objects.trigger_parts import MailTaken, TriggerEventType
from jams.objects.triggers import Trigger, TriggerAction, TriggerEvent
from jams.scheduler.triggers import defining
from tests.simulation import town
from tests.simulation.clock import BEGINNING
from tests.simulation.mortal import Mortal
from tests.simulation.nemesis import Faults, Killed
from tests.simulation.seeds import SEEDS, again
from tests.simulation.world import Setting, Simulation, simulation
from tests.support.engine import element
from tests.support.schedule import USER, Desk


def _build(d: Desk, chance: Random) -> list[str]:
    names = town.build(d, chance)
    d.job("\\follows")
    d.job("\\gated", elements=[
        element("JobCompletionTrigger", DependsOnJob="\\up"),
        element("VariableTrigger", Variable="\\v", ComparisonOperator="GreaterThan", Value="5"),
    ])  # fmt: skip
    d.job("\\mailed", elements=[element("EmailTrigger", Subject="order", WhenTaken="Deleted")])
    document = Trigger(
        trigger_name="G",
        parent_folder_name="\\",
        events=[TriggerEvent(event_type=TriggerEventType.JOB, job_name="\\up")],
        actions=[TriggerAction(job_name="\\follows")],
    )
    d.write(lambda c: defining.create(c, document, BEGINNING, user=USER))
    return [*names, *["up"] * 5]


class _Folder:
    """A folder in memory: the server that is not the part that is tried here.

    Attributes:
        came: the subjects of all mails that have come, from the first on.
        there: the UIDs of those that are still there.
        gone: the UIDs of those that were deleted, in order.
    """

    validity = 7

    def __init__(self, world: Simulation) -> None:
        self._world = world
        self.came: list[str] = []
        self.there: set[int] = set()
        self.gone: list[int] = []

    def put(self, subject: str) -> None:
        self.came.append(subject)
        self.there.add(len(self.came))

    def first_new(self, after: datetime) -> tuple[int, datetime]:
        return len(self.came) + 1, self._world.clock.now

    def after(self, uid: int, most: int) -> list[int]:
        return sorted(each for each in self.there if each > uid)[:most]

    def heads(self, uids: Sequence[int]) -> dict[int, Head]:
        now = self._world.clock.now
        return {
            uid: Head(uid, now, "bob@x.org", "bob@x.org", self.came[uid - 1], f"<{uid}@x.org>")
            for uid in uids
            if uid in self.there
        }

    def raw(self, uid: int) -> bytes:
        return b"\r\n\r\nHello.\r\n"

    def settle(self, uid: int, taken: MailTaken, move_to: str) -> str | None:
        if self._world.nemesis.strikes_with("crash"):
            raise Killed
        assert taken is MailTaken.DELETED
        if uid in self.there:
            self.there.discard(uid)
            self.gone.append(uid)
        return None

    @property
    def wanted(self) -> list[int]:
        """The UIDs of the mails that the trigger waits for."""
        return [uid for uid, subject in enumerate(self.came, 1) if subject.startswith("order")]


def _look(world: Simulation, folder: _Folder) -> None:
    """Look into the folder, as far as one lives to do so."""
    database: Any = Mortal(world)
    looker = Looker(database, "The mailbox", threading.Event(), now=lambda: world.clock.now)
    try:
        with world.desk.database.read() as c:
            ids = [each.event_id for each in trigger_mails.wanted(c)]
        while looker.look(folder, ids).taken:
            pass
    except Killed:
        if world.nemesis.dead:
            world.schedulers[0].crash()


def _fired(world: Simulation, trigger: str) -> list[str]:
    """Why a trigger has fired, each time."""

    def work(c: Connection) -> list[str]:
        found = c.scalars(
            select(tables.entry_audit.c.details)
            .where(tables.entry_audit.c.details.is_not(None))
            .order_by(tables.entry_audit.c.id)
        )
        beginning = f"{trigger} fired because "
        return [text.removeprefix(beginning) for text in found if text.startswith(beginning)]

    return world.desk.read(work)


def _check_ends(world: Simulation) -> None:
    """Each good end of \\up has fired \\G once, and nothing else has."""
    reasons = Counter(_fired(world, "\\G"))
    assert not (twice := [reason for reason, count in reasons.items() if count > 1]), twice
    history = tables.history

    def ends(c: Connection) -> list[tuple[int, datetime]]:
        good = history.c.counts & (history.c.final_severity == Severity.SUCCESS)
        of_up = select(tables.job.c.id).where(tables.job.c.name == "up").scalar_subquery()
        rows = c.execute(select(history).where(good, history.c.job_id == of_up))
        return [(row.number, row.completion_time) for row in rows]

    told = Counter(
        f"job \\up ended Success at {time:%Y-%m-%d %H:%M:%S} UTC (entry {number})."
        for number, time in world.desk.read(ends)
    )
    stopped = world.desk.read(
        lambda c: c.scalars(select(tables.armed_trigger.c.stopped).where(_of_g())).one()
    )
    assert not (reasons - told), reasons - told
    assert stopped or not (told - reasons), told - reasons


def _of_g() -> Any:
    return tables.armed_trigger.c.owner == "trigger"


def _check_mails(world: Simulation) -> list[int]:
    """Mails have fired once each, and in order; which."""
    found = [
        int(n) for each in _fired(world, "The trigger of \\mailed") for n in re.findall(r"order (\d+)", each)
    ]
    assert found == sorted(set(found)), found
    return found


def _check_origin(world: Simulation) -> None:
    """What triggers have submitted knows by what."""

    def work(c: Connection) -> None:
        for number in c.scalars(select(tables.entry.c.number).where(tables.entry.c.parent.is_(None))):
            rest = entries.row(c, number).rest
            assert (rest.initiator_type is InitiatorType.TRIGGER) == (rest.fired is not None), number

    world.desk.read(work)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", SEEDS)
def test_each_end_and_each_mail_counts_once(place: Path | str, seed: int) -> None:
    kills = Faults(kill=0.1, crash=0.03, late=0.3, twice=0.2, back=0.05, fail=0.1)
    faults = None if seed % 2 else kills
    with simulation(place, seed, Setting(build=_build, faults=faults)) as world:
        folder = _Folder(world)
        try:
            world.go_on(timedelta(minutes=1))
            _look(world, folder)
            for _ in range(12):
                for _ in range(world.chance.choice((0, 1, 3))):
                    number = len(folder.came) + 1
                    folder.put(world.chance.choice((f"order {number}", f"news {number}")))
                world.go_on(timedelta(minutes=15))
                _look(world, folder)
                _check_mails(world)
            world.come_to_rest()
            for _ in range(3 * len(folder.came) + 3):
                if folder.gone == folder.wanted:
                    break
                _look(world, folder)
                world.go_on(timedelta(minutes=30), people=False)
            _check_ends(world)
            _check_origin(world)
            assert folder.gone == _check_mails(world) == folder.wanted and folder.wanted
            assert not world.desk.read(lambda c: c.execute(select(tables.trigger_news)).all())
        except BaseException as error:
            error.add_note(f"Seed {seed}, turn {world.turns}; again: {again(__file__, seed)}")
            raise
        assert _fired(world, "\\G")
