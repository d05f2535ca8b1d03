"""Stored credentials, by their number or name: accounts with passwords and keys that nobody reads back."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta
from sqlalchemy import Connection

from jams.database import credentials as rows
from jams.database.credentials import CredentialRecord
from jams.objects.base import Name, ObjectId, Text
from jams.objects.capacity import Reference
from jams.objects.credentials import Credential, CredentialPassword, KeyType
from jams.objects.errors import CredentialNotFound, InvalidArgument
from jams.objects.patch import Patch, member_of
from jams.security import keypairs
from jams.security.keypairs import LENGTHS, KeyPair
from jams.security.rights import AccessControl, CredentialDefinitions

from . import credential_rights, offers
from .catalogue import Binding, Message
from .context import Context, one_of
from .declaration import operation
from .making import changed_or_made
from .visibility import REFERENCE_COLUMNS, shown_references

COLUMNS = ("credentialID", "credentialName", "logonUserName", "keyType", "fingerprint", "description")
ALIASES = {"credential_name": ("name",)}
BINDING = Binding(
    names={"credential_id": "", "credential_name": "Name"}, shows="get_credential", path=("credential_name",)
)
PIPELINE = {"name": "CredentialName"}
Bits = Annotated[
    int,
    Meta(
        ge=1,
        le=65536,
        extra_json_schema={"enum": sorted({each for known in LENGTHS.values() for each in known})},
    ),
]


@operation(
    right=CredentialDefinitions.INQUIRE,
    rest="GET /credential",
    soap="Credential.List",
    cmdlet="Get-JAMSCredential",
    command="credentials",
    columns=COLUMNS,
    binding=Binding(set="Pattern", pattern="credentialName", container="Credentials"),
)
def list_credentials(context: Context) -> list[Credential]:
    """List the stored credentials, by name. Their passwords and private keys are shown nowhere."""
    return context.read(rows.all_documents)


@operation(
    right=CredentialDefinitions.INQUIRE,
    rest=("GET /credential/{id}", "GET /credential?name"),
    soap="Credential.Get",
    cmdlet="Get-JAMSCredential",
    command="credential",
    key=("name", "id"),
    offers=offers.CREDENTIAL,
    columns=COLUMNS,
    pipeline=PIPELINE,
    binding=Binding(set="Name"),
)
def get_credential(context: Context, id: ObjectId | None = None, name: Text | None = None) -> Credential:
    """Show one credential: its account, its public key, who may let work run by it; but no secret of it.

    Args:
        id: number of the credential.
        name: name of the credential.

    Raises:
        CredentialNotFound: there is no such credential.
    """
    one_of(id=id, name=name)
    return context.read(lambda c: rows.document(c, rows.find(c, id=id, name=name)))


@operation(
    right=CredentialDefinitions.ADD,
    rest="POST /credential",
    soap="Credential.Create",
    cmdlet="New-JAMSCredential",
    command="create-credential",
    aliases=ALIASES,
    created=True,
    binding=BINDING,
)
def create_credential(context: Context, credential: Credential) -> Message:
    """Store a credential: an account with its password, a private key, or both.

    Who makes it owns it: as long as it has no access list, he may let work run by it, and nobody else but who
    has the right AccessControl.Change. Runs on the machine of the server take its account only if somebody
    with that right has named it, since no password is asked for there.

    Args:
        credential: the new credential.

    Raises:
        AlreadyExists: there is one of that name.
        InvalidName: the name is not one a credential can bear.
        InvalidArgument: a secret is too long or not text, or the private key cannot be taken.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    keys = _keys(credential.key_file_content, credential.key_file_password)
    context.services.credentials.get_ready()
    made = context.write(lambda c: _create(context, c, credential, keys))
    return f"Credential {made.credential_name} was created.{context.remarks(made.not_obeyed)}"


@operation(
    right=CredentialDefinitions.CHANGE,
    rest="PUT /credential",
    soap="Credential.Change",
    cmdlet="Set-JAMSCredential",
    command="change-credential",
    key=("name", "id"),
    aliases=ALIASES,
    offers=offers.CREDENTIAL,
    pipeline=PIPELINE,
    binding=BINDING,
)
def change_credential(
    context: Context, credential: Patch[Credential], id: ObjectId | None = None, name: Name | None = None
) -> Message:
    """Change a credential, or create it if it does not exist. What is left out stays as it is.

    Number or name say which credential; or else the document's own. With a number, or a name beside it, the
    document may rename it, unless something refers to it. Null gives a member its default. A secret, which is
    never shown, stays unless one is given; an empty text takes it away. Whatever runs goes on with what it
    has got. One that has no access list is changed by its owner, and by who has AccessControl.Change.

    Args:
        credential: what shall be otherwise.
        id: number of the credential.
        name: name of the credential.

    Raises:
        AccessDenied: the credential does not exist, and the caller may not create one.
        CredentialNotFound: there is no such credential.
        AlreadyExists: another one has the new name.
        InUse: it would get another name, and something refers to it.
        InvalidName: the name is not one a credential can bear.
        InvalidArgument: a secret is too long or not text, or the private key cannot be taken.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    content = member_of(credential, "key_file_content")
    keys = _keys(content, member_of(credential, "key_file_password"))
    store = context.services.credentials
    store.get_ready()
    changed, done = changed_or_made(
        context,
        credential,
        change=lambda c: store.change(
            c,
            credential,
            keys,
            id=id,
            name=name,
            may=lambda found: credential_rights.check(c, context.caller, found, "Change"),
            user=context.caller.account,
            vouched=_vouches(context),
            condition=context.condition,
            lenient=context.lenient,
        ),
        create=lambda c, new: _create(context, c, new, keys),
        missing=CredentialNotFound,
        right=CredentialDefinitions.ADD,
        kind="Credential",
        name="credential_name",
    )
    return f"Credential {changed.credential_name} was {done}.{context.remarks(changed.not_obeyed)}"


@operation(
    right=CredentialDefinitions.DELETE,
    rest=("DELETE /credential/{id}", "DELETE /credential?name"),
    soap="Credential.Delete",
    cmdlet="Remove-JAMSCredential",
    command="delete-credential",
    key=("name", "id"),
    offers=offers.CREDENTIAL,
    pipeline=PIPELINE,
    versioned=True,
)
def delete_credential(context: Context, id: ObjectId | None = None, name: Name | None = None) -> Message:
    """Delete a credential, with its secrets.

    Args:
        id: number of the credential.
        name: name of the credential.

    Raises:
        CredentialNotFound: there is no such credential.
        InUse: a job, folder, agent, trigger, alert or setting refers to it.
    """
    one_of(id=id, name=name)

    def work(c: Connection) -> str:
        found = credential_rights.check(c, context.caller, rows.find(c, id=id, name=name), "Delete")
        return f"Credential {rows.remove(c, found.id, context.condition)} was deleted."

    return context.write(work)


@operation(
    right=CredentialDefinitions.INQUIRE,
    rest=("GET /credential/{id}/references", "GET /credential/references?name"),
    soap="Credential.ListReferences",
    cmdlet="Get-JAMSCredentialReference",
    command="credential-references",
    key=("name", "id"),
    offers=offers.CREDENTIAL,
    columns=REFERENCE_COLUMNS,
    pipeline=PIPELINE,
)
def list_credential_references(
    context: Context, id: ObjectId | None = None, name: Text | None = None
) -> list[Reference]:
    """List what logs on or runs by a credential, by path, as far as the caller may look at such.

    Args:
        id: number of the credential.
        name: name of the credential.

    Raises:
        CredentialNotFound: there is no such credential.
    """
    one_of(id=id, name=name)
    found = context.read(lambda c: rows.references_to(c, rows.find(c, id=id, name=name)))
    return shown_references(context, found)


@operation(
    right=CredentialDefinitions.CHANGE,
    rest=(
        "PUT /credential/{id}/keys/generate/{keyType}?keyLength",
        "PUT /credential/keys/generate/{keyType}?name,keyLength",
        "PUT /credential/keys/generate/{keyType}/{keyLength}?name",
    ),
    soap="Credential.GenerateKeys",
    cmdlet="New-JAMSCredentialKey",
    command="generate-credential-keys",
    names={"key_type": "keyType", "key_length": "keyLength"},
    key=("name", "id"),
    offers=offers.CREDENTIAL,
    columns=COLUMNS,
    pipeline=PIPELINE,
    versioned=True,
)
def generate_credential_keys(
    context: Context,
    key_type: KeyType,
    id: ObjectId | None = None,
    name: Name | None = None,
    key_length: Bits | None = None,
) -> Credential:
    """Make a new pair of keys for a credential, in place of the one that it has; and show the public key.

    The private key stays in the server: it logs on by SFTP. Whoever shall let it in gets the public key.

    Args:
        key_type: by what they are made.
        id: number of the credential.
        name: name of the credential.
        key_length: their bits: 3072 (usual), 4096 or 8192 of RSA; 256 (usual), 384 or 521 of ECDSA; 256 of
            Ed25519.

    Raises:
        CredentialNotFound: there is no such credential.
        InvalidArgument: keys of that type have other lengths.
    """
    one_of(id=id, name=name)
    bits = keypairs.length_of(key_type, key_length)

    def changeable(c: Connection) -> CredentialRecord:
        return credential_rights.check(c, context.caller, rows.find(c, id=id, name=name), "Change")

    context.read(changeable)  # long keys take a processor for many seconds: they are made for nobody else
    keys = keypairs.generated(key_type, bits)
    store = context.services.credentials
    store.get_ready()

    def work(c: Connection) -> Credential:
        found = changeable(c)
        user, condition = context.caller.account, context.condition
        return store.give_keys(c, found.id, keys, user=user, condition=condition)

    return context.write(work)


@operation(
    right=CredentialDefinitions.DECRYPT,
    rest=("POST /credential/{id}/password", "POST /credential/password?name"),
    soap="Credential.GetPassword",
    cmdlet="Get-JAMSCredentialPassword",
    command="credential-password",
    key=("name", "id"),
    offers=offers.CREDENTIAL,
    pipeline=PIPELINE,
)
def get_credential_password(
    context: Context, id: ObjectId | None = None, name: Name | None = None
) -> CredentialPassword:
    """Get the password of a credential. That it was got, and by whom, stands in the audit trail for ever.

    It takes the right CredentialDefinitions.Decrypt, and a line of the credential's own access list that
    gives GetPassword; where it has no list, nobody gets it but who passes by all lists. Private keys are
    given to nobody.

    Args:
        id: number of the credential.
        name: name of the credential.

    Raises:
        CredentialNotFound: there is no such credential.
        AccessDenied: the caller may not get its password.
        InvalidArgument: it has no password.
    """
    one_of(id=id, name=name)

    def look(c: Connection) -> CredentialPassword:
        which = rows.find(c, id=id, name=name)
        found = credential_rights.check(c, context.caller, which, credential_rights.GET_PASSWORD)
        logon = context.services.credentials.logon(c, found.name)
        if not logon.password:
            raise InvalidArgument(f"Credential {found.name} has no password.", target=found.name)
        return CredentialPassword(
            credential_name=found.name, logon_user_name=found.user_name, password=logon.password
        )

    found = context.read(look)
    # Written down before it is told; and apart, so that no copy of the answer is kept anywhere.
    context.write(lambda c: f"{context.caller.account} got the password of {found.credential_name}.")
    return found


def _create(context: Context, c: Connection, new: Credential, keys: KeyPair | None) -> Credential:
    return context.services.credentials.create(
        c,
        new,
        keys,
        user=context.caller.account,
        vouched=_vouches(context),
        lenient=context.lenient,
    )


def _vouches(context: Context) -> bool:
    """Whether the caller may name an account of this machine, for which nobody asks for a password."""
    return context.caller.may(AccessControl.CHANGE)


def _keys(content: str | None, passphrase: str | None) -> KeyPair | None:
    """The pair of keys that is given, read before any transaction: a passphrase makes that slow."""
    return keypairs.imported(content, passphrase or None) if content else None
