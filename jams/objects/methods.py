"""Execution methods: what runs the source of jobs."""

from __future__ import annotations

from typing import Annotated, ClassVar

from msgspec import Meta

from .base import Document, Fact, Name, ObjectId, ReadOnly, Source, Text, Timestamp
from .parts import About, Damage, NotObeyed, ParamDef, PropertyValue
from .patch import Version


class ExecutionMethod(Document, kw_only=True):
    """An execution method: what runs the source of jobs, and what these jobs have in common.

    Some are delivered; others are made from these. ``reason`` says why this server cannot run its jobs.
    """

    published_elsewhere = ("lastChange",)

    method_id: Annotated[ObjectId | None, Meta(description="Number of the execution method.")] = None
    method_name: Annotated[Name, Meta(description="Name of the execution method, by which jobs name it.")]
    description: About = ""
    available: Annotated[bool, ReadOnly, Meta(description="Whether this server can run its jobs.")] = True
    reason: Annotated[Text | None, ReadOnly, Meta(description="Why it cannot; null if it can.")] = None
    method_type_id: Annotated[
        ObjectId | None, Meta(description="Number of the delivered method that it is made from.")
    ] = None
    method_type_name: Annotated[
        Name | None, Meta(description="Name of the delivered method that it is made from, such as Python.")
    ] = None
    template: Annotated[
        Source,
        Meta(
            description="What jobs run that have no source. Of a method that parses also where parsing "
            "begins, if <<JAMS.Source>> stands in it for the source of the job."
        ),
    ] = ""
    parameters: Annotated[
        list[ParamDef],
        Meta(
            description="Parameters of its jobs: documents with paramName, defaultValue and more. Those of "
            "the delivered method are among them, as it says or otherwise."
        ),
    ] = []
    properties: Annotated[
        list[PropertyValue],
        Meta(description="How its jobs are run and judged: documents with propertyName and currentValue."),
    ] = []
    job_properties: Annotated[
        list[PropertyValue],
        Meta(description="What else comes down to its jobs, where neither they nor their folders say it."),
    ] = []
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_changed_by: Annotated[Text | None, ReadOnly] = None
    version: Version = None
    damage: Damage = None
    not_obeyed: NotObeyed = []


class Method(Fact, frozen=True, kw_only=True):
    """An execution method as it is listed: whether this server can run it, or ``reason`` why not."""

    stands_for: ClassVar[type[ExecutionMethod]] = ExecutionMethod

    method_id: int
    method_name: str
    description: str
    available: bool
    reason: str | None = None
    method_type_id: ObjectId | None = None
    method_type_name: Name | None = None
    template: Source = ""
    parameters: tuple[ParamDef, ...] = ()
    properties: tuple[PropertyValue, ...] = ()
    job_properties: tuple[PropertyValue, ...] = ()
    last_change_utc: Timestamp | None = None
    last_changed_by: Text | None = None
    version: int | None = None


def listed(method: ExecutionMethod) -> Method:
    """A method as it is listed."""
    assert method.method_id is not None
    return Method(
        method_id=method.method_id,
        method_name=method.method_name,
        description=method.description,
        available=method.available,
        reason=method.reason,
        method_type_id=method.method_type_id,
        method_type_name=method.method_type_name,
        template=method.template,
        parameters=tuple(method.parameters),
        properties=tuple(method.properties),
        job_properties=tuple(method.job_properties),
        last_change_utc=method.last_change_utc,
        last_changed_by=method.last_changed_by,
        version=method.version,
    )
