"""Which jobs have the values of encrypted variables: by themselves, by their members, by what submits them.

Who says a member's values, its account or its agent decides as much about a secret as who wrote its job.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection, select

from jams.database import (
    encrypted_uses,
    lookup,
    names,
    reference_uses,
    references,
    tables,
    triggers,
    variables,
)
from jams.objects.errors import JAMSError, VariableNotFound
from jams.objects.plan import GivenValue, Plan
from jams.registry import ValueType

from .members import job_called, job_of, members_in, members_of, walk
from .submittable import Submittable


def within(c: Connection, id: int) -> set[int]:
    """The encrypted variables whose values the runs of a job have, or those of its members on any level."""
    job = job_of(c, id)
    return set() if job is None else _within(c, job)


def _within(c: Connection, job: Submittable) -> set[int]:
    found: set[int] = set()
    for each, members in walk(c, job):
        found |= {one.encryption_id for one in each.parameters if one.encryption_id is not None}
        for member in members:
            found |= set(_given(c, member.values).values())
    return found


def of_named(c: Connection, path: str) -> set[int]:
    """The same of the job or setup of that path; nothing where there is none."""
    job = job_called(c, path)
    return set() if job is None else _within(c, job)


def of_plan(c: Connection, plan: Plan) -> set[int]:
    """The same of all members of a plan."""
    if not variables.any_encrypted(c):
        return set()
    found: set[int] = set()
    for member in members_in(plan):
        found |= set(_given(c, member.values).values()) | within(c, member.job_id)
    return found


def handed(c: Connection) -> dict[int, set[int]]:
    """The encrypted variables that setups, sequences and triggers hand to jobs, by the jobs' numbers."""
    return _handed(c, *_handing(c))


def handed_to(c: Connection, id: int) -> set[int]:
    """Those that are handed to one job, by what submits it on any level."""
    setups, of_triggers = _handing(c)
    if not setups and not of_triggers:
        return set()
    above, submit = {id}, set[int]()
    todo = [id]
    while todo:
        job = todo.pop()
        users = reference_uses.users(c, ValueType.JOB, job, references.job_path(c, job))
        submit |= users[tables.trigger.name]
        todo += users[tables.job.name] - above
        above |= users[tables.job.name]
    return _handed(c, setups & above, of_triggers & submit).get(id, set())


def _handed(c: Connection, setups: set[int], of_triggers: set[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for id in setups:
        job = job_of(c, id)
        if job is not None:
            own = {
                names.fold(each.param_name): each.encryption_id
                for each in job.parameters
                if each.encryption_id is not None
            }
            _hand_down(c, job, own, found, {id})
    for id in of_triggers:
        for action in triggers.get(c, id).actions:
            values = tuple(
                GivenValue(name=each.param_name, variable=each.variable_name or "")
                for each in action.parameters
            )
            given = _given(c, values)
            target = job_called(c, action.job_name or action.setup_name or "")
            if given and target is not None:
                found[target.row.id] |= set(given.values())
                _hand_down(c, target, given, found, {target.row.id})
    return found


def _handing(c: Connection) -> tuple[set[int], set[int]]:
    """The setups and sequences that have or name an encrypted variable, and the triggers that name one."""
    setups, of_triggers = encrypted_uses.containers(c), set[int]()
    for id in encrypted_uses.all_encrypted(c):
        users = reference_uses.users(c, ValueType.VARIABLE, id, references.variable_path(c, id))
        setups |= users[tables.job.name]
        of_triggers |= users[tables.trigger.name]
    return setups, of_triggers


def _hand_down(
    c: Connection, job: Submittable, given: Mapping[str, int], found: dict[int, set[int]], above: set[int]
) -> None:
    for member in members_of(c, job):
        below = job_of(c, member.job_id)
        if below is None or member.job_id in above:
            continue
        named = {names.fold(each.param_name) for each in below.parameters}
        has = {name: id for name, id in {**given, **_given(c, member.values)}.items() if name in named}
        if has:
            found[member.job_id] |= set(has.values())
            _hand_down(c, below, has, found, above | {member.job_id})


def _given(c: Connection, values: tuple[GivenValue, ...]) -> dict[str, int]:
    """The encrypted variables among the values of a member, by the folded names of the parameters."""
    found: dict[str, int] = {}
    for each in values:
        if each.variable:
            try:
                id = lookup.locate(c, tables.variable, VariableNotFound, name=each.variable)
            except JAMSError:  # it gives nothing
                continue
            if variables.is_encrypted(c, id):
                found[names.fold(each.name)] = id
    return found


def in_folder(c: Connection, id: int) -> set[int]:
    """What the jobs of a folder and below have in the end, setups and what is handed to them included."""
    path_key = c.scalar(select(tables.folder.c.path_key).where(tables.folder.c.id == id)) or ""
    return _of_jobs(c, encrypted_uses.jobs_below(c, path_key))


def of_method(c: Connection, id: int) -> set[int]:
    """What the jobs of a method have in the end, setups and what is handed to them included."""
    return _of_jobs(c, set(c.scalars(select(tables.job.c.id).where(tables.job.c.method_id == id))))


def _of_jobs(c: Connection, ids: set[int]) -> set[int]:
    found: set[int] = set()
    for job, given in handed(c).items():
        if job in ids:
            found |= given
    for id in ids & encrypted_uses.all_containers(c):
        found |= within(c, id)
    return found
