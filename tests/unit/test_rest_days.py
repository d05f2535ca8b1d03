"""Days as REST reads them: as days, and as the times at midnight that programs of the product write."""

from __future__ import annotations

from datetime import date

import pytest

from jams.objects.calendars import DateDetails, DateType
from jams.objects.errors import InvalidArgument
from jams.operations import CATALOGUE
from webservices.rest.decoder import BodyDecoder
from webservices.rest.inputs import Scalars

DAY = CATALOGUE["is_workday"].input("date")


@pytest.mark.parametrize(
    "text", ["2017-01-02", "2017-01-02T00:00:00", "2017-01-02T00:00:00Z", "2017-01-02T00:00:00.0000000Z"]
)
def test_days(text: str) -> None:
    body = f'{{"startDate": "{text}"}}'.encode()
    found = BodyDecoder(DateDetails, form=False).decode(body, "application/json", None)
    assert found.start_date == date(2017, 1, 2)
    document = f'{{"dateTypeType": "X", "dates": [{body.decode()}]}}'.encode()
    found = BodyDecoder(DateType, form=False).decode(document, "application/json", None)
    assert found.dates[0].start_date == date(2017, 1, 2)
    assert Scalars([], [DAY]).read({}, {"Date": [text]}) == {"date": date(2017, 1, 2)}


@pytest.mark.parametrize("text", ["2017-01-02T08:00:00Z", "2017-02-30", "02.01.2017", ""])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(InvalidArgument):
        Scalars([], [DAY]).read({}, {"date": [text]})
    with pytest.raises(InvalidArgument):
        body = f'{{"startDate": "{text}"}}'.encode()
        BodyDecoder(DateDetails, form=False).decode(body, "application/json", None)
