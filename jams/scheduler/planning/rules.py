"""The settings that the schedule is planned by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from enum import Enum
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection

from jams.database import stored_settings
from jams.objects.errors import ConfigurationInvalid

T = TypeVar("T")


class DownAction(Enum):
    """What is done when the scheduler was away for too long."""

    RESET = "reset"
    """What was planned is dropped, and everything planned anew from now on."""
    FAIL = "fail"
    """Nothing is started until somebody sets something else."""
    CONTINUE = "continue"
    """What was missed is caught up, as after a shorter time."""


class Rules(NamedTuple):
    """The settings, and what counts where one cannot be read.

    Attributes:
        advance: how far ahead the schedule reaches.
        interval: how often it is extended.
        longest_down: after how long a time the scheduler was away too long.
        down_action: what is done then.
    """

    advance: timedelta = timedelta(days=1)
    interval: timedelta = timedelta(minutes=1)
    longest_down: timedelta = timedelta(hours=48)
    down_action: DownAction = DownAction.RESET


def rules(c: Connection) -> Rules:
    """The settings as they stand."""
    usual = Rules()
    return Rules(
        _or(usual.advance, lambda: stored_settings.span(c, "ScheduleAdvance")),
        _or(usual.interval, lambda: stored_settings.span(c, "ScheduleInterval")),
        _or(usual.longest_down, lambda: timedelta(hours=stored_settings.value(c, "ScheduleMaxDowntime"))),
        _or(usual.down_action, lambda: DownAction(stored_settings.value(c, "ScheduleMaxDownAction"))),
    )


def _or(usual: T, found: Callable[[], T]) -> T:
    try:
        return found()
    except ConfigurationInvalid:
        return usual
