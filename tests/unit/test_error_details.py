"""What a program may want to know of an error reaches it through every door."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import msgspec
import pytest
from lxml import etree
from msgspec.inspect import type_info

from jams.dates import DateError, UnreadableCalendar, csv_dates, evaluate
from jams.objects.errors import ErrorDocument, FolderNotFound, JAMSError, from_document
from psprovider.endpoint.jams_errors import from_jams
from webclient.commands import load_commands
from webclient.soap import Soap
from webservices.rest.problems import problem
from webservices.soap.faults import fault_of, write11
from webservices.soap.types import Types
from webservices.soap.writer import Writer

TEXT = "THRID WORKDAY OF MONTH"


@pytest.fixture
def error() -> DateError:
    with pytest.raises(DateError) as caught:
        evaluate(TEXT, date(2017, 3, 15))
    return caught.value


@pytest.fixture
def details(error: DateError) -> dict[str, str]:
    found = dict(error.details)
    assert found["expected"].split("; ")[0] == '"+"'
    assert {name: found[name] for name in ("text", "position", "suggestion")} == {
        "text": TEXT,
        "position": "6",
        "suggestion": "THIRD WORKDAY OF MONTH",
    }
    return found


def over_the_wire(error: JAMSError) -> JAMSError:
    sent = msgspec.json.encode(error.document())
    return from_document(msgspec.json.decode(sent, type=ErrorDocument))


def test_library(error: DateError, details: dict[str, str]) -> None:
    again = over_the_wire(error)
    assert isinstance(again, DateError)
    assert (again.code, again.message, dict(again.details)) == (error.code, error.message, details)
    assert (again.position, again.expected, again.suggestion) == (6, error.expected, error.suggestion)


def test_library_has_them_of_errors_it_does_not_know() -> None:
    document = FolderNotFound("No.").document()
    strange = msgspec.structs.replace(document, code="Later", details={"colour": "red"})
    assert over_the_wire(from_document(strange)).details == {"colour": "red"}


def test_rest(error: DateError, details: dict[str, str]) -> None:
    assert problem(error).details == details
    assert b"details" not in msgspec.json.encode(problem(FolderNotFound("No.")))


def test_soap_and_its_client(error: DateError, details: dict[str, str]) -> None:
    types = Types()
    body = etree.Element("body")
    write11(body, fault_of(error), types.struct(type_info(ErrorDocument)), Writer())
    fault = ElementTree.fromstring(etree.tostring(body)).find("*")
    refusal = Soap(None, None, load_commands())._refusal(fault)  # type: ignore[arg-type]
    assert refusal.problem["details"] == details


def test_powershell(error: DateError, details: dict[str, str]) -> None:
    members = from_jams(error).exception.members
    assert (members["Position"], members["Suggestion"]) == (details["position"], details["suggestion"])
    assert from_jams(FolderNotFound("No.")).exception.members == {}


def test_the_line_of_a_table() -> None:
    with pytest.raises(UnreadableCalendar) as caught:
        csv_dates("Date\n2017-01-02\n2017-13-01\n", date_type="HOLIDAY")
    again = over_the_wire(caught.value)
    assert isinstance(again, UnreadableCalendar)
    assert (again.line, dict(again.details)) == (3, {"line": "3"})
