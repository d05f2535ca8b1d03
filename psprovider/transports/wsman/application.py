"""WS-Management over HTTP, as an ASGI application: who is calling, how much he may send, and his answer.

Requests are worked on by a few threads; a Receive that waits is a coroutine, and ends when its client leaves.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from jams import __version__
from jams.objects.errors import JAMSError, ServerBusy, TooManyAttempts, Unauthenticated
from jams.wire.authorization import credentials_from

from ..people import People
from . import answers, envelopes, faults, names
from .connections import note_login
from .faults import WSManFault
from .service import Caller, Outcome, Pending, Service

_LOG = logging.getLogger(__name__)

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

PATH = "/wsman"
LARGEST_BODY = 1100 << 10
"""Bytes of a request: an envelope of 512,000 characters in UTF-16, and some more."""
THREADS = 8
_TYPE = b"application/soap+xml;charset=UTF-8"
_ORIGIN = re.compile("^https?://[^/]*", re.IGNORECASE)
"""What stands before the path where a client names the whole address (RFC 9112 section 3.2.2)."""
_CHARSET = re.compile(r"charset\s*=\s*\"?([\w-]+)", re.IGNORECASE)


class _Answer(NamedTuple):
    status: int
    body: bytes = b""
    headers: tuple[tuple[bytes, bytes], ...] = ()


class _Begun(NamedTuple):
    """A request whose answer has to wait."""

    account: str
    action: str
    message_id: str
    pending: Pending

    def answer(self, content: str) -> _Answer:
        return _Answer(200, answers.envelope(f"{self.action}Response", self.message_id, content))


_LOG_IN = _Answer(401, headers=((b"www-authenticate", b'Basic realm="WSMAN"'),))


class _Gone(Exception):
    """The client has hung up."""


class Application:
    """The application.

    Args:
        service: the operations.
        people: checks passwords.
        operations: how many requests of one account may wait at once.
    """

    def __init__(self, service: Service, people: People, *, operations: int = 500) -> None:
        self._service = service
        self._people = people
        self._most = operations
        self._open: dict[str, int] = {}
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="wsman")

    def close(self) -> None:
        """Let go of the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        try:
            answer = await self._respond(scope, receive)
        except _Gone:
            return
        except Exception:
            _LOG.exception("a request of WS-Management has failed")
            answer = _fault(faults.internal("The server failed; its log tells more."), "")
        headers = [(b"content-length", str(len(answer.body)).encode()), *answer.headers]
        if answer.body:
            headers.append((b"content-type", _TYPE))
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    async def _respond(self, scope: Scope, receive: Receive) -> _Answer:
        headers = {key.decode("latin-1").lower(): text.decode("latin-1") for key, text in scope["headers"]}
        if _ORIGIN.sub("", scope["path"]).rstrip("/").lower() != PATH:
            return _Answer(404)
        if scope["method"] != "POST":
            return _Answer(405, headers=((b"allow", b"POST"),))
        body = await _body(receive, headers)
        if body is None:
            return _Answer(413, headers=((b"connection", b"close"),))
        return await self._work(headers, body, scope, receive)

    async def _work(self, headers: Mapping[str, str], body: bytes, scope: Scope, receive: Receive) -> _Answer:
        loop = asyncio.get_running_loop()
        origin = scope["client"][0] if scope.get("client") else ""
        if "wsmanidentify" in headers and "authorization" not in headers:
            return await loop.run_in_executor(self._threads, _identify, headers, body)
        begun = await loop.run_in_executor(self._threads, self._begin, headers, body, origin)
        if isinstance(begun, _Begun) or begun.status not in (401, 429, 503):
            note_login(scope)
        if isinstance(begun, _Answer):
            return begun
        if self._open.get(begun.account, 0) >= self._most:
            begun.pending.abandon()
            problem = faults.too_many_operations(f"{begun.account} has {self._most} operations open already.")
            return _fault(problem, begun.message_id)
        self._open[begun.account] = self._open.get(begun.account, 0) + 1
        try:
            return begun.answer(await self._wait(begun.pending, receive))
        except WSManFault as problem:
            return _fault(problem, begun.message_id)
        finally:
            self._open[begun.account] -= 1
            if not self._open[begun.account]:
                del self._open[begun.account]

    def _begin(self, headers: Mapping[str, str], body: bytes, origin: str) -> _Answer | _Begun:
        """Answer a request, or find out what its answer has to wait for."""
        account = self._account(headers, origin)
        if isinstance(account, _Answer):
            return account
        if not body:
            return _Answer(200)
        message_id = ""
        try:
            if "multipart" in headers.get("content-type", ""):
                raise faults.not_understood("Message encryption is not supported; use TLS.")
            request = envelopes.parse(body, _charset(headers))
            message_id = request.message_id
            if request.action == names.IDENTIFY:
                return _Answer(200, answers.identity(__version__))
            outcome = self._service.answer(request, Caller(account, origin))
            while isinstance(outcome, Pending) and outcome.event.done():
                outcome = outcome.resume()
        except WSManFault as problem:
            return _fault(problem, message_id or problem.relates_to)
        if isinstance(outcome, Pending):
            return _Begun(account, request.action, message_id, outcome)
        return _Answer(200, answers.envelope(f"{request.action}Response", message_id, outcome))

    async def _wait(self, outcome: Outcome, receive: Receive) -> str:
        """Wait for the answer, but not longer than the client does. Raises WSManFault, _Gone."""
        loop = asyncio.get_running_loop()
        while isinstance(outcome, Pending):
            if not outcome.event.done():
                await _until(outcome, receive)
            outcome = await loop.run_in_executor(self._threads, outcome.resume)
        return outcome

    def _account(self, headers: Mapping[str, str], origin: str) -> str | _Answer:
        """The account that a request comes from, or the answer that nobody has logged in."""
        found = _name_and_password(headers.get("authorization"))
        if found is None:
            return _LOG_IN
        try:
            return self._people.check_password(*found, origin)
        except Unauthenticated:
            return _LOG_IN
        except TooManyAttempts as problem:
            return _Answer(429, headers=((b"retry-after", problem.details["retryAfter"].encode()),))
        except ServerBusy:
            return _Answer(503, headers=((b"retry-after", b"5"),))
        except JAMSError as problem:
            _LOG.warning("a password could not be checked: %s", problem.message)
            return _Answer(503)


def _identify(headers: Mapping[str, str], body: bytes) -> _Answer:
    """Tell anybody that this is WS-Management, and nothing more."""
    try:
        request = envelopes.parse(body, _charset(headers))
    except WSManFault as problem:
        return _fault(problem, "")
    return _Answer(200, answers.identity("0")) if request.action == names.IDENTIFY else _LOG_IN


async def _until(pending: Pending, receive: Receive) -> None:
    """Wait for what an answer waits for. Raises _Gone if the client hangs up."""
    ready = asyncio.wrap_future(pending.event)
    gone = asyncio.ensure_future(receive())
    try:
        done, _ = await asyncio.wait({ready, gone}, timeout=pending.timeout, return_when="FIRST_COMPLETED")
    finally:
        gone.cancel()
        ready.cancel()
    if gone in done and ready not in done:
        pending.abandon()
        raise _Gone


async def _body(receive: Receive, headers: Mapping[str, str]) -> bytes | None:
    """The body of a request; None if it is too long. Somewhat too much is read, so that clients hear it."""
    told = headers.get("content-length", "0")
    if not told.isdecimal() or len(told) > 9 or int(told) > 4 * LARGEST_BODY:
        return None
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Gone
        part = message.get("body", b"")
        size += len(part)
        if size <= LARGEST_BODY:
            parts.append(part)
        if size > 4 * LARGEST_BODY:
            return None
        if not message.get("more_body"):
            return b"".join(parts) if size <= LARGEST_BODY else None


def _name_and_password(header: str | None) -> tuple[str, str] | None:
    """What HTTP Basic holds, or None; a domain before the name is left out."""
    try:
        shown = credentials_from(header)
    except Unauthenticated:
        return None
    if shown.username is None or shown.password is None:
        return None
    return shown.username.rpartition("\\")[2], shown.password


def _charset(headers: Mapping[str, str]) -> str:
    match = _CHARSET.search(headers.get("content-type", ""))
    return match[1] if match else ""


def _fault(problem: WSManFault, message_id: str) -> _Answer:
    return _Answer(problem.status, answers.fault(problem, message_id))
