"""Triggers: what waits for events, and submits jobs when all of them are there (version 6)."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from msgspec import Meta

from .base import Document, Fact, Integer, Name, ObjectId, Path, ReadOnly, Text, Timestamp
from .enums import ComparisonOperator, Severity
from .parts import About, AccessList, Damage, NotObeyed, ParentId, ParentName
from .patch import Version
from .setups import SetupParameter
from .trigger_parts import MailSecurity, MailTaken, TriggerEventType


class TriggerStatus(Enum):
    """How a trigger stands."""

    ENABLED = "Enabled"
    """It waits for its events."""
    DISABLED = "Disabled"
    """It does nothing."""
    FIRED = "Fired"
    """It has fired, and waits to be reset."""


Met = Annotated[bool, ReadOnly, Meta(description="Whether it is there, for the trigger.")]
Since = Annotated[Timestamp | None, ReadOnly, Meta(description="Since when it is there.")]
MetBy = Annotated[Text | None, ReadOnly, Meta(description="What has met it, in words.")]


class TriggerEvent(Document, kw_only=True):
    """An event for which a trigger waits; its type says which of the members count."""

    event_type: Annotated[TriggerEventType, Meta(description="What sort of event it is.")]
    job_name: Annotated[Path | None, Meta(description="Of a Job: path of the job that has to end.")] = None
    setup_name: Annotated[Path | None, Meta(description="Of a Setup: path of the setup that has to end.")] = (
        None
    )
    completion_severity: Annotated[
        Severity | None, Meta(description="How well it has to end, at least; else Success.")
    ] = None
    minimum_severity: Annotated[
        Severity | None,
        Meta(description="How badly it has to end, at least; alone, that or anything worse will do."),
    ] = None
    file_name: Annotated[
        Text | None, Meta(description="Of a File: its path, whose last part may hold * and ?.")
    ] = None
    steady_seconds: Annotated[
        Annotated[int, Meta(ge=0, le=86400)] | None,
        Meta(description="For how many seconds nobody may have written to the file; else 5."),
    ] = None
    ignore_empty: Annotated[bool, Meta(description="Whether a file without content is none.")] = False
    variable_name: Annotated[Path | None, Meta(description="Of a Variable: its path.")] = None
    comparison_operator: Annotated[
        ComparisonOperator | None, Meta(description="How the variable is compared; else Equal.")
    ] = None
    value: Annotated[
        Text | None,
        Meta(description="With what the variable is compared; without it, any change will do."),
    ] = None
    from_address: Annotated[
        Text | None,
        Meta(description="Of a Mail: what its sender holds; with * and ? a pattern for all of the address."),
    ] = None
    subject: Annotated[Text | None, Meta(description="What its subject holds, or is, likewise.")] = None
    body: Annotated[Text | None, Meta(description="What its text holds, or is, likewise.")] = None
    mailbox: Annotated[Text | None, Meta(description="The folder of the mailbox; else INBOX.")] = None
    mail_server: Annotated[
        Text | None,
        Meta(description="The server of the mailbox, or host:port; else that of the setting IMAPServer."),
    ] = None
    mail_security: Annotated[
        MailSecurity | None,
        Meta(description="How the way there is kept secret; else as the setting IMAPSecurity says."),
    ] = None
    credential_name: Annotated[
        Name | None,
        Meta(description="The credential by which one logs in there; else that of IMAPCredential."),
    ] = None
    when_taken: Annotated[
        MailTaken | None,
        Meta(description="What becomes of a mail that the trigger has taken; else it stays."),
    ] = None
    move_to: Annotated[
        Text | None, Meta(description="The folder to which the mail is moved; else Processed.")
    ] = None
    old_mail: Annotated[
        bool, Meta(description="Whether mails count as well that lie there before the trigger does.")
    ] = False
    met: Met = False
    since_utc: Since = None
    met_by: MetBy = None


class TriggerAction(Document, kw_only=True):
    """A job or setup that a trigger submits."""

    job_name: Annotated[Path | None, Meta(description="Path of the job.")] = None
    setup_name: Annotated[Path | None, Meta(description="In place of a job, the path of a setup.")] = None
    schedule_for_date: Annotated[
        Text | None, Meta(description="The day for which it is submitted, such as TOMORROW.")
    ] = None
    scheduled_time: Annotated[
        Text | None, Meta(description="The time of day before which it does not start.")
    ] = None
    parameters: Annotated[list[SetupParameter], Meta(description="Values for its parameters.")] = []


Status = Annotated[TriggerStatus, ReadOnly, Meta(description="How it stands.")]
StatusMessage = Annotated[
    Text | None,
    ReadOnly,
    Meta(description="Why it was disabled if nobody wanted that, or what went wrong when it fired last."),
]
LastFired = Annotated[Timestamp | None, ReadOnly, Meta(description="When it fired last.")]
LastReset = Annotated[Timestamp | None, ReadOnly, Meta(description="Since when it waits for its events.")]


class Trigger(Document, kw_only=True):
    """A trigger: the events for which it waits, and the jobs that it submits when all of them are there."""

    trigger_id: Annotated[ObjectId | None, Meta(description="Number of the trigger.")] = None
    trigger_name: Annotated[Name, Meta(description="Name of the trigger, without the path.")]
    qualified_name: Annotated[Path | None, ReadOnly] = None
    parent_folder_id: ParentId = None
    parent_folder_name: ParentName = None
    description: About = ""
    enabled: Annotated[bool, Meta(description="Whether it does anything. Enabling it begins it anew.")] = True
    reset_when_fired: Annotated[
        bool, Meta(description="Whether it waits anew when it has fired; else until somebody resets it.")
    ] = True
    events: Annotated[
        list[TriggerEvent], Meta(description="What it waits for: documents with eventType and more.")
    ] = []
    actions: Annotated[
        list[TriggerAction], Meta(description="What it submits: documents with jobName or setupName.")
    ] = []
    status: Status = TriggerStatus.ENABLED
    status_message: StatusMessage = None
    last_fired_utc: LastFired = None
    last_reset_utc: LastReset = None
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_changed_by: Annotated[Text | None, ReadOnly] = None
    version: Version = None
    damage: Damage = None
    acl: AccessList = None
    not_obeyed: NotObeyed = []


class TriggerState(Fact, frozen=True, kw_only=True):
    """How the triggers of a job stand that share an AndGroup."""

    name: Annotated[Text, Meta(description="The AndGroup; empty for those without one.")]
    job_id: Annotated[Integer, Meta(description="Number of the job.")]
    status: Annotated[TriggerStatus, Meta(description="How it stands.")]
    status_message: Annotated[
        Text | None,
        Meta(description="Why it was disabled if nobody wanted that, or what went wrong when it fired last."),
    ] = None
    last_fired_utc: Annotated[Timestamp | None, Meta(description="When it fired last.")] = None
    last_reset_utc: Annotated[Timestamp | None, Meta(description="Since when it waits for its events.")] = (
        None
    )
    events: Annotated[list[TriggerEvent], Meta(description="The events for which it waits.")] = []
