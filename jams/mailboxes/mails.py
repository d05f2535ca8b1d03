"""Mails as a server tells of them: heads for many, the text of one. What is in them is data of strangers."""

from __future__ import annotations

import email
from collections.abc import Mapping
from datetime import datetime
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from typing import Any, NamedTuple

from jams.telling.letters import plain_text

MOST_TEXT = 16_000
"""Characters of a text that are looked at and handed on."""

MOST_BYTES = 65_536
"""Bytes of a mail that are read for its text."""

_LONGEST = 1000


class Head(NamedTuple):
    """The head of a mail.

    Attributes:
        uid: its number in its folder.
        received: when the server has got it.
        sender: who has sent it, with the name that he gives himself.
        address: his address alone.
        subject: its subject, as one line.
        id: its Message-ID.
    """

    uid: int
    received: datetime
    sender: str
    address: str
    subject: str
    id: str


def head_of(uid: int, data: Mapping[bytes, Any], unknown: datetime) -> Head:
    """The head of a mail as the server tells it; ``unknown`` stands for a time that it does not tell."""
    envelope = data.get(b"ENVELOPE")
    received = data.get(b"INTERNALDATE")
    sender = address = subject = id = ""
    if envelope is not None:
        subject, id = _decoded(envelope.subject), _line(_text(envelope.message_id))
        if envelope.from_:
            first = envelope.from_[0]
            address = _line(f"{_text(first.mailbox)}@{_text(first.host)}")
            name = _decoded(first.name)
            sender = f"{name} <{address}>" if name else address
    return Head(uid, received if isinstance(received, datetime) else unknown, sender, address, subject, id)


def facts_of(head: Head, folder: str, text: str) -> dict[str, str]:
    """What a trigger tells of a mail to the jobs that it submits."""
    return {
        "MailFrom": head.sender,
        "MailAddress": head.address,
        "MailSubject": head.subject,
        "MailDate": head.received.isoformat(),
        "MailID": head.id,
        "MailUID": str(head.uid),
        "MailFolder": folder,
        "MailText": text,
    }


def text_of(raw: bytes) -> str:
    """The text of a mail, at most :data:`MOST_TEXT` characters; of HTML what people would read."""
    try:
        message = email.message_from_bytes(raw[:MOST_BYTES], policy=default)
        assert isinstance(message, EmailMessage)
        part = message.get_body(("plain", "html"))
        if part is None or not isinstance(part, EmailMessage):
            return ""
        payload = part.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else b""
        text = _as_text(data, part.get_content_charset() or "utf-8")[:MOST_TEXT]
        if part.get_content_type() == "text/html":
            text = plain_text(text)
    except Exception:  # What a stranger sends may break any parser; such a mail has no text.
        return ""
    return "".join(each if each.isprintable() or each in "\n\t" else " " for each in text if each != "\r")


def _as_text(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset, "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


def _decoded(value: bytes | None) -> str:
    text = _text(value)
    try:
        return _line(str(make_header(decode_header(text))))
    except (HeaderParseError, LookupError, ValueError, TypeError):
        return _line(text)


def _text(value: bytes | None) -> str:
    return "" if value is None else value[: 4 * _LONGEST].decode("utf-8", "replace")


def _line(text: str) -> str:
    """One line that can be stored: no control characters, no halves of characters."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())[:_LONGEST]
