"""The marks by which processes of runs are known: JAMS_RUN in their environment.

The token of a run stands in the arguments of its supervisor, which every account of the machine can list. So
a mark has a part that follows from a key of the executor as well: who runs as another account cannot pass
for work of the run, which would be counted to it and waited for when it is to end.
"""

from __future__ import annotations

import hmac
import os
import secrets
from contextlib import suppress

VARIABLE = "JAMS_RUN"
"""The environment variable that holds the mark of a run."""

_KEY = ".marks"
"""No token begins with a dot."""

_BYTES = 32
_SHOWN = 32
_BETWEEN = "."
"""What stands between a token, which holds none, and what proves it."""


class Marks:
    """The marks of the runs whose journals lie under ``root``; without a key there, no mark holds."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._begin = os.fsencode(f"{VARIABLE}={root}{os.sep}")
        self._key = _read(root)

    def of(self, token: str) -> str:
        """The mark of a run."""
        return f"{self._root}{os.sep}{token}{_BETWEEN}{self._proof(token)}"

    def token(self, environment: bytes) -> str | None:
        """The token of the run whose mark an environment holds, as /proc tells it; None without one."""
        for found in self._found(environment):
            token, _, proof = found.partition(_BETWEEN)
            if self._key and hmac.compare_digest(proof.encode(), self._proof(token).encode()):
                return token
        return None

    def looks_marked(self, environment: bytes) -> bool:
        """Whether an environment holds a mark of some run, true or false."""
        return bool(self._found(environment))

    def _found(self, environment: bytes) -> list[str]:
        begin = self._begin
        return [
            variable[len(begin) :].decode("utf-8", "replace")
            for variable in environment.split(b"\0")
            if variable.startswith(begin)
        ]

    def _proof(self, token: str) -> str:
        return hmac.new(self._key, token.encode(), "sha256").hexdigest()[:_SHOWN]


def prepare_key(root: str) -> None:
    """Make the key of a journal directory if it has none. Raises OSError."""
    if _read(root):
        return
    path = os.path.join(root, _KEY)
    made = f"{path}.new"
    with suppress(FileNotFoundError):
        os.unlink(made)
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(_BYTES))
    os.replace(made, path)


def _read(root: str) -> bytes:
    """The key; empty when it is not there, or not whole."""
    try:
        with open(os.path.join(root, _KEY), "rb") as file:
            key = file.read()
    except OSError:
        return b""
    return key if len(key) == _BYTES else b""
