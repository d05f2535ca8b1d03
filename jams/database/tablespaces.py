"""Where PostgreSQL keeps the tables: a tablespace for each of the guide's three data files.

Primary: definitions, which change when people change them. Volatile: what is written and removed with each
task. History: what grows by every task that was executed. Indexes lie where their tables do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from jams.objects.errors import DatabaseUnusable, InvalidArgument

from . import quoting

PRIMARY, VOLATILE, HISTORY = "Primary", "Volatile", "History"

MOVED = {
    VOLATILE: frozenset(
        {
            "armed_trigger",
            "container",
            "counter",
            "entry",
            "failed_login",
            "file_fact",
            "happening",
            "job_to_plan",
            "log_to_remove",
            "missed_point",
            "outbox",
            "planning",
            "precheck",
            "resource_held",
            "retry_key",
            "run",
            "schedule_trigger",
            "server",
            "token",
            "trigger_event",
            "trigger_firing",
            "trigger_mail",
            "trigger_news",
            "wait_topic",
            "waiting_line",
        }
    ),
    HISTORY: frozenset(
        {
            "audit",
            "audit_chain",
            "audit_object",
            "entry_audit",
            "event",
            "event_count",
            "history",
            "revision",
        }
    ),
}
"""Tables of the two groups that are no definitions."""

_KNOWN_BY = {PRIMARY: "job", VOLATILE: "entry", HISTORY: "history"}
"""The table by which it is seen where a group lies."""

_LONGEST_NAME = 63
"""Bytes of a name; PostgreSQL cuts off what is more, and the groups would be one."""

Execute = Callable[[str], Iterable[Sequence[Any]]]
"""Runs a statement without parameters, and gives the rows."""


def moving(place: Mapping[str, str]) -> list[str]:
    """Statements that move groups of the tables of the current schema, with their indexes.

    What lies there already is left alone. The database must be nobody else's meanwhile.

    Args:
        place: names of tablespaces by group.
    """
    return [_moving(group, tablespace) for group, tablespace in place.items()]


def _moving(group: str, tablespace: str) -> str:
    names = MOVED[group] if group in MOVED else frozenset[str]().union(*MOVED.values())
    among = ", ".join(f"'{name}'" for name in sorted(names))
    quote = "$jams$"
    while quote in tablespace:
        quote = f"{quote[:-1]}_$"
    return f"""
DO {quote}
DECLARE one record;
BEGIN
    FOR one IN
        SELECT CASE c.relkind WHEN 'i' THEN 'INDEX' ELSE 'TABLE' END AS kind, c.oid::regclass::text AS name
        FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
            JOIN pg_class t ON t.oid = coalesce(i.indrelid, c.oid)
            JOIN pg_namespace n ON n.oid = t.relnamespace
            JOIN pg_database d ON d.datname = current_database()
        WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'i') AND t.relkind = 'r'
            AND t.relname {"" if group in MOVED else "NOT "}IN ({among})
            AND coalesce(nullif(c.reltablespace, 0), d.dattablespace)
                <> (SELECT oid FROM pg_tablespace WHERE spcname = {quoting.text(tablespace)})
    LOOP
        EXECUTE 'ALTER ' || one.kind || ' ' || one.name
            || ' SET TABLESPACE ' || quote_ident({quoting.text(tablespace)});
    END LOOP;
END {quote}"""


def placed(execute: Execute) -> dict[str, str]:
    """The tablespaces of the groups, of those that lie elsewhere than the database by itself."""
    among = ", ".join(f"'{table}'" for table in _KNOWN_BY.values())
    rows = execute(
        "SELECT c.relname, s.spcname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " JOIN pg_tablespace s ON s.oid = c.reltablespace"
        f" WHERE n.nspname = current_schema() AND c.relkind = 'r' AND c.relname IN ({among})"
    )
    found = {str(name): str(tablespace) for name, tablespace in rows}
    return {group: found[table] for group, table in _KNOWN_BY.items() if table in found}


def follow(connection: Connection) -> None:
    """Move what a migration has made to where its group lies."""

    def execute(statement: str) -> Iterable[Sequence[Any]]:
        return connection.exec_driver_sql(statement).all()

    for statement in moving(placed(execute)):
        connection.exec_driver_sql(statement)


def check(execute: Execute, wanted: Mapping[str, str], shown: str) -> None:
    """Check that groups can be placed; nothing is changed.

    Args:
        execute: of a session at the server, of whatever database.
        wanted: by group, the name of a tablespace, or a directory of the database's machine.
        shown: the database, for messages.

    Raises:
        DatabaseUnusable: there is no such tablespace, or the user may not use or make it.
        InvalidArgument: it can be the name of none.
    """
    for group, where in wanted.items():
        key = f"{group}DataFile"
        if "\0" in where or len(where.encode()) > (1023 if _is_directory(where) else _LONGEST_NAME):
            raise InvalidArgument(f"{key} is no name of a tablespace, and no directory.", target=key)
        if _is_directory(where):
            [(may,)] = execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            if not may:
                raise DatabaseUnusable(
                    f"{key}: a tablespace in {where} is made by a superuser of PostgreSQL alone. Let one say "
                    f"CREATE TABLESPACE name LOCATION {quoting.text(where)}, and answer its name.",
                    target=shown,
                )
            continue
        if where == "pg_global":
            raise DatabaseUnusable(
                f"{key}: in {where} there is what all databases share; answer another tablespace.",
                target=shown,
            )
        rows = list(
            execute(
                "SELECT has_tablespace_privilege(spcname, 'CREATE') FROM pg_tablespace"
                f" WHERE spcname = {quoting.text(where)}"
            )
        )
        if not rows:
            raise DatabaseUnusable(
                f"{key}: PostgreSQL has no tablespace {where}; make it (CREATE TABLESPACE), or answer a "
                "directory.",
                target=shown,
            )
        if not rows[0][0]:
            raise DatabaseUnusable(
                f"{key}: the user may not use the tablespace {where}; say GRANT CREATE ON TABLESPACE "
                f"{quoting.name(where)} TO him.",
                target=shown,
            )


def made(execute: Execute, wanted: Mapping[str, str], database: str) -> dict[str, str]:
    """The tablespaces of the groups, by name; those of directories are made if they are not there.

    Raises:
        DatabaseUnusable: a directory is not there, not empty, or not the server's.
    """
    found: dict[str, str] = {}
    for group, where in wanted.items():
        found[group] = where
        if not _is_directory(where):
            continue
        there = list(
            execute(
                "SELECT spcname FROM pg_tablespace"
                f" WHERE pg_tablespace_location(oid) = {quoting.text(where.rstrip('/') or '/')}"
            )
        )
        if there:
            found[group] = str(there[0][0])
            continue
        name = _free_name(execute, database, group)
        try:
            execute(f"CREATE TABLESPACE {quoting.name(name)} LOCATION {quoting.text(where)}")
        except Exception as error:
            if getattr(error, "sqlstate", None) is None:
                raise
            raise DatabaseUnusable(
                f"{group}DataFile: PostgreSQL can keep nothing in {where} "
                f"({str(error).strip().splitlines()[0]}). It has to be an empty directory of the database's "
                "machine that belongs to the account of PostgreSQL; what was begun may be begun again.",
                target=where,
            ) from None
        found[group] = name
    return found


def _free_name(execute: Execute, database: str, group: str) -> str:
    """A name for a tablespace that there is not yet, within what PostgreSQL keeps of names."""
    taken = {str(name) for (name,) in execute("SELECT spcname FROM pg_tablespace")}
    # Names that begin so are PostgreSQL's own.
    beginning = f"jams_{database}" if database.startswith("pg_") else database
    for number in range(1, len(taken) + 2):
        end = f"_{group.lower()}{f'_{number}' if number > 1 else ''}"
        name = beginning.encode()[: _LONGEST_NAME - len(end)].decode("utf-8", "ignore") + end
        if name not in taken:
            break
    return name


def _is_directory(where: str) -> bool:
    return where.startswith("/") or where[1:3] == ":\\"
