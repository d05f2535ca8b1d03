"""Which addresses of web hooks definitions may hold."""

from __future__ import annotations

from urllib.parse import urlsplit

SCHEMES = ("https", "http")
"""The second is taken where the setting WebHookPrivateAddresses lets it be, at the time of sending."""


def refusal(address: str) -> str:
    """Why nothing can be posted there, in a sentence; nothing where it can."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return "The address of a web hook cannot be read."
    if parts.scheme not in SCHEMES or not parts.hostname or port == 0:
        return "The address of a web hook begins with https:// and names a host."
    if parts.username is not None or parts.password is not None:
        return "The address of a web hook holds no name and password."
    return ""
