"""Which server works with the database: one row, which whoever has the database's lock signs."""

from __future__ import annotations

import os
import secrets
import socket
from datetime import UTC, datetime

from msgspec import Struct
from sqlalchemy import Connection, delete, insert, inspect, select

from . import tables

_server = tables.server


class Signature(Struct, frozen=True, kw_only=True):
    """A server: its name, and the process that it is. ``token`` is another one at each start."""

    token: str
    name: str
    host: str
    process_id: int
    started: datetime

    def __str__(self) -> str:
        begun = self.started.isoformat(sep=" ", timespec="seconds")
        return f"the JAMS server {self.name} (process {self.process_id} on {self.host}, since {begun})"


def new_token() -> str:
    """What tells one server, or one process, from all others."""
    return secrets.token_hex(16)


def this_process(name: str | None) -> Signature:
    """The signature of a server of that name in this process; without a name it has the machine's."""
    host = socket.gethostname()
    return Signature(
        token=new_token(),
        name=name or host,
        host=host,
        process_id=os.getpid(),
        started=datetime.now(UTC),
    )


def sign(c: Connection, signature: Signature) -> None:
    """Write down that this server works with the database, in place of whoever did before."""
    c.execute(delete(_server))
    c.execute(
        insert(_server).values(
            id=1,
            token=signature.token,
            name=signature.name[:255],
            host=signature.host[:255],
            process_id=signature.process_id,
            started=signature.started,
        )
    )


def forget(c: Connection) -> None:
    """Let nobody be the server that works with the database; one that thinks it is notices, and ends."""
    c.execute(delete(_server))


def signed(c: Connection) -> Signature | None:
    """Who has signed last; None if nobody has, or the schema is of a time before that."""
    if not inspect(c).has_table(_server.name):
        return None
    row = c.execute(select(_server)).one_or_none()
    if row is None:
        return None
    return Signature(
        token=row.token, name=row.name, host=row.host, process_id=row.process_id, started=row.started
    )


def is_signed_by(c: Connection, signature: Signature) -> bool:
    """Whether the server is still the last that has signed, which it stays until the transaction ends."""
    query = select(_server.c.token).where(_server.c.id == 1).with_for_update(read=True)
    return bool(c.scalar(query) == signature.token)
