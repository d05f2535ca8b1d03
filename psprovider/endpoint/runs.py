"""What a pipeline and the session it runs in know of its run."""

from __future__ import annotations

import time
from collections import deque
from typing import Any

from .alarms import Alarm
from .exceptions import ErrorRecord
from .jams_errors import from_jams
from .known_errors import pipeline_stopped
from .messages import PipelineState
from .protocol_errors import PipelineOverdue
from .requests import HostResponse, MetadataRequest, PipelineRequest


class Run:
    """A run, from the first word of its pipeline to the last; used under the session's lock.

    Attributes:
        request: what is run; None until it begins.
        begun: when it began, by the monotonic clock.
        input, input_ended: what the client has sent, with its sizes, and whether that is all.
        answers: what the client's host has answered.
        objects: how many objects were sent.
        stopping: whether it was told to stop.
        reason: why, if it was not the client who wanted it.
        monitor: whether it follows or waits for something.
        alarm: what happens if it goes on like this.
        told: whether its end was told.
    """

    __slots__ = (
        "alarm", "answers", "begun", "input", "input_ended", "monitor", "objects", "reason", "request",
        "stopping", "told",
    )  # fmt: skip

    def __init__(self) -> None:
        self.request: PipelineRequest | MetadataRequest | None = None
        self.begun = time.monotonic()
        self.input: deque[tuple[Any, int]] = deque()
        self.input_ended = False
        self.answers: deque[HostResponse] = deque()
        self.objects = 0
        self.stopping = False
        self.reason: ErrorRecord | None = None
        self.monitor = False
        self.alarm: Alarm | None = None
        self.told = False

    @property
    def stopped(self) -> tuple[PipelineState, ErrorRecord]:
        """How it ends when it was told to stop."""
        if self.reason is None:
            return PipelineState.STOPPED, pipeline_stopped()
        return PipelineState.FAILED, self.reason

    def arm(self, alarm: Alarm | None) -> None:
        """Set another alarm in the place of the one before, or none."""
        if self.alarm is not None:
            self.alarm.cancel()
        self.alarm = alarm


def overdue(seconds: float) -> ErrorRecord:
    """The error that ends a pipeline which has run for too long."""
    return from_jams(
        PipelineOverdue(
            f"The pipeline was stopped after {seconds:g} seconds; none may run longer on this server. Ask "
            "for less at a time, or have its administrator set another limit."
        )
    )
