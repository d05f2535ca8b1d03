"""RESTORE: a backup in the place of the database, all of it or nothing."""

from __future__ import annotations

from jams.security.bootstrap import this_person
from jams.services import backup

from .backup_report import tell
from .verb import NOCONFIRM, Call, Qualifier, Verb

VERIFY = Qualifier("VERIFY", "only restore it into a scratch place, and look at all of it there")
WITHOUT_SECRETS = Qualifier("LOSE_SECRETS", "restore though the keys at hand do not open all secrets")


def run(call: Call) -> int:
    """Restore a backup, or verify it."""
    path = call.path(call.words[0])
    if call.has(VERIFY.name):
        return tell(backup.verify(call.settings, path), f"{path} can be restored")
    call.confirm(f"The database is replaced by what {path} holds.")
    lose = call.has(WITHOUT_SECRETS.name)
    report = backup.restore(call.settings, path, without_secrets=lose, by=this_person())
    tell(report, f"{path} was restored")
    return 0


VERB = Verb(
    about="put what a backup holds in the place of the database; the server must be stopped",
    run=run,
    places=("file",),
    qualifiers=(VERIFY, WITHOUT_SECRETS, NOCONFIRM),
    more=(
        "A backup that is damaged, of a newer version or whose secrets the keys at hand do not open changes "
        "nothing. The schedule goes on from the point at which the backup was taken, as ScheduleMaxDowntime "
        "and ScheduleMaxDownAction say; RESET SCHEDULE begins it anew.",
    ),
)
