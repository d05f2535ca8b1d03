"""What became of runs that an executor before this one was asked to start.

The order of looking makes the answers true whatever happens meanwhile: first the claim is tried, which
either proves that a run never began or finds that it has; only then the live processes are listed, so a
run that has begun is either among them or over; and a run that is over has recorded its exit code, or
never will.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from msgspec.structs import replace

from jams.objects.run import RunEnded, RunStarted

from .journal import Journal, Vouch
from .outcomes import ChildExit, judge, lost
from .processes import host


@dataclass(frozen=True, slots=True)
class Alive:
    """A run whose supervising process lives."""

    journal: Journal
    started: RunStarted


def look_again(root: str, vouch: Vouch, tokens: Iterable[str]) -> dict[str, Alive | RunEnded | None]:
    """For each token: alive, ended or LOST, or None when it never ran and never will.

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
    for journal in begun:
        found[journal.token] = _find(journal, live.get(journal.token))
    return found


def _doubtful(journal: Journal, doubt: str) -> RunEnded:
    started = journal.recorded()
    reason = f"Whether this run began is not known: {doubt}."
    return lost(journal.token, started.jams_entry if started else 0, reason)


def _find(journal: Journal, pid: int | None) -> Alive | RunEnded:
    started = journal.recorded()
    if pid is not None and started is not None:
        return Alive(journal, replace(started, process_id=pid))
    ended = judge(journal, started, ChildExit(None, None), aborted=journal.aborted)
    if ended.exit_code is None:
        host.kill_leftovers(journal)
    return ended
