"""Commands as the engine knows them: product cmdlets and the built-in ones alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from psprovider.cmdlets.common import COMMON, SHOULD_PROCESS
from psprovider.cmdlets.examples import in_session
from psprovider.cmdlets.model import SWITCH, Cmdlet, Example, Parameter, Place, Role

ALL = "__AllParameterSets"

Runner = Callable[[Any], Iterator[Any]]
"""Runs a call, which is an :class:`~psprovider.engine.invocation.Invocation`: gives its output."""


@dataclass(frozen=True)
class CommandSpec:
    """One command.

    Attributes:
        name: its name.
        run: runs it: gives its output, one object after another.
        parameters: its own parameters.
        sets: the names of its parameter sets.
        default_set: the one taken where the arguments do not tell.
        changes: whether it takes -WhatIf and -Confirm.
        impact: ConfirmImpact.
        common: whether it takes the common parameters.
        aliases: further names.
        module: the module it belongs to, empty for the built-in ones.
        cmdlet: the product cmdlet it is made from.
    """

    name: str
    run: Runner
    parameters: tuple[Parameter, ...] = ()
    sets: tuple[str, ...] = (ALL,)
    default_set: str = ALL
    changes: bool = False
    impact: str = "Medium"
    common: bool = True
    aliases: tuple[str, ...] = ()
    output: tuple[str, ...] = ()
    summary: str = ""
    description: str = ""
    examples: tuple[Example, ...] = ()
    module: str = ""
    cmdlet: Cmdlet | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def shared(self) -> tuple[Parameter, ...]:
        """The common parameters that it takes."""
        if not self.common:
            return ()
        return (*COMMON, *SHOULD_PROCESS) if self.changes else COMMON

    @cached_property
    def index(self) -> dict[str, Parameter]:
        """Every parameter by its names and aliases in lower case."""
        found: dict[str, Parameter] = {}
        for parameter in (*self.shared, *self.parameters):
            for word in (*parameter.aliases, parameter.name):
                found[word.lower()] = parameter
        return found

    @cached_property
    def positions(self) -> dict[str, dict[int, Parameter]]:
        """In each set, the parameters by position."""
        return {
            name: {
                place.position: parameter
                for parameter in self.parameters
                if (place := parameter.places.get(name)) and place.position is not None
            }
            for name in self.sets
        }

    @cached_property
    def piped(self) -> tuple[tuple[Parameter, str, Place], ...]:
        """The parameters that piped objects can fill, with set and place.

        Those that name the object of a set come first, then those of the default set.
        """
        keys = {(s.name, s.key) for s in self.cmdlet.sets} if self.cmdlet else set()
        found = [
            (parameter, name, place)
            for parameter in self.parameters
            for name, place in parameter.places.items()
            if place.by_value or place.by_name
        ]
        return tuple(
            sorted(
                found, key=lambda item: ((item[1], item[0].target) not in keys, item[1] != self.default_set)
            )
        )


def parameter(
    name: str,
    type_name: str = "System.String",
    position: int | None = None,
    *,
    mandatory: bool = False,
    piped: bool = False,
    aliases: tuple[str, ...] = (),
    values: tuple[str, ...] = (),
    help: str = "",
) -> Parameter:
    """A parameter of a built-in command."""
    place = Place(position, mandatory=mandatory, by_value=piped)
    return Parameter(
        name=name,
        type_name=type_name,
        help=help,
        role=Role.SWITCH,
        target=name,
        places={ALL: place},
        aliases=aliases,
        values=values,
    )


def switch(name: str, help: str = "", aliases: tuple[str, ...] = ()) -> Parameter:
    """A switch of a built-in command."""
    return parameter(name, SWITCH, help=help, aliases=aliases)


INPUT_OBJECT = parameter(
    "InputObject", "System.Object", piped=True, help="The objects to work on; usually they are piped."
)


def from_cmdlet(cmdlet: Cmdlet, run: Runner) -> CommandSpec:
    """The command that a product cmdlet is."""
    return CommandSpec(
        name=cmdlet.name,
        run=run,
        parameters=cmdlet.parameters,
        sets=tuple(s.name for s in cmdlet.sets),
        default_set=cmdlet.default_set,
        changes=cmdlet.changes,
        impact=cmdlet.impact,
        output=cmdlet.output,
        summary=cmdlet.summary,
        description=cmdlet.description,
        examples=tuple(in_session(example) for example in cmdlet.examples),
        module="JAMS",
        cmdlet=cmdlet,
    )
