"""Which mails meet an event, and what is read of those that strangers have written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from jams.mailboxes import patterns
from jams.mailboxes.mails import MOST_TEXT, Head, text_of
from jams.objects.trigger_parts import TriggerEventType, Watched

pytestmark = pytest.mark.unit


def head(sender: str = "Bob <bob@x.org>", subject: str = "") -> Head:
    address = sender.partition("<")[2].rstrip(">") or sender
    return Head(1, datetime.now(UTC), sender, address, subject, "")


def event(**members: str) -> Watched:
    return Watched(kind=TriggerEventType.MAIL, name="INBOX", **members)


@pytest.mark.parametrize(
    ("pattern", "subject", "takes"),
    [
        ("", "anything", True),
        ("order", "New ORDER 7", True),
        ("new  order", "New order 7", True),
        ("order", "none", False),
        ("order *", "order 7", True),
        ("order *", "an order 7", False),
        ("*order*", "an order 7", True),
        ("order ?", "order 7", True),
        ("order ?", "order 77", False),
        ("[jams] *", "[JAMS] done", True),
        ("[jams] *", "j done", False),
        ("a*b*c", "a--b--c", True),
        ("a*b*c", "a--c--b", False),
        ("a*bc*bc", "a bc", False),
        ("*", "", True),
        ("stra\u00dfe", "STRASSE", True),
        (".*", "nothing", False),
    ],
)
def test_a_pattern_takes_a_subject(pattern: str, subject: str, takes: bool) -> None:
    assert patterns.by_head(event(subject=pattern), head(subject=subject)) is takes


@pytest.mark.parametrize(
    ("pattern", "takes"),
    [("bob@x.org", True), ("*@x.org", True), ("Bob", True), ("bob@x", True), ("*@x", False)],
)
def test_a_pattern_takes_a_sender(pattern: str, takes: bool) -> None:
    assert patterns.by_head(event(sender=pattern), head()) is takes


def test_a_pattern_of_many_stars_is_answered_soon() -> None:
    # Whoever backtracks would still be at it when the test is stopped.
    assert not patterns.by_text(event(body="*a" * 30 + "b"), "a" * MOST_TEXT)


def test_a_text_is_what_people_would_read() -> None:
    html = b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>Day&nbsp;<b>7</b></p><script>x</script>"
    assert text_of(html).split() == ["Day", "7"]
    both = (
        b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/html\r\n\r\nrich\r\n"
        b"--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\ncGxhaW4=\r\n--b--\r\n"
    )
    assert text_of(both) == "plain"
    assert text_of(b"\r\n\x00a\x1b[0m\r\nb") == " a [0m\nb"
    assert len(text_of(b"\r\n" + b"x" * 100_000)) == MOST_TEXT
