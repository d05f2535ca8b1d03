"""Sessions over pipes that are idle for too long: told, hung up on, and their place given back."""

from __future__ import annotations

import asyncio
import sys
from importlib.util import find_spec
from pathlib import Path

import psrpcore
import pytest

import psprovider.transports.bridge
from psprovider.endpoint.limits import Limits
from psprovider.transports.people import Quota
from tests.support.psrp_client import Gone, ProcessClient, SocketClient, StrictClient
from tests.support.psrp_demo import DemoEngine
from tests.support.psrp_doors import Village, socket_door
from tests.support.running import ROOT

IDLE = 0.5
STDIO = f"""
from psprovider.endpoint.limits import Limits
from psprovider.transports.stdio import StandardStreams
from tests.support.psrp_demo import DemoEngine
from tests.support.psrp_doors import Somebody
streams = StandardStreams()
streams.serve(DemoEngine(reads_text=True), Somebody("ann"), Limits(idle={IDLE}))
"""


def is_ended(client: StrictClient) -> None:
    """The client is told of the end, and nothing comes after it."""
    with pytest.raises(Gone):
        while True:
            client._take(client.line())
    assert client.pool.state == psrpcore.types.RunspacePoolState.Closed


def test_over_the_socket() -> None:
    with socket_door(limits=Limits(idle=IDLE), quota=Quota(per_account=1)) as door:
        for _ in range(2):
            with SocketClient(door.path) as client:
                client.open()
                is_ended(client)
            while door.people.inside:
                pass


def test_through_the_bridge() -> None:
    with socket_door(limits=Limits(idle=IDLE)) as door:
        bridge = [sys.executable, "-I", "-S", psprovider.transports.bridge.__file__, str(door.path)]
        with ProcessClient(bridge) as client:
            client.open()
            is_ended(client)
            assert client.process.wait(20) == 0


def test_over_standard_streams() -> None:
    with ProcessClient([sys.executable, "-c", STDIO], cwd=ROOT) as client:
        client.open()
        is_ended(client)
        assert client.process.wait(20) == 0


@pytest.mark.skipif(find_spec("asyncssh") is None, reason="no asyncssh (the extra ssh)")
def test_over_ssh(tmp_path: Path) -> None:
    import asyncssh

    from psprovider.transports.ssh import SshListener

    engine, people = DemoEngine(reads_text=True), Village()
    limits = Limits(idle=IDLE)
    listener = SshListener("localhost", 0, tmp_path / "ssh", lambda: engine, people, Quota(), limits=limits)

    async def wait() -> bytes:
        async with asyncssh.connect(
            "localhost", listener.port, username="ann", password="secret-of-ann", known_hosts=None,
            client_keys=None, agent_path=None, config=None,
        ) as connection:  # fmt: skip
            process = await connection.create_process(subsystem="jams", encoding=None)
            return bytes(await process.stdout.read())

    try:
        assert asyncio.run(wait()) == b""
        assert not people.inside
    finally:
        listener.stop()
