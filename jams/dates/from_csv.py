"""Dates from comma-separated text (RFC 4180) as date definitions."""

from __future__ import annotations

import csv
import datetime
import io
import re
from contextlib import suppress

from .builder import DateOrder
from .date_errors import DateError, UnreadableCalendar
from .definitions import DateDefinition, WorkdayFlag
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
}
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
    """The dates in ``text``, in its order. Its first row names the columns.

    Known columns are Date, Date Type, Specific Type, Description and Workday (True, False or Maybe); only
    Date is needed, and Date Type where ``date_type`` is not given for all. Columns are separated by commas,
    semicolons or tabs. Dates are written as in the date language. ``source`` of a date is ``csv:12``,
    with its line.

    Raises:
        UnreadableCalendar: with the line at fault.
    """
    lines = text.removeprefix("\ufeff")
    head = lines.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter, strict=True)
    found: list[DateDefinition] = []
    columns: list[str] | None = None
    try:
        for row in reader:
            if columns is None:
                columns = _columns(row, date_type)
            elif any(map(str.strip, row)):
                found.append(_definition(columns, row, date_type, order, f"{source}:{reader.line_num}"))
            if len(found) > MAX_ROWS:
                raise UnreadableCalendar(f"The text has more than {MAX_ROWS} dates.")
    except csv.Error as error:
        raise UnreadableCalendar(f"Line {reader.line_num}: {error}.", line=reader.line_num) from None
    except UnreadableCalendar as error:
        error.line = error.line or reader.line_num
        error.message = f"Line {error.line}: {error.message}"
        raise
    if columns is None:
        raise UnreadableCalendar("The text is empty; its first row must name the columns.", line=1)
    return found


def _columns(row: list[str], date_type: str | None) -> list[str]:
    names = [_COLUMNS.get(re.sub(r"[\s_-]", "", name).casefold(), "") for name in row]
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
) -> DateDefinition:
    if len(row) != len(columns):
        raise UnreadableCalendar(f"There are {len(row)} columns where {len(columns)} are named.")
    cells = {name: cell.strip() for name, cell in zip(columns, row, strict=True) if name}
    kind = cells.get("date_type") or date_type
    if not kind or len(kind) > 255:
        raise UnreadableCalendar("The date type is missing or too long.")
    workday = cells.get("workday", "").casefold()
    if workday not in _FLAGS:
        raise UnreadableCalendar(f"Workday is {workday[:20]!r}; write True, False or Maybe.")
    return DateDefinition(
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
