"""What measurements of the whole share: a server of their own, and the cheapest client for it."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.support.running import Running, configure, running

TRUE_JOB = {"jobName": "True", "parentFolderName": "\\", "methodName": "Command", "source": "true\n"}


class Client:
    """REST over one connection that is kept alive."""

    def __init__(self, jams: Running) -> None:
        parts = urlsplit(jams.url)
        self._base = f"{parts.path}"
        self._connection = HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        self._headers = {"Authorization": f"Bearer {jams.token}", "Content-Type": "application/json"}

    def raw(self, verb: str, path: str, body: bytes | None = None, **headers: str) -> bytes:
        """The body of the answer to a request."""
        given = {**self._headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        self._connection.request(verb, self._base + path, body, given)
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f"{verb} {path}: {answer.status} {content[:300]!r}")
        return content

    def call(self, verb: str, path: str, body: Any = None) -> Any:
        """A JSON request below ``/api`` and its answer."""
        return json.loads(self.raw(verb, f"/api{path}", None if body is None else json.dumps(body).encode()))


@contextmanager
def server(**keys: str) -> Iterator[Running]:
    """A JAMS in a process of its own with a job that does nothing."""
    with tempfile.TemporaryDirectory(prefix="jams-benchmark-") as folder:
        home = Path(folder) / "home"
        configure(home, **keys)
        with running(home) as jams:
            client = Client(jams)
            client.call("POST", "/job", TRUE_JOB)
            # What serves SOAP is made beside the first requests; nothing is measured against that.
            client.raw("GET", "/soap?wsdl")
            yield jams


@contextmanager
def serving(program: str, *arguments: str) -> Iterator[int]:
    """A program of a few lines that says at which port it serves; it is a floor."""
    call = [sys.executable, "-c", program, *arguments]
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline())
        finally:
            process.kill()
