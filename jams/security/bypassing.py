"""The groups whose members pass by all access lists, by settings and Common.config (semantics 2.15)."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, overload

from sqlalchemy import Connection

from jams.database import stored_settings

from .access import ADMINISTRATORS
from .known import SETTLED_WITHIN

ADMINISTRATORS_BYPASS = "GrantAdministratorsBypass"
BYPASS_GROUP = "GrantBypassGroup"
SETTINGS = (ADMINISTRATORS_BYPASS, BYPASS_GROUP)
"""The settings that say who passes by. To set one takes the right to change access lists as well."""


class Reads(Protocol):
    """What reads a database."""

    def read(self) -> AbstractContextManager[Connection]:
        """A connection that reads."""


def named(c: Connection) -> tuple[str, ...]:
    """The groups that the settings name."""
    found = [ADMINISTRATORS] if stored_settings.boolean(c, ADMINISTRATORS_BYPASS) else []
    group = stored_settings.text(c, BYPASS_GROUP).strip()
    return (*found, *filter(None, [group]))


class BypassGroups(Sequence[str]):
    """The groups, as they are when they are asked for; what another process changes, two seconds later."""

    def __init__(self, database: Reads, configured: Iterable[str] = ()) -> None:
        """``configured`` are groups that Common.config names. Touches nothing."""
        self._database = database
        self._configured = tuple(configured)
        self._named: tuple[str, ...] = ()
        self._until = 0.0

    def now(self, c: Connection) -> tuple[str, ...]:
        """The groups as a transaction sees them."""
        return (*named(c), *self._configured)

    def of(self, c: Connection) -> tuple[str, ...]:
        """The groups, looked up on a connection if need be."""
        now = time.monotonic()
        if now >= self._until:
            self._named, self._until = named(c), now + SETTLED_WITHIN
        return (*self._named, *self._configured)

    def forget(self) -> None:
        """Look anew the next time."""
        self._until = 0.0

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        """One of them, or some."""
        return self._groups()[index]

    def __len__(self) -> int:
        """How many there are."""
        return len(self._groups())

    def _groups(self) -> tuple[str, ...]:
        if time.monotonic() < self._until:
            return (*self._named, *self._configured)
        with self._database.read() as c:
            return self.of(c)
