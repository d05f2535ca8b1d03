"""Help for commands: the object that Get-Help gives (MAML), and the page a console shows."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from psprovider.cmdlets.common import SHOULD_PROCESS
from psprovider.cmdlets.model import Parameter
from psprovider.endpoint.clixml.types import OBJECT, PSList, PSObject

from .commands import CommandSpec
from .values import MISSING, as_list, get, text

HELP_TYPE = "MamlCommandHelpInfo"
_ARRAY = ("System.Management.Automation.PSObject[]", "System.Array", OBJECT)
_INDENT = "    "


def help_object(spec: CommandSpec, view: str = "") -> PSObject:
    """The help of a command; ``view`` is Examples, Detailed or Full, which the client's views know."""
    names: tuple[str, ...] = (HELP_TYPE, "HelpInfo")
    if view:
        names = (f"{HELP_TYPE}#{view}View", f"HelpInfo#{view}View", *names)
    shown = {
        "details": _part(
            "details",
            name=spec.name,
            verb=spec.name.partition("-")[0],
            noun=spec.name.partition("-")[2],
            description=_paragraphs(spec.summary),
        ),
        "description": _paragraphs(spec.description or spec.summary),
        "syntax": _part("syntax", syntaxItem=_many(_syntax_item(spec, name) for name in spec.sets)),
        "parameters": _part(
            "parameters", parameter=_many(_parameter(p) for p in (*spec.parameters, *_asking(spec)))
        ),
        "inputTypes": _types("inputType", _input_types(spec)),
        "returnValues": _types("returnValue", spec.output),
        "examples": _part(
            "examples",
            example=_many(_example(number, e.code, e.remark) for number, e in enumerate(spec.examples, 1)),
        ),
        "alertSet": None,
        "relatedLinks": None,
        "Name": spec.name,
        "Category": "Function",
        "Synopsis": spec.summary,
        "Component": None,
        "Role": None,
        "Functionality": None,
        "ModuleName": spec.module,
    }
    return PSObject(names, shown, to_string=spec.name)


def syntax(spec: CommandSpec, short: bool = False) -> list[str]:
    """The syntax of a command, one line a parameter set; ``short`` types are those of Get-Command."""
    tail = ["[-WhatIf]", "[-Confirm]"] if spec.changes else []
    tail += ["[<CommonParameters>]"] if spec.common else []
    return [
        " ".join([spec.name, *(_word(p, name, short) for p in _ordered(spec, name)), *tail])
        for name in spec.sets
    ]


def page(item: PSObject, width: int) -> str:
    """Help as a page of text, as consoles show it."""
    view = next((n for n in item.type_names if n.startswith(f"{HELP_TYPE}#")), "")
    return "\n".join(_page(item, view.removeprefix(f"{HELP_TYPE}#").removesuffix("View"), width))


def _page(item: PSObject, view: str, width: int) -> Iterator[str]:
    name = text(item.get("Name"))
    yield ""
    yield from _section("NAME", [name], width)
    yield from _section("SYNOPSIS", [text(item.get("Synopsis"))], width)
    if view != "Examples":
        lines = [_syntax_text(entry) for entry in _entries(item, "syntax", "syntaxItem")]
        yield from _section("SYNTAX", [line for entry in lines for line in (entry, "")][:-1], width)
        yield from _section("DESCRIPTION", _texts(item.get("description")), width)
    if view in ("Detailed", "Full"):
        yield "PARAMETERS"
        for entry in _entries(item, "parameters", "parameter"):
            yield from _parameter_page(entry, view == "Full", width)
    if view in ("Examples", "Detailed", "Full"):
        for entry in _entries(item, "examples", "example"):
            yield f"{_INDENT}{text(get(entry, 'title'))}"
            yield ""
            yield f"{_INDENT}PS > {text(get(entry, 'code'))}"
            yield ""
            for line in _texts(get(entry, "remarks")):
                yield from _wrapped(line, width)
            yield ""
    if view != "Full":
        yield "REMARKS"
        for what, switch in (("the examples", "Examples"), ("more information", "Detailed"), ("all", "Full")):
            yield f'{_INDENT}For {what}, type: "Get-Help {name} -{switch}"'
        yield ""


def _parameter_page(entry: Any, full: bool, width: int) -> Iterator[str]:
    kind = text(get(get(entry, "type"), "name"))
    yield f"{_INDENT}-{text(get(entry, 'name'))} <{kind}>"
    for line in _texts(get(entry, "description")):
        yield from _wrapped(line, width, 2)
    if full:
        yield ""
        for label, name in (
            ("Required?", "required"),
            ("Position?", "position"),
            ("Default value", "defaultValue"),
            ("Accept pipeline input?", "pipelineInput"),
            ("Aliases", "aliases"),
            ("Accept wildcard characters?", "globbing"),
        ):
            found = get(entry, name)
            yield f"{_INDENT * 2}{label.ljust(28)} {text(None if found is MISSING else found)}".rstrip()
    yield ""


def _section(title: str, lines: Iterable[str], width: int) -> Iterator[str]:
    yield title
    for line in lines:
        yield from _wrapped(line, width)
    yield ""


def _wrapped(line: str, width: int, depth: int = 1) -> list[str]:
    indent = _INDENT * depth
    return textwrap.wrap(line, max(20, width), initial_indent=indent, subsequent_indent=indent) or [""]


def _syntax_text(entry: Any) -> str:
    """A syntax line from the help object."""
    return text(get(entry, "line"))


def _texts(value: Any) -> list[str]:
    return [text(get(item, "Text")) for item in as_list(value) if item is not MISSING]


def _entries(item: PSObject, part: str, name: str) -> list[Any]:
    found = get(item.get(part), name)
    return [] if found is MISSING else as_list(found)


def _ordered(spec: CommandSpec, name: str) -> list[Parameter]:
    def order(parameter: Parameter) -> tuple[int, bool]:
        place = parameter.places[name]
        return (99 if place.position is None else place.position, not place.mandatory)

    return sorted((p for p in spec.parameters if name in p.places), key=order)


_SHORT = {
    "Int64": "long",
    "Int32": "int",
    "DateTime": "datetime",
    "Boolean": "bool",
    "SwitchParameter": "switch",
}


def type_label(type_name: str, short: bool = False) -> str:
    """The short name of a type: ``String[]`` in help, ``string[]`` in Get-Command."""
    base = type_name.removesuffix("[]").rpartition(".")[2]
    many = "[]" if type_name.endswith("[]") else ""
    if not short:
        return base + many
    return _SHORT.get(base, base.lower() if base in ("String", "Double", "Hashtable") else base) + many


def _word(parameter: Parameter, name: str, short: bool) -> str:
    place = parameter.places[name]
    word = f"-{parameter.name}"
    if parameter.switch:
        return word if place.mandatory else f"[{word}]"
    if place.position is not None:
        word = f"[{word}]"
    word = f"{word} <{type_label(parameter.type_name, short)}>"
    return word if place.mandatory else f"[{word}]"


def _syntax_item(spec: CommandSpec, name: str) -> PSObject:
    lines = dict(zip(spec.sets, syntax(spec), strict=True))
    return _part(
        "syntaxItem",
        name=spec.name,
        line=lines[name],
        parameter=_many(_parameter(p, name) for p in (*_ordered(spec, name), *_asking(spec))),
    )


def _parameter(parameter: Parameter, name: str | None = None) -> PSObject:
    """A parameter, in a syntax line if ``name`` is that of a parameter set: there a switch shows no value."""
    place = parameter.places.get(name or "") or next(iter(parameter.places.values()))
    ways = [w for w, yes in (("ByValue", place.by_value), ("ByPropertyName", place.by_name)) if yes]
    label = type_label(parameter.type_name)
    value = {}
    if not (parameter.switch and name):
        required = "false" if parameter.switch else "true"
        value = {"parameterValue": PSObject((), {"required": required}, value=label)}
    return _part(
        "parameter",
        name=parameter.name,
        description=_paragraphs(parameter.help),
        defaultValue=text(parameter.default) if parameter.default is not None else "",
        **value,
        type=_part("type", name=label),
        required="true" if place.mandatory else "false",
        globbing="true" if parameter.wildcards else "false",
        pipelineInput=f"true ({', '.join(ways)})" if ways else "false",
        position="named" if place.position is None else str(place.position + 1),
        aliases=", ".join(parameter.aliases) or "none",
    )


def _asking(spec: CommandSpec) -> tuple[Parameter, ...]:
    """-WhatIf and -Confirm, where a command takes them."""
    return SHOULD_PROCESS if spec.changes else ()


def _input_types(spec: CommandSpec) -> list[str]:
    return list(dict.fromkeys(parameter.type_name for parameter, _, _ in spec.piped))


def _types(word: str, names: Iterable[str]) -> PSObject:
    items = [_part(word, type=_part("type", name=name)) for name in names]
    return _part(f"{word}s", **{word: _many(items)})


def _example(number: int, code: str, remark: str) -> PSObject:
    title = f"{'-' * 26} EXAMPLE {number} {'-' * 26}"
    return _part(
        "example",
        title=title,
        introduction=_many([_paragraph("PS > ")]),
        code=code,
        remarks=_paragraphs(remark),
    )


def _part(kind: str, /, **members: Any) -> PSObject:
    return PSObject((f"{HELP_TYPE}#{kind}",), members)


def _many(items: Iterable[PSObject]) -> PSList:
    return PSList(items, _ARRAY)


def _paragraph(line: str) -> PSObject:
    return PSObject(("MamlParaTextItem", "MamlTextItem"), {"Text": line})


def _paragraphs(value: str) -> PSList:
    return _many(_paragraph(" ".join(part.split())) for part in value.replace("``", "").split("\n\n") if part)
