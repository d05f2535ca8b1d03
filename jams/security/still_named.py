"""What still names an account or group that is deleted: whoever is called so next gets it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from jams.database import access, credentials, folders, guarding, lookup, names, object_access, tables
from jams.database.access_lines import parts_of

_MOST_NAMED = 10


def hint(c: Connection, name: str) -> str:
    """Whose access lists name somebody, areas and objects, and the credentials that he owns, as sentences.

    Objects that who asks may not look at are left out. Nothing where there are none.
    """
    areas = {rule.area for rule in access.all_rules(c) if _names(rule.identifier, name)}
    listed = [*sorted(areas), *_some(sorted(_objects(c, name)))]
    owned = sorted(
        each.name
        for each in credentials.all_credentials(c)
        if names.fold(each.owner) == names.fold(name) and guarding.sees(c, tables.credential, each.id)
    )
    told = f" Access lists still name it: {', '.join(listed)}." if listed else ""
    return told + (f" It still owns the credentials {', '.join(_some(owned))}." if owned else "")


def _objects(c: Connection, name: str) -> Iterator[str]:
    for (kind, id), acl in object_access.all_lists(c).items():
        if any(_names(line.identifier, name) for line in acl.generic_acl):
            table = tables.metadata.tables[kind]
            called = c.scalar(select(table.c.name).where(table.c.id == id))
            if called is None or not guarding.sees(c, table, id):  # it was removed, or is closed
                continue
            if table is tables.folder:
                called = folders.paths(c, [id])[id]
            elif "folder_id" in table.c:
                called = lookup.path(c, table, id)
            yield f"{kind} {names.readable(called)}"


def _names(identifier: str, name: str) -> bool:
    return names.fold(name) in {names.fold(part) for part in parts_of(identifier)}


def _some(found: list[str]) -> list[str]:
    more = len(found) - _MOST_NAMED
    return found[:_MOST_NAMED] + ([f"{more} more"] if more > 0 else [])
