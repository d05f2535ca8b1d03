"""The client's own SOAP messages against those that zeep makes of the frozen WSDL."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from lxml import etree
from zeep import Client as ZeepClient

from webclient.access import Access
from webclient.client_errors import ClientError, UsageError
from webclient.commands import Command, Member, load_commands
from webclient.http import Http
from webclient.soap import Soap

COMMANDS = load_commands()
WSDL = Path(__file__).resolve().parents[2] / "webservices" / "soap" / "jams.wsdl"
ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP = Soap(cast(Http, None), cast(Access, None), COMMANDS)


@pytest.fixture(scope="module")
def zeep() -> ZeepClient:
    return ZeepClient(str(WSDL))


def sample(member: Member, depth: int = 0) -> Any:
    """Some value of a member."""
    values: dict[str, Any] = {
        "text": "a <b> & \"c\" 'd' é",
        "integer": 12,
        "number": 1.5,
        "boolean": True,
        "time": "2026-11-24T18:00:00+01:00",
        "date": "2026-11-24",
        "map": {"a": "1", "b": "x & y"},
        "any": "text",
    }
    value: Any
    if member.kind == "enum":
        value = COMMANDS.enums[member.of][-1]
    elif member.kind == "object":
        value = document(member.of, depth + 1) if depth < 2 else None
    else:
        value = values[member.kind]
    return [value, value] if member.many and value is not None else value


def document(of: str, depth: int = 0) -> dict[str, Any]:
    found = {member.wire: sample(member, depth) for member in COMMANDS.members(of)}
    return {wire: value for wire, value in found.items() if value is not None}


def for_zeep(of: str, value: Any) -> Any:
    """A document with the names of elements."""
    if isinstance(value, list):
        return [for_zeep(of, part) for part in value]
    names = {wire: element for element, wire in SOAP._types[of]}
    members = {member.wire: member for member in COMMANDS.members(of)}
    return {
        names[wire]: for_zeep(members[wire].of, part) if members[wire].kind == "object" else zeep_value(part)
        for wire, part in value.items()
    }


def zeep_value(value: Any) -> Any:
    if isinstance(value, dict):
        return [{"Name": name, "Value": part} for name, part in value.items()]
    return value


def body(envelope: Any) -> bytes:
    """The canonical form of the message in an envelope."""
    message = envelope.find(f"{{{ENVELOPE}}}Body")[0]
    for element in message.iter():
        element.text = (element.text or "").strip() or None
        element.tail = None
    clean = etree.fromstring(etree.tostring(message))
    return etree.tostring(_renamed(clean), method="c14n")


def _renamed(element: Any) -> Any:
    """The element with its namespace in its name, so that prefixes do not matter."""
    made = etree.Element("x", name=element.tag)
    made.text = element.text
    made.extend(_renamed(child) for child in element)
    return made


@pytest.mark.parametrize("word", list(COMMANDS))
def test_a_request_is_what_zeep_would_send(word: str, zeep: ZeepClient) -> None:
    command = COMMANDS[word]
    values = {item.name: sample(item) for item in command.inputs if item.kind != "object"}
    told = document(command.document["of"]) if command.document else None
    names = {name: element for element, name in SOAP._messages[command.operation]["inputs"]}
    given = {names[name]: zeep_value(value) for name, value in values.items()}
    if told is not None and command.document:
        given[names[command.document["wire"]]] = for_zeep(command.document["of"], told)
    service = zeep.bind(command.service, f"{command.service}Soap11")
    expected = zeep.create_message(service, SOAP._messages[command.operation]["name"], **given)
    ours = etree.fromstring(SOAP.envelope(command, values, told))
    assert body(ours) == body(expected)


@pytest.mark.parametrize("word", list(COMMANDS))
def test_nothing_given_is_nothing_sent(word: str) -> None:
    found = etree.fromstring(SOAP.envelope(COMMANDS[word], {}, None)).find(f"{{{ENVELOPE}}}Body")
    assert found is not None and len(found[0]) == 0


def test_the_action_is_that_of_the_wsdl(zeep: ZeepClient) -> None:
    for word in COMMANDS:
        command = COMMANDS[word]
        message = SOAP._messages[command.operation]
        port = zeep.wsdl.services[command.service].ports[f"{command.service}Soap11"]
        assert port.binding.get(message["name"]).soapaction == message["action"]


def response(command: Command, content: str) -> bytes:
    message = SOAP._messages[command.operation]
    tag = f"{message['name']}Response"
    return (
        f'<s:Envelope xmlns:s="{ENVELOPE}" xmlns="{message["namespace"]}" xmlns:t="urn:jams:v1:types">'
        f"<s:Body><{tag}>{content}</{tag}></s:Body></s:Envelope>"
    ).encode()


def test_a_struct_is_read_as_rest_would_show_it() -> None:
    content = (
        "<Entry><t:JamsEntry>7</t:JamsEntry><t:Ron>1</t:Ron><t:CurrentState>Complete</t:CurrentState>"
        "<t:Held>false</t:Held><t:StartTimeUTC>2026-11-24T15:00:00+00:00</t:StartTimeUTC>"
        "<t:AvgElapsedTime>1.5</t:AvgElapsedTime>"
        "<t:Parameters><t:ParamName>day</t:ParamName><t:Value>a &amp; b</t:Value></t:Parameters>"
        "<t:Properties><t:PropertyName>Limit</t:PropertyName><t:CurrentValue>5</t:CurrentValue></t:Properties>"
        '<t:Properties><t:PropertyName>Ref</t:PropertyName><t:CurrentValue>{"id":1}</t:CurrentValue>'
        "</t:Properties><t:Future>ignored</t:Future></Entry>"
    )
    found = SOAP.read(COMMANDS["entry"], response(COMMANDS["entry"], content))
    assert found["jamsEntry"] == 7 and found["held"] is False and found["avgElapsedTime"] == 1.5
    assert found["startTimeUTC"] == "2026-11-24T15:00:00Z" and found["completionTimeUTC"] is None
    assert found["parameters"][0]["value"] == "a & b" and found["elements"] == []
    assert [p["currentValue"] for p in found["properties"]] == [5, {"id": 1}]
    assert found["inheritedTagIds"] is None and list(found)[:2] == ["jamsEntry", "ron"]


def test_lists_texts_and_booleans_are_read() -> None:
    rows = "<Job><t:JobId>1</t:JobId></Job><Job><t:JobId>2</t:JobId></Job>"
    assert [j["jobID"] for j in SOAP.read(COMMANDS["jobs"], response(COMMANDS["jobs"], rows))] == [1, 2]
    assert SOAP.read(COMMANDS["jobs"], response(COMMANDS["jobs"], "")) == []
    assert SOAP.read(COMMANDS["hold"], response(COMMANDS["hold"], "<Message>Done.</Message>")) == "Done."
    assert SOAP.read(COMMANDS["scheduler"], response(COMMANDS["scheduler"], "<Active>true</Active>")) is True


def test_a_typed_fault_becomes_the_error_it_says() -> None:
    fault = (
        f'<s:Envelope xmlns:s="{ENVELOPE}"><s:Body><s:Fault><faultcode>s:Client</faultcode>'
        "<faultstring>There is no entry 9.</faultstring><detail>"
        '<t:JAMSFault xmlns:t="urn:jams:v1:types"><t:Code>EntryNotFound</t:Code><t:Kind>NotFound</t:Kind>'
        "<t:Severity>Error</t:Severity><t:Message>There is no entry 9.</t:Message><t:Target>9</t:Target>"
        "</t:JAMSFault></detail></s:Fault></s:Body></s:Envelope>"
    )
    with pytest.raises(ClientError) as caught:
        SOAP.read(COMMANDS["entry"], fault.encode())
    assert (caught.value.exit_code, caught.value.code) == (3, "EntryNotFound")
    assert caught.value.problem["target"] == "9"


def test_a_fault_without_detail_is_the_servers() -> None:
    fault = (
        f'<s:Envelope xmlns:s="{ENVELOPE}"><s:Body><s:Fault><faultcode>s:Server</faultcode>'
        "<faultstring>Out of order.</faultstring></s:Fault></s:Body></s:Envelope>"
    )
    with pytest.raises(ClientError) as caught:
        SOAP.read(COMMANDS["entry"], fault.encode())
    assert (caught.value.exit_code, caught.value.message) == (8, "Out of order.")


@pytest.mark.parametrize("answer", [b"", b"<html>", b"<a/>", f'<e:Envelope xmlns:e="{ENVELOPE}"/>'.encode()])
def test_what_is_no_response(answer: bytes) -> None:
    with pytest.raises(ValueError):
        SOAP.read(COMMANDS["entry"], answer)


def test_an_answer_with_a_document_type_is_refused_before_it_is_parsed() -> None:
    grown = (
        f'<!DOCTYPE e [<!ENTITY a "aaaa">]><e:Envelope xmlns:e="{ENVELOPE}"><e:Body>&a;</e:Body></e:Envelope>'
    )
    with pytest.raises(ValueError, match="document type"):
        SOAP.read(COMMANDS["entry"], grown.encode())


def test_what_xml_cannot_carry_is_refused_before_it_is_sent() -> None:
    with pytest.raises(UsageError, match="use --protocol rest"):
        SOAP.envelope(COMMANDS["hold"], {"id": 1, "comment": "bell \x07"}, None)
    with pytest.raises(UsageError, match="a Job has no member nope"):
        SOAP.envelope(COMMANDS["create-job"], {}, {"nope": 1})
    with pytest.raises(UsageError, match="a PropertyValue must be a JSON object"):
        SOAP.envelope(COMMANDS["create-job"], {}, {"properties": ["x"]})
