"""PowerShell sessions on a town, through the socket, the endpoint and the engine of a server."""

from __future__ import annotations

import tempfile
from pathlib import Path

from jams.security.caller import Caller, Credentials
from psprovider.engine.principal import Principal
from psprovider.sessions.session import DOOR, JamsEngine
from psprovider.transports.people import Quota
from psprovider.transports.unix_socket import UnixSocketListener
from tests.support.powershell_calls import CmdletCall
from tests.support.powershell_doors import EndpointDoor, Given, PowerShellDoor, from_session
from tests.support.psrp_client import Refused, SocketClient
from tests.support.running import Running
from tests.support.town import Town


class _Citizens:
    """Whoever connects is whom the test says (:class:`psprovider.transports.people.People`)."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self.caller = ""

    def by_system_user(self, user: str, origin: str) -> Principal:
        return self.by_account(self.caller, origin)

    def by_account(self, account: str, origin: str, *, by_password: bool = False) -> Principal:
        credentials = Credentials(username=account, password="x", origin=origin)

        def caller() -> Caller:
            return self._town.accounts.authenticate(credentials, DOOR)

        return Principal.of(caller, credentials, origin)

    def check_password(self, user: str, password: str, origin: str) -> str:
        raise NotImplementedError("nobody is asked for a password at a socket")

    def release(self, person: object) -> None:
        return


class InnerSessionDoor(PowerShellDoor):
    """Cmdlets in sessions on a town, one for each caller; ``enter`` opens the door."""

    name = EndpointDoor.name
    get = staticmethod(EndpointDoor.get)

    def __init__(self, jams: Running) -> None:
        super().__init__(jams)
        self._folder = tempfile.TemporaryDirectory(prefix="jams-")
        self._clients: dict[str, SocketClient] = {}

    def enter(self, town: Town) -> None:
        """Let callers into a town."""
        self._citizens = _Citizens(town)

        def identify(identity: object) -> Principal | None:
            return identity if isinstance(identity, Principal) else None

        engine = JamsEngine(town.dispatcher, identify, server_name="town")
        self._listener = UnixSocketListener(
            Path(self._folder.name) / "ps.sock", lambda: engine, self._citizens, Quota()
        )
        self._listener.start()

    def run(self, call: CmdletCall, caller: str) -> Given:
        parameters = {**call.parameters, "Verbose": True}
        if call.changes:
            parameters["Confirm"] = False
        try:
            client = self._client(caller)
        except Refused:
            return Given(errors=["Unauthenticated"])
        return from_session(client.run((call.name, parameters)))

    def close(self) -> None:
        for client in self._clients.values():
            client.close()
            client.socket.close()
        self._listener.stop()
        self._folder.cleanup()

    def _client(self, caller: str) -> SocketClient:
        if caller not in self._clients:
            self._citizens.caller = "" if caller == "nobody" else caller
            client = SocketClient(self._listener.path)
            try:
                client.open()
            except Refused:
                client.socket.close()
                raise
            self._clients[caller] = client
        return self._clients[caller]
