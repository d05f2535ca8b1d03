"""Errors as RFC 9457 problem details, with the fields that JAMS adds."""

from __future__ import annotations

import logging
import uuid
from typing import Annotated

import msgspec
from flask import Response, has_request_context, request
from msgspec import Meta, Struct
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound, RequestEntityTooLarge

from jams.objects.enums import Severity
from jams.objects.errors import (
    ErrorKind,
    InternalError,
    JAMSError,
    MalformedRequest,
    RequestTooLarge,
    RouteNotFound,
    VerbNotAllowed,
    error_classes,
)
from webservices.request_ids import request_id_of
from webservices.retry_after import retry_after
from webservices.standing import refused
from webservices.unserved import AS_WRITTEN, note

from .decoder import MERGE_PATCH

log = logging.getLogger(__name__)

DOOR = "REST"
"""What the audit trail calls this face."""


MEDIA_TYPE = "application/problem+json"

STATUSES = {
    ErrorKind.INVALID: 422,
    ErrorKind.MALFORMED: 400,
    ErrorKind.UNAUTHENTICATED: 401,
    ErrorKind.DENIED: 403,
    ErrorKind.NOT_FOUND: 404,
    ErrorKind.NOT_ALLOWED: 405,
    ErrorKind.CONFLICT: 409,
    ErrorKind.PRECONDITION: 412,
    ErrorKind.TOO_LARGE: 413,
    ErrorKind.UNSUPPORTED: 415,
    ErrorKind.TIMED_OUT: 504,
    ErrorKind.THROTTLED: 429,
    ErrorKind.BUSY: 503,
    ErrorKind.UNAVAILABLE: 503,
    ErrorKind.INTERNAL: 500,
}
"""The HTTP status of each kind of error."""

CHALLENGES = ('Bearer realm="JAMS"', 'Basic realm="JAMS", charset="UTF-8"')
"""The ``WWW-Authenticate`` headers of an answer 401 (RFC 6750 section 3, RFC 7617 section 2.1)."""

_TITLES = {code: (cls.__doc__ or code).strip().splitlines()[0] for code, cls in error_classes().items()}


class Problem(Struct, kw_only=True, omit_defaults=True, frozen=True):
    """What went wrong (RFC 9457 section 3.1); ``code`` is what a program should test."""

    type: Annotated[str, Meta(description="One address for each code.")]
    title: Annotated[str, Meta(description="What the code means, whatever the request.")]
    status: Annotated[int, Meta(ge=400, le=599, description="The HTTP status of the answer.")]
    detail: Annotated[str, Meta(description="What to do about it, in words.")]
    instance: Annotated[str, Meta(description="Names this very occurrence in the server's log.")]
    code: Annotated[str, Meta(description="Stable identifier of the error.")]
    severity: Severity
    target: Annotated[str | None, Meta(description="The object it is about.")] = None
    member: Annotated[str | None, Meta(description="The parameter or member it is about.")] = None
    details: Annotated[
        dict[str, str], Meta(description="What else is known, by name, such as the position in a text.")
    ] = {}


def problem(error: JAMSError) -> Problem:
    """The error as a problem; written to the log under its instance."""
    instance = f"urn:uuid:{uuid.uuid4()}"
    told = request_id_of(request.environ) if has_request_context() else "-"
    log.info("%s (request %s) %s: %s", instance, told, error.code, error.message)
    return Problem(
        type=f"urn:jams:error:{error.code}",
        title=_TITLES.get(error.code, error.code),
        status=STATUSES[error.kind],
        detail=error.message,
        instance=instance,
        code=error.code,
        severity=error.severity,
        target=error.target,
        member=error.member,
        details=dict(error.details),
    )


def render(error: JAMSError) -> Response:
    """The whole answer to a request that failed."""
    found = problem(error)
    response = Response(msgspec.json.encode(found), found.status, mimetype=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    if error.kind is ErrorKind.UNAUTHENTICATED:
        for challenge in CHALLENGES[:1] if _asked_by_script() else CHALLENGES:
            response.headers.add("WWW-Authenticate", challenge)
    if error.kind is ErrorKind.UNSUPPORTED and has_request_context() and request.method == "PATCH":
        response.headers["Accept-Patch"] = MERGE_PATCH
    if has_request_context():
        refused(request.environ, error.kind)
        note(request.environ, DOOR, error.document())
    waiting = retry_after(error.kind, error.details)
    if waiting is not None:
        response.headers["Retry-After"] = waiting
    return response


def _asked_by_script() -> bool:
    """Whether a page's script asks: the browser would put its own password dialog before the page."""
    return has_request_context() and request.headers.get("Sec-Fetch-Mode") in ("cors", "same-origin")


def nothing_at(path: str) -> RouteNotFound:
    """The error for an address that leads nowhere."""
    return RouteNotFound("This server has nothing at that address.", target=path[:1000])


def render_http(error: HTTPException) -> Response:
    """The answer to what the web framework itself refuses."""
    match error:
        case NotFound():
            return render(nothing_at(request.script_root + request.environ.get(AS_WRITTEN, "")))
        case MethodNotAllowed():
            allowed = ", ".join(sorted(error.valid_methods or ()))
            refused = VerbNotAllowed(f"This address takes {allowed}, not {request.method}.")
            response = render(refused)
            response.headers["Allow"] = allowed
            return response
        case RequestEntityTooLarge():
            return render(RequestTooLarge("The request is longer than this server takes."))
    return render(MalformedRequest(error.description or "The request cannot be read."))


def render_unexpected(error: Exception) -> Response:
    """The answer to a fault of ours: an incident that the log explains, and nothing else."""
    incident = uuid.uuid4().hex[:8]
    log.error("incident %s at %s", incident, request.path, exc_info=error)
    return render(InternalError(f"The server failed; its log tells more under incident {incident}."))
