"""What a purge removes, and what it does not."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from jams.database import audit_chain, audit_checking, endings, tables
from jams.executor.log_places import LogPlaces
from jams.objects.enums import Severity
from jams.objects.errors import InvalidParameter
from jams.objects.purging import PurgeKind, PurgeOrder, order_of
from jams.scheduler.purging import Done, Purge, Traffic, foreseen
from tests.support import old_history as old
from tests.support.old_history import NOW, ago
from tests.support.schedule import Desk


class Files:
    """Removes nothing, and remembers what it should."""

    def __init__(self, problem: str | None = None) -> None:
        self.problem = problem
        self.asked: list[str] = []

    def remove(self, logs: Sequence[tuple[str, datetime]]) -> list[str | None]:
        self.asked += [path for path, _ in logs]
        return [self.problem for _ in logs]


def purge(d: Desk, order: PurgeOrder, files: Any = None, stop: Any = None, told: Any = None) -> Done:
    tell = (lambda text: None) if told is None else told
    return Purge(
        d.database, order, NOW, files or Files(), Traffic(d.database), stop or threading.Event(), tell
    ).run()


def history(days: int, minimum: int = 1, maximum: int | None = None) -> PurgeOrder:
    return PurgeOrder(what=PurgeKind.HISTORY, days=days, minimum=minimum, maximum=maximum)


def foretold(d: Desk, order: PurgeOrder) -> int:
    return d.read(lambda c: foreseen(c, order, NOW))


def test_what_is_older_goes_but_never_the_last_of_a_job(d: Desk) -> None:
    often, yearly = d.job("Often"), d.job("Yearly")
    old.add(d, [old.row(often, 1000 + n, ago(n)) for n in range(20)])
    old.add(d, [old.row(yearly, 2000 + n, ago(300 * (n + 1))) for n in range(3)])
    assert foretold(d, history(10)) == 11
    assert purge(d, history(10)).rows == 11
    assert old.numbers(d, often) == [*range(1000, 1011)]
    assert old.numbers(d, yearly) == [2000]
    assert old.audited(d) == {*range(1000, 1011), 2000}
    assert purge(d, history(10)).rows == 0


def test_minimum_and_maximum_are_counted_by_job(d: Desk) -> None:
    job = d.job("J")
    old.add(d, [old.row(job, 1000 + n, ago(n)) for n in range(20)])
    assert purge(d, history(3, minimum=12)).rows == 8
    assert purge(d, history(100, maximum=5)).rows == 7
    assert old.numbers(d, job) == [*range(1000, 1005)]


def test_runs_that_ended_at_one_moment_are_told_apart(d: Desk) -> None:
    job = d.job("J")
    old.add(d, [old.row(job, 1000 + n, ago(5)) for n in range(1200)])
    assert purge(d, history(100, maximum=7)).rows == 1193
    assert old.numbers(d, job) == [*range(2193, 2200)]


def test_of_a_job_that_is_gone_nothing_is_spared(d: Desk) -> None:
    old.add(d, [old.row(77, 1000, ago(50)), old.row(77, 1001, ago(5)), old.row(None, 1002, ago(50))])
    assert purge(d, history(10)).rows == 2
    assert old.numbers(d, 77) == [1001] and old.numbers(d, None) == []


def test_what_the_monitor_shows_keeps_its_history_and_its_trail(d: Desk) -> None:
    job = d.job("J")
    shown = d.submit("J")
    d.finish(shown, completion_time=ago(50), final_severity=Severity.ERROR)
    old.add(d, [old.row(job, shown, ago(50)), old.row(job, 2000, ago(49)), old.row(job, 2001, ago(1))])
    assert foretold(d, history(10)) == 1
    assert purge(d, history(10)).rows == 1
    assert old.numbers(d, job) == [shown, 2001]
    assert shown in old.audited(d)


def test_dependencies_see_what_they_saw_before(d: Desk) -> None:
    """The last end of each severity or better stays, however old it is."""
    job = d.job("J")
    old.add(
        d,
        [
            old.row(job, 1000, ago(90), Severity.SUCCESS),
            old.row(job, 1001, ago(80), Severity.SUCCESS),
            old.row(job, 1002, ago(70), Severity.FATAL),
            old.row(job, 1003, ago(60), Severity.WARNING),
            old.row(job, 1004, ago(50), Severity.ERROR),
            old.row(job, 1005, ago(40), Severity.SUCCESS, counts=False),
            old.row(job, 1006, ago(1), Severity.ERROR),
        ],
    )

    def seen() -> list[Any]:
        return [d.read(lambda c, s=s: endings.last(c, job, severity=s)) for s in Severity]

    before = seen()
    assert foretold(d, history(10)) == 4
    purge(d, history(10))
    assert old.numbers(d, job) == [1001, 1003, 1006]
    assert seen() == before


def test_statistics_stay(d: Desk) -> None:
    job = d.job("J")
    d.write(lambda c: c.execute(tables.job.update().values(run_count=20, sum_elapsed=1200.0)))
    old.add(d, [old.row(job, 1000 + n, ago(n)) for n in range(20)])
    purge(d, history(1))
    kept = select(tables.job.c.run_count, tables.job.c.sum_elapsed).where(tables.job.c.id == job)
    assert d.read(lambda c: tuple(c.execute(kept).one())) == (20, 1200.0)


def test_logs_go_after_their_rows_and_a_purge_that_was_killed_is_made_up_for(d: Desk) -> None:
    job = d.job("J")
    old.add(d, [old.row(job, 1000 + n, ago(n), log=f"/logs/{n}.log") for n in range(20)])

    class Killed(BaseException):
        pass

    class Torn(Files):
        def remove(self, logs: Sequence[tuple[str, datetime]]) -> list[str | None]:
            raise Killed

    with pytest.raises(Killed):
        purge(d, history(10), Torn())
    assert old.numbers(d, job) == [*range(1000, 1011)]
    files = Files()
    assert purge(d, history(10), files) == Done(0, 9)
    assert sorted(files.asked) == sorted(f"/logs/{n}.log" for n in range(11, 20))
    assert purge(d, history(10), again := Files()) == Done(0, 0) and not again.asked


def test_logs_that_cannot_be_removed_are_told_of_and_tried_again(d: Desk) -> None:
    job = d.job("J")
    old.add(d, [old.row(job, 1000 + n, ago(n), log=f"/logs/{n}.log") for n in range(3)])
    told: list[str] = []
    purge(d, history(1), Files("Permission denied."), told=told.append)
    assert told[0] == "The log /logs/2.log is still there: Permission denied."
    assert purge(d, history(1), files := Files()).logs == 1 and files.asked == ["/logs/2.log"]


def test_logs_can_go_before_their_runs(d: Desk) -> None:
    job = d.job("J")
    old.add(d, [old.row(job, 1000 + n, ago(n), log=None if n % 2 else f"/{n}.log") for n in range(20)])
    order = PurgeOrder(what=PurgeKind.LOGS, days=10)
    assert foretold(d, order) == 4
    assert purge(d, order, files := Files()) == Done(0, 4)
    assert sorted(files.asked) == ["/12.log", "/14.log", "/16.log", "/18.log"]
    named = select(func.count()).where(tables.history.c.log_filename.is_not(None))
    assert d.read(lambda c: c.scalar(named)) == 6 and len(old.numbers(d, job)) == 20


def test_trails_are_purged(d: Desk) -> None:
    job = d.job("J")
    old.add(d, [old.row(job, 1000, ago(50))])

    def lines(table: Any, **values: Any) -> None:
        d.write(
            lambda c: c.execute(insert(table), [{"time": ago(n), "user_name": "ada", **values} for n in days])
        )

    days = range(49, -1, -1)
    for n in days:
        line = audit_chain.Row(time=ago(n), user_name="ada", door="rest", operation="x")
        d.write(lambda c, line=line: audit_chain.note(c, line))  # type: ignore[misc]
    lines(tables.entry_audit, number=5, message="It was planned.")
    order = PurgeOrder(what=PurgeKind.AUDIT_TRAIL, days=10)
    assert foretold(d, order) == 78
    assert purge(d, order).rows == 78
    assert d.read(lambda c: c.scalar(select(func.count()).select_from(tables.audit))) == 12
    assert d.read(audit_checking.verify).intact
    assert old.audited(d) == {5, 1000}


def test_what_is_broken_off_goes_on_later(d: Desk) -> None:
    job = d.job("J")
    old.add(d, [old.row(job, 1000 + n, ago(n / 100)) for n in range(3000)], audited=False)

    class Soon(threading.Event):
        asked = 0

        def is_set(self) -> bool:
            self.asked += 1
            return self.asked > 2

    done = purge(d, history(1), stop=Soon())
    assert done.broken_off and 0 < done.rows < 2899
    assert purge(d, history(1)).rows == 2899 - done.rows


def test_files_are_removed_where_logs_may_lie_and_nowhere_else(tmp_path: Path) -> None:
    places = LogPlaces(tmp_path, [tmp_path / "logs"])
    (tmp_path / "logs" / "deep").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    mine, later, other, aim = (
        tmp_path / name for name in ("logs/deep/a.log", "logs/b.log", "elsewhere/c.log", "d.txt")
    )
    for path in (mine, later, other, aim):
        path.write_text("x")
    link = tmp_path / "logs" / "link.log"
    link.symlink_to(aim)
    (tmp_path / "logs" / "out").symlink_to(tmp_path / "elsewhere")
    until = mine.stat().st_mtime + 60
    os.utime(later, (until + 1, until + 1))
    names = [
        mine,
        later,
        other,
        link,
        tmp_path / "logs" / "out" / "c.log",
        tmp_path / "logs" / "no" / "e.log",
    ]
    problems = places.remove([(str(name), until) for name in names])
    assert [problem is None for problem in problems] == [True, True, False, True, False, True]
    assert not mine.exists()
    assert later.exists() and other.exists() and aim.exists()


@pytest.mark.parametrize(
    ("parameters", "about"),
    [
        ({}, "needs the parameter Days"),
        ({"Days": "0"}, "from 1 to"),
        ({"Days": "ten"}, "must be a number"),
        ({"Days": "10", "Age": "3"}, "no parameter Age"),
        ({"Days": "10", "What": "Histroy"}, "Did you mean History"),
        ({"Days": "10", "What": "Logs", "Maximum": "5"}, "for the history alone"),
        ({"Days": "10", "Minimum": "9", "Maximum": "5"}, "less than Minimum"),
    ],
)
def test_a_purge_that_cannot_be_meant_is_refused(parameters: dict[str, str], about: str) -> None:
    with pytest.raises(InvalidParameter, match=about):
        order_of(parameters)


def test_parameters_say_what_is_purged() -> None:
    assert order_of({"days": "7", "WHAT": "auditTrail"}) == PurgeOrder(what=PurgeKind.AUDIT_TRAIL, days=7)
    assert order_of({"Days": "7", "Minimum": "2", "Maximum": "0"}) == PurgeOrder(
        what=PurgeKind.HISTORY, days=7, minimum=2
    )
    assert timedelta(days=order_of({"Days": "36500"}).days) < timedelta.max
