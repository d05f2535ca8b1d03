"""A session on a Windows host, by pypsrp.

pypsrp collects what a pipeline sends in a list for each stream, in which the order between them is lost and
everything is kept. ``_Pipeline`` overrides its handlers of messages, which are not part of its public face,
to hand everything out in order; the dependency is bounded for that, and tests hold it.
"""

from __future__ import annotations

import copy
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import requests.exceptions as http
from pypsrp.complex_objects import PSInvocationState
from pypsrp.exceptions import WinRMError, WinRMTransportError, WSManFaultError
from pypsrp.messages import MessageType
from pypsrp.powershell import PowerShell, RunspacePool
from pypsrp.shell import SignalCode

from ..orders import Order, idle_seconds
from .connection import RECEIVE_SECONDS, connect, fault_text, nobodys_host, refusals
from .failures import Lost, Refused, Unanswerable, reason
from .transcript import Transcript

STOP_SECONDS = 3
"""How long a request may take that ends something."""
LONGEST_PAUSE = 10.0

_NO_NEWS = 2150858793
_NO_SUCH_SHELL = 2150858843
_DISCONNECTED = (2150859204, 2150859230)
_BROKEN = (http.ConnectionError, http.Timeout, http.ChunkedEncodingError)

_ASKING = re.compile("Read.*|Prompt.*|EnterNestedPrompt")
"""The host's methods that ask a person for something."""
_WRITING = {"Write1": False, "Write2": False, "WriteLine1": True, "WriteLine2": True, "WriteLine3": True}
"""The host's methods that write, and whether they end the line; other streams come as records."""


class _Pipeline(PowerShell):
    """A pipeline that hands its messages on in place of gathering them."""

    def _hand_on(self, message: Any) -> Any:
        return message.data

    _process_error_record = _hand_on
    _process_debug_record = _hand_on
    _process_verbose_record = _hand_on
    _process_warning_record = _hand_on
    _process_progress_record = _hand_on
    _process_information_record = _hand_on

    def _process_pipeline_state(self, message: Any) -> Any:
        self.state = message.data.state
        return message.data

    def _process_pipeline_host_call(self, message: Any) -> Any:
        name = str(message.data.mi)
        if name.startswith("Get"):
            return super()._process_pipeline_host_call(message)
        return message.data


class Session:
    """One script on one host.

    Args:
        order: the host and what the script is given.
        password: of the account that logs on.
        transcript: where what comes back is written.
        sending: called before the host can have begun the script; raises OSError if it must not.

    Attributes:
        heard: when the host last told of the script, by the monotonic clock.
    """

    def __init__(
        self, order: Order, password: str, transcript: Transcript, sending: Callable[[], None]
    ) -> None:
        self._order = order
        self._remote = order.remote
        self._password = password
        self._transcript = transcript
        self._exit_code: int | None = None
        wsman = connect(self._remote, password)
        self._session_id = wsman.session_id
        # When nobody asks for news any longer, the host ends the script after the idle time.
        self._pool = RunspacePool(
            wsman,
            host=nobodys_host(),
            configuration_name=self._remote.configuration_name,
            idle_timeout=idle_seconds(self._remote),
        )
        self._pipeline: _Pipeline | None = None
        self._sending = sending
        self._begins = threading.Lock()
        self._forbidden = False
        self.heard = time.monotonic()

    def open(self) -> None:
        """Log on, and go to the directory in which the script is to start.

        Raises:
            Refused: the host cannot be reached or does not let us in, or there is no such directory.
        """
        with refusals(self._remote):
            self._pool.open()
            if self._order.directory:
                self._change_directory(self._order.directory)

    def run(self, script: str) -> int:
        """Run the script until it ends; its exit code.

        What ``exit`` says, else 1 when an error has ended it, else 0.

        Raises:
            Refused: the host does not take the script.
            Lost: the connection is gone, and so is knowledge of the script.
            Unanswerable: the script asks a person for something.
        """
        with refusals(self._remote):
            formats = self._has_command("Out-String")
        pipeline = _Pipeline(self._pool)
        pipeline.add_script(script)
        pipeline.add_parameters(dict(self._order.parameters))
        if formats:
            pipeline.add_cmdlet("Out-String").add_parameter("Stream", True)
        self._begin(pipeline)
        while pipeline.state in (PSInvocationState.RUNNING, PSInvocationState.STOPPING):
            for kind, message in self._news(pipeline):
                self._take(kind, message)
        if self._exit_code is not None:
            return self._exit_code
        if pipeline.state == PSInvocationState.STOPPED:
            raise Lost(f"{self._where} stopped the script before its end.")
        return 0 if pipeline.state == PSInvocationState.COMPLETED else 1

    def forbid(self) -> bool:
        """Let the script not begin any more; whether it had begun."""
        with self._begins:
            self._forbidden = True
            return self._pipeline is not None

    def stop(self) -> None:
        """Ask the host to stop the script; may be called beside ``run``, which then ends."""
        if self._pipeline is not None:
            with self._beside() as shell:
                shell.signal(SignalCode.PS_CTRL_C, str(self._pipeline.id).upper())

    def end(self) -> None:
        """End the session on the host, and with it whatever runs in it; may be called beside ``run``.

        Returns when the host says that it is so, or does not know the session any more; else raises.
        """
        with self._beside() as shell:
            try:
                shell.close()
            except WSManFaultError as error:
                if error.code != _NO_SUCH_SHELL:
                    raise

    def _begin(self, pipeline: _Pipeline) -> None:
        with self._begins:
            if self._forbidden:
                raise Refused("The run was to end before the script had begun.")
            try:
                self._sending()
            except OSError as error:
                raise Refused(f"The journal cannot be written: {reason(error)}.") from error
            self._pipeline = pipeline
            self.heard = time.monotonic()
        try:
            pipeline.begin_invoke()
        except WSManFaultError as error:
            raise Refused(f"{self._where} did not take the script: {fault_text(error)}.") from error
        except (WinRMError, *_BROKEN) as error:
            raise Lost(
                f"Whether {self._where} has begun the script is not known: {reason(error)}."
            ) from error

    def _news(self, pipeline: _Pipeline) -> list[tuple[int, Any]]:
        """What the host has to tell; a connection that breaks is made again for as long as is allowed."""
        since = time.monotonic()
        attempts = 0
        while True:
            try:
                news = self._pool._receive(pipeline.id, timeout=RECEIVE_SECONDS)
            except WSManFaultError as error:
                if error.code == _NO_NEWS:
                    news = []
                elif error.code in _DISCONNECTED:
                    self._reconnect()
                    continue
                else:
                    raise Lost(f"{self._where} no longer knows the script: {fault_text(error)}.") from error
            except (WinRMTransportError, *_BROKEN) as error:
                self._wait_for_return(error, since, attempts)
                attempts += 1
                continue
            self.heard = time.monotonic()
            if attempts:
                self._transcript.say("The connection is back; something of what was sent may be missing.")
            return news

    def _wait_for_return(self, error: Exception, since: float, attempts: int) -> None:
        """Pause before the connection is tried again. Raises Lost when it was tried long enough."""
        left = since + self._remote.reconnect_timeout - time.monotonic()
        if left <= 0:
            raise Lost(
                f"The connection to {self._where} was lost and did not come back within "
                f"{self._remote.reconnect_timeout} seconds: {reason(error)}."
            ) from error
        if not attempts:
            self._transcript.say(f"The connection to {self._where} was lost ({reason(error)}); trying again.")
        self._pool.connection.transport.encryption = None
        time.sleep(min(0.5 * 2.0**attempts, LONGEST_PAUSE, left))

    def _reconnect(self) -> None:
        """Take up again a session that the host has set aside. Raises Lost."""
        try:
            self._pool.disconnect()
        except (WinRMError, *_BROKEN):
            pass
        try:
            self._pool._connect_existing_client()
        except (WinRMError, *_BROKEN) as error:
            raise Lost(f"{self._where} did not give the session back: {reason(error)}.") from error

    def _take(self, kind: int, message: Any) -> None:
        """Write down one message."""
        transcript = self._transcript
        if kind == MessageType.PIPELINE_OUTPUT:
            transcript.output(message.data.data)
        elif kind == MessageType.ERROR_RECORD:
            transcript.error(message)
        elif kind == MessageType.PIPELINE_STATE and message.error_record is not None:
            if message.state == PSInvocationState.FAILED:
                transcript.error(message.error_record)
        elif kind == MessageType.INFORMATION_RECORD:
            transcript.information(message)
        elif kind == MessageType.PROGRESS_RECORD:
            transcript.progress(message)
        elif kind == MessageType.PIPELINE_HOST_CALL:
            self._take_host_call(str(message.mi), message.mp or [])
        elif kind in _MARKS:
            transcript.note(_MARKS[kind], str(message.message or message))

    def _take_host_call(self, name: str, arguments: list[Any]) -> None:
        if name == "SetShouldExit":
            self._exit_code = int(arguments[0])
        elif name in _WRITING:
            self._transcript.host(str(arguments[-1]) if arguments else "", new_line=_WRITING[name])
        elif name == "WriteErrorLine":
            self._transcript.note("ERROR", str(arguments[0]))
        elif _ASKING.fullmatch(name):
            raise Unanswerable(f"The script asks for input ({name}), which a job cannot give.")

    def _has_command(self, name: str) -> bool:
        """Whether sessions of this configuration have the command."""
        found = PowerShell(self._pool).add_cmdlet("Get-Command")
        found.add_parameter("Name", name).add_parameter("ErrorAction", "SilentlyContinue")
        return bool(found.invoke()) and found.state == PSInvocationState.COMPLETED

    def _change_directory(self, directory: str) -> None:
        shell = PowerShell(self._pool).add_cmdlet("Set-Location")
        shell.add_parameter("LiteralPath", directory).add_parameter("ErrorAction", "Stop")
        shell.invoke()
        if shell.state != PSInvocationState.COMPLETED or shell.streams.error:
            told = str(shell.streams.error[0]) if shell.streams.error else "the host does not say why"
            raise Refused(f"The home directory {directory} cannot be entered on {self._where}: {told}")

    @property
    def _where(self) -> str:
        return self._remote.address

    @contextmanager
    def _beside(self) -> Iterator[Any]:
        """The session's shell over a connection of its own: the other one is waiting for news.

        The host knows the client by the session identifier.
        """
        wsman = connect(self._remote, self._password, STOP_SECONDS)
        wsman.session_id = self._session_id
        shell = copy.copy(self._pool.shell)
        shell.wsman = wsman
        try:
            yield shell
        finally:
            wsman.close()


_MARKS = {
    MessageType.WARNING_RECORD: "WARNING",
    MessageType.VERBOSE_RECORD: "VERBOSE",
    MessageType.DEBUG_RECORD: "DEBUG",
}
