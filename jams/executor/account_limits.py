"""The limits of accounts, as /etc/security/limits.conf and limits.d say them for who logs in.

Runs do not pass through PAM, which would cost each a process that waits for it; so its file is read here,
with its rules: what is said of the account goes before what is said of one of its groups, and that before
what is said of everybody.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from .system_accounts import SystemAccount, capabilities

DIRECTORY = Path("/etc/security")

_KILOBYTE, _MINUTE = 1024, 60
_UNITS = {
    "as": _KILOBYTE,
    "core": _KILOBYTE,
    "cpu": _MINUTE,
    "data": _KILOBYTE,
    "fsize": _KILOBYTE,
    "locks": 1,
    "memlock": _KILOBYTE,
    "msgqueue": 1,
    "nofile": 1,
    "nproc": 1,
    "rss": _KILOBYTE,
    "rtprio": 1,
    "sigpending": 1,
    "stack": _KILOBYTE,
}
"""The limits that are obeyed, and what their numbers count."""

_MAY_RAISE = 24
"""The number of CAP_SYS_RESOURCE, without which no hard limit can be raised."""

_ENDLESS = ("unlimited", "infinity", "-1")
_INFINITE = 2**64


def limits_of(account: SystemAccount, directory: Path = DIRECTORY) -> list[str]:
    """The options of ``prlimit`` that give a process the limits of an account; empty where none is said."""
    said = list(_rules(directory))
    if not said or sys.platform == "win32":
        return []
    groups = _groups(account)
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for domain, kind, item, value in said:
        rank = _rank(domain, account, groups)
        for each in ("soft", "hard") if kind == "-" else (kind,):
            if rank >= found.get((item, each), (0, 0))[0] and rank:
                found[item, each] = rank, value
    return [_option(item, found) for item in sorted({item for item, _ in found})]


def _option(item: str, found: dict[tuple[str, str], tuple[int, int]]) -> str:
    """A limit that may be set: the part that is not said stays, and the soft one is not the higher."""
    soft, hard = _current(item)
    if (item, "hard") in found:
        wanted = found[item, "hard"][1]
        hard = wanted if capabilities() >> _MAY_RAISE & 1 else min(wanted, hard)
    soft = min(found[item, "soft"][1] if (item, "soft") in found else soft, hard)
    return f"--{item}={_told(soft)}:{_told(hard)}"


def _current(item: str) -> tuple[int, int]:
    assert sys.platform != "win32"
    import resource

    number = getattr(resource, f"RLIMIT_{item.upper()}", None)
    if number is None:
        return _INFINITE, _INFINITE
    soft, hard = (
        _INFINITE if value == resource.RLIM_INFINITY else value for value in resource.getrlimit(number)
    )
    return soft, hard


def _told(value: int) -> str:
    return "unlimited" if value >= _INFINITE else str(value)


def _rank(domain: str, account: SystemAccount, groups: Iterable[str]) -> int:
    """How closely a rule is about the account; 0 if it is not."""
    if domain == account.name:
        return 3
    if domain.startswith("@"):
        return 2 if domain[1:] in groups else 0
    return 1 if domain == "*" else 0


def _groups(account: SystemAccount) -> set[str]:
    assert sys.platform != "win32"
    import grp

    found = set()
    for number in os.getgrouplist(account.name, account.gid):
        try:
            found.add(grp.getgrgid(number).gr_name)
        except KeyError:
            continue
    return found


def _rules(directory: Path) -> Iterator[tuple[str, str, str, int]]:
    """The rules that can be obeyed: of whom, ``soft``, ``hard`` or ``-``, what, and how much."""
    files = [directory / "limits.conf", *sorted((directory / "limits.d").glob("*.conf"))]
    for file in files:
        try:
            lines = file.read_text("utf-8", "replace").splitlines()
        except OSError:
            continue
        for line in lines:
            fields = line.partition("#")[0].split()
            if len(fields) != 4 or fields[1] not in ("soft", "hard", "-") or fields[2] not in _UNITS:
                continue
            domain, kind, item, text = fields
            if text.lower() in _ENDLESS:
                yield domain, kind, item, _INFINITE
            elif text.isascii() and text.isdigit():
                yield domain, kind, item, int(text) * _UNITS[item]
