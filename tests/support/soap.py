"""A JAMServer that answers from a table, and a caller that speaks SOAP by hand."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from lxml import etree

from jams.objects.enums import EntryState, Severity
from jams.objects.errors import EntryNotFound, JAMSError, Unauthenticated
from jams.objects.log_parts import LogPart
from jams.objects.parts import ParamValue, PropertyValue
from jams.objects.preconditions import ALWAYS, Precondition
from jams.objects.schedule import Entry, SubmitInfo, SubmitResult
from jams.operations import Operation
from jams.security.caller import NOBODY, Credentials
from webservices.soap import create_soap
from webservices.waiting import Waits

SOAP11 = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP12 = "http://www.w3.org/2003/05/soap-envelope"
TYPES = "{urn:jams:v1:types}"
VERSIONS = {"1.1": SOAP11, "1.2": SOAP12}
CONTENT = {SOAP11: "text/xml; charset=utf-8", SOAP12: "application/soap+xml; charset=utf-8"}
PUBLIC = "https://jams.example/JAMS/soap"
WHEN = datetime(2026, 11, 24, 12, 30, 15, 250000, tzinfo=UTC)
LIMIT = 4 << 20


def entry(number: int = 1) -> Entry:
    """An entry with a bit of everything in it."""
    return Entry(
        jams_entry=number,
        ron=1,
        job_name="Load <&> Löschen",
        display_name="Load",
        name="Load",
        current_state=EntryState.COMPLETE,
        job_id=None,
        parent_folder_id=2,
        folder_name="\\Sales",
        held=True,
        scheduled_time_utc=WHEN,
        final_severity=Severity.SUCCESS,
        avg_elapsed_time=1.5,
        parameters=(ParamValue(param_name="day", value="today"), ParamValue(param_name="empty", value="")),
        properties=(
            PropertyValue(property_name="RetryCount", current_value=3),
            PropertyValue(property_name="Agent", current_value={"agentID": 1}),
        ),
        tag_ids=(4, 5),
    )


@dataclass
class Stub:
    """Answers by operation name; remembers what it was asked."""

    answers: dict[str, Any] = field(default_factory=dict)
    calls: list[tuple[str, Mapping[str, Any], Credentials, str, str | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.answers = {
            "hold_entry": "Entry 1 was held.",
            "find_entries": [entry(1), entry(2)],
            "wait_for_entry": entry(),
            "is_scheduler_active": True,
            "submit_job": SubmitResult(jams_entry=7, ron=1),
            "submit": SubmitResult(jams_entry=8, ron=1),
            "get_submit_info": SubmitInfo(name="\\Sales\\Load"),
            "get_entry_log": LogPart(
                jams_entry=1, ron=1, text="\x1b[1mdone\r\n", offset=0, next_offset=9, size=9, complete=True
            ),
            "get_job_source": "echo <hello>",
            "get_entry": EntryNotFound("There is no entry 404.", target=404, member="id"),
            **self.answers,
        }

    def call(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        credentials: Credentials = NOBODY,
        door: str = "library",
        retry_key: str | None = None,
        condition: Precondition = ALWAYS,
    ) -> Any:
        """Give the answer of the table, to whoever may have it."""
        self.calls.append((operation.name, arguments, credentials, door, retry_key))
        self.admit(operation, credentials=credentials, door=door)
        answer = self.answers[operation.name]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def admit(self, operation: Operation, *, credentials: Credentials, door: str) -> None:
        """Let in whoever the table knows."""
        if operation.right is not None and credentials.password != "pw" and credentials.token != "token":
            raise Unauthenticated("The name and password do not hold.")

    def standing(self, operation: Operation, **who: Any) -> None:
        """It cannot tell whether anything has changed."""

    def close(self) -> None:
        """Nothing to close."""


@dataclass
class Reply:
    """An answer taken apart."""

    status: int
    headers: dict[str, str]
    body: bytes
    challenges: list[str] = field(default_factory=list)

    @property
    def root(self) -> etree._Element:
        """The envelope, or the root of whatever came."""
        return etree.fromstring(self.body)

    @property
    def payload(self) -> etree._Element:
        """The one element in the Body."""
        root = etree.fromstring(self.body)
        assert root.tag in {f"{{{namespace}}}Envelope" for namespace in CONTENT}
        (child,) = root[-1]
        return child

    @property
    def version(self) -> str:
        """The namespace of the envelope."""
        return etree.QName(etree.fromstring(self.body)).namespace or ""

    @property
    def is_fault(self) -> bool:
        """Whether it is a fault."""
        return bool(etree.QName(self.payload).localname == "Fault")

    def fault(self) -> dict[str, str]:
        """The members of the typed detail."""
        (detail,) = self.payload.iter(f"{TYPES}JAMSFault")
        return {etree.QName(child).localname: child.text or "" for child in detail}

    def texts(self, name: str) -> list[str | None]:
        """The texts of all elements of that local name."""
        return [element.text for element in self.payload.iter("{*}" + name)]


class _Relay:
    """Lets many tests share one SOAP face, each with a server of its own."""

    stub: Stub

    def call(self, *arguments: Any, **named: Any) -> Any:
        """Ask the server of the moment."""
        return self.stub.call(*arguments, **named)

    def admit(self, *arguments: Any, **named: Any) -> None:
        """Ask the server of the moment."""
        self.stub.admit(*arguments, **named)

    def standing(self, *arguments: Any, **named: Any) -> None:
        """It cannot tell whether anything has changed."""

    def call_later(self, *arguments: Any, **named: Any) -> Any:
        """Nobody waits without a thread here."""
        raise NotImplementedError

    def close(self) -> None:
        """Nothing to close."""


_relay = _Relay()


@cache
def _face(limit: int, sender_status: int) -> Callable[..., Any]:
    waits = Waits(_relay, 8)
    return create_soap(waits, public_url=PUBLIC, max_request_bytes=limit, sender_status=sender_status)


class Caller:
    """Sends requests to the SOAP face without a network."""

    def __init__(
        self, stub: Stub | None = None, max_request_bytes: int = LIMIT, sender_status: int = 500
    ) -> None:
        self.stub = _relay.stub = stub or Stub()
        self.application = _face(max_request_bytes, sender_status)

    def request(self, method: str = "POST", body: bytes = b"", **environ: Any) -> Reply:
        """One request; ``environ`` overrides what a server would hand over, None leaves it out."""
        told: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": "",
            "QUERY_STRING": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "HTTP_HOST": "evil.example",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": CONTENT[SOAP11],
            "HTTP_AUTHORIZATION": "Basic " + base64.b64encode(b"admin:pw").decode(),
            **environ,
        }
        told = {name: value for name, value in told.items() if value is not None}
        started: list[tuple[str, list[tuple[str, str]]]] = []
        content = b"".join(self.application(told, lambda status, head: started.append((status, head))))
        ((status, head),) = started
        challenges = [value for name, value in head if name == "WWW-Authenticate"]
        return Reply(int(status.split()[0]), dict(head), content, challenges)

    def send(self, version: str, payload: str, header: str = "", **environ: Any) -> Reply:
        """A payload in an envelope of the version, which is an envelope namespace."""
        environ.setdefault("CONTENT_TYPE", CONTENT[version])
        return self.request(body=envelope(version, payload, header).encode(), **environ)


def envelope(version: str, payload: str, header: str = "") -> str:
    """An envelope around a payload."""
    head = f"<s:Header>{header}</s:Header>" if header else ""
    return f'<s:Envelope xmlns:s="{version}">{head}<s:Body>{payload}</s:Body></s:Envelope>'


def is_error(reply: Reply, error: type[JAMSError]) -> bool:
    """Whether the reply is the fault of an error."""
    return reply.is_fault and reply.fault()["Code"] == error.code
