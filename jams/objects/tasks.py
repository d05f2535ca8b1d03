"""What is told to a process that does the work of a run in Python: a file beside its journal.

The password, the private key and secret parameters are not in it: they go through the standard input of the
work, so that they lie on no disk and stand in no argument and no variable.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from .enums import DataType

SUFFIX = "task"

HOST_KEY_CHECKING = "HostKeyChecking"
"""The parameter by which file transfers are told that setting of the server, whatever their job says."""


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


_BETWEEN = "\0"
"""What stands between the password, which holds nothing that cannot be printed, the key, and the rest."""


class Hidden(msgspec.Struct, frozen=True, kw_only=True):
    """What of a task nobody writes down.

    Attributes:
        parameters: secret parameters, by name.
        inserted: what is to be put into the source, by what stands there for it.
    """

    parameters: dict[str, str] = {}
    inserted: dict[str, str] = {}

    def __repr__(self) -> str:
        return f"Hidden({', '.join(self.parameters)})"


class Proven(NamedTuple):
    """What came through the standard input: the password and the private key, None for what is not there."""

    password: str | None
    private_key: str | None
    hidden: Hidden


def proof(password: str, private_key: str | None = None, hidden: Hidden | None = None) -> bytes:
    """What goes through the standard input of the work: what its account is proven by, and secrets."""
    parts = [password]
    if private_key is not None or hidden is not None:
        parts.append(private_key or "")
    if hidden is not None:
        parts.append(encode(hidden).decode())
    return _BETWEEN.join(parts).encode()


def proven(data: bytes) -> Proven:
    """What :func:`proof` wrote. Raises ValueError, msgspec.DecodeError."""
    password, _, rest = data.decode().partition(_BETWEEN)
    key, _, told = rest.partition(_BETWEEN)
    hidden = msgspec.json.decode(told, type=Hidden) if told else Hidden()
    return Proven(password or None, key or None, hidden)


def whole(task: Task, hidden: Hidden) -> Task:
    """A task with what was not written down of it."""
    source = task.source
    for name, text in hidden.inserted.items():
        source = source.replace(name, text)
    parameters = {**task.parameters, **hidden.parameters}
    return msgspec.structs.replace(task, source=source, parameters=parameters)
