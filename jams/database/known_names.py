"""Whom access lists mean: which of the names in them anybody bears here."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from . import names, tables
from .access_lines import parts_of


def nobodies(c: Connection, identifiers: Iterable[str]) -> list[str]:
    """Those parts of identifiers of access lists that are no account and no group here.

    Names of the system or of a directory, which have a backslash or an @ in them, are not looked up.
    """
    parts = {part for each in identifiers for part in parts_of(each)} - {"", "*"}
    wanted = {names.fold(each): each for each in parts if not set("\\@") & set(each)}
    for table in (tables.account, tables.account_group):
        if wanted:
            known = set(c.scalars(select(table.c.name_key).where(table.c.name_key.in_(list(wanted)))))
            wanted = {key: name for key, name in wanted.items() if key not in known}
    return sorted(wanted.values())
