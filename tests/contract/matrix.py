"""The matrix of rights: what each door answers to each caller of each operation, as it is checked in.

``rights_matrix.txt`` has a line for each operation, with what it answers in each situation at every door.
Where a door answers otherwise it is followed by a line of its own. To write it anew after a change:

    JAMS_TEST_WRITE_MATRIX=1 python -m pytest tests/contract/test_rights_matrix_*.py
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from matrix_calls import OPERATIONS, SITUATIONS, Stage, stage
from werkzeug.serving import make_server

from jams.objects.errors import JAMSError
from jams.operations import Operation
from jams.operations.arguments import arguments_from
from jams.security.caller import NOBODY, Credentials
from tests.support.doors import Door, DoorError
from tests.support.inner_sessions import InnerSessionDoor
from tests.support.running import Running
from tests.support.town import Town
from webservices.application import create_application
from webservices.web_settings import WebSettings

FILE = Path(__file__).with_name("rights_matrix.txt")
WRITES = bool(os.environ.get("JAMS_TEST_WRITE_MATRIX"))

Row = tuple[str, ...]
"""What is answered in each situation: ``done``, or the code of the error."""


class TownDoor(Door):
    """The operations themselves, as the class library calls them within a server."""

    name = "library"
    town: Town

    def call(self, operation: Operation, inputs: dict[str, Any], caller: str) -> Any:
        shown = NOBODY if caller == "nobody" else Credentials(username=caller, password="x")
        try:
            given = arguments_from(operation, inputs)
            return self.town.dispatcher.call(operation, given, credentials=shown)
        except JAMSError as error:
            raise DoorError(error.code, error.message) from None


@contextmanager
def served(folder: Path) -> Iterator[tuple[Stage, Running]]:
    """A stage whose web services listen on this machine."""
    with stage(folder) as made:
        late: list[Any] = []

        def application(environ: Any, start: Any) -> Any:
            return late[0](environ, start)

        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        server = make_server("127.0.0.1", 0, application, threaded=True)
        url = f"http://127.0.0.1:{server.server_port}/JAMS"
        late.append(create_application(made.town.dispatcher, WebSettings(url)))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield made, Running(made.town.services.home, url, "")
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def rows(kind: type[Door], folder: Path) -> dict[str, Row]:
    """What a door answers, by operation."""
    with served(folder) as (made, running):
        door = kind(running)
        if isinstance(door, TownDoor):
            door.town = made.town
        if isinstance(door, InnerSessionDoor):
            door.enter(made.town)
        try:
            return {each.name: _row(made, door, each) for each in asked(kind)}
        finally:
            door.close()


def asked(kind: type[Door]) -> list[Operation]:
    """The operations that a door has: the caller of a PowerShell session neither logs in in it nor out."""
    fixed = issubclass(kind, InnerSessionDoor)
    return [each for each in OPERATIONS if not (fixed and each.session)]


def _row(made: Stage, door: Door, operation: Operation) -> Row:
    made.begin(operation)
    found: list[str] = []
    inputs = made.inputs(operation)
    for situation in SITUATIONS:
        if operation.changes and "done" in found:
            inputs = made.inputs(operation)  # it was done by somebody before
        try:
            door.call(operation, inputs, situation)
            found.append("done")
        except DoorError as error:
            found.append(error.code)
    return tuple(found)


def expected(door: str) -> dict[str, Row]:
    """What is checked in for a door, of all operations."""
    found: dict[str, Row] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        name, *cells = line.split()
        operation, _, only = name.partition("@")
        if only in ("", door):
            found[operation] = tuple(cells)
    return found


def write(by_door: dict[str, dict[str, Row]]) -> None:
    """Write the table anew, with what these doors answer; what other doors answer otherwise stays."""
    text = FILE.read_text(encoding="utf-8") if FILE.exists() else ""
    others = [line.split() for line in text.splitlines() if "@" in line.split(" ")[0]]
    kept = {(name, door): tuple(cells) for head, *cells in others for name, _, door in [head.partition("@")]}
    base = by_door.get("library") or expected("library")
    for door, answers in by_door.items():
        for name, row in answers.items():
            kept.pop((name, door), None)
            if row != base.get(name):
                kept[name, door] = row
    lines = ["# operation, and what it answers: " + ", ".join(SITUATIONS) + "; see matrix.py"]
    for name in sorted(base):
        lines.append(_line(name, base[name]))
        lines += [_line(f"{name}@{door}", row) for (of, door), row in sorted(kept.items()) if of == name]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _line(name: str, row: Row) -> str:
    return f"{name:44}" + "".join(f"{cell:19}" for cell in row).rstrip()
