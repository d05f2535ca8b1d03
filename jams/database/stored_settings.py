"""Configuration settings that the server keeps in its database (semantics 5)."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import Connection, select

from jams.objects.errors import ConfigurationInvalid

from . import names, tables

_setting = tables.setting
_SPAN = re.compile(r"\s*(?:(\d+)\.)?(\d+):(\d{1,2})(?::(\d{1,2}))?\s*")


def text(c: Connection, name: str) -> str:
    """The value of a setting as text. Raises ConfigurationInvalid when there is no such setting."""
    value: str | None = c.scalar(select(_setting.c.value).where(_setting.c.name_key == names.fold(name)))
    if value is None:
        raise ConfigurationInvalid(f"The setting {name} is missing from the database.", target=name)
    return value


def boolean(c: Connection, name: str) -> bool:
    """The value of a setting that is true or false."""
    return text(c, name).strip().lower() == "true"


def span(c: Connection, name: str) -> timedelta:
    """The value of a setting that is a time span, ``d.hh:mm[:ss]``. Raises ConfigurationInvalid."""
    value = text(c, name)
    found = _SPAN.fullmatch(value)
    if found is None:
        raise ConfigurationInvalid(f"The setting {name} is a time span d.hh:mm, not {value!r}.", target=name)
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
