"""What was done by JAMSDBA, in the audit trail of the database in which it is then."""

from __future__ import annotations

import sys
from functools import partial

from jams.database import audit
from jams.objects.errors import JAMSError
from jams.security.bootstrap import this_person
from jams.services.administration import beside
from jams.services.configuration import load

from .verb import Call, Verb

DOOR = "command"


def keep(phrase: str, verb: Verb, call: Call) -> None:
    """Write that a verb was done, by whom of this machine, and with which words.

    Of the qualifiers the names alone: values are times, numbers and paths of secrets. What was done stands,
    also where this cannot be written, which is said then.
    """
    said = "" if verb.private else " ".join(call.words)
    record = partial(
        audit.record,
        user=this_person(),
        door=DOOR,
        operation=phrase,
        target=said or None,
        message=" ".join(f"/{name}" for name in call.given) or None,
    )
    try:
        # Read anew: INSTALL and RELOCATE have written which database it is.
        with beside(load(call.settings.home).settings) as database:
            database.write(record)
    except JAMSError as error:
        print(f"jamsdba: The audit trail does not tell of it: {error.message}", file=sys.stderr)
