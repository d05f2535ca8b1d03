"""The words of what is told: templates of Jinja in which values stay text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from jams.objects.tellings import Facts
from jams.registry.template_rules import FILTERS, TemplateUnusable, understood

LONGEST = 1 << 20
"""Characters that come of a template, at most."""

_HTML = re.compile(r"</?(?:html|body|p|br|div|span|table|b|i|h[1-6]|ul|ol|li|a|pre)\b[^>]*>", re.IGNORECASE)

SUBJECT = (
    "{% if severity %}{{ severity }}{% else %}{{ happened }}{% endif %}: {{ path }}"
    "{% if entry %} (entry {{ entry }}){% endif %}"
)
TEXT = """{{ message }}

{% if entry %}Job:        {% else %}Trigger:    {% endif %}{{ path }}{% if description %}
            {{ description }}{% endif %}
{% if entry %}Entry:      {{ entry }}, run {{ ron }}{% if attempt > 1 %}, {{ attempt }} runs so far{% endif %}
{% endif %}{% if severity %}Severity:   {{ severity }}
Status:     {{ status }}{% if code is not none %}
Exit code:  {{ code }}{% endif %}
{% endif %}{% if submitted_by %}Submitted:  {{ submitted_by }}
{% endif %}{% if scheduled %}Scheduled:  {{ scheduled|date }}
{% endif %}{% if start %}Started:    {{ start|date }}
{% endif %}{% if completion %}Ended:      {{ completion|date }}
{% endif %}{% if setup %}Part of:    entry {{ setup }}
{% endif %}{% if note %}Note:       {{ note }}
{% endif %}{% if instructions %}
What to do: {{ instructions }}
{% endif %}
JAMS server {{ server }}
"""
HTML = """<html><body>
<p>{{ message }}</p>
<table>
<tr><th align="left">{% if entry %}Job{% else %}Trigger{% endif %}</th>
<td>{{ path }}{% if description %}<br>{{ description }}{% endif %}</td></tr>
{% if entry %}<tr><th align="left">Entry</th><td>{{ entry }}, run {{ ron }}</td></tr>{% endif %}
{% if severity %}<tr><th align="left">Severity</th><td>{{ severity }}</td></tr>
<tr><th align="left">Status</th><td>{{ status }}</td></tr>
{% endif %}{% if code is not none %}<tr><th align="left">Exit code</th><td>{{ code }}</td></tr>
{% endif %}{% if submitted_by %}<tr><th align="left">Submitted by</th><td>{{ submitted_by }}</td></tr>
{% endif %}{% if start %}<tr><th align="left">Started</th><td>{{ start|date }}</td></tr>
{% endif %}{% if completion %}<tr><th align="left">Ended</th><td>{{ completion|date }}</td></tr>
{% endif %}{% if setup %}<tr><th align="left">Part of</th><td>entry {{ setup }}</td></tr>
{% endif %}</table>
{% if instructions %}<h3>What to do</h3>
<p>{{ instructions }}</p>
{% endif %}<p>JAMS server {{ server }}</p>
</body></html>
"""


def _date(value: object, form: str = "yyyy-MM-dd HH:mm:ss") -> str:
    """A time as text; the letters of the form are those of .NET."""
    if not isinstance(value, datetime):
        return "" if value is None else str(value)
    time = value.astimezone(UTC)
    parts = {
        "yyyy": f"{time:%Y}", "yy": f"{time:%y}", "MM": f"{time:%m}", "dd": f"{time:%d}",
        "HH": f"{time:%H}", "mm": f"{time:%M}", "ss": f"{time:%S}",
    }  # fmt: skip
    text = re.sub("yyyy|yy|MM|dd|HH|mm|ss", lambda found: parts[found.group()], str(form)[:100])
    return text if form != "yyyy-MM-dd HH:mm:ss" else f"{text} UTC"


def _json(value: object) -> str:
    """A value as JSON has it."""
    if isinstance(value, datetime):
        value = value.isoformat()
    return json.dumps(value if value is None or isinstance(value, str | int | float) else str(value))


def _environment(*, html: bool) -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(autoescape=html, keep_trailing_newline=True)
    made.globals.clear()
    made.filters |= {"date": _date, "json": _json}
    made.filters = {name: made.filters[name] for name in FILTERS}
    return made


_ENVIRONMENTS = {html: _environment(html=html) for html in (False, True)}


def render(template: str, values: Mapping[str, Any], *, html: bool) -> str:
    """The text that comes of a template; in one of HTML each value is escaped.

    Raises:
        TemplateUnusable: it cannot be used, or fails.
    """
    try:
        text: str = _compiled(template, html).render(values)
    except TemplateUnusable:
        raise
    except Exception as error:
        raise TemplateUnusable(f"{type(error).__name__}: {error}") from None
    if len(text) > LONGEST:
        raise TemplateUnusable("What comes of it is too long.")
    return text


def is_html(template: str) -> bool:
    """Whether a template is one of HTML."""
    return _HTML.search(template) is not None


@lru_cache(maxsize=256)
def _compiled(template: str, html: bool) -> Any:
    environment = _ENVIRONMENTS[html]
    try:
        return environment.from_string(understood(template, environment))
    except TemplateError as error:
        raise TemplateUnusable(f"{error.message or error}") from None


def values_of(facts: Facts, server: str, log: str = "") -> dict[str, Any]:
    """The values that a template may name."""
    return {
        "happened": facts.happened.value,
        "time": facts.time,
        "entry": facts.entry,
        "ron": facts.ron,
        "job": facts.job,
        "folder": facts.folder,
        "path": f"{facts.folder.rstrip(chr(92))}\\{facts.job}",
        "name": facts.name,
        "description": facts.description,
        "severity": "" if facts.severity is None else facts.severity.value,
        "status": facts.status,
        "code": facts.code,
        "job_status": facts.job_status,
        "message": facts.message,
        "submitted_by": facts.submitted_by,
        "scheduled": facts.scheduled,
        "start": facts.start,
        "completion": facts.completion,
        "elapsed": facts.elapsed,
        "attempt": facts.attempt,
        "setup": facts.setup,
        "log_file": facts.log,
        "log": log,
        "log_lines": log.splitlines(),
        "instructions": facts.instructions,
        "note": facts.note,
        "event": facts.event,
        "event_class": "" if facts.event_class is None else facts.event_class.value,
        "server": server,
    }
