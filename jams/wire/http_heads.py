"""What is wrong with the head of an HTTP/1 request that an HTTP library lets pass.

Where two programs that read a request disagree about its end, or about whom it is for, one of them can be
made to take a part of it for a request of its own (RFC 9112 sections 3.2 and 11.2). Libraries are lenient in
different places; whatever serves HTTP here checks heads by the rules of this module first.
"""

from __future__ import annotations

import re

_LINE = re.compile(rb"[^ ]+ ([^ ]+) HTTP/1\.([01])")
_AUTHORITY = re.compile(rb"(?i)[a-z][a-z0-9+.-]*://([^/?#]*)")
_HOST = re.compile(rb"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~!$&'()*+;=%-]*)(?::[0-9]*)?")
_LENGTH = re.compile(rb"[0-9]{1,18}")
_LONE = re.compile(rb"(?<!\r)\n|\r(?!\n)")


def fault_of(head: bytes) -> str | None:
    """What is wrong with a head, from the request line to the last header; None if nothing is.

    Refused are versions other than 1.0 and 1.1, lone CR or LF, NUL, headers that go on in a second line or
    have white space before their colon, ``Content-Length`` that is doubled, no number or beside
    ``Transfer-Encoding``, codings other than ``chunked`` and any in HTTP/1.0, and in HTTP/1.1 no ``Host``,
    several, or one that the target contradicts.
    """
    if has_lone_ends(head) or b"\0" in head:
        return "a line ends with a lone CR or LF, or holds a NUL"
    first, *lines = head.strip(b"\r\n").split(b"\r\n")
    request = _LINE.fullmatch(first)
    if request is None:
        return "the first line is no request of HTTP/1.0 or 1.1"
    target, minor = request.groups()
    found: dict[bytes, list[bytes]] = {}
    for line in lines:
        name, colon, value = line.partition(b":")
        if not colon or not name or name.strip() != name:
            return "a header has no name, has white space before its colon, or goes on in a second line"
        found.setdefault(name.lower(), []).append(value.strip(b" \t"))
    return _framing(found, minor) or _host(found, minor, target)


def has_lone_ends(part: bytes) -> bool:
    """Whether a part of a head, cut after a whole line, ends lines with a CR or LF alone."""
    return _LONE.search(part) is not None


def _framing(headers: dict[bytes, list[bytes]], minor: bytes) -> str | None:
    lengths, codings = headers.get(b"content-length", []), headers.get(b"transfer-encoding", [])
    if lengths and codings:
        return "Content-Length and Transfer-Encoding are both given"
    if len(lengths) > 1 or any(not _LENGTH.fullmatch(length) for length in lengths):
        return "Content-Length is given twice, or is no length"
    if codings and minor == b"0":
        return "HTTP/1.0 has no Transfer-Encoding"
    if codings and [coding.lower() for coding in codings] != [b"chunked"]:
        return "Transfer-Encoding is not chunked"
    return None


def _host(headers: dict[bytes, list[bytes]], minor: bytes, target: bytes) -> str | None:
    hosts = headers.get(b"host", [])
    if len(hosts) > 1 or (not hosts and minor == b"1"):
        return "there is not one Host"
    if hosts and not _HOST.fullmatch(hosts[0]):
        return "Host is no name of a host"
    named = _AUTHORITY.match(target)
    if hosts and named is not None and named.group(1).lower() != hosts[0].lower():
        return "the target names another host than Host"
    return None
