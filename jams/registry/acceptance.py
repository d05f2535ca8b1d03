"""What a definition or a submission says, held against the registry: what is taken, what is not obeyed.

Looked at is what is new. What stood there before stays as it is, whoever let it in; and what says nothing
(null, a default, a member that only the server writes) demands nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from jams.objects.enums import InheritedFromType
from jams.objects.errors import InvalidArgument, InvalidProperty, JAMSError, MissingArgument, NotSupported
from jams.objects.parts import ACL, Element, PropertyValue

from . import template_rules
from .elements import ENABLED, element_type
from .kinds import Place
from .model import Property, PropertySet
from .properties import JOB_PROPERTIES
from .values import kept, read

_MOST_TOLD = 10
MOST_ELEMENTS = 250
"""How many elements a definition has at most: whoever looks at an entry looks at all that it waits for."""

MOST_TASKS = 5000
"""Of how many elements the source of a sequence consists at most."""

_WITHOUT_ABOVE = (Place.AGENT, Place.ELEMENT)
"""Places to which nothing comes down, so that a value which says nothing there is none."""

_STANDING = frozenset({"", "unknown", "notevaluated", "enabled"})
"""States that an element may have where it is defined, rather than at an entry."""

_NOT_ITS_OWN: dict[str, Any] = {
    "inherited": False,
    "inherited_from_type": InheritedFromType.NOT_INHERITED,
    "inherited_from_id": None,
    "inherited_from_name": None,
}
"""What only the server writes into an element."""

_NO_SPAN = "It is a span of no time at all."
_NO_STATE = "The property Enabled says whether an element does anything."


class Said(NamedTuple):
    """A property that is new and says something.

    Attributes:
        where: how it is called: ``Calendar``, or ``ScheduledDate of element Nightly``.
        member: the member of the document in which it stands.
        definition: what the registry knows of it.
        meaning: what its value means.
        obeyed: whether this server does what it says.
        element: which of the elements that were taken it stands in; 0 for none.
    """

    where: str
    member: str
    definition: Property
    meaning: Any
    obeyed: bool
    element: int = 0


class Acceptance:
    """Takes the parts of one document, one after the other.

    Attributes:
        said: the properties that are new and say something, whose references are still to be looked up.
        not_obeyed: what is new, demands something and is not obeyed; each with its sentence.
    """

    def __init__(self) -> None:
        self.said: list[Said] = []
        self.not_obeyed: list[tuple[str, str]] = []

    def properties(
        self,
        known: PropertySet,
        place: Place,
        given: Iterable[PropertyValue],
        before: Iterable[PropertyValue] = (),
        *,
        of: str = "",
    ) -> list[PropertyValue]:
        """What of the properties in a document is to be stored: those that have a value, in usual form.

        ``before`` are those that stood there, as they are stored or shown; ``of`` says of which part.

        Raises:
            UnknownProperty: there is none of the name, or it does not stand there.
            InvalidProperty: it cannot have that value, or is given twice.
            InvalidTime, UnknownTimeZone, DateError: the value is no time, zone or date; in their own words.
        """
        with telling("properties"):
            return self._properties(known, place, given, before, of)

    def _properties(
        self,
        known: PropertySet,
        place: Place,
        given: Iterable[PropertyValue],
        before: Iterable[PropertyValue],
        of: str,
    ) -> list[PropertyValue]:
        stood = {_key(known, item): item for item in before if item.current_value is not None}
        own: dict[str, PropertyValue] = {}
        seen: set[str] = set()
        for item in given:
            key = _key(known, item)
            if key in seen:
                raise InvalidProperty(
                    f"The property {item.property_name} is given twice.", target=item.property_name
                )
            seen.add(key)
            old = stood.get(key)
            if old is not None and _same(old.current_value, item.current_value):
                own[key] = PropertyValue(property_name=old.property_name, current_value=old.current_value)
            elif item.current_value is not None:
                definition = known.named(item.property_name, place)
                value = self._taken(definition, place, item, of)
                if value is not None:
                    own[key] = value
            elif old is None and not _was_shown(item):
                known.named(item.property_name)
        return list(own.values())

    def _taken(
        self, definition: Property, place: Place, item: PropertyValue, of: str
    ) -> PropertyValue | None:
        where = f"{definition.name} of {of}" if of else definition.name
        with telling("elements" if of else "properties", where):
            meaning = read(definition, item.current_value)
            value = kept(definition, item.current_value)
            if definition.template and meaning is not None:
                _check_template(definition, meaning)
        if meaning is None and place in _WITHOUT_ABOVE:
            return None
        sentence = definition.refusal(place, meaning)
        if sentence and _demands(definition, meaning):
            self.not_obeyed.append((where, sentence))
        if meaning is not None:
            self.said.append(
                Said(where, "elements" if of else "properties", definition, meaning, not sentence)
            )
        return None if value is None else PropertyValue(property_name=definition.name, current_value=value)

    def elements(
        self, place: Place, given: Iterable[Element], before: Iterable[Element] = ()
    ) -> list[Element]:
        """The elements of a document as they are to be stored; those that come from above are none of it.

        Raises:
            UnknownElementType: there is no such type, or it does not stand there.
            MissingArgument: an element says no type, or lacks a property that it needs.
            UnknownProperty, InvalidProperty and others: as :meth:`properties`.
            InvalidArgument: there are more than :data:`MOST_ELEMENTS`, and more than before.
        """
        given_before = list(before)
        stood = {_content(element): element for element in given_before}
        own = [element for element in given if not element.inherited]
        with telling("sourceElements" if place is Place.SOURCE else "elements"):
            most = MOST_TASKS if place is Place.SOURCE else MOST_ELEMENTS
            if len(own) > max(most, len(given_before)):
                raise InvalidArgument(f"A definition has at most {most} elements; this has {len(own)}.")
            return [stood.get(_content(element)) or self._element(place, element) for element in own]

    def _element(self, place: Place, element: Element) -> Element:
        name = element.element_name
        if not element.element_type_name.strip():
            which = f"the element {name}" if name else "an element"
            raise MissingArgument(f"Say of which type {which} is (elementTypeName).", target=name or None)
        kind = element_type(element.element_type_name, place)
        inner = Acceptance()
        of = f"element {name}"
        own = inner._properties(kind.properties, Place.ELEMENT, element.properties, (), of)
        meant = {each.definition.name: each.meaning for each in inner.said}
        for each in kind.properties:
            if each.required and meant.get(each.name) == datetime.timedelta(0):
                inner.not_obeyed.append((f"{each.name} of {of}", _NO_SPAN))
            if each.required and each.name not in meant:
                raise MissingArgument(
                    f"The element {name} of the type {kind.name} needs the property {each.name}.",
                    target=f"{each.name} of {of}",
                )
        if kind.needs_one and not any(meant.get(each) for each in kind.needs_one):
            raise MissingArgument(
                f"The element {name} of the type {kind.name} needs one of the properties "
                f"{', '.join(kind.needs_one)}.",
                target=f"{kind.needs_one[0]} of {of}",
            )
        if meant.get(ENABLED.name, True):
            number = 1 + max((each.element for each in self.said), default=0)
            self.said += [
                each._replace(obeyed=each.obeyed and kind.obeyed, element=number) for each in inner.said
            ]
            self.not_obeyed += (
                inner.not_obeyed if kind.obeyed else [(f"{kind.name} {name}", kind.unsupported)]
            )
            if element.element_state.casefold() not in _STANDING:
                self.not_obeyed.append((f"elementState of {of}", _NO_STATE))
        return replace(
            element,
            element_type_name=kind.name,
            element_type_id=kind.number,
            element_kind=kind.kind.value,
            properties=own,
            **_NOT_ITS_OWN,
        )

    def access_list(self, given: ACL | None, before: ACL | None = None) -> ACL | None:
        """The access list of a document as it is to be stored: what is its own in it."""
        if given is None or given == before:
            return given
        own = ACL(generic_acl=[line for line in given.generic_acl if not line.inherited])
        return own if own.generic_acl else None

    def member(self, name: str, sentence: str) -> None:
        """A member of the document demands something that is not obeyed, for the reason in the sentence."""
        self.not_obeyed.append((name, sentence))

    def texts(self) -> list[str]:
        """What is not obeyed, a text for each."""
        return [f"{name}: {why}" for name, why in self.not_obeyed]

    def settle(self, *, lenient: bool = False) -> None:
        """Refuse what is not obeyed, unless leniency was asked for. Raises NotSupported."""
        if lenient or not self.not_obeyed:
            return
        told = [f"{name} is not supported here: {why}" for name, why in self.not_obeyed[:_MOST_TOLD]]
        raise NotSupported(" ".join(told), target=self.not_obeyed[0][0])


def marks(
    known: PropertySet = JOB_PROPERTIES,
    place: Place = Place.JOB,
    properties: Iterable[PropertyValue] = (),
    elements: Iterable[Element] = (),
    source_elements: Iterable[Element] = (),
    access_list: ACL | None = None,
) -> list[str]:
    """What of a definition as it is stored is not obeyed, a text for each. Never raises."""
    found: list[str] = []
    for item in properties:
        if item.current_value is not None:
            found += _marks_of(item.property_name, Acceptance.properties, known, place, [item])
    for element in elements:
        found += _marks_of(element.element_name, Acceptance.elements, place, [element])
    for element in source_elements:
        found += _marks_of(element.element_name, Acceptance.elements, Place.SOURCE, [element])
    return found


def _marks_of(name: str, part: Callable[..., object], *arguments: object) -> list[str]:
    acceptance = Acceptance()
    try:
        part(acceptance, *arguments)
    except JAMSError as error:
        return [f"{name}: {error.message}"]
    return acceptance.texts()


@contextmanager
def telling(member: str, where: str | None = None) -> Iterator[None]:
    """Let an error that is raised meanwhile tell which member of a document it is about, and where."""
    try:
        yield
    except JAMSError as error:
        error.member = error.member or member
        error.target = where or error.target
        raise


def everything_said(
    known: PropertySet, place: Place, properties: Iterable[PropertyValue], elements: Iterable[Element]
) -> list[Said]:
    """The properties of a definition that say something, new or not, as far as they can be read."""
    said: list[Said] = []
    for item in properties:
        said += _said_of(Acceptance.properties, known, place, [item])
    for element in elements:
        said += _said_of(Acceptance.elements, place, [element])
    return said


def _said_of(part: Callable[..., object], *arguments: object) -> list[Said]:
    acceptance = Acceptance()
    with suppress(JAMSError):
        part(acceptance, *arguments)
    return acceptance.said


def _check_template(definition: Property, text: str) -> None:
    """What stands in the database is not looked at: a template that fails there is told in other words."""
    try:
        template_rules.check(text)
    except template_rules.TemplateUnusable as error:
        raise InvalidProperty(
            f"The template in {definition.name} cannot be used: {error}", target=definition.name
        ) from None


def _key(known: PropertySet, item: PropertyValue) -> str:
    definition = known.get(item.property_name)
    return (item.property_name if definition is None else definition.name).lower()


def _same(one: Any, other: Any) -> bool:
    """Whether two values are one; 1 and true are not, 1 and 1.0 are."""
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _was_shown(item: PropertyValue) -> bool:
    """Whether a server has shown this property, with its number or type, without a value of its own."""
    return item.property_id != 0 or item.type_name is not None


def _demands(definition: Property, meaning: Any) -> bool:
    """Whether a value asks for anything else than what is without it: no default, and not nothing at all."""
    if meaning is None or meaning == read(definition, definition.default):
        return False
    return definition.default is not None or isinstance(meaning, datetime.time) or bool(meaning)


def _content(element: Element) -> bytes:
    """What an element says, without what only the server writes."""
    own = [
        PropertyValue(property_name=item.property_name, current_value=item.current_value)
        for item in element.properties
        if item.current_value is not None
    ]
    # Of its type the name alone counts: doors do not send back what the server adds to it.
    plain = replace(element, properties=own, element_type_id=0, element_kind="", **_NOT_ITS_OWN)
    return msgspec.json.encode(plain)
