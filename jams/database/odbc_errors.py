"""What went wrong at a database that is reached through ODBC, by the codes that SQL itself has for it.

The driver manager gives the state of five characters first and the server's own number at the end of the
text: ``('23000', "[23000] [Microsoft][…]Violation of UNIQUE KEY constraint … (2627) (SQLExecDirectW)")``.
SQL Server puts many things under one state, and some under one of its own, so that its number decides where
it is known.
"""

from __future__ import annotations

import re

_STATE = re.compile(r"[0-9A-Z]{5}")
_NUMBER = re.compile(r"\((-?\d{1,6})\)(?= \(SQL\w+\)|;|$)")
_OBJECT = re.compile(r"object '(?:[^'.]*\.)?([^'.]*)'|table \"(?:[^\".]*\.)?([^\".]*)\"")

_BY_NUMBER = {
    515: "23502",  # no value where one is needed
    547: "23503",  # a reference
    2601: "23505",  # unique, by an index
    2627: "23505",  # unique, by a constraint
    1205: "40P01",  # chosen as the victim of a deadlock
    3960: "40001",  # changed by others since the snapshot
    3961: "40001",
    1222: "55P03",  # a lock was waited for too long
    1101: "53100",  # no room in the files of the database
    1105: "53100",
    9002: "53100",  # no room in its log
    3906: "25006",  # the database only reads
    3908: "25006",
    2628: "22001",  # a text that is too long
    8152: "22001",
    220: "22003",  # a number that is too large
    8115: "22003",
    18456: "28P01",  # a login that fails
    18452: "28000",
    18486: "28000",
    18487: "28P01",
    18488: "28P01",
    4060: "3D000",  # no such database, or no right to use it
    911: "3D000",
    229: "42501",  # a right that is missing
    262: "42501",
    823: "XX001",  # damage
    824: "XX001",
    825: "XX001",
    596: "08006",  # the session was ended
    6005: "57P03",  # the server is stopping
    17142: "57P03",
    922: "57P03",  # the database is being recovered
    952: "57P03",
    954: "57P03",  # the database is the mirror of another one
    976: "57P03",
    983: "57P03",
}

_BY_STATE = {"HYT00": "57014", "HYT01": "08001"}
"""What the driver itself ends: an answer, a login that takes too long."""


def state_of(error: BaseException) -> str | None:
    """The state of SQL that tells what went wrong; None for what is no error of ODBC."""
    told = error.args
    if not told or not isinstance(told[0], str) or not _STATE.fullmatch(told[0]):
        return None
    text = str(told[1]) if len(told) > 1 else ""
    # Where there are several, "The statement has been terminated." is among them.
    known = (_BY_NUMBER.get(int(number)) for number in _NUMBER.findall(text))
    return next(filter(None, known), None) or _BY_STATE.get(told[0], told[0])


def table_of(error: BaseException) -> str | None:
    """The table of which the error tells."""
    found = _OBJECT.search(str(error.args[1])) if len(error.args) > 1 else None
    return (found[1] or found[2]) if found else None


def is_lost(error: BaseException) -> bool:
    """Whether the connection is gone with the error."""
    return (state_of(error) or "").startswith("08") or bool(error.args and error.args[0] == "HY010")
