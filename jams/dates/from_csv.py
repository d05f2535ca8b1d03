"""Dates from comma-separated text (RFC 4180) as date definitions."""

from __future__ import annotations

import csv
import datetime
import io
import re
from contextlib import suppress

from .builder import DateOrder
from .date_errors import DateError, UnreadableCalendar
from .definitions import CalendarReading, DateDefinition, WorkdayFlag
from .language import parse
from .tree import Exact

MAX_ROWS = 20_000
_COLUMNS = {
    "date": "date",
    "datetype": "date_type",
    "type": "date_type",
    "specifictype": "specific_type",
    "specific": "specific_type",
    "description": "description",
    "name": "description",
    "workday": "workday",
    "status": "status",
}
_SEPARATOR = re.compile(r'\s*"?sep=(.)"?\s*', re.IGNORECASE)
_STATUSES = {"": False, "confirmed": False, "tentative": False, "cancelled": True, "canceled": True}
"""Those of iCalendar, and whether a date of that status does not take place."""
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FLAGS = {
    **dict.fromkeys(("true", "yes", "y", "1"), WorkdayFlag.TRUE),
    **dict.fromkeys(("false", "no", "n", "0"), WorkdayFlag.FALSE),
    **dict.fromkeys(("maybe", ""), WorkdayFlag.MAYBE),
}


def csv_dates(
    text: str,
    *,
    date_type: str | None = None,
    order: DateOrder = DateOrder.MONTH_FIRST,
    source: str = "csv",
) -> list[DateDefinition]:
    """The dates of :func:`csv_reading`, alone."""
    return list(csv_reading(text, date_type=date_type, order=order, source=source).dates)


def csv_reading(
    text: str,
    *,
    date_type: str | None = None,
    order: DateOrder = DateOrder.MONTH_FIRST,
    source: str = "csv",
) -> CalendarReading:
    """The dates in ``text``, in its order. Its first row names the columns.

    Known columns are Date, Date Type, Specific Type, Description, Workday (True, False or Maybe) and Status
    (of rows that say Cancelled nothing is taken); only Date is needed, and Date Type where ``date_type`` is
    not given for all. Columns are separated by commas, semicolons or tabs, or by what a line ``sep=;`` before
    the first row says. Dates are written as in the date language. ``source`` of a date is ``csv:12``, with
    its line.

    Raises:
        UnreadableCalendar: with the line at fault.
    """
    lines = text.removeprefix("\ufeff")
    said = _SEPARATOR.fullmatch(next(iter(re.split(r"\r\n|\r|\n", lines, maxsplit=1))))
    delimiter = said[1] if said is not None else _delimiter(lines)
    try:
        reader = csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter, strict=True)
    except (TypeError, ValueError):
        raise UnreadableCalendar("Line 1: columns cannot be separated by that.", line=1) from None
    if said is not None:
        next(reader)
    found: list[DateDefinition] = []
    cancelled: list[DateDefinition] = []
    columns: list[str] | None = None
    begins = reader.line_num + 1
    try:
        for row in reader:
            if columns is None:
                if any(map(str.strip, row)):
                    columns = _columns(row, date_type)
            elif any(map(str.strip, row)):
                off, definition = _definition(columns, row, date_type, order, f"{source}:{begins}")
                (cancelled if off else found).append(definition)
            if len(found) + len(cancelled) > MAX_ROWS:
                raise UnreadableCalendar(f"The text has more than {MAX_ROWS} dates.")
            begins = reader.line_num + 1
    except csv.Error as error:
        cut = "it is cut off within a quoted text" if "unexpected end" in str(error) else f"{error}"
        raise UnreadableCalendar(f"Line {begins}: {cut}.", line=begins) from None
    except UnreadableCalendar as error:
        error.line = error.line or begins
        error.message = f"Line {error.line}: {error.message}"
        raise
    if columns is None:
        raise UnreadableCalendar("The text is empty; its first row must name the columns.", line=1)
    return CalendarReading(
        tuple(found), tuple(cancelled), remarks=() if found else (f"The text has no dates{_off(cancelled)}.",)
    )


def _off(cancelled: list[DateDefinition]) -> str:
    return " but cancelled ones" if cancelled else ""


def _delimiter(text: str) -> str:
    """What separates the columns of the first row: by what it has the most columns that are known."""

    def columns(delimiter: str) -> tuple[int, int]:
        try:
            rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
            row: list[str] = next((each for each in rows if any(map(str.strip, each))), [])
        except csv.Error:
            return 0, 0
        return sum(1 for name in row if _column(name)), len(row)

    return max(",;\t", key=columns)


def _column(name: str) -> str:
    return _COLUMNS.get(re.sub(r"[\s_-]", "", name).casefold(), "")


def _columns(row: list[str], date_type: str | None) -> list[str]:
    names = [_column(name) for name in row]
    known = [name for name in names if name]
    for needed in ("date",) if date_type is not None else ("date", "date_type"):
        if needed not in known:
            written = needed.replace("_", " ").title()
            raise UnreadableCalendar(f"There is no column {written}.")
    if len(known) != len(set(known)):
        raise UnreadableCalendar("A column occurs twice.")
    return names


def _definition(
    columns: list[str], row: list[str], date_type: str | None, order: DateOrder, source: str
) -> tuple[bool, DateDefinition]:
    """The date of a row, and whether the row says that it is cancelled."""
    if len(row) != len(columns):
        raise UnreadableCalendar(f"There are {len(row)} columns where {len(columns)} are named.")
    cells = {name: cell.strip() for name, cell in zip(columns, row, strict=True) if name}
    status = cells.get("status", "").casefold()
    if status not in _STATUSES:
        raise UnreadableCalendar(f"Status is {status[:20]!r}; write Confirmed, Tentative or Cancelled.")
    kind = cells.get("date_type") or date_type
    if not kind or len(kind) > 255:
        raise UnreadableCalendar("The date type is missing or too long.")
    workday = cells.get("workday", "").casefold()
    if workday not in _FLAGS:
        raise UnreadableCalendar(f"Workday is {workday[:20]!r}; write True, False or Maybe.")
    return _STATUSES[status], DateDefinition(
        date_type=kind,
        date=_date(cells["date"], order),
        specific_type=cells.get("specific_type") or None,
        description=cells.get("description", ""),
        workday=_FLAGS[workday],
        source=source,
    )


def _date(text: str, order: DateOrder) -> datetime.date:
    if _ISO.fullmatch(text):
        with suppress(ValueError):
            return datetime.date.fromisoformat(text)
    try:
        items = parse(text, order).items
    except DateError as error:
        raise UnreadableCalendar(error.message) from None
    if len(items) == 1 and isinstance(items[0].base, Exact) and items[0].offset is None:
        return items[0].base.date
    raise UnreadableCalendar(f"{text[:40]!r} is not one date; write it as 2017-04-15.")
