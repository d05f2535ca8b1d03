"""Jobs: definitions inside folders."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, select

from jams.objects.base import Count, Integer, ObjectId, Source, Text
from jams.objects.definitions import Job
from jams.objects.errors import AlreadyExists, CircularDependency, InUse, JobNotFound
from jams.objects.parts import ACL, Element, ParamDef, PropertyValue, Tag
from jams.objects.patch import Patch, member_of, patched, version_seen, whole
from jams.objects.preconditions import ALWAYS, Precondition
from jams.registry import Place, ValueType

from . import (
    definition_parts,
    definition_stamps,
    dependency_circles,
    folders,
    guarding,
    lookup,
    methods,
    names,
    parameters,
    planned_entries,
    properties,
    referring,
    schedule_shorthand,
    statistics,
    stored,
    tables,
    versions,
)
from .columns import AnyRow
from .definition_parts import no_lack
from .reading import Found, Reader
from .sight import EVERYTHING, Sight, unended

_job = tables.job
_folder = tables.folder


class JobRest(msgspec.Struct, omit_defaults=True):
    """What of a job's document has no column."""

    description: Text = ""
    parameters: list[ParamDef] = []
    elements: list[Element] = []
    source_elements: list[Element] = []
    properties: list[PropertyValue] = []
    tag_ids: list[Integer] = []
    tags: list[Tag] = []
    acl: ACL | None = None


_read = Reader(
    _job.c, JobRest, folder_id=ObjectId, method_id=ObjectId, source=Source, run_count=Count, cpu_count=Count
)


def find(c: Connection, *, id: int | None = None, name: str | None = None) -> int:
    """The number of a job, by number, path or bare name.

    Raises:
        JobNotFound: there is no such job.
        Conflict: several jobs bear the bare name.
    """
    return lookup.locate(c, _job, JobNotFound, id=id, name=name)


def row(c: Connection, id: int) -> Found:
    """The row of a job. Raises JobNotFound."""
    found = c.execute(select(_job).where(_job.c.id == id)).one_or_none()
    if found is None:
        raise JobNotFound(f"There is no job {id}.", target=id)
    return _read(found)


def get(c: Connection, id: int) -> Job:
    """One job. Raises JobNotFound."""
    found = row(c, id)
    return _document(found, folders.above(c, found.folder_id), methods.by_number(c, [found.method_id]))


def in_folder(
    c: Connection, folder: int, *, recursive: bool = False, pattern: str | None = None
) -> list[Job]:
    """The jobs of a folder, and if recursive of those below it, by path."""
    top = folders.locate(c, id=folder)
    known = folders.records(c, top.path_key, recursive=recursive)
    named = methods.by_number(c)
    query = select(_job).join(_folder, _job.c.folder_id == _folder.c.id)
    query = query.where(folders.within(top.path_key, recursive=recursive))
    if pattern:
        query = query.where(names.matches(_job.c.name_key, pattern))
    rows = c.execute(query.order_by(_folder.c.path_key, _job.c.name_key))
    return [_document(_read(row), known, named) for row in guarding.shown(c, _job, rows)]


def _document(row: Found, known: dict[int, folders.FolderRecord], named: dict[int, Found]) -> Job:
    rest = row.rest
    folder = known.get(row.folder_id, folders.NOWHERE)
    method = named.get(row.method_id)
    count = row.run_count
    return Job(
        job_id=row.id,
        job_name=row.name,
        qualified_name=names.join(folder.path, row.name),
        description=rest.description,
        method_id=row.method_id,
        method_name=method.name if method else names.UNREADABLE,
        source=row.source,
        parent_folder_id=row.folder_id,
        parent_folder_name=folder.path,
        **schedule_shorthand.shown(rest.elements)._asdict(),
        parameters=rest.parameters,
        elements=rest.elements,
        source_elements=rest.source_elements,
        properties=properties.complete(
            rest.properties, {**(methods.passed_on(method) if method else {}), **folder.passed_on}
        ),
        tag_ids=rest.tag_ids,
        tags=rest.tags,
        last_change_utc=row.changed,
        last_changed_by=row.changed_by,
        version=row.version,
        acl=rest.acl,
        not_obeyed=definition_parts.not_obeyed(Place.JOB, rest, method),
        last_autosubmit_utc=row.last_autosubmit,
        last_success_utc=row.last_success,
        last_info_utc=row.last_info,
        last_warning_utc=row.last_warning,
        last_error_utc=row.last_error,
        last_fatal_utc=row.last_fatal,
        last_reset_utc=row.last_reset,
        min_elapsed_time=row.min_elapsed,
        avg_elapsed_time=statistics.mean(row.sum_elapsed, count),
        max_elapsed_time=row.max_elapsed,
        min_cpu_time=row.min_cpu,
        avg_cpu_time=statistics.mean(row.sum_cpu, row.cpu_count),
        max_cpu_time=row.max_cpu,
        avg_count=count,
        damage=row.damage or folder.damage or (None if method else "methodID: there is no such method"),
    )


def create(
    c: Connection, job: Job, *, user: str, lenient: bool = False, lacks: definition_parts.Lacks = no_lack
) -> Job:
    """Make a job; its document as it stands then. ``lenient`` keeps what is known and not obeyed.

    ``lacks`` tells why a delivered method cannot be run on this machine, or nothing.

    Raises:
        NotFound: of some class; what the document names does not exist.
        AlreadyExists: the folder holds a job of that name.
        MethodUnavailable: this server cannot run jobs of the method.
        InvalidName, InvalidArgument, InvalidParameter: the document cannot be taken.
    """
    definition_stamps.lock(c)
    job = schedule_shorthand.settled(job, None)
    over = folders.parent(c, job.parent_folder_id, job.parent_folder_name)
    _check_free(c, over, job.job_name)
    values = _place(over.id, job.job_name, None) | _content(c, job, None, over, lenient, lacks)
    id = versions.make(c, _job, {"run_count": 0, "cpu_count": 0, **values}, user=user)
    parameters.remember_uses(c, "job", id, over.id, job.parameters)
    return _without_circle(c, get(c, id), kept=lenient)


def change(
    c: Connection,
    patch: Patch[Job],
    *,
    id: int | None = None,
    name: str | None = None,
    user: str,
    condition: Precondition = ALWAYS,
    lenient: bool = False,
    lacks: definition_parts.Lacks = no_lack,
) -> tuple[Job, bool]:
    """Change a job, or make it; its document then, and whether it was made.

    It is the one of the number or name, or else the one that the patch itself names, which alone may be made.
    ``lenient`` keeps what is known and not obeyed; ``lacks`` is as in :func:`create`.

    Raises:
        JobNotFound: there is no job of that number or name.
        NotFound: of some class; what the document names does not exist.
        AlreadyExists: the new place is taken.
        InvalidName, InvalidArgument, InvalidParameter, MissingArgument: the document cannot be taken.
        PreconditionFailed: it is not as the caller demands.
    """
    definition_stamps.lock(c)
    found = versions.meant(patch, id, name, partial(find, c), partial(by_place, c, patch))
    if found is None:
        job = whole(patch)
        versions.check_absent(condition.also(version_seen(patch)), "Job", job.job_name)
        return create(c, job, user=user, lenient=lenient, lacks=lacks), True
    held = versions.hold(c, _job, found, condition.also(version_seen(patch)))
    before = get(c, found)
    job = schedule_shorthand.settled(patched(before, patch), before)
    over = folders.parent(c, job.parent_folder_id, job.parent_folder_name)
    if lookup.in_folder(c, _job, over.id, job.job_name) not in (None, found):
        _check_free(c, over, job.job_name)
    content = _content(c, job, before, over, lenient, lacks)
    moved = names.join(over.path, job.job_name) != before.qualified_name
    kept = lenient or (moved and dependency_circles.way_of(c, found) is not None)
    held.write(c, _place(over.id, job.job_name, before.job_name) | content, user=user)
    parameters.remember_uses(c, "job", found, over.id, job.parameters)
    changed = get(c, found)
    if _waits(changed) != _waits(before):
        return _without_circle(c, changed, kept=lenient), False
    return _without_circle(c, changed, kept=kept) if moved else changed, False


def by_place(c: Connection, patch: Patch[Job]) -> int | None:
    """The number of the job that lies where a patch says, or None."""
    over = folders.parent(c, member_of(patch, "parent_folder_id"), member_of(patch, "parent_folder_name"))
    return lookup.in_folder(c, _job, over.id, versions.own_name(patch, "job_name"))


def _check_free(c: Connection, over: AnyRow, name: str) -> None:
    if lookup.in_folder(c, _job, over.id, name) is not None:
        path = names.join(over.path, name)
        raise AlreadyExists(f"There is a job {path} already.", target=path, member="jobName")


def _place(folder_id: int, name: str, borne: str | None) -> dict[str, Any]:
    names.check_name(name, "jobName", borne)
    return {"folder_id": folder_id, "name": name, "name_key": names.fold(name)}


def check_dates(c: Connection, document: Job | Patch[Job], id: int | None, name: str | None) -> None:
    """Read the dates in a new job or in a change of one, with the calendar that counts for it.

    For a reading connection: calendars may be large. Raises DateError, and as :func:`create` and
    :func:`change` do.
    """
    before = None
    if isinstance(document, Job):
        job = document
    else:
        found = versions.meant(document, id, name, partial(find, c), partial(by_place, c, document))
        before = None if found is None else get(c, found)
        job = whole(document) if before is None else patched(before, document)
    job = schedule_shorthand.settled(job, before)
    over = folders.parent(c, job.parent_folder_id, job.parent_folder_name)
    definition_parts.check_dates(c, job, before, folders.above(c, over.id)[over.id].passed_on)


def _waits(job: Job) -> list[Element]:
    """What may let a job wait for others."""
    return [*job.elements, *job.source_elements]


def _without_circle(c: Connection, job: Job, *, kept: bool) -> Job:
    """A job as it was saved; ``kept`` marks one that waits for itself, which is refused otherwise.

    Raises CircularDependency.
    """
    assert job.job_id is not None
    way = dependency_circles.way_of(c, job.job_id)
    if way is None:
        return job
    told = f"The job would wait for itself: {dependency_circles.told(way)}."
    if not kept:
        raise CircularDependency(told, target=job.qualified_name, member="elements")
    return replace(job, not_obeyed=[*job.not_obeyed, f"elements: {told}"])


def _content(
    c: Connection, job: Job, before: Job | None, over: AnyRow, lenient: bool, lacks: definition_parts.Lacks
) -> dict[str, Any]:
    method = methods.read(methods.find(c, job.method_id, job.method_name))
    rest = JobRest(
        **definition_parts.accepted(
            c, job, before, over.path, lenient=lenient, method=names.readable(method.name)
        )
    )

    def above() -> properties.Inheritance:
        return {**methods.passed_on(method), **folders.above(c, over.id)[over.id].passed_on}

    if not lenient and (before is None or before.method_id != method.id):
        definition_parts.check_method(c, method, rest.properties, above, lacks)
    if not lenient and (
        before is None or before.method_id != method.id or before.properties != job.properties
    ):
        definition_parts.check_fits(methods.base_of(method), rest.properties)
    definition_parts.check_exit_codes(rest.properties, before, above)
    enabled = [item.current_value for item in rest.properties if item.property_name == "Enabled"]
    return {
        "method_id": method.id,
        "enabled": enabled[0] if enabled else None,
        "source": job.source or "",
        "document": stored.encoded(rest),
    }


def delete(
    c: Connection,
    id: int,
    condition: Precondition = ALWAYS,
    *,
    sight: Sight = EVERYTHING,
    force: bool = False,
) -> str:
    """Delete a job; its path. Its history stays. ``sight`` is that of who is told why it cannot be deleted.

    What the schedule has planned of it, and has not started, leaves with it. ``force`` deletes it although
    definitions name it, and entries of it are there, which are the caller's to end.

    Raises:
        JobNotFound: there is no such job.
        InUse: an entry of it has not ended yet, or another job or a folder names it.
        VersionConflict: it is not as the caller demands.
    """
    path = lookup.path(c, _job, find(c, id=id))
    held = versions.hold(c, _job, id, condition)
    for row in planned_entries.waiting(c, id):
        planned_entries.withdraw(c, row, "its definition was deleted")
    if not force:
        of_it, told = tables.entry.c.job_id == id, f"of job {path}"
        live = unended(c, of_it, sight, f"{told} has not ended", f"{told} have not ended")
        users = referring.users_of(c, ValueType.JOB, id, path)
        if live or users:
            raise InUse(" ".join(filter(None, (live, users))), target=path)
    parameters.forget_uses(c, "job", id)
    held.remove(c)
    return path
