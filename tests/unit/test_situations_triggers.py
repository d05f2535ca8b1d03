"""Situations from the field: triggers (docs/situations.md)."""

from __future__ import annotations

import os
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import select

from jams.database import tables, triggers
from jams.objects.enums import EntryState
from jams.objects.patch import patch_of
from jams.objects.schedule import SubmitInfo
from jams.objects.trigger_parts import TriggerEventType
from jams.objects.triggers import Trigger, TriggerAction, TriggerEvent, TriggerStatus
from jams.scheduler.triggers import defining, resetting
from jams.services.file_watch import FileWatch
from tests.support.engine import element
from tests.support.field import Field, Play, field
from tests.support.planning import scheduled
from tests.support.schedule import USER

DAY = "2027-03-08"


class Watched:
    """A world whose files are watched, in a folder ``in``; files have the time of the world."""

    def __init__(self, w: Field, folder: Path) -> None:
        self.w = w
        self.folder = folder
        self.watch = FileWatch(w.database)

    def until(self, text: str) -> None:
        """Let time pass, and look then."""
        self.w.until(text)
        self.look()

    def look(self) -> None:
        self.watch.look()
        self.w.turns()

    def seconds(self, count: int) -> None:
        """Let seconds pass, with a look in each."""
        for _ in range(count):
            self.w.after(seconds=1)
            self.look()

    def put(self, name: str, text: str = "x") -> Path:
        """Add to a file."""
        path = self.folder / name
        with path.open("a") as file:
            file.write(text)
        now = self.w.now.timestamp()
        os.utime(path, (now, now))
        return path

    def trigger(self, pattern: str, job: str, *events: TriggerEvent, steady: int = 0) -> int:
        """A trigger of a file, and of more, that is reset when it has fired."""
        file = TriggerEvent(
            event_type=TriggerEventType.FILE, file_name=str(self.folder / pattern), steady_seconds=steady
        )
        document = Trigger(
            trigger_name="G",
            parent_folder_name="\\T",
            events=[*events, file],
            actions=[TriggerAction(job_name=job)],
        )
        made = self.w.write(lambda c: defining.create(c, document, self.w.now, user=USER))
        assert made.trigger_id is not None
        self.look()
        return made.trigger_id

    def shown(self, id: int) -> Trigger:
        return self.w.read(lambda c: triggers.get(c, id))

    def enable(self, id: int) -> None:
        enabled = patch_of(Trigger)(enabled=True)
        self.w.write(lambda c: defining.change(c, enabled, self.w.now, id=id, user=USER))
        self.look()


def test_s35_two_events_one_of_them_old(place: Path | str, tmp_path: Path) -> None:
    with field(place, f"{DAY} 07:00") as w:
        orders = w.job("\\T\\ORDERS")
        w.job("\\T\\PRICE")
        f = Watched(w, tmp_path)
        job = TriggerEvent(event_type=TriggerEventType.JOB, job_name="\\T\\ORDERS")
        id = f.trigger("prices.csv", "\\T\\PRICE", job)
        w.plays["ORDERS"] = [*([Play(1)] * 5), Play(1, 1), Play(40)]

        def ends(day: str, time: str, minutes: int = 1, **members: Any) -> None:
            w.at(w.moment(f"2027-03-{day} {time}") - timedelta(minutes=minutes))
            w.enter(lambda c: SubmitInfo(submit_id=orders, **members))
            w.turns()

        def taken() -> None:
            w.after(seconds=1)
            (tmp_path / "prices.csv").unlink()
            f.seconds(8)

        ends("08", "08:00")
        ends("08", "09:00")
        f.until(f"{DAY} 10:00")
        assert w.starts("PRICE") == []
        f.put("prices.csv")
        f.look()
        assert w.starts("PRICE") == ["03-08 10:00"]
        taken()
        ends("09", "08:00")
        f.until("2027-03-09 12:00")
        w.write(lambda c: resetting.reset_trigger(c, id, w.now))
        f.until("2027-03-09 13:00")
        f.put("prices.csv")
        f.look()
        ends("09", "13:30", debug_mode=True)
        ends("09", "14:00")
        f.until("2027-03-09 13:59:59")
        assert len(w.starts("PRICE")) == 1
        f.until("2027-03-09 14:00")
        assert w.starts("PRICE")[1:] == ["03-09 14:00"]
        taken()
        f.until("2027-03-10 09:00")
        f.put("prices.csv")
        f.look()
        ends("10", "10:00")
        ends("10", "11:00", 40)
        f.until("2027-03-10 10:30")
        shown = f.shown(id).events
        assert [event.met for event in shown] == [False, True]
        assert shown[1].since_utc == w.moment("2027-03-10 09:00")
        assert shown[1].met_by == f"file {tmp_path}/prices.csv is there"
        w.dies("2027-03-10 11:30")
        assert w.starts("PRICE")[2:] == ["03-10 11:30"]
        assert f.shown(id).last_fired_utc == w.moment("2027-03-10 11:30")
        w.holds()


def test_s36_the_file_nobody_takes_away(place: Path | str, tmp_path: Path) -> None:
    """The rule: five firings within 60 seconds; the one that would be the sixth disables the trigger."""
    with field(place, f"{DAY} 09:59") as w:
        w.job("\\T\\NOP")
        w.lasts["NOP"] = timedelta(seconds=1)
        f = Watched(w, tmp_path)
        id = f.trigger("*.go", "\\T\\NOP")
        f.until(f"{DAY} 10:00")
        f.put("a.go")
        f.seconds(40)
        found = f.shown(id)
        assert len(w.starts("NOP")) == 5 and found.status is TriggerStatus.DISABLED
        assert "a.go is there" in (found.status_message or "")
        f.until(f"{DAY} 10:30")
        f.enable(id)
        f.seconds(40)
        assert len(w.starts("NOP")) == 10
        f.until(f"{DAY} 10:31")
        (tmp_path / "a.go").unlink()
        f.enable(id)
        f.seconds(10)
        assert len(w.starts("NOP")) == 10 and f.shown(id).enabled
        f.put("b.go")
        f.look()
        assert len(w.starts("NOP")) == 11
        told = w.read(lambda c: c.execute(select(tables.audit.c.message)).scalars().all())
        assert len([line for line in told if "was disabled" in line]) == 2
        w.holds()


def test_s36_of_version_7_it_fires_once_for_each_end_of_its_job(place: Path | str, tmp_path: Path) -> None:
    with field(place, f"{DAY} 09:59") as w:
        trigger = element("FileTrigger", FileName=f"{tmp_path}/*.go", SteadySeconds=0)
        w.job("\\T\\SLOW", "true", trigger, SingleInstanceAction="Wait")
        w.lasts["SLOW"] = timedelta(seconds=25)
        f = Watched(w, tmp_path)
        f.until(f"{DAY} 10:00")
        f.put("a.go")
        f.seconds(80)
        begun = [run.began for run in w.runs if run.job == "SLOW"]
        assert 3 <= len(begun) <= 4
        assert all(later - one >= timedelta(seconds=25) for one, later in pairwise(begun))


def test_s37_half_a_file_a_renamed_file_a_hidden_file(place: Path | str, tmp_path: Path) -> None:
    with field(place, f"{DAY} 09:59") as w:
        w.job("\\T\\TAKE")
        w.lasts["TAKE"] = timedelta(seconds=1)
        f = Watched(w, tmp_path)
        f.trigger("*.csv", "\\T\\TAKE", steady=10)
        took: list[tuple[str, str, str]] = []

        def seconds(count: int) -> None:
            """The job takes the files that it finds when it starts."""
            for _ in range(count):
                runs = len(w.starts("TAKE"))
                f.seconds(1)
                if len(w.starts("TAKE")) == runs:
                    continue
                for path in sorted(tmp_path.glob("*.csv")):
                    if path.is_file() and not path.name.startswith("."):
                        took.append((f"{w.now:%M:%S}", path.name, path.read_text()))
                        path.unlink()

        f.until(f"{DAY} 10:00:00")
        for _ in range(6):
            f.put("a.csv", "part ")
            seconds(8)
        assert took == []
        seconds(4)
        assert took == [("00:50", "a.csv", "part " * 6)]
        f.until(f"{DAY} 10:05:00")
        f.put("b.csv.tmp", "whole")
        seconds(30)
        (tmp_path / "b.csv.tmp").rename(tmp_path / "b.csv")
        seconds(2)
        assert took[1:] == [("05:31", "b.csv", "whole")]
        f.until(f"{DAY} 10:10:00")
        f.put(".c.csv.swp")
        f.put(".d.csv")
        (tmp_path / "g.csv").mkdir()
        seconds(15)
        assert len(took) == 2
        f.put("e.csv", "")
        seconds(12)
        assert [name for _, name, _ in took[2:]] == ["e.csv"]
        f.until(f"{DAY} 10:30:00")
        f.put("h.csv", "old")
        seconds(2)
        f.put("h.new", "newer")
        seconds(1)
        (tmp_path / "h.new").rename(tmp_path / "h.csv")
        seconds(15)
        assert [(name, text) for _, name, text in took[3:]] == [("h.csv", "newer")]
        assert len(w.starts("TAKE")) == 4


def test_s38_the_file_is_gone_again_before_the_job_starts(place: Path | str, tmp_path: Path) -> None:
    """The rule: a dependency that was met when it was asked for is not asked for again in the line."""
    with field(place, f"{DAY} 09:00") as w:
        w.queue("Q", 1)
        w.resource("R", 1)
        f = Watched(w, tmp_path)
        w.job("\\T\\BUSY", "true", scheduled("DAILY", "09:50"), BatchQueue="Q")
        needs = element("ResourceRequirement", Resource="R", Quantity=1)
        w.job("\\T\\HOLDER", "true", scheduled("DAILY", "09:50"), needs)
        w.lasts |= {"BUSY": timedelta(minutes=40), "HOLDER": timedelta(minutes=40)}
        w.job("\\T\\JX", BatchQueue="Q")
        id = f.trigger("x", "\\T\\JX")
        present = element("FileDependency", FileName=f"{tmp_path}/y")
        w.job("\\T\\DF", "true", present, needs, scheduled("DAILY", "10:00"))
        absent = element("FileDependency", FileName=f"{tmp_path}/lock", FilePresence="Absent")
        w.job("\\T\\DA", "true", absent, scheduled("DAILY", "10:00"))
        f.until(f"{DAY} 09:59")
        f.put("y")
        w.until(f"{DAY} 10:00")
        lock = f.put("lock")
        f.put("x")
        lock.unlink()
        f.look()
        assert w.starts("DA") == ["03-08 10:00"]
        f.until(f"{DAY} 10:05")
        (tmp_path / "x").unlink()
        f.look()
        f.until(f"{DAY} 10:10")
        (tmp_path / "y").unlink()
        f.look()
        waiting = w.of("DF")[0].jams_entry
        assert w.state(waiting) is EntryState.RESOURCE_WAIT and "R" in w.told(waiting)
        f.until(f"{DAY} 10:29")
        assert w.starts("JX") == [] and len(w.of("JX")) == 1
        f.until(f"{DAY} 10:45")
        assert w.starts("JX") == ["03-08 10:30"] and w.starts("DF") == ["03-08 10:30"]
        assert f.shown(id).last_fired_utc == w.moment(f"{DAY} 10:00")
        f.until(f"{DAY} 11:00")
        f.put("x")
        f.look()
        assert len(w.starts("JX")) == 2
        w.holds()
