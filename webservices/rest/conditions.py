"""Conditional requests (RFC 9110 section 13): entity tags of definitions, and what a request demands of one.

A tag is the version of the definition, a dot, and a digest of the answer: ``"12.Wm1sVUZaTjE"``. The version
is what a change is held to. The digest tells apart answers about one version, since a definition also shows
what is not its own: when a job ran last, what it inherits.
"""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable

from flask import Request, Response
from werkzeug.datastructures import ETags

from jams.objects.base import MAX_ID
from jams.objects.errors import PreconditionFailed
from jams.objects.preconditions import Precondition
from jams.operations.catalogue import Operation

IF_MATCH = "If-Match"
IF_NONE_MATCH = "If-None-Match"
_DIGEST_BYTES = 9
_VERSION = re.compile(r"([1-9][0-9]{0,15})(\..*)?", re.ASCII)


def demanded(request: Request, operation: Operation) -> Precondition:
    """What a request demands of the definition that its operation changes.

    A version alone (``"12"``) will do as a tag. In ``If-Match`` weak tags are equal to nothing (section
    8.8.3.2), nor are tags that this server has not made. Of what has no version ``If-Match`` can never hold,
    while ``If-None-Match`` always does.
    """
    listed = IF_MATCH in request.headers and not request.if_match.star_tag
    unmatched = request.if_none_match if operation.versioned else ETags()
    return Precondition(
        versions=_versions(request.if_match.as_set()) if listed else None,
        exists=request.if_match.star_tag,
        absent=unmatched.star_tag,
        other_than=_versions(unmatched.as_set(include_weak=True)),
    )


def tagged(
    response: Response, body: bytes, version: int, request: Request, operation: Operation, form: str = ""
) -> Response:
    """An answer that shows a definition, with its tag; without a body for who has the very same already.

    ``form`` ends the tag where the answer is sent in another form than ``body`` has.

    Raises:
        PreconditionFailed: the request wants another version.
    """
    if not demanded(request, operation).holds(version):
        raise PreconditionFailed(f"What is at this address has version {version}.")
    digest = hashlib.blake2b(body, digest_size=_DIGEST_BYTES).digest()
    tag = f"{version}.{urlsafe_b64encode(digest).decode()}{form}"
    if request.if_none_match.contains_weak(tag):
        vary, response = response.headers.get("Vary"), Response(status=304)
        if vary is not None:
            response.headers["Vary"] = vary
    response.set_etag(tag)
    return response


def _versions(tags: Iterable[str | None]) -> frozenset[int]:
    """The versions that tags name; ``None`` stands in werkzeug's sets for what it cannot read as a tag."""
    found = (_VERSION.fullmatch(tag or "") for tag in tags)
    return frozenset(min(int(match[1]), MAX_ID) for match in found if match)
