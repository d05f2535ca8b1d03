"""What a caller may do with a stored credential: its own access list decides. Declares no operation.

One without an access list is its owner's: he may change it and let work run by it, as may who has the right
AccessControl.Change, who could give himself a line of a list as well. Its password is got by a line alone.
"""

from __future__ import annotations

from sqlalchemy import Connection

from jams.database import credentials
from jams.database.credentials import CredentialRecord
from jams.database.names import fold
from jams.objects.errors import AccessDenied
from jams.security.caller import Caller
from jams.security.rights import AccessControl

from .object_guard import reach_of

SUBMIT = "Submit"
GET_PASSWORD = "GetPassword"
_KIND = "credential"


def allows(c: Connection, caller: Caller, credential: CredentialRecord, right: str) -> bool:
    """Whether a caller may do something with a credential: Change, Delete, GetPassword or Submit."""
    if caller.passes:
        return True
    if credential.acl is not None:
        reach = reach_of(c, caller)
        return reach is not None and reach.allows(_KIND, credential.id, None, right)
    if right == GET_PASSWORD:
        return False
    return caller.may(AccessControl.CHANGE) or fold(credential.owner) == fold(caller.account)


def check(c: Connection, caller: Caller, id: int, right: str) -> CredentialRecord:
    """See that a caller may do something with a credential; the credential.

    Raises:
        CredentialNotFound: there is none, or the caller may not look at it.
        AccessDenied: he may not do that.
    """
    found = credentials.sealed(c, id)
    if not allows(c, caller, found, right):
        raise denied(caller, found, right)
    return found


def denied(caller: Caller, credential: CredentialRecord, right: str) -> AccessDenied:
    """The refusal, and by which rule."""
    by = "its access list does not give that" if credential.acl is not None else f"{credential.owner} owns it"
    return AccessDenied(
        f"{caller.account} lacks the right {right} on credential {credential.name}: {by}.",
        target=credential.name,
    )
