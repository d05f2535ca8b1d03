"""What works write, without the secrets that they were given: nobody is to find one in a log."""

from __future__ import annotations

import io
import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from itertools import takewhile
from operator import eq
from typing import IO
from urllib.parse import quote, quote_plus

MASK = "********"
_SHORTEST_PART = 6
"""Characters of the beginning of a secret that are masked where messages cut it off."""


def of_account(password: str | None, private_key: str | None) -> list[str]:
    """The secrets of the account with which a work logs on.

    A shorter password is masked beside its account alone: everything would be full of it otherwise.
    """
    return [each for each in (password, private_key) if each and len(each) >= _SHORTEST_PART]


def login_of(user: str | None, password: str | None) -> list[str]:
    """An account with its password, as a request with HTTP has it; its beginning is no secret."""
    return [f"{user}:{password}"] if user and password else []


class Masking(io.TextIOBase):
    """A stream of texts in which secrets are replaced, as far as one is written at once.

    Args:
        stream: where it is written.
        secrets: what is replaced; also as addresses, JSON, HTML, SQL, Python and tables write it down, as
            programs that are sent one tell it again, line by line, and as far as a message that cuts it off
            has it.
        wholes: what is replaced where it stands whole.
    """

    def __init__(self, stream: IO[str], secrets: Iterable[str], wholes: Iterable[str] = ()) -> None:
        self._stream = stream
        self._cut = _longest_first(secrets)
        self._forms = sorted({*self._cut, *_longest_first(wholes)}, key=len, reverse=True)

    def write(self, text: str) -> int:
        """Write a text; how long it was."""
        masked = text
        for form in self._forms:
            masked = masked.replace(form, MASK)
        for form in self._cut:
            masked = _without_beginning(masked, form)
        self._stream.write(masked)
        return len(text)

    def flush(self) -> None:
        """Write what was kept back."""
        self._stream.flush()

    def fileno(self) -> int:
        """The descriptor beneath."""
        return self._stream.fileno()


def _longest_first(secrets: Iterable[str]) -> list[str]:
    """All forms of secrets."""
    return sorted({form for each in secrets for form in _forms(each)}, key=len, reverse=True)


def _forms(secret: str) -> set[str]:
    """How a secret may stand in what is written."""
    lines = [line for line in secret.splitlines() if len(line) >= _SHORTEST_PART]
    plain = {secret, *lines}
    return {form for each in plain for form in (each, *_quoted(each))} - {""}


def _quoted(text: str) -> Iterator[str]:
    """A text as it is written where some of its characters mean something."""
    yield from (quote(text), quote(text, safe=""), quote_plus(text))
    for as_json in (json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1]):
        yield from (as_json, as_json.replace("/", "\\/"), re.sub("[&<>']", _as_hexadecimal, as_json))
    marked = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for quotes in ('"', "&quot;", "&#34;"):
        for single in ("'", "&#x27;", "&#39;", "&apos;"):
            yield marked.replace('"', quotes).replace("'", single)
    # Python writes a text in other quotes where these stand in it; our tables escape what cannot be printed.
    yield from (repr(text)[1:-1], repr(text + "'\"")[1:-4], ascii(text)[1:-1])
    yield "".join(each if each.isprintable() else repr(each)[1:-1] for each in text)
    yield from (text.replace("'", "''"), text.replace('"', '""'))
    yield b64encode(text.encode()).decode()


def _as_hexadecimal(found: re.Match[str]) -> str:
    """A character as JSON of programs for the web has it."""
    return f"\\u{ord(found[0]):04x}"


def _without_beginning(text: str, secret: str) -> str:
    """A text in which a secret that a message has cut off does not stand either."""
    begins = secret[:_SHORTEST_PART]
    if begins not in text or len(secret) <= _SHORTEST_PART:
        return text
    kept: list[str] = []
    at, found = 0, text.find(begins)
    while found >= 0:
        if found >= at:
            kept.append(text[at:found])
        at = max(at, found + _shared(secret, text[found : found + len(secret)]))
        # One may begin within another and go on behind it.
        found = text.find(begins, found + 1)
    return MASK.join([*kept, text[at:]])


def _shared(one: str, other: str) -> int:
    """With how many characters that are the same both begin."""
    return sum(takewhile(bool, map(eq, one, other)))
