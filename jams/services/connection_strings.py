r"""Connection strings: what ``ConnectionString`` may say, as the address of a database.

The original's own form names SQL Server: ``Server=HOST\INSTANCE; Failover Partner=…; Database=JAMS;
Application Name=JAMS; Connect Timeout=600; Integrated Security=SSPI`` or ``…; uid=…; pwd=…`` (semantics 6.3).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from jams.objects.base import did_you_mean
from jams.objects.errors import ConfigurationInvalid

from . import sqlserver_strings
from .referred_secrets import Address, resolved

EMBEDDED = "JAMS.db"

_MEANINGS = {
    "host": "host",
    "filename": "file",
    "data source": "file",
    "port": "port",
    "database": "database",
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
            (``Server=...;Database=...`` for SQL Server, ``Host=...;Database=...`` for PostgreSQL,
            ``Data Source=FILE.db`` for SQLite). A part may be taken from elsewhere, see
            :mod:`jams.services.referred_secrets`.
        home: what relative paths are relative to.

    Raises:
        ConfigurationInvalid: the text names no database that this version can use.
    """
    text = text.strip()
    try:
        if "://" in text:
            return _from_address(text, home)
        if "=" in text:
            return _from_list(text, home)
    except ValueError as error:
        raise _invalid(str(error)) from None
    return _sqlite(home, text or EMBEDDED)


def _sqlite(home: Path, path: str) -> URL:
    return URL.create("sqlite", database=str(home / Path(path).expanduser()))


def _from_address(text: str, home: Path) -> URL:
    address = Address(text)
    try:
        url = make_url(address.plain)
    except (ArgumentError, ValueError):
        raise ValueError("is not an address of the form postgresql://user:password@host/name") from None
    kind = url.get_backend_name()
    if kind == "sqlite":
        if not url.database or url.database == ":memory:":
            raise ValueError("names an SQLite database without a file; it would be lost at the end")
        if url.query or url.host:
            raise ValueError("says more of an SQLite database than its file")
        return _sqlite(home, url.database)
    if kind in ("postgresql", "postgres"):
        for name in url.query:
            if name not in OPTIONS:
                raise ValueError(f"has an option {name!r} that is not known.{did_you_mean(name, OPTIONS)}")
        return address.resolved(url.set(drivername="postgresql+psycopg"), home)
    if kind in ("mssql", "sqlserver"):
        return address.resolved(sqlserver_strings.of_address(url), home)
    raise ValueError(
        f"names a database of the kind {kind}; this version uses SQLite, PostgreSQL or SQL Server"
    )


def _from_list(text: str, home: Path) -> URL:
    parts = dict(_parts(text, home))
    file = parts.get("filename") or parts.get("data source") or parts.get("server") or ""
    if file.lower().endswith((".db", ".sqlite", ".sqlite3")):
        if len(parts) > 1:
            raise ValueError("says more of an SQLite database than its file")
        return _sqlite(home, file)
    if "host" not in parts:
        return sqlserver_strings.of_list(parts)
    found: dict[str, str] = {}
    for key, value in parts.items():
        if key not in _MEANINGS:
            raise ValueError(f"has a part {key!r} that is not known.{did_you_mean(key, _MEANINGS)}")
        found[_MEANINGS[key]] = value
    return _postgresql(found)


def _parts(text: str, home: Path) -> list[tuple[str, str]]:
    """The parts of a list, by their keys in small letters; quotes around a value let it hold semicolons."""
    found: list[tuple[str, str]] = []
    rest = text
    while rest := rest.strip("; \t\r\n"):
        key, mark, rest = rest.partition("=")
        rest = rest.lstrip()
        if mark and rest[:1] in ("'", '"') and rest[:1] in rest[1:]:
            value, _, rest = rest[1:].partition(rest[0])
        else:
            value, _, rest = rest.partition(";")
        if not mark or not key.strip():
            raise ValueError("is a list of parts like Database=JAMS, with ; between them")
        found.append((key.strip().lower(), resolved(value.strip(), home)))
    return found


def _postgresql(found: dict[str, str]) -> URL:
    if not found.get("port", "5432").isdecimal():
        raise ValueError("has a port that is not a number")
    if not found.get("connect_timeout", "10").isdecimal():
        raise ValueError("has a timeout that is no number of seconds")
    mode = (
        found.get("sslmode", "prefer").lower().replace("verifyca", "verify-ca").replace("fyfull", "fy-full")
    )
    if mode not in _SSL_MODES:
        raise ValueError(f"has an SSL mode that is none of {', '.join(_SSL_MODES)}")
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
