"""A backup that is asked for at the server: an entry takes it, and it can be restored."""

from __future__ import annotations

from pathlib import Path

import pytest

from jams.client.server import Server
from jams.objects.backups import BackupOrder, order_of
from jams.objects.enums import Severity
from jams.objects.errors import InvalidParameter
from jams.services import backup
from jams.services.configuration import load
from tests.support import databases
from tests.support.running import configure, running

pytestmark = [pytest.mark.integration, pytest.mark.timeout(180)]


def test_an_entry_takes_a_backup_and_removes_older_ones(tmp_path: Path, place: Path | str) -> None:
    home = tmp_path / "home"
    configure(home, DeliverJobs="true", **databases.connection_to(place))
    settings = load(home).settings
    settings.backup_directory.mkdir()
    older = settings.backup_directory / f"{settings.name}-20200101T000000Z.jamsbackup"
    older.write_bytes(b"old")
    other = settings.backup_directory / "kept by hand.jamsbackup"
    other.write_bytes(b"other")
    with running(home), Server(home=home) as server:
        number = server.call("take_backup", logs=True, keep=1).jams_entry
        entry = server.call("wait_for_entry", id=number, timeout=100)
        assert entry.final_severity is Severity.SUCCESS, entry
        assert "rows; 1 older ones were removed." in server.entries[number].get().job_status
    (made,) = (path for path in settings.backup_directory.iterdir() if path != other)
    assert made.stat().st_mode & 0o077 == 0
    report = backup.verify(settings, made)
    assert report.rows > 0 and number in {each.number for each in report.entries}


@pytest.mark.parametrize(
    "given", [{"Kep": "1"}, {"Keep": "-1"}, {"Keep": "1001"}, {"Logs": "perhaps"}, {"Keep": "many"}]
)
def test_parameters_that_cannot_be_obeyed_are_refused(given: dict[str, str]) -> None:
    with pytest.raises(InvalidParameter):
        order_of(given)
    assert order_of({"logs": "YES", "keep": "3"}) == BackupOrder(logs=True, keep=3)
