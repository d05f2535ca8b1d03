"""The one hierarchy of errors. A face renders an error; it never invents one.

Every class has a stable ``code`` that programs may test, and a ``kind`` from which each face takes its
own status: an HTTP status, a SOAP fault code, an exit code, a PowerShell error category.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import ClassVar

from .base import Fact
from .enums import Severity
from .texts import writable


class ErrorKind(Enum):
    """What sort of failure it is; the faces' tables of statuses are keyed by this."""

    INVALID = "Invalid"
    MALFORMED = "Malformed"
    UNAUTHENTICATED = "Unauthenticated"
    DENIED = "Denied"
    NOT_FOUND = "NotFound"
    NOT_ALLOWED = "NotAllowed"
    CONFLICT = "Conflict"
    PRECONDITION = "Precondition"
    TOO_LARGE = "TooLarge"
    UNSUPPORTED = "Unsupported"
    TIMED_OUT = "TimedOut"
    BUSY = "Busy"
    THROTTLED = "Throttled"
    UNAVAILABLE = "Unavailable"
    INTERNAL = "Internal"


class ErrorDocument(Fact, frozen=True, kw_only=True):
    """An error as data: what crosses the wire and what the faces render.

    ``target`` names the object, ``member`` the argument or member the error is about; ``details`` is what a
    program may want to know beyond that, by name, such as the position of what cannot be read.
    """

    code: str
    kind: ErrorKind
    severity: Severity
    message: str
    target: str | None = None
    member: str | None = None
    details: dict[str, str] = {}


class JAMSError(Exception):
    """Root of everything that JAMS raises on purpose.

    Attributes:
        code: stable identifier, one for each class.
        kind: the sort of failure.
        severity: how bad it is for the caller's work.
        message: one or two sentences that a person can act on.
        target: the object it is about, as the caller named it.
        member: the argument or document member it is about, by wire name.
        details: what else is known, by wire name; nothing for most errors.
    """

    code: ClassVar[str] = "JAMSError"
    kind: ClassVar[ErrorKind] = ErrorKind.INTERNAL
    severity: ClassVar[Severity] = Severity.ERROR

    def __init__(self, message: str, *, target: object = None, member: str | None = None) -> None:
        self.message = writable(message)
        super().__init__(self.message)
        self.target = None if target is None else writable(str(target))
        self.member = None if member is None else writable(member)
        self.received: Mapping[str, str] = {}

    @property
    def details(self) -> Mapping[str, str]:
        """What else is known. A class that knows more gives it here; see :meth:`restore` for the way back."""
        return self.received

    def restore(self, details: Mapping[str, str]) -> None:
        """Take the details of a document that this error was made from."""
        self.received = details

    def document(self) -> ErrorDocument:
        """The error as data."""
        return ErrorDocument(
            code=self.code,
            kind=self.kind,
            severity=self.severity,
            message=self.message,
            target=self.target,
            member=self.member,
            details=dict(self.details),
        )


class InvalidArgument(JAMSError):
    """A value that the operation cannot take."""

    code = "InvalidArgument"
    kind = ErrorKind.INVALID


class UnknownArgument(InvalidArgument):
    """An argument, query parameter or member that does not exist."""

    code = "UnknownArgument"


class UnreadableDefinitions(InvalidArgument):
    """A text from elsewhere from which no definitions can be taken."""

    code = "UnreadableDefinitions"


class MissingArgument(InvalidArgument):
    """A required argument or member that was not given."""

    code = "MissingArgument"


class InvalidName(InvalidArgument):
    """A text that cannot name an object."""

    code = "InvalidName"


class InvalidParameter(InvalidArgument):
    """A job parameter's value that its definition does not allow, or a name it does not have."""

    code = "InvalidParameter"


class UnknownProperty(InvalidArgument):
    """A property that does not exist, or does not stand there."""

    code = "UnknownProperty"


class UnknownElementType(InvalidArgument):
    """A type of element that does not exist, or does not stand there."""

    code = "UnknownElementType"


class InvalidProperty(InvalidArgument):
    """A value that the property cannot hold."""

    code = "InvalidProperty"


class CircularDependency(InvalidArgument):
    """Jobs that would wait for each other for ever; kept where leniency is asked for."""

    code = "CircularDependency"


class NotSupported(InvalidArgument):
    """Something that is known but that this server does not do; kept where that is asked for."""

    code = "NotSupported"


class MalformedRequest(JAMSError):
    """A request that could not be read at all: broken JSON, XML or encoding."""

    code = "MalformedRequest"
    kind = ErrorKind.MALFORMED


class RequestTooLarge(JAMSError):
    """A request longer than the server takes."""

    code = "RequestTooLarge"
    kind = ErrorKind.TOO_LARGE


class UnsupportedMediaType(JAMSError):
    """A request body in a form that this face does not read."""

    code = "UnsupportedMediaType"
    kind = ErrorKind.UNSUPPORTED


class Unauthenticated(JAMSError):
    """Nobody, or somebody whose credentials do not hold."""

    code = "Unauthenticated"
    kind = ErrorKind.UNAUTHENTICATED


class CodeRequired(Unauthenticated):
    """The password was right, and the account takes a one-time code beside it."""

    code = "CodeRequired"


class AccessDenied(JAMSError):
    """A known caller who lacks the right.

    Attributes:
        lacking: the right to an object that its access list does not give; empty where it is something else,
            and elsewhere than in the server that refuses.
    """

    code = "AccessDenied"
    kind = ErrorKind.DENIED
    lacking = ""


class PasswordChangeRequired(AccessDenied):
    """The caller has to change his password before anything else."""

    code = "PasswordChangeRequired"


class CodesRequired(AccessDenied):
    """The caller has to set up one-time codes before anything else."""

    code = "CodesRequired"


class NotFound(JAMSError):
    """Something that does not exist, or that the caller may not see."""

    code = "NotFound"
    kind = ErrorKind.NOT_FOUND

    meant_by_document = False
    """Whether it is what a document that is to change it names by itself, and might be made from."""


class RouteNotFound(NotFound):
    """An address or operation that this server does not offer."""

    code = "RouteNotFound"


class FolderNotFound(NotFound):
    """No such folder."""

    code = "FolderNotFound"


class JobNotFound(NotFound):
    """No such job."""

    code = "JobNotFound"


class RevisionNotFound(NotFound):
    """Nothing is kept of that version of a definition."""

    code = "RevisionNotFound"


class SetupNotFound(NotFound):
    """No such setup."""

    code = "SetupNotFound"


class TriggerNotFound(NotFound):
    """No such trigger."""

    code = "TriggerNotFound"


class AlertNotFound(NotFound):
    """No such alert."""

    code = "AlertNotFound"


class AccountNotFound(NotFound):
    """No such account."""

    code = "AccountNotFound"


class GroupNotFound(NotFound):
    """No such group of accounts."""

    code = "GroupNotFound"


class MenuNotFound(NotFound):
    """No such menu."""

    code = "MenuNotFound"


class EntryNotFound(NotFound):
    """No such entry in the schedule."""

    code = "EntryNotFound"


class HistoryNotFound(NotFound):
    """No such history record."""

    code = "HistoryNotFound"


class VariableNotFound(NotFound):
    """No such variable."""

    code = "VariableNotFound"


class AgentNotFound(NotFound):
    """No such agent."""

    code = "AgentNotFound"


class QueueNotFound(NotFound):
    """No such queue."""

    code = "QueueNotFound"


class ResourceNotFound(NotFound):
    """No such resource."""

    code = "ResourceNotFound"


class SettingNotFound(NotFound):
    """No such setting."""

    code = "SettingNotFound"


class CredentialNotFound(NotFound):
    """No such stored credential."""

    code = "CredentialNotFound"


class MethodNotFound(NotFound):
    """No such execution method."""

    code = "MethodNotFound"


class CalendarNotFound(NotFound):
    """No such calendar."""

    code = "CalendarNotFound"


class DateTypeNotFound(NotFound):
    """No such date type."""

    code = "DateTypeNotFound"


class DateNotFound(NotFound):
    """The date type has no date on that day."""

    code = "DateNotFound"


class NamedTimeNotFound(NotFound):
    """No such named time."""

    code = "NamedTimeNotFound"


class ParameterNotFound(NotFound):
    """No such parameter on this entry."""

    code = "ParameterNotFound"


class LogNotFound(NotFound):
    """The run has no log yet, or its log is gone."""

    code = "LogNotFound"


class VerbNotAllowed(JAMSError):
    """The address exists, but not with this verb."""

    code = "VerbNotAllowed"
    kind = ErrorKind.NOT_ALLOWED


class Conflict(JAMSError):
    """The object is in a state in which this cannot be done."""

    code = "Conflict"
    kind = ErrorKind.CONFLICT


class AlreadyExists(Conflict):
    """The name is taken."""

    code = "AlreadyExists"


class FolderNotEmpty(Conflict):
    """The folder still holds folders, jobs or variables."""

    code = "FolderNotEmpty"


class InUse(Conflict):
    """Something still refers to the object."""

    code = "InUse"


class Damaged(Conflict):
    """What is stored of the object cannot be read: it can be shown, replaced and removed, but not used."""

    code = "Damaged"


class WrongState(Conflict):
    """The entry is in a state in which the action has no meaning."""

    code = "WrongState"


class PasswordRefused(InvalidArgument):
    """A new password that the rules for passwords do not allow."""

    code = "PasswordRefused"


class WouldLockOut(Conflict):
    """Nobody could change access lists any more."""

    code = "WouldLockOut"


class IdempotencyConflict(Conflict):
    """The idempotency key was used before for a different request."""

    code = "IdempotencyConflict"


class PreconditionFailed(JAMSError):
    """The object is not as the caller has said that it must be, so nothing was changed."""

    code = "PreconditionFailed"
    kind = ErrorKind.PRECONDITION


class VersionConflict(PreconditionFailed):
    """The definition has been changed since the caller saw it, so nothing was changed."""

    code = "VersionConflict"

    def __init__(
        self,
        message: str,
        *,
        target: object = None,
        member: str | None = None,
        details: Mapping[str, str] | None = None,
    ) -> None:
        """``details``: its number (``id``) and ``version`` now, who ``changedBy`` and when (``changed``)."""
        super().__init__(message, target=target, member=member)
        self.received = details or {}


class TimedOut(JAMSError):
    """What was waited for did not happen in the time given."""

    code = "TimedOut"
    kind = ErrorKind.TIMED_OUT


class MethodUnavailable(Conflict):
    """The execution method needs a program that this machine does not have."""

    code = "MethodUnavailable"


class ServerBusy(JAMSError):
    """A limit of the server is reached; the same request may succeed later."""

    code = "ServerBusy"
    kind = ErrorKind.BUSY


class TooManyAttempts(JAMSError):
    """Too many logins have failed from where the caller comes, or are being checked: it was not looked at."""

    code = "TooManyAttempts"
    kind = ErrorKind.THROTTLED

    def __init__(
        self, message: str, *, target: object = None, member: str | None = None, retry_after: int = 1
    ) -> None:
        """``retry_after``: seconds after which the next one is looked at; a detail, ``retryAfter``."""
        super().__init__(message, target=target, member=member)
        self.received = {"retryAfter": str(retry_after)}


class ServerUnavailable(JAMSError):
    """The JAMServer, or the database behind it, cannot be reached."""

    code = "ServerUnavailable"
    kind = ErrorKind.UNAVAILABLE
    severity = Severity.FATAL


class LoginUnavailable(ServerUnavailable):
    """The directory or the issuer that knows an account cannot be asked: its login was not looked at."""

    code = "LoginUnavailable"
    severity = Severity.ERROR


class DatabaseUnusable(ServerUnavailable):
    """The database is missing, locked, read-only or of another version: the server does not start."""

    code = "DatabaseUnusable"


class ConfigurationInvalid(ServerUnavailable):
    """The configuration cannot be used: the server does not start."""

    code = "ConfigurationInvalid"


class InternalError(JAMSError):
    """A fault of ours. The message names the incident under which the log tells more."""

    code = "InternalError"
    severity = Severity.FATAL


class ForeignError(JAMSError):
    """An error whose code this release does not know, as a newer server tells it."""

    code = "ForeignError"

    def __init__(
        self,
        message: str,
        *,
        target: object = None,
        member: str | None = None,
        code: str = "",
        kind: ErrorKind = ErrorKind.INTERNAL,
    ) -> None:
        super().__init__(message, target=target, member=member)
        self.__dict__.update(code=code or self.code, kind=kind)


def error_classes() -> dict[str, type[JAMSError]]:
    """Every error class of the server by its code. The families of operations must have been imported."""
    found: dict[str, type[JAMSError]] = {}
    waiting: list[type[JAMSError]] = [JAMSError]
    while waiting:
        cls = waiting.pop()
        if cls.__module__.startswith("jams."):
            found[cls.code] = cls
        waiting.extend(cls.__subclasses__())
    return found


def from_document(document: ErrorDocument) -> JAMSError:
    """The exception that ``document`` describes."""
    cls = error_classes().get(document.code)
    error = (
        ForeignError(document.message, code=document.code, kind=document.kind)
        if cls is None
        else cls(document.message)
    )
    error.target, error.member = document.target, document.member
    error.restore(document.details)
    return error
