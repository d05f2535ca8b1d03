"""Commands that show objects or let them go: Out-Default, Out-String, Format-Table and their like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from psprovider.endpoint.clixml.types import PSObject
from psprovider.engine.commands import INPUT_OBJECT, CommandSpec, parameter, switch
from psprovider.engine.formatting import ErrorLine, Style, render
from psprovider.engine.help import HELP_TYPE, PARAMETER_TYPE, page
from psprovider.engine.invocation import Invocation
from psprovider.engine.values import as_list, text


def _out_default(run: Invocation) -> Iterator[Any]:
    host = run.host
    for line in render(_laid_out(run), host.info.width, color=host.interactive):
        if isinstance(line, ErrorLine):
            host.write_error_line(line.text)
        else:
            host.write_line(line)
    yield from ()


def _laid_out(run: Invocation) -> Iterator[Any]:
    """The objects, help as the lines of a page, and an empty one where such a page is the last."""
    paged = False
    for item in run.items():
        paged = isinstance(item, PSObject) and HELP_TYPE in item.type_names
        if paged or (isinstance(item, PSObject) and PARAMETER_TYPE in item.type_names):
            yield from page(item, run.host.info.width)
        else:
            yield item
    if paged:
        yield ""


def _out_string(run: Invocation) -> Iterator[Any]:
    width = run.value("Width") or run.host.info.width
    lines = (line.text if isinstance(line, ErrorLine) else line for line in render(_laid_out(run), width))
    if run.value("Stream"):
        for line in lines:
            yield from line.split("\n")
    else:
        yield "".join(line + "\n" for line in lines)


def _out_null(run: Invocation) -> Iterator[Any]:
    for _ in run.items():
        pass
    yield from ()


def _write_output(run: Invocation) -> Iterator[Any]:
    yield from run.items()


def _format(style: Style) -> Any:
    def run_it(run: Invocation) -> Iterator[Any]:
        properties = [text(name) for name in as_list(run.value("Property"))]
        lines = render(
            run.items(),
            run.host.info.width,
            style=style,
            properties=[] if properties == ["*"] and style is Style.LIST else properties,
            headers=not run.value("HideTableHeaders"),
        )
        for line in lines:
            yield line.text if isinstance(line, ErrorLine) else line

    return run_it


_INPUT = (INPUT_OBJECT,)
_PROPERTY = parameter("Property", "System.Object[]", 0, help="The properties to show; wildcards are allowed.")

COMMANDS = (
    CommandSpec("Out-Default", _out_default, _INPUT, summary="Show objects on the console."),
    CommandSpec("Out-Host", _out_default, _INPUT, aliases=("oh",), summary="Show objects on the console."),
    CommandSpec(
        "Out-String",
        _out_string,
        (
            INPUT_OBJECT,
            switch("Stream", "One text a line."),
            parameter("Width", "System.Int32", help="Columns of a line."),
        ),
        aliases=("oss",),
        summary="Give what a console would show as text.",
    ),
    CommandSpec("Out-Null", _out_null, _INPUT, summary="Take objects and show nothing."),
    CommandSpec(
        "Write-Output",
        _write_output,
        (parameter("InputObject", "System.Object[]", 0, piped=True, help="The objects to pass on."),),
        aliases=("echo", "write"),
        summary="Pass objects on.",
    ),
    CommandSpec(
        "Format-Table",
        _format(Style.TABLE),
        (
            INPUT_OBJECT,
            _PROPERTY,
            switch("AutoSize", "Columns as wide as their content, which they are anyway."),
            switch("HideTableHeaders", "Leave the headers out."),
            switch("Wrap", "Taken, and without effect here."),
        ),
        aliases=("ft",),
        summary="Lay objects out as a table, as lines of text.",
    ),
    CommandSpec(
        "Format-List",
        _format(Style.LIST),
        (INPUT_OBJECT, _PROPERTY),
        aliases=("fl",),
        summary="Lay objects out as a list of their properties, as lines of text.",
    ),
)
