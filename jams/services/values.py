"""The kinds of values that a setting can have, each read from the text of a configuration file.

A reader raises ValueError with the second half of a sentence that begins with the setting's name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

Reader = Callable[[str], object]

_SPAN = re.compile(r"(?:([0-9]{1,5})\.)?([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
_HOST = re.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")


def text(value: str) -> str:
    """Any text."""
    return value


def without_domain(value: str) -> str:
    r"""A name, without the domain that stands before a backslash."""
    return value.rpartition("\\")[2]


def boolean(value: str) -> bool:
    """``true`` or ``false`` in any case."""
    known = {"true": True, "false": False}
    if value.lower() not in known:
        raise ValueError("is true or false")
    return known[value.lower()]


def integer(least: int, most: int) -> Reader:
    """A whole number between two bounds."""

    def read(value: str) -> int:
        if not re.fullmatch("[0-9]{1,18}", value) or not least <= int(value) <= most:
            raise ValueError(f"is a whole number from {least} to {most}")
        return int(value)

    return read


def port_or_none(value: str) -> int | None:
    """A port, 0 for any free one; None for the word ``none``."""
    if value.lower() == "none":
        return None
    port: int = integer(0, 65535)(value)  # type: ignore[assignment]
    return port


def choice(*choices: str) -> Reader:
    """One of some words, in any case."""

    def read(value: str) -> str:
        if value.lower() not in choices:
            raise ValueError(f"is one of {', '.join(choices)}")
        return value.lower()

    return read


def permissions(value: str) -> int:
    """The permission bits of a file, written as an octal number."""
    if not re.fullmatch("0?[0-7]{3}", value):
        raise ValueError("is a file mode of three octal digits, for example 0660")
    return int(value, 8)


def directories(value: str) -> tuple[str, ...]:
    """Directories, written ``/one;/other``."""
    found = tuple(str(Path(part.strip()).expanduser()) for part in value.split(";") if part.strip())
    if any("{" in part for part in found):
        raise ValueError("is a list of directories, without formats")
    return found


def pairs(value: str) -> tuple[tuple[str, str], ...]:
    """Pairs of names, written ``name=name; name=name``."""
    found = []
    for pair in filter(None, (part.strip() for part in value.split(";"))):
        name, _, other = (part.strip() for part in pair.partition("="))
        if not (name and other):
            raise ValueError("is a list of pairs like name=name; name=name")
        found.append((name, other))
    return tuple(found)


def span(value: str) -> float:
    """A span of time in seconds, written ``days.hours:minutes`` or ``days.hours:minutes:seconds``."""
    match = _SPAN.fullmatch(value)
    if match is None:
        raise ValueError("is a span of time written days.hours:minutes, for example 0.12:00")
    days, hours, minutes, seconds = (int(part or 0) for part in match.group(1, 2, 3, 4))
    if hours > 23 or minutes > 59 or seconds > 59:
        raise ValueError("has hours to 23, minutes to 59 and seconds to 59; 24 hours are 1.00:00")
    return float(((days * 24 + hours) * 60 + minutes) * 60 + seconds)


def positive_span(value: str) -> float:
    """A span of time that is not zero, in seconds."""
    seconds = span(value)
    if seconds == 0:
        raise ValueError("is longer than zero")
    return seconds


def span_within(least: float, most: float) -> Reader:
    """A span of time between two bounds, in seconds."""

    def read(value: str) -> float:
        seconds = span(value)
        if not least <= seconds <= most:
            raise ValueError(f"is a span of time from {least:g} to {most:g} seconds")
        return seconds

    return read


def span_or_none(value: str) -> float | None:
    """A span of time that is not zero, in seconds; None for the word ``none``."""
    return None if value.lower() == "none" else positive_span(value)


def host(value: str) -> str:
    """A host name or an IP address."""
    try:
        return str(ip_address(value))
    except ValueError:
        if _HOST.fullmatch(value):
            return value
    raise ValueError("is a host name or an IP address, without a port")


def system_log(value: str) -> str | tuple[str, int] | None:
    """Where a system's log is reached: a path, or a host and a port; None for nothing."""
    if not value:
        return None
    if value.startswith("/"):
        return value
    name, _, port = value.rpartition(":")
    if name and port.isascii() and port.isdigit() and 0 < int(port) < 65_536:
        return host(name.strip("[]")), int(port)
    raise ValueError("is the path of a socket, as /dev/log, or a host and a port, as loghost:514")


def networks(value: str) -> tuple[str, ...]:
    """Addresses and networks, written ``127.0.0.1; 10.0.0.0/8``."""
    try:
        return tuple(str(ip_network(part.strip(), strict=False)) for part in value.split(";") if part.strip())
    except ValueError:
        raise ValueError("is a list of addresses and networks like 127.0.0.1; 10.0.0.0/8") from None


def origins(value: str) -> tuple[str, ...]:
    """Origins of pages, written ``https://portal.example; https://other.example:8443``."""
    found = tuple(part.strip() for part in value.split(";") if part.strip())
    if not all(re.fullmatch(r"https?://[A-Za-z0-9.\[\]:-]+", part) for part in found):
        raise ValueError("is a list of origins like https://portal.example.com")
    return found


def web_address(value: str) -> str:
    """An absolute http or https address, returned without a slash at its end."""
    try:
        parts = urlsplit(value)
        good = parts.scheme in ("http", "https") and parts.hostname and (parts.port or True)
    except ValueError:
        good = False
    if not good or parts.query or parts.fragment or parts.username or re.search(r"[\s<>\"]", value):
        raise ValueError("is an address like https://jams.example.com/JAMS")
    return value.rstrip("/")
