"""Public holidays of a country as date definitions, from the ``holidays`` package."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from .date_errors import UnreadableCalendar
from .definitions import DateDefinition, WorkdayFlag

_CODE = re.compile(r"[A-Za-z0-9-]{1,10}", re.ASCII)
MAX_YEARS = 200


def holiday_dates(
    country: str,
    years: Iterable[int],
    *,
    subdivision: str | None = None,
    language: str | None = None,
    date_type: str = "HOLIDAY",
    workday: WorkdayFlag = WorkdayFlag.FALSE,
) -> list[DateDefinition]:
    """The public holidays of ``country`` (ISO 3166-1, such as ``US``) in ``years``, earliest first.

    ``subdivision`` is a part of the country (``CA``), ``language`` the one of the descriptions. Two
    holidays on one day are one definition. ``source`` is ``holidays:US-CA``.

    Raises:
        UnreadableCalendar: for a country, part or language that the package does not know, or too many
            years.
    """
    import holidays

    wanted = sorted(set(years))
    if not wanted or len(wanted) > MAX_YEARS or not (datetime.MINYEAR <= wanted[0] <= wanted[-1] < 9999):
        raise UnreadableCalendar(f"Give 1 to {MAX_YEARS} years between 1 and 9998.", member="years")
    for code in (country, subdivision, language.replace("_", "-") if language else None):
        if code is not None and not _CODE.fullmatch(code):
            raise UnreadableCalendar(f"{code[:20]!r} is no code of a country, part or language.")
    place = country.upper() + (f"-{subdivision.upper()}" if subdivision else "")
    try:
        found = holidays.country_holidays(
            country.upper(), subdiv=subdivision, years=wanted, language=language, expand=False
        )
    except (NotImplementedError, KeyError, ValueError, AttributeError):
        raise UnreadableCalendar(f"No holidays are known for {place}.", target=place) from None
    if language is not None and language not in (found.supported_languages or ()):
        raise UnreadableCalendar(f"The holidays of {place} are not named in {language}.", target=language)
    return [
        DateDefinition(
            date_type=date_type,
            date=day,
            description=description,
            workday=workday,
            source=f"holidays:{place}",
        )
        for day, description in sorted(found.items())
        if day.year in wanted
    ]
