"""What consoles and clients call by themselves, and what old scripts say before they begin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from psprovider.endpoint.clixml.types import PSObject
from psprovider.endpoint.exceptions import ErrorCategory
from psprovider.engine.commands import CommandSpec, parameter, switch
from psprovider.engine.completion import complete
from psprovider.engine.invocation import Invocation
from psprovider.engine.patterns import has_wildcards, matches
from psprovider.engine.pipeline import PipelineRun, parsed
from psprovider.engine.values import as_list, text

_CLEAR = "\x1b[H\x1b[2J"
_VARIABLES: dict[str, Any] = {
    "ConfirmPreference": "High",
    "DebugPreference": "SilentlyContinue",
    "ErrorActionPreference": "Continue",
    "FormatEnumerationLimit": 4,
    "InformationPreference": "SilentlyContinue",
    "ProgressPreference": "Continue",
    "VerbosePreference": "SilentlyContinue",
    "WarningPreference": "Continue",
    "WhatIfPreference": False,
}
_TEXT_RUNNERS = ("invoke-expression", "iex")


def _nothing() -> Iterator[Any]:
    return iter(())


def _exit(run: Invocation) -> Iterator[Any]:
    run.host.leave()
    return _nothing()


def _clear(run: Invocation) -> Iterator[Any]:
    run.host.write(_CLEAR)
    return _nothing()


def _prompt(run: Invocation) -> Iterator[Any]:
    yield f"PS {run.session.location.shown}> "


def _tab(run: Invocation) -> Iterator[Any]:
    line = text(run.value("InputScript"))
    cursor = run.value("CursorColumn")
    yield complete(run.session, line, len(line) if cursor is None else cursor)


def _get_variable(run: Invocation) -> Iterator[Any]:
    names = [text(name) for name in as_list(run.value("Name"))] or ["*"]
    for pattern in names:
        found = [name for name in _VARIABLES if matches(pattern, name)]
        if not found and not has_wildcards(pattern):
            run.write_error(
                f"Cannot find a variable with the name '{pattern}'.",
                "VariableNotFound",
                ErrorCategory.ObjectNotFound,
                pattern,
            )
        for name in found:
            value = _VARIABLES[name]
            yield value if run.value("ValueOnly") else PSObject(members={"Name": name, "Value": value})


def _invoke_expression(run: Invocation) -> Iterator[Any]:
    for command in as_list(run.value("Command")) or list(run.items()):
        line = text(command)
        inner = [c.text.lower() for statement in parsed(line) for c in statement]
        if any(name in _TEXT_RUNNERS for name in inner):
            raise run.fail(
                "Text that runs text cannot be run.", "InvokeExpressionNested", ErrorCategory.InvalidOperation
            )
        nested = PipelineRun(run.session, run.info.history, run.host, run.streams, run.inner)
        yield from nested.nested(line)


def _import_module(run: Invocation) -> Iterator[Any]:
    for name in map(text, as_list(run.value("Name"))):
        if name.lower() not in ("jams", "mvpsi.jams"):
            run.write_error(
                f"The specified module '{name}' was not loaded because no valid module file was found in any "
                "module directory.",
                "Modules_ModuleNotFound",
                ErrorCategory.ResourceUnavailable,
                name,
            )
    yield from ()


COMMANDS = (
    CommandSpec("Exit-PSSession", _exit, aliases=("exsn", "exit"), summary="Leave the session."),
    CommandSpec("Clear-Host", _clear, aliases=("cls", "clear"), summary="Clear the screen."),
    CommandSpec("prompt", _prompt, common=False, summary="Give the prompt."),
    CommandSpec(
        "TabExpansion2",
        _tab,
        (
            parameter("InputScript", "System.String", 0, mandatory=False, help="The line."),
            parameter("CursorColumn", "System.Int32", 1, help="Where the cursor stands in it."),
            parameter("Options", "System.Object", 2, help="Taken, and without effect here."),
        ),
        common=False,
        summary="Complete a line.",
    ),
    CommandSpec(
        "Get-Variable",
        _get_variable,
        (
            parameter("Name", "System.String[]", 0, help="Names; wildcards are allowed."),
            switch("ValueOnly", "Give the value only."),
            parameter("Scope", help="Taken, and without effect here."),
        ),
        summary="Show a preference. Sessions here have no variables of their own.",
    ),
    CommandSpec(
        "Invoke-Expression",
        _invoke_expression,
        (parameter("Command", "System.String", 0, mandatory=True, piped=True, help="The line to run."),),
        aliases=("iex",),
        summary="Run a line of commands, under the same rules as any other line.",
    ),
    CommandSpec(
        "Import-Module",
        _import_module,
        (
            parameter("Name", "System.String[]", 0, mandatory=True, help="JAMS, which is there already."),
            switch("Force", "Taken, and without effect here."),
            switch("DisableNameChecking", "Taken, and without effect here."),
        ),
        aliases=("ipmo", "Add-PSSnapin", "asnp"),
        summary="Do nothing: the commands of the module JAMS are there already.",
    ),
)
