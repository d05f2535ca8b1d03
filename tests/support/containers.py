"""Setups and sequences as tests write them."""

from __future__ import annotations

from typing import Any

from jams.objects.parts import Element
from tests.support.engine import World, values


def member(job: str, step: int | None = None, *, uid: str | None = None, **properties: Any) -> Element:
    """A member: of a step of a setup, or of a sequence."""
    said = {"SubmitJob": job, **properties} | ({} if step is None else {"Step": step})
    return task("SubmitJobTask", uid, **said)


def task(kind: str, uid: str | None = None, above: str | None = None, **properties: Any) -> Element:
    """A task of a sequence, or a value of one of its members."""
    said = properties | ({} if above is None else {"ParentTaskID": above})
    return Element(
        element_name=uid or kind, element_type_name=kind, element_uid=uid, properties=values(**said)
    )


def setup(w: World, path: str, *members: Element, **more: Any) -> int:
    """Define a setup."""
    return w.job(path, "", method_name="Setup", source_elements=list(members), **more)


def sequence(w: World, path: str, *tasks: Element, **more: Any) -> int:
    """Define a sequence."""
    return w.job(path, "", method_name="Sequence", source_elements=list(tasks), **more)


def named(w: World, job: str) -> int:
    """The newest entry of a job."""
    return w.numbers(job)[-1]
