"""What operators do to entries (semantics 2.4). Each writes the entry's audit trail and says what it did.

An action changes the entry in the transaction of its connection; what must happen outside of the database
(ending a process) is asked for there, and done by the scheduler when it wakes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import clock, entries, guarding, happenings, named_in_definitions, names, references, runs
from jams.database.agents import LOCAL_ID
from jams.database.methods import is_container
from jams.database.reading import Found, check_whole
from jams.objects.base import NEVER
from jams.objects.enums import EntryState, MemberStage, ReleaseType, Severity
from jams.objects.errors import (
    InvalidArgument,
    MissingArgument,
    NotSupported,
    ParameterNotFound,
    WrongState,
)
from jams.objects.needs import NOTHING
from jams.objects.parts import PropertyValue
from jams.objects.schedule import Cancel, Comment, Release, Reschedule, Restart, SetParameter
from jams.registry import JOB_PROPERTIES, Acceptance, Place, ValueType, read, sequences

from . import (
    consequences,
    dated_values,
    departures,
    passing,
    plans,
    releases,
    secret_reach,
    showing,
    submission_rights,
    transitions,
    watching,
)
from .containers import operating, running
from .filling import parameter_value, takes_no_other
from .settlement import record_cancelled, run_again
from .submission import Permit, checked_priority, permit_all
from .submission_members import Kind
from .transitions import Event, standing


def hold(c: Connection, number: int, user: str, body: Comment) -> str:
    """Hold an entry until someone releases it. Raises WrongState, EntryNotFound."""
    row = _checked(c, number, Event.HOLD)
    if operating.is_under_way(row):
        operating.hold(c, row)
        return _done(c, row, user, "was held: nothing more of it is let go", body.comment)
    values = _moved(c, row, held=True, hold_time=row.hold_time)
    transitions.move(c, row, Event.HOLD, EntryState.HELD, **values)
    return _done(c, row, user, "was held", body.comment)


def release(c: Connection, number: int, user: str, body: Release) -> str:
    """Let an entry pass by a hold, a start time, or both. Raises WrongState, EntryNotFound."""
    row = operating.locked(c, number)
    now = clock.now()
    offered = releases.offered(row, now)
    wanted = set(body.release_types) - {ReleaseType.NONE} or {ReleaseType.MANUAL_HOLD}
    if body.force_present:
        wanted.add(ReleaseType.TIMED_WAIT)
    if ReleaseType.RUN_AGAIN in wanted & offered and row.state.ended:
        return _run_again(c, row, user, body.comment)
    container = is_container(row.rest.method_name)
    transitions.check(row.number, row.state, Event.RELEASE, container=container)
    passed = wanted & offered
    if not passed:
        raise WrongState(
            f"Entry {row.number} does not wait for what it is to be released from. {releases.told(offered)}",
            target=row.number,
        )
    kinds = ", ".join(sorted(kind.value for kind in passed))
    if operating.is_under_way(row):
        operating.release(c, row, passed)
        return _done(c, row, user, "was released", body.comment, details=f"Released from: {kinds}")
    held = row.held and ReleaseType.MANUAL_HOLD not in passed
    stage = MemberStage.REACHED if ReleaseType.STEP_WAIT in passed else row.stage
    by_time = passed & {ReleaseType.TIMED_WAIT, ReleaseType.EXECUTION_WAIT_RETRY}
    hold_time = None if by_time else row.hold_time
    values = _moved(c, row, held=held, hold_time=hold_time)
    if row.held and not held:
        values["ready_at"] = max(now, row.ready_at or now)
    values["passed"] = row.passed | passing.bits(passed)
    values["stage"] = stage
    state = standing(held=held, hold_time=hold_time, now=now, demands=row.demands, stage=stage)
    transitions.move(c, row, Event.RELEASE, state, **values)
    return _done(c, row, user, "was released", body.comment, details=f"Released from: {kinds}")


def _run_again(c: Connection, row: Found, user: str, comment: str | None) -> str:
    transitions.check(row.number, row.state, Event.RESTART)
    operating.check_belongs(c, row)
    stage, keep_good = operating.stage_again(row), is_container(row.rest.method_name)
    run_again(c, row, Event.RESTART, hold=False, stage=stage, keep_good=keep_good)
    operating.told(c, row)
    return _done(c, row, user, "was released to run again", comment)


def reschedule(c: Connection, number: int, user: str, body: Reschedule) -> str:
    """Give an entry another start time, hold or priority; what is left out stays.

    Raises:
        EntryNotFound: there is none.
        WrongState: it has started.
        MissingArgument: nothing is to be changed.
        UnknownProperty: a property that an entry does not have.
        NotSupported: a property that this server does not obey.
        InvalidArgument: a value that cannot be taken, or two that contradict each other.
    """
    row = _checked(c, number, Event.RESCHEDULE)
    now = clock.now()
    values: dict[str, Any] = {}
    if body.hold_time not in (None, NEVER):
        values |= {"hold_time": body.hold_time, "scheduled_time": body.hold_time, "ready_at": body.hold_time}
        values |= watching.waiting(row.rest.rules, body.hold_time)
    if body.held is not None:
        values["held"] = body.held
    said = _properties(row, body)
    priority = _priority(row, body, said)
    if priority is not None:
        values["priority"] = priority
    if said.get("BatchQueue") is not None:
        values |= _into_queue(c, row, said["BatchQueue"])
    if not values:
        raise MissingArgument(
            "Say what to change: holdTime, held, priority or properties.", member="holdTime"
        )
    stands = {"held": row.held, "hold_time": row.hold_time} | values
    demands = values.get("demands", row.demands)
    state = standing(
        held=stands["held"], hold_time=stands["hold_time"], now=now, demands=demands, stage=row.stage
    )
    values |= _moved(c, row, held=stands["held"], hold_time=stands["hold_time"])
    transitions.move(c, row, Event.RESCHEDULE, state, **values)
    return _done(c, row, user, "was rescheduled", body.comment)


def _properties(row: Found, body: Reschedule) -> dict[str, Any]:
    """The values of properties that a reschedule gives, by name."""
    shown = [item for item in row.rest.properties if item.property_name != "SchedulingPriority"]
    before = [*shown, PropertyValue(property_name="SchedulingPriority", current_value=row.priority)]
    acceptance = Acceptance()
    own = acceptance.properties(JOB_PROPERTIES, Place.ENTRY, body.properties, before)
    if is_container(row.rest.method_name):
        sequences.check_conduct(acceptance, own, ())
    acceptance.settle()
    return {item.property_name: item.current_value for item in own}


def _into_queue(c: Connection, row: Found, said: Any) -> dict[str, Any]:
    """The columns of an entry that is to wait in another queue. Raises QueueNotFound."""
    check_whole(row, f"entry {row.number}")
    reference = read(JOB_PROPERTIES["BatchQueue"], said)
    id = named_in_definitions.find(c, ValueType.QUEUE, reference, names.ROOT)
    found = references.queue(c, id, None)
    assert found is not None
    needs = row.rest.needs or NOTHING
    free = needs.any_agent or row.agent_id == LOCAL_ID
    row.rest.needs = replace(
        needs, queue_name=found[1], any_agent=free and references.queue_has_agents(c, found[0])
    )
    others = [item for item in row.rest.properties if item.property_name != "BatchQueue"]
    row.rest.properties = [*others, PropertyValue(property_name="BatchQueue", current_value=found[1])]
    return {"queue_id": found[0], "demands": True, "document": entries.encode_rest(row.rest)}


def _priority(row: Found, body: Reschedule, properties: dict[str, Any]) -> int | None:
    """The priority that a reschedule gives, by its member or by the property."""
    said = [properties["SchedulingPriority"]] if "SchedulingPriority" in properties else []
    if body.priority is not None and said and said[0] not in (body.priority, row.priority):
        raise InvalidArgument(
            "priority and the property SchedulingPriority contradict each other.", member="priority"
        )
    if body.priority is not None:
        return checked_priority(body.priority)
    return checked_priority(said[0]) if said else None


def restart(c: Connection, number: int, user: str, body: Restart) -> str:
    """Run an entry again; a run that is going on is ended first. Raises WrongState, EntryNotFound."""
    row = _checked(c, number, Event.RESTART)
    if not row.rest.restartable:
        raise WrongState(f"Entry {row.number} was submitted as not restartable.", target=row.number)
    if row.state.ended:
        operating.check_belongs(c, row)
        run_again(c, row, Event.RESTART, hold=body.hold, stage=operating.stage_again(row))
        operating.told(c, row)
        return _done(c, row, user, "was restarted", body.comment)
    if operating.is_under_way(row):
        again = 2 if body.hold else 1
        running.ask_end(c, row, force=False, severity=body.severity, user=user, restart=again)
        return _done(c, row, user, "will be restarted when its members have ended", body.comment)
    transitions.move(c, row, Event.RESTART, job_status=showing.BEING_RESTARTED)
    runs.ask_abort(
        c, row.number, force=False, severity=body.severity, user=user, restart=2 if body.hold else 1
    )
    return _done(c, row, user, "will be restarted when its run has ended", body.comment)


def cancel(c: Connection, number: int, user: str, body: Cancel) -> str:
    """End an entry; a run that is going on has ended when nothing of it lives.

    Raises EntryNotFound; WrongState when it has ended; NotSupported when more is asked for.
    """
    if body.reprocess_completion:
        raise NotSupported(
            "reprocessCompletion is not supported here: nothing follows the end of a run yet but its record.",
            target="reprocessCompletion",
            member="reprocessCompletion",
        )
    row = _checked(c, number, Event.CANCEL)
    if row.state.waiting:
        with guarding.unlimited(c):  # what follows from its end is the engine's doing
            record_cancelled(
                c,
                row,
                severity=body.severity or Severity.ERROR,
                status=f"Cancelled by {user}.",
                event=Event.CANCEL,
            )
        return _done(c, row, user, "was cancelled", body.comment)
    if operating.is_under_way(row):
        with guarding.unlimited(c):
            running.ask_end(c, row, force=body.force, severity=body.severity, user=user)
        return _done(c, row, user, "was cancelled: its members are being ended", body.comment)
    transitions.move(c, row, Event.CANCEL, job_status=showing.BEING_CANCELLED)
    runs.ask_abort(c, row.number, force=body.force, severity=body.severity, user=user)
    return _done(c, row, user, "was cancelled: its run is being ended", body.comment)


def remove(c: Connection, number: int, user: str, comment: str | None = None) -> str:
    """Take an entry that has ended out of the monitor. Raises EntryNotFound; WrongState when it has not."""
    row = _checked(c, number, Event.REMOVE)
    operating.check_removable(c, row)
    operating.remove_members(c, row)
    transitions.take_out(c, row, Event.REMOVE)
    return _done(c, row, user, "was removed from the monitor", comment)


def set_parameter(
    c: Connection, number: int, user: str, body: SetParameter, permit: Permit = permit_all
) -> str:
    """Give a parameter of an entry another value.

    Raises:
        Damaged: what the entry was given before cannot be read.
        AccessDenied: ``permit`` does not let it depart from what the job leaves open.
        EntryNotFound, ParameterNotFound: there is none.
        MissingArgument, InvalidParameter: its definition does not allow the value.
        WrongState: the entry has started.
        InvalidArgument: the numbers beside the names are those of others.
    """
    row = _checked(c, number, Event.SET_PARAMETER)
    if body.jams_entry and body.jams_entry != row.number:
        raise InvalidArgument(f"This is entry {row.number}, not {body.jams_entry}.", member="jamsEntry")
    check_whole(row, f"entry {row.number}")
    rest = row.rest
    key = names.fold(body.param_name)
    found = [n for n, value in enumerate(rest.parameters) if names.fold(value.param_name) == key]
    if not found:
        raise ParameterNotFound(
            f"Entry {row.number} has no parameter {body.param_name}.", target=body.param_name
        )
    old = rest.parameters[found[0]]
    if body.param_id and body.param_id != old.param_id:
        raise InvalidArgument(
            f"The number of the parameter {old.param_name} is {old.param_id}, not {body.param_id}.",
            member="paramId",
        )
    definition = next(d for d in rest.definitions if names.fold(d.param_name) == key)
    given = body.param_value or ""
    if old.encryption_id is not None and given:
        raise takes_no_other(old.param_name, member="paramValue")
    _check_secrets(c, row, permit)
    for departure in departures.of_parameter(replace(definition, param_value=old.value or ""), given):
        permit(departure)
    new = parameter_value(definition, given, dated_values.of_entry(c, row))
    rest.parameters[found[0]] = replace(new, loaded_from="Operator")
    transitions.move(c, row, Event.SET_PARAMETER, document=entries.encode_rest(rest))
    details = None if definition.hide else f"{old.param_name}: {old.value!r} became {new.value!r}"
    return _done(c, row, user, f"has another value of {old.param_name}", None, details)


def _check_secrets(c: Connection, row: Found, permit: Permit) -> None:
    """See that he may have the secrets of an entry: a value beside them can say where they are sent."""
    has = {each.encryption_id for each in row.rest.parameters if each.encryption_id is not None}
    if is_container(row.rest.method_name):
        has |= secret_reach.of_plan(c, plans.decoded(row.source))
    for variable in has:
        permit(departures.Departure("parameters", Kind.SECRET))
        submission_rights.check_secret(c, "parameters", variable)


def _checked(c: Connection, number: int, event: Event) -> Found:
    """The entry's row, if this may be done to it as it stands. Raises WrongState, EntryNotFound."""
    row = operating.locked(c, number)
    transitions.check(row.number, row.state, event, container=is_container(row.rest.method_name))
    return row


def _moved(c: Connection, row: Found, *, held: bool, hold_time: datetime | None) -> dict[str, Any]:
    """The columns of an entry that somebody places otherwise; it leaves the line in which it stood."""
    happenings.note(c, *consequences.left(c, row, for_good=False))
    return {
        "held": held,
        "hold_time": hold_time,
        "opens_at": hold_time,
        "line_id": None,
        "since": clock.now(),
    }


def _done(
    c: Connection, row: Found, user: str, what: str, comment: str | None, details: str | None = None
) -> str:
    message = f"Entry {row.number} {what}."
    entries.add_audit(c, row.number, user=user, message=message, comment=comment, details=details)
    return message
