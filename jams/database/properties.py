"""Properties in the database: which a document shows, and what a job inherits from the folders above it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from jams.objects.enums import InheritedFromType, MergeOption
from jams.objects.parts import PropertyData, PropertyValue
from jams.registry import AGENT_PROPERTIES, JOB_PROPERTIES, PropertySet


class Inherited(Struct, frozen=True):
    """A value that comes from above, and the nearest folder or job that has a part in it."""

    value: PropertyData
    origin: InheritedFromType
    id: int
    name: str


Inheritance = dict[str, Inherited]
"""What is inherited, by the property's name in lower case."""


class Properties:
    """What a kind of object has of properties, by the registry; rows may hold others from before it."""

    def __init__(self, known: PropertySet) -> None:
        categories = list(dict.fromkeys(each.category for each in known))
        self._known = known
        self._templates = {
            each.name.lower(): PropertyValue(
                property_name=each.name,
                default_value=each.default,
                category_name=each.category,
                category_sort_order=categories.index(each.category),
                display_name=each.name,
                property_id=number,
                type_name=each.type_name,
                description=each.description,
                merge_option=each.merge,
                sort_order=number,
            )
            for number, each in enumerate(known, start=1)
        }

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
        known = self._known.get(key)
        return None if known is None else known.default

    def complete(self, own: list[PropertyValue], above: Mapping[str, Inherited]) -> list[PropertyValue]:
        """The properties as a document shows them: those always there, and those that are set or inherited.

        ``currentValue`` holds only what is set here, so that a document sent back unchanged sets nothing;
        what is inherited stands in ``defaultValue``, with its origin.
        """
        values = {item.property_name.lower(): item for item in own}
        shown: list[PropertyValue] = []
        for key, template in self._templates.items():
            if self._known[key].always or key in values or key in above:
                shown.append(_shown(template, values.pop(key, None), above.get(key)))
        return [*shown, *values.values()]

    def _joined(self, key: str, above: Inherited | None, value: PropertyData) -> PropertyData:
        known = self._known.get(key)
        merge = MergeOption.REPLACE if known is None else known.merge
        if above is None:
            return value
        if merge is MergeOption.SUM and isinstance(value, int) and isinstance(above.value, int):
            return above.value + value
        if merge is MergeOption.COMBINE and above.value:
            return f"{above.value},{value}"
        return value


OF_JOBS = Properties(JOB_PROPERTIES)
OF_AGENTS = Properties(AGENT_PROPERTIES)
inherit = OF_JOBS.inherit
effective = OF_JOBS.effective
complete = OF_JOBS.complete


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
