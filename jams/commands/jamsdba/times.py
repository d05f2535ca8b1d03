"""Times as they are typed: in the original's spelling, or as ISO 8601 has them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from jams.objects.errors import InvalidArgument

_FORMS = (
    "%d-%b-%Y %H:%M:%S",
    "%d-%b-%Y %H:%M",
    "%d-%b-%Y",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
)


def read_time(text: str, zone: str) -> datetime:
    """The moment that is meant, in UTC; without a date it is today, without an offset it is in the zone.

    Raises:
        InvalidArgument: it is no time, or one that the zone does not have.
    """
    here = ZoneInfo(zone)
    plain = (
        " ".join(text.replace("T", " ").split()) if text[:1].isdigit() and text[4:5] == "-" else text.strip()
    )
    found = next(filter(None, (_by(plain, form) for form in _FORMS)), None)
    if found is None:
        found = _by(f"{datetime.now(here):%Y-%m-%d} {plain}", "%Y-%m-%d %H:%M")
    if found is None:
        found = _iso(text)
    if found is None:
        raise InvalidArgument(f"{text!r} is no time; write it like 01-DEC-2026 06:00 or 2026-12-01 06:00.")
    if found.tzinfo is not None:
        return found.astimezone(UTC)
    moment = found.replace(tzinfo=here).astimezone(UTC)
    if moment.astimezone(here).replace(tzinfo=None) != found:
        raise InvalidArgument(f"There is no {text} in {zone}: the clocks are put forward then.")
    return moment


def _by(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form)
    except ValueError:
        return None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
