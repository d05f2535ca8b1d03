"""What the works have in common: what they are given, how they fail, how they are cancelled."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from jams.objects.enums import DataType
from jams.objects.tasks import Task


class Failure(Exception):
    """The work has failed for a reason that is said in its log."""


class Given:
    """What a run is given.

    Attributes:
        task: its task.
        password: of the account ``task.user_name``.
        private_key: of that account, as an unencrypted file of OpenSSH holds it.
        has_secrets: whether values of encrypted variables stand in the task.
    """

    def __init__(
        self,
        task: Task,
        password: str | None = None,
        private_key: str | None = None,
        *,
        has_secrets: bool = False,
    ) -> None:
        self.task = task
        self.password = password
        self.private_key = private_key
        self.has_secrets = has_secrets

    def __repr__(self) -> str:
        return f"Given({self.task.method})"

    def text(self, name: str, default: str = "") -> str:
        """The value of the last parameter of that name in any case; the default where there is none."""
        found = [value for key, value in self.task.parameters.items() if key.casefold() == name.casefold()]
        return found[-1] if found and found[-1] else default

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Whether a parameter is true."""
        return self.text(name, str(default)).strip().casefold() in ("true", "yes", "1")

    def number(self, name: str, default: int) -> int:
        """The whole number that a parameter says. Raises Failure when it is none."""
        text = self.text(name, str(default))
        try:
            return int(text)
        except ValueError:
            raise Failure(f"The parameter {name} is a whole number; {text[:80]!r} is not.") from None

    def values(self) -> dict[str, Any]:
        """The parameters by name, each as a value of its type; None for one that is empty and no text."""
        types = self.task.types
        return {
            name: _typed(types.get(name, DataType.TEXT), text) for name, text in self.task.parameters.items()
        }


_READERS: dict[DataType, Callable[[str], Any]] = {
    DataType.INTEGER: int,
    DataType.FLOAT: Decimal,
    DataType.BOOLEAN: lambda text: text.strip().casefold() in ("true", "yes", "1"),
    DataType.DATE: date.fromisoformat,
    DataType.TIME: time.fromisoformat,
    DataType.DATE_TIME: datetime.fromisoformat,
}


def _typed(kind: DataType, text: str) -> Any:
    reader = _READERS.get(kind)
    if reader is None:
        return text
    if not text:
        return None
    try:
        return reader(text)
    except (ValueError, InvalidOperation):
        return text


class _Cancelling:
    def __init__(self) -> None:
        self.hooks: list[Callable[[], None]] = []
        self.wanted = False


_cancelling = _Cancelling()


@contextmanager
def cancellable() -> Iterator[None]:
    """Let whoever asks this process to end have the work cancel itself, or have it end at once."""

    def asked(number: int, frame: object) -> None:
        _cancelling.wanted = True
        if not _cancelling.hooks:
            raise SystemExit(128 + number)
        # In a thread of its own: the work that this one was taken from may hold what its cancelling needs.
        for hook in list(_cancelling.hooks):
            threading.Thread(target=_quietly, args=(hook,), daemon=True).start()

    before = signal.signal(signal.SIGTERM, asked)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def cancelled_by(hook: Callable[[], None]) -> Iterator[None]:
    """While this lasts, ``hook`` cancels the work."""
    _cancelling.hooks.append(hook)
    try:
        yield
    finally:
        _cancelling.hooks.remove(hook)


def _quietly(hook: Callable[[], None]) -> None:
    with suppress(Exception):
        hook()
