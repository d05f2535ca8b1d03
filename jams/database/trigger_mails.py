"""How far events of triggers have seen the mails of their folders, and what of these they have taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Update, insert, or_, select, update

from jams.objects.trigger_parts import NewsKind, Watched

from . import armed_triggers, tables, trigger_news

_armed = tables.armed_trigger
_event = tables.trigger_event
_mail = tables.trigger_mail


class Seen(NamedTuple):
    """How far an event has seen its folder; see :data:`.trigger_tables.trigger_mail`."""

    validity: int
    uid: int
    open_uid: int | None
    latest: datetime


class WantedMail(NamedTuple):
    """An event that waits for mails.

    Attributes:
        armed_id: its trigger.
        event_id: the event.
        watched: what it is.
        since: since when the trigger waits.
        ready: whether it can take one: it has none, and its trigger waits.
        seen: how far it has seen its folder; None if nobody has looked.
    """

    armed_id: int
    event_id: int
    watched: Watched
    since: datetime
    ready: bool
    seen: Seen | None


_wanted = (
    select(
        _event.c.armed_id,
        _event.c.id,
        _event.c.watched,
        _armed.c.last_reset,
        _armed.c.fired,
        _event.c.met,
        _event.c.seen,
        *_mail.c,
    )
    .join(_armed, _armed.c.id == _event.c.armed_id)
    .outerjoin(_mail, _mail.c.event_id == _event.c.id)
    .where(_event.c.kind == NewsKind.MAIL, _armed.c.enabled)
    .order_by(_event.c.id)
)


def wanted(c: Connection, ids: Collection[int] | None = None) -> list[WantedMail]:
    """The events of enabled triggers that wait for mails; of these numbers, if they are given."""
    query = _wanted if ids is None else _wanted.where(_event.c.id.in_(ids))
    return [
        WantedMail(
            row.armed_id,
            row.id,
            armed_triggers.watched_of(row),
            row.last_reset,
            not (row.fired or row.met or row.seen),
            None if row.uid is None else Seen(row.validity, row.uid, row.open_uid, row.latest),
        )
        for row in c.execute(query)
    ]


def begin(c: Connection, event_id: int, seen: Seen) -> None:
    """An event looks into its folder for the first time, or the UIDs there are others than before."""
    values = {"validity": seen.validity, "uid": seen.uid, "open_uid": None, "latest": seen.latest}
    if not c.execute(update(_mail).where(_mail.c.event_id == event_id).values(values)).rowcount:
        c.execute(insert(_mail).values(event_id=event_id, **values))


def passed(c: Connection, event_id: int, before: Seen, uid: int, latest: datetime) -> None:
    """None of the mails up to that one is for an event."""
    c.execute(_as_it_was(event_id, before).values(uid=uid, latest=max(latest, before.latest)))


def _as_it_was(event_id: int, before: Seen) -> Update:
    return update(_mail).where(
        _mail.c.event_id == event_id, _mail.c.validity == before.validity, _mail.c.uid == before.uid
    )


class Mail(NamedTuple):
    """A mail that an event takes: its UID, when it came, what it is in words and by name."""

    uid: int
    received: datetime
    text: str
    facts: Mapping[str, str]


def take(c: Connection, wanted: WantedMail, mail: Mail, now: datetime, *, settles: bool) -> bool:
    """An event takes a mail, which is news for its trigger; False if it cannot by now.

    Args:
        c: the transaction.
        wanted: the event.
        mail: the mail.
        now: the time.
        settles: whether the mail is to be marked, moved or deleted.
    """
    armed = armed_triggers.locked(c, [wanted.armed_id]).get(wanted.armed_id)
    before = wanted.seen
    if armed is None or not armed.enabled or armed.fired or before is None:
        return False
    free = update(_event).where(
        _event.c.id == wanted.event_id, ~_event.c.met, or_(_event.c.seen.is_(None), ~_event.c.seen)
    )
    moved = _as_it_was(wanted.event_id, before).values(
        uid=mail.uid, latest=max(mail.received, before.latest), open_uid=mail.uid if settles else None
    )
    # In this order: who cannot take the mail has not seen it either.
    still = select(_mail.c.uid).where(_mail.c.event_id == wanted.event_id, _mail.c.uid == before.uid)
    if c.execute(still.with_for_update()).one_or_none() is None:
        return False
    if c.execute(free.values(seen=True)).rowcount != 1:
        return False
    c.execute(moved)
    trigger_news.mail_came(
        c, wanted.armed_id, wanted.event_id, mail.text, armed_triggers.facts_encoded(mail.facts), now
    )
    return True


def settled(c: Connection, event_id: int, uid: int) -> None:
    """What was to be done with a mail is done."""
    mine = update(_mail).where(_mail.c.event_id == event_id, _mail.c.open_uid == uid)
    c.execute(mine.values(open_uid=None))


def tell(c: Connection, ids: Collection[int], problem: str) -> None:
    """Have triggers show what is wrong with their mailbox."""
    c.execute(update(_armed).where(_armed.c.id.in_(ids)).values(problem=problem))


def tell_no_more(c: Connection, ids: Collection[int]) -> None:
    """Nothing is wrong with their mailbox any more."""
    wrong = update(_armed).where(_armed.c.id.in_(ids), _armed.c.problem.like("The mailbox %"))
    c.execute(wrong.values(problem=None))
