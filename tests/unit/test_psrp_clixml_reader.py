"""The reader takes what clients send and refuses everything else, quickly and by name."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psprovider.endpoint.clixml import (
    Credential,
    EnumValue,
    Int64,
    PSObject,
    ScriptBlock,
    SecureString,
    Switch,
    read,
    write,
)
from psprovider.endpoint.clixml.received import received
from psprovider.endpoint.limits import Limits
from psprovider.endpoint.protocol_errors import ClixmlViolation
from tests.support.psrp_recordings import FOLDER, packets

bounded = settings(deadline=None, max_examples=60)
BODIES = sorted(
    {
        body
        for path in FOLDER.glob("*.jsonl")
        for packet in packets(path.stem)
        if len(packet) > 4
        for _, body in packet[4]
        if body
    }
)


def _seal(text: str) -> str:
    return text.encode("utf-16-le").hex()


@pytest.mark.parametrize("body", [BODIES], ids=["all"])
def test_every_recorded_message_is_read_and_written_again_to_the_letter(body: list[str]) -> None:
    assert len(body) > 200
    for text in body:
        value = read(text.encode(), unseal=lambda sealed: sealed)
        plain = text.replace("&#xFFFE;&#xFFFF;", "_xFFFE__xFFFF_")
        assert write(value, seal=lambda secret: secret) == plain


@pytest.mark.parametrize(
    "body",
    [
        "<!DOCTYPE a [<!ENTITY b 'c'>]><S>&b;</S>",
        "<S><!-- note --></S>",
        "<?xml version='1.0'?><S>a</S>",
        "<S>a</S><S>b</S>",
        "<S>a",
        "text",
        "<Unknown>1</Unknown>",
        "<I32>abc</I32>",
        "<I32>2147483648</I32>",
        "<I32>" + "9" * 5000 + "</I32>",
        "<I64>9223372036854775808</I64>",
        "<By>256</By>",
        "<U64>-1</U64>",
        "<B>yes</B>",
        "<C>65536</C>",
        "<C></C>",
        "<D>1e999999999</D>",
        "<D>NaN</D>",
        "<D>1E+2</D>",
        "<D>1_0</D>",
        "<Db>one</Db>",
        "<DT>yesterday</DT>",
        "<DT>2026-13-01T00:00:00</DT>",
        "<DT>2026-01-01T00:00:00+99:99</DT>",
        "<TS>P</TS>",
        "<TS>PT</TS>",
        "<TS>P999999999DT99999999999H</TS>",
        "<G>not-a-guid</G>",
        "<BA>***</BA>",
        "<Version>1</Version>",
        "<Version>1.2.3.4.5</Version>",
        "<S><S>a</S></S>",
        '<Ref RefId="0" />',
        "<Ref />",
        '<Obj RefId="0"><TNRef RefId="0" /></Obj>',
        '<Obj RefId="0"><S>a</S><S>b</S></Obj>',
        '<Obj RefId="0"><MS><S>a</S></MS></Obj>',
        '<Obj RefId="0"><TN RefId="0"><S>a</S></TN></Obj>',
        '<Obj RefId="0"><DCT><En><S N="Key">a</S></En></DCT></Obj>',
        '<Obj RefId="0"><DCT><S N="Key">a</S></DCT></Obj>',
        '<Obj RefId="0"><DCT><En><Obj N="Key" RefId="1"><LST /></Obj><S N="Value">a</S></En></DCT></Obj>',
        '<Obj RefId="0"><TN RefId="0"><T>A</T><T>System.Enum</T></TN><S>one</S></Obj>',
        "<Obj>" * 60 + "</Obj>" * 60,
        "<S>a</S>\x00",
    ],
)
def test_anything_else_is_refused_by_name(body: str) -> None:
    with pytest.raises(ClixmlViolation):
        read(body.encode())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "latin-1"])
def test_only_utf8_is_read(encoding: str) -> None:
    with pytest.raises(ClixmlViolation):
        read("<!DOCTYPE a><S>\xe4</S>".encode(encoding))


def test_elements_and_depth_are_limited() -> None:
    many = "<Obj><LST>" + "<Nil />" * 50 + "</LST></Obj>"
    assert len(read(many.encode())) == 50
    with pytest.raises(ClixmlViolation):
        read(many.encode(), Limits(elements=40))
    nested = "<Obj><LST>" * 10 + "</LST></Obj>" * 10
    read(nested.encode())
    with pytest.raises(ClixmlViolation):
        read(nested.encode(), Limits(depth=9))


def test_a_very_deep_document_costs_no_stack() -> None:
    body = b"<a>" * 100_000 + b"</a>" * 100_000
    with pytest.raises(ClixmlViolation):
        read(body, Limits(elements=10**6))


def test_references_do_not_multiply() -> None:
    body = '<Obj RefId="0"><LST /></Obj>'
    for number in range(1, 30):
        twice = f'{body}<Ref RefId="{number - 1}" />'
        body = f'<Obj RefId="{number}"><LST>{twice}</LST></Obj>'
    assert len(write(read(body.encode()))) < 5000


@bounded
@given(st.sampled_from(BODIES[::7]), st.data())
def test_damaged_messages_are_read_or_refused(body: str, data: st.DataObject) -> None:
    raw = bytearray(body.encode())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
        if not raw:
            return
    with contextlib.suppress(ClixmlViolation):
        read(bytes(raw))


@bounded
@given(st.binary(max_size=300))
def test_bytes_are_read_or_refused(raw: bytes) -> None:
    with contextlib.suppress(ClixmlViolation):
        read(raw)


def test_an_empty_body_is_null() -> None:
    assert read(b"") is None
    assert read(b"\xef\xbb\xbf") is None


def test_what_a_user_wrote_as_a_number_keeps_its_text() -> None:
    value = read(b'<Obj RefId="0"><ToString>1kb</ToString><I32>1024</I32></Obj>')
    assert (value.value, str(value)) == (1024, "1kb")


def test_credentials_and_switches_come_as_such() -> None:
    body = write(Credential("ann", SecureString("pw")), seal=_seal)
    value = read(body.encode(), unseal=lambda sealed: bytes.fromhex(sealed).decode("utf-16-le"))
    assert (value.user_name, value.password.reveal()) == ("ann", "pw")
    switch = read(write(Switch(1)).encode())
    assert isinstance(switch, Switch) and switch


def test_a_small_long_stays_a_long() -> None:
    assert isinstance(read(b"<I64>5</I64>"), Int64)


def test_a_script_block_is_text() -> None:
    assert read(b"<SBK>Get-Date</SBK>") == ScriptBlock("Get-Date")


def test_members_are_found_in_any_case_and_in_any_element_order() -> None:
    value = read(b'<Obj><MS><I32 N="CI">1</I32></MS><ToString>x</ToString><TN><T>A</T></TN></Obj>')
    assert value.get("ci") == 1
    assert "Ci" in value
    assert value.is_type("A")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (EnumValue("System.DayOfWeek", 5, "Friday"), 5),
        (timedelta(seconds=1), timedelta(seconds=1)),
        ([1, [2]], [1, [2]]),
        ({"a": 1}, {"a": 1}),
    ],
)
def test_received_values_look_like_powershell_shows_them(value: Any, shown: Any) -> None:
    assert received(value) == shown


def test_received_objects_are_shadows() -> None:
    shadow = received(PSObject(("My.Type", "System.Object"), {"a": 1}))
    assert shadow.type_names == ("Deserialized.My.Type", "Deserialized.System.Object")
    assert shadow.is_type("My.Type")
