"""What is told to work on another host, and what it tells when it ends; both are files of the journal.

The password is in neither: it goes through the standard input of the work, a pipe that is filled before the
start. So it never lies on a disk, stands in no argument and no variable, and is there to be read also when
the executor was killed the moment after. Who starts anew has a new token and asks for the password again.
"""

from __future__ import annotations

import os

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
