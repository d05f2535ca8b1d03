"""What the runs of a setup or sequence submit, as its definition says, for who asks what it reaches.

Who asks may not look at all of it; what runs does not depend on that. What is gone or cannot be read runs
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from jams.database import guarding, jobs, methods
from jams.objects.errors import JAMSError
from jams.objects.plan import Member, Plan

from . import plans, submittable
from .submittable import Submittable


def job_of(c: Connection, id: int) -> Submittable | None:
    """A job or setup; None if it is gone or cannot be read."""
    try:
        with guarding.unlimited(c):
            return submittable.uncached(c, id)
    except JAMSError:
        return None


def job_called(c: Connection, path: str) -> Submittable | None:
    """The job or setup of a path; None if there is none, or it cannot be read."""
    try:
        with guarding.unlimited(c):
            return submittable.uncached(c, jobs.find(c, name=path))
    except JAMSError:
        return None


def members_of(c: Connection, job: Submittable) -> list[Member]:
    """The members of a setup or sequence; none of another job."""
    if not methods.is_container(job.method_name):
        return []
    try:
        with guarding.unlimited(c):
            plan = plans.plan_of(c, job.method_name, job.folder_path, job.rest.source_elements)
    except JAMSError:
        return []
    return members_in(plan)


def members_in(plan: Plan) -> list[Member]:
    """The members of a plan."""
    return [node.member for node in plan.nodes if node.member is not None]


def walk(c: Connection, job: Submittable) -> Iterator[tuple[Submittable, list[Member]]]:
    """A job with its members, and these with theirs on any level, each once."""
    todo, seen = [job], {job.row.id}
    while todo:
        each = todo.pop()
        members = members_of(c, each)
        yield each, members
        for id in {member.job_id for member in members} - seen:
            seen.add(id)
            below = job_of(c, id)
            if below is not None:
                todo.append(below)
