"""EXPORT AUDIT: the audit trail as lines of JSON in a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress

from sqlalchemy import Connection

from jams.database import audit_chain
from jams.objects.errors import AlreadyExists, ServerUnavailable
from jams.services.administration import beside

from .verb import Call, Qualifier, Verb

REPLACE = Qualifier("REPLACE", "replace a file of that name")
_PIECE = 1000


def run(call: Call) -> int:
    """Write the file, whole or not at all."""
    path = call.path(call.words[0])
    if path.exists() and not call.has(REPLACE.name):
        raise AlreadyExists(f"There is a file {path}; say /REPLACE to replace it.", target=path)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    count = 0
    try:
        with beside(call.settings) as database, database.read() as c:
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(descriptor, "w", encoding="utf-8", errors="surrogatepass") as file:
                for line in _lines(c):
                    file.write(line + "\n")
                    count += 1
                file.flush()
                os.fsync(file.fileno())
            heads = " ".join(head.text for head in audit_chain.heads(c))
        os.replace(unfinished, path)
    except OSError as error:
        raise ServerUnavailable(
            f"{path} could not be written: {(error.strerror or str(error)).lower()}.", target=path
        ) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    print(f"{path} holds {count:,} records, up to {heads}.")
    return 0


def _lines(c: Connection) -> Iterator[str]:
    for name in audit_chain.CHAINS:
        beyond = -1
        while rows := audit_chain.records(c, name, beyond, _PIECE):
            beyond = rows[-1].link
            yield from map(audit_chain.line, rows)


VERB = Verb(
    about="write the audit trail into a file, a line of JSON for each record",
    run=run,
    places=("file",),
    qualifiers=(REPLACE,),
    more=("What was done comes first, then what was refused, each in the order of its chain.",),
)
