"""Which part of a server a process is that works with the database: all of it, or one beside the other."""

from __future__ import annotations

from enum import Enum


class Part(Enum):
    """What a process does with the database, while nobody else may do the same."""

    WHOLE = "whole"
    """A server in one process, or an administrator's command that wants the database for itself."""
    SCHEDULER = "scheduler"
    """What plans, claims starts and settles ends; it signs the database."""
    SERVER = "server"
    """What runs the operations of callers."""

    @property
    def kept(self) -> tuple[Part, ...]:
        """The parts whose locks it holds; they are taken in this order."""
        return (Part.SCHEDULER, Part.SERVER) if self is Part.WHOLE else (self,)

    @property
    def other(self) -> Part:
        """The part that may work beside it."""
        return Part.SERVER if self is Part.SCHEDULER else Part.SCHEDULER

    @property
    def signs(self) -> bool:
        """Whether it signs the database, so that a former holder sees that its time is over."""
        return self is not Part.SERVER
