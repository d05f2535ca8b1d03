"""Execution methods as documents: made from delivered ones, changed, deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, Select, select

from jams.objects.capacity import Reference
from jams.objects.enums import ParameterOrigin
from jams.objects.errors import (
    Conflict,
    InUse,
    InvalidArgument,
    MethodNotFound,
    MethodUnavailable,
    MissingArgument,
)
from jams.objects.methods import ExecutionMethod
from jams.objects.parts import ParamDef, PropertyValue
from jams.objects.patch import Patch, patched
from jams.objects.preconditions import ALWAYS, Precondition
from jams.registry import METHOD_PROPERTIES, Acceptance, Place, marks
from jams.registry.execution_methods import METHODS, BaseMethod, base_method
from jams.registry.outcome_rules import check_rules, rules_of

from . import (
    definition_parts,
    definition_stamps,
    folders,
    guarding,
    lookup,
    methods,
    named_in_definitions,
    names,
    parameters,
    properties,
    referring,
    stored,
    tables,
    versions,
)
from .columns import AnyRow
from .definition_parts import Lacks, no_lack
from .reading import Found
from .sight import EVERYTHING, Sight, unended

_method = tables.method
_job = tables.job
_SHOWN = properties.Properties(METHOD_PROPERTIES)


def find(c: Connection, *, id: int | None = None, name: str | None = None) -> int:
    """The number of a method, by number or name. Raises MethodNotFound."""
    wanted = None if id is not None else (name or "").strip() or names.UNREADABLE
    return int(methods.find(c, id, wanted).id)


def all_methods(c: Connection, lacks: Lacks = no_lack) -> list[ExecutionMethod]:
    """Every method, in the order of their numbers. ``lacks`` tells what this machine cannot run."""
    found = methods.by_number(c)
    return [_document(found[id], lacks) for id in sorted(found)]


def get(c: Connection, id: int, lacks: Lacks = no_lack) -> ExecutionMethod:
    """One method. Raises MethodNotFound."""
    return _document(methods.read(methods.find(c, id, None)), lacks)


def create(c: Connection, document: ExecutionMethod, *, user: str, lenient: bool = False) -> ExecutionMethod:
    """Make a method from a delivered one; its document as it stands then.

    Raises:
        AlreadyExists: there is one of that name.
        MethodNotFound: there is no delivered method of the type.
        MethodUnavailable: jobs of that type cannot be run here, and nobody asked for leniency.
        MissingArgument: it does not say from which it is made.
        InvalidName, InvalidArgument and others: the document cannot be taken.
    """
    definition_stamps.lock(c)
    values = _content(c, document, None, lenient)
    id = versions.make(c, _method, values, user=user)
    _remember(c, id, document)
    return get(c, id)


def change(
    c: Connection,
    patch: Patch[ExecutionMethod],
    *,
    id: int | None = None,
    name: str | None = None,
    user: str,
    condition: Precondition = ALWAYS,
    lenient: bool = False,
    check: Callable[[ExecutionMethod, ExecutionMethod], None] = lambda before, after: None,
) -> ExecutionMethod:
    """Change a method: the one of the number or name, or else the one that the patch itself names.

    ``check`` looks at what it was and is, and raises.

    Raises as :func:`create` does, and:
        MethodNotFound: there is no such method.
        PreconditionFailed: it is not as the caller demands.
    """
    held = versions.hold_meant(c, _method, patch, find, "method_name", id=id, name=name, condition=condition)
    found = held.id
    before = get(c, found)
    document = patched(before, patch)
    held.write(c, _content(c, document, before, lenient), user=user)
    _remember(c, found, document)
    after = get(c, found)
    check(before, after)
    return after


def references_to(c: Connection, id: int) -> list[Reference]:
    """Which jobs name a method, by path. Raises MethodNotFound."""
    find(c, id=id)
    return _references(c.execute(_jobs_of(id)).all())


def _jobs_of(id: int) -> Select[Any]:
    query = select(_job.c.id, _job.c.name, tables.folder.c.path)
    return query.join(tables.folder, _job.c.folder_id == tables.folder.c.id).where(_job.c.method_id == id)


def _references(rows: Iterable[AnyRow]) -> list[Reference]:
    found = [
        Reference(
            type="Job",
            referring_name=names.readable(row.name),
            folder_path=row.path,
            property_name="methodName",
            description="It is run by it.",
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: names.fold(names.join(each.folder_path or "", each.referring_name)))


def delete(c: Connection, id: int, condition: Precondition = ALWAYS, sight: Sight = EVERYTHING) -> str:
    """Delete a method; its name. ``sight`` is that of who is told why it cannot be deleted.

    Raises:
        MethodNotFound: there is no such method.
        Conflict: it is a delivered one.
        InUse: a job names it, or an entry of such a job has not ended.
        VersionConflict: it is not as the caller demands.
    """
    row = methods.read(methods.find(c, id, None))
    held = versions.hold(c, _method, id, condition)
    if _is_delivered(row.name):
        raise Conflict(f"Method {row.name} is delivered with the server, and stays.", target=row.name)
    rows = c.execute(_jobs_of(id)).all()
    if rows:
        users = _references(guarding.shown(c, _job, rows))
        named = [names.join(each.folder_path or "", each.referring_name) for each in users]
        told = referring.listed(named, hides=len(users) < len(rows))
        raise InUse(f"Method {row.name} is used by {told}.", target=row.name)
    of_it = tables.entry.c.method_id == id
    live = unended(
        c, of_it, sight, f"of method {row.name} has not ended", f"of method {row.name} have not ended"
    )
    if live is not None:
        raise InUse(live, target=row.name)
    parameters.forget_uses(c, "method", id)
    held.remove(c)
    return str(row.name)


def _is_delivered(name: str) -> bool:
    return base_method(name) is not None


def _remember(c: Connection, id: int, document: ExecutionMethod) -> None:
    parameters.remember_uses(c, "method", id, folders.ROOT_ID, document.parameters)


def _document(row: Found, lacks: Lacks) -> ExecutionMethod:
    rest, base = row.rest, methods.base_of(row)
    why = base.unavailable or lacks(base)
    return ExecutionMethod(
        method_id=row.id,
        method_name=row.name,
        description=base.description if row.description is None else row.description,
        available=not why,
        reason=why or None,
        method_type_id=base.number or None,
        method_type_name=base.name,
        template=rest.template,
        parameters=[
            replace(each, parameter_origin=ParameterOrigin.METHOD) for each in methods.parameters_of(row)
        ],
        properties=_shown(rest.properties),
        job_properties=_shown(rest.job_properties),
        last_change_utc=row.changed,
        last_changed_by=row.changed_by,
        version=row.version,
        damage=row.damage,
        not_obeyed=[
            *marks(METHOD_PROPERTIES, Place.METHOD, rest.properties),
            *marks(METHOD_PROPERTIES, Place.METHOD, rest.job_properties),
        ],
    )


def _shown(own: list[PropertyValue]) -> list[PropertyValue]:
    return [each for each in _SHOWN.complete(own, {}) if each.current_value is not None]


def _content(
    c: Connection, document: ExecutionMethod, before: ExecutionMethod | None, lenient: bool
) -> dict[str, Any]:
    id, borne = (before.method_id, before.method_name) if before else (None, None)
    name = lookup.free_name(
        c, _method, document.method_name, id=id, borne=borne, what="a method", member="methodName"
    )
    key = names.fold(name)
    base = _base(document, before, lenient)
    if borne is not None and _is_delivered(borne) and (key != names.fold(borne) or base.name != borne):
        raise InvalidArgument(
            f"Method {borne} is delivered with the server: its name and type stay. Make another one from it.",
            member="methodName",
        )
    if base.container and (document.template or (borne is None)):
        raise InvalidArgument(
            f"Jobs of the type {base.name} have members in place of a source: no method is made from it, and "
            "it has no template.",
            member="methodTypeName" if borne is None else "template",
        )
    acceptance = Acceptance()
    rest = methods.MethodRest(
        template=document.template,
        parameters=_own_parameters(document, base),
        properties=_accepted(acceptance, document.properties, before.properties if before else ()),
        job_properties=_accepted(
            acceptance, document.job_properties, before.job_properties if before else ()
        ),
    )
    named_in_definitions.check_references(c, acceptance.said, names.ROOT, lenient=lenient)
    acceptance.settle(lenient=lenient)
    if not lenient:
        definition_parts.check_fits(base, [*rest.properties, *rest.job_properties])
    own = [*rest.properties, *rest.job_properties]
    check_rules(rules_of(lambda each: properties.effective(each, own, {})))
    return {
        "name": name,
        "name_key": key,
        "description": document.description,
        "base": base.name,
        "document": stored.encoded(rest),
    }


def _accepted(
    acceptance: Acceptance, given: list[PropertyValue], before: Iterable[PropertyValue]
) -> list[PropertyValue]:
    return acceptance.properties(METHOD_PROPERTIES, Place.METHOD, given, before)


def _own_parameters(document: ExecutionMethod, base: BaseMethod) -> list[ParamDef]:
    """The parameters that are not as the delivered method has them."""
    given = parameters.checked_definitions(document.parameters)
    plain = [replace(each, parameter_origin=ParameterOrigin.JOB) for each in given]
    return [each for each in plain if each not in base.parameters]


def _base(document: ExecutionMethod, before: ExecutionMethod | None, lenient: bool) -> BaseMethod:
    """The delivered method that a method is made from."""
    id, name = document.method_type_id, document.method_type_name
    if before is not None and name != before.method_type_name and id == before.method_type_id:
        id = None
    elif before is not None and id != before.method_type_id and name == before.method_type_name:
        name = None
    if id is None and name is None:
        raise MissingArgument(
            "Say from which delivered method it is made (methodTypeName).", member="methodTypeName"
        )
    found = [
        each
        for each in METHODS.values()
        if (id is None or each.number == id) and (name is None or each.name.casefold() == name.casefold())
    ]
    if not found:
        raise MethodNotFound(
            f"There is no delivered method {name if name is not None else id}.",
            target=name or id,
            member="methodTypeName",
        )
    base = found[0]
    if base.unavailable and not lenient and (before is None or before.method_type_name != base.name):
        raise MethodUnavailable(
            f"Method {base.name} is unavailable. {base.unavailable}",
            target=base.name,
            member="methodTypeName",
        )
    return base
