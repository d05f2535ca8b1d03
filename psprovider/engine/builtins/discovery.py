"""Get-Command, Get-Help and Get-FormatData."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from psprovider.endpoint.clixml.types import OBJECT, EnumValue, PSDict, PSList, PSObject, Version
from psprovider.endpoint.exceptions import ErrorCategory, PipelineFailed
from psprovider.endpoint.known_errors import command_not_found
from psprovider.endpoint.records import generic
from psprovider.engine.commands import CommandSpec, parameter, switch
from psprovider.engine.format_data import format_data
from psprovider.engine.help import help_object, syntax
from psprovider.engine.invocation import Invocation
from psprovider.engine.patterns import has_wildcards, matches
from psprovider.engine.values import as_list, text

_SMA = "System.Management.Automation"
_TYPES = (f"{_SMA}.FunctionInfo", f"{_SMA}.CommandInfo", OBJECT)
_ALIAS_TYPES = (f"{_SMA}.AliasInfo", f"{_SMA}.CommandInfo", OBJECT)
_PARAMETERS = (generic("System.Collections.Generic.Dictionary", "System.String", "System.String"), OBJECT)
_STRINGS = (generic("System.Collections.ObjectModel.ReadOnlyCollection", "System.String"), OBJECT)
_COMMAND_TYPES = {"alias": 1, "function": 2, "cmdlet": 8, "all": 511}


def _get_command(run: Invocation) -> Iterator[Any]:
    registry = run.session.registry
    patterns = [text(name) for name in as_list(run.value("Name"))] or ["*"]
    verbs, nouns = _patterns(run, "Verb"), _patterns(run, "Noun")
    modules = _patterns(run, "Module")
    kinds = [text(kind).lower() for kind in as_list(run.value("CommandType"))]
    for pattern in patterns:
        found = registry.matching(pattern)
        if not found and not has_wildcards(pattern):
            record = command_not_found(pattern)
            run.error(_of_get_command(record, run))
            continue
        for spec in found:
            verb, _, noun = spec.name.partition("-")
            if not _one(verbs, verb) or not _one(nouns, noun) or not _one(modules, spec.module):
                continue
            alias = not has_wildcards(pattern) and pattern.lower() in (a.lower() for a in spec.aliases)
            if kinds and not ({"all", "function", "cmdlet"} | ({"alias"} if alias else set())) & set(kinds):
                continue
            if run.value("Syntax"):
                yield "\n" + "\n\n".join(syntax(spec, short=True)) + "\n"
            elif run.value("ShowCommandInfo"):
                yield _show_info(spec)
            else:
                yield _alias_info(pattern.lower(), spec) if alias else command_info(spec)


def _of_get_command(record: Any, run: Invocation) -> Any:
    return replace(
        record,
        error_id=f"{record.error_id},Microsoft.PowerShell.Commands.GetCommandCommand",
        activity=run.info.command,
        invocation=run.info,
    )


def _patterns(run: Invocation, name: str) -> list[str]:
    return [text(value) for value in as_list(run.value(name))]


def _one(patterns: list[str], value: str) -> bool:
    return not patterns or any(matches(pattern, value) for pattern in patterns)


def command_info(spec: CommandSpec) -> PSObject:
    """A command as Get-Command shows it."""
    verb, _, noun = spec.name.partition("-")
    properties = {
        "CmdletBinding": True,
        "DefaultParameterSet": spec.default_set if len(spec.sets) > 1 else None,
        "Definition": "\n".join(syntax(spec, short=True)),
        "Options": "None",
        "Description": spec.summary,
        "Verb": verb if noun else "",
        "Noun": noun,
        "HelpFile": None,
        **_shared(spec, spec.name, "Function"),
    }
    members = {"Namespace": spec.module, "HelpUri": ""}
    return PSObject(_TYPES, members, properties=properties, to_string=spec.name)


def _alias_info(alias: str, spec: CommandSpec) -> PSObject:
    properties = {
        "ReferencedCommand": spec.name,
        "ResolvedCommand": spec.name,
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
    return PSObject(_ALIAS_TYPES, members, properties=properties, to_string=alias)


def _shared(spec: CommandSpec, name: str, kind: str) -> dict[str, Any]:
    return {
        "OutputType": PSList(spec.output, _STRINGS),
        "Name": name,
        "CommandType": kind,
        "Source": spec.module,
        "Version": Version("1.0") if spec.module else None,
        "Visibility": "Public",
        "ModuleName": spec.module,
        "Module": spec.module or None,
        "RemotingCapability": "PowerShell",
        "Parameters": PSDict(
            {p.name: f"{_SMA}.ParameterMetadata" for p in (*spec.parameters, *spec.shared)}, _PARAMETERS
        ),
        "ParameterSets": PSList(
            [line.removeprefix(spec.name).strip() for line in syntax(spec, short=True)], _STRINGS
        ),
    }


def _show_info(spec: CommandSpec) -> PSObject:
    sets = [
        PSObject(
            members={
                "Name": name,
                "IsDefault": name == spec.default_set,
                "Parameters": [
                    PSObject(
                        members={
                            "Name": p.name,
                            "IsMandatory": p.places[name].mandatory,
                            "ValueFromPipeline": p.places[name].by_value,
                            "Position": -0x80000000
                            if p.places[name].position is None
                            else p.places[name].position,
                            "ParameterType": PSObject(
                                members={"FullName": p.type_name, "IsSwitch": p.switch}
                            ),
                            "HasParameterSet": bool(p.values),
                            "ValidParamSetValues": list(p.values),
                        }
                    )
                    for p in spec.parameters
                    if name in p.places
                ],
            }
        )
        for name in spec.sets
    ]
    return PSObject(
        members={
            "Name": spec.name,
            "ModuleName": spec.module,
            "Module": PSObject(members={"Name": spec.module}),
            "CommandType": EnumValue(f"{_SMA}.CommandTypes", 2, "Function"),
            "Definition": "\n".join(syntax(spec, short=True)),
            "ParameterSets": PSList(sets, (f"{_SMA}.PSObject[]", "System.Array", OBJECT)),
        }
    )


def _get_help(run: Invocation) -> Iterator[Any]:
    name = text(run.value("Name") or "")
    view = next((word for word in ("Full", "Detailed", "Examples") if run.value(word)), "")
    if not name:
        for spec in run.session.registry:
            if spec.module:
                yield PSObject(members={"Name": spec.name, "Synopsis": spec.summary})
        return
    found = run.session.registry.matching(name)
    if not found and not has_wildcards(name):
        raise PipelineFailed(_no_help(run, name))
    if len(found) > 1:
        for spec in found:
            yield PSObject(members={"Name": spec.name, "Synopsis": spec.summary})
        return
    for spec in found:
        if run.value("Parameter") is not None:
            item = help_object(spec)
            wanted = text(run.value("Parameter"))
            for entry in item.get("parameters").get("parameter"):
                if matches(wanted, text(entry.get("name"))):
                    yield entry
        else:
            yield help_object(spec, view)


def _no_help(run: Invocation, name: str) -> Any:
    message = f"Get-Help could not find {name} in a help file in this session."
    failure = run.fail(message, "HelpNotFound", ErrorCategory.ResourceUnavailable, name)
    return failure.record


def _get_format_data(run: Invocation) -> Iterator[Any]:
    patterns = [text(name) for name in as_list(run.value("TypeName"))] or ["*"]
    yield from format_data(patterns)


COMMANDS = (
    CommandSpec(
        "Get-Command",
        _get_command,
        (
            parameter("Name", "System.String[]", 0, help="Names of commands; wildcards are allowed."),
            parameter("Verb", "System.String[]", help="Only commands with this verb."),
            parameter("Noun", "System.String[]", help="Only commands with this noun."),
            parameter("Module", "System.String[]", help="Only commands of this module."),
            parameter("CommandType", "System.String[]", help="Only commands of this type."),
            parameter("ArgumentList", "System.Object[]", help="Taken, and without effect here."),
            parameter("TotalCount", "System.Int32", help="Taken, and without effect here."),
            switch("ListImported", "Taken, and without effect here."),
            switch("All", "Taken, and without effect here."),
            switch("ShowCommandInfo", "Give what a client needs to show a command as a form."),
            switch("Syntax", "Give the syntax only."),
        ),
        aliases=("gcm",),
        summary="List the commands of this session.",
    ),
    CommandSpec(
        "Get-Help",
        _get_help,
        (
            parameter("Name", "System.String", 0, help="The command; wildcards are allowed."),
            parameter("Category", "System.String[]", help="Taken, and without effect here."),
            parameter("Parameter", help="Give the help of parameters only; wildcards are allowed."),
            switch("Examples", "Show the examples."),
            switch("Detailed", "Show parameters and examples too."),
            switch("Full", "Show everything."),
        ),
        aliases=("help", "man"),
        summary="Show the help of a command.",
    ),
    CommandSpec(
        "Get-FormatData",
        _get_format_data,
        (
            parameter("TypeName", "System.String[]", 0, help="Names of types; wildcards are allowed."),
            parameter("PowerShellVersion", "System.Object", help="The client's version; any will do."),
        ),
        summary="Give the views of the types that this session's commands give.",
    ),
)
