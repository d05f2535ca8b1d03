"""The errors that the language itself raises: same ids, categories and texts as PowerShell's.

Users and scripts know these ids; a restricted endpoint (SessionType RestrictedRemoteServer) answers with
them too.
"""

from __future__ import annotations

from typing import Any

from .clixml.types import Int64
from .exceptions import (
    BINDING_EXCEPTION,
    RUNTIME_EXCEPTION,
    SYSTEM_EXCEPTION,
    ErrorCategory,
    ErrorRecord,
    ExceptionData,
    InvocationInfo,
    plain_exception,
    runtime_members,
)

_SMA = "System.Management.Automation"
_NO_LANGUAGE = (
    "The syntax is not supported by this runspace. This can occur if the runspace is in no-language mode."
)
_STOPPED = "The pipeline has been stopped."
_NO_VARIABLES = (
    "A variable that cannot be referenced in restricted language mode or a Data section is being referenced. "
    "Variables that can be referenced include the following: $PSCulture, $PSUICulture, $true, $false, $null."
)
_NO_HOST = (
    "A command that prompts the user failed because the host program or the command type does not support "
    "user interaction. The host was attempting to request confirmation with the following message: "
)


def command_not_found(name: str, hint: str = "") -> ErrorRecord:
    """No command bears that name, of which its module part is no part. ``hint`` is said behind."""
    name = name.rpartition("\\")[2]
    message = (
        f"The term '{name}' is not recognized as a name of a cmdlet, function, script file, or executable "
        "program.\nCheck the spelling of the name, or if a path was included, verify that the path is "
        f"correct and try again.{hint}"
    )
    members = {"ErrorRecord": message, "CommandName": name, "WasThrownFromThrowStatement": False}
    names = (f"{_SMA}.CommandNotFoundException", *RUNTIME_EXCEPTION)
    return ErrorRecord(
        ExceptionData(names, message, members, source=_SMA),
        "CommandNotFoundException",
        ErrorCategory.ObjectNotFound,
        target=name,
    )


def scripts_not_allowed(text: str) -> ErrorRecord:
    """Text that is more than a command: variables, operators, script blocks."""
    members = {"Errors": None, "Message": _NO_LANGUAGE, **runtime_members(_NO_LANGUAGE)}
    names = (f"{_SMA}.ParseException", *RUNTIME_EXCEPTION)
    return ErrorRecord(
        ExceptionData(names, _NO_LANGUAGE, members, source=_SMA),
        "ScriptsNotAllowed",
        ErrorCategory.ParserError,
        target=text,
    )


def variables_not_allowed() -> ErrorRecord:
    """A common parameter names a variable (``-ErrorVariable e``) where there are none."""
    return ErrorRecord(
        ExceptionData(RUNTIME_EXCEPTION, _NO_VARIABLES, runtime_members(_NO_VARIABLES), source=_SMA),
        "VariableReferenceNotSupportedInDataSection",
        ErrorCategory.InvalidOperation,
    )


def pipeline_stopped() -> ErrorRecord:
    """What ends a pipeline that was stopped."""
    names = (f"{_SMA}.PipelineStoppedException", *RUNTIME_EXCEPTION)
    return ErrorRecord(
        ExceptionData(names, _STOPPED, runtime_members(_STOPPED), source="System.Private.CoreLib"),
        "PipelineStopped",
        ErrorCategory.OperationStopped,
    )


def pipeline_not_created() -> ErrorRecord:
    """A pipeline without a command, or a command without a name."""
    message = "An error occurred while creating the pipeline."
    return ErrorRecord(
        ExceptionData(RUNTIME_EXCEPTION, message, runtime_members(message), source=_SMA),
        "RuntimeException",
        ErrorCategory.NotSpecified,
    )


def binding_error(
    error_id: str,
    message: str,
    invocation: InvocationInfo,
    *,
    parameter: str | None = None,
    parameter_type: str | None = None,
    given_type: str | None = None,
    category: ErrorCategory = ErrorCategory.InvalidArgument,
    target: Any = None,
    target_type: str | None = None,
    kind: str = "",
    inner: ExceptionData | None = None,
) -> ErrorRecord:
    """An argument that does not fit: ``error_id`` without the command's name, which is appended.

    ``kind`` names the exception more closely: ``ArgumentTransformation`` or ``Validation``. Both have the
    category InvalidData.
    """
    names: tuple[str, ...] = BINDING_EXCEPTION
    if kind:
        names = (f"{_SMA}.ParameterBinding{kind}Exception", *BINDING_EXCEPTION)
        category = ErrorCategory.InvalidData
    members = {
        "Message": message,
        "ParameterName": parameter,
        "ParameterType": parameter_type,
        "TypeSpecified": given_type,
        "ErrorId": error_id,
        "Line": Int64(0),
        "Offset": Int64(0),
        "CommandInvocation": f"{_SMA}.InvocationInfo",
        **runtime_members(message),
    }
    return ErrorRecord(
        ExceptionData(names, message, members, inner, source=_SMA),
        f"{error_id},{invocation.command}",
        category,
        target=target,
        target_type=target_type,
        activity=invocation.command,
        invocation=invocation,
    )


def failed_cast(message: str, cause: ExceptionData | None) -> ExceptionData:
    """What lies behind a value that is not of a type."""
    names = (f"{_SMA}.PSInvalidCastException", "System.InvalidCastException", *SYSTEM_EXCEPTION)
    return ExceptionData(names, message, {"ErrorRecord": message}, cause, source=_SMA)


def failed_enumeration(message: str, reason: str) -> ExceptionData:
    """What lies behind a word that is no member of an enumeration."""
    return failed_cast(
        message, ExceptionData(RUNTIME_EXCEPTION, reason, runtime_members(reason), source=_SMA)
    )


def failed_transformation(message: str, reason: str, reason_type: str) -> ExceptionData:
    """What lies behind a value that cannot become what a parameter takes; ``reason`` may be empty."""
    cause = plain_exception(reason, reason_type, SYSTEM_EXCEPTION[0]) if reason else None
    return _metadata("ArgumentTransformation", message, failed_cast(message, cause))


def failed_validation(message: str) -> ExceptionData:
    """What lies behind a value that a parameter does not allow."""
    return _metadata("Validation", message)


def _metadata(kind: str, message: str, cause: ExceptionData | None = None) -> ExceptionData:
    names = (f"{_SMA}.{kind}MetadataException", f"{_SMA}.MetadataException", *RUNTIME_EXCEPTION)
    return ExceptionData(names, message, runtime_members(message), cause, source=_SMA)


def no_host(
    prompt: str, command: str, invocation: InvocationInfo | None = None, *, origin: str | None = None
) -> ErrorRecord:
    """A command asked the user where there is no host to ask; ``origin`` is its .NET class, if it has one."""
    message = _NO_HOST + prompt
    names = (f"{_SMA}.Host.HostException", *RUNTIME_EXCEPTION)
    return ErrorRecord(
        ExceptionData(names, message, runtime_members(message), source=_SMA),
        f"HostFunctionNotImplemented,{origin or command}",
        ErrorCategory.NotImplemented,
        activity=command,
        invocation=invocation,
    )


def internal_error(incident: str) -> ErrorRecord:
    """A fault of ours; the log tells more under ``incident``, the client learns nothing else."""
    message = f"The server failed to run the command. The incident {incident} is in its log."
    names = ("System.InvalidOperationException", *SYSTEM_EXCEPTION)
    return ErrorRecord(
        ExceptionData(names, message), "InternalError", ErrorCategory.NotSpecified, target=incident
    )
