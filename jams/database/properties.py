"""Properties: which are always there, and what a job inherits from the folders above it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from jams.objects.enums import InheritedFromType, MergeOption
from jams.objects.errors import InvalidArgument
from jams.objects.parts import PropertyData, PropertyValue


@dataclass(frozen=True)
class PropertyDefinition:
    """A property that every job has; ``kind`` is the type of its values, if it matters here."""

    name: str
    category: str
    type_name: str
    merge: MergeOption = MergeOption.REPLACE
    default: PropertyData = None
    kind: type | None = None


DEFINITIONS = (
    PropertyDefinition("ExecuteAs", "Execute", "CredentialReference"),
    PropertyDefinition("HomeDirectory", "Execute", "System.String", kind=str),
    PropertyDefinition("LogLocation", "Log", "System.String", kind=str),
    PropertyDefinition("NotifyEMail", "Completion", "System.String", MergeOption.COMBINE, kind=str),
    PropertyDefinition("RetryCount", "Schedule", "System.Int32", default=0, kind=int),
    PropertyDefinition("RetryInterval", "Schedule", "DeltaTime"),
    PropertyDefinition("Agent", "Schedule", "AgentReference"),
    PropertyDefinition("BatchQueue", "Schedule", "BatchQueueReference"),
    PropertyDefinition("Calendar", "Schedule", "CalendarReference"),
    PropertyDefinition(
        "SchedulingPriority", "Schedule", "System.Int32", MergeOption.SUM, default=0, kind=int
    ),
    PropertyDefinition("Enabled", "Status", "System.Boolean", default=True, kind=bool),
)
"""The properties of a plain job, with category, type and merge rule as published (7.x)."""


class Inherited(Struct, frozen=True):
    """A value that comes from above, and the nearest folder or job that has a part in it."""

    value: PropertyData
    origin: InheritedFromType
    id: int
    name: str


Inheritance = dict[str, Inherited]
"""What is inherited, by the property's name in lower case."""


class PropertySet:
    """The properties that a kind of object always has; it may have others beside them."""

    def __init__(self, definitions: Sequence[PropertyDefinition]) -> None:
        categories = list(dict.fromkeys(definition.category for definition in definitions))
        self._known = {definition.name.lower(): definition for definition in definitions}
        self._templates = {
            definition.name.lower(): PropertyValue(
                property_name=definition.name,
                default_value=definition.default,
                category_name=definition.category,
                category_sort_order=categories.index(definition.category),
                display_name=definition.name,
                property_id=number,
                type_name=definition.type_name,
                merge_option=definition.merge,
                sort_order=number,
            )
            for number, definition in enumerate(definitions, start=1)
        }

    def own_values(self, given: list[PropertyValue]) -> list[PropertyValue]:
        """What of a document's properties is to be stored: the values set here, of the right type.

        Raises:
            InvalidArgument: a value that the property cannot take, or a property given twice.
        """
        own: dict[str, PropertyValue] = {}
        seen: set[str] = set()
        for item in given:
            key = item.property_name.lower()
            if key in seen:
                raise InvalidArgument(f"Property {item.property_name} is given twice.", member="properties")
            seen.add(key)
            definition = self._known.get(key)
            if definition is None:
                own[key] = item
            elif item.current_value is not None:
                value = _checked(definition, item.current_value)
                own[key] = PropertyValue(property_name=definition.name, current_value=value)
        return list(own.values())

    def inherit(
        self,
        above: Inheritance,
        id: int,
        path: str,
        own: Iterable[PropertyValue],
        origin: InheritedFromType = InheritedFromType.FOLDER,
    ) -> Inheritance:
        """What is inherited from a folder or job: its own values joined to what it inherits itself."""
        joined = dict(above)
        for item in own:
            if item.current_value is not None:
                key = item.property_name.lower()
                value = self._joined(key, above.get(key), item.current_value)
                joined[key] = Inherited(value, origin, id, path)
        return joined

    def effective(self, name: str, own: Iterable[PropertyValue], above: Mapping[str, Inherited]) -> Any:
        """The value that counts: its own joined with what comes from above, or the default."""
        key = name.lower()
        found = above.get(key)
        for item in own:
            if item.property_name.lower() == key and item.current_value is not None:
                return self._joined(key, found, item.current_value)
        if found is not None:
            return found.value
        return self._known[key].default if key in self._known else None

    def complete(self, own: list[PropertyValue], above: Mapping[str, Inherited]) -> list[PropertyValue]:
        """The properties as a document shows them: those always there, then whatever else was given.

        ``currentValue`` holds only what is set here, so that a document sent back unchanged sets nothing;
        what is inherited stands in ``defaultValue``, with its origin.
        """
        values = {item.property_name.lower(): item for item in own}
        shown: list[PropertyValue] = []
        for key, template in self._templates.items():
            item = values.pop(key, None)
            shown.append(_shown(template, item, above.get(key)))
        return [*shown, *values.values()]

    def _joined(self, key: str, above: Inherited | None, value: PropertyData) -> PropertyData:
        merge = self._known[key].merge if key in self._known else MergeOption.REPLACE
        if above is None:
            return value
        if merge is MergeOption.SUM and isinstance(value, int) and isinstance(above.value, int):
            return above.value + value
        if merge is MergeOption.COMBINE and above.value:
            return f"{above.value},{value}"
        return value


_JOB_PROPERTIES = PropertySet(DEFINITIONS)
own_values = _JOB_PROPERTIES.own_values
inherit = _JOB_PROPERTIES.inherit
effective = _JOB_PROPERTIES.effective
complete = _JOB_PROPERTIES.complete


def _checked(definition: PropertyDefinition, value: Any) -> Any:
    kind = definition.kind
    if kind is None or type(value) is kind:
        return value
    if kind is int and isinstance(value, str) and value.strip().lstrip("+-").isdecimal():
        return int(value)
    if kind is bool and isinstance(value, str) and value.strip().lower() in ("true", "false"):
        return value.strip().lower() == "true"
    wanted = {str: "a text", int: "a whole number", bool: "true or false"}[kind]
    raise InvalidArgument(f"Property {definition.name} takes {wanted}.", member="properties")


def _shown(template: PropertyValue, own: PropertyValue | None, above: Inherited | None) -> PropertyValue:
    changes: dict[str, Any] = {} if own is None else {"current_value": own.current_value}
    if above is not None:
        changes |= {
            "default_value": above.value,
            "inherited_from_type": above.origin,
            "inherited_from_id": above.id,
            "inherited_from_name": above.name,
        }
    return replace(template, **changes)
