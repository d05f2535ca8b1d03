"""Making a process of a run request: everything from the names to the start itself."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from jams.objects import tasks
from jams.objects.errors import ConfigurationInvalid, InvalidArgument
from jams.objects.run import Remote, RunEnded, RunRequest, RunStarted

from . import remote, switching
from .environment import base_environment, job_environment
from .journal import Journal, record_of
from .log_names import check_format, log_name
from .log_places import LogPlaces
from .marks import VARIABLE, Marks
from .methods import MethodTable, is_executable, readable_source
from .orders import ORDER, encode_order, password_and_secrets
from .outcomes import not_started, reason_of
from .processes import host
from .spares import Spares
from .system_accounts import PATH, RunAccounts, SystemAccount


class Launched(NamedTuple):
    """A run that was started: its journal, the answer, and when by the monotonic clock."""

    journal: Journal
    started: RunStarted
    begun: float


@dataclass(frozen=True, slots=True)
class Plan:
    """A request that was found good; nothing has been touched yet."""

    request: RunRequest
    journal: Journal
    command: list[str]
    suffix: str
    script: bytes
    executable: bool
    order: bytes | None
    given: bytes = field(repr=False)
    directory: str
    log: Path
    moment: datetime
    works: bool = False
    account: SystemAccount | None = None


class Launcher:
    """Starts runs whose journals lie under ``root``.

    Raises:
        ConfigurationInvalid: a log format is malformed.
    """

    def __init__(
        self,
        root: str,
        log_format: str,
        log_location: str,
        log_places: LogPlaces,
        programs: Mapping[str, str] | None,
        spares: Spares,
        accounts: RunAccounts,
        scripts: switching.Scripts,
    ) -> None:
        self.methods = MethodTable(programs)
        self._root = root
        self._marks = Marks(root)
        self._log_format = log_format
        self._log_location = log_location
        self._environment = base_environment()
        self._log_places = log_places
        self._spares = spares
        self._accounts = accounts
        self._scripts = scripts
        try:
            check_format(log_format, log_location)
        except InvalidArgument as error:
            raise ConfigurationInvalid(f"The log format cannot be used. {error.message}") from error

    def begin(self, request: RunRequest) -> Launched | RunEnded:
        """Start the work of a request; NOT_STARTED with the reason when that fails, whatever it is.

        Raises:
            FileExistsError: the token has been used before; what became of it stands in its journal.
        """
        try:
            plan = self.plan(request)
            plan.journal.create(self._spares)
        except FileExistsError:
            raise
        except Exception as error:
            return not_started(request.token, request.jams_entry, reason_of(error))
        try:
            return self.launch(plan)
        except Exception as error:
            claimed = True
            with suppress(OSError):
                claimed = plan.journal.claim()
            if not claimed:
                raise FileExistsError(plan.journal.path) from error
            return not_started(request.token, request.jams_entry, reason_of(error))

    def plan(self, request: RunRequest) -> Plan:
        """Check the request against this machine.

        Raises:
            MethodNotFound: no such method.
            MethodUnavailable: the method's program is missing here.
            InvalidArgument: a home directory, log location, source or account that cannot be used.
            ValueError: the token or the source cannot be written.
        """
        request = replace(request, source=readable_source(request.source))
        moment = datetime.now().astimezone()
        location = request.log_location or self._log_location
        log = log_name(self._log_format, location, request, moment)
        self._log_places.check(log)
        if request.remote is not None:
            return self._plan_remote(request, request.remote, log, moment)
        journal = Journal(self._root, request.token)
        method, program = self.methods.find(request.method)
        account = self._accounts.account_of(request.execute_as)
        if account is None:
            command = method.command(program, journal.file(method.suffix), request)
        else:
            script = self._scripts.path(request.token, method.suffix)
            command = method.command(program, script, request) or [program, script]
            if is_executable(request):
                command = [*switching.interpreter(request.source), script]
        return Plan(
            request=request,
            journal=journal,
            command=command,
            suffix=method.suffix,
            script=method.encode(request),
            executable=is_executable(request),
            order=None,
            given=_secret(request) if method.works else b"",
            works=method.works,
            directory=_working_directory(request.home_directory),
            log=log,
            moment=moment,
            account=account,
        )

    def _plan_remote(self, request: RunRequest, there: Remote, log: Path, moment: datetime) -> Plan:
        """The plan of work on another host: its home directory lies there, and is not looked for here."""
        remote.check(request, there)
        journal = Journal(self._root, request.token)
        return Plan(
            request=request,
            journal=journal,
            command=remote.command(journal.path),
            suffix=remote.SUFFIX,
            script=request.source.encode(),
            executable=False,
            order=encode_order(remote.order_of(request, there)),
            given=password_and_secrets(there.password or "", remote.secrets_of(request)),
            directory=_working_directory(None),
            log=log,
            moment=moment,
        )

    def launch(self, plan: Plan) -> Launched:
        """Start what was planned; its token is used up.

        Raises:
            JAMSError, OSError, ValueError, RuntimeError: it could not be started, and no process was made.
        """
        request, journal = plan.request, plan.journal
        mark = self._marks.of(journal.token)
        log, name = self._log_places.create(plan.log)
        try:
            started = RunStarted(
                token=request.token,
                jams_entry=request.jams_entry,
                process_id=0,
                log_filename=name,
                start_time_utc=plan.moment.astimezone(UTC),
            )
            record = record_of(started, request.patterns)
            if plan.account is not None:
                begun, pid = self._launch_switched(plan, plan.account, record, name, log)
                return Launched(journal, replace(started, process_id=pid), begun)
            if plan.order is None:
                environment = _environment_of(plan, self._environment, name, mark)
            else:
                journal.write(ORDER, plan.order)
                plain = replace(request, environment={}, parameters={}, secrets={})
                environment = remote.environment(job_environment(self._environment, plain, name, mark))
            if plan.command:
                journal.write(plan.suffix, plan.script, os.O_EXCL, 0o700 if plan.executable else 0o600)
            begun = time.monotonic()
            pid = host.spawn(
                journal, record, plan.directory, plan.command or plan.script, environment, log, plan.given
            )
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise
        finally:
            os.close(log)
        return Launched(journal, replace(started, process_id=pid), begun)

    def _launch_switched(
        self, plan: Plan, account: SystemAccount, record: str, name: str, log: int
    ) -> tuple[float, int]:
        """Start work that takes another account; when it began by the monotonic clock, and its supervisor.

        The supervisor is ours: what the job says reaches the account alone, in variables and a script.
        """
        request, journal = plan.request, plan.journal
        mark = self._marks.of(journal.token)
        environment = _environment_of(plan, switching.environment_of(account, self._environment), name, mark)
        wanted = plan.directory if request.home_directory else None
        command = switching.command(account, plan.command, wanted)
        told = switching.variables(environment)
        self._scripts.write(request.token, plan.suffix, plan.script, account)
        ours = {"PATH": PATH, VARIABLE: mark}
        begun = time.monotonic()
        try:
            return begun, host.spawn(journal, record, "/", command, ours, log, plan.given, told)
        except BaseException:
            self._scripts.remove(request.token)
            raise


def _environment_of(plan: Plan, base: Mapping[str, str], log: str, mark: str) -> dict[str, str]:
    """The environment of work on this machine; work of ours gets its secrets through a pipe instead."""
    if not plan.works:
        return job_environment(base, plan.request, log, mark)
    plain = replace(plan.request, secrets={})
    return remote.environment(job_environment(base, plain, log, mark))


def _secret(request: RunRequest) -> bytes:
    """What goes to the work through a pipe, and lies nowhere."""
    account = request.account
    if account is None and not request.secrets:
        return b""
    hidden = tasks.Hidden(parameters=request.secrets, inserted=request.inserted)
    password, key = ("", None) if account is None else (account.password, account.private_key)
    return tasks.proof(password, key, hidden if request.secrets else None)


def _working_directory(wanted: str | None) -> str:
    """Where the work starts: the wanted directory, else the account's home, else the root."""
    directory = wanted or os.path.expanduser("~")
    if os.path.isabs(directory) and os.path.isdir(directory) and os.access(directory, os.X_OK):
        return directory
    if wanted:
        raise InvalidArgument(f"The home directory {directory} does not exist or may not be entered.")
    return os.path.abspath(os.sep)
