"""What is told to a process that does the work of a run in Python: a file beside its journal.

The password is not in it: it goes through the standard input of the work, so that it lies on no disk and
stands in no argument and no variable.
"""

from __future__ import annotations

import msgspec

from .enums import DataType

SUFFIX = "task"


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One run: which method, what it runs, its parameters with the types of those that are no texts.

    ``user_name`` is the account that the password on the standard input belongs to; ``directory`` where the
    work starts, if its job says so.
    """

    method: str
    source: str
    jams_entry: int
    ron: int
    job_name: str
    folder_name: str
    parameters: dict[str, str] = {}
    types: dict[str, DataType] = {}
    user_name: str | None = None
    directory: str | None = None


encode = msgspec.json.Encoder().encode
_decoder = msgspec.json.Decoder(Task)


def decode(data: bytes) -> Task:
    """The task that was written down. Raises msgspec.DecodeError."""
    return _decoder.decode(data)
