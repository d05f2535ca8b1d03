"""Parameters: what a definition may say, and which values it allows (semantics 2.8)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection, delete, insert, select

from jams.dates import DateError, parse
from jams.objects.enums import DataType
from jams.objects.errors import Damaged, InvalidArgument, InvalidParameter, JAMSError, VariableNotFound
from jams.objects.job_environment import decides_how_jobs_run, variable_name
from jams.objects.parts import ParamDef

from . import lookup, names, tables
from .parameter_values import check_rule, check_value, is_day

MOST = 1000
"""How many parameters a definition has at most: each entry carries them all."""

_use = tables.variable_use
_variable = tables.variable


def checked_definitions(definitions: list[ParamDef]) -> list[ParamDef]:
    """The definitions as they are stored, in their order.

    Raises:
        InvalidParameter: two bear one name or would be one environment variable, a name that would decide how
            the job runs, a rule that cannot be read, or a default that its own rule refuses.
        InvalidArgument: a parameter to be encrypted, or more than :data:`MOST` of them.
    """
    if len(definitions) > MOST:
        raise InvalidArgument(
            f"A definition has at most {MOST} parameters; this has {len(definitions)}.", member="parameters"
        )
    seen: dict[str, str] = {}
    for definition in definitions:
        _check_name(definition.param_name, seen)
        _check_definition(definition)
    return sorted((_stored(definition) for definition in definitions), key=lambda d: d.sequence)


def _check_name(name: str, seen: dict[str, str]) -> None:
    """Check a name against those before it; ``seen`` holds these by what may be there only once.

    Raises InvalidName, InvalidParameter.
    """
    names.check_name(name, "parameters")
    variable = variable_name(name)
    if decides_how_jobs_run(variable):
        raise InvalidParameter(
            f"A parameter cannot be called {name}: jobs get their parameters as environment variables, and "
            f"{variable} would change how they run. Take another name.",
            member=name,
        )
    # Two cases of a letter make two variables on POSIX systems, but one on Windows.
    keys = {names.fold(name), names.fold(variable)}
    twin = next((seen[key] for key in keys if key in seen), None)
    if twin is not None:
        raise InvalidParameter(
            f"Parameters {twin} and {name} would be one and the same in a job: its variable {variable}.",
            member=name,
        )
    seen.update(dict.fromkeys(keys, name))


def _check_definition(definition: ParamDef) -> None:
    if definition.encrypt or definition.new_encrypted_value is not None:
        raise InvalidArgument(
            f"Parameter {definition.param_name} cannot be encrypted: values are kept as they are, and "
            "shown. A secret belongs into a credential.",
            member=definition.param_name,
        )
    check_rule(definition)
    default = definition.default_value
    if default and definition.data_type is DataType.DATE and not is_day(default):
        _check_dates(definition.param_name, default)
    elif default:
        check_value(definition, default)


def _check_dates(name: str, text: str) -> None:
    """Check that a default can be read; which day it means is found out for each entry."""
    try:
        parse(text)
    except DateError as error:
        raise InvalidParameter(
            f"The default of parameter {name} is a date. {error.message}", member=name
        ) from None


def _stored(definition: ParamDef) -> ParamDef:
    return replace(definition, inherited=False, inherited_from_id=None, inherited_from_name=None)


class Linked(NamedTuple):
    """The variable that gives a parameter its default.

    Attributes:
        id: its number.
        value: its value; None of an encrypted one.
        encrypted: whether its value is shown to nobody.
    """

    id: int
    value: str | None
    encrypted: bool


def linked_variable(c: Connection, definition: ParamDef, folder_id: int) -> Linked | None:
    """The variable that gives a parameter its default, or None.

    A relative name is looked up in ``folder_id``. Raises InvalidParameter when it does not exist, and Damaged
    when its value cannot be read.
    """
    if definition.variable_id is None and not definition.variable_name:
        return None
    name = definition.variable_name
    if definition.variable_id is None and name and definition.variable_name_is_relative:
        folder = c.scalar(select(tables.folder.c.path).where(tables.folder.c.id == folder_id))
        name = names.join(folder or names.ROOT, name)
    try:
        id = lookup.locate(c, _variable, VariableNotFound, id=definition.variable_id, name=name)
    except JAMSError as error:
        raise InvalidParameter(
            f"Parameter {definition.param_name} takes its default from a variable. {error.message}",
            member=definition.param_name,
        ) from None
    found = c.execute(select(_variable.c.value, _variable.c.secret).where(_variable.c.id == id)).one()
    if not isinstance(found.value, str | None):
        raise Damaged(f"The value of variable {name or id} cannot be read.", target=name or id)
    return Linked(id, found.value, found.secret is not None)


def remember_uses(
    c: Connection, owner: str, id: int, folder_id: int, definitions: Iterable[ParamDef]
) -> None:
    """Note which variables a folder's or job's parameters take their defaults from."""
    forget_uses(c, owner, id)
    linked = {row.id for d in definitions if (row := linked_variable(c, d, folder_id)) is not None}
    if linked:
        c.execute(insert(_use), [{"owner": owner, "owner_id": id, "variable_id": v} for v in linked])


def forget_uses(c: Connection, owner: str, id: int) -> None:
    """The folder or job uses no variable any more."""
    c.execute(delete(_use).where(_use.c.owner == owner, _use.c.owner_id == id))
