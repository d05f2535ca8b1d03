"""GRANT: an account of the database may run the services, without being the owner of the tables."""

from __future__ import annotations

from jams.database.grants import ROLE
from jams.services import database_accounts
from jams.services.connection_strings import database_url

from .verb import NOCONFIRM, Call, Qualifier, Verb

NAMED = Qualifier("ROLE", f"the role, if it is not to be {ROLE}", "name")
SHOW = Qualifier("SHOW", "only show the statements, for an administrator of the database")


def run(call: Call) -> int:
    """Show the statements, or say them."""
    settings, account = call.settings, call.words[0]
    url = database_url(settings.connection_string, settings.home)
    role = call.value(NAMED.name) or ROLE
    told = database_accounts.statements(url, role, account)
    if call.has(SHOW.name):
        print("\n".join(f"{statement};" for statement in told))
        return 0
    shown = url.render_as_string(hide_password=True)
    call.confirm(f"{account} becomes a member of {role}, which may read and write all tables of {shown}.")
    database_accounts.allow(url, told)
    print(f"{account} may run the services: name it in ConnectionString. UPDATE stays the owner's.")
    return 0


VERB = Verb(
    about="let an account of the database run the services, as a member of the role JAMSApp",
    audited=True,
    run=run,
    places=("account",),
    qualifiers=(NAMED, SHOW, NOCONFIRM),
    more=(
        "Say it with the owner of the tables in ConnectionString. The role is made if it is not there. It "
        "may read and write, tables of later versions included, and change nothing of the schema.",
        "On SQL Server a login of Windows (DOMAIN\\NAME) is made if it is not there. SQLite knows none.",
    ),
)
