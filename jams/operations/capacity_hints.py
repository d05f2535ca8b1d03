"""What is told of a definition that asks for more of a resource than there is. Declares no operation."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import UNSET
from sqlalchemy import Connection

from jams.database import capacities, guarding, tables
from jams.objects.base import Document
from jams.objects.definitions import Folder, Job
from jams.objects.errors import JAMSError
from jams.objects.needs import ResourceNeed
from jams.objects.patch import Patch
from jams.scheduler import requirements, submittable
from jams.scheduler.definition import parts_of
from jams.security.rights import ResourceDefinitions

from .context import Context

_MOST_TOLD = 5


def of_job(context: Context, said: Job | Patch[Job], made: Job) -> str:
    """A sentence for each such resource of a job, to stand behind an answer; or nothing.

    It is kept all the same: more may come, and a quantity of 0 is a maintenance window.
    """

    def needs(c: Connection) -> tuple[ResourceNeed, ...]:
        return requirements.resources_of(c, parts_of(submittable.uncached(c, made.job_id or 0).sources))

    return _told(context, needs) if _says_elements(said) else ""


def of_folder(context: Context, said: Folder | Patch[Folder], made: Folder) -> str:
    """The same of what a folder asks for by itself."""

    def needs(c: Connection) -> tuple[ResourceNeed, ...]:
        return requirements.resources_of(c, parts_of([(made.qualified_name or "", made.elements)]))

    return _told(context, needs) if _says_elements(said) else ""


def _says_elements(said: Document | Patch[Any]) -> bool:
    return getattr(said, "elements", UNSET) not in (UNSET, None, [])


def _told(context: Context, needs: Callable[[Connection], Iterable[ResourceNeed]]) -> str:
    def look(c: Connection) -> list[str]:
        try:
            with guarding.unlimited(c):  # what comes from above counts, whoever may look at it
                asked = [(each, capacities.most(c, each.resource_id)) for each in needs(c)]
        except JAMSError:
            return []  # a folder above it cannot be read; what becomes of its entries says so
        return [
            f" Note: it asks for {each.quantity} of the resource {each.name}, of which there is "
            f"{most}: no entry starts before there is more."
            for each, most in asked
            if each.quantity > most and guarding.sees(c, tables.resource, each.resource_id)
        ]

    may_know = context.caller.may(ResourceDefinitions.INQUIRE)
    return "".join(context.read(look)[:_MOST_TOLD]) if may_know else ""
