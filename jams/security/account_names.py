"""The names that accounts and their groups can bear."""

from __future__ import annotations

from jams.database.names import check_name
from jams.objects.errors import InvalidName


def check_account_name(name: str) -> str:
    """The name, if an account or group can bear it: as other names, and without ``:``, ``,`` and ``+``.

    Raises InvalidName.
    """
    check_name(name, "name")
    if any(sign in name for sign in ":,+"):
        raise InvalidName("The name of an account or group cannot hold : , or +.", target=name, member="name")
    return name
