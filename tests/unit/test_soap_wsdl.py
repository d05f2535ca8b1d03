"""The published description: frozen, complete, addressed by the configuration, fit for other toolkits."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from generators.wsdl import FILE
from jams.operations import CATALOGUE
from tests.support.catalogues import fresh
from tests.support.soap import PUBLIC, Caller
from webservices.soap.contract import WSDL, XSD, Contract

SOAP = "{http://schemas.xmlsoap.org/wsdl/soap/}"


@pytest.fixture(scope="module")
def published() -> etree._Element:
    return etree.fromstring(Contract(fresh()[FILE].encode(), PUBLIC).document)


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
        for holder in schema.iter("{*}element", "{*}restriction"):
            prefix, _, name = str(holder.get("type") or holder.get("base")).partition(":")
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


def test_every_operation_and_struct_is_explained(published: etree._Element) -> None:
    for operation in published.iterfind(f"{{{WSDL}}}portType/{{{WSDL}}}operation"):
        assert operation[0].tag == f"{{{WSDL}}}documentation" and operation[0].text
    types = published.find(f".//{{{XSD}}}schema[@targetNamespace='urn:jams:v1:types']")
    assert types is not None
    for item in types.iterfind(f"{{{XSD}}}complexType"):
        assert item.find(f"{{{XSD}}}annotation") is not None, item.get("name")


def test_answers_are_typed_as_present_where_they_always_are(published: etree._Element) -> None:
    entry = published.find(f".//{{{XSD}}}complexType[@name='Entry']/{{{XSD}}}sequence")
    assert entry is not None
    occurs = {e.get("name"): (e.get("minOccurs", "1"), e.get("maxOccurs", "1")) for e in entry}
    assert occurs["JamsEntry"] == occurs["Held"] == ("1", "1")
    assert occurs["JobID"] == occurs["StartTimeUTC"] == ("0", "1")
    assert occurs["Parameters"] == ("0", "unbounded")
