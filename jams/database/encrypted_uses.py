"""What a variable that becomes encrypted leaves behind: who looks at its value, and what it was before."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, or_, select, update

from jams.objects.errors import InUse
from jams.registry import ValueType

from . import folders, guarding, methods, named_in_definitions, names, referring, tables

_revision = tables.revision
_use = tables.variable_use
_variable = tables.variable
_folder = tables.folder
_job = tables.job


def check_not_compared(c: Connection, id: int, path: str) -> None:
    """See that nothing waits for a value of a variable that is to be encrypted.

    Raises:
        InUse: a dependency or a trigger does; the message names some.
    """
    kind = ValueType.VARIABLE
    found = [
        (each, sees)
        for each, sees in referring.with_sight(c, kind, id, path)
        if named_in_definitions.is_compared(kind, each.property_name)
    ]
    if found:
        seen = referring.by_path(each for each, sees in found if sees)
        told = [
            f"{each.type.lower()} {names.join(each.folder_path or names.ROOT, each.referring_name)}"
            for each in seen[:10]
        ]
        named = ", ".join(told + ([guarding.CLOSED] if len(seen) < len(found) else []))
        raise InUse(
            f"{path} cannot be encrypted: its value is waited for by {named}. What is compared is no secret.",
            target=path,
        )


def forget_value(c: Connection, id: int) -> None:
    """Take the values that a variable had out of its revisions."""
    of_it = (_revision.c.kind == tables.variable.name, _revision.c.object_id == id)
    rows = c.execute(select(_revision.c.id, _revision.c.document).where(*of_it)).all()
    for row in rows:
        document = json.loads(row.document or "{}")
        if document.pop("value", None) is not None:
            told = json.dumps(document, ensure_ascii=False)
            c.execute(update(_revision).where(_revision.c.id == row.id).values(document=told))


def of_method(c: Connection, id: int) -> set[int]:
    """The encrypted variables whose values parameters of a method have, or of a job that it runs."""
    uses = _uses(c)
    found = _used(uses, "method", [id])
    found |= _used(uses, "job", c.scalars(select(_job.c.id).where(_job.c.method_id == id)))
    for use in uses:
        if use.owner != "folder" or use.variable in found:
            continue
        path_key = c.scalar(select(_folder.c.path_key).where(_folder.c.id == use.owner_id))
        of_it = select(_job.c.id).join(_folder, _job.c.folder_id == _folder.c.id)
        of_it = of_it.where(_job.c.method_id == id, folders.within(path_key or "", recursive=True))
        if c.execute(of_it.limit(1)).first() is not None:
            found.add(use.variable)
    return found


def in_folder(c: Connection, id: int) -> set[int]:
    """The encrypted variables whose values parameters have of a folder, those above, or what is below."""
    path_key = c.scalar(select(_folder.c.path_key).where(_folder.c.id == id)) or ""
    above = _folder.c.path_key.in_(names.ancestors(path_key))
    below = folders.within(path_key, recursive=True)
    uses = _uses(c)
    found = _used(uses, "folder", c.scalars(select(_folder.c.id).where(or_(above, below))))
    in_it = select(_job.c.method_id).join(_folder, _job.c.folder_id == _folder.c.id).where(below)
    found |= _used(uses, "method", c.scalars(in_it.distinct()))
    return found | _used(uses, "job", jobs_below(c, path_key))


def jobs_below(c: Connection, path_key: str) -> set[int]:
    """The jobs of a folder and of those below it."""
    query = select(_job.c.id).join(_folder, _job.c.folder_id == _folder.c.id)
    return set(c.scalars(query.where(folders.within(path_key, recursive=True))))


def all_encrypted(c: Connection) -> list[int]:
    """The numbers of all encrypted variables."""
    return list(c.scalars(select(_variable.c.id).where(_variable.c.secret.is_not(None))))


def all_containers(c: Connection) -> set[int]:
    """The setups and sequences."""
    ids = [id for id, name in methods.all_names(c).items() if methods.is_container(name)]
    return set(c.scalars(select(_job.c.id).where(_job.c.method_id.in_(ids))))


def containers(c: Connection) -> set[int]:
    """The setups and sequences that have an encrypted variable as a parameter, of theirs or from above."""
    every = all_containers(c)
    found: set[int] = set()
    for use in _uses(c):
        if use.owner == "folder":
            path_key = c.scalar(select(_folder.c.path_key).where(_folder.c.id == use.owner_id))
            found |= jobs_below(c, path_key or "") & every
        elif use.owner == "method":
            found |= set(c.scalars(select(_job.c.id).where(_job.c.method_id == use.owner_id))) & every
        elif use.owner_id in every:
            found.add(use.owner_id)
    return found


class _Use(NamedTuple):
    """A parameter of a folder, method or job that has the value of an encrypted variable."""

    owner: str
    owner_id: int
    variable: int


def _uses(c: Connection) -> list[_Use]:
    query = select(_use.c.owner, _use.c.owner_id, _use.c.variable_id)
    query = query.join(_variable, _use.c.variable_id == _variable.c.id)
    return [_Use(*row) for row in c.execute(query.where(_variable.c.secret.is_not(None)))]


def _used(uses: Iterable[_Use], owner: str, ids: Iterable[int]) -> set[int]:
    """The encrypted variables that parameters of these owners have."""
    wanted = set(ids)
    return {use.variable for use in uses if use.owner == owner and use.owner_id in wanted}
