"""Reports of unexpected faults of services, which the setting AutoReport asks for."""

from __future__ import annotations

import json
import logging
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jams.database import stored_settings
from jams.objects.errors import ServerUnavailable
from jams.services import auto_report, doctor
from jams.services.auto_report import FaultReports
from jams.services.configuration import load
from jams.services.settings import Settings
from tests.support.eventually import eventually
from tests.support.running import configure
from tests.support.schedule import Desk

SECRET = "0123456789-secret"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    configure(tmp_path / "home", ServerName="town")
    (tmp_path / "home" / "secret.key").write_text(SECRET)
    found = load(tmp_path / "home").settings
    found.log_directory.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"line {number}\n" for number in range(50_000))
    (found.log_directory / "JAMSServer.log").write_text(lines)
    return found


@pytest.fixture
def watch(d: Desk, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultReports]:
    monkeypatch.setattr(
        doctor, "examine", lambda settings: iter([doctor.Finding(what="w", good=True, told="t.")])
    )
    made = FaultReports(settings, "JAMSServer", d.database)
    made.start()
    yield made
    made.stop()


def put(d: Desk, **values: str) -> None:
    for name, value in values.items():
        d.write(lambda c, n=name, v=value: stored_settings.put(c, n.replace("_", " "), v, user="ada"))


def fail(told: str = "it failed", kind: type[Exception] = ZeroDivisionError) -> None:
    try:
        raise kind(told)
    except Exception:
        logging.getLogger("jams.somewhere").exception("what nobody expected: %s", told)


def reports(settings: Settings) -> list[Path]:
    return sorted((settings.home / "reports").glob("*.zip"))


def opened(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as report:
        return {name: report.read(name).decode() for name in report.namelist()}


def test_no_fault_is_reported_by_itself(settings: Settings, watch: FaultReports) -> None:
    fail()
    watch.stop()
    assert not (settings.home / "reports").exists()


def test_a_fault_is_reported_where_that_is_wanted(d: Desk, settings: Settings, watch: FaultReports) -> None:
    put(d, AutoReport="True", Company_Name="Ada & Co", ContactEmail="ada@example.org")
    logging.getLogger("jams.somewhere").error("what is foreseen has no traceback")
    fail()
    watch.stop()
    (path,) = reports(settings)
    found = opened(path)
    told: dict[str, Any] = json.loads(found["report.json"])
    assert (told["Company Name"], told["ContactEmail"]) == ("Ada & Co", "ada@example.org")
    assert told["fault"] == "what nobody expected: it failed" and told["from"] == "jams.somewhere"
    assert told["service"] == "JAMSServer" and told["database"] == d.database.dialect
    assert "ZeroDivisionError: it failed" in "".join(told["traceback"])
    assert found["doctor.txt"] == "good: w: t.\n"
    lines = found["JAMSServer.log"].splitlines()
    assert (
        lines[-1] == "line 49999"
        and lines[0].startswith("line ")
        and len(found["JAMSServer.log"]) <= 256 << 10
    )
    assert path.stat().st_mode & 0o777 == 0o600 and path.parent.stat().st_mode & 0o777 == 0o700
    assert not any(SECRET in text for text in found.values())


def test_the_same_fault_is_reported_once_and_few_reports_are_kept(
    d: Desk, settings: Settings, watch: FaultReports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auto_report, "_KEPT", 2)
    put(d, AutoReport="True")
    for kind in (ZeroDivisionError, ZeroDivisionError, KeyError, OSError, KeyError):
        fail(kind=kind)
    watch.stop()
    found = [json.loads(opened(path)["report.json"])["traceback"][-1] for path in reports(settings)]
    assert [line.partition(":")[0] for line in found] == ["KeyError", "OSError"]


def test_what_was_set_holds_while_the_database_cannot_be_read(
    d: Desk, settings: Settings, watch: FaultReports, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(d, AutoReport="True")
    fail()
    eventually(lambda: bool(reports(settings)))

    def away() -> None:
        raise ServerUnavailable("The database cannot be read.")

    monkeypatch.setattr(d.database, "read", away)
    fail(kind=KeyError)
    watch.stop()
    assert len(reports(settings)) == 2


def test_what_fails_while_a_report_is_made_is_not_reported_in_turn(
    d: Desk, watch: FaultReports, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[None] = []

    def away() -> None:
        fail("the database is away", KeyError)
        looked.append(None)
        raise ServerUnavailable("The database cannot be read.")

    monkeypatch.setattr(d.database, "read", away)
    fail()
    eventually(lambda: bool(looked))
    watch.stop()
    assert len(looked) == 1


def test_the_doctor_tells_of_reports(d: Desk, settings: Settings) -> None:
    before = [each.what for each in doctor._files(settings)]
    (settings.home / "reports").mkdir()
    (settings.home / "reports" / "JAMSServer-1.zip").touch()
    (found,) = [each for each in doctor._files(settings) if each.what not in before]
    assert not found.good and "JAMSServer-1.zip" in found.told
