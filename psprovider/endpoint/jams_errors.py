"""JAMS errors as error records: the code becomes the error id, the kind the category."""

from __future__ import annotations

from dataclasses import replace

from jams.objects.base import pascal_name
from jams.objects.errors import ErrorKind, JAMSError

from .exceptions import ErrorCategory, ErrorRecord, InvocationInfo, plain_exception

CATEGORIES = {
    ErrorKind.INVALID: ErrorCategory.InvalidArgument,
    ErrorKind.MALFORMED: ErrorCategory.InvalidData,
    ErrorKind.UNAUTHENTICATED: ErrorCategory.AuthenticationError,
    ErrorKind.DENIED: ErrorCategory.PermissionDenied,
    ErrorKind.NOT_FOUND: ErrorCategory.ObjectNotFound,
    ErrorKind.NOT_ALLOWED: ErrorCategory.InvalidOperation,
    ErrorKind.CONFLICT: ErrorCategory.InvalidOperation,
    ErrorKind.PRECONDITION: ErrorCategory.InvalidOperation,
    ErrorKind.TOO_LARGE: ErrorCategory.LimitsExceeded,
    ErrorKind.UNSUPPORTED: ErrorCategory.NotImplemented,
    ErrorKind.TIMED_OUT: ErrorCategory.OperationTimeout,
    ErrorKind.BUSY: ErrorCategory.ResourceBusy,
    ErrorKind.THROTTLED: ErrorCategory.LimitsExceeded,
    ErrorKind.UNAVAILABLE: ErrorCategory.ResourceUnavailable,
    ErrorKind.INTERNAL: ErrorCategory.NotSpecified,
}

_CODES = {"AlreadyExists": ErrorCategory.ResourceExists}
"""Codes for which PowerShell has a category of its own."""


def from_jams(problem: JAMSError, invocation: InvocationInfo | None = None) -> ErrorRecord:
    """The record of a JAMS error, with the command it came from if there was one."""
    command = "" if invocation is None else invocation.command
    exception = plain_exception(problem.message, f"MVPSI.JAMS.{type(problem).__name__}")
    return ErrorRecord(
        replace(exception, members={pascal_name(name): value for name, value in problem.details.items()}),
        f"{problem.code},{command}" if command else problem.code,
        _CODES.get(problem.code) or CATEGORIES[problem.kind],
        target=problem.target,
        activity=command,
        invocation=invocation,
    )
