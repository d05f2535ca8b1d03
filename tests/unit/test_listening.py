"""Those who listen are told the same by one who asks, and who comes late from what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any

import pytest

from jams.objects.base import snake_name
from jams.operations.catalogue import CATALOGUE
from jams.security.caller import NOBODY
from tests.support.eventually import eventually
from webservices.listening import Hall, Listening, Member

pytestmark = pytest.mark.unit

LISTEN = next(each for each in CATALOGUE if each.feed is not None)


class Happening:
    """A JAMServer at which things happen when the test says so."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, Future[Any]]] = []

    def call_later(self, operation: Any, arguments: dict[str, Any], **_: Any) -> Future[Any]:
        future: Future[Any] = Future()
        assert LISTEN.feed is not None
        self.asked.append((int(arguments[LISTEN.feed.cursor]), future))
        return future

    def happens(self, *numbers: int) -> None:
        """Let these events come to whoever asks, once he does."""
        eventually(lambda: bool(self.asked))
        _, future = self.asked.pop()
        future.set_result(answer(numbers))


def answer(numbers: tuple[int, ...]) -> Any:
    feed = LISTEN.feed
    assert feed is not None
    told = {feed.items: list(numbers), feed.next: str(numbers[-1]), feed.more: False, feed.anew: False}
    return SimpleNamespace(**{snake_name(member): value for member, value in told.items()})


@pytest.fixture
def server() -> Happening:
    return Happening()


@pytest.fixture
def hall(server: Happening) -> Iterator[Hall]:
    made = Hall(server)  # type: ignore[arg-type]
    yield made
    made.close()


def somebody(hall: Hall, place: int) -> Member | None:
    feed = LISTEN.feed
    assert feed is not None
    listening = Listening(LISTEN, feed, {}, NOBODY, "REST", lambda event: (event, b"%d " % event))
    return hall.join(listening, "all", str(place))


def heard(hall: Hall, member: Member) -> bytes:
    found = b""
    eventually(lambda: bool(hall.wait(member).done()))
    while news := hall.take(member):
        found += news
    return found


def test_all_are_told_the_same_by_one_question(hall: Hall, server: Happening) -> None:
    first, second = somebody(hall, 10), somebody(hall, 10)
    assert first is not None and second is not None
    server.happens(11, 12)
    assert heard(hall, first) == heard(hall, second) == b"11 12 "


def test_who_comes_late_is_told_from_what_is_kept(hall: Hall, server: Happening) -> None:
    first = somebody(hall, 10)
    assert first is not None
    for number in range(11, 16):
        server.happens(number)
        assert heard(hall, first) == b"%d " % number
    late = somebody(hall, 12)
    assert late is not None and heard(hall, late) == b"13 14 15 "
    assert somebody(hall, 9) is None, "what came before is not kept"


def test_who_stands_before_what_is_kept_has_to_catch_up(hall: Hall, server: Happening) -> None:
    first = somebody(hall, 0)
    assert first is not None
    for number in range(1, 40):
        server.happens(number)
        assert heard(hall, first) == b"%d " % number
    assert somebody(hall, 1) is None
    assert somebody(hall, 38) is not None
