"""Goes through every door with the cases of one operation, in the checkout it is started in.

``python -m tests.support.adding_an_operation NAME``, with ``tests/contract`` on PYTHONPATH; names the doors.
A program of its own, because it is run in a copy of the checkout to which the operation was added.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from cases import CASES
from walking import faults, through

from jams.operations import CATALOGUE
from tests.support.doors import DOORS, Door, RestDoor
from tests.support.powershell_doors import EndpointDoor, ModuleDoor, settings
from tests.support.powershell_module import PWSH
from tests.support.running import add_account, configure, running

PREPARING = ("job", "submit held")
"""The cases that make an entry for the others to be about."""


def main(name: str) -> None:
    """Ask every door the cases of an operation, and hold the answers to them."""
    about = [case for case in CASES if case.operation == CATALOGUE[name].name]
    asked = [case for case in CASES if case.name in PREPARING] + about
    doors: list[type[Door]] = [*DOORS, EndpointDoor, *([ModuleDoor] if PWSH else [])]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "room" / "home"
        configure(home, **settings())
        with running(home) as jams:
            add_account(home, "operator", "Administrators")
            over_rest = through(RestDoor(jams), asked)
            for door in doors:
                entered = door(jams)
                outcomes = through(entered, asked) if door is not RestDoor else over_rest
                entered.close()
                if told := faults(door, about, outcomes, over_rest):
                    raise AssertionError("\n".join(told))
                print(door.name)


if __name__ == "__main__":
    main(sys.argv[1])
