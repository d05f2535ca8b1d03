"""What can go wrong, and the exit code that says so."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PROGRAM = "jamswebclient"
"""What messages begin with; the interpreter speaks as ``jams``."""

OK = 0
JOB_FAILED = 1
USAGE = 2
NOT_FOUND = 3
DENIED = 4
CONFLICT = 5
TIMED_OUT = 6
UNREACHABLE = 7
SERVER_FAULT = 8
BUSY = 9
SELF_FAULT = 70
INTERRUPTED = 130
OUTPUT_GONE = 141

EXIT_CODES = {
    OK: "done; where a job was waited for: it succeeded (Success, Info or Warning)",
    JOB_FAILED: "the job that was waited for failed (Error or Fatal)",
    USAGE: "the command, an option or a value is wrong",
    NOT_FOUND: "there is no such job, folder, entry, ...",
    DENIED: "not logged in, or not allowed",
    CONFLICT: "it cannot be done in the present state, the name is taken, or it was changed meanwhile",
    TIMED_OUT: "what was waited for did not happen in time",
    UNREACHABLE: "the server cannot be reached, or what answers is not JAMS",
    SERVER_FAULT: "the server failed",
    BUSY: "the server has no room now, or too many logins have failed; try again later",
    SELF_FAULT: "a fault of jamswebclient itself",
    INTERRUPTED: "interrupted by Ctrl+C; jobs go on",
    OUTPUT_GONE: "whoever read the output has gone, or it cannot be written",
}
"""Every exit code with its meaning; what ``--help`` and the documentation show."""

_BY_KIND = {
    "Invalid": USAGE,
    "Malformed": USAGE,
    "TooLarge": USAGE,
    "Unauthenticated": DENIED,
    "Denied": DENIED,
    "NotFound": NOT_FOUND,
    "Conflict": CONFLICT,
    "Precondition": CONFLICT,
    "TimedOut": TIMED_OUT,
    "Unavailable": UNREACHABLE,
    "Unreachable": UNREACHABLE,
    "Busy": BUSY,
    "Throttled": BUSY,
    "NotAllowed": SERVER_FAULT,
    "Unsupported": SERVER_FAULT,
    "Internal": SERVER_FAULT,
}


def exit_code_of(kind: str) -> int:
    """The exit code for an error of that kind."""
    return _BY_KIND.get(kind, SERVER_FAULT)


CONFLICT_CODE = "VersionConflict"
"""The code of the error that a definition was changed by somebody else."""


class ClientError(Exception):
    """Something that the person at the keyboard is told in one line.

    Attributes:
        message: the line.
        kind: sort of failure: one of the server's error kinds, or ``Unreachable``.
        code: stable identifier of the error.
        problem: the document (RFC 9457) that tells everything known.
        more: lines to be shown below the message.
    """

    def __init__(
        self,
        message: str,
        *,
        kind: str,
        code: str,
        problem: dict[str, Any] | None = None,
        more: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message)
        self.more = more
        self.message = message
        self.kind = kind
        self.code = code
        self.problem: dict[str, Any] = problem or {"code": code, "kind": kind, "detail": message}

    @property
    def exit_code(self) -> int:
        """The exit code of the command that met this error."""
        return exit_code_of(self.kind)


class UsageError(ClientError):
    """Something that was typed wrongly."""

    def __init__(self, message: str) -> None:
        super().__init__(message, kind="Invalid", code="Usage")


class Unreachable(ClientError):
    """Nobody answers, or nobody who speaks our language.

    ``sent`` says whether the request may have reached the server before the connection was lost.
    """

    def __init__(self, message: str, *, sent: bool = False) -> None:
        super().__init__(message, kind="Unreachable", code="Unreachable")
        self.sent = sent


class WaitTimedOut(ClientError):
    """What was waited for has not happened in the time given."""

    def __init__(self, message: str) -> None:
        super().__init__(message, kind="TimedOut", code="TimedOut")


def did_you_mean(word: str, known: list[str]) -> str:
    """``; did you mean …?`` when something known resembles the word, else nothing."""
    from difflib import get_close_matches

    folded = {item.casefold(): item for item in known}
    near = get_close_matches(word.casefold(), folded, n=1)
    return f"; did you mean {folded[near[0]]}?" if near else ""
