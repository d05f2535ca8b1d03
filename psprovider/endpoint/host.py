"""The client's host, as the commands of a pipeline see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .clixml.types import Credential, SecureString
from .host_calls import Choice, Field, HostMethod, choices, fields
from .protocol_errors import HostUnavailable
from .requests import HostInfo
from .streams import PipelineStreams

_ANY_CREDENTIAL, _VALIDATE_SYNTAX = 3, 1


class RemoteHost:
    """The host of one pipeline (:class:`~psprovider.endpoint.engine.Host`).

    A client's host answers what its user does, so no answer is taken for what it should be.
    """

    def __init__(self, streams: PipelineStreams) -> None:
        self._streams = streams

    @property
    def info(self) -> HostInfo:
        """Size, colours and title."""
        return self._streams.request.host

    @property
    def interactive(self) -> bool:
        """Whether there is a user."""
        return self.info.interactive

    def write(self, text: str, foreground: int | None = None, background: int | None = None) -> None:
        """Write text without an end of line."""
        if foreground is None and background is None:
            self._streams.show(HostMethod.Write1, (text,))
        else:
            self._streams.show(HostMethod.Write2, (_color(foreground), _color(background), text))

    def write_line(
        self, text: str = "", foreground: int | None = None, background: int | None = None
    ) -> None:
        """Write a line."""
        if foreground is not None or background is not None:
            self._streams.show(HostMethod.WriteLine3, (_color(foreground), _color(background), text))
        else:
            self._streams.show(HostMethod.WriteLine2, (text,))

    def write_error_line(self, text: str) -> None:
        """Write a line as an error."""
        self._streams.show(HostMethod.WriteErrorLine, (text,))

    def read_line(self, prompt: str) -> str:
        """Ask for a line, as Read-Host does."""
        return str(self.prompt("", "", [Field(prompt)]).get(prompt, ""))

    def read_secret(self, prompt: str) -> SecureString:
        """Ask for a line that is not shown."""
        found = self.prompt("", "", [Field(prompt, "System.Security.SecureString")]).get(prompt)
        if not isinstance(found, SecureString):
            raise HostUnavailable(prompt)
        return found

    def prompt(self, caption: str, message: str, items: Sequence[Field]) -> Mapping[str, Any]:
        """Ask for several values."""
        answer = self._streams.ask(HostMethod.Prompt, (caption, message, fields(items)), message)
        if not isinstance(answer, dict):
            raise HostUnavailable(message)
        return answer

    def choose(self, caption: str, message: str, items: Sequence[Choice], default: int = 0) -> int:
        """Let the user choose."""
        parameters = (caption, message, choices(items), default)
        answer = self._streams.ask(HostMethod.PromptForChoice, parameters, message)
        if not isinstance(answer, int) or not 0 <= answer < len(items):
            raise HostUnavailable(message)
        return int(answer)

    def credential(self, caption: str, message: str, user: str = "", target: str = "") -> Credential:
        """Ask for a user name and a password."""
        parameters = (caption, message, user, target, _ANY_CREDENTIAL, _VALIDATE_SYNTAX)
        answer = self._streams.ask(HostMethod.PromptForCredential2, parameters, message)
        if not isinstance(answer, Credential):
            raise HostUnavailable(message)
        return answer

    def read_key(self, options: int = 4) -> Any:
        """Wait for a key."""
        return self._streams.ask(HostMethod.ReadKey, (options,), "")

    def set_title(self, text: str) -> None:
        """Set the window's title."""
        self._streams.show(HostMethod.SetWindowTitle, (text,))

    def leave(self) -> None:
        """Make the client leave the session it has entered."""
        self._streams.show(HostMethod.PopRunspace, ())


def _color(number: int | None) -> int:
    return -1 if number is None else number
