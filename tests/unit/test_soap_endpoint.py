"""What the SOAP endpoint answers: results, faults, credentials, versions."""

from __future__ import annotations

import base64
import gc
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape

import pytest
from lxml import etree

from jams.objects.definitions import Job
from jams.objects.errors import (
    AccessDenied,
    EntryNotFound,
    InvalidArgument,
    JAMSError,
    MissingArgument,
    ServerBusy,
    ServerUnavailable,
    TimedOut,
    Unauthenticated,
    UnknownArgument,
    WrongState,
)
from jams.objects.log_parts import LogPart
from jams.objects.schedule import SubmitJob
from jams.security.caller import Credentials
from tests.support.soap import CONTENT, SOAP11, SOAP12, TYPES, VERSIONS, Caller, Reply, Stub, is_error

WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
HOLD = '<Hold xmlns="urn:jams:v1:entry"><Id>1</Id><Comment>month end</Comment></Hold>'
WHO = '<WhoAmI xmlns="urn:jams:v1:server"/>'
both = pytest.mark.parametrize("version", VERSIONS.values(), ids=VERSIONS)


@pytest.fixture
def caller() -> Caller:
    return Caller()


def security(token: str, extra: str = "", must: str = "") -> str:
    return f'<w:Security xmlns:w="{WSSE}" xmlns:u="{WSU}" {must}>{extra}{token}</w:Security>'


def username(name: str = "admin", password: str = "pw", kind: str = "#PasswordText") -> str:
    return (
        f"<w:UsernameToken><w:Username>{name}</w:Username>"
        f'<w:Password Type="x{kind}">{password}</w:Password></w:UsernameToken>'
    )


@both
def test_a_sentence_is_the_message(caller: Caller, version: str) -> None:
    reply = caller.send(version, HOLD)
    assert (reply.status, reply.headers["Content-Type"], reply.version) == (200, CONTENT[version], version)
    assert reply.payload.tag == "{urn:jams:v1:entry}HoldResponse"
    assert [(c.tag, c.text) for c in reply.payload] == [("{urn:jams:v1:entry}Message", "Entry 1 was held.")]
    ((name, arguments, who, door, key),) = caller.stub.calls
    assert (name, door, key) == ("hold_entry", "SOAP", None)
    assert (arguments["id"], arguments["body"].comment) == (1, "month end")
    assert who == Credentials(username="admin", password="pw")


@both
def test_a_list_is_a_repeated_element_of_its_type(caller: Caller, version: str) -> None:
    find = '<Find xmlns="urn:jams:v1:entry"><State>Held</State><State>Executing</State></Find>'
    reply = caller.send(version, find)
    assert [child.tag for child in reply.payload] == ["{urn:jams:v1:entry}Entry"] * 2
    assert reply.texts("JamsEntry") == ["1", "2"]
    assert reply.texts("JobName")[0] == "Load <&> Löschen"
    assert reply.texts("CurrentValue")[:2] == ["3", '{"agentID":1}']
    assert reply.texts("TagIds")[:2] == ["4", "5"]
    assert reply.texts("ScheduledTimeUTC")[0] == "2026-11-24T12:30:15.250000Z"
    assert not reply.texts("JobId") and not reply.payload.xpath("//*[@*[local-name()='nil']]")
    assert [s.value for s in caller.stub.calls[0][1]["state"]] == ["Held", "Executing"]


@both
def test_a_list_that_may_have_been_cut_says_so(caller: Caller, version: str) -> None:
    find = '<Find xmlns="urn:jams:v1:entry">{}<Before>9</Before></Find>'
    for limit, more in (("<Limit>2</Limit>", {"Before": "1"}), ("<Limit>3</Limit>", None)):
        reply = caller.send(version, find.format(limit))
        assert ("X-Truncated" in reply.headers, more_of(reply)) == (more is not None, more)
    whole = caller.send(version, '<Find xmlns="urn:jams:v1:entry"/>')
    assert "X-Truncated" not in whole.headers and more_of(whole) is None


def more_of(reply: Reply) -> dict[str, str | None] | None:
    """What the header of an answer says of how its list goes on."""
    root = reply.root
    blocks = list(root.iter(f"{TYPES}More"))
    if not blocks:
        return None
    assert blocks[0].getparent() is root[0] and root[0].tag == f"{{{reply.version}}}Header"
    return {etree.QName(child).localname: child.text for child in blocks[0]}


JOBS = [Job(job_name=name, qualified_name=f"\\{name}") for name in ("A", "b & <c>", "D", "E")]


@both
def test_a_list_that_nothing_bounds_comes_in_pieces(version: str) -> None:
    caller = Caller(Stub({"find_jobs": JOBS}))
    found: list[str | None] = []
    after = ""
    for _ in JOBS:
        ask = f'<Find xmlns="urn:jams:v1:job"><Recursive>true</Recursive><Limit>3</Limit>{after}</Find>'
        reply = caller.send(version, ask)
        found += reply.texts("QualifiedName")
        more = more_of(reply)
        assert ("X-Truncated" in reply.headers) is (more is not None)
        if more is None:
            break
        assert list(more) == ["After"]
        after = f"<After>{escape(more['After'] or '')}</After>"
    assert found == [job.qualified_name for job in JOBS]
    assert caller.stub.calls[0][1].keys() == {"id", "name", "recursive", "filter"}, (
        "the server knows no pieces"
    )
    assert more_of(caller.send(version, '<Find xmlns="urn:jams:v1:job"/>')) is None


@both
@pytest.mark.parametrize("limit", ["0", "-1", "10001", "x", ""])
def test_a_piece_of_no_size_is_refused(version: str, limit: str) -> None:
    caller = Caller(Stub({"find_jobs": JOBS}))
    reply = caller.send(version, f'<Find xmlns="urn:jams:v1:job"><Limit>{limit}</Limit></Find>')
    assert reply.fault()["Member"] == "Limit" and not caller.stub.calls


@both
def test_scalars_are_the_result(caller: Caller, version: str) -> None:
    active = caller.send(version, '<IsActive xmlns="urn:jams:v1:server"/>')
    assert active.texts("Result") == ["true"]
    source = '<GetSource xmlns="urn:jams:v1:job"><Name>x</Name></GetSource>'
    assert caller.send(version, source).texts("Result") == ["echo <hello>"]


@both
def test_parameters_are_pairs_and_stay_text(caller: Caller, version: str) -> None:
    payload = """<SubmitJob xmlns="urn:jams:v1:submit" xmlns:t="urn:jams:v1:types"><Name>\\Sales\\Load</Name>
      <Parameters><t:Name>day</t:Name><t:Value>007</t:Value></Parameters>
      <Parameters><t:Name>none</t:Name></Parameters>
      <Hold> 1 </Hold><After>2026-11-24T13:00:00.5+01:00</After></SubmitJob>"""
    reply = caller.send(version, payload, HTTP_IDEMPOTENCY_KEY="k-1")
    assert reply.texts("JamsEntry") == ["7"]
    ((_, arguments, _, _, key),) = caller.stub.calls
    body: SubmitJob = arguments["body"]
    assert body.parameters == {"day": "007", "none": None} and body.hold is True and key == "k-1"
    assert body.after == datetime(2026, 11, 24, 12, 0, 0, 500000, tzinfo=UTC)


@both
def test_a_parameter_given_twice_is_refused(caller: Caller, version: str) -> None:
    pair = '<Parameters><t:Name xmlns:t="urn:jams:v1:types">day</t:Name></Parameters>'
    payload = f'<SubmitJob xmlns="urn:jams:v1:submit"><Name>x</Name>{pair}{pair}</SubmitJob>'
    assert is_error(caller.send(version, payload), InvalidArgument)
    assert not caller.stub.calls


@both
def test_a_document_comes_back_as_it_was_got(caller: Caller, version: str) -> None:
    got = caller.send(version, '<GetSubmitInfo xmlns="urn:jams:v1:submit"><Name>x</Name></GetSubmitInfo>')
    from lxml import etree

    document = etree.tostring(got.payload[0]).decode()
    caller.send(version, f'<Submit xmlns="urn:jams:v1:submit">{document}</Submit>')
    assert caller.stub.calls[1][1]["submit_info"] == caller.stub.answers["get_submit_info"]


@both
def test_characters_that_xml_lacks_are_replaced(caller: Caller, version: str) -> None:
    reply = caller.send(version, '<GetLog xmlns="urn:jams:v1:entry"><Id>1</Id></GetLog>')
    assert reply.texts("Text") == ["\ufffd[1mdone\r\n"]


@both
def test_the_bytes_of_a_log_are_base64_for_toolkits(version: str) -> None:
    raw = base64.b64encode(b"\x1b[1m\xff").decode()
    part = LogPart(
        jams_entry=1, ron=1, text="\x1b[1m", offset=0, next_offset=5, size=5, complete=True, content=raw
    )
    caller = Caller(Stub({"get_entry_log": part}))
    asked = '<GetLog xmlns="urn:jams:v1:entry"><Id>1</Id><Exact>true</Exact></GetLog>'
    assert caller.send(version, asked).texts("Content") == [raw]
    assert caller.stub.calls[0][1]["exact"] is True


@both
def test_an_error_is_a_fault_with_a_typed_detail(caller: Caller, version: str) -> None:
    reply = caller.send(version, '<Get xmlns="urn:jams:v1:entry"><Id>404</Id></Get>')
    assert reply.status == 500
    assert reply.fault() == {
        "Code": "EntryNotFound",
        "Kind": "NotFound",
        "Severity": "Error",
        "Message": "There is no entry 404.",
        "Target": "404",
        "Member": "Id",
    }
    names = [child.tag for child in reply.payload]
    if version == SOAP11:
        assert names == ["faultcode", "faultstring", "detail"]
        prefix, _, code = str(reply.payload[0].text).partition(":")
        assert (reply.payload.nsmap[prefix], code) == (SOAP11, "Client")
    else:
        assert names == [f"{{{SOAP12}}}{name}" for name in ("Code", "Reason", "Detail")]
        value, subcode = reply.payload[0]
        assert value.text == f"{value.prefix}:Sender"
        prefix, _, code = str(subcode[0].text).partition(":")
        assert (subcode.nsmap[prefix], code) == ("urn:jams:v1:types", "EntryNotFound")


@both
@pytest.mark.parametrize(
    ("error", "sender"),
    [
        (EntryNotFound("x"), True),
        (AccessDenied("x"), True),
        (WrongState("x"), True),
        (Unauthenticated("x"), True),
        (ServerBusy("x"), False),
        (ServerUnavailable("x"), False),
        (TimedOut("x"), False),
    ],
    ids=lambda value: value.code if isinstance(value, JAMSError) else "",
)
def test_the_kind_of_an_error_says_whose_fault_it_is(version: str, error: JAMSError, sender: bool) -> None:
    reply = Caller(Stub({"hold_entry": error})).send(version, HOLD)
    expected = {SOAP11: ("Client", "Server"), SOAP12: ("Sender", "Receiver")}[version][0 if sender else 1]
    assert expected in next(str(e.text) for e in reply.payload.iter() if ":" in str(e.text or ""))
    assert reply.status == (401 if isinstance(error, Unauthenticated) else 500)


@both
def test_an_unforeseen_failure_tells_only_its_number(version: str, caplog: pytest.LogCaptureFixture) -> None:
    reply = Caller(Stub({"hold_entry": ZeroDivisionError("secret detail")})).send(version, HOLD)
    fault = reply.fault()
    assert (reply.status, fault["Code"], fault["Severity"]) == (500, "InternalError", "Fatal")
    assert b"secret detail" not in reply.body and b"Traceback" not in reply.body
    assert fault["Target"] in caplog.text and "secret detail" in caplog.text


@both
def test_a_result_that_cannot_be_written_is_a_fault(version: str) -> None:
    reply = Caller(Stub({"find_entries": [object()]})).send(version, '<Find xmlns="urn:jams:v1:entry"/>')
    assert (reply.status, reply.fault()["Code"]) == (500, "InternalError")


@both
@pytest.mark.parametrize(
    ("payload", "error", "member"),
    [
        ("<Hold xmlns='urn:jams:v1:entry'/>", MissingArgument, "Id"),
        ("<Hold xmlns='urn:jams:v1:entry'><Comment>x</Comment></Hold>", MissingArgument, "Id"),
        ("<Hold xmlns='urn:jams:v1:entry'><Id>1</Id><Nope>x</Nope></Hold>", UnknownArgument, "Nope"),
        ("<Hold xmlns='urn:jams:v1:entry'><Id>1</Id><x:Comment xmlns:x='urn:y'/></Hold>", UnknownArgument,
         "Comment"),
        ("<Hold xmlns='urn:jams:v1:entry'><Id>one</Id></Hold>", InvalidArgument, "Id"),
        ("<Hold xmlns='urn:jams:v1:entry'><Id>0</Id></Hold>", InvalidArgument, "Id"),
        ("<Hold xmlns='urn:jams:v1:entry'><Id>1</Id><Id>2</Id></Hold>", InvalidArgument, "Id"),
        ("<Hold xmlns='urn:jams:v1:entry'><Comment>x</Comment><Id>1</Id></Hold>", InvalidArgument, "Comment"),
        ("<Find xmlns='urn:jams:v1:entry'><State>Nowhere</State></Find>", InvalidArgument, "State"),
        ("<Create xmlns='urn:jams:v1:job'><Job/></Create>", MissingArgument, "JobName"),
    ],
    ids=["missing", "missing first", "unknown", "namespace", "text", "facet", "twice", "order", "enum",
         "inner"],
)  # fmt: skip
def test_bad_input_names_its_member(
    caller: Caller, version: str, payload: str, error: type[JAMSError], member: str
) -> None:
    reply = caller.send(version, payload)
    assert (reply.fault()["Code"], reply.fault().get("Member")) == (error.code, member)
    assert "urn:jams" not in reply.fault()["Message"] and not caller.stub.calls


@both
def test_a_secret_is_not_repeated(caller: Caller, version: str) -> None:
    payload = f'<Login xmlns="urn:jams:v1:server"><Password>{"hush" * 300}</Password></Login>'
    reply = caller.send(version, payload)
    assert reply.fault()["Member"] == "Password" and b"hush" not in reply.body


@both
def test_credentials_of_each_kind(caller: Caller, version: str) -> None:
    caller.send(version, HOLD, HTTP_AUTHORIZATION="Bearer token")
    caller.send(version, HOLD, header=security(username()), HTTP_AUTHORIZATION=None)
    caller.send(version, HOLD, header=security(username()))
    refused = caller.send(version, HOLD, HTTP_AUTHORIZATION=None)
    assert [call[2] for call in caller.stub.calls] == [
        Credentials(token="token"),
        Credentials(username="admin", password="pw"),
        Credentials(username="admin", password="pw"),
        Credentials(),
    ]
    assert is_error(refused, Unauthenticated)


@both
def test_security_that_must_be_understood_is(caller: Caller, version: str) -> None:
    header = security(username(), must=f'xmlns:s="{version}" s:mustUnderstand="1"')
    assert not caller.send(version, HOLD, header=header, HTTP_AUTHORIZATION=None).is_fault


ROLE = f"{SOAP12}/role"
OURS = {
    SOAP11: ["", " ", "http://schemas.xmlsoap.org/soap/actor/next"],
    SOAP12: ["", "\n", f"{ROLE}/next", f"{ROLE}/ultimateReceiver"],
}
OTHERS = {
    SOAP11: [
        "next",
        "ultimateReceiver",
        "urn:gateway",
        "http://gateway/next",
        "http://schemas.xmlsoap.org/soap/actor/next/",
        "HTTP://SCHEMAS.XMLSOAP.ORG/SOAP/ACTOR/NEXT",
        f"{ROLE}/next",
        f"{ROLE}/ultimateReceiver",
    ],
    SOAP12: [
        "next",
        "ultimateReceiver",
        "urn:gateway",
        "http://gateway/ultimateReceiver",
        f"{ROLE}/none",
        f"{ROLE}/Next",
        "http://schemas.xmlsoap.org/soap/actor/next",
    ],
}


def addressed(version: str, uri: str, token: str, more: str = "") -> str:
    name = "actor" if version == SOAP11 else "role"
    return security(token, must=f'xmlns:s="{version}" s:{name}="{uri}" {more}')


def both_with(table: dict[str, list[str]]) -> pytest.MarkDecorator:
    cases = [(version, uri) for version, uris in table.items() for uri in uris]
    return pytest.mark.parametrize(("version", "uri"), cases)


@both_with(OURS)
def test_a_security_header_for_the_last_receiver_logs_in(caller: Caller, version: str, uri: str) -> None:
    reply = caller.send(version, HOLD, header=addressed(version, uri, username()), HTTP_AUTHORIZATION=None)
    assert not reply.is_fault
    assert caller.stub.calls[0][2] == Credentials(username="admin", password="pw")


@both_with(OTHERS)
def test_a_security_header_for_another_logs_nobody_in(caller: Caller, version: str, uri: str) -> None:
    for token in (username("other"), username(kind="#PasswordDigest"), "<w:BinarySecurityToken/>"):
        header = addressed(version, uri, token, 's:mustUnderstand="1"')
        refused = caller.send(version, HOLD, header=header, HTTP_AUTHORIZATION=None)
        assert is_error(refused, Unauthenticated)
        assert not caller.send(version, HOLD, header=header).is_fault
        assert not caller.send(version, HOLD, header=header + security(username())).is_fault
        beside = caller.send(version, HOLD, header=header + security(username()), HTTP_AUTHORIZATION=None)
        assert not beside.is_fault
    shown = {call[2] for call in caller.stub.calls}
    assert shown == {Credentials(), Credentials(username="admin", password="pw")}


@both
def test_an_attribute_of_the_other_version_addresses_nobody(caller: Caller, version: str) -> None:
    wrong = 's:role="urn:gateway"' if version == SOAP11 else 's:actor="urn:gateway"'
    header = security(username(), must=f'xmlns:s="{version}" {wrong} role="urn:x" actor="urn:x"')
    assert not caller.send(version, HOLD, header=header, HTTP_AUTHORIZATION=None).is_fault


@both
def test_two_security_headers_for_us_are_for_two_roles(caller: Caller, version: str) -> None:
    later = f"{datetime.now(UTC) + timedelta(hours=1):%FT%TZ}"
    timestamp = f"<u:Timestamp><u:Expires>{later}</u:Expires></u:Timestamp>"
    fresh, stale = OURS[version][-1], timestamp.replace(later[:4], "2001")
    for second, refused in (
        (addressed(version, fresh, timestamp), False),
        (addressed(version, fresh, stale), True),
        (addressed(version, fresh, username()), True),
        (addressed(version, "", timestamp), True),
        (security(timestamp), True),
    ):
        reply = caller.send(version, HOLD, header=security(username()) + second, HTTP_AUTHORIZATION=None)
        assert reply.is_fault is refused
        assert not refused or is_error(reply, Unauthenticated)


@both
@pytest.mark.parametrize(
    "shown", ["Bearer token", "Bearer pw", "Basic YWRtaW46YmFk", "Basic QWRtaW46cHc=", "Basic Ym9iOnB3"]
)
def test_other_credentials_with_the_request_than_in_the_envelope_are_refused(
    caller: Caller, version: str, shown: str
) -> None:
    reply = caller.send(version, HOLD, header=security(username()), HTTP_AUTHORIZATION=shown)
    assert is_error(reply, Unauthenticated) and not caller.stub.calls


@both
@pytest.mark.parametrize(
    "header",
    [
        security(username(password="bad")),
        security(username(kind="#PasswordDigest")),
        security(username("")),
        security(username() + username()),
        security("<w:UsernameToken/>"),
        security("<w:BinarySecurityToken/>"),
        security(username("<b>admin</b>")),
        security(username("a" * 2000)),
        security(username(), f"<u:Timestamp><u:Expires>{datetime.now(UTC) - timedelta(hours=1):%FT%TZ}"
                 "</u:Expires></u:Timestamp>"),
        security(username(), "<u:Timestamp><u:Expires>soon</u:Expires></u:Timestamp>"),
    ],
    ids=["wrong", "digest", "nobody", "two", "empty", "binary", "nested", "long", "expired", "time"],
)  # fmt: skip
def test_credentials_that_do_not_do(caller: Caller, version: str, header: str) -> None:
    reply = caller.send(version, HOLD, header=header, HTTP_AUTHORIZATION=None)
    assert is_error(reply, Unauthenticated) and "pw" not in reply.fault()["Message"]


@both
@pytest.mark.parametrize("value", ["Basic !!!", "Digest x", "Bearer", "Basic " + "A" * 9000])
def test_an_unreadable_authorization_header(caller: Caller, version: str, value: str) -> None:
    assert is_error(caller.send(version, HOLD, HTTP_AUTHORIZATION=value), Unauthenticated)
    assert not caller.stub.calls


@both
@pytest.mark.parametrize("key", ["", "k" * 256, "a\tb", "ü"])
def test_an_idempotency_key_out_of_bounds(caller: Caller, version: str, key: str) -> None:
    assert is_error(caller.send(version, HOLD, HTTP_IDEMPOTENCY_KEY=key), InvalidArgument)


def test_the_envelope_says_the_version_whatever_the_content_type_says(caller: Caller) -> None:
    assert caller.send(SOAP11, HOLD, CONTENT_TYPE=CONTENT[SOAP12]).version == SOAP11
    assert caller.send(SOAP12, HOLD, CONTENT_TYPE=CONTENT[SOAP11]).version == SOAP12


@both
def test_the_action_may_be_empty_or_right(caller: Caller, version: str) -> None:
    right = "urn:jams:v1:entry/Hold"
    environ: list[dict[str, Any]] = (
        [{"HTTP_SOAPACTION": action} for action in ('""', f'"{right}"', right)]
        if version == SOAP11
        else [{"CONTENT_TYPE": f'{CONTENT[SOAP12]}; action="{right}"'}]
    )
    assert not any(caller.send(version, HOLD, **told).is_fault for told in environ)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_encodings_of_the_basic_profile(caller: Caller, encoding: str) -> None:
    from tests.support.soap import envelope

    text = f'<?xml version="1.0" encoding="{encoding}"?>' + envelope(SOAP11, HOLD.replace("month", "März"))
    for content in ("text/xml", f"text/xml; charset={encoding}"):
        assert not caller.request(body=text.encode(encoding), CONTENT_TYPE=content).is_fault
    assert caller.stub.calls[0][1]["body"].comment == "März end"


def test_a_body_without_length_is_read_when_the_server_ends_it(caller: Caller) -> None:
    told: dict[str, Any] = {"CONTENT_LENGTH": None, "wsgi.input_terminated": True}
    assert not caller.send(SOAP11, HOLD, **told).is_fault
    small = Caller(max_request_bytes=100)
    assert small.send(SOAP11, HOLD, **told).status == 413


@both
def test_no_request_looks_through_all_that_the_process_holds(
    caller: Caller, version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """spyne would, after the first of each second, and nobody is answered meanwhile."""
    looked: list[object] = []
    monkeypatch.setattr(gc, "collect", lambda *_: looked.append(None))
    monkeypatch.setattr("spyne.context._LAST_GC_RUN", 0.0)
    caller.send(version, "<Find xmlns='urn:jams:v1:entry'/>")
    assert not looked
