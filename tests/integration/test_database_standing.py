"""One server works with a database, and others are refused until it is gone; what other processes write is
heard."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from jams.database import Database, changes, entries, jobs, open_beside, open_database, schema, standing
from jams.database.changes import Change
from jams.objects.definitions import Job
from jams.objects.enums import EntryState
from jams.objects.errors import DatabaseUnusable, ServerUnavailable
from jams.objects.patch import stated
from jams.objects.schedule import Cancel
from jams.scheduler import Scheduler, actions
from tests.support import databases
from tests.support.eventually import eventually
from tests.support.schedule import USER, Desk, PuppetRunner, desk


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with databases.database("postgresql", tmp_path) as made:
        yield str(made)


@contextmanager
def session(url: str) -> Iterator[psycopg.Connection[Any]]:
    """A session of somebody else."""
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


def end_standing(other: psycopg.Connection[Any]) -> None:
    """Lose the standing connection of the server that works with the database."""
    other.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name LIKE 'JAMS _%' AND datname = current_database()"
    )


def take_lock(heir: psycopg.Connection[Any], other: psycopg.Connection[Any]) -> None:
    """Take the lock from the server that has it."""
    while True:
        end_standing(other)
        if heir.execute(standing._LOCK, [standing._CLASS]).fetchone() == (True,):
            return


def test_a_second_server_is_refused_and_told_who_is_there(place: Path | str) -> None:
    with desk(place), pytest.raises(DatabaseUnusable) as caught:
        open_database(place)
    assert f"the JAMS server {socket.gethostname()} (process {os.getpid()} on " in caught.value.message
    assert caught.value.message.endswith("; stop it, or name another database.")
    open_database(place, server="Next").close()


def test_the_password_is_never_shown(url: str) -> None:
    secret = url.replace("postgres@", "postgres:hunter2@")
    with desk(secret), pytest.raises(DatabaseUnusable) as caught:
        open_database(secret)
    assert "postgres:***@" in caught.value.message


HOLDER = """
import sys, threading
from jams.database import open_database
open_database(sys.argv[1], server="Doomed")
print("here", flush=True)
threading.Event().wait(60)
"""


@pytest.mark.skipif(os.name == "nt", reason="kills by signal")
def test_a_server_that_is_killed_frees_the_database_at_once(place: Path | str) -> None:
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(place)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "here\n"
    with pytest.raises(DatabaseUnusable, match=f"server Doomed \\(process {process.pid} on"):
        open_database(place)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    open_database(place).close()


def test_two_servers_that_start_at_once_make_one_schema() -> None:
    def start(url: str) -> Database | DatabaseUnusable:
        try:
            return open_database(url)
        except DatabaseUnusable as refused:
            return refused

    with databases.unmade() as url, ThreadPoolExecutor(2) as pool:
        found = list(pool.map(start, [url, url]))
        opened = [each for each in found if isinstance(each, Database)]
        assert len(opened) == 1, found
        assert opened[0].schema_version == schema.known_versions()[-1]
        opened[0].close()


def test_beside_a_server_nothing_is_made_or_upgraded(tmp_path: Path) -> None:
    with databases.unmade() as url:
        for where in (url, tmp_path / "jams.db"):
            with pytest.raises(DatabaseUnusable, match="start the server once"):
                open_beside(where)
    assert not (tmp_path / "jams.db").exists()


def test_a_database_of_another_version_is_left_alone(place: Path | str) -> None:
    with desk(place) as d:
        d.write(lambda c: c.exec_driver_sql("UPDATE alembic_version SET version_num = '0003'").close())
        with pytest.raises(DatabaseUnusable, match="another version"):
            open_beside(place)
        d.write(
            lambda c: c.exec_driver_sql(
                f"UPDATE alembic_version SET version_num = '{schema.known_versions()[-1]}'"
            ).close()
        )


@pytest.fixture
def stage(place: Path | str) -> Iterator[tuple[Desk, Desk, Scheduler, PuppetRunner]]:
    """A server with a scheduler, and another process beside it."""
    with desk(place) as d:
        d.job("\\Load")
        runner, scheduler = PuppetRunner(), Scheduler(d.database)
        scheduler.start(runner)
        beside = open_beside(place)
        yield d, Desk(beside), scheduler, runner
        beside.close()
        scheduler.stop()


def test_a_cancel_from_another_process_arrives(stage: tuple[Desk, Desk, Scheduler, PuppetRunner]) -> None:
    d, beside, _, runner = stage
    number = d.submit("\\Load")
    eventually(lambda: d.entry(number).current_state is EntryState.EXECUTING)
    beside.write(lambda c: actions.cancel(c, number, USER, Cancel()))
    eventually(lambda: bool(runner.aborted))
    assert runner.aborted == [(runner.requests[0].token, False)]


def test_a_submission_from_another_process_is_started(
    stage: tuple[Desk, Desk, Scheduler, PuppetRunner],
) -> None:
    _, beside, _, runner = stage
    number = beside.submit("\\Load")
    eventually(lambda: bool(runner.requests))
    assert runner.requests[0].jams_entry == number


def test_who_waits_hears_of_an_end_in_another_process(
    stage: tuple[Desk, Desk, Scheduler, PuppetRunner],
) -> None:
    d, beside, scheduler, _ = stage
    number = d.submit("\\Load", hold=True)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(scheduler.wait_until_ended, number, 40)
        other = d.submit("\\Load", hold=True)
        beside.write(lambda c: actions.cancel(c, other, USER, Cancel()))
        beside.write(lambda c: actions.cancel(c, number, USER, Cancel()))
        assert waiting.result(40)


def test_a_definition_that_another_process_changes_counts_at_once(
    stage: tuple[Desk, Desk, Scheduler, PuppetRunner],
) -> None:
    d, beside, _, _ = stage
    d.entry(d.submit("\\Load", hold=True))
    beside.write(lambda c: jobs.change(c, stated(Job(job_name="Load", source="exit 7")), user=USER))
    assert d.entry(d.submit("\\Load", hold=True)).source == "exit 7"


def heard(d: Desk) -> tuple[list[dict[int, Change]], list[None]]:
    told: list[dict[int, Change]] = []
    missed: list[None] = []
    d.database.listen(lambda changed: told.append(dict(changed)), lambda: missed.append(None))
    return told, missed


def test_what_is_told_is_what_has_changed(url: str) -> None:
    with desk(url) as d:
        beside = Desk(open_beside(url))
        told, missed = heard(d)
        beside.job("\\Load")
        number = beside.submit("\\Load", hold=True)
        eventually(lambda: len(told) == 2)
        assert told == [
            {changes.DEFINITIONS: changes.OTHERWISE},
            {number: Change(state=EntryState.HELD, added=True)},
        ]
        d.submit("\\Load", hold=True)
        assert len(told) == 3, "of its own writing it is told once"

        def many(c: Any) -> None:
            for each in range(10_000, 11_000):
                changes.note(c, each, changes.OTHERWISE)

        beside.write(many)
        eventually(lambda: bool(missed))
        with session(url) as other:
            missed.clear()
            channel = other.execute("SELECT 'jams' || hashtext(current_schema())").fetchone()
            assert channel is not None
            other.execute("SELECT pg_notify(%s, 'nonsense')", channel)
            eventually(lambda: bool(missed))
        assert len(told) == 3
        beside.database.close()


def test_the_standing_connection_comes_back(url: str) -> None:
    with desk(url) as d, session(url) as other:
        told, missed = heard(d)
        end_standing(other)
        eventually(lambda: bool(missed))
        assert d.database.held
        beside = Desk(open_beside(url))
        beside.job("\\Load")
        eventually(lambda: bool(told))
        beside.database.close()
        with pytest.raises(DatabaseUnusable, match="is in use by"):
            open_database(url)


def test_nothing_is_started_while_the_lock_is_away(url: str) -> None:
    with desk(url) as d, session(url) as other:
        d.job("\\Load")
        runner, scheduler = PuppetRunner(), Scheduler(d.database)
        scheduler.start(runner)
        with session(url) as keeper:
            take_lock(keeper, other)
            eventually(lambda: not d.database.held)
            number = d.submit("\\Load")
            scheduler.wake()
            time.sleep(0.3)
            assert runner.requests == [] and d.entry(number).current_state is EntryState.PENDING
        eventually(lambda: d.database.held)
        eventually(lambda: bool(runner.requests))
        scheduler.stop()


def test_a_server_whose_database_was_taken_over_does_no_more(url: str) -> None:
    with desk(url) as d, session(url) as other:
        d.job("\\Load")
        lost = threading.Event()
        d.database.when_lost(lost.set)
        with session(url) as heir:
            take_lock(heir, other)
            heir.execute("UPDATE server SET token = 'heir'")
        assert lost.wait(30)
        assert not d.database.held
        with pytest.raises(ServerUnavailable, match="taken the database over"):
            d.write(d.database.confirm)
        runner, scheduler = PuppetRunner(), Scheduler(d.database)
        scheduler.start(runner)
        d.submit("\\Load")
        time.sleep(0.2)
        scheduler.stop()
        assert runner.requests == []


def test_servers_in_two_schemas_of_one_database() -> None:
    with databases.unmade() as url, session(url) as other:
        places = []
        for name in ("sales", "hr"):
            other.execute(f"CREATE SCHEMA {name}")
            places.append(f"{url}?options=-csearch_path%3D{name}")
        with desk(places[0]) as sales, desk(places[1]) as hr:
            sales.job("\\Load")
            assert sales.submit("\\Load", hold=True) == hr.write(lambda c: 1)
            told, _ = heard(hr)
            sales.submit("\\Load", hold=True)
            assert hr.read(entries.find) == [] and told == []
        with pytest.raises(DatabaseUnusable, match="no schema"):
            open_database(f"{url}?options=-csearch_path%3Dnone")
