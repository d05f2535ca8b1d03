"""Commands of ours are answered as the recorded endpoint answered the like: in types, members and order.

The cases are in :mod:`tests.support.psrp_cases`, what was answered in ``tests/data/psrp/answers.json``. What
differs is listed in :mod:`tests.support.psrp_differences` with its reason, and in
docs/powershell-differences.md in the same words; nothing else may.
"""

from __future__ import annotations

import json
import queue
import uuid
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psrpcore
import pytest
from psrpcore.types import HostInfo, PipelineResultTypes, RemoteStreamOptions

from jams.client.connection import Connection
from psprovider.endpoint.connection import PipeConnection
from psprovider.endpoint.requests import Command
from psprovider.engine.parser import parse
from psprovider.engine.principal import Principal
from psprovider.sessions.session import JamsEngine
from tests.support.powershell import CREDENTIALS
from tests.support.powershell_answers import Server
from tests.support.psrp_answers import ANSWERS
from tests.support.psrp_cases import CASES, ELSEWHERE, Case
from tests.support.psrp_client import SESSION, StrictClient
from tests.support.psrp_differences import DIFFERENCES, applied
from tests.support.psrp_recordings import FOLDER, Receiver
from tests.support.psrp_skeleton import joined, skeleton

pytestmark = pytest.mark.unit
DOCUMENT = Path(__file__).parents[2] / "docs" / "powershell-differences.md"
RECORDED: dict[str, Any] = json.loads(ANSWERS.read_text(encoding="utf-8"))


class Watcher(StrictClient):
    """A client in this process that keeps the skeletons of what it is answered."""

    def __init__(self, server: Connection, host: bool = True) -> None:
        principal = Principal("operator", CREDENTIALS, lambda _: True)
        arrived: queue.Queue[bytes] = queue.Queue()
        self._connection = PipeConnection(JamsEngine(server, lambda _: principal), arrived.put)
        super().__init__(lambda: arrived.get(timeout=20), self._connection.receive)
        self.pool = psrpcore.ClientRunspacePool(
            host=HostInfo(IsHostNull=not host, IsHostUINull=not host, IsHostRawUINull=not host)
        )
        self._answers: dict[uuid.UUID, list[Any]] = defaultdict(list)
        self._receiver = Receiver()

    def _take(self, line: bytes) -> None:
        _, target, kind, body = self._receiver.packet(line)
        if kind is not None and kind != "..." and target != SESSION:
            self._answers[target].append(skeleton(kind, body))
        super()._take(line)

    def ask(self, case: Case) -> list[Any]:
        """Ask what a case asks; gives the skeleton of the answer. The user gives no values when asked for."""
        told = {"Prompt": {}, "PromptForChoice": case.choice}
        self.answer = lambda call: told.get(call.method_identifier.name)
        if isinstance(case.ours, str):
            pipeline = self._pipeline(case, case.ours)
        else:
            pipeline = psrpcore.ClientGetCommandMetadata(self.pool, list(case.ours))
        self.wait(self._start(pipeline))
        return joined(self._answers[pipeline.pipeline_id])

    def _pipeline(self, case: Case, text: str) -> psrpcore.ClientPowerShell:
        """A line as PowerShell sends it; typed lines end in Out-Default, which takes errors as well."""
        pipeline = psrpcore.ClientPowerShell(
            self.pool,
            add_to_history=case.typed,
            redirect_shell_error_to_out=not case.typed,
            remote_stream_options=RemoteStreamOptions(15 if case.options else 0),
        )
        unfinished = text.endswith("|")
        for number, statement in enumerate([((text, ()),)] if unfinished else map(_commands, parse(text))):
            if number:
                pipeline.add_statement()
            for name, arguments in statement:
                command = psrpcore.Command(name, is_script=unfinished)
                for key, value in arguments:
                    command.add_parameter(key, value)
                if case.typed and len(statement) == 1:
                    command.redirect_error(PipelineResultTypes.Output)
                pipeline.add_command(command)
            if case.typed:
                last = psrpcore.Command("Out-Default")
                last.merge_unclaimed = True
                pipeline.add_command(last)
        return pipeline


def _commands(statement: Sequence[Command]) -> list[tuple[str, list[tuple[str | None, Any]]]]:
    return [(c.text, [(a.name, a.value) for a in c.arguments]) for c in statement]


def expected(case: Case) -> list[Any]:
    """The recorded answer with the differences that are known."""
    answer: list[Any] = RECORDED[case.name]["answer"]
    for difference in DIFFERENCES:
        if case.name in difference.cases:
            answer = applied(difference, answer)
    return answer


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_answer_is_like_the_recorded_one(case: Case) -> None:
    client = Watcher(Server(), case.host)
    client.open()
    found = client.ask(case)
    client.close()
    assert found == expected(case)


def test_every_difference_is_told_with_its_reason() -> None:
    told = DOCUMENT.read_text(encoding="utf-8").partition("## Answers of commands")[2]
    reasons = {difference.reason for difference in DIFFERENCES}
    reasons |= {reason for lines in ELSEWHERE.values() for reason in lines.values()}
    assert [reason for reason in sorted(reasons) if f"| {reason} |" not in told] == []


def test_tables_agree() -> None:
    assert {name: (case["recording"], case["line"]) for name, case in RECORDED.items()} == {
        case.name: (case.recording, case.line) for case in CASES
    }
    assert {name for difference in DIFFERENCES for name in difference.cases} <= RECORDED.keys()
    asked = {(case.recording, case.line) for case in CASES}
    assert not asked & {(recording, line) for recording, lines in ELSEWHERE.items() for line in lines}
    assert not [recording for recording in ELSEWHERE if (FOLDER / f"{recording}.jsonl").exists()]
