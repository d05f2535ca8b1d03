"""Accounts of the database server as which the services run, without being the owner of the tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import URL

from jams.database import database_servers, grants, quoting
from jams.objects.errors import AccessDenied, DatabaseUnusable, InvalidArgument, NotSupported


def statements(url: URL, role: str, account: str) -> list[str]:
    """The statements that let an account run the services, as they stand now; nothing is changed.

    Raises:
        NotSupported: the database knows no accounts.
        InvalidArgument: it is no name, or there is no such account.
        DatabaseUnusable: the database cannot be reached.
    """
    for each in (role, account):
        if not each.strip() or any(ord(letter) < 32 for letter in each) or len(each) > 128:
            raise InvalidArgument(f"{each!r} is no name of an account or a role.")
    if role == account:
        raise InvalidArgument(f"{account} cannot be a member of itself; name another role.")
    kind = url.get_backend_name()
    if kind == "sqlite":
        raise NotSupported(
            "SQLite knows no accounts: whoever may read and write the file may do everything with it. Give "
            "the file and its folder to the account of the services."
        )
    if kind == "mssql":
        return grants.on_sql_server(str(url.database), role, account)
    if role.startswith("pg_"):
        raise InvalidArgument(f"The role {role} is PostgreSQL's own; name another one.")
    with _session(url) as session:
        name, schema, owner = session.execute(
            "SELECT current_database(), current_schema(), coalesce((SELECT tableowner FROM pg_tables"
            " WHERE schemaname = current_schema() AND tablename = 'job'), current_user)"
        ).fetchone()
        roles = {
            each
            for (each,) in session.execute(
                "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [[role, account]]
            )
        }
    if account not in roles:
        shown = account if re.fullmatch("[a-z_][a-z0-9_]*", account) else quoting.name(account)
        raise InvalidArgument(
            f"PostgreSQL has no account {account}; make it: CREATE ROLE {shown} LOGIN PASSWORD '…'."
        )
    return grants.on_postgresql(name, schema, owner, role, account, make=role not in roles)


def allow(url: URL, told: Sequence[str]) -> None:
    """Say the statements.

    Raises:
        AccessDenied: the account of the connection string may not, on PostgreSQL; nothing was changed.
        DatabaseUnusable: the database cannot be reached, or refuses a statement; on SQL Server what was said
            before that one stands, and is passed over when all is said again.
    """
    if url.get_backend_name() == "mssql":
        _allow_on_sql_server(url, told)
        return
    import psycopg

    from jams.database import postgresql

    with _session(url) as session, session.transaction():
        try:
            for statement in told:
                session.execute(statement.encode())
        except psycopg.errors.InsufficientPrivilege as error:
            reason = str(error).strip().splitlines()[0]
            raise AccessDenied(
                f"The account {url.username or 'of the connection'} may not do that ({reason}). Nothing was "
                "changed: let an administrator of PostgreSQL say what /SHOW shows."
            ) from None
        except psycopg.Error as error:
            raise postgresql.unusable(url.render_as_string(hide_password=True), error) from None


def _allow_on_sql_server(url: URL, told: Sequence[str]) -> None:
    database_servers.of(url)
    from jams.database import sqlserver

    try:
        with closing(sqlserver.Connector(url, "").connect()) as connection:
            for statement in told:
                connection.execute(statement).close()
    except sqlserver.DriverError as error:
        raise sqlserver.unusable(url.render_as_string(hide_password=True), error) from None


def _session(url: URL) -> Any:
    database_servers.of(url)
    from jams.database import postgresql

    try:
        return postgresql.connect(url, application_name="JAMSDBA", options="")
    except postgresql.DriverError as error:
        found: DatabaseUnusable = postgresql.unusable(url.render_as_string(hide_password=True), error)
        raise found from None
