"""The parts that folders and jobs have in common: held against the registry, and as they are stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from msgspec import UNSET
from sqlalchemy import Connection

from jams.objects.definitions import Folder, Job
from jams.objects.enums import ValidationType
from jams.objects.errors import MethodUnavailable, NotSupported
from jams.objects.parts import Element, JoinedData, ParamDef, PropertyData, PropertyValue
from jams.objects.patch import Patch
from jams.registry import (
    JOB_PROPERTIES,
    Acceptance,
    Place,
    Reference,
    Said,
    ValueType,
    everything_said,
    find_element_type,
    marks,
    read,
    sequences,
)
from jams.registry.execution_methods import BaseMethod
from jams.registry.outcome_rules import check_rules, rules_of
from jams.registry.source_properties import CONNECTION_CREDENTIAL, MACRO_FILE

from . import agents, methods, named_in_definitions, names, parameters, properties
from .reading import Found

D = TypeVar("D", Folder, Job)

_NO_PROPERTIES = "Parameters have no properties here."
_NO_MASKS = "Values are not held against masks here: say Regex."


def accepted(
    c: Connection, document: D, before: D | None, path: str, *, lenient: bool, method: str = ""
) -> dict[str, Any]:
    """The parts of a document as they are stored, by attribute. Looked at is what ``before`` did not have.

    Args:
        c: the transaction.
        document: a folder or job as it is to become.
        before: as it was; None for one that is made.
        path: of the folder at which relative paths begin.
        lenient: whether what is known and not obeyed is kept.
        method: of a job.

    Raises:
        InvalidArgument: something is unknown, malformed, misplaced, or not supported here.
        NotFound, Conflict: something that is named is not there, or there are several.
    """
    acceptance = Acceptance()
    parts = _taken(acceptance, document, before)
    if isinstance(document, Job):
        stood = before if isinstance(before, Job) and before.method_name == method else None
        _check_tasks(acceptance, document, parts, method, stood)
    own = names.join(path, document.job_name) if isinstance(document, Job) else ""
    named_in_definitions.check_references(c, acceptance.said, path, lenient=lenient, own=own)
    acceptance.settle(lenient=lenient)
    if isinstance(before, Job) and before.parent_folder_name != path:
        said = _everything(Place.JOB, parts["properties"], parts["elements"])
        named_in_definitions.check_moved(c, said, before.parent_folder_name or names.ROOT, path)
    return parts


def _check_tasks(
    acceptance: Acceptance, job: Job, parts: dict[str, Any], method: str, before: Job | None
) -> None:
    """Hold the tasks of a setup or sequence against each other, where they are new; others have none."""
    tasks = parts["source_elements"]
    if before is None or tasks != before.source_elements or job.source != before.source:
        if methods.is_container(method):
            sequences.check_source(job.source or "", setup=method == methods.SETUP, elements=tasks)
        else:
            stood = before.source_elements if before else []
            new_tasks = [each for each in tasks if each not in stood]
            acceptance.not_obeyed += sequences.without_tasks(new_tasks)
    if methods.is_container(method):
        shown = {item.property_name: item.current_value for item in before.properties} if before else {}
        new = [each for each in parts["properties"] if each.current_value != shown.get(each.property_name)]
        stood = before.elements if before else []
        sequences.check_conduct(acceptance, new, [each for each in parts["elements"] if each not in stood])


Lacks = Callable[[BaseMethod], str]
"""Tells why a delivered method cannot be run on this machine, in a sentence; nothing if it can."""


def no_lack(method: BaseMethod) -> str:
    """Where nobody knows of a lack."""
    return ""


def check_method(
    c: Connection,
    method: Found,
    own: Iterable[PropertyValue],
    above: Callable[[], properties.Inheritance],
    lacks: Lacks,
) -> None:
    """See that jobs of a method can be run: at all, and on this machine unless they run at another agent.

    ``own`` are the properties of the job, ``above`` gives what comes down to it. Raises MethodUnavailable.
    """
    base = methods.base_of(method)
    why = base.unavailable
    if not why and (lack := lacks(base)):
        agent = properties.effective("Agent", list(own), above())
        why = lack if agents.number_of(c, agent) == agents.LOCAL_ID else ""
    if why:
        raise MethodUnavailable(
            f"Method {method.name} is unavailable. {why}", target=method.name, member="methodName"
        )


def check_fits(base: BaseMethod, own: Iterable[PropertyValue]) -> None:
    """See that a job or method says nothing that its method does not look at. Raises NotSupported."""
    idle = {} if base.connects else {CONNECTION_CREDENTIAL: "log on to nothing"}
    idle |= {} if base.parsed else {MACRO_FILE: "are not parsed"}
    for item in own:
        if item.property_name in idle and item.current_value is not None:
            raise NotSupported(
                f"{item.property_name} is not supported here: "
                f"jobs of {base.name} {idle[item.property_name]}.",
                target=item.property_name,
                member="properties",
            )


def check_dates(c: Connection, document: D, before: D | None, above: properties.Inheritance) -> None:
    """Read the dates in a document with the calendar that counts for it; for a reading connection.

    ``above`` is what comes down to it. Where another calendar counts than before, all dates are read.
    Raises as :func:`accepted` does, and DateError.
    """
    acceptance = Acceptance()
    parts = _taken(acceptance, document, before)
    said, value = acceptance.said, properties.effective("Calendar", parts["properties"], above)
    if before is not None and value != _calendar_shown(before):
        place = Place.JOB if isinstance(document, Job) else Place.FOLDER
        said = _everything(place, parts["properties"], parts["elements"])
    calendar = read(JOB_PROPERTIES["Calendar"], value)
    assert calendar is None or isinstance(calendar, Reference)
    named_in_definitions.check_dates(c, said, calendar)


def check_exit_codes(
    own: Iterable[PropertyValue], before: Job | None, above: Callable[[], properties.Inheritance]
) -> None:
    """Whether what a job is to say of exit codes fits together, if it says that otherwise than ``before``.

    ``above`` gives what comes down to it. Raises InvalidProperty.
    """
    own = list(own)
    said = _said_of_exit_codes(own)
    if said and said != _said_of_exit_codes(before.properties if before else ()):
        inherited = above()
        check_rules(rules_of(lambda name: properties.effective(name, own, inherited)))


def _said_of_exit_codes(own: Iterable[PropertyValue]) -> dict[str, Any]:
    return {
        item.property_name: item.current_value
        for item in own
        if item.property_name in ("ExitCodeHandling", "ExitCodes") and item.current_value is not None
    }


def _everything(place: Place, own: list[PropertyValue], elements: list[Element]) -> list[Said]:
    return everything_said(JOB_PROPERTIES, place, own, elements)


def _calendar_shown(document: Folder | Job) -> PropertyData | JoinedData:
    """The calendar that counts for a definition, as it was got."""
    for item in document.properties:
        if item.property_name == "Calendar":
            return item.default_value if item.current_value is None else item.current_value
    return None


def touches_dates(document: Folder | Job | Patch[Any]) -> bool:
    """Whether a folder or job says a date, or a change may let its dates be read otherwise."""
    if isinstance(document, Patch):
        names = ("properties", "parent_folder_id", "parent_folder_name")
        if any(getattr(document, name) not in (UNSET, None) for name in names):
            return True
    return next(date_texts(document), None) is not None


def date_texts(document: Folder | Job | Patch[Any]) -> Iterator[tuple[str, str, bool]]:
    """The texts in the date language that a folder or job says.

    Each with the name of its property, and whether it names one day alone.
    """
    for name in ("schedule", "except_for"):
        if isinstance(said := getattr(document, name, None), str):
            yield name, said, False
    bags = [(JOB_PROPERTIES, _listed(document, "properties"))]
    for element in (*_listed(document, "elements"), *_listed(document, "source_elements")):
        kind = find_element_type(element.element_type_name)
        if kind is not None:
            bags.append((kind.properties, element.properties))
    for known, bag in bags:
        for item in bag:
            found = known.get(item.property_name)
            if item.current_value is None or found is None or found.value_type is not ValueType.DATES:
                continue
            yield found.name, str(item.current_value), found.one_day


def _listed(document: Folder | Job | Patch[Any], member: str) -> list[Any]:
    found = getattr(document, member, None)
    return [] if found is None or found is UNSET else list(found)


def not_obeyed(place: Place, rest: Any, method: Found | None = None) -> list[str]:
    """What of a folder's or job's parts, as they are stored, is not obeyed."""
    found = marks(
        JOB_PROPERTIES,
        place,
        rest.properties,
        rest.elements,
        getattr(rest, "source_elements", ()),
        rest.acl,
    )
    if method is not None and not methods.is_container(method.name):
        found += [f"{name}: {why}" for name, why in sequences.without_tasks(rest.source_elements)]
    if method is not None and (why := methods.base_of(method).unavailable):
        found.append(f"methodName: {why}")
    for each in rest.parameters:
        acceptance = Acceptance()
        _parameter(acceptance, each)
        found += acceptance.texts()
    return found


def _taken(acceptance: Acceptance, document: D, before: D | None) -> dict[str, Any]:
    place = Place.JOB if isinstance(document, Job) else Place.FOLDER
    parts = {
        "description": document.description,
        "parameters": parameters.checked_definitions(document.parameters),
        "properties": acceptance.properties(
            JOB_PROPERTIES, place, document.properties, before.properties if before else ()
        ),
        "elements": acceptance.elements(place, document.elements, before.elements if before else ()),
        "tag_ids": document.tag_ids,
        "tags": document.tags,
        "acl": acceptance.access_list(document.acl, before.acl if before else None),
    }
    if isinstance(document, Job):
        stood = before.source_elements if isinstance(before, Job) else ()
        parts["source_elements"] = acceptance.elements(Place.SOURCE, document.source_elements, stood)
    known = {each.param_name: each for each in before.parameters} if before else {}
    for each in document.parameters:
        if each != known.get(each.param_name):
            _parameter(acceptance, each)
    return parts


def _parameter(acceptance: Acceptance, definition: ParamDef) -> None:
    if any(item.current_value is not None for item in definition.properties):
        acceptance.member(f"properties of parameter {definition.param_name}", _NO_PROPERTIES)
    if definition.validation_type is ValidationType.MASKED_EDIT:
        acceptance.member(f"validationType of parameter {definition.param_name}", _NO_MASKS)
