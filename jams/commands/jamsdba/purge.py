"""PURGE: old history, logs or audit trails removed, with the server or without it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import UTC, datetime

from jams.executor.log_places import LogPlaces
from jams.objects.purging import order_of
from jams.scheduler.purging import Purge, Traffic, foreseen
from jams.services.administration import beside
from jams.services.engine_runs import SLACK
from jams.services.job_logs import log_places

from .verb import NOCONFIRM, Call, Qualifier, Verb

DAYS = Qualifier("DAYS", "what is older than so many days goes", "number")
MINIMUM = Qualifier("MINIMUM", "the newest runs of each job that stay however old they are; else 1", "number")
MAXIMUM = Qualifier("MAXIMUM", "the most runs of each job that stay, however new; else all", "number")


class _Files:
    """Removes logs, in the places where logs may be."""

    def __init__(self, places: LogPlaces) -> None:
        self._places = places

    def remove(self, logs: Sequence[tuple[str, datetime]]) -> list[str | None]:
        return self._places.remove([(path, until.timestamp() + SLACK) for path, until in logs])


def run(call: Call) -> int:
    """Purge."""
    given = {each.name.title(): call.value(each.name) or "" for each in (DAYS, MINIMUM, MAXIMUM)}
    order = order_of({"What": call.words[0], **{key: value for key, value in given.items() if value}})
    now = datetime.now(UTC)
    with beside(call.settings) as database:
        with database.read() as c:
            number = foreseen(c, order, now)
        call.confirm(
            f"{number:,} rows of {order.what.value} go, with the logs and trails that belong to them."
        )
        files = _Files(log_places(call.settings))
        purge = Purge(database, order, now, files, Traffic(database), threading.Event(), print)
        purge.run()
    print(f"{purge.told}.")
    return 0


VERB = Verb(
    about="remove what is old: History, Logs or AuditTrail",
    audited=True,
    run=run,
    places=("what",),
    qualifiers=(DAYS, MINIMUM, MAXIMUM, NOCONFIRM),
    more=(
        "The delivered jobs of the folder JAMS do this by schedule; this is for once, and for a full disk.",
    ),
)
