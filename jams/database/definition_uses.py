"""By what definitions are used: properties that name them, and what else does.

Beside properties (:mod:`jams.database.referring`) a parameter may take its default from a variable, a queue
may be started on an agent, a resource may have a quantity there, and a date type may include one of another
calendar.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from jams.objects.capacity import Reference
from jams.registry import ValueType

from . import folders, lookup, names, referring, tables

_use = tables.variable_use
_MOST = 500
"""Numbers in one statement."""


def of_job(c: Connection, id: int) -> list[Reference]:
    """What names a job, by path."""
    return referring.references(c, ValueType.JOB, id, lookup.path(c, tables.job, id))


def of_variable(c: Connection, id: int) -> list[Reference]:
    """What names a variable or takes the default of a parameter from it, by path."""
    named = referring.references(c, ValueType.VARIABLE, id, lookup.path(c, tables.variable, id))
    return referring.by_path([*named, *_defaults(c, id)])


def of_agent(c: Connection, id: int, name: str) -> list[Reference]:
    """What names an agent, is started on it, or has a quantity there, by path."""
    found = referring.references(c, ValueType.AGENT, id, name)
    for table, link, kind, member, told in (
        (tables.queue, tables.queue_agent, "BatchQueue", "startedOn", "It is started on it."),
        (
            tables.resource,
            tables.resource_quantity,
            "Resource",
            "resourceDetails",
            "It has a quantity of its own there.",
        ),
    ):
        joined = table.join(link, link.c[f"{table.name}_id"] == table.c.id)
        query = select(table.c.name).select_from(joined).where(link.c.agent_id == id)
        found += [_plain(kind, name, member, told) for name in c.scalars(query)]
    return referring.by_path(found)


def of_calendar(c: Connection, id: int, name: str) -> list[Reference]:
    """What names a calendar, and date types of others that include one of its own, by path."""
    link, including = tables.date_type_link, tables.date_type.alias("including")
    included = tables.date_type.alias("included")
    query = (
        select(including.c.name, tables.calendar.c.name.label("calendar"))
        .select_from(link)
        .join(including, including.c.id == link.c.date_type_id)
        .join(included, included.c.id == link.c.included_id)
        .join(tables.calendar, tables.calendar.c.id == including.c.calendar_id)
        .where(included.c.calendar_id == id, including.c.calendar_id != id)
        .distinct()
    )
    found = referring.references(c, ValueType.CALENDAR, id, name)
    for row in c.execute(query):
        told = f"A date type of calendar {names.readable(row.calendar)}; it includes one of this calendar."
        found.append(_plain("DateType", row.name, "dateTypeLinks", told))
    return referring.by_path(found)


def of_folder(c: Connection, id: int) -> list[Reference]:
    """What lies outside of a folder and uses something that lies in it or below, by path.

    Each says in its description what it uses.
    """
    top = folders.locate(c, id=id)
    if id == folders.ROOT_ID:
        return []
    found: list[Reference] = []
    for table, of in ((tables.job, of_job), (tables.variable, of_variable)):
        inside = select(table.c.id).join(tables.folder, table.c.folder_id == tables.folder.c.id)
        query = inside.where(folders.within(top.path_key, recursive=True)).order_by(table.c.id)
        for number in c.scalars(query).all():
            path = lookup.path(c, table, number)
            for each in of(c, number):
                if not _lies_in(each, top.path_key):
                    told = f"{each.description} ({table.name} {path})"
                    found.append(
                        Reference(
                            type=each.type,
                            referring_name=each.referring_name,
                            folder_path=each.folder_path,
                            property_name=each.property_name,
                            description=told,
                        )
                    )
    return referring.by_path(found)


def _lies_in(reference: Reference, path_key: str) -> bool:
    """Whether what refers lies in the folder of that path or below it, or is that folder."""
    if reference.folder_path is None:
        return False
    place = names.fold(reference.folder_path)
    own = names.fold(names.join(reference.folder_path, reference.referring_name))
    return any(key == path_key or key.startswith(path_key + names.ROOT) for key in (place, own))


def _defaults(c: Connection, id: int) -> Iterable[Reference]:
    """Whose parameters take their defaults from a variable."""
    owners: dict[str, list[int]] = {}
    for owner, number in c.execute(select(_use.c.owner, _use.c.owner_id).where(_use.c.variable_id == id)):
        owners.setdefault(owner, []).append(number)
    for table in (tables.folder, tables.job, tables.method):
        numbers = sorted(owners.get(table.name, ()))
        for at in range(0, len(numbers), _MOST):
            for row in c.execute(referring.rows(table).where(table.c.id.in_(numbers[at : at + _MOST]))):
                yield Reference(
                    type=referring.type_of(table, row),
                    referring_name=names.readable(row.name),
                    folder_path=row.path,
                    property_name="parameters",
                    description="A parameter takes its default from it.",
                )


def _plain(kind: str, name: object, member: str, told: str) -> Reference:
    return Reference(type=kind, referring_name=names.readable(name), property_name=member, description=told)
