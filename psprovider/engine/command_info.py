"""Commands as Get-Command gives them: functions, aliases, and what Show-Command makes a form of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from psprovider.cmdlets.common import ENUMERATIONS
from psprovider.cmdlets.model import Parameter, Place
from psprovider.endpoint.clixml.types import (
    ARRAY_LIST,
    CUSTOM_OBJECT,
    OBJECT,
    EnumValue,
    PSDict,
    PSList,
    PSObject,
    Version,
)
from psprovider.endpoint.metadata import OUTPUT_TYPES, PARAMETERS
from psprovider.endpoint.records import STRING_LIST, generic

from .commands import ALL, CommandSpec
from .help import OBJECT_ARRAY, syntax

_SMA = "System.Management.Automation"
_FUNCTION = (f"{_SMA}.FunctionInfo", f"{_SMA}.CommandInfo", OBJECT)
_ALIAS = (f"{_SMA}.AliasInfo", f"{_SMA}.CommandInfo", OBJECT)
_SETS = (
    generic("System.Collections.ObjectModel.ReadOnlyCollection", f"{_SMA}.CommandParameterSetInfo"),
    OBJECT,
)
_CUSTOM = (CUSTOM_OBJECT, OBJECT)
_STRINGS = ("System.String[]", "System.Array", OBJECT)
_NOWHERE = -0x80000000
"""The position of a parameter that is only given by name."""


def function_info(spec: CommandSpec) -> PSObject:
    """A command (FunctionInfo)."""
    verb, _, noun = spec.name.partition("-")
    properties = {
        "CmdletBinding": True,
        "DefaultParameterSet": spec.default_set if len(spec.sets) > 1 else None,
        "Definition": "\n".join(syntax(spec, short=True)),
        "Options": "None",
        "Description": None,
        "Verb": verb if noun else "",
        "Noun": noun,
        "HelpFile": None,
        **_shared(spec, spec.name, "Function"),
        "ParameterSets": PSList(
            [line.removeprefix(spec.name).strip() for line in syntax(spec, short=True)], _SETS
        ),
    }
    members = {"Namespace": spec.module, "HelpUri": ""}
    return PSObject(_FUNCTION, members, properties=properties, to_string=spec.name)


def alias_info(alias: str, spec: CommandSpec) -> PSObject:
    """Another name of a command (AliasInfo)."""
    properties = {
        "ReferencedCommand": PSObject((), value=spec.name),
        "ResolvedCommand": PSObject((), value=spec.name),
        "Definition": spec.name,
        "Options": "None",
        "Description": "",
        **_shared(spec, alias, "Alias"),
    }
    members = {
        "Namespace": spec.module,
        "HelpUri": "",
        "ResolvedCommandName": spec.name,
        "DisplayName": f"{alias} -> {spec.name}",
    }
    return PSObject(_ALIAS, members, properties=properties, to_string=alias)


def form_info(spec: CommandSpec) -> PSObject:
    """What a client needs to show a command as a form (``-ShowCommandInfo``)."""
    sets = [
        PSObject(
            _CUSTOM,
            {
                "Name": name,
                "IsDefault": name == spec.default_set != ALL,
                "Parameters": PSList(_fields(spec, name), OBJECT_ARRAY),
            },
        )
        for name in spec.sets
    ]
    return PSObject(
        _CUSTOM,
        {
            "Name": spec.name,
            "ModuleName": spec.module,
            "Module": PSObject(_CUSTOM, {"Name": spec.module}),
            "CommandType": EnumValue(f"{_SMA}.CommandTypes", 2, "Function"),
            "Definition": "\n".join(syntax(spec, short=True)),
            "ParameterSets": PSList(sets, OBJECT_ARRAY),
        },
    )


def _shared(spec: CommandSpec, name: str, kind: str) -> dict[str, Any]:
    """What a command and its aliases have in common."""
    return {
        "OutputType": PSList(spec.output, OUTPUT_TYPES),
        "Name": name,
        "CommandType": kind,
        "Source": spec.module,
        "Version": Version("1.0") if spec.module else None,
        "Visibility": "Public",
        "ModuleName": spec.module,
        "Module": spec.module or None,
        "RemotingCapability": "PowerShell",
        "Parameters": PSDict(
            {p.name: f"{_SMA}.ParameterMetadata" for p in (*spec.parameters, *spec.shared)}, PARAMETERS
        ),
    }


def _fields(spec: CommandSpec, name: str) -> Iterator[PSObject]:
    for parameter in (*spec.parameters, *spec.shared):
        place = parameter.places.get(name) or parameter.places.get("")
        if place is not None:
            yield _field(parameter, place)


def _field(parameter: Parameter, place: Place) -> PSObject:
    numbers = ENUMERATIONS.get(parameter.type_name)
    words = () if numbers else parameter.values
    return PSObject(
        _CUSTOM,
        {
            "Name": parameter.name,
            "IsMandatory": place.mandatory,
            "ValueFromPipeline": place.by_value,
            "Position": _NOWHERE if place.position is None else place.position,
            "ParameterType": _type(parameter.type_name),
            "HasParameterSet": bool(words),
            "ValidParamSetValues": PSList(words, _STRINGS if words else STRING_LIST),
        },
    )


def _type(name: str) -> PSObject:
    names = ENUMERATIONS.get(name, ())
    return PSObject(
        _CUSTOM,
        {
            "FullName": name,
            "IsEnum": bool(names),
            "IsArray": name.endswith("[]"),
            "EnumValues": PSList([EnumValue(name, n, word) for n, word in enumerate(names)], ARRAY_LIST),
            "HasFlagAttribute": False,
            "ElementType": _type(name.removesuffix("[]")) if name.endswith("[]") else None,
            "ImplementsDictionary": name == "System.Collections.Hashtable",
        },
    )
