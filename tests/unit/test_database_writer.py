from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, func, select, text

from jams.database import audit, tables
from jams.database.engine import Database
from jams.objects.errors import ServerUnavailable
from tests.support.schedule import desk


class Refused(Exception):
    pass


def record(c: Connection, target: str) -> str:
    audit.record(c, user="ada", door="test", operation="write", target=target)
    return target


def targets(c: Connection) -> list[str]:
    return list(c.scalars(select(tables.audit.c.target).order_by(tables.audit.c.id)))


def commits_of(database: Database) -> list[int]:
    """Counts the commits of the database's writer from now on."""
    counted: list[int] = []
    engine = database._writer._engine  # type: ignore[attr-defined]
    event.listen(engine, "commit", lambda connection: counted.append(1))
    return counted


def hold_writer(database: Database) -> tuple[threading.Event, threading.Thread]:
    """Keep the writer busy with one unit until the event is set."""
    begun, go = threading.Event(), threading.Event()

    def unit(c: Connection) -> None:
        begun.set()
        assert go.wait(30)

    def hold() -> None:
        with suppress(ServerUnavailable):
            database.write(unit)

    thread = threading.Thread(target=hold)
    thread.start()
    assert begun.wait(30)
    return go, thread


def test_answers_come_after_the_commit(place: Path | str) -> None:
    with desk(place) as d:
        assert d.write(lambda c: record(c, "one")) == "one"
        assert d.read(targets) == ["one"]


def test_failing_units_are_undone_alone(place: Path | str) -> None:
    """Many threads at once, a third of the units fails after having written."""

    def unit(c: Connection, number: int) -> int:
        record(c, str(number))
        if number % 3 == 0:
            raise Refused(number)
        return number

    with desk(place) as d:
        commits = commits_of(d.database)

        def write(number: int) -> int | None:
            try:
                return d.write(lambda c: unit(c, number))
            except Refused as refused:
                assert refused.args == (number,)
                return None

        with ThreadPoolExecutor(16) as pool:
            answers = list(pool.map(write, range(600)))
        assert answers == [None if n % 3 == 0 else n for n in range(600)]
        written = d.read(targets)
    assert sorted(map(int, written)) == [n for n in range(600) if n % 3]
    assert len(commits) < 600, "commits were shared"


def test_what_has_gathered_shares_one_commit(place: Path | str) -> None:
    with desk(place) as d:
        go, holding = hold_writer(d.database)
        commits = commits_of(d.database)
        with ThreadPoolExecutor(20) as pool:
            answers = [pool.submit(d.write, lambda c, n=n: record(c, str(n))) for n in range(20)]
            waiting = d.database._writer._waiting  # type: ignore[attr-defined]
            while len(waiting) < 20:
                pass
            go.set()
            assert {answer.result() for answer in answers} == {str(n) for n in range(20)}
        holding.join()
        assert len(commits) <= 2


def test_a_unit_that_spoils_the_transaction_fails_the_batch(tmp_path: Path) -> None:
    """Nobody is told a success that did not happen."""
    with desk(tmp_path / "jams.db") as d:
        go, holding = hold_writer(d.database)
        outcomes: list[BaseException | str] = []

        def write(unit: object) -> None:
            try:
                outcomes.append(d.write(unit))  # type: ignore[arg-type]
            except Exception as error:
                outcomes.append(error)

        def spoil(c: Connection) -> None:
            c.exec_driver_sql("ROLLBACK")
            raise Refused

        threads = [threading.Thread(target=write, args=(lambda c: record(c, "good"),))]
        threads.append(threading.Thread(target=write, args=(spoil,)))
        waiting = d.database._writer._waiting  # type: ignore[attr-defined]
        for count, thread in enumerate(threads, start=1):
            thread.start()
            while len(waiting) < count:
                pass
        go.set()
        for thread in (*threads, holding):
            thread.join()
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Refused", "ServerUnavailable"]
        assert d.read(targets) == []
        assert d.write(lambda c: record(c, "after")) == "after"


def test_a_full_disk_is_told_by_name_and_changes_nothing(tmp_path: Path) -> None:
    with desk(tmp_path / "jams.db") as d:

        def limit(c: Connection) -> None:
            pages = c.exec_driver_sql("PRAGMA page_count").scalar_one()
            c.exec_driver_sql(f"PRAGMA max_page_count={pages + 2}")

        d.write(limit)
        with pytest.raises(ServerUnavailable, match="no room to grow"):
            d.write(lambda c: [record(c, "x" * 200) for _ in range(500)])
        assert d.read(targets) == []
        d.write(lambda c: c.exec_driver_sql("PRAGMA max_page_count=1000000"))
        d.write(lambda c: record(c, "kept"))
        assert d.read(targets) == ["kept"]


def test_commit_that_fails_is_told_to_every_caller(place: Path | str) -> None:
    with desk(place) as d:
        engine = d.database._writer._engine  # type: ignore[attr-defined]

        def refuse(connection: Connection) -> None:
            raise OSError("the disk is gone")

        event.listen(engine, "commit", refuse)
        with pytest.raises(ServerUnavailable):
            d.write(lambda c: record(c, "lost"))
        event.remove(engine, "commit", refuse)
        assert d.read(targets) == []
        assert d.write(lambda c: record(c, "kept")) == "kept"
        assert d.read(targets) == ["kept"]


def test_writing_from_inside_a_unit_is_an_error(place: Path | str) -> None:
    with desk(place) as d, pytest.raises(RuntimeError):
        d.write(lambda c: d.write(lambda again: None))


def test_closing_commits_what_has_gathered(place: Path | str) -> None:
    with desk(place) as d:
        go, holding = hold_writer(d.database)
        with ThreadPoolExecutor(5) as pool:
            answers = [pool.submit(d.write, lambda c, n=n: record(c, str(n))) for n in range(5)]
            waiting = d.database._writer._waiting  # type: ignore[attr-defined]
            while len(waiting) < 5:
                pass
            closing = threading.Thread(target=d.database.close)
            closing.start()
            go.set()
            assert sorted(answer.result() for answer in answers) == list("01234")
            closing.join()
        holding.join()
    with desk(place) as d:
        assert sorted(d.read(targets)) == list("01234")


def test_readers_keep_their_snapshot(place: Path | str) -> None:
    with desk(place) as d, d.database.read() as c:
        assert targets(c) == []
        d.write(lambda w: record(w, "new"))
        assert targets(c) == []
        assert d.read(targets) == ["new"]


WRITER = """
import sys, threading
from jams.database import audit, open_database

database = open_database(sys.argv[1])
lock = threading.Lock()

def write(thread):
    for number in range(100_000):
        name = f"{thread}-{number}"
        try:
            database.write(lambda c: unit(c, name, fail=number % 5 == 0))
        except ValueError:
            continue
        with lock:
            print(name, flush=True)

def unit(c, name, fail):
    audit.record(c, user="ada", door="test", operation="write", target=name)
    if fail:
        raise ValueError

for thread in range(6):
    threading.Thread(target=write, args=(thread,), daemon=True).start()
threading.Event().wait(60)
"""


@pytest.mark.skipif(os.name == "nt", reason="kills by signal")
def test_what_was_answered_survives_kill(place: Path | str) -> None:
    """A process that writes is killed at a random moment: every answered unit is there, no failed one."""
    seed = random.randrange(10**6)
    count = random.Random(seed).randrange(50, 400)
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(place)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    answered = [process.stdout.readline().strip() for _ in range(count)]
    process.send_signal(signal.SIGKILL)
    answered += [
        line.strip() for line in process.stdout.read().split("\n") if line.endswith(tuple("0123456789"))
    ]
    process.stdout.close()
    process.wait()
    with desk(place) as d:
        written = d.read(targets)
        if d.database.dialect == "sqlite":
            assert d.read(lambda c: c.scalar(text("PRAGMA integrity_check"))) == "ok"
        total = d.read(lambda c: c.scalar(select(func.count()).select_from(tables.audit)))
    assert total == len(set(written))
    whole = [name for name in answered[:-1] if name]
    assert set(whole) <= set(written), f"seed {seed}"
    assert not [name for name in written if int(name.partition("-")[2]) % 5 == 0]
