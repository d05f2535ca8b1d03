"""Whether work may take the account that a definition or a submission says. Declares no operation.

Who makes or changes a job decides what runs under its account, also one that comes down from a folder or from
the definition as it stood: so he needs the right to that account, whatever he changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection

from jams.database import agents, batch_group, credentials
from jams.database.credentials import CredentialRecord, unvouched
from jams.objects.errors import (
    Conflict,
    CredentialNotFound,
    Damaged,
    InvalidProperty,
    NotFound,
    NotSupported,
)
from jams.objects.parts import PropertyValue
from jams.registry import JOB_PROPERTIES, Place, Reference, ValueType, everything_said, read
from jams.registry.source_properties import CONNECTION_CREDENTIAL
from jams.scheduler import submittable

from . import credential_rights, run_secrets
from .context import Context

NAME = "ExecuteAs"
T = TypeVar("T")


def check_named(context: Context, c: Connection, named: Reference, *, here: bool, member: str = NAME) -> None:
    """Check that the caller may let work run as a credential or log on by it, and that it can.

    Args:
        context: the call.
        c: the transaction.
        named: the credential.
        here: whether its account is taken on the machine of the server.
        member: the property that names it.

    Raises:
        AccessDenied: he may not.
        CredentialNotFound: there is none, or he may not know of it.
        NotSupported: work on this machine cannot have its account, and nobody asked for leniency.
    """
    credential = credentials.sealed(c, credentials.find(c, id=_number(named), name=named.name))
    if not credential_rights.allows(c, context.caller, credential, credential_rights.SUBMIT):
        refused = credential_rights.denied(context.caller, credential, credential_rights.SUBMIT)
        refused.member = member
        raise refused
    refusal = _refusal_here(context, c, credential) if here else None
    if refusal is not None and not context.lenient:
        raise NotSupported(
            f"{member} {credential.name} cannot be obeyed. {refusal}", target=member, member=member
        )


def _number(named: Reference) -> int | None:
    """The number by which a credential is named; a name goes before it."""
    return (named.id or 0) if named.name is None else None


def _refusal_here(context: Context, c: Connection, credential: CredentialRecord) -> str | None:
    """Why a run on this machine cannot take an account, in a sentence; None if it can."""
    name = credential.user_name
    return context.services.account_refusal(name) or unvouched(credential) or batch_group.outside(c, name)


def job_checked(
    context: Context,
    c: Connection,
    work: Callable[[Connection], T],
    id_of: Callable[[T], int | None],
    find: Callable[[Connection], int] | None = None,
) -> T:
    """Make or change a job or setup by ``work``, and check the accounts that it has then.

    ``find`` tells its number before that, where it is named; what stood there is not held against it.

    Raises:
        AccessDenied: the caller may not let work run as that, or have a secret of its parameters.
        NotSupported: it is new and cannot be obeyed, and nobody asked for leniency.
        InvalidArgument: its source names such a secret.
    """
    some = credentials.exist(c)
    stood: list[_Named] = []
    if find is not None and some:
        with suppress(NotFound, Conflict):
            stood = list(_of_job(c, find(c)))
    made = work(c)
    id = id_of(made)
    if id is not None and some:
        here = _all_here(c)
        for named in _of_job(c, id):
            takes = here and named.member == NAME and named not in stood
            check_named(context, c, named.reference, here=takes, member=named.member)
    if id is not None:
        run_secrets.check_job(context, c, id)
    return made


def folder_checked(context: Context, c: Connection, given: Iterable[PropertyValue]) -> None:
    """Check the credentials that a folder is to give what lies in it. Raises as :func:`check_named` does."""
    for item in given:
        known = JOB_PROPERTIES.get(item.property_name)
        if known is None or known.value_type is not ValueType.CREDENTIAL or item.current_value is None:
            continue
        with suppress(InvalidProperty, CredentialNotFound):
            # What is wrong with it is told when the folder is written.
            named = read(known, item.current_value)
            if isinstance(named, Reference):
                here = known.name == NAME and _all_here(c)
                check_named(context, c, named, here=here, member=known.name)


def check_given(context: Context, c: Connection, name: str | None, member: str) -> None:
    """Check the credential that a document names, as far as it is there. Raises AccessDenied."""
    if name is not None and name.strip():
        with suppress(CredentialNotFound):
            check_named(context, c, Reference(name=name), here=False, member=member)


class _Named(NamedTuple):
    """A credential that a definition names, and by which property."""

    reference: Reference
    member: str


def _of_job(c: Connection, id: int) -> Iterator[_Named]:
    """The credentials by which a job and its members run and log on, as far as it says them."""
    try:
        job = submittable.uncached(c, id)
    except Damaged:
        return
    for name in (NAME, CONNECTION_CREDENTIAL):
        own = job.meaning(name)
        if isinstance(own, Reference) and (name == NAME or job.base.connects):
            yield _Named(own, name)
    said = everything_said(JOB_PROPERTIES, Place.SOURCE, (), job.rest.source_elements)
    for each in said:
        if each.definition.value_type is ValueType.CREDENTIAL and isinstance(each.meaning, Reference):
            yield _Named(each.meaning, NAME)
    for each in everything_said(JOB_PROPERTIES, Place.ELEMENT, (), job.rest.elements):
        if each.definition.value_type is ValueType.CREDENTIAL and isinstance(each.meaning, Reference):
            yield _Named(each.meaning, each.definition.name)


def _all_here(c: Connection) -> bool:
    """Whether all work is done on this machine; else it is seen at the start where an entry runs."""
    return len(agents.all_names(c)) == 1
