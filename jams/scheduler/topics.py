"""What may open a wait, as short texts: who waits writes down the topics, what happens bears one."""

from __future__ import annotations

import hashlib

LATER = "later"
"""What an entry waits for has happened, and a later turn is to look at it: there were too many for one."""


def ended(job_id: int) -> str:
    """An entry of a job has ended."""
    return f"ended:{job_id}"


def job(job_id: int) -> str:
    """A job was changed, moved or removed."""
    return f"job:{job_id}"


def variable(variable_id: int) -> str:
    """A variable has another value, or is gone."""
    return f"variable:{variable_id}"


def named_time(id: int) -> str:
    """A named time was opened, closed or changed."""
    return f"time:{id}"


def file(agent_id: int, path: str) -> str:
    """A file has come or gone on an agent."""
    digest = hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return f"file:{agent_id}:{digest}"


def precheck(number: int) -> str:
    """The precheck of an entry has ended."""
    return f"precheck:{number}"


def queue(queue_id: int) -> str:
    """A queue has a slot, or was changed."""
    return f"queue:{queue_id}"


def resource(resource_id: int) -> str:
    """Something of a resource is free, or there is another quantity of it."""
    return f"resource:{resource_id}"


def instance(job_id: int) -> str:
    """No entry of a job runs any more."""
    return f"instance:{job_id}"


def agent(agent_id: int) -> str:
    """An agent takes another run."""
    return f"agent:{agent_id}"


def members(number: int) -> str:
    """A member of a setup or sequence has ended, or somebody has done something to it or to the whole."""
    return f"members:{number}"
