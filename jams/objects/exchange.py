"""What is told of definitions that come from elsewhere: an XML export, a crontab, a scheduler of Windows."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from msgspec import Meta

from .base import Count, Fact


class DefinitionAction(Enum):
    """What an import does with a definition."""

    ADD = "Add"
    CHANGE = "Change"
    SAME = "Same"


class MemberDifference(Fact, frozen=True, kw_only=True):
    """A member of a definition that an import sets otherwise; null where it says nothing."""

    member: Annotated[str, Meta(description="The member; of a list of named parts, with the part's name.")]
    before: Annotated[str | None, Meta(description="What it says now.")] = None
    after: Annotated[str | None, Meta(description="What it says after the import.")] = None


class DefinitionChange(Fact, frozen=True, kw_only=True):
    """A definition that an import found, and what is done with it."""

    action: DefinitionAction
    type: Annotated[str, Meta(description="What it is: folder, job, calendar …")]
    name: Annotated[str, Meta(description="Its path, or its name where it lies in no folder.")]
    differences: Annotated[
        tuple[MemberDifference, ...], Meta(description="In what it differs from what is there.")
    ] = ()


class DefinitionImport(Fact, frozen=True, kw_only=True):
    """What an import of definitions did, or would do (``dryRun``)."""

    dry_run: bool
    added: Count
    changed: Count
    same: Count
    changes: tuple[DefinitionChange, ...] = ()
    remarks: Annotated[
        tuple[str, ...], Meta(description="What its reader should know of the text, in sentences.")
    ] = ()
