"""Queues: how many of their jobs run at once, on which agents, and whether they let any start."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, func, insert, select
from sqlalchemy import delete as sql_delete

from jams.objects.base import Count, Text
from jams.objects.capacity import BatchQueue, QueueAgent, Reference
from jams.objects.errors import InUse, QueueNotFound
from jams.objects.parts import ACL
from jams.objects.patch import Patch, members_named, patched
from jams.objects.preconditions import ALWAYS, Precondition
from jams.registry import Acceptance, ValueType, marks

from . import (
    agent_use,
    agents,
    definition_stamps,
    guarding,
    lookup,
    names,
    referring,
    stored,
    tables,
    versions,
)
from .reading import Found, Reader
from .sight import EVERYTHING, Sight, unended

_queue = tables.queue
_on = tables.queue_agent
_run = tables.run
_counted = select(_run.c.queue_id, func.count().label("running")).group_by(_run.c.queue_id)


class QueueRest(msgspec.Struct, omit_defaults=True):
    """What of a queue's document has no column."""

    description: Text = ""
    acl: ACL | None = None


_read = Reader(_queue.c, QueueRest, job_limit=Count)


def find(c: Connection, *, id: int | None = None, name: str | None = None) -> int:
    """The number of a queue, by number or name. Raises QueueNotFound."""
    return lookup.named(c, _queue, QueueNotFound, id=id, name=name)


def all_queues(c: Connection) -> list[BatchQueue]:
    """Every queue, by name."""
    rows = _read.every(c.execute(select(_queue).order_by(_queue.c.name_key)))
    return _documents(c, guarding.shown(c, _queue, rows))


def get(c: Connection, id: int) -> BatchQueue:
    """One queue. Raises QueueNotFound."""
    row = c.execute(select(_queue).where(_queue.c.id == find(c, id=id))).one()
    return _documents(c, [_read(row)])[0]


def all_names(c: Connection) -> dict[int, str]:
    """The names of the queues by number."""
    return {id: names.readable(name) for id, name in c.execute(select(_queue.c.id, _queue.c.name))}


def create(c: Connection, document: BatchQueue, *, user: str, lenient: bool = False) -> BatchQueue:
    """Make a queue; its document as it stands then. ``lenient`` keeps what is known and not obeyed.

    Raises:
        AlreadyExists: there is one of that name.
        AgentNotFound: an agent that it is started on does not exist.
        InvalidName, InvalidArgument, MissingArgument: the document cannot be taken.
        NotSupported: it has an access list.
    """
    definition_stamps.lock(c)
    values = _content(c, document, None, lenient)
    id = versions.make(c, _queue, values, user=user)
    _start_on(c, id, document.started_on)
    return get(c, id)


def change(
    c: Connection,
    patch: Patch[BatchQueue],
    *,
    id: int | None = None,
    name: str | None = None,
    user: str,
    condition: Precondition = ALWAYS,
    lenient: bool = False,
) -> BatchQueue:
    """Change a queue: the one of the number or name, or else the one that the patch itself names.

    ``lenient`` keeps what is known and not obeyed.

    Raises as :func:`create` does, and:
        QueueNotFound: there is no such queue.
        PreconditionFailed: it is not as the caller demands.
    """
    held = versions.hold_meant(c, _queue, patch, find, "queue_name", id=id, name=name, condition=condition)
    found = held.id
    before = get(c, found)
    document = patched(before, patch)
    held.write(c, _content(c, document, before, lenient), user=user)
    if "started_on" in members_named(patch):
        _start_on(c, found, document.started_on)
    return get(c, found)


def set_started(c: Connection, id: int, started: bool, *, user: str, condition: Precondition = ALWAYS) -> str:
    """Let the jobs of a queue start, or no more of them; its name. Those that run go on.

    Raises:
        VersionConflict: it is not as the caller demands.
    """
    versions.hold(c, _queue, id, condition).write(c, {"started": started}, user=user)
    return get(c, id).queue_name


def references_to(c: Connection, id: int) -> list[Reference]:
    """Which jobs and folders refer to a queue. Raises QueueNotFound."""
    return referring.references(c, ValueType.QUEUE, id, get(c, id).queue_name)


def delete(c: Connection, id: int, condition: Precondition = ALWAYS, sight: Sight = EVERYTHING) -> str:
    """Delete a queue; its name. ``sight`` is that of who is told why it cannot be deleted.

    Raises:
        QueueNotFound: there is no such queue.
        InUse: a job or folder refers to it, or an entry that has not ended is in it.
        VersionConflict: it is not as the caller demands.
    """
    name = get(c, id).queue_name
    held = versions.hold(c, _queue, id, condition)
    referring.check_unused(c, ValueType.QUEUE, id, name)
    in_it = tables.entry.c.queue_id == id
    live = unended(c, in_it, sight, f"is in queue {name}", f"are in queue {name}")
    if live is not None:
        raise InUse(live, target=name)
    c.execute(sql_delete(_on).where(_on.c.queue_id == id))
    held.remove(c)
    return name


def _documents(c: Connection, rows: Sequence[Found]) -> list[BatchQueue]:
    agent_names = agents.all_names(c)
    started_on: dict[int, list[QueueAgent]] = defaultdict(list)
    for queue_id, agent_id in c.execute(select(_on.c.queue_id, _on.c.agent_id)):
        name = agent_names.get(agent_id, names.UNREADABLE)
        started_on[queue_id].append(QueueAgent(agent_name=name, agent_id=agent_id))
    running = {row.queue_id: row.running for row in c.execute(_counted)}
    return [_document(row, started_on.get(row.id, []), running) for row in rows]


def _document(row: Found, started_on: list[QueueAgent], running: Mapping[int, int]) -> BatchQueue:
    return BatchQueue(
        queue_id=row.id,
        queue_name=row.name,
        description=row.rest.description,
        job_count=running.get(row.id, 0),
        job_limit=row.job_limit,
        started=row.started,
        started_on=sorted(started_on, key=lambda each: names.fold(each.agent_name or "")),
        last_change_utc=row.changed,
        last_changed_by=row.changed_by,
        version=row.version,
        acl=row.rest.acl,
        damage=row.damage,
        not_obeyed=marks(access_list=row.rest.acl),
    )


def _start_on(c: Connection, id: int, wanted: Sequence[QueueAgent]) -> None:
    found = [agent_use.agent_of(c, each.agent_id, each.agent_name, "startedOn") for each in wanted]
    agent_use.check_once(found, "startedOn")
    c.execute(sql_delete(_on).where(_on.c.queue_id == id))
    if found:
        c.execute(insert(_on), [{"queue_id": id, "agent_id": agent_id} for agent_id in found])


def _content(c: Connection, document: BatchQueue, before: BatchQueue | None, lenient: bool) -> dict[str, Any]:
    id, borne = (before.queue_id, before.queue_name) if before else (None, None)
    name = lookup.free_name(
        c, _queue, document.queue_name, id=id, borne=borne, what="a queue", member="queueName"
    )
    key = names.fold(name)
    acceptance = Acceptance()
    access_list = acceptance.access_list(document.acl, before.acl if before else None)
    acceptance.settle(lenient=lenient)
    return {
        "name": name,
        "name_key": key,
        "job_limit": document.job_limit,
        "started": document.started,
        "document": stored.encoded(QueueRest(description=document.description, acl=access_list)),
    }
