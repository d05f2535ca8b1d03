"""What can go wrong, as clients of WS-Management are told (DSP0226 14, MS-WSMV 2.2.4.43)."""

from __future__ import annotations

from typing import Final


class WSManFault(Exception):
    """A fault to answer with.

    Attributes:
        role: ``Sender`` or ``Receiver``: whose mistake it is.
        subcode: what kind, with its prefix.
        code: the number by which Windows knows it; 0 where it knows none.
        reason: what the user reads.
        status: HTTP status.
        relates_to: the MessageID of the request, once it is known.
    """

    def __init__(self, role: str, subcode: str, code: int, reason: str, status: int = 500) -> None:
        super().__init__(reason)
        self.role = role
        self.subcode = subcode
        self.code = code
        self.reason = reason
        self.status = status
        self.relates_to = ""


TIMED_OUT: Final = 2150858793
DISCONNECTED_MEANWHILE: Final = 2150859230
IS_DISCONNECTED: Final = 2150859204
_INTERNAL_ERROR: Final = 1359


def timed_out() -> WSManFault:
    """Nothing came in the time of an operation; clients ask again."""
    return WSManFault(
        "Receiver",
        "w:TimedOut",
        TIMED_OUT,
        "The WS-Management service cannot complete the operation within the time specified in "
        "OperationTimeout.",
    )


def no_shell() -> WSManFault:
    """A shell or command that is not there, or not the caller's: nobody learns which."""
    return WSManFault(
        "Sender",
        "w:InvalidSelectors",
        2150858843,
        "The request for the Windows Remote Shell failed because the shell was not found on the server. "
        "Possible causes are: the specified ShellId is incorrect or the shell no longer exists on the "
        "server.",
    )


def no_configuration(known: str) -> WSManFault:
    """A resource or session configuration that this server does not have."""
    return WSManFault(
        "Sender",
        "w:InvalidResourceURI",
        2150858811,
        f"This server has no such session configuration. Give -ConfigurationName {known}.",
    )


def no_action() -> WSManFault:
    """An action that this server does not offer on the resource."""
    return WSManFault("Sender", "a:ActionNotSupported", 0, "This server does not support that action.")


def too_many_shells(reason: str) -> WSManFault:
    """A limit on shells is reached."""
    return WSManFault("Sender", "w:QuotaLimit", 2150859173, reason)


def too_many_operations(reason: str) -> WSManFault:
    """A limit on what goes on at the same time is reached."""
    return WSManFault("Sender", "w:QuotaLimit", 2150859174, reason)


def not_understood(what: str) -> WSManFault:
    """XML that is none, or none that a request can be."""
    return WSManFault("Sender", "w:SchemaValidationError", 2150858817, what, status=400)


def header_not_understood(name: str) -> WSManFault:
    """A header that must be understood and is not."""
    return WSManFault(
        "MustUnderstand", "", 0, f"The header {name} must be understood, and this server does not know it."
    )


def envelope_too_small() -> WSManFault:
    """The client wants answers so small that none fits."""
    return WSManFault("Sender", "w:EncodingLimit", 0, "MaxEnvelopeSize is at least 8192.")


def envelope_too_large(most: int) -> WSManFault:
    """A request that is larger than what the server says of itself."""
    return WSManFault("Sender", "w:EncodingLimit", 0, f"A request has {most} characters at most.", status=400)


def exists_already() -> WSManFault:
    """The client chose an identifier that is taken."""
    return WSManFault("Sender", "w:AlreadyExists", 2147942583, "A shell of that ShellId exists.")


def disconnected_meanwhile() -> WSManFault:
    """A parked Receive ends because its shell is being disconnected."""
    return WSManFault(
        "Receiver", "w:Concurrency", DISCONNECTED_MEANWHILE, "The stream is currently disconnected."
    )


def is_disconnected() -> WSManFault:
    """The shell has to be reconnected first."""
    return WSManFault(
        "Receiver",
        "w:Concurrency",
        IS_DISCONNECTED,
        "The shell is disconnected; it must be reconnected before it can be used.",
    )


def superseded() -> WSManFault:
    """A newer Receive took the place of this one."""
    return WSManFault("Receiver", "w:Concurrency", 995, "Another Receive took the place of this one.")


def internal(reason: str) -> WSManFault:
    """Everything else; the reason never tells what the server looks like inside."""
    return WSManFault("Receiver", "w:InternalError", _INTERNAL_ERROR, reason)
