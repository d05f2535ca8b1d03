"""What statements a change of the schema makes, for a log; and what failed, for JAMS_DB_ERRORS.sql."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import Engine, event

ERRORS = "JAMS_DB_ERRORS.sql"
"""The file in the home directory that holds the statements that failed."""


@contextmanager
def recorded(home: Path, log: Path | None) -> Iterator[None]:
    """Write the statements of this process to the log, if there is one, and those that fail to another file.

    Values are left out: they may be anybody's.
    """
    errors = home / ERRORS
    errors.unlink(missing_ok=True)

    def failed(context: Any) -> None:
        if context.statement is None:
            return
        reason = " ".join(str(context.original_exception).split())
        text = f"-- {_now()} {reason}\n{context.statement.strip()};\n\n"
        with errors.open("a", encoding="utf-8") as file:
            file.write(text)

    event.listen(Engine, "handle_error", failed)
    try:
        if log is None:
            yield
        else:
            with log.open("a", encoding="utf-8") as written, _logged(written):
                yield
    finally:
        event.remove(Engine, "handle_error", failed)


@contextmanager
def _logged(written: TextIO) -> Iterator[None]:
    def said(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        written.write(f"{statement.strip()};\n")

    written.write(f"-- {_now()} begins\n")
    event.listen(Engine, "before_cursor_execute", said)
    try:
        yield
        written.write(f"-- {_now()} done\n")
    except BaseException as error:
        written.write(f"-- {_now()} failed: {error}\n")
        raise
    finally:
        event.remove(Engine, "before_cursor_execute", said)


def _now() -> str:
    return datetime.now(UTC).isoformat(sep=" ", timespec="seconds")
