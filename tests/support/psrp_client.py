"""A client of the out-of-process framing that forgives nothing, over any pair of byte streams.

Lines are read to the letter, as PowerShell's own client reads them: single quotes, exact attributes, no
acknowledgement that was not asked for, and nothing that only a client may say. The messages themselves are
made and read by psrpcore, which shares no code with the endpoint.
"""

from __future__ import annotations

import base64
import os
import re
import socket
import subprocess
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psrpcore
from psrpcore import types as ps

SESSION = uuid.UUID(int=0)
_ACKNOWLEDGED = re.compile(rb"<(Data|Command|Signal|Close)Ack PSGuid='([0-9a-f-]{36})' />")
_DATA = re.compile(rb"<Data Stream='Default' PSGuid='([0-9a-f-]{36})'>([A-Za-z0-9+/=]+)</Data>")
_FRAGMENT = 32768


class Refused(Exception):
    """The server said why there is no session."""


class Gone(Exception):
    """The server has closed the connection."""


@dataclass
class Result:
    """What a pipeline gave."""

    output: list[Any] = field(default_factory=list)
    errors: list[Any] = field(default_factory=list)
    records: list[Any] = field(default_factory=list)
    host_calls: list[Any] = field(default_factory=list)
    state: str = ""
    reason: Any = None


def _sized(value: Any) -> Any:
    """The value with whole numbers as the narrowest of .NET's types that hold them, as in PowerShell."""
    if isinstance(value, dict):
        return {name: _sized(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_sized(item) for item in value]
    if type(value) is int and not -(2**31) <= value < 2**31:
        return ps.PSInt64(value) if -(2**63) <= value < 2**63 else ps.PSUInt64(value)
    return value


class StrictClient:
    """One session. ``read`` gives some bytes or none at the end; ``write`` sends."""

    def __init__(self, read: Callable[[], bytes], write: Callable[[bytes], object]) -> None:
        self._read = read
        self._send = write
        self._buffer = b""
        self._owed: Counter[tuple[str, uuid.UUID]] = Counter()
        self.results: dict[uuid.UUID, Result] = {}
        self._held: dict[uuid.UUID, list[bytes]] = {}
        self.pool = psrpcore.ClientRunspacePool()
        self.answer: Callable[[Any], Any] = lambda call: None

    def open(self) -> StrictClient:
        """Open the session."""
        self.pool.open()
        self._send_messages()
        self._until(lambda: self.pool.state == ps.RunspacePoolState.Opened and not self._owed)
        return self

    def start(self, *commands: str | tuple[str, dict[str, Any]], has_input: bool = False) -> Any:
        """Begin a pipeline of commands, each a name or a name with parameters."""
        pipeline = psrpcore.ClientPowerShell(self.pool, no_input=not has_input)
        for command in commands:
            name, parameters = (command, {}) if isinstance(command, str) else command
            pipeline.add_command(name).add_parameters(**_sized(parameters))
        return self._start(pipeline)

    def script(self, text: str) -> Any:
        """Begin a pipeline of script text."""
        pipeline = psrpcore.ClientPowerShell(self.pool)
        pipeline.add_script(text)
        return self._start(pipeline)

    def _start(self, pipeline: Any) -> Any:
        self.results[pipeline.pipeline_id] = Result()
        self._ask("Command", pipeline.pipeline_id)
        pipeline.start()
        self._send_messages()
        return pipeline

    def send(self, pipeline: Any, items: Iterable[Any], end: bool = True) -> None:
        """Send input."""
        for item in items:
            pipeline.send(item)
            self._send_messages()
        if end:
            pipeline.send_eof()
            self._send_messages()

    def wait(self, pipeline: Any, close: bool = True) -> Result:
        """Wait for a pipeline's end, and close it."""
        result = self.results[pipeline.pipeline_id]
        self._until(lambda: bool(result.state))
        if close:
            self._ask("Close", pipeline.pipeline_id)
        return result

    def until(self, pipeline: Any, done: Callable[[Result], bool]) -> Result:
        """Wait until what has come from a pipeline is enough."""
        result = self.results[pipeline.pipeline_id]
        self._until(lambda: done(result))
        return result

    def run(self, *commands: str | tuple[str, dict[str, Any]], given: Iterable[Any] | None = None) -> Result:
        """Run a pipeline."""
        pipeline = self.start(*commands, has_input=given is not None)
        if given is not None:
            self.send(pipeline, given)
        return self.wait(pipeline)

    def stop(self, pipeline: Any) -> Result:
        """Stop a pipeline; its state comes before the acknowledgement."""
        pipeline.begin_stop()
        self._ask("Signal", pipeline.pipeline_id)
        assert self.results[pipeline.pipeline_id].state, "the stop was acknowledged before the state came"
        return self.wait(pipeline)

    def close(self, leave: bool = True) -> None:
        """Close the session and say no more, as PowerShell does; the server must end the connection then."""
        self._ask("Close", SESSION)
        if leave:
            self._leave()

    def _leave(self) -> None:
        """Close this end's output."""

    def _write(self, data: bytes) -> None:
        # Who has been refused finds the reason by reading on.
        with suppress(BrokenPipeError):
            self._send(data)

    def raw(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._write(data)

    def line(self) -> bytes:
        """The next line, as it is. Raises Gone at the end."""
        while b"\n" not in self._buffer:
            data = self._read()
            if not data:
                raise Gone(self._buffer)
            self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line

    def _ask(self, kind: str, target: uuid.UUID) -> None:
        self._owed[kind, target] += 1
        self._write(b"<%b PSGuid='%b' />\n" % (kind.encode(), str(target).encode()))
        self._until(lambda: not self._owed[kind, target])

    def _send_messages(self) -> None:
        """Send what the pool has to say, a fragment at a time, each after the acknowledgement of the last."""
        while payload := self.pool.data_to_send(_FRAGMENT):
            target = payload.pipeline_id or SESSION
            stream = "PromptResponse" if payload.stream_type.name == "prompt_response" else "Default"
            self._owed["Data", target] += 1
            self._write(
                b"<Data Stream='%b' PSGuid='%b'>%b</Data>\n"
                % (stream.encode(), str(target).encode(), base64.b64encode(payload.data))
            )
            self._until(lambda target=target: not self._owed["Data", target])

    def _until(self, done: Callable[[], bool]) -> None:
        while not done():
            self._take(self.line())
            self._owed = +self._owed

    def _take(self, line: bytes) -> None:
        if line.startswith(b"__NamedPipeError__:"):
            raise Refused(line.partition(b":")[2].decode())
        if match := _ACKNOWLEDGED.fullmatch(line):
            owed = match[1].decode(), uuid.UUID(match[2].decode())
            assert self._owed[owed] > 0, f"nobody asked for {line!r}"
            self._owed[owed] -= 1
            return
        match = _DATA.fullmatch(line)
        assert match is not None, f"no client takes this: {line[:200]!r}"
        target = uuid.UUID(match[1].decode())
        data = base64.b64decode(match[2], validate=True)
        assert 21 < len(data) <= _FRAGMENT
        self.pool.receive_data(
            psrpcore.PSRPPayload(data, psrpcore.StreamType.default, target if target.int else None)
        )
        while event := self.pool.next_event():
            self._note(event)

    def _note(self, event: Any) -> None:
        if event.pipeline_id is None:
            if isinstance(event, psrpcore.RunspacePoolStateEvent) and event.reason is not None:
                raise Refused(str(event.reason))
            return
        result = self.results[event.pipeline_id]
        match event:
            case psrpcore.PipelineOutputEvent():
                result.output.append(event.data)
            case psrpcore.ErrorRecordEvent():
                result.errors.append(event.record)
            case psrpcore.PipelineStateEvent():
                result.state, result.reason = event.state.name, event.reason
            case psrpcore.PipelineHostCallEvent():
                result.host_calls.append(event)
                if event.ci > 0:
                    self.pool.host_response(event.ci, return_value=self.answer(event))
                    self._send_messages()
            case _:
                result.records.append(event)


class SocketClient(StrictClient):
    """A session over a unix socket."""

    def __init__(self, path: Path) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.settimeout(30)
        self.socket.connect(os.fspath(path))
        super().__init__(lambda: self.socket.recv(1 << 16), self.socket.sendall)

    def _leave(self) -> None:
        self.socket.shutdown(socket.SHUT_WR)

    def __enter__(self) -> SocketClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()


class ProcessClient(StrictClient):
    """A session over the standard streams of a process: a bridge, a server over stdio, or ssh."""

    def __init__(self, arguments: list[str], **options: Any) -> None:
        self.process = subprocess.Popen(
            arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options
        )
        assert self.process.stdin and self.process.stdout and self.process.stderr
        self._source, self._sink = self.process.stdout.fileno(), self.process.stdin.fileno()
        self.said = bytearray()
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()
        super().__init__(lambda: os.read(self._source, 1 << 16), self._write_all)

    def _listen(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self.said += line

    def _write_all(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._sink, view) :]

    def _leave(self) -> None:
        assert self.process.stdin
        if not self.process.stdin.closed:
            self.process.stdin.close()

    def hang_up(self) -> int:
        """Close the client's end; gives the process's exit code."""
        self._leave()
        return self.process.wait(20)

    def __enter__(self) -> ProcessClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait(20)
        self._listening.join(20)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert stream
            if not stream.closed:
                stream.close()


class PairClient(SocketClient):
    """A session over one socket that is a process's standard input and output, both in one.

    ``ends`` are the client's end and the process's.
    """

    def __init__(self, arguments: list[str], ends: tuple[socket.socket, socket.socket]) -> None:
        self.socket, theirs = ends
        self.socket.settimeout(30)
        with theirs:
            self.process = subprocess.Popen(arguments, stdin=theirs, stdout=theirs)
        StrictClient.__init__(self, lambda: self.socket.recv(1 << 16), self.socket.sendall)

    def hang_up(self) -> int:
        """Close the client's end; gives the process's exit code."""
        self.socket.close()
        return self.process.wait(20)

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait(20)
        self.socket.close()
