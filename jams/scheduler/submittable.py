"""Jobs as they can be submitted: each with everything that comes down to it from the folders above."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from jams.database import definition_stamps, folders, guarding, jobs, methods, names, properties
from jams.database.reading import Found, check_whole
from jams.objects.enums import InheritedFromType
from jams.objects.errors import InvalidArgument, JAMSError, MissingArgument
from jams.objects.parts import Element, PropertyValue
from jams.objects.rules import OutcomeRules
from jams.objects.schedule import SubmitInfo, SubmitParam
from jams.registry import JOB_PROPERTIES, Place, marks, outcome_rules, read, sequences
from jams.registry.execution_methods import BaseMethod

from . import event_rules
from .filling import merged
from .sources.substitution import wraps


@dataclass(frozen=True)
class Submittable:
    """A job with everything that comes down to it from the folders above. Shared: it is never changed."""

    row: Found
    path: str
    folder_path: str
    inherited: properties.Inheritance
    method_name: str
    method: Found
    parameters: tuple[SubmitParam, ...]

    folder_elements: tuple[Element, ...]
    sources: tuple[tuple[str, list[Element]], ...]

    @property
    def rest(self) -> jobs.JobRest:
        """What of the job's definition has no column."""
        rest: jobs.JobRest = self.row.rest
        return rest

    @property
    def base(self) -> BaseMethod:
        """The delivered method that runs it."""
        return methods.base_of(self.method)

    @cached_property
    def source(self) -> str:
        """What its entries run: its source, or the template of its method where it has none."""
        return self.row.source or ("" if self.template else self.method.rest.template)

    @cached_property
    def template(self) -> str:
        """The text at which parsing begins, if its method has one around the source of its jobs."""
        template: str = self.method.rest.template
        return template if self.base.parsed and wraps(template) else ""

    @cached_property
    def offered(self) -> properties.Inheritance:
        """The properties that a submission may override, which inherits them from the job."""
        return properties.inherit(
            self.inherited, self.row.id, self.path, self.rest.properties, InheritedFromType.JOB
        )

    @cached_property
    def said(self) -> list[PropertyValue]:
        """The properties that the job sets or inherits, by their names in the registry."""
        return [
            PropertyValue(property_name=_name_of(key), current_value=found.value)
            for key, found in self.offered.items()
        ]

    @cached_property
    def rules(self) -> OutcomeRules | None:
        """How its runs are judged and watched, as the job says."""
        return event_rules.with_events(outcome_rules.rules_of(self.effective), self.sources)

    def sources_with(self, elements: list[Element]) -> tuple[tuple[str, list[Element]], ...]:
        """The elements that come down to an entry which has its own in place of the job's."""
        return (*self.sources[:-1], (self.folder_path, elements))

    def effective(self, name: str, given: Iterable[PropertyValue] = ()) -> Any:
        """The value of a property: given at submission, else the job's, else what it inherits."""
        key = name.lower()
        for item in given:
            if item.property_name.lower() == key and item.current_value is not None:
                return item.current_value
        found = self.offered.get(key)
        return JOB_PROPERTIES[name].default if found is None else found.value

    def meaning(self, name: str, given: Iterable[PropertyValue] = ()) -> Any:
        """What the value of a property means, as :func:`jams.registry.read` tells it.

        None for what the definition holds and nobody can read: it was stored before that was looked at.
        """
        try:
            return read(JOB_PROPERTIES[name], self.effective(name, given))
        except JAMSError:
            return None

    @cached_property
    def not_obeyed(self) -> tuple[str, ...]:
        """What of the definition is not obeyed, its folders' included: it was kept leniently, or long ago."""
        rest = self.rest
        own = marks(JOB_PROPERTIES, Place.JOB, self.said, rest.elements, rest.source_elements)
        if not methods.is_container(self.method_name):
            own += [f"{name}: {why}" for name, why in sequences.without_tasks(rest.source_elements)]
        return (*own, *marks(JOB_PROPERTIES, Place.FOLDER, (), self.folder_elements))


def of_document(c: Connection, stamp: int, info: SubmitInfo) -> Submittable:
    """The job that a submission is about, by the definitions of that stamp.

    Raises:
        JobNotFound, Conflict: which job it is cannot be told.
        MissingArgument: no job is named.
        InvalidArgument: the members that name it contradict each other.
        Damaged: what is stored of it, or of a folder above it, cannot be read.
    """
    job = of_number(c, stamp, _job_id(c, stamp, info))
    _check_names(job, info)
    return job


def of_number(c: Connection, stamp: int, job_id: int) -> Submittable:
    """The job of that number, by the definitions of that stamp. Raises JobNotFound, Damaged."""
    return definition_stamps.derived(c, stamp, ("submittable", job_id), lambda: uncached(c, job_id))


def _job_id(c: Connection, stamp: int, info: SubmitInfo) -> int:
    if info.submit_id:
        return info.submit_id
    if not info.name:
        raise MissingArgument("Say which job: give submitID or name.", member="name")
    name = info.name
    if info.folder_name and not names.is_path(name):
        name = names.join(names.normalize(info.folder_name), name)
    if guarding.of(c) is not None:  # whom a bare name means depends on what he may look at
        return jobs.find(c, name=name)
    key = ("job named", names.fold(name))
    return definition_stamps.derived(c, stamp, key, lambda: jobs.find(c, name=name))


def _check_names(job: Submittable, info: SubmitInfo) -> None:
    """Several members name the job: nobody is to run another one than he named by one of them."""
    name = info.name or job.path
    full = names.normalize(name) if names.is_path(name) else names.join(job.folder_path, name.strip())
    folder = names.normalize(info.folder_name) if info.folder_name else job.folder_path
    folder_id: int = info.folder_id or job.row.folder_id
    for member, said, own in (
        ("name", full, job.path),
        ("folderName", folder, job.folder_path),
        ("folderID", str(folder_id), str(job.row.folder_id)),
    ):
        if said != own and names.fold(said) != names.fold(own):
            raise InvalidArgument(
                f"The submission is of the job {job.path}, but its {member} says {said}.", member=member
            )


def _name_of(key: str) -> str:
    definition = JOB_PROPERTIES.get(key)
    return key if definition is None else definition.name


def uncached(c: Connection, job_id: int) -> Submittable:
    """The job of that number as the transaction has it. Raises JobNotFound, Damaged."""
    row = jobs.row(c, job_id)
    above = folders.above(c, row.folder_id)
    folder = above.get(row.folder_id, folders.NOWHERE)
    path = names.join(folder.path, row.name)
    method = methods.read(methods.find(c, row.method_id, None))
    check_whole(method, f"method {method.name}")
    check_whole(row, f"job {path}")
    check_whole(folder, f"job {path}")
    return Submittable(
        row=row,
        path=path,
        folder_path=folder.path,
        inherited={**methods.passed_on(method), **folder.passed_on},
        method_name=method.name,
        method=method,
        parameters=tuple(
            merged(c, methods.parameters_of(method), above.values(), row.folder_id, row.rest.parameters)
        ),
        folder_elements=tuple(element for each in above.values() for element in each.rest.elements),
        sources=(
            *((each.path, each.rest.elements) for each in above.values()),
            (folder.path, row.rest.elements),
        ),
    )
