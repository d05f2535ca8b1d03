"""RELOCATE: the server with its database in another place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from jams.database import schema
from jams.database.visiting import look
from jams.objects.errors import DatabaseUnusable, InvalidArgument
from jams.security import keys
from jams.services.administration import alone
from jams.services.connection_strings import database_url
from jams.services.rewriting import set_key
from jams.services.secret_keys import vault_of

from .telling import tell_proof
from .verb import NOCONFIRM, Call, Qualifier, Verb

GONE = Qualifier("GONE", "the old database cannot be reached any more: do not make sure that nobody uses it")


def run(call: Call) -> int:
    """Let Common.config name the other database, after looking at it."""
    settings, text = call.settings, call.words[0]
    url, old = database_url(text, settings.home), database_url(settings.connection_string, settings.home)
    if url == old:
        raise InvalidArgument("That is where the database is.")
    there = url.get_backend_name() != "sqlite" or Path(str(url.database)).exists()
    found = look(url) if there else None
    if found is None or found.version is None:
        raise DatabaseUnusable(
            f"There is nothing in {url.render_as_string(hide_password=True)} yet: stop the server, make a "
            "backup of its database and restore it there, then say this again."
        )
    if found.version != schema.known_versions()[-1]:
        raise DatabaseUnusable(f"The database {found.shown} has schema {found.version}: UPDATE it first.")
    moved = replace(settings, connection_string=text)
    if not call.has(GONE.name):
        with alone(settings):  # so that no server works with the old one
            pass
    with alone(moved) as database:
        code = tell_proof(keys.prove(database, vault_of(settings)))
        if code:
            raise DatabaseUnusable("The key at hand does not open every secret there; nothing was changed.")
        call.confirm(
            f"ConnectionString of {settings.home / 'Common.config'} names {found.shown} from now on."
        )
        set_key(settings.home, "ConnectionString", text)
    print("The next start uses it. The old database stays as it is; remove it when all is well.")
    return 0


VERB = Verb(
    about="let the server use a copy of its database in another place; the server must be stopped",
    audited=True,
    private=True,
    run=run,
    places=("connection",),
    qualifiers=(GONE, NOCONFIRM),
    more=(
        "The connection is written as ConnectionString is, in quotes. Before, the database is brought there "
        "by a backup. Its schema is looked at, and every secret is opened.",
    ),
)
