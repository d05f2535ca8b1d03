"""What samples are made of: folders with their jobs, and what the jobs refer to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jams.objects.capacity import BatchQueue, Resource
from jams.objects.definitions import Job, Variable
from jams.objects.parts import Element, ParamDef, PropertyValue
from jams.objects.setups import Setup

FOLDER = "\\Samples"


@dataclass(frozen=True)
class Samples:
    r"""One folder of samples.

    Attributes:
        name: of the folder below ``\Samples``; empty for ``\Samples`` itself.
        description: what its jobs show.
        jobs: its jobs; none depends on a later one.
        setups: its setups.
        properties: those of the folder, which come down to its jobs.
        variables: its variables.
        queues: queues that its jobs name.
        resources: resources that its jobs name.
    """

    name: str
    description: str
    jobs: tuple[Job, ...]
    setups: tuple[Setup, ...] = ()
    properties: tuple[PropertyValue, ...] = ()
    variables: tuple[Variable, ...] = ()
    queues: tuple[BatchQueue, ...] = ()
    resources: tuple[Resource, ...] = ()

    @property
    def path(self) -> str:
        """The folder's path."""
        return f"{FOLDER}\\{self.name}" if self.name else FOLDER


def job(
    name: str,
    source: str,
    description: str,
    *elements: Element,
    method: str = "Python",
    parameters: tuple[ParamDef, ...] = (),
    properties: Mapping[str, Any] | None = None,
    tasks: tuple[Element, ...] = (),
    **members: str,
) -> Job:
    """A job of a sample; ``tasks`` are those of a sequence, ``members`` those of the job's schedule."""
    return Job(
        job_name=name,
        method_name=method,
        source=source,
        description=description,
        elements=list(elements),
        source_elements=list(tasks),
        parameters=list(parameters),
        properties=list(values(properties or {})),
        **members,  # type: ignore[arg-type]
    )


def task(kind: str, within: str | None = None, *, uid: str | None = None, **properties: Any) -> Element:
    """A task of a sequence; ``within`` is the uid of the one in which it lies."""
    said = properties if within is None else {"ParentTaskID": within, **properties}
    return Element(
        element_name=uid or kind, element_type_name=kind, element_uid=uid, properties=list(values(said))
    )


def element(kind: str, **properties: Any) -> Element:
    """An element of a type, called as its type, with properties."""
    return Element(element_name=kind, element_type_name=kind, properties=list(values(properties)))


def values(properties: Mapping[str, Any]) -> tuple[PropertyValue, ...]:
    """Properties by name."""
    return tuple(PropertyValue(property_name=name, current_value=value) for name, value in properties.items())


def working(seconds: float, done: str) -> str:
    """The source of a job that works for so long and says what it has done."""
    return f"""\
import time
print("Working for {seconds:g} seconds", flush=True)
time.sleep({seconds:g})
print({done!r})
"""
