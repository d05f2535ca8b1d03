"""Requests that nobody should send: each gets a SOAP result or a SOAP fault that blames the sender, soon.

Never a plain error page, never a Server fault for bad input, and nothing reaches the server that should not.
"""

from __future__ import annotations

import base64
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.support.soap import CONTENT, LIMIT, SOAP11, SOAP12, VERSIONS, Caller, Reply, envelope

pytestmark = pytest.mark.timeout(20)
both = pytest.mark.parametrize("version", VERSIONS.values(), ids=VERSIONS)

NS = 'xmlns="urn:jams:v1:entry"'
SUBMIT = 'xmlns="urn:jams:v1:submit" xmlns:t="urn:jams:v1:types"'


def hold(comment: str = "x", attributes: str = "", number: str = "1") -> str:
    return f"<Hold {NS} {attributes}><Id>{number}</Id><Comment>{comment}</Comment></Hold>"


def submit(inner: str) -> str:
    return f"<Submit {SUBMIT}><SubmitInfo>{inner}</SubmitInfo></Submit>"


def refused(reply: Reply, status: int | None = None) -> None:
    """Check that the sender is blamed, in the right form."""
    assert reply.is_fault, reply.body[:300]
    code = next(t for t in (str(e.text or "") for e in reply.payload.iter()) if ":" in t and "urn" not in t)
    assert code.rpartition(":")[2] in {"Client", "Sender", "VersionMismatch", "MustUnderstand"}, code
    assert reply.status == (status or 500)
    assert b"Traceback" not in reply.body and b'File "' not in reply.body
    assert len(reply.body) < 3000


def laughs(levels: int = 10) -> str:
    entities = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "ha"}">' for i in range(levels))
    return f"<!DOCTYPE x [{entities}]>"


DOCTYPES = {
    "xxe file": ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', hold("&e;")),
    "xxe http": ('<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:{port}/">]>', hold("&e;")),
    "external dtd": ('<!DOCTYPE x SYSTEM "http://127.0.0.1:{port}/x.dtd">', hold()),
    "parameter entity": (
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:{port}/"> %p;]>', hold()
    ),
    "attribute defaults": ('<!DOCTYPE x [<!ATTLIST Hold a CDATA "1">]>', hold()),
    "billion laughs": (laughs(), hold("&l9;")),
    "quadratic blow-up": (f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>', hold("&a;" * 20_000)),
    "empty doctype": ("<!DOCTYPE x>", hold()),
    "internal subset": ("<!DOCTYPE x []>", hold()),
}  # fmt: skip


@both
@pytest.mark.parametrize("name", DOCTYPES)
def test_no_document_type_and_no_call_outside(version: str, name: str) -> None:
    caller = Caller()
    with socket.create_server(("127.0.0.1", 0)) as trap:
        doctype, payload = DOCTYPES[name]
        doctype = doctype.replace("{port}", str(trap.getsockname()[1]))
        body = doctype + envelope(version, payload)
        reply = caller.request(body=body.encode(), CONTENT_TYPE=CONTENT[version])
        trap.setblocking(False)
        with pytest.raises(BlockingIOError):
            trap.accept()
    refused(reply)
    assert b"root:" not in reply.body and not caller.stub.calls


PAYLOADS = {
    "50,000 attributes": hold(attributes=" ".join(f'a{i}="x"' for i in range(50_000))),
    "2,001 attributes": hold(attributes=" ".join(f'a{i}="x"' for i in range(2_001))),
    "1.9 MB attribute": hold(attributes=f'a="{"x" * 1_900_000}"'),
    "200,000 siblings": f"<Find {NS}>" + "<State>Held</State>" * 200_001 + "</Find>",
    "nesting 100,000": f"<Hold {NS}>" + "<a>" * 100_000 + "</a>" * 100_000 + "</Hold>",
    "nesting 200": f"<Hold {NS}>" + "<a>" * 200 + "</a>" * 200 + "</Hold>",
    "two payloads": hold() + hold(number="2"),
    "no payload": "",
    "text payload": "hold it",
    "unknown operation": "<Nothing xmlns='urn:jams:v1:entry'/>",
    "unknown namespace": "<Hold xmlns='urn:other'><Id>1</Id></Hold>",
    "no namespace": "<Hold><Id>1</Id></Hold>",
    "huge name": f"<{'n' * 40_000}/>",
    "xsi:type": hold(attributes='xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="t:Job" '
                     'xmlns:t="urn:jams:v1:types"'),
    "xsi:type unknown": hold(attributes='xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="q:x"'),
    "nil member": f"<Hold {NS} xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><Id i:nil='true'/></Hold>",
    "href": f'<Hold {NS}><Id href="#a"/><Comment id="a">1</Comment></Hold>',
    "href cycle": f'<Hold {NS} id="a"><Id href="#a"/></Hold>',
    "integer 1_0": hold(number="1_0"),
    "integer ++1": hold(number="++1"),
    "integer huge": hold(number="9" * 5_000),
    "integer empty": hold(number=""),
    "integer arabic": hold(number="\u0661"),
    "long text": hold("x" * 5_000),
    "enum __doc__": f"<Find {NS}><State>__doc__</State></Find>",
    "enum unknown": f"<Find {NS}><State>Nowhere</State></Find>",
    "enum empty": f"<Find {NS}><State/></Find>",
    "boolean maybe": submit("<t:Hold>maybe</t:Hold>"),
    "datetime naive": submit("<t:AfterTimeUTC>2026-11-24T12:00:00</t:AfterTimeUTC>"),
    "datetime 31 february": submit("<t:AfterTimeUTC>2026-02-31T12:00:00Z</t:AfterTimeUTC>"),
    "datetime year 99999": submit("<t:AfterTimeUTC>99999-01-01T12:00:00Z</t:AfterTimeUTC>"),
    "datetime negative": submit("<t:AfterTimeUTC>-0044-03-15T12:00:00Z</t:AfterTimeUTC>"),
    "float nan": f"<Wait {NS}><Id>1</Id><Timeout>NaN</Timeout></Wait>",
    "float inf": f"<Wait {NS}><Id>1</Id><Timeout>INF</Timeout></Wait>",
    "float huge": f"<Wait {NS}><Id>1</Id><Timeout>1e999999999</Timeout></Wait>",
    "wrong order": f"<Hold {NS}><Comment>x</Comment><Id>1</Id></Hold>",
    "wrong member namespace": f"<Hold {NS}><Id xmlns='urn:x'>1</Id></Hold>",
    "unknown member": submit("<t:Nothing/>"),
    "members as text": f"<Hold {NS}>1</Hold>",
    "element in text": f"<Hold {NS}><Id>1</Id><Comment><b/></Comment></Hold>",
}  # fmt: skip


@both
@pytest.mark.parametrize("name", PAYLOADS)
def test_payloads_that_are_refused(version: str, name: str) -> None:
    caller = Caller()
    refused(caller.send(version, PAYLOADS[name]))
    assert not caller.stub.calls


@both
@pytest.mark.parametrize("name", ["xsi:type", "xsi:type unknown"])
def test_a_type_of_its_own_is_told_to_be_left_out(version: str, name: str) -> None:
    assert "leave xsi:type out" in Caller().send(version, PAYLOADS[name]).fault()["Message"]


@both
def test_a_fault_as_payload(version: str) -> None:
    payload = f'<s:Fault xmlns:s="{version}"><faultcode>x</faultcode></s:Fault>'
    refused(Caller().send(version, payload))


HARMLESS = {
    "1.9 MB text in a source": submit(f"<t:Source>{'x' * 1_900_000}</t:Source>"),
    "50,000 namespaces": hold(attributes=" ".join(f'xmlns:n{i}="urn:n{i}"' for i in range(50_000))),
    "padded numbers": hold(number=" 1 "),
    "nil on the payload": "<IsActive xmlns='urn:jams:v1:server' "
                          "xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true'/>",
    "cdata": hold("<![CDATA[<&>]]>"),
}  # fmt: skip


@both
@pytest.mark.parametrize("name", HARMLESS)
def test_odd_but_right(version: str, name: str) -> None:
    reply = Caller().send(version, HARMLESS[name])
    assert (reply.status, reply.is_fault) == (200, False)


@both
def test_comments_and_instructions_do_not_split_a_text(version: str) -> None:
    caller = Caller()
    caller.send(version, hold("ad<!-- -->mi<?x y?><![CDATA[n]]>"))
    assert caller.stub.calls[0][1]["body"].comment == "admin"


ENVELOPES = {
    "empty": b"",
    "blank": b"  \n",
    "not xml": b"hello",
    "truncated": b"<s:Envelope xmlns:s='{ns}'><s:Body>",
    "json": b'{"Hold": {"Id": 1}}',
    "no body": b"<s:Envelope xmlns:s='{ns}'/>",
    "only header": b"<s:Envelope xmlns:s='{ns}'><s:Header/></s:Envelope>",
    "two bodies": b"<s:Envelope xmlns:s='{ns}'><s:Body/><s:Body/></s:Envelope>",
    "body before header": b"<s:Envelope xmlns:s='{ns}'><s:Body/><s:Header/></s:Envelope>",
    "body in another namespace": b"<s:Envelope xmlns:s='{ns}'><Body/></s:Envelope>",
    "not an envelope": b"<Hold xmlns='urn:jams:v1:entry'><Id>1</Id></Hold>",
    "unknown version": b"<s:Envelope xmlns:s='urn:soap2'><s:Body/></s:Envelope>",
    "invalid utf-8": b"<s:Envelope xmlns:s='{ns}'><s:Body>\xff\xfe\xfd</s:Body></s:Envelope>",
    "nul": b"<s:Envelope xmlns:s='{ns}'><s:Body>\x00</s:Body></s:Envelope>",
    "utf-7": b"<?xml version='1.0' encoding='UTF-7'?><s:Envelope xmlns:s='{ns}'><s:Body/></s:Envelope>",
    "unknown encoding": b"<?xml version='1.0' encoding='bogus'?><s:Envelope xmlns:s='{ns}'/>",
    "undeclared prefix": b"<s:Envelope xmlns:s='{ns}'><s:Body><q:x/></s:Body></s:Envelope>",
    "undefined entity": b"<s:Envelope xmlns:s='{ns}'><s:Body>&e;</s:Body></s:Envelope>",
    "second root": b"<s:Envelope xmlns:s='{ns}'><s:Body/></s:Envelope><x/>",
}


@both
@pytest.mark.parametrize("name", ENVELOPES)
def test_envelopes_that_are_refused(version: str, name: str) -> None:
    body = ENVELOPES[name].replace(b"{ns}", version.encode())
    reply = Caller().request(body=body, CONTENT_TYPE=CONTENT[version])
    assert reply.is_fault and reply.status in (415, 500)
    assert b"&lt;string" not in reply.body
    refused(reply, reply.status)


@both
@pytest.mark.parametrize(
    "content",
    ["text/plain", "application/json", "application/x-www-form-urlencoded", "", None, "text/xmlx", ";",
     'multipart/related; type="application/xop+xml"', "application/soap+zip"],
)  # fmt: skip
def test_other_media_types(version: str, content: str | None) -> None:
    refused(Caller().send(version, hold(), CONTENT_TYPE=content), 415)


@both
@pytest.mark.parametrize(
    "charset", ["bogus", "zlib_codec", "unicode_escape", "utf-7", "''", '"utf-8\\"', "utf-8''x", "*"]
)
def test_other_charsets(version: str, charset: str) -> None:
    content = f"{CONTENT[version].partition(';')[0]}; charset={charset}"
    caller = Caller()
    reply = caller.send(version, hold(), CONTENT_TYPE=content)
    if reply.is_fault:
        refused(reply, 415)
        assert not caller.stub.calls


@both
def test_extended_charset_parameter(version: str) -> None:
    content = f"{CONTENT[version].partition(';')[0]}; charset*=utf-8''x"
    refused(Caller().send(version, hold(), CONTENT_TYPE=content), 415)


@both
def test_compressed(version: str) -> None:
    refused(Caller().send(version, hold(), HTTP_CONTENT_ENCODING="gzip"), 415)


@both
@pytest.mark.parametrize(
    "told",
    [{}, {"CONTENT_LENGTH": None, "wsgi.input_terminated": True}, {"CONTENT_LENGTH": str(10**30)}],
    ids=["length", "chunked", "boundless"],
)
def test_a_body_over_the_limit(version: str, told: dict[str, Any]) -> None:
    refused(Caller().send(version, hold("x" * (LIMIT + 1)), **told), 413)


@both
@pytest.mark.parametrize("length", ["-1", "abc", "1e3", "٣"])
def test_a_length_that_is_none(version: str, length: str) -> None:
    refused(Caller().send(version, hold(), CONTENT_LENGTH=length))


@both
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_other_verbs(version: str, method: str) -> None:
    reply = Caller().send(version, hold(), **{"REQUEST_METHOD": method})
    refused(reply, 405)
    assert reply.headers["Allow"] == "POST, GET, HEAD"


@both
def test_another_path(version: str) -> None:
    refused(Caller().send(version, hold(), PATH_INFO="/Entry"), 404)


@both
def test_the_action_of_another_operation(version: str) -> None:
    caller = Caller()
    other = "urn:jams:v1:entry/Get"
    told = (
        {"HTTP_SOAPACTION": f'"{other}"'}
        if version == SOAP11
        else {"CONTENT_TYPE": f'{CONTENT[SOAP12]}; action="{other}"'}
    )
    refused(caller.send(version, hold(), **told))
    assert not caller.stub.calls


@both
def test_a_header_that_must_be_understood(version: str) -> None:
    header = '<x:Transaction xmlns:x="urn:x" s:mustUnderstand="1"/>'
    caller = Caller()
    reply = caller.send(version, hold(), header=header)
    refused(reply, 500)
    assert b"MustUnderstand" in reply.body and not caller.stub.calls
    assert not caller.send(version, hold(), header=header.replace('"1"', '"0"')).is_fault
    for somebody in ("urn:somebody", "http://somebody/next", "http://somebody/ultimateReceiver"):
        other = header.replace("/>", f' s:actor="{somebody}" s:role="{somebody}"/>')
        assert not caller.send(version, hold(), header=other).is_fault


@both
def test_files_stay_where_they_are(version: str, tmp_path: Path) -> None:
    """Neither XInclude nor a schema location makes the server read anything."""
    bait = tmp_path / "bait.txt"
    bait.write_text("bait")
    include = f'<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="{bait.as_uri()}" parse="text"/>'
    reply = Caller().send(version, hold(include))
    refused(reply)
    location = (
        'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" '
        f'i:schemaLocation="urn:jams:v1:entry {bait.as_uri()}"'
    )
    assert b"bait" not in Caller().send(version, hold(attributes=location)).body


def test_nobody_sees_what_another_caller_sent() -> None:
    caller = Caller()
    wrong: list[tuple[str, str]] = []
    start = threading.Barrier(8)

    def ask(number: int) -> None:
        mine = f"value-of-{number}"
        start.wait()
        for _ in range(50):
            payload = f"<Find {NS}><State>{mine}</State></Find>"
            message = caller.send(SOAP11 if number % 2 else SOAP12, payload).fault()["Message"]
            if mine not in message:
                wrong.append((mine, message))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(8)))
    assert not wrong


def test_authorization_is_not_echoed() -> None:
    token = base64.b64encode(b"admin:hush").decode()
    reply = Caller().send(SOAP11, hold(), HTTP_AUTHORIZATION=f"Basic {token}")
    assert reply.is_fault and b"hush" not in reply.body and token.encode() not in reply.body
