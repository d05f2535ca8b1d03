"""Connections that let somebody look at what statements change, before and after."""

from __future__ import annotations

from typing import Any, Protocol

from sqlalchemy import Connection


class Observer(Protocol):
    """Looks at statements that change rows."""

    def before(self, c: Connection, statement: Any, given: Any) -> None:
        """Such a statement is about to be executed with these values."""

    def after(self, c: Connection, statement: Any, given: Any, result: Any) -> None:
        """It was executed."""


class ObservedConnection(Connection):
    """A connection whose ``observer``, if it has one, looks at each INSERT, UPDATE and DELETE.

    SQLAlchemy's events would tell of each statement, and of those that only read; here it costs them nothing.
    """

    observer: Observer | None = None

    def execute(self, statement: Any, parameters: Any = None, *, execution_options: Any = None) -> Any:
        """See :class:`sqlalchemy.Connection`."""
        observer = self.observer
        if observer is None or not getattr(statement, "is_dml", False):
            return super().execute(statement, parameters, execution_options=execution_options)
        observer.before(self, statement, parameters)
        result = super().execute(statement, parameters, execution_options=execution_options)
        observer.after(self, statement, parameters, result)
        return result
