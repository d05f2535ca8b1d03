"""What a run came to, from what its journal and its process tell."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import NamedTuple

from jams.objects.errors import JAMSError
from jams.objects.run import RunEnded, RunOutcome, RunStarted

from .journal import Journal

log = logging.getLogger(__name__)

_ABORTED = "The run was ended on request."
_UNTOLD = (
    "The process that spoke to the host ended with code {} before the work did; what became of the work is "
    "not known."
)
_VOIDED = "The start was given up before the work began."


class ChildExit(NamedTuple):
    """How a supervising process ended, as far as its parent can tell.

    ``code`` is its exit code, negative for the signal that killed it; ``cpu_seconds`` counts it and its work.
    """

    code: int | None
    cpu_seconds: float | None


def not_started(token: str, jams_entry: int, reason: str) -> RunEnded:
    """The answer to a start that came to nothing."""
    return RunEnded(
        token=token,
        jams_entry=jams_entry,
        outcome=RunOutcome.NOT_STARTED,
        completion_time_utc=datetime.now(UTC),
        reason=reason,
    )


def lost(token: str, jams_entry: int, reason: str) -> RunEnded:
    """A run of which neither an exit code nor a live process is left."""
    return RunEnded(
        token=token,
        jams_entry=jams_entry,
        outcome=RunOutcome.LOST,
        completion_time_utc=datetime.now(UTC),
        reason=reason,
    )


def judge(
    journal: Journal,
    started: RunStarted | None,
    child: ChildExit,
    *,
    aborted: bool,
    elapsed_seconds: float | None = None,
) -> RunEnded:
    """The end of a run whose supervising process is no more.

    The recorded exit code counts; without one (a full disk) the code of the own child does. Work on another
    host tells how it ended: its code need not be one that a process can end with. Without
    ``elapsed_seconds`` the span is taken from the recorded times.
    """
    entry = started.jams_entry if started else 0
    told = journal.outcome if journal.remote else None
    code = told.exit_code if told else _recorded_code(journal, child)
    if told is None and not aborted and (code is None or journal.remote):
        return _untold(journal, entry, code, child)
    completed = datetime.now(UTC)
    if elapsed_seconds is None:
        recorded = journal.state_time
        completed = datetime.fromtimestamp(recorded, UTC) if recorded is not None else completed
        elapsed_seconds = max(0.0, (completed - started.start_time_utc).total_seconds()) if started else None
    return RunEnded(
        token=journal.token,
        jams_entry=entry,
        outcome=RunOutcome.ABORTED if aborted else told.outcome if told else RunOutcome.EXITED,
        completion_time_utc=completed,
        exit_code=code,
        reason=_ABORTED if aborted else told.reason if told else None,
        elapsed_seconds=None if elapsed_seconds is None else round(elapsed_seconds, 3),
        cpu_seconds=child.cpu_seconds,
    )


def _recorded_code(journal: Journal, child: ChildExit) -> int | None:
    code = journal.exit_code
    if code is None and child.code is not None and child.code >= 0:
        return child.code
    return code


def _untold(journal: Journal, entry: int, code: int | None, child: ChildExit) -> RunEnded:
    """The end of a run of which nothing is known, but perhaps the code of who followed it elsewhere."""
    if journal.is_void:
        return not_started(journal.token, entry, _VOIDED)
    reason = _lost_reason(child) if code is None else _UNTOLD.format(code)
    return lost(journal.token, entry, reason)


def _lost_reason(child: ChildExit) -> str:
    if child.code is not None:
        return (
            f"The process that supervised the work was killed by signal {-child.code} "
            "before it could record an exit code; what was left of the work was ended."
        )
    return (
        "Neither an exit code nor a live process of this run was found: the work was killed together with "
        "the process that supervised it, or the machine stopped."
    )


def reason_of(error: Exception) -> str:
    """One sentence for people on why a start, or the journal, failed.

    What nobody expected is also in the service's log.
    """
    if isinstance(error, JAMSError):
        return error.message
    if not isinstance(error, (ValueError, OSError)):
        log.error("a start failed", exc_info=error)
    if isinstance(error, UnicodeEncodeError):
        return "The source or a name holds characters that cannot be encoded."
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        return f"The system refused the start: {error.strerror or error}{where}."
    return f"The start was refused: {error}."
