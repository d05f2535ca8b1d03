"""Calls operations over REST."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

from .client_errors import ClientError, Unreachable, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .access import Access
    from .commands import Command, Commands
    from .http import Answer, Http

API = "/api"
MERGE_PATCH = "application/merge-patch+json"
_KINDS = {
    400: "Malformed",
    401: "Unauthenticated",
    403: "Denied",
    404: "NotFound",
    405: "NotAllowed",
    408: "TimedOut",
    409: "Conflict",
    412: "Precondition",
    413: "TooLarge",
    415: "Unsupported",
    422: "Invalid",
    429: "Throttled",
    503: "Unavailable",
    504: "TimedOut",
}


class Rest:
    """A transport: one of the ways to call an operation."""

    def __init__(self, http: Http, access: Access, commands: Commands) -> None:
        self._http = http
        self._access = access
        self._commands = commands

    def call(
        self,
        command: Command,
        values: dict[str, Any],
        *,
        document: dict[str, Any] | None = None,
        wait: float = 0.0,
        key: str | None = None,
    ) -> Any:
        """Run an operation.

        Args:
            command: the operation.
            values: its inputs by Python name.
            document: its document, if it takes one.
            wait: seconds that the server is asked to wait.
            key: the key under which the call may be repeated.

        Returns:
            The answer as JSON values with wire names.

        Raises:
            UsageError: a text cannot be sent.
            ClientError: the server refused.
            Unreachable: no server answered.
        """
        try:
            verb, path = address(command, values)
            body = self._content(command, values, document)
        except UnicodeEncodeError as error:
            letter = ord(error.object[error.start])
            raise UsageError(f"a text holds U+{letter:04X}, half of a character, which no text can") from None
        headers = {
            "Accept": "application/json",
            "User-Agent": f"jamswebclient/{self._commands.version}",
        }
        if self._access.header:
            headers["Authorization"] = self._access.header
        if key:
            headers["Idempotency-Key"] = key
        condition = next(
            (i.name for i in command.inputs if i.place == "condition" and i.name in values), None
        )
        if condition:
            headers["If-Match"] = f'"{values[condition]}"'
        if body is not None:
            headers["Content-Type"] = MERGE_PATCH if verb == "PATCH" else "application/json"
        answer = self._http.exchange(
            verb, API + path, body=body, headers=headers, wait=wait, repeatable=command.reads
        )
        return self._result(answer)

    @staticmethod
    def _content(command: Command, values: dict[str, Any], document: dict[str, Any] | None) -> bytes | None:
        if not command.body:
            return None
        content = document if document is not None else _body(command, values)
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()

    def _result(self, answer: Answer) -> Any:
        is_json = answer.media_type == "application/json" or answer.media_type.endswith("+json")
        if answer.status == 204:
            return None
        if 200 <= answer.status < 300 and is_json:
            return self._parsed(answer)
        problem = self._parsed(answer) if is_json else None
        if answer.status >= 400 and isinstance(problem, dict) and "detail" in problem:
            raise self._refusal(answer.status, problem)
        raise self._nonsense(answer)

    def _parsed(self, answer: Answer) -> Any:
        try:
            return json.loads(answer.body)
        except (ValueError, RecursionError):
            raise self._nonsense(answer) from None

    def _refusal(self, status: int, problem: dict[str, Any]) -> ClientError:
        code = str(problem.get("code") or "")
        kind = problem.get("kind") or self._commands.kinds.get(code) or _KINDS.get(status, "Internal")
        return ClientError(str(problem["detail"]), kind=str(kind), code=code, problem=problem)

    def _nonsense(self, answer: Answer) -> Unreachable:
        what = f"HTTP {answer.status}" + (f", {answer.media_type}" if answer.media_type else "")
        # A gateway that has lost its server may have passed the request on.
        return Unreachable(
            f"{self._http.server} does not answer as a JAMS server does ({what}): is the address right?",
            sent=answer.status in (502, 503, 504),
        )


def address(command: Command, values: dict[str, Any]) -> tuple[str, str]:
    """Verb and path, with its query, of the first route that can carry the values. Raises ClientError."""
    places = ("path", "query")
    outside = {item.wire: item for item in command.inputs if item.place in places and item.name in values}
    for verb, template, query in command.routes:
        segments = template.split("/")
        in_path = {segment[1:-1] for segment in segments if segment.startswith("{")}
        if in_path <= outside.keys() <= in_path | set(query):
            texts = {wire: _texts(values[item.name]) for wire, item in outside.items()}
            path = "/".join(
                quote(texts[segment[1:-1]][0], safe="") if segment.startswith("{") else segment
                for segment in segments
            )
            fields = [(wire, text) for wire, each in texts.items() if wire not in in_path for text in each]
            return verb, path + (f"?{urlencode(fields)}" if fields else "")
    given = ", ".join(item.option for item in outside.values()) or "nothing"
    raise ClientError(f"{command.word} cannot be asked with {given}", kind="Invalid", code="Usage")


def _body(command: Command, values: dict[str, Any]) -> dict[str, Any]:
    return {
        item.wire: values[item.name]
        for item in command.inputs
        if item.place == "body" and item.name in values
    }


def _texts(value: Any) -> list[str]:
    """A value as the texts of its parameter, which stands once for each part of a list."""
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    return [("true" if value else "false") if isinstance(value, bool) else str(value)]
