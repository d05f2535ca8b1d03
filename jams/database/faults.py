"""What an error of the database means: what is told to whom, and whether another attempt may help.

Errors are known by SQLSTATE on database servers, which is told apart for ODBC in :mod:`.odbc_errors`, and by
their name on SQLite.
"""

from __future__ import annotations

import re

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError

from jams.objects.errors import AlreadyExists, Conflict, InvalidArgument, JAMSError, ServerUnavailable

from . import odbc_errors

_UNIQUE = {"23505", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}
_REFERENCE = {"23503", "SQLITE_CONSTRAINT_FOREIGNKEY"}
_CONTENDED = {"40001", "40P01"}
"""Serialization failure and deadlock."""

_TOO_LONG = {"55P03", "57014"}
"""A lock or an answer that was waited for too long."""

_ENDED = {"57014", "SQLITE_INTERRUPT"}
"""A statement that took longer than it may."""

_FULL = {"53100", "SQLITE_FULL"}
_OF_THE_SERVER = ("25006", "25P03", "XX")
"""A server that only reads, a session that was ended for its idleness, damage: not all of them are
``OperationalError`` to the driver."""

_SQLITE_TABLE = re.compile(r"UNIQUE constraint failed: (\w+)\.")
_CALLED = {
    "account_group": "group",
    "date_type": "date type",
    "calendar_date": "date",
    "named_time": "named time",
}


class Overtaken(Exception):
    """Somebody else was quicker: the work looks again. ``meaning`` is for its caller if that is no help."""

    def __init__(self, meaning: JAMSError) -> None:
        super().__init__(meaning.message)
        self.meaning = meaning


def passing(error: BaseException) -> bool:
    """Whether somebody else was quicker: work that looks again may succeed, or tell better why not."""
    return isinstance(error, Overtaken) or _name(error) in _CONTENDED | _UNIQUE | _REFERENCE


def lost(error: BaseException) -> bool:
    """Whether the connection to the database has been lost, so that nobody knows what it has done."""
    return isinstance(error, DBAPIError) and error.connection_invalidated


def ended_for_time(error: BaseException) -> bool:
    """Whether a statement was ended since it took longer than it may."""
    return _name(error) in _ENDED


def told(error: BaseException) -> BaseException:
    """What is told to the caller whose work met the error; the error itself if it is of another kind."""
    if isinstance(error, Overtaken):
        return error.meaning
    if not isinstance(error, DBAPIError):
        return error
    if isinstance(error, DataError):
        reason = str(error.orig).strip().partition("\n")[0].rstrip(".")
        return InvalidArgument(f"The database cannot take a value: {reason}.")
    if isinstance(error, IntegrityError):
        return _violation(error)
    name = _name(error)
    refused = isinstance(error, OperationalError) and name != "SQLITE_ERROR"
    # Of another class to some drivers.
    refused = refused or name in _CONTENDED | _TOO_LONG | _FULL
    return not_stored(error) if refused or name.startswith(_OF_THE_SERVER) or lost(error) else error


def not_stored(error: BaseException) -> ServerUnavailable:
    """What is told to callers whose transaction came to nothing, or to an unknown end."""
    name = _name(error)
    if name in _FULL:
        return ServerUnavailable(
            "The database has no room to grow; make room on its disk. Nothing was changed."
        )
    if name in _CONTENDED | _TOO_LONG:
        return ServerUnavailable(
            "Others are changing the same at this moment; ask again. Nothing was changed."
        )
    return ServerUnavailable("The database could not store this; nothing was changed.")


def in_doubt() -> ServerUnavailable:
    """What is told to callers whose transaction may have been stored or not."""
    return ServerUnavailable(
        "The connection to the database was lost while this was being stored; look whether it was."
    )


def not_read(error: BaseException) -> BaseException:
    """What is told to the caller who reads; the error itself if it is of another kind."""
    meaning = told(error)
    if isinstance(meaning, ServerUnavailable):
        if _name(error) in _TOO_LONG:
            return ServerUnavailable("The database took too long to answer; ask for less.")
        return ServerUnavailable("The database cannot be read.")
    return meaning


def _violation(error: IntegrityError) -> BaseException:
    """The answer to a violation that was still there when the work had looked again."""
    name = _name(error)
    if name in _UNIQUE:
        table = _table(error)
        return AlreadyExists(f"There is a {_CALLED.get(table, table)} of that name already.")
    if name in _REFERENCE:
        return Conflict("What this refers to is gone, or something refers to what should go; look again.")
    return error


def _table(error: IntegrityError) -> str:
    found = _SQLITE_TABLE.search(str(error.orig))
    if found:
        return found[1]
    told = getattr(getattr(error.orig, "diag", None), "table_name", None)
    return str(told or odbc_errors.table_of(error.orig or error) or "row")


def _name(error: BaseException) -> str:
    cause = getattr(error, "orig", None) or error
    told = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None)
    return told or odbc_errors.state_of(cause) or ""
