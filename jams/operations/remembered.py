"""Definitions that are asked for again and again, as who has a tag of them does (``If-None-Match``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import msgspec

from jams.database.unchanged import unchanged

from .context import Context
from .model import Operation

_ELSEWHERE = frozenset({"get_method"})
"""Operations that look at more than the database: whether this machine has what a method needs."""


def result_of(context: Context, own: Mapping[str, Any]) -> Any:
    """What an operation gives; of a definition what it gave before, as long as nothing at all has changed.

    Everybody is given a document of his own.
    """
    operation = context.operation
    if not is_of_the_database(operation):
        return operation.function(context, **own)
    caller = context.caller
    key = (
        operation.name,
        tuple(own.items()),
        caller.account,
        caller.groups,
        caller.rights,
        caller.folders,
        caller.passes,
    )
    made: list[Any] = []
    with context.database.read() as connection:

        def make() -> bytes:
            made.append(operation.function(replace(context, connection=connection), **own))
            return msgspec.msgpack.encode(made[0])

        encoded = unchanged(connection, key, make)
    return made[0] if made else _decoder(operation.result).decode(encoded)


def is_of_the_database(operation: Operation) -> bool:
    """Whether what an operation shows is a definition, and depends on nothing but caller and database."""
    shows = operation.shows_version is not None and not operation.changes
    return shows and operation.name not in _ELSEWHERE


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)
