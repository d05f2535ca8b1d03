"""What SOAP says with the means of HTTP: who has to log in, which status, which encoding, which action."""

from __future__ import annotations

import codecs

import pytest

from jams.objects.errors import ServerBusy, Unauthenticated
from tests.support.soap import CONTENT, SOAP11, SOAP12, VERSIONS, Caller, Stub, envelope, is_error

HOLD = '<Hold xmlns="urn:jams:v1:entry"><Id>1</Id><Comment>month end</Comment></Hold>'
GONE = '<Get xmlns="urn:jams:v1:entry"><Id>404</Id></Get>'
LOGIN = '<Login xmlns="urn:jams:v1:server"><UserName>x</UserName><Password>y</Password></Login>'
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
BASIC = 'Basic realm="JAMS", charset="UTF-8"'
both = pytest.mark.parametrize("version", VERSIONS.values(), ids=VERSIONS)


@both
@pytest.mark.parametrize("shown", [None, "", "Basic YWRtaW46YmFk", "Basic !!!", "Digest x", "Bearer"])
def test_who_shows_no_login_that_holds_is_asked_for_one(version: str, shown: str | None) -> None:
    reply = Caller().send(version, HOLD, HTTP_AUTHORIZATION=shown)
    assert (reply.status, reply.challenges, reply.version) == (401, [BASIC], version)
    assert is_error(reply, Unauthenticated)


@both
def test_a_token_that_does_not_hold_is_told_as_such(version: str) -> None:
    reply = Caller().send(version, HOLD, HTTP_AUTHORIZATION="Bearer stale")
    assert reply.challenges == ['Bearer realm="JAMS", error="invalid_token"', BASIC]


@both
def test_who_is_told_by_the_envelope_is_not_asked_by_http(version: str) -> None:
    token = "<w:UsernameToken><w:Username>x</w:Username><w:Password>y</w:Password></w:UsernameToken>"
    header = f'<w:Security xmlns:w="{WSSE}">{token}</w:Security>'
    reply = Caller().send(version, HOLD, header=header, HTTP_AUTHORIZATION=None)
    assert (reply.status, reply.challenges) == (500, []) and is_error(reply, Unauthenticated)
    other = header.replace("<w:Security", f'<w:Security s:{_role(version)}="urn:other" xmlns:s="{version}"')
    assert Caller().send(version, HOLD, header=other, HTTP_AUTHORIZATION=None).status == 401


def _role(version: str) -> str:
    return "actor" if version == SOAP11 else "role"


@both
def test_a_login_that_is_the_request_itself_is_not_asked_for(version: str) -> None:
    stub = Stub({"log_in": Unauthenticated("The name and password do not hold.")})
    reply = Caller(stub).send(version, LOGIN, HTTP_AUTHORIZATION=None)
    assert (reply.status, reply.challenges) == (500, []) and is_error(reply, Unauthenticated)


@both
def test_the_script_of_a_page_is_not_asked_for_a_password(version: str) -> None:
    reply = Caller().send(version, HOLD, HTTP_AUTHORIZATION=None, HTTP_SEC_FETCH_MODE="cors")
    assert (reply.status, reply.challenges) == (401, [])


def test_the_status_of_a_sender_fault_of_soap_12_is_chosen() -> None:
    assert Caller().send(SOAP12, GONE).status == 500
    chosen = Caller(sender_status=400)
    assert (chosen.send(SOAP12, GONE).status, chosen.send(SOAP11, GONE).status) == (400, 500)
    busy = Caller(Stub({"hold_entry": ServerBusy("x")}), sender_status=400)
    assert busy.send(SOAP12, HOLD).status == 500


MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-16-le": codecs.BOM_UTF16_LE,
}


@both
@pytest.mark.parametrize("encoding", MARKS)
@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "iso-8859-1", "us-ascii", "bogus", None])
@pytest.mark.parametrize("declared", ["", "utf-8", "utf-16", "iso-8859-1"])
def test_the_mark_of_a_document_decides_its_encoding(
    version: str, encoding: str, charset: str | None, declared: str
) -> None:
    text = envelope(version, HOLD.replace("month", "März €"))
    if declared:
        text = f'<?xml version="1.0" encoding="{declared}"?>{text}'
    content = CONTENT[version].partition(";")[0] + (f"; charset={charset}" if charset else "")
    caller = Caller()
    reply = caller.request(body=MARKS[encoding] + text.encode(encoding), CONTENT_TYPE=content)
    assert not reply.is_fault, reply.body
    assert caller.stub.calls[0][1]["body"].comment == "März € end"


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("utf-16be", "utf-16-be"), ("UTF-16LE", "utf-16-le"), ("utf-16", "utf-16-be"), ("utf-16", "utf-16-le"),
     ("utf-16", "utf-16"), (None, "utf-16")],
)  # fmt: skip
def test_utf16_without_a_mark_is_read_as_it_says(charset: str | None, encoding: str) -> None:
    text = envelope(SOAP11, HOLD.replace("month", "März €"))
    caller = Caller()
    content = f"text/xml; charset={charset}" if charset else "text/xml"
    assert not caller.request(body=text.encode(encoding), CONTENT_TYPE=content).is_fault
    assert caller.stub.calls[0][1]["body"].comment == "März € end"


@pytest.mark.parametrize("mark", [codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE])
def test_other_marks_are_refused(mark: bytes) -> None:
    body = mark + envelope(SOAP11, HOLD).encode("utf-32-le" if mark == codecs.BOM_UTF32_LE else "utf-32-be")
    assert Caller().request(body=body).is_fault


RIGHT = "urn:jams:v1:entry/Hold"


@pytest.mark.parametrize(
    "parameter",
    [f'; action="{RIGHT}"', f"; action={RIGHT}", f";action={RIGHT}", f"; ACTION = {RIGHT} ; x=y", "; action=",
     '; action=""', f'; x="y"; action={RIGHT}'],
)  # fmt: skip
def test_an_action_needs_no_quotes(parameter: str) -> None:
    for charset in ("; charset=utf-8", ""):
        for content in (
            f"application/soap+xml{charset}{parameter}",
            f"application/soap+xml{parameter}{charset}",
        ):
            assert not Caller().send(SOAP12, HOLD, CONTENT_TYPE=content).is_fault
            if RIGHT in content:
                wrong = content.replace("Hold", "Release")
                caller = Caller()
                assert caller.send(SOAP12, HOLD, CONTENT_TYPE=wrong).is_fault and not caller.stub.calls


UNKNOWN = (
    '<x:Transaction xmlns:x="urn:x" s:mustUnderstand="{}"/><y:Other xmlns:y="urn:y" s:mustUnderstand="1"/>'
)


def test_headers_that_are_not_understood_are_named() -> None:
    reply = Caller().send(SOAP12, HOLD, header=UNKNOWN.format("true"))
    found = reply.root.findall(f"{{{SOAP12}}}Header/{{{SOAP12}}}NotUnderstood")
    names = [str(block.get("qname")).partition(":") for block in found]
    assert [(block.nsmap[prefix], name) for block, (prefix, _, name) in zip(found, names, strict=True)] == [
        ("urn:x", "Transaction"),
        ("urn:y", "Other"),
    ]
    assert Caller().send(SOAP11, HOLD, header=UNKNOWN.format("1")).root.find("{*}Header") is None


@both
@pytest.mark.parametrize("asked", ["", "urn:soap2"])
def test_an_envelope_of_another_version_is_told_those_that_are_read(version: str, asked: str) -> None:
    body = envelope(asked or "urn:soap3", "")
    reply = Caller().request(body=body.encode(), CONTENT_TYPE=CONTENT[version])
    found = reply.root.findall(f"{{{version}}}Header/{{{SOAP12}}}Upgrade/{{{SOAP12}}}SupportedEnvelope")
    prefixes = [str(block.get("qname")).partition(":")[0] for block in found]
    assert [block.nsmap[p] for block, p in zip(found, prefixes, strict=True)] == [SOAP12, SOAP11]
    assert b"VersionMismatch" in reply.body


@both
def test_must_understand_is_a_boolean(version: str) -> None:
    strange = '<x:T xmlns:x="urn:x" s:mustUnderstand="{}"/>'
    for value, understood in (("1", False), (" true ", False), ("0", True), ("false", True), ("", True)):
        reply = Caller().send(version, HOLD, header=strange.format(value))
        assert reply.is_fault is not understood
        assert understood or b"MustUnderstand" in reply.body
    for value in ("TRUE", "yes", "2"):
        reply = Caller().send(version, HOLD, header=strange.format(value))
        assert "mustUnderstand of the header T" in reply.fault()["Message"]


@both
def test_addressing_that_must_be_understood_is_told_what_to_do(version: str) -> None:
    header = '<a:To xmlns:a="http://www.w3.org/2005/08/addressing" s:mustUnderstand="1">urn:x</a:To>'
    assert b"WS-Addressing is not spoken here" in Caller().send(version, HOLD, header=header).body
    assert not Caller().send(version, HOLD, header=header.replace('"1"', '"0"')).is_fault
