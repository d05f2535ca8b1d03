"""A shell belongs to one account: to every other one it does not exist, whatever is asked of it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

import pytest

from tests.support.psrp_doors import WSManDoor, wsman_door
from tests.support.wsman import NAMES, SHELL, Answer, Hand

DELETE, GET = (f"{NAMES['x']}/{name}" for name in ("Delete", "Get"))
COMMAND = str(uuid.uuid4()).upper()
DATA = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
REQUESTS = {
    "get": (GET, ""),
    "receive": ("Receive", "<rsp:Receive><rsp:DesiredStream>stdout</rsp:DesiredStream></rsp:Receive>"),
    "receive-command": (
        "Receive",
        "<rsp:Receive><rsp:DesiredStream CommandId='{command}'>stdout</rsp:DesiredStream></rsp:Receive>",
    ),
    "command": ("Command", f"<rsp:CommandLine><rsp:Arguments>{DATA}</rsp:Arguments></rsp:CommandLine>"),
    "command-without-data": ("Command", "<rsp:CommandLine/>"),
    "send": ("Send", f"<rsp:Send><rsp:Stream Name='stdin'>{DATA}</rsp:Stream></rsp:Send>"),
    "send-without-data": ("Send", "<rsp:Send/>"),
    "stop": (
        "Signal",
        "<rsp:Signal CommandId='{command}'><rsp:Code>powershell/signal/crtl_c</rsp:Code></rsp:Signal>",
    ),
    "free": (
        "Signal",
        "<rsp:Signal CommandId='{command}'><rsp:Code>signal/Terminate</rsp:Code></rsp:Signal>",
    ),
    "strange-signal": ("Signal", "<rsp:Signal CommandId='{command}'><rsp:Code>dance</rsp:Code></rsp:Signal>"),
    "delete": (DELETE, ""),
    "disconnect": ("Disconnect", "<rsp:Disconnect/>"),
    "reconnect": ("Reconnect", "<rsp:Reconnect/>"),
    "connect": ("Connect", f"<rsp:Connect><ps:connectXml>{DATA}</ps:connectXml></rsp:Connect>"),
    "connect-command": ("Connect", "<rsp:Connect CommandId='{command}'/>"),
}


@pytest.fixture
def door() -> Iterator[WSManDoor]:
    with wsman_door() as found:
        yield found


def told(answer: Answer) -> tuple[int, list[tuple[str, str]], bytes]:
    """Everything of an answer but its own identifiers and its date."""
    headers = sorted((name, value) for name, value in answer.headers.items() if name != "date")
    return answer.status, headers, re.sub(rb"uuid:[0-9A-Fa-f-]{36}", b"uuid:", answer.body)


@pytest.mark.parametrize("disconnected", [False, True], ids=["connected", "disconnected"])
@pytest.mark.parametrize("asked", REQUESTS)
def test_a_foreign_shell_is_as_unknown_as_none(door: WSManDoor, asked: str, disconnected: bool) -> None:
    action, body = REQUESTS[asked]
    with Hand(door.port) as owner, Hand(door.port, "bob") as stranger:
        assert owner.create().status == 200
        command = owner.command("Invoke-Slow", Seconds=1000)
        if disconnected:
            assert owner.ask("Disconnect", "<rsp:Disconnect/>").status == 200
        body = body.replace("{command}", command)
        foreign = stranger.ask(action, body, shell=owner.shell)
        unknown = stranger.ask(action, body, shell=str(uuid.uuid4()).upper())
        assert (unknown.status, unknown.subcode) == (500, "w:InvalidSelectors")
        assert told(foreign) == told(unknown)
        if disconnected:
            assert owner.ask("Reconnect").status == 200
        assert owner.ask(GET).text("rsp:State") == "Connected"
        assert owner.receive(command).status == 200


def test_commands_of_a_foreign_shell_cannot_be_listed(door: WSManDoor) -> None:
    def listed(hand: Hand, shell: str) -> Answer:
        which = f"<w:SelectorSet><w:Selector Name='ShellId'>{shell}</w:Selector></w:SelectorSet>"
        body = f"<n:Enumerate><w:Filter>{which}</w:Filter></n:Enumerate>"
        return hand.ask(f"{NAMES['n']}/Enumerate", body, f"{SHELL}/Command", None)

    with Hand(door.port) as owner, Hand(door.port, "bob") as stranger:
        owner.create()
        command = owner.command("Invoke-Slow", Seconds=1000)
        assert command.encode() in listed(owner, owner.shell).body
        assert told(listed(stranger, owner.shell)) == told(listed(stranger, str(uuid.uuid4())))
        everything = stranger.ask(f"{NAMES['n']}/Enumerate", "<n:Enumerate/>", SHELL, None)
        assert everything.status == 200 and owner.shell.encode() not in everything.body


def test_an_identifier_that_another_account_uses_is_free(door: WSManDoor) -> None:
    with Hand(door.port) as owner, Hand(door.port, "bob") as other:
        other.shell = owner.shell
        assert owner.create().status == other.create().status == 200
        assert owner.ask(GET).text("rsp:Owner") == "ann"
        assert other.ask(GET).text("rsp:Owner") == "bob"
        assert other.delete().status == 200
        assert other.ask(GET).subcode == "w:InvalidSelectors"
        assert owner.ask(GET).text("rsp:Owner") == "ann"
        assert door.people.inside == ["ann"]
