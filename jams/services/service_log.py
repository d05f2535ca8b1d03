"""The services' own logs: one file a service, renamed to its one archive every Sunday (semantics 6.4)."""

from __future__ import annotations

import logging
import logging.handlers
import os
import re
import sys
from datetime import datetime, timedelta
from pathlib import Path

from jams.objects.errors import ConfigurationInvalid

_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]")
_TALKATIVE = ("alembic", "zeep", "urllib3", "waitress.queue")
_FOR_THE_FILE = ("jams.security", "jams.audit")
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def begin_logging(directory: Path, service: str, level: str) -> logging.Handler:
    """Send this process's log to ``directory/service.log``, and warnings to standard error as well.

    Returns the file's handler, for :func:`end_logging`.

    Raises:
        ConfigurationInvalid: the file cannot be written.
    """
    path = directory / f"{service}.log"
    try:
        directory.mkdir(parents=True, exist_ok=True)
        handler = WeeklyHandler(path)
    except OSError as error:
        raise ConfigurationInvalid(f"The log {path} cannot be written: {error.strerror}.") from error
    handler.setFormatter(OneLine(_FORMAT))
    root = logging.getLogger()
    root.setLevel(level.upper())
    root.addHandler(handler)
    for talkative in _TALKATIVE:
        logging.getLogger(talkative).setLevel(logging.WARNING)
    if not any(isinstance(other, _Console) for other in root.handlers):
        root.addHandler(_Console())
    return handler


def end_logging(handler: logging.Handler) -> None:
    """Stop writing to the file."""
    logging.getLogger().removeHandler(handler)
    handler.close()


class OneLine(logging.Formatter):
    """Writes each message on one line, so that what a caller sends cannot pass for a line of the log.

    The time carries its offset; a traceback follows on lines of its own.
    """

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        """Local time with its offset, to the millisecond."""
        return datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds")

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line, with control characters written out."""
        record.message = _CONTROL.sub(lambda m: m[0].encode("unicode_escape").decode(), record.message)
        return super().formatMessage(record)


class WeeklyHandler(logging.handlers.BaseRotatingHandler):
    """A log file that begins anew on Sunday; the week before is kept as ``…Archive.log``.

    The standard library's timed handler gives each file of the past a name with its date, and has no notion
    of a single archive; what is left of it here is when to rename.
    """

    def __init__(self, path: Path) -> None:
        begun = path.stat().st_mtime if path.exists() else None
        super().__init__(os.fspath(path), mode="a", encoding="utf-8", delay=False)
        if os.name == "posix":
            path.chmod(0o600)
        self._archive = path.with_name(f"{path.stem}Archive{path.suffix}")
        self._ends = next_sunday(datetime.fromtimestamp(begun) if begun else datetime.now())

    def shouldRollover(self, record: logging.LogRecord) -> bool:
        """Whether the record belongs to another week than the file."""
        return datetime.fromtimestamp(record.created) >= self._ends

    def doRollover(self) -> None:
        """Rename the file to its archive, unless another process that writes to it has, and begin anew."""
        archived = self._archived_by_another()
        if self.stream is not None:
            self.stream.close()
        try:
            if not archived:
                os.replace(self.baseFilename, self._archive)
        except OSError as error:
            sys.stderr.write(f"jams: the log {self.baseFilename} was not archived: {error.strerror}\n")
        self.stream = self._open()
        self._ends = next_sunday(datetime.now())

    def _archived_by_another(self) -> bool:
        if self.stream is None:
            return False
        try:
            return not os.path.samestat(os.fstat(self.stream.fileno()), os.stat(self.baseFilename))
        except FileNotFoundError:
            return True


def next_sunday(moment: datetime) -> datetime:
    """The beginning of the first Sunday after the day of ``moment``."""
    days = 7 - moment.isoweekday() % 7
    return moment.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=days)


class Brief(OneLine):
    """The line without the traceback that belongs to it, which is in the file."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        record.message = record.getMessage()
        return self.formatMessage(record)


class _Console(logging.StreamHandler):  # type: ignore[type-arg]
    """Warnings and worse, for the person who started the process."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)
        self.setLevel(logging.WARNING)
        self.setFormatter(Brief("jams: %(message)s"))
        self.addFilter(lambda record: not record.name.startswith(_FOR_THE_FILE))
