"""What a backup is asked for, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from msgspec import Meta

from .base import Arguments, Count, Fact, did_you_mean
from .errors import InvalidParameter

LONGEST_KEPT = 1000
"""Backups that are kept at most."""


class Backup(Arguments, frozen=True, kw_only=True):
    """What a backup holds, and how many older ones stay."""

    logs: Annotated[bool, Meta(description="With the logs of the server and of runs.")] = False
    keep: Annotated[
        Annotated[int, Meta(ge=0, le=LONGEST_KEPT)] | None,
        Meta(
            description="How many backups stay, with the new one; what is older goes. 0: all stay; "
            "else as the job says."
        ),
    ] = None


class BackupResult(Fact, frozen=True, kw_only=True):
    """Which entry takes a backup."""

    result_text: Annotated[str, Meta(description="What is done, in a sentence.")]
    jams_entry: Annotated[Count, Meta(description="The entry that takes the backup.")]


class BackupOrder(Fact, frozen=True, kw_only=True):
    """What a job of the method JAMSBackup does, by its parameters; ``keep`` 0: all stay."""

    logs: bool = False
    keep: int = 0


PARAMETERS = ("Logs", "Keep")


def order_of(parameters: Mapping[str, str]) -> BackupOrder:
    """What the parameters of a job say.

    Raises:
        InvalidParameter: one is unknown, or is none that can be obeyed.
    """
    given = {name.lower(): value.strip() for name, value in parameters.items()}
    for name in parameters:
        if name.lower() not in {known.lower() for known in PARAMETERS}:
            known = ", ".join(PARAMETERS)
            raise InvalidParameter(
                f"A backup has no parameter {name}; it knows {known}.{did_you_mean(name, PARAMETERS)}",
                target=name,
            )
    logs = (given.get("logs") or "false").lower()
    if logs not in ("true", "false", "yes", "no"):
        raise InvalidParameter(f"Logs is {logs!r}, and can be true or false.", target="Logs")
    keep = given.get("keep") or "0"
    if not keep.isascii() or not keep.isdigit() or int(keep) > LONGEST_KEPT:
        raise InvalidParameter(
            f"Keep is {keep!r}, and must be a number from 0 (all) to {LONGEST_KEPT}.", target="Keep"
        )
    return BackupOrder(logs=logs in ("true", "yes"), keep=int(keep))
