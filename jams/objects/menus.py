"""Menus from which jobs are submitted, and what they show (semantics 2.13, web services 1.7)."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from msgspec import Meta

from .base import Document, Fact, Integer, ObjectId, OwnName, Path, ReadOnly, Text, Timestamp
from .parts import About, AccessList, Damage, NotObeyed
from .patch import Version


class MenuDetail(Document, kw_only=True):
    """A line of a menu: it adds what lies in a folder, or menus, whose names match."""

    menu_id: Annotated[ObjectId | None, ReadOnly] = None
    include_folders: Annotated[bool, Meta(description="Whether it adds folders that lie in the folder.")] = (
        False
    )
    include_jobs: Annotated[bool, Meta(description="Whether it adds jobs of the folder.")] = False
    include_setups: Annotated[
        bool | None,
        Meta(description="Whether it adds setups of the folder; as includeJobs, if nothing is said."),
    ] = None
    include_menus: Annotated[bool, Meta(description="Whether it adds menus.")] = False
    folder_id: Annotated[ObjectId | None, Meta(description="Number of the folder.")] = None
    folder_name: Annotated[
        Path | None, Meta(description="Path of the folder; the root, if none is named.")
    ] = None
    selection_criteria: Annotated[
        Text,
        Meta(
            description="What names have to match; * stands for anything, ? for one character. Else all do."
        ),
    ] = ""
    sequence: Annotated[Integer, Meta(description="Its place among the lines: lower ones come first.")] = 0
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None


class Menu(Document, kw_only=True):
    """A menu from which jobs are submitted."""

    menu_id: Annotated[ObjectId | None, Meta(description="Number of the menu.")] = None
    menu_name: Annotated[OwnName, Meta(description="Name of the menu.")]
    description: About = ""
    menu_details: Annotated[
        list[MenuDetail], Meta(description="What it shows: lines with folderName, includeJobs and others.")
    ] = []
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_changed_by: Annotated[Text | None, ReadOnly] = None
    version: Version = None
    damage: Damage = None
    not_obeyed: NotObeyed = []
    acl: AccessList = None


class SubmitMenuType(Enum):
    """What a line of a submit menu is."""

    MENU = "Menu"
    FOLDER = "Folder"
    JOB = "Job"
    SETUP = "Setup"


class SubmitMenuItem(Fact, frozen=True, kw_only=True):
    """A line of a submit menu: a menu or folder to look into, or a job or setup to submit."""

    menu_name: Annotated[Text, Meta(description="Path of the folder, job or setup; name of the menu.")]
    menu_type: Annotated[SubmitMenuType, Meta(description="What it is.")]
    menu_text: Annotated[Text, Meta(description="What is shown of it.")]
    id: Annotated[ObjectId, Meta(description="Its number.")]
