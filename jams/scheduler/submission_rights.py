"""What the access lists of objects demand of who submits; the scheduler itself passes by all of them."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.database import guarding, tables
from jams.objects.errors import AccessDenied

from .departures import Departure
from .requirements import Compiled
from .submission_members import Kind


def check_job(c: Connection, job_id: int, *, debug: bool) -> None:
    """See that he may submit a job; who may debug it may submit it to be debugged.

    Raises AccessDenied, JobNotFound.
    """
    if not (debug and guarding.may(c, tables.job, job_id, "Debug")):
        guarding.check(c, tables.job, job_id, "Submit")


def check_departure(c: Connection, job_id: int, departure: Departure) -> None:
    """See that lists let him say that otherwise than the job: as if he changed it, or its entry afterwards.

    Raises AccessDenied, JobNotFound.
    """
    if departure.kind is Kind.STEERING and guarding.may(c, tables.job, job_id, "Manage"):
        return
    if departure.kind is not Kind.SECRET:
        guarding.check(c, tables.job, job_id, "Change")


def check_places(c: Connection, agent_id: int, demanded: Compiled) -> None:
    """See that he may use the agent, the queue and the resources. Raises AccessDenied."""
    if guarding.of(c) is None:
        return
    used = [(tables.agent, agent_id, "Submit"), (tables.queue, demanded.queue_id, "Submit")]
    needs = () if demanded.needs is None else demanded.needs.resources
    used += [(tables.resource, need.resource_id, "Acquire") for need in needs]
    for table, id, right in used:
        if id is not None and not guarding.may(c, table, id, right):
            raise AccessDenied(
                f"Who submits lacks the right {right} on a {table.name} that the job needs.", target=right
            )


def check_secret(c: Connection, parameter: str, variable_id: int) -> None:
    """See that he may let work have the value of an encrypted variable. Raises AccessDenied."""
    if not guarding.may(c, tables.variable, variable_id, "Decrypt"):
        raise AccessDenied(
            f"Who submits lacks the right Decrypt on the encrypted variable of parameter {parameter}.",
            target="Decrypt",
            member=parameter,
        )
