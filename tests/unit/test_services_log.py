from __future__ import annotations

import logging
import os
from datetime import datetime, timedelta

import pytest

from jams.objects.errors import ConfigurationInvalid
from jams.services.service_log import OneLine, WeeklyHandler, begin_logging, end_logging, next_sunday

pytestmark = pytest.mark.unit


def record(message: str, *, at: datetime | None = None) -> logging.LogRecord:
    made = logging.LogRecord("jams.test", logging.INFO, __file__, 1, message, (), None)
    if at is not None:
        made.created = at.timestamp()
    return made


@pytest.mark.parametrize(
    ("moment", "sunday"),
    [
        ("2026-11-24T15:00:00", "2026-11-29T00:00:00"),
        ("2026-11-28T23:59:59", "2026-11-29T00:00:00"),
        ("2026-11-29T00:00:00", "2026-12-06T00:00:00"),
        ("2026-12-28T12:00:00", "2027-01-03T00:00:00"),
    ],
)
def test_the_next_sunday(moment, sunday):
    assert next_sunday(datetime.fromisoformat(moment)) == datetime.fromisoformat(sunday)


def test_a_file_of_last_week_becomes_the_one_archive(tmp_path):
    path, archive = tmp_path / "JAMSServer.log", tmp_path / "JAMSServerArchive.log"
    archive.write_text("two weeks ago\n")
    path.write_text("last week\n")
    last_week = (datetime.now() - timedelta(days=8)).timestamp()
    os.utime(path, (last_week, last_week))
    handler = WeeklyHandler(path)
    handler.emit(record("this week"))
    handler.emit(record("still this week"))
    handler.close()
    assert archive.read_text() == "last week\n"
    assert path.read_text() == "this week\nstill this week\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["JAMSServer.log", "JAMSServerArchive.log"]


def test_a_running_service_rolls_over_when_sunday_comes(tmp_path):
    handler = WeeklyHandler(tmp_path / "JAMSServer.log")
    handler.emit(record("before"))
    handler.emit(record("after", at=next_sunday(datetime.now())))
    handler.close()
    assert (tmp_path / "JAMSServerArchive.log").read_text() == "before\n"
    assert (tmp_path / "JAMSServer.log").read_text() == "after\n"


def test_several_processes_roll_the_file_over_once(tmp_path):
    path = tmp_path / "JAMSPowerShell.log"
    handlers = [WeeklyHandler(path), WeeklyHandler(path)]
    handlers[0].emit(record("before"))
    for number, handler in enumerate(handlers):
        handler.emit(record(f"after {number}", at=next_sunday(datetime.now())))
        handler.close()
    assert (tmp_path / "JAMSPowerShellArchive.log").read_text() == "before\n"
    assert path.read_text() == "after 0\nafter 1\n"


def test_a_message_cannot_forge_a_line():
    line = OneLine("%(levelname)s %(message)s").format(
        record("a login as x\n2026 INFO root\x1b[2J\u2028y failed")
    )
    assert line == r"INFO a login as x\n2026 INFO root\x1b[2J\u2028y failed"


def test_a_time_carries_its_offset():
    line = OneLine("%(asctime)s").format(record("x", at=datetime.fromisoformat("2026-11-24T12:00:00+00:00")))
    assert datetime.fromisoformat(line) == datetime.fromisoformat("2026-11-24T12:00:00+00:00")


def test_begin_and_end(tmp_path):
    handler = begin_logging(tmp_path / "logs", "JAMSServer", "info")
    logging.getLogger("jams.test").info("written")
    end_logging(handler)
    logging.getLogger("jams.test").info("not written")
    content = (tmp_path / "logs" / "JAMSServer.log").read_text()
    assert "jams.test: written" in content and "not written" not in content


def test_a_place_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "logs").write_text("a file")
    with pytest.raises(ConfigurationInvalid, match="cannot be written"):
        begin_logging(tmp_path / "logs", "JAMSServer", "info")
