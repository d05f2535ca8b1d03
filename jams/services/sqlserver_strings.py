"""The connection strings of SQL Server, in the original's form and as addresses, as one kind of address.

That address is ``mssql+pyodbc://user:password@host:port/database?…``, with the options below; without a user
the login is that of the operating system. :mod:`jams.database.sqlserver` makes of it what ODBC is told.
All raise ValueError with the second half of a sentence about the connection string.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import URL

from jams.objects.base import did_you_mean

_MEANINGS = {
    "server": "server",
    "data source": "server",
    "address": "server",
    "addr": "server",
    "network address": "server",
    "failover partner": "failover_partner",
    "database": "database",
    "initial catalog": "database",
    "uid": "user",
    "user": "user",
    "user id": "user",
    "pwd": "password",
    "password": "password",
    "integrated security": "trusted",
    "trusted_connection": "trusted",
    "connect timeout": "connect_timeout",
    "connection timeout": "connect_timeout",
    "timeout": "connect_timeout",
    "application name": "application_name",
    "app": "application_name",
    "encrypt": "encrypt",
    "trustservercertificate": "trust_server_certificate",
    "trust server certificate": "trust_server_certificate",
    "driver": "driver",
    "multisubnetfailover": "odbc_MultiSubnetFailover",
    "multi subnet failover": "odbc_MultiSubnetFailover",
}

WITHOUT_EFFECT = {
    "asynchronous processing": "every statement is waited for",
    "connection lifetime": "connections are pooled by JAMS",
    "load balance timeout": "connections are pooled by JAMS",
    "max pool size": "DatabaseConnections says how many connections there are",
    "min pool size": "connections are pooled by JAMS",
    "mars connection": "a connection carries one statement at a time",
    "multipleactiveresultsets": "a connection carries one statement at a time",
    "network library": "the way is TCP",
    "packet size": "the driver chooses it",
    "persist security info": "the password is never shown",
    "pooling": "connections are pooled by JAMS",
    "workstation id": "the driver tells it",
}
"""Keys of .NET that say nothing here, and why; they are taken, so that a string can be brought along."""

OPTIONS = (
    "application_name", "connect_timeout", "driver", "encrypt", "failover_partner", "instance",
    "odbc_MultiSubnetFailover", "trust_server_certificate",
)  # fmt: skip
"""What an address may say behind its question mark."""

_TRUE, _FALSE = ("true", "yes", "sspi", "1"), ("false", "no", "0")
_ENCRYPTION = {"true": "yes", "mandatory": "yes", "false": "no", "optional": "no", "strict": "strict"}


def of_list(parts: Mapping[str, str]) -> URL:
    """The address that a semicolon list says, by keys in small letters."""
    found: dict[str, str] = {}
    for key, value in parts.items():
        if key in _MEANINGS:
            found[_MEANINGS[key]] = value
        elif key not in WITHOUT_EFFECT:
            raise ValueError(
                f"has a part {key!r} that is not known.{did_you_mean(key, [*_MEANINGS, *WITHOUT_EFFECT])}"
            )
    if not found.get("server"):
        raise ValueError("names no server: Server=... is one of SQL Server, Host=... one of PostgreSQL")
    trusted = _yes("Integrated Security", found.pop("trusted", "false"))
    user, password = found.pop("user", None), found.pop("password", None)
    if trusted and (user or password):
        raise ValueError("has Integrated Security, and uid or pwd as well; say one of them")
    if not trusted and not user:
        raise ValueError("says neither Integrated Security=SSPI nor uid and pwd")
    host, instance, port = _place(found.pop("server"))
    query = {**({"instance": instance} if instance else {}), **found}
    database = query.pop("database", "") or "JAMS"
    return _checked(
        URL.create("mssql+pyodbc", user, password, host, port, database, {**query}),
    )


def of_address(url: URL) -> URL:
    """An address, with its options looked at."""
    for name in url.query:
        if name not in OPTIONS:
            raise ValueError(f"has an option {name!r} that is not known.{did_you_mean(name, OPTIONS)}")
    if not url.host:
        raise ValueError("names no server; write mssql://user:password@host/name")
    return _checked(url.set(drivername="mssql+pyodbc", database=url.database or "JAMS"))


def ignored(text: str) -> list[str]:
    """What a connection string says without effect, each as a sentence."""
    keys = (
        {part.partition("=")[0].strip().lower() for part in text.split(";")} if "://" not in text else set()
    )
    return [
        f"ConnectionString says {key}, which has no effect: {why}."
        for key, why in WITHOUT_EFFECT.items()
        if key in keys
    ]


def _place(server: str) -> tuple[str, str, int | None]:
    r"""Host, instance and port of ``tcp:HOST\INSTANCE,PORT``; ``.`` and ``(local)`` are this machine."""
    server = server.removeprefix("tcp:")
    if server.startswith(("np:", "lpc:", r"\\")):
        raise ValueError("names a server by a pipe; it is reached over TCP")
    place, _, port = server.partition(",")
    host, _, instance = place.partition("\\")
    host = host.strip()
    if host.lower() in (".", "(local)", "(localhost)", ""):
        host = "localhost"
    if port.strip() and not (port.strip().isdecimal() and 0 < int(port) < 65_536):
        raise ValueError("has a port that is not a number")
    # MSSQLSERVER is the name of the instance that has none.
    instance = "" if instance.strip().upper() == "MSSQLSERVER" else instance.strip()
    return host, instance, int(port) if port.strip() else None


def _checked(url: URL) -> URL:
    query = {name: str(value) for name, value in url.query.items()}
    if not query.get("connect_timeout", "15").isdecimal():
        raise ValueError("has a timeout that is no number of seconds")
    for name in ("trust_server_certificate", "odbc_MultiSubnetFailover"):
        if name in query:
            query[name] = "yes" if _yes(name, query[name]) else "no"
    if "encrypt" in query:
        given = query["encrypt"].lower()
        query["encrypt"] = _ENCRYPTION.get(given, given)
        if query["encrypt"] not in ("yes", "no", "strict"):
            raise ValueError("has an Encrypt that is none of yes, no, strict")
    if "failover_partner" in query:
        host, instance, port = _place(query["failover_partner"])
        query["failover_partner"] = f"{host}\\{instance}" if instance else f"{host},{port}" if port else host
    return url.set(query={name: value for name, value in query.items() if value})


def _yes(name: str, value: str) -> bool:
    if value.lower() not in _TRUE + _FALSE:
        raise ValueError(f"has a {name} that is neither true nor false")
    return value.lower() in _TRUE
