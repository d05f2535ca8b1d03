"""Who guesses passwords waits, and nobody else does."""

from __future__ import annotations

import threading

import pytest

from jams.objects.errors import TooManyAttempts, from_document
from jams.security import throttle as module
from jams.security.places import place_of
from jams.security.throttle import Standing, Throttle
from jams.security.turns import Turns


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def wait(throttle: Throttle, name: str, origin: str = "") -> int:
    """Seconds that a login has to wait."""
    try:
        throttle.check(name, origin)
    except TooManyAttempts as error:
        seconds = int(error.details["retryAfter"])
        assert f"in {seconds} seconds" in error.message
        return seconds
    return 0


@pytest.mark.parametrize(
    ("origin", "place"),
    [
        ("10.0.0.7", "10.0.0.7"),
        ("10.0.0.7 via 10.0.0.2", "10.0.0.7"),
        ("10.0.0.2 for 10.0.0.7", "10.0.0.2"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::9 via ::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:10.0.0.7", "10.0.0.7"),
        ("", ""),
        ("unix:", "unix:"),
        ("x" * 5000, "x" * 64),
    ],
)
def test_a_place_is_an_address_or_the_network_of_one_subscriber(origin: str, place: str) -> None:
    assert place_of(origin) == place


def test_failures_with_a_name_make_the_next_login_from_there_wait_longer_and_longer(clock: Clock) -> None:
    throttle = Throttle(free=2, longest=8, clock=clock)
    waits = []
    for _ in range(7):
        throttle.failed("Anna", "10.0.0.1")
        waits.append(wait(throttle, "ANNA", "10.0.0.1"))
    assert waits == [0, 0, 1, 2, 4, 8, 8]
    assert wait(throttle, "bert", "10.0.0.1") == 0
    assert wait(throttle, "anna", "10.0.0.2") == 0
    clock.now += 8
    assert wait(throttle, "anna", "10.0.0.1") == 0


def test_spellings_of_one_name_are_one_name(clock: Clock) -> None:
    throttle = Throttle(free=0, clock=clock)
    throttle.failed("Zo\u00eb STRASSE")
    assert wait(throttle, "zoe\u0308 stra\u00dfe") == 1


def test_a_success_forgets_the_failures_of_the_name_but_not_those_of_the_place(clock: Clock) -> None:
    throttle = Throttle(free=0, free_of_place=2, clock=clock)
    throttle.failed("anna", "10.0.0.1")
    throttle.succeeded("Anna", "10.0.0.1")
    assert wait(throttle, "anna", "10.0.0.1") == 0
    throttle.failed("bert", "10.0.0.1")
    assert wait(throttle, "cleo", "10.0.0.1") >= 1
    assert wait(throttle, "anna", "10.0.0.1") == 0, "she was right from there"
    assert wait(throttle, "anna", "10.0.0.2") == 0


def test_whoever_guesses_beside_his_own_login_has_to_wait_all_the_same(clock: Clock) -> None:
    throttle = Throttle(clock=clock)
    for number in range(20):
        throttle.failed(f"made-up-{number}", "10.0.0.1")
        throttle.succeeded("mallory", "10.0.0.1")
    assert wait(throttle, "anna", "10.0.0.1") >= 1
    assert wait(throttle, "mallory", "10.0.0.1") == 0


def test_made_up_names_are_refused_early_and_one_who_mistypes_is_not(clock: Clock) -> None:
    throttle = Throttle(free=5, clock=clock)
    tried = 0
    while not wait(throttle, "next", "10.0.0.1"):
        throttle.failed(f"made-up-{tried}", "10.0.0.1")
        tried += 1
    assert tried <= 16
    for _ in range(5):
        throttle.failed("anna", "10.0.0.9")
    assert wait(throttle, "anna", "10.0.0.9") == 0


def test_the_failures_of_a_place_fade(clock: Clock) -> None:
    throttle = Throttle(free_of_place=4, longest_of_place=60, clock=clock)
    for number in range(100):
        throttle.failed(f"made-up-{number}", "10.0.0.1")
    assert wait(throttle, "x", "10.0.0.1") == 60, "many may share an address"
    assert throttle.standing("x", "10.0.0.1") is Standing.DOUBTED
    clock.now += 600
    assert throttle.standing("x", "10.0.0.1") is Standing.NEW
    throttle.failed("x", "10.0.0.1")
    assert wait(throttle, "y", "10.0.0.1") == 0


def test_the_failures_of_a_name_are_forgotten_after_an_hour_of_silence(clock: Clock) -> None:
    throttle = Throttle(free=1, clock=clock)
    throttle.failed("anna")
    clock.now += 3601
    throttle.failed("anna")
    assert wait(throttle, "anna") == 0
    throttle.failed("anna")
    assert wait(throttle, "anna") == 1


def test_while_many_places_guess_each_has_less_to_fail_and_who_comes_newly_is_let_in(clock: Clock) -> None:
    throttle = Throttle(clock=clock)
    for number in range(300):
        throttle.failed("anna", f"10.1.{number >> 8}.{number & 255}")
    assert wait(throttle, "anna", "10.0.0.1") == 0
    for number in range(4):
        throttle.failed(f"made-up-{number}", "10.2.0.1")
    assert wait(throttle, "next", "10.2.0.1") >= 1


def test_what_is_remembered_has_bounds(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST", 10)
    throttle = Throttle(clock=clock)
    for number in range(1000):
        throttle.failed("n" * 100_000 + str(number), f"10.0.{number >> 8}.{number & 255}")
        throttle.succeeded(f"{number}", "10.0.0.1")
    for table in (throttle._places, throttle._pairs, throttle._proven):
        assert len(table) == 10
    assert max(len(name) for _, name in throttle._pairs) <= 255


def test_the_error_tells_when_to_try_again_wherever_it_arrives() -> None:
    error = TooManyAttempts("Wait.", retry_after=17)
    assert dict(from_document(error.document()).details) == {"retryAfter": "17"}


class Queue:
    """Threads that have turns, or wait for one."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.had: list[str] = []
        self._threads: list[threading.Thread] = []
        self._go_on: dict[str, threading.Event] = {}

    def come(self, who: str, standing: Standing, place: str = "") -> None:
        """Somebody takes a turn, or waits for it; he is there when this returns."""
        self._go_on[who] = threading.Event()
        there = len(self.turns._running) + len(self.turns._waiting) + 1

        def take() -> None:
            with self.turns.taken(standing, place):
                self.had.append(who)
                self._go_on[who].wait(20)

        thread = threading.Thread(target=take)
        self._threads.append(thread)
        thread.start()
        self.until(lambda: len(self.turns._running) + len(self.turns._waiting) >= there)

    def until(self, condition) -> None:
        moment = threading.Event()
        for _ in range(1000):
            if condition():
                return
            moment.wait(0.01)
        raise AssertionError(self.had)

    def end(self, *who: str) -> None:
        """These have had their turn; whoever follows them has begun when this returns."""
        for each in who:
            self.until(lambda each=each: each in self.had)
            running = list(self.turns._running)
            self._go_on[each].set()
            self.until(lambda running=running: self.turns._running != running)

    def close(self) -> None:
        for event in self._go_on.values():
            event.set()
        for thread in self._threads:
            thread.join(20)


def test_the_proven_go_first_and_the_doubted_one_after_the_other() -> None:
    queue = Queue(Turns(at_once=2, waiting=10))
    try:
        queue.come("doubted", Standing.DOUBTED, "a")
        queue.come("doubted too", Standing.DOUBTED, "b")
        queue.come("new", Standing.NEW, "c")
        queue.until(lambda: sorted(queue.had) == ["doubted", "new"])
        queue.come("new too", Standing.NEW, "d")
        queue.come("proven", Standing.PROVEN, "e")
        queue.end("new")
        queue.until(lambda: "proven" in queue.had)
        queue.end("proven")
        queue.until(lambda: "new too" in queue.had)
        queue.end("new too")
        assert "doubted too" not in queue.had
        queue.end("doubted")
        queue.until(lambda: "doubted too" in queue.had)
    finally:
        queue.close()
    assert not queue.turns._running and not queue.turns._waiting


def test_who_finds_no_room_is_told_at_once_and_leaves_room_to_others() -> None:
    queue = Queue(Turns(at_once=1, waiting=10))
    try:
        queue.come("first", Standing.DOUBTED, "a")
        queue.come("a waits", Standing.DOUBTED, "a")
        queue.come("a waits too", Standing.DOUBTED, "a")
        with pytest.raises(TooManyAttempts), queue.turns.taken(Standing.DOUBTED, "a"):
            pass
        queue.come("b waits", Standing.DOUBTED, "b")
        with pytest.raises(TooManyAttempts), queue.turns.taken(Standing.DOUBTED, "c"):
            pass
        for number in range(5):
            queue.come(f"new {number}", Standing.NEW, f"n{number}")
        queue.come("proven", Standing.PROVEN, "e")
        queue.come("proven too", Standing.PROVEN, "e")
        with pytest.raises(TooManyAttempts), queue.turns.taken(Standing.NEW, "z"):
            pass
        with pytest.raises(TooManyAttempts), queue.turns.taken(Standing.PROVEN, "e"):
            pass
    finally:
        queue.close()


def test_a_place_has_one_turn_at_a_time_unless_it_is_proven() -> None:
    queue = Queue(Turns(at_once=3, waiting=10))
    try:
        queue.come("a", Standing.NEW, "a")
        queue.come("a too", Standing.NEW, "a")
        queue.come("b", Standing.NEW, "b")
        queue.until(lambda: sorted(queue.had) == ["a", "b"])
        queue.come("known", Standing.PROVEN, "a")
        queue.until(lambda: "known" in queue.had)
        queue.end("known")
        assert "a too" not in queue.had
        queue.end("a")
        queue.until(lambda: "a too" in queue.had)
    finally:
        queue.close()


def test_one_new_place_does_not_take_all_the_room() -> None:
    queue = Queue(Turns(at_once=1, waiting=5))
    try:
        queue.come("first", Standing.NEW, "a")
        refused = 0
        for number in range(10):
            if len(queue.turns._waiting) < 3:
                queue.come(f"a {number}", Standing.NEW, "a")
            else:
                with pytest.raises(TooManyAttempts), queue.turns.taken(Standing.NEW, "a"):
                    pass
                refused += 1
        assert refused == 7
        queue.come("b", Standing.NEW, "b")
    finally:
        queue.close()
