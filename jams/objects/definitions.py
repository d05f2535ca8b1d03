"""Definitions: folders, jobs, variables and agents.

A definition's number is given by the server: ignored when it is created, and what identifies it when it is
changed.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import field

from .base import Count, Document, Name, ObjectId, ReadOnly, Source, Text, Timestamp
from .enums import AgentPlatform, AgentState, AgentType, DataType
from .parts import ACL, Element, ParamDef, PropertyValue, Tag


class Folder(Document, kw_only=True):
    r"""A folder holds folders, jobs and variables. The root folder has the id 1 and the name ``\``."""

    folder_id: ObjectId | None = None
    folder_name: Name
    qualified_name: Annotated[str | None, ReadOnly] = None
    parent_folder_id: ObjectId | None = None
    parent_folder_name: Text | None = None
    description: Text = ""
    parameters: list[ParamDef] = []
    elements: list[Element] = []
    properties: list[PropertyValue] = []
    tag_ids: list[int] = []
    tags: list[Tag] = []
    inherited_tag_ids: Annotated[list[int] | None, ReadOnly] = None
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_changed_by: Annotated[str | None, ReadOnly] = None
    acl: ACL | None = None


class Job(Document, kw_only=True):
    """A job: what is run (source), how (method), where it lives and with which parameters."""

    job_id: ObjectId | None = None
    job_name: Name
    qualified_name: Annotated[str | None, ReadOnly] = None
    description: Text = ""
    method_id: int | None = None
    method_name: Name | None = None
    source: Source | None = None
    parent_folder_id: ObjectId | None = None
    parent_folder_name: Text | None = None
    parameters: list[ParamDef] = []
    elements: list[Element] = []
    source_elements: list[Element] = []
    properties: list[PropertyValue] = []
    tag_ids: list[int] = []
    tags: list[Tag] = []
    inherited_tag_ids: Annotated[list[int] | None, ReadOnly] = None
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_changed_by: Annotated[str | None, ReadOnly] = None
    acl: ACL | None = None
    last_autosubmit_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_success_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_info_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_warning_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_error_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_fatal_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_reset_utc: Annotated[Timestamp | None, ReadOnly] = None
    min_elapsed_time: Annotated[float | None, ReadOnly] = None
    avg_elapsed_time: Annotated[float | None, ReadOnly] = None
    max_elapsed_time: Annotated[float | None, ReadOnly] = None
    min_cpu_time: Annotated[float | None, ReadOnly] = None
    avg_cpu_time: Annotated[float | None, ReadOnly] = None
    max_cpu_time: Annotated[float | None, ReadOnly] = None
    avg_count: Annotated[Count, ReadOnly] = 0


class Variable(Document, kw_only=True):
    """A named value in a folder, read by jobs and set by people and programs."""

    variable_id: ObjectId | None = field(name="variableId", default=None)
    variable_name: Name
    qualified_name: Annotated[str | None, ReadOnly] = None
    parent_folder_id: ObjectId | None = field(name="parentFolderId", default=None)
    parent_folder_name: Text | None = None
    description: Text = ""
    data_type: DataType = DataType.TEXT
    value: Text | None = None
    current_length: Annotated[int, ReadOnly] = 0
    encryption_id: Annotated[int | None, ReadOnly] = field(name="encryptionId", default=None)
    encryption_flag: bool = False
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_changed_by: Annotated[str | None, ReadOnly] = None
    acl: ACL | None = None


class Agent(Document, kw_only=True):
    """A machine, or an account on one, that runs jobs."""

    agent_id: ObjectId | None = None
    agent_name: Name
    description: Text = ""
    agent_type: AgentType = AgentType.LOCAL
    agent_type_name: Text | None = None
    agent_platform: AgentPlatform = AgentPlatform.UNKNOWN
    platform_type_name: Text | None = None
    job_count: Annotated[Count, ReadOnly] = 0
    job_limit: Count = 999999
    license_allocated: Annotated[bool, ReadOnly] = False
    license_required: Annotated[bool, ReadOnly] = False
    online: bool = True
    version: Annotated[str | None, ReadOnly] = None
    time_offset: Annotated[str | None, ReadOnly] = None
    agent_state: Annotated[AgentState, ReadOnly] = AgentState.UNKNOWN
    properties: list[PropertyValue] = []
    is_execution_agent: bool = True
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_changed_by: Annotated[str | None, ReadOnly] = None
    acl: ACL | None = None
