"""A Windows host for tests: our own WS-Management with an engine that plays scripts it knows.

A script is known by its last line; what stands above it (a param() block) is for whoever sends it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from psprovider.endpoint import known_errors
from psprovider.endpoint.clixml import custom
from psprovider.endpoint.engine import Host, Streams
from psprovider.endpoint.exceptions import (
    RUNTIME_EXCEPTION,
    ErrorCategory,
    ErrorRecord,
    ExceptionData,
    InvocationInfo,
    PipelineFailed,
    runtime_members,
)
from psprovider.endpoint.host_calls import HostMethod
from psprovider.endpoint.metadata import CommandMetadata
from psprovider.endpoint.records import InformationRecord, ProgressRecord
from psprovider.endpoint.requests import Command, MetadataRequest, PipelineRequest, SessionInfo
from psprovider.transports.people import Quota
from psprovider.transports.wsman.server import WSManListener
from tests.support.psrp_doors import Village

Play = Callable[["Scene"], Iterable[Any]]
MODULE = InvocationInfo("script.ps1", history=1, command_type=2)


@dataclass
class Scene:
    """What a script plays with."""

    far: FarEnd
    streams: Any
    host: Host
    arguments: dict[str, Any]


@dataclass
class FarEnd:
    """The host: where it listens, what it was asked, and what it waits for."""

    formats: bool = True
    asked: list[Command] = field(default_factory=list)
    sessions: list[SessionInfo] = field(default_factory=list)
    closed: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    running: threading.Event = field(default_factory=threading.Event)
    stopped: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)
    port: int = 0
    listener: WSManListener | None = None

    def open(self, session: SessionInfo) -> FarSession:
        self.sessions.append(session)
        return FarSession(self)

    @property
    def scripts(self) -> list[Command]:
        return [command for command in self.asked if command.is_script]


class FarSession:
    """A session of the host."""

    private_data: Mapping[str, Any] = {}

    def __init__(self, far: FarEnd) -> None:
        self._far = far

    def run(self, request: PipelineRequest, number: int, host: Host, streams: Streams) -> None:
        (chain,) = request.statements
        command = chain[0]
        self._far.asked.append(command)
        arguments = {str(a.name).strip("-: "): a.value for a in command.arguments}
        scene = Scene(self._far, streams, host, arguments)
        name = command.text.strip().splitlines()[-1].strip()
        play = SCRIPTS.get(name) if command.is_script else COMMANDS.get(name)
        if play is None:
            raise PipelineFailed(known_errors.command_not_found(name))
        for item in play(scene):
            if len(chain) > 1 and not isinstance(item, str):
                item = f"formatted {item}"
            streams.write(item)

    def describe(self, request: MetadataRequest) -> Iterable[CommandMetadata]:
        return ()

    def reset(self) -> None:
        pass

    def close(self) -> None:
        self._far.closed.release()


def get_command(scene: Scene) -> Iterator[Any]:
    if scene.far.formats and scene.arguments["Name"] == "Out-String":
        yield custom("System.Management.Automation.CmdletInfo", Name="Out-String")


def set_location(scene: Scene) -> Iterator[Any]:
    if scene.arguments["LiteralPath"] != r"C:\Work":
        raise PipelineFailed(_error("Cannot find path 'C:\\None'.", "PathNotFound,Set-Location"))
    yield from ()


def streams(scene: Scene) -> Iterator[Any]:
    out = scene.streams
    yield "out 1"
    out.verbose("verbose text", MODULE)
    out.debug("debug text", MODULE)
    out.warning("warning text\nof two lines", MODULE)
    out.information(InformationRecord("information text", "script.ps1", ("tag",)))
    out.information(InformationRecord("shown too", "script.ps1"))
    out.show(HostMethod.WriteLine2, ("shown too",))
    out.write_host("host text", foreground=10)
    out.write_host("half a line ", new_line=False)
    out.write_host("and the rest")
    out.write_host("open line", new_line=False)
    out.progress(ProgressRecord("Working", "half", 3, percent=50, operation="step"))
    out.progress(ProgressRecord("Working", id=3, completed=True))
    out.error(_error("first error", "First,script", "a\nb"))
    scene.host.write_error_line("error line")
    yield "out 2\nout 3"
    yield "\u00e4\u20ac\U0001f600"


def objects(scene: Scene) -> Iterator[Any]:
    yield custom("Demo.Thing", Name="one", Count=1, Tags=["a", "b"], Note=None, Inner=custom(None, A=1))
    yield 42
    yield True
    yield [1, 2]
    yield {"a": 1}
    yield None


def parameters(scene: Scene) -> Iterator[Any]:
    for name, value in scene.arguments.items():
        yield f"{name}={value}"


def leave(code: int) -> Play:
    def play(scene: Scene) -> Iterator[Any]:
        yield "leaving"
        scene.streams.show(HostMethod.SetShouldExit, (code,))

    return play


def fail(scene: Scene) -> Iterator[Any]:
    yield "before"
    raise PipelineFailed(_error("it broke", "Broke,script"))


def errors(scene: Scene) -> Iterator[Any]:
    for number in (1, 2):
        scene.streams.error(_error(f"error {number}", "Some,script"))
    yield "went on"


def ask(scene: Scene) -> Iterator[Any]:
    yield "asking"
    yield scene.host.read_line("Your name")


def wait(scene: Scene) -> Iterator[Any]:
    """Wait until the test says go."""
    yield "waiting"
    scene.far.running.set()
    try:
        while not scene.far.go.is_set():
            scene.streams.sleep(0.02)
    except BaseException:
        scene.far.stopped.set()
        raise
    yield "went"


def deaf(scene: Scene) -> Iterator[Any]:
    """Wait without hearing that it shall stop."""
    yield "waiting"
    scene.far.running.set()
    scene.far.go.wait(50)


def chatter(scene: Scene) -> Iterator[Any]:
    for number in range(2000):
        scene.streams.progress(ProgressRecord("Counting", f"item {number}", percent=number // 20))
        if number % 100 == 0:
            yield f"line {number}"


def many(scene: Scene) -> Iterator[Any]:
    for number in range(20_000):
        yield f"line {number}"


def _error(message: str, identifier: str, target: Any = None) -> ErrorRecord:
    exception = ExceptionData(RUNTIME_EXCEPTION, message, runtime_members(message, thrown=False))
    return ErrorRecord(
        exception, identifier, ErrorCategory.InvalidOperation, target, activity="script", invocation=MODULE
    )


COMMANDS: dict[str, Play] = {"Get-Command": get_command, "Set-Location": set_location}
SCRIPTS: dict[str, Play] = {
    "streams": streams,
    "objects": objects,
    "parameters": parameters,
    "exit 3": leave(3),
    "exit 3010": leave(3010),
    "exit 256": leave(256),
    "exit 0": leave(0),
    "fail": fail,
    "errors": errors,
    "ask": ask,
    "wait": wait,
    "deaf": deaf,
    "chatter": chatter,
    "many": many,
}


@contextmanager
def far_end(certificate: Path | None = None, key: Path | None = None, **options: Any) -> Iterator[FarEnd]:
    """The host, listening on a free port."""
    far = FarEnd(**options)
    listen(far, certificate, key)
    try:
        yield far
    finally:
        far.go.set()
        assert far.listener is not None
        far.listener.stop()


def listen(far: FarEnd, certificate: Path | None = None, key: Path | None = None) -> None:
    """Listen, on the port of before if there was one."""
    far.listener = WSManListener(
        "127.0.0.1", far.port, lambda: far, Village(), Quota(), certificate=certificate, key=key, hold=5.0
    )
    far.port = far.listener.port
    far.listener.start()
