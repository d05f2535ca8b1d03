"""How PowerShell sees what a client sent: arrays are ArrayLists, and types it does not know are shadows.

Only needed where received objects are passed on as they came.
"""

from __future__ import annotations

from typing import Any

from .types import ARRAY_LIST, CREDENTIAL, EnumValue, PSDict, PSList, PSObject

_PREFIX = "Deserialized."


def received(value: Any) -> Any:
    """``value`` as a received object: its own type if the server has it, else the deserialised shadow."""
    if isinstance(value, EnumValue):
        return value.value
    if isinstance(value, PSObject):
        if value.value is not None and not value.type_names:
            return received(value.value)
        return PSObject(
            _shadow(value.type_names),
            {key: received(item) for key, item in value.members.items()},
            properties={key: received(item) for key, item in value.properties.items()},
            to_string=value.to_string,
            value=value.value,
        )
    if isinstance(value, PSList):
        names = ARRAY_LIST if value.kind == "LST" else _shadow(value.type_names)
        return PSList(map(received, value), names, value.kind)
    if isinstance(value, list):
        return PSList(map(received, value), ARRAY_LIST)
    if isinstance(value, PSDict):
        return PSDict({key: received(item) for key, item in value.items()}, _shadow(value.type_names))
    if isinstance(value, dict):
        return {key: received(item) for key, item in value.items()}
    return value


def _shadow(names: tuple[str, ...]) -> tuple[str, ...]:
    if not names or names == CREDENTIAL or names[0].startswith(_PREFIX):
        return names
    return tuple(_PREFIX + name for name in names)
