"""How often the database is asked: what a test may assert of costs, as it is the same on every machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from jams.database.turns import UNANSWERED


@contextmanager
def questions() -> Iterator[list[str]]:
    """The statements that are executed meanwhile, but those whose answers nobody waits for."""
    asked: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, _values: Any, context: Any, _many: bool) -> None:
        if context is None or not context.execution_options.get(UNANSWERED):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)
