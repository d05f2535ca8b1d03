"""Requests that a face refuses before the JAMServer is asked: they belong into the audit trail as well.

What the JAMServer refuses it writes down itself. Here are bad addresses, credentials that cannot be read,
documents that cannot be: whoever looks for a way in leaves most of these.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jams.database.audit import Refusal
from jams.objects.errors import ErrorDocument, ErrorKind, Unauthenticated
from jams.security.caller import NOBODY, Credentials
from jams.wire.authorization import credentials_from

from .origins import origin_of

NOTE = "jams.note"
"""Where the environment of a request has what takes refusals down."""

ASKED = "jams.asked"
"""What the environment of a request has once the JAMServer is asked."""

AS_WRITTEN = "jams.path"
"""Where the environment has the path as the caller wrote it, if a face reads it in another form."""

Note = Callable[[Refusal], None]

_NOTED = frozenset(
    {
        ErrorKind.UNAUTHENTICATED,
        ErrorKind.DENIED,
        ErrorKind.NOT_FOUND,
        ErrorKind.NOT_ALLOWED,
        ErrorKind.MALFORMED,
        ErrorKind.TOO_LARGE,
        ErrorKind.UNSUPPORTED,
    }
)
"""Refusals of what is no request of ours, or not in order; a wrong value of somebody who is known is none."""


def note(
    environ: Mapping[str, Any],
    door: str,
    error: ErrorDocument,
    *,
    operation: str = "",
    shown: Credentials | None = None,
) -> None:
    """Take down that a request was refused, unless the JAMServer was asked, which does it.

    Args:
        environ: the environment of the request.
        door: the face.
        error: why it was refused.
        operation: what was asked for, if that is known.
        shown: the credentials, if they are not those of the HTTP request.
    """
    take: Note | None = environ.get(NOTE)
    if take is None or ASKED in environ or error.kind not in _NOTED:
        return
    claimed = (shown or _shown(environ)).username
    take(
        Refusal(
            user=claimed or "*",
            door=door,
            origin=origin_of(environ),
            operation=operation,
            target=f"{environ.get('REQUEST_METHOD', '')} {_path(environ)}",
            code=error.code,
        )
    )


def _shown(environ: Mapping[str, Any]) -> Credentials:
    try:
        return credentials_from(environ.get("HTTP_AUTHORIZATION"))
    except Unauthenticated:
        return NOBODY


def _path(environ: Mapping[str, Any]) -> str:
    """The path without its query, which may hold what is nobody's business."""
    path = environ.get("SCRIPT_NAME", "") + environ.get(AS_WRITTEN, environ.get("PATH_INFO", ""))
    return str(path).encode("latin-1", "replace").decode("utf-8", "replace").rstrip("/") or "/"
