"""Who somebody is in a directory, and in which groups, by LDAP (RFC 4511)."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from uuid import UUID

import ldap3
from ldap3.utils.conv import escape_bytes, escape_filter_chars
from msgspec import Struct

from jams.objects.accounts import DIRECTORY
from jams.objects.errors import ConfigurationInvalid, JAMSError, LoginUnavailable

from .ldap_servers import AWAY, BindRefused, Servers
from .ldap_settings import NAME, DirectorySettings, Kind
from .outsiders import DOMAIN_SIGN, Outsider, named_here

log = logging.getLogger(__name__)

_IN_CHAIN = "1.2.840.113556.1.4.1941"
"""Active Directory's rule by which a group holds whom its groups hold (LDAP_MATCHING_RULE_IN_CHAIN)."""

_MOST_GROUPS = 2000
_AT_ONCE = 50
"""Groups whose own groups are asked for by one search."""

_PAGE = 500
_LONGEST_NAME = 256
_LOCKED_OUT = 0x2
"""ACCOUNTDISABLE of ``userAccountControl``."""

_CONTROL = "userAccountControl"

Logon = Callable[[], tuple[str, str] | None]
"""The account and password by which the directory is searched; None: by nobody."""


class _Entry(Struct, frozen=True):
    """Somebody's entry: where it is, its name that is never another's, and the name of his account."""

    dn: str
    identity: str
    name: str


class LdapDirectory:
    """A directory that is asked by LDAP.

    Args:
        settings: where it is and what it looks like.
        logon: by whom it is searched.
        servers: its servers; made of the settings if not given.

    Raises:
        ConfigurationInvalid: the settings cannot be used.
    """

    def __init__(self, settings: DirectorySettings, logon: Logon, servers: Servers | None = None) -> None:
        self._settings = settings
        self._logon = logon
        self._servers = servers or Servers(settings)

    @property
    def domain(self) -> str:
        """What stands before the names of its groups in access lists."""
        return self._settings.domain

    def log_in(self, name: str, password: str) -> Outsider | None:
        """Who has this name and password; None if nobody.

        An empty password is refused before the directory hears of it: to many it would be a bind as nobody,
        which succeeds (RFC 4513 section 5.1.2).
        """
        typed = self._without_domain(name)
        if not password or not typed or len(typed) > _LONGEST_NAME:
            return None
        with self._searching() as connection:
            entry = self._find(connection, self._by_name(typed))
            try:
                # Nobody's password is tried as well, so that the time it takes does not tell who is known.
                with self._servers.connection(self._nobody() if entry is None else entry.dn, password):
                    pass
            except BindRefused:
                return None
            return None if entry is None else self._outsider(connection, entry)

    def look_up(self, external_id: str) -> Outsider | None:
        """Who is known by this now, if the filter of users still finds him and he is not disabled."""
        try:
            identity = UUID(external_id)
        except ValueError:
            return None
        value = escape_bytes(identity.bytes_le) if self._microsoft else str(identity)
        by_identity = f"({self._settings.dialect.identity}={value})"
        with self._searching() as connection:
            entry = self._find(connection, f"(&{by_identity}{self._settings.finds.replace(NAME, '*')})")
            return None if entry is None else self._outsider(connection, entry)

    def check(self) -> Iterator[tuple[str, str]]:
        """What was looked at, and what is wrong with it; empty: nothing."""
        logon = self._logon()
        found = self._servers.check_each(*(logon or (None, None)))
        for server, fault in found.items():
            yield f"directory {server}", fault
        if not any(not fault for fault in found.values()):
            return
        for base in dict.fromkeys((self._settings.base, self._settings.group_base or self._settings.base)):
            yield f"entry {base}", self._fault_of(base)

    def _fault_of(self, base: str) -> str:
        try:
            with self._searching() as connection:
                connection.search(base, "(objectClass=*)", ldap3.BASE, attributes=[ldap3.NO_ATTRIBUTES])
                return "" if connection.response else "it cannot be seen"
        except JAMSError as error:
            return error.message

    @property
    def _microsoft(self) -> bool:
        return self._settings.kind is Kind.ACTIVE_DIRECTORY

    @contextmanager
    def _searching(self) -> Iterator[ldap3.Connection]:
        """A connection by which the directory is searched. Raises LoginUnavailable."""
        name, password = self._logon() or (None, None)
        try:
            with self._servers.connection(name, password) as connection:
                yield connection
        except BindRefused as error:
            log.error("the directory refuses the account of Directory:Credential")
            raise LoginUnavailable(AWAY) from error

    def _without_domain(self, name: str) -> str:
        domain, sign, rest = name.partition(DOMAIN_SIGN)
        return rest if sign and domain.casefold() == self._settings.domain.casefold() else name

    def _nobody(self) -> str:
        return f"cn={secrets.token_hex(16)},{self._settings.base}"

    def _by_name(self, name: str) -> str:
        return self._settings.finds.replace(NAME, escape_filter_chars(name))

    def _find(self, connection: ldap3.Connection, filter: str) -> _Entry | None:
        """The one entry that a filter finds; None if it finds none, or several."""
        dialect = self._settings.dialect
        wanted = [dialect.user_name, dialect.identity, *([_CONTROL] if self._microsoft else ())]
        found = list(_search(connection, self._settings.base, filter, wanted))
        if len(found) > 1:
            log.warning("the directory knows several by one name, so that none of them is let in")
        if len(found) != 1:
            return None
        dn, values = found[0]
        control = values.get(_CONTROL)
        if control and int(control[0]) & _LOCKED_OUT:
            return None
        names, identities = values.get(dialect.user_name), values.get(dialect.identity)
        if not names or not identities:
            raise ConfigurationInvalid(
                f"Entries of the directory show no {dialect.user_name} or no {dialect.identity}: set "
                "Directory:Kind, or let the account of Directory:Credential read it."
            )
        identity = UUID(bytes_le=identities[0]) if self._microsoft else UUID(identities[0].decode())
        return _Entry(dn, str(identity), names[0].decode())

    def _outsider(self, connection: ldap3.Connection, entry: _Entry) -> Outsider:
        groups = self._chained(connection, entry) if self._microsoft else self._walked(connection, entry)
        return Outsider(
            source=DIRECTORY,
            external_id=entry.identity,
            name=entry.name,
            groups=named_here(groups, self._settings.domain, self._settings.mapped),
        )

    def _chained(self, connection: ldap3.Connection, entry: _Entry) -> list[str]:
        """The groups that hold somebody, and those that hold them, as the directory finds them itself."""
        member = escape_filter_chars(entry.dn)
        found = self._groups(connection, f"(&(objectClass=group)(member:{_IN_CHAIN}:={member}))")
        return [name for _, name in islice(found, _MOST_GROUPS)]

    def _walked(self, connection: ldap3.Connection, entry: _Entry) -> list[str]:
        """The groups that hold somebody, then those that hold them, and so on, each once."""
        name = escape_filter_chars(entry.name)
        first = f"(|{_holding([entry.dn])}(&(objectClass=posixGroup)(memberUid={name})))"
        names: dict[str, str] = {}
        filters = [first]
        while filters:
            new = {}
            for filter in filters:
                new.update({dn: name for dn, name in self._groups(connection, filter) if dn not in names})
            names.update(new)
            if len(names) > _MOST_GROUPS:
                log.warning("somebody is in more than %d groups of the directory", _MOST_GROUPS)
                break
            filters = [f"(|{_holding(part)})" for part in _parts(list(new))]
        return list(names.values())[:_MOST_GROUPS]

    def _groups(self, connection: ldap3.Connection, filter: str) -> Iterator[tuple[str, str]]:
        base, attribute = self._settings.group_base or self._settings.base, self._settings.dialect.group_name
        for dn, values in _search(connection, base, filter, [attribute]):
            if values.get(attribute):
                yield dn, values[attribute][0].decode()


def _search(
    connection: ldap3.Connection, base: str, filter: str, attributes: Sequence[str]
) -> Iterator[tuple[str, dict[str, list[bytes]]]]:
    """The entries below a base that a filter finds, with values as they came; referrals are left alone."""
    answers = connection.extend.standard.paged_search(
        base, filter, ldap3.SUBTREE, attributes=list(attributes), paged_size=_PAGE, generator=True
    )
    for answer in answers:
        if answer["type"] == "searchResEntry":
            yield answer["dn"], dict(answer["raw_attributes"])
    if connection.result["result"]:  # a referral is raised by nobody
        log.error("the directory says of %s: %s", base, connection.result["description"])
        raise LoginUnavailable(AWAY)


def _holding(dns: Iterable[str]) -> str:
    """The parts of a filter for groups that hold one of these."""
    escaped = map(escape_filter_chars, dns)
    return "".join(f"(member={dn})(uniqueMember={dn})" for dn in escaped)


def _parts(dns: list[str]) -> Iterator[list[str]]:
    for begin in range(0, len(dns), _AT_ONCE):
        yield dns[begin : begin + _AT_ONCE]
