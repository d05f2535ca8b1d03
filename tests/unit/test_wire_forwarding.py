"""Whose word counts about from where a call came."""

from __future__ import annotations

import pytest

from jams.server.wire import WireServer, WireSettings
from jams.services.values import networks
from jams.wire.forwarding import LOCAL, NOBODY, Trusted, hops_of_header, is_origin
from webservices.origins import origin_of, settle_origin

PROXIES = Trusted(networks("127.0.0.1; 10.0.0.0/8;::1; 2001:db8::/32"))


@pytest.mark.parametrize(
    ("peer", "told", "origin"),
    [
        ("203.0.113.9", [], "203.0.113.9"),
        ("203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
        ("10.0.0.2", ["198.51.100.1"], "198.51.100.1 via 10.0.0.2"),
        ("10.0.0.2", ["1.1.1.1", "198.51.100.1"], "198.51.100.1 via 10.0.0.2"),
        ("10.0.0.2", ["198.51.100.1", "10.9.9.9"], "198.51.100.1 via 10.9.9.9 via 10.0.0.2"),
        ("::1", ["198.51.100.1:4711"], "198.51.100.1 via ::1"),
        ("::ffff:10.0.0.2", ["[2001:db8:f::1]:443"], "2001:db8:f::1 via ::ffff:10.0.0.2"),
        ("10.0.0.2", ["unknown"], "10.0.0.2"),
        ("10.0.0.2", ["198.51.100.1", "<script>"], "10.0.0.2"),
        ("10.0.0.2", [""], "10.0.0.2"),
        ("10.0.0.2", ["10.0.0.3"] * 500, " via ".join(["10.0.0.3"] * 8 + ["10.0.0.2"])),
        ("", ["198.51.100.1"], ""),
    ],
)
def test_it_counts_from_the_trusted_up_to_the_first_who_is_not(
    peer: str, told: list[str], origin: str
) -> None:
    assert PROXIES.origin(peer, told) == origin
    assert NOBODY.origin(peer, told) == peer


def test_an_origin_can_be_told_on() -> None:
    assert is_origin(PROXIES.origin("10.0.0.2", ["198.51.100.1:80"]))
    for text in ("", "x", "10.0.0.1 for 10.0.0.2", "10.0.0.1 via ", "10.0.0.1, 10.0.0.2"):
        assert not is_origin(text)


@pytest.mark.parametrize("value", ["10.0.0.0/33", "proxy.example", "10.0.0.1, 10.0.0.2", "1"])
def test_what_is_no_network_is_no_trusted_proxy(value: str) -> None:
    with pytest.raises(ValueError, match="addresses and networks"):
        networks(value)


def test_the_header_of_a_stranger_is_dropped_and_that_of_a_proxy_believed() -> None:
    def settled(peer: str) -> dict[str, str]:
        environ = {
            "REMOTE_ADDR": peer,
            "HTTP_X_FORWARDED_FOR": "6.6.6.6, 198.51.100.1",
            "HTTP_X_FORWARDED_HOST": "evil",
            "HTTP_FORWARDED": "for=6.6.6.6",
            "HTTP_HOST": "x",
        }
        settle_origin(environ, PROXIES)
        assert sorted(environ) == ["HTTP_HOST", "REMOTE_ADDR", "jams.origin"]
        return environ

    assert origin_of(settled("203.0.113.9")) == "203.0.113.9"
    assert origin_of(settled("127.0.0.1")) == "198.51.100.1 via 127.0.0.1"
    assert hops_of_header("a, b ,c") == ["a", "b", "c"]
    assert origin_of({"REMOTE_ADDR": "203.0.113.9"}) == "203.0.113.9"


def test_on_the_wire_web_services_on_the_same_machine_are_believed_and_strangers_only_quoted() -> None:
    server = WireServer(target=None, settings=WireSettings())  # type: ignore[arg-type]
    try:
        assert server._origin("198.51.100.1 via 10.0.0.2", "ipv4:127.0.0.1:99") == (
            "198.51.100.1 via 10.0.0.2 via 127.0.0.1"
        ), "whom the web services trust is theirs to know"
        assert server._origin("x via 10.0.0.2", "ipv4:127.0.0.1:99") == "127.0.0.1 for x via 10.0.0.2"
        assert server._origin("198.51.100.1", "ipv6:%5B::1%5D:99") == "198.51.100.1 via ::1"
        assert server._origin("198.51.100.1", "ipv4:203.0.113.9:99") == "203.0.113.9 for 198.51.100.1"
        assert server._origin("", "ipv4:203.0.113.9:99") == "203.0.113.9"
    finally:
        server.stop(0)
    assert "127.0.0.9" in LOCAL and "10.0.0.1" not in LOCAL and "nonsense" not in LOCAL
