"""What is to be known of a directory before it can be asked."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from urllib.parse import urlsplit

from msgspec import Struct

from jams.objects.errors import ConfigurationInvalid
from jams.objects.hosts import is_loopback

_PORTS = {"ldaps": 636, "ldap": 389}
NAME = "{name}"
"""What stands for the name that somebody has typed, in a filter."""


class Kind(Enum):
    """What the directory is, by which attributes and filters have their names."""

    LDAP = "ldap"
    """OpenLDAP and others by RFC 4519: ``uid``, ``entryUUID``, groups are walked upwards."""
    ACTIVE_DIRECTORY = "activedirectory"
    """``sAMAccountName``, ``objectGUID``, groups of groups are found by the directory itself."""


class Dialect(Struct, frozen=True):
    """How a kind of directory calls things."""

    user_filter: str
    user_name: str
    identity: str
    group_name: str


DIALECTS = {
    Kind.LDAP: Dialect(f"(&(objectClass=person)(uid={NAME}))", "uid", "entryUUID", "cn"),
    Kind.ACTIVE_DIRECTORY: Dialect(
        f"(&(objectCategory=person)(objectClass=user)(|(sAMAccountName={NAME})(userPrincipalName={NAME})))",
        "sAMAccountName",
        "objectGUID",
        "sAMAccountName",
    ),
}


class ServerAddress(Struct, frozen=True):
    """A server of the directory. ``tls`` from the first byte, or else by StartTLS unless it may be plain."""

    host: str
    port: int
    tls: bool

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The address as it is written in a configuration."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'ldaps' if self.tls else 'ldap'}://{host}:{self.port}"


class DirectorySettings(Struct, frozen=True, kw_only=True):
    """What is to be known of a directory.

    Attributes:
        servers: they know the same, and are tried in turn.
        base: below which entry people are.
        kind: what it is.
        domain: what stands before the names of its groups; empty: they are not named in access lists.
        group_base: below which entry groups are; empty: as people.
        user_filter: finds somebody by the name that he has typed; empty: that of the kind.
        mapped: groups of JAMS by the folded names of those in the directory which lead to them.
        authority: file of certificates that are trusted; None: those that the system trusts.
        allow_plain: whether a server on this machine may be asked without TLS.
        timeout: seconds for a connection, and for each answer.
    """

    servers: tuple[ServerAddress, ...]
    base: str
    kind: Kind = Kind.LDAP
    domain: str = ""
    group_base: str = ""
    user_filter: str = ""
    mapped: Mapping[str, str] = {}
    authority: str | None = None
    allow_plain: bool = False
    timeout: float = 5.0

    @property
    def dialect(self) -> Dialect:
        """How the directory calls things."""
        return DIALECTS[self.kind]

    @property
    def finds(self) -> str:
        """The filter that finds somebody by his name."""
        return self.user_filter or self.dialect.user_filter

    def plain(self, server: ServerAddress) -> bool:
        """Whether a server is asked without TLS."""
        return self.allow_plain and not server.tls and is_loopback(server.host)

    def check(self) -> None:
        """See that it can be asked. Raises ConfigurationInvalid."""
        if not self.base:
            raise ConfigurationInvalid("Directory:Base says below which entry of the directory people are.")
        if NAME not in self.finds:
            raise ConfigurationInvalid(f"Directory:UserFilter holds {NAME} where the typed name belongs.")
        far = [server for server in self.servers if not server.tls and not is_loopback(server.host)]
        if self.allow_plain and far:
            raise ConfigurationInvalid(
                f"Directory:AllowPlain is for servers on this machine, and {far[0]} is none: passwords would "
                "go over the network for anybody to read. Leave it out; ldap:// is then secured by StartTLS."
            )


def server_address(text: str) -> ServerAddress:
    """The server that an address names: ``ldaps://host:port``, or ``ldap://host`` for StartTLS.

    Raises ValueError with the second half of a sentence that begins with the setting's name.
    """
    fault = "names servers like ldaps://dc1.example.com or ldap://dc2.example.com:389"
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueError(fault) from None
    if parts.scheme not in _PORTS or not host or parts.path.strip("/") or parts.query or parts.username:
        raise ValueError(fault)
    return ServerAddress(host, port or _PORTS[parts.scheme], parts.scheme == "ldaps")
