"""The syntax of a cmdlet as ``Get-Command -Syntax`` and Get-Help show it."""

from __future__ import annotations

from .model import SECURE_STRING, SWITCH, Cmdlet, Parameter

_SHORT = {
    "System.String": "string",
    "System.Int64": "long",
    "System.Int32": "int",
    "System.Double": "double",
    "System.Boolean": "bool",
    "System.DateTime": "datetime",
    "System.Object": "Object",
    "System.Collections.Hashtable": "hashtable",
    SECURE_STRING: "securestring",
    SWITCH: "switch",
}


def short_type(type_name: str) -> str:
    """The short name of a .NET type: ``System.String[]`` becomes ``string[]``."""
    base = type_name.removesuffix("[]")
    return (_SHORT.get(base) or base.rpartition(".")[2]) + type_name[len(base) :]


def set_parameters(cmdlet: Cmdlet, name: str) -> list[Parameter]:
    """The parameters of one set: by position, then the mandatory ones, then the others."""

    def order(parameter: Parameter) -> tuple[int, bool]:
        place = parameter.places[name]
        return (99 if place.position is None else place.position, not place.mandatory)

    return sorted((p for p in cmdlet.parameters if name in p.places), key=order)


def parameter_syntax(parameter: Parameter, name: str) -> str:
    """One parameter in a syntax line: ``[[-Name] <string>]``, ``-Comment <string>``, ``[-Force]``."""
    place = parameter.places[name]
    word = f"-{parameter.name}"
    if parameter.switch:
        return word if place.mandatory else f"[{word}]"
    if place.position is not None:
        word = f"[{word}]"
    word = f"{word} <{short_type(parameter.type_name)}>"
    return word if place.mandatory else f"[{word}]"


def syntax_lines(cmdlet: Cmdlet) -> list[str]:
    """One line for every parameter set."""
    tail = ["[-WhatIf]", "[-Confirm]"] if cmdlet.changes else []
    return [
        " ".join(
            [
                cmdlet.name,
                *(parameter_syntax(p, each.name) for p in set_parameters(cmdlet, each.name)),
                *tail,
                "[<CommonParameters>]",
            ]
        )
        for each in cmdlet.sets
    ]
