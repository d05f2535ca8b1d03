"""BACKUP: all that the server knows, in one archive, while it works."""

from __future__ import annotations

from datetime import UTC, datetime

from jams.services import backup

from .verb import Call, Qualifier, Verb

LOGS = Qualifier("LOGS", "with the logs of the server and of runs")


def run(call: Call) -> int:
    """Take a backup."""
    name = call.words[0] if call.words else backup.default_name(call.settings.name, datetime.now(UTC))
    path = call.path(name)
    manifest = backup.take(call.settings, path, logs=call.has(LOGS.name))
    rows = sum(manifest.rows.values())
    print(f"{path} holds {rows:,} rows of {len(manifest.rows)} tables (schema {manifest.schema}).")
    if manifest.keys:
        print(f"Its secrets need the key {', '.join(manifest.keys)}, which is not in it: EXPORT KEY.")
    return 0


VERB = Verb(
    about="take a backup of the database, whether the server runs or not",
    audited=True,
    run=run,
    places=("[file]",),
    qualifiers=(LOGS,),
    more=(
        "The archive has a manifest with a checksum of each member, the version of the schema and the number "
        "of rows of each table. The key of the secrets is not in it: keep that elsewhere.",
    ),
)
