"""A sample job submitted and followed from outside, once through SOAP with zeep and once through REST.

Both speak to the web services over the network, as a program of somebody else would.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from http.client import HTTPConnection, HTTPSConnection
from importlib import import_module
from typing import Any
from urllib.parse import urlencode, urlsplit

from jams.objects.errors import ServerUnavailable

_WAIT = 20


def over_soap(url: str, token: str, job: str, parameters: Mapping[str, str]) -> bool:
    """Submit a job through SOAP, show its log while it grows, and say how it ended; whether it succeeded."""
    zeep: Any = import_module("zeep")

    transport = zeep.Transport()
    with transport.session as session:
        session.trust_env = False
        session.headers["Authorization"] = f"Bearer {token}"
        client = zeep.Client(f"{url}/soap?wsdl", transport=transport)
        submit, entries = (client.bind(service, f"{service}Soap12") for service in ("Submit", "Entry"))
        values = [{"Name": name, "Value": value} for name, value in parameters.items()]
        number = submit.SubmitJob(Name=job, Parameters=values).JamsEntry
        print(f"SOAP: {job} was submitted as entry {number}.", flush=True)

        def part(offset: int) -> tuple[str, int, bool]:
            log = entries.GetLog(Id=number, Offset=offset, Timeout=_WAIT)
            return log.Text or "", log.NextOffset, log.Complete

        _show_log("SOAP", part)
        entry = entries.Wait(Id=number, Timeout=_WAIT)
        return _show_end("SOAP", number, entry.FinalSeverity, entry.FinalStatus)


def over_rest(url: str, token: str, job: str, parameters: Mapping[str, str]) -> bool:
    """Submit a job through REST, show its log while it grows, and say how it ended; whether it succeeded."""
    ask = _Rest(url, token)
    number = ask("POST", "/submit/job", {"name": job, "parameters": dict(parameters)})["jamsEntry"]
    print(f"REST: {job} was submitted as entry {number}.", flush=True)

    def part(offset: int) -> tuple[str, int, bool]:
        query = urlencode({"offset": offset, "timeout": _WAIT})
        log = ask("GET", f"/entry/{number}/log?{query}")
        return log["text"], log["nextOffset"], log["complete"]

    _show_log("REST", part)
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


def _show_log(face: str, part: Callable[[int], tuple[str, int, bool]]) -> None:
    for line in _lines(part):
        print(f"{face} | {line}", flush=True)


def _lines(part: Callable[[int], tuple[str, int, bool]]) -> Iterator[str]:
    """The lines of a log as they appear; ``part`` gives the text at an offset, the next one, and the end."""
    offset, rest, complete = 0, "", False
    while not complete:
        text, offset, complete = part(offset)
        *whole, rest = (rest + text).split("\n")
        yield from whole
    if rest:
        yield rest


def _show_end(face: str, number: int, severity: str | None, status: str | None) -> bool:
    print(f"{face}: entry {number} ended: {severity} ({status}).", flush=True)
    return severity == "Success"
