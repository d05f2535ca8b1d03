"""What a trigger waits for and does, as the engine keeps it: read from a trigger, or from elements of a job.

What other objects are called is kept beside their numbers, for words alone: they are found by number. A
number of 0 stands for what was not there when it was read.
"""

from __future__ import annotations

import datetime
from enum import Enum

from msgspec import Struct

from .enums import ComparisonOperator, Severity
from .plan import GivenValue


class TriggerEventType(Enum):
    """What a trigger waits for."""

    JOB = "Job"
    SETUP = "Setup"
    FILE = "File"
    VARIABLE = "Variable"
    MAIL = "Mail"


class ResetWhen(Enum):
    """When a trigger that has fired waits for its events anew."""

    AT_ONCE = "AtOnce"
    """As soon as it has submitted (version 6 with Reset When Fired)."""
    AT_END = "AtEnd"
    """When the entry that it has submitted has ended (version 7)."""
    BY_HAND = "ByHand"
    """When somebody resets it."""


class MailSecurity(Enum):
    """How the way to a mailbox is kept secret; the server's certificate has to hold."""

    TLS = "TLS"
    START_TLS = "StartTLS"


class MailTaken(Enum):
    """What becomes of a mail that a trigger has taken."""

    STAYS = "Stays"
    MARKED = "Marked"
    """It is marked as read."""
    MOVED = "Moved"
    """It goes to another folder."""
    DELETED = "Deleted"


class Watched(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """An event of a trigger.

    Attributes:
        kind: what sort of event it is.
        name: the path of the job, variable or file, or the mailbox.
        id: number of the job, variable or agent.
        best: of a job, the severity that its end has to have at least, in badness.
        worst: the severity that it may have at most.
        operator: how the variable is compared.
        value: with what; None: any change will do.
        steady: of a file, for how many seconds it must not have been written to.
        ignore_empty: whether a file without content is none.
        sender: of a mail, what its sender has to hold; empty: anything.
        subject: what its subject has to hold; empty: anything.
        body: what its text has to hold; empty: anything.
        server: where the mailbox is, as host or host:port; empty: as the settings say.
        security: how the way there is kept secret; None: as the settings say.
        credential: the name of the credential by which one logs in there; empty: as the settings say.
        taken: what becomes of a mail that has met the event.
        move_to: the folder to which it is moved.
        old_mail: whether mails count that lay there before the trigger did.
    """

    kind: TriggerEventType
    name: str
    id: int = 0
    best: Severity = Severity.SUCCESS
    worst: Severity = Severity.SUCCESS
    operator: ComparisonOperator = ComparisonOperator.EQUAL
    value: str | None = None
    steady: int = 0
    ignore_empty: bool = False
    sender: str = ""
    subject: str = ""
    body: str = ""
    server: str = ""
    security: MailSecurity | None = None
    credential: str = ""
    taken: MailTaken = MailTaken.STAYS
    move_to: str = ""
    old_mail: bool = False


class Submission(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A job that a trigger submits.

    Attributes:
        job_id: the job; 0 if it was not there.
        name: its path.
        values: of its parameters.
        for_date: for which day it is submitted, in the date language.
        at: the second of the day before which it does not start.
    """

    job_id: int
    name: str
    values: tuple[GivenValue, ...] = ()
    for_date: str = ""
    at: int | None = None


class Conduct(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What a trigger does when all its events are there.

    Attributes:
        submissions: what it submits, in order.
        reset: when it waits anew.
        folder_id: the folder at which names begin.
    """

    submissions: tuple[Submission, ...] = ()
    reset: ResetWhen = ResetWhen.BY_HAND
    folder_id: int = 0


class Fired(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """By which trigger an entry was submitted, as it stood then; what the source of its job may speak of.

    Attributes:
        id: number of the trigger; of elements, of the job.
        name: what it is called: the name of the trigger, or the AndGroup of elements.
        path: of the trigger, or of the job whose elements it is.
        reason: why it has fired, in words.
        time: when, by the server's clock.
        facts: what is known of its events, by the names that sources use; of several events of one kind, of
            the first.
    """

    id: int
    name: str
    path: str
    reason: str
    time: datetime.datetime
    facts: dict[str, str] = {}


class NewsKind(Enum):
    """What may have happened to an event of a trigger."""

    ENDED = "Ended"
    """An entry of the job has ended."""
    SET = "Set"
    """The variable was written."""
    FILE = "File"
    """The file has come, or has gone."""
    MAIL = "Mail"
    """A mail has come."""
    OVER = "Over"
    """The entry that the trigger has submitted has ended."""
