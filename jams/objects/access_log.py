"""Why somebody may do something, or why not, step by step."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import msgspec
from msgspec import Meta

from .base import Document, Fact, ReadOnly, Text, Timestamp
from .enums import AccessObject
from .parts import ACL
from .patch import Version


class TraceDetail(Enum):
    """How much an entry of such a log matters."""

    ERROR = "Error"
    WARNING = "Warning"
    INFO = "Info"
    VERBOSE = "Verbose"


class AccessLogEntry(Fact, frozen=True, kw_only=True):
    """A step of a decision."""

    sequence_number: Annotated[int, Meta(description="Its place, from 1 on.")]
    trace_level: Annotated[TraceDetail, Meta(description="Error where it says that it may not be done.")]
    message: Annotated[str, Meta(description="What was found, in a sentence.")]


class AccessLog(Fact, frozen=True, kw_only=True):
    """How it was decided whether somebody may do something; ``hasErrors`` if he may not."""

    has_errors: Annotated[bool, Meta(description="Whether it may not be done.")]
    entries: Annotated[list[AccessLogEntry], Meta(description="The steps, the last of which decides.")] = []


class Security(Document, kw_only=True):
    """The access list of an area of the server."""

    access_object: Annotated[AccessObject, Meta(description="The area.")]
    acl: Annotated[ACL, Meta(description="Who may do what in it: the first line that names one decides.")] = (
        msgspec.field(default_factory=ACL)
    )
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_changed_by: Annotated[Text | None, ReadOnly] = None
    version: Version = None
