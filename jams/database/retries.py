"""Retry keys: the first answer given under a key is given again to the same request."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from jams.objects.errors import IdempotencyConflict, InvalidArgument

from . import tables

_retry = tables.retry_key
_LONGEST_KEY = 255

LIFETIME = timedelta(hours=24)
"""How long an answer is kept."""


def recall(c: Connection, account: str, key: str, fingerprint: bytes) -> bytes | None:
    """The answer that was given to this request under this key, if it was made before.

    Raises:
        IdempotencyConflict: the key was used for another request.
        InvalidArgument: the key is too long.
    """
    if not 0 < len(key) <= _LONGEST_KEY:
        raise InvalidArgument(
            f"An idempotency key has 1 to {_LONGEST_KEY} characters.", member="Idempotency-Key"
        )
    row = c.execute(
        select(_retry.c.fingerprint, _retry.c.answer, _retry.c.time).where(
            _retry.c.account == account, _retry.c.retry_key == key
        )
    ).one_or_none()
    if row is None:
        return None
    if row.time <= datetime.now(UTC) - LIFETIME:
        c.execute(delete(_retry).where(_retry.c.account == account, _retry.c.retry_key == key))
        return None
    if row.fingerprint != fingerprint.hex():
        raise IdempotencyConflict(f"The idempotency key {key} was used for another request.", target=key)
    answer: str = row.answer
    return answer.encode()


def remember(c: Connection, account: str, key: str, fingerprint: bytes, answer: bytes) -> None:
    """Keep the answer to a request (UTF-8 text, such as JSON), in the transaction that made it."""
    values = {
        "account": account,
        "retry_key": key,
        "fingerprint": fingerprint.hex(),
        "answer": answer.decode(),
        "time": datetime.now(UTC),
    }
    c.execute(insert(_retry), values)


def prune(c: Connection, now: datetime) -> int:
    """Remove answers that are older than their lifetime; how many."""
    return int(c.execute(delete(_retry).where(_retry.c.time <= now - LIFETIME)).rowcount)
