"""Who used which credential or encrypted variable when, in the audit trail: for whom, as which account."""

from __future__ import annotations

from sqlalchemy import Connection

from . import audit

OPERATION = "use_credential"
"""What the trail calls it; no operation of that name is called by anybody."""

VARIABLE_OPERATION = "use_variable"
"""What it calls the use of an encrypted variable."""

_DOOR = "Scheduler"


def record(c: Connection, name: str, account: str, *, user: str, purpose: str) -> None:
    """Write down that a credential is used.

    Args:
        c: the transaction.
        name: the credential.
        account: the account that it stands for.
        user: for whom: who has submitted what uses it, or the engine.
        purpose: what uses it, as the beginning of a sentence.
    """
    message = f"{purpose} uses the credential {name}, the account {account}."
    audit.record(c, user=user, door=_DOOR, operation=OPERATION, target=name, message=message)


def record_variable(c: Connection, path: str, *, user: str, purpose: str) -> None:
    """Write down that the value of an encrypted variable is used; see :func:`record`."""
    message = f"{purpose} uses the encrypted variable {path}."
    audit.record(c, user=user, door=_DOOR, operation=VARIABLE_OPERATION, target=path, message=message)
