"""Execution methods as definitions; whether a machine can run one is the executor's to say."""

from __future__ import annotations

from sqlalchemy import Connection, select

from jams.objects.errors import InvalidArgument, MethodNotFound

from . import names, tables
from .columns import AnyRow

_method = tables.method

SEQUENCE, SETUP = "Sequence", "Setup"
"""The methods of jobs whose run is that of other jobs (semantics 2.3)."""

DEFAULT = "Command"
"""The method of a job that names none."""


def find(c: Connection, id: int | None, name: str | None) -> AnyRow:
    """Number and name of the method that a document names by number, by name, by both, or not at all.

    Raises:
        MethodNotFound: there is no such method.
        InvalidArgument: number and name say different methods.
    """
    query = select(_method.c.id, _method.c.name, _method.c.name_key)
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


def is_container(name: str) -> bool:
    """Whether a job of the method is a setup or sequence: it has members, and no run of its own."""
    return name in (SEQUENCE, SETUP)
