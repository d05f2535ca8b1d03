"""From the definition of a setup or sequence to what its entries run (semantics 2.3).

The tasks of a sequence are a flat list; each names the one in which it lies. Members of a setup have the
numbers of their steps instead. What a member's job is called is kept beside its number, as what it refers to
may be gone when its turn comes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import time
from functools import lru_cache

import msgspec
from sqlalchemy import Connection

from jams.database import definition_stamps, methods, named_in_definitions, names, references
from jams.objects.enums import FailureAction
from jams.objects.errors import JAMSError
from jams.objects.parts import Element
from jams.objects.plan import GivenValue, Member, Node, Plan
from jams.registry import Reference, ValueType
from jams.registry.sequences import TASK, VALUE, uid_of

from .definition import Part, parts_of

_decode = msgspec.json.Decoder(Plan).decode


def encoded(plan: Plan) -> str:
    """The text by which an entry keeps its plan."""
    return msgspec.json.encode(plan).decode()


@lru_cache(maxsize=64)
def decoded(text: str) -> Plan:
    """The plan of such a text. Raises msgspec.DecodeError."""
    return _decode(text)


def plan_of(c: Connection, method: str, folder: str, elements: Sequence[Element]) -> Plan:
    """What a job of that method in that folder runs. Raises JAMSError when it cannot be read."""
    tasks = list(_tasks(folder, elements))
    values = _values(c, folder, tasks)
    if method == methods.SETUP:
        return _of_steps(c, folder, tasks, values)
    return _of_tree(c, folder, tasks, values)


class _Task:
    """A part of a sequence with its own name and that of the container it lies in."""

    def __init__(self, element: Element, part: Part) -> None:
        self.uid = uid_of(element.element_uid)
        self.above = uid_of(part.get("ParentTaskID"))
        self.part = part
        self.kind = part.type.name


def _tasks(folder: str, elements: Sequence[Element]) -> Iterator[_Task]:
    for element in sorted(elements, key=lambda each: each.sort_order):
        for part in parts_of([(folder, [element])]):
            yield _Task(element, part)


def _values(c: Connection, folder: str, tasks: Sequence[_Task]) -> dict[str, list[GivenValue]]:
    """The values for parameters, by the task to which they belong."""
    found: dict[str, list[GivenValue]] = defaultdict(list)
    for task in tasks:
        if task.kind == VALUE:
            variable = task.part.get("VariableName")
            value = GivenValue(
                name=task.part.get("ParameterName"),
                value=task.part.get("Value"),
                variable="" if variable is None else _path_of(c, variable, folder),
            )
            found[task.above].append(value)
    return found


def _path_of(c: Connection, variable: Reference, folder: str) -> str:
    try:
        number = named_in_definitions.find(c, ValueType.VARIABLE, variable, folder)
        if number is not None:
            return references.variable_path(c, number)
    except JAMSError:
        pass
    return variable.name or f"number {variable.id}"


def _of_steps(
    c: Connection, folder: str, tasks: Sequence[_Task], values: dict[str, list[GivenValue]]
) -> Plan:
    steps: dict[int, list[_Task]] = defaultdict(list)
    for task in tasks:
        if task.kind == TASK:
            steps[task.part.get("Step") or 0].append(task)
    nodes = [Node()]
    for step in sorted(steps):
        place = len(nodes)
        nodes.append(Node(parent=0, parallel=True, step=step))
        nodes += [
            Node(parent=place, member=_member(c, folder, task, values, FailureAction.HALT))
            for task in steps[step]
        ]
    return Plan(nodes=tuple(nodes))


def _of_tree(c: Connection, folder: str, tasks: Sequence[_Task], values: dict[str, list[GivenValue]]) -> Plan:
    within: dict[str, list[_Task]] = defaultdict(list)
    for task in tasks:
        if task.kind != VALUE:
            within[task.above].append(task)
    nodes: list[Node] = [Node()]
    top = within[""]
    if len(top) == 1 and top[0].kind == "SequenceTask":
        # The one master sequence is the whole.
        top = within[top[0].uid]

    def add(task: _Task, above: int, step: int | None, failure: FailureAction) -> None:
        if task.kind == TASK:
            member = _member(c, folder, task, values, failure)
            nodes.append(Node(parent=above, step=step, member=member))
            return
        place = len(nodes)
        nodes.append(Node(parent=above, step=step, parallel=task.kind == "ParallelTask"))
        if task.kind == "FailureActionTask":
            failure = task.part.get("FailureAction") or FailureAction.FAIL
        for inner in within[task.uid] if task.uid else ():
            add(inner, place, None, failure)

    for number, task in enumerate(top, start=1):
        add(task, 0, number, FailureAction.HALT)
    return Plan(nodes=tuple(nodes))


def _member(
    c: Connection,
    folder: str,
    task: _Task,
    values: dict[str, list[GivenValue]],
    failure: FailureAction,
) -> Member:
    part = task.part
    id, name = _job(c, part.get("SubmitJob"), folder)
    at = part.get("ScheduledTime")
    waits = part.get("WaitFor")
    return Member(
        job_id=id,
        name=name,
        title=part.get("OverrideJobName") or "",
        good=part.get("CompletionSeverity"),
        on_failure=part.get("FailureAction") or failure,
        wait_for=True if waits is None else waits,
        agent=_given(part.get("AgentName"), "agentID"),
        queue=_given(part.get("BatchQueueName"), "queueID"),
        execute_as=_given(part.get("Credential"), "credentialID"),
        only_on=part.get("OnlySubmitOn") or "",
        except_for=part.get("ExceptForDate") or "",
        for_date=part.get("ScheduleForDate") or "",
        at=None if at is None else _second(at),
        values=tuple(values.get(task.uid, ())) if task.uid else (),
    )


def _job(c: Connection, reference: Reference, folder: str) -> tuple[int, str]:
    """The number and path of a job; many members may be of one, which is looked up once."""
    stamp = definition_stamps.last_stamp(c)
    key = ("member", reference, folder)
    return definition_stamps.derived(c, stamp, key, lambda: _found(c, reference, folder))


def _found(c: Connection, reference: Reference, folder: str) -> tuple[int, str]:
    try:
        number = named_in_definitions.find(c, ValueType.JOB, reference, folder)
    except JAMSError:
        number = None
    if number is None:
        name = reference.name or f"number {reference.id}"
        return 0, names.join(folder, name.strip("\\/")) if reference.relative else name
    return number, references.job_path(c, number)


def _given(reference: Reference | None, number: str) -> str | dict[str, int] | None:
    if reference is None:
        return None
    return reference.name or {number: reference.id or 0}


def _second(at: time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second
