"""Whether work may take the account that a definition or a submission says. Declares no operation.

Who makes or changes a job decides what runs under its account, also one that comes down from a folder or from
the definition as it stood: so he needs the right to that account, whatever he changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, select

from jams.database import (
    agents,
    batch_group,
    credentials,
    encrypted_uses,
    guarding,
    names,
    reference_uses,
    tables,
)
from jams.database.credentials import CredentialRecord, unvouched
from jams.objects.definitions import Folder
from jams.objects.errors import (
    AccessDenied,
    Conflict,
    CredentialNotFound,
    Damaged,
    InvalidProperty,
    NotFound,
    NotSupported,
)
from jams.objects.methods import ExecutionMethod
from jams.objects.parts import PropertyValue
from jams.registry import JOB_PROPERTIES, Place, Reference, ValueType, everything_said, read
from jams.registry.source_properties import CONNECTION_CREDENTIAL
from jams.scheduler import submittable
from jams.scheduler.members import job_called, job_of, members_of, walk
from jams.scheduler.submittable import Submittable

from . import credential_rights, run_secrets
from .context import Context
from .object_guard import reach_of

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
        _check_members(context, c, id)
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


_OF_FOLDERS = ("qualified_name", "properties", "parameters", "elements")
_OF_METHODS = ("method_type_name", "template", "parameters", "properties", "job_properties")
"""What of a folder and of a method its jobs have: that decides what they do, under whatever account."""


def check_folder(context: Context, c: Connection, before: Folder, after: Folder) -> None:
    """Check the accounts of the jobs below a folder, if they do something else then. Raises AccessDenied."""
    if _differs(before, after, _OF_FOLDERS):
        key = c.scalar(select(tables.folder.c.path_key).where(tables.folder.c.id == after.folder_id))
        _check_jobs(context, c, encrypted_uses.jobs_below(c, key or ""))


def check_method(context: Context, c: Connection, before: ExecutionMethod, after: ExecutionMethod) -> None:
    """Check the accounts of the jobs of a method, if they do something else then. Raises AccessDenied."""
    if _differs(before, after, _OF_METHODS):
        of_it = select(tables.job.c.id).where(tables.job.c.method_id == after.method_id)
        _check_jobs(context, c, set(c.scalars(of_it)))


def _differs(before: object, after: object, members: Iterable[str]) -> bool:
    return any(getattr(before, name) != getattr(after, name) for name in members)


def check_submitted(context: Context, c: Connection, path: str, values: Iterable[str]) -> None:
    """Check the accounts of what a trigger submits with values of parameters of these names, where it does
    something else by them than its author has left open. Raises AccessDenied.
    """
    job = job_called(c, path)
    if job is not None and _departs(job, values):
        _check_jobs(context, c, _with_members(c, job))


def _check_members(context: Context, c: Connection, id: int) -> None:
    """The same of the members of a setup or sequence, to which it gives values or another agent."""
    setup = job_of(c, id)
    if setup is None:
        return
    handed = [each.param_name for each in setup.rest.parameters]
    otherwise: set[int] = set()
    for member in members_of(c, setup):
        job = job_of(c, member.job_id)
        if job is None:
            continue
        own = {names.fold(each.param_name) for each in job.parameters}
        given = [each.name for each in member.values]
        given += [name for name in handed if names.fold(name) in own]
        if member.agent or _departs(job, given):
            otherwise |= _with_members(c, job)
    _check_jobs(context, c, otherwise)


def _departs(job: Submittable, values: Iterable[str]) -> bool:
    """Whether a value is given to a parameter that is not left open to who submits the job."""
    left_open = {names.fold(each.param_name) for each in job.parameters if each.allow_entry and not each.hide}
    return any(names.fold(name) not in left_open for name in values)


def _with_members(c: Connection, job: Submittable) -> set[int]:
    return {job.row.id} | {member.job_id for _, members in walk(c, job) for member in members}


def _check_jobs(context: Context, c: Connection, ids: set[int]) -> None:
    if not ids:
        return
    closed = {
        each.id: each
        for each in credentials.all_credentials(c)
        if not credential_rights.allows(c, context.caller, each, credential_rights.SUBMIT)
    }
    for id in sorted(ids & _naming(c, closed.values())) if closed else ():
        with guarding.unlimited(c):
            all_named = list(_of_job(c, id))
        for named in all_named:
            with suppress(CredentialNotFound), guarding.unlimited(c):
                found = credentials.find(c, id=_number(named.reference), name=named.reference.name)
                if found in closed:
                    raise _no_reach(context, c, closed[found])


def _naming(c: Connection, closed: Iterable[CredentialRecord]) -> set[int]:
    """The jobs that may have one of these credentials, by themselves, by a folder or by their method."""
    found: set[int] = set()
    for each in closed:
        users = reference_uses.users(c, ValueType.CREDENTIAL, each.id, each.name)
        found |= users[tables.job.name]
        keys = select(tables.folder.c.path_key).where(tables.folder.c.id.in_(users[tables.folder.name]))
        for key in c.scalars(keys).all():
            found |= encrypted_uses.jobs_below(c, key)
        of_methods = tables.job.c.method_id.in_(users[tables.method.name])
        found |= set(c.scalars(select(tables.job.c.id).where(of_methods)))
    return found


def _no_reach(context: Context, c: Connection, credential: CredentialRecord) -> AccessDenied:
    caller = context.caller
    reach = reach_of(c, caller)
    if reach is not None and not reach.allows("credential", credential.id, None, "Inquire"):
        told = f"{caller.account} lacks the right {credential_rights.SUBMIT} on a credential."
        return AccessDenied(f"{told} {_WHY}", target=credential_rights.SUBMIT)
    refused = credential_rights.denied(caller, credential, credential_rights.SUBMIT)
    return AccessDenied(f"{refused.message} {_WHY}", target=refused.target)


_WHY = "Jobs that it would have do something else run as that or log on with it."


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
