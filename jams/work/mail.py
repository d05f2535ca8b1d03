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
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formatdate, getaddresses, make_msgid
from typing import NamedTuple

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
        print(f"{each}: refused, {answer[0]} {_text(answer[1])}" if answer else f"{each}: taken")
    return _REFUSED if refused else 0


def parse(source: str, sender: str) -> Letter:
    """The mail that a source stands for. Raises Failure."""
    head, _, body = re.sub(r"\r\n?", "\n", source.lstrip("\n")).partition("\n\n")
    said: dict[str, str] = {}
    for line in head.split("\n"):
        name, colon, value = line.partition(":")
        known = _HEADERS.get(name.strip().casefold())
        if not colon or known is None or known in said or not value.strip().isprintable():
            raise Failure(f"This line is no header of a mail here: {line[:80]!r}.")
        said[known] = value.strip()
    listed = {name: _addresses(name, said[name]) for name in ("To", "Cc", "Bcc") if name in said}
    recipients = list(dict.fromkeys(each for found in listed.values() for each in found))
    if not recipients:
        raise Failure("The mail goes to nobody: say To.")
    kind = said.get("Content-Type", "text/plain").partition(";")[0].strip().casefold()
    if kind not in ("text/plain", "text/html"):
        raise Failure("The Content-Type of a mail is text/plain or text/html.")
    message = EmailMessage()
    message["From"] = said.get("From") or sender
    for name in ("To", "Cc", "Reply-To", "Subject"):
        if said.get(name):
            message[name] = said[name]
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
    security, port, seconds = (
        given.text("SMTPSecurity"),
        given.number("SMTPPort", 25),
        given.number("SMTPTimeout", 60),
    )
    checked = ssl.create_default_context()
    if security == "TLS":
        made: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=seconds, context=checked)
    else:
        made = smtplib.SMTP(host, port, timeout=seconds)
    made.ehlo()
    if security == "StartTLS" or (security == "IfOffered" and made.has_extn("starttls")):
        if security == "IfOffered":
            # Whom one speaks to is not known without TLS either.
            checked.check_hostname, checked.verify_mode = False, ssl.CERT_NONE
        made.starttls(context=checked)
        made.ehlo()
    if given.task.user_name is not None and given.password is not None:
        if security not in ("TLS", "StartTLS"):
            raise ValueError("a credential is used with SMTPSecurity StartTLS or TLS alone")
        made.login(given.task.user_name, given.password)
    return made


def _told(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return str(error) or type(error).__name__


def _text(said: bytes | str) -> str:
    return " ".join((said.decode("utf-8", "replace") if isinstance(said, bytes) else said).split())[:500]
