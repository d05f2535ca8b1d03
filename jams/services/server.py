"""The composition root: builds a JAMS server of its parts, starts them in order and stops them in reverse."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from jams.client.connection import PatientConnection
from jams.client.home import LocalLogin, write_login
from jams.client.wire import WireConnection
from jams.database import Database, Part, open_database
from jams.database.audit import Refusal
from jams.database.opening import NOT_READING
from jams.executor.executor import Executor
from jams.executor.methods import MethodTable
from jams.executor.survivors import of_a_run
from jams.executor.system_accounts import RunAccounts, own_account
from jams.objects.errors import ConfigurationInvalid, DatabaseUnusable, ServerUnavailable
from jams.operations.context import Refusals as TakesRefusals
from jams.operations.context import Services
from jams.scheduler import DistantScheduler, ForCallers
from jams.scheduler.forecast.asking import Forecasts
from jams.security.accounts import Accounts
from jams.security.bootstrap import FirstStart, bootstrap, this_person
from jams.security.credentials import CredentialStore
from jams.security.passwords import Passwords
from jams.security.turns import Turns
from jams.server.audit_watch import AuditWatch
from jams.server.dispatch import Dispatcher
from jams.server.refusals import ForwardedRefusals, Refusals
from jams.server.wire import WireServer
from jams.wire.addresses import host_and_port
from jams.wire.protocol import RefusedRequest

from . import without_database
from .auto_report import FaultReports
from .connection_strings import database_url
from .delivering import deliver
from .distant_executor import ask
from .engine import diagnose, executor_of, socket_of, start_engine, start_telling
from .executor_door import ExecutorDoor
from .executor_messages import Refusal as AccountRefusal
from .job_logs import LocalLogs, log_places
from .local_login import SOCKET, LocalTokens, LoginFile, LoginSocket
from .powershell import PowerShellDoors
from .roles import Place, Role, found, standing
from .secret_keys import one_time_codes, vault_of
from .service_log import begin_logging, end_logging
from .settings import Settings
from .statistics_sampler import StatisticsSampler
from .stopping import StopWish
from .system_errors import begin_telling
from .ways_in import visitors_of
from .web import WebServer
from .web_services import base_url, create_web_application, local_url, reached_at
from .wire_ends import remote_connection, wire_settings

log = logging.getLogger(__name__)


class Process:
    """The parts that one process runs.

    Attributes:
        ready: set once everything answers.
        url: published address of the web services; None when this process has none.
        local_url: their address for callers on this machine, past any proxy.
        wire_port: port of the JAMServer; None when this process has none.
        power_shell: where PowerShell sessions come in over the network, for people.
        first_start: the administrator that this start has made, with its password; None on later starts.
        stop_wanted: set when somebody wants the process to stop, or it has to.
        restart_wanted: whether it is to begin anew when it has stopped.
        run_accounts: as whom jobs run; None without an executor.
        failure: why it has to; None as long as it has not.
        lacks: why the process can do nothing but say so, and wait; empty when it can.
    """

    def __init__(self, settings: Settings, role: Role = Role.ALL) -> None:
        self.settings = settings
        self.role = role
        self.ready = threading.Event()
        self.url: str | None = None
        self.local_url = ""
        self.wire_port: int | None = None
        self.power_shell: tuple[str, ...] = ()
        self.run_accounts: RunAccounts | None = None
        self.first_start: FirstStart | None = None
        self.stop_wanted = StopWish()
        self.restart_wanted = False
        self.failure: ServerUnavailable | None = None
        self.lacks = ""
        self._parts = ExitStack()

    @property
    def service_name(self) -> str:
        """The name of the process's own log."""
        return self.role.service

    def start(self) -> None:
        """Start every part; when one cannot start, those before it are stopped again.

        Raises:
            ConfigurationInvalid: a setting cannot be used.
            DatabaseUnusable: the database cannot be used.
            ServerUnavailable: the same service of this home runs already.
        """
        with ExitStack() as parts:
            place = self._prepare(parts)
            self.lacks = without_database.missing(self.settings, self.role)
            if not self.lacks:
                try:
                    parts.push(self._begun())
                except DatabaseUnusable:
                    self.lacks = without_database.not_there(self.settings, self.role)
                    if not self.lacks:
                        raise
            if self.lacks:
                self._wait_for_a_database(parts)
            place.say(ready=True, lacks=self.lacks)
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

    def _begun(self) -> ExitStack:
        """What the service consists of, started."""
        with ExitStack() as parts:
            match self.role:
                case Role.WEB:
                    connection = self._remote(parts)
                    self._prepare_web(parts, connection, _forwarded_refusals(parts, connection))()
                case Role.EXECUTOR:
                    self._start_executor(parts)
                case Role.SCHEDULER:
                    self._start_scheduler(parts)
                case _:
                    self._start_server(parts)
            return parts.pop_all()

    def _wait_for_a_database(self, parts: ExitStack) -> None:
        waiting = without_database.Waiting(self.settings, self.role, self.lacks, self._begin_anew)
        parts.callback(waiting.stop)
        waiting.start()
        self.wire_port = waiting.wire_port
        if waiting.web_port is not None:
            self.url = base_url(self.settings, waiting.web_port)

    def _begin_anew(self) -> None:
        """There is a database, and a configuration that this process has not read."""
        self.restart_wanted = True
        self.stop_wanted.set()

    def _prepare(self, parts: ExitStack) -> Place:
        home = self.settings.home
        try:
            home.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise ConfigurationInvalid(
                f"The home directory {home} cannot be made: {error.strerror}."
            ) from error
        handler = begin_logging(self.settings.log_directory, self.service_name, self.settings.log_level)
        parts.callback(end_logging, handler)
        if (telling := begin_telling(self.settings.system_log, self.service_name)) is not None:
            parts.callback(end_logging, telling)
        log.info("starting %s in %s (process %d)", self.role.value, home, os.getpid())
        parts.callback(log.info, "stopped")
        return parts.enter_context(standing(home, self.role))

    def _start_executor(self, parts: ExitStack) -> None:
        settings = self.settings
        accounts = self._accounts()
        is_job = partial(of_a_run, os.fspath(settings.run_directory))
        door = ExecutorDoor(socket_of(settings.home), is_job, accounts.refusal)
        executor = executor_of(parts, settings, accounts, door.ended)
        parts.callback(door.stop)
        door.start(executor)
        facts = partial(_facts_of, executor, door)
        diagnose(parts, Role.EXECUTOR, facts, settings.executor_port)

    def _start_scheduler(self, parts: ExitStack) -> None:
        settings = self.settings
        database = self._open(parts, Part.SCHEDULER)
        credentials = CredentialStore(database, vault_of(settings))
        start_engine(parts, database, settings, credentials, None)
        start_telling(parts, database, settings, credentials)

    def _accounts(self) -> RunAccounts:
        self.run_accounts = RunAccounts(self.settings.default_job_account)
        log.info("%s", self.run_accounts.told())
        return self.run_accounts

    def _open(self, parts: ExitStack, part: Part) -> Database:
        database = _open(self.settings, part)
        parts.callback(database.close)
        database.when_lost(self._give_way)
        reports = FaultReports(self.settings, self.service_name, database)
        reports.start()
        parts.callback(reports.stop)
        return database

    def _start_server(self, parts: ExitStack) -> None:
        settings = self.settings
        together = self.role is Role.ALL
        accounts = self._accounts() if together else None
        database = self._open(parts, Part.WHOLE if together else Part.SERVER)
        passwords = Passwords(turns=Turns(waiting=max(2, settings.threads * 5 // 8)))
        if settings.deliver_jobs:
            deliver(database)
        credentials = CredentialStore(database, vault_of(settings))
        scheduler: ForCallers
        if together:
            scheduler = start_engine(parts, database, settings, credentials, accounts)
            start_telling(parts, database, settings, credentials)
        else:
            scheduler = DistantScheduler(database, lambda: found(settings.home, Role.SCHEDULER) is not None)
        services = _build_services(parts, database, settings, passwords, scheduler, accounts)
        dispatcher = Dispatcher(services, most_waiting=settings.waiter_limit)
        wire = WireServer(dispatcher, wire_settings(settings), services.refusals)
        parts.callback(wire.stop)
        self.wire_port = wire.port
        embedded = settings.web_services == "embedded"
        begin_web = self._prepare_web(parts, dispatcher, services.refusals) if embedded else None
        # As late as can be: whoever fails to start shall not have made a password that nobody has seen.
        self.first_start = bootstrap(database, settings.administrator_name, passwords)
        wire.start()
        doors = PowerShellDoors(settings, dispatcher, services.accounts, services.refusals)
        parts.callback(doors.stop)
        self.power_shell = doors.places
        if begin_web is not None:
            begin_web()
        self._open_locally(parts, database)
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

    def _open_locally(self, parts: ExitStack, database: Database) -> None:
        """Tell the local tools where this server is, and let the person in who owns it."""
        settings = self.settings
        tokens = LocalTokens(database, this_person())
        tokens.current()
        assert self.wire_port is not None
        login = LocalLogin(
            url=self.local_url or local_url(settings, settings.web_port),
            account=tokens.person,
            process=os.getpid(),
            wire=host_and_port(reached_at(settings.listen_address), self.wire_port),
            wire_certificate=str(settings.home / settings.wire_certificate)
            if settings.wire_certificate
            else None,
        )
        try:
            door = LoginSocket(
                settings.home / SOCKET, tokens, partial(of_a_run, os.fspath(settings.run_directory))
            )
        except ConfigurationInvalid as error:
            log.info("the local login lies in a file: %s", error.message)
            file = LoginFile(settings.home, login, tokens)
            file.start()
            parts.callback(file.stop)
            return
        door.start()
        parts.callback(door.stop)
        write_login(settings.home, replace(login, socket=os.fspath(door.path)))


def _open(settings: Settings, part: Part) -> Database:
    url = database_url(settings.connection_string, settings.home)
    if url.get_backend_name() == "sqlite" and url.database:
        # SQLite gives its files the rights of the first one; whatever is wrong is told by opening it.
        with suppress(OSError):
            Path(url.database).touch(mode=0o600, exist_ok=True)
    return open_database(
        url.render_as_string(hide_password=False),
        server=settings.name,
        readers=settings.database_connections - NOT_READING,
        part=part,
    )


def _build_services(
    parts: ExitStack,
    database: Database,
    settings: Settings,
    passwords: Passwords,
    scheduler: ForCallers,
    accounts: RunAccounts | None,
) -> Services:
    """The parts that operations use; without ``accounts`` the executor of another process is asked."""
    logs = LocalLogs(log_places(settings), settings.time_stamp_log_format)
    parts.callback(logs.stop)
    refusals = Refusals(database.write)
    refusals.start()
    parts.callback(refusals.stop)
    watch = AuditWatch(database, settings.audit_system_log)
    watch.start()
    parts.callback(watch.stop)
    sampler = StatisticsSampler(database)
    sampler.start()
    parts.callback(sampler.stop)
    forecasts = Forecasts()
    parts.callback(forecasts.close)
    own = own_account()
    credentials = CredentialStore(database, vault_of(settings))
    return Services(
        database=database,
        scheduler=scheduler,
        accounts=Accounts(
            database,
            token_life=timedelta(seconds=settings.token_lifetime),
            administrators=filter(None, [settings.authorized_group]),
            passwords=passwords,
            codes=one_time_codes(settings),
            owner=this_person(),
            visitors=visitors_of(settings, database, credentials),
        ),
        logs=logs,
        refusals=refusals,
        methods=MethodTable().describe,
        server_name=settings.name,
        home=settings.home,
        started=datetime.now(UTC),
        credentials=credentials,
        forecasts=forecasts,
        statistics=sampler.last,
        account_refusal=accounts.refusal if accounts else partial(_refused_there, socket_of(settings.home)),
        jobs_run_as=accounts.default if accounts else settings.default_job_account or own,
        jobs_apart=accounts.separate if accounts else settings.default_job_account not in ("", own),
    )


def _facts_of(executor: Executor, door: ExecutorDoor) -> dict[str, int | bool]:
    return {**executor.facts(), "schedulerConnected": door.followed}


def _refused_there(executor: Path, account: str) -> str | None:
    """Why an executor of another process cannot let work take an account; None also when it is not there.

    It looks again at each start, so that what nobody could look at now is told by the run.
    """
    try:
        refusal: str | None = ask(os.fspath(executor), AccountRefusal(account), str | None)
    except ServerUnavailable:
        return None
    return refusal


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
