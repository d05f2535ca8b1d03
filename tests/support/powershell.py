"""A PowerShell session without a wire: lines go in, objects, records and what the host shows come out."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jams.client.connection import Connection
from jams.objects.errors import AccessDenied, JAMSError
from jams.objects.preconditions import ALWAYS, Precondition
from jams.operations.catalogue import Operation, Right
from jams.operations.versioned import demanded
from jams.security.caller import Credentials
from psprovider.endpoint.clixml.types import Credential, SecureString, Version
from psprovider.endpoint.engine import Outcome
from psprovider.endpoint.exceptions import ErrorRecord, PipelineFailed
from psprovider.endpoint.host_calls import Choice, Field
from psprovider.endpoint.jams_errors import from_jams
from psprovider.endpoint.protocol_errors import HostUnavailable, PipelineStopped
from psprovider.endpoint.requests import NO_HOST, Command, HostInfo, Merge, PipelineRequest, SessionInfo
from psprovider.engine.parser import parse
from psprovider.engine.principal import Principal
from psprovider.sessions.session import JamsEngine, JamsSession

CONSOLE = HostInfo(False, False, False, data={5: (100, 40)})
CREDENTIALS = Credentials(token="secret")


@dataclass
class Host:
    """A host that remembers what it shows, and answers what it is told to."""

    info: HostInfo = CONSOLE
    interactive: bool = True
    lines: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    choices: list[int] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    left: bool = False

    def write(self, text: str, foreground: int | None = None, background: int | None = None) -> None:
        self.lines.append(text)

    def write_line(
        self, text: str = "", foreground: int | None = None, background: int | None = None
    ) -> None:
        self.lines.append(text)

    def write_error_line(self, text: str) -> None:
        self.errors.append(text)

    def read_line(self, prompt: str) -> str:
        return ""

    def read_secret(self, prompt: str) -> SecureString:
        return SecureString("")

    def prompt(self, caption: str, message: str, fields: Sequence[Field]) -> Mapping[str, Any]:
        if not self.interactive:
            raise HostUnavailable(message)
        self.asked.append(caption)
        return {item.name: self.answers.get(item.name, "") for item in fields}

    def choose(self, caption: str, message: str, choices: Sequence[Choice], default: int = 0) -> int:
        if not self.interactive:
            raise HostUnavailable(message)
        self.asked.append(message)
        return self.choices.pop(0)

    def credential(self, caption: str, message: str, user: str = "", target: str = "") -> Credential:
        raise HostUnavailable(message)

    def read_key(self, options: int = 4) -> Any:
        raise HostUnavailable("")

    def set_title(self, text: str) -> None:
        return

    def leave(self) -> None:
        self.left = True

    @property
    def plain(self) -> list[str]:
        """The lines without colours."""
        import re

        return [re.sub("\x1b\\[[0-9;]*m", "", line).rstrip() for line in self.lines]


@dataclass
class Streams:
    """Streams that remember what is written; ``stop_after`` objects the client asks to stop."""

    given: Sequence[Any] = ()
    stop_after: int | None = None
    output: list[Any] = field(default_factory=list)
    records: list[ErrorRecord] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    details: list[str] = field(default_factory=list)
    shown: list[Any] = field(default_factory=list)
    monitors: bool = False

    def input(self) -> Iterator[Any]:
        yield from self.given

    def write(self, value: Any) -> None:
        self.check()
        self.output.append(value)

    def error(self, record: ErrorRecord, ended_statement: bool = False) -> None:
        self.records.append(record)

    def warning(self, text: str, source: Any = None) -> None:
        self.warnings.append(text)

    def verbose(self, text: str, source: Any = None) -> None:
        self.details.append(text)

    def debug(self, text: str, source: Any = None) -> None:
        return

    def information(self, record: Any) -> None:
        return

    def write_host(self, text: str, **_: Any) -> None:
        return

    def progress(self, record: Any) -> None:
        self.shown.append(record)

    def check(self) -> None:
        if self.stop_after is not None and len(self.output) >= self.stop_after:
            raise PipelineStopped

    def sleep(self, seconds: float) -> None:
        self.check()

    def monitor(self) -> None:
        self.monitors = True


@dataclass
class Result:
    """What a line has given."""

    output: list[Any]
    errors: list[ErrorRecord]
    host: Host
    streams: Streams
    failure: ErrorRecord | None = None

    @property
    def error_ids(self) -> list[str]:
        """The fully qualified ids of all errors, the one that ended it last."""
        last = [self.failure] if self.failure else []
        return [record.error_id for record in (*self.errors, *last)]

    @property
    def only(self) -> Any:
        """The one object that came out; there must be no error."""
        assert self.error_ids == [], [r.message for r in (*self.errors, self.failure) if r]
        assert len(self.output) == 1, self.output
        return self.output[0]


class Shell:
    """A session and its client."""

    def __init__(
        self,
        connection: Connection,
        *,
        credentials: Credentials = CREDENTIALS,
        may: Callable[[Right], bool] = lambda _: True,
        standing: Callable[[], object] = lambda: None,
        server_name: str = "testserver",
        **options: Any,
    ) -> None:
        principal = Principal("operator", credentials, may, standing)
        engine = JamsEngine(connection, lambda identity: principal, server_name=server_name, **options)
        info = SessionInfo(uuid.UUID(int=7), "operator", Version("2.3"), None, NO_HOST, "test")
        self.session: JamsSession = engine.open(info)
        self._number = 0

    def line(self, text: str, **options: Any) -> Result:
        """Run a line as Invoke-Command sends it when it can be converted."""
        return self.run(parse(text), **options)

    def typed(self, text: str, **options: Any) -> Result:
        """Run a line as a console sends it: Out-Default at the end, errors merged into it."""
        statements = []
        for statement in parse(text):
            first, *rest = statement
            merge = Merge(my_result=2, to_result=1, error=1) if not rest else Merge()
            last = Command("Out-Default", merge=Merge(previous_results=3))
            statements.append((Command(first.text, arguments=first.arguments, merge=merge), *rest, last))
        return self.run(tuple(statements), **options)

    def script(self, text: str, **options: Any) -> Result:
        """Run text that the client could not convert."""
        return self.run(((Command(text, is_script=True),),), **options)

    def run(
        self,
        statements: tuple[tuple[Command, ...], ...],
        *,
        input: Sequence[Any] | None = None,
        host: Host | None = None,
        stop_after: int | None = None,
    ) -> Result:
        """Run statements."""
        host = host or Host()
        self._number += 1
        streams = Streams(input or (), stop_after)
        request = PipelineRequest(
            uuid.uuid4(), statements, has_input=input is not None, host=host.info, add_to_history=True
        )
        failure, state = None, "Completed"
        try:
            self.session.run(request, self._number, host, streams)
        except PipelineFailed as failed:
            failure, state = failed.record, "Failed"
        except JAMSError as problem:
            failure, state = from_jams(problem), "Failed"
        except PipelineStopped:
            state = "Stopped"
            raise
        finally:
            error_id = None if failure is None else failure.error_id
            self.session.ended(Outcome(request, state, error_id, 0.0, len(streams.output)))
        return Result(streams.output, streams.records, host, streams, failure)


Answer = Callable[..., Any]


@dataclass
class FakeConnection:
    """A server that answers as it is told, and remembers what it was asked."""

    answers: dict[str, Any] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def call(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        credentials: Credentials = CREDENTIALS,
        door: str = "library",
        retry_key: str | None = None,
        condition: Precondition = ALWAYS,
    ) -> Any:
        assert credentials == CREDENTIALS and door == "PowerShell"
        arguments, _ = demanded(operation, arguments, condition)
        self.calls.append((operation.name, dict(arguments)))
        answer = self.answers.get(operation.name, AccessDenied(f"The fake knows no {operation.name}."))
        result = answer(**arguments) if callable(answer) else answer
        if isinstance(result, Exception):
            raise result
        return result

    def close(self) -> None:
        return

    def called(self, name: str) -> list[dict[str, Any]]:
        """The arguments of every call of an operation."""
        return [arguments for called, arguments in self.calls if called == name]
