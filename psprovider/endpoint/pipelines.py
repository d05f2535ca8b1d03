"""The pipelines of a session: which exist, which run, which wait for a free runspace."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from uuid import UUID

from .limits import Limits
from .protocol_errors import MessageViolation
from .requests import MetadataRequest, PipelineRequest


class Pipeline:
    """One pipeline: announced, then queued, running, ended.

    Attributes:
        request: what is to be run; None until the client said it.
        number: its place in the session's history, from 1; 0 before it runs.
        backlog: bytes of input that have come and not been used.
        stopping: whether the client has asked to stop it.
    """

    __slots__ = ("backlog", "ended", "id", "number", "request", "running", "stopping")

    def __init__(self, number: UUID) -> None:
        self.id = number
        self.request: PipelineRequest | MetadataRequest | None = None
        self.number = 0
        self.backlog = 0
        self.running = False
        self.ended = False
        self.stopping = False

    @property
    def extended(self) -> bool:
        """Whether its records shall say which command wrote them."""
        return isinstance(self.request, PipelineRequest) and self.request.invocation_info

    def accept(self, request: PipelineRequest | MetadataRequest) -> None:
        """The client says what to run. Raises MessageViolation if it had said so before."""
        if self.request is not None:
            raise MessageViolation("A pipeline is created only once.")
        self.request = request


class Pipelines:
    """All pipelines of one session."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._all: dict[UUID, Pipeline] = {}
        self._waiting: deque[Pipeline] = deque()
        self._count = 0
        self.running: set[UUID] = set()
        self.least = 1
        self.most = 1

    def __contains__(self, pipeline: UUID) -> bool:
        return pipeline in self._all

    def get(self, pipeline: UUID) -> Pipeline | None:
        """The pipeline of that identifier, unless it is unknown or forgotten."""
        return self._all.get(pipeline)

    def all(self) -> Iterator[Pipeline]:
        """Every pipeline that is not forgotten."""
        yield from tuple(self._all.values())

    @property
    def free(self) -> int:
        """How many runspaces are free."""
        return max(0, self.most - len(self.running))

    def resize(self, least: int, most: int) -> None:
        """Set the numbers of runspaces."""
        self.least, self.most = least, most

    def change(self, number: int, greatest: bool) -> bool:
        """Change one of the numbers. Gives whether it is possible and a change."""
        low, high = (self.least, number) if greatest else (number, self.most)
        possible = 1 <= low <= high <= self._limits.runspaces
        if not possible or (low, high) == (self.least, self.most):
            return False
        self.resize(low, high)
        return True

    def register(self, pipeline: UUID) -> None:
        """Take a new one in. Raises MessageViolation."""
        if pipeline in self._all:
            raise MessageViolation("A pipeline of that identifier exists.")
        if len(self._all) >= self._limits.commands:
            raise MessageViolation(f"More than {self._limits.commands} pipelines are open.")
        self._all[pipeline] = Pipeline(pipeline)

    def take_input(self, pipeline: Pipeline, size: int) -> None:
        """Count input that has come. Raises MessageViolation if too much is waiting."""
        pipeline.backlog += size
        if sum(each.backlog for each in self._all.values()) > self._limits.input:
            raise MessageViolation(f"More than {self._limits.input} bytes of input are waiting.")

    def queue(self, pipeline: Pipeline) -> None:
        """Let it wait for a runspace."""
        self._waiting.append(pipeline)

    def start(self) -> Iterator[Pipeline]:
        """The waiting ones for which there is a runspace, in order."""
        while self._waiting and len(self.running) < self.most:
            pipeline = self._waiting.popleft()
            self._count += 1
            pipeline.number = self._count
            pipeline.running = True
            self.running.add(pipeline.id)
            yield pipeline

    def end(self, pipeline: Pipeline) -> None:
        """It is over."""
        pipeline.ended = True
        pipeline.running = False
        pipeline.backlog = 0
        self.running.discard(pipeline.id)
        if pipeline in self._waiting:
            self._waiting.remove(pipeline)

    def forget(self, pipeline: UUID) -> None:
        """Drop one that is over."""
        found = self._all.get(pipeline)
        if found is not None and found.ended:
            del self._all[pipeline]
