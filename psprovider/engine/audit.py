"""One line in the audit log for every pipeline: who, from where, what, with which outcome.

Arguments are told where they name things or are chosen from a list; texts that may hold a secret never are.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import Any

from psprovider.cmdlets.model import Parameter
from psprovider.endpoint.engine import Outcome
from psprovider.endpoint.requests import MetadataRequest

from .invocation import Invocation
from .pipeline import PipelineRun
from .surroundings import Session
from .values import as_list, is_scalar, text

log = logging.getLogger("jams.audit")
_UNSEEN = frozenset({"prompt", "out-default", "tabexpansion2"})
_LONGEST = 80


def record(session: Session, outcome: Outcome, run: PipelineRun | None) -> None:
    """Write down a pipeline; what a console does by itself (prompt, Tab) is left out.

    ``run`` is None for one that never ran. All errors count: those that ended nothing, even if the caller
    wished not to see them, and the one that ended it.
    """
    if not log.isEnabledFor(logging.INFO):
        return
    calls = [] if run is None else list(_flat(run.calls))
    failed = outcome.state == "Failed"
    errors = sum(call.errors for call in calls) + (0 if run is None else run.failures) + failed
    names = _called(outcome, calls)
    if not names:
        return
    log.info(
        "%s %s%s session %s: %s: %s%s, %d objects, %d errors, %.3f s",
        session.principal.account,
        session.info.transport,
        f" from {session.principal.origin}" if session.principal.origin else "",
        session.info.id,
        names,
        outcome.state.lower(),
        f" {outcome.error_id}" if failed else "",
        outcome.objects,
        errors,
        outcome.seconds,
    )


def _flat(calls: Iterable[Invocation]) -> Iterator[Invocation]:
    """The calls, each followed by those of the text that it ran."""
    for call in calls:
        yield call
        yield from _flat(call.inner)


def _called(outcome: Outcome, calls: Iterable[Invocation]) -> str:
    request = outcome.request
    if isinstance(request, MetadataRequest):
        return f"(metadata) {','.join(map(_short, request.names[:10]))}"
    bound = [_call(call) for call in calls if call.info.command.lower() not in _UNSEEN]
    # What could not be bound is told by name alone: which argument is a secret is not known then.
    return " | ".join(bound or [_short(n) for n in request.command_names if n.lower() not in _UNSEEN])


def _call(call: Invocation) -> str:
    words = [call.info.command]
    for parameter in call.spec.parameters:
        if call.given(parameter.name):
            value = call.value(parameter.name)
            words.append(f"-{parameter.name}")
            if not parameter.switch:
                words.append(_shown(parameter, value))
    return " ".join(words)


def _shown(parameter: Parameter, value: Any) -> str:
    tells = parameter.offer or parameter.values or "Int" in parameter.type_name or parameter.wildcards
    items = as_list(value)
    if parameter.secret or not tells or not all(map(is_scalar, items)):
        return "..."
    return repr(_short(",".join(text(item) for item in items[:10])))


def _short(words: str) -> str:
    """As much of a client's words as a line has room for; that they stay one line, the log sees to."""
    return words[:_LONGEST]
