"""Messages: the header of 40 bytes and the types (MS-PSRP 2.2.1, 2.2.2)."""

from __future__ import annotations

import struct
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from .protocol_errors import MessageViolation

_HEADER = struct.Struct("<II16s16s")
_NOBODY = bytes(16)
_TO_CLIENT, _TO_SERVER = 1, 2
BOM = b"\xef\xbb\xbf"


class MessageType(IntEnum):
    """The types of messages; the comment-free names are those of the specification."""

    SESSION_CAPABILITY = 0x00010002
    INIT_RUNSPACEPOOL = 0x00010004
    PUBLIC_KEY = 0x00010005
    ENCRYPTED_SESSION_KEY = 0x00010006
    PUBLIC_KEY_REQUEST = 0x00010007
    CONNECT_RUNSPACEPOOL = 0x00010008
    SET_MAX_RUNSPACES = 0x00021002
    SET_MIN_RUNSPACES = 0x00021003
    RUNSPACE_AVAILABILITY = 0x00021004
    RUNSPACEPOOL_STATE = 0x00021005
    CREATE_PIPELINE = 0x00021006
    GET_AVAILABLE_RUNSPACES = 0x00021007
    USER_EVENT = 0x00021008
    APPLICATION_PRIVATE_DATA = 0x00021009
    GET_COMMAND_METADATA = 0x0002100A
    RUNSPACEPOOL_INIT_DATA = 0x0002100B
    RESET_RUNSPACE_STATE = 0x0002100C
    RUNSPACEPOOL_HOST_CALL = 0x00021100
    RUNSPACEPOOL_HOST_RESPONSE = 0x00021101
    PIPELINE_INPUT = 0x00041002
    END_OF_PIPELINE_INPUT = 0x00041003
    PIPELINE_OUTPUT = 0x00041004
    ERROR_RECORD = 0x00041005
    PIPELINE_STATE = 0x00041006
    DEBUG_RECORD = 0x00041007
    VERBOSE_RECORD = 0x00041008
    WARNING_RECORD = 0x00041009
    PROGRESS_RECORD = 0x00041010
    INFORMATION_RECORD = 0x00041011
    PIPELINE_HOST_CALL = 0x00041100
    PIPELINE_HOST_RESPONSE = 0x00041101


class RunspacePoolState(IntEnum):
    """The states of a pool that are told to clients."""

    OPENED = 2
    CLOSED = 3
    CLOSING = 4
    BROKEN = 5


class PipelineState(IntEnum):
    """The states of a pipeline that are told to clients; the passing ones are never sent."""

    STOPPED = 3
    COMPLETED = 4
    FAILED = 5


SESSION_TYPES = frozenset(
    {
        MessageType.SESSION_CAPABILITY,
        MessageType.INIT_RUNSPACEPOOL,
        MessageType.PUBLIC_KEY,
        MessageType.CONNECT_RUNSPACEPOOL,
        MessageType.SET_MAX_RUNSPACES,
        MessageType.SET_MIN_RUNSPACES,
        MessageType.GET_AVAILABLE_RUNSPACES,
        MessageType.RESET_RUNSPACE_STATE,
        MessageType.RUNSPACEPOOL_HOST_RESPONSE,
    }
)
"""What a client may send to the session itself."""

PIPELINE_TYPES = frozenset(
    {
        MessageType.CREATE_PIPELINE,
        MessageType.GET_COMMAND_METADATA,
        MessageType.PIPELINE_INPUT,
        MessageType.END_OF_PIPELINE_INPUT,
        MessageType.PIPELINE_HOST_RESPONSE,
    }
)
"""What a client may send to a pipeline."""


class Message(NamedTuple):
    """A message from a client: its type, the pool and pipeline its header names, its body."""

    type: MessageType
    pool: UUID
    pipeline: UUID | None
    body: bytes


def decode(data: bytes) -> Message:
    """Read a message from a client. Raises MessageViolation."""
    if len(data) < _HEADER.size:
        raise MessageViolation("A message is shorter than its header.")
    destination, number, pool, pipeline = _HEADER.unpack_from(data)
    if destination != _TO_SERVER:
        raise MessageViolation("A message is not meant for a server.")
    try:
        kind = MessageType(number)
    except ValueError:
        raise MessageViolation(f"The type of a message, {number:#010x}, is not known.") from None
    return Message(
        kind,
        UUID(bytes_le=pool),
        None if pipeline == _NOBODY else UUID(bytes_le=pipeline),
        data[_HEADER.size :],
    )


def encode(kind: MessageType, pool: UUID | None, pipeline: UUID | None, body: str) -> bytes:
    """A message to a client. Only an empty body (null) goes without a byte order mark."""
    header = _HEADER.pack(
        _TO_CLIENT,
        kind,
        _NOBODY if pool is None else pool.bytes_le,
        _NOBODY if pipeline is None else pipeline.bytes_le,
    )
    return header + BOM + body.encode("utf-8") if body else header
