"""The operations of WS-Management on shells (MS-WSMV 3.1.4), one request at a time.

Called by threads; nothing here waits. What has to be waited for is handed back as :class:`Pending`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from lxml import etree

from jams.objects.errors import Conflict, JAMSError, ServerBusy
from psprovider.endpoint.engine import Engine
from psprovider.endpoint.limits import DEFAULT_LIMITS, Limits
from psprovider.endpoint.protocol_errors import ProtocolViolation

from ..people import People, Quota
from . import answers, envelopes, faults, names, xpress
from .envelopes import Request
from .shells import LONGEST_IDLE, SHORTEST_IDLE, HostedShell, Shells, Stopping, Wake

_LOG = logging.getLogger(__name__)

CONFIGURATIONS = {"jams": "JAMS", "microsoft.powershell": "Microsoft.PowerShell"}
"""The session configurations; the second is what a client asks for that was not told one."""

HOLD = 20.0
"""Seconds for which a Receive is parked; below what proxies and clients wait at most."""
STOP_GAP = 0.05
"""Seconds that the answer to a stop stays behind the last state, which travels on another connection."""
_ROOM_AROUND = 2500
_LARGEST_SEND = 1 << 20


@dataclass(frozen=True)
class Caller:
    """Who has sent a request, as HTTP has established it: the account and where from."""

    account: str
    origin: str


@dataclass(frozen=True)
class Pending:
    """An answer that has to wait.

    Attributes:
        event: done when there is something to answer.
        timeout: seconds to wait for it at most.
        resume: gives the answer then, or what to wait for next. Raises WSManFault.
        abandon: called in its place when the client is gone.
    """

    event: Future[Any]
    timeout: float
    resume: Callable[[], Outcome]
    abandon: Callable[[], None] = lambda: None


Outcome = str | Pending
"""The body of an answer, or what it has to wait for."""


class Service:
    """The shells of all callers.

    Args:
        engine: makes the engine; called when a shell is made.
        people: the holders of accounts.
        quota: counts the sessions.
        limits: the limits of every session.
        hold: seconds for which a Receive is parked.
    """

    def __init__(
        self,
        engine: Callable[[], Engine],
        people: People,
        quota: Quota,
        *,
        limits: Limits = DEFAULT_LIMITS,
        hold: float = HOLD,
    ) -> None:
        self._engine = engine
        self._people = people
        self._quota = quota
        self._limits = limits
        self._hold = hold
        self.shells = Shells(self._gone)
        self._operations: dict[str, Callable[[Request, Caller], Outcome]] = {
            names.CREATE: self._create,
            names.COMMAND: self._command,
            names.SEND: self._send,
            names.RECEIVE: self._receive,
            names.SIGNAL: self._signal,
            names.DISCONNECT: self._disconnect,
            names.RECONNECT: self._reconnect,
            names.CONNECT: self._connect,
            names.GET: self._get,
            names.ENUMERATE: self._enumerate,
            names.DELETE: self._delete,
        }

    def answer(self, request: Request, caller: Caller) -> Outcome:
        """The body that answers a request, or what to wait for. Raises WSManFault."""
        operation = self._operations.get(request.action)
        if operation is None:
            raise faults.no_action()
        try:
            return operation(request, caller)
        except Conflict as problem:
            # Of two clients that come at once for a disconnected shell, one is too late.
            raise faults.internal(problem.message) from None

    def close(self) -> None:
        """End all shells."""
        self.shells.close()

    def _create(self, request: Request, caller: Caller) -> Outcome:
        configuration = _configuration(request.resource)
        creation = envelopes.data(request.element("ps:creationXml"))
        chosen = request.attribute("ShellId")
        id = envelopes.identifier(chosen) if chosen else uuid4()
        shell = self._new_shell(id, configuration, request, caller)
        self._guarded(shell, lambda: shell.act(lambda session: session.create(creation)))
        _LOG.info("a PowerShell session of %s has begun over WS-Management", caller.account)
        return answers.created(request.to, request.resource, id, answers.shell(shell))

    def _new_shell(self, id: UUID, configuration: str, request: Request, caller: Caller) -> HostedShell:
        try:
            self._quota.take(caller.account)
        except ServerBusy as busy:
            raise faults.too_many_shells(busy.message) from None
        with ExitStack() as undo:
            undo.callback(self._quota.give_back, caller.account)
            try:
                person = self._people.by_account(caller.account, caller.origin, by_password=True)
            except JAMSError as problem:
                raise faults.internal(problem.message) from None
            undo.callback(self._people.release, person)
            shell = HostedShell(
                id,
                person,
                self._engine(),
                configuration=_text(request.element("rsp:Name")) or configuration,
                resource=request.resource,
                origin=caller.origin,
                session_id=request.session_id,
                compressed=request.compression == "xpress",
                idle=self._idle(_text(request.element("rsp:IdleTimeOut"))),
                limits=self._limits,
                fragment=min(32768, _room(request)),
            )
            self.shells.add(shell)
            undo.pop_all()
        return shell

    def _gone(self, shell: HostedShell) -> None:
        self._quota.give_back(shell.person.account)
        self._people.release(shell.person)
        _LOG.info("a PowerShell session of %s over WS-Management has ended", shell.person.account)

    def _guarded(self, shell: HostedShell, action: Callable[[], object]) -> None:
        """Do what may break the protocol; the shell ends then, and nothing else."""
        try:
            action()
        except ProtocolViolation as problem:
            _LOG.warning("a PowerShell session was ended: %s", problem.message)
            self.shells.remove(shell, tell=False)
            raise faults.internal(f"The session was ended: {problem.message}") from None

    def _command(self, request: Request, caller: Caller) -> Outcome:
        shell = self._connected(request, caller)
        chosen = request.attribute("CommandId")
        command = envelopes.identifier(chosen) if chosen else uuid4()
        arguments = envelopes.data(request.element("rsp:Arguments"))
        self._guarded(shell, lambda: shell.begin(command, arguments))
        return answers.commanded(command)

    def _send(self, request: Request, caller: Caller) -> Outcome:
        shell = self._connected(request, caller)
        stream = request.element("rsp:Stream")
        data = envelopes.data(stream)
        if shell.compressed:
            try:
                data = xpress.unpack(data, _LARGEST_SEND)
            except xpress.PackingBroken as problem:
                raise faults.not_understood(str(problem)) from None
        command = _command_id(stream)
        self._guarded(shell, lambda: shell.act(lambda session: session.send(command, data)))
        return answers.empty("Send")

    def _receive(self, request: Request, caller: Caller) -> Outcome:
        shell = self._connected(request, caller)
        command = _command_id(request.element("rsp:DesiredStream"))
        if not shell.knows(command):
            raise faults.no_shell()
        room = _room(request)
        hold = self._hold if request.timeout is None else max(0.1, min(self._hold, request.timeout - 1.0))
        ticket = shell.park(command)
        return Pending(
            ticket,
            hold,
            lambda: self._received(shell, command, ticket, room),
            lambda: shell.leave(command, ticket),
        )

    def _received(self, shell: HostedShell, command: UUID | None, ticket: Future[Wake], room: int) -> str:
        reason = ticket.result() if ticket.done() and not ticket.cancelled() else None
        shell.leave(command, ticket)
        if reason is Wake.SUPERSEDED:
            raise faults.superseded()
        found = shell.take(command, room)
        if found is None:
            raise faults.disconnected_meanwhile() if reason is Wake.DISCONNECTED else faults.timed_out()
        if command is None and found.done:
            self.shells.remove(shell, tell=False)
            if not found.fragments:
                raise faults.no_shell()
        chunk = b"".join(found.fragments)
        return answers.received(command, xpress.store(chunk) if shell.compressed else chunk, found.done)

    def _signal(self, request: Request, caller: Caller) -> Outcome:
        shell = self._connected(request, caller)
        code = _text(request.element("rsp:Code")).lower()
        chosen = request.attribute("CommandId")
        if chosen is None:
            return answers.empty("Signal")
        command = envelopes.identifier(chosen)
        if code.endswith("/terminate"):
            shell.free(command)
        elif code.endswith(("/crtl_c", "/ctrl_c")):
            stopping = shell.stop(command)
            if stopping is not None:
                return self._stopped(shell, command, stopping)
        else:
            raise faults.no_action()
        return answers.empty("Signal")

    def _stopped(self, shell: HostedShell, command: UUID, stopping: Stopping) -> Pending:
        """Answer a stop after the Receive that carries the last state, or clients take it for a failure."""

        def answer() -> str:
            shell.stopped(command)
            return answers.empty("Signal")

        def told() -> Outcome:
            if stopping.told.done() and not stopping.freed.done():
                return Pending(stopping.freed, STOP_GAP, answer, lambda: shell.stopped(command))
            return answer()

        return Pending(stopping.told, stopping.patience, told, lambda: shell.stopped(command))

    def _disconnect(self, request: Request, caller: Caller) -> Outcome:
        shell = self._found(request, caller)
        idle = _text(request.element("rsp:IdleTimeOut"))
        if idle:
            shell.idle = self._idle(idle)
        shell.disconnect()
        return answers.empty("Disconnect")

    def _reconnect(self, request: Request, caller: Caller) -> Outcome:
        shell = self._found(request, caller)
        if shell.disconnected:
            shell.act(lambda session: session.reconnect())
            shell.session_id = request.session_id
        elif request.session_id != shell.session_id:
            raise faults.internal("The shell is connected to another client.")
        return answers.empty("Reconnect")

    def _connect(self, request: Request, caller: Caller) -> Outcome:
        shell = self._found(request, caller)
        chosen = request.attribute("CommandId")
        if chosen is not None:
            if not shell.knows(envelopes.identifier(chosen)):
                raise faults.no_shell()
            return answers.empty("Connect")
        opening = envelopes.data(request.element("ps:connectXml"))
        answer = b""

        def connect() -> None:
            nonlocal answer
            answer = shell.act(lambda session: session.connect(opening))

        self._guarded(shell, connect)
        shell.session_id = request.session_id
        return answers.connected(answer)

    def _get(self, request: Request, caller: Caller) -> Outcome:
        if request.resource.lower() == names.CONFIG:
            return answers.configuration(envelopes.LARGEST)
        return answers.shell(self._found(request, caller))

    def _enumerate(self, request: Request, caller: Caller) -> Outcome:
        resource = request.resource.lower()
        if resource == names.SHELL:
            shells = self.shells.of(caller.account)
            return answers.enumerated(answers.shell(shell) for shell in shells)
        if resource != f"{names.SHELL}/command":
            raise faults.no_configuration("JAMS")
        selector = request.element("w:Filter//w:Selector[@Name='ShellId']")
        shell = self.shells.find(envelopes.identifier(_text(selector)), caller.account)
        return answers.enumerated(
            answers.command_facts(shell.id, command, "Done" if ended else "Running")
            for command, ended in shell.commands()
        )

    def _delete(self, request: Request, caller: Caller) -> Outcome:
        self.shells.remove(self._found(request, caller))
        return ""

    def _idle(self, text: str) -> float:
        """The idle time a client asks for; the largest number that it can write means the usual one."""
        wanted = envelopes.seconds(text)
        if wanted is None or wanted >= 0xFFFFFFFF / 1000:
            return self._limits.idle
        return min(max(wanted, SHORTEST_IDLE), LONGEST_IDLE)

    def _found(self, request: Request, caller: Caller) -> HostedShell:
        return self.shells.find(request.shell_id(), caller.account)

    def _connected(self, request: Request, caller: Caller) -> HostedShell:
        shell = self._found(request, caller)
        if shell.disconnected:
            raise faults.is_disconnected()
        return shell


def _configuration(resource: str) -> str:
    prefix, _, name = resource.rpartition("/")
    if prefix.lower() != names.POWERSHELL or name.lower() not in CONFIGURATIONS:
        raise faults.no_configuration("JAMS")
    return CONFIGURATIONS[name.lower()]


def _room(request: Request) -> int:
    """How many bytes of fragments an answer to the request may carry, base64 and envelope considered."""
    return (request.max_envelope - _ROOM_AROUND) * 3 // 4


def _command_id(element: etree._Element | None) -> UUID | None:
    chosen = None if element is None else element.get("CommandId")
    return None if chosen is None else envelopes.identifier(chosen)


def _text(element: etree._Element | None) -> str:
    return "" if element is None else (element.text or "").strip()
