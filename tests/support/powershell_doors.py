"""The PowerShell doors: sessions on a whole server, and the module in a real PowerShell.

PowerShell is the program that JAMS_TEST_PWSH names, or ``pwsh`` on PATH.
"""

from __future__ import annotations

import getpass
import json
import os
import re
import subprocess
import sys
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from pypsrp.complex_objects import GenericComplexObject
from pypsrp.exceptions import AuthenticationError
from pypsrp.powershell import PowerShell, RunspacePool
from pypsrp.wsman import WSMan

from jams.operations import Operation
from psprovider.engine.actions import NOTE
from tests.support import powershell_calls as calls
from tests.support.doors import Door, DoorError, credentials
from tests.support.powershell_calls import CmdletCall, cmdlet_call, code
from tests.support.powershell_module import MODULE, NEEDS_POWERSHELL, PWSH
from tests.support.psrp_client import Result, SocketClient
from tests.support.running import Running, free_port

_MARK = "\x02"


def settings() -> dict[str, str]:
    """What a server must be started with so that the endpoint's door can be used by all callers."""
    return {
        "PowerShellUsers": f"{getpass.getuser()}=operator",
        "WSManPort": str(free_port()),
        "WSManAllowHttp": "true",
    }


@dataclass
class Given:
    """What a cmdlet gave: its output, the ids of errors, what it told on the verbose stream, and warnings."""

    output: list[Any] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)


class PowerShellDoor(Door):
    """A way in by cmdlets."""

    keeps_the_token = True

    unexpressed: Mapping[str, str] = {
        "folder by nothing": "without a name the cmdlet lists everything",
        "calendar by nothing": "without a name the cmdlet lists everything",
        "log twice over": "a text is shown from its beginning or from its tail, so nothing can contradict",
    }

    def call(self, operation: Operation, inputs: dict[str, Any], caller: str) -> Any:
        call = cmdlet_call(operation, inputs)
        given = self.run(call, caller)
        if given.errors:
            raise DoorError(code(given.errors[0]), given.errors[0])
        done = [text for text in given.told if not text.startswith("Performing the operation")]
        # Of what other doors say as notes behind what was done, cmdlets warn.
        notes = "".join(f"{NOTE}{text}" for text in given.warned)
        return calls.answer(operation, given.output, [f"{text}{notes}" for text in done[-1:]], self.get)

    @classmethod
    def expected(cls, operation: Operation, answer: Any) -> Any:
        return calls.expected(operation, answer)

    @abstractmethod
    def run(self, call: CmdletCall, caller: str) -> Given:
        """Run a cmdlet."""

    @staticmethod
    def get(value: Any, name: str) -> Any:
        """A property of an object that came out, or None."""
        return value.get(name)


class EndpointDoor(PowerShellDoor):
    """Sessions on the server: the machine's own user over the socket, other accounts over WS-Management."""

    name = "powershell-session"
    unexpressed = {
        **PowerShellDoor.unexpressed,
        "health": "a session needs a caller",
        "login": "a session's caller is fixed when it is opened",
        "login refused": "a session's caller is fixed when it is opened",
        "login of nobody": "a session's caller is fixed when it is opened",
        "logout": "a session's caller is fixed when it is opened",
        "logout everywhere": "a session's caller is fixed when it is opened",
    }

    @classmethod
    def expected(cls, operation: Operation, answer: Any) -> Any:
        return calls.without_implied(super().expected(operation, answer))

    def __init__(self, jams: Running) -> None:
        super().__init__(jams)
        self._port = int(_key(jams, "WSManPort"))
        self._client = SocketClient(jams.home / "powershell.sock")
        self._client.open()
        self._pools: dict[str, tuple[WSMan, RunspacePool]] = {}

    def run(self, call: CmdletCall, caller: str) -> Given:
        parameters = {**call.parameters, "Verbose": True}
        if call.changes:
            parameters["Confirm"] = False
        if caller == "operator":
            return from_session(self._client.run((call.name, parameters)))
        if caller == "nobody":
            return self._anonymous()
        return self._over_wsman(call.name, parameters, caller)

    def close(self) -> None:
        self._client.close()
        self._client.socket.close()
        for wsman, pool in self._pools.values():
            pool.close()
            wsman.close()

    def _anonymous(self) -> Given:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=30)
        connection.request("POST", "/wsman", b"", {"Content-Type": "application/soap+xml"})
        status = connection.getresponse().status
        connection.close()
        assert status == 401, status
        return Given(errors=["Unauthenticated"])

    def _over_wsman(self, name: str, parameters: dict[str, Any], caller: str) -> Given:
        try:
            pool = self._pool(caller)
        except AuthenticationError:
            return Given(errors=["Unauthenticated"])
        shell = PowerShell(pool)
        shell.add_cmdlet(name).add_parameters({key: _plain(value) for key, value in parameters.items()})
        output = shell.invoke()
        errors = [str(record.fq_error) for record in shell.streams.error]
        told, warned = (
            [str(record.message) for record in stream]
            for stream in (shell.streams.verbose, shell.streams.warning)
        )
        return Given(list(output), errors, told, warned)

    def _pool(self, caller: str) -> RunspacePool:
        if caller not in self._pools:
            who = credentials(caller)
            assert who is not None
            wsman = WSMan(
                "127.0.0.1", port=self._port, ssl=False, auth="basic", encryption="never",
                username=who[0], password=who[1],
            )  # fmt: skip
            pool = RunspacePool(wsman, configuration_name="JAMS")
            pool.open()
            self._pools[caller] = wsman, pool
        return self._pools[caller][1]

    @staticmethod
    def get(value: Any, name: str) -> Any:
        if isinstance(value, GenericComplexObject):
            return {**value.adapted_properties, **value.extended_properties}.get(name)
        return value.get(name) if isinstance(value, dict) else getattr(value, name, None)


def _plain(value: Any) -> Any:
    """A whole number without the type of the other client library, which this one cannot write."""
    return int(value) if isinstance(value, int) and not isinstance(value, bool) else value


def from_session(result: Result) -> Given:
    """What a pipeline of a session gave."""
    errors = [*result.errors, *([result.reason] if result.reason else [])]
    told, warned = (
        [str(r.record.Message) for r in result.records if type(r).__name__ == f"{kind}RecordEvent"]
        for kind in ("Verbose", "Warning")
    )
    return Given(result.output, [str(e.FullyQualifiedErrorId) for e in errors], told, warned)


def _key(jams: Running, name: str) -> str:
    text = (jams.home / "Common.config").read_text(encoding="utf-8")
    found = re.search(f'key="{name}" value="([^"]*)"', text)
    assert found is not None, f"the server was started without {name}"
    return found[1]


class Worker:
    """One PowerShell that runs what it is asked: cmdlets of the module, or in a session on a server."""

    def __init__(self, *arguments: str, **variables: str) -> None:
        assert PWSH is not None
        kept = {name: value for name, value in os.environ.items() if not name.startswith("JAMS_")}
        script = str(Path(__file__).with_name("powershell_worker.ps1"))
        self._process = subprocess.Popen(
            [PWSH, "-NoProfile", "-NonInteractive", "-File", script, *arguments],
            env={**kept, "NO_COLOR": "1", **variables},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )

    def ask(self, question: dict[str, Any]) -> Given:
        """Ask, and wait for the answer."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        for line in self._process.stdout:
            if line.startswith(_MARK):
                return Given(**json.loads(line[1:]))
        raise AssertionError(f"PowerShell ended with {self._process.wait(30)}")

    def close(self) -> None:
        """End it."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()


class ModuleDoor(PowerShellDoor):
    """The module in one PowerShell, which is connected anew whenever the caller is another one."""

    name = "powershell-module"
    unexpressed = {
        **PowerShellDoor.unexpressed,
        "login of nobody": "a credential that is not given is asked for",
        "logout everywhere": "the module has forgotten its login with the logout before",
        **dict.fromkeys(
            ("after the end of time", "before the beginning of time", "submit after the end of time"),
            ".NET takes the first or the last time that it has instead",
        ),
    }

    def __init__(self, jams: Running) -> None:
        super().__init__(jams)
        self._worker = Worker(
            "-Module",
            str(MODULE / "JAMS.psd1"),
            JAMS_HOME=str(jams.home / "nowhere"),
            JAMS_POWERSHELL_CACHE=str(jams.home.parent.parent / "powershell-classes"),
        )
        self._connected = ""

    def call(self, operation: Operation, inputs: dict[str, Any], caller: str) -> Any:
        if operation.session == "opens":
            self._connected = ""
            given = self._connect(inputs["username"], inputs["password"])
            if given.errors:
                raise DoorError(code(given.errors[0]), given.errors[0])
            return {"account": inputs["username"]}
        return super().call(operation, inputs, caller)

    def run(self, call: CmdletCall, caller: str) -> Given:
        if caller != self._connected:
            who = credentials(caller)
            entered = self._connect(*who) if who else self._worker.ask({"leave": self.jams.url})
            if entered.errors:
                return entered
            self._connected = caller
        parameters = {**call.parameters, **({"Confirm": False} if call.changes else {})}
        if not call.builtin:
            parameters["Server"] = self.jams.url
        return self._worker.ask({"cmdlet": call.name, "parameters": parameters})

    def close(self) -> None:
        self._worker.close()

    @staticmethod
    def get(value: Any, name: str) -> Any:
        # In C# no member can be called like its class: it has "Property" behind its name then.
        return value.get(name, value.get(f"{name}Property"))

    def _connect(self, user: str, password: str) -> Given:
        return self._worker.ask({"url": self.jams.url, "user": user, "password": password})


POWERSHELL_DOORS: list[type[PowerShellDoor]] = [EndpointDoor, ModuleDoor]

NEEDS_SOCKET = pytest.mark.skipif(sys.platform != "linux", reason="the socket of sessions needs Linux")
NEEDS = {EndpointDoor.name: NEEDS_SOCKET, ModuleDoor.name: NEEDS_POWERSHELL}
"""What a door needs of the machine, by its name."""
