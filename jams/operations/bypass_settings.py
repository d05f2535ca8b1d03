"""Settings that say who passes by all access lists: who may set them. Declares no operation."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.objects.errors import WouldLockOut
from jams.security import area_lists
from jams.security.bypassing import SETTINGS
from jams.security.rights import AccessControl

from .context import Context

_NAMES = {name.casefold() for name in SETTINGS}


def is_one(name: str) -> bool:
    """Whether a setting says who passes by."""
    return name.strip().casefold() in _NAMES


def check_may_set(context: Context) -> None:
    """See that the caller may say who passes by: else he could do so himself. Raises AccessDenied."""
    context.caller.check(AccessControl.CHANGE, "to say who passes by access lists")


def check_way_back(context: Context, c: Connection, name: str) -> None:
    """See that somebody could still change access lists, by what is set then. Raises WouldLockOut."""
    bypass = context.services.accounts.bypass_now(c)
    if not area_lists.anybody_may_change(c, bypass):
        raise WouldLockOut(
            "Nobody could change access lists after it: give somebody the right first.", target=name
        )
