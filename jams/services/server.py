"""The composition root: builds a JAMS server of its parts, starts them in order and stops them in reverse."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path

from jams.client.connection import PatientConnection
from jams.client.home import LocalLogin, read_login, write_login
from jams.client.wire import WireConnection
from jams.database import Database, open_database
from jams.database.audit import Refusal
from jams.database.opening import NOT_READING
from jams.executor.executor import Executor
from jams.objects.errors import ConfigurationInvalid, DatabaseUnusable, ServerUnavailable
from jams.operations.context import Refusals as TakesRefusals
from jams.operations.context import Services
from jams.scheduler import Scheduler
from jams.scheduler.forecast.asking import Forecasts
from jams.scheduler.sources.macros import MACRO_DIRECTORY, Macros
from jams.security.accounts import Accounts
from jams.security.bootstrap import FirstStart, bootstrap, local_token, this_person
from jams.security.credentials import CredentialStore
from jams.security.passwords import Passwords
from jams.security.turns import Turns
from jams.security.vault import KEY_FILE, Vault
from jams.server.dispatch import Dispatcher
from jams.server.refusals import ForwardedRefusals, Refusals
from jams.server.wire import WireServer, WireSettings
from jams.telling.mail import MailChannel
from jams.telling.sender import Channel, Sender
from jams.telling.webhooks import WebHookChannel
from jams.wire.addresses import LOOPBACK, UNPRIVILEGED_WIRE_PORT, WIRE_PORT, host_and_port, is_loopback
from jams.wire.forwarding import Trusted
from jams.wire.protocol import RefusedRequest

from .connection_strings import database_url
from .delivering import deliver
from .engine_runs import EngineRuns
from .file_watch import FileWatch
from .job_logs import LocalLogs, log_places
from .powershell import PowerShellDoors
from .service_log import begin_logging, end_logging
from .settings import Settings
from .web import WebServer
from .web_services import base_url, create_web_application, local_url, reached_at

log = logging.getLogger(__name__)


class Role(Enum):
    """What a process does."""

    ALL = "all"
    """The JAMServer, and the web services unless they are configured as separate."""
    SERVER = "server"
    """The JAMServer alone."""
    WEB = "web"
    """The web services alone, in front of the JAMServer that ``JAMServer`` names."""


class Process:
    """The parts that one process runs.

    Attributes:
        ready: set once everything answers.
        url: published address of the web services; None when this process has none.
        local_url: their address for callers on this machine, past any proxy.
        wire_port: port of the JAMServer; None when this process has none.
        wsman_url: where PowerShell sessions come in over WS-Management; None when they do not.
        first_start: the administrator that this start has made, with its password; None on later starts.
        stop_wanted: set when somebody wants the process to stop, or it has to.
        failure: why it has to; None as long as it has not.
    """

    def __init__(self, settings: Settings, role: Role = Role.ALL) -> None:
        self.settings = settings
        self.role = role
        self.ready = threading.Event()
        self.url: str | None = None
        self.local_url = ""
        self.wire_port: int | None = None
        self.wsman_url: str | None = None
        self.first_start: FirstStart | None = None
        self.stop_wanted = threading.Event()
        self.failure: ServerUnavailable | None = None
        self._parts = ExitStack()

    @property
    def service_name(self) -> str:
        """The name of the process's own log."""
        return "JAMSWebServices" if self.role is Role.WEB else "JAMSServer"

    def start(self) -> None:
        """Start every part; when one cannot start, those before it are stopped again.

        Raises:
            ConfigurationInvalid: a setting cannot be used.
            DatabaseUnusable: the database cannot be used.
        """
        with ExitStack() as parts:
            self._prepare(parts)
            if self.role is Role.WEB:
                connection = self._remote(parts)
                self._prepare_web(parts, connection, _forwarded_refusals(parts, connection))()
            else:
                self._start_server(parts)
            self._parts = parts.pop_all()
        log.info("ready; web services: %s; wire port: %s", self.url, self.wire_port)
        self.ready.set()

    def stop(self) -> None:
        """Stop every part, the last started first. Jobs that run go on and are found again."""
        self.ready.clear()
        self._parts.close()

    def _give_way(self) -> None:
        """Another server has the database: this one must do no more."""
        self.failure = DatabaseUnusable(
            "Another JAMS server has taken the database over while this one had lost it; this one has ended."
        )
        self.stop_wanted.set()

    def _prepare(self, parts: ExitStack) -> None:
        home = self.settings.home
        try:
            home.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise ConfigurationInvalid(
                f"The home directory {home} cannot be made: {error.strerror}."
            ) from error
        handler = begin_logging(self.settings.log_directory, self.service_name, self.settings.log_level)
        parts.callback(end_logging, handler)
        log.info("starting %s in %s (process %d)", self.role.value, home, os.getpid())
        parts.callback(log.info, "stopped")

    def _start_server(self, parts: ExitStack) -> None:
        settings = self.settings
        database = _open(settings)
        parts.callback(database.close)
        database.when_lost(self._give_way)
        passwords = Passwords(turns=Turns(waiting=max(2, settings.threads * 5 // 8)))
        if settings.deliver_jobs:
            deliver(database)
        services = _build_services(parts, database, settings, passwords)
        dispatcher = Dispatcher(services, most_waiting=settings.waiter_limit)
        wire = WireServer(dispatcher, wire_settings(settings), services.refusals)
        parts.callback(wire.stop)
        self.wire_port = wire.port
        embedded = self.role is Role.ALL and settings.web_services == "embedded"
        begin_web = self._prepare_web(parts, dispatcher, services.refusals) if embedded else None
        # As late as can be: whoever fails to start shall not have made a password that nobody has seen.
        self.first_start = bootstrap(database, settings.administrator_name, passwords)
        wire.start()
        doors = PowerShellDoors(settings, dispatcher, services.accounts, services.refusals)
        parts.callback(doors.stop)
        self.wsman_url = doors.wsman_url
        if begin_web is not None:
            begin_web()
        self._write_login(database)
        parts.callback(services.scheduler.release_waiters)
        parts.callback(dispatcher.release_waiters)

    def _remote(self, parts: ExitStack) -> WireConnection:
        connection = remote_connection(self.settings)
        parts.callback(connection.close)
        return connection

    def _prepare_web(
        self, parts: ExitStack, connection: PatientConnection, refusals: TakesRefusals
    ) -> Callable[[], None]:
        """Open the port of the web services; what is given back begins to serve."""
        server = WebServer(self.settings)
        parts.callback(server.stop)
        self.url = base_url(self.settings, server.port)
        self.local_url = local_url(self.settings, server.port)
        application = create_web_application(connection, self.settings, server.port, refusals)
        return lambda: server.serve(application)

    def _write_login(self, database: Database) -> None:
        """Tell the local tools where this server is, and keep their token while it holds."""
        settings = self.settings
        try:
            before = read_login(settings.home)
        except ConfigurationInvalid as error:
            log.warning("%s", error)
            before = None
        person = this_person()
        assert self.wire_port is not None
        login = LocalLogin(
            url=self.local_url or local_url(settings, settings.web_port),
            token=local_token(database, person, before.token if before else None),
            account=person,
            wire=host_and_port(reached_at(settings.listen_address), self.wire_port),
            wire_certificate=str(settings.home / settings.wire_certificate)
            if settings.wire_certificate
            else None,
        )
        if login != before:
            write_login(settings.home, login)


def _open(settings: Settings) -> Database:
    url = database_url(settings.connection_string, settings.home)
    if url.get_backend_name() == "sqlite" and url.database:
        # SQLite gives its files the rights of the first one; whatever is wrong is told by opening it.
        with suppress(OSError):
            Path(url.database).touch(mode=0o600, exist_ok=True)
    return open_database(
        url.render_as_string(hide_password=False),
        server=settings.name,
        readers=settings.database_connections - NOT_READING,
    )


def _build_services(
    parts: ExitStack, database: Database, settings: Settings, passwords: Passwords
) -> Services:
    """The parts that operations use, with the scheduler and its executor running."""
    credentials = CredentialStore(database, Vault(settings.home / KEY_FILE))
    scheduler = Scheduler(
        database, logon_of=credentials.logon, macros=Macros(settings.home / MACRO_DIRECTORY)
    )
    places = log_places(settings)
    executor = Executor(
        settings.run_directory,
        log_format=settings.time_stamp_log_format,
        log_location=settings.job_logs,
        log_places=places,
        on_ended=scheduler.run_ended,
        grace_seconds=settings.cancel_grace,
    )
    parts.callback(executor.close)
    own = EngineRuns(
        executor,
        database,
        places,
        settings.time_stamp_log_format,
        str(settings.job_logs),
        scheduler.run_ended,
    )
    scheduler.start(own)
    parts.callback(scheduler.stop)
    parts.callback(own.close)
    files = FileWatch(database)
    files.start()
    parts.callback(files.stop)
    logs = LocalLogs(places, settings.time_stamp_log_format)
    parts.callback(logs.stop)
    channels: tuple[Channel, ...] = (
        MailChannel(database, credentials.logon, logs, settings.name),
        WebHookChannel(database, credentials.logon, settings.name),
    )
    for channel in channels:
        sender = Sender(database, channel)
        sender.start()
        parts.callback(sender.stop)
    refusals = Refusals(database.write)
    refusals.start()
    parts.callback(refusals.stop)
    forecasts = Forecasts()
    parts.callback(forecasts.close)
    return Services(
        database=database,
        scheduler=scheduler,
        accounts=Accounts(
            database,
            token_life=timedelta(seconds=settings.token_lifetime),
            administrators=filter(None, [settings.authorized_group]),
            passwords=passwords,
        ),
        logs=logs,
        refusals=refusals,
        methods=executor.methods,
        server_name=settings.name,
        home=settings.home,
        started=datetime.now(UTC),
        forecasts=forecasts,
    )


def _forwarded_refusals(parts: ExitStack, connection: WireConnection) -> Refusals:
    """What takes down refusals of web services apart, at the JAMServer that they target."""
    refusals = ForwardedRefusals(lambda taken: connection.tell_refused(told_refused(taken)))
    refusals.start()
    parts.callback(refusals.stop)
    return refusals


def told_refused(taken: list[tuple[Refusal, int]]) -> list[RefusedRequest]:
    """Refusals with their numbers as the wire carries them."""
    return [
        RefusedRequest(
            user=refusal.user,
            door=refusal.door,
            code=refusal.code,
            origin=refusal.origin,
            operation=refusal.operation,
            target=refusal.target,
            times=times,
        )
        for refusal, times in taken
    ]


def wire_settings(settings: Settings) -> WireSettings:
    """How the configuration says the wire is served."""
    given = settings.server_port
    return WireSettings(
        address=settings.listen_address,
        ports=(WIRE_PORT, UNPRIVILEGED_WIRE_PORT) if given is None else (given,),
        threads=settings.threads,
        waiting=settings.waiter_limit,
        max_bytes=settings.max_request_bytes,
        certificate=settings.home / settings.wire_certificate if settings.wire_certificate else None,
        key=settings.home / settings.wire_key if settings.wire_key else None,
        allow_plain=settings.allow_plain_wire,
        request_time=settings.request_time,
        idle_time=settings.idle_connection_time,
        trusted=Trusted((*LOOPBACK, *settings.trusted_proxies)),
    )


def remote_connection(settings: Settings) -> WireConnection:
    """A connection to the JAMServer that the configuration names.

    Raises:
        ConfigurationInvalid: TLS is missing where it is demanded, or the certificate cannot be read.
    """
    port = settings.server_port
    if port is None and is_loopback(settings.jam_server):
        local = read_login(settings.home)
        port = int(local.wire.rpartition(":")[2]) if local is not None and local.wire else None
    authority = None
    if settings.wire_authority:
        path = settings.home / settings.wire_authority
        try:
            authority = path.read_bytes()
        except OSError as error:
            raise ConfigurationInvalid(f"WireAuthority: {path} cannot be read: {error.strerror}.") from error
    if port == 0:
        raise ServerUnavailable("ServerPort is 0 (any free port), so the JAMServer cannot be found.")
    return WireConnection(
        settings.jam_server,
        port or WIRE_PORT,
        authority=authority,
        allow_plain=settings.allow_plain_wire,
    )
