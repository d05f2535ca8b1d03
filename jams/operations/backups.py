"""Backups: all that the server knows, in one archive on its machine."""

from __future__ import annotations

from jams.objects.backups import Backup, BackupResult
from jams.security.rights import Configuration

from .context import Context
from .declaration import operation
from .delivered_jobs import submitted

JOB = r"\JAMS\JAMSBackup"
"""The job that takes backups; it is delivered with the server."""


@operation(
    right=Configuration.EXECUTE,
    rest="POST /backup",
    soap="Retention.Backup",
    cmdlet="Invoke-JAMSBackup",
    command="backup",
    columns=("resultText", "jamsEntry"),
)
def take_backup(context: Context, body: Backup) -> BackupResult:
    r"""Take a backup of all that the server knows, while it works.

    It is done by an entry of the job ``\JAMS\JAMSBackup``, which can be followed, waited for and cancelled as
    every entry, and tells in its log how far it is. The archive lies in ``BackupLocation`` on the server's
    machine; ``jamsdba RESTORE`` verifies and restores it. The keys of secrets are not in it.

    Raises:
        AccessDenied: the caller may not submit.
        JobNotFound: somebody has deleted or renamed the job that takes backups.
        WrongState: it is disabled.
    """
    parameters = {"Logs": "true" if body.logs else "false"}
    if body.keep is not None:
        parameters["Keep"] = str(body.keep)
    number = submitted(context, JOB, "which takes backups", "the backup", parameters)
    return BackupResult(result_text=f"Entry {number} takes a backup.", jams_entry=number)
