"""Settings of the server that its database keeps (semantics 5): read by name, changed while it runs."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from msgspec import Meta

from .base import Document, Integer, Label, OwnName, ReadOnly, Text, Timestamp
from .parts import Damage
from .patch import Version


class SettingType(Enum):
    """What a setting holds; as text: ``12``, ``true``, ``2026-12-31``, ``08:30``, ``1.02:30`` (a span)."""

    TEXT = "Text"
    INTEGER = "Integer"
    FLOAT = "Float"
    BOOLEAN = "Boolean"
    DATE = "Date"
    TIME = "Time"
    DATE_TIME = "DateTime"
    TIME_SPAN = "TimeSpan"
    CHOICE = "Choice"
    TIME_ZONE = "TimeZone"


class Setting(Document, kw_only=True):
    """A setting: one that the server knows, or one that users have added for their own purposes."""

    name: Annotated[OwnName, Meta(description="Name of the setting, taken in any case.")]
    data_type: Annotated[
        SettingType, Meta(description="What it holds; it is chosen when users add a setting, and stays.")
    ] = SettingType.TEXT
    value: Annotated[
        Text | None, Meta(description="Its value, as text in the form of its type; null is the default.")
    ] = None
    default_value: Annotated[Text, ReadOnly] = ""
    description: Annotated[
        Text, Meta(description="What it is for; of a setting that the server knows, the server says so.")
    ] = ""
    choices: Annotated[list[Label], ReadOnly, Meta(description="The words of a choice.")] = []
    minimum: Annotated[Integer | None, ReadOnly, Meta(description="The least number.")] = None
    maximum: Annotated[Integer | None, ReadOnly, Meta(description="The greatest number.")] = None
    own: Annotated[bool, ReadOnly, Meta(description="Whether users have added it.")] = False
    read_only: Annotated[bool, ReadOnly, Meta(description="Whether the server alone sets it.")] = False
    needs_restart: Annotated[
        bool, ReadOnly, Meta(description="Whether a change counts from the next start only.")
    ] = False
    unsupported: Annotated[
        Text | None, ReadOnly, Meta(description="Why the server does not obey it, if it does not.")
    ] = None
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_changed_by: Annotated[Text | None, ReadOnly] = None
    version: Version = None
    damage: Damage = None
