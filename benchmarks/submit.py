"""From the submission of one job to the news that it has finished, through REST and through SOAP."""

from __future__ import annotations

import os
import re
import statistics
from collections.abc import Iterable

from tests.support.running import Running

from .report import Row, median_seconds
from .running import Client, server

ROUNDS = 120
_ENVELOPE = (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
    '<o:{operation} xmlns:o="{namespace}">{members}</o:{operation}></s:Body></s:Envelope>'
)


def rows() -> Iterable[Row]:
    """Milliseconds from submission to finished; the two faces take turns, so that both meet the same load."""
    spawn = median_seconds(_spawn, repeat=50) * 1000
    with server() as jams:
        client, caller = Client(jams), SoapCaller(jams)
        taken: dict[str, list[float]] = {"rest": [], "soap": []}
        for _ in range(ROUNDS):
            taken["rest"].append(median_seconds(lambda: through_rest(client), repeat=1))
            taken["soap"].append(median_seconds(caller.submit_and_wait, repeat=1))
    rest, soap = (statistics.median(taken[face]) * 1000 for face in ("rest", "soap"))
    floor = "posix_spawn of the same command"
    yield Row("submit through REST to finished, 1 job", rest, "ms", spawn, floor, 60)
    yield Row("submit through SOAP to finished, 1 job", soap, "ms", rest, "the same through REST", 1.5 * rest)


def _spawn() -> None:
    os.waitpid(os.posix_spawn("/bin/sh", ["sh", "-c", "true"], dict(os.environ)), 0)


def through_rest(client: Client) -> None:
    """One job from submission to finished."""
    number = client.call("POST", "/submit/job", {"name": r"\True"})["jamsEntry"]
    entry = client.call("GET", f"/entry/{number}/wait?timeout=30")
    assert entry["finalSeverity"] == "Success", entry


class SoapCaller:
    """SOAP 1.1 by ready-made envelopes over one connection that is kept alive."""

    def __init__(self, jams: Running) -> None:
        self._client = Client(jams)
        wsdl = self._client.raw("GET", "/soap?wsdl").decode()
        self._namespaces = {
            service: namespace for namespace, service in re.findall(r'targetNamespace="([^"]*:(\w+))"', wsdl)
        }

    def call(self, service: str, operation: str, members: str) -> str:
        """The envelope that answers."""
        namespace = next(n for s, n in self._namespaces.items() if s.lower() == service.lower())
        body = _ENVELOPE.format(operation=operation, namespace=namespace, members=members)
        return self._client.raw(
            "POST", "/soap", body.encode(), Content_Type="text/xml; charset=utf-8"
        ).decode()

    def submit_and_wait(self) -> None:
        """One job from submission to finished."""
        answer = self.call("Submit", "SubmitJob", r"<o:Name>\True</o:Name>")
        number = re.search(r"JamsEntry>(\d+)<", answer)
        assert number, answer
        done = self.call("Entry", "Wait", f"<o:Id>{number[1]}</o:Id><o:Timeout>30</o:Timeout>")
        assert "FinalSeverity>Success<" in done, done
