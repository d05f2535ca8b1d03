"""Waits for the end of what was started, and shows a text while it grows.

Both by asking again, each question waiting at the server until there is something to say: that works over
REST and SOAP alike, and a connection that breaks costs nothing but the question.
"""

from __future__ import annotations

import time

from .client_errors import JOB_FAILED, OK, ClientError, Unreachable, WaitTimedOut

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .calls import Caller
    from .commands import Command, Commands
    from .progress import Progress

ASK_FOR = 20.0
"""Seconds that the server is asked to wait, at most."""

ASK_FOR_ON_TERMINAL = 2.0
"""The same where somebody looks at the state meanwhile."""

ASK_HOW_FAR = 0.5
"""The same where he looks at how much of an answer is there."""

PATIENCE = 120.0
"""Seconds for which a server that has answered before may be away."""

FAILURES = ("Error", "Fatal")


class Watch:
    """Watches one thing for one person, at most until a deadline."""

    def __init__(self, caller: Caller, commands: Commands, progress: Progress, timeout: float | None) -> None:
        """``timeout`` is in seconds; None has no end."""
        self._caller = caller
        self._commands = commands
        self._progress = progress
        self._timeout = timeout
        self._until = None if timeout is None else time.monotonic() + timeout
        self._ask_for = ASK_FOR_ON_TERMINAL if progress.visible else ASK_FOR
        self._answered = False

    def end(self, command: Command, values: dict[str, Any]) -> dict[str, Any]:
        """The result of ``command``, which has an ending, once it says that the end has come.

        Raises:
            WaitTimedOut: it has not come in time.
            ClientError: the server refused, or was away for too long.
        """
        ending = command.ending
        assert ending is not None
        result = self._ended(command, values, 0.0)
        while result[ending["state"]] != ending["ended"]:
            self._progress.state(result[ending["state"]])
            asked = time.monotonic()
            result = self._ended(command, values, self._ask(result[ending["state"]]))
            if result[ending["state"]] != ending["ended"]:
                self._pace(asked)
        return result

    def text(self, command: Command, values: dict[str, Any], show: Callable[[dict[str, Any]], None]) -> None:
        """Show the pieces of ``command``, which can be followed, until nothing more will come.

        Raises:
            WaitTimedOut: the end has not come in time.
            ClientError: the server refused, or was away for too long.
        """
        follow = command.follow
        assert follow is not None
        later = {name: value for name, value in values.items() if name in command.key}
        given = values
        while True:
            piece = self._piece(command, given, later)
            if piece is None:
                return
            if piece[follow["text"]]:
                show(piece)
            if piece[follow["done"]]:
                return
            given = {**later, follow["cursor"]: piece[follow["next"]]}

    def events(
        self,
        command: Command,
        values: dict[str, Any],
        show: Callable[[list[dict[str, Any]], bool], None],
    ) -> None:
        """Show what happens, which ``command`` tells, for ever; ``show`` is also told whether some was lost.

        Raises ClientError when the server refuses, or is away for too long.
        """
        feed = command.feed
        assert feed is not None
        given = values if feed["cursor"] in values else {**values, feed["size"]: 0}
        while True:
            asked = time.monotonic()
            found = self._patiently(command, {**given, feed["wait"]: self._ask_for}, self._ask_for)
            if found[feed["items"]] or found[feed["anew"]]:
                show(found[feed["items"]], found[feed["anew"]])
            elif feed["cursor"] in given:
                self._pace(asked)
            given = {**values, feed["cursor"]: found[feed["next"]]}

    def made(self, command: Command, values: dict[str, Any]) -> dict[str, Any]:
        """The result of ``command``, which takes long to make, once it is there.

        Raises:
            WaitTimedOut: it is not there in time.
            ClientError: the server refused, or was away for too long.
        """
        making = command.making
        assert making is not None
        ask_for = ASK_HOW_FAR if self._progress.visible else ASK_FOR
        wait = ask_for if self._timeout is None else min(ask_for, self._timeout)
        while True:
            asked = time.monotonic()
            found: dict[str, Any] = self._patiently(command, {**values, making["wait"]: wait}, wait)
            if found[making["state"]] == making["done"]:
                return found
            how_far = f"{found[making['progress']]} %"
            self._progress.state(how_far)
            self._pace(asked)
            wait = min(ask_for, self._ask(how_far, "it is not there after"))

    def _piece(self, command: Command, given: dict[str, Any], later: dict[str, Any]) -> dict[str, Any] | None:
        """The next piece; None when the end came without any."""
        follow = command.follow
        assert follow is not None
        until = self._commands.by_operation(follow["until"])
        ending = until.ending
        assert ending is not None
        state = ""
        while True:
            wait, asked = self._ask(state), time.monotonic()
            try:
                found: dict[str, Any] = self._patiently(command, {**given, follow["wait"]: wait}, wait)
            except ClientError as error:
                if error.kind != "NotFound" or not self._is_over(until, later):
                    raise
                return None
            if found[follow["text"]] or found[follow["done"]]:
                return found
            state = self._ended(until, later, 0.0)[ending["state"]]
            self._progress.state(state)
            self._pace(asked)

    def _is_over(self, command: Command, values: dict[str, Any]) -> bool:
        ending = command.ending
        assert ending is not None
        return bool(self._ended(command, values, 0.0)[ending["state"]] == ending["ended"])

    @staticmethod
    def _pace(asked: float) -> None:
        """A server that has no room for one more waiting caller answers at once: leave it some peace."""
        if time.monotonic() - asked < 0.1:
            time.sleep(0.5)

    def _ended(self, command: Command, values: dict[str, Any], wait: float) -> dict[str, Any]:
        assert command.ending is not None
        result: dict[str, Any] = self._patiently(command, {**values, command.ending["wait"]: wait}, wait)
        return result

    def _patiently(self, command: Command, values: dict[str, Any], wait: float) -> Any:
        """Call; a server that has answered once is given time to come back."""
        away = time.monotonic()
        while True:
            try:
                result = self._caller.call(command, values, wait=wait)
            except (Unreachable, ClientError) as error:
                patient = self._answered and time.monotonic() - away < PATIENCE
                if error.kind not in ("Unreachable", "Unavailable", "Busy", "Throttled") or not patient:
                    raise
                self._progress.state("(the server does not answer; trying again)")
                self._ask("not known")
                time.sleep(1.0)
            else:
                self._answered = True
                return result

    def _ask(self, state: str, over: str = "it has not ended within") -> float:
        """For how long to let the server wait. Raises WaitTimedOut when the time is over."""
        if self._until is None:
            return self._ask_for
        left = self._until - time.monotonic()
        if left <= 0:
            where = f"; its state is {state}" if state else ""
            raise WaitTimedOut(f"{over} {self._timeout:g} seconds{where}")
        return min(self._ask_for, left)


def outcome(command: Command, result: dict[str, Any]) -> tuple[int, str]:
    """The exit code for how something ended, and the end in words."""
    ending = command.ending
    assert ending is not None
    severity, reason = result[ending["severity"]], result[ending["reason"]]
    return (JOB_FAILED if severity in FAILURES else OK), f"{severity}: {reason}" if reason else str(severity)


def whole_text(
    call: Callable[[dict[str, Any]], dict[str, Any]],
    command: Command,
    values: dict[str, Any],
    show: Callable[[dict[str, Any]], None],
) -> None:
    """Show the text of ``command``, which comes in pieces, as it stands now."""
    pieces = command.pieces
    assert pieces is not None
    later = {name: value for name, value in values.items() if command.input(name).required}
    given, end = values, None
    while True:
        piece = call(given)
        end = piece[pieces["size"]] if end is None else end
        show(piece)
        cursor = piece[pieces["next"]]
        if (
            piece[pieces["done"]]
            or not piece[pieces["text"]]
            or cursor >= end
            or values.get(pieces["single"])
        ):
            return
        given = {**later, pieces["cursor"]: cursor}
