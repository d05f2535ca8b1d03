"""Alerts: who is told of which happenings, in which words; jobs and folders name them (semantics 2.12)."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from msgspec import Meta

from .base import Document, Name, ObjectId, OwnName, Path, ReadOnly, Text, Timestamp
from .parts import About, AccessList, Damage, NotObeyed
from .patch import Version


class AlertEvent(Enum):
    """What an alert tells of."""

    ENTRY_SUCCEEDED = "EntrySucceeded"
    ENTRY_FAILED = "EntryFailed"
    ENTRY_SHORT = "EntryShort"
    ENTRY_STALLED = "EntryStalled"
    ENTRY_RUNAWAY = "EntryRunaway"
    ENTRY_MISSED_WINDOW = "EntryMissedWindow"
    ACTIVITY_TIME_LIMIT = "ActivityTimeLimit"


class AlertHandler(Enum):
    """How an alert tells."""

    MAIL = "Mail"
    WEB_HOOK = "WebHook"
    JOB = "Job"


class Alert(Document, kw_only=True):
    """Tells people or programs of what happens to the entries of the jobs that name it."""

    alert_id: Annotated[ObjectId | None, Meta(description="Number of the alert.")] = None
    alert_name: Annotated[
        OwnName, Meta(description="Name of the alert, by which jobs and folders refer to it.")
    ]
    description: About = ""
    inheritance_name: Annotated[
        Text,
        Meta(
            description="Alerts that share it, of folders and job, tell as one: their addresses and "
            "events add up, and the nearest has the words."
        ),
    ] = ""
    events: Annotated[list[AlertEvent], Meta(description="What it tells of.")] = []
    handler: Annotated[AlertHandler, Meta(description="How it tells.")] = AlertHandler.MAIL
    notify_names: Annotated[
        Text,
        Meta(
            description="Mail addresses with commas between them; -* takes away those before it. Else "
            "those whom the job names."
        ),
    ] = ""
    notify_submitter: Annotated[
        bool, Meta(description="Whether whoever submitted the entry by hand is written to as well.")
    ] = False
    summary_text: Annotated[Text, Meta(description="The subject, which may hold {{ values }}.")] = ""
    detail_text: Annotated[
        Text, Meta(description="The text, or HTML, which may hold {{ values }}; of a web hook, the JSON.")
    ] = ""
    address: Annotated[Text, Meta(description="Of a WebHook: where, an address with https.")] = ""
    credential_name: Annotated[
        Name | None, Meta(description="Of a WebHook: the credential whose password signs it.")
    ] = None
    job_name: Annotated[Path | None, Meta(description="Of a Job: path of the job that is submitted.")] = None
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_changed_by: Annotated[Text | None, ReadOnly] = None
    version: Version = None
    damage: Damage = None
    not_obeyed: NotObeyed = []
    acl: AccessList = None
