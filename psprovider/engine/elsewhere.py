"""Commands that the module has and a session has not, and why."""

from __future__ import annotations

import re

_FILE_TRANSFER = re.compile(r"(?:connect-j(?:ftps?|sftp|s3)|[a-z]+-jfs(?:item|childitem|location)?)", re.I)
_TRANSFERS = (
    "\nFile servers are reached from where your script runs: the module JAMS has this cmdlet. "
    "Here it would read and write the server's own files; a job of the method FileTransfer does that."
)


def why_not_here(name: str) -> str:
    """What is said beside that a command is not there; empty if nothing is."""
    return _TRANSFERS if _FILE_TRANSFER.fullmatch(name.rpartition("\\")[2]) else ""
