"""One script at every door: results and error codes are the same, step by step."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from contract_case import JOB, Case, Saved, only
from walking import Outcome, faults, through

from tests.support.doors import CommandLineDoor, Door, RestDoor, SoapDoor
from tests.support.powershell_doors import NEEDS, NEEDS_SOCKET, settings
from tests.support.powershell_module import NEEDS_POWERSHELL
from tests.support.powershell_ways import WAYS, ModuleDriveDoor, SessionDriveDoor, SshdDoor
from tests.support.psrp_sshd import SSHD
from tests.support.running import Running, add_account, configure, running

pytestmark = [pytest.mark.contract]

SCRIPT = [
    # A folder and a job
    Case("make a folder", "create_folder", {"folder": {"folderName": "Day", "parentFolderName": "{room}"}}),
    Case(
        "make it again",
        "create_folder",
        {"folder": {"folderName": "day", "parentFolderName": "{room}"}},
        error="AlreadyExists",
    ),
    Case(
        "make one with a bad name",
        "create_folder",
        {"folder": {"folderName": "a*b", "parentFolderName": "{room}"}},
        error="InvalidName",
    ),
    Case("look at the folder", "get_folder", {"name": "{room}\\Day"}, check=only(folderName="Day")),
    Case("look at none", "get_folder", {"name": "{room}\\Night"}, error="FolderNotFound"),
    Case("make a job", "create_job", {"job": {**JOB, "parentFolderName": "{room}\\Day"}}),
    Case(
        "make a job in no folder",
        "create_job",
        {"job": {**JOB, "parentFolderName": "{room}\\Night"}},
        error="FolderNotFound",
    ),
    Case(
        "make a job without a method",
        "create_job",
        {"job": {**JOB, "jobName": "Other", "parentFolderName": "{room}\\Day", "methodName": "Magic"}},
        error="MethodNotFound",
    ),
    Case("look at the job", "get_job", {"name": "{room}\\Day\\Load"}, check=only(jobName="Load")),
    # It runs
    Case(
        "submit",
        "submit_job",
        {"name": "{room}\\Day\\Load", "parameters": {"day": "friday"}},
        save={"entry": lambda a: a["jamsEntry"]},
    ),
    Case("submit nothing", "submit_job", {"name": "{room}\\Day\\Nothing"}, error="JobNotFound"),
    Case(
        "submit with a wrong parameter",
        "submit_job",
        {"name": "{room}\\Day\\Load", "parameters": {"dya": "friday"}},
        error="InvalidParameter",
    ),
    Case(
        "wait",
        "wait_for_entry",
        {"id": Saved("entry"), "timeout": 30.0},
        check=only(currentState="Complete", finalSeverity="Success"),
    ),
    Case("wait for nothing", "wait_for_entry", {"id": 999_999_999, "timeout": 1.0}, error="EntryNotFound"),
    Case("read the log", "get_entry_log", {"id": Saved("entry")}),
    Case("read no log", "get_entry_log", {"id": 999_999_999}, error="EntryNotFound"),
    # It is held, released and cancelled
    Case(
        "submit for later",
        "submit_job",
        {"name": "{room}\\Day\\Load", "after": "2099-01-01T00:00:00Z"},
        save={"later": lambda a: a["jamsEntry"]},
    ),
    Case("hold", "hold_entry", {"id": Saved("later"), "comment": "month end"}),
    Case("hold what has ended", "hold_entry", {"id": Saved("entry")}, error="WrongState"),
    Case("look at what is held", "get_entry", {"id": Saved("later")}, check=only(currentState="Held")),
    Case("release", "release_entry", {"id": Saved("later"), "comment": "go on"}),
    Case("release what has ended", "release_entry", {"id": Saved("entry")}, error="WrongState"),
    Case("look at what was released", "get_entry", {"id": Saved("later")}, check=only(currentState="Timed")),
    Case("cancel", "cancel_entry", {"id": Saved("later"), "severity": "Warning"}),
    Case("cancel nothing", "cancel_entry", {"id": 999_999_999}, error="EntryNotFound"),
    Case(
        "wait for what was cancelled",
        "wait_for_entry",
        {"id": Saved("later"), "timeout": 30.0},
        check=only(finalSeverity="Warning"),
    ),
    # It is listed and taken away
    Case("list", "find_entries", {"folder": "{room}\\Day"}, check=lambda a: len(a) == 2),
    Case("list what is in no state", "find_entries", {"state": ["Asleep"]}, error="InvalidArgument"),
    Case("list the history", "find_history", {"name": "{room}\\Day\\*"}, check=lambda a: len(a) == 2),
    Case("delete the full folder", "delete_folder", {"name": "{room}\\Day"}, error="FolderNotEmpty"),
    Case("delete the job", "delete_job", {"name": "{room}\\Day\\Load"}),
    Case("delete it again", "delete_job", {"name": "{room}\\Day\\Load"}, error="JobNotFound"),
    Case("delete the folder", "delete_folder", {"name": "{room}\\Day"}),
    Case("delete that again", "delete_folder", {"name": "{room}\\Day"}, error="FolderNotFound"),
]

NEEDS_SSHD = pytest.mark.skipif(SSHD is None, reason="no sshd (openssh-server)")
ALL_NEEDS: dict[str, list[pytest.MarkDecorator]] = {
    **{name: [mark] for name, mark in NEEDS.items()},
    SshdDoor.name: [NEEDS_SOCKET, NEEDS_SSHD, NEEDS_POWERSHELL],
    SessionDriveDoor.name: [NEEDS_SOCKET],
    ModuleDriveDoor.name: [NEEDS_POWERSHELL],
}
DOORS: list[type[Door]] = [SoapDoor, CommandLineDoor, *WAYS]


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("script") / "home"
    configure(home, **settings())
    with running(home) as started:
        add_account(home, "operator", "Administrators")
        yield started


@pytest.fixture(scope="module")
def over_rest(jams: Running) -> dict[str, Outcome]:
    """What the script gives over REST."""
    return through(RestDoor(jams), SCRIPT)


def test_the_script_does_what_it_says(over_rest: dict[str, Outcome]) -> None:
    for case in SCRIPT:
        kind, value = over_rest[case.name]
        assert (kind, value) == ("error", case.error) if case.error else kind == "answer", case.name
        assert case.check is None or case.check(value), case.name


@pytest.mark.parametrize(
    "door", [pytest.param(door, id=door.name, marks=ALL_NEEDS.get(door.name, ())) for door in DOORS]
)
def test_every_door_tells_the_same(jams: Running, over_rest: dict[str, Outcome], door: type[Door]) -> None:
    entered = door(jams)
    try:
        found = through(entered, SCRIPT)
    finally:
        entered.close()
    assert faults(door, SCRIPT, found, over_rest) == []
