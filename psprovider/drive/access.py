"""What the drive's commands share: paths from arguments, and errors as the provider's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from jams.objects.errors import JAMSError, NotFound
from psprovider.cmdlets.model import Parameter, Place, Role
from psprovider.endpoint.exceptions import ErrorRecord
from psprovider.engine import command_errors
from psprovider.engine.commands import ALL
from psprovider.engine.invocation import Invocation
from psprovider.engine.patterns import escaped, has_wildcards, unescaped
from psprovider.engine.values import as_list, text

from .location import UnknownDrive, shown
from .tree import Node, Tree

PATHS = {"path": ("Path", "LiteralPath", "Destination")}


SETS = ("Path", "LiteralPath")
"""The parameter sets of a command that takes paths either way, the default one first."""


def addressed(*others: Parameter, mandatory: bool = False) -> tuple[Parameter, ...]:
    """The parameters of a command that takes paths: -Path, or -LiteralPath, and the others.

    An item that is piped tells its path, in which nothing is a wildcard.
    """
    path = Parameter(
        name="Path",
        type_name="System.String[]",
        help="Paths; wildcards are allowed.",
        role=Role.SWITCH,
        target="Path",
        wildcards=True,
        places={"Path": Place(0, mandatory=mandatory, by_value=True, by_name=True)},
    )
    literal = Parameter(
        name="LiteralPath",
        type_name="System.String[]",
        help="Paths in which nothing is a wildcard.",
        role=Role.SWITCH,
        target="LiteralPath",
        aliases=("PSPath", "LP"),
        piped="PSPath",
        places={"LiteralPath": Place(mandatory=True, by_name=True)},
    )
    rest = (replace(other, places=dict.fromkeys(SETS, other.places[ALL])) for other in others)
    return (literal, path, *rest)


def paths_of(values: Mapping[str, Any]) -> list[str]:
    """The paths given, as patterns; the place where the session stands if none is."""
    if "LiteralPath" in values:
        return [escaped(text(value)) for value in as_list(values["LiteralPath"])]
    return [text(value) for value in as_list(values.get("Path"))] or ["."]


def places(run: Invocation, texts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The places that paths mean; an unknown drive is an error that ends nothing."""
    for value in texts:
        try:
            yield run.session.location.resolve(value)
        except UnknownDrive as problem:
            run.error(command_errors.drive_not_found(problem.name, run.info))


def not_found(run: Invocation, place: Sequence[str]) -> ErrorRecord:
    """The error that nothing is at a place without wildcards."""
    return command_errors.item_not_found(shown(tuple(map(unescaped, place))), run.info)


def nodes(run: Invocation, tree: Tree, texts: Sequence[str]) -> Iterator[Node]:
    """What is at some paths; what is not there is an error that ends nothing."""
    for place in places(run, texts):
        try:
            yield from tree.expand(place)
        except NotFound:
            if not any(map(has_wildcards, place)):
                run.error(not_found(run, place))
        except JAMSError as problem:
            run.error(problem)
