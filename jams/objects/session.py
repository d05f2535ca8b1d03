"""Who is asking, and what is known of the server."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, field

from .base import Arguments, Count, Fact, Line, Name, Timestamp
from .enums import Severity
from .parts import Damage

Secret = Annotated[str, Meta(max_length=1024, extra={"text": "raw"})]


class LoginData(Arguments, frozen=True, kw_only=True):
    """A name and password, or a refresh token, to be exchanged for an access token."""

    username: Annotated[Name | None, Meta(description="Name of the account.")] = None
    password: Annotated[
        Secret | None, Meta(description="Password of the account.", extra={"secret": True})
    ] = None
    grant_type: Annotated[Line | None, Meta(description="'password' (default) or 'refresh_token'.")] = field(
        name="grant_Type", default=None
    )
    refresh_token: Annotated[
        Secret | None, Meta(description="With grant_Type refresh_token.", extra={"secret": True})
    ] = field(name="refresh_Token", default=None)


class AccessToken(Fact, frozen=True, kw_only=True):
    """An access token. ``expires_in`` is its life in seconds, as text, as published."""

    access_token: str = field(name="access_token")
    expires_in: str = field(name="expires_in")
    refresh_token: str = field(name="refresh_token")
    token_type: str = field(name="token_type", default="Bearer")


class Identity(Fact, frozen=True, kw_only=True):
    """Who the caller is."""

    username: str
    mapped_to: str | None = None
    impersonated_user: str | None = None
    groups: list[str] = []


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


class ServerStatus(Fact, frozen=True, kw_only=True):
    """The health light: the worst thing known, in words, and its severity."""

    message: str
    severity: Severity
    scheduler_active: bool
    entries_waiting: int
    entries_executing: int
