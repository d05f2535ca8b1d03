"""With which code a command ends that was refused: the same for all commands of this machine."""

from __future__ import annotations

from jams.objects.errors import ErrorKind, JAMSError

_CODES = {
    ErrorKind.INVALID: 2,
    ErrorKind.NOT_FOUND: 3,
    ErrorKind.DENIED: 4,
    ErrorKind.UNAUTHENTICATED: 4,
    ErrorKind.CONFLICT: 5,
    ErrorKind.UNAVAILABLE: 7,
}


def exit_code(error: JAMSError) -> int:
    """The code of an error; 1 for what is told apart no further."""
    return _CODES.get(error.kind, 1)
