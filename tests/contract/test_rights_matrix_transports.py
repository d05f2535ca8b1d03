"""Who may do what by the class library from another machine, over gRPC and over SOAP: as the matrix says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from matrix import WRITES, TownDoor, expected, rows, write

from jams.client import Server
from jams.operations import Operation
from jams.server.wire import WireServer, WireSettings
from tests.support.doors import Door, LibrarySoapDoor, asked, shown_by
from tests.support.running import Running

pytestmark = pytest.mark.timeout(180)


class LibraryWireDoor(TownDoor):
    """The class library over gRPC; a connection for each caller."""

    name = "library-wire"

    def __init__(self, jams: Running) -> None:
        super().__init__(jams)
        self._serving: WireServer | None = None
        self._servers: dict[str, Server] = {}

    def call(self, operation: Operation, inputs: dict[str, Any], caller: str) -> Any:
        return asked(self._server(caller), operation, inputs)

    def close(self) -> None:
        for server in self._servers.values():
            server.close()
        if self._serving is not None:
            self._serving.stop()

    def _server(self, caller: str) -> Server:
        if self._serving is None:
            self._serving = WireServer(self.town.dispatcher, WireSettings())
            self._serving.start()
        if caller not in self._servers:
            home, port = self.town.services.home / "nowhere", self._serving.port
            self._servers[caller] = Server("127.0.0.1", port, home=home, **shown_by(caller))
        return self._servers[caller]


@pytest.mark.parametrize("door", [LibraryWireDoor, LibrarySoapDoor], ids=lambda door: door.name)
def test_a_transport_answers_as_the_matrix_says(tmp_path: Path, door: type[Door]) -> None:
    found = rows(door, tmp_path)
    if WRITES:
        write({door.name: found})
    assert found == expected(door.name)
