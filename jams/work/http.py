"""The method HTTP: one request, written as it goes over the wire.

POST https://host/path
Content-Type: application/json

{"day": "Monday"}
"""

from __future__ import annotations

import re
import sys
import time
from base64 import b64encode
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import requests

from .running import Failure, Given

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_REFUSED = {"host", "content-length", "transfer-encoding", "connection"}
_LONGEST_SHOWN = 1 << 20
_NO_ANSWER = 1


class Request(NamedTuple):
    """A request: its method, address, headers and body."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes | None


def run(given: Given) -> int:
    """Send the request, write the answer; 0 below 400, else the first digit of its status. Raises Failure."""
    request = parse(given.task.source)
    headers, password = dict(request.headers), given.password
    if given.task.user_name is not None and password is not None:
        if given.text("Authentication", "Basic").casefold() == "bearer":
            headers["Authorization"] = f"Bearer {password}"
        else:
            account = f"{given.task.user_name}:{password}".encode()
            headers["Authorization"] = f"Basic {b64encode(account).decode()}"
    begun = time.monotonic()
    with _Session(keeps_to_host=given.has_secrets) as session:
        session.trust_env = False
        try:
            answer = session.request(
                request.method,
                request.url,
                headers=headers,
                data=request.body,
                timeout=given.number("Timeout", 60),
                stream=True,
            )
            shown = answer.raw.read(_LONGEST_SHOWN + 1, decode_content=True)
        except (requests.RequestException, OSError, ValueError) as error:
            print(f"{request.method} {request.url}: no answer ({_reason(error)}).", flush=True)
            return _NO_ANSWER
    seconds = time.monotonic() - begun
    print(f"{request.method} {request.url}: {answer.status_code} {answer.reason} in {seconds:.2f} s")
    _show(shown, answer.headers.get("Content-Type", ""))
    return 0 if answer.status_code < 400 else answer.status_code // 100


class _Session(requests.Session):
    """A session that follows redirections; with a request that holds secrets to no other host.

    The credential is never sent to another one, but headers and the body are.
    """

    def __init__(self, *, keeps_to_host: bool) -> None:
        super().__init__()
        self._keeps_to_host = keeps_to_host

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Where an answer leads. Raises Failure where the request may not go there."""
        target = super().get_redirect_target(resp)
        if target is None or not self._keeps_to_host:
            return target
        whole = urljoin(resp.url, target)
        if self.should_strip_auth(resp.url, whole):  # type: ignore[no-untyped-call]
            raise Failure(
                f"The answer {resp.status_code} leads elsewhere, to {urlsplit(whole).netloc[:80]!r}: what is "
                "secret in the request is not sent there."
            )
        return target


def parse(source: str) -> Request:
    """The request that a source stands for. Raises Failure."""
    head, _, body = re.sub(r"\r\n?", "\n", source.lstrip("\n")).partition("\n\n")
    first, *lines = head.split("\n")
    words = first.split()
    if len(words) == 1:
        words.insert(0, "GET")
    if words and words[-1].upper().startswith("HTTP/"):
        words.pop()
    if len(words) != 2 or not _TOKEN.fullmatch(words[0]):
        raise Failure("The first line is METHOD https://address.")
    method, url = words[0].upper(), words[1]
    try:
        parts = urlsplit(url)
        port_is_read = parts.port is None or parts.port > 0
    except ValueError:
        raise Failure("The address of the request cannot be read.") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_read:
        raise Failure("The address of the request begins with https:// or http:// and a host.")
    if parts.username is not None or parts.password is not None:
        raise Failure("The address holds an account: name a credential by ConnectionCredential.")
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not _TOKEN.fullmatch(name) or not value.strip().isprintable():
            raise Failure(f"This line is no header: {line[:80]!r}.")
        if name.casefold() in _REFUSED:
            raise Failure(f"The header {name} follows from the request.")
        headers[name] = value.strip()
    return Request(method, url, headers, body.encode() if body else None)


def _show(body: bytes, content_type: str) -> None:
    if not body:
        return
    text = body[:_LONGEST_SHOWN].decode("utf-8", "replace")
    if "\0" in text or text.count("\ufffd") > len(text) // 10:
        print(f"({content_type or 'a body'} that is no text)")
        return
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
    if len(body) > _LONGEST_SHOWN:
        print(f"… only the first {_LONGEST_SHOWN >> 20} MiB are shown.")


def _reason(error: Exception) -> str:
    while error.__cause__ is not None or error.__context__ is not None:
        inner = error.__cause__ or error.__context__
        if not isinstance(inner, Exception):
            break
        error = inner
    return str(error)[:300] or type(error).__name__
