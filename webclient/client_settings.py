"""Which server is meant, how it is spoken to, and how an answer is shown.

What is typed goes before the environment, the environment before ``config.json`` in the user's settings
directory, and that before what the machine itself knows.
"""

from __future__ import annotations

import os

from .client_errors import UsageError
from .places import home_directory, read_json, settings_directory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

DEFAULT_SERVER = "http://localhost:8080/JAMS"
BASE_PATH = "/JAMS"
_CONFIGURABLE = ("server", "protocol", "user", "output", "ca_file", "request_timeout", "allow_http")


class Settings:
    """The settings of one command.

    Attributes:
        given: the options that were typed.
        home: home directory of a JAMS on this machine.
    """

    def __init__(self, given: dict[str, Any]) -> None:
        self.given = given
        self.home = home_directory(given.get("home"))
        self._config: dict[str, Any] | None = None
        self._local: dict[str, Any] | None = None
        self._logins: dict[str, Any] | None = None

    @property
    def server(self) -> str:
        """Base address of the web services, without a slash at its end."""
        home_is_meant = "home" in self.given or "JAMS_HOME" in os.environ
        typed = self.given.get("server") or os.environ.get("JAMS_SERVER")
        local = self.local_login.get("url")
        return base_address(
            typed
            or (local if home_is_meant else None)
            or self._configured("server")
            or self.logins.get("current")
            or local
            or DEFAULT_SERVER
        )

    @property
    def protocol(self) -> str:
        """``rest`` or ``soap``."""
        return str(self._one_of("protocol", ("rest", "soap"), "rest"))

    @property
    def user(self) -> str | None:
        """The account that was named, or None."""
        found: str | None = self.given.get("user") or os.environ.get("JAMS_USER") or self._configured("user")
        return found

    @property
    def output(self) -> str | None:
        """The form of output that was chosen, or None."""
        found: str | None = self._one_of("output", ("table", "plain", "json", "ndjson", "yaml"), None)
        return found

    @property
    def ca_file(self) -> str | None:
        """The file of trusted certificates, or None for those of the system."""
        found: str | None = self.given.get("ca_file") or self._configured("ca_file")
        return found

    @property
    def request_timeout(self) -> float:
        """Seconds that one answer may take."""
        text = self.given.get("request_timeout") or self._configured("request_timeout")
        if text is None:
            return 30.0
        return seconds("--request-timeout", str(text))

    @property
    def may_be_in_clear(self) -> bool:
        """Whether passwords and tokens may go to another machine without TLS."""
        return bool(self.given.get("allow_http") or self._configured("allow_http") is True)

    @property
    def verbose(self) -> bool:
        """Whether to tell more."""
        return bool(self.given.get("verbose"))

    @property
    def local_login(self) -> dict[str, Any]:
        """The login that a server on this machine has left for its owner (``client.json``), or nothing."""
        if self._local is None:
            self._local = read_json(os.path.join(self.home, "client.json"), private=True) or {}
        return self._local

    @property
    def logins(self) -> dict[str, Any]:
        """The stored logins: ``servers`` by address, and the ``current`` one."""
        if self._logins is None:
            self._logins = read_json(logins_file(), private=True) or {}
        return self._logins

    def _configured(self, name: str) -> Any:
        if self._config is None:
            path = os.path.join(settings_directory(), "config.json")
            self._config = read_json(path) or {}
            for key in self._config:
                if key not in _CONFIGURABLE:
                    raise UsageError(
                        f"{path}: there is no setting {key}; there are {', '.join(_CONFIGURABLE)}"
                    )
        return self._config.get(name)

    def _one_of(self, name: str, values: tuple[str, ...], default: Any) -> Any:
        value = self.given.get(name) or self._configured(name) or default
        if value is not default and value not in values:
            raise UsageError(f"{name}: {value!r} is none of {', '.join(values)}")
        return value


def logins_file() -> str:
    """The file of the stored logins."""
    return os.path.join(settings_directory(), "logins.json")


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


def seconds(option: str, text: str) -> float:
    """A span of time given for an option. Raises UsageError."""
    from .times import read_seconds

    try:
        return read_seconds(text)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from None
