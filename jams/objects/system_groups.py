"""Groups of this machine's users, as its user database has them."""

from __future__ import annotations

import sys


def is_there(group: str) -> bool:
    """Whether this machine has a group of that name. On Windows none is found."""
    if sys.platform == "win32":
        return False
    import grp

    try:
        grp.getgrnam(group)
    except (KeyError, ValueError):  # ValueError: the name holds what none can hold
        return False
    return True


def groups_of(user: str) -> list[str]:
    """The names of the groups of a user, the primary one among them; none where there is no such user.

    The machine may have to ask a directory. On Windows nothing is found.
    """
    if sys.platform == "win32":
        return []
    import grp
    import os
    import pwd

    try:
        known = pwd.getpwnam(user)
        numbers = os.getgrouplist(known.pw_name, known.pw_gid)
    except (KeyError, OSError, ValueError):  # ValueError: the name holds what none can hold
        return []
    names = []
    for number in numbers:
        try:
            names.append(grp.getgrgid(number).gr_name)
        except KeyError:
            continue
    return names
