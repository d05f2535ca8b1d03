"""What the scheduler and the executor say to each other. The executor knows no other nouns."""

from __future__ import annotations

from enum import Enum

from .base import Count, EntryNumber, Fact, Timestamp
from .enums import DataType


class Remote(Fact, frozen=True, kw_only=True):
    """The host without an agent on which a run's work is done, and the account that does it.

    ``kind`` is the type of the agent, as published. ``port`` None is the usual one; timeouts are seconds:
    how long a connection may take to open, and how long a lost one is tried again before the run is given
    up. ``certificate_authority`` is the path of a certificate (PEM) to trust in place of the system's.
    The password is shown nowhere, and whoever writes this down leaves it out.
    """

    kind: str
    agent_name: str
    address: str
    port: int | None = None
    use_tls: bool = True
    verify_certificate: bool = True
    certificate_authority: str | None = None
    authentication: str = "Negotiate"
    configuration_name: str = "Microsoft.PowerShell"
    connect_timeout: int = 30
    reconnect_timeout: int = 240
    user_name: str | None = None
    password: str | None = None

    def __repr__(self) -> str:
        return f"Remote({self.kind}, {self.address})"


class Account(Fact, frozen=True, kw_only=True):
    """An account of another system, with which the work logs on there. Nobody writes it down.

    ``private_key`` is what an unencrypted file of OpenSSH holds, if the account is proven by a key.
    """

    user_name: str
    password: str
    private_key: str | None = None

    def __repr__(self) -> str:
        return f"Account({self.user_name})"


class LogPatterns(Fact, frozen=True, kw_only=True):
    """Regular expressions that are looked for in the log of a run when it has ended; at least one of them.

    ``encoding`` is that of the log where it is not UTF-8.
    """

    good: str | None = None
    bad: str | None = None
    encoding: str = "utf-8"


class LogVerdict(Fact, frozen=True, kw_only=True):
    """What a log says to its patterns: the number of the line that each first matches, None where none does.

    When ``bad`` is found, ``good`` is not looked for further. ``problem`` says why a pattern could not be
    looked for to the end of the log.
    """

    good: int | None = None
    bad: int | None = None
    problem: str | None = None


class RunRequest(Fact, frozen=True, kw_only=True):
    """One start of one entry, claimed by the scheduler before it is asked for.

    ``token`` names the start: the same token never starts twice, whoever asks again. ``environment``
    holds what is added to the executor's own environment; ``log_location`` is the directory of the log, or
    a format for it, in place of the executor's (semantics 4.5); ``home_directory`` is where the work starts.
    With ``remote`` the work is done on that host. ``types`` are those of parameters that are no texts;
    ``account`` is the one with which the work logs on elsewhere. ``patterns`` are looked for in the log when
    the work has ended by itself, before its end is told. ``execute_as`` is the account of this machine that
    the work takes, where it is done here; None is the usual one. ``encoding`` is that of scripts whose
    language says nothing of it.

    ``secrets`` are parameters whose values nobody writes down: the work gets them in its environment, or
    through a pipe. ``inserted`` are texts that stand in for others in the source, which is written down, and
    that the work puts into their places.
    """

    token: str
    jams_entry: EntryNumber
    ron: int
    method: str
    source: str
    job_name: str
    folder_name: str
    log_location: str | None = None
    home_directory: str | None = None
    environment: dict[str, str] = {}
    parameters: dict[str, str] = {}
    remote: Remote | None = None
    patterns: LogPatterns | None = None
    types: dict[str, DataType] = {}
    account: Account | None = None
    execute_as: str | None = None
    encoding: str = "utf-8"
    secrets: dict[str, str] = {}
    inserted: dict[str, str] = {}

    def __repr__(self) -> str:
        return f"RunRequest({self.token}, {self.jams_entry}, {self.method})"


class RunStarted(Fact, frozen=True, kw_only=True):
    """The answer to a start: where the run lives."""

    token: str
    jams_entry: EntryNumber
    process_id: int
    log_filename: str
    start_time_utc: Timestamp


class RunOutcome(Enum):
    """How a run came to its end."""

    EXITED = "Exited"
    """The process ended by itself; ``exit_code`` is its code (128 + n when a signal n killed it)."""
    ABORTED = "Aborted"
    """The process was ended because somebody asked for it."""
    LOST = "Lost"
    """Neither an exit code nor a live process was found."""
    REFUSED = "Refused"
    """The host that was to do the work could not be reached or did not take it; nothing has run there."""
    NOT_STARTED = "NotStarted"
    """The work could not be started; nothing has run, and nothing will under this token."""


class RunEnded(Fact, frozen=True, kw_only=True):
    """The end of a run. ``reason`` is set for every outcome but EXITED.

    ``jams_entry`` is 0 when a recovering executor no longer knows it; the token always tells.
    ``elapsed_seconds`` is told to the millisecond. ``cpu_seconds`` is known when the executor that started
    the run saw its end. ``log_verdict`` is set if patterns were to be looked for and the outcome is EXITED.
    """

    token: str
    jams_entry: Count
    outcome: RunOutcome
    completion_time_utc: Timestamp
    exit_code: int | None = None
    reason: str | None = None
    elapsed_seconds: float | None = None
    cpu_seconds: float | None = None
    log_verdict: LogVerdict | None = None


class LogSlice(Fact, frozen=True, kw_only=True):
    """A piece of a log: ``data`` stands at byte ``offset``; ``size`` is the whole length when read."""

    data: bytes
    offset: int
    next_offset: int
    size: int


class MethodInfo(Fact, frozen=True, kw_only=True):
    """An execution method as it stands on a machine: ``reason`` says why it is not available."""

    name: str
    description: str
    available: bool
    program: str | None = None
    reason: str | None = None
