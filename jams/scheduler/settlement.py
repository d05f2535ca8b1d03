"""What follows from how a run ended: the entry's end, its history, the job's statistics, a restart."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection

from jams.database import clock, entries, history, methods, names, numbers, runs, statistics, stored_settings
from jams.database.reading import Found
from jams.objects.enums import EntryState, MemberStage, RetainOption, Severity
from jams.objects.errors import ConfigurationInvalid
from jams.objects.run import RunEnded, RunOutcome, RunStarted
from jams.objects.tellings import Happened

from . import (
    consequences,
    judging,
    member_ends,
    passing,
    prechecking,
    retries,
    showing,
    telling,
    transitions,
    watching,
)
from .planning import repeats
from .planning.points import Point
from .transitions import Event

log = logging.getLogger(__name__)


_RETAINED_FOR_EVER = None

_NOT_RUN: Mapping[str, Any] = {
    "start_time": None,
    "completion_time": None,
    "retain_until": None,
    "final_severity": None,
    "final_status": None,
    "final_status_code": None,
    "job_status": None,
    "process_id": None,
    "log_filename": None,
    "halted": False,
    "current_step": None,
    **watching.ANEW,
}
"""The columns of an entry whose run is still to come."""


def record_started(c: Connection, started: Sequence[RunStarted]) -> None:
    """Mark the entries of runs that have begun as executing, unless that is known or they are settled."""
    unbegun = runs.unbegun(c, [run.token for run in started])
    transitions.move_all(
        c,
        Event.BEGIN,
        EntryState.EXECUTING,
        [
            {
                "number": run.jams_entry,
                "state": EntryState.STARTING,
                "start_time": run.start_time_utc,
                "process_id": run.process_id,
                "log_filename": run.log_filename,
            }
            for run in started
            if run.token in unbegun
        ],
    )
    told = [token for token, may_be_told in unbegun.items() if may_be_told]
    if told:
        begun = {run.token: run.start_time_utc for run in started}
        for token, row in runs.with_entries(c, told).items():
            telling.happened(c, [row], Happened.STARTED, begun[token])


def settle(
    c: Connection,
    ended: Iterable[RunEnded],
    started: Mapping[str, RunStarted],
    *,
    keep: timedelta | None = None,
) -> set[str]:
    """Record the ends of runs; ``started`` tells of those whose beginning was not recorded before.

    ``keep`` is how long an ended entry stays in the monitor, if the caller knows the setting.
    Runs that are settled already, or unknown, are passed over.

    Returns:
        The topics of what this may let go on.
    """
    by_token = {run.token: run for run in ended}
    if not by_token:
        return set()
    found = runs.with_entries(c, list(by_token))
    if keep is None:
        keep = kept_for(c)
    final: list[dict[str, Any]] = []
    records: list[dict[str, Any]] = []
    again: list[tuple[Found, datetime | None]] = []
    counted: set[int] = set()
    short: list[watching.Seen] = []
    averages = watching.averages_of(c, found.values())
    repeated_by = [row.trigger_id for row in found.values() if row.repeats]
    repeating = repeats.Repeating(c, repeated_by, [row.number for row in found.values()])
    repeated: list[tuple[Found, repeats.Repetition]] = []
    for token, row in found.items():
        end = by_token[token]
        begun = started.get(token)
        ending = judging.verdict_of(end, row, averages.get(row.job_id))
        if ending.counts:
            counted.add(row.ron)
        short += [watching.Seen(row, Happened.SHORT, "", event) for event in ending.short]
        values = _final(row, end, ending, begun, keep)
        next_time = retries.next_attempt(c, row, end, ending.severity) or prechecking.next_run(
            c, row, end, ending.severity
        )
        is_end = not row.restart and next_time is None
        records.append(_record(row, end, values, is_end=is_end))
        next_run = None
        if is_end:
            run, completed = Point(row.point, row.day), end.completion_time_utc
            next_run = repeating.after(row.trigger_id, run, ending.severity, completed)
        if next_run is not None:
            repeated.append((row, next_run))
        if not is_end:
            again.append((row, next_time))
        elif next_run is None or next_run.new_entry:
            final.append({"number": row.number, "state": row.state, **values})
    transitions.move_all(c, Event.END, EntryState.COMPLETE, final)
    history.add(c, records, listened=any(row.listened for row in found.values()))
    runs.forget(c, found)
    statistics.add(c, records, counted)
    showing.ended(c, found.values())
    away = watching.ended(c, [(row, by_token[token]) for token, row in found.items()], averages)
    for token, row in found.items():
        if row.state is EntryState.STARTING and token in started:
            telling.happened(c, [row], Happened.STARTED, started[token].start_time_utc)
    for seen in (*away, *short):
        at = by_token[seen.row.token].completion_time_utc
        telling.happened(c, [seen.row], seen.what, at, event=seen.event)
    for row, next_time in again:
        run_again(c, row, Event.RUN_AGAIN, hold=row.restart == 2, retry_at=next_time)
    for row, next_run in repeated:
        if next_run.new_entry:
            repeats.run_new(c, next_run, by_token[row.token].completion_time_utc)
        else:
            repeats.run_same(c, row, next_run, _NOT_RUN, by_token[row.token].completion_time_utc)
    telling.ended(c, list(found.values()), records)
    return consequences.of_ends(c, list(found.values()), records)


def _final(
    row: Found, end: RunEnded, ending: judging.Verdict, begun: RunStarted | None, keep: timedelta
) -> dict[str, Any]:
    return {
        "start_time": begun.start_time_utc if begun else row.start_time,
        "process_id": begun.process_id if begun else row.process_id,
        "log_filename": begun.log_filename if begun else row.log_filename,
        "completion_time": end.completion_time_utc,
        "final_severity": ending.severity,
        "final_status": ending.status,
        "final_status_code": ending.code,
        "job_status": None if row.abort else row.job_status,
        "stage": member_ends.stage_after(row, ending.severity),
        "retain_until": _stays_until(row, ending.severity, end.completion_time_utc, keep),
    }


def kept_for(c: Connection) -> timedelta:
    """How long an ended entry stays in the monitor, by the settings."""
    try:
        return stored_settings.span(c, "KeepCompleted")
    except ConfigurationInvalid as error:
        log.error("%s Ended entries are kept for a day.", error.message)
        return timedelta(days=1)


def _stays_until(row: Found, severity: Severity, completed: datetime, keep: timedelta) -> datetime | None:
    """When an ended entry leaves the monitor; a member does when its setup does."""
    return None if row.parent is not None else _retain_until(row.rest, severity, completed, keep)


def _retain_until(
    rest: entries.EntryRest, severity: Severity, completed: datetime, keep: timedelta
) -> datetime | None:
    """When an ended entry leaves the monitor; None: when somebody removes it."""
    match rest.retain_option:
        case RetainOption.ALWAYS:
            return _RETAINED_FOR_EVER
        case RetainOption.NEVER:
            return completed
        case RetainOption.ERROR:
            return _RETAINED_FOR_EVER if severity.rank >= Severity.WARNING.rank else completed
        case RetainOption.TIMED if rest.retain_time is not None:
            return completed + timedelta(seconds=min(max(rest.retain_time, 0), 10**9))
        case _:
            return completed + keep


def _record(
    row: Found, end: RunEnded | None, values: Mapping[str, Any], *, is_end: bool = True
) -> dict[str, Any]:
    """The history record of a run of an entry, or of an entry that ends without one, with these values.

    ``is_end`` says whether the entry has ended with it.
    """
    rest = row.rest
    return {
        "number": row.number,
        "ron": row.ron,
        "job_id": row.job_id,
        "job_name": row.job_name,
        "folder_id": row.folder_id,
        "folder_name": row.folder_name,
        "submitted_by": row.submitted_by,
        "user_name": row.submitted_by,
        "scheduled_time": row.scheduled_time,
        "hold_time": row.hold_time,
        "start_time": values["start_time"],
        "completion_time": values["completion_time"],
        "final_severity": values["final_severity"],
        "final_status": values["final_status"],
        "final_status_code": values["final_status_code"],
        "job_status": row.job_status,
        "note": rest.note,
        "elapsed": end.elapsed_seconds if end else None,
        "cpu": end.cpu_seconds if end else None,
        "log_filename": values["log_filename"],
        "agent_id": row.agent_id,
        "process_id": values["process_id"],
        "restart_count": row.restart_count,
        "priority": row.priority,
        "held": row.held,
        "document": _history_document(row),
        "setup_key": names.fold(_setup_of(row)) or None,
        "counts": is_end and not rest.debug,
        "day": row.scheduled_time.date(),
    }


def _setup_of(row: Found) -> str:
    """The path of the setup or sequence of which an entry is a member; empty of any other."""
    member = row.rest.member
    return "" if member is None or row.parent is None else member.setup


def _history_document(row: Found) -> str:
    rest = row.rest
    kept = history.HistoryRest(
        revision=rest.revision,
        debug=rest.debug,
        initiator_type=rest.initiator_type,
        initiator_id=rest.initiator_id,
        parent_ron=row.parent_ron,
        entry_type="Setup" if rest.method_name == methods.SETUP else "Job",
        setup=_setup_of(row),
        jams_id=rest.jams_id,
        icon_message=row.icon_message,
        parameters=rest.parameters,
        hidden=rest.hidden,
        elements=rest.elements,
        properties=rest.properties,
        tag_ids=rest.tag_ids,
        tags=rest.tags,
        execute_as=rest.execute_as,
    )
    return msgspec.json.encode(kept).decode()


def record_cancelled(
    c: Connection,
    row: Found,
    *,
    severity: Severity,
    status: str,
    event: Event = Event.FAIL,
    stage: MemberStage | None = None,
) -> None:
    """End an entry that has not started; ``status`` says why, ``stage`` what that means to its setup."""
    now = clock.now()
    values = {
        "start_time": None,
        "process_id": None,
        "log_filename": None,
        "completion_time": now,
        "final_severity": severity,
        "final_status": status,
        "final_status_code": None,
        "retain_until": _stays_until(row, severity, now, kept_for(c)),
        "stage": stage or member_ends.stage_after(row, severity),
    }
    if row.stage is MemberStage.WAITS:
        values["passed"] = row.passed | passing.BEFORE_ITS_TURN
    transitions.move(c, row, event, EntryState.COMPLETE, line_id=None, opens_at=None, look_at=None, **values)
    record = _record(row, None, values)
    history.add(c, [record])
    telling.ended(c, [row], [record])
    consequences.of_cancelled(c, row)
    repeats.go_on(c, row.trigger_id, Point(row.point, row.day), severity, now)


def record_finished(
    c: Connection, row: Found, *, severity: Severity, status: str, now: datetime, restart: int = 0
) -> datetime | None:
    """End a setup or sequence all of whose members have ended; ``restart`` as of a run.

    Returns:
        When its members leave the monitor; None: when somebody removes it.
    """
    end = RunEnded(
        token="",
        jams_entry=row.number,
        outcome=RunOutcome.EXITED,
        completion_time_utc=now,
        elapsed_seconds=None if row.start_time is None else (now - row.start_time).total_seconds(),
    )
    keep = kept_for(c)
    values = {
        "start_time": row.start_time,
        "process_id": None,
        "log_filename": None,
        "completion_time": now,
        "final_severity": severity,
        "final_status": status,
        "final_status_code": 0 if severity is Severity.SUCCESS else None,
        "retain_until": _stays_until(row, severity, now, keep),
        "stage": member_ends.stage_after(row, severity),
    }
    record = _record(row, end, values, is_end=not restart)
    history.add(c, [record])
    counts = not restart and severity.rank <= Severity.INFO.rank
    statistics.add(c, [record], {row.ron} if counts else set())
    telling.ended(c, [row], [record])
    if restart:
        run_again(c, row, Event.RUN_AGAIN, hold=restart == 2)
        consequences.of_finished(c, row, record)
        return now + keep
    following = repeats.Repeating(c, [row.trigger_id], [row.number])
    next_run = following.after(row.trigger_id, Point(row.point, row.day), severity, now)
    if next_run is not None and not next_run.new_entry:
        repeats.run_same(c, row, next_run, _NOT_RUN, now)
    else:
        shown = {"job_status": None, "halted": False, "look_at": None}
        transitions.move(c, row, Event.END, EntryState.COMPLETE, **shown, **values)
    if next_run is not None and next_run.new_entry:
        repeats.run_new(c, next_run, now)
    consequences.of_finished(c, row, record)
    return values["retain_until"] if next_run is None or next_run.new_entry else now + keep


def run_again(
    c: Connection,
    row: Found,
    event: Event,
    *,
    hold: bool,
    retry_at: datetime | None = None,
    stage: MemberStage = MemberStage.REACHED,
    keep_good: bool = False,
) -> None:
    """Make an entry that has run wait for its next run, under a new run number.

    With ``retry_at`` it is tried again by itself, then; otherwise somebody wants it, and it has all of its
    attempts again. ``stage`` is that of a member. A setup or sequence with ``keep_good`` runs again what of
    it did not end well.
    """
    now = clock.now()
    own = None if row.parent is None else stage
    transitions.move(
        c,
        row,
        event,
        transitions.standing(held=hold, hold_time=retry_at, now=now, demands=row.demands, stage=own),
        held=hold,
        stage=own,
        passed=row.passed & ~passing.OF_ONE_RUN | (passing.KEEPS_GOOD if keep_good else 0),
        ron=numbers.for_run(c),
        restart_count=row.restart_count + 1,
        attempt=0 if retry_at is None else row.attempt + 1,
        hold_time=retry_at,
        opens_at=retry_at,
        since=now,
        **_NOT_RUN,
    )
