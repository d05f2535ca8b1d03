"""Whether the source of a setup or sequence fits together, and what does not go with being one.

A setup or sequence has no run of its own: its members have. So what is said of runs is said of these.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from jams.objects.errors import InvalidArgument, JAMSError
from jams.objects.parts import Element, PropertyValue

from .acceptance import Acceptance
from .elements import find_element_type
from .properties import JOB_PROPERTIES
from .values import read

DEEPEST = 50
"""How deep containers lie in each other at most."""

_NOWHERE = "00000000-0000-0000-0000-000000000000"
"""The container of what lies in none."""

_CONTAINERS = ("SequenceTask", "ParallelTask", "FailureActionTask")
TASK, VALUE = "SubmitJobTask", "JobParameter"
"""The types of a task that submits a job, and of a value for one of its parameters."""

_OF_RUNS = (
    "Agent",
    "BatchQueue",
    "HomeDirectory",
    "ExitCodeHandling",
    "ExitCodes",
    "GoodPattern",
    "BadPattern",
    "RunawayElapsed",
    "RunawayElapsedPercent",
    "RunawayCPU",
    "RunawayAction",
    "ShortElapsed",
    "ShortElapsedPercent",
    "FailShort",
    "ShortSeverity",
    "RetryCount",
    "RetryInterval",
    "LogLocation",
    "LogFilename",
)
_SAY_IT_OF_MEMBERS = "A setup or sequence has no run of its own: say it of its members."
_OF_CAPACITY = ("ResourceRequirement",)


def check_source(source: str, *, setup: bool, elements: Sequence[Element]) -> None:
    """See that the tasks of a setup or sequence fit together.

    Raises InvalidArgument, with what does not.
    """
    if source.strip():
        raise _wrong("A setup or sequence has no source but its tasks (sourceElements).", "source")
    kinds: dict[str, str] = {}
    for element in elements:
        uid, kind = uid_of(element.element_uid), _kind(element)
        if not uid:
            continue
        if uid in kinds:
            raise _wrong(f"Two tasks have the elementUid {element.element_uid}.")
        kinds[uid] = kind
    above = {}
    for element in elements:
        _check_task(element, kinds, setup=setup)
        above[uid_of(element.element_uid)] = _above(element)
    _check_circles(above)


def _check_task(element: Element, kinds: Mapping[str, str], *, setup: bool) -> None:
    kind, name, over = _kind(element), element.element_name, _above(element)
    wanted: Collection[str] = (TASK,) if kind == VALUE else _CONTAINERS
    if kind == VALUE and (_said(element, "Value") is None) == (_said(element, "VariableName") is None):
        raise _wrong(f"The element {name} gives a parameter its value by Value or by VariableName.")
    if kind == VALUE and not over:
        raise _wrong(f"The element {name} says no task whose parameter it gives a value (ParentTaskID).")
    if setup and kind not in (TASK, VALUE):
        raise _wrong(f"A setup has steps; the {kind} {name} belongs to a sequence.")
    if setup and kind == TASK and _said(element, "Step") is None:
        raise _wrong(f"The member {name} of the setup needs the property Step.")
    if not setup and kind == TASK and _said(element, "Step") is not None:
        raise _wrong(f"The task {name} has a Step; steps belong to setups.")
    if setup and kind == TASK and over:
        raise _wrong(f"The member {name} of the setup lies in no other task; it has a step.")
    if over and over not in kinds:
        raise _wrong(f"The element {name} lies in a task that is not there: {over}.")
    if over and kinds[over] not in wanted:
        raise _wrong(f"The element {name} cannot lie in a {kinds[over]}.")


def _check_circles(above: Mapping[str, str]) -> None:
    for uid in above:
        depth, at = 0, uid
        while at:
            at, depth = above.get(at, ""), depth + 1
            if depth > DEEPEST:
                raise _wrong(f"Tasks lie in each other at most {DEEPEST} deep, and none in itself.")


def without_tasks(elements: Iterable[Element]) -> list[tuple[str, str]]:
    """What a job of another method demands by tasks, which it does not run: its name, and why."""
    return [
        (f"{kind.name} {element.element_name}", _NO_TASKS)
        for element in elements
        if (kind := find_element_type(element.element_type_name)) is not None
        and kind.obeyed
        and _said(element, "Enabled") is not False
    ]


_NO_TASKS = "Tasks are run by jobs of the methods Sequence and Setup."


def check_conduct(
    acceptance: Acceptance, properties: Iterable[PropertyValue], elements: Iterable[Element]
) -> None:
    """Note what a setup or sequence says itself that only runs have."""
    for item in properties:
        known = JOB_PROPERTIES.get(item.property_name)
        if known is None or item.current_value is None:
            continue
        if known.name in _OF_RUNS:
            acceptance.member(known.name, _SAY_IT_OF_MEMBERS)
    for element in elements:
        if _kind(element) in _OF_CAPACITY:
            acceptance.member(f"{_kind(element)} {element.element_name}", _SAY_IT_OF_MEMBERS)


def _kind(element: Element) -> str:
    found = find_element_type(element.element_type_name)
    return element.element_type_name if found is None else found.name


def _said(element: Element, name: str) -> object:
    kind = find_element_type(element.element_type_name)
    definition = kind.properties.get(name) if kind is not None else None
    if kind is None or definition is None:
        return None
    value = next(
        (
            item.current_value
            for item in element.properties
            if kind.properties.get(item.property_name) is definition and item.current_value is not None
        ),
        None,
    )
    try:
        return read(definition, value)
    except JAMSError:
        return value


def uid_of(text: object) -> str:
    """A name of a task as it is compared; nothing for none and for the zero GUID."""
    said = str(text or "").strip().strip("{}").casefold()
    return "" if said == _NOWHERE else said


def _above(element: Element) -> str:
    return uid_of(_said(element, "ParentTaskID"))


def _wrong(told: str, member: str = "sourceElements") -> InvalidArgument:
    return InvalidArgument(told, member=member)
