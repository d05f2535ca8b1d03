"""The schema and the stores on PostgreSQL; where it does not run, the test says so."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from jams.database import accounts, audit, entries, folders, history, jobs, open_database, retries, variables
from jams.objects.definitions import Variable
from jams.objects.enums import EntryState, Severity
from jams.objects.errors import AlreadyExists, DatabaseUnusable, FolderNotEmpty, InvalidArgument
from jams.objects.run import RunOutcome
from jams.objects.schedule import Cancel, SubmitInfo
from jams.scheduler import Scheduler, actions, submission
from tests.support.schedule import USER, Desk, PuppetRunner, desk, ended

pytestmark = pytest.mark.integration

SERVER = os.environ.get("TEST_POSTGRESQL", "postgresql+psycopg://postgres@127.0.0.1:5432")


@pytest.fixture
def url() -> Iterator[str]:
    """A database of this test's own, dropped at the end."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    name = f"jams_{secrets.token_hex(6)}"
    admin = create_engine(
        f"{SERVER}/postgres", isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3}
    )
    try:
        with admin.connect() as c:
            c.execute(text(f"CREATE DATABASE {name}"))
    except OperationalError:
        admin.dispose()
        pytest.skip(f"no PostgreSQL answers at {SERVER}")
    try:
        yield f"{SERVER}/{name}"
    finally:
        with admin.connect() as c:
            c.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


@pytest.fixture
def d(url: str) -> Iterator[Desk]:
    with desk(url) as made:
        assert made.database.dialect == "postgresql"
        made.folder("\\Sales")
        made.job("\\Sales\\Load")
        yield made


def test_a_value_that_it_cannot_take_is_the_callers_mistake(d: Desk) -> None:
    with pytest.raises(InvalidArgument, match="NUL"):
        d.read(lambda c: jobs.find(c, name="Lo\0ad"))
    with pytest.raises(InvalidArgument, match="NUL"):
        d.write(lambda c: audit.record(c, user="ada", door="test", operation="hold", target="a\0b"))


def test_definitions(d: Desk) -> None:
    d.folder("\\Sales\\EU")
    assert [
        j.qualified_name for j in d.read(lambda c: jobs.in_folder(c, 1, recursive=True, pattern="l?ad"))
    ] == ["\\Sales\\Load"]
    with pytest.raises(AlreadyExists):
        d.job("\\sales\\LOAD")
    with pytest.raises(FolderNotEmpty):
        d.write(lambda c: folders.delete(c, folders.find(c, name="\\Sales")))
    made = d.write(lambda c: variables.create(c, Variable(variable_name="Ü", value="é"), user=USER))
    assert d.read(lambda c: variables.get(c, variables.locate(c, name="ü"))) == made
    ada = d.write(lambda c: accounts.create(c, "ada", groups=["Developers"]))
    assert d.read(lambda c: accounts.find(c, "ADA")) == ada
    d.write(lambda c: retries.remember(c, "ada", "k", b"f", b"{}"))
    assert d.write(lambda c: retries.recall(c, "ada", "k", b"f")) == b"{}"


def test_a_unit_that_fails_is_undone(d: Desk) -> None:
    def fail(c: object) -> None:
        submission.enter(c, SubmitInfo(name="Load"), submission.Submitter(USER))  # type: ignore[arg-type]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        d.write(fail)
    assert d.read(entries.find) == []
    number = d.submit("Load")
    assert [e.jams_entry for e in d.read(entries.find)] == [number]


def test_many_callers_get_numbers_of_their_own(d: Desk) -> None:
    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(lambda _: d.submit("Load"), range(20)))
    assert sorted(numbers) == list(range(1, 21))
    assert [e.jams_entry for e in d.read(entries.find)] == sorted(numbers)


def test_runs_and_history(d: Desk) -> None:
    runner = PuppetRunner()
    scheduler = Scheduler(d.database)
    scheduler.start(runner)
    try:
        later = d.submit("Load", after=datetime.now(UTC) + timedelta(hours=1))
        number = d.submit("Load", note="100%")
        while d.entry(number).current_state is not EntryState.EXECUTING:
            scheduler.wait_for_change(number, 1)
        d.write(lambda c: actions.cancel(c, later, "bob", Cancel()))
        scheduler.run_ended(
            ended(runner.requests[0].token, RunOutcome.EXITED, exit_code=1, elapsed_seconds=1.5)
        )
        assert scheduler.wait_until_ended(number, 30)
    finally:
        scheduler.stop()
    page = d.read(lambda c: history.search(c, filter="FinalSeverity ge 'Error' and contains(Note,'0%')"))
    (record,) = page.items
    assert (record.jams_entry, record.final_severity, record.elapsed_time) == (number, Severity.ERROR, 1.5)
    assert [r.jams_entry for r in d.read(lambda c: history.find(c))] == [number, later]


def test_reopening_and_refusals(url: str) -> None:
    for _ in range(2):
        with desk(url) as d:
            d.database.check()
    with pytest.raises(DatabaseUnusable) as caught:
        open_database("postgresql://ada:secret@127.0.0.1:1/none?connect_timeout=2")
    assert "secret" not in caught.value.message
