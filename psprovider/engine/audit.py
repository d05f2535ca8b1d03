"""One line in the audit log for every pipeline: who, from where, what, with which outcome.

Arguments are told where they name things or are chosen from a list; texts that may hold a secret never are.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from psprovider.cmdlets.model import Parameter
from psprovider.endpoint.requests import PipelineRequest

from .values import as_list, is_scalar, text

if TYPE_CHECKING:
    from .invocation import Invocation
    from .pipeline import PipelineRun
    from .session import JamsSession

log = logging.getLogger("jams.audit")
_UNSEEN = frozenset({"prompt", "out-default", "tabexpansion2"})
_LONGEST = 80


def record(
    session: JamsSession, request: PipelineRequest, run: PipelineRun, outcome: str, seconds: float
) -> None:
    """Write down a pipeline; what a console does by itself (prompt, Tab) is left out."""
    if not log.isEnabledFor(logging.INFO):
        return
    calls = [call for call in run.calls if call.info.command.lower() not in _UNSEEN]
    names = " | ".join(map(_call, calls))
    if not names:
        names = " | ".join(n[:_LONGEST] for n in request.command_names if n.lower() not in _UNSEEN)
        if not names:
            return
    log.info(
        "%s %s%s session %s: %s: %s, %d objects, %.3f s",
        session.principal.account,
        session.info.transport,
        f" from {session.principal.origin}" if session.principal.origin else "",
        session.info.id,
        names,
        outcome,
        run.written,
        seconds,
    )


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
    told = ",".join(text(item) for item in items[:10])
    return repr(told[:_LONGEST])
