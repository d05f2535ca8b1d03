"""What a submission says beside its job's definition, held against the registry of what may be said."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from jams.database import methods, names
from jams.objects.base import wire_name
from jams.objects.errors import InvalidArgument
from jams.objects.parts import Element, PropertyValue
from jams.objects.schedule import SubmitInfo, SubmitParam
from jams.registry import JOB_PROPERTIES, Acceptance, Place, Said, read, sequences

from .submission_members import Demand
from .submittable import Submittable

_WHO = "An entry is submitted by whoever submits it."
_TASKS = "An entry runs the tasks that its setup or sequence has when it is submitted."
_DECLARED = "A submission gives parameters values; how they are declared is the job's to say."

_DECLARATION = (
    "data_type",
    "length",
    "required",
    "must_fill",
    "allow_entry",
    "hide",
    "uppercase",
    "validation_type",
    "validation_data",
)
"""The members of a parameter that say which values it takes, and who may give them."""

_UNDECLARED = SubmitParam(param_name="x")


class Content(Struct, frozen=True, kw_only=True):
    """What a submission says.

    Attributes:
        properties: those given as properties.
        meant: those for which members stand.
        elements: the elements of the entry.
        source_elements: the elements of its source.
        acceptance: what of it is not obeyed; to be settled when the caller's rights are known to suffice.
    """

    properties: list[PropertyValue]
    meant: list[PropertyValue]
    elements: list[Element]
    source_elements: list[Element]
    acceptance: Acceptance

    @property
    def given(self) -> list[PropertyValue]:
        """All properties that stand in for the job's."""
        return [*self.properties, *self.meant]

    def says(self, name: str) -> bool:
        """Whether a property of that name is given."""
        return any(item.property_name == name for item in self.given)


def content_of(job: Submittable, info: SubmitInfo, demands: Sequence[Demand], *, user: str) -> Content:
    """What a submission says, of which ``demands`` are the members that say otherwise than the job.

    Raises:
        UnknownProperty, UnknownElementType, InvalidProperty and others: as :class:`Acceptance` does.
        InvalidArgument: a member and a property contradict each other.
    """
    acceptance = Acceptance()
    properties = info.properties
    if properties:
        properties = acceptance.properties(JOB_PROPERTIES, Place.SUBMISSION, properties, job.said)
    meant = {each.property.property_name: each for each in demands if each.property is not None}
    for demand in demands:
        unsupported = demand.member.unsupported
        if demand.property is not None:
            definition = JOB_PROPERTIES[demand.property.property_name]
            unsupported = definition.refusal(Place.SUBMISSION)
            meaning = read(definition, demand.property.current_value)
            acceptance.said.append(Said(demand.name, demand.name, definition, meaning, not unsupported))
        if unsupported:
            acceptance.member(demand.name, unsupported)
    if info.submitted_by and names.fold(info.submitted_by) != names.fold(user):
        acceptance.member("submittedBy", _WHO)
    _parameters(acceptance, job, info)
    rest = job.rest
    if methods.is_container(job.method_name):
        sequences.check_conduct(acceptance, properties, ())
        if info.source_elements and info.source_elements != rest.source_elements:
            acceptance.member("sourceElements", _TASKS)
    else:
        tasks = [item for item in info.source_elements if item not in rest.source_elements]
        for name, why in sequences.without_tasks(tasks):
            acceptance.member(name, why)
    return Content(
        properties=[item for item in properties if _stays(job, item, meant.get(item.property_name))],
        meant=[each.property for each in meant.values() if each.property is not None],
        elements=_elements(acceptance, Place.JOB, info.elements, rest.elements),
        source_elements=_elements(acceptance, Place.SOURCE, info.source_elements, rest.source_elements),
        acceptance=acceptance,
    )


def _stays(job: Submittable, item: PropertyValue, other: Demand | None) -> bool:
    """Whether a property counts beside the member that stands for it as well; raises if both demand."""
    if other is None or other.property is None:
        return True
    name = item.property_name
    meaning = read(JOB_PROPERTIES[name], item.current_value)
    if meaning not in (job.meaning(name), read(JOB_PROPERTIES[name], other.property.current_value)):
        raise InvalidArgument(
            f"{other.name} and the property {name} contradict each other.", member=other.name
        )
    return False


def _elements(
    acceptance: Acceptance, place: Place, given: list[Element], own: list[Element]
) -> list[Element]:
    """The elements of an entry: those of its job, unless others are given."""
    return acceptance.elements(place, given, own) if given and given != own else own


def _parameters(acceptance: Acceptance, job: Submittable, info: SubmitInfo) -> None:
    """Refuse to declare parameters anew."""
    if not info.parameters:
        return
    offered = {names.fold(each.param_name): each for each in job.parameters}
    for item in info.parameters:
        own = offered.get(names.fold(item.param_name), _UNDECLARED)
        for member in _DECLARATION:
            said, default = getattr(item, member), getattr(_UNDECLARED, member)
            if said not in (default, getattr(own, member)) and (said or default):
                acceptance.member(f"{wire_name(member)} of parameter {item.param_name}", _DECLARED)
