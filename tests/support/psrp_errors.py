"""Errors that the demo engine writes and the product does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from psprovider.endpoint.exceptions import (
    SYSTEM_EXCEPTION,
    ErrorCategory,
    ErrorRecord,
    ExceptionData,
    InvocationInfo,
)
from psprovider.endpoint.known_errors import binding_error

_WRITE_ERROR = ("Microsoft.PowerShell.Commands.WriteErrorException", *SYSTEM_EXCEPTION)


def input_not_bound(value: Any, invocation: InvocationInfo) -> ErrorRecord:
    """An object from the pipeline that fits no parameter; the pipeline goes on."""
    return binding_error(
        "InputObjectNotBound",
        "The input object cannot be bound to any parameters for the command either because the command does "
        "not take pipeline input or the input and its properties do not match any of the parameters that "
        "take pipeline input.",
        invocation,
        given_type="System.Management.Automation.PSObject",
        target=value,
        target_type="PSObject",
    )


def contained(record: ErrorRecord) -> ErrorRecord:
    """The record of an error that was raised before any command ran and ended one statement of several."""
    names = ("System.Management.Automation.ParentContainsErrorRecordException", *SYSTEM_EXCEPTION)
    message = record.exception.message
    return replace(record, exception=ExceptionData(names, message, {"Message": message}), reason=None)


def written_error(
    message: str,
    error_id: str,
    category: ErrorCategory = ErrorCategory.NotSpecified,
    *,
    target: Any = None,
    activity: str = "Write-Error",
    recommended_action: str | None = None,
    invocation: InvocationInfo | None = None,
) -> ErrorRecord:
    """An error as a function writes it with Write-Error; it ends nothing."""
    return ErrorRecord(
        ExceptionData(_WRITE_ERROR, message),
        error_id,
        category,
        target=target,
        activity=activity,
        details=message if recommended_action else None,
        recommended_action=recommended_action,
        invocation=invocation,
    )
