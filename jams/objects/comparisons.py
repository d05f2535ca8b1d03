"""How the value of a variable is compared with another text: by its type."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

from .enums import DataType


def meaning(kind: DataType, text: str) -> Any:
    """What a text means as a value of the type; texts are compared as they are.

    Raises:
        ValueError: it is no value of the type.
    """
    return _READERS.get(kind, str)(text)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text.strip())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _boolean(text: str) -> bool:
    word = text.strip().lower()
    if word in ("true", "yes", "1"):
        return True
    if word in ("false", "no", "0"):
        return False
    raise ValueError(text)


_READERS: dict[DataType, Callable[[str], Any]] = {
    DataType.INTEGER: int,
    DataType.FLOAT: float,
    DataType.BOOLEAN: _boolean,
    DataType.DATE: lambda text: date.fromisoformat(text.strip()),
    DataType.TIME: lambda text: time.fromisoformat(text.strip()).replace(tzinfo=None),
    DataType.DATE_TIME: _moment,
}
