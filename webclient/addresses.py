"""Addresses of web services: what was typed, and where it leads."""

from __future__ import annotations

from .client_errors import UsageError

DEFAULT_SERVER = "http://localhost:8080/JAMS"
BASE_PATH = "/JAMS"


def base_address(text: str) -> str:
    """The base address of web services from what was typed: ``host:8080`` → ``https://host:8080/JAMS``.

    For this machine it is ``http``. An address without any path gets the path of the web services; one that
    ends in a slash is taken as it is. Raises UsageError.
    """
    from urllib.parse import urlsplit

    address = text.strip() if "://" in text else f"http://{text.strip()}"
    if "://" not in text and in_clear(address):
        address = f"https://{text.strip()}"
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and parts.hostname and (parts.port or True)
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment or any(c <= " " for c in address):
        raise UsageError(f"{text!r} is no server; write for example {DEFAULT_SERVER}")
    if parts.username is not None:
        raise UsageError("name the account with --user, not in the server's address")
    return f"{parts.scheme}://{parts.netloc.lower()}{(parts.path or BASE_PATH).rstrip('/')}"


def in_clear(address: str) -> bool:
    """Whether what is sent to an address leaves this machine without TLS."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme == "http" and not is_this_machine(host)


def is_this_machine(host: str) -> bool:
    """Whether a host, in small letters, is this machine by its loopback."""
    return host in ("localhost", "::1") or (host.startswith("127.") and host.replace(".", "").isdigit())
