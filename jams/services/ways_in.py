"""The ways in from outside that the configuration names: a directory, an issuer of OpenID Connect."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from jams.database import Database
from jams.objects.accounts import DIRECTORY, ISSUER
from jams.objects.errors import ConfigurationInvalid, CredentialNotFound, LoginUnavailable
from jams.security.credentials import CredentialStore
from jams.security.outside.ldap_settings import DirectorySettings, Kind
from jams.security.outside.openid_settings import IssuerSettings
from jams.security.visitors import Visitors

from .noted_logons import NotedLogons
from .settings import Settings

if TYPE_CHECKING:
    from jams.security.outside.ldap_directory import LdapDirectory
    from jams.security.outside.openid_tokens import Issuer

Logon = Callable[[], tuple[str, str] | None]


def visitors_of(settings: Settings, database: Database, credentials: CredentialStore) -> Visitors:
    """Who comes in from outside at a server of these settings.

    Raises:
        ConfigurationInvalid: a way in cannot be used as it is configured.
    """
    making = {DIRECTORY: settings.directory_make_accounts, ISSUER: settings.openid_make_accounts}
    return Visitors(
        database,
        directory=directory_of(settings, logon_of(settings, database, credentials)),
        issuer=issuer_of(settings),
        makes=frozenset(source for source, makes in making.items() if makes),
        group_life=settings.directory_group_life,
        issuer_life=settings.token_lifetime,
    )


def logon_of(settings: Settings, database: Database, credentials: CredentialStore) -> Logon:
    """By whom the directory is searched: asked for each time, so that a new password counts at once."""
    name = settings.directory_credential
    noted = NotedLogons(database, credentials.logon, "The search of the directory")

    def logon() -> tuple[str, str] | None:
        if not name:
            return None
        try:
            with database.read() as c:
                found = noted(c, name)
        except CredentialNotFound as error:
            raise LoginUnavailable(
                f"Login is not available to accounts of the directory: the server has no credential {name}, "
                "which Directory:Credential names."
            ) from error
        return found.user_name, found.password

    return logon


def directory_of(settings: Settings, logon: Logon) -> LdapDirectory | None:
    """The directory that the configuration names; None if it names none. Raises ConfigurationInvalid."""
    if not settings.directory_servers:
        return None
    try:
        from jams.security.outside.ldap_directory import LdapDirectory
    except ImportError as error:
        raise _lacking("Directory:Servers", "ldap") from error
    told = DirectorySettings(
        servers=settings.directory_servers,
        base=settings.directory_base,
        kind=Kind(settings.directory_kind),
        domain=settings.directory_domain,
        group_base=settings.directory_group_base,
        user_filter=settings.directory_user_filter,
        mapped=_folded(settings.directory_groups),
        authority=_file(settings, settings.directory_authority),
        allow_plain=settings.directory_allow_plain,
        timeout=settings.directory_timeout,
    )
    return LdapDirectory(told, logon)


def issuer_of(settings: Settings) -> Issuer | None:
    """The issuer that the configuration names; None if it names none. Raises ConfigurationInvalid."""
    if not settings.openid_issuer:
        return None
    try:
        from jams.security.outside.openid_tokens import Issuer
    except ImportError as error:
        raise _lacking("OpenId:Issuer", "openid") from error
    told = IssuerSettings(
        issuer=settings.openid_issuer,
        client=settings.openid_client,
        audiences=settings.openid_audiences,
        name_claim=settings.openid_name_claim,
        groups_claim=settings.openid_groups_claim,
        domain=settings.openid_domain,
        mapped=_folded(settings.openid_groups),
        algorithms=settings.openid_algorithms,
        scopes=("openid", *(scope for scope in settings.openid_scopes if scope != "openid")),
        authority=_file(settings, settings.openid_authority),
    )
    return Issuer(told)


def _folded(pairs: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    return {outside.casefold(): here for outside, here in pairs}


def _file(settings: Settings, name: str) -> str | None:
    """A file that a setting names, relative to the home directory; None for none."""
    return os.fspath(settings.home / name) if name else None


def _lacking(key: str, extra: str) -> ConfigurationInvalid:
    return ConfigurationInvalid(
        f'{key} needs the extra {extra}: pip install "openjams[{extra}]".', target=key
    )
