"""Connection strings: what ``ConnectionString`` may say, as the address of a database."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from jams.objects.base import did_you_mean
from jams.objects.errors import ConfigurationInvalid

EMBEDDED = "JAMS.db"

_MEANINGS = {
    "host": "host",
    "server": "server",
    "data source": "server",
    "filename": "file",
    "port": "port",
    "database": "database",
    "initial catalog": "database",
    "username": "user",
    "user id": "user",
    "user": "user",
    "uid": "user",
    "password": "password",
    "pwd": "password",
    "ssl mode": "sslmode",
    "sslmode": "sslmode",
    "timeout": "connect_timeout",
    "connect timeout": "connect_timeout",
    "application name": "application_name",
}
_SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")

OPTIONS = (
    "application_name", "channel_binding", "client_encoding", "connect_timeout", "gssencmode", "host",
    "keepalives", "keepalives_count", "keepalives_idle", "keepalives_interval", "krbsrvname",
    "load_balance_hosts", "options", "passfile", "port", "require_auth", "service", "sslcert", "sslcrl",
    "sslkey", "sslmode", "sslrootcert", "target_session_attrs", "tcp_user_timeout",
)  # fmt: skip
"""What the address of a PostgreSQL database may say behind its question mark, as libpq knows it."""


def database_url(text: str, home: Path) -> URL:
    """The address of the database that a connection string names.

    Args:
        text: empty (the embedded database), a file path, an address, or a semicolon list as .NET writes it
            (``Host=...;Database=...`` for PostgreSQL, ``Data Source=FILE.db`` for SQLite).
        home: what relative paths are relative to.

    Raises:
        ConfigurationInvalid: the text names no database that this version can use.
    """
    text = text.strip()
    if "://" in text:
        return _from_address(text, home)
    if "=" in text:
        return _from_list(text, home)
    return _sqlite(home, text or EMBEDDED)


def _sqlite(home: Path, path: str) -> URL:
    return URL.create("sqlite", database=str(home / Path(path).expanduser()))


def _from_address(text: str, home: Path) -> URL:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise _invalid("is not an address of the form postgresql://user:password@host/name") from None
    kind = url.get_backend_name()
    if kind == "sqlite":
        if not url.database or url.database == ":memory:":
            raise _invalid("names an SQLite database without a file; it would be lost at the end")
        if url.query or url.host:
            raise _invalid("says more of an SQLite database than its file")
        return _sqlite(home, url.database)
    if kind in ("postgresql", "postgres"):
        for name in url.query:
            if name not in OPTIONS:
                raise _invalid(f"has an option {name!r} that is not known.{did_you_mean(name, OPTIONS)}")
        return url.set(drivername="postgresql+psycopg")
    raise _invalid(f"names a database of the kind {kind}; this version uses SQLite or PostgreSQL")


def _from_list(text: str, home: Path) -> URL:
    found: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        key, _, value = part.partition("=")
        key = key.strip().lower()
        meaning = _MEANINGS.get(key)
        if meaning:
            found[meaning] = value.strip().strip("'\"")
        else:
            raise _invalid(f"has a part {key!r} that is not known.{did_you_mean(key, _MEANINGS)}")
    file = found.get("file") or found.get("server", "")
    if file.lower().endswith((".db", ".sqlite", ".sqlite3")):
        if len(found) > 1:
            raise _invalid("says more of an SQLite database than its file")
        return _sqlite(home, file)
    if "host" not in found:
        raise _invalid("names an SQL Server database; this version uses SQLite or PostgreSQL (Host=...)")
    if not found.get("port", "5432").isdecimal():
        raise _invalid("has a port that is not a number")
    if not found.get("connect_timeout", "10").isdecimal():
        raise _invalid("has a timeout that is no number of seconds")
    mode = (
        found.get("sslmode", "prefer").lower().replace("verifyca", "verify-ca").replace("fyfull", "fy-full")
    )
    if mode not in _SSL_MODES:
        raise _invalid(f"has an SSL mode that is none of {', '.join(_SSL_MODES)}")
    options = ("connect_timeout", "application_name")
    query: dict[str, Sequence[str] | str] = {name: found[name] for name in options if name in found}
    if "sslmode" in found:
        query["sslmode"] = mode
    return URL.create(
        "postgresql+psycopg",
        username=found.get("user"),
        password=found.get("password"),
        host=found["host"],
        port=int(found.get("port", "5432")),
        database=found.get("database", "jams"),
        query=query,
    )


def _invalid(fault: str) -> ConfigurationInvalid:
    end = "" if fault.endswith((".", "?")) else "."
    return ConfigurationInvalid(f"ConnectionString {fault}{end}", target="ConnectionString")
