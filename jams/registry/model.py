"""What the registry knows of a property and of a type of element."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from msgspec import Struct

from jams.dates.suggestions import nearest_name
from jams.objects.enums import ElementKind, MergeOption
from jams.objects.errors import UnknownElementType, UnknownProperty
from jams.objects.parts import PropertyData

from . import file_names, web_addresses
from .kinds import Place, ValueType

_REFUSALS = {ValueType.FILE: file_names.refusal, ValueType.WEB_ADDRESS: web_addresses.refusal}
"""Why a text that is taken elsewhere is not obeyed, by what it stands for."""

DEFINITION = (Place.FOLDER, Place.JOB)


class Property(Struct, frozen=True, kw_only=True):
    """A property: what it is called, what it holds, what it means.

    Attributes:
        name: its name, as published where it is.
        value_type: what it holds.
        description: what it says, in a sentence.
        category: under which heading it is shown.
        places: where it may stand, if it is none of an element.
        default: what counts where nothing is set.
        merge: how a value joins the one that comes from above.
        choices: the words of a choice.
        synonyms: further words of the product, and the word of the choice that each stands for.
        minimum: the least number.
        maximum: the greatest number.
        longest: how many characters a text has at most.
        one_day: whether a text of the date language names one day, rather than those on which something runs.
        template: whether a text is a template of what is told.
        required: whether an element of its type cannot do without it.
        always: whether every document shows it, set or not.
        submits: whether the job that it names is submitted, and not only looked at.
        aliases: names that mean the same in documents that are sent.
        unsupported: why this server does not obey it, in a sentence; empty if it does.
        unsupported_in: the same for a place, where it is obeyed in others only.
        unsupported_words: the same for words of a choice, where it is obeyed with others.
    """

    name: str
    value_type: ValueType
    description: str
    category: str = "General"
    places: tuple[Place, ...] = DEFINITION
    default: PropertyData = None
    merge: MergeOption = MergeOption.REPLACE
    choices: type[Enum] | None = None
    synonyms: tuple[tuple[str, str], ...] = ()
    minimum: int = -(2**31)
    maximum: int = 2**31 - 1
    longest: int = 4096
    one_day: bool = False
    template: bool = False
    required: bool = False
    always: bool = False
    submits: bool = False
    aliases: tuple[str, ...] = ()
    unsupported: str = ""
    unsupported_in: tuple[tuple[Place, str], ...] = ()
    unsupported_words: tuple[tuple[str, str], ...] = ()

    @property
    def obeyed(self) -> bool:
        """Whether this server does what the property says, wherever it may stand."""
        return not self.unsupported and not self.unsupported_in

    @property
    def type_name(self) -> str:
        """The name of its type in the published documents."""
        return self.choices.__name__ if self.choices else self.value_type.type_name

    @property
    def words(self) -> tuple[str, ...]:
        """The words that it may hold, if it is a choice."""
        return tuple(str(member.value) for member in self.choices) if self.choices else ()

    def refusal(self, place: Place, meaning: object = None) -> str:
        """Why it is not obeyed there (with that meaning, if it is given), or nothing."""
        why = dict(self.unsupported_in).get(place, self.unsupported)
        if not why and isinstance(meaning, Enum):
            why = dict(self.unsupported_words).get(str(meaning.value), "")
        if not why and isinstance(meaning, str) and self.value_type in _REFUSALS:
            why = _REFUSALS[self.value_type](meaning)
        return why


class PropertySet:
    """The properties that a kind of object knows, by name in any case."""

    def __init__(self, owner: str, properties: Sequence[Property]) -> None:
        """``owner`` is what has them, as an error says it: "a job or folder"."""
        self.owner = owner
        self._listed = tuple(properties)
        self._known: dict[str, Property] = {}
        for each in properties:
            for name in (each.name, *each.aliases):
                if self._known.setdefault(name.lower(), each) is not each:
                    raise ValueError(f"{owner} knows two properties {name}")

    def __iter__(self) -> Iterator[Property]:
        return iter(self._listed)

    def __len__(self) -> int:
        return len(self._listed)

    def __getitem__(self, name: str) -> Property:
        """The property of that name. Raises KeyError."""
        return self._known[name.lower()]

    def get(self, name: str) -> Property | None:
        """The property of that name, or None."""
        return self._known.get(name.lower())

    def named(self, name: str, place: Place | None = None) -> Property:
        """The property of that name, which may stand in the place.

        Raises:
            UnknownProperty: there is none; the message names the nearest.
        """
        found = self.get(name)
        if found is None:
            nearest = nearest_name(name, [each.name for each in self._listed])
            hint = f" Did you mean {nearest}?" if nearest else ""
            raise UnknownProperty(
                f"There is no property {name[:100]} of {self.owner}.{hint}", target=name[:100]
            )
        if place is not None and place not in found.places:
            raise UnknownProperty(
                f"The property {found.name} does not stand there: it belongs to {_listing(found.places)}.",
                target=found.name,
            )
        return found

    def at(self, place: Place) -> PropertySet:
        """The properties of the set that may stand in a place."""
        return PropertySet(self.owner, [each for each in self._listed if place in each.places])


class ElementType(Struct, frozen=True, kw_only=True):
    """A type of element: what it is called, which properties it has, what it does.

    Attributes:
        name: its name, as published where it is.
        kind: what sort of element it is.
        description: what an element of it does, in a sentence.
        properties: its own properties; every element has ``Enabled`` besides.
        places: where an element of it may stand.
        aliases: names that mean the same in documents that are sent.
        needs_one: properties of which an element needs one at least.
        unsupported: why this server does not obey it, in a sentence; empty if it does.
        number: its ``elementTypeId``, given by the order in the registry.
    """

    name: str
    kind: ElementKind
    description: str
    properties: PropertySet
    places: tuple[Place, ...] = DEFINITION
    aliases: tuple[str, ...] = ()
    needs_one: tuple[str, ...] = ()
    unsupported: str = ""
    number: int = 0

    @property
    def obeyed(self) -> bool:
        """Whether this server does what an element of the type says."""
        return not self.unsupported

    def check_place(self, place: Place) -> None:
        """Raises UnknownElementType when an element of the type may not stand there."""
        if place not in self.places:
            raise UnknownElementType(
                f"An element of the type {self.name} does not stand there: it belongs to "
                f"{_listing(self.places)}.",
                target=self.name,
            )


_OWNERS = {
    Place.FOLDER: "folders",
    Place.JOB: "jobs",
    Place.SOURCE: "the source of jobs",
    Place.METHOD: "methods",
    Place.AGENT: "agents",
    Place.SUBMISSION: "submissions",
    Place.ENTRY: "entries",
    Place.ELEMENT: "elements",
}


def _listing(places: Sequence[Place]) -> str:
    *most, last = [_OWNERS[place] for place in places]
    return f"{', '.join(most)} and {last}" if most else last
