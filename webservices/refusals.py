"""Answers what the HTTP server itself refuses (bad HTTP, too long a request) in the form of all errors."""

from __future__ import annotations

from typing import Any

import msgspec
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer
from waitress.task import ErrorTask

from jams.objects.errors import InternalError, JAMSError, MalformedRequest, RequestTooLarge

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


class _Channel(HTTPChannel):
    error_task_class = _ProblemTask


def refuse_with_problems(channels: dict[int, object]) -> None:
    """Make the servers in a waitress socket map answer their own errors as problems."""
    for server in channels.values():
        if isinstance(server, BaseWSGIServer):
            server.channel_class = _Channel


def _error(status: int) -> JAMSError:
    match status:
        case 413:
            return RequestTooLarge("The request is longer than this server takes.")
        case 431:
            return RequestTooLarge("The headers of the request are longer than this server takes.")
        case 500:
            return InternalError("The server failed; its log tells more.")
    return MalformedRequest("This is not an HTTP request that can be read.")
