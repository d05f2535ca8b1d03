"""Statements that are done one after the other: all of them or none, or each by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from .running import Given

_ERROR = 1


class Conduct(NamedTuple):
    """How a run goes about its statements.

    Attributes:
        go_on: whether it goes on behind one that has failed.
        together: whether what they change counts only if all of them have been done.
    """

    go_on: bool
    together: bool


def conduct_of(given: Given) -> Conduct:
    """How the parameters ContinueOnError and Transaction want it."""
    go_on = given.flag("ContinueOnError")
    return Conduct(go_on, given.flag("Transaction", default=True) and not go_on)


def do_all(
    texts: Iterable[str],
    conduct: Conduct,
    *,
    do: Callable[[str], bool],
    commit: Callable[[], bool],
    roll_back: Callable[[], object],
) -> int:
    """Do statements; 1 if one of them has failed, or what they changed could not be made to last.

    ``do`` and ``commit`` say themselves in the log why they fail.
    """
    failed = False
    for each in texts:
        if not do(each):
            failed = True
            if not conduct.go_on:
                break
    if conduct.together and failed:
        roll_back()
        print("All that this run did was taken back.")
    elif conduct.together:
        failed = not commit()
    return _ERROR if failed else 0
