"""Jobs: definitions inside folders."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update
from sqlalchemy import delete as sql_delete

from jams.objects.base import Integer, Text
from jams.objects.definitions import Job
from jams.objects.errors import AlreadyExists, InUse, JobNotFound
from jams.objects.parts import ACL, Element, ParamDef, PropertyValue, Tag

from . import definitions, folders, lookup, methods, names, parameters, properties, statistics, stored, tables
from .columns import AnyRow, new_id
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


decode_rest = msgspec.json.Decoder(JobRest).decode


def find(c: Connection, *, id: int | None = None, name: str | None = None) -> int:
    """The number of a job, by number, path or bare name.

    Raises:
        JobNotFound: there is no such job.
        Conflict: several jobs bear the bare name.
    """
    return lookup.locate(c, _job, JobNotFound, id=id, name=name)


def get(c: Connection, id: int) -> Job:
    """One job. Raises JobNotFound."""
    query = select(_job, _folder.c.path_key).join(_folder, _job.c.folder_id == _folder.c.id)
    row = c.execute(query.where(_job.c.id == id)).one_or_none()
    if row is None:
        raise JobNotFound(f"There is no job {id}.", target=id)
    return _document(row, folders.records(c, row.path_key), methods.all_names(c))


def in_folder(
    c: Connection, folder: int, *, recursive: bool = False, pattern: str | None = None
) -> list[Job]:
    """The jobs of a folder, and if recursive of those below it, by path."""
    top = folders.locate(c, id=folder)
    known = folders.records(c, top.path_key, recursive=recursive)
    named = methods.all_names(c)
    query = select(_job).join(_folder, _job.c.folder_id == _folder.c.id)
    query = query.where(folders.within(top.path_key, recursive=recursive))
    if pattern:
        query = query.where(names.matches(_job.c.name_key, pattern))
    rows = c.execute(query.order_by(_folder.c.path_key, _job.c.name_key))
    return [_document(row, known, named) for row in rows]


def _document(row: AnyRow, known: dict[int, folders.FolderRecord], named: dict[int, str]) -> Job:
    rest = decode_rest(row.document)
    folder = known[row.folder_id]
    count = row.run_count
    return Job(
        job_id=row.id,
        job_name=row.name,
        qualified_name=names.join(folder.path, row.name),
        description=rest.description,
        method_id=row.method_id,
        method_name=named[row.method_id],
        source=row.source,
        parent_folder_id=row.folder_id,
        parent_folder_name=folder.path,
        parameters=rest.parameters,
        elements=rest.elements,
        source_elements=rest.source_elements,
        properties=properties.complete(rest.properties, folder.passed_on),
        tag_ids=rest.tag_ids,
        tags=rest.tags,
        last_change_utc=row.changed,
        last_changed_by=row.changed_by,
        acl=rest.acl,
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
    )


def create(c: Connection, job: Job, *, user: str) -> Job:
    """Make a job; its document as it stands then.

    Raises:
        FolderNotFound, MethodNotFound: what the document names does not exist.
        AlreadyExists: the folder holds a job of that name.
        InvalidName, InvalidArgument, InvalidParameter: the document cannot be taken.
    """
    over = folders.parent(c, job.parent_folder_id, job.parent_folder_name)
    place = _place(over.id, job.job_name, None)
    _check_free(c, over, job.job_name)
    definitions.changed(c)
    values = place | _content(c, job, user)
    made = c.execute(insert(_job).values(version=1, run_count=0, cpu_count=0, **values))
    id = new_id(made)
    parameters.remember_uses(c, "job", id, over.id, job.parameters)
    return get(c, id)


def change(c: Connection, job: Job, *, user: str) -> tuple[Job, bool]:
    """Replace a job's definition, or make it; its document then, and whether it was made.

    Raises:
        JobNotFound: no job has the document's number.
        FolderNotFound, MethodNotFound: what the document names does not exist.
        AlreadyExists: the new place is taken.
        InvalidName, InvalidArgument, InvalidParameter: the document cannot be taken.
    """
    if job.job_id is None:
        over = folders.parent(c, job.parent_folder_id, job.parent_folder_name)
        id = lookup.in_folder(c, _job, over.id, job.job_name)
        if id is None:
            return create(c, job, user=user), True
    else:
        id = find(c, id=job.job_id)
        over = _new_parent(c, id, job)
    if lookup.in_folder(c, _job, over.id, job.job_name) not in (None, id):
        _check_free(c, over, job.job_name)
    borne = c.scalar(select(_job.c.name).where(_job.c.id == id))
    values = _place(over.id, job.job_name, borne) | _content(c, job, user)
    definitions.changed(c)
    c.execute(update(_job).where(_job.c.id == id).values(version=_job.c.version + 1, **values))
    parameters.remember_uses(c, "job", id, over.id, job.parameters)
    return get(c, id), False


def _new_parent(c: Connection, id: int, job: Job) -> AnyRow:
    if job.parent_folder_id is None and job.parent_folder_name is None:
        return folders.locate(c, id=c.scalar(select(_job.c.folder_id).where(_job.c.id == id)))
    return folders.parent(c, job.parent_folder_id, job.parent_folder_name)


def _check_free(c: Connection, over: AnyRow, name: str) -> None:
    if lookup.in_folder(c, _job, over.id, name) is not None:
        path = names.join(over.path, name)
        raise AlreadyExists(f"There is a job {path} already.", target=path, member="jobName")


def _place(folder_id: int, name: str, borne: str | None) -> dict[str, Any]:
    names.check_name(name, "jobName", borne)
    return {"folder_id": folder_id, "name": name, "name_key": names.fold(name)}


def _content(c: Connection, job: Job, user: str) -> dict[str, Any]:
    own = properties.own_values(job.properties)
    rest = JobRest(
        description=job.description,
        parameters=parameters.checked_definitions(job.parameters),
        elements=job.elements,
        source_elements=job.source_elements,
        properties=own,
        tag_ids=job.tag_ids,
        tags=job.tags,
        acl=job.acl,
    )
    enabled = [item.current_value for item in own if item.property_name == "Enabled"]
    return {
        "method_id": methods.find(c, job.method_id, job.method_name).id,
        "enabled": enabled[0] if enabled else None,
        "source": job.source or "",
        "changed": datetime.now(UTC),
        "changed_by": user,
        "document": stored.encoded(rest),
    }


def delete(c: Connection, id: int, sight: Sight = EVERYTHING) -> str:
    """Delete a job; its path. Its history stays. ``sight`` is that of who is told why it cannot be deleted.

    Raises:
        JobNotFound: there is no such job.
        InUse: an entry of it has not ended yet.
    """
    path = lookup.path(c, _job, find(c, id=id))
    live = unended(c, tables.entry.c.job_id == id, sight)
    if live is not None:
        raise InUse(f"{live} of job {path} has not ended: cancel it, or wait for it.", target=path)
    parameters.forget_uses(c, "job", id)
    definitions.changed(c)
    c.execute(sql_delete(_job).where(_job.c.id == id))
    return path
