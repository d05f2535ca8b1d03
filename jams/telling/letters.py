"""Mails as they are sent: head, words, log."""

from __future__ import annotations

import html
import re
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import NamedTuple

from jams.objects.encodings import USUAL, decoded
from jams.objects.tellings import Letter
from jams.registry.template_rules import TemplateUnusable

from . import templates

_PRIORITIES = {"high": ("1 (Highest)", "high"), "low": ("5 (Lowest)", "low")}
_LONGEST_SUBJECT = 400
_TAIL = 4096


class Frame(NamedTuple):
    """What every mail of a server has.

    Attributes:
        sender: the address that mails are from, where they do not say another.
        server: the name of the server.
        plain: whether all mails are plain text.
    """

    sender: str
    server: str
    plain: bool


class Log(NamedTuple):
    """The end of a log: its file's name, its bytes, whether that is all, its encoding if not UTF-8."""

    name: str
    data: bytes
    whole: bool
    encoding: str = USUAL


class Written(NamedTuple):
    """A mail, and what is wrong with its templates."""

    message: EmailMessage
    fault: str | None


def write(
    letter: Letter, key: str, created: datetime, frame: Frame, to: list[str], cc: list[str], log: Log | None
) -> Written:
    """The mail that tells of something. One whose template fails says it in the server's own words."""
    telling, faults = letter.telling, []
    tail = "" if log is None else decoded(log.data[-_TAIL:], lambda: log.encoding, final=True)[0]
    values = templates.values_of(letter.facts, frame.server, tail)
    plain = frame.plain or telling.plain
    message = EmailMessage(policy=SMTP)
    sender = telling.sender or frame.sender
    message["Subject"] = _line(templates.render(templates.SUBJECT, values, html=False))
    if telling.subject:
        try:
            text = templates.render(telling.subject, values, html=False)
            message.replace_header("Subject", _line(text))
        except TemplateUnusable as error:
            faults.append(f"The template of the subject fails: {error}")
    message["From"] = sender
    message["To"] = ", ".join(to) or "undisclosed-recipients:;"
    if cc:
        message["Cc"] = ", ".join(cc)
    message["Date"] = format_datetime(created)
    message["Message-ID"] = f"<{key}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-JAMS-Entry"] = str(letter.facts.entry)
    if telling.priority.strip().lower() in _PRIORITIES:
        message["X-Priority"], message["Importance"] = _PRIORITIES[telling.priority.strip().lower()]
    text, rich = _words(telling.body, values, faults)
    message.set_content(text)
    if rich and not plain:
        message.add_alternative(rich, subtype="html")
    if log is not None:
        name = log.name if log.whole else f"end of {log.name}"
        message.add_attachment(log.data, maintype="text", subtype="plain", filename=name)
    return Written(message, " ".join(faults) or None)


def _words(body: str, values: dict[str, object], faults: list[str]) -> tuple[str, str]:
    """The text, and the HTML where there is any."""
    if body:
        try:
            if not templates.is_html(body):
                return templates.render(body, values, html=False), ""
            rich = templates.render(body, values, html=True)
            return plain_text(rich), rich
        except TemplateUnusable as error:
            faults.append(f"The template of the text fails: {error}")
    text = templates.render(templates.TEXT, values, html=False)
    if faults:
        return "\n".join((text, *faults, "")), ""
    return text, templates.render(templates.HTML, values, html=True)


def _line(text: str) -> str:
    """One line, without what would end a head."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())[:_LONGEST_SUBJECT]


def plain_text(rich: str) -> str:
    """What HTML says, as text."""
    text = re.sub(r"(?is)<(script|style)\b.*?</\1\s*>", "", rich)
    text = re.sub(r"(?i)<br\s*/?>|</(?:p|div|tr|li|h[1-6]|table)\s*>", "\n", text)
    text = html.unescape(re.sub(r"<[^>]*>", " ", text))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line) + "\n"
