"""An answer that takes long to make is asked for until it is there, and says how much of it is."""

from __future__ import annotations

from typing import Any

import pytest

from webclient import watching
from webclient.client_errors import ClientError, WaitTimedOut
from webclient.commands import load_commands
from webclient.progress import Progress
from webclient.watching import Watch

COMMANDS = load_commands()
FORECAST = COMMANDS["forecast"]


class Server:
    """A server that answers with one thing after the other, and what it was asked."""

    def __init__(self, *answers: Any) -> None:
        self._answers = list(answers)
        self.asked: list[dict[str, Any]] = []

    def call(self, command: Any, values: dict[str, Any], *, wait: float = 0.0) -> Any:
        assert values["timeout"] == wait
        self.asked.append(values)
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


class Shown(Progress):
    """A line on a terminal, and what it has shown."""

    def __init__(self) -> None:
        super().__init__("forecast")
        self.visible = True
        self.states: list[str] = []

    def state(self, state: str) -> None:
        self.states.append(state)


def playing(percent: int) -> dict[str, Any]:
    return {"state": "Playing", "progress": percent, "entries": []}


DONE = {"state": "Complete", "progress": 100, "entries": [{"jamsEntry": 7}]}


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Watch, "_pace", staticmethod(lambda asked: None))
    monkeypatch.setattr("time.sleep", lambda seconds: None)


def made(server: Server, progress: Progress, timeout: float | None = 60.0, **values: Any) -> Any:
    return Watch(server, COMMANDS, progress, timeout).made(FORECAST, values)  # type: ignore[arg-type]


def test_it_is_asked_for_often_where_somebody_sees_how_much_of_it_is_there() -> None:
    server, progress = Server(playing(12), playing(40), DONE), Shown()
    assert made(server, progress, folder="\\Sales") == DONE
    assert progress.states == ["12 %", "40 %"]
    every = {"folder": "\\Sales", "timeout": watching.ASK_HOW_FAR}
    assert server.asked == [every] * 3


def test_elsewhere_the_server_is_given_time() -> None:
    server = Server(playing(12), DONE)
    assert made(server, Progress("forecast"), timeout=None) == DONE
    assert [each["timeout"] for each in server.asked] == [watching.ASK_FOR] * 2


def test_what_is_not_there_in_time_is_no_answer() -> None:
    with pytest.raises(WaitTimedOut, match=r"it is not there after 0 seconds; its state is 12 %"):
        made(Server(playing(12)), Progress("forecast"), timeout=0.0)
    assert made(Server(DONE), Progress("forecast"), timeout=0.0) == DONE


def test_a_server_that_goes_away_meanwhile_is_waited_for() -> None:
    gone = ClientError("gone", kind="Unavailable", code="ServerUnavailable")
    server, progress = Server(playing(12), gone, DONE), Shown()
    assert made(server, progress) == DONE and len(server.asked) == 3
    with pytest.raises(ClientError, match="gone"):
        made(Server(gone), progress)
