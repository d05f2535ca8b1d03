"""Reports of unexpected faults of a service, as files for whoever looks into them (setting AutoReport).

The original sends them to its maker. Here nothing leaves the machine: a report lies in the folder ``reports``
of the home directory, for its owner alone. It holds what stands in the service's own log, which no secret
enters, and what ``jams doctor`` finds; no configuration, no key, nothing of the database but settings that
say whose server it is.
"""

from __future__ import annotations

import json
import logging
import os
import platform
import queue
import threading
import time
import traceback
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jams
from jams.database import Database, stored_settings
from jams.objects.errors import JAMSError

from . import doctor
from .settings import Settings

SETTING = "AutoReport"

_SAID = ("Company Name", "ContactName", "ContactEmail", "ContactPhone")
_KEPT = 20
"""Reports that are kept, the newest ones."""

_AGAIN_AFTER = 3600.0
"""Seconds in which no other report is made of the same fault."""

_FAULTS = 100
"""Faults that are told from each other."""

_LOG_BYTES = 256 << 10

_PATIENCE = 30.0
"""Seconds that a service which stops waits for its reports."""

log = logging.getLogger(__name__)


class FaultReports(logging.Handler):
    """Hears of what is logged with its traceback, which is what nobody has expected, and writes reports.

    Args:
        settings: of the home.
        service: the name of the service, and of its log.
        database: where the setting stands.
    """

    def __init__(self, settings: Settings, service: str, database: Database) -> None:
        super().__init__(logging.ERROR)
        self._settings = settings
        self._service = service
        self._database = database
        self._wanted = False
        self._said: dict[str, str] = {}
        self._last: dict[str, float] = {}
        self._heard: queue.Queue[logging.LogRecord | None] = queue.Queue(maxsize=_FAULTS)
        self._thread = threading.Thread(target=self._work, name="fault-reports", daemon=True)

    def start(self) -> None:
        """Begin to listen to all that this process logs."""
        self._look()
        self._thread.start()
        logging.getLogger().addHandler(self)

    def stop(self) -> None:
        """Listen no more; what was heard is written down before."""
        logging.getLogger().removeHandler(self)
        with suppress(queue.Full):
            self._heard.put(None, timeout=_PATIENCE)
        self._thread.join(timeout=_PATIENCE)

    def emit(self, record: logging.LogRecord) -> None:
        """Take a record; for any thread, and without delay."""
        if record.exc_info is None or record.exc_info[0] is None:
            return
        if threading.current_thread() is self._thread:  # A fault of reporting would be reported for ever.
            return
        with suppress(queue.Full):
            self._heard.put_nowait(record)

    def _work(self) -> None:
        while (record := self._heard.get()) is not None:
            try:
                self._take(record)
            except Exception as error:
                log.warning("a fault could not be reported: %s: %s", type(error).__name__, error)

    def _take(self, record: logging.LogRecord) -> None:
        self._look()
        if not self._wanted or not self._is_new(record):
            return
        path = self._write(record)
        log.warning("a report of a fault of %s was written: %s", record.name, path)

    def _look(self) -> None:
        """Look what is set; what was known last holds while the database cannot be read."""
        with suppress(JAMSError), self._database.read() as c:
            self._wanted = stored_settings.boolean(c, SETTING)
            self._said = dict(zip(_SAID, stored_settings.texts(c, *_SAID), strict=True))

    def _is_new(self, record: logging.LogRecord) -> bool:
        fault, now = _fault(record), time.monotonic()
        last = self._last.get(fault)
        if last is not None and now - last < _AGAIN_AFTER:
            return False
        if len(self._last) >= _FAULTS:
            self._last.clear()
        self._last[fault] = now
        return True

    def _write(self, record: logging.LogRecord) -> Path:
        folder = self._settings.home / doctor.REPORTS
        folder.mkdir(mode=0o700, exist_ok=True)
        moment = datetime.now(UTC)
        path = folder / f"{self._service}-{moment:%Y%m%dT%H%M%S.%f}.zip"
        made = path.with_suffix(".part")
        number = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(number, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as report:
                report.writestr("report.json", json.dumps(self._told(record, moment), indent=1) + "\n")
                report.writestr("doctor.txt", "".join(f"{line}\n" for line in self._found()))
                report.writestr(f"{self._service}.log", self._log())
            made.replace(path)
        finally:
            made.unlink(missing_ok=True)
        for old in sorted(folder.glob(f"{self._service}-*.zip"))[:-_KEPT]:
            old.unlink(missing_ok=True)
        return path

    def _told(self, record: logging.LogRecord, moment: datetime) -> dict[str, Any]:
        assert record.exc_info is not None
        return {
            **self._said,
            "server": self._settings.name,
            "service": self._service,
            "time": moment.isoformat(timespec="milliseconds"),
            "version": jams.__version__,
            "python": platform.python_version(),
            "platform": platform.platform(),
            "database": self._database.dialect,
            "schema": self._database.schema_version,
            "fault": record.getMessage(),
            "from": record.name,
            "traceback": traceback.format_exception(*record.exc_info),
        }

    def _found(self) -> Iterator[str]:
        """What jams doctor says, as far as it gets."""
        try:
            for each in doctor.examine(self._settings):
                good = "good" if each.good else "NOT GOOD"
                yield f"{good}: {each.what}: {each.told} {each.remedy}".rstrip()
        except Exception as error:
            yield f"The doctor has failed: {type(error).__name__}."

    def _log(self) -> bytes:
        """The end of the service's own log, in whole lines."""
        try:
            with (self._settings.log_directory / f"{self._service}.log").open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - _LOG_BYTES))
                data = file.read(_LOG_BYTES)
        except OSError as error:
            return f"The log cannot be read: {error.strerror}\n".encode()
        return data if size <= _LOG_BYTES else data.partition(b"\n")[2]


def _fault(record: logging.LogRecord) -> str:
    """What tells a fault from others: who has met it, of which kind it is, and where it was raised."""
    assert record.exc_info is not None
    kind, _, trace = record.exc_info
    where = traceback.extract_tb(trace)[-1:] if trace is not None else []
    place = f"{where[0].filename}:{where[0].lineno}" if where else ""
    return f"{record.name} {kind.__name__ if kind else ''} {place}"
