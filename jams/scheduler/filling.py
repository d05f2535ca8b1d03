"""The parameters of a submission: what is offered, and the values that an entry runs with (semantics 2.8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import folders, names, parameters
from jams.database.parameter_values import check_value, is_day
from jams.objects.enums import DataType, ParameterOrigin
from jams.objects.errors import InvalidParameter, JAMSError, MissingArgument
from jams.objects.parts import ParamDef, ParamValue
from jams.objects.schedule import SubmitParam

_FROM_DEFINITION = tuple(
    name
    for name in SubmitParam.__struct_fields__
    if name in ParamDef.__struct_fields__ and name not in ("parameter_origin", "param_id", "encryption_id")
)


class Carried(SubmitParam, kw_only=True):
    """A parameter that is given the value of an encrypted variable, by who defines work; never by a caller.

    ``carries`` is the number of the variable; the value itself is seen when a run starts.
    """

    carries: int


def handed_on(name: str, linked: parameters.Linked | None) -> SubmitParam:
    """A parameter that is given the value of a variable, whether that is shown or not."""
    if linked is not None and linked.encrypted:
        return Carried(param_name=name, carries=linked.id)
    return SubmitParam(param_name=name, param_value=None if linked is None else linked.value)


def merged(
    c: Connection,
    of_method: Iterable[ParamDef],
    above: Iterable[folders.FolderRecord],
    folder_id: int,
    own: list[ParamDef],
) -> list[SubmitParam]:
    """The parameters of the method, of the folders from the root down, and of the job; the last counts."""
    merged: dict[str, SubmitParam] = {}
    for definition in of_method:
        merged[names.fold(definition.param_name)] = _offered(
            c, definition, folders.ROOT_ID, ParameterOrigin.METHOD
        )
    for folder in above:
        for definition in folder.rest.parameters:
            merged[names.fold(definition.param_name)] = _offered(
                c, definition, folder.id, ParameterOrigin.FOLDER
            )
    for definition in own:
        merged[names.fold(definition.param_name)] = _offered(c, definition, folder_id, ParameterOrigin.JOB)
    return list(merged.values())


def _offered(c: Connection, definition: ParamDef, folder_id: int, origin: ParameterOrigin) -> SubmitParam:
    linked = parameters.linked_variable(c, definition, folder_id)
    return SubmitParam(
        param_value=definition.default_value if linked is None else linked.value,
        parameter_origin=origin,
        encryption_id=linked.id if linked is not None and linked.encrypted else None,
        **{name: getattr(definition, name) for name in _FROM_DEFINITION},
    )


Dated = Callable[[str], date]
"""Tells which day a text of the date language means. Raises JAMSError."""


def fill_in(
    offered: Iterable[SubmitParam], given: list[SubmitParam], dated: Dated
) -> tuple[list[SubmitParam], list[ParamValue]]:
    """The definitions that go with an entry, and the values that it runs with."""
    values: dict[str, SubmitParam] = {}
    for item in given:
        key = names.fold(item.param_name)
        if key in values:
            raise InvalidParameter(f"Parameter {item.param_name} is given twice.", member=item.param_name)
        values[key] = item
    filled = [_filled(item, values.pop(names.fold(item.param_name), None), dated) for item in offered]
    for item in given:
        if names.fold(item.param_name) in values:
            raise InvalidParameter(f"The job has no parameter {item.param_name}.", member=item.param_name)
    return [replace(item, param_value=None) for item in offered], filled


def takes_no_other(name: str, *, member: str) -> InvalidParameter:
    """The refusal of a value for a parameter that has that of an encrypted variable."""
    return InvalidParameter(
        f"Parameter {name} has the value of an encrypted variable, and takes no other one, which would be "
        "shown in the entry.",
        member=member,
    )


def _filled(definition: SubmitParam, given: SubmitParam | None, dated: Dated) -> ParamValue:
    if isinstance(given, Carried):
        return _carrying(definition, given.carries, "Submit")
    return parameter_value(definition, None if given is None else given.param_value, dated)


def _carrying(definition: SubmitParam, variable: int, loaded_from: str) -> ParamValue:
    """The value of an encrypted variable, which is not held against what the parameter allows."""
    return ParamValue(
        param_name=definition.param_name,
        data_type=definition.data_type,
        default_format=definition.default_format,
        loaded_from=loaded_from,
        parameter_origin=definition.parameter_origin,
        length=definition.length,
        encryption_id=variable,
    )


def parameter_value(definition: SubmitParam, given: str | None, dated: Dated) -> ParamValue:
    """The value that a parameter gets; without one given, its default.

    What the date language says of one of the type Date becomes the day that it means.

    Raises:
        MissingArgument: it is required and has no value.
        InvalidParameter: its definition does not allow the value.
    """
    name, default = definition.param_name, definition.param_value
    if definition.encryption_id is not None:
        if given:
            raise takes_no_other(name, member=name)
        return _carrying(definition, definition.encryption_id, "Default")
    value = default if given is None else given
    if not value and definition.required:
        raise MissingArgument(f"Parameter {name} needs a value.", target=name, member=name)
    if value and definition.data_type is DataType.DATE and not is_day(value):
        value = _day(name, value, dated)
    return ParamValue(
        param_name=name,
        value=check_value(definition, value) if value else value,
        data_type=definition.data_type,
        default_format=definition.default_format,
        loaded_from="Default" if given is None else "Submit",
        parameter_origin=definition.parameter_origin,
        length=definition.length,
    )


def _day(name: str, text: str, dated: Dated) -> str:
    try:
        return dated(text).isoformat()
    except JAMSError as error:
        raise InvalidParameter(f"Parameter {name} is a date. {error.message}", member=name) from None
