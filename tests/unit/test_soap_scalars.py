"""Values in every form that XML Schema gives them, and what is said of those that are none."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from jams.objects.errors import InvalidArgument
from jams.operations import CATALOGUE
from jams.wire.soap.scalars import read_day, read_integer, read_number, read_time
from tests.support.soap import SOAP11, VERSIONS, Caller, is_error

both = pytest.mark.parametrize("version", VERSIONS.values(), ids=VERSIONS)
ONE = timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    ("text", "value"),
    [("7", 7), ("007", 7), ("+01", 1), ("-0", 0), (" 12\n", 12), ("0" * 500 + "5", 5)],
)
def test_whole_numbers(text: str, value: int) -> None:
    assert read_integer(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("1", 1.0), ("+1.5", 1.5), (".5", 0.5), ("5.", 5.0), ("1E3", 1000.0), ("-1e-2", -0.01)],
)
def test_numbers(text: str, value: float) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text", ["NaN", "INF", "-INF", "1_0", "0x10", "", "1e400", "٣", "inf", "nan", "Infinity"]
)
def test_what_is_no_finite_number(text: str) -> None:
    with pytest.raises(ValueError, match="number"):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-11-24T12:00:00Z", datetime(2026, 11, 24, 12, tzinfo=UTC)),
        (" 2026-11-24T12:00:00+01:00 ", datetime(2026, 11, 24, 12, tzinfo=ONE)),
        ("2026-11-24T12:00:00.1234567Z", datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=UTC)),
        ("2026-11-24T12:00:00.5-00:00", datetime(2026, 11, 24, 12, 0, 0, 500000, tzinfo=UTC)),
        ("2026-11-24T12:00:00.123456789012345678901Z", datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=UTC)),
        ("2026-12-31T24:00:00Z", datetime(2027, 1, 1, tzinfo=UTC)),
        ("2026-12-31T24:00:00.000Z", datetime(2027, 1, 1, tzinfo=UTC)),
        ("2026-11-24T12:00:00+14:00", datetime(2026, 11, 24, 12, tzinfo=timezone(timedelta(hours=14)))),
        ("9999-12-31T23:59:59.9999999Z", datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", datetime(1, 1, 1, tzinfo=UTC)),
    ],
)
def test_times(text: str, value: datetime) -> None:
    assert read_time(text) == value


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026-11-24T12:00:00", "needs a time zone"),
        ("2026-11-24T12:00:00.5", "needs a time zone"),
        ("2026-11-24", "must be a time"),
        ("2026-11-24 12:00:00Z", "must be a time"),
        ("2026-11-24T12:00Z", "must be a time"),
        ("2026-11-24T12:00:00+0100", "must be a time"),
        ("2026-02-31T12:00:00Z", "does not exist"),
        ("2026-11-24T24:00:01Z", "no time of a day"),
        ("2026-11-24T24:00:00.1Z", "no time of a day"),
        ("2026-11-24T12:00:60Z", "no time of a day"),
        ("2026-11-24T12:00:00+14:01", "zone that does not exist"),
        ("2026-11-24T12:00:00+01:60", "zone that does not exist"),
        ("12026-11-24T12:00:00Z", "outside the years"),
        ("-0044-03-15T12:00:00Z", "outside the years"),
        ("0000-03-15T12:00:00Z", "outside the years"),
        ("9999-12-31T24:00:00Z", "outside the years"),
        ("9999-12-31T23:59:59-01:00", "outside the years"),
        ("0001-01-01T00:00:00+01:00", "outside the years"),
    ],
)
def test_what_is_no_time(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_time(text)


def test_days() -> None:
    for zone in ("", "Z", "+01:00", "-14:00"):
        assert read_day(f" 2026-02-28{zone} ") == date(2026, 2, 28)
    for wrong in ("2026-02-30", "12026-01-01", "2026-1-1", "today", "2026-01-01T00:00:00Z"):
        with pytest.raises(ValueError, match=r"day|years"):
            read_day(wrong)


@both
@pytest.mark.parametrize("number", ["007", "+7", " 7 "])
def test_an_argument_may_be_written_so(version: str, number: str) -> None:
    caller = Caller()
    assert not caller.send(version, f'<Hold xmlns="urn:jams:v1:entry"><Id>{number}</Id></Hold>').is_fault
    assert caller.stub.calls[0][1]["id"] == 7


FIND = '<Find xmlns="urn:jams:v1:entry"><State>{Nowhere}</State></Find>'
WAIT = '<Wait xmlns="urn:jams:v1:entry"><Id>1</Id><Timeout>{}</Timeout></Wait>'
SUBMIT = '<SubmitJob xmlns="urn:jams:v1:submit"><Name>x</Name>{}</SubmitJob>'


@both
@pytest.mark.parametrize(
    ("payload", "message"),
    [
        (SUBMIT.format("<After>2026-11-24T12:00:00</After>"), "After needs a time zone, such as"),
        (SUBMIT.format("<After>tomorrow</After>"), "After must be a time, such as 2026-01-31T08:00:00Z."),
        (SUBMIT.format("<Hold>yes</Hold>"), "Hold must be true, false, 1 or 0."),
        ('<Hold xmlns="urn:jams:v1:entry"><Id>one</Id></Hold>', "Id must be a whole number."),
        ('<Hold xmlns="urn:jams:v1:entry"><Id/></Hold>', "Id must be a whole number."),
        (FIND, "State cannot be {Nowhere}; it is"),
        (WAIT.format("NaN"), "Timeout must be a finite number"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_plain_words(version: str, payload: str, message: str) -> None:
    caller = Caller()
    reply = caller.send(version, payload)
    assert is_error(reply, InvalidArgument) and not caller.stub.calls
    told = reply.fault()["Message"]
    assert message in told and not any(
        word in told for word in ("Expected", "null", "`", "$", "xs:", "atomic")
    )


@pytest.mark.parametrize("service", sorted(CATALOGUE.services()))
def test_no_operation_answers_wrong_values_in_the_words_of_python(service: str) -> None:
    """Every input of every operation with a text that is no value of its type."""
    for operation in CATALOGUE.services()[service]:
        for item in operation.inputs:
            if item.document:
                continue
            for text in ("{x} ", "2026-11-24T12:00:00", "99999999999999999999999"):
                payload = (
                    f'<{operation.soap_name} xmlns="urn:jams:v1:{service.lower()}">'
                    f"<{item.pascal}>{text}</{item.pascal}></{operation.soap_name}>"
                )
                reply = Caller().send(SOAP11, payload)
                if reply.is_fault and b"InternalError" not in reply.body:
                    # Words of an enumeration stand behind that, and one of them is None.
                    told = reply.fault().get("Message", "").partition("; it is one of ")[0]
                    assert not any(word in told for word in ("Expected `", "null", "$.", "xs:", "None")), told
