"""Whether the directory and the issuer that the configuration names can be asked. Changes nothing there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from jams.objects.errors import ConfigurationInvalid, JAMSError
from jams.security.credentials import CredentialStore

from .administration import beside
from .findings import Finding
from .secret_keys import vault_of
from .settings import Settings
from .ways_in import Logon, directory_of, issuer_of, logon_of

_DIRECTORY = "Correct the keys Directory:… of Common.config; docs/ways-in.md explains them."
_ISSUER = "Correct the keys OpenId:… of Common.config; docs/ways-in.md explains them."


def examine(settings: Settings) -> Iterator[Finding]:
    """Ask the directory and the issuer, those that are configured."""
    if settings.directory_servers:
        yield from _directory(settings)
    if settings.openid_issuer:
        yield _issuer(settings)


def _directory(settings: Settings) -> Iterator[Finding]:
    try:
        with _logon(settings) as logon:
            directory = directory_of(settings, logon)
            assert directory is not None
            for what, fault in directory.check():
                yield Finding(
                    what=what,
                    good=not fault,
                    told=fault or "It can be asked.",
                    remedy=_DIRECTORY if fault else "",
                )
    except JAMSError as error:
        yield Finding(what="directory", good=False, told=error.message, remedy=_DIRECTORY)


def _logon(settings: Settings) -> AbstractContextManager[Logon]:
    """By whom the directory is searched; the database is opened only if it is needed for that."""
    return _stored(settings) if settings.directory_credential else nullcontext(lambda: None)


@contextmanager
def _stored(settings: Settings) -> Iterator[Logon]:
    with beside(settings) as database:
        yield logon_of(settings, database, CredentialStore(database, vault_of(settings)))


def _issuer(settings: Settings) -> Finding:
    try:
        issuer = issuer_of(settings)
        assert issuer is not None
        told = issuer.ask()
        if settings.openid_client and not (told.authorization_endpoint and told.token_endpoint):
            raise ConfigurationInvalid(f"{settings.openid_issuer} lets nobody log in by a browser.")
    except JAMSError as error:
        return Finding(what="issuer", good=False, told=error.message, remedy=_ISSUER)
    return Finding(what="issuer", good=True, told=f"{settings.openid_issuer} can be asked.")
