"""What there is only so much of: queues with their slots, resources with their quantities; who uses what."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from msgspec import Meta, field

from .base import Count, Document, EntryNumber, Fact, Name, ObjectId, OwnName, ReadOnly, Text, Timestamp
from .parts import About, AccessList, Damage, NotObeyed
from .patch import Version

UNLIMITED = 999_999
"""The limit of a queue that nobody has limited, as published."""


class QueueAction(Enum):
    """What can be done to a queue."""

    START = "start"
    STOP = "stop"


class QueueAgent(Document, kw_only=True):
    """An agent on which a queue is started, by its name or its number."""

    agent_name: Name | None = None
    agent_id: ObjectId | None = field(name="agentID", default=None)


class BatchQueue(Document, kw_only=True):
    """A queue lets only so many of its jobs run at once. Stopping one stops new starts, and nothing else."""

    queue_id: Annotated[ObjectId | None, Meta(description="Number of the queue.")] = None
    queue_name: Annotated[OwnName, Meta(description="Name of the queue, by which jobs refer to it.")]
    description: About = ""
    job_count: Annotated[Count, ReadOnly, Meta(description="How many of its jobs run now.")] = 0
    job_limit: Annotated[Count, Meta(description="How many of its jobs run at once, at most.")] = UNLIMITED
    started: Annotated[
        bool, Meta(description="Whether it lets jobs start; those that run go on when it is stopped.")
    ] = True
    started_on: Annotated[
        list[QueueAgent],
        Meta(
            description="The agents that run its jobs, the one with the fewest first: documents with "
            "agentName. With none, each job says for itself."
        ),
    ] = []
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_changed_by: Annotated[Text | None, ReadOnly] = None
    version: Version = None
    damage: Damage = None
    not_obeyed: NotObeyed = []
    acl: AccessList = None


class ResourceDetail(Document, kw_only=True):
    """How much of a resource there is at one agent, which is named by its name or its number."""

    agent_name: Name | None = None
    agent_id: ObjectId | None = field(name="agentId", default=None)
    quantity_available: Count = 0
    quantity_in_use: Annotated[Count, ReadOnly] = 0


class Resource(Document, kw_only=True):
    """Something of which there is a quantity, and of which jobs take what they need while they run."""

    resource_id: Annotated[ObjectId | None, Meta(description="Number of the resource.")] = None
    resource_name: Annotated[OwnName, Meta(description="Name of the resource, by which jobs refer to it.")]
    description: About = ""
    quantity_available: Annotated[
        Count,
        Meta(
            description="How much there is, used or not; of a resource specific to agents, how much there is "
            "at each agent that resourceDetails does not name."
        ),
    ] = 0
    quantity_in_use: Annotated[Count, ReadOnly, Meta(description="How much of it is taken now.")] = 0
    agent_specific: Annotated[
        bool, Meta(description="Whether each agent has a quantity of its own, for the jobs that run there.")
    ] = False
    resource_details: Annotated[
        list[ResourceDetail],
        Meta(description="How much there is at which agent: documents with agentName and quantityAvailable."),
    ] = []
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_changed_by: Annotated[Text | None, ReadOnly] = None
    version: Version = None
    damage: Damage = None
    not_obeyed: NotObeyed = []
    acl: AccessList = None


class ResourceHolding(Fact, frozen=True, kw_only=True):
    """What an entry holds of a resource, since when, and whether its script took it or its requirements."""

    jams_entry: EntryNumber
    job_name: Text | None
    agent_name: Text | None
    quantity: Count
    since_utc: Timestamp
    by_script: bool


class ResourceAnswer(Fact, frozen=True, kw_only=True):
    """Whether an entry got what it asked for of a resource, and how the resource stands then."""

    acquired: bool
    message: Text
    quantity_available: Count
    quantity_in_use: Count


class Reference(Fact, frozen=True, kw_only=True):
    """Something that refers to an object: what it is, where it lies, and by which of its properties."""

    type: Text
    referring_name: Text
    folder_path: Text | None = None
    property_name: Text | None = None
    description: Text = ""
