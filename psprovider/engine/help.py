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
PARAMETER_TYPE = f"{HELP_TYPE}#parameter"
OBJECT_ARRAY = ("System.Management.Automation.PSObject[]", "System.Array", OBJECT)
"""The type of a list of objects made for showing."""

_SCHEMAS = {
    "xmlns:maml": "http://schemas.microsoft.com/maml/2004/10",
    "xmlns:command": "http://schemas.microsoft.com/maml/dev/command/2004/10",
    "xmlns:dev": "http://schemas.microsoft.com/maml/dev/2004/10",
}
_INDENT = "    "


def help_object(spec: CommandSpec, view: str = "") -> PSObject:
    """The help of a command; ``view`` is Examples, Detailed or Full, which the client's views know.

    What there is nothing to say of is left out, and one of a kind stands for itself instead of in a list.
    """
    examples = [_example(number, e.code, e.remark) for number, e in enumerate(spec.examples, 1)]
    parts = {
        "details": _part("details", name=spec.name, description=_paragraphs(spec.summary)),
        "description": _paragraphs(spec.description or spec.summary),
        "syntax": _parts("syntax", "syntaxItem", [_syntax_item(spec, name) for name in spec.sets]),
        "parameters": _parts(
            "parameters", "parameter", [_parameter(p) for p in (*spec.parameters, *_asking(spec))]
        ),
        "inputTypes": _types("inputType", _input_types(spec)),
        "returnValues": _types("returnValue", spec.output),
        "examples": _parts("examples", "example", examples),
    }
    shown = {
        **{name: part for name, part in parts.items() if part},
        **_SCHEMAS,
        "Name": spec.name,
        "Category": "Function",
        "Synopsis": spec.summary,
        "Component": None,
        "Role": None,
        "Functionality": None,
        "ModuleName": spec.module,
    }
    names = (HELP_TYPE, "HelpInfo")
    if view:
        return PSObject((f"{HELP_TYPE}#{view}View", f"HelpInfo#{view}View", *names), shown)
    return _record(names, shown)


def syntax(spec: CommandSpec, short: bool = False) -> list[str]:
    """The syntax of a command, one line a parameter set; ``short`` types are those of Get-Command."""
    tail = ["[-WhatIf]", "[-Confirm]"] if spec.changes else []
    tail += ["[<CommonParameters>]"] if spec.common else []
    return [
        " ".join([spec.name, *(_word(p, name, short) for p in _ordered(spec, name)), *tail])
        for name in spec.sets
    ]


def page(item: PSObject, width: int) -> Iterator[str]:
    """Help, of a command or of one parameter, as the lines of a page, as consoles show it."""
    if PARAMETER_TYPE in item.type_names:
        yield ""
        yield from (line.removeprefix(_INDENT) for line in _parameter_page(item, True, width))
        return
    kind = next((n for n in item.type_names if n.startswith(f"{HELP_TYPE}#")), "")
    view = kind.removeprefix(f"{HELP_TYPE}#").removesuffix("View")
    name = text(item.get("Name"))
    yield ""
    yield from _section("NAME", [name], width)
    yield from _section("SYNOPSIS", [text(item.get("Synopsis"))], width)
    if view != "Examples":
        yield ""
        lines = [_syntax_text(entry) for entry in _entries(item, "syntax", "syntaxItem")]
        yield from _section("SYNTAX", [line for entry in lines for line in (entry, "")], width)
        yield from _section("DESCRIPTION", _texts(item.get("description")), width)
    if view in ("Detailed", "Full"):
        yield ""
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
    if not view:
        yield ""
        yield from _section("RELATED LINKS", [], width)
    if view != "Full":
        yield "REMARKS"
        for what, switch in (
            ("To see the examples", "Examples"),
            ("For more information", "Detailed"),
            ("For technical information", "Full"),
        ):
            yield f'{_INDENT}{what}, type: "Get-Help {name} -{switch}"'
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
    words = [text(get(entry, "name"))]
    for parameter in _several(get(entry, "parameter")):
        word = f"-{text(get(parameter, 'name'))}"
        if text(get(parameter, "position")) != "named":
            word = f"[{word}]"
        if (value := get(parameter, "parameterValue")) is not MISSING:
            word = f"{word} <{text(value)}>"
        words.append(word if text(get(parameter, "required")) == "true" else f"[{word}]")
    return " ".join([*words, "[<CommonParameters>]"])


def _texts(value: Any) -> list[str]:
    return [text(get(item, "Text")) for item in _several(value)]


def _entries(item: PSObject, part: str, name: str) -> list[Any]:
    return _several(get(item.get(part), name))


def _several(value: Any) -> list[Any]:
    return [] if value is MISSING else as_list(value)


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
    parameters = [_written(p, name) for p in (*_ordered(spec, name), *_asking(spec))]
    return _part("syntaxItem", name=spec.name, **_under("parameter", parameters))


def _written(parameter: Parameter, name: str) -> PSObject:
    """A parameter as a syntax line shows it: a switch without a value."""
    value = {} if parameter.switch else {"parameterValue": _value(parameter)}
    return _part("parameter", name=parameter.name, **value, **_usage(parameter, name))


def _parameter(parameter: Parameter) -> PSObject:
    return _part(
        "parameter",
        defaultValue=text(parameter.default) if parameter.default is not None else "",
        parameterValue=_value(parameter),
        type=_part("type", name=type_label(parameter.type_name)),
        name=parameter.name,
        **_usage(parameter),
        aliases=", ".join(parameter.aliases) or "none",
    )


def _value(parameter: Parameter) -> PSObject:
    required = "false" if parameter.switch else "true"
    return PSObject((), {"required": required}, value=type_label(parameter.type_name))


def _usage(parameter: Parameter, name: str = "") -> dict[str, Any]:
    """What a parameter is for and how it is given, in the parameter set ``name`` or in the first one."""
    place = parameter.places.get(name) or next(iter(parameter.places.values()))
    ways = [w for w, yes in (("ByValue", place.by_value), ("ByPropertyName", place.by_name)) if yes]
    return {
        "description": _paragraphs(parameter.help),
        "required": "true" if place.mandatory else "false",
        "globbing": "true" if parameter.wildcards else "false",
        "pipelineInput": f"true ({', '.join(ways)})" if ways else "false",
        "position": "named" if place.position is None else str(place.position + 1),
    }


def _asking(spec: CommandSpec) -> tuple[Parameter, ...]:
    """-WhatIf and -Confirm, where a command takes them."""
    return SHOULD_PROCESS if spec.changes else ()


def _input_types(spec: CommandSpec) -> list[str]:
    return list(dict.fromkeys(parameter.type_name for parameter, _, _ in spec.piped))


def _types(word: str, names: Iterable[str]) -> PSObject | None:
    return _parts(f"{word}s", word, [_part(word, type=_part("type", name=name)) for name in names])


def _example(number: int, code: str, remark: str) -> PSObject:
    title = f"{'-' * 26} EXAMPLE {number} {'-' * 26}"
    return _part(
        "example",
        title=title,
        introduction=_list([_paragraph("PS > ")]),
        code=code,
        remarks=_paragraphs(remark),
    )


def _part(kind: str, /, **members: Any) -> PSObject:
    return _record((f"{HELP_TYPE}#{kind}",), members)


def _record(names: tuple[str, ...], members: dict[str, Any]) -> PSObject:
    """An object around another with the same members, as PowerShell makes its help."""
    shown = "; ".join(f"{name}={_shown(value)}" for name, value in members.items())
    return PSObject(names, members, to_string=f"@{{{shown}}}", value=PSObject(members=members))


def _shown(value: Any) -> str:
    return OBJECT_ARRAY[0] if isinstance(value, PSList) else text(value)


def _parts(kind: str, name: str, items: list[PSObject]) -> PSObject | None:
    return _part(kind, **_under(name, items)) if items else None


def _under(name: str, items: list[PSObject]) -> dict[str, Any]:
    """Some parts under a name: one as itself, several as a list."""
    return {name: items[0] if len(items) == 1 else _list(items)} if items else {}


def _list(items: Iterable[PSObject]) -> PSList:
    return PSList(items, OBJECT_ARRAY)


def _paragraph(line: str) -> PSObject:
    return PSObject(("MamlParaTextItem", "MamlTextItem"), {"Text": line})


def _paragraphs(value: str) -> PSList:
    return _list(_paragraph(" ".join(part.split())) for part in value.replace("``", "").split("\n\n") if part)
