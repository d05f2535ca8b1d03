"""Error records of the engine's own commands, with PowerShell's ids where it has one."""

from __future__ import annotations

from typing import Any

from psprovider.endpoint.exceptions import (
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
_COMMANDS = "Microsoft.PowerShell.Commands"


def command_error(
    message: str,
    error_id: str,
    category: ErrorCategory,
    info: InvocationInfo,
    target: Any = None,
    exception: str = "System.ArgumentException",
) -> ErrorRecord:
    """An error of a command; ``error_id`` without the command's name."""
    return ErrorRecord(
        plain_exception(message, exception, "System.SystemException"),
        f"{error_id},{info.command}",
        category,
        target=target,
        activity=info.command,
        invocation=info,
    )


def help_not_found(topic: str, info: InvocationInfo) -> ErrorRecord:
    """A command that has no help, for it does not exist."""
    message = f"Get-Help could not find {topic} in a help file in this session."
    names = (f"{_COMMANDS}.HelpNotFoundException", *SYSTEM_EXCEPTION)
    members = {"ErrorRecord": message, "HelpTopic": topic, "Message": message}
    return ErrorRecord(
        ExceptionData(names, message, members),
        f"HelpNotFound,{_COMMANDS}.GetHelpCommand",
        ErrorCategory.ResourceUnavailable,
        activity=info.command,
        invocation=info,
    )


def item_not_found(path: str, info: InvocationInfo) -> ErrorRecord:
    """A path of a drive at which there is nothing."""
    return _provider_error(
        "ItemNotFoundException",
        "PathNotFound",
        f"Cannot find path '{path}' because it does not exist.",
        path,
        info,
    )


def drive_not_found(name: str, info: InvocationInfo) -> ErrorRecord:
    """A drive that does not exist; the server's own drives are among them."""
    message = f"Cannot find drive. A drive with the name '{name}' does not exist."
    return _provider_error("DriveNotFoundException", "DriveNotFound", message, name, info)


def _provider_error(
    exception: str, error_id: str, message: str, target: str, info: InvocationInfo
) -> ErrorRecord:
    names = (f"{_SMA}.{exception}", f"{_SMA}.SessionStateException", *RUNTIME_EXCEPTION)
    members = {
        "ErrorRecord": message,
        "ItemName": target,
        "SessionStateCategory": "Drive",
        "WasThrownFromThrowStatement": False,
    }
    return ErrorRecord(
        ExceptionData(names, message, members, source=_SMA),
        f"{error_id},{info.command}",
        ErrorCategory.ObjectNotFound,
        target=target,
        activity=info.command,
        invocation=info,
    )


def incomplete(message: str, error_id: str) -> ErrorRecord:
    """A text that goes on; consoles ask for more lines."""
    members = {"Errors": None, "Message": message, **runtime_members(message)}
    names = (f"{_SMA}.IncompleteParseException", f"{_SMA}.ParseException", *RUNTIME_EXCEPTION)
    return ErrorRecord(
        ExceptionData(names, message, members, source=_SMA),
        error_id,
        ErrorCategory.ParserError,
    )


def preference_stop(variable: str, message: str, info: InvocationInfo) -> ErrorRecord:
    """A warning that -WarningAction Stop makes an end of."""
    told = (
        f'The running command stopped because the preference variable "{variable}" or common parameter is '
        f"set to Stop: {message}"
    )
    names = (f"{_SMA}.ActionPreferenceStopException", *RUNTIME_EXCEPTION)
    return ErrorRecord(
        ExceptionData(names, told, runtime_members(told), source=_SMA),
        f"ActionPreferenceStop,{info.command}",
        ErrorCategory.OperationStopped,
        activity=info.command,
        invocation=info,
    )
