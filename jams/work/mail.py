"""The method Mail: one mail, written as it is sent.

    To: ann@example.org
    Subject: The night is over

    All is well.

It goes through the server of the settings. ``Cc``, ``Bcc``, ``From`` and ``Reply-To`` may be said, and
``Content-Type: text/html``.
"""

from __future__ import annotations

import re
import smtplib
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formatdate, getaddresses, make_msgid
from typing import NamedTuple

from jams.telling.smtp import begin, connected, plain, said

from .running import Failure, Given

_HEADERS = {
    name.casefold(): name for name in ("To", "Cc", "Bcc", "From", "Reply-To", "Subject", "Content-Type")
}
_ADDRESS = re.compile(r"[^\s@,;<>]{1,64}@[^\s@,;<>]{1,255}")
_REFUSED = 1


class Letter(NamedTuple):
    """A mail, and whom it goes to."""

    message: EmailMessage
    recipients: list[str]


def run(given: Given) -> int:
    """Send the mail; 1 if somebody was refused. Raises Failure."""
    letter = parse(given.task.source, given.text("FromAddress"))
    host = given.text("SMTPServer")
    try:
        smtp = _opened(given, host)
        try:
            refused = smtp.send_message(letter.message, to_addrs=letter.recipients)
        except smtplib.SMTPRecipientsRefused as error:
            refused = error.recipients
        finally:
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise Failure(f"The mail server {host} did not take it: {_told(error)}.") from None
    for each in letter.recipients:
        answer = refused.get(each)
        print(f"{each}: refused, {answer[0]} {plain(answer[1])}" if answer else f"{each}: taken")
    return _REFUSED if refused else 0


def parse(source: str, sender: str) -> Letter:
    """The mail that a source stands for. Raises Failure."""
    head, _, body = re.sub(r"\r\n?", "\n", source.lstrip("\n")).partition("\n\n")
    heads: dict[str, str] = {}
    for line in head.split("\n"):
        name, colon, value = line.partition(":")
        known = _HEADERS.get(name.strip().casefold())
        if not colon or known is None or known in heads or not value.strip().isprintable():
            raise Failure(f"This line is no header of a mail here: {line[:80]!r}.")
        heads[known] = value.strip()
    listed = {name: _addresses(name, heads[name]) for name in ("To", "Cc", "Bcc") if name in heads}
    recipients = list(dict.fromkeys(each for found in listed.values() for each in found))
    if not recipients:
        raise Failure("The mail goes to nobody: say To.")
    kind = heads.get("Content-Type", "text/plain").partition(";")[0].strip().casefold()
    if kind not in ("text/plain", "text/html"):
        raise Failure("The Content-Type of a mail is text/plain or text/html.")
    message = EmailMessage()
    message["From"] = heads.get("From") or sender
    for name in ("To", "Cc", "Reply-To", "Subject"):
        if heads.get(name):
            message[name] = heads[name]
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain="jams")
    message.set_content(body, subtype=kind.partition("/")[2])
    return Letter(message, recipients)


def _addresses(name: str, value: str) -> list[str]:
    found = [address for _, address in getaddresses([value])]
    wrong = [each for each in found if not _ADDRESS.fullmatch(each)]
    if wrong or not found:
        raise Failure(f"{name} names no address: {value[:80]!r}.")
    return found


def _opened(given: Given, host: str) -> smtplib.SMTP:
    """The server, logged in."""
    security = given.text("SMTPSecurity")
    made = connected(host, given.number("SMTPPort", 25), security, given.number("SMTPTimeout", 60))
    begin(made, security, given.task.user_name, given.password, "a credential")
    return made


def _told(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return said(error)
    return str(error) or type(error).__name__
