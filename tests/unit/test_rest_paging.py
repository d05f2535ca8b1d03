"""Walking from page to page by the links in them."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from werkzeug.test import Client

from tests.support.web_stub import StubConnection, stub_application

pytestmark = pytest.mark.unit


def walk(query: str) -> list[list[str]]:
    """The names on each page, from the first to the one without a link."""
    client = Client(stub_application(StubConnection()))
    pages, address = [], f"/JAMS/api/thing/page?{query}"
    while address:
        page = client.get(address, headers={"Host": "evil.example"}).get_json()
        pages.append([thing["thingName"] for thing in page["items"]])
        link = page["nextPageLink"]
        assert link is None or link.startswith("http://jams.example/JAMS/api/thing/page?")
        parts = urlsplit(link or "")
        address = f"{parts.path}?{parts.query}" if link else ""
    return pages


def test_the_pages_hold_everything_once() -> None:
    assert walk("") == [["0", "1"], ["2", "3"], ["4"]]
    assert walk("$top=5") == [["0", "1", "2", "3", "4"]]
    assert walk("$SKIP=1&$top=2") == [["1", "2"], ["3", "4"]]
    assert walk("$skip=9") == [[]]


def test_without_a_count_the_last_page_may_be_empty() -> None:
    assert walk("$top=5&$count=false") == [["0", "1", "2", "3", "4"], []]
    assert walk("$count=false") == [["0", "1"], ["2", "3"], ["4"]]


def test_the_next_page_is_asked_the_same() -> None:
    assert walk("word=%26%20%C3%BC%20&$top=4") == [
        ["& \u00fc 0", "& \u00fc 1", "& \u00fc 2", "& \u00fc 3"],
        ["& \u00fc 4"],
    ]
