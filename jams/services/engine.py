"""The engine of a server: its scheduler with what it stands on, and who tells people what happens."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from jams.database import Database
from jams.executor.executor import Executor
from jams.executor.log_places import LogPlaces
from jams.executor.system_accounts import RunAccounts
from jams.mailboxes.watch import MailWatch
from jams.objects.run import RunEnded
from jams.scheduler import Scheduler
from jams.scheduler.runner import Runner
from jams.scheduler.sources.macros import MACRO_DIRECTORY, Macros
from jams.security.credentials import CredentialStore
from jams.telling.mail import MailChannel
from jams.telling.sender import Channel, Sender
from jams.telling.webhooks import WebHookChannel

from . import diagnosis
from .backup import take_in_folder
from .diagnosis import Facts
from .distant_executor import DistantExecutor
from .engine_runs import EngineRuns
from .executor_messages import SOCKET
from .file_watch import FileWatch
from .job_logs import LocalLogs, log_places
from .noted_logons import NotedLogons
from .roles import Role
from .settings import Settings


def executor_of(
    parts: ExitStack,
    settings: Settings,
    accounts: RunAccounts,
    on_ended: Callable[[RunEnded], None],
) -> Executor:
    """The executor of this process. Raises ConfigurationInvalid."""
    executor = Executor(
        settings.run_directory,
        log_format=settings.time_stamp_log_format,
        log_location=settings.job_logs,
        log_places=log_places(settings),
        on_ended=on_ended,
        grace_seconds=settings.cancel_grace,
        accounts=accounts,
    )
    parts.callback(executor.close)
    return executor


def socket_of(home: Path) -> Path:
    """The socket file of the executor of a home."""
    return home / SOCKET


def diagnose(parts: ExitStack, role: Role, facts: Facts, port: int | None) -> None:
    """Open the port at which it is seen what a service does, if there is to be one."""
    door = diagnosis.opened(role.service, facts, port)
    if door is not None:
        parts.callback(door.stop)


def start_engine(
    parts: ExitStack,
    database: Database,
    settings: Settings,
    credentials: CredentialStore,
    accounts: RunAccounts | None,
) -> Scheduler:
    """Begin to schedule.

    Args:
        parts: what is to be stopped in the end.
        database: the database.
        settings: the settings.
        credentials: opens the passwords that runs need.
        accounts: as whom jobs run, where the executor is in this process; None: it is in another one.

    Raises:
        ConfigurationInvalid: a setting cannot be used.
        ServerUnavailable: the executor cannot be used.
    """
    scheduler = Scheduler(
        database,
        logon_of=credentials.logon,
        macros=Macros(settings.home / MACRO_DIRECTORY),
        value_of=credentials.variables.open,
    )
    places = log_places(settings)
    if accounts is None:
        distant = DistantExecutor(socket_of(settings.home), scheduler.run_ended)
        parts.callback(distant.close)
        _start(parts, scheduler, distant, database, settings, places, there=False)
        distant.begin(scheduler.ask_anew)
    else:
        executor = executor_of(parts, settings, accounts, scheduler.run_ended)
        diagnose(parts, Role.EXECUTOR, executor.facts, settings.executor_port)
        _start(parts, scheduler, executor, database, settings, places)
    diagnose(parts, Role.SCHEDULER, scheduler.facts, settings.scheduler_port)
    files = FileWatch(database)
    files.start()
    parts.callback(files.stop)
    mails = MailWatch(database, NotedLogons(database, credentials.logon, "The watch of mailboxes"))
    mails.start()
    parts.callback(mails.stop)
    return scheduler


def start_telling(
    parts: ExitStack, database: Database, settings: Settings, credentials: CredentialStore
) -> None:
    """Begin to tell people and programs what happens."""
    logs = LocalLogs(log_places(settings), settings.time_stamp_log_format)
    parts.callback(logs.stop)
    channels: tuple[Channel, ...] = (
        MailChannel(
            database, NotedLogons(database, credentials.logon, "The sending of mails"), logs, settings.name
        ),
        WebHookChannel(
            database, NotedLogons(database, credentials.logon, "The signing of web hooks"), settings.name
        ),
    )
    for channel in channels:
        sender = Sender(database, channel)
        sender.start()
        parts.callback(sender.stop)


def _start(
    parts: ExitStack,
    scheduler: Scheduler,
    runner: Runner,
    database: Database,
    settings: Settings,
    places: LogPlaces,
    *,
    there: bool = True,
) -> None:
    own = EngineRuns(
        runner,
        database,
        places,
        settings.time_stamp_log_format,
        str(settings.job_logs),
        scheduler.run_ended,
        partial(take_in_folder, settings),
    )
    scheduler.start(own, there=there)
    parts.callback(scheduler.stop)
    parts.callback(own.close)
