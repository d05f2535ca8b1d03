"""A server in this process with callers of chosen rights, and a runner that does as the test says."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jams.database import Database
from jams.database import accounts as account_rows
from jams.executor.log_names import DEFAULT_LOG_FORMAT
from jams.executor.log_places import LogPlaces
from jams.objects.enums import EntryState
from jams.operations import CATALOGUE
from jams.operations.arguments import checked_arguments
from jams.operations.context import Services
from jams.scheduler import Scheduler
from jams.security.access import ALL_RIGHTS
from jams.security.accounts import Accounts
from jams.security.caller import Caller, Credentials
from jams.security.credentials import CredentialStore
from jams.security.one_time_codes import OneTimeCodes
from jams.security.rights import AreaRight
from jams.security.vault import Vault
from jams.server.dispatch import Dispatcher
from jams.server.refusals import Refusals
from jams.services.job_logs import LocalLogs
from tests.support.schedule import Desk, PuppetRunner, desk, started

LIMIT = 20.0


class _Accounts(Accounts):
    """Knows callers by name; the password is not looked at."""

    def __init__(self, database: Database, home: Path) -> None:
        super().__init__(database, codes=OneTimeCodes(Vault(home / "secret.key")))
        self.rights: dict[str, frozenset[AreaRight]] = {}
        self.passing: set[str] = set()
        """Who passes by the access lists of objects, as administrators do."""

    def authenticate(self, credentials: Credentials, door: str) -> Caller:
        name = credentials.username or ""
        return Caller(account=name, rights=self.rights[name], door=door, passes=name in self.passing)

    def looked_at_again(self, caller: Caller, credentials: Credentials) -> Caller:
        return self.authenticate(credentials, caller.door)


@dataclass
class Town:
    """The server, and what tests do with it."""

    desk: Desk
    runner: PuppetRunner
    scheduler: Scheduler
    dispatcher: Dispatcher
    accounts: _Accounts
    logs: Path
    refusals: Refusals
    services: Services
    web: Any = field(default=None, init=False)
    """Its web services, once they were asked for."""

    def beside(self, database: Database) -> Town:
        """The same, working with another database that is open beside the server's."""
        services = replace(self.services, database=database)
        return replace(self, desk=Desk(database), dispatcher=Dispatcher(services), services=services)

    def admit(self, name: str, rights: Iterable[AreaRight] = ALL_RIGHTS, *, passes: bool = False) -> str:
        """Give somebody an account; ``passes``: he passes by the access lists of objects."""
        if passes:
            self.accounts.passing.add(name)
        self.desk.write(lambda c: account_rows.find(c, name) or account_rows.create(c, name))
        self.accounts.rights[name] = frozenset(rights)
        return name

    def call(self, operation: str, caller: str, **inputs: Any) -> Any:
        """Do an operation for somebody; inputs as the doors without bodies give them."""
        found = CATALOGUE[operation]
        credentials = Credentials(username=caller, password="x")
        arguments = found.gather(inputs)
        given = checked_arguments(found, arguments) if found.patches else arguments
        return self.dispatcher.call(found, given, credentials=credentials)

    def executing(self, number: int) -> str:
        """Wait until an entry executes; the token of its run."""
        deadline = time.monotonic() + LIMIT
        while self.desk.entry(number).current_state is not EntryState.EXECUTING:
            assert time.monotonic() < deadline
            # What happens between the look and the wait is not waited for.
            self.scheduler.wait_for_change(number, 0.2)
        return next(r.token for r in reversed(self.runner.requests) if r.jams_entry == number)

    def over(self, number: int) -> None:
        """Wait until an entry has ended."""
        assert self.scheduler.wait_until_ended(number, LIMIT)


@contextmanager
def town(home: Path, where: Path | str | None = None) -> Iterator[Town]:
    """A server on a database, its own if none is named; each run has a log that holds its entry's number."""
    logs = home / "logs"
    logs.mkdir()
    runner = PuppetRunner()

    def start(request: Any) -> Any:
        log = logs / f"{request.jams_entry}.log"
        log.write_text(f"output of {request.job_name}\n")
        return started(request, str(log))

    runner.answer = start
    with desk(where or home / "jams.db") as made:
        credentials = CredentialStore(made.database, Vault(home / "secret.key"))
        scheduler = Scheduler(made.database, logon_of=credentials.logon, value_of=credentials.variables.open)
        scheduler.start(runner)
        accounts, refusals = _Accounts(made.database, home), Refusals(made.write)
        services = Services(
            database=made.database,
            scheduler=scheduler,
            accounts=accounts,
            logs=LocalLogs(LogPlaces(home, [logs]), DEFAULT_LOG_FORMAT),
            refusals=refusals,
            methods=list,
            server_name="town",
            home=home,
            started=datetime.now(UTC),
            credentials=credentials,
        )
        try:
            yield Town(made, runner, scheduler, Dispatcher(services), accounts, logs, refusals, services)
        finally:
            scheduler.stop()
