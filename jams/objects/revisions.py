"""What definitions were: who changed one when, by what door, and what it said before and afterwards."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from .base import Fact, ObjectId, Timestamp
from .enums import ObjectType
from .events import EventAction


class Revision(Fact, frozen=True, kw_only=True):
    """A version of a definition, and how it came to be.

    ``operation`` and ``door`` are null of a version that was found when somebody first changed the
    definition; who made it when is then what the definition itself said.
    """

    revision_id: Annotated[ObjectId, Meta(description="Number of the revision.")]
    object_type: Annotated[ObjectType, Meta(description="What kind of definition it is.")]
    object_id: Annotated[int, Meta(description="Number of the definition.")]
    name: Annotated[str, Meta(description="Its path or name in this version.")]
    version: Annotated[int, Meta(description="The version of the definition.")]
    action: Annotated[EventAction, Meta(description="Whether it was made, changed or removed then.")]
    audit_time: Annotated[Timestamp, Meta(description="When that was done.")]
    last_changed_by: Annotated[str, Meta(description="The account that did it.")]
    door: Annotated[str | None, Meta(description="By which door, such as REST.")] = None
    origin: Annotated[str | None, Meta(description="From which address, where that is known.")] = None
    operation: Annotated[str | None, Meta(description="By which operation of the reference.")] = None
    change_comment: Annotated[str | None, Meta(description="What is to be said of it.")] = None


class RevisionDocument(Revision, frozen=True, kw_only=True):
    """A version of a definition with what had been said of it: ``document`` is JSON, as REST writes such.

    It has neither what the server writes nor what is as it is by itself. Defaults of parameters that are to
    be encrypted are left out. It is null of a version in which the definition was removed.
    """

    document: Annotated[str | None, Meta(description="What had been said of it, as JSON.")] = None


class RevisionDifference(Fact, frozen=True, kw_only=True):
    """What two versions of a definition say differently of a member."""

    member: Annotated[
        str, Meta(description="The member, such as description or parameters[day].defaultValue.")
    ]
    before: Annotated[str | None, Meta(description="What the older one says; null: nothing.")] = None
    after: Annotated[str | None, Meta(description="What the newer one says; null: nothing.")] = None
    lines: Annotated[
        str | None, Meta(description="How texts of several lines differ, as diff -u writes it.")
    ] = None
