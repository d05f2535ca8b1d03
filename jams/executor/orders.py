"""What is told to work on another host, and what it tells when it ends; both are files of the journal.

The password and secret parameters are in neither: they go through the standard input of the work, a pipe
that is filled before the start. So they never lie on a disk, stand in no argument and no variable, and are
there to be read also when the executor was killed the moment after. Who starts anew has a new token and asks
for them again.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

import msgspec

from jams.objects.run import Remote, RunOutcome

ORDER = "order"
OUTCOME = "outcome"
ABORT = "abort"
"""The file that says that somebody wants the end: ``FORCE`` at once, ``ASKED`` that the work knows."""
FORCE, ASKED = b"force", b"asked"
SENT = "sent"
"""The file that says that the host may have begun the script."""

SHORTEST_IDLE, LONGEST_IDLE = 60, 7200
"""Seconds: the bounds of the time after which a host ends a script that nobody asks about."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """The host, without the password, and what is given to the script that lies beside the order.

    ``directory`` is where the script starts, if it is said.
    """

    remote: Remote
    parameters: dict[str, str] = {}
    directory: str | None = None


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """How the work on the other host ended: ``exit_code`` when it did by itself, else the ``reason``.

    Unless ``over``, it may go on there until the host ends it because nobody asks about it.
    """

    outcome: RunOutcome
    exit_code: int | None = None
    reason: str | None = None
    over: bool = True


_order_decoder = msgspec.json.Decoder(Order)
_outcome_decoder = msgspec.json.Decoder(Outcome)


def idle_seconds(remote: Remote) -> int:
    """For how long the host lets a script live that nobody asks about."""
    return min(max(remote.reconnect_timeout, SHORTEST_IDLE), LONGEST_IDLE)


def encode_order(order: Order) -> bytes:
    """The order as it is written down: no password."""
    without = msgspec.structs.replace(order.remote, password=None)
    return msgspec.json.encode(msgspec.structs.replace(order, remote=without))


def decode_order(data: bytes) -> Order:
    """The order that was written down. Raises msgspec.DecodeError."""
    return _order_decoder.decode(data)


_BEFORE_SECRETS = "\0"
"""What stands between the password, which holds nothing that cannot be printed, and the secret parameters."""


def password_and_secrets(password: str, secrets: Mapping[str, str]) -> bytes:
    """What goes through the standard input of the work."""
    told = f"{_BEFORE_SECRETS}{msgspec.json.encode(secrets).decode()}" if secrets else ""
    return f"{password}{told}".encode()


def read_password_and_secrets(data: bytes) -> tuple[str, dict[str, str]]:
    """The password, and the secret parameters by name. Raises ValueError, msgspec.DecodeError."""
    password, _, told = data.decode().partition(_BEFORE_SECRETS)
    return password, msgspec.json.decode(told, type=dict[str, str]) if told else {}


def write_outcome(path: str, outcome: Outcome) -> None:
    """Write down how it ended, whole or not at all. Raises OSError."""
    temporary = f"{path}.new"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.encode(outcome))
    os.replace(temporary, path)


def decode_outcome(data: bytes | None) -> Outcome | None:
    """How it ended; None when that was not written down."""
    try:
        return _outcome_decoder.decode(data) if data else None
    except msgspec.DecodeError:
        return None
