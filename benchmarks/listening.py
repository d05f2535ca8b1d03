"""What a thousand who listen to events cost the server while 50 entries a second change."""

from __future__ import annotations

import select
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import psutil

from tests.support.running import Running

from .report import Row
from .running import Client, server

LISTENERS = 1000
CHANGING = 50
SECONDS = 10.0
_LONGEST = 60.0


def rows() -> Iterable[Row]:
    """Seconds of processor time a second, as parts of a hundred of one core: what the listeners add."""
    with server() as jams, ExitStack() as stack:
        client = Client(jams)
        numbers = [
            client.call("POST", "/submit/job", {"name": r"\True", "hold": True})["jamsEntry"]
            for _ in range(CHANGING)
        ]
        alone = _load(jams, client, numbers)
        sockets = [stack.enter_context(_listening(jams)) for _ in range(LISTENERS)]
        with _drained(sockets) as heard:
            _settle(heard)
            before = sum(heard.values())
            crowded = _load(jams, client, numbers)
            time.sleep(6.0)
            told = (sum(heard.values()) - before) / LISTENERS
        assert told >= SECONDS * CHANGING * 0.5, f"each heard {told:.0f} events"
    name = f"{LISTENERS:,} listeners, {CHANGING} entries a second change: processor time they add"
    yield Row(name, (crowded - alone) * 100, "% of a core", alone * 100, "the same with no listener", 10)


def _load(jams: Running, client: Client, numbers: list[int]) -> float:
    """Seconds of processor time that the server takes in a second, while each entry changes once in it."""
    process = psutil.Process(jams.processes[0].pid)
    begun, began = process.cpu_times(), time.monotonic()
    turn = 0
    while (passed := time.monotonic() - began) < SECONDS:
        for number in numbers:
            due = began + turn / CHANGING
            time.sleep(max(due - time.monotonic(), 0.0))
            client.call("PUT", f"/entry/{number}/reschedule", {"priority": turn % 90 + 1})
            turn += 1
    ended = process.cpu_times()
    return (ended.user + ended.system - begun.user - begun.system) / passed


def _settle(heard: dict[int, int]) -> None:
    """Wait until each has been told that he listens; what coming costs is not what listening does."""
    until = time.monotonic() + _LONGEST
    while not all(heard.values()):
        assert time.monotonic() < until, "not all listen"
        time.sleep(0.1)
    time.sleep(3.0)


def _listening(jams: Running) -> socket.socket:
    parts = urlsplit(jams.url)
    made = socket.create_connection((parts.hostname or "", parts.port or 0), timeout=60)
    head = [
        f"GET {parts.path}/api/event?follow HTTP/1.1",
        f"Host: {parts.netloc}",
        f"Authorization: Bearer {jams.token}",
    ]
    made.sendall("\r\n".join([*head, "", ""]).encode())
    return made


@contextmanager
def _drained(sockets: list[socket.socket]) -> Iterator[dict[int, int]]:
    """Read what comes, in a thread, and count the events for each socket."""
    poll, heard, done = (
        select.epoll(),
        dict.fromkeys((each.fileno() for each in sockets), 0),
        threading.Event(),
    )
    for each in sockets:
        poll.register(each.fileno(), select.EPOLLIN)
    by_number = {each.fileno(): each for each in sockets}

    def drain() -> None:
        while not done.is_set():
            for number, _ in poll.poll(0.5):
                data = by_number[number].recv(1 << 16)
                heard[number] += data.count(b"\ndata: ")
                if not data:
                    poll.unregister(number)

    thread = threading.Thread(target=drain)
    thread.start()
    try:
        yield heard
    finally:
        done.set()
        thread.join()
        poll.close()
