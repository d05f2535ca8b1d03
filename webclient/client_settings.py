"""Which server is meant, how it is spoken to, and how an answer is shown.

What is typed goes before the environment, the environment before ``config.json`` in the user's settings
directory, and that before what the machine itself knows. Common settings go before those of the user, see
:mod:`webclient.common_settings`.
"""

from __future__ import annotations

import os

from .addresses import DEFAULT_SERVER, base_address
from .client_errors import UsageError
from .common_settings import CommonSettings, versioned
from .places import copied_directory, home_directory, read_json, settings_directory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .listed_servers import ListedServer

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
        self._makes_profile = bool(given.get("makes_profile"))
        self._local: dict[str, Any] | None = None
        self._logins: dict[str, Any] | None = None
        self._common = CommonSettings()
        self._servers: list[ListedServer] | None = None

    @property
    def server(self) -> str:
        """Base address of the web services, without a slash at its end."""
        meant = self._meant
        named = self._listed(meant)
        address = base_address(meant if named is None else named.address)
        if self._common.locked and self.servers and address not in self._addresses:
            names = ", ".join(server.name for server in self.servers)
            raise UsageError(
                f"{address} is none of the servers of this machine's list, which is locked: {names}"
            )
        return address

    @property
    def servers(self) -> list[ListedServer]:
        """The servers that have names."""
        if self._servers is None:
            from .listed_servers import listed

            self._servers = listed(self._common)
        return self._servers

    @property
    def prompts(self) -> bool:
        """Whether the server wants to be told each time who calls, and no login is kept for it."""
        server = self.server
        return any(each.prompt for each in self.servers if base_address(each.address) == server)

    @property
    def _addresses(self) -> list[str]:
        return [base_address(server.address) for server in self.servers]

    def _listed(self, name: str) -> ListedServer | None:
        """The server of a name; an address, or a host with a port, is none."""
        folded = name.strip().casefold()
        return next((server for server in self.servers if server.name.casefold() == folded), None)

    @property
    def _meant(self) -> str:
        """The name or address of the server that is meant."""
        home_is_meant = "home" in self.given or "JAMS_HOME" in os.environ
        typed = self.given.get("server") or ("" if self.profile else os.environ.get("JAMS_SERVER"))
        local = self.local_login.get("url")
        return str(
            typed
            or (self._configured("server") if self.profile else None)
            or (local if home_is_meant else None)
            or self._configured("server")
            or self.logins.get("current")
            or local
            or self.logins.get("last")
            or (self.servers[0].name if self.servers else None)
            or DEFAULT_SERVER
        )

    @property
    def profile(self) -> str | None:
        """The profile that was named, or None: settings of its own, and the login that is kept for it."""
        found: str | None = self.given.get("profile") or os.environ.get("JAMS_PROFILE")
        return found

    @property
    def protocol(self) -> str:
        """``rest`` or ``soap``."""
        return str(self._one_of("protocol", ("rest", "soap"), "rest"))

    @property
    def user(self) -> str | None:
        """The account that was named, or None."""
        if self.profile:
            named: str | None = self.given.get("user") or self._configured("user")
            return named
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
            self._config = {}
            own = settings_directory()
            for folder in (copied_directory(), own, versioned(own), self._common.folder):
                if folder is not None:
                    self._config.update(_read_config(os.path.join(folder, "config.json")))
        if self.profile:
            kept = self.logins.get("profiles", {}).get(self.profile)
            said = self._config.get("profiles", {}).get(self.profile)
            if kept is None and said is None and not self._makes_profile:
                raise UsageError(
                    f"there is no profile {self.profile}; make it: jamswebclient login NAME --server URL "
                    f"--profile {self.profile}"
                )
            found = {**(kept or {}), **(said or {})}
            if name in found:
                return found[name]
        return self._config.get(name)

    def _one_of(self, name: str, values: tuple[str, ...], default: Any) -> Any:
        value = self.given.get(name) or self._configured(name) or default
        if value is not default and value not in values:
            raise UsageError(f"{name}: {value!r} is none of {', '.join(values)}")
        return value


def _read_config(path: str) -> dict[str, Any]:
    """The settings of a file; none if it is not there. Raises ClientError, UsageError."""
    found = read_json(path) or {}
    for key in [key for each in (found, *found.get("profiles", {}).values()) for key in each]:
        if key not in (*_CONFIGURABLE, "profiles"):
            raise UsageError(f"{path}: there is no setting {key}; there are {', '.join(_CONFIGURABLE)}")
    return found


def logins_file() -> str:
    """The file of the stored logins."""
    return os.path.join(settings_directory(), "logins.json")


def seconds(option: str, text: str) -> float:
    """A span of time given for an option. Raises UsageError."""
    from .times import read_seconds

    try:
        return read_seconds(text)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from None
