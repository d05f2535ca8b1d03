"""What definitions may say, as documents: properties and types of elements, and which are obeyed."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from msgspec import Meta, field

from .base import Fact, Integer, Text
from .enums import ElementKind, MergeOption
from .parts import PropertyData


class PropertyOf(Enum):
    """Of what a property is."""

    FOLDER_OR_JOB = "FolderOrJob"
    FOLDER = "Folder"
    JOB = "Job"
    METHOD = "Method"
    SUBMISSION = "Submission"
    ENTRY = "Entry"
    ELEMENT = "Element"
    AGENT = "Agent"


class ElementOf(Enum):
    """Where an element stands: at a folder, at a job, or as a task in a job's source."""

    FOLDER = "Folder"
    JOB = "Job"
    TASK = "Task"


NotObeyedBecause = Annotated[
    Text | None, Meta(description="Why this server does not do what it says; null when it does.")
]


class PropertyDefinition(Fact, frozen=True, kw_only=True):
    """A property that something may have. ``holds`` says in words which values it takes.

    ``choices`` are the words it may hold, if it is one of several; ``places`` where it may stand; ``aliases``
    further names that are taken. ``required`` is told of properties of elements.
    """

    property_id: Integer = field(name="propertyId")
    property_name: Text
    display_name: Text
    category_name: Text
    description: Text
    type_name: Text
    holds: Text
    default_value: PropertyData = None
    choices: list[Text] = []
    minimum: Integer | None = None
    maximum: Integer | None = None
    merge_option: MergeOption = MergeOption.REPLACE
    places: list[Text] = []
    aliases: list[Text] = []
    required: bool = False
    sort_order: Integer = 0
    obeyed: bool = True
    not_obeyed: NotObeyedBecause = None


class ElementTypeDefinition(Fact, frozen=True, kw_only=True):
    """A type of element, with the properties that an element of it has."""

    element_type_id: Integer = field(name="elementTypeId")
    element_type_name: Text
    element_kind: ElementKind
    description: Text
    places: list[Text] = []
    aliases: list[Text] = []
    obeyed: bool = True
    not_obeyed: NotObeyedBecause = None
    properties: list[PropertyDefinition] = []


class AgentKind(Fact, frozen=True, kw_only=True):
    """A type or platform of agents, and whether this server has such agents run jobs."""

    name: Annotated[Text, Meta(description="Its name, as documents of agents say it.")]
    display_name: Annotated[Text, Meta(description="What it is called for people.")]
    description: Annotated[Text, Meta(description="What it is, in words.")] = ""
    kind: Annotated[Text, Meta(description="Always Platform, as published.")] = "Platform"
    obeyed: Annotated[bool, Meta(description="Whether such agents run jobs here.")] = True
    not_obeyed: NotObeyedBecause = None
