"""Files that come and go while one looks, in a world that does harm besides.

Invariants beside those of the world: of a file is told what was so at some moment of the look, and of a file
for a trigger nothing before it is complete (12); a trigger fires at most once for each time that it was told
of a file (9); once nothing changes any more, what is known of files is so, and nobody waits for what is
there (4).
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from jams.database import armed_triggers, file_facts, tables
from jams.database.agents import LOCAL_ID
from jams.executor import complete_files, file_presence
from jams.objects.enums import EntryState
from jams.objects.trigger_parts import NewsKind, TriggerEventType
from jams.objects.triggers import Trigger, TriggerAction, TriggerEvent
from jams.scheduler.triggers import defining
from jams.services.file_watch import FileWatch
from tests.simulation import invariants, town
from tests.simulation.clock import BEGINNING
from tests.simulation.disk import Disk
from tests.simulation.invariants import Broken
from tests.simulation.mortal import Mortal
from tests.simulation.nemesis import Faults, Killed
from tests.simulation.seeds import SEEDS, again
from tests.simulation.world import Setting, Simulation, simulation
from tests.support.engine import element
from tests.support.schedule import USER, Desk

STEADY = 5
GOING = ("\\by_element", "\\at_once", "\\F")
"""The triggers, each with one event, as they are named when they fire."""


def _build(folder: Path, d: Desk, chance: Random) -> list[str]:
    names = town.build(d, chance)
    d.job("\\by_element", elements=[element("FileTrigger", FileName=f"{folder}/*.go", SteadySeconds=STEADY)])
    d.job("\\at_once", elements=[element("FileTrigger", FileName=f"{folder}/once.now", SteadySeconds=0)])
    d.job("\\follows")
    document = Trigger(
        trigger_name="F",
        parent_folder_name="\\",
        reset_when_fired=True,
        events=[
            TriggerEvent(event_type=TriggerEventType.FILE, file_name=f"{folder}/?.obj", steady_seconds=STEADY)
        ],
        actions=[TriggerAction(job_name="\\follows")],
    )
    d.write(lambda c: defining.create(c, document, BEGINNING, user=USER))
    d.job("\\there", elements=[element("FileDependency", FileName=f"{folder}/y")])
    d.job("\\any", elements=[element("FileDependency", FileName=f"{folder}/*.go")])
    d.job("\\away", elements=[element("FileDependency", FileName=f"{folder}/lock", FilePresence="Absent")])
    return [*names, *["there", "any", "away"] * 5]


class _Eye:
    """Who looks at the files, dies now and then, and is held against what was so.

    Attributes:
        told: how often each trigger was told that a file is there.
    """

    def __init__(self, world: Simulation, disk: Disk) -> None:
        self._world = world
        self._disk = disk
        self._watch = self._anew()
        self._heard = 0
        self.told: dict[str, int] = dict.fromkeys(GOING, 0)

    def _anew(self) -> FileWatch:
        database: Any = Mortal(self._world)
        return FileWatch(database)

    def look(self) -> None:
        """Look once, as far as one lives to do so."""
        first = self._disk.changes
        try:
            self._watch.look()
        except Killed:
            if self._world.nemesis.dead:
                self._world.schedulers[0].crash()
            self._watch = self._anew()
        self._world.desk.read(lambda c: self._check(c, first))

    def _check(self, c: Any, first: int) -> None:
        """12: what was told was so at some moment of the look."""
        disk, now = self._disk, self._world.clock.now
        news = tables.trigger_news
        query = select(news).where(news.c.id > self._heard, news.c.kind == NewsKind.FILE)
        labels = {row.id: row.name for row in c.execute(select(tables.armed_trigger))}
        for row in c.execute(query.order_by(news.c.id)):
            self._heard = row.id
            if not row.present:
                continue
            self.told[next(each for each in GOING if each in labels[row.armed_id])] += 1
            name = os.path.basename(row.text)
            steady = 0 if name == "once.now" else STEADY
            if name.startswith(".") or not disk.was_complete(row.text, first, steady):
                raise Broken(f"12: {row.text} was told of, and was not complete")
        facts = tables.file_fact
        for row in c.execute(select(facts).where(facts.c.looked_at == now, facts.c.path.not_like("%*%"))):
            was_so = disk.was_there if row.present else disk.was_away
            if not was_so(row.path, first):
                raise Broken(f"12: {row.path} is said to be there: {row.present}, and never was so")


def _fired(world: Simulation) -> dict[str, list[str]]:
    """Why each trigger has fired, each time."""
    details = tables.entry_audit.c.details

    def work(c: Any) -> list[str]:
        return [str(text) for text in c.scalars(select(details).where(details.like("%fired because file%")))]

    found = world.desk.read(work)
    return {each: [text for text in found if each in text.partition(" fired because ")[0]] for each in GOING}


def _check_firings(world: Simulation, eye: _Eye) -> dict[str, list[str]]:
    """9: a trigger fires at most once for each time that it was told of a file."""
    found = _fired(world)
    for name, reasons in found.items():
        if len(reasons) > eye.told[name]:
            raise Broken(f"9: {name} fired {len(reasons)} times, and was told of {eye.told[name]} files")
    return found


def _check_known(world: Simulation) -> None:
    """4: what is known is so, and nobody waits for what is there."""

    def work(c: Any) -> None:
        for each in file_facts.wanted(c, LOCAL_ID):
            if each.present is not file_presence.is_present(each.path):
                raise Broken(f"4: {each.path} is said to be there: {each.present}, and that is not so")
        waiting = tables.entry.c.state == EntryState.DEPENDENCY_WAIT
        named = tables.entry.c.job_name.in_(["there", "any", "away"])
        if left := c.scalars(select(tables.entry.c.number).where(waiting, named)).all():
            raise Broken(f"4: entries {left} wait for files that are as they should be")

    world.desk.read(work)


def _let_it_settle(world: Simulation, disk: Disk, eye: _Eye) -> None:
    """Nothing changes any more but by this: each trigger fires for it, and not after it is gone."""
    disk.stirs = 0.0
    disk.clear()
    for _ in range(8):
        # What has fired waits for the ends of what it has submitted.
        eye.look()
        world.go_on(timedelta(minutes=30), people=False)
    before = _check_firings(world, eye)
    for name in ("a.go", "once.now", "c.obj", "y"):
        disk.write(name)
    for _ in range(6):
        eye.look()
        world.go_on(timedelta(seconds=20), people=False)
    _check_known(world)
    after = _check_firings(world, eye)
    with world.desk.database.read() as c:
        stopped = {row.name for row in c.execute(select(tables.armed_trigger)) if row.stopped}
    for name, file in zip(GOING, ("a.go", "once.now", "c.obj"), strict=True):
        new = after[name][len(before[name]) :]
        if not any(name in each for each in stopped) and not (new and file in new[0]):
            raise Broken(f"9: {name} did not fire for {file}")
    disk.clear()
    for _ in range(8):
        eye.look()
        world.go_on(timedelta(minutes=30), people=False)
    gone = _check_firings(world, eye)
    for _ in range(3):
        eye.look()
        world.go_on(timedelta(minutes=30), people=False)
    if gone != _check_firings(world, eye):
        raise Broken("12: a trigger fires for files that are gone")
    with world.desk.database.read() as c:
        assert len(armed_triggers.wanted_files(c, LOCAL_ID)) == len(GOING) - len(stopped)
        assert not c.execute(select(tables.trigger_news)).all()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", SEEDS)
def test_files_that_come_and_go_while_one_looks(
    place: Path | str, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kills = Faults(kill=0.1, crash=0.03, late=0.3, twice=0.2, back=0.05, fail=0.1)
    faults = None if seed % 2 else kills
    setting = Setting(build=lambda d, chance: _build(tmp_path, d, chance), faults=faults)
    with simulation(place, seed, setting) as world:
        disk = Disk(tmp_path, world.clock, Random(f"disk {seed}"), stirs=0.1)
        for each in (complete_files, file_presence):
            monkeypatch.setattr(each, "os", disk.eyes())
        eye = _Eye(world, disk)
        try:
            for _ in range(60):
                for _ in range(disk.chance.choice((0, 0, 1, 3))):
                    disk.act()
                world.go_on(timedelta(seconds=disk.chance.choice((20, 30, 60, 300))))
                eye.look()
                _check_firings(world, eye)
            assert sum(eye.told.values()) > 5
            world.come_to_rest()
            _let_it_settle(world, disk, eye)
            invariants.check(world)
        except BaseException as error:
            error.add_note(f"Seed {seed}, turn {world.turns}; again: {again(__file__, seed)}")
            raise
