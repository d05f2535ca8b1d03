"""What became of runs that an executor before this one was asked to start.

The order of looking makes the answers true whatever happens meanwhile: first the claim is tried, which
either proves that a run never began or finds that it has; only then the live processes are listed, so a
run that has begun is either among them or over; and a run that is over has recorded its exit code, or
never will.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from jams.objects.run import RunEnded, RunStarted

from .journal import Journal, Vouch
from .outcomes import ChildExit, judge, lost
from .processes import host
from .survivors import Survivor, survivors

_LONGEST_BURIAL = 5.0
"""Seconds for which what is killed is waited for, where its end could not be told later."""


@dataclass(frozen=True, slots=True)
class Alive:
    """A run that has not ended.

    Attributes:
        journal: its journal.
        started: the answer to its start.
        aborted: whether its end was asked for.
        supervised: whether its supervising process lives; else only something that it has set going does,
            which is to be ended.
    """

    journal: Journal
    started: RunStarted
    aborted: bool
    supervised: bool = True


def look_again(
    root: str, vouch: Vouch, tokens: Iterable[str], ending: Collection[str]
) -> dict[str, Alive | RunEnded | None]:
    """For each token: alive, ended or LOST, or None when it never ran and never will.

    ``ending`` are tokens whose end was asked for, whether or not the journal knows.

    Raises:
        OSError: the journal cannot be written; nothing is known then.
    """
    found: dict[str, Alive | RunEnded | None] = {}
    begun: list[Journal] = []
    for token in tokens:
        try:
            journal = Journal(root, token)
        except ValueError:
            found[token] = None
            continue
        if journal.exit_code is not None:
            begun.append(journal)
        elif journal.claim(proven=vouch.doubt is None):
            found[token] = None if vouch.doubt is None else _doubtful(journal, vouch.doubt)
        elif journal.is_void:
            found[token] = None
        else:
            begun.append(journal)
    live = host.find_runs(root) if any(journal.exit_code is None for journal in begun) else {}
    aborted = {journal.token for journal in begun if journal.token in ending or journal.aborted}
    over = [journal for journal in begun if journal.token not in live or journal.recorded() is None]
    left = _left(root, [journal for journal in over if journal.token in aborted or journal.exit_code is None])
    for journal in begun:
        found[journal.token] = _find(
            journal, live.get(journal.token), left.get(journal.token, []), journal.token in aborted
        )
    return found


def _left(root: str, runs: Iterable[Journal]) -> Mapping[str, list[Survivor]]:
    """What lives of runs whose supervisor does not, and of whose work nothing may be left."""
    tokens = {journal.token: None for journal in runs}
    return survivors(root, tokens) if tokens else {}


def _doubtful(journal: Journal, doubt: str) -> RunEnded:
    started = journal.recorded()
    reason = f"Whether this run began is not known: {doubt}."
    return lost(journal.token, started.jams_entry if started else 0, reason)


def _find(journal: Journal, pid: int | None, left: list[Survivor], aborted: bool) -> Alive | RunEnded:
    started = journal.recorded()
    if pid is not None and started is not None:
        return Alive(journal, started, aborted)
    if started is not None and (left or (aborted and journal.remote and journal.may_live)):
        return Alive(journal, started, aborted, supervised=False)
    _bury(left)
    return judge(journal, started, ChildExit(None, None), aborted=journal.aborted)


def _bury(left: list[Survivor]) -> None:
    """End what lives of a run of which not even the entry is known."""
    deadline = time.monotonic() + _LONGEST_BURIAL
    while left and time.monotonic() < deadline:
        for survivor in left:
            with suppress(OSError):
                survivor.end(force=True)
        time.sleep(0.01)
        left = [survivor for survivor in left if survivor.alive()]
