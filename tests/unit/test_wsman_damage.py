"""Requests of WS-Management damaged in every way: each is answered or a fault, in bounded time and memory."""

from __future__ import annotations

import json
import tracemalloc
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psprovider.transports.people import Quota
from psprovider.transports.wsman import envelopes, names
from psprovider.transports.wsman.faults import WSManFault
from psprovider.transports.wsman.service import Caller, Pending, Service
from tests.support.psrp_demo import DemoEngine
from tests.support.psrp_doors import Village

pytestmark = pytest.mark.unit

RECORDINGS = sorted((Path(__file__).parents[1] / "data" / "wsman").glob("*.jsonl"))
ANN = Caller("ann", "127.0.0.1")
LARGEST = envelopes.LARGEST


def _recorded() -> Iterator[bytes]:
    for path in RECORDINGS:
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["body"].encode()


REQUESTS = sorted(set(_recorded()), key=len)[:60]
WORDS = [
    b"<",
    b"/>",
    b"&",
    b"&#0;",
    b"&amp;",
    b'"',
    b"]]>",
    b"<!DOCTYPE",
    b"<!--",
    b"uuid:",
    b"xmlns:a='b'",
    b"\0",
]
HITS = st.lists(
    st.tuples(
        st.integers(0, 20_000), st.integers(0, 60), st.one_of(st.binary(max_size=8), st.sampled_from(WORDS))
    ),
    max_size=6,
)


def damaged(body: bytes, hits: list[tuple[int, int, bytes]]) -> bytes:
    for at, length, word in hits:
        at %= len(body) + 1
        body = body[:at] + word + body[at + length :]
    return body


def check(request: envelopes.Request) -> None:
    if request.action == names.IDENTIFY:
        return
    assert 0 < len(request.message_id) <= 256 and len(request.to) <= 1024 and len(request.session_id) <= 64
    assert envelopes.SMALLEST <= request.max_envelope <= LARGEST
    assert request.timeout is None or request.timeout >= 0


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(REQUESTS), HITS, st.sampled_from(["", "utf-8", "utf-16", "utf-16be", "latin-1"]))
def test_damaged_requests_are_read_or_a_fault(
    body: bytes, hits: list[tuple[int, int, bytes]], charset: str
) -> None:
    with suppress(WSManFault):
        check(envelopes.parse(damaged(body, hits), charset))


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=200), st.sampled_from(["", "utf-16", "utf-16be"]))
def test_any_bytes_are_a_request_or_a_fault(body: bytes, charset: str) -> None:
    with suppress(WSManFault):
        check(envelopes.parse(body, charset))


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="P0123456789DTHMS.-+e ", max_size=40))
def test_any_text_is_a_span_of_time_or_none(text: str) -> None:
    found = envelopes.seconds(text)
    assert found is None or 0 <= found < 1e14


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    made = Service(lambda: DemoEngine(), Village(), Quota(100_000, 100_000), hold=0.1)
    yield made
    made.close()


@settings(deadline=None, max_examples=150)
@given(bodies=st.lists(st.tuples(st.sampled_from(REQUESTS), HITS), max_size=6))
def test_damaged_requests_are_answered(
    service: Service, bodies: list[tuple[bytes, list[tuple[int, int, bytes]]]]
) -> None:
    for body, hits in [(REQUESTS[0], []), *bodies]:
        with suppress(WSManFault):
            outcome = service.answer(envelopes.parse(damaged(body, hits)), ANN)
            if isinstance(outcome, Pending):
                outcome.abandon()
    for shell in service.shells.of(ANN.account):
        service.shells.remove(shell)
    assert not service.shells.of(ANN.account)


def _whole(body: str = "", header: str = "") -> str:
    return (
        f"<s:Envelope xmlns:s='{names.SOAP}' xmlns:a='{names.ADDRESSING}' xmlns:w='{names.WSMAN}'><s:Header>"
        f"<a:Action>x</a:Action><a:MessageID>uuid:{uuid.UUID(int=1)}</a:MessageID>{header}</s:Header>"
        f"<s:Body>{body}</s:Body></s:Envelope>"
    )


def _filled(part: str, before: str = "", after: str = "") -> str:
    return before + part * ((LARGEST - len(before) - len(after)) // len(part)) + after


_BEFORE, _AFTER = _whole("\0").split("\0")
_HEADER, _REST = _whole(header="\0").split("\0")


@pytest.mark.parametrize(
    "text",
    [
        _filled(" "),
        _filled(" ", after="<?xml version='1.0'?>"),
        _filled(" ", _BEFORE, _AFTER),
        _filled("\n<", _BEFORE, _AFTER),
        _filled("<?xml ", _BEFORE, _AFTER),
        _filled("<?x ?>", _BEFORE, _AFTER),
        _filled("<!---->", _BEFORE, _AFTER),
        _filled("&#32;", _BEFORE, _AFTER),
        _filled("<a/>", _BEFORE, _AFTER),
        _filled("<a>", _BEFORE),
        _filled("<a:X/>", _HEADER, _REST),
        _filled("<w:Selector/>", f"{_HEADER}<w:SelectorSet>", f"</w:SelectorSet>{_REST}"),
        _filled("0", f"{_HEADER}<w:MaxEnvelopeSize>", f"</w:MaxEnvelopeSize>{_REST}"),
        _filled("9", f"{_HEADER}<w:OperationTimeout>PT", f"S</w:OperationTimeout>{_REST}"),
        _BEFORE + "<a " + " ".join(f"a{n}=''" for n in range(40_000)) + "/>" + _AFTER,
        _BEFORE + "<a " + " ".join(f"xmlns:a{n}='{n}'" for n in range(20_000)) + "/>" + _AFTER,
    ],
    ids=[
        "blanks", "late-declaration", "blank-body", "unclosed", "declarations", "instructions", "comments",
        "references", "elements", "deep", "headers", "selectors", "zeros", "nines", "attributes",
        "namespaces",
    ],
)  # fmt: skip
def test_the_worst_of_the_largest_requests_cost_little(text: str) -> None:
    """Anything that grew faster than the request would not come to an end here."""
    assert len(text) <= LARGEST
    tracemalloc.start()
    try:
        for charset in ("utf-8", "utf-16-le"):
            with suppress(WSManFault):
                check(envelopes.parse(text.encode(charset), charset))
        assert tracemalloc.get_traced_memory()[1] < 64 << 20
    finally:
        tracemalloc.stop()
