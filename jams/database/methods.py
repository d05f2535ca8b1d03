"""Execution methods as definitions; whether a machine can run one is the executor's to say."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, select

from jams.objects.base import Source
from jams.objects.enums import InheritedFromType
from jams.objects.errors import InvalidArgument, MethodNotFound
from jams.objects.parts import ParamDef, PropertyValue
from jams.registry.execution_methods import BACKUP, METHODS, PURGE, SEQUENCE, SETUP, BaseMethod

from . import names, properties, tables
from .columns import AnyRow
from .reading import Found, Reader

__all__ = [
    "BACKUP",
    "DEFAULT",
    "MethodRest",
    "PURGE",
    "SEQUENCE",
    "SETUP",
    "all_names",
    "base_of",
    "find",
    "is_container",
    "parameters_of",
    "passed_on",
    "read",
]

_method = tables.method


class MethodRest(msgspec.Struct, omit_defaults=True):
    """What of a method's document has no column; of parameters those that the delivered method lacks."""

    template: Source = ""
    parameters: list[ParamDef] = []
    properties: list[PropertyValue] = []
    job_properties: list[PropertyValue] = []


read = Reader(_method.c, MethodRest)
"""Reads whole rows of methods."""


DEFAULT = "Command"
"""The method of a job that names none."""


def find(c: Connection, id: int | None, name: str | None) -> AnyRow:
    """The row of the method that a document names by number, by name, by both, or not at all.

    Raises:
        MethodNotFound: there is no such method.
        InvalidArgument: number and name say different methods.
    """
    query = select(_method)
    if id is not None:
        row = c.execute(query.where(_method.c.id == id)).one_or_none()
    else:
        row = c.execute(query.where(_method.c.name_key == names.fold(name or DEFAULT))).one_or_none()
    if row is None:
        raise MethodNotFound(f"There is no execution method {name if id is None else id}.", target=id or name)
    if id is not None and name and names.fold(name) != row.name_key:
        raise InvalidArgument(
            f"Method {id} is {row.name}, and not {name}: send one of them.", member="methodName"
        )
    return row


def all_names(c: Connection) -> dict[int, str]:
    """The names of the methods by number."""
    return {id: names.readable(name) for id, name in c.execute(select(_method.c.id, _method.c.name))}


def by_number(c: Connection, ids: Iterable[int] | None = None) -> dict[int, Found]:
    """The rows of methods by number; of all of them, unless some are named."""
    query = select(_method)
    if ids is not None:
        query = query.where(_method.c.id.in_(list(ids)))
    return {found.id: found for found in read.every(c.execute(query))}


def is_container(name: str) -> bool:
    """Whether a job of the method is a setup or sequence: it has members, and no run of its own."""
    return name in (SEQUENCE, SETUP)


def base_of(row: Found | AnyRow) -> BaseMethod:
    """The delivered method that runs the jobs of a method; one that nobody can run where it is not known."""
    known = METHODS.get(str(row.base).casefold())
    if known is not None:
        return known
    return BaseMethod(
        name=str(row.base),
        description="",
        unavailable=f"There is no execution method {row.base}.",
    )


def parameters_of(row: Found) -> list[ParamDef]:
    """The parameters that the jobs of a method have from it."""
    known = {names.fold(each.param_name): each for each in base_of(row).parameters}
    known |= {names.fold(each.param_name): each for each in row.rest.parameters}
    return list(known.values())


def passed_on(row: Found) -> properties.Inheritance:
    """The properties that come down from a method to its jobs, where no folder of theirs says otherwise."""
    own = [*row.rest.properties, *row.rest.job_properties]
    return properties.inherit({}, row.id, row.name, own, InheritedFromType.METHOD)
