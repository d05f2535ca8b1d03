"""From a claimed start to what the runner is asked for: where it runs, what its source says, its account."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import batch_group, credential_uses, credentials, entries, names, stored_settings
from jams.database.agents import LOCAL_ID
from jams.database.reading import check_whole
from jams.objects.actors import SCHEDULER
from jams.objects.errors import AccessDenied
from jams.objects.run import Account, RunRequest
from jams.objects.tasks import HOST_KEY_CHECKING
from jams.registry.execution_methods import FILE_TRANSFER, HTTP, MAIL, BaseMethod, base_method

from . import mail_settings, remotes, starts
from .sources import secrets
from .sources.macros import Macros
from .sources.secrets import Secrets
from .sources.substitution import Parsed, on_one_line, substitute
from .sources.symbols import Symbols
from .starts import Start

_MOST_TOLD = 20
"""References that are named at once."""


class Prepared(NamedTuple):
    """What the runner is asked for.

    Attributes:
        request: that.
        left: the references in the source that name nothing.
        used: the credentials that are used, each with the account that it stands for.
        opened: the encrypted variables whose values are used.
    """

    request: RunRequest
    left: tuple[str, ...] = ()
    used: tuple[tuple[str, str], ...] = ()
    opened: tuple[str, ...] = ()


def prepare(
    start: Start,
    read: Callable[[], AbstractContextManager[Connection]],
    *,
    logon_of: remotes.LogonOf,
    macros: Macros,
    value_of: secrets.ValueOf = secrets.no_value,
) -> Prepared:
    """The request of a claimed start. The database is read only if the start needs something of it.

    Raises:
        Damaged: it cannot be told what the entry is to do.
        InvalidArgument: the source cannot be parsed.
        AgentNotFound, CredentialNotFound, ConfigurationInvalid: whom or where it logs on cannot be had.
        VariableNotFound: the encrypted variable of a parameter is gone.
    """
    row = start.row
    check_whole(row, f"entry {row.number}")
    base = base_method(row.rest.method_type or row.rest.method_name)
    parsed = base is not None and base.parsed
    rest = row.rest
    connects = rest.credential is not None or rest.credential_id is not None
    named = rest.execute_as is not None or rest.execute_as_id is not None
    secret = any(each.encryption_id is not None for each in rest.parameters)
    if start.agent_id == LOCAL_ID and not (parsed or connects or named or secret):
        return Prepared(_request(start, base))
    used: dict[str, str] = {}

    def logged_on(c: Connection, name: str) -> remotes.Logon:
        logon = logon_of(c, name)
        used[name] = logon.user_name
        return logon

    with read() as c:
        execute_as = (rest.execute_as or credentials.name_of(c, rest.execute_as_id)) if named else None
        remote = remotes.remote_of(c, row.agent_id, logged_on, execute_as)
        account = None
        if connects:
            logon = logged_on(c, rest.credential or credentials.name_of(c, rest.credential_id))
            account = Account(
                user_name=logon.user_name, password=logon.password, private_key=logon.private_key
            )
        settings: dict[str, str] = {}
        if base is not None and base.name == MAIL:
            settings, account = mail_settings.of_runs(c, logged_on)
        elif base is not None and base.name == FILE_TRANSFER:
            settings = {HOST_KEY_CHECKING: stored_settings.text(c, HOST_KEY_CHECKING)}
        hidden = secrets.opened(c, row, value_of)
        source = Parsed(row.source, ())
        if base is not None and parsed:
            source = _parsed(c, start, macros, base, hidden)
        account_here = _account_here(c, execute_as) if execute_as and remote is None else None
    request = starts.request_of(start, remote, method=_runs(start, base), source=source.text, account=account)
    if execute_as is not None and account_here is not None:
        used[execute_as] = account_here
        request = replace(request, execute_as=account_here)
    if settings:
        request = replace(request, parameters=_with_settings(request.parameters, settings))
    if hidden.values:
        request = replace(request, secrets=hidden.values, inserted=hidden.inserted)
    return Prepared(request, source.left, tuple(used.items()), tuple(hidden.used))


def _with_settings(parameters: dict[str, str], settings: dict[str, str]) -> dict[str, str]:
    """Parameters with settings of the server, which no parameter of a job stands for, in whatever case."""
    said = {name.casefold() for name in settings}
    return {**{name: each for name, each in parameters.items() if name.casefold() not in said}, **settings}


def _account_here(c: Connection, name: str) -> str:
    """The account of this machine that a credential stands for. Raises AccessDenied, CredentialNotFound."""
    found = credentials.get(c, name)
    refusal = credentials.unvouched(found) or batch_group.outside(c, found.user_name)
    if refusal is not None:
        raise AccessDenied(
            f"The run cannot take the account of credential {found.name}. {refusal}", target=name
        )
    return found.user_name


def _request(start: Start, base: BaseMethod | None) -> RunRequest:
    return starts.request_of(start, method=_runs(start, base))


def _runs(start: Start, base: BaseMethod | None) -> str:
    name: str = start.row.rest.method_name
    return name if base is None else base.runs or base.name


def _parsed(c: Connection, start: Start, macros: Macros, base: BaseMethod, hidden: Secrets) -> Parsed:
    row = start.row
    apart = hidden if secrets.keeps_source_apart(base) else None
    meaning = Symbols(c, row, macros, datetime.now(UTC), apart)
    source = row.rest.template or row.source
    if base.name == FILE_TRANSFER:
        # A value that breaks a line would say another server, or another path.
        return substitute(source, on_one_line(meaning))
    if base.name not in (HTTP, MAIL):
        return substitute(source, meaning)
    # A value that breaks a line of the head would say another header, or begin the body.
    head, blank, body = source.replace("\r\n", "\n").partition("\n\n")
    parsed_head = substitute(head, on_one_line(meaning))
    parsed_body = substitute(body, meaning)
    return Parsed(f"{parsed_head.text}{blank}{parsed_body.text}", (*parsed_head.left, *parsed_body.left))


def tell(c: Connection, start: Start, prepared: Prepared) -> None:
    """Write down of a start which credentials and secrets it uses, and what its source names in vain."""
    row = start.row
    purpose = f"Run {row.ron} of entry {row.number} ({names.join(row.folder_name, row.job_name)})"
    for name, account in prepared.used:
        credential_uses.record(c, name, account, user=row.submitted_by, purpose=purpose)
    for path in prepared.opened:
        credential_uses.record_variable(c, path, user=row.submitted_by, purpose=purpose)
    if prepared.left:
        _tell_left(c, row.number, prepared.left)


def _tell_left(c: Connection, number: int, left: tuple[str, ...]) -> None:
    """Write into an entry's audit trail which references were left as they are."""
    shown = ", ".join(left[:_MOST_TOLD])
    more = f" and {len(left) - _MOST_TOLD} more" if len(left) > _MOST_TOLD else ""
    entries.add_audit(
        c,
        number,
        user=SCHEDULER,
        message=f"The source names what is not there, and is run with that as it stands: {shown}{more}.",
    )
