"""Accounts and their groups, as administrators see and change them."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from .base import Arguments, Fact, Line, Name, ObjectId, Text, Timestamp
from .session import Secret

SHORTEST_PASSWORD = 8
"""Characters that a new password has at least, whatever the settings say."""

DIGITS_OF_CODE = 6

SOURCES = LOCAL, DIRECTORY, ISSUER = "local", "directory", "openid"
"""Where accounts come from: they were made here, a directory knows them, or an issuer of OpenID Connect."""

Password = Annotated[Secret, Meta(extra={"secret": True})]
NewSecret = Annotated[Secret, Meta(extra_json_schema={"minLength": SHORTEST_PASSWORD})]
"""A password to be; the rules for passwords are held against it where they are known."""


class Account(Fact, frozen=True, kw_only=True):
    """An account: who may log in, and how. No password is ever shown."""

    account_id: Annotated[ObjectId, Meta(description="Number of the account.")]
    account_name: Annotated[str, Meta(description="Name by which its owner logs in.")]
    description: Annotated[str, Meta(description="What it is for, in words.")] = ""
    enabled: Annotated[bool, Meta(description="Whether it is let in.")] = True
    service: Annotated[bool, Meta(description="Whether it is of a program, and logs in by tokens alone.")] = (
        False
    )
    groups: Annotated[list[str], Meta(description="The groups it is in.")] = []
    source: Annotated[str, Meta(description="Where it comes from: local, or a directory or provider.")] = ""
    has_password: Annotated[bool, Meta(description="Whether it has a password here.")] = False
    must_change_password: Annotated[
        bool, Meta(description="Whether its password is to be changed before anything else.")
    ] = False
    password_set_utc: Annotated[Timestamp | None, Meta(description="When its password was set.")] = None
    password_expires_utc: Annotated[
        Timestamp | None, Meta(description="When its password runs out, as the settings say.")
    ] = None
    one_time_codes: Annotated[
        bool, Meta(description="Whether it takes a one-time code to log in by its password.")
    ] = False
    locked_until_utc: Annotated[
        Timestamp | None, Meta(description="Until when no password lets it in, for too many were wrong.")
    ] = None
    last_login_utc: Annotated[
        Timestamp | None, Meta(description="When a token was last given for its password.")
    ] = None
    created_utc: Annotated[Timestamp, Meta(description="When it was made.")]
    last_change_utc: Annotated[Timestamp, Meta(description="When it was changed.")]
    last_changed_by: Annotated[str, Meta(description="Who has changed it.")] = ""


class NewAccount(Arguments, frozen=True, kw_only=True):
    """An account to be made."""

    account_name: Annotated[Name, Meta(description="Name by which its owner logs in.")]
    new_password: Annotated[
        NewSecret | None,
        Meta(description="Its password; without one only tokens let it in.", extra={"secret": True}),
    ] = None
    description: Annotated[Text, Meta(description="What it is for, in words.")] = ""
    groups: Annotated[list[Name], Meta(description="The groups it is in.")] = []
    enabled: Annotated[bool, Meta(description="Whether it is let in.")] = True
    service: Annotated[bool, Meta(description="Whether it is of a program, and logs in by tokens alone.")] = (
        False
    )
    must_change_password: Annotated[
        bool, Meta(description="Whether its password is to be changed before anything else.")
    ] = False
    source: Annotated[
        Line,
        Meta(
            description="Where it comes from: local, or directory or openid. Its password is there, and the "
            "first login by its name binds it to whom it is of.",
            extra_json_schema={"enum": list(SOURCES)},
        ),
    ] = LOCAL


class AccountChange(Arguments, frozen=True, kw_only=True):
    """What shall be otherwise of an account; what is left out stays as it is."""

    description: Annotated[Text | None, Meta(description="What it is for, in words.")] = None
    groups: Annotated[
        list[Name] | None, Meta(description="The groups it is in, in place of all that it was in.")
    ] = None
    enabled: Annotated[bool | None, Meta(description="Whether it is let in.")] = None
    service: Annotated[
        bool | None, Meta(description="Whether it is of a program, and logs in by tokens alone.")
    ] = None
    must_change_password: Annotated[
        bool | None, Meta(description="Whether its password is to be changed before anything else.")
    ] = None


class NewPassword(Arguments, frozen=True, kw_only=True):
    """Another password for an account."""

    new_password: Annotated[
        NewSecret, Meta(description="The password that it has from now on.", extra={"secret": True})
    ]
    must_change: Annotated[
        bool, Meta(description="Whether its owner has to change it before anything else.")
    ] = False


class OwnPassword(Arguments, frozen=True, kw_only=True):
    """Another password of the caller's own."""

    old_password: Annotated[Password, Meta(description="The password that it has until now.")]
    new_password: Annotated[
        NewSecret, Meta(description="The password that it has from now on.", extra={"secret": True})
    ]


class AccountGroup(Fact, frozen=True, kw_only=True):
    """A group of accounts, which access lists may name."""

    group_id: Annotated[ObjectId, Meta(description="Number of the group.")]
    group_name: Annotated[str, Meta(description="Name of the group.")]
    description: Annotated[str, Meta(description="What it is for, in words.")] = ""
    accounts: Annotated[list[str], Meta(description="The accounts that are in it.")] = []
    passes: Annotated[bool, Meta(description="Whether its members may do everything.")] = False


class NewGroup(Arguments, frozen=True, kw_only=True):
    """A group to be made."""

    group_name: Annotated[Name, Meta(description="Name of the group.")]
    description: Annotated[Text, Meta(description="What it is for, in words.")] = ""
    accounts: Annotated[list[Name], Meta(description="The accounts that are in it.")] = []


class GroupChange(Arguments, frozen=True, kw_only=True):
    """What shall be otherwise of a group; what is left out stays as it is."""

    description: Annotated[Text | None, Meta(description="What it is for, in words.")] = None
    accounts: Annotated[
        list[Name] | None, Meta(description="The accounts in it, in place of all that were.")
    ] = None


class CodeSecret(Fact, frozen=True, kw_only=True):
    """What an authenticator needs to make one-time codes. Nobody can show it again."""

    uri: Annotated[str, Meta(description="Address for authenticators, otpauth://; as a QR code mostly.")]
    secret: Annotated[str, Meta(description="The secret in it, in base32, to be typed.")]


class RecoveryCodes(Fact, frozen=True, kw_only=True):
    """Codes that stand for a one-time code, each once. Nobody can show them again."""

    codes: Annotated[list[str], Meta(description="The codes; keep them where the authenticator is not.")]


class CodeProof(Arguments, frozen=True, kw_only=True):
    """A one-time code."""

    code: Annotated[
        Line,
        Meta(
            description="The six digits that the authenticator shows now.",
            extra={"as_written": True},
            extra_json_schema={"pattern": f"^[0-9]{{{DIGITS_OF_CODE}}}$"},
        ),
    ]
