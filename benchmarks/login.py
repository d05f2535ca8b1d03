"""What strangers who guess passwords cost a caller who holds a good token: the slowest of his requests."""

from __future__ import annotations

import base64
import multiprocessing
import re
import selectors
import socket
import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from tests.support.running import Running

from .report import Row
from .running import Client, server

ATTACKERS = 40
SECONDS = 8.0
_PAUSE = 0.002


def rows() -> Iterable[Row]:
    """The 99th percentile of a good token's request, alone and while others guess as fast as they can."""
    with server() as jams:
        client = Client(jams)
        _slowest(client, 2.0)
        floor = _slowest(client, SECONDS / 2)
        yield _row("Basic and made-up names", _attacked(jams, client, _guess_by_basic, kept=True), floor)
    with server() as jams:
        client = Client(jams)
        _slowest(client, 2.0)
        yield _row("logins, each time new", _attacked(jams, client, _guess_by_login, kept=False), floor)


def _row(how: str, value: float, floor: float) -> Row:
    name = f"a good token's GET, p99, {ATTACKERS} connections with {how}"
    return Row(name, value * 1000, "ms", floor * 1000, "the same without them", 20)


def _slowest(client: Client, seconds: float) -> float:
    """The 99th percentile in seconds of requests that come a few hundred times a second."""
    taken = []
    stop = time.perf_counter() + seconds
    while (begin := time.perf_counter()) < stop:
        client.raw("GET", "/api/authentication")
        taken.append(time.perf_counter() - begin)
        time.sleep(_PAUSE)
    return sorted(taken)[len(taken) * 99 // 100]


def _attacked(jams: Running, client: Client, request: Any, kept: bool) -> float:
    context = multiprocessing.get_context("fork")
    answered = context.Value("L", 0)
    going = context.Event()
    attack = context.Process(target=_attack, args=(jams.url, request, kept, answered, going), daemon=True)
    attack.start()
    try:
        assert going.wait(20)
        found = _slowest(client, SECONDS)
    finally:
        attack.kill()
        attack.join()
    assert answered.value >= ATTACKERS, "nobody has attacked"
    return found


def _attack(url: str, request: Any, kept: bool, answered: Any, going: Any) -> None:
    """Guess over so many connections, over each again as soon as it is answered, or over another one."""
    parts = urlsplit(url)
    where = (parts.hostname or "", parts.port or 0)
    chosen = selectors.DefaultSelector()
    number = 0

    def ask(connection: Any) -> None:
        nonlocal number
        number += 1
        connection.send(request(parts.path, f"made-up-{number}"))

    def connect() -> None:
        made = socket.create_connection(where, timeout=30)
        made.setblocking(False)
        chosen.register(made, selectors.EVENT_READ, bytearray())
        ask(made)

    for _ in range(ATTACKERS):
        connect()
    going.set()
    while True:
        for key, _ in chosen.select():
            connection: Any = key.fileobj
            try:
                got = connection.recv(65536)
                key.data.extend(got)
                if got and not _whole(key.data):
                    continue
                key.data.clear()
                answered.value += bool(got)
                if got and kept:
                    ask(connection)
                    continue
            except OSError:
                pass
            chosen.unregister(connection)
            connection.close()
            connect()


def _whole(answer: bytearray) -> bool:
    """Whether an answer with a length is there to its end."""
    head, end, body = bytes(answer).partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: *([0-9]+)", head)
    return bool(end) and length is not None and len(body) >= int(length[1])


def _guess_by_basic(path: str, name: str) -> bytes:
    shown = base64.b64encode(f"{name}:guess at it".encode()).decode()
    return f"GET {path}/api/entry HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {shown}\r\n\r\n".encode()


def _guess_by_login(path: str, name: str) -> bytes:
    body = f'{{"username": "{name}", "password": "guess at it"}}'
    head = f"POST {path}/api/authentication/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode()
