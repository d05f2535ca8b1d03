"""A service that has no database: it says so to whoever asks, and looks whether there is one by now.

The guide's state between the installation of the programs and ``jamsdba INSTALL``: the services are there,
and cannot function. They begin anew, with the configuration that INSTALL has written, as soon as it is done.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NoReturn

from jams.database.audit import Refusal
from jams.objects.errors import DatabaseUnusable
from jams.server.wire import WireServer

from .configuration import FILE_NAME
from .connection_strings import EMBEDDED, database_url
from .database_places import is_there
from .roles import APART, Role, is_being_set_up
from .settings import Settings
from .web import WebServer
from .web_services import create_web_application
from .wire_ends import wire_settings

log = logging.getLogger(__name__)

LOOKS_EVERY = 1.0
"""Seconds between looks at whether there is a database."""


def not_set_up(home: Path) -> str:
    """Why a home has no database yet, in a sentence; empty when it has been set up."""
    if told := _at_work(home):
        return told
    if (home / FILE_NAME).exists() or (home / EMBEDDED).exists():
        return ""
    return f"There is no database yet: {home} has no {FILE_NAME}. jamsdba INSTALL makes both."


def _at_work(home: Path) -> str:
    return f"There is no database yet: INSTALL is at work in {home}." if is_being_set_up(home) else ""


def missing(settings: Settings, role: Role) -> str:
    """Why a service that runs by itself cannot work yet, in a sentence; empty when nothing is known.

    All services in one process need no INSTALL: their first start makes the database in the home.
    """
    if role not in APART:
        return ""
    # A database that INSTALL has begun to fill is there, and nobody's yet.
    return _at_work(settings.home) if settings.connection_string else not_set_up(settings.home)


def not_there(settings: Settings, role: Role) -> str:
    """As :func:`missing`, when the database could not be opened: whether its server has none of that name."""
    if role not in APART or _there(settings) is not False:
        return ""
    shown = database_url(settings.connection_string, settings.home).render_as_string(hide_password=True)
    return f"The database {shown} is not there: create it, or say jamsdba INSTALL/FORCE."


def _there(settings: Settings) -> bool | None:
    """Whether the server of the database has it; None when that cannot be asked."""
    url = database_url(settings.connection_string, settings.home)
    try:
        return url.get_backend_name() == "sqlite" or is_there(url)
    except DatabaseUnusable:
        return None


class Absent:
    """A JAMServer without a database: every call is answered by the sentence that says so."""

    def __init__(self, told: str) -> None:
        self._told = told

    def call(self, *_: Any, **__: Any) -> NoReturn:
        """Raises DatabaseUnusable."""
        raise DatabaseUnusable(self._told)

    def admit(self, *_: Any, **__: Any) -> None:
        """Raises DatabaseUnusable."""
        self.call()

    def standing(self, *_: Any, **__: Any) -> Hashable | None:
        """Raises DatabaseUnusable."""
        self.call()

    def call_later(self, *_: Any, **__: Any) -> Future[Any]:
        """Raises DatabaseUnusable."""
        self.call()

    def close(self) -> None:
        """There is nothing to let go of."""

    def note(self, refusal: Refusal, times: int = 1) -> None:
        """Refusals are written down nowhere: there is no trail yet."""


class Waiting:
    """A service that waits for a database.

    Args:
        settings: of the home, as far as they are known.
        role: the service.
        told: why it waits, in a sentence.
        found: called once, from a thread of its own, when there is a database.

    Attributes:
        wire_port: port of the JAMServer that says so; None where the service answers nobody.
        web_port: that of the web services, likewise.
    """

    def __init__(self, settings: Settings, role: Role, told: str, found: Callable[[], None]) -> None:
        self.wire_port: int | None = None
        self.web_port: int | None = None
        self._settings = settings
        self._role = role
        self._told = told
        self._found = found
        self._parts = ExitStack()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._look, name="no-database", daemon=True)

    def start(self) -> None:
        """Open the doors, and begin to look.

        Raises:
            ConfigurationInvalid: a port cannot be opened.
        """
        log.warning("%s", self._told)
        if self._role.calls:
            with ExitStack() as parts:
                self._answer(parts)
                self._parts = parts.pop_all()
        self._thread.start()

    def stop(self) -> None:
        """Close the doors, and look no more."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()
        self._parts.close()

    def _answer(self, parts: ExitStack) -> None:
        absent = Absent(self._told)
        wire = WireServer(absent, wire_settings(self._settings))
        parts.callback(wire.stop)
        wire.start()
        self.wire_port = wire.port
        if self._settings.web_services == "embedded":
            web = WebServer(self._settings)
            parts.callback(web.stop)
            self.web_port = web.port
            web.serve(create_web_application(absent, self._settings, web.port, absent))

    def _look(self) -> None:
        while not self._stopping.wait(LOOKS_EVERY):
            if not missing(self._settings, self._role) and _there(self._settings):
                self._found()
                return
