"""Prechecks of entries that wait: which entry runs the precheck, how often it has, what it said."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from jams.objects.enums import Severity

from . import tables
from .turns import unanswered

_precheck = tables.precheck


class Precheck(NamedTuple):
    """The precheck of an entry.

    Attributes:
        number: of the entry that waits.
        precheck_entry: the entry that runs the precheck.
        runs: how often it has run, with the one that is to come.
        passed: whether it has said yes.
        cancels: the severity with which it ends the entry that waits, if it has said so.
    """

    number: int
    precheck_entry: int
    runs: int
    passed: bool
    cancels: Severity | None


_SELECT = select(
    _precheck.c.number, _precheck.c.precheck_entry, _precheck.c.runs, _precheck.c.passed, _precheck.c.cancels
)
_forget = unanswered(delete(_precheck).where(_precheck.c.number.in_(bindparam("numbers", expanding=True))))


def of_entry(c: Connection, number: int) -> Precheck | None:
    """The precheck of an entry, or None."""
    row = c.execute(_SELECT.where(_precheck.c.number == number)).one_or_none()
    return None if row is None else Precheck(*row)


def add(c: Connection, number: int, precheck_entry: int) -> None:
    """Write down that an entry has a precheck; one that it had before is forgotten."""
    forget(c, [number])
    c.execute(insert(_precheck).values(number=number, precheck_entry=precheck_entry, runs=1, passed=False))


def runs_again(c: Connection, number: int) -> None:
    """Write down that the precheck of an entry runs once more."""
    c.execute(update(_precheck).where(_precheck.c.number == number).values(runs=_precheck.c.runs + 1))


def judge(c: Connection, number: int, by: int, *, passed: bool, cancels: Severity | None) -> None:
    """Write down what the last run of the precheck said, if that was the entry ``by``."""
    asked = (_precheck.c.number == number, _precheck.c.precheck_entry == by)
    c.execute(update(_precheck).where(*asked).values(passed=passed, cancels=cancels))


def forget(c: Connection, numbers: list[int]) -> None:
    """Forget the prechecks of entries."""
    if numbers:
        c.execute(_forget, {"numbers": numbers})
