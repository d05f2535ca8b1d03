"""The services of a home as services of Windows, by pywin32: made, removed, and hosted. Never tried there.

A service is the interpreter of this installation with the words of ``jams service host``, so that what runs
is what was installed, and the command line in the list of services says which home it is of.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec import Struct

from jams.objects.errors import AlreadyExists, JAMSError, NotFound, NotSupported, ServerUnavailable

from .configuration import load
from .roles import APART, Role
from .server import Process

log = logging.getLogger(__name__)

LOCAL_SYSTEM = "LocalSystem"
"""The account of services where none is named, as in the guide."""

_ABOUT = {
    Role.SERVER: "What callers want of JAMS, and the web services.",
    Role.SCHEDULER: "Plans, starts what is due and settles what has ended.",
    Role.EXECUTOR: "Runs the jobs of JAMS and watches them.",
}
Started = Callable[[Process], None]
"""Told of a process that has started."""

_AGAIN = 2000
"""Milliseconds after which Windows starts a service again that has failed."""


class WindowsService(Struct, frozen=True, kw_only=True):
    """A service as Windows is told of it.

    Attributes:
        name: as it is called.
        about: what it does.
        command: the words of its command line.
        account: as whom it runs.
    """

    name: str
    about: str
    command: tuple[str, ...]
    account: str

    @property
    def line(self) -> str:
        """The command line, quoted as Windows reads it."""
        return subprocess.list2cmdline(self.command)


def services(home: Path, account: str = "") -> list[WindowsService]:
    r"""The three services of a home, in the order in which they are started.

    Args:
        home: the home.
        account: as whom JAMSServer and JAMSScheduler run (``DOMAIN\NAME``); empty: LocalSystem. JAMSExecutor
            stays LocalSystem, as the guide recommends, since it takes other accounts.
    """
    words = (sys.executable, "-m", "jams.commands.main", "service", "host", "--home", str(home), "--role")
    return [
        WindowsService(
            name=role.service,
            about=_ABOUT[role],
            command=(*words, role.value),
            account=LOCAL_SYSTEM if role is Role.EXECUTOR else account or LOCAL_SYSTEM,
        )
        for role in APART
    ]


def install(made: Sequence[WindowsService], password: str | None) -> None:
    """Make the services, started with the machine, and again two seconds after a failure.

    Args:
        made: the services.
        password: of the account that is not LocalSystem; None for one that has none (a managed account).

    Raises:
        AlreadyExists: there is one of that name.
        NotSupported: pywin32 is not installed.
        ServerUnavailable: Windows refuses.
    """
    system = _module("win32service")
    manager = _asked(lambda: system.OpenSCManager(None, None, system.SC_MANAGER_ALL_ACCESS))
    try:
        names = {each[0].casefold() for each in _asked(lambda: system.EnumServicesStatus(manager))}
        for each in made:
            if each.name.casefold() in names:
                raise AlreadyExists(f"There is a service {each.name} already; jams service remove first.")
        for each in made:
            _make(system, manager, each, password)
    finally:
        system.CloseServiceHandle(manager)


def _make(system: Any, manager: Any, each: WindowsService, password: str | None) -> None:
    own = each.account == LOCAL_SYSTEM
    handle = _asked(
        lambda: system.CreateService(
            manager,
            each.name,
            each.name,
            system.SERVICE_ALL_ACCESS,
            system.SERVICE_WIN32_OWN_PROCESS,
            system.SERVICE_AUTO_START,
            system.SERVICE_ERROR_NORMAL,
            each.line,
            None,
            0,
            None,
            None if own else each.account,
            None if own else password,
        )
    )
    try:
        again = {"ResetPeriod": 86400, "RebootMsg": "", "Command": "", "Actions": [(1, _AGAIN)] * 3}
        for level, value in (
            (system.SERVICE_CONFIG_DESCRIPTION, each.about),
            (system.SERVICE_CONFIG_FAILURE_ACTIONS, again),
            # Also when it says itself that it has failed.
            (system.SERVICE_CONFIG_FAILURE_ACTIONS_FLAG, True),
        ):
            _asked(partial(system.ChangeServiceConfig2, handle, level, value))
    finally:
        system.CloseServiceHandle(handle)


def start(made: Sequence[WindowsService]) -> None:
    """Start the services. Raises NotSupported, ServerUnavailable."""
    util = _module("win32serviceutil")
    for each in made:
        _asked(partial(util.StartService, each.name))


def remove(made: Sequence[WindowsService]) -> None:
    """Stop the services, the last first, and remove them.

    Raises:
        NotFound: there is none of them.
        NotSupported, ServerUnavailable: as :func:`install`.
    """
    system, util = _module("win32service"), _module("win32serviceutil")
    manager = _asked(lambda: system.OpenSCManager(None, None, system.SC_MANAGER_ALL_ACCESS))
    try:
        names = {each[0].casefold() for each in _asked(lambda: system.EnumServicesStatus(manager))}
    finally:
        system.CloseServiceHandle(manager)
    there = [each for each in reversed(made) if each.name.casefold() in names]
    if not there:
        raise NotFound("There is no service of JAMS on this machine.")
    for each in there:
        # One that does not run cannot be stopped, which is as well.
        with suppress(system.error):
            util.StopService(each.name)
        _asked(partial(util.RemoveService, each.name))


class Hosted:
    """A service's process, for whoever may stop it from another thread: the control dispatcher of Windows.

    Args:
        home: the home.
        role: what the service does.
        started: called whenever it has started.
    """

    def __init__(self, home: Path, role: Role, started: Started) -> None:
        self._home = home
        self._role = role
        self._started = started
        self._guard = threading.Lock()
        self._stopped = False
        self._process: Process | None = None

    def run(self, ready: Callable[[], None]) -> None:
        """Serve until :meth:`stop`; begin anew, with the configuration as it is then, when that is wanted.

        Args:
            ready: called whenever the service answers.

        Raises:
            JAMSError: it cannot start, or had to give up.
        """
        while True:
            process = Process(load(self._home).settings, self._role)
            with self._guard:
                if self._stopped:
                    return
                self._process = process
            process.start()
            try:
                self._started(process)
                with self._guard:
                    if not self._stopped:
                        ready()
                process.stop_wanted.wait()
            finally:
                process.stop()
            if process.failure is not None:
                raise process.failure
            if self._stopped or not process.restart_wanted:
                return

    def stop(self) -> None:
        """Want it to end."""
        with self._guard:
            self._stopped = True
            if self._process is not None:
                self._process.stop_wanted.set()


def host(home: Path, role: Role, started: Started) -> None:
    """Be a service: called by Windows, with the command line of :func:`services`.

    Args:
        home: the home.
        role: what the service does.
        started: called whenever it has started.

    Raises:
        NotSupported: pywin32 is not installed.
        ServerUnavailable: it was not Windows that called.
    """
    manager = _module("servicemanager")
    manager.Initialize()
    manager.PrepareToHostSingle(_framework(home, role, started))
    _asked(manager.StartServiceCtrlDispatcher)


def _framework(home: Path, role: Role, started: Started) -> type:
    """The class that pywin32 makes the service of."""
    system, util = _module("win32service"), _module("win32serviceutil")

    def begin(self: Any, words: Sequence[str]) -> None:
        util.ServiceFramework.__init__(self, words)
        self.hosted = Hosted(home, role, started)

    def stop(self: Any) -> None:
        self.ReportServiceStatus(system.SERVICE_STOP_PENDING)
        self.hosted.stop()

    def run(self: Any) -> None:
        try:
            self.hosted.run(lambda: self.ReportServiceStatus(system.SERVICE_RUNNING))
        except JAMSError as error:
            log.error("%s", error.message)
            # Windows starts again what fails, and not what has ended.
            self.ReportServiceStatus(system.SERVICE_STOPPED, win32ExitCode=1066, svcExitCode=1)
            raise

    members = {"_svc_name_": role.service, "__init__": begin, "SvcStop": stop, "SvcDoRun": run}
    return type(role.service, (util.ServiceFramework,), {**members, "SvcShutdown": stop})


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise NotSupported("Services of Windows need pywin32; install openjams[windows].") from None


def _asked(ask: Callable[[], Any]) -> Any:
    """What Windows answers. Raises ServerUnavailable when it refuses."""
    error = _module("win32service").error
    try:
        return ask()
    except error as refused:
        words = [str(each) for each in refused.args if isinstance(each, str)]
        raise ServerUnavailable(
            f"Windows refuses: {': '.join(words).rstrip('. ') or refused}. Run this as an administrator, and "
            "let nobody but Windows call jams service host."
        ) from None
