"""Documents that are parts of others: properties, elements, parameters, access lists, tags."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from msgspec import Meta, field

from .base import (
    LONGEST_TEXT,
    MAX_ID,
    Document,
    Integer,
    Label,
    Line,
    Name,
    ObjectId,
    ParameterText,
    Path,
    Place,
    ReadOnly,
    Source,
    Text,
    Timestamp,
)
from .enums import (
    DataType,
    InheritedFromType,
    MergeOption,
    ParameterOrigin,
    ValidationType,
)

PropertyData = (
    Annotated[str, Meta(max_length=LONGEST_TEXT)]
    | Annotated[int, Meta(ge=-MAX_ID, le=MAX_ID)]
    | float
    | bool
    | dict[str, Any]
    | None
)
"""What a property may hold: a scalar, or a reference or span written as a JSON object."""

JoinedData = Source | Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)] | float | bool | dict[str, Any] | None
"""What several such values make together, where those from above are joined."""

SpanData = Line | Integer | dict[Name, Line | Integer | None] | None
"""A span or a time of day as clients write it: as a text, in seconds, or as ``{"totalSeconds": n}``."""


class PropertyValue(Document, kw_only=True):
    """A property of a folder, job, agent or element. ``currentValue`` null means default or inherited."""

    implied: ClassVar[tuple[str, ...]] = (
        *("category_name", "category_sort_order", "display_name", "property_id", "type_name_sso", "tool_tip"),
        *("description", "editor", "merge_option", "sort_order", "read_only", "browsable"),
    )

    property_name: Label
    current_value: PropertyData = None
    default_value: Annotated[JoinedData, ReadOnly] = None
    category_name: Annotated[Text | None, ReadOnly] = None
    category_sort_order: Annotated[Integer, ReadOnly] = 0
    display_name: Annotated[Text | None, ReadOnly] = None
    property_id: Annotated[Integer, ReadOnly] = field(name="propertyId", default=0)
    type_name: Annotated[Text | None, ReadOnly] = None
    type_name_sso: Annotated[Text | None, ReadOnly] = field(name="typeNameSSO", default=None)
    tool_tip: Annotated[Text | None, ReadOnly] = None
    description: Annotated[Text | None, ReadOnly] = None
    editor: Annotated[Text | None, ReadOnly] = None
    merge_option: Annotated[MergeOption, ReadOnly] = MergeOption.REPLACE
    sort_order: Annotated[Integer, ReadOnly] = 0
    inherited_from_type: Annotated[InheritedFromType, ReadOnly] = InheritedFromType.NOT_INHERITED
    inherited_from_id: Annotated[Integer | None, ReadOnly] = field(name="inheritedFromId", default=None)
    inherited_from_name: Annotated[Text | None, ReadOnly] = None
    read_only: Annotated[bool, ReadOnly] = False
    browsable: Annotated[bool, ReadOnly] = True


class Element(Document, kw_only=True):
    """A trigger, event handler, task or other element of a folder or job; stored and returned as given."""

    element_name: Line = ""
    element_type_name: Text = ""
    element_type_id: Annotated[Integer, ReadOnly] = field(name="elementTypeId", default=0)
    element_id: Integer = field(name="elementId", default=0)
    element_uid: Line | None = None
    owner_uid: Line | None = None
    inherited: Annotated[bool, ReadOnly] = False
    inherited_from_type: Annotated[InheritedFromType, ReadOnly] = InheritedFromType.NOT_INHERITED
    inherited_from_id: Annotated[Integer | None, ReadOnly] = field(name="inheritedFromId", default=None)
    inherited_from_name: Annotated[Text | None, ReadOnly] = None
    element_kind: Annotated[Line, ReadOnly] = "Unknown"
    element_state: Line = "Unknown"
    properties: list[PropertyValue] = []
    write_to_entry: bool = False
    write_to_history: bool = False
    tab_name: Text | None = None
    sort_order: Integer = 0
    validate_type_name_sso: Text | None = field(name="validateTypeNameSSO", default=None)
    format_string: Text | None = None
    add_menu_text: Text | None = None
    category_name: Text | None = None
    category_add_menu_text: Text | None = None
    category_sort_order: Integer = 0


class ParamDef(Document, kw_only=True):
    """The definition of a parameter at a folder, job or method."""

    param_name: Name
    data_type: DataType = DataType.TEXT
    default_value: ParameterText | None = None
    default_format: Text | None = None
    prompt: Text | None = None
    help_text: Text | None = None
    length: Annotated[int, Meta(ge=0, le=MAX_ID)] = 0
    sequence: Integer = 0
    required: bool = False
    must_fill: bool = False
    allow_entry: bool = True
    hide: bool = False
    uppercase: bool = False
    encrypt: bool = False
    validation_type: ValidationType = ValidationType.NONE
    validation_data: Text | None = None
    parameter_origin: Annotated[ParameterOrigin, ReadOnly] = ParameterOrigin.JOB
    param_id: Annotated[Integer, ReadOnly] = field(name="paramId", default=0)
    job_id: Annotated[Integer | None, ReadOnly] = None
    variable_id: Integer | None = None
    variable_name: Path | None = None
    variable_name_is_relative: bool = False
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    properties: list[PropertyValue] = []
    encryption_id: Annotated[Integer | None, ReadOnly] = field(name="encryptionId", default=None)
    new_encrypted_value: Text | None = None
    inherited: Annotated[bool, ReadOnly] = False
    inherited_from_type: Annotated[InheritedFromType, ReadOnly] = InheritedFromType.NOT_INHERITED
    inherited_from_id: Annotated[Integer | None, ReadOnly] = field(name="inheritedFromId", default=None)
    inherited_from_name: Annotated[Text | None, ReadOnly] = None


class ParamValue(Document, kw_only=True):
    """The value that a parameter has in an entry or a history record."""

    param_name: Name
    value: Text | None = None
    data_type: DataType = DataType.TEXT
    default_format: Text | None = None
    loaded_from: Line | None = None
    parameter_origin: ParameterOrigin = ParameterOrigin.JOB
    param_id: Integer = field(name="paramId", default=0)
    length: Integer = 0
    encryption_id: Annotated[
        Integer | None,
        ReadOnly,
        Meta(description="The encrypted variable whose value it has, which is not shown; null of another."),
    ] = field(name="encryptionId", default=None)


class ACE(Document, kw_only=True):
    """One line of an access list: who, whether it came from above, the rights by name, how it passes down."""

    identifier: Annotated[
        Label,
        Meta(description="An account, a group, * for everybody, or several of these with + between them."),
    ]
    access_list: Annotated[list[Line], Meta(description="The rights that it gives, by name.")] = []
    inherited: Annotated[
        bool, Meta(description="Whether it is not the object's own; then it says nothing.")
    ] = False
    flags: Annotated[
        Line | Integer,
        Meta(
            description="Of a folder's line: for what it counts, by name or number: ThisFolderOnly 0, "
            "ThisFolderAndJobs 1, ThisFolderAndSubfolders 2, ThisFolderSubfoldersAndJobs 3, JobsOnly 9, "
            "SubfoldersOnly 10, SubfoldersAndJobsOnly 11."
        ),
    ] = 0


class ACL(Document, kw_only=True):
    """An access list; the first line that names the caller decides."""

    generic_acl: list[ACE] = field(name="genericACL", default_factory=list)


class Tag(Document, kw_only=True):
    """A label on a definition."""

    tag_id: Integer = field(name="tagId", default=0)
    tag_name: Line = ""


Damage = Annotated[
    Text | None,
    ReadOnly,
    Meta(description="What of it cannot be read where it is stored, in words; null when all is well."),
]
NotObeyed = Annotated[
    list[Text],
    ReadOnly,
    Meta(description="What of it this server does not do: what it is, and why, a text for each."),
]
About = Annotated[Text, Meta(description="What it is for, in words.")]
ParentId = Annotated[ObjectId | None, Meta(description="Number of the folder it lies in."), Place]
ParentName = Annotated[
    Path | None,
    Meta(description="Path of the folder it lies in; a new one lies in the root otherwise."),
    Place,
]
TagNumbers = Annotated[list[Integer], Meta(description="Numbers of its tags.")]
Tags = Annotated[list[Tag], Meta(description="Its tags: documents with tagName.")]
AccessList = Annotated[
    ACL | None,
    Meta(
        description="Its own access list: who may do what to it, where the area lets him. The first line "
        "that is about somebody decides; then those of the folders it lies in, the nearest first."
    ),
]
"""Members that definitions have in common."""
