"""Parameters of the type Date in the date language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from jams.database import calendars, date_types
from jams.objects.calendars import Calendar, Date, DateType
from jams.objects.enums import DataType, ValidationType
from jams.objects.errors import InvalidParameter
from jams.objects.parts import ParamDef, PropertyValue
from jams.objects.schedule import SetParameter
from jams.scheduler import actions
from tests.support.schedule import USER, Desk, desk

MONDAY = datetime(2027, 3, 8, 12, tzinfo=UTC)


@pytest.fixture
def d(place: Path | str) -> Iterator[Desk]:
    with desk(place) as made:
        yield made


def a_day(default: str | None = None, **members: object) -> ParamDef:
    return ParamDef(param_name="day", data_type=DataType.DATE, default_value=default, **members)  # type: ignore[arg-type]


def value(d: Desk, number: int) -> str | None:
    return d.entry(number).parameters[0].value


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("YESTERDAY", "2027-03-07"),
        ("last workday", "2027-03-05"),
        ("LAST DAY OF MONTH", "2027-03-31"),
        ("TODAY + 2 WORKDAYS", "2027-03-10"),
        ("2027-01-02", "2027-01-02"),
        ("2027-01-02T00:00:00", "2027-01-02"),
        ("2027-01-02 00:00:00.000", "2027-01-02"),
        ("2027-01-02T00:00:00Z", "2027-01-02"),
        ("2027-01-02T00:00:00+05:00", "2027-01-02"),
    ],
)
def test_a_text_means_a_day_as_seen_from_the_one_on_which_the_entry_starts(
    d: Desk, text: str, meant: str
) -> None:
    d.job("\\j", parameters=[a_day(text)])
    assert value(d, d.submit("j", after=MONDAY)) == meant
    d.job("\\given", parameters=[a_day()])
    number = d.submit("given", after=MONDAY, parameters={"day": text})
    assert value(d, number) == meant
    body = SetParameter(param_name="day", param_value="TOMORROW")
    d.write(lambda c: actions.set_parameter(c, number, USER, body))
    assert value(d, number) == "2027-03-09"


def test_it_is_read_with_the_calendar_of_the_job(d: Desk) -> None:
    d.write(lambda c: calendars.create(c, Calendar(calendar_name="Bank"), user=USER))
    feast = DateType(
        date_type_type="FEAST",
        calendar_name="Bank",
        dates=[Date(start_date=date(2027, 3, 1)), Date(start_date=date(2027, 4, 1))],
    )
    d.write(lambda c: date_types.create(c, feast, user=USER))
    bank = [PropertyValue(property_name="Calendar", current_value="Bank")]
    d.job("\\theirs", parameters=[a_day("NEXT FEAST")], properties=bank)
    assert value(d, d.submit("theirs", after=MONDAY)) == "2027-04-01"
    d.job("\\ours", parameters=[a_day("NEXT FEAST")])
    with pytest.raises(InvalidParameter, match="FEAST"):
        d.submit("ours", after=MONDAY)


def test_what_is_no_date_is_refused(d: Desk) -> None:
    with pytest.raises(InvalidParameter, match="parameter day is a date"):
        d.job("\\j", parameters=[a_day("31st of every !")])
    d.job("\\k", parameters=[a_day()])
    with pytest.raises(InvalidParameter, match="day is a date"):
        d.submit("k", parameters={"day": "some time"})
    for point in ("2027-01-02T00:00:01", "2027-01-02T10:00", "2027-02-30T00:00:00"):
        with pytest.raises(InvalidParameter, match="day is a date"):
            d.submit("k", parameters={"day": point})


def test_the_rule_of_the_parameter_holds_for_the_day(d: Desk) -> None:
    rule = {"validation_type": ValidationType.RANGE, "validation_data": "2027-03-01,2027-03-31"}
    d.job("\\j", parameters=[a_day("TOMORROW", **rule)])
    assert value(d, d.submit("j", after=MONDAY)) == "2027-03-09"
    with pytest.raises(InvalidParameter, match="range"):
        d.submit("j", after=datetime(2027, 5, 1, tzinfo=UTC))
