"""Submissions: an entry made from what was filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import (
    agents,
    clock,
    credentials,
    definition_stamps,
    entries,
    guarding,
    methods,
    named_in_definitions,
    names,
    numbers,
    variables,
)
from jams.database.sight import told_of
from jams.objects.base import NEVER
from jams.objects.enums import InitiatorType, RetainOption
from jams.objects.errors import (
    CredentialNotFound,
    InvalidArgument,
    JAMSError,
    MissingArgument,
    WrongState,
)
from jams.objects.parts import Element, PropertyValue
from jams.objects.plan import MemberRule
from jams.objects.rules import OutcomeRules
from jams.objects.schedule import SubmitInfo, SubmitResult
from jams.objects.trigger_parts import Fired
from jams.registry import Reference, outcome_rules

from . import (
    departures,
    event_rules,
    plans,
    requirements,
    secret_reach,
    submission_rights,
    submittable,
    telling_rules,
    watching,
)
from .dated_values import DatedValues
from .departures import Departure
from .filling import fill_in
from .submission_content import Content, content_of
from .submission_documents import whole_seconds
from .submission_members import Kind, demands
from .submittable import Submittable
from .transitions import standing


class Takes(Protocol):
    """Lets work run as a credential, here or at another host, or log on by it; or raises what refuses it."""

    def __call__(self, c: Connection, named: Reference, *, here: bool, member: str = ...) -> None:
        """Raises AccessDenied, NotSupported; ``member`` is the property that names it."""


def take_any(c: Connection, named: Reference, *, here: bool, member: str = "") -> None:
    """For the engine, which submits what somebody has defined who may."""


Permit = Callable[[Departure], None]
"""Lets somebody depart from what a job leaves open, or raises AccessDenied."""


def permit_all(_: Departure) -> None:
    """For whoever may change the job as well."""


class Origin(NamedTuple):
    """What made an entry that was neither a person nor a program: its kind, its number, why a trigger did.

    ``because`` says it in a sentence, to who asks why the entry is there.
    """

    kind: InitiatorType
    number: int | None = None
    fired: Fired | None = None
    because: str | None = None


NOBODY = Origin(InitiatorType.UNKNOWN)


class Submitter(NamedTuple):
    """Who submits, and how far he may go.

    Attributes:
        user: his account.
        permit: lets him depart from what the job leaves open, or refuses.
        lenient: whether he wants to have submitted what demands more than is obeyed.
        sees: whether he may look at definitions, and is told what of them is not obeyed.
        origin: what makes the entry, when it is neither a person nor a program.
        day: the day for which it works, if that is not the one on which it is to start.
        member: how its end is taken, if it is a member of a setup or sequence.
        takes: lets its work run as a credential that it names, or refuses.
    """

    user: str
    permit: Permit = permit_all
    lenient: bool = False
    sees: bool = True
    origin: Origin = NOBODY
    day: date | None = None
    member: MemberRule | None = None
    takes: Takes = take_any


def enter(c: Connection, info: SubmitInfo, who: Submitter) -> SubmitResult:
    """Check a submission and make its entry.

    With ``test_submit`` it is only checked, and answered with entry 0: no number is used up. What of the
    job's definition is not obeyed is named in the answer and at the entry; for a lenient submitter also what
    of the submission is not.

    Raises:
        AccessDenied: the submitter may not depart from what the job leaves open.
        JobNotFound, Conflict: which job it is cannot be told.
        Damaged: what is stored of the job, or of a folder above it, cannot be read.
        AgentNotFound, QueueNotFound and others: what it names does not exist.
        MissingArgument: no job is named, or a required parameter has no value.
        UnknownProperty, UnknownElementType: it says what nobody knows.
        NotSupported: it demands what is not obeyed here.
        InvalidParameter, InvalidArgument: a value cannot be taken.
        WrongState: the job is disabled.
    """
    if info.test_submit:
        checked = checked_by(c, definition_stamps.stamp(c), info, who)
        return answer_of(checked, f"{checked.path} can be submitted so.")
    checked, (number, ron) = _numbered(c, info, who)
    entries.add(c, {"number": number, "ron": ron, **checked.columns})
    told = answer_of(checked, f"{checked.path} was submitted as entry {number}.", number, ron)
    message, because = f"Entry {number} was submitted.", who.origin.because
    entries.add_audit(c, number, user=who.user, message=message, comment=info.note, details=because)
    return told


class Checked(NamedTuple):
    """A submission that can be made: the path of its job, the entry's columns, what is not obeyed."""

    path: str
    columns: dict[str, Any]
    told: tuple[str, ...]


def answer_of(checked: Checked, text: str, number: int = 0, ron: int = 0) -> SubmitResult:
    """The answer to a submission: a text, and what of the job is not obeyed."""
    if checked.told:
        text += f" Not obeyed here: {', '.join(each.partition(':')[0] for each in checked.told)}."
    return SubmitResult(jams_entry=number, ron=ron, result_text=text, not_obeyed=checked.told)


def columns_of(
    c: Connection,
    stamp: int,
    info: SubmitInfo,
    *,
    user: str,
    origin: Origin = NOBODY,
    day: date | None = None,
    member: MemberRule | None = None,
) -> dict[str, Any]:
    """The columns of a submission's entry, without its numbers, by the definitions of that stamp.

    Raises as :func:`enter` does.
    """
    return checked_by(
        c, stamp, info, Submitter(user, lenient=True, origin=origin, day=day, member=member)
    ).columns


def _numbered(c: Connection, info: SubmitInfo, who: Submitter) -> tuple[Checked, tuple[int, int]]:
    """As :func:`checked_by`, with the numbers of entry and run.

    The check is made by the definitions as they were met last. Whether they are still the same is found out
    by the question that gives the numbers, so that a submission asks once; one that is refused uses none.
    """
    stamp, drawn = definition_stamps.last_stamp(c), None
    while True:
        try:
            checked = checked_by(c, stamp, info, who)
        except JAMSError:
            now = definition_stamps.stamp(c)
            if now == stamp:
                raise
        else:
            drawn = drawn or numbers.for_submission(c)
            now = drawn.definitions
            if now == stamp:
                return checked, (drawn.entry, drawn.ron)
        stamp = now


def checked_by(c: Connection, stamp: int, info: SubmitInfo, who: Submitter) -> Checked:
    """What comes of a submission by the definitions of that stamp. Raises as :func:`enter` does."""
    job = submittable.of_document(c, stamp, info)
    submission_rights.check_job(c, job.row.id, debug=info.debug_mode)
    demanded = list(demands(job, info))
    departed = _permitted(c, job, who, departures.of_members(demanded))
    content = content_of(job, info, demanded, user=who.user)
    if who.permit is not permit_all or guarding.of(c) is not None:
        departed |= _permitted(c, job, who, _departures(c, job, info, content))
    if content.acceptance.said:
        said = content.acceptance.said
        named_in_definitions.check_references(c, said, job.folder_path, lenient=who.lenient)
    given = content.given
    content.acceptance.settle(lenient=who.lenient)
    if not job.effective("Enabled", given):
        raise WrongState(f"Job {job.path} is disabled.", target=job.path)
    if any(demand.name == "source" for demand in demanded):
        raise InvalidArgument("A submission cannot bring another source: change the job.", member="source")
    if info.override_name is not None:
        names.check_name(info.override_name, "overrideName")
    agent_id = agents.number_of(c, job.effective("Agent", given))
    named = _execute_as(job, given)
    # Who says otherwise than the job what its runs do needs its accounts, as if he changed it.
    another = content.says("ExecuteAs")
    if (another or departed) and named != Reference():
        who.takes(c, named, here=another and agent_id == agents.LOCAL_ID)
    connects = _credential(job, given)
    if (departed or content.says("ConnectionCredential")) and connects != Reference():
        who.takes(c, connects, here=False, member="ConnectionCredential")
    own = content.acceptance.texts()
    moment = who.day or _after(info) or clock.now()
    dated = DatedValues(c, job.meaning("Calendar", given), moment)
    rest = _rest(job, info, content, [*job.not_obeyed, *own], dated)
    for value in rest.parameters:
        if value.encryption_id is not None:
            who.permit(Departure(value.param_name, Kind.SECRET))
            submission_rights.check_secret(c, value.param_name, value.encryption_id)
    rest.execute_as, rest.execute_as_id = named.name, named.id
    if named.name is None and named.id is not None:
        with suppress(CredentialNotFound):
            rest.execute_as = credentials.name_of(c, named.id)
    container = methods.is_container(job.method_name)
    if container and (who.permit is not permit_all or guarding.of(c) is not None):
        for variable in _secrets_within(c, stamp, job):
            who.permit(Departure(job.path, Kind.SECRET))
            submission_rights.check_secret(c, job.path, variable)
    with guarding.unlimited(c):
        demanded_of = requirements.of_entry(c, stamp, job, given, _after(info) or clock.now())
        rest.tells = telling_rules.of_entry(c, stamp, job, given, content.elements)
    if container:
        demanded_of = requirements.without_capacity(demanded_of)
    else:
        submission_rights.check_places(c, agent_id, demanded_of)
    rest.needs, rest.retry = demanded_of.needs, demanded_of.retry
    if who.origin.kind is InitiatorType.PRECHECK and rest.needs is not None:
        # A precheck has none itself: it may be its own.
        rest.needs = replace(rest.needs, precheck=None)
    origin = who.origin
    rest.initiator_type, rest.initiator_id, rest.fired = origin.kind, origin.number, origin.fired
    rest.member = who.member
    return Checked(
        path=job.path,
        columns=_columns(
            job,
            info,
            given,
            rest,
            user=who.user,
            agent_id=agent_id,
            queue_id=demanded_of.queue_id,
            source=_plan(c, stamp, job) if container else job.source,
            looked_at=container,
        ),
        told=(*(job.not_obeyed if who.sees else told_of(job.not_obeyed)), *own),
    )


def _secrets_within(c: Connection, stamp: int, job: Submittable) -> set[int]:
    """The encrypted variables that its members have."""
    if not variables.any_encrypted(c):
        return set()
    id = job.row.id
    return definition_stamps.derived(c, stamp, ("secrets within", id), lambda: secret_reach.within(c, id))


def _permitted(c: Connection, job: Submittable, who: Submitter, asked: Iterable[Departure]) -> bool:
    """Whether any of them changes what the job does; raises AccessDenied for one that he may not make."""
    found = False
    for departure in asked:
        who.permit(departure)
        submission_rights.check_departure(c, job.row.id, departure)
        found = found or departure.kind is Kind.DEFINITION
    return found


def _departures(c: Connection, job: Submittable, info: SubmitInfo, content: Content) -> Iterator[Departure]:
    for item in content.properties:
        if item.property_name != "SchedulingPriority" and not _as_the_job(c, job, item):
            yield Departure(item.property_name, Kind.DEFINITION)
    if _priority(job, content.given) > job.effective("SchedulingPriority"):
        yield Departure("schedulingPriority", Kind.STEERING)
    values = {names.fold(item.param_name): item.param_value for item in info.parameters}
    for definition in job.parameters:
        yield from departures.of_parameter(definition, values.get(names.fold(definition.param_name)))


def _as_the_job(c: Connection, job: Submittable, item: PropertyValue) -> bool:
    """Whether a property is given as the job has it."""
    found = job.offered.get(item.property_name.lower())
    said = None if found is None else found.value
    if item.property_name != "Agent" or said == item.current_value:
        return item.current_value is None or said == item.current_value
    try:
        return agents.number_of(c, said) == agents.number_of(c, item.current_value)
    except JAMSError:
        return False


def _rest(
    job: Submittable, info: SubmitInfo, content: Content, not_obeyed: list[str], dated: DatedValues
) -> entries.EntryRest:
    given = content.given
    offered, values = fill_in(job.parameters, info.parameters, dated)
    option, time = _retained(job, content)
    return entries.EntryRest(
        method_name=job.method_name,
        method_type="" if job.base.name == job.method_name else job.base.name,
        template=job.template,
        credential=_credential(job, given).name,
        credential_id=_credential(job, given).id,
        macro_file=job.effective("MacroFile", given) or "" if job.base.parsed else "",
        display_name=info.override_name,
        description=info.description or job.rest.description or None,
        note=info.note,
        restartable=job.meaning("Restartable", given) is not False,
        debug=info.debug_mode,
        rules=_rules(job, given, content.elements),
        retain_option=option,
        retain_time=time,
        home_directory=job.effective("HomeDirectory", given) or None,
        log_location=job.effective("LogLocation", given) or None,
        revision=job.row.version,
        jams_id=info.jams_id,
        parameters=values,
        definitions=offered,
        elements=content.elements,
        source_elements=[] if methods.is_container(job.method_name) else content.source_elements,
        properties=given,
        tag_ids=info.tag_ids or job.rest.tag_ids,
        tags=info.tags or job.rest.tags,
        not_obeyed=not_obeyed,
    )


def _credential(job: Submittable, given: list[PropertyValue]) -> Reference:
    """The credential with which runs log on elsewhere, if there is one."""
    named = job.meaning("ConnectionCredential", given) if job.base.connects else None
    return named if isinstance(named, Reference) else Reference()


def _execute_as(job: Submittable, given: list[PropertyValue]) -> Reference:
    """The credential whose account runs take, if there is one."""
    named = job.meaning("ExecuteAs", given)
    return named if isinstance(named, Reference) else Reference()


def _rules(job: Submittable, given: list[PropertyValue], elements: list[Element]) -> OutcomeRules | None:
    """How the entry's runs are judged and watched; as the job says, unless the submission departs from it."""
    departs = any(item.property_name.lower() in outcome_rules.NAMES for item in given)
    if not departs and elements == job.rest.elements:
        return job.rules
    rules = outcome_rules.rules_of(lambda name: job.effective(name, given))
    return event_rules.with_events(rules, job.sources_with(elements))


def _retained(job: Submittable, content: Content) -> tuple[RetainOption, int | None]:
    """How long the entry is shown when it has ended: the option, and the seconds that go with it."""
    given = content.given
    option = job.meaning("RetainOption", given) or RetainOption.DEFAULT
    time = whole_seconds(job.meaning("RetainTime", given))
    if option is RetainOption.TIMED and time is None and content.says("RetainOption"):
        raise MissingArgument("retainOption Timed needs retainTime, in seconds.", member="retainTime")
    if option is not RetainOption.TIMED and content.says("RetainTime"):
        raise InvalidArgument("retainTime counts with retainOption Timed alone.", member="retainTime")
    return option, time


def _after(info: SubmitInfo) -> datetime | None:
    return None if info.after_time_utc in (None, NEVER) else info.after_time_utc


def _columns(
    job: Submittable,
    info: SubmitInfo,
    given: list[PropertyValue],
    rest: entries.EntryRest,
    *,
    user: str,
    agent_id: int,
    queue_id: int | None,
    source: str,
    looked_at: bool,
) -> dict[str, Any]:
    now = clock.now()
    after = _after(info)
    demands_more = looked_at or rest.needs is not None or queue_id is not None
    return {
        "job_id": job.row.id,
        "job_name": job.row.name,
        "folder_id": job.row.folder_id,
        "folder_name": job.folder_path,
        "method_id": job.row.method_id,
        "agent_id": agent_id,
        "submitted_by": user,
        "state": standing(held=info.hold, hold_time=after, now=now, demands=demands_more),
        "demands": demands_more,
        "queue_id": queue_id,
        "opens_at": after,
        "ready_at": after or now,
        "since": now,
        "held": info.hold,
        "priority": _priority(job, given),
        "scheduled_time": after or now,
        "original_hold_time": after,
        "hold_time": after,
        "restart_count": 0,
        "source": source,
        "document": entries.encode_rest(rest),
        **watching.waiting(rest.rules, after or now),
    }


def _plan(c: Connection, stamp: int, job: Submittable) -> str:
    """What a setup or sequence runs, as its entry keeps it."""
    return definition_stamps.derived(
        c,
        stamp,
        ("plan", job.row.id),
        lambda: plans.encoded(plans.plan_of(c, job.method_name, job.folder_path, job.rest.source_elements)),
    )


_PRIORITIES = range(-(2**31), 2**31)


def _priority(job: Submittable, given: list[PropertyValue]) -> int:
    return checked_priority(job.effective("SchedulingPriority", given))


def checked_priority(value: Any) -> int:
    """The scheduling priority. Raises InvalidArgument when it is out of range."""
    if not isinstance(value, int) or value not in _PRIORITIES:
        raise InvalidArgument(
            "A scheduling priority lies between -2147483648 and 2147483647.", member="schedulingPriority"
        )
    return value
