"""What a cmdlet is: parameters, parameter sets, and the operations behind them, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from jams.operations.catalogue import Offer, Operation

SWITCH = "System.Management.Automation.SwitchParameter"
SECURE_STRING = "System.Security.SecureString"
"""The type of what takes a secret text; a plain text will do for it, as scripts may hold one."""

Sources = dict[str, tuple[str, ...]]
"""Names of structs, and the properties that hold a value, or make a path together."""


class Role(Enum):
    """What the value of a parameter is for."""

    INPUT = "input"
    """It fills an input of the operation."""
    LISTED = "listed"
    """It fills an input of the operation that lists, in a set that takes names as well."""
    MEMBER = "member"
    """It fills a member of the document that the operation takes."""
    OBJECT = "object"
    """It is an object, one property of which fills an input."""
    DOCUMENT = "document"
    """It is the whole document."""
    PATTERN = "pattern"
    """It is compared with the names of what the operation lists."""
    FOLDER = "folder"
    """It goes before the pattern that an input takes."""
    LOOKUP = "lookup"
    """It names the objects whose numbers fill an input."""
    SWITCH = "switch"
    """It says how the cmdlet goes about it; ``target`` is one of the words below."""
    SERVER = "server"
    """It names the server."""
    FILE = "file"
    """It names a file of the caller's, which fills an input, or takes the answer."""


WAIT = "wait"
"""Target of a switch: wait for the end, and show it."""
PASS_THRU = "pass_thru"
"""Target of a switch: show the object after the change."""
FOLLOW = "follow"
"""Target of a switch: go on while the text grows."""
VALUE_ONLY = "value_only"
"""Target of a switch: show the bare value."""
TIMEOUT = "timeout"
"""Target of a parameter: seconds to wait at most."""
WHILE = "while"
"""Target of a parameter: the states to wait in."""


@dataclass(frozen=True, slots=True)
class Place:
    """How a parameter stands in one parameter set.

    Attributes:
        position: its position, or None if it is only given by name.
        mandatory: whether it must be given.
        by_value: whether a piped object is its value.
        by_name: whether a property of a piped object is its value: one named like it or like an alias.
    """

    position: int | None = None
    mandatory: bool = False
    by_value: bool = False
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter.

    Attributes:
        name: its name, without the dash.
        type_name: full name of its .NET type; with ``[]`` it takes several values.
        help: one sentence.
        role, target: what its value is for; the target is the Python name of an input or member.
        places: how it stands in each parameter set, by the set's name.
        aliases: further names.
        values: the only values it takes, in any case.
        words: further words, and the values each stands for.
        enum: name of the enumeration that the values are of.
        struct: name of the struct that its value is turned into, for documents and their parts.
        wildcards: whether ``*``, ``?`` and ``[abc]`` mean a pattern.
        offer: where its values can be looked up.
        secret: whether the value must never be shown.
        default: what it is when it is not given, if that says something.
        piped: property of a piped object that fills it before any other.
        sources: of the catalogue's own objects the ones that fill it when they are piped, and with what;
            no other one does. Empty: all that have the property.
        told: of other objects the properties that fill it when they are piped, the first one that is there;
            empty: those of its names.
        chooses: whether it chooses among objects. Null and an empty text choose none; they are refused,
            because without the parameter all of them are meant.
        sample: a value as it may be typed, for examples.
        minimum, maximum: the range of a number.
        day: whether it says a day, so that a point in time given for it means the day where it was written.
        kinds: whether its values are objects, each of which is told as ``Kind:name``.
        own_entry: whether it is the entry in whose run the cmdlet is used, where it is not given.
    """

    name: str
    type_name: str
    help: str = ""
    role: Role = Role.INPUT
    target: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    enum: str | None = None
    struct: str | None = None
    wildcards: bool = False
    offer: Offer | None = None
    secret: bool = False
    default: Any = None
    piped: str | None = None
    sources: Sources = field(default_factory=dict)
    told: tuple[str, ...] = ()
    chooses: bool = False
    sample: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    day: bool = False
    kinds: bool = False
    own_entry: bool = False

    @property
    def switch(self) -> bool:
        """Whether it is a switch: given or not, without a value."""
        return self.type_name == SWITCH

    @property
    def many(self) -> bool:
        """Whether it takes several values."""
        return self.type_name.endswith("[]")


@dataclass(frozen=True, slots=True)
class ParameterSet:
    """One way to call a cmdlet.

    Attributes:
        name: its name.
        operation: what it runs.
        lists: in a set that takes names: the operation that lists, run instead when no name, a pattern, or a
            parameter of the list is given.
        key: the input that names the object; one call is made for each value given.
    """

    name: str
    operation: Operation
    lists: Operation | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """An example: what is typed, and what it does."""

    code: str
    remark: str


@dataclass(frozen=True, slots=True)
class Cmdlet:
    """One cmdlet.

    Attributes:
        name: ``Verb-JAMSNoun``.
        parameters: its own parameters, in the order of help; the common ones are in ``common``.
        sets: its parameter sets; ``default_set`` is taken where the arguments do not tell.
        changes: whether it changes something: it then takes -WhatIf and -Confirm.
        impact: ConfirmImpact: Low, Medium or High.
        output: full type names of what it gives.
        columns: the properties that a table shows.
        summary, description, examples: its help.
        session: ``opens`` or ``closes`` for the cmdlets that log in and out.
    """

    name: str
    parameters: tuple[Parameter, ...]
    sets: tuple[ParameterSet, ...]
    default_set: str
    changes: bool
    impact: str
    output: tuple[str, ...]
    columns: tuple[str, ...]
    summary: str
    description: str
    examples: tuple[Example, ...] = ()
    session: str | None = None

    @property
    def verb(self) -> str:
        """The part of the name before the dash."""
        return self.name.partition("-")[0]

    @property
    def noun(self) -> str:
        """The part of the name behind the dash."""
        return self.name.partition("-")[2]

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The operations it can run, each once."""
        found = [o for s in self.sets for o in (s.operation, s.lists) if o is not None]
        return tuple({operation.name: operation for operation in found}.values())

    def set(self, name: str) -> ParameterSet:
        """The parameter set of that name."""
        return next(item for item in self.sets if item.name == name)

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of that name or alias, in any case."""
        wanted = name.lower()
        for parameter in self.parameters:
            if parameter.name.lower() == wanted or wanted in (a.lower() for a in parameter.aliases):
                return parameter
        return None
