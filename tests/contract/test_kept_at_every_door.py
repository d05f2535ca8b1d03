"""Every member takes and refuses at every door, and what one door has stored the others can use.

Each member is sent through each door with one of its probes, and with another at another door, so that in the
course of all members every probe goes through every door. All that comes after goes through the next door.
Properties are tried in agents, elements over REST alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from jams.operations import Operation
from tests.support import databases
from tests.support.doors import Door, LibraryDoor, RestDoor, SoapDoor
from tests.support.inner_doors import InnerCommandLineDoor, InnerCommandLineSoapDoor
from tests.support.lives import Trace, live, prepare, trace
from tests.support.nouns import (
    AGENT,
    JOB,
    NAMED_TIME,
    VARIABLE,
    Noun,
    Target,
    targets,
)
from tests.support.powershell_calls import NotExpressed
from tests.support.powershell_doors import NEEDS_SOCKET, EndpointDoor, settings
from tests.support.running import Running, add_account, configure, running

pytestmark = [pytest.mark.timeout(480), NEEDS_SOCKET]


class ZeepDoor(SoapDoor):
    """SOAP, by a client that has no words for what XML cannot carry."""

    def call(self, operation: Operation, inputs: dict[str, Any], caller: str) -> Any:
        try:
            return super().call(operation, inputs, caller)
        except (ValueError, AssertionError) as error:
            raise NotExpressed(str(error)) from None


class SessionDoor(EndpointDoor):
    """A session, by a client whose numbers have 64 bits, and which does not escape U+FFFF."""

    def call(self, operation: Operation, inputs: dict[str, Any], caller: str) -> Any:
        if "\\uffff" in json.dumps(inputs):
            raise NotExpressed("U+FFFF")
        try:
            return super().call(operation, inputs, caller)
        except ValueError as error:
            raise NotExpressed(str(error)) from None


DOORS: list[type[Door]] = [
    RestDoor,
    LibraryDoor,
    ZeepDoor,
    InnerCommandLineDoor,
    SessionDoor,
    InnerCommandLineSoapDoor,
]
NOUNS = (JOB, VARIABLE, AGENT, NAMED_TIME)
MEMBERS = [
    pytest.param(noun, target, number, id=f"{noun.word}-{target.label}")
    for noun in NOUNS
    for number, target in enumerate(targets(noun))
    if target.kept and target.first and not (noun is JOB and (target.known or target.path[0] == "elements"))
]


@dataclass
class House:
    """A running JAMS, and all doors of it."""

    doors: list[Door]
    traced: Callable[[], Trace]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    home = tmp_path_factory.mktemp("house") / "home"
    database = home.parent / "jams.db"
    configure(home, **settings(), **databases.connection_to(database))
    with running(home) as jams:
        add_account(home, "operator", "Administrators")
        yield from _entered(database, jams)


def _entered(database: Path, jams: Running) -> Iterator[House]:
    doors = [door(jams) for door in DOORS]
    prepare(doors[0])
    engine = create_engine(f"sqlite:///{database}")

    def traced() -> Trace:
        with engine.connect() as connection:
            return trace(connection)

    yield House(doors, traced)
    engine.dispose()
    for door in doors:
        door.close()


@pytest.mark.parametrize(("noun", "target", "number"), MEMBERS)
def test_a_member_is_kept_or_refused(house: House, noun: Noun, target: Target, number: int) -> None:
    found = []
    for place in range(len(DOORS)):
        turn = cycle([*house.doors[place:], *house.doors[:place]])
        sent = target.probes[(number + place * 5) % len(target.probes) :][:1]
        told = live(noun, replace(target, probes=sent), lambda turn=turn: next(turn), house.traced)
        found += [f"{house.doors[place].name} first: {text}" for text in told]
    assert found == []
