"""Resources: how much there is of each, at which agent, and which entry holds how much of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select
from sqlalchemy import delete as sql_delete

from jams.objects.base import Count, Text
from jams.objects.capacity import Reference, Resource, ResourceDetail
from jams.objects.errors import InvalidArgument, ResourceNotFound
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
    resource_holdings,
    stored,
    tables,
    versions,
)
from .reading import Found, Reader

_resource = tables.resource
_quantity = tables.resource_quantity


class ResourceRest(msgspec.Struct, omit_defaults=True):
    """What of a resource's document has no column."""

    description: Text = ""
    acl: ACL | None = None


_read = Reader(_resource.c, ResourceRest, quantity=Count)


def find(c: Connection, *, id: int | None = None, name: str | None = None) -> int:
    """The number of a resource, by number or name; a name that none bears may be a number as text.

    Raises:
        ResourceNotFound: there is no such resource.
    """
    word = (name or "").strip()
    number = int(word) if word.isascii() and word.isdecimal() and len(word) < 16 else None
    found: int | None = None
    if id is None:
        found = c.scalar(select(_resource.c.id).where(_resource.c.name_key == names.fold(word)))
    if found is None and (id or number) is not None:
        found = c.scalar(select(_resource.c.id).where(_resource.c.id == (id or number)))
    if found is None or not guarding.sees(c, _resource, found):
        raise ResourceNotFound(f"There is no resource {name if id is None else id}.", target=id or name)
    return found


def all_resources(c: Connection) -> list[Resource]:
    """Every resource, by name."""
    rows = _read.every(c.execute(select(_resource).order_by(_resource.c.name_key)))
    return _documents(c, guarding.shown(c, _resource, rows))


def get(c: Connection, id: int) -> Resource:
    """One resource. Raises ResourceNotFound."""
    row = c.execute(select(_resource).where(_resource.c.id == find(c, id=id))).one()
    return _documents(c, [_read(row)])[0]


def create(c: Connection, document: Resource, *, user: str, lenient: bool = False) -> Resource:
    """Make a resource; its document as it stands then. ``lenient`` keeps what is known and not obeyed.

    Raises:
        AlreadyExists: there is one of that name.
        AgentNotFound: an agent at which there is a quantity does not exist.
        InvalidName, InvalidArgument, MissingArgument: the document cannot be taken.
        NotSupported: it has an access list.
    """
    definition_stamps.lock(c)
    values = _content(c, document, None, lenient)
    id = versions.make(c, _resource, values, user=user)
    _write_details(c, id, document)
    return get(c, id)


def change(
    c: Connection,
    patch: Patch[Resource],
    *,
    id: int | None = None,
    name: str | None = None,
    user: str,
    condition: Precondition = ALWAYS,
    lenient: bool = False,
) -> Resource:
    """Change a resource: the one of the number or name, or else the one that the patch itself names.

    ``lenient`` keeps what is known and not obeyed. There may be less of it then than is
    taken: what is taken stays so.

    Raises as :func:`create` does, and:
        ResourceNotFound: there is no such resource.
        InUse: it would become specific to agents, or cease to be it, while some of it is taken.
        PreconditionFailed: it is not as the caller demands.
    """
    held = versions.hold_meant(
        c, _resource, patch, find, "resource_name", id=id, name=name, condition=condition
    )
    found = held.id
    before = get(c, found)
    document = patched(before, patch)
    if document.agent_specific != before.agent_specific:
        resource_holdings.check_free(c, found, before.resource_name)
    held.write(c, _content(c, document, before, lenient), user=user)
    if {"resource_details", "agent_specific"} & set(members_named(patch)):
        _write_details(c, found, document)
    return get(c, found)


def set_quantity(
    c: Connection,
    id: int,
    quantity: int,
    *,
    agent: str | None = None,
    user: str,
    condition: Precondition = ALWAYS,
) -> Resource:
    """Say how much there is of a resource, in all or at an agent; its document then.

    There may be less of it then than is taken: what is taken stays so.

    Raises:
        AgentNotFound: there is no such agent.
        InvalidArgument: the resource is not specific to agents, and an agent is named.
        VersionConflict: it is not as the caller demands.
    """
    held = versions.hold(c, _resource, id, condition)
    if agent is None:
        held.write(c, {"quantity": quantity}, user=user)
        return get(c, id)
    before = get(c, id)
    if not before.agent_specific:
        raise InvalidArgument(
            f"Resource {before.resource_name} is not specific to agents: name none.", member="agent"
        )
    agent_id = agent_use.agent_of(c, None, agent, "agent")
    held.write(c, {}, user=user)
    c.execute(sql_delete(_quantity).where(_quantity.c.resource_id == id, _quantity.c.agent_id == agent_id))
    c.execute(insert(_quantity).values(resource_id=id, agent_id=agent_id, quantity=quantity))
    return get(c, id)


def references_to(c: Connection, id: int) -> list[Reference]:
    """Which jobs and folders refer to a resource. Raises ResourceNotFound."""
    return referring.references(c, ValueType.RESOURCE, id, get(c, id).resource_name)


def delete(c: Connection, id: int, condition: Precondition = ALWAYS) -> str:
    """Delete a resource; its name.

    Raises:
        ResourceNotFound: there is no such resource.
        InUse: a job or folder refers to it, or an entry holds some of it.
        VersionConflict: it is not as the caller demands.
    """
    name = get(c, id).resource_name
    held = versions.hold(c, _resource, id, condition)
    referring.check_unused(c, ValueType.RESOURCE, id, name)
    resource_holdings.check_free(c, id, name)
    c.execute(sql_delete(_quantity).where(_quantity.c.resource_id == id))
    held.remove(c)
    return name


def _documents(c: Connection, rows: Sequence[Found]) -> list[Resource]:
    agent_names = agents.all_names(c)
    taken = resource_holdings.in_use(c)
    quantities: dict[int, dict[int, int]] = defaultdict(dict)
    for row in c.execute(select(_quantity.c.resource_id, _quantity.c.agent_id, _quantity.c.quantity)):
        quantities[row.resource_id][row.agent_id] = row.quantity
    return [_document(row, quantities.get(row.id, {}), taken.get(row.id, {}), agent_names) for row in rows]


def _document(
    row: Found,
    quantities: Mapping[int, int],
    taken: Mapping[int | None, int],
    agent_names: Mapping[int, str],
) -> Resource:
    details = [
        ResourceDetail(
            agent_name=agent_names.get(agent_id, names.UNREADABLE),
            agent_id=agent_id,
            quantity_available=quantity,
            quantity_in_use=taken.get(agent_id, 0),
        )
        for agent_id, quantity in quantities.items()
    ]
    return Resource(
        resource_id=row.id,
        resource_name=row.name,
        description=row.rest.description,
        quantity_available=row.quantity,
        quantity_in_use=max(0, sum(taken.values())),
        agent_specific=row.agent_specific,
        resource_details=sorted(details, key=lambda each: names.fold(each.agent_name or "")),
        last_change_utc=row.changed,
        last_changed_by=row.changed_by,
        version=row.version,
        acl=row.rest.acl,
        damage=row.damage,
        not_obeyed=marks(access_list=row.rest.acl),
    )


def _write_details(c: Connection, id: int, document: Resource) -> None:
    details = document.resource_details
    if details and not document.agent_specific:
        raise InvalidArgument(
            "A resource that is not specific to agents has no resourceDetails; give agentSpecific.",
            member="resourceDetails",
        )
    found = [agent_use.agent_of(c, each.agent_id, each.agent_name, "resourceDetails") for each in details]
    agent_use.check_once(found, "resourceDetails")
    c.execute(sql_delete(_quantity).where(_quantity.c.resource_id == id))
    rows = [
        {"resource_id": id, "agent_id": agent_id, "quantity": each.quantity_available}
        for agent_id, each in zip(found, details, strict=True)
    ]
    if rows:
        c.execute(insert(_quantity), rows)


def _content(c: Connection, document: Resource, before: Resource | None, lenient: bool) -> dict[str, Any]:
    id, borne = (before.resource_id, before.resource_name) if before else (None, None)
    name = lookup.free_name(
        c, _resource, document.resource_name, id=id, borne=borne, what="a resource", member="resourceName"
    )
    key = names.fold(name)
    acceptance = Acceptance()
    access_list = acceptance.access_list(document.acl, before.acl if before else None)
    acceptance.settle(lenient=lenient)
    return {
        "name": name,
        "name_key": key,
        "quantity": document.quantity_available,
        "agent_specific": document.agent_specific,
        "document": stored.encoded(ResourceRest(description=document.description, acl=access_list)),
    }
