"""The audit trail: who has done what, and what was refused to whom."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import audit, audit_chain, audit_checking, credential_uses
from jams.objects.base import MAX_ID, Count, Line, Name, ObjectId, Path, Timestamp
from jams.objects.session import AuditChain, AuditHead, AuditRecord, AuditVerification
from jams.security.rights import AccessControl

from .catalogue import CATALOGUE, Binding, Bound
from .context import Context
from .declaration import operation

Limit = Annotated[int, Meta(ge=1, le=10_000)]


@operation(
    right=AccessControl.INQUIRE,
    rest="GET /audittrail?startDate,endDate,objectType,objectName,objectId,username,refused,limit,beyond",
    bound=Bound("limit", cursor="beyond", member="auditID"),
    soap="Server.GetAuditTrail",
    cmdlet="Get-JAMSAuditTrail",
    command="audit-trail",
    names={"user_name": "username", "object_id": "objectId"},
    columns=("auditTime", "userName", "door", "origin", "operation", "target", "refusal", "times"),
)
def get_audit_trail(
    context: Context,
    start_date: Timestamp | None = None,
    end_date: Timestamp | None = None,
    object_type: Name | None = None,
    user_name: Name | None = None,
    refused: bool | None = None,
    limit: Limit = 1000,
    beyond: ObjectId | None = None,
    object_name: Path | None = None,
    object_id: ObjectId | None = None,
) -> list[AuditRecord]:
    """List what was done through every door and what was refused, newest first, with what it has changed.

    A change of a definition, an account, a right, a setting or a secret is told with what differs, before and
    after; of a secret only that it differs.

    Refusals that are alike are one record with their number, and appear within a few seconds. Only the last
    100,000 records of refusals are kept.

    Args:
        start_date: only what happened at or after this time.
        end_date: only what happened before this time.
        object_type: only what was done to objects of this kind, as ``Job`` or ``Entry``; ``Server`` has the
            logins.
        user_name: only what this account did, or was refused to who claimed this name.
        refused: true: only what was refused; false: only what was done.
        limit: at most so many, the newest ones.
        beyond: continue behind the line of this number, the last one of the list before.
        object_name: only what has changed what is called so, or was asked for by that name; of what lies in
            folders the whole path. ``*`` stands for anything, ``?`` for one character.
        object_id: only what has changed the object of this number, or was asked for by it; with object_type
            the kind is told that has it.
    """
    kinds = {operation.name: operation.service for operation in CATALOGUE}
    kinds[credential_uses.OPERATION] = "Credential"
    kinds[credential_uses.VARIABLE_OPERATION] = "Variable"
    operations = None
    of_object = object_name is not None or object_id is not None
    if object_type is not None:
        operations = {name for name, kind in kinds.items() if kind.casefold() == object_type.casefold()}
    which = audit.Wanted(
        since=start_date,
        until=end_date,
        user=user_name,
        operations=None if of_object else operations,
        refused=refused,
        object_name=object_name,
        object_id=object_id,
        kind=object_type if of_object else None,
        asked_by=operations if of_object else None,
    )

    def work(c: Connection) -> list[AuditRecord]:
        found = [
            replace(record, object_type=kinds.get(record.operation, ""), object_id=_number(record.target))
            for record in audit.find(c, which, limit=limit, beyond=beyond)
        ]
        return context.counted(found, lambda: audit.count(c, which))

    return context.read(work)


@operation(
    right=AccessControl.INQUIRE,
    rest="GET /audittrail/export?chain,startDate,endDate,beyond,limit",
    soap="Server.ExportAuditTrail",
    cmdlet="Export-JAMSAuditTrail",
    command="export-audit",
    binding=Binding(content=True, saves=True),
)
def export_audit_trail(
    context: Context,
    chain: AuditChain = AuditChain.DONE,
    start_date: Timestamp | None = None,
    end_date: Timestamp | None = None,
    beyond: Count = 0,
    limit: Limit = 10_000,
) -> str:
    """Write records of the audit trail as lines of JSON, oldest first, for programs that keep them.

    A line has all that the record's hash is made of, and what it has changed; the one after it carries the
    hash as ``previous``. Whoever takes it up again
    later asks for what is beyond the ``link`` of his last line.

    Args:
        chain: what was done, or what was refused.
        start_date: only what happened at or after this time.
        end_date: only what happened before this time.
        beyond: only what comes behind the record of this number in its chain (``link``).
        limit: at most so many, the oldest ones.
    """
    name = chain.value.lower()

    def work(c: Connection) -> str:
        found = audit_chain.records(c, name, beyond, limit, since=start_date, until=end_date)
        return "".join(f"{audit_chain.line(row)}\n" for row in found)

    return context.read(work)


@operation(
    right=AccessControl.INQUIRE,
    rest="GET /audittrail/head",
    soap="Server.GetAuditHeads",
    cmdlet="Get-JAMSAuditHead",
    command="audit-heads",
    columns=("chain", "link", "hash"),
)
def get_audit_heads(context: Context) -> list[AuditHead]:
    """Show the heads of the audit trail, to be kept where nobody who can write to the database reaches them.

    Each record of the trail carries the hash of the one before; so the hash of the last one vouches for all
    of them. There are two chains: of what was done, and of what was refused. The server writes the heads to
    its log at its start and once a day.
    """
    return context.read(lambda c: [audit_checking.shown(head) for head in audit_chain.heads(c)])


@operation(
    right=AccessControl.INQUIRE,
    rest="GET /audittrail/verification?published",
    soap="Server.VerifyAudit",
    cmdlet="Confirm-JAMSAuditTrail",
    command="verify-audit",
    positional=("published",),
    columns=("intact", "records", "message"),
)
def verify_audit(context: Context, published: Line | None = None) -> AuditVerification:
    """Verify that the audit trail is as it was written: nothing changed, deleted, inserted or cut off.

    Whoever can write to the database can write the whole trail anew, or cut off its end; that shows against
    heads that were published before, which ``get_audit_heads`` gives and the server's log holds.

    It looks at each record; a million of them take some ten seconds.

    Args:
        published: heads that were published, as ``done:1234:9f86…``; several with blanks between.

    Raises:
        InvalidArgument: ``published`` is no head.
    """
    heads = audit_checking.parsed([published or ""])
    return context.read(lambda c: audit_checking.verify(c, heads))


def _number(target: str | None) -> int | None:
    """The number by which an object was named, if it was."""
    found = int(target) if target is not None and target.isascii() and target[:17].isdecimal() else 0
    return found if 0 < found <= MAX_ID else None
