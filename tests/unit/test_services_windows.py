"""Services of Windows. They were never tried there: the modules of pywin32 are stood in for, nothing else."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from jams.commands import service, windows_service
from jams.commands.main import main
from jams.objects.errors import AlreadyExists, NotFound, NotSupported, ServerUnavailable
from jams.services import roles, windows_services
from jams.services.roles import Role
from tests.support.eventually import eventually
from tests.support.running import configure


class Refused(Exception):
    """What pywin32 raises."""


class Windows:
    """What Windows was told, and what it answers.

    Attributes:
        there: the services that there are, with the words with which they were made.
        told: what was asked of it, in order.
        hosted: the class of the service that is hosted.
    """

    def __init__(self) -> None:
        self.there: dict[str, tuple[Any, ...]] = {}
        self.told: list[tuple[Any, ...]] = []
        self.hosted: Any = None
        self.refuses = False
        self.body: Callable[[Any], None] = lambda hosted: None

    def create(self, manager: object, name: str, *words: Any) -> str:
        self.there[name] = words
        return name

    def change(self, name: str, level: int, value: Any) -> None:
        self.told.append(("change", name, level, value))

    def open(self, *_: Any) -> str:
        if self.refuses:
            raise Refused(5, "OpenSCManager", "Access is denied.")
        return "manager"

    def remove(self, name: str) -> None:
        self.told.append(("remove", name))
        del self.there[name]

    def stop(self, name: str) -> None:
        self.told.append(("stop", name))
        raise Refused(1062, "ControlService", "The service has not been started.")

    def dispatch(self) -> None:
        made = self.hosted([self.hosted._svc_name_])
        thread = threading.Thread(target=made.SvcDoRun)
        thread.start()
        try:
            self.body(made)
        finally:
            made.SvcStop()
            thread.join()


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Iterator[Windows]:
    made = Windows()
    system, util, manager = (ModuleType(n) for n in ("win32service", "win32serviceutil", "servicemanager"))

    class Framework:
        def __init__(self, words: list[str]) -> None:
            assert words == [self._svc_name_]  # type: ignore[attr-defined]

        def ReportServiceStatus(self, status: str, **more: int) -> None:
            made.told.append((status, *more.values()))

    for name in (
        "SC_MANAGER_ALL_ACCESS", "SERVICE_ALL_ACCESS", "SERVICE_WIN32_OWN_PROCESS", "SERVICE_AUTO_START",
        "SERVICE_ERROR_NORMAL", "SERVICE_CONFIG_DESCRIPTION", "SERVICE_CONFIG_FAILURE_ACTIONS",
        "SERVICE_CONFIG_FAILURE_ACTIONS_FLAG", "SERVICE_STOP_PENDING", "SERVICE_RUNNING", "SERVICE_STOPPED",
    ):  # fmt: skip
        setattr(system, name, name)
    for module, members in (
        (
            system,
            {
                "error": Refused,
                "OpenSCManager": made.open,
                "EnumServicesStatus": lambda manager: [(name, name, ()) for name in made.there],
                "CreateService": made.create,
                "ChangeServiceConfig2": made.change,
                "CloseServiceHandle": lambda handle: None,
            },
        ),
        (
            util,
            {
                "ServiceFramework": Framework,
                "StartService": lambda name: made.told.append(("start", name)),
                "StopService": made.stop,
                "RemoveService": made.remove,
            },
        ),
        (
            manager,
            {
                "Initialize": lambda: None,
                "PrepareToHostSingle": lambda kind: setattr(made, "hosted", kind),
                "StartServiceCtrlDispatcher": made.dispatch,
            },
        ),
    ):
        for name, value in members.items():
            setattr(module, name, value)
        monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(service, "WINDOWS", True)
    yield made


NAMES = ["JAMSServer", "JAMSScheduler", "JAMSExecutor"]


def test_install_makes_three_services_and_remove_takes_them_away(
    windows: Windows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "the home"
    home.mkdir()
    monkeypatch.setattr(windows_service, "read_password", lambda prompt: "hunter2")
    assert main(["service", "install", "--home", str(home), "--user", r"CORP\jams"]) == 0
    assert list(windows.there) == NAMES
    for name, role in zip(NAMES, roles.APART, strict=True):
        display, _, _, start, _, line, *_, account, password = windows.there[name]
        assert (display, start) == (name, "SERVICE_AUTO_START")
        assert line.endswith(f'service host --home "{home}" --role {role.value}')
        # The executor takes other accounts, and stays what may do that.
        named = role is not Role.EXECUTOR
        assert (account, password) == ((r"CORP\jams", "hunter2") if named else (None, None))
    assert [each[1] for each in windows.told if each[0] == "start"] == NAMES
    changed = [each[2:] for each in windows.told if each[:2] == ("change", "JAMSServer")]
    assert ("SERVICE_CONFIG_FAILURE_ACTIONS_FLAG", True) in changed
    assert main(["service", "install", "--home", str(home)]) == 5
    assert main(["service", "remove", "--home", str(home)]) == 0
    assert windows.there == {}
    assert [each[1] for each in windows.told if each[0] == "remove"] == NAMES[::-1]
    assert main(["service", "remove", "--home", str(home)]) == 3
    assert "hunter2" not in "".join(capsys.readouterr())


def test_they_are_shown_and_run_as_local_system_unless_an_account_is_named(
    tmp_path: Path, windows: Windows, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["service", "show", "--home", str(tmp_path)]) == 0
    assert capsys.readouterr().out.count("as LocalSystem") == 3 and not windows.there
    # An account that the domain manages has no password to ask for.
    assert main(["service", "install", "--home", str(tmp_path), "--user", r"CORP\jams$", "--no-start"]) == 0
    assert windows.there["JAMSScheduler"][-2:] == (r"CORP\jams$", None)
    assert not [each for each in windows.told if each[0] == "start"]


def test_what_windows_refuses_is_told_in_a_sentence(tmp_path: Path, windows: Windows) -> None:
    made = windows_services.services(tmp_path)
    with pytest.raises(NotFound):
        windows_services.remove(made)
    windows_services.install(made, None)
    with pytest.raises(AlreadyExists, match="JAMSServer"):
        windows_services.install(made, None)
    windows.refuses = True
    with pytest.raises(ServerUnavailable, match=r"Access is denied\. Run this as an administrator"):
        windows_services.remove(made)


def test_a_service_serves_until_windows_stops_it_and_begins_anew_by_itself(
    tmp_path: Path, windows: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real executor, in a home that is set up while it waits."""
    monkeypatch.setattr("jams.services.without_database.LOOKS_EVERY", 0.02)
    home, seen = tmp_path / "home", []

    def body(hosted: Any) -> None:
        def found() -> roles.Standing | None:
            return roles.found(home, Role.EXECUTOR)

        eventually(lambda: (now := found()) is not None and now.ready)
        seen.append(found())
        configure(home)
        eventually(lambda: (now := found()) is not None and now.ready and not now.lacks)
        seen.append(found())
        eventually(lambda: windows.told.count(("SERVICE_RUNNING",)) == 2)

    windows.body = body
    assert main(["service", "host", "--home", str(home), "--role", "executor"]) == 0
    first, second = seen
    assert first.lacks and not second.lacks and first.start != second.start
    assert windows.told == [("SERVICE_RUNNING",), ("SERVICE_RUNNING",), ("SERVICE_STOP_PENDING",)]
    assert roles.found(home, Role.EXECUTOR) is None


def test_one_that_cannot_start_says_so_to_windows(
    tmp_path: Path, windows: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["servicemanager"], "StartServiceCtrlDispatcher", lambda: None)
    home = tmp_path / "home"
    configure(home, ConnectionString="oracle://x/y")
    windows_services.host(home, Role.SCHEDULER, lambda process: None)
    made = windows.hosted(["JAMSScheduler"])
    with pytest.raises(ServerUnavailable, match="of the kind oracle"):
        made.SvcDoRun()
    assert windows.told == [("SERVICE_STOPPED", 1066, 1)]


def test_without_pywin32_it_is_said_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(NotSupported, match=r"openjams\[windows\]"):
        windows_services.install(windows_services.services(tmp_path), None)


def test_elsewhere_nothing_is_hosted(tmp_path: Path) -> None:
    words = argparse.Namespace(action="host", home=str(tmp_path))
    with pytest.raises(NotSupported, match="Windows alone"):
        service.run(words)
