"""Types of elements that judge, tell or follow a run, and that document a job (semantics 2.12)."""

from __future__ import annotations

from jams.objects.enums import ElementKind, EventClass, MissedWindowAction, RunawayAction, Severity

from .building import choosing, element, holding
from .kinds import ValueType
from .model import Property

_EVENT = (
    choosing("EventClass", EventClass, "How much the event matters.", "Normal"),
    holding("Message", ValueType.TEXT, "What is said of it, in place of the server's own words."),
)


def _switches() -> tuple[Property, ...]:
    """Which happenings an event handler takes care of."""
    happenings = ("Started", "Success", "Informational", "Warning", "Error", "Fatal")
    of_entries = (
        holding(f"Entry{word}", ValueType.BOOLEAN, f"Whether it handles an entry: {word}.", default=False)
        for word in happenings
    )
    of_events = (
        holding(
            each.value,
            ValueType.BOOLEAN,
            f"Whether it handles events of the class {each.value}.",
            default=False,
        )
        for each in EventClass
    )
    return (*of_entries, *of_events)


HAPPENINGS = _switches()

TYPES = (
    element(
        "RunawayEvent",
        ElementKind.RESULT,
        "Raises an event, and may end the run, when that takes more than one of its limits.",
        holding("Elapsed", ValueType.SPAN, "How long a run may take."),
        holding("ElapsedPercent", ValueType.INTEGER, "The same in percent of the average.", minimum=0),
        holding("CpuTime", ValueType.SPAN, "How much CPU time it may take."),
        choosing("RunawayAction", RunawayAction, "What is done with it.", "NoAction"),
        *_EVENT,
        needs_one=("Elapsed", "ElapsedPercent", "CpuTime"),
    ),
    element(
        "ShortEvent",
        ElementKind.RESULT,
        "Raises an event when a run takes less than one of its limits.",
        holding("Elapsed", ValueType.SPAN, "How long a run has to take."),
        holding(
            "ElapsedPercent", ValueType.INTEGER, "The same in percent of the average.", minimum=0, maximum=100
        ),
        choosing(
            "ShortSeverity",
            Severity,
            "The severity that such a run gets; without it, the run is told of alone.",
        ),
        *_EVENT,
        needs_one=("Elapsed", "ElapsedPercent"),
    ),
    element(
        "StalledEvent",
        ElementKind.RESULT,
        "Raises an event when an entry waits too long after its time.",
        holding("Elapsed", ValueType.SPAN, "How long it may wait.", required=True),
        *_EVENT,
    ),
    element(
        "MissedWindowEvent",
        ElementKind.RESULT,
        "Raises an event when the window of an entry has closed first.",
        choosing(
            "MissedWindowAction",
            MissedWindowAction,
            "What is done with it, where the window does not say it.",
            "NoAction",
        ),
        *_EVENT,
    ),
    element(
        "SendEMail",
        ElementKind.EVENT_HANDLER,
        "Writes a mail when something happens.",
        holding("ToAddress", ValueType.EMAILS, "To whom; where it is not said, to those whom the job names."),
        holding("CcAddress", ValueType.EMAILS, "To whom else."),
        holding("FromAddress", ValueType.TEXT, "From whom."),
        holding("Subject", ValueType.TEXT, "The subject, which may hold {{ values }}.", template=True),
        holding(
            "MessageBody",
            ValueType.TEXT,
            "The text, or HTML, which may hold {{ values }}.",
            longest=1 << 16,
            template=True,
        ),
        holding("MessagePriority", ValueType.TEXT, "The priority of the mail: High, Normal or Low."),
        holding("SendPlainText", ValueType.BOOLEAN, "Whether it is plain text.", default=False),
        *HAPPENINGS,
    ),
    element(
        "NotificationJob",
        ElementKind.EVENT_HANDLER,
        "Submits a job that tells people when something happens.",
        holding("Job", ValueType.JOB, "The job.", required=True, submits=True),
        *HAPPENINGS,
    ),
    element(
        "RecoveryJob",
        ElementKind.EVENT_HANDLER,
        "Submits a job that repairs when something happens.",
        holding("Job", ValueType.JOB, "The job.", required=True, submits=True),
        *HAPPENINGS,
    ),
    element(
        "Documentation",
        ElementKind.DOCUMENTATION,
        "Tells people of the job; kept and shown.",
        holding("DocumentationType", ValueType.TEXT, "What sort of text it is.", longest=255),
        holding("Section", ValueType.TEXT, "The heading under which it stands.", longest=255),
        holding("Content", ValueType.TEXT, "The text.", longest=1 << 20),
    ),
)

HOOKS = (
    element(
        "SendWebHook",
        ElementKind.EVENT_HANDLER,
        "Posts JSON to a program when something happens, signed as Standard Webhooks says.",
        holding("Address", ValueType.WEB_ADDRESS, "Where, by https.", required=True, longest=2048),
        holding("Credential", ValueType.CREDENTIAL, "The credential whose password signs it."),
        holding(
            "MessageBody",
            ValueType.TEXT,
            "The JSON, which may hold {{ values|json }}, in place of the usual one.",
            longest=1 << 16,
            template=True,
        ),
        *HAPPENINGS,
    ),
    element(
        "Alert",
        ElementKind.EVENT_HANDLER,
        "Tells as an alert says; comes down to all jobs below, which cannot take it away.",
        holding("Alert", ValueType.ALERT, "The alert.", required=True, aliases=("AlertName",)),
    ),
)
"""Those that came later; at the end, as numbers of types stay."""
