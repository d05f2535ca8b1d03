"""Which parameters are completed by asking the server: the content of ``Completers.ps1``."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from psprovider.cmdlets.model import Cmdlet, Role

_HEAD = """\
# Written by `python run.py generate`: parameters whose values the server offers.

$complete = {
    param($commandName, $parameterName, $wordToComplete, $commandAst, $fakeBoundParameters)
    [MVPSI.JAMS.Module.Completion]::Complete(
        $commandName, $parameterName, $wordToComplete, $fakeBoundParameters, $global:JAMSDefaultServer)
}
"""


def render_completers(cmdlets: Iterable[Cmdlet]) -> str:
    """``Completers.ps1``: one registration for each name of a parameter."""
    found: dict[str, list[str]] = {}
    for cmdlet in cmdlets:
        for parameter in cmdlet.parameters:
            if parameter.offer or parameter.role is Role.SERVER:
                found.setdefault(parameter.name, []).append(cmdlet.name)
    return _HEAD + "".join(_registration(name, found[name]) for name in sorted(found))


def _registration(parameter: str, names: list[str]) -> str:
    listed = textwrap.fill(
        ", ".join(f"'{name}'" for name in names),
        105,
        initial_indent="    ",
        subsequent_indent="    ",
        break_on_hyphens=False,
    )
    return (
        f"Register-ArgumentCompleter -ParameterName {parameter} -ScriptBlock $complete -CommandName @(\n"
        f"{listed}\n)\n"
    )
