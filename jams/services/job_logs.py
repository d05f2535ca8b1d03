"""The logs of runs on this machine, as operations read them."""

from __future__ import annotations

import threading

from jams.executor.log_names import check_format, fixed_directory
from jams.executor.log_places import LogPlaces
from jams.executor.logs import read_log, tail_log, wait_for_change
from jams.objects.errors import ConfigurationInvalid, InvalidArgument, ServerUnavailable

from .settings import Settings


def log_places(settings: Settings) -> LogPlaces:
    """The directories in which logs may lie: the usual one, and those that the settings name beside it.

    Raises:
        ConfigurationInvalid: one of them is the home directory, or above it, or a format is malformed.
    """
    log_format, location = settings.time_stamp_log_format, str(settings.job_logs)
    try:
        check_format(log_format, location)
    except InvalidArgument as error:
        raise ConfigurationInvalid(f"The log format cannot be used. {error.message}") from error
    usual = fixed_directory(log_format, location)
    home = settings.home.resolve()
    for key, directory in (
        ("DefaultLogLocation" if log_format.startswith("{0}") else "TimeStampLogFormat", usual),
        *(("AllowedLogLocations", each) for each in settings.allowed_log_locations),
    ):
        if home.is_relative_to((home / directory).resolve()):
            raise ConfigurationInvalid(
                f"{key}: logs of jobs do not lie in {home / directory}, where secrets of the server are. "
                "Name a directory of their own.",
                target=key,
            )
    return LogPlaces(home, [usual, *settings.allowed_log_locations])


class LocalLogs:
    """Reads logs that lie on this machine; see :class:`jams.operations.context.Logs`.

    Args:
        places: where they lie.
        log_format: TimeStampLogFormat.
    """

    def __init__(self, places: LogPlaces, log_format: str) -> None:
        self._places = places
        self._format = log_format
        self._stop = threading.Event()

    def check_location(self, location: str) -> None:
        """Raises InvalidArgument when logs may not lie in a directory, or its format is malformed."""
        self._places.check(check_format(self._format, location))

    def read(self, filename: str, offset: int, limit: int) -> tuple[bytes, int]:
        """At most ``limit`` bytes from ``offset`` on, and the whole size. Raises LogNotFound."""
        part = read_log(self._places, filename, offset, limit)
        return part.data, part.size

    def tail(self, filename: str, lines: int) -> int:
        """The offset at which the last ``lines`` lines begin. Raises LogNotFound."""
        return tail_log(self._places, filename, lines=lines).offset

    def wait(self, filename: str, size: int, timeout: float) -> bool:
        """Wait until the log has another size; whether it has. One that is not there is waited for.

        Raises ServerUnavailable when the server stops meanwhile.
        """
        changed = wait_for_change(self._places, filename, size, timeout, stop=self._stop)
        if self._stop.is_set():
            raise ServerUnavailable("The server is stopping; ask again when it is back.")
        return changed

    def look(self, filename: str) -> tuple[int, int]:
        """The size, -1 where there is no such log, and the time of the last change."""
        return self._places.look(filename)

    def stop(self) -> None:
        """Let nobody wait any longer."""
        self._stop.set()
