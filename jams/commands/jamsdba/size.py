"""SIZE: how much room the database takes, or would take."""

from __future__ import annotations

from jams.database import sizing, stored_settings
from jams.objects.errors import DatabaseUnusable, InvalidArgument
from jams.services.administration import beside
from jams.services.connection_strings import database_url

from .verb import Call, Qualifier, Verb

JOBS = Qualifier("JOBS", "runs a day", "number")
DAYS = Qualifier("DAYS", "days that the history is kept", "number")


def run(call: Call) -> int:
    """Measure, or estimate."""
    settings = call.settings
    dialect = database_url(settings.connection_string, settings.home).get_backend_name()
    shown = 1.0
    try:
        with beside(settings) as database, database.read() as c:
            now = sizing.measured(c)
            shown = stored_settings.span(c, "KeepCompleted").total_seconds() / 86400
        print(f"The database takes {_mib(now.whole)} with {now.runs:,} runs and {now.entries:,} entries.")
    except DatabaseUnusable:
        if not call.has(JOBS.name):
            raise
    if call.has(JOBS.name) or call.has(DAYS.name):
        a_day, days = _number(call, JOBS, 1000), _number(call, DAYS, 30)
        room = sizing.estimated(dialect, a_day=a_day, days=days, shown_days=shown)
        print(
            f"With {a_day:,} runs a day, kept for {days:,} days, it takes about {_mib(room)}, without logs."
        )
    return 0


def _number(call: Call, qualifier: Qualifier, usual: int) -> int:
    text = call.value(qualifier.name)
    if text is None:
        return usual
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 10**9:
        raise InvalidArgument(f"/{qualifier.name} is a number from 1 to 1000000000.")
    return int(text)


def _mib(bytes_: int) -> str:
    return f"{bytes_ / sizing.MIB:,.0f} MiB"


VERB = Verb(
    about="tell how much room the database takes, and with /JOBS and /DAYS how much it will take",
    run=run,
    qualifiers=(JOBS, DAYS),
    more=(
        "The estimate was measured with jobs of a line, after a VACUUM; long descriptions and parameters "
        "take more, and a PostgreSQL server some of what its autovacuum has not gone through.",
    ),
)
