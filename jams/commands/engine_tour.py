"""Sample jobs that run by themselves, wait for each other and are tried again, followed while they do.

The class library asks the server for all that is shown; what is said of waits is the server's own answer.
"""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from jams.client.server import Server
from jams.objects.enums import EntryState, Severity
from jams.objects.schedule import Entry

_AHEAD = timedelta(seconds=20)
"""How far ahead the job is scheduled that runs by itself."""

_PATIENCE = 60.0
"""Seconds that are waited for anything to happen."""

_PACE = 0.1
_WIDTH = 79


class Part:
    """One part of the tour, with a word before each of its lines; told at 80 columns."""

    def __init__(self, server: Server, word: str, folder: str) -> None:
        self._server = server
        self._word = word
        self.folder = folder

    def say(self, text: str) -> None:
        """Print a sentence."""
        before = f"{self._word:8} | "
        print(textwrap.fill(text, _WIDTH, initial_indent=before, subsequent_indent=before), flush=True)

    def submit(self, job: str) -> int:
        """Submit a job of the folder; its entry's number."""
        number = int(self._server.submit(f"{self.folder}\\{job}").key)
        self.say(f"{self.folder}\\{job} was submitted as entry {number}.")
        return number

    def entry(self, number: int) -> Entry:
        """An entry as it stands."""
        entry: Entry = self._server.entries[number].get()
        return entry

    def why(self, number: int) -> None:
        """Say why an entry waits, or what let it go on."""
        for wait in self._server.entries[number].waits():
            self.say(f"Why {number}? {wait.message}")

    def follow(self, number: int, told: Callable[[Entry], bool]) -> Entry:
        """Say each state in which an entry is seen, and why where ``told`` wants it, until it has ended."""
        seen: object = None
        deadline = time.monotonic() + _PATIENCE
        while True:
            entry = self.entry(number)
            stands = (entry.current_state, entry.restart_count)
            if stands != seen:
                seen = stands
                self.say(f"Entry {number} is {_stands(entry)}.")
                if told(entry):
                    self.why(number)
            if entry.current_state.ended or time.monotonic() > deadline:
                return entry
            time.sleep(_PACE)

    def ends(self, number: int, told: Callable[[Entry], bool] = lambda entry: False) -> bool:
        """Follow an entry to its end; whether it was a good one."""
        return self.follow(number, told).final_severity is Severity.SUCCESS


class OnTime(Part):
    """A job that is scheduled, and runs by itself while other parts are shown."""

    def __init__(self, server: Server, folder: str) -> None:
        super().__init__(server, "Schedule", f"{folder}\\Schedule")
        self._point = (datetime.now(UTC) + _AHEAD).replace(microsecond=0)

    def plan(self) -> None:
        """Say in its definition when the job is to run."""
        at = self._point
        definition = {"schedule": f"{at:%Y-%m-%d}", "at": f"{at:%H:%M:%S}", "time_zone": "UTC"}
        self._server.jobs[f"{self.folder}\\OnTime"].change(**definition)
        self.say(f"{self.folder}\\OnTime is to run by itself at {at:%H:%M:%S} UTC.")

    def show(self) -> bool:
        """Follow the entry that the schedule has made; whether it ran well."""
        number = self._made()
        if number is None:
            self.say("The schedule has no entry for it.")
            return False
        good = self.ends(number, lambda entry: entry.current_state.waiting or entry.current_state.ended)
        return good

    def _made(self) -> int | None:
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            for entry in self._server.entries.find(folder=self.folder, name="OnTime", after=self._point):
                if entry.scheduled_time_utc == self._point:
                    number: int = entry.jams_entry
                    return number
            time.sleep(_PACE)
        return None


def dependency(server: Server, folder: str) -> bool:
    """Show a job that waits for another one, and why; whether both succeeded."""
    part = Part(server, "Depends", f"{folder}\\Dependencies")
    waiting = part.submit("Load")
    _until(lambda: part.entry(waiting).current_state is EntryState.DEPENDENCY_WAIT)
    part.why(waiting)
    first = part.submit("Extract")
    good = part.ends(first)
    return part.ends(waiting, lambda entry: entry.current_state.ended) and good


def retry(server: Server, folder: str) -> bool:
    """Show a job that fails, and is tried again until it succeeds; whether it did."""
    part = Part(server, "Retry", f"{folder}\\Retry")
    return part.ends(part.submit("FailsTwice"), lambda entry: entry.current_state is EntryState.TIMED)


def _stands(entry: Entry) -> str:
    if entry.current_state.ended:
        severity = entry.final_severity
        return f"Complete: {severity.value if severity else None} ({entry.final_status})"
    return entry.current_state.value


def _until(happens: Callable[[], Any]) -> None:
    """Wait until something is so, or there is no patience left."""
    deadline = time.monotonic() + _PATIENCE
    while not happens() and time.monotonic() < deadline:
        time.sleep(_PACE)
