"""The group of this machine whose members alone runs may take as their account (setting BatchGroup)."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.objects.system_groups import groups_of, is_there

from . import stored_settings

SETTING = "BatchGroup"


def lacking(group: str) -> str | None:
    """That nobody is in a group, in a sentence, since this machine has none of that name; None if it has."""
    if not group.strip() or is_there(group.strip()):
        return None
    return f"The machine of the server has no group {group.strip()}: no run can take an account of it."


def outside(c: Connection, user: str) -> str | None:
    """Why no run may take the account of a user of this machine, in a sentence; None if one may."""
    group = stored_settings.text(c, SETTING).strip()
    if not group or group in groups_of(user):
        return None
    return f"On the machine of the server {user} is not in the group {group}, which {SETTING} names."
