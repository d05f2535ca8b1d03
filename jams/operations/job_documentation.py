"""What a job says of itself to people: its elements of the type Documentation, and what it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from html import escape
from typing import NamedTuple

from sqlalchemy import Connection

from jams.database import folders, jobs
from jams.objects.base import Label, ObjectId, Path
from jams.objects.definitions import Job
from jams.objects.enums import ElementKind
from jams.objects.parts import Element, ParamDef
from jams.registry.elements import find_element_type
from jams.security.rights import JobDefinitions

from . import offers
from .context import Context, one_of
from .declaration import operation

EVERYTHING = "None"
"""The published word for no choice among the types of documentation."""


class RenderType(Enum):
    """How documentation is written."""

    HTML = "HTML"
    TEXT = "Text"


class _Section(NamedTuple):
    heading: str
    text: str


@operation(
    right=JobDefinitions.INQUIRE,
    rest=("GET /job/doc/{id}?doctype,rendertype", "GET /job/doc?name,doctype,rendertype"),
    soap="Job.GetDocumentation",
    cmdlet="Get-JAMSJobDocumentation",
    command="documentation",
    key=("name", "id"),
    names={"doc_type": "doctype", "render_type": "rendertype"},
    offers=offers.JOB,
    pipeline={"name": "QualifiedName"},
)
def get_job_documentation(
    context: Context,
    id: ObjectId | None = None,
    name: Path | None = None,
    doc_type: Label = EVERYTHING,
    render_type: RenderType = RenderType.HTML,
) -> str:
    """Show what a job says of itself to people, as one text.

    That is its description, the parameters that it asks for, and the content of its enabled elements of the
    type Documentation, after those of the folders above it. What they hold is shown as it is, and never read
    as HTML.

    Args:
        id: number of the job.
        name: path of the job, or its bare name.
        doc_type: only elements with this DocumentationType; None: all.
        render_type: HTML, or plain Text.

    Raises:
        JobNotFound: there is no such job.
        Conflict: several jobs bear the bare name.
    """
    one_of(id=id, name=name)

    def work(c: Connection) -> str:
        job = jobs.get(c, jobs.find(c, id=id, name=name))
        over = job.parent_folder_id or 0
        elements = folders.with_passed(folders.above(c, over).get(over), job.elements)
        sections = list(_sections(elements, doc_type))
        write = _as_html if render_type is RenderType.HTML else _as_text
        return write(job, [each for each in job.parameters if not each.hide], sections)

    return context.read(work)


def _sections(elements: Iterable[Element], doc_type: str) -> Iterator[_Section]:
    wanted = doc_type.strip().casefold()
    for element in elements:
        kind = find_element_type(element.element_type_name)
        if kind is None or kind.kind is not ElementKind.DOCUMENTATION:
            continue
        said = {each.property_name.lower(): each.current_value for each in element.properties}
        if str(said.get("enabled")).casefold() == "false":
            continue
        if wanted in (EVERYTHING.casefold(), str(said.get("documentationtype") or "").casefold()):
            yield _Section(str(said.get("section") or element.element_name), str(said.get("content") or ""))


def _asked(parameter: ParamDef) -> str:
    return " ".join(text for text in (parameter.prompt, parameter.help_text) if text)


def _as_text(job: Job, parameters: list[ParamDef], sections: list[_Section]) -> str:
    parts = [f"{job.qualified_name}\n", *([f"{job.description}\n"] if job.description else [])]
    if parameters:
        parts.append("".join(f"{each.param_name}: {_asked(each)}".rstrip(": ") + "\n" for each in parameters))
    parts += [f"{each.heading}\n{each.text}\n" for each in sections]
    return "\n".join(parts)


def _as_html(job: Job, parameters: list[ParamDef], sections: list[_Section]) -> str:
    title = escape(job.qualified_name or job.job_name)
    parts = [f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}</title></head><body>']
    parts += [f"<h1>{title}</h1>", *_paragraphs(job.description)]
    if parameters:
        rows = (f"<dt>{escape(each.param_name)}</dt><dd>{escape(_asked(each))}</dd>" for each in parameters)
        parts.append(f"<dl>{''.join(rows)}</dl>")
    for each in sections:
        parts += [f"<h2>{escape(each.heading)}</h2>" if each.heading else "", *_paragraphs(each.text)]
    return "\n".join(part for part in (*parts, "</body></html>") if part) + "\n"


def _paragraphs(text: str) -> Iterator[str]:
    """Paragraphs of a text that are parted by empty lines."""
    for part in text.replace("\r\n", "\n").split("\n\n"):
        if part.strip():
            yield "<p>" + "<br>\n".join(escape(line) for line in part.strip("\n").split("\n")) + "</p>"
