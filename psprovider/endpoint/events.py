"""What a session tells whoever drives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from .requests import HostResponse, MetadataRequest, PipelineRequest, SessionInfo


@dataclass(frozen=True, slots=True)
class PoolRequested:
    """The client wants the pool opened: ``accept`` or ``break_pool`` must follow, before anything else."""

    info: SessionInfo


@dataclass(frozen=True, slots=True)
class PipelineReady:
    """A pipeline is to be run now. ``number`` counts the pipelines of the session from 1."""

    request: PipelineRequest | MetadataRequest
    number: int


@dataclass(frozen=True, slots=True)
class InputReceived:
    """One object of pipeline input; ``size`` is what it counts against the limits, in bytes.

    It may come before its pipeline is ready, when that one waits for another.
    """

    pipeline: UUID
    value: Any
    size: int


@dataclass(frozen=True, slots=True)
class InputEnded:
    """No more input will come."""

    pipeline: UUID


@dataclass(frozen=True, slots=True)
class HostAnswered:
    """The client's host has answered the call that is open in a pipeline."""

    pipeline: UUID
    response: HostResponse


@dataclass(frozen=True, slots=True)
class StopRequested:
    """A running pipeline is to be stopped; ``finish`` must follow."""

    pipeline: UUID


@dataclass(frozen=True, slots=True)
class PipelineEnded:
    """A pipeline is over; its input is of no use any more.

    ``unrun`` is what it would have run, if it never began.
    """

    pipeline: UUID
    unrun: PipelineRequest | MetadataRequest | None = None


@dataclass(frozen=True, slots=True)
class RunspaceReset:
    """The client wants a fresh runspace: variables, location and history as at the start."""


@dataclass(frozen=True, slots=True)
class KeyAgreed:
    """Secrets can be written and read from now on."""


@dataclass(frozen=True, slots=True)
class PoolClosed:
    """The session is over."""


Event = (
    PoolRequested
    | PipelineReady
    | InputReceived
    | InputEnded
    | HostAnswered
    | StopRequested
    | PipelineEnded
    | RunspaceReset
    | KeyAgreed
    | PoolClosed
)
