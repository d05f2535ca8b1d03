"""Get-Command, Get-Help and Get-FormatData."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from psprovider.endpoint.clixml.types import PSObject
from psprovider.endpoint.known_errors import command_not_found
from psprovider.endpoint.records import ProgressRecord
from psprovider.engine import about, command_errors
from psprovider.engine.command_info import alias_info, form_info, function_info
from psprovider.engine.commands import CommandSpec, parameter, switch
from psprovider.engine.format_data import format_data
from psprovider.engine.help import help_object, syntax
from psprovider.engine.invocation import Invocation
from psprovider.engine.patterns import has_wildcards, matches
from psprovider.engine.values import as_list, text

_COMMANDS = "Microsoft.PowerShell.Commands"


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
                yield form_info(spec)
            else:
                yield alias_info(pattern.lower(), spec) if alias else function_info(spec)


def _of_get_command(record: Any, run: Invocation) -> Any:
    return replace(
        record,
        error_id=f"{record.error_id},{_COMMANDS}.GetCommandCommand",
        activity=run.info.command,
        invocation=run.info,
    )


def _patterns(run: Invocation, name: str) -> list[str]:
    return [text(value) for value in as_list(run.value(name))]


def _one(patterns: list[str], value: str) -> bool:
    return not patterns or any(matches(pattern, value) for pattern in patterns)


def _get_help(run: Invocation) -> Iterator[Any]:
    yield from _help_asked(run)
    run.progress(ProgressRecord("Get-Help", "Completed", completed=True))


def _help_asked(run: Invocation) -> Iterator[Any]:
    name = text(run.value("Name") or "")
    view = next((word for word in ("Full", "Detailed", "Examples") if run.value(word)), "")
    if not name:
        for spec in run.session.registry:
            if spec.module:
                yield PSObject(members={"Name": spec.name, "Synopsis": spec.summary})
        return
    found = run.session.registry.matching(name)
    if not found and matches(name, about.TOPIC):
        yield about.text()
        return
    if not found and not has_wildcards(name):
        run.error(command_errors.help_not_found(name, run.info))
    if len(found) > 1:
        for spec in found:
            yield PSObject(members={"Name": spec.name, "Synopsis": spec.summary})
        return
    for spec in found:
        if run.value("Parameter") is not None:
            item = help_object(spec)
            wanted = text(run.value("Parameter"))
            for entry in as_list(item.get("parameters", PSObject()).get("parameter")):
                if matches(wanted, text(entry.get("name"))):
                    yield entry
        else:
            yield help_object(spec, view)


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
