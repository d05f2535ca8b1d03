"""Tells programs over HTTP: signed as Standard Webhooks says, to whom may be reached, and to nobody else.

A name is looked up once, and what was checked is what is connected to: no second answer can lead elsewhere.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urlsplit

import msgspec

from jams.database import Database, stored_settings
from jams.database.outbox import Waiting
from jams.objects.errors import InvalidArgument, JAMSError
from jams.objects.tellings import Facts, TellingWay
from jams.registry import web_addresses
from jams.registry.template_rules import TemplateUnusable
from jams.scheduler.remotes import LogonOf

from . import templates
from .outcomes import Outcome

TIMEOUT = 10.0
"""Seconds that the other side may take for an answer."""

_LONGEST = 3 * TIMEOUT
_LONGEST_ANSWER = 2000
_LATER = {408, 425, 429}
"""Answers of 400 and more, below 500, after which it is worth trying again."""

_SHORTEST_REST, _LONGEST_REST = 10.0, 600.0
_LEADS_ELSEWHERE = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"), IPv6Network("2002::/16"))

Lookup = Callable[[str, int], list[str]]


class _Refused(Exception):
    """It must not be told there; the text says why."""


class _Rest(NamedTuple):
    """Until when an address is let alone that has not answered, and for how many seconds that is."""

    until: float
    seconds: float


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a host. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def check_address(address: str, *, private: bool) -> SplitResult:
    """The parts of the address of a web hook. Raises InvalidArgument when it cannot be one."""
    if why := web_addresses.refusal(address):
        raise InvalidArgument(why)
    parts = urlsplit(address.strip())
    if parts.scheme != "https" and not private:
        raise InvalidArgument("The address of a web hook begins with https://.")
    return parts


def is_private(address: str) -> bool:
    """Whether an address leads to no host of the public network."""
    found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        elif any(found in each for each in _LEADS_ELSEWHERE):
            return True
    return not found.is_global or found.is_multicast


class WebHookChannel:
    """Posts what of the outbox is for web hooks."""

    way = TellingWay.WEB_HOOK
    longest = _LONGEST

    def __init__(
        self, database: Database, logon_of: LogonOf, server_name: str, lookup: Lookup = look_up
    ) -> None:
        self._database = database
        self._logon_of = logon_of
        self._server_name = server_name
        self._lookup = lookup
        self._resting: dict[str, _Rest] = {}
        self._private = False

    def begin(self) -> object:
        """Read the settings; what is told by them."""
        with self._database.read() as c:
            self._private = stored_settings.boolean(c, "WebHookPrivateAddresses")
        return self._private

    def end(self) -> None:
        """Nothing is held between messages."""

    def send(self, row: Waiting) -> Outcome:
        """Post it once. An address that has not answered is let alone for a while."""
        telling, everybody = row.letter.telling, row.recipients
        rest = self._resting.get(telling.address)
        if rest is not None and time.monotonic() < rest.until:
            return Outcome([], everybody, [], "It has not answered a moment ago, and is let alone.")
        try:
            parts = check_address(telling.address, private=self._private)
            host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
            body, fault = self._body(row)
            heads = self._heads(row, body)
            status, said = self._post(parts, self._reached(host, port), port, body, heads)
        except (_Refused, InvalidArgument) as error:
            return Outcome([], [], everybody, str(error))
        except JAMSError as error:
            return Outcome([], everybody, [], error.message)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._let_alone(telling.address)
            return Outcome([], everybody, [], f"It cannot be reached: {_told(error)}")
        if 200 <= status < 300:
            self._resting.pop(telling.address, None)
            return Outcome(everybody, [], [], fault)
        answer = f"It has answered {status} {said}".strip()
        if 400 <= status < 500 and status not in _LATER:
            return Outcome([], [], everybody, answer)
        self._let_alone(telling.address)
        return Outcome([], everybody, [], answer)

    def _let_alone(self, address: str) -> None:
        before = self._resting.get(address)
        seconds = _SHORTEST_REST if before is None else min(2 * before.seconds, _LONGEST_REST)
        self._resting[address] = _Rest(time.monotonic() + seconds, seconds)

    def _body(self, row: Waiting) -> tuple[bytes, str | None]:
        facts, template = row.letter.facts, row.letter.telling.body
        fault = None
        if template:
            try:
                values = templates.values_of(facts, self._server_name)
                return templates.render(template, values, html=False).encode(), None
            except TemplateUnusable as error:
                fault = f"The template of the body fails: {error}"
        return msgspec.json.encode(document(facts, self._server_name)), fault

    def _heads(self, row: Waiting, body: bytes) -> dict[str, str]:
        moment = str(int(time.time()))
        heads = {
            "Content-Type": "application/json",
            "User-Agent": "JAMS",
            "Webhook-Id": row.key,
            "Webhook-Timestamp": moment,
            "Idempotency-Key": row.key,
        }
        name = row.letter.telling.credential
        if name:
            with self._database.read() as c:
                secret = self._logon_of(c, name).password
            heads["Webhook-Signature"] = signature(secret, row.key, moment, body)
        return heads

    def _reached(self, host: str, port: int) -> str:
        """The address that is connected to. Raises _Refused, OSError."""
        found = self._lookup(host, port)
        if not found:
            raise OSError(f"{host} has no address")
        if not self._private and any(is_private(each) for each in found):
            raise _Refused(
                f"{host} is a host of a private network; the setting WebHookPrivateAddresses allows those."
            )
        return found[0]

    def _post(
        self, parts: SplitResult, address: str, port: int, body: bytes, heads: dict[str, str]
    ) -> tuple[int, str]:
        host = parts.hostname or ""
        connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
        sock = socket.create_connection((address, port), timeout=TIMEOUT)
        timer = threading.Timer(_LONGEST, _break_off, [sock])
        timer.daemon = True
        timer.start()
        try:
            if parts.scheme == "https":
                sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
            connection.sock = sock
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            usual = 443 if parts.scheme == "https" else 80
            named = f"[{host}]" if ":" in host else host
            heads = {"Host": named if port == usual else f"{named}:{port}", **heads}
            connection.request("POST", path, body, heads)
            answer = connection.getresponse()
            said = answer.read(_LONGEST_ANSWER).decode("utf-8", "replace")
            return answer.status, " ".join(said.split())[:200]
        finally:
            timer.cancel()
            connection.close()
            sock.close()


def _break_off(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def signature(secret: str, id: str, moment: str, body: bytes) -> str:
    """The signature of a message as Standard Webhooks has it: version, and HMAC-SHA-256 in base64."""
    key = secret.encode()
    if secret.startswith("whsec_"):
        with suppress(ValueError):
            key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    digest = hmac.new(key, b".".join((id.encode(), moment.encode(), body)), hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def document(facts: Facts, server: str) -> dict[str, Any]:
    """What a web hook is told, by the names of the published documents where there are such."""
    data = {
        "jamsEntry": facts.entry,
        "ron": facts.ron,
        "jobName": facts.job,
        "folderName": facts.folder,
        "displayName": facts.name,
        "description": facts.description,
        "finalSeverity": None if facts.severity is None else facts.severity.value,
        "finalStatus": facts.status,
        "finalStatusCode": facts.code,
        "jobStatus": facts.job_status,
        "message": facts.message,
        "submittedBy": facts.submitted_by,
        "scheduledTimeUTC": _time(facts.scheduled),
        "startTimeUTC": _time(facts.start),
        "completionTimeUTC": _time(facts.completion),
        "elapsedSeconds": facts.elapsed,
        "attempt": facts.attempt,
        "masterEntry": facts.setup,
        "note": facts.note,
        "recoveryInstructions": facts.instructions,
    }
    kind = f"entry.{facts.happened.value[0].lower()}{facts.happened.value[1:]}"
    return {"type": kind, "timestamp": _time(facts.time), "server": server, "data": data}


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")


def _told(error: Exception) -> str:
    return (
        "it does not answer in time" if isinstance(error, TimeoutError) else str(error)[:300] or repr(error)
    )
