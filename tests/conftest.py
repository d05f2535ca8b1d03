"""What all tests share: a clean environment, and the promise that nothing is skipped in silence."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import compiled_statements, databases


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--no-skips", action="store_true", help="fail when a test is skipped: every part must be here"
    )


def pytest_configure(config: pytest.Config) -> None:
    for name in [name for name in os.environ if name.startswith("JAMS_")]:
        if not name.startswith("JAMS_TEST_"):
            del os.environ[name]


@pytest.fixture(params=databases.KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    """A new database: the test runs once on each kind."""
    with databases.database(request.param, tmp_path) as made:
        yield made


@pytest.fixture(scope="session")
def statements() -> Iterator[compiled_statements.Notes]:
    with compiled_statements.noted() as notes:
        yield notes


@pytest.fixture(autouse=True)
def sql_server_takes_them(statements: compiled_statements.Notes) -> Iterator[None]:
    """What a test has executed is compiled for SQL Server as well; a test is to blame for what is new."""
    yield
    assert statements.faults() == []


def pytest_unconfigure(config: pytest.Config) -> None:
    databases.drop_all()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not session.config.getoption("--no-skips"):
        return
    skipped = reporter.stats.get("skipped", [])
    if skipped and exitstatus == pytest.ExitCode.OK:
        reporter.write_line(f"{len(skipped)} tests were skipped, and --no-skips forbids it.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_collection_finish(session: pytest.Session) -> None:
    """Look through the tests themselves no more: they stay, and there are tens of thousands."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        folder = item.path.relative_to(item.config.rootpath / "tests").parts[0]
        if folder in {"unit", "contract", "integration", "fault"}:
            item.add_marker(folder)
