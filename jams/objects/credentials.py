"""Stored credentials: accounts, with what proves that one may use them (semantics 2.14)."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from msgspec import Meta

from .base import NO_CONTROL, Count, Document, Fact, ObjectId, OwnName, ReadOnly, Source, Text, Timestamp
from .parts import About, AccessList, Damage, NotObeyed
from .patch import Version
from .session import Secret

LONGEST_SECRET = 1024
"""Characters of a password or of the name of an account, at most."""

UserName = Annotated[str, Meta(max_length=LONGEST_SECRET, extra_json_schema=NO_CONTROL)]
"""The account of another system; it is printable as well, which no pattern can say."""

SecretGiven = Meta(extra={"secret": True, "write_only": True})
"""Marks a member that is given and never shown. Null, as doors that know its type read it, leaves what is
stored."""


class KeyType(Enum):
    """What a pair of keys is made by."""

    RSA = "RSA"
    ECDSA = "ECDSA"
    ED25519 = "Ed25519"


class Credential(Document, kw_only=True):
    """An account of another system, or of this machine, with its password or a pair of keys or both."""

    credential_id: Annotated[ObjectId | None, Meta(description="Number of the credential.")] = None
    credential_name: Annotated[OwnName, Meta(description="Name of the credential.")]
    description: About = ""
    logon_user_name: Annotated[
        UserName,
        Meta(
            description="The account as the other system knows it, with its domain or host where it has one; "
            "the name of the credential, if none is given."
        ),
    ] = ""
    password: Annotated[
        Annotated[Secret, Meta(extra_json_schema=NO_CONTROL)] | None,
        SecretGiven,
        Meta(
            description="The password, which is never shown. Left out or null, it stays; an empty text takes "
            "it away."
        ),
    ] = None
    key_file_content: Annotated[
        Source | None,
        SecretGiven,
        Meta(
            description="A private key to be stored, as a file of OpenSSH or PEM holds it; it is never "
            "shown. Left out or null, the keys stay; an empty text takes them away."
        ),
    ] = None
    key_file_password: Annotated[
        Secret | None,
        SecretGiven,
        Meta(description="The passphrase of keyFileContent, if it has one. It is not stored."),
    ] = None
    password_changed_utc: Annotated[
        Timestamp | None, ReadOnly, Meta(description="When the password was set; null where there is none.")
    ] = None
    key_type: Annotated[
        KeyType | None, ReadOnly, Meta(description="By what its keys are made; null where it has none.")
    ] = None
    key_length: Annotated[Count, ReadOnly, Meta(description="Bits of its keys; 0 where it has none.")] = 0
    public_key: Annotated[
        Text | None,
        ReadOnly,
        Meta(description="The public key, as a line of authorized_keys; null where there is none."),
    ] = None
    fingerprint: Annotated[
        Text | None, ReadOnly, Meta(description="The fingerprint of the public key, as ssh-keygen shows it.")
    ] = None
    owner: Annotated[
        Text | None,
        ReadOnly,
        Meta(description="Who has made it, and may let work run by it where it has no access list."),
    ] = None
    local_account: Annotated[
        bool,
        ReadOnly,
        Meta(
            description="Whether runs on the machine of the server may take that account: somebody with the "
            "right AccessControl.Change has named it."
        ),
    ] = False
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_changed_by: Annotated[Text | None, ReadOnly] = None
    version: Version = None
    damage: Damage = None
    not_obeyed: NotObeyed = []
    acl: AccessList = None


class CredentialPassword(Fact, frozen=True, kw_only=True):
    """An account with its password, for who has the right to get it."""

    credential_name: Annotated[Text, Meta(description="Name of the credential.")]
    logon_user_name: Annotated[Text, Meta(description="The account.")]
    password: Annotated[str, Meta(description="Its password.")]

    def __repr__(self) -> str:
        return f"CredentialPassword({self.credential_name})"
