"""Several writers change one definition at one moment: whoever is overtaken is told, and nothing is lost."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import msgspec
import pytest

from jams.database import open_beside
from jams.objects.calendars import Calendar, DateType, NamedTime
from jams.objects.capacity import BatchQueue, Resource
from jams.objects.definitions import Agent, Folder, Job, Variable
from jams.objects.patch import number_member, patch_of, version_member
from tests.support import databases
from tests.support.town import Town, town

ROUNDS = 8
HANDS = 4
HOST = {"agentType": "WinRM", "properties": [{"propertyName": "Address", "currentValue": "host.example"}]}
SPAN = {"startTime": {"totalSeconds": 0}, "endTime": {"totalSeconds": 9}}

KINDS: dict[str, tuple[Any, str, dict[str, Any], str, tuple[str, Any]]] = {
    "folder": (Folder, "folderName", {}, "\\", ("tagIds", [7])),
    "job": (Job, "jobName", {"source": "true"}, "\\", ("tagIds", [7])),
    "variable": (Variable, "variableName", {"value": "1"}, "\\", ("value", "2")),
    "agent": (Agent, "agentName", HOST, "", ("jobLimit", 9)),
    "calendar": (Calendar, "calendarName", {}, "", ("colorName", "Red")),
    "date_type": (DateType, "dateTypeType", {}, "", ("dates", [{"startDate": "2027-03-01"}])),
    "named_time": (NamedTime, "timeName", SPAN, "", ("enabled", False)),
    "queue": (BatchQueue, "queueName", {}, "", ("jobLimit", 9)),
    "resource": (Resource, "resourceName", {}, "", ("quantityAvailable", 9)),
}
"""The document, its name, what else it needs, what stands before the name in a path, and another member."""


def missing(noun: str) -> str:
    """The code of the error that there is none of a kind."""
    return f"{''.join(part.capitalize() for part in noun.split('_'))}NotFound"


class Hands:
    """Databases that are open beside each other, as those of several processes are."""

    def __init__(self, towns: list[Town]) -> None:
        self.towns = towns

    def race(self, *works: Callable[[Town], Any]) -> list[Any]:
        """What each piece of work gave or raised; they begin at the same moment, each in its own database."""
        barrier = threading.Barrier(len(works))
        found: list[Any] = [None] * len(works)

        def run(index: int, work: Callable[[Town], Any]) -> None:
            barrier.wait(20)
            try:
                found[index] = work(self.towns[index])
            except Exception as error:
                found[index] = error

        threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(40)
        return found


@pytest.fixture(scope="module", params=databases.KINDS)
def hands(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hands]:
    home = tmp_path_factory.mktemp("versions")
    with ExitStack() as stack:
        where = stack.enter_context(databases.database(request.param, home))
        first = stack.enter_context(town(home, where))
        first.admit("ann")
        towns = [first]
        for _ in range(HANDS - 1):
            beside = open_beside(where)
            stack.callback(beside.close)
            towns.append(first.beside(beside))
        yield Hands(towns)


class Thing:
    """A definition that is made, and what is done to it."""

    def __init__(self, hands: Hands, noun: str, name: str) -> None:
        self.noun = noun
        self.document, member, rest, before, self.other = KINDS[noun]
        self.path = before + name
        made = msgspec.convert({member: name, **rest}, self.document)
        self.first = hands.towns[0]
        self.first.call(f"create_{noun}", "ann", **{noun: made})
        self.id = getattr(self.get(), number_member(self.document) or "")

    def get(self) -> Any:
        return self.first.call(f"get_{self.noun}", "ann", name=self.path)

    @property
    def version(self) -> int:
        found: int = getattr(self.get(), version_member(self.document) or "")
        return found

    def change(self, said: dict[str, Any], version: int | None = None) -> Callable[[Town], Any]:
        members = dict(said)
        if version is not None:
            members["definitionVersion" if self.noun == "agent" else "version"] = version
        patch = msgspec.convert(members, patch_of(self.document))
        return lambda town: town.call(f"change_{self.noun}", "ann", id=self.id, **{self.noun: patch})

    def delete(self, version: int | None = None) -> Callable[[Town], Any]:
        return lambda town: town.call(f"delete_{self.noun}", "ann", name=self.path, version=version)


def outcomes(found: list[Any]) -> Counter[str]:
    return Counter(type(each).__name__ if isinstance(each, Exception) else "done" for each in found)


@pytest.mark.parametrize("noun", KINDS)
def test_of_those_who_have_seen_one_version_one_changes_it(hands: Hands, noun: str) -> None:
    thing = Thing(hands, noun, f"{noun}-seen".replace("_", "-"))
    for _ in range(ROUNDS):
        seen = thing.version
        changes = [thing.change({"description": f"by {hand}"}, seen) for hand in range(HANDS)]
        found = hands.race(*changes)
        assert outcomes(found) == {"done": 1, "VersionConflict": HANDS - 1}
        hand = next(index for index, each in enumerate(found) if not isinstance(each, Exception))
        assert thing.get().description == f"by {hand}" and thing.version > seen
    thing.delete()(thing.first)


@pytest.mark.parametrize("noun", KINDS)
def test_who_change_different_members_both_keep_theirs(hands: Hands, noun: str) -> None:
    for number in range(ROUNDS):
        thing = Thing(hands, noun, f"{noun}-both-{number}".replace("_", "-"))
        member, value = thing.other
        found = hands.race(thing.change({"description": "Second."}), thing.change({member: value}))
        assert outcomes(found) == {"done": 2}
        shown = msgspec.to_builtins(thing.get())
        got = (
            [{"startDate": each["startDate"]} for each in shown[member]]
            if member == "dates"
            else shown[member]
        )
        assert (shown["description"], got) == ("Second.", value)
        thing.delete()(thing.first)


@pytest.mark.parametrize("noun", KINDS)
def test_what_was_changed_is_not_deleted_by_whoever_has_not_seen_it(hands: Hands, noun: str) -> None:
    for number in range(ROUNDS):
        thing = Thing(hands, noun, f"{noun}-gone-{number}".replace("_", "-"))
        seen = thing.version
        changed, *deleted = hands.race(
            thing.change({"description": "Second."}, seen), thing.delete(seen), thing.delete(seen)
        )
        told = outcomes(deleted)
        if isinstance(changed, Exception):
            assert type(changed).__name__ == missing(noun)
            assert told == {"done": 1, missing(noun): 1}
        else:
            assert told == {"VersionConflict": 2} and thing.get().description == "Second."
            thing.delete()(thing.first)
        again = Thing(hands, noun, thing.path.lstrip("\\"))
        assert again.version > seen
        again.delete()(again.first)
