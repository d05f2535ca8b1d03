"""Starting an entry: from its row to the claim and to the request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from jams.database import capacities, runs, stored_settings
from jams.database.reading import Found, check_whole
from jams.objects.encodings import USUAL
from jams.objects.enums import DataType, EntryState
from jams.objects.rules import OutcomeRules
from jams.objects.run import Account, LogPatterns, Remote, RunEnded, RunOutcome, RunRequest
from jams.registry.patterns import LONGEST_PATTERN

from . import transitions
from .waits.capacity import Asked

_TEXT = DataType.TEXT


class Taken(NamedTuple):
    """So much of a resource; ``agent_id`` where it is counted by agent."""

    resource_id: int
    agent_id: int | None
    quantity: int


@dataclass(eq=False, slots=True)
class Start:
    """A claimed start of an entry.

    Attributes:
        token: under which it is made.
        row: the entry's.
        agent_id: the agent on which it is made.
        asked: what it takes besides a slot of its agent; None: nothing.
        takes: what of resources it takes, and where.
        failures: how often it was in doubt.
        problem: why it is, when it is not the server's own.
        encodings: of its script, and of its log where that is not UTF-8; as they were set at the claim.
    """

    token: str
    row: Found
    agent_id: int
    asked: Asked | None = None
    takes: Sequence[Taken] = ()
    failures: int = 0
    problem: Exception | None = None
    encodings: tuple[str, str] = (USUAL, USUAL)


def claim(c: Connection, claimed: Sequence[Start], now: datetime) -> None:
    """Claim the starts of entries, each under a token: write that down, and mark the entries as starting."""
    scripts, logs = stored_settings.texts(c, "DefaultInputEncoding", "DefaultOutputEncoding")
    for start in claimed:
        start.encodings = scripts, logs
    runs.add(
        c,
        [
            runs.Claim(
                token=start.token,
                number=start.row.number,
                ron=start.row.ron,
                agent_id=start.agent_id,
                queue_id=start.asked.queue_id if start.asked is not None else None,
            )
            for start in claimed
        ],
        now,
    )
    plain = [start for start in claimed if start.asked is None]
    moves = [{"number": start.row.number, "state": start.row.state} for start in plain]
    transitions.move_all(c, transitions.Event.CLAIM, EntryState.STARTING, moves)
    given = [start for start in claimed if start.asked is not None]
    moves = [
        {
            "number": start.row.number,
            "state": start.row.state,
            "agent_id": start.agent_id,
            "line_id": None,
        }
        for start in given
    ]
    transitions.move_all(c, transitions.Event.CLAIM, EntryState.STARTING, moves)
    taken = [
        {"number": start.row.number, "token": start.token, **each._asdict()}
        for start in given
        for each in start.takes
    ]
    capacities.hold_all(c, taken, now)


def request_of(
    start: Start,
    remote: Remote | None = None,
    *,
    method: str | None = None,
    source: str | None = None,
    account: Account | None = None,
) -> RunRequest:
    """What the runner is asked for when a claimed entry is started; ``remote`` is where the work is done.

    ``method`` and ``source`` stand in for the entry's own; ``account`` is the one that the work logs on with.

    Raises Damaged when it cannot be told what the entry is to do.
    """
    row = start.row
    check_whole(row, f"entry {row.number}")
    rest = row.rest
    return RunRequest(
        token=start.token,
        jams_entry=row.number,
        ron=row.ron,
        method=rest.method_name if method is None else method,
        source=row.source if source is None else source,
        job_name=row.job_name,
        folder_name=row.folder_name,
        log_location=rest.log_location,
        home_directory=rest.home_directory,
        parameters={
            value.param_name: value.value or "" for value in rest.parameters if value.encryption_id is None
        },
        types={each.param_name: each.data_type for each in rest.parameters if each.data_type is not _TEXT},
        remote=remote,
        patterns=_patterns(rest.rules, start.encodings[1]),
        account=account,
        encoding=start.encodings[0],
    )


def _patterns(rules: OutcomeRules | None, encoding: str) -> LogPatterns | None:
    """What is looked for in the log; nothing longer than may be stored, which somebody else has let in."""
    texts = [] if rules is None else [rules.good_pattern, rules.bad_pattern]
    if rules is None or not any(texts) or max(len(text or "") for text in texts) > LONGEST_PATTERN:
        return None
    return LogPatterns(good=rules.good_pattern, bad=rules.bad_pattern, encoding=encoding)


def not_started(start: Start, reason: str) -> RunEnded:
    """The end of a claimed entry of which nothing has run."""
    return _ended(start, RunOutcome.NOT_STARTED, reason)


def withdrawn(start: Start) -> RunEnded:
    """The end of a claimed entry that somebody has cancelled before it was started."""
    return _ended(start, RunOutcome.ABORTED, "It was cancelled before it was started.")


def _ended(start: Start, outcome: RunOutcome, reason: str) -> RunEnded:
    return RunEnded(
        token=start.token,
        jams_entry=start.row.number,
        outcome=outcome,
        completion_time_utc=datetime.now(UTC),
        reason=reason,
    )
