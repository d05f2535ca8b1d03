"""The published description: frozen, complete, addressed by the configuration, fit for other toolkits."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from generators.wsdl import FILE
from jams.operations import CATALOGUE
from tests.support.catalogues import fresh
from tests.support.soap import PUBLIC, Caller
from webservices.soap.contract import Contract
from webservices.soap.publication import WSDL, XSD

SOAP = "{http://schemas.xmlsoap.org/wsdl/soap/}"


@pytest.fixture(scope="module")
def published() -> etree._Element:
    return etree.fromstring(Contract(fresh()[FILE].encode(), PUBLIC).publication.wsdl().content)


def test_description_does_not_vary_from_run_to_run() -> None:
    code = "from webservices.soap.wsdl import build; from jams.operations import CATALOGUE; import hashlib; "
    code += "print(hashlib.sha256(build(CATALOGUE)).hexdigest())"
    root = Path(__file__).resolve().parents[2]
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True, text=True, check=False, cwd=root,
        )
        for seed in ("1", "2")
    ]  # fmt: skip
    assert [run.stderr for run in runs if run.returncode] == []
    assert runs[0].stdout == runs[1].stdout


def test_every_operation_is_there_in_both_versions(published: etree._Element) -> None:
    for version in ("Soap11", "Soap12"):
        described = {
            (binding.get("name"), operation.get("name"))
            for binding in published.iterfind(f"{{{WSDL}}}binding")
            for operation in binding.iterfind(f"{{{WSDL}}}operation")
            if str(binding.get("name")).endswith(version)
        }
        assert described == {(f"{o.service}{version}", o.soap_name) for o in CATALOGUE}


def test_one_service_a_family_with_the_first_port_for_soap11(published: etree._Element) -> None:
    ports = {
        service.get("name"): [port.get("name") for port in service.iterfind(f"{{{WSDL}}}port")]
        for service in published.iterfind(f"{{{WSDL}}}service")
    }
    assert ports == {name: [f"{name}Soap11", f"{name}Soap12"] for name in sorted(CATALOGUE.services())}


def test_addresses_come_from_the_configuration_never_from_the_caller() -> None:
    body = Caller().request("GET", QUERY_STRING="wsdl", HTTP_AUTHORIZATION=None).body
    assert {a.get("location") for a in etree.fromstring(body).iter("{*}address")} == {PUBLIC}
    assert b"evil.example" not in body


def test_one_family_alone_for_toolkits_without_services() -> None:
    caller = Caller()
    alone = etree.fromstring(caller.request("GET", QUERY_STRING="wsdl=entry").body)
    assert [s.get("name") for s in alone.iterfind(f"{{{WSDL}}}service")] == ["Entry"]
    assert [b.get("name") for b in alone.iterfind(f"{{{WSDL}}}binding")] == ["EntrySoap11", "EntrySoap12"]
    assert caller.request("GET", QUERY_STRING="wsdl=Nothing").status == 404


@pytest.mark.parametrize("family", sorted(CATALOGUE.services()))
def test_a_family_carries_its_own_types_and_all_of_them(family: str) -> None:
    content = Caller().request("GET", QUERY_STRING=f"wsdl={family}").body
    alone = etree.fromstring(content)
    types = alone.find(f".//{{{XSD}}}schema[@targetNamespace='urn:jams:v1:types']")
    assert types is not None and len(alone.findall(f".//{{{XSD}}}schema")) == 2
    text = content.decode()
    assert [
        kind.get("name") for kind in types if kind.get("name") and f't:{kind.get("name")}"' not in text
    ] == []
    Contract(content, PUBLIC)  # compiles: nothing that is used is missing
    assert len(content) < 180_000 and len(gzip.compress(content)) < 16_000


def test_the_same_under_the_names_that_toolkits_ask_for() -> None:
    caller = Caller()
    whole = caller.request("GET", QUERY_STRING="wsdl").body
    assert caller.request("GET", QUERY_STRING="singleWsdl").body == whole
    index = caller.request("GET", QUERY_STRING="xsd").root
    places = [str(item.get("schemaLocation")) for item in index]
    assert f"{PUBLIC}?xsd=types" in places and len(places) == len(CATALOGUE.services()) + 1
    for place in places:
        schema = caller.request("GET", QUERY_STRING=place.partition("?")[2]).root
        assert schema.tag == f"{{{XSD}}}schema"
        assert {str(i.get("schemaLocation")) for i in schema.iter(f"{{{XSD}}}import")} <= {
            f"{PUBLIC}?xsd=types"
        }
    assert caller.request("GET", QUERY_STRING="xsd=nothing").status == 404


@pytest.mark.parametrize("query", ["wsdl", "wsdl=Entry", "xsd=types"])
def test_a_description_is_compressed_and_not_sent_twice(query: str) -> None:
    caller = Caller()
    plain = caller.request("GET", QUERY_STRING=query)
    zipped = caller.request("GET", QUERY_STRING=query, HTTP_ACCEPT_ENCODING="gzip, deflate")
    assert zipped.headers["Content-Encoding"] == "gzip" and gzip.decompress(zipped.body) == plain.body
    assert len(zipped.body) * 4 < len(plain.body) and plain.headers["Vary"] == "Accept-Encoding"
    refused = caller.request("GET", QUERY_STRING=query, HTTP_ACCEPT_ENCODING="gzip;q=0, br")
    assert refused.body == plain.body
    for reply, accepted in ((plain, None), (zipped, "gzip")):
        again = caller.request(
            "GET", QUERY_STRING=query, HTTP_IF_NONE_MATCH=f'"x", W/{reply.headers["ETag"]}',
            HTTP_ACCEPT_ENCODING=accepted,
        )  # fmt: skip
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", reply.headers["ETag"])
    assert plain.headers["ETag"] != zipped.headers["ETag"]


def test_description_needs_no_caller_and_no_case() -> None:
    caller = Caller()
    for query in ("wsdl", "WSDL", "wsdl="):
        reply = caller.request("GET", QUERY_STRING=query, HTTP_AUTHORIZATION=None)
        assert (reply.status, reply.headers["Content-Type"]) == (200, "text/xml; charset=utf-8")
    head = caller.request("HEAD", QUERY_STRING="wsdl")
    assert head.body == b"" and int(head.headers["Content-Length"]) > 10_000
    assert not caller.stub.calls


def test_nothing_is_nillable_and_every_type_is_defined(published: etree._Element) -> None:
    assert not published.xpath("//*[@nillable]")
    for schema in published.iter(f"{{{XSD}}}schema"):
        for holder in schema.iter("{*}element", "{*}restriction", "{*}union"):
            used = [holder.get(name) for name in ("type", "base", "memberTypes") if holder.get(name)]
            assert len(used) == 1 or (holder[-1].tag == f"{{{XSD}}}simpleType"), holder.get("name")
            if not used:
                continue
            prefix, _, name = str(used[0]).partition(":")
            namespace = holder.nsmap[prefix]
            assert namespace == XSD or published.xpath(
                f"//xs:schema[@targetNamespace='{namespace}']/*[@name='{name}']", namespaces={"xs": XSD}
            ), f"{prefix}:{name} is used but not defined"


def test_basic_profile_shape(published: etree._Element) -> None:
    """WS-I BP 1.1: one part by element (R2204), one element an operation (R2710), a named fault (R2721)."""
    elements = [part.get("element") for part in published.iter(f"{{{WSDL}}}part")]
    assert len(elements) == len(set(elements)) == 2 * len(CATALOGUE) + 1
    names = [m.get("name") for m in published.iterfind(f"{{{WSDL}}}message")]
    assert len(names) == len(set(names))
    parts = {part.get("name") for part in published.iter(f"{{{WSDL}}}part")}
    assert parts == {"parameters", "fault"}
    actions = [o.get("soapAction") for o in published.iter(f"{SOAP}operation")]
    assert len(actions) == len(set(actions)) and "urn:jams:v1:entry/Hold" in actions
    assert all(f.get("name") == "JAMSFault" for f in published.iter(f"{SOAP}fault"))
    assert all(b.get("style") == "document" for b in published.iter(f"{SOAP}binding"))


def test_every_operation_struct_and_member_is_explained_in_the_words_of_soap(
    published: etree._Element,
) -> None:
    """A member that is declared without a description gets a line in generators/soap_members.txt."""
    for operation in published.iterfind(f"{{{WSDL}}}portType/{{{WSDL}}}operation"):
        assert operation[0].tag == f"{{{WSDL}}}documentation" and operation[0].text
    types = published.find(f".//{{{XSD}}}schema[@targetNamespace='urn:jams:v1:types']")
    assert types is not None
    for item in types.iterfind(f"{{{XSD}}}complexType"):
        assert item.find(f"{{{XSD}}}annotation") is not None, item.get("name")
    members = list(published.iterfind(f".//{{{XSD}}}sequence/{{{XSD}}}element"))
    bare = [
        f"{next(member.iterancestors(f'{{{XSD}}}complexType')).get('name')}.{member.get('name')}"
        for member in members
        if not member.findtext(f"{{{XSD}}}annotation/{{{XSD}}}documentation")
    ]
    assert len(members) > 1000 and bare == []
    foreign = re.compile(r"(?<![\w$])(?!iCal)[a-z]+[A-Z]\w*|\bnull\b|\bNull\b|``")
    said = [str(element.text) for element in published.iter("{*}documentation")]
    assert [text for text in said if foreign.search(text)] == []


def test_no_two_names_of_a_schema_differ_in_case_only(published: etree._Element) -> None:
    """wsimport on Windows, and VB, make one class of two such types; a member has one spelling everywhere."""
    spelled: dict[str, set[str]] = {}
    for schema in published.iter(f"{{{XSD}}}schema"):
        for item in schema.iter("{*}element", "{*}simpleType", "{*}complexType"):
            if item.get("name"):
                spelled.setdefault(str(item.get("name")).casefold(), set()).add(str(item.get("name")))
    assert [names for names in spelled.values() if len(names) > 1] == []
    assert [name for names in spelled.values() for name in names if re.search("ID($|[A-Z])", name)] == []


def test_the_name_of_a_type_says_nothing_of_its_limits(published: etree._Element) -> None:
    kinds = published.findall(f".//{{{XSD}}}schema/{{{XSD}}}simpleType")
    assert len(kinds) > 40
    assert [
        kind.get("name") for kind in kinds if re.search(r"\d|^_|Max|Min|Ge|Le", str(kind.get("name")))
    ] == []


def test_enumerations_may_grow(published: etree._Element) -> None:
    """A program that was made from a closed one fails at the first value that is new to it."""
    for enumeration in published.iter(f"{{{XSD}}}enumeration"):
        union = enumeration.getparent().getparent().getparent()  # type: ignore[union-attr]
        assert union is not None and union.tag == f"{{{XSD}}}union"
        assert union.get("memberTypes") == "xs:string"


def test_answers_are_typed_as_present_where_they_always_are(published: etree._Element) -> None:
    entry = published.find(f".//{{{XSD}}}complexType[@name='Entry']/{{{XSD}}}sequence")
    assert entry is not None
    occurs = {e.get("name"): (e.get("minOccurs", "1"), e.get("maxOccurs", "1")) for e in entry}
    assert occurs["JamsEntry"] == occurs["Held"] == ("1", "1")
    assert occurs["JobId"] == occurs["StartTimeUTC"] == ("0", "1")
    assert occurs["Parameters"] == ("0", "unbounded")
