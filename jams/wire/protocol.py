"""What crosses the wire between a JAMServer and those who call it from afar.

One gRPC method carries every operation, and a second one those that wait: a request names the operation and
holds its arguments, an answer holds its result or its error, all as MessagePack. Credentials travel beside it
in the call's metadata ``authorization``; see :mod:`jams.wire.authorization`.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Raw, Struct

from jams.objects.errors import ErrorDocument
from jams.objects.preconditions import ALWAYS, Precondition

SERVICE = "jams.JAMServer"
METHOD = f"/{SERVICE}/Call"
"""Calls an operation; one that waits does not wait."""
WAITING_METHOD = f"/{SERVICE}/Wait"
"""Calls an operation that waits, which holds no thread of the JAMServer meanwhile."""
REFUSED_METHOD = f"/{SERVICE}/Refused"
"""Tells what web services apart have refused themselves; taken from trusted peers alone."""
AUTHORIZATION = "authorization"
NIL = Raw(b"\xc0")


class CallRequest(Struct, frozen=True, kw_only=True):
    """A call. ``arguments`` is the operation's arguments struct in MessagePack.

    ``door`` is what the calling face says of itself. It is a label for the audit trail, in which it shows as
    ``SOAP via wire``; nothing is allowed because of it. Of one for ``admission`` it is only found out whether
    its caller may make it; its arguments are not looked at. ``total`` asks how long a list is in all of which
    a part is given.
    """

    operation: Annotated[str, Meta(max_length=128)]
    arguments: Raw
    door: Annotated[str, Meta(pattern="^[A-Za-z][A-Za-z0-9 ]{0,19}$")] = "library"
    retry_key: Annotated[str, Meta(max_length=255)] | None = None
    origin: Annotated[str, Meta(max_length=255)] = ""
    condition: Precondition = ALWAYS
    admission: bool = False
    total: bool = False


class CallAnswer(Struct, frozen=True, kw_only=True):
    """An answer: the result in MessagePack (nil if there is none), or the error.

    ``total`` is how long the list is in all of which the result is a part, where that was asked for; ``most``
    how long the part may be, where the server lets it be no longer.
    """

    result: Raw = NIL
    error: ErrorDocument | None = None
    total: int | None = None
    most: int | None = None


class RefusedRequest(Struct, frozen=True, kw_only=True):
    """A request that web services apart have refused, and how often: a line of the audit trail."""

    user: Annotated[str, Meta(max_length=255)]
    door: Annotated[str, Meta(pattern="^[A-Za-z][A-Za-z0-9 ]{0,19}$")]
    code: Annotated[str, Meta(max_length=64)]
    origin: Annotated[str, Meta(max_length=255)] = ""
    operation: Annotated[str, Meta(max_length=64)] = ""
    target: Annotated[str, Meta(max_length=255)] | None = None
    times: Annotated[int, Meta(ge=1, le=1 << 40)] = 1


Refused = Annotated[list[RefusedRequest], Meta(max_length=1000)]
