"""What an account of a database server needs to run JAMS: membership in the guide's role JAMSApp.

The role may read and write every table, those of later versions too, and change none of the schema: that is
for the owner, who installs and updates.
"""

from __future__ import annotations

from . import quoting

ROLE = "JAMSApp"


def on_postgresql(
    database: str, schema: str, owner: str, role: str, account: str, *, make: bool
) -> list[str]:
    """Statements for PostgreSQL, said by the owner of the tables or an administrator.

    Args:
        database: its name.
        schema: the schema in which the tables are.
        owner: who makes the tables of later versions, whoever says this.
        role: the role; roles belong to the whole server of PostgreSQL.
        account: who becomes a member.
        make: whether the role is to be made.
    """
    place, to = quoting.name(schema), quoting.name(role)
    later = f"ALTER DEFAULT PRIVILEGES FOR ROLE {quoting.name(owner)} IN SCHEMA {place}"
    rows, counters = "SELECT, INSERT, UPDATE, DELETE", "USAGE, SELECT, UPDATE"
    return [
        *([f"CREATE ROLE {to} NOLOGIN"] if make else []),
        f"GRANT CONNECT ON DATABASE {quoting.name(database)} TO {to}",
        f"GRANT USAGE ON SCHEMA {place} TO {to}",
        f"GRANT {rows} ON ALL TABLES IN SCHEMA {place} TO {to}",
        f"GRANT {counters} ON ALL SEQUENCES IN SCHEMA {place} TO {to}",
        f"{later} GRANT {rows} ON TABLES TO {to}",
        f"{later} GRANT {counters} ON SEQUENCES TO {to}",
        f"GRANT {to} TO {quoting.name(account)}",
    ]


def on_sql_server(database: str, role: str, account: str) -> list[str]:
    r"""Statements for SQL Server: what the guide says by ``sp_grantlogin``, ``sp_grantdbaccess`` and
    ``sp_addrolemember``, in the words of the versions of today.

    Args:
        database: its name.
        role: the role, which belongs to the database.
        account: a login; with a backslash (``DOMAIN\NAME``) one of Windows, which is made if it is not there.
    """
    to, user = quoting.bracketed(role), quoting.bracketed(account)
    login = f"IF SUSER_ID({quoting.national(account)}) IS NULL CREATE LOGIN {user} FROM WINDOWS"
    return [
        *([login] if "\\" in account else []),
        f"USE {quoting.bracketed(database)}",
        f"IF DATABASE_PRINCIPAL_ID({quoting.national(role)}) IS NULL CREATE ROLE {to}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE, EXECUTE ON SCHEMA::dbo TO {to}",
        f"IF DATABASE_PRINCIPAL_ID({quoting.national(account)}) IS NULL CREATE USER {user} FOR LOGIN {user}",
        f"ALTER ROLE {to} ADD MEMBER {user}",
    ]
