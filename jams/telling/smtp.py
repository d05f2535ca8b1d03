"""A connection to a mail server, as the settings want it. Whoever sends mail begins here."""

from __future__ import annotations

import smtplib
import ssl

SURE = ("TLS", "StartTLS")
"""Kinds of security by which one knows to whom one speaks."""


def connected(host: str, port: int, security: str, timeout: float) -> smtplib.SMTP:
    """Reach a mail server; nothing is said yet. ``timeout`` is seconds for each answer.

    Raises:
        OSError, smtplib.SMTPException: it cannot be reached, or its certificate is not trusted.
    """
    if security == "TLS":
        return smtplib.SMTP_SSL(host, port, timeout=timeout, context=ssl.create_default_context())
    return smtplib.SMTP(host, port, timeout=timeout)


def begin(
    smtp: smtplib.SMTP, security: str, user_name: str | None, password: str | None, credential: str
) -> None:
    """Say hello, encrypt and log in, as far as that is wanted.

    Raises:
        OSError, smtplib.SMTPException: the server does not want to, or its certificate is not trusted.
        ValueError: a password would be told to nobody knows whom; ``credential`` says whose.
    """
    smtp.ehlo()
    if security == "StartTLS" or (security == "IfOffered" and smtp.has_extn("starttls")):
        checked = ssl.create_default_context()
        if security == "IfOffered":
            # Whom one speaks to is not known without TLS either.
            checked.check_hostname, checked.verify_mode = False, ssl.CERT_NONE
        smtp.starttls(context=checked)
        smtp.ehlo()
    if user_name is not None and password is not None:
        if security not in SURE:
            raise ValueError(f"{credential} is used with SMTPSecurity StartTLS or TLS alone")
        smtp.login(user_name, password)


def said(error: smtplib.SMTPResponseException) -> str:
    """What the server has answered: its code and its words."""
    return f"{error.smtp_code} {plain(error.smtp_error)}"


def plain(words: bytes | str) -> str:
    """The words of a server as one line, at most 500 characters."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(text.split())[:500]
