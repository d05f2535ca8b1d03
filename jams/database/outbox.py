"""What is still to be told to people and programs: rows that are written with what happens, and then sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, or_, select, update

from jams.objects.errors import NotFound, WrongState
from jams.objects.outbox import OutboxItem
from jams.objects.tellings import Letter, OutboxState, TellingWay

from . import changes, names, tables

_outbox = tables.outbox

_CHUNK = 500


class Waiting(NamedTuple):
    """A row that somebody has claimed to send it."""

    id: int
    key: str
    letter: Letter
    recipients: list[str]
    delivered: list[str]
    attempts: int
    created: datetime
    try_from: datetime


def add(c: Connection, letters: Mapping[str, tuple[Letter, Sequence[str]]], now: datetime) -> None:
    """Write down what is to be told: by key, each with those who are told; what lies there already stays."""
    if not letters:
        return
    there = set(c.scalars(select(_outbox.c.key).where(_outbox.c.key.in_(list(letters)))))
    rows = [
        {
            "key": key,
            "way": letter.telling.way,
            "state": OutboxState.WAITING,
            "created": now,
            "try_from": now,
            "next_try": now,
            "number": letter.facts.entry or None,
            "job_name": letter.facts.job,
            "folder_name": letter.facts.folder,
            "recipients": ",".join(recipients),
            "delivered": "",
            "document": msgspec.json.encode(letter).decode(),
        }
        for key, (letter, recipients) in letters.items()
        if key not in there
    ]
    if rows:
        c.execute(insert(_outbox), rows)
        changes.note(c, changes.OUTBOX, changes.OTHERWISE)


def claim(
    c: Connection, way: TellingWay, claim: str, *, now: datetime, until: datetime, most: int
) -> list[Waiting]:
    """Claim rows whose time has come, the longest due first, so that nobody else sends them until then."""
    due = (
        select(_outbox.c.id)
        .where(*_free(way, now), _outbox.c.next_try <= now)
        .order_by(_outbox.c.next_try, _outbox.c.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    taken = (
        update(_outbox)
        .where(_outbox.c.id.in_(c.scalars(due).all()), *_free(way, now))
        .values(claim=claim, claimed_until=until, attempts=_outbox.c.attempts + 1)
        .returning(*_outbox.c)
    )
    return [_waiting(c, row) for row in sorted(c.execute(taken).all(), key=lambda row: row.id)]


def _waiting(c: Connection, row: Any) -> Waiting:
    return Waiting(
        row.id,
        row.key,
        msgspec.json.decode(row.document, type=Letter),
        _listed(row.recipients),
        _listed(row.delivered),
        row.attempts,
        row.created,
        row.try_from,
    )


def _free(way: TellingWay, now: datetime) -> tuple[Any, ...]:
    return (
        _outbox.c.way == way,
        _outbox.c.state == OutboxState.WAITING,
        or_(_outbox.c.claimed_until.is_(None), _outbox.c.claimed_until <= now),
    )


def _listed(text: str) -> list[str]:
    return [each for each in text.split(",") if each]


def next_due(c: Connection, way: TellingWay, now: datetime) -> datetime | None:
    """When the next row is to be tried that nobody has claimed, or else a claim ends; None: there is none."""
    free = select(_outbox.c.next_try).where(*_free(way, now))
    found: datetime | None = c.scalar(free.order_by(_outbox.c.next_try, _outbox.c.id).limit(1))
    if found is None:
        waiting = (_outbox.c.way == way, _outbox.c.state == OutboxState.WAITING)
        found = c.scalar(select(func.min(_outbox.c.claimed_until)).where(*waiting))
    return found


def settle(
    c: Connection,
    row: Waiting,
    claim: str,
    *,
    state: OutboxState,
    now: datetime,
    delivered: Sequence[str],
    open: Sequence[str],
    error: str | None,
    next_try: datetime | None = None,
) -> bool:
    """Write down what has come of sending a claimed row; False when somebody else has it by now."""
    values: dict[str, Any] = {
        "state": state,
        "recipients": ",".join(open),
        "delivered": ",".join(delivered),
        "last_error": error,
        "done": None if state is OutboxState.WAITING else now,
        "claim": None,
        "claimed_until": None,
    }
    if next_try is not None:
        values["next_try"] = next_try
    mine = update(_outbox).where(_outbox.c.id == row.id, _outbox.c.claim == claim)
    return bool(c.execute(mine.values(**values)).rowcount)


def give_back(
    c: Connection, ids: Collection[int], claim: str, *, next_try: datetime, error: str, tried: bool
) -> None:
    """Let rows that were claimed wait until then; ``tried`` says whether that counts as an attempt."""
    values: dict[str, Any] = {"claim": None, "claimed_until": None, "next_try": next_try}
    values["last_error"] = error
    if not tried:
        values["attempts"] = _outbox.c.attempts - 1
    c.execute(update(_outbox).where(_outbox.c.id.in_(ids), _outbox.c.claim == claim).values(**values))


def give_up(c: Connection, way: TellingWay, *, before: datetime, now: datetime, error: str) -> int:
    """Let those fail that are tried since before then; how many."""
    over = update(_outbox).where(*_free(way, now), _outbox.c.try_from < before)
    return int(c.execute(over.values(state=OutboxState.FAILED, done=now, last_error=error)).rowcount)


def forget(c: Connection, before: datetime) -> int:
    """Forget some that were sent before then; how many, 0 when none is left."""
    old = select(_outbox.c.id).where(_outbox.c.state == OutboxState.SENT, _outbox.c.done < before)
    ids = c.scalars(old.limit(_CHUNK)).all()
    return int(c.execute(delete(_outbox).where(_outbox.c.id.in_(ids))).rowcount) if ids else 0


def find(
    c: Connection,
    *,
    state: OutboxState | None = None,
    entry: int | None = None,
    limit: int = 1000,
    beyond: int | None = None,
) -> list[OutboxItem]:
    """What lies in the outbox, newest first, without what it says; behind the message ``beyond``."""
    query: Select[Any] = select(_outbox).where(*_wanted(state, entry))
    if beyond is not None:
        query = query.where(_outbox.c.id < beyond)
    return [_item(row) for row in c.execute(query.order_by(_outbox.c.id.desc()).limit(limit))]


def count_found(c: Connection, *, state: OutboxState | None = None, entry: int | None = None) -> int:
    """How many messages there are of these."""
    return c.scalar(select(func.count()).select_from(_outbox).where(*_wanted(state, entry))) or 0


def _wanted(state: OutboxState | None, entry: int | None) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if state is not None:
        where.append(_outbox.c.state == state)
    if entry is not None:
        where.append(_outbox.c.number == entry)
    return where


def _item(row: Any) -> OutboxItem:
    try:
        letter = msgspec.json.decode(row.document, type=Letter)
    except msgspec.MsgspecError:
        letter = None
    return OutboxItem(
        outbox_id=row.id,
        way=row.way,
        state=row.state,
        jams_entry=row.number,
        name=names.join(row.folder_name, row.job_name),
        happened="" if letter is None else letter.facts.happened.value,
        told_by="" if letter is None else letter.telling.name,
        recipients=_listed(row.recipients),
        delivered=_listed(row.delivered),
        created_utc=row.created,
        next_try_utc=row.next_try if row.state is OutboxState.WAITING else None,
        attempts=row.attempts,
        last_error=row.last_error,
        done_utc=row.done,
        message_id=row.key,
    )


def send_again(c: Connection, id: int) -> OutboxItem:
    """Let what has failed, or waits, be tried at once, and as long as if it were new.

    Raises:
        NotFound: there is no such row.
        WrongState: it was sent.
    """
    now = datetime.now(UTC)
    open_ones = update(_outbox).where(_outbox.c.id == id, _outbox.c.state != OutboxState.SENT)
    done = c.execute(
        open_ones.values(state=OutboxState.WAITING, try_from=now, next_try=now, done=None)
    ).rowcount
    item = get(c, id)
    if not done:
        raise WrongState(f"Message {id} of the outbox was sent.", target=str(id))
    changes.note(c, changes.OUTBOX, changes.OTHERWISE)
    return item


def remove(c: Connection, id: int) -> OutboxItem:
    """Take a row out, which is then told to nobody any more. Raises NotFound."""
    item = get(c, id)
    c.execute(delete(_outbox).where(_outbox.c.id == id))
    return item


def get(c: Connection, id: int) -> OutboxItem:
    """One row. Raises NotFound."""
    row = c.execute(select(_outbox).where(_outbox.c.id == id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no message {id} in the outbox.", target=str(id))
    return _item(row)


def count(c: Connection, state: OutboxState) -> int:
    """How many rows are in a state."""
    return int(c.scalar(select(func.count()).select_from(_outbox).where(_outbox.c.state == state)) or 0)
