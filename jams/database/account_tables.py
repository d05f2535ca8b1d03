"""The tables of accounts, of their groups, and of what they were given to log in with."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Unicode,
    UnicodeText,
    UniqueConstraint,
    false,
)

from .columns import Name, Note, UtcTime, YesNo
from .table_parts import Number, metadata, named, number

account = Table(
    "account",
    metadata,
    number(),
    *named(),
    Column("password_hash", Unicode(512)),
    Column("enabled", YesNo, nullable=False, default=True),
    Column("description", Note, nullable=False, default=""),
    Column("created", UtcTime, nullable=False),
    Column("changed", UtcTime, nullable=False),
    Column("version", Number, nullable=False, server_default="1"),
    Column("changed_by", Name, nullable=False, server_default=""),
    Column("source", String(32), nullable=False, server_default="local"),
    Column("external_id", Unicode(512)),
    Column("service", YesNo, nullable=False, server_default=false()),
    Column("password_set", UtcTime),
    Column("must_change", YesNo, nullable=False, server_default=false()),
    Column("last_login", UtcTime),
    Column("code_secret", Unicode(512)),
    Column("code_confirmed", YesNo, nullable=False, server_default=false()),
    Column("code_step", BigInteger),
    UniqueConstraint("name_key"),
    Index(None, "source", "external_id"),
    sqlite_autoincrement=True,
)
"""``source`` tells where an account comes from: ``local`` for those made here, or else the directory or
provider in which it is ``external_id``. ``service``: it is of a program, and logs in by no password.
``code_secret`` is the sealed secret of its one-time codes, which count from ``code_confirmed`` on;
``code_step`` is the last step of time whose code was taken, so that none is taken twice."""

account_group = Table(
    "account_group",
    metadata,
    number(),
    *named(),
    Column("description", Note, nullable=False, default=""),
    Column("version", Number, nullable=False, server_default="1"),
    Column("changed", UtcTime),
    Column("changed_by", Name, nullable=False, server_default=""),
    UniqueConstraint("name_key"),
    sqlite_autoincrement=True,
)

membership = Table(
    "membership",
    metadata,
    Column("account_id", Number, ForeignKey("account.id"), primary_key=True),
    Column("group_id", Number, ForeignKey("account_group.id"), primary_key=True),
)

password_used = Table(
    "password_used",
    metadata,
    number(),
    Column("account_id", Number, ForeignKey("account.id"), nullable=False, index=True),
    Column("password_hash", Unicode(512), nullable=False),
    Column("replaced", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)
"""Hashes of passwords that accounts had before, so that they are not taken again."""

recovery_code = Table(
    "recovery_code",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("account_id", Number, ForeignKey("account.id"), nullable=False, index=True),
)
"""Codes that stand for a one-time code, each once; ``digest`` is as of :data:`token`."""

failed_login = Table(
    "failed_login",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("last", UtcTime, nullable=False, index=True),
    Column("locked_until", UtcTime),
)
"""Failed logins by the name that was claimed, whether it exists or not; ``digest`` is the SHA-256 of its
folded form, for people type passwords where names belong."""

token = Table(
    "token",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("account_id", Number, ForeignKey("account.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("family", String(32), index=True),
    Column("created", UtcTime, nullable=False),
    Column("expires", UtcTime, index=True),
)
"""``digest`` is the SHA-256 of a token; the token itself is never stored. ``family`` names the login that
all tokens refreshed from it belong to."""

personal_token = Table(
    "personal_token",
    metadata,
    number(),
    Column("account_id", Number, ForeignKey("account.id"), nullable=False),
    *named(),
    Column("digest", String(64), nullable=False, unique=True),
    Column("rights", UnicodeText, nullable=False),
    Column("created", UtcTime, nullable=False),
    Column("expires", UtcTime, nullable=False),
    Column("folders", UnicodeText, nullable=False, server_default=""),
    Column("operations", UnicodeText, nullable=False, server_default=""),
    Column("read_only", YesNo, nullable=False, server_default=false()),
    UniqueConstraint("account_id", "name_key"),
    sqlite_autoincrement=True,
)
"""Tokens that people give to programs. ``digest`` is as of :data:`token`; ``rights`` are those that one is
narrowed to, with commas between them, and empty where it has all of its account; ``folders`` likewise are the
numbers of those that it is limited to, ``operations`` the names. With ``read_only`` it changes nothing."""

outside_standing = Table(
    "outside_standing",
    metadata,
    Column("account_id", Number, ForeignKey("account.id"), primary_key=True, autoincrement=False),
    Column("groups", UnicodeText),
    Column("said", UtcTime, nullable=False),
)
"""Groups of accounts that come from outside, as a list of names in JSON, and when their directory or issuer
has said so; without groups it has said that it knows nobody any more."""
