"""Exceptions and error records as plain data, in the terms of PowerShell.

A record is what a command writes to its error stream, or what ends a pipeline. Whoever runs commands makes
records; how they look on the wire is the business of ``records``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from .clixml.types import OBJECT

EXCEPTION = "System.Exception"
SYSTEM_EXCEPTION = ("System.SystemException", EXCEPTION, OBJECT)
RUNTIME_EXCEPTION = ("System.Management.Automation.RuntimeException", *SYSTEM_EXCEPTION)
BINDING_EXCEPTION = ("System.Management.Automation.ParameterBindingException", *RUNTIME_EXCEPTION)

HRESULTS = {
    EXCEPTION: -2146233088,
    "System.InvalidOperationException": -2146233079,
    "System.ArgumentException": -2147024809,
    "System.IO.FileNotFoundException": -2147024894,
    "System.FormatException": -2146233033,
    "System.OverflowException": -2146233066,
    "System.Management.Automation.PSInvalidCastException": -2147467262,
}
"""HResult by type; every other SystemException has -2146233087."""


class ErrorCategory(IntEnum):
    """The categories of errors (System.Management.Automation.ErrorCategory)."""

    NotSpecified = 0
    OpenError = 1
    CloseError = 2
    DeviceError = 3
    DeadlockDetected = 4
    InvalidArgument = 5
    InvalidData = 6
    InvalidOperation = 7
    InvalidResult = 8
    InvalidType = 9
    MetadataError = 10
    NotImplemented = 11
    NotInstalled = 12
    ObjectNotFound = 13
    OperationStopped = 14
    OperationTimeout = 15
    SyntaxError = 16
    ParserError = 17
    PermissionDenied = 18
    ResourceBusy = 19
    ResourceExists = 20
    ResourceUnavailable = 21
    ReadError = 22
    WriteError = 23
    FromStdErr = 24
    SecurityError = 25
    ProtocolError = 26
    ConnectionError = 27
    AuthenticationError = 28
    LimitsExceeded = 29
    QuotaExceeded = 30
    NotEnabled = 31


@dataclass(frozen=True, slots=True)
class ExceptionData:
    """An exception as a client sees it.

    Attributes:
        type_names: its types, most derived first, ending in System.Exception and System.Object.
        message: its message.
        members: what its own types declare, in order; ``Message`` among them stands where it is named.
        inner: the exception behind it.
        source: the component it came from.
        remark: text between the first line of ToString() and the inner exception.
    """

    type_names: tuple[str, ...]
    message: str
    members: Mapping[str, Any] = field(default_factory=dict)
    inner: ExceptionData | None = None
    source: str | None = None
    remark: str = ""

    @property
    def short_type(self) -> str:
        """The type's name without its namespace."""
        return self.type_names[0].rpartition(".")[2]

    @property
    def hresult(self) -> int:
        """The number Windows knows such an exception by."""
        return next((HRESULTS[n] for n in self.type_names[:1] if n in HRESULTS), -2146233087)

    def __str__(self) -> str:
        text = f"{self.type_names[0]}: {self.message}{self.remark}"
        return text if self.inner is None else f"{text}\n ---> {self.inner}"


@dataclass(frozen=True, slots=True)
class InvocationInfo:
    """Which command wrote a record.

    Attributes:
        command: the command's name.
        invoked_as: the name it was called by, if another.
        history: the number of the pipeline in the session, from 1.
        command_type: CommandTypes of the command: 2 function, 8 cmdlet.
        definition: the command's syntax.
        position, length: its place in the pipeline and the pipeline's length, from 1.
    """

    command: str
    invoked_as: str = ""
    history: int = 1
    command_type: int = 8
    definition: str = ""
    position: int = 1
    length: int = 1


@dataclass(frozen=True, slots=True)
class ErrorRecord:
    """An error as PowerShell keeps it.

    Attributes:
        exception: what happened.
        error_id: the fully qualified error id, command included.
        category: its category.
        target: the object it is about.
        activity: what was being done; usually the command's name.
        reason, target_name, target_type: what CategoryInfo shows; worked out where they are None.
        details: a message for the user in place of the exception's.
        recommended_action: what the user can do.
        invocation: the command it comes from; None for errors before any command ran.
        stack: the script stack trace, if there is one.
    """

    exception: ExceptionData
    error_id: str
    category: ErrorCategory = ErrorCategory.NotSpecified
    target: Any = None
    activity: str = ""
    reason: str | None = None
    target_name: str | None = None
    target_type: str | None = None
    details: str | None = None
    recommended_action: str | None = None
    invocation: InvocationInfo | None = None
    stack: str | None = None

    @property
    def message(self) -> str:
        """What a user reads."""
        return self.details or self.exception.message


class PipelineFailed(Exception):
    """Raised by whoever runs a pipeline to end it with an error.

    Attributes:
        record: the error.
        ends_all: whether it ends the statements behind it as well, as -ErrorAction Stop does.
    """

    def __init__(self, record: ErrorRecord, *, ends_all: bool = False) -> None:
        super().__init__(record.message)
        self.record = record
        self.ends_all = ends_all


def runtime_members(message: str, thrown: bool = False) -> dict[str, Any]:
    """The members that RuntimeException declares."""
    return {"ErrorRecord": message, "WasThrownFromThrowStatement": thrown}


def plain_exception(message: str, *types: str) -> ExceptionData:
    """An exception of the .NET type ``types`` names (with its bases), System.Exception by default."""
    return ExceptionData((*types, EXCEPTION, OBJECT), message)
