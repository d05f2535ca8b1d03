"""What is wrong with a definition, so that it stops itself alone."""

from __future__ import annotations

import logging

from sqlalchemy.exc import SQLAlchemyError

from jams.database.faults import Overtaken
from jams.objects.errors import JAMSError

log = logging.getLogger(__name__)


def told(error: Exception) -> str:
    """What an error says of the definition that was looked at.

    Whatever else than the database fails while one is read concerns that one: the others go on. Raises the
    error itself if it is the database's.
    """
    if isinstance(error, JAMSError):
        return error.message
    if isinstance(error, (SQLAlchemyError, Overtaken)):
        raise error
    log.error("a definition could not be looked at", exc_info=error)
    return f"It failed: {error!r}."
