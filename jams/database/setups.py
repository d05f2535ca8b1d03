"""Setups as documents of their own: what of a job of the method Setup they show, and how they change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from msgspec import UNSET
from msgspec.structs import fields, replace
from sqlalchemy import Connection

from jams.objects.definitions import Job
from jams.objects.enums import FailureAction, Severity
from jams.objects.errors import InvalidArgument, JAMSError, JobNotFound, SetupNotFound
from jams.objects.parts import Element, PropertyValue
from jams.objects.patch import Patch, patch_of, version_seen
from jams.objects.preconditions import ALWAYS, Precondition
from jams.objects.setups import Setup, SetupJob, SetupParameter
from jams.registry.kinds import ValueType
from jams.registry.references import read_reference
from jams.registry.sequences import TASK, VALUE, uid_of

from . import jobs, methods, names, versions
from .sight import EVERYTHING, Sight

_OWN = {"setup_id": "job_id", "setup_name": "job_name", "jobs": "source_elements"}
"""Members of a setup that its job calls otherwise."""

_SHARED = tuple(field.name for field in fields(Setup) if field.name in {each.name for each in fields(Job)})

_PLAIN = {
    "name": "OverrideJobName",
    "agent_node": "AgentName",
    "credential_name": "Credential",
    "batch_queue_name": "BatchQueueName",
    "only_submit_on": "OnlySubmitOn",
    "except_for_date": "ExceptForDate",
    "schedule_for_date": "ScheduleForDate",
    "scheduled_time": "ScheduledTime",
}
"""Members that are texts, and the properties that they are of a task."""


def find(c: Connection, *, id: int | None = None, name: str | None = None) -> int:
    """The number of a setup, by number, path or bare name.

    Raises:
        SetupNotFound: there is no such setup.
        Conflict: several jobs bear the bare name.
    """
    with _told_of_setups():
        found = jobs.find(c, id=id, name=name)
    _check_setup(c, found)
    return found


def _check_setup(c: Connection, id: int) -> None:
    job = jobs.get(c, id)
    if job.method_name != methods.SETUP:
        raise SetupNotFound(
            f"{job.qualified_name} is a job of the method {job.method_name}, and no setup.",
            target=job.qualified_name,
        )


def get(c: Connection, id: int) -> Setup:
    """One setup. Raises JobNotFound."""
    return of_job(jobs.get(c, id))


def in_folder(
    c: Connection, folder: int, *, recursive: bool = False, pattern: str | None = None
) -> list[Setup]:
    """The setups of a folder, and if recursive of those below it, by path."""
    found = jobs.in_folder(c, folder, recursive=recursive, pattern=pattern)
    return [of_job(job) for job in found if job.method_name == methods.SETUP]


def create(c: Connection, setup: Setup, *, user: str, lenient: bool = False) -> Setup:
    """Make a setup. Raises as :func:`jams.database.jobs.create` does."""
    with _told_of_setups():
        return of_job(jobs.create(c, as_job(setup), user=user, lenient=lenient))


def change(
    c: Connection,
    patch: Patch[Setup],
    *,
    id: int | None = None,
    name: str | None = None,
    user: str,
    condition: Precondition = ALWAYS,
    lenient: bool = False,
) -> tuple[Setup, bool]:
    """Change a setup, or make it; its document then, and whether it was made.

    Raises SetupNotFound, and as :func:`jams.database.jobs.change` does.
    """
    wanted = as_change(patch)
    with _told_of_setups():
        found = _meant(c, wanted, id, name)
        if found is not None:
            _check_setup(c, found)
            # Which one it is is known; its own number has been held against that.
            job, made = jobs.change(
                c,
                replace(wanted, method_name=UNSET),
                id=found,
                user=user,
                condition=condition.also(version_seen(wanted)),
                lenient=lenient,
            )
        else:
            job, made = jobs.change(c, wanted, user=user, condition=condition, lenient=lenient)
    return of_job(job), made


def _meant(c: Connection, patch: Patch[Job], id: int | None, name: str | None) -> int | None:
    return versions.meant(patch, id, name, partial(jobs.find, c), partial(jobs.by_place, c, patch))


def check_dates(c: Connection, document: Setup | Patch[Setup], id: int | None, name: str | None) -> None:
    """As :func:`jams.database.jobs.check_dates`."""
    with _told_of_setups():
        if isinstance(document, Setup):
            jobs.check_dates(c, as_job(document), None, None)
        else:
            jobs.check_dates(c, as_change(document), id, name)


def delete(
    c: Connection,
    id: int,
    condition: Precondition = ALWAYS,
    *,
    sight: Sight = EVERYTHING,
    force: bool = False,
) -> str:
    """Delete a setup; its path. Raises as :func:`jams.database.jobs.delete` does."""
    return jobs.delete(c, id, condition, sight=sight, force=force)


@contextmanager
def _told_of_setups() -> Iterator[None]:
    """Let errors speak of the members that a setup has."""
    told = {"jobName": "setupName", "sourceElements": "jobs", "jobID": "setupID"}
    try:
        yield
    except JAMSError as error:
        if type(error) is JobNotFound and error.member is None:
            raise SetupNotFound(error.message.replace("no job", "no setup", 1), target=error.target) from None
        error.member = told.get(error.member or "", error.member)
        raise


def as_job(setup: Setup) -> Job:
    """The job that a setup is."""
    shared = {name: getattr(setup, name) for name in _SHARED}
    return Job(
        job_id=setup.setup_id,
        job_name=setup.setup_name,
        method_name=methods.SETUP,
        source_elements=tasks_of(setup.jobs),
        **shared,
    )


def as_change(patch: Patch[Setup]) -> Patch[Job]:
    """The change of a job that a change of a setup is."""
    said: dict[str, Any] = {name: getattr(patch, name) for name in _SHARED}
    said |= {other: getattr(patch, name) for name, other in _OWN.items()}
    members = said["source_elements"]
    if members is not UNSET and members is not None:
        said["source_elements"] = tasks_of(members)
    return patch_of(Job)(method_name=methods.SETUP, **said)


def of_job(job: Job) -> Setup:
    """The setup that a job of that method is."""
    shared = {name: getattr(job, name) for name in _SHARED}
    return Setup(
        setup_id=job.job_id,
        setup_name=job.job_name,
        jobs=members_of(job.source_elements, job.parent_folder_name or names.ROOT),
        **shared,
    )


def tasks_of(members: Sequence[SetupJob]) -> list[Element]:
    """The tasks that the members of a setup are."""
    found: list[Element] = []
    for number, member in enumerate(members, start=1):
        said: dict[str, Any] = {"Step": member.step, "SubmitJob": _job(member)}
        said |= {known: getattr(member, name) for name, known in _PLAIN.items()}
        if member.completion_severity is not None:
            said["CompletionSeverity"] = member.completion_severity.value
        if member.failure_action is not None:
            said["FailureAction"] = member.failure_action.value
        said |= {} if member.wait_for else {"WaitFor": False}
        said |= {} if member.enabled else {"Enabled": False}
        label = member.name or "".join(names.split(member.job_name or "")[-1:]) or f"Job {member.job_id}"
        uid = f"member {number}"
        found.append(_element(label, TASK, said, uid=uid))
        for value in member.parameters:
            given = {
                "ParentTaskID": uid,
                "ParameterName": value.param_name,
                "Value": value.default_value,
                "VariableName": value.variable_name,
            }
            found.append(_element(value.param_name, VALUE, given))
    return found


def _job(member: SetupJob) -> str | dict[str, Any] | None:
    """The job that a member names. Raises InvalidArgument when it names it twice."""
    if member.job_name and member.job_id:
        raise InvalidArgument(
            f"A member names its job by jobName ({member.job_name}) and by jobID ({member.job_id}): say one "
            "of them.",
            member="jobs",
        )
    if member.job_name:
        return member.job_name
    return {"jobID": member.job_id} if member.job_id else None


def _element(name: str, kind: str, said: dict[str, Any], *, uid: str | None = None) -> Element:
    return Element(
        element_name=name,
        element_type_name=kind,
        element_uid=uid,
        properties=[
            PropertyValue(property_name=known, current_value=value)
            for known, value in said.items()
            if value is not None
        ],
    )


def members_of(elements: Sequence[Element], folder: str) -> list[SetupJob]:
    """The members of a setup that its tasks are, as far as they can be read."""
    found: list[SetupJob] = []
    by_uid: dict[str, SetupJob] = {}
    for element in elements:
        said = {item.property_name: item.current_value for item in element.properties}
        if element.element_type_name == TASK:
            member = _member(said, folder)
            found.append(member)
            if uid_of(element.element_uid):
                by_uid[uid_of(element.element_uid)] = member
    for element in elements:
        said = {item.property_name: item.current_value for item in element.properties}
        owner = by_uid.get(uid_of(said.get("ParentTaskID")))
        if element.element_type_name == VALUE and owner is not None:
            value = SetupParameter(
                param_name=text(said.get("ParameterName")) or element.element_name,
                default_value=text(said.get("Value")),
                variable_name=_named(ValueType.VARIABLE, said.get("VariableName"), folder),
            )
            owner.parameters = [*owner.parameters, value]
    return found


def _member(said: dict[str, Any], folder: str) -> SetupJob:
    job = said.get("SubmitJob")
    name = _named(ValueType.JOB, job, folder)
    step = said.get("Step")
    return SetupJob(
        job_name=name,
        job_id=_number(job) if name is None else None,
        name=text(said.get("OverrideJobName")),
        step=step if isinstance(step, int) else 0,
        completion_severity=word(Severity, said.get("CompletionSeverity")),
        failure_action=word(FailureAction, said.get("FailureAction")),
        wait_for=said.get("WaitFor") is not False,
        enabled=said.get("Enabled") is not False,
        agent_node=_named(ValueType.AGENT, said.get("AgentName"), folder),
        batch_queue_name=_named(ValueType.QUEUE, said.get("BatchQueueName"), folder),
        credential_name=_named(ValueType.CREDENTIAL, said.get("Credential"), folder),
        only_submit_on=text(said.get("OnlySubmitOn")),
        except_for_date=text(said.get("ExceptForDate")),
        schedule_for_date=text(said.get("ScheduleForDate")),
        scheduled_time=text(said.get("ScheduledTime")),
    )


def _named(kind: ValueType, value: Any, folder: str) -> str | None:
    try:
        found = None if value is None else read_reference(kind, value)
    except ValueError:
        return None
    if found is None or found.name is None:
        return None
    return names.join(folder, found.name.strip("\\/")) if found.relative else found.name


def _number(value: Any) -> int | None:
    try:
        found = None if value is None else read_reference(ValueType.JOB, value)
    except ValueError:
        return None
    return None if found is None else found.id


def text(value: Any) -> str | None:
    """A value as text."""
    return None if value is None else str(value)


def word(choices: Any, value: Any) -> Any:
    """The choice that a value is the word of, in any case, or None."""
    return next((each for each in choices if str(each.value).casefold() == str(value).casefold()), None)
