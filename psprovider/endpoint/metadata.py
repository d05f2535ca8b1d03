"""Command metadata: the answer to GET_COMMAND_METADATA (MS-PSRP 2.2.3.21 to 2.2.3.23)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .clixml.types import CUSTOM_OBJECT, OBJECT, EnumValue, PSDict, PSList, PSObject
from .records import generic

ALIAS, FUNCTION, CMDLET = 1, 2, 8
_SMA = "System.Management.Automation"
OUTPUT_TYPES = (generic("System.Collections.ObjectModel.ReadOnlyCollection", f"{_SMA}.PSTypeName"), OBJECT)
"""The type of a list of output types."""
PARAMETERS = (
    generic("System.Collections.Generic.Dictionary", "System.String", f"{_SMA}.ParameterMetadata"),
    OBJECT,
)
"""The type of a dictionary of parameters."""
_PARAMETER = (f"{_SMA}.ParameterMetadata", OBJECT)
_ALIASES = (generic("System.Collections.ObjectModel.Collection", "System.String"), OBJECT)
_KINDS = {ALIAS: "Alias", FUNCTION: "Function", CMDLET: "Cmdlet"}


@dataclass(frozen=True, slots=True)
class ParameterMetadata:
    """One parameter; ``type_name`` is the full .NET name, ``System.Object`` where nothing closer is known."""

    name: str
    type_name: str = OBJECT
    aliases: Sequence[str] = ()
    switch: bool = False
    dynamic: bool = False


@dataclass(frozen=True, slots=True)
class CommandMetadata:
    """One command that exists.

    Attributes:
        name: its name.
        kind: ALIAS, FUNCTION or CMDLET. The commands of a restricted endpoint are functions.
        parameters: its parameters, in order.
        resolved: for an alias, the command it stands for.
        namespace: the module; empty in a restricted endpoint.
        help_uri: where its help is.
        output_types: the types of its output.
    """

    name: str
    kind: int = FUNCTION
    parameters: Sequence[ParameterMetadata] = ()
    resolved: str | None = None
    namespace: str = ""
    help_uri: str = ""
    output_types: Sequence[str] = ()


def answer(commands: Sequence[CommandMetadata]) -> Iterator[PSObject]:
    """The objects that answer a question for commands: their number, then each, in the order given."""
    names = ("Selected.Microsoft.PowerShell.Commands.GenericMeasureInfo", CUSTOM_OBJECT, OBJECT)
    yield PSObject(names, {"Count": len(commands)})
    for command in commands:
        yield _command(command)


def _command(command: CommandMetadata) -> PSObject:
    kind = _KINDS[command.kind]
    members: dict[str, Any] = {
        "Name": command.name,
        "Namespace": command.namespace,
        "HelpUri": command.help_uri,
        "CommandType": EnumValue(f"{_SMA}.CommandTypes", command.kind, kind),
        "ResolvedCommandName": command.resolved,
        "OutputType": PSList(command.output_types, OUTPUT_TYPES),
        "Parameters": PSDict({item.name: _parameter(item) for item in command.parameters}, PARAMETERS),
    }
    return PSObject((f"Selected.{_SMA}.{kind}Info", CUSTOM_OBJECT, OBJECT), members)


def _parameter(item: ParameterMetadata) -> PSObject:
    properties = {
        "Name": item.name,
        "ParameterType": f"{_SMA}.SwitchParameter" if item.switch else item.type_name,
        "Aliases": PSList(item.aliases, _ALIASES),
        "IsDynamic": item.dynamic,
        "SwitchParameter": item.switch,
    }
    return PSObject(_PARAMETER, properties=properties, to_string=_PARAMETER[0])
