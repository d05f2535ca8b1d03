"""The headers of answers, as the OpenAPI document describes them."""

from __future__ import annotations

from typing import Any

from jams.objects.errors import ErrorKind
from jams.operations.catalogue import Operation
from webservices.request_ids import HEADER as REQUEST_ID
from webservices.slices import LIMIT

from .answers import text_headers
from .shaping import TOTAL, Shape

Headers = dict[str, dict[str, Any]]

_TEXT = {"type": "string"}
_TAG = {"type": "string", "pattern": '^"[^"]*"$'}

COMPONENTS: Headers = {
    REQUEST_ID: {
        "description": "Names the request: as the caller has named it in the same header, or anew. "
        "The server's log has it beside each error.",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9._~+/=:-]{1,128}$"},
    },
    "Cache-Control": {
        "description": "`no-store` where sources, values or logs may travel; else `private, no-cache`.",
        "schema": _TEXT,
    },
    "ETag": {"description": "The tag of this answer; its version goes into `If-Match`.", "schema": _TAG},
    "Link": {
        "description": 'Where more follow: the address of the next page, `<…>; rel="next"` (RFC 8288).',
        "schema": _TEXT,
    },
    "X-Total-Count": {
        "description": "With `total`: how many there are in all.",
        "schema": {"type": "integer", "minimum": 0},
    },
    "X-Truncated": {
        "description": "The list is as long as the server gives it at once: more may follow.",
        "schema": {"type": "string", "enum": ["true"]},
    },
    "Retry-After": {
        "description": "Seconds to wait before trying again.",
        "schema": {"type": "integer", "minimum": 0},
    },
    "WWW-Authenticate": {
        "description": "How to log in (RFC 9110 section 11.6.1).",
        "schema": _TEXT,
    },
    "Accept-Patch": {"description": "With PATCH: the media type it takes.", "schema": _TEXT},
}


def of_success(operation: Operation) -> Headers:
    """The headers of an answer to what was done, by name."""
    named = [REQUEST_ID, "Cache-Control"]
    shapes = Shape(operation).names
    bound = operation.bound
    if operation.shows_version is not None:
        named.append("ETag")
    if LIMIT in shapes or (bound is not None and bound.cursor is not None):
        named.append("Link")
    if TOTAL in shapes:
        named.append("X-Total-Count")
    if bound is not None:
        named.append("X-Truncated")
    if operation.wait is not None:
        named.append("Retry-After")
    found = {name: _reference(name) for name in named}
    for header, member in text_headers(operation.pieces).items() if operation.pieces else ():
        found[header] = {"description": f"With text/plain: `{member}` of the JSON answer.", "schema": _TEXT}
    return found


def of_error(*kinds: ErrorKind) -> Headers:
    """The headers of an answer that tells an error of one of these kinds."""
    named = [REQUEST_ID, "Cache-Control"]
    if {ErrorKind.UNAVAILABLE, ErrorKind.BUSY, ErrorKind.THROTTLED} & {*kinds}:
        named.append("Retry-After")
    if ErrorKind.UNAUTHENTICATED in kinds:
        named.append("WWW-Authenticate")
    if ErrorKind.UNSUPPORTED in kinds:
        named.append("Accept-Patch")
    return {name: _reference(name) for name in named}


def _reference(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/headers/{name}"}
