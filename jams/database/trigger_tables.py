"""The tables of triggers: definitions, what waits for events, what has happened to these, what has fired."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Unicode,
    UniqueConstraint,
)

from jams.objects.trigger_parts import NewsKind

from .columns import Choice, Document, Name, Note, Path, SeverityRank, UtcTime, YesNo
from .table_parts import Number, changed, metadata, named, number

trigger = Table(
    "trigger",
    metadata,
    number(),
    Column("folder_id", Number, ForeignKey("folder.id"), nullable=False),
    *named(),
    *changed(),
    UniqueConstraint("folder_id", "name_key"),
    Index(None, "name_key"),
    sqlite_autoincrement=True,
)

armed_trigger = Table(
    "armed_trigger",
    metadata,
    number(),
    Column("owner", String(8), nullable=False),
    Column("owner_id", Number, nullable=False),
    Column("signature", String(64), nullable=False),
    Column("name", Path, nullable=False),
    Column("label", Name, nullable=False),
    Column("conduct", Document, nullable=False),
    Column("enabled", YesNo, nullable=False),
    Column("stopped", Note),
    Column("problem", Note),
    Column("fired", YesNo, nullable=False),
    Column("last_fired", UtcTime),
    Column("last_reset", UtcTime),
    UniqueConstraint("owner", "owner_id", "signature"),
    sqlite_autoincrement=True,
)
"""What waits for events: one row for a trigger (``owner`` is "trigger"), and one for those elements of a job
that count together ("job"); ``signature`` stands for all that decides its events, ``label`` is what it is
called where it lies. ``stopped`` says why it is not enabled if nobody wanted that, ``problem`` what went
wrong when it fired last. ``fired``: it has, and waits to be reset."""

trigger_event = Table(
    "trigger_event",
    metadata,
    number(),
    Column("armed_id", Number, nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("kind", Choice(NewsKind), nullable=False, index=True),
    Column("topic", Unicode(64), index=True),
    Column("watched", Document, nullable=False),
    Column("met", YesNo, nullable=False),
    Column("since", UtcTime),
    Column("told", Note),
    Column("facts", Document),
    Column("seen", YesNo),
    Column("quiet_until", UtcTime),
    sqlite_autoincrement=True,
)
"""An event of what waits: by which kind of news it is met, the topic of these, and since when it is met, in
words by what, and as ``facts`` by name. Of a file, whether it was there when that was told last (``seen``),
and until when it is not told again that it is; of a mail, whether one was taken and no turn has begun anew
since. A row of the kind Over waits for the end of an entry that was submitted."""

trigger_mail = Table(
    "trigger_mail",
    metadata,
    Column("event_id", Number, primary_key=True, autoincrement=False),
    Column("validity", BigInteger, nullable=False),
    Column("uid", BigInteger, nullable=False),
    Column("open_uid", BigInteger),
    Column("latest", UtcTime, nullable=False),
)
"""How far an event has seen the mails of its folder: all up to that UID, as long as the folder's UIDVALIDITY
is this one. ``open_uid`` is a mail that was taken, and is yet to be marked, moved or deleted. ``latest`` is
the time, by the mail server, of the newest mail that was seen or lay there before: it tells which are new
where the folder has lost its UIDs."""

trigger_news = Table(
    "trigger_news",
    metadata,
    number(),
    Column("armed_id", Number, nullable=False, index=True),
    Column("event_id", Number, nullable=False),
    Column("kind", Choice(NewsKind), nullable=False),
    Column("time", UtcTime, nullable=False),
    Column("number", BigInteger),
    Column("severity", SeverityRank),
    Column("present", YesNo),
    Column("text", Note),
    Column("facts", Document),
    sqlite_autoincrement=True,
)
"""What has happened to events and no turn has heard of yet: written in the transaction in which it happens,
and taken away in the one that does what follows from it."""

trigger_firing = Table(
    "trigger_firing",
    metadata,
    number(),
    Column("armed_id", Number, nullable=False),
    Column("time", UtcTime, nullable=False),
    Index(None, "armed_id", "time"),
    sqlite_autoincrement=True,
)
"""When triggers have fired; kept for as long as the guard against firing too often looks back."""
