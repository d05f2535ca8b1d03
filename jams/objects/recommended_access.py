"""What the recommended access lists are asked for with, and what came of it (semantics 2.15)."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from .base import LONGEST_NAME, Arguments, Fact, Text
from .enums import AccessObject

GroupName = Annotated[str, Meta(max_length=LONGEST_NAME, title="GroupName")]


class RecommendedAccess(Arguments, frozen=True, kw_only=True):
    """Which groups take the places of the recommended table; one whose name is empty gets no line."""

    admin_group_name: Annotated[
        GroupName, Meta(description="Who may do everything, also change access lists.")
    ] = "Administrators"
    developer_group_name: Annotated[
        GroupName, Meta(description="Who may define jobs, submit, and operate all entries.")
    ] = "Developers"
    submitter_group_name: Annotated[
        GroupName, Meta(description="Who may look, submit, and operate all entries.")
    ] = "Submitters"
    inquirer_group_name: Annotated[GroupName, Meta(description="Who may look.")] = "Inquirers"
    domain_name: Annotated[
        str,
        Meta(
            max_length=LONGEST_NAME, description="The domain of groups whose names have none: DOMAIN\\Group."
        ),
    ] = ""
    dry_run: Annotated[bool, Meta(description="Change nothing, and tell what would be changed.")] = False


class AreaAccess(Fact, frozen=True, kw_only=True):
    """The access list of an area, as it was and as it is recommended."""

    area: Annotated[AccessObject, Meta(description="The area.")]
    changed: Annotated[bool, Meta(description="Whether they differ, so that it was changed, or would be.")]
    before: Annotated[Text, Meta(description="Who might do what.")]
    recommended: Annotated[Text, Meta(description="Who may do what by the table.")]
    strangers: Annotated[
        list[str], Meta(description="What the recommended list names that is no account or group here.")
    ] = []
