"""What is to be purged, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Annotated

from msgspec import Meta

from .base import Arguments, Count, Fact, did_you_mean
from .errors import InvalidParameter

LONGEST_KEPT = 36_500
"""Days: a hundred years."""

Days = Annotated[
    int,
    Meta(ge=1, le=LONGEST_KEPT, description="What is older than so many days goes."),
]
Minimum = Annotated[int, Meta(ge=1, le=10**9)]
Maximum = Annotated[int, Meta(ge=1, le=10**9)]


class PurgeKind(Enum):
    """What is purged."""

    HISTORY = "History"
    """Records of the history, with the logs and audit trails that belong to them."""
    LOGS = "Logs"
    """Logs of runs; their records in the history stay."""
    AUDIT_TRAIL = "AuditTrail"
    """The audit trail, trails of entries that have no history, and records of missed points."""


class Purge(Arguments, frozen=True, kw_only=True):
    """What is purged, and whether only to say how much that would be."""

    days: Days
    what: Annotated[
        PurgeKind,
        Meta(
            description="History (with the logs and trails of its runs), Logs alone, or AuditTrail (with the "
            "trails of entries that have no history, and records of missed points)."
        ),
    ] = PurgeKind.HISTORY
    minimum: Annotated[
        Minimum | None,
        Meta(description="The newest runs of each job that stay however old they are; else 1."),
    ] = None
    maximum: Annotated[
        Maximum | None, Meta(description="The most runs of each job that stay, however new; else all do.")
    ] = None
    dry_run: Annotated[bool, Meta(description="Remove nothing, and say how many would be.")] = False


class PurgeResult(Fact, frozen=True, kw_only=True):
    """What a purge would remove, or which entry purges.

    ``rows`` counts what a dry run has found, logs where they are asked for; ``jams_entry`` is the entry that
    purges otherwise.
    """

    result_text: Annotated[str, Meta(description="What is done or would be, in a sentence.")]
    rows: Annotated[Count | None, Meta(description="How many rows, or logs, a purge would remove.")] = None
    jams_entry: Annotated[Count | None, Meta(description="The entry that purges.")] = None


class PurgeOrder(Fact, frozen=True, kw_only=True):
    """What a job of the method JAMSPurge does, by its parameters."""

    what: PurgeKind
    days: int
    minimum: int = 1
    maximum: int | None = None


PARAMETERS = ("What", "Days", "Minimum", "Maximum")


def order_of(parameters: Mapping[str, str]) -> PurgeOrder:
    """What the parameters of a job say; ``Maximum`` 0 or empty is none.

    Raises:
        InvalidParameter: one is unknown, is none that can be obeyed, or does not go with the others.
    """
    given = {name.lower(): value.strip() for name, value in parameters.items()}
    for name in parameters:
        if name.lower() not in {known.lower() for known in PARAMETERS}:
            known = ", ".join(PARAMETERS)
            raise InvalidParameter(
                f"A purge has no parameter {name}; it knows {known}.{did_you_mean(name, PARAMETERS)}",
                target=name,
            )
    what = _kind(given.get("what") or PurgeKind.HISTORY.value)
    days = _number("Days", given.get("days") or "", 1, LONGEST_KEPT)
    minimum = _number("Minimum", given.get("minimum") or "1", 1, 10**9)
    maximum = _number("Maximum", given.get("maximum") or "0", 0, 10**9)
    check(what, given.get("minimum") not in (None, "", "1"), bool(maximum))
    if maximum and maximum < minimum:
        raise InvalidParameter(f"Maximum {maximum} is less than Minimum {minimum}.", target="Maximum")
    return PurgeOrder(what=what, days=days, minimum=minimum, maximum=maximum or None)


def check(what: PurgeKind, minimum: bool, maximum: bool) -> None:
    """Raises InvalidParameter when there is a minimum or maximum of what is not counted by job."""
    if what is not PurgeKind.HISTORY and (minimum or maximum):
        member = "Minimum" if minimum else "Maximum"
        raise InvalidParameter(
            f"{member} counts for the history alone, and not for {what.value}.",
            target=member,
            member=member.lower(),
        )


def _kind(text: str) -> PurgeKind:
    for kind in PurgeKind:
        if kind.value.lower() == text.lower():
            return kind
    known = [kind.value for kind in PurgeKind]
    raise InvalidParameter(
        f"What is {text!r}, and can be {', '.join(known)}.{did_you_mean(text, known)}", target="What"
    )


def _number(name: str, text: str, least: int, most: int) -> int:
    if not text:
        raise InvalidParameter(f"A purge needs the parameter {name}.", target=name)
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise InvalidParameter(
            f"{name} is {text!r}, and must be a number from {least} to {most}.", target=name
        )
    return int(text)
