"""Where the cases are asked: of which JAMS, on which database, hosted how."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cases import CASES
from contract_case import Case
from walking import Outcome, through

from tests.support import databases
from tests.support.doors import DOORS, CommandLineDoor, CommandLineSoapDoor, Door, operation_named
from tests.support.inner_doors import InnerCommandLineDoor, InnerCommandLineSoapDoor
from tests.support.running import Running, add_account, configure, running, start_web_services


def _subject(case: Case) -> str:
    return str(operation_named(case.operation).service)


BY_NAME: dict[str, type[Door]] = {door.name: door for door in DOORS}
SPARING: dict[type[Door], type[Door]] = {
    CommandLineDoor: InnerCommandLineDoor,
    CommandLineSoapDoor: InnerCommandLineSoapDoor,
}
"""Doors that would be a process for each case: only the first cases are asked by such processes."""

SUBJECTS: dict[str, list[Case]] = {
    str(subject): [case for case in CASES if _subject(case) == subject]
    for subject in sorted({_subject(case) for case in CASES})
}
"""The cases by what they are about: the service that their operation belongs to."""


class Outcomes:
    """What each door made of each case; a door is gone through when it is first asked for.

    Args:
        jams: the one that is asked.
    """

    def __init__(self, jams: Running) -> None:
        self.jams = jams
        self._found: dict[str, dict[str, Outcome]] = {}

    def __getitem__(self, name: str) -> dict[str, Outcome]:
        if name not in self._found:
            kind = BY_NAME[name]
            door = SPARING.get(kind, kind)(self.jams)
            self._found[name] = through(door, CASES)
            door.close()
        return self._found[name]


@contextmanager
def hosted(folder: Path, database: str = "sqlite", *, web_apart: bool = False) -> Iterator[Outcomes]:
    """A JAMS in one process, or with web services apart from their JAMServer."""
    home = folder / "home"
    with databases.database(database, folder) as place:
        configure(home, **databases.connection_to(place))
        with running(home) as jams:
            add_account(home, "operator", "Administrators")
            add_account(home, "reader", "Inquirers")
            add_account(home, "submitter", "Submitters")
            if not web_apart:
                yield Outcomes(jams)
                return
            apart = start_web_services(folder / "web", jams)
            yield Outcomes(apart)
            apart.kill_tree()
