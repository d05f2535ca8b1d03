"""What who shows a token that is limited to folders reaches: these folders, and what lies below them.

What lies elsewhere does not exist for him. What lies in no folder is refused, and so is every operation that
is not listed here: a new one has to say how it stays within folders before such a token reaches it. Entries
and the history are confined by :class:`jams.database.sight.Sight`. Declares no operation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec
from msgspec import UNSET, Struct
from sqlalchemy import Connection, Table, select

from jams.database import folders, lookup, named_in_definitions, names, reference_uses, setups, tables
from jams.database.sight import folders_within
from jams.objects.errors import (
    AccessDenied,
    Conflict,
    FolderNotFound,
    JobNotFound,
    NotFound,
    SetupNotFound,
    VariableNotFound,
)
from jams.objects.menus import SubmitMenuType
from jams.objects.patch import Patch
from jams.objects.setups import Setup
from jams.registry import ValueType

from .context import Context

_PARTED = {ValueType.JOB: (tables.job, JobNotFound), ValueType.VARIABLE: (tables.variable, VariableNotFound)}
"""What definitions name that lies in folders."""


@dataclass(frozen=True)
class _Scope:
    """The folders of a token, as they lie now."""

    c: Connection
    tops: frozenset[int]

    @cached_property
    def inside(self) -> frozenset[int]:
        """The numbers of the folders and of all below them."""
        return frozenset(self.c.scalars(select(tables.folder.c.id).where(folders_within(self.c, self.tops))))

    def object(self, table: Table, missing: type[NotFound], id: int | None, name: str | None) -> int | None:
        """The number of an object that lies inside; None when none is named. Raises NotFound."""
        if id is None and name is None:
            return None
        told = missing(f"There is no {table.name} {name if id is None else id}.", target=id or name)
        try:
            found = lookup.locate(self.c, table, missing, id=id, name=name)
        except Conflict:  # its message names those outside
            raise missing(f"{told.message} It may have a namesake: give its path.", target=name) from None
        if self.c.scalar(select(table.c.folder_id).where(table.c.id == found)) not in self.inside:
            raise told
        return found

    def folder(self, id: int | None, name: str | None) -> None:
        """See that a folder that is named lies inside. Raises FolderNotFound."""
        if id is None and name is None:
            return
        if int(folders.locate(self.c, id=id, name=name).id) not in self.inside:
            raise FolderNotFound(f"There is no folder {name if id is None else id}.", target=id or name)

    def place(self, document: Any, found: int | None, table: Table) -> str:
        """See that a document lies inside, or stays where it is; the path of its folder.

        Raises:
            FolderNotFound: it would lie elsewhere.
        """
        id, name = _said(document, "parent_folder_id"), _said(document, "parent_folder_name")
        here = table.c.parent_id if table is tables.folder else table.c.folder_id
        stays = None if found is None else self.c.scalar(select(here).where(table.c.id == found))
        if found is not None and id is None and name is None:
            return folders.paths(self.c, [stays or folders.ROOT_ID]).get(stays or folders.ROOT_ID, names.ROOT)
        over = folders.parent(self.c, id, name)
        if int(over.id) not in self.inside and over.id != stays:
            raise FolderNotFound(f"There is no folder {id if name is None else name}.", target=id or name)
        return str(over.path)

    def names(self, document: Any, folder: str) -> None:
        """See that the jobs and variables that a definition names lie inside. Raises NotFound."""
        parts = {part: _said(document, part) or [] for part in reference_uses.Referring.__struct_fields__}
        said = reference_uses.referring(msgspec.json.encode(parts))
        for kind, meant, _, _ in reference_uses.named(said):
            if kind in _PARTED:
                found = named_in_definitions.find(self.c, kind, meant, folder)
                self.object(*_PARTED[kind], found, None)
        for each in _said(document, "parameters") or ():
            id, name = getattr(each, "variable_id", None), getattr(each, "variable_name", None)
            if name is not None and getattr(each, "variable_name_is_relative", False):
                name = names.join(folder, name.strip("\\/"))
            self.object(tables.variable, VariableNotFound, id, name)


Rule = Callable[[_Scope, Mapping[str, Any]], object]


def check(context: Context, arguments: Mapping[str, Any]) -> None:
    """See that what an operation is asked for lies within the folders that its caller is limited to.

    Raises:
        NotFound: of some class: it does not, so that it is not there for him.
        AccessDenied: the operation is not limited to folders.
    """
    tops = context.caller.folders
    if tops is None:
        return
    rule = _RULES.get(context.operation.name)
    if rule is None:
        raise AccessDenied(
            f"The token is limited to folders, and {context.operation.name} reaches beyond them.",
            target=context.operation.name,
        )
    context.read(lambda c: rule(_Scope(c, tops), arguments))


def shown(context: Context, result: Any) -> Any:
    """What of a list of definitions lies within the folders that the caller is limited to."""
    tops, member = context.caller.folders, _LISTS.get(context.operation.name)
    if tops is None or member is None:
        return result
    inside = context.read(lambda c: _Scope(c, tops).inside)
    return [each for each in result if getattr(each, member) in inside]


def _nothing(scope: _Scope, arguments: Mapping[str, Any]) -> None:
    """Nothing is named that lies in a folder, or :class:`Sight` confines what is given."""


def _named(table: Table, missing: type[NotFound]) -> Rule:
    return lambda scope, said: scope.object(table, missing, said.get("id"), said.get("name"))


def _folder(scope: _Scope, said: Mapping[str, Any]) -> None:
    scope.folder(said.get("id"), said.get("name") or said.get("qualified_name"))


def _created(parameter: str, table: Table) -> Rule:
    def rule(scope: _Scope, said: Mapping[str, Any]) -> None:
        document = _as_definition(said[parameter])
        _check_names(scope, said[parameter], document, scope.place(document, None, table))

    return rule


def _changed(parameter: str, table: Table, missing: type[NotFound], number: str) -> Rule:
    def rule(scope: _Scope, said: Mapping[str, Any]) -> None:
        document = said[parameter]
        id, name = said.get("id"), said.get("name")
        if id is None and name is None:
            id = _said(document, number)
        if table is tables.folder:
            scope.folder(id, name)
            known = id is not None or name is not None
            found = int(folders.locate(scope.c, id=id, name=name).id) if known else None
        else:
            found = scope.object(table, missing, id, name)
        change = _as_definition(document)
        _check_names(scope, document, change, scope.place(change, found, table))

    return rule


def _submitted(scope: _Scope, said: Mapping[str, Any]) -> None:
    body = said.get("body")
    infos: Iterable[Any] = [body if body is not None else said.get("submit_info")]
    if "submissions" in said:
        infos = said["submissions"].submissions
    for info in infos:
        id, name = getattr(info, "submit_id", None), info.name
        scope.object(tables.job, JobNotFound, id or None, name)
        scope.object(tables.job, JobNotFound, getattr(info, "precheck_job_id", None) or None, None)
        scope.folder(getattr(info, "folder_id", None) or None, getattr(info, "folder_name", None) or None)
        if isinstance(info, Struct) and hasattr(info, "elements"):
            scope.names(info, names.ROOT)


def _submitted_again(scope: _Scope, said: Mapping[str, Any]) -> None:
    scope.object(tables.job, JobNotFound, said["job_id"], None)


def _check_names(scope: _Scope, document: Any, definition: Any, folder: str) -> None:
    scope.names(definition, folder)
    members = _said(document, "jobs") if isinstance(document, Setup | Patch) else None
    for member in members or ():
        for each in member.parameters:
            scope.object(tables.variable, VariableNotFound, None, each.variable_name)


def _as_definition(document: Any) -> Any:
    """A setup as the job that it is; any other document as it is."""
    if isinstance(document, Setup):
        return setups.as_job(document)
    if isinstance(document, Patch) and document.document_type is Setup:
        return setups.as_change(document)
    return document


def _said(document: Any, member: str) -> Any:
    """What a document says of a member, or a change; None if nothing."""
    found = getattr(document, member, None)
    return None if found is UNSET else found


def _menu(scope: _Scope, said: Mapping[str, Any]) -> None:
    """A folder that is looked into lies inside; of a menu that alone is shown which does."""
    if said.get("menu_type") is SubmitMenuType.FOLDER:
        scope.folder(said.get("id"), said.get("name"))


_JOB = _named(tables.job, JobNotFound)
_SETUP = _named(tables.job, SetupNotFound)
_VARIABLE = _named(tables.variable, VariableNotFound)

_RULES: dict[str, Rule] = {
    **dict.fromkeys(("check_health", "get_server", "is_scheduler_active", "log_out", "who_am_i"), _nothing),
    **dict.fromkeys(
        ("get_job", "get_job_source", "get_job_documentation", "delete_job", "get_job_occurrences"), _JOB
    ),
    "get_submit_info": _JOB,
    **dict.fromkeys(("get_setup", "delete_setup"), _SETUP),
    **dict.fromkeys(("get_variable", "set_variable_value", "delete_variable"), _VARIABLE),
    **dict.fromkeys(("get_folder", "delete_folder", "get_folder_children"), _folder),
    **dict.fromkeys(("find_jobs", "find_setups", "find_variables"), _folder),
    "get_submit_menu": _menu,
    "create_job": _created("job", tables.job),
    "create_setup": _created("setup", tables.job),
    "create_variable": _created("variable", tables.variable),
    "create_folder": _created("folder", tables.folder),
    "change_job": _changed("job", tables.job, JobNotFound, "job_id"),
    "change_setup": _changed("setup", tables.job, SetupNotFound, "setup_id"),
    "change_variable": _changed("variable", tables.variable, VariableNotFound, "variable_id"),
    "change_folder": _changed("folder", tables.folder, FolderNotFound, "folder_id"),
    **dict.fromkeys(("submit", "submit_job", "submit_many"), _submitted),
    "get_resubmit_info": _submitted_again,
    **dict.fromkeys(
        (
            *("find_entries", "get_entry", "wait_for_entry", "get_entry_parameters", "get_entry_parameter"),
            *("get_entry_log", "get_entry_waits", "get_entry_audit", "get_entry_members"),
            *("hold_entry", "release_entry", "reschedule_entry", "restart_entry", "cancel_entry"),
            *("remove_entry", "set_entry_parameter", "set_entry_status", "set_entry_state"),
            *("hold_entries", "release_entries", "restart_entries", "cancel_entries"),
            *("find_history", "search_history", "find_job_history", "get_history", "get_history_log"),
        ),
        _nothing,
    ),
}
"""The operations that stay within folders, and what is to be seen to before they run."""

_LISTS = {
    "find_jobs": "parent_folder_id",
    "find_setups": "parent_folder_id",
    "find_variables": "parent_folder_id",
    "get_folder_children": "folder_id",
}
"""Operations that list definitions, and the member of each that says in which folder it lies."""
