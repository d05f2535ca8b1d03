"""How long others are made to wait while many clients wait or follow; the floor is with nobody there."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from urllib.parse import urlsplit

from tests.support.running import Running

from .report import Row
from .running import Client, server

WAITERS = 1000
FOLLOWERS = 50
THREADS = 8
CHATTY_JOB = {
    "jobName": "Chatty",
    "parentFolderName": "\\",
    "methodName": "Command",
    "source": "while :; do echo something that is worth a line; sleep 0.2; done\n",
}


def rows() -> Iterable[Row]:
    """99th percentiles in ms."""
    with server(Threads=str(THREADS)) as jams, ExitStack() as stack:
        client = Client(jams)
        alone = _p99(lambda: client.raw("GET", "/api/health"))
        number = client.call("POST", "/submit/job", {"name": r"\True", "hold": True})["jamsEntry"]
        for _ in range(WAITERS):
            stack.enter_context(_asking(jams, f"/api/entry/{number}/wait?timeout=60"))
        time.sleep(2.0)
        crowded = _p99(lambda: client.raw("GET", "/api/health"))
        yield Row(f"{WAITERS:,} waiters: /health p99", crowded * 1e3, "ms", alone * 1e3, "nobody waits", 50)
    with server(Threads=str(THREADS)) as jams, ExitStack() as stack:
        client = Client(jams)
        client.call("POST", "/job", CHATTY_JOB)
        number = client.call("POST", "/submit/job", {"name": r"\Chatty"})["jamsEntry"]
        alone = _p99(lambda: client.raw("GET", "/api/entry"))
        for _ in range(FOLLOWERS):
            stack.enter_context(_asking(jams, f"/api/entry/{number}/log?follow"))
        time.sleep(2.0)
        crowded = _p99(lambda: client.raw("GET", "/api/entry"))
        client.call("PUT", f"/entry/{number}/delete", {})
        yield Row(
            f"{FOLLOWERS} followers on {THREADS} threads: list of entries p99",
            crowded * 1e3,
            "ms",
            alone * 1e3,
            "nobody follows",
            250,
        )


def _asking(jams: Running, path: str) -> socket.socket:
    """A client that has asked and does not listen yet."""
    parts = urlsplit(jams.url)
    made = socket.create_connection((parts.hostname or "", parts.port or 0), timeout=30)
    head = [
        f"GET {parts.path}{path} HTTP/1.1",
        f"Host: {parts.netloc}",
        f"Authorization: Bearer {jams.token}",
    ]
    made.sendall("\r\n".join([*head, "", ""]).encode())
    return made


def _p99(work: Callable[[], object], *, seconds: float = 5.0) -> float:
    """The 99th percentile of how long the work takes, done every 10 ms."""
    taken: list[float] = []
    stop = time.perf_counter() + seconds
    while (began := time.perf_counter()) < stop:
        work()
        taken.append(time.perf_counter() - began)
        time.sleep(0.01)
    return sorted(taken)[int(len(taken) * 0.99)]
