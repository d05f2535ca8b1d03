"""Threads that run one thing after another."""

from __future__ import annotations

import threading
from contextvars import ContextVar

import pytest

from psprovider.endpoint.threads import Workers
from tests.support.psrp_doors import wait_until

PATIENCE = 20
WORD: ContextVar[str] = ContextVar("WORD", default="none")


def settle(workers: Workers, idle: int) -> None:
    """Wait until so many threads are kept."""
    wait_until(lambda: len(workers._idle) == idle)


def where(workers: Workers) -> int:
    """The thread that something runs in."""
    found: list[int] = []
    done = threading.Event()

    def look() -> None:
        found.append(threading.get_ident())
        done.set()

    workers.run(look)
    assert done.wait(PATIENCE)
    return found[0]


def test_what_comes_later_runs_in_the_same_thread() -> None:
    workers = Workers()
    first = where(workers)
    settle(workers, 1)
    assert where(workers) == first


def test_whatever_comes_at_once_runs_at_once_and_few_threads_are_kept() -> None:
    workers = Workers(spare=2)
    meeting = threading.Barrier(6)
    threads: list[threading.Thread] = []

    def meet() -> None:
        threads.append(threading.current_thread())
        meeting.wait(PATIENCE)

    for _ in range(5):
        workers.run(meet)
    meeting.wait(PATIENCE)
    assert len(set(threads)) == 5
    settle(workers, 2)
    wait_until(lambda: sum(each.is_alive() for each in threads) == 2)


def test_nothing_of_what_ran_before_is_seen() -> None:
    workers = Workers()
    seen: list[str] = []
    done = threading.Event()

    def look() -> None:
        seen.append(WORD.get())
        WORD.set("secret")
        done.set()

    for _ in range(2):
        workers.run(look)
        assert done.wait(PATIENCE)
        settle(workers, 1)
        done.clear()
    assert seen == ["none", "none"]


def test_a_fault_ends_its_thread_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    workers = Workers()
    failed = threading.Event()
    monkeypatch.setattr(threading, "excepthook", lambda _: failed.set())

    def fail() -> None:
        raise ValueError

    workers.run(fail)
    assert failed.wait(PATIENCE)
    assert where(workers)
    settle(workers, 1)
