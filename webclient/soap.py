"""Calls operations over SOAP 1.1 (document/literal wrapped).

The messages are written and read after ``soap.json``, which the frozen WSDL was compiled into. zeep does the
same from the WSDL itself, but takes longer to import than the whole command may take; the tests compare what
stands here with what zeep makes of the WSDL.
"""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

from .client_errors import ClientError, Unreachable, UsageError
from .commands import CLEARED
from .places import packaged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .access import Access
    from .commands import Command, Commands, Member
    from .http import Answer, Http

PATH = "/soap"
_ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Soap:
    """A transport; see :class:`webclient.rest.Rest` for what ``call`` takes and gives."""

    def __init__(self, http: Http, access: Access, commands: Commands) -> None:
        self._http = http
        self._access = access
        self._commands = commands
        described = json.loads(packaged("soap.json"))
        self._messages: dict[str, dict[str, Any]] = described["messages"]
        self._types: dict[str, list[tuple[str, str]]] = described["types"]
        self._types_namespace: str = described["namespace"]

    def call(
        self,
        command: Command,
        values: dict[str, Any],
        *,
        document: dict[str, Any] | None = None,
        wait: float = 0.0,
        key: str | None = None,
    ) -> Any:
        """Run an operation. Raises ClientError and Unreachable."""
        message = self._messages[command.operation]
        headers = {
            "Content-Type": "text/xml; charset=utf-8",
            "SOAPAction": f'"{message["action"]}"',
            "User-Agent": f"jamswebclient/{self._commands.version}",
        }
        if self._access.header:
            headers["Authorization"] = self._access.header
        if key:
            headers["Idempotency-Key"] = key
        answer = self._http.exchange(
            "POST",
            PATH,
            body=self.envelope(command, values, document),
            headers=headers,
            wait=wait,
            repeatable=command.reads,
        )
        return self._result(command, answer)

    def envelope(self, command: Command, values: dict[str, Any], document: dict[str, Any] | None) -> bytes:
        """The request. Raises UsageError where a value has no form in XML."""
        message = self._messages[command.operation]
        inputs = {item.name: item for item in command.inputs}
        values = {**values, **_cleared(command, values, document)}
        parts = []
        for element, name in message["inputs"]:
            if name in values:
                parts.append(self._write(element, inputs[name], values[name]))
            elif command.document and name == command.document["wire"] and document is not None:
                content = self._write_struct(command.document["of"], document)
                parts.append(f"<{element}>{content}</{element}>")
        tag = message["name"]
        return (
            f'<?xml version="1.0" encoding="utf-8"?><e:Envelope xmlns:e="{_ENVELOPE}"><e:Body>'
            f'<{tag} xmlns="{message["namespace"]}" xmlns:t="{self._types_namespace}">'
            f"{''.join(parts)}</{tag}></e:Body></e:Envelope>"
        ).encode()

    def read(self, command: Command, body: bytes) -> Any:
        """The result in a response. Raises ClientError for a fault, ValueError for what is no response."""
        if b"<!DOCTYPE" in body:
            raise ValueError("a message of SOAP has no document type (SOAP 1.1, section 3)")
        try:
            envelope = ElementTree.fromstring(body)
        except ElementTree.ParseError as error:
            raise ValueError(str(error)) from None
        content = envelope.find(f"{{{_ENVELOPE}}}Body")
        if content is None or not len(content):
            raise ValueError("no SOAP body")
        if content[0].tag == f"{{{_ENVELOPE}}}Fault":
            raise self._refusal(content[0])
        result = command.result
        values = [self._value(result["kind"], result.get("of", ""), child) for child in content[0]]
        if result.get("many"):
            return values
        return values[0] if values else None

    def _write(self, element: str, member: Member, value: Any, prefix: str = "") -> str:
        tag = prefix + element
        if value is None:
            return ""
        if member.kind == "map":
            pairs = [
                f"<t:Name>{_escape(name)}</t:Name>"
                + ("" if part is None else f"<t:Value>{_escape(_scalar(part))}</t:Value>")
                for name, part in value.items()
            ]
            return "".join(f"<{tag}>{pair}</{tag}>" for pair in pairs)
        parts = value if member.many else [value]
        return "".join(f"<{tag}>{self._content(member, part)}</{tag}>" for part in parts)

    def _content(self, member: Member, value: Any) -> str:
        if member.kind == "object":
            return self._write_struct(member.of, value)
        return _escape(_mixed(value) if member.kind == "any" else _scalar(value))

    def _write_struct(self, name: str, value: Any) -> str:
        if not isinstance(value, dict):
            raise UsageError(f"a {name} must be a JSON object")
        members = {member.wire: member for member in self._commands.members(name)}
        unknown = next((wire for wire in value if wire not in members), None)
        if unknown is not None:
            raise UsageError(f"a {name} has no member {unknown}")
        return "".join(
            self._write(element, members[wire], value[wire], "t:")
            for element, wire in self._types[name]
            if wire in value
        )

    def _result(self, command: Command, answer: Answer) -> Any:
        try:
            if "xml" not in answer.media_type:
                raise ValueError(answer.media_type or "no content type")
            return self.read(command, answer.body)
        except ValueError as error:
            raise Unreachable(
                f"{self._http.server} does not answer as a JAMS server does (HTTP {answer.status}, {error}): "
                "is the address right?",
                sent=answer.status in (502, 503, 504),
            ) from None

    def _value(self, kind: str, of: str, element: Any) -> Any:
        if kind == "object":
            return self._struct(of, element)
        text = element.text or ""
        if kind == "integer":
            return int(text)
        if kind == "number":
            return float(text)
        if kind == "boolean":
            return text.strip() in ("true", "1")
        if kind == "time":
            return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text
        return _read_mixed(text) if kind == "any" else text

    def _struct(self, name: str, element: Any) -> dict[str, Any]:
        """A struct with all its members, as REST would show it: what is absent is null, or an empty list.

        An empty list and a null one look the same in XML; where both may be, it is read as null.
        """
        wires = dict(self._types[name])
        members = {member.wire: member for member in self._commands.members(name)}
        found: dict[str, Any] = {}
        for wire, member in members.items():
            listed = member.many and not member.nullable
            found[wire] = [] if listed else {} if member.kind == "map" else None
        for child in element:
            wire = wires.get(child.tag.rpartition("}")[2], "")
            if wire not in members:
                continue
            member = members[wire]
            if member.kind == "map":
                pair = {part.tag.rpartition("}")[2]: part.text or "" for part in child}
                found[wire][pair["Name"]] = pair.get("Value")
            elif member.many:
                found[wire] = [*(found[wire] or ()), self._value(member.kind, member.of, child)]
            else:
                found[wire] = self._value(member.kind, member.of, child)
        return found

    def _refusal(self, fault: Any) -> ClientError:
        parts = [part for detail in fault.iterfind("detail") for typed in detail for part in typed]
        told = {_local(part): part.text or "" for part in parts}
        message = told.get("Message") or fault.findtext("faultstring") or "The server refused."
        kind, code = told.get("Kind", "Internal"), told.get("Code", "")
        problem = {"code": code, "kind": kind, "severity": told.get("Severity"), "detail": message}
        for name in ("Target", "Member"):
            if name in told:
                problem[name.lower()] = told[name]
        pairs = [{_local(half): half.text or "" for half in part} for part in parts if len(part)]
        if pairs:
            problem["details"] = {pair["Name"]: pair.get("Value", "") for pair in pairs}
        return ClientError(message, kind=kind, code=code, problem=problem)


def _cleared(
    command: Command, values: dict[str, Any], document: dict[str, Any] | None
) -> dict[str, list[str]]:
    """What a document has null or empty, named apart: in XML it would look as if nothing were said of it."""
    if document is None:
        return {}
    empty = [wire for wire in command.clearable if wire in document and document[wire] in (None, [])]
    return {CLEARED: [*values.get(CLEARED, ()), *empty]} if empty else {}


def _local(element: Any) -> str:
    name: str = element.tag
    return name.rpartition("}")[2]


def _escape(text: str) -> str:
    if _FORBIDDEN.search(text):
        raise UsageError("a text holds characters that XML cannot carry; use --protocol rest")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _mixed(value: Any) -> str:
    """A value of any kind as text: a string stands as it is, unless it would be read as something else."""
    if isinstance(value, str) and _read_mixed(value) == value:
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _read_mixed(text: str) -> Any:
    """The value of such a text; a number counts as one only in its shortest form."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    if isinstance(value, list):
        return text
    if isinstance(value, str | dict) or json.dumps(value) == text:
        return value
    return text
