"""The SOAP contract only grows: what a release has promised holds for those who made programs from it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from generators.soap_contract import breaks, of_wsdl
from generators.soap_promises import frozen, of_lines
from generators.wsdl import FILE
from jams.operations import CATALOGUE
from tests.support.catalogues import fresh
from webservices.soap.wsdl import build

Change = Callable[[str], str]


@pytest.fixture(scope="module")
def wsdl() -> str:
    return fresh()[FILE]


def test_nothing_that_was_promised_is_taken_back(wsdl: str) -> None:
    """A new member is optional in requests and goes to the end of its struct; see docs/soap.md, Versions."""
    assert breaks(frozen(), of_wsdl(wsdl)) == []


def test_what_is_frozen_is_read_as_it_was_written(wsdl: str) -> None:
    facts = of_wsdl(wsdl)
    assert of_lines(facts.lines()) == facts
    assert len(facts.operations) > 100 and "Id" in facts.types["entry:Hold"]


def within(kind: str, old: str, new: str) -> Change:
    """A change inside the complex type of that name, in the schema of the types or of Entry."""

    def change(text: str) -> str:
        found = re.search(rf'<xs:complexType name="{kind}">.*?</xs:complexType>', text, re.S)
        assert found is not None
        changed = re.sub(old, new, found[0], count=1, flags=re.S)
        assert changed != found[0], old
        return text.replace(found[0], changed, 1)

    return change


def element(name: str) -> str:
    return rf'<xs:element name="{name}"[^>]*?(?:/>|>.*?</xs:element>)'


OPTIONAL = '<xs:element name="New" type="xs:string" minOccurs="0"/>'
NOTE = r'(name="Note" type="[^"]*")'
REQUIRED = '<xs:element name="New" type="xs:string"/>'

BREAKS: dict[str, tuple[Change, str]] = {
    "operation": (lambda t: t.replace('"urn:jams:v1:entry/Hold"', '"x"'), "Entry.Hold is gone"),
    "type": (lambda t: t.replace('complexType name="Tag"', 'complexType name="Label"'), "types:Tag is gone"),
    "member": (within("Entry", element("JobName"), ""), "Entry.JobName is gone"),
    "order": (
        within("Tag", rf"({element('TagId')})(\s*)({element('TagName')})", r"\3\2\1"), "another order"
    ),
    "before": (within("Tag", "<xs:sequence>", f"<xs:sequence>{OPTIONAL}"), "stand before old ones"),
    "between": (within("Tag", rf"({element('TagId')})", rf"\1{OPTIONAL}"), "stand before old ones"),
    "required": (within("Tag", "</xs:sequence>", f"{REQUIRED}</xs:sequence>"), "cannot be required"),
    "made required": (within("SubmitInfo", f"{NOTE} minOccurs=.0.", r"\1"), "Note is required"),
    "list in a request": (
        within("SubmitInfo", r'(name="TagIds" [^>]*) maxOccurs="unbounded"', r"\1"), "no longer be repeated"
    ),
    "list in an answer": (
        within("Entry", r'name="JobName"', r'name="JobName" maxOccurs="unbounded"'), "has become one"
    ),
    "left out": (within("Entry", 'name="Held"', 'name="Held" minOccurs="0"'), "may be left out"),
    "another type": (within("Entry", '"Held" type="xs:boolean"', '"Held" type="xs:string"'), "another type"),
    "limit": (lambda t: t.replace('maxLength value="4096"', 'maxLength value="4095"'), "takes less"),
    "value": (lambda t: re.sub(r'<xs:enumeration value="Executing"/>', "", t, count=1), "Executing of"),
}  # fmt: skip


@pytest.mark.parametrize("name", BREAKS)
def test_each_kind_of_promise_is_watched(wsdl: str, name: str) -> None:
    change, told = BREAKS[name]
    changed = change(wsdl)
    assert changed != wsdl
    found = breaks(of_wsdl(wsdl), of_wsdl(changed))
    assert [line for line in found if told in line], found


def test_what_is_new_in_a_request_stands_behind_what_was_promised() -> None:
    """Wherever it is declared: what pages a list, or what every change has, is declared behind all else."""
    promised = {"entry:Hold": ["Comment"], "job:Find": ["Limit", "After", "Filter"]}
    facts = of_wsdl(build(CATALOGUE, {}, promised).decode())
    assert list(facts.types["entry:Hold"])[:2] == ["Comment", "Id"]
    assert list(facts.types["job:Find"])[:4] == ["Limit", "After", "Filter", "Id"]


def test_every_list_that_is_not_bounded_can_be_had_in_pieces(wsdl: str) -> None:
    facts = of_wsdl(wsdl)
    lists = [
        name for name, members in facts.types.items() if [m.most for m in members.values()] == ["unbounded"]
    ]
    requests = {
        name: facts.types[name.removesuffix("Response")] for name in lists if name.endswith("Response")
    }
    whole = {name.removesuffix("Response") for name, asked in requests.items() if "Limit" not in asked}
    assert whole == {
        "entry:CancelEntries", "entry:HoldEntries", "entry:ReleaseEntries", "entry:RestartEntries",
        "server:SetRecommendedSecurity", "submit:SubmitMany",
    }, "what was done to each that was asked for is told whole"  # fmt: skip


GROWS: dict[str, Change] = {
    "optional member at the end": within("Tag", "</xs:sequence>", f"{OPTIONAL}</xs:sequence>"),
    "answer with more": within("Entry", "</xs:sequence>", f"{REQUIRED}</xs:sequence>"),
    "no longer required": within("Hold", 'name="Id" type="([^"]*)"', r'name="Id" type="\1" minOccurs="0"'),
    "wider": lambda t: t.replace('maxLength value="4096"', 'maxLength value="9999"'),
    "value": lambda t: t.replace(
        '<xs:enumeration value="Held"/>', '<xs:enumeration value="Held"/><xs:enumeration value="New"/>'
    ),
    "always there": within("Entry", r'(name="Note" type="[^"]*") minOccurs="0"', r"\1"),
}  # fmt: skip


@pytest.mark.parametrize("name", GROWS)
def test_what_breaks_nobody_may_change(wsdl: str, name: str) -> None:
    changed = GROWS[name](wsdl)
    assert changed != wsdl
    assert breaks(of_wsdl(wsdl), of_wsdl(changed)) == []
