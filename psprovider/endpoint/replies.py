"""The bodies of what a server says by itself: capability, states, answers about runspaces (MS-PSRP 2.2.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .clixml.types import Int64, PSDict, PSObject, Version
from .clixml.writer import write
from .exceptions import ErrorCategory, ErrorRecord, plain_exception
from .messages import PipelineState, RunspacePoolState
from .records import error
from .session_settings import PS_VERSION, SERIALIZATION_VERSION, Settings


def capability(protocol: Version) -> str:
    """SESSION_CAPABILITY."""
    versions = {
        "protocolversion": protocol,
        "PSVersion": PS_VERSION,
        "SerializationVersion": SERIALIZATION_VERSION,
    }
    return write(PSObject((), versions))


def private_data(settings: Settings, protocol: Version, more: Mapping[str, Any]) -> str:
    """APPLICATION_PRIVATE_DATA; nested tables of ``more`` become those that clients look for."""
    tables = {name: PSDict(value) if isinstance(value, dict) else value for name, value in more.items()}
    data = PSDict({**settings.application_data(protocol), **tables})
    return write(PSObject((), {"ApplicationPrivateData": data}))


def pool_state(state: RunspacePoolState) -> str:
    """RUNSPACEPOOL_STATE."""
    return f'<Obj RefId="0"><MS><I32 N="RunspaceState">{int(state)}</I32></MS></Obj>'


def pool_broken(record: ErrorRecord) -> str:
    """RUNSPACEPOOL_STATE of a pool that cannot go on."""
    members = {
        "RunspaceState": int(RunspacePoolState.BROKEN),
        "ExceptionAsErrorRecord": error(record, in_stream=False),
    }
    return write(PSObject((), members))


def pool_data(least: int, most: int) -> str:
    """RUNSPACEPOOL_INIT_DATA."""
    return write(PSObject((), {"MinRunspaces": least, "MaxRunspaces": most}))


def availability(call: int, answer: bool | int) -> str:
    """RUNSPACE_AVAILABILITY: whether something could be done, or how many runspaces there are."""
    shown = answer if isinstance(answer, bool) else Int64(answer)
    return write(PSObject((), {"SetMinMaxRunspacesResponse": shown, "ci": Int64(call)}))


def session_key(sealed: str) -> str:
    """ENCRYPTED_SESSION_KEY."""
    return write(PSObject((), {"EncryptedSessionKey": sealed}))


def pipeline_state(state: PipelineState) -> str:
    """PIPELINE_STATE without an error."""
    return f'<Obj RefId="0"><MS><I32 N="PipelineState">{int(state)}</I32></MS></Obj>'


def pipeline_failure(state: PipelineState, record: ErrorRecord, extended: bool) -> PSObject:
    """PIPELINE_STATE with the error that ended the pipeline."""
    failure = error(record, extended, in_stream=False)
    return PSObject((), {"PipelineState": int(state), "ExceptionAsErrorRecord": failure})


def nested_too_deeply() -> ErrorRecord:
    """What ends a command whose arguments hold objects within objects beyond the limit."""
    return ErrorRecord(
        plain_exception(
            "The arguments hold objects that are nested too deeply.",
            "System.InvalidOperationException",
            "System.SystemException",
        ),
        "InvalidArgument",
        ErrorCategory.LimitsExceeded,
    )


def too_large(limit: int) -> ErrorRecord:
    """What takes the place of an output object that no client would take."""
    return ErrorRecord(
        plain_exception(
            f"An object of more than {limit} bytes cannot be sent.",
            "System.InvalidOperationException",
            "System.SystemException",
        ),
        "ObjectTooLarge",
        ErrorCategory.LimitsExceeded,
    )
