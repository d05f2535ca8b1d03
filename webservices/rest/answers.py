"""Writes what operations return as HTTP answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

import msgspec
from flask import Response, request

from jams.objects.base import snake_name
from jams.objects.listing import Listing
from jams.operations.catalogue import Operation, Pieces

from . import packing
from .conditions import tagged

JSON = "application/json"
EVENTS = "text/event-stream"
_LONG = 64 << 10
"""Bytes of an answer from which on copying it costs more than a file around it."""

_encode = msgspec.json.Encoder().encode


def answer(operation: Operation, result: Any, arguments: dict[str, Any]) -> Response:
    """The answer to a request that succeeded: JSON, or plain text where the operation has a text to show."""
    if operation.text is not None and prefers_text():
        return _text_answer(operation, result, arguments)
    if (operation.line or isinstance(result, str)) and wants_text_alone():
        return _line(operation, result)
    body = result.json() if isinstance(result, Listing) else _encode(result)
    packs = operation.session is None and not operation.created and packing.is_wanted(request, len(body))
    response = _json_response(packing.packed(body) if packs else body, 201 if operation.created else 200)
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    if operation.shows_version is not None:
        version = version_of(operation, result)
        if version is not None:
            response = tagged(response, body, version, request, operation, packing.TAG if packs else "")
    tagged_one = operation.shows_version is not None and "ETag" in response.headers
    response.headers["Cache-Control"] = "private, no-cache" if tagged_one else "no-store"
    if operation.text is not None:
        response.vary.add("Accept")
    return response


def version_of(operation: Operation, result: Any) -> int | None:
    """The version of the definition that an answer shows; None where it does not say it."""
    if isinstance(result, dict):
        return None
    version: int | None = getattr(result, operation.shows_version or "")
    return version


def as_file(environ: Mapping[str, Any], body: bytes) -> Iterable[bytes] | None:
    """A long body as a file, which the HTTP server need not copy to keep it; None if that is no gain."""
    wrap = environ.get("wsgi.file_wrapper")
    return None if wrap is None or len(body) < _LONG else wrap(BytesIO(body))


def _json_response(body: bytes, status: int) -> Response:
    file = as_file(request.environ, body)
    if file is None:
        return Response(body, status, mimetype=JSON)
    response = Response(file, status, mimetype=JSON, direct_passthrough=True)
    response.content_length = len(body)
    return response


def prefers_text() -> bool:
    """Whether the caller would rather have plain text than JSON: unless he says otherwise, he would."""
    accepted = request.accept_mimetypes
    return not accepted or accepted["text/plain"] >= accepted[JSON]


def wants_text_alone() -> bool:
    """Whether the caller asks for plain text, and would not rather have JSON."""
    wanted = dict(request.accept_mimetypes)
    return 0 < wanted.get("text/plain", 0) > request.accept_mimetypes[JSON] * (JSON in wanted)


def _line(operation: Operation, result: Any) -> Response:
    members = (getattr(result, snake_name(member)) for member in operation.line)
    text = result if isinstance(result, str) else " ".join(str(member) for member in members)
    response = Response(text, 201 if operation.created else 200, content_type="text/plain; charset=utf-8")
    response.vary.add("Accept")
    response.headers["Cache-Control"] = "no-store"
    return response


def wants_events() -> bool:
    """Whether the caller asks for a stream of events: by ``?follow`` or by what he accepts."""
    for name, value in request.args.items():
        if name.casefold() == "follow":
            return value.strip().lower() not in ("false", "0")
    return any(kind == EVENTS for kind in request.accept_mimetypes.values())


def _text_answer(operation: Operation, result: Any, arguments: dict[str, Any]) -> Response:
    """The text as the body, to be saved as a file unless only a piece was asked for.

    Headers say where it continues and whether anything follows.
    """
    response = Response(content_type="text/plain; charset=utf-8")
    response.set_data(getattr(result, snake_name(operation.text or "")))
    pieces = operation.pieces
    if pieces is not None:
        for header, member in text_headers(pieces).items():
            response.headers[header] = str(getattr(result, snake_name(member))).lower()
    response.vary.add("Accept")
    response.headers["Cache-Control"] = "no-store"
    if pieces is None or not arguments.get(pieces.single):
        response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(operation, arguments)}"'
    return response


def text_headers(pieces: Pieces) -> dict[str, str]:
    """The headers beside a text, and the result members that they carry."""
    return {"X-Next-Offset": pieces.next, "X-Log-Size": pieces.size, "X-Log-Complete": pieces.done}


def _file_name(operation: Operation, arguments: dict[str, Any]) -> str:
    """The word for the operation on the command line and what the path names: ``log-1234.txt``."""
    named = [str(arguments[item.name]) for item in operation.inputs if item.place == "path"]
    return re.sub("[^A-Za-z0-9._-]", "_", "-".join([operation.command, *named])) + ".txt"
