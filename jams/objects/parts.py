"""Documents that are parts of others: properties, elements, parameters, access lists, tags."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, field

from .base import Document, Name, ObjectId, ReadOnly, Text, Timestamp
from .enums import (
    DataType,
    InheritedFromType,
    MergeOption,
    ParameterOrigin,
    ValidationType,
)

PropertyData = str | int | float | bool | dict[str, Any] | None
"""What a property may hold: a scalar, or a reference or span written as a JSON object."""


class PropertyValue(Document, kw_only=True):
    """A property of a folder, job, agent or element. ``currentValue`` null means default or inherited."""

    property_name: Name
    current_value: PropertyData = None
    default_value: Annotated[PropertyData, ReadOnly] = None
    category_name: Annotated[str | None, ReadOnly] = None
    category_sort_order: Annotated[int, ReadOnly] = 0
    display_name: Annotated[str | None, ReadOnly] = None
    property_id: Annotated[int, ReadOnly] = field(name="propertyId", default=0)
    type_name: Annotated[str | None, ReadOnly] = None
    type_name_sso: Annotated[str | None, ReadOnly] = field(name="typeNameSSO", default=None)
    tool_tip: Annotated[str | None, ReadOnly] = None
    description: Annotated[str | None, ReadOnly] = None
    editor: Annotated[str | None, ReadOnly] = None
    merge_option: Annotated[MergeOption, ReadOnly] = MergeOption.REPLACE
    sort_order: Annotated[int, ReadOnly] = 0
    inherited_from_type: Annotated[InheritedFromType, ReadOnly] = InheritedFromType.NOT_INHERITED
    inherited_from_id: Annotated[int | None, ReadOnly] = field(name="inheritedFromId", default=None)
    inherited_from_name: Annotated[str | None, ReadOnly] = None
    read_only: Annotated[bool, ReadOnly] = False
    browsable: Annotated[bool, ReadOnly] = True


class Element(Document, kw_only=True):
    """A trigger, event handler, task or other element of a folder or job; stored and returned as given."""

    element_name: Name
    element_type_name: Text = ""
    element_type_id: int = field(name="elementTypeId", default=0)
    element_id: int = field(name="elementId", default=0)
    element_uid: str | None = None
    owner_uid: str | None = None
    inherited: Annotated[bool, ReadOnly] = False
    inherited_from_type: Annotated[InheritedFromType, ReadOnly] = InheritedFromType.NOT_INHERITED
    inherited_from_id: Annotated[int | None, ReadOnly] = field(name="inheritedFromId", default=None)
    inherited_from_name: Annotated[str | None, ReadOnly] = None
    element_kind: str = "Unknown"
    element_state: str = "Unknown"
    properties: list[PropertyValue] = []
    write_to_entry: bool = False
    write_to_history: bool = False
    tab_name: str | None = None
    sort_order: int = 0
    validate_type_name_sso: str | None = field(name="validateTypeNameSSO", default=None)
    format_string: str | None = None
    add_menu_text: str | None = None
    category_name: str | None = None
    category_add_menu_text: str | None = None
    category_sort_order: int = 0


class ParamDef(Document, kw_only=True):
    """The definition of a parameter at a folder, job or method."""

    param_name: Name
    data_type: DataType = DataType.TEXT
    default_value: Text | None = None
    default_format: Text | None = None
    prompt: Text | None = None
    help_text: Text | None = None
    length: Annotated[int, Meta(ge=0)] = 0
    sequence: int = 0
    required: bool = False
    must_fill: bool = False
    allow_entry: bool = True
    hide: bool = False
    uppercase: bool = False
    encrypt: bool = False
    validation_type: ValidationType = ValidationType.NONE
    validation_data: Text | None = None
    parameter_origin: Annotated[ParameterOrigin, ReadOnly] = ParameterOrigin.JOB
    param_id: Annotated[int, ReadOnly] = field(name="paramId", default=0)
    job_id: Annotated[int | None, ReadOnly] = None
    variable_id: int | None = None
    variable_name: Text | None = None
    variable_name_is_relative: bool = False
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    properties: list[PropertyValue] = []
    encryption_id: Annotated[int | None, ReadOnly] = field(name="encryptionId", default=None)
    new_encrypted_value: str | None = None
    inherited: Annotated[bool, ReadOnly] = False
    inherited_from_type: Annotated[InheritedFromType, ReadOnly] = InheritedFromType.NOT_INHERITED
    inherited_from_id: Annotated[int | None, ReadOnly] = field(name="inheritedFromId", default=None)
    inherited_from_name: Annotated[str | None, ReadOnly] = None


class ParamValue(Document, kw_only=True):
    """The value that a parameter has in an entry or a history record."""

    param_name: Name
    value: Text | None = None
    data_type: DataType = DataType.TEXT
    default_format: Text | None = None
    loaded_from: str | None = None
    parameter_origin: ParameterOrigin = ParameterOrigin.JOB
    param_id: int = field(name="paramId", default=0)
    length: int = 0


class ACE(Document, kw_only=True):
    """One line of an access list: who, whether it came from above, and the rights by name."""

    identifier: Name
    access_list: list[str] = []
    inherited: bool = False
    flags: str | int = 0


class ACL(Document, kw_only=True):
    """An access list; the first line that names the caller decides."""

    generic_acl: list[ACE] = field(name="genericACL", default_factory=list)


class Tag(Document, kw_only=True):
    """A label on a definition."""

    tag_id: int = field(name="tagId", default=0)
    tag_name: Annotated[str, Meta(max_length=255)] = ""


About = Annotated[Text, Meta(description="What it is for, in words.")]
ParentId = Annotated[ObjectId | None, Meta(description="Number of the folder it lies in.")]
ParentName = Annotated[
    Text | None,
    Meta(description="Path of the folder it lies in; a new one lies in the root otherwise."),
]
TagNumbers = Annotated[list[int], Meta(description="Numbers of its tags.")]
Tags = Annotated[list[Tag], Meta(description="Its tags: documents with tagName.")]
AccessList = Annotated[
    ACL | None,
    Meta(description="Its access list, kept as it is given; what callers may do follows from their groups."),
]
"""Members that definitions have in common."""
