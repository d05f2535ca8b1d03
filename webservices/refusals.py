"""Answers what the HTTP server itself refuses (bad HTTP, too long a request) in the form of all errors."""

from __future__ import annotations

from typing import Any

import msgspec
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import BaseWSGIServer
from waitress.task import ErrorTask
from waitress.utilities import BadRequest, RequestEntityTooLarge

from jams.objects.errors import (
    InternalError,
    JAMSError,
    MalformedRequest,
    RequestTooLarge,
    TimedOut,
    TooManyAttempts,
)
from jams.wire.http_heads import fault_of, has_lone_ends

from .aside import AsideChannel
from .rest.problems import MEDIA_TYPE, problem


class _ProblemTask(ErrorTask):
    """Sends a problem (RFC 9457) where waitress would send plain text."""

    def execute(self) -> None:
        request: Any = self.request
        refused = request.error
        found = msgspec.structs.replace(problem(_error(refused.code)), status=refused.code)
        body = msgspec.json.encode(found)
        self.status = f"{refused.code} {refused.reason}"
        self.response_headers = [("Content-Type", MEDIA_TYPE), ("X-Content-Type-Options", "nosniff")]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Parser(HTTPRequestParser):
    """Refuses what another program on the way may read otherwise."""

    def received(self, data: bytes) -> int:
        """Take what has arrived; how much of it belongs to this request."""
        in_head = self.body_rcv is None and not self.completed
        before: bytes = self.header_plus[-1:]
        consumed: int = super().received(data)
        if isinstance(self.error, RequestEntityTooLarge):
            self._leave_to_the_faces()
        # A head with line ends that waitress does not know would otherwise be waited for.
        if in_head and not self.completed and has_lone_ends((before + data[:consumed]).removesuffix(b"\r")):
            self.error = BadRequest("a lone CR or LF")
            self.completed = True
        return consumed

    def _leave_to_the_faces(self) -> None:
        """Let the face that is asked refuse a body that is too long, or its caller before that."""
        told: Any = self.headers
        told["CONTENT_LENGTH"] = str(max(self.content_length, self.body_bytes_received))
        told["CONNECTION"] = "close"
        self.error = None

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head of the request. Raises ParsingError."""
        fault = fault_of(header_plus)
        if fault is not None:
            raise ParsingError(fault)
        super().parse_header(header_plus)


class _Channel(AsideChannel):
    error_task_class = _ProblemTask
    parser_class = _Parser


def refuse_with_problems(channels: dict[int, object]) -> None:
    """Make the servers in a waitress socket map answer their own errors as problems."""
    for server in channels.values():
        if isinstance(server, BaseWSGIServer):
            server.channel_class = _Channel


def _error(status: int) -> JAMSError:
    match status:
        case 408:
            return TimedOut("The request has not arrived in time.")
        case 429:
            return TooManyAttempts(
                "Too many logins have failed from where you come; this one was not looked at."
            )
        case 431:
            return RequestTooLarge("The headers of the request are longer than this server takes.")
        case 500:
            return InternalError("The server failed; its log tells more.")
    return MalformedRequest("This is not an HTTP request that can be read.")
