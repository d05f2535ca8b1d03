"""Setups: jobs that run others step by step, as documents of their own (version 6)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from msgspec import Meta

from .base import (
    Count,
    Document,
    Integer,
    Measure,
    Name,
    ObjectId,
    OwnName,
    ParameterText,
    Path,
    ReadOnly,
    Text,
    Timestamp,
)
from .enums import FailureAction, Severity
from .parts import (
    About,
    AccessList,
    Damage,
    Element,
    NotObeyed,
    ParamDef,
    ParentId,
    ParentName,
    PropertyValue,
    TagNumbers,
    Tags,
)
from .patch import Version


class SetupParameter(Document, kw_only=True):
    """The value that a member of a setup gives to a parameter of its job: a text, or that of a variable."""

    param_name: Annotated[Name, Meta(description="Name of the parameter of the job.")]
    default_value: Annotated[ParameterText | None, Meta(description="Its value.")] = None
    variable_name: Annotated[
        Path | None, Meta(description="In place of a value, the path of the variable that has it.")
    ] = None


class SetupJob(Document, kw_only=True):
    """A member of a setup. Lower steps come first, and members of one step run beside each other."""

    job_name: Annotated[Path | None, Meta(description="Path of the job, or its bare name.")] = None
    job_id: Annotated[ObjectId | None, Meta(description="Number of the job.")] = None
    name: Annotated[Name | None, Meta(description="What its entry is called instead of the job's name.")] = (
        None
    )
    step: Annotated[Count, Meta(description="The step to which it belongs.")] = 0
    completion_severity: Annotated[
        Severity | None, Meta(description="The worst severity that is good; else what its job says.")
    ] = None
    failure_action: Annotated[
        FailureAction | None, Meta(description="What a worse one does; without it, the setup is halted.")
    ] = None
    wait_for: Annotated[bool, Meta(description="Whether the next step waits for its end.")] = True
    enabled: Annotated[bool, Meta(description="Whether it is run at all.")] = True
    agent_node: Annotated[Name | None, Meta(description="The agent on which it runs.")] = None
    batch_queue_name: Annotated[Name | None, Meta(description="The queue in which it waits.")] = None
    only_submit_on: Annotated[Text | None, Meta(description="The days on which it is run.")] = None
    except_for_date: Annotated[Text | None, Meta(description="The days on which it is not run.")] = None
    schedule_for_date: Annotated[Text | None, Meta(description="The day for which it is submitted.")] = None
    scheduled_time: Annotated[
        Text | None, Meta(description="The time of day before which it does not start.")
    ] = None
    parameters: Annotated[list[SetupParameter], Meta(description="Values for parameters of its job.")] = []
    credential_name: Annotated[
        Name | None, Meta(description="The credential under whose account it runs, if not its job's.")
    ] = None


class Setup(Document, kw_only=True):
    """A setup: which jobs it runs in which steps. It is a job of the method Setup, and shown as one too."""

    also: ClassVar[tuple[str, str, str] | None] = ("Job", "method_name", "Setup")
    setup_id: Annotated[ObjectId | None, Meta(description="Number of the setup.")] = None
    setup_name: Annotated[OwnName, Meta(description="Name of the setup, without the path.")]
    qualified_name: Annotated[Path | None, ReadOnly] = None
    description: About = ""
    parent_folder_id: ParentId = None
    parent_folder_name: ParentName = None
    schedule: Annotated[
        Text | None,
        Meta(description="The days on which it runs by itself, such as WORKDAYS; stands for a trigger."),
    ] = None
    at: Annotated[
        Text | None, Meta(description="The time of day at which it does, such as 08:30; else midnight.")
    ] = None
    time_zone: Annotated[
        Text | None, Meta(description="The zone of that time, such as Europe/Berlin; else the server's.")
    ] = None
    except_for: Annotated[
        Text | None, Meta(description="The days on which it does not run, such as HOLIDAYS.")
    ] = None
    jobs: Annotated[
        list[SetupJob], Meta(description="Its members: documents with jobName, step and more.")
    ] = []
    parameters: Annotated[
        list[ParamDef],
        Meta(description="Its parameters, whose values go to the members' parameters of the same names."),
    ] = []
    elements: Annotated[
        list[Element], Meta(description="Its triggers and other elements, such as a ScheduleTrigger.")
    ] = []
    properties: Annotated[
        list[PropertyValue],
        Meta(description="Its properties: documents with propertyName and currentValue."),
    ] = []
    tag_ids: TagNumbers = []
    tags: Tags = []
    inherited_tag_ids: Annotated[list[Integer] | None, ReadOnly] = None
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_changed_by: Annotated[Text | None, ReadOnly] = None
    version: Version = None
    damage: Damage = None
    acl: AccessList = None
    not_obeyed: NotObeyed = []
    last_autosubmit_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_success_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_error_utc: Annotated[Timestamp | None, ReadOnly] = None
    min_elapsed_time: Annotated[Measure | None, ReadOnly] = None
    avg_elapsed_time: Annotated[Measure | None, ReadOnly] = None
    max_elapsed_time: Annotated[Measure | None, ReadOnly] = None
    avg_count: Annotated[Count, ReadOnly] = 0
