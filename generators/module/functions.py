"""The cmdlets as PowerShell functions with their help: the content of ``Functions.ps1``.

The syntax is that of Windows PowerShell 5.1, which PowerShell 7 reads as well.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from psprovider.cmdlets.model import SECURE_STRING, SWITCH, Cmdlet, Parameter, Place, Role

AS_JOB = "AsJob"
_AS_JOB_HELP = "Run in the background, and show a job at once: Receive-Job shows what comes of it."
USE_VARIABLES = "UseVariables"
_USE_VARIABLES_HELP = (
    "Fill the job's parameters from variables of the same names, where the caller has any; what is given as "
    "-Parameters goes before."
)
_WIDTH = 105
_SHORT = {
    "System.String": "string",
    "System.Int64": "long",
    "System.Double": "double",
    "System.Boolean": "bool",
    "System.DateTime": "datetime",
    "System.Object": "object",
    "System.Collections.Hashtable": "hashtable",
    SECURE_STRING: "securestring",
    SWITCH: "switch",
}
_NEVER_NULL = frozenset({"System.Int64", "System.Double", "System.Boolean", "System.DateTime"})
"""Types that PowerShell itself gives no null."""

_BODY = """\
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
"""


def render_functions(cmdlets: Iterable[Cmdlet]) -> str:
    """``Functions.ps1``: a function for every cmdlet but those that connect, which are written by hand."""
    functions = "\n".join(_function(cmdlet) for cmdlet in cmdlets if not cmdlet.session)
    return f"# Written by `python run.py generate` from the catalogue of operations.\n\n{functions}"


def runs_long(cmdlet: Cmdlet) -> bool:
    """Whether the cmdlet may take its time, so that it is worth while to run it as a job."""
    return any(o.ending or o.starts or o.follow for o in cmdlet.operations)


def short_type(type_name: str) -> str:
    """A .NET type as a parameter block names it."""
    base = type_name.removesuffix("[]")
    return _SHORT.get(base, base) + type_name[len(base) :]


def _function(cmdlet: Cmdlet) -> str:
    outputs = "".join(f"    [OutputType('{name}')]\n" for name in cmdlet.output or ("System.Void",))
    return (
        f"function {cmdlet.name} {{\n"
        f"{_help(cmdlet)}"
        f"    {_binding(cmdlet)}\n"
        f"{outputs}"
        f"    param(\n{_parameters(cmdlet)}\n    )\n"
        f"{_BODY}}}\n"
    )


def _binding(cmdlet: Cmdlet) -> str:
    words = []
    if len(cmdlet.sets) > 1:
        words.append(f"DefaultParameterSetName = '{cmdlet.default_set}'")
    if cmdlet.changes:
        words.append(f"SupportsShouldProcess = $true, ConfirmImpact = '{cmdlet.impact}'")
    words.append("PositionalBinding = $false")
    return f"[CmdletBinding({', '.join(words)})]"


def _parameters(cmdlet: Cmdlet) -> str:
    blocks = ["\n".join(_parameter(parameter, cmdlet)) for parameter in cmdlet.parameters]
    filled = [item.name for item in cmdlet.sets if item.operation.binding.variables]
    if filled:
        places = "".join(f"        [Parameter(ParameterSetName = '{name}')]\n" for name in filled)
        blocks.append(f"{places}        [switch] ${USE_VARIABLES}")
    if runs_long(cmdlet):
        blocks.append(f"        [switch] ${AS_JOB}")
    return ",\n\n".join(blocks)


def _parameter(parameter: Parameter, cmdlet: Cmdlet) -> Iterator[str]:
    yield from (f"        {line}" for line in _attributes(parameter, cmdlet))
    if parameter.aliases:
        yield f"        [Alias({_quoted(parameter.aliases)})]"
    choices = (*parameter.values, *parameter.words)
    if choices:
        yield f"        [ValidateSet({_quoted(choices)})]"
    if parameter.minimum is not None and parameter.maximum is not None:
        yield f"        [ValidateRange({parameter.minimum}, {parameter.maximum})]"
    key = any(parameter.target == item.key for item in cmdlet.sets)
    mandatory = any(place.mandatory for place in parameter.places.values())
    if (
        mandatory
        and not key
        and parameter.type_name == "System.String"
        and not parameter.chooses
        and parameter.role is not Role.FILE
    ):
        yield "        [AllowEmptyString()]"
    if (parameter.chooses or parameter.role is Role.FILE) and parameter.type_name not in _NEVER_NULL:
        yield "        [ValidateNotNullOrEmpty()]"
    if parameter.sources:
        yield f"        [MVPSI.JAMS.Module.NounTransformation('{cmdlet.name}', '{parameter.name}')]"
    if parameter.type_name == "System.DateTime":
        yield "        [MVPSI.JAMS.Module.TimeTransformation()]"
    if parameter.type_name == "System.Double":
        yield "        [MVPSI.JAMS.Module.SecondsTransformation()]"
    if parameter.type_name == SECURE_STRING:
        yield "        [MVPSI.JAMS.Module.SecretTransformation()]"
    if parameter.day:
        yield "        [MVPSI.JAMS.Module.DayTransformation()]"
    if parameter.role is Role.DOCUMENT:
        yield f"        [MVPSI.JAMS.Module.DocumentTransformation('{parameter.struct}')]"
    if parameter.wildcards:
        yield "        [SupportsWildcards()]"
    yield f"        [{short_type(parameter.type_name)}] ${parameter.name}"


def _attributes(parameter: Parameter, cmdlet: Cmdlet) -> Iterator[str]:
    places = parameter.places
    everywhere = len(places) == len(cmdlet.sets) and len(set(places.values())) == 1
    for name, place in places.items():
        words = [*([f"ParameterSetName = '{name}'"] if not everywhere else []), *_place(place)]
        if words:
            yield f"[Parameter({', '.join(words)})]"
        if everywhere:
            return


def _place(place: Place) -> Iterator[str]:
    if place.mandatory:
        yield "Mandatory = $true"
    if place.position is not None:
        yield f"Position = {place.position}"
    if place.by_value:
        yield "ValueFromPipeline = $true"
    if place.by_name:
        yield "ValueFromPipelineByPropertyName = $true"


def _help(cmdlet: Cmdlet) -> str:
    lines = ["<#", ".SYNOPSIS", *_wrapped(cmdlet.summary), "", ".DESCRIPTION", *_wrapped(cmdlet.description)]
    for parameter in cmdlet.parameters:
        lines += ["", f".PARAMETER {parameter.name}", *_wrapped(_parameter_help(parameter))]
    if any(item.operation.binding.variables for item in cmdlet.sets):
        lines += ["", f".PARAMETER {USE_VARIABLES}", *_wrapped(_USE_VARIABLES_HELP)]
    if runs_long(cmdlet):
        lines += ["", f".PARAMETER {AS_JOB}", *_wrapped(_AS_JOB_HELP)]
    for example in cmdlet.examples:
        lines += ["", ".EXAMPLE", f"    {example.code}", "", *_wrapped(example.remark)]
    inputs = [
        p.type_name for p in cmdlet.parameters if any(x.by_value or x.by_name for x in p.places.values())
    ]
    for name in dict.fromkeys(inputs):
        lines += ["", ".INPUTS", f"    {name}"]
    for name in cmdlet.output:
        lines += ["", ".OUTPUTS", f"    {name}"]
    lines += ["", ".NOTES", *_wrapped("REST: " + "; ".join(_routes(cmdlet)) + ".")]
    lines += ["", ".LINK", "    about_JAMS", "#>"]
    return "".join(f"    {line}".rstrip() + "\n" for line in lines)


def _parameter_help(parameter: Parameter) -> str:
    told = parameter.help or f"The {parameter.name}."
    told = told if told.endswith(".") else f"{told}."
    if parameter.wildcards and "*" not in told:
        told += " Wildcards are allowed."
    if parameter.words:
        told += " " + " ".join(f"{word} stands for {', '.join(v)}." for word, v in parameter.words.items())
    if parameter.role is Role.SERVER:
        told = "Name or address of the server; without it $JAMSDefaultServer, else the one connected to last."
    return told


def _routes(cmdlet: Cmdlet) -> list[str]:
    return [f"{route.verb} /JAMS/api{route.path}" for o in cmdlet.operations for route in o.routes[:1]]


def _wrapped(text: str) -> list[str]:
    """A text as help lines; what would end the comment or begin a section is defused."""
    lines: list[str] = []
    for paragraph in text.replace("``", "").replace("#>", "# >").split("\n\n"):
        wrapped = textwrap.wrap(paragraph, _WIDTH, break_long_words=False, break_on_hyphens=False)
        lines += [*([""] if lines else []), *(f"    {line}" for line in wrapped)]
    return [f"    \u200b{line.strip()}" if line.strip().startswith(".") else line for line in lines]


def _quoted(words: Iterable[str]) -> str:
    return ", ".join("'" + word.replace("'", "''") + "'" for word in words)
