"""What definitions may say: the properties and types of elements of this server, and which it obeys."""

from __future__ import annotations

from collections.abc import Iterable

from jams.objects.base import Line
from jams.objects.enums import ElementKind
from jams.objects.known_parts import ElementOf, ElementTypeDefinition, PropertyDefinition, PropertyOf
from jams.objects.parts import Element, PropertyValue
from jams.registry import (
    AGENT_PROPERTIES,
    ELEMENT_TYPES,
    JOB_PROPERTIES,
    ElementType,
    Place,
    Property,
    PropertySet,
    ValueType,
    element_type,
)
from jams.security.rights import JobDefinitions

from . import offers
from .catalogue import Binding
from .context import Context
from .declaration import operation

_PLACES = {
    PropertyOf.FOLDER: Place.FOLDER,
    PropertyOf.JOB: Place.JOB,
    PropertyOf.METHOD: Place.METHOD,
    PropertyOf.SUBMISSION: Place.SUBMISSION,
    PropertyOf.ENTRY: Place.ENTRY,
    PropertyOf.AGENT: Place.AGENT,
}
_ELEMENT_PLACES = {ElementOf.FOLDER: Place.FOLDER, ElementOf.JOB: Place.JOB, ElementOf.TASK: Place.SOURCE}


@operation(
    right=JobDefinitions.INQUIRE,
    rest=("GET /propertydefinition/{propertyOf}", "GET /propertydefinition?propertyOf"),
    soap="Known.ListProperties",
    cmdlet="Get-JAMSPropertyDefinition",
    command="properties",
    positional=("property_of",),
    columns=("propertyName", "categoryName", "holds", "defaultValue", "notObeyed"),
    binding=Binding(pattern="propertyName", positional=()),
)
def list_property_definitions(
    context: Context, property_of: PropertyOf = PropertyOf.FOLDER_OR_JOB
) -> list[PropertyDefinition]:
    """List the properties that something may have, and for each whether this server obeys it.

    Args:
        property_of: of what: of folders and jobs if not given.
    """
    del context
    if property_of is PropertyOf.ELEMENT:
        return _of_elements()
    place = _PLACES.get(property_of)
    known = AGENT_PROPERTIES if place is Place.AGENT else JOB_PROPERTIES
    return [each for each in _definitions(known, place) if place is None or place.value in each.places]


@operation(
    right=JobDefinitions.INQUIRE,
    rest=("GET /element/{elementOf}", "GET /element?elementOf"),
    soap="Known.ListElementTypes",
    cmdlet="Get-JAMSElementType",
    command="element-types",
    positional=("element_of",),
    columns=("elementTypeName", "elementKind", "description", "notObeyed"),
    binding=Binding(pattern="elementTypeName", positional=()),
)
def list_element_types(context: Context, element_of: ElementOf | None = None) -> list[ElementTypeDefinition]:
    """List the types of elements with their properties, and for each whether this server obeys it.

    Args:
        element_of: only those that may stand there.
    """
    del context
    place = None if element_of is None else _ELEMENT_PLACES[element_of]
    return [_type(each) for each in ELEMENT_TYPES if place is None or place in each.places]


@operation(
    right=JobDefinitions.INQUIRE,
    rest=("GET /element/properties/{name}", "GET /element/properties?name"),
    soap="Known.GetElement",
    cmdlet="Get-JAMSElementTemplate",
    command="element",
    key=("name",),
    offers={"name": offers.ELEMENT_TYPE_NAMES},
    columns=("elementTypeName", "elementKind"),
)
def get_element_template(context: Context, name: Line) -> Element:
    """Show an element of a type as a form to be filled in, and sent as part of a job or folder.

    Args:
        name: name of the type, such as ScheduleTrigger.

    Raises:
        UnknownElementType: there is no such type; the message names the nearest.
    """
    del context
    return _form(element_type(name))


@operation(
    right=JobDefinitions.INQUIRE,
    rest=("GET /element/ofKind/{elementKind}", "GET /element/ofKind?elementKind"),
    soap="Known.ListElements",
    cmdlet="Get-JAMSElementTemplate",
    command="elements",
    positional=("element_kind",),
    columns=("elementTypeName", "elementKind"),
    binding=Binding(set="Kind", positional=()),
)
def list_element_templates(context: Context, element_kind: ElementKind) -> list[Element]:
    """List an element of each type of a kind as a form to be filled in, and sent as part of a job or folder.

    Args:
        element_kind: the kind, such as Trigger.
    """
    del context
    return [_form(each) for each in ELEMENT_TYPES if each.kind is element_kind]


def _form(kind: ElementType) -> Element:
    return Element(
        element_name=kind.name,
        element_type_name=kind.name,
        element_type_id=kind.number,
        element_kind=kind.kind.value,
        properties=[
            PropertyValue(
                property_name=each.property_name,
                default_value=each.default_value,
                category_name=each.category_name,
                display_name=each.display_name,
                property_id=each.property_id,
                type_name=each.type_name,
                tool_tip=each.holds,
                description=each.description,
                sort_order=each.sort_order,
            )
            for each in _definitions(kind.properties)
        ],
    )


def _of_elements() -> list[PropertyDefinition]:
    """The properties of elements, each once, as the first type that has it tells it."""
    found: dict[str, Property] = {}
    for kind in ELEMENT_TYPES:
        for each in kind.properties:
            found.setdefault(each.name, each)
    return [_definition(each, number, None) for number, each in enumerate(found.values(), start=1)]


def _type(kind: ElementType) -> ElementTypeDefinition:
    return ElementTypeDefinition(
        element_type_id=kind.number,
        element_type_name=kind.name,
        element_kind=kind.kind,
        description=kind.description,
        places=[place.value for place in kind.places],
        aliases=list(kind.aliases),
        obeyed=kind.obeyed,
        not_obeyed=kind.unsupported or None,
        properties=list(_definitions(kind.properties)),
    )


def _definitions(known: PropertySet, place: Place | None = None) -> Iterable[PropertyDefinition]:
    """The properties of a set, as they are obeyed at a place, or wherever they may stand."""
    return [_definition(each, number, place) for number, each in enumerate(known, start=1)]


def _definition(each: Property, number: int, place: Place | None) -> PropertyDefinition:
    whole = each.value_type is ValueType.INTEGER
    why = each.unsupported if place is None else each.refusal(place)
    return PropertyDefinition(
        property_id=number,
        property_name=each.name,
        display_name=each.name,
        category_name=each.category,
        description=each.description,
        type_name=each.type_name,
        holds=f"one of {', '.join(each.words)}" if each.words else each.value_type.told,
        default_value=each.default,
        choices=list(each.words),
        minimum=each.minimum if whole else None,
        maximum=each.maximum if whole else None,
        merge_option=each.merge,
        places=[place.value for place in each.places],
        aliases=list(each.aliases),
        required=each.required,
        sort_order=number,
        obeyed=not why,
        not_obeyed=why or None,
    )
