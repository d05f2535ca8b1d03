"""Further ways into a server by PowerShell: a session from a real one through sshd, and the drive."""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import Any

from msgspec.structs import fields

from jams.commands.ps import bridge_command
from jams.objects.base import pascal_name
from jams.objects.errors import ErrorKind, error_classes
from jams.operations import Operation
from tests.support import powershell_calls as calls
from tests.support.doors import DoorError
from tests.support.powershell_calls import CmdletCall, code
from tests.support.powershell_doors import EndpointDoor, Given, ModuleDoor, PowerShellDoor, Worker
from tests.support.psrp_sshd import sshd
from tests.support.running import Running


class SshdDoor(PowerShellDoor):
    """Invoke-Command of a real PowerShell in a session through a real sshd, as the machine's user."""

    name = "powershell-sshd"

    @classmethod
    def expected(cls, operation: Operation, answer: Any) -> Any:
        return calls.without_implied(super().expected(operation, answer))

    def __init__(self, jams: Running) -> None:
        super().__init__(jams)
        self._parts = ExitStack()
        server = self._parts.enter_context(sshd(jams=bridge_command(jams.home / "powershell.sock")))
        session = {
            "HostName": "localhost",
            "Port": server.port,
            "UserName": server.user,
            "KeyFilePath": str(server.key),
            "Subsystem": "jams",
            "Options": {"UserKnownHostsFile": str(server.known_hosts)},
        }
        self._worker = Worker("-Session", json.dumps(session))
        self._parts.callback(self._worker.close)

    def run(self, call: CmdletCall, caller: str) -> Given:
        assert caller == "operator"
        parameters = {**call.parameters, **({"Confirm": False} if call.changes else {})}
        return self._worker.ask({"cmdlet": call.name, "parameters": parameters})

    def close(self) -> None:
        self._parts.close()


UNEXPRESSED = {
    f"versions of {what}": "what is removed from a drive is what lies there now"
    for what in ("job: remove stale", "folder: remove stale", "folder: remove seen")
}
"""Cases that drives have no words for."""


class OnTheDrive(PowerShellDoor):
    """Says on the drive what can be said there, and the rest by cmdlets.

    What is made, removed and looked at has a path. The drive tells nothing of what it has done, and of a path
    at which there is nothing it says no more than that.
    """

    placed = frozenset({"get_folder", "get_job", "delete_job", "delete_folder"})
    """Operations on what has a path; whatever is made in a folder has one as well."""

    def call(self, operation: Operation, inputs: dict[str, Any], caller: str) -> Any:
        if not self.has_path(operation):
            return super().call(operation, inputs, caller)
        given = self.run(_on_the_drive(operation, inputs), caller)
        if given.errors:
            raise DoorError(code(given.errors[0]), given.errors[0])
        return None if operation.changes else calls.answer(operation, given.output, [], self.get)

    @classmethod
    def has_path(cls, operation: Operation) -> bool:
        """Whether the drive has words for an operation."""
        return operation.name in cls.placed or (operation.created and len(operation.binding.path) > 1)

    @classmethod
    def expected(cls, operation: Operation, answer: Any) -> Any:
        if cls.has_path(operation) and operation.changes:
            return None
        return super().expected(operation, answer)

    @classmethod
    def refusal(cls, operation: Operation, error: str) -> str:
        missing = error_classes()[error].kind is ErrorKind.NOT_FOUND
        return "PathNotFound" if missing and cls.has_path(operation) and not operation.created else error


class SessionDriveDoor(OnTheDrive, EndpointDoor):
    """The drive of a session, which shows entries and their logs, too."""

    name = "powershell-session-drive"
    unexpressed = {**EndpointDoor.unexpressed, **UNEXPRESSED}
    placed = OnTheDrive.placed | {"get_entry", "get_entry_log"}


class ModuleDriveDoor(OnTheDrive, ModuleDoor):
    """The drive of the module: a provider, before which PowerShell has questions of its own."""

    name = "powershell-module-drive"
    unexpressed = {**ModuleDoor.unexpressed, **UNEXPRESSED}

    @classmethod
    def refusal(cls, operation: Operation, error: str) -> str:
        # PowerShell asks before a full container goes, and there is nobody to ask.
        return "InvalidOperation" if error == "FolderNotEmpty" else super().refusal(operation, error)


WAYS: list[type[PowerShellDoor]] = [EndpointDoor, SshdDoor, SessionDriveDoor, ModuleDoor, ModuleDriveDoor]


def _on_the_drive(operation: Operation, inputs: dict[str, Any]) -> CmdletCall:
    """The same said with a path."""
    if operation.created:
        return _new_item(operation, inputs)
    path = f"JAMS:{inputs['name']}" if "name" in inputs else f"JAMS:\\Entries\\{inputs['id']}"
    if operation.text is not None:
        return CmdletCall("Get-Content", {"Path": path}, changes=False, builtin=True)
    name = "Remove-Item" if operation.changes else "Get-Item"
    return CmdletCall(name, {"Path": path}, changes=operation.changes, builtin=True)


def _new_item(operation: Operation, inputs: dict[str, Any]) -> CmdletCall:
    assert operation.body is not None and operation.body_type is not None
    document = {pascal_name(name): value for name, value in inputs[operation.body.name].items()}
    names = {field.name: pascal_name(field.encode_name) for field in fields(operation.body_type)}
    folder, own = (document.pop(names[member]) for member in operation.binding.path)
    parameters = {"Path": f"JAMS:{folder}", "Name": own, "ItemType": operation.body_type.__name__}
    if document:
        parameters["Value"] = calls.pascal(document)
    return CmdletCall("New-Item", parameters, changes=True, builtin=True)
