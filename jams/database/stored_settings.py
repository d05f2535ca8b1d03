"""Configuration settings that the server keeps in its database (semantics 5).

A setting that the program knows has its default until it is set. What is read counts at once: it is kept
until a definition changes, and whoever sets one changes a definition.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, select

from jams.dates.suggestions import nearest_name
from jams.objects.base import Text
from jams.objects.errors import (
    AlreadyExists,
    ConfigurationInvalid,
    Conflict,
    InvalidArgument,
    MissingArgument,
    NotSupported,
    SettingNotFound,
)
from jams.objects.patch import Patch, member_of, members_named, patch_of, patched, version_seen
from jams.objects.preconditions import ALWAYS, Precondition
from jams.objects.settings import Setting, SettingType
from jams.registry.known_settings import SETTINGS, KnownSetting, known_setting
from jams.registry.setting_values import kept, read

from . import definition_stamps, happenings, names, schema, stored, tables, versions
from .columns import AnyRow
from .reading import Found, Reader

_setting = tables.setting


class SettingRest(msgspec.Struct, omit_defaults=True):
    """What of a setting's document has no column; of one that the program knows it is not looked at."""

    description: Text = ""


_read = Reader(_setting.c, SettingRest)


def text(c: Connection, name: str) -> str:
    """The value of a setting as text. Raises ConfigurationInvalid when there is no such setting."""
    return texts(c, name)[0]


def texts(c: Connection, *several: str) -> list[str]:
    """The values of settings as text, by one look at the database. Raises ConfigurationInvalid."""
    values = definition_stamps.derived(c, definition_stamps.stamp(c), "settings", lambda: _values(c))
    found = []
    for name in several:
        value = values.get(names.fold(name))
        found.append(_known(name).default if value is None else value)
    return found


def value(c: Connection, name: str) -> Any:
    """What the value of a setting that the program knows means, by its type; None for an empty one.

    Raises:
        ConfigurationInvalid: there is no such setting, or somebody has written what it cannot hold into the
            database.
    """
    return values(c, name)[0]


def values(c: Connection, *several: str) -> list[Any]:
    """What the values of settings mean, by one look at the database. Raises ConfigurationInvalid."""
    found = []
    for name, told in zip(several, texts(c, *several), strict=True):
        known = _known(name)
        try:
            found.append(read(known.name, known.data_type, told, known))
        except InvalidArgument as error:
            raise ConfigurationInvalid(error.message, target=name) from None
    return found


def _known(name: str) -> KnownSetting:
    known = known_setting(name)
    if known is None:
        raise ConfigurationInvalid(f"There is no setting {name}.", target=name)
    return known


def boolean(c: Connection, name: str) -> bool:
    """The value of a setting that is true or false. Raises ConfigurationInvalid."""
    return value(c, name) is True


def span(c: Connection, name: str) -> timedelta:
    """The value of a setting that is a time span. Raises ConfigurationInvalid."""
    found = value(c, name)
    return found if isinstance(found, timedelta) else timedelta()


def all_settings(c: Connection) -> list[Setting]:
    """Every setting, set or not, by name."""
    rows = {row.name_key: row for row in c.execute(select(_setting))}
    computed = _computed(c)
    found = [_document(each, rows.pop(names.fold(each.name), None), computed) for each in SETTINGS]
    found += [_document(None, row, computed) for row in rows.values()]
    return sorted(found, key=lambda each: names.fold(each.name))


def get(c: Connection, name: str) -> Setting:
    """One setting. Raises SettingNotFound."""
    known, row = known_setting(name), _row(c, name)
    if known is None and row is None:
        nearest = nearest_name(name, [each.name for each in all_settings(c)])
        hint = f" Did you mean {nearest}?" if nearest else ""
        raise SettingNotFound(f"There is no setting {name[:100]}.{hint}", target=name[:100])
    return _document(known, row, _computed(c))


def create(c: Connection, document: Setting, *, user: str) -> Setting:
    """Add a setting for purposes of the users' own.

    Raises:
        AlreadyExists: there is one of that name.
        InvalidName, InvalidArgument: the document cannot be taken.
    """
    definition_stamps.lock(c)
    name = names.check_name(document.name, "name")
    if known_setting(name) is not None or _row(c, name) is not None:
        raise AlreadyExists(f"There is a setting {name} already.", target=name, member="name")
    if document.data_type is SettingType.CHOICE:
        raise InvalidArgument("The words of a choice cannot be told; take type Text.", member="dataType")
    values = {
        "name": name,
        "name_key": names.fold(name),
        "data_type": document.data_type.value,
        "value": kept(name, document.data_type, document.value or ""),
        "document": stored.encoded(SettingRest(description=document.description)),
    }
    versions.make(c, _setting, values, user=user)
    happenings.note(c, f"setting:{name}")
    return get(c, name)


def change(
    c: Connection,
    patch: Patch[Setting],
    *,
    name: str | None = None,
    user: str,
    condition: Precondition = ALWAYS,
) -> Setting:
    """Change the value of a setting, and the description of one that users have added.

    Raises:
        SettingNotFound: there is no such setting.
        InvalidArgument: the value is not what the setting holds, or its name or type would change.
        NotSupported: the server would not obey it.
        Conflict: the server alone sets it.
        PreconditionFailed: it is not as the caller demands.
    """
    own_name = member_of(patch, "name")
    if name is None and own_name is None:
        raise MissingArgument("Say by name which setting.", member="name")
    definition_stamps.lock(c)
    before = get(c, name or own_name or "")
    replaced = replace(before, damage=None) if "value" in members_named(patch) else before
    document = patched(replaced, patch)
    if names.fold(document.name.strip()) != names.fold(before.name):
        raise InvalidArgument(f"The setting {before.name} cannot be renamed.", member="name")
    if "data_type" in members_named(patch) and document.data_type is not before.data_type:
        raise InvalidArgument(f"The type of the setting {before.name} stays.", member="dataType")
    known = known_setting(before.name)
    new = before.default_value if document.value is None else document.value
    new = before.value or "" if new == before.value else kept(before.name, before.data_type, new, known)
    if known is not None:
        _check_settable(known, new, before)
    _write(c, before, new, document.description, user, condition.also(version_seen(patch)))
    return get(c, before.name)


def put(c: Connection, name: str, value: str, *, user: str) -> Setting:
    """Set a setting, by its name. Raises as :func:`change` does."""
    return change(c, patch_of(Setting)(name=name, value=value), user=user)


def delete(c: Connection, name: str, condition: Precondition = ALWAYS) -> str:
    """Delete a setting that users have added; its name.

    Raises:
        SettingNotFound: there is no such setting.
        Conflict: it is one that the server knows.
        VersionConflict: it is not as the caller demands.
    """
    before = get(c, name)
    row = _row(c, before.name)
    if row is None or known_setting(before.name) is not None:
        raise Conflict(
            f"The setting {before.name} is the server's own, and stays; null as its value is the default.",
            target=before.name,
        )
    versions.hold(c, _setting, row.id, condition).remove(c)
    happenings.note(c, f"setting:{before.name}")
    return before.name


def _check_settable(known: KnownSetting, new: str, before: Setting) -> None:
    if new == before.value:
        return
    if known.read_only:
        raise Conflict(f"The setting {known.name} is kept by the server.", target=known.name)
    if known.unsupported and new != known.default:
        raise NotSupported(f"The setting {known.name} is not obeyed: {known.unsupported}", target=known.name)


def _write(
    c: Connection, before: Setting, value: str, description: str, user: str, condition: Precondition
) -> None:
    row, known = _row(c, before.name), known_setting(before.name)
    rest = SettingRest(description="" if known is not None else description)
    values: dict[str, Any] = {"value": value, "document": stored.encoded(rest)}
    if row is not None:
        versions.hold(c, _setting, row.id, condition).write(c, values, user=user)
    else:
        versions.check_absent(condition, "The value of setting", before.name)
        values |= {"name": before.name, "name_key": names.fold(before.name)}
        versions.make(c, _setting, {**values, "data_type": before.data_type.value}, user=user)
    happenings.note(c, f"setting:{before.name}")


def _values(c: Connection) -> dict[str, str]:
    return {key: str(value) for key, value in c.execute(select(_setting.c.name_key, _setting.c.value))}


def _row(c: Connection, name: str) -> AnyRow | None:
    key = names.fold(name.strip())
    return c.execute(select(_setting).where(_setting.c.name_key == key)).one_or_none()


def _computed(c: Connection) -> dict[str, str]:
    """The values of settings that stand elsewhere, since the server alone sets them."""
    until: datetime | None = c.scalar(select(tables.planning.c.planned_until))
    return {
        "ScheduledUntil": "" if until is None else until.isoformat(),
        "DBVERSION": schema.current_version(c) or "",
    }


def _document(known: KnownSetting | None, read_row: AnyRow | None, computed: dict[str, str]) -> Setting:
    row: Found = None if read_row is None else _read(read_row)
    changed = (
        {}
        if row is None
        else {
            "last_change_utc": row.changed,
            "last_changed_by": row.changed_by,
            "version": row.version,
        }
    )
    if known is None:
        return Setting(
            name=row.name,
            data_type=_type(row.data_type),
            value=row.value or None,
            description=row.rest.description,
            own=True,
            damage=row.damage or _damage(row.name, _type(row.data_type), row.value, None),
            **changed,
        )
    value = computed.get(known.name, known.default) if row is None else row.value
    return Setting(
        name=known.name,
        data_type=known.data_type,
        value=value,
        default_value=known.default,
        description=known.description,
        choices=list(known.choices),
        minimum=known.minimum,
        maximum=known.maximum,
        read_only=known.read_only,
        needs_restart=known.needs_restart,
        unsupported=known.unsupported or None,
        damage=_damage(known.name, known.data_type, value, known),
        **changed,
    )


def _damage(name: str, data_type: SettingType, value: str, known: KnownSetting | None) -> str | None:
    try:
        read(name, data_type, value, known)
    except InvalidArgument as error:
        return error.message
    return None


def _type(word: str) -> SettingType:
    try:
        return SettingType(word)
    except ValueError:
        return SettingType.TEXT
