"""From a claimed start to what the runner is asked for: where it runs, what its source says, its account."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import credentials, entries
from jams.database.agents import LOCAL_ID
from jams.database.reading import check_whole
from jams.objects.actors import SCHEDULER
from jams.objects.run import Account, RunRequest
from jams.registry.execution_methods import HTTP, MAIL, BaseMethod, base_method

from . import mail_settings, remotes, starts
from .sources.macros import Macros
from .sources.substitution import Parsed, on_one_line, substitute
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
    parsed = base is not None and base.parsed
    connects = row.rest.credential is not None or row.rest.credential_id is not None
    if start.agent_id == LOCAL_ID and not parsed and not connects:
        return Prepared(_request(start, base))
    with read() as c:
        remote = remotes.remote_of(c, row.agent_id, logon_of)
        account = None
        if connects:
            logon = logon_of(c, row.rest.credential or credentials.name_of(c, row.rest.credential_id))
            account = Account(user_name=logon.user_name, password=logon.password)
        mail: dict[str, str] = {}
        if base is not None and base.name == MAIL:
            mail, account = mail_settings.of_runs(c, logon_of)
        source = _parsed(c, start, macros, base) if base is not None and parsed else Parsed(row.source, ())
    request = starts.request_of(start, remote, method=_runs(start, base), source=source.text, account=account)
    if mail:
        request = replace(request, parameters={**request.parameters, **mail})
    return Prepared(request, source.left)


def _request(start: Start, base: BaseMethod | None) -> RunRequest:
    return starts.request_of(start, method=_runs(start, base))


def _runs(start: Start, base: BaseMethod | None) -> str:
    name: str = start.row.rest.method_name
    return name if base is None else base.runs or base.name


def _parsed(c: Connection, start: Start, macros: Macros, base: BaseMethod) -> Parsed:
    row = start.row
    meaning = Symbols(c, row, macros, datetime.now(UTC))
    source = row.rest.template or row.source
    if base.name not in (HTTP, MAIL):
        return substitute(source, meaning)
    # A value that breaks a line of the head would say another header, or begin the body.
    head, blank, body = source.replace("\r\n", "\n").partition("\n\n")
    parsed_head = substitute(head, on_one_line(meaning))
    parsed_body = substitute(body, meaning)
    return Parsed(f"{parsed_head.text}{blank}{parsed_body.text}", (*parsed_head.left, *parsed_body.left))


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
