"""A sample job submitted and followed from outside, by the class library over SOAP and through REST.

Both speak to the web services over the network, as a program of somebody else would.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from http.client import HTTPConnection, HTTPSConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from jams.client.server import Server
from jams.objects.errors import ServerUnavailable

_WAIT = 20


def over_soap(url: str, token: str, job: str, parameters: Mapping[str, str]) -> bool:
    """Submit a job through SOAP, show its log while it grows, and say how it ended; whether it succeeded."""
    with Server(f"{url}/soap", token=token) as server:
        entry = server.submit(job, **parameters)
        print(f"SOAP: {job} was submitted as entry {entry.key}.", flush=True)
        _show_log("SOAP", entry.log(follow=True))
        ended = entry.wait(timeout=_WAIT)
    severity = ended.final_severity.value if ended.final_severity else None
    return _show_end("SOAP", ended.jams_entry, severity, ended.final_status)


def over_rest(url: str, token: str, job: str, parameters: Mapping[str, str]) -> bool:
    """Submit a job through REST, show its log while it grows, and say how it ended; whether it succeeded."""
    ask = _Rest(url, token)
    number = ask("POST", "/submit/job", {"name": job, "parameters": dict(parameters)})["jamsEntry"]
    print(f"REST: {job} was submitted as entry {number}.", flush=True)

    def pieces() -> Iterator[str]:
        offset, complete = 0, False
        while not complete:
            query = urlencode({"offset": offset, "timeout": _WAIT})
            log = ask("GET", f"/entry/{number}/log?{query}")
            offset, complete = log["nextOffset"], log["complete"]
            yield log["text"]

    _show_log("REST", pieces())
    entry = ask("GET", f"/entry/{number}/wait?timeout={_WAIT}")
    return _show_end("REST", number, entry["finalSeverity"], entry["finalStatus"])


class _Rest:
    """Asks the REST interface for JSON."""

    def __init__(self, url: str, token: str) -> None:
        self._address = urlsplit(url)
        self._headers = {
            "Authorization": f"Bearer {token}",
            "Accept": "application/json",
            "Content-Type": "application/json",
        }

    def __call__(self, verb: str, path: str, body: object = None) -> Any:
        scheme, where = self._address.scheme, self._address.netloc
        connection = (HTTPSConnection if scheme == "https" else HTTPConnection)(where, timeout=60)
        try:
            sent = None if body is None else json.dumps(body)
            connection.request(verb, f"{self._address.path}/api{path}", sent, self._headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        if answer.status >= 400:
            raise ServerUnavailable(f"REST answered {answer.status} to {verb} {path}.")
        return json.loads(content)


def _show_log(face: str, pieces: Iterable[str]) -> None:
    """Show the lines of a log as they appear."""
    rest = ""
    for piece in pieces:
        *whole, rest = (rest + piece).split("\n")
        for line in whole:
            print(f"{face} | {line}", flush=True)
    if rest:
        print(f"{face} | {rest}", flush=True)


def _show_end(face: str, number: int, severity: str | None, status: str | None) -> bool:
    print(f"{face}: entry {number} ended: {severity} ({status}).", flush=True)
    return severity == "Success"
