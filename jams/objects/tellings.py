"""Who is told of what happens to an entry: kept with the entry, as its definition said when it was made."""

from __future__ import annotations

import datetime
from enum import Enum

from msgspec import Struct

from .enums import EventClass, Severity


class Happened(Enum):
    """What people and programs are told of besides ends."""

    STARTED = "Started"
    ENDED = "Ended"
    SHORT = "Short"
    STALLED = "Stalled"
    RUNAWAY = "Runaway"
    MISSED_WINDOW = "MissedWindow"
    HALTED = "Halted"
    TRIGGER_STOPPED = "TriggerStopped"
    """A trigger has fired too often, and was disabled: this is about no entry."""


class TellingWay(Enum):
    """How somebody is told."""

    MAIL = "Mail"
    WEB_HOOK = "WebHook"
    RECOVERY_JOB = "RecoveryJob"
    NOTIFICATION_JOB = "NotificationJob"


class OutboxState(Enum):
    """How far a telling is."""

    WAITING = "Waiting"
    SENT = "Sent"
    FAILED = "Failed"


class Telling(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Somebody wants to be told.

    Attributes:
        name: who says so: a property, an element, an alert. No two of an entry have the same.
        way: how.
        severities: of which ends.
        events: of what else.
        raised: of which events of elements, by their names among the rules of the entry.
        to: mail addresses.
        cc: mail addresses of those who are to know of it as well.
        to_default: whether those whom the server's setting names are written to when nobody else is.
        to_submitter: whether whoever submitted it by hand is written to as well.
        sender: the address that the mail is from, if that is not the server's.
        subject: the template of the subject; empty: the server's own.
        body: the template of the text, which may be HTML; empty: the server's own.
        priority: of the mail: High, Normal, Low.
        plain: whether the mail is plain text.
        address: where a web hook is taken.
        credential: the credential whose password signs it.
        job_id: the job that is submitted; 0: there was none of that name.
        job_name: its path.
    """

    name: str
    way: TellingWay = TellingWay.MAIL
    severities: tuple[Severity, ...] = ()
    events: tuple[Happened, ...] = ()
    raised: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    to_default: bool = False
    to_submitter: bool = False
    sender: str = ""
    subject: str = ""
    body: str = ""
    priority: str = ""
    plain: bool = False
    address: str = ""
    credential: str = ""
    job_id: int = 0
    job_name: str = ""


class Tells(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Whom an entry tells, and what people are to do when it fails.

    Attributes:
        tellings: who wants to be told of what.
        instructions: what is to be done when it fails, for whoever is told.
    """

    tellings: tuple[Telling, ...] = ()
    instructions: str = ""


class Facts(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What happened, as it stood when it did; what the text of a telling may speak of.

    Attributes:
        happened: what.
        time: when.
        entry: number of the entry; 0 where it is about none.
        ron: number of the run.
        job: name of the job; of the trigger, where it is about one.
        folder: path of its folder.
        name: what the entry is called.
        description: of the job.
        severity: how it ended.
        status: the same in words.
        code: the exit code.
        job_status: what the run said of itself last.
        message: what happened, in a sentence.
        submitted_by: who submitted it.
        scheduled: for when it was scheduled.
        start: when its run began.
        completion: when it ended.
        elapsed: seconds that the run took.
        attempt: the how-manieth run of the entry it was.
        setup: number of the entry of the setup or sequence of which it is a member.
        log: the file with the log of the run.
        instructions: what is to be done when it fails.
        note: of the submission.
        event: the element that raised the event.
        event_class: how much it matters.
    """

    happened: Happened
    time: datetime.datetime
    entry: int
    ron: int
    job: str
    folder: str
    name: str
    message: str
    description: str = ""
    severity: Severity | None = None
    status: str = ""
    code: int | None = None
    job_status: str = ""
    submitted_by: str = ""
    scheduled: datetime.datetime | None = None
    start: datetime.datetime | None = None
    completion: datetime.datetime | None = None
    elapsed: float | None = None
    attempt: int = 1
    setup: int | None = None
    log: str = ""
    instructions: str = ""
    note: str = ""
    event: str = ""
    event_class: EventClass | None = None


class Letter(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What is to be told to whom, as it lies in the outbox."""

    telling: Telling
    facts: Facts
