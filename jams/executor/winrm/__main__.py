"""``python -m jams.executor.winrm JOURNAL``: see the package."""

from __future__ import annotations

import logging
import sys
import warnings
from pathlib import Path

from msgspec import DecodeError
from msgspec.structs import replace

from jams.objects.run import RunOutcome

from ..orders import (
    ABORT,
    FORCE,
    ORDER,
    OUTCOME,
    SENT,
    Outcome,
    decode_order,
    read_password_and_secrets,
    write_outcome,
)
from ..remote import SUFFIX
from .transcript import Transcript, to_descriptor

_LOST = 70


def main(arguments: list[str]) -> int:
    """Do the work of the journal that is the argument; the exit code of this process."""
    (journal,) = arguments
    # What libraries have to say about connections is said by the run itself, in a log that people read.
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    outcome = _work(journal)
    write_outcome(f"{journal}.{OUTCOME}", outcome)
    if outcome.exit_code is None:
        return _LOST
    return outcome.exit_code if 0 <= outcome.exit_code <= 255 else 1


def _work(journal: str) -> Outcome:
    transcript = Transcript(to_descriptor(sys.stdout.fileno()))
    try:
        password, secrets = read_password_and_secrets(sys.stdin.buffer.read())
        with open(f"{journal}.{ORDER}", "rb") as file:
            order = decode_order(file.read())
        order = replace(order, parameters={**order.parameters, **secrets})
        with open(f"{journal}.{SUFFIX}", encoding="utf-8", newline="") as file:
            script = file.read()
    except (OSError, ValueError, DecodeError) as error:
        return Outcome(outcome=RunOutcome.REFUSED, reason=f"The order of this run cannot be read: {error}.")
    from .work import run

    return run(order, script, password, transcript, lambda: _forced(journal), lambda: _mark_sent(journal))


def _forced(journal: str) -> bool:
    try:
        return Path(f"{journal}.{ABORT}").read_bytes() == FORCE
    except OSError:
        return False


def _mark_sent(journal: str) -> None:
    Path(f"{journal}.{SENT}").touch(mode=0o600)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
