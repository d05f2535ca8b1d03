"""Whether work may have the values of encrypted variables that a definition hands it. Declares no operation.

Who makes or changes a job decides what it does with its parameters, those as well that come down from folders
or its method, and those that setups and triggers hand to it: so he needs the right to each secret among
them, whatever he changes. The same goes for who changes a folder or method from which something comes down to
such a job, and for who lets a setup or trigger submit one, and so may say its other parameters or its agent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from sqlalchemy import Connection

from jams.database import encrypted_uses, guarding, named_in_definitions, names, references, tables, variables
from jams.objects.errors import AccessDenied, Conflict, Damaged, NotFound
from jams.objects.triggers import Trigger
from jams.registry import JOB_PROPERTIES, Place, Reference, ValueType, everything_said
from jams.scheduler import secret_reach, submittable
from jams.scheduler.sources import secrets
from jams.scheduler.sources.substitution import REFERENCE
from jams.scheduler.submittable import Submittable
from jams.security.rights import VariableDefinitions

from .context import Context

T = TypeVar("T")
_RIGHT = VariableDefinitions.DECRYPT


def check_job(context: Context, c: Connection, id: int) -> None:
    """Check what a job or setup, as it was made or changed, hands to its runs or members.

    Raises:
        AccessDenied: the caller may not let work have one of its secrets.
        InvalidArgument: its source names a secret where that would be written down.
    """
    if not variables.any_encrypted(c):
        return
    try:
        job = submittable.uncached(c, id)
    except Damaged:
        return
    own = {each.encryption_id for each in job.parameters if each.encryption_id is not None}
    for variable in own:
        _check(context, c, variable, "parameters")
    for said in everything_said(JOB_PROPERTIES, Place.SOURCE, (), job.rest.source_elements):
        if said.definition.value_type is ValueType.VARIABLE and isinstance(said.meaning, Reference):
            _check_named(context, c, said.meaning, job.folder_path, "sourceElements")
    for variable in secret_reach.within(c, id) - own:
        _check(context, c, variable, "sourceElements")
    for variable in secret_reach.handed_to(c, id):
        _check(context, c, variable, "parameters")
    _check_source(c, job)


def check_folder(context: Context, c: Connection, id: int | None) -> None:
    """Check what comes down from a folder, or through it, as it was made or changed. Raises AccessDenied."""
    if id is not None and variables.any_encrypted(c):
        for variable in encrypted_uses.in_folder(c, id) | secret_reach.in_folder(c, id):
            _check(context, c, variable, "parameters")


def check_method(context: Context, c: Connection, id: int | None) -> None:
    """Check what the jobs of a method have, as it was made or changed. Raises AccessDenied."""
    if id is not None and variables.any_encrypted(c):
        for variable in encrypted_uses.of_method(c, id) | secret_reach.of_method(c, id):
            _check(context, c, variable, "parameters")


def check_trigger(context: Context, c: Connection, trigger: Trigger) -> None:
    """Check what a trigger, as it was made or changed, hands to what it submits. Raises AccessDenied."""
    if not variables.any_encrypted(c):
        return
    for action in trigger.actions:
        submitted = action.job_name or action.setup_name
        if submitted:
            for variable in secret_reach.of_named(c, submitted):
                _check(context, c, variable, "actions")
        for each in action.parameters:
            if each.variable_name:
                folder = trigger.parent_folder_name or names.ROOT
                _check_named(context, c, Reference(name=each.variable_name), folder, "actions")


def moving(context: Context, c: Connection, work: Callable[[Connection], T]) -> T:
    """Do what may give variables other paths, and check the secret ones: other definitions name them then.

    Raises AccessDenied.
    """
    before = _paths(c)
    made = work(c)
    if before:
        for id, path in _paths(c).items():
            if before.get(id, path) != path:
                _check(context, c, id, "parentFolderName")
    return made


def _paths(c: Connection) -> dict[int, str]:
    return {id: references.variable_path(c, id) for id in encrypted_uses.all_encrypted(c)}


def _check_named(context: Context, c: Connection, named: Reference, folder: str, member: str) -> None:
    try:
        id = named_in_definitions.find(c, ValueType.VARIABLE, named, folder)
    except (NotFound, Conflict):
        return
    if id is not None and variables.is_encrypted(c, id):
        _check(context, c, id, member)


def _check(context: Context, c: Connection, id: int, member: str) -> None:
    caller = context.caller
    path = references.variable_path(c, id)
    what = f"which it takes to let work have the value of the encrypted variable {path}"
    if not caller.may(_RIGHT):
        raise AccessDenied(
            f"{caller.account} lacks the right {_RIGHT}, {what}.", target=str(_RIGHT), member=member
        )
    if not guarding.may(c, tables.variable, id, _RIGHT.access):
        raise AccessDenied(
            f"{caller.account} lacks the right {_RIGHT.access} on it, {what}.", target=path, member=member
        )


def _check_source(c: Connection, job: Submittable) -> None:
    """See that a source names no secret that would be written down with it. Raises InvalidArgument."""
    if not job.base.parsed:
        return
    hidden = {names.fold(each.param_name): each.encryption_id is not None for each in job.parameters}
    apart = secrets.keeps_source_apart(job.base)
    for name in _named(f"{job.template}\n{job.source}"):
        if "\\" not in name and names.fold(name) in hidden:
            if hidden[names.fold(name)] and not apart:
                raise secrets.parameter_in_script(name)
            continue
        found = secrets.at if "\\" in name else secrets.near
        id = found(c, job.folder_path, name)
        if id is not None and variables.is_encrypted(c, id):
            raise secrets.variable_in_source(references.variable_path(c, id))


def _named(source: str) -> Iterator[str]:
    return iter(dict.fromkeys(found["name"] for found in REFERENCE.finditer(source)))
