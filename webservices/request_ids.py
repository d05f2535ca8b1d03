"""A name for each request, by which client, proxy and log mean the same one."""

from __future__ import annotations

import re
import uuid
from typing import Any

HEADER = "X-Request-ID"
_KEPT = "jams.request_id"
_FIT = re.compile(r"[A-Za-z0-9._~+/=:-]{1,128}", re.ASCII)


def request_id_of(environ: dict[str, Any]) -> str:
    """The name that the client has given his request, if it is fit to be written down; else a new one.

    A request that comes back, having been put aside, keeps its own.
    """
    if _KEPT not in environ:
        given = environ.get("HTTP_X_REQUEST_ID", "")
        environ[_KEPT] = given if _FIT.fullmatch(given) else str(uuid.uuid4())
    kept: str = environ[_KEPT]
    return kept
