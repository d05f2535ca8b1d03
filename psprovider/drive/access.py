"""What the drive's commands share: paths from arguments, and errors as the provider's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from jams.objects.errors import JAMSError, NotFound
from psprovider.cmdlets.model import Parameter, Place, Role
from psprovider.engine import errors
from psprovider.engine.commands import ALL
from psprovider.engine.invocation import Invocation
from psprovider.engine.patterns import has_wildcards
from psprovider.engine.values import as_list, text

from .location import UnknownDrive, shown
from .tree import Node, Tree

PATHS = {"path": ("Path", "LiteralPath", "Destination")}


def path_parameter(name: str = "Path", position: int | None = 0, *, mandatory: bool = False) -> Parameter:
    """A parameter that takes paths, typed or from items that are piped."""
    return Parameter(
        name=name,
        type_name="System.String[]",
        help="Paths; wildcards are allowed.",
        role=Role.SWITCH,
        target=name,
        aliases=("PSPath",),
        wildcards=True,
        piped="PSPath",
        places={ALL: Place(position, mandatory=mandatory, by_value=True, by_name=True)},
    )


LITERAL = Parameter(
    name="LiteralPath",
    type_name="System.String[]",
    help="Paths in which nothing is a wildcard.",
    role=Role.SWITCH,
    target="LiteralPath",
    aliases=("LP",),
    places={ALL: Place()},
)


def paths_of(values: dict[str, Any]) -> list[str]:
    """The paths given; the place where the session stands if none is."""
    given = values.get("Path", values.get("LiteralPath"))
    return [text(value) for value in as_list(given)] or ["."]


def places(run: Invocation, texts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The places that paths mean; an unknown drive is an error that ends nothing."""
    for value in texts:
        try:
            yield run.session.location.resolve(value)
        except UnknownDrive as problem:
            run.error(errors.drive_not_found(problem.name, run.info))


def nodes(run: Invocation, tree: Tree, texts: Sequence[str]) -> Iterator[Node]:
    """What is at some paths; what is not there is an error that ends nothing."""
    for place in places(run, texts):
        try:
            yield from tree.expand(place)
        except NotFound:
            if not any(map(has_wildcards, place)):
                run.error(errors.item_not_found(shown(place), run.info))
        except JAMSError as problem:
            run.error(problem)
