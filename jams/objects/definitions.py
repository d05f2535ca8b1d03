"""Definitions: folders, jobs, variables and agents.

A definition's number is given by the server: ignored when it is created, and what identifies it when it is
changed.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, field

from .base import (
    Count,
    Document,
    Integer,
    Measure,
    Name,
    ObjectId,
    OwnFolderName,
    OwnName,
    Path,
    ReadOnly,
    Source,
    Text,
    Timestamp,
)
from .credentials import SecretGiven
from .enums import AgentPlatform, AgentState, AgentType, DataType
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


class Folder(Document, kw_only=True):
    r"""A folder holds folders, jobs and variables. The root folder has the id 1 and the name ``\``."""

    folder_id: Annotated[ObjectId | None, Meta(description="Number of the folder.")] = None
    folder_name: Annotated[OwnFolderName, Meta(description="Name of the folder, without the path.")]
    qualified_name: Annotated[Path | None, ReadOnly] = None
    parent_folder_id: ParentId = None
    parent_folder_name: ParentName = None
    description: About = ""
    parameters: Annotated[
        list[ParamDef],
        Meta(description="Parameters of the jobs below it: documents with paramName, defaultValue and more."),
    ] = []
    elements: Annotated[
        list[Element],
        Meta(description="Elements that come down to the jobs below it, kept and given back as they are."),
    ] = []
    properties: Annotated[
        list[PropertyValue],
        Meta(description="Properties for what is below it: documents with propertyName and currentValue."),
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


class Job(Document, kw_only=True):
    """A job: what is run (source), how (method), where it lives and with which parameters."""

    published_elsewhere = tuple(
        f"{which}{what}"
        for what in ("BufferedIOCount", "DirectIOCount", "WorkingSetPeak", "PageFaults", "Count")
        for which in ("min", "avg", "max")
        if which + what != "avgCount"
    )

    job_id: Annotated[ObjectId | None, Meta(description="Number of the job.")] = None
    job_name: Annotated[OwnName, Meta(description="Name of the job, without the path.")]
    qualified_name: Annotated[Path | None, ReadOnly] = None
    description: About = ""
    method_id: Annotated[ObjectId | None, Meta(description="Number of the execution method.")] = None
    method_name: Annotated[
        Name | None,
        Meta(description="The execution method, which says what runs the source, such as Command."),
    ] = None
    source: Annotated[
        Source | None, Meta(description="What is run: a script in the language of the method.")
    ] = None
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
    parameters: Annotated[
        list[ParamDef],
        Meta(description="Its parameters: documents with paramName, defaultValue and more."),
    ] = []
    elements: Annotated[
        list[Element], Meta(description="Its triggers and other elements, such as a ScheduleTrigger.")
    ] = []
    source_elements: Annotated[
        list[Element],
        Meta(description="Parts of its source where the method has such, kept and given back as they are."),
    ] = []
    properties: Annotated[
        list[PropertyValue],
        Meta(description="Its properties, such as Agent: documents with propertyName and currentValue."),
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
    last_info_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_warning_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_error_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_fatal_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_reset_utc: Annotated[Timestamp | None, ReadOnly] = None
    min_elapsed_time: Annotated[Measure | None, ReadOnly] = None
    avg_elapsed_time: Annotated[Measure | None, ReadOnly] = None
    max_elapsed_time: Annotated[Measure | None, ReadOnly] = None
    min_cpu_time: Annotated[Measure | None, ReadOnly] = None
    avg_cpu_time: Annotated[Measure | None, ReadOnly] = None
    max_cpu_time: Annotated[Measure | None, ReadOnly] = None
    avg_count: Annotated[Count, ReadOnly] = 0


class Variable(Document, kw_only=True):
    """A named value in a folder, read by jobs and set by people and programs."""

    variable_id: Annotated[ObjectId | None, Meta(description="Number of the variable.")] = field(
        name="variableId", default=None
    )
    variable_name: Annotated[OwnName, Meta(description="Name of the variable, without the path.")]
    qualified_name: Annotated[Path | None, ReadOnly] = None
    parent_folder_id: ParentId = field(name="parentFolderId", default=None)
    parent_folder_name: ParentName = None
    description: About = ""
    data_type: Annotated[DataType, Meta(description="What its value is.")] = DataType.TEXT
    value: Annotated[Text | None, Meta(description="Its value, as text in the form of its data type.")] = None
    current_length: Annotated[Integer, ReadOnly] = 0
    encryption_id: Annotated[Integer | None, ReadOnly] = field(name="encryptionId", default=None)
    encryption_flag: Annotated[
        bool,
        Meta(
            description="Whether the value is kept encrypted: it is shown nowhere, and reaches runs by a "
            "parameter that takes its default from the variable."
        ),
    ] = False
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_changed_by: Annotated[Text | None, ReadOnly] = None
    version: Version = None
    damage: Damage = None
    acl: AccessList = None
    not_obeyed: NotObeyed = []
    new_encrypted_value: Annotated[
        Text | None,
        SecretGiven,
        Meta(
            description="Another value of an encrypted variable, in the form of its data type; it is never "
            "shown. Left out or null, the value stays."
        ),
    ] = None


class Agent(Document, kw_only=True):
    """A machine, or an account on one, that runs jobs. ``version`` is that of its software."""

    agent_id: Annotated[ObjectId | None, Meta(description="Number of the agent.")] = None
    agent_name: Annotated[OwnName, Meta(description="Name of the agent, by which jobs refer to it.")]
    description: About = ""
    agent_type: Annotated[
        AgentType, Meta(description="How it is reached; WinRM is a Windows host without an agent of its own.")
    ] = AgentType.LOCAL
    agent_type_name: Annotated[Text | None, ReadOnly] = None
    agent_platform: Annotated[AgentPlatform, Meta(description="The system it runs.")] = AgentPlatform.UNKNOWN
    platform_type_name: Annotated[Text | None, ReadOnly] = None
    job_count: Annotated[Count, ReadOnly] = 0
    job_limit: Annotated[Count, Meta(description="How many jobs it runs at once, at most.")] = 999999
    license_allocated: Annotated[bool, ReadOnly] = False
    license_required: Annotated[bool, ReadOnly] = False
    online: Annotated[bool, Meta(description="Whether it takes jobs; entries of one that does not wait.")] = (
        True
    )
    version: Annotated[Text | None, ReadOnly] = None
    time_offset: Annotated[Text | None, ReadOnly] = None
    agent_state: Annotated[AgentState, ReadOnly] = AgentState.UNKNOWN
    properties: Annotated[
        list[PropertyValue],
        Meta(description="How it is reached, such as Address: documents with propertyName and currentValue."),
    ] = []
    is_execution_agent: Annotated[
        bool, Meta(description="Whether it runs jobs, as every agent of this server does.")
    ] = True
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_changed_by: Annotated[Text | None, ReadOnly] = None
    definition_version: Version = None
    damage: Damage = None
    acl: AccessList = None
    not_obeyed: NotObeyed = []
