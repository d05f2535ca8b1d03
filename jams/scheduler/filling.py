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
    if name in ParamDef.__struct_fields__ and name not in ("parameter_origin", "param_id")
)


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
        **{name: getattr(definition, name) for name in _FROM_DEFINITION},
    )


Dated = Callable[[str], date]
"""Tells which day a text of the date language means. Raises JAMSError."""


def fill_in(
    offered: Iterable[SubmitParam], given: list[SubmitParam], dated: Dated
) -> tuple[list[SubmitParam], list[ParamValue]]:
    """The definitions that go with an entry, and the values that it runs with."""
    values: dict[str, str | None] = {}
    for item in given:
        key = names.fold(item.param_name)
        if key in values:
            raise InvalidParameter(f"Parameter {item.param_name} is given twice.", member=item.param_name)
        values[key] = item.param_value
    filled = [parameter_value(item, values.pop(names.fold(item.param_name), None), dated) for item in offered]
    for item in given:
        if names.fold(item.param_name) in values:
            raise InvalidParameter(f"The job has no parameter {item.param_name}.", member=item.param_name)
    return [replace(item, param_value=None) for item in offered], filled


def parameter_value(definition: SubmitParam, given: str | None, dated: Dated) -> ParamValue:
    """The value that a parameter gets; without one given, its default.

    What the date language says of one of the type Date becomes the day that it means.

    Raises:
        MissingArgument: it is required and has no value.
        InvalidParameter: its definition does not allow the value.
    """
    name, default = definition.param_name, definition.param_value
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
