"""The login of this machine's own server: from its socket, which knows who connects, or from its file."""

from __future__ import annotations

from .client_errors import ClientError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_ANSWER_WITHIN = 10.0
_LONGEST = 1 << 16


def token_of(login: dict[str, Any]) -> str | None:
    """A token for who owns the server whose ``client.json`` this is, or None where it offers none.

    Raises:
        ClientError: the server lets him not in so, and says why.
    """
    path = login.get("socket")
    if not path:
        return login.get("token") or None
    import json
    import socket

    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
            door.settimeout(_ANSWER_WITHIN)
            door.connect(path)
            with door.makefile("rb") as said:
                answer = json.loads(said.read(_LONGEST))
    except (OSError, ValueError, AttributeError):
        # It does not run, or there is another one by now: the call itself will say so.
        return None
    if answer.get("error"):
        raise ClientError(answer["error"], kind="Unauthenticated", code="Unauthenticated")
    return answer.get("token") or None
