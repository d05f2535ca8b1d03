"""The audit trail: who has done what, and what was refused to whom."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from jams.database import audit
from jams.objects.base import MAX_ID, Name, Timestamp
from jams.objects.session import AuditRecord
from jams.security.rights import AccessControl

from .catalogue import CATALOGUE, Bound
from .context import Context
from .declaration import operation

Limit = Annotated[int, Meta(ge=1, le=10_000)]


@operation(
    right=AccessControl.INQUIRE,
    rest="GET /audittrail?startDate,endDate,objectType,username,refused,limit",
    bound=Bound("limit"),
    soap="Server.GetAuditTrail",
    cmdlet="Get-JAMSAuditTrail",
    command="audit-trail",
    names={"user_name": "username"},
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
) -> list[AuditRecord]:
    """List what was done through every door and what was refused, newest first.

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
    """
    kinds = {operation.name: operation.service for operation in CATALOGUE}
    operations = None
    if object_type is not None:
        operations = {name for name, kind in kinds.items() if kind.casefold() == object_type.casefold()}
    found = context.read(
        lambda c: audit.find(
            c,
            since=start_date,
            until=end_date,
            user=user_name,
            operations=operations,
            refused=refused,
            limit=limit,
        )
    )
    return [
        replace(
            record,
            object_type=kinds.get(record.operation, ""),
            object_id=_number(record.target),
        )
        for record in found
    ]


def _number(target: str | None) -> int | None:
    """The number by which an object was named, if it was."""
    found = int(target) if target is not None and target.isascii() and target[:17].isdecimal() else 0
    return found if 0 < found <= MAX_ID else None
