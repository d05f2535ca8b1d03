"""The interface of whoever runs commands, and what it gets to work with.

An engine is written against these names alone. It runs in a thread of its own for every pipeline, may
block, and finds out at every call whether the client wants it to stop.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from .clixml.types import Credential, SecureString
from .exceptions import ErrorRecord, InvocationInfo
from .host_calls import Choice, Field
from .metadata import CommandMetadata
from .records import InformationRecord, ProgressRecord
from .requests import HostInfo, MetadataRequest, PipelineRequest, SessionInfo


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a pipeline ended, for the audit.

    Attributes:
        request: what was run, or would have been; its arguments may be secrets.
        state: Completed, Failed or Stopped.
        error_id: the id of the error that ended it, if one did.
        seconds: how long it ran.
        objects: how many objects it sent.
    """

    request: PipelineRequest | MetadataRequest
    state: str
    error_id: str | None
    seconds: float
    objects: int


class Host(Protocol):
    """The host at the client's end: its console and its user.

    Without one, everything that shows something does nothing, and everything that asks raises
    HostUnavailable.
    """

    @property
    def info(self) -> HostInfo:
        """Size, colours and title as they were when the session or the pipeline began."""

    @property
    def interactive(self) -> bool:
        """Whether there is a user to show things to and to ask."""

    def write(self, text: str, foreground: int | None = None, background: int | None = None) -> None:
        """Write text without an end of line; colours are numbers of ConsoleColor."""

    def write_line(
        self, text: str = "", foreground: int | None = None, background: int | None = None
    ) -> None:
        """Write a line."""

    def write_error_line(self, text: str) -> None:
        """Write a line as an error."""

    def read_line(self, prompt: str) -> str:
        """Ask for a line, as Read-Host does."""

    def read_secret(self, prompt: str) -> SecureString:
        """Ask for a line that is not shown, as Read-Host -AsSecureString does."""

    def prompt(self, caption: str, message: str, fields: Sequence[Field]) -> Mapping[str, Any]:
        """Ask for several values; the answers are texts or SecureStrings by the fields' names."""

    def choose(self, caption: str, message: str, choices: Sequence[Choice], default: int = 0) -> int:
        """Let the user choose; gives the number of the choice, from 0."""

    def credential(self, caption: str, message: str, user: str = "", target: str = "") -> Credential:
        """Ask for a user name and a password."""

    def read_key(self, options: int = 4) -> Any:
        """Wait for a key; the answer has virtualKeyCode, character, controlKeyState and keyDown."""

    def set_title(self, text: str) -> None:
        """Set the window's title."""

    def leave(self) -> None:
        """Make the client leave the session it has entered (PopRunspace)."""


class Streams(Protocol):
    """The streams of a pipeline. Every method raises PipelineStopped once the client has asked to stop."""

    def input(self) -> Iterator[Any]:
        """The objects the client sends, as they come; nothing if it sends none."""

    def write(self, value: Any) -> None:
        """Send an object. Waits while too much is on its way to the client."""

    def error(self, record: ErrorRecord, ended_statement: bool = False) -> None:
        """Send an error that does not end the pipeline; to end it, raise PipelineFailed.

        ``ended_statement`` says that it ended one of several statements.
        """

    def warning(self, text: str, source: InvocationInfo | None = None) -> None:
        """Send a warning, and show it on the host."""

    def verbose(self, text: str, source: InvocationInfo | None = None) -> None:
        """Send a verbose message, and show it on the host."""

    def debug(self, text: str, source: InvocationInfo | None = None) -> None:
        """Send a debug message, and show it on the host."""

    def information(self, record: InformationRecord) -> None:
        """Send an information record; it is not shown."""

    def write_host(
        self,
        text: str,
        *,
        new_line: bool = True,
        foreground: int | None = None,
        background: int | None = None,
        source: str = "",
    ) -> None:
        """Do what Write-Host does: an information record, and the text on the host."""

    def progress(self, record: ProgressRecord) -> None:
        """Send progress, and show it on the host."""

    def check(self) -> None:
        """Do nothing but raise PipelineStopped if the pipeline is being stopped."""

    def sleep(self, seconds: float) -> None:
        """Wait, but not beyond a stop."""

    def monitor(self) -> None:
        """Say that the pipeline follows or waits for something: it may run longer than others."""


class EngineSession(Protocol):
    """The commands of one session."""

    @property
    def private_data(self) -> Mapping[str, Any]:
        """What the client is told of the session when it opens (its ApplicationPrivateData)."""

    def run(self, request: PipelineRequest, number: int, host: Host, streams: Streams) -> None:
        """Run a pipeline, the session's ``number``-th; returning completes it.

        Raises PipelineFailed to end it with an error; lets PipelineStopped pass. Called from several
        threads at once where the client opened more than one runspace.
        """

    def describe(self, request: MetadataRequest) -> Iterable[CommandMetadata]:
        """The commands that match, in the order of the names asked for, for a pattern by kind and name.

        Names without a match are left out. Raises PipelineFailed.
        """

    def ended(self, outcome: Outcome) -> None:
        """A pipeline has ended; the client is told next. Called once for every one, even if it never ran."""

    def reset(self) -> None:
        """Begin anew: location, history, preferences. No pipeline runs meanwhile."""

    def close(self) -> None:
        """The session is over."""


class Engine(Protocol):
    """Makes the commands of sessions."""

    def open(self, session: SessionInfo) -> EngineSession:
        """The commands for a session. Must not block. Raises JAMSError to refuse the session."""
