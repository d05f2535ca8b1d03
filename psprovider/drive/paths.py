"""Paths as texts: Split-Path and Join-Path, which look at what lies there only if asked to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from psprovider.cmdlets.model import SWITCH, Parameter, Place, Role
from psprovider.endpoint.exceptions import ErrorCategory
from psprovider.engine import command_errors
from psprovider.engine.commands import ALL, CommandSpec
from psprovider.engine.invocation import Invocation
from psprovider.engine.values import as_list, text

from .access import PATHS, nodes, paths_of
from .location import DRIVE, drive_of, shown
from .tree import Tree

_PARTS = {
    "Parent": "The path without its last name; this is what is given without any of these.",
    "Leaf": "The last name.",
    "LeafBase": "The last name without what stands behind its last dot.",
    "Extension": "What stands behind the last dot of the last name, with the dot.",
    "Qualifier": "The drive, with its colon.",
    "NoQualifier": "The path without the drive.",
    "IsAbsolute": "Whether the path names its drive, and so does not depend on where one stands.",
}
_LITERAL = "LiteralPathSet"


def _split(run: Invocation) -> Iterator[Any]:
    wanted = next((name for name in _PARTS if run.value(name)), "Parent")
    for _, values in run.objects():
        for path in _resolved(run, values):
            part = _part(run, path, wanted)
            if part is not None:
                yield part


def _resolved(run: Invocation, values: Any) -> Iterator[str]:
    if not run.value("Resolve"):
        yield from as_list(values.get("Path", values.get("LiteralPath")))
        return
    for node in nodes(run, Tree(run.session), paths_of(values)):
        yield shown(node.path)


def _part(run: Invocation, path: Any, wanted: str) -> Any:
    whole = text(path).replace("/", "\\")
    drive, rest = _qualified(whole)
    if wanted == "IsAbsolute":
        return bool(drive)
    if wanted == "NoQualifier":
        return rest
    if wanted == "Qualifier":
        if not drive:
            message = f"Cannot parse path because path '{path}' does not have a qualifier specified."
            run.write_error(message, "ParsePathFormatError", ErrorCategory.InvalidArgument, path)
            return None
        return drive
    inner = rest.rstrip("\\")
    above, _, leaf = inner.rpartition("\\")
    if wanted == "Parent":
        if not inner:
            return ""
        return f"{drive}\\" if not above and rest.startswith("\\") else f"{drive}{above}"
    leaf = leaf or whole
    base, dot, extension = leaf.rpartition(".")
    if wanted == "LeafBase":
        return base if dot else leaf
    return leaf if wanted == "Leaf" else f".{extension}" if dot else ""


def _qualified(path: str) -> tuple[str, str]:
    """The drive of a path with its colon, or the provider and the server; and the rest."""
    if "::" in path:
        provider, _, rest = path.partition("::")
        server, slash, below = rest.partition("\\")
        return f"{provider}::{server}", f"{slash}{below}"
    found = drive_of(path)
    return ("", path) if found is None else (f"{found[0]}:", found[1])


def _join(run: Invocation) -> Iterator[Any]:
    for _, values in run.objects():
        children = [text(values.get("ChildPath")), *map(text, as_list(run.value("AdditionalChildPath")))]
        for path in as_list(values.get("Path")):
            joined = text(path).replace("/", "\\")
            found = drive_of(joined)
            if found is not None and found[0].upper() != DRIVE:
                run.error(command_errors.drive_not_found(found[0], run.info))
                continue
            for child in children:
                joined = _joined(joined, child.replace("/", "\\"))
            if not run.value("Resolve"):
                yield joined
                continue
            for node in nodes(run, Tree(run.session), [joined]):
                yield shown(node.path)


def _joined(path: str, child: str) -> str:
    return f"{path.rstrip(chr(92))}\\{child.lstrip(chr(92))}"


def _parameter(name: str, type_name: str, help_text: str, places: dict[str, Place], **rest: Any) -> Parameter:
    return Parameter(
        name=name,
        type_name=type_name,
        help=help_text,
        role=Role.SWITCH,
        target=name,
        places=places,
        **rest,
    )


_SETS = (*(f"{name}Set" for name in _PARTS), _LITERAL)

COMMANDS = (
    CommandSpec(
        "Split-Path",
        _split,
        (
            _parameter(
                "Path",
                "System.String[]",
                "The paths.",
                {
                    name: Place(0, mandatory=True, by_value=True, by_name=True)
                    for name in _SETS
                    if name != _LITERAL
                },
                told=("QualifiedName", "PSPath", "Path"),
            ),
            _parameter(
                "LiteralPath",
                "System.String[]",
                "Paths in which nothing is a wildcard.",
                {_LITERAL: Place(mandatory=True)},
                aliases=("PSPath", "LP"),
            ),
            *(
                _parameter(name, SWITCH, told, {f"{name}Set": Place(mandatory=name != "Parent")})
                for name, told in _PARTS.items()
            ),
            _parameter("Resolve", SWITCH, "The paths of what is there.", {name: Place() for name in _SETS}),
        ),
        sets=_SETS,
        default_set="ParentSet",
        output=("System.String", "System.Boolean"),
        summary="Give a part of a path: what it lies in, its last name, its drive.",
        extra=PATHS,
    ),
    CommandSpec(
        "Join-Path",
        _join,
        (
            _parameter(
                "Path",
                "System.String[]",
                "The paths to which the others are added.",
                {ALL: Place(0, mandatory=True, by_value=True, by_name=True)},
                aliases=("PSPath",),
            ),
            _parameter(
                "ChildPath", "System.String", "What is added.", {ALL: Place(1, mandatory=True, by_name=True)}
            ),
            _parameter("AdditionalChildPath", "System.String[]", "What is added behind it.", {ALL: Place(2)}),
            _parameter("Resolve", SWITCH, "The paths of what is there.", {ALL: Place()}),
        ),
        output=("System.String",),
        summary="Put paths together.",
        extra=PATHS,
    ),
)
