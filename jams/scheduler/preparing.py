"""From a claimed start to what the runner is asked for: where it runs, what its source says, its account."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from jams.database import entries
from jams.database.agents import LOCAL_ID
from jams.database.reading import check_whole
from jams.objects.actors import SCHEDULER
from jams.objects.run import Account, RunRequest
from jams.registry.execution_methods import BaseMethod, base_method

from . import remotes, starts
from .sources.macros import Macros
from .sources.substitution import Parsed, substitute
from .sources.symbols import Symbols
from .starts import Start

_MOST_TOLD = 20
"""References that are named at once."""


class Prepared(NamedTuple):
    """What the runner is asked for, and the references in the source that name nothing."""

    request: RunRequest
    left: tuple[str, ...] = ()


def prepare(
    start: Start,
    read: Callable[[], AbstractContextManager[Connection]],
    *,
    logon_of: remotes.LogonOf,
    macros: Macros,
) -> Prepared:
    """The request of a claimed start. The database is read only if the start needs something of it.

    Raises:
        Damaged: it cannot be told what the entry is to do.
        InvalidArgument: the source cannot be parsed.
        AgentNotFound, CredentialNotFound, ConfigurationInvalid: whom or where it logs on cannot be had.
    """
    row = start.row
    check_whole(row, f"entry {row.number}")
    base = base_method(row.rest.method_type or row.rest.method_name)
    parsed, connects = base is not None and base.parsed, base is not None and row.rest.credential is not None
    if start.agent_id == LOCAL_ID and not parsed and not connects:
        return Prepared(_request(start, base))
    with read() as c:
        remote = remotes.remote_of(c, row.agent_id, logon_of)
        account = None
        if row.rest.credential is not None:
            logon = logon_of(c, row.rest.credential)
            account = Account(user_name=logon.user_name, password=logon.password)
        source = _parsed(c, start, macros) if parsed else Parsed(row.source, ())
    return Prepared(
        starts.request_of(start, remote, method=_runs(start, base), source=source.text, account=account),
        source.left,
    )


def _request(start: Start, base: BaseMethod | None) -> RunRequest:
    return starts.request_of(start, method=_runs(start, base))


def _runs(start: Start, base: BaseMethod | None) -> str:
    name: str = start.row.rest.method_name
    return name if base is None else base.runs or base.name


def _parsed(c: Connection, start: Start, macros: Macros) -> Parsed:
    row = start.row
    return substitute(row.rest.template or row.source, Symbols(c, row, macros, datetime.now(UTC)))


def tell(c: Connection, number: int, left: tuple[str, ...]) -> None:
    """Write into an entry's audit trail which references were left as they are."""
    shown = ", ".join(left[:_MOST_TOLD])
    more = f" and {len(left) - _MOST_TOLD} more" if len(left) > _MOST_TOLD else ""
    entries.add_audit(
        c,
        number,
        user=SCHEDULER,
        message=f"The source names what is not there, and is run with that as it stands: {shown}{more}.",
    )
