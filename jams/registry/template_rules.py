"""What a template of a mail or web hook may hold: told when it is saved, and held when it is used.

It holds values, the filters of :data:`FILTERS`, ``if``, and ``for`` that is in no other: nothing by which a
text could grow without bound, run for ever, or reach what is not given to it. What JAMS writes as
``<<JAMS.NOTIFY.JobName>>`` or ``{JAMS.JobName}`` is understood too; what nobody knows stays as it stands.
"""

from __future__ import annotations

import re

from jinja2 import Environment, TemplateError, nodes

FILTERS = (
    "upper",
    "lower",
    "title",
    "capitalize",
    "trim",
    "default",
    "d",
    "escape",
    "e",
    "length",
    "date",
    "json",
)
"""The filters that a template may use."""

LONGEST_TEMPLATE = 1 << 16
"""Characters of a template, at most."""

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.Filter,
    nodes.Keyword,
    nodes.If,
    nodes.CondExpr,
    nodes.For,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Test,
)
_TESTS = {"defined", "undefined", "none"}

_OWN_NAMES = {
    "jobname": "job",
    "job.name": "job",
    "job.qualifiedname": "path",
    "job.parentfolder.qualifiedname": "folder",
    "job.recoveryinstructions": "instructions",
    "job.description": "description",
    "jamsentry": "entry",
    "jams_entry": "entry",
    "job_name": "job",
    "entry": "entry",
    "finalstatus": "status",
    "finalseverity": "severity",
    "finalstatuscode": "code",
    "logfilename": "log_file",
    "description": "description",
    "displayname": "name",
    "submittedby": "submitted_by",
    "ron": "ron",
    "note": "note",
    "jobstatus": "job_status",
}
_OWN = re.compile(
    r"<<JAMS[._](?:NOTIFY[._])?(?P<old>[A-Z_.]+)>>|\{JAMS\.(?:NOTIFY\.)?(?P<new>[A-Z_.]+)\}", re.IGNORECASE
)


class TemplateUnusable(Exception):
    """A template that cannot be used; the text says why."""


def understood(template: str, environment: Environment) -> str:
    """A template in the words of Jinja, once it was found that it may be used. Raises TemplateUnusable."""
    if len(template) > LONGEST_TEMPLATE:
        raise TemplateUnusable("It is too long.")
    text = _OWN.sub(_own, template)
    try:
        _check(environment.parse(text))
    except TemplateError as error:
        raise TemplateUnusable(f"{error.message or error}") from None
    except RecursionError:
        raise TemplateUnusable("It is nested too deeply.") from None
    return text


_PLAIN = Environment(autoescape=True)


def check(template: str) -> None:
    """Raises TemplateUnusable when a template cannot be used."""
    understood(template, _PLAIN)


def _own(found: re.Match[str]) -> str:
    name = _OWN_NAMES.get((found["old"] or found["new"]).lower())
    return found.group() if name is None else "{{ " + name + " }}"


def _check(tree: nodes.Node, *, in_loop: bool = False) -> None:
    """Refuse what is more than values, filters, conditions and plain loops."""
    if not isinstance(tree, _ALLOWED):
        raise TemplateUnusable(f"{type(tree).__name__} is not among what a template here may hold.")
    if isinstance(tree, nodes.Filter) and (tree.name not in FILTERS or tree.node is None):
        raise TemplateUnusable(f"There is no filter {tree.name} here; there are {', '.join(FILTERS)}.")
    if isinstance(tree, nodes.Test) and tree.name not in _TESTS:
        raise TemplateUnusable(f"There is no test {tree.name} here.")
    if isinstance(tree, nodes.For) and (in_loop or tree.recursive):
        raise TemplateUnusable("A loop stands in another one.")
    for child in tree.iter_child_nodes():
        _check(child, in_loop=in_loop or isinstance(tree, nodes.For))
