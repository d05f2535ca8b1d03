"""RESET FAILOVER: forget which server had the database."""

from __future__ import annotations

from jams.database import open_beside, servers
from jams.services.administration import alone
from jams.services.connection_strings import database_url

from .verb import NOCONFIRM, Call, Verb


def run(call: Call) -> int:
    """Forget it, when nobody works with the database."""
    url = database_url(call.settings.connection_string, call.settings.home)
    # Looked at before: who has the database for himself signs it.
    looking = open_beside(url.render_as_string(hide_password=False))
    try:
        with looking.read() as c:
            before = servers.signed(c)
    finally:
        looking.close()
    with alone(call.settings) as database:
        had = "No server has signed the database." if before is None else f"It was last that of {before}."
        call.confirm(had, "That is forgotten; the server that starts next takes the database.")
        database.write(servers.forget)
    print("The database is nobody's. Start the server that is to have it.")
    return 0


VERB = Verb(
    about="forget which server had the database last; the server must be stopped",
    audited=True,
    run=run,
    qualifiers=(NOCONFIRM,),
    more=(
        "In the original a table was to be emptied so before the first start in another place. Here a start "
        "takes a database that no server works with, whoever has signed it, and a server that had lost it "
        "sees that and ends: nothing needs this, and it does no harm.",
    ),
)
