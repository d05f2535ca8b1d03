"""Who is asking, and what is known of the server."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from msgspec import Meta, field

from .base import Arguments, Count, Fact, Line, Name, ObjectId, Timestamp
from .enums import Severity
from .events import EventAction
from .parts import Damage

Secret = Annotated[str, Meta(max_length=1024, extra={"text": "raw"})]


IdToken = Annotated[str, Meta(max_length=16 << 10, extra={"text": "raw"})]


class LoginData(Arguments, frozen=True, kw_only=True):
    """A name and password, a refresh token or an ID token, to be exchanged for an access token."""

    username: Annotated[Name | None, Meta(description="Name of the account.")] = None
    password: Annotated[
        Secret | None, Meta(description="Password of the account.", extra={"secret": True})
    ] = None
    grant_type: Annotated[
        Line | None, Meta(description="'password' (default), 'refresh_token' or 'id_token'.")
    ] = field(name="grant_Type", default=None)
    refresh_token: Annotated[
        Secret | None, Meta(description="With grant_Type refresh_token.", extra={"secret": True})
    ] = field(name="refresh_Token", default=None)
    code: Annotated[
        Secret | None,
        Meta(
            description="One-time code, where the account takes such, or a recovery code.",
            extra={"secret": True},
        ),
    ] = None
    id_token: Annotated[
        IdToken | None,
        Meta(
            description="With grant_Type id_token: what the issuer of OpenID Connect has given at a login.",
            extra={"secret": True},
        ),
    ] = field(name="id_Token", default=None)


class AccessToken(Fact, frozen=True, kw_only=True):
    """An access token. ``expires_in`` is its life in seconds, as text, as published.

    ``refresh_token`` is empty where an ID token has opened the login: it is over when the token runs out.
    """

    access_token: str = field(name="access_token")
    expires_in: str = field(name="expires_in")
    refresh_token: str = field(name="refresh_token")
    token_type: str = field(name="token_type", default="Bearer")


class SingleSignOn(Fact, frozen=True, kw_only=True):
    """How people log in by the issuer of OpenID Connect whose word counts here."""

    offered: Annotated[bool, Meta(description="Whether they can; if not, all else is empty.")]
    issuer: Annotated[str, Meta(description="The issuer, as it calls itself in its tokens.")] = ""
    client_id: Annotated[
        str, Meta(description="What clients of JAMS are called there: a public client, which uses PKCE.")
    ] = field(name="clientID", default="")
    scopes: Annotated[list[str], Meta(description="What they ask for.")] = []
    authorization_endpoint: Annotated[str, Meta(description="Where a browser is sent.")] = ""
    token_endpoint: Annotated[str, Meta(description="Where a code is exchanged for an ID token.")] = ""
    device_authorization_endpoint: Annotated[
        str, Meta(description="Where a code for another device is asked for; empty: it gives none.")
    ] = ""


class Identity(Fact, frozen=True, kw_only=True):
    """Who the caller is."""

    username: str
    mapped_to: str | None = None
    impersonated_user: str | None = None
    groups: list[str] = []


class AuditChain(Enum):
    """One of the chains of the audit trail."""

    DONE = "Done"
    """What was done."""
    REFUSED = "Refused"
    """What was refused."""


class AuditFault(Enum):
    """What has happened to a chain of the audit trail."""

    CHANGED = "Changed"
    """A record is not as it was written."""
    DELETED = "Deleted"
    """Records between others are missing."""
    INSERTED = "Inserted"
    """A record was not written by JAMS, or twice."""
    TRUNCATED = "Truncated"
    """Records at the end are missing."""
    UNSIGNED = "Unsigned"
    """Records at the beginning are missing, and no purge says that it has removed them."""
    BEYOND = "Beyond"
    """A head that was published is of a record that was purged since: nothing can be said of it."""


class AuditChange(Fact, frozen=True, kw_only=True):
    """An object that something has changed, with what differs."""

    object_type: Annotated[str, Meta(description="What it is, as Job, Account or AccessRule.")]
    object_id: Annotated[ObjectId | None, Meta(description="Its number, if it has one.")] = None
    object_name: Annotated[str, Meta(description="What it is called; of what was removed, was called.")] = ""
    action: Annotated[EventAction, Meta(description="Whether it was added, changed or removed.")]
    before: Annotated[
        str | None,
        Meta(description="What differs, as it was, as JSON; absent of what is new. Secrets are asterisks."),
    ] = None
    after: Annotated[
        str | None,
        Meta(description="What differs, as it is, as JSON; absent of what was removed."),
    ] = None


class AuditRecord(Fact, frozen=True, kw_only=True):
    """A line of the audit trail: something that was done or refused.

    ``objectType`` is the family of the operation, ``objectID`` the number of the object if it was named by
    its number, ``target`` the object as it was named. ``refusal`` is the code of the error, absent if it was
    done; ``times`` is how often in a row it was refused. Of a refused login ``userName`` is the name that was
    claimed; ``*`` stands for nobody, and for several of whom only the number is known.
    """

    audit_time: Timestamp
    user_name: str
    message: str
    object_type: str = ""
    object_id: int | None = None
    target: str | None = None
    operation: str = ""
    door: str = ""
    origin: str = ""
    refusal: str | None = None
    times: Count = 1
    damage: Damage = None
    audit_id: Annotated[ObjectId | None, Meta(description="Number of the line.")] = None
    link: Annotated[
        Count | None,
        Meta(description="Number of the record in its chain: what was done, or what was refused."),
    ] = None
    previous: Annotated[
        str | None, Meta(description="SHA-256 of the record before it in the chain, in hexadecimal.")
    ] = None
    changed: Annotated[Count, Meta(description="How many objects it has changed.")] = 0
    changes: Annotated[
        list[AuditChange],
        Meta(description="These objects, the first thousand, with before and after of the first hundred."),
    ] = []


class AuditHead(Fact, frozen=True, kw_only=True):
    """The last record of a chain of the audit trail.

    Kept where nobody who can write to the database can change it, it shows later whether what was in the
    trail then is still there.
    """

    chain: Annotated[str, Meta(description="done, or refused.")]
    link: Annotated[Count, Meta(description="Number of the chain's last record; 0 without any.")]
    hash: Annotated[str, Meta(description="SHA-256 of that record, in hexadecimal.")]
    text: Annotated[str, Meta(description="The head as it is given to verify_audit.")]


class AuditFinding(Fact, frozen=True, kw_only=True):
    """Something of a chain that is not as it was written."""

    chain: Annotated[str, Meta(description="done, or refused.")]
    kind: Annotated[AuditFault, Meta(description="What has happened to it.")]
    link: Annotated[Count, Meta(description="Number of the record in its chain; of several the first.")]
    message: Annotated[str, Meta(description="The same in a sentence.")]


class AuditVerification(Fact, frozen=True, kw_only=True):
    """Whether the audit trail is as it was written."""

    intact: Annotated[bool, Meta(description="Whether nothing was found.")]
    message: Annotated[str, Meta(description="The same in a sentence.")]
    records: Annotated[Count, Meta(description="Records that were looked at.")]
    findings: Annotated[list[AuditFinding], Meta(description="What was found, the first hundred.")] = []
    heads: Annotated[list[AuditHead], Meta(description="The heads as they are now.")] = []


class ServerInfo(Fact, frozen=True, kw_only=True):
    """What the server is."""

    product: str
    version: str
    server_name: str
    started_utc: Timestamp
    time_utc: Timestamp
    time_offset: str
    database: str
    schema_version: str
    platform: str
    python: str
    jobs_run_as: Annotated[
        str, Meta(description="Account of its machine as which jobs run whose ExecuteAs names none.")
    ] = ""
    jobs_apart: Annotated[
        bool,
        Meta(description="Whether no job runs as the account of the server, to read its secrets."),
    ] = False


class FailoverStatus(Fact, frozen=True, kw_only=True):
    """Which of the servers that may stand in for each other does the work. Here there is one."""

    status: Annotated[str, Meta(description="Active while its scheduler runs, else Passive.")]
    role: Annotated[str, Meta(description="Primary: there is no other.")]
    primary: Annotated[str, Meta(description="Name of the server that does the work by right.")]
    secondary: Annotated[str, Meta(description="Name of the one that stands in for it; empty: none.")]
    message: Annotated[str, Meta(description="The same in a sentence.")]


class FailoverChange(Arguments, frozen=True, kw_only=True):
    """Which server shall do the work."""

    active: Annotated[bool, Meta(description="Whether it shall be this one, or else the other.")] = False


class ServerStatistics(Fact, frozen=True, kw_only=True):
    """What the process of the server and its machine use; a sample is taken every StatsInterval seconds."""

    sampled_utc: Annotated[Timestamp, Meta(description="When it was taken.")]
    seconds: Annotated[
        float, Meta(description="Seconds since the one before, of which the shares are; 0 in the first one.")
    ]
    process_cpu: Annotated[float, Meta(description="Share of a processor that the server used, in percent.")]
    process_memory: Annotated[int, Meta(description="Bytes of memory that the server has.")]
    process_threads: Annotated[int, Meta(description="How many threads the server has.")]
    machine_cpu: Annotated[float, Meta(description="Share of all processors that was used, in percent.")]
    machine_memory: Annotated[int, Meta(description="Bytes of memory that the machine has.")]
    machine_memory_free: Annotated[int, Meta(description="Bytes of it that programs can still be given.")]


class ServerStatus(Fact, frozen=True, kw_only=True):
    """The health light: the worst thing known, in words, and its severity."""

    message: str
    severity: Severity
    scheduler_active: bool
    entries_waiting: int
    entries_executing: int
    statistics: Annotated[
        ServerStatistics | None, Meta(description="The last sample of what the server and its machine use.")
    ] = None
