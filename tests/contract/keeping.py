"""Where probes are sent: a JAMS in this process on either database, with what the examples refer to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.support import databases, entry_lives
from tests.support.argument_probes import Argument, Subjects, call
from tests.support.inner_doors import InnerRestDoor
from tests.support.lives import Trace, change, live, prepare, trace
from tests.support.nouns import Noun, Target
from tests.support.probes import DIFFERING, SURE, TELLING
from tests.support.town import Town, town

_CHANGING = {"example", "true", "short", "too long", "greatest", "2^63", "last"}
"""Names of the probes that are sent as changes in every member."""


@dataclass
class Place:
    """A JAMS, and the way in.

    Attributes:
        whole: whether all probes are sent; elsewhere a few are, into what is kept.
        subjects: what operations act upon.
    """

    town: Town
    door: InnerRestDoor
    whole: bool
    subjects: Subjects

    def traced(self) -> Trace:
        """All that is kept."""
        return self.town.desk.read(trace)

    def traced_with_entries(self) -> Trace:
        """All that is defined and scheduled."""
        return self.town.desk.read(lambda connection: trace(connection, scheduled=True))

    def faults(self, noun: Noun, target: Target) -> list[str]:
        """What is wrong with what is kept of a member."""
        if not self.whole:
            return list(live(noun, _some(target), self._door, self.traced))
        found = list(live(noun, target.sampled(_sure(target)), self._door, self.traced))
        changes = target.sampled(_CHANGING)
        return [*found, *(change(noun, changes, self._door, self.traced) if target.first else ())]

    def faults_of_entries(self, noun: Noun, target: Target) -> list[str]:
        """What is wrong with entries that were submitted with a member."""
        sent = target.sampled(_sure(target)) if self.whole else _some(target)
        return list(entry_lives.live(noun, sent, self._door, self.traced_with_entries))

    def faults_of_calls(self, argument: Argument) -> list[str]:
        """What is wrong with calls that have probes in an argument."""
        sent = argument.sampled(SURE if self.whole else ())
        return list(call(sent, self._door, self.subjects, self.traced_with_entries))

    def _door(self) -> InnerRestDoor:
        return self.door


def _sure(target: Target) -> set[str]:
    return TELLING if target.first and target.known is None else SURE


def _some(target: Target) -> Target:
    at_which_they_differ = [probe for probe in target.probes if probe.name in DIFFERING]
    sent = replace(target, probes=tuple(at_which_they_differ if target.first else ()))
    return sent.sampled(_CHANGING)


@contextmanager
def place(kind: str, folder: Path) -> Iterator[Place]:
    """A place on a kind of database; on a server's few probes are sent, those at which databases differ."""
    with databases.database(kind, folder) as where, town(folder, where) as made:
        made.admit("operator", passes=True)
        door = InnerRestDoor(made)
        prepare(door)
        yield Place(made, door, kind == "sqlite", Subjects(door))
