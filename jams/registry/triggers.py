"""Types of elements that submit a job (semantics 2.11, 3.6)."""

from __future__ import annotations

from jams.dates import BaseTime, NonWorkdayRule
from jams.objects.enums import ComparisonOperator, ElementKind, Severity
from jams.objects.trigger_parts import MailSecurity, MailTaken

from .building import choosing, element, holding
from .kinds import Place, ValueType

_JOB = (Place.JOB,)
_TOGETHER = "A name; triggers that share it submit once all of them would. Those without one share that."

AND_GROUP = holding("AndGroup", ValueType.TEXT, _TOGETHER, longest=255)
BY_TIME = holding(
    "AndGroup",
    ValueType.TEXT,
    "A name; triggers that share it submit once all of them would.",
    longest=255,
    unsupported="What is submitted at a time waits for no event here: give the job a dependency.",
)
_AGAIN = (
    holding("Delay", ValueType.SPAN, "How long after a run the job runs again.", required=True),
    holding("EndTime", ValueType.TIME_OF_DAY, "The time of day until which it runs again."),
    choosing("BaseTime", BaseTime, "From what the delay counts.", "ScheduledTime"),
    holding("ResubmitOnError", ValueType.BOOLEAN, "Whether it runs again after a run that failed, too."),
)

TYPES = (
    element(
        "ScheduleTrigger",
        ElementKind.TRIGGER,
        "Submits the job on days, at a time.",
        holding("ScheduledDate", ValueType.DATES, "The days.", required=True),
        holding("ScheduledTime", ValueType.TIME_OF_DAY, "The time of day; midnight if none is given."),
        holding("ExceptForDate", ValueType.DATES, "The days that are left out."),
        holding(
            "ScheduledStartDate",
            ValueType.DAY,
            "The day before which nothing is submitted, and from which intervals count.",
        ),
        choosing(
            "NonWorkdayScheduling",
            NonWorkdayRule,
            "What happens to a day that is no workday.",
            "Schedule",
            synonyms=(("Ignore", "Schedule"),),
        ),
        holding("TimeZone", ValueType.TIME_ZONE, "The zone of the time; the server's own if none is given."),
        BY_TIME,
    ),
    element(
        "IntervalTrigger",
        ElementKind.TRIGGER,
        "Submits the job again and again, an interval after each run.",
        holding("Interval", ValueType.SPAN, "How long after a run.", required=True),
        holding(
            "AlwaysResubmit",
            ValueType.BOOLEAN,
            "Whether each run is an entry of its own; otherwise it is always the same one.",
            default=False,
        ),
        choosing("BaseTime", BaseTime, "From what of a run the interval counts.", "ScheduledTime"),
        holding(
            "StartTime",
            ValueType.TIME_OF_DAY,
            "The time of day of the first run; without it, one interval after it was defined.",
        ),
        BY_TIME,
        places=_JOB,
    ),
    element(
        "Recurrence",
        ElementKind.TRIGGER,
        "Repeats each run of the job through the day, in the same entry.",
        *_AGAIN,
        places=_JOB,
        aliases=("Resubmit", "RecurrenceSameEntry"),
    ),
    element(
        "RecurrenceNewEntry",
        ElementKind.TRIGGER,
        "Repeats each run of the job through the day, in a new entry each time.",
        *_AGAIN,
        places=_JOB,
    ),
    element(
        "JobCompletionTrigger",
        ElementKind.TRIGGER,
        "Submits the job when another one has ended.",
        holding("DependsOnJob", ValueType.JOB, "The other job.", required=True, aliases=("DependOnJobName",)),
        choosing("CompletionSeverity", Severity, "How well it has to end, at least.", "Success"),
        choosing(
            "MinimumSeverity",
            Severity,
            "How badly it has to end, at least; without CompletionSeverity, that or anything worse will do.",
        ),
        AND_GROUP,
    ),
    element(
        "FileTrigger",
        ElementKind.TRIGGER,
        "Submits the job when a file appears.",
        holding("FileName", ValueType.FILE, "The path; its last part may hold * and ?.", required=True),
        holding(
            "Agent",
            ValueType.AGENT,
            "The agent on which it is looked for.",
            unsupported="Files are looked for on the server's own machine alone: no agent can watch.",
        ),
        holding(
            "SteadySeconds",
            ValueType.INTEGER,
            "For how many seconds nobody may have written to it. One that is renamed into place is complete.",
            default=5,
            minimum=0,
            maximum=86400,
        ),
        holding("IgnoreEmpty", ValueType.BOOLEAN, "Whether a file without content is none.", default=False),
        AND_GROUP,
    ),
    element(
        "VariableTrigger",
        ElementKind.TRIGGER,
        "Submits the job when a variable has, or gets, a value.",
        holding("Variable", ValueType.VARIABLE, "The variable.", required=True),
        choosing("ComparisonOperator", ComparisonOperator, "How it is compared.", "Equal"),
        holding("Value", ValueType.TEXT, "With what it is compared; without it, any change will do."),
        AND_GROUP,
    ),
    element(
        "EmailTrigger",
        ElementKind.TRIGGER,
        "Submits the job when a mail comes.",
        holding(
            "FromAddress",
            ValueType.TEXT,
            "What the sender has to hold; with * and ? a pattern for all of the address.",
        ),
        holding("Subject", ValueType.TEXT, "What its subject has to hold, or be, likewise."),
        holding("Body", ValueType.TEXT, "What its text has to hold, or be, likewise."),
        holding("Mailbox", ValueType.TEXT, "The folder of the mailbox.", default="INBOX", longest=255),
        holding(
            "MailServer",
            ValueType.TEXT,
            "The server of the mailbox, or host:port; the setting IMAPServer if none is given.",
            longest=255,
        ),
        choosing(
            "MailSecurity", MailSecurity, "How the way there is kept secret; else IMAPSecurity says it."
        ),
        holding(
            "Credential",
            ValueType.CREDENTIAL,
            "The credential by which one logs in there; else that of IMAPCredential.",
        ),
        choosing("WhenTaken", MailTaken, "What becomes of a mail that the trigger has taken.", "Stays"),
        holding(
            "MoveTo",
            ValueType.TEXT,
            "The folder to which it is moved; it is made if need be.",
            default="Processed",
            longest=255,
        ),
        holding(
            "OldMail",
            ValueType.BOOLEAN,
            "Whether mails count as well that lie there before the trigger does.",
            default=False,
        ),
        AND_GROUP,
    ),
)
