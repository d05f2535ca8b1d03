"""One adapter for each door: takes an operation by name with plain inputs, gives plain data or an error code.

Answers are plain JSON values with wire names. What a face cannot tell apart (an absent member and an empty
list in SOAP) is levelled by :func:`levelled`.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import UTC, date, datetime
from http.client import HTTPConnection
from itertools import count
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from jams.client import Server
from jams.objects.errors import ErrorKind, JAMSError, error_classes
from jams.operations import CATALOGUE, Input, Operation
from jams.wire.soap.names import element_name, input_name
from jams.wire.soap.shapes import members, mixed, shape_of
from jams.wire.soap.text import read_mixed, write_mixed

from .running import PASSWORD, Running


class DoorError(Exception):
    """The door's refusal, by its stable code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


_IMPOSTORS = count(1)
_HOMES = count(1)
"""No command line finds a login that another door has kept."""


class Door(ABC):
    """A way into JAMS; ``caller`` is an account of the tests, ``nobody``, or ``impostor``."""

    name: str
    keeps_the_token = False
    """Whether the token that a login gives is kept by the door, and not shown."""
    unexpressed: Mapping[str, str] = {}
    """Names of cases that the door has no words for, with the reason."""

    def __init__(self, jams: Running) -> None:
        self.jams = jams

    @abstractmethod
    def call(self, operation: Operation, inputs: dict[str, Any], caller: str) -> Any:
        """The answer as plain data. Raises DoorError."""

    @classmethod
    def expected(cls, operation: Operation, answer: Any) -> Any:
        """What the door shows of an answer that is given whole elsewhere."""
        return answer

    @classmethod
    def refusal(cls, operation: Operation, error: str) -> str:
        """What the door calls an error that is called ``error`` elsewhere."""
        return error

    def close(self) -> None:
        """Leave; most doors hold nothing."""
        return


def credentials(caller: str) -> tuple[str, str] | None:
    """Name and password of a caller of the tests. No impostor guesses at the name of another one."""
    if caller == "impostor":
        return f"impostor {next(_IMPOSTORS)}", "wrong"
    return None if caller == "nobody" else (caller, PASSWORD)


def basic(caller: str) -> dict[str, str]:
    """The Authorization header of a caller."""
    who = credentials(caller)
    if who is None:
        return {}
    return {"Authorization": "Basic " + base64.b64encode(":".join(who).encode()).decode()}


class RestDoor(Door):
    """REST over HTTP."""

    name = "rest"

    def call(self, operation: Operation, inputs: dict[str, Any], caller: str) -> Any:
        given = [item for item in operation.inputs if item.name in inputs]
        flat = {item.wire: inputs[item.name] for item in given if item.place in ("path", "query")}
        route = _route(operation, set(flat))
        path = route.path
        for name in [name for name in flat if "{" + name + "}" in path]:
            path = path.replace("{" + name + "}", _quoted(flat.pop(name)))
        headers = {"Accept": "application/json", **basic(caller)}
        body = self._body(operation, inputs)
        if body is not None:
            headers["Content-Type"] = "application/json"
        for item in given:
            if item.place == "condition":
                headers["If-Match"] = f'"{inputs[item.name]}"'
        query = urlencode({k: _text(v) for k, v in flat.items()}, doseq=True, errors="surrogatepass")
        target = f"/api{path}" + (f"?{query}" if query else "")
        status, kind, content = self.exchange(route.verb, target, body, headers)
        if status >= 400:
            assert kind.startswith("application/problem+json"), content
            problem = json.loads(content)
            assert problem["status"] == status
            raise DoorError(problem["code"], problem["detail"])
        return json.loads(content)

    def exchange(
        self, verb: str, target: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, str, bytes]:
        """Status, type and content of the answer; ``target`` is what is asked for, below the base path."""
        parts = urlsplit(self.jams.url)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=40)
        try:
            connection.request(verb, parts.path + target, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers["Content-Type"], answer.read()
        finally:
            connection.close()

    def _body(self, operation: Operation, inputs: dict[str, Any]) -> bytes | None:
        if operation.body is None:
            return None
        if operation.body.document:
            return json.dumps(inputs.get(operation.body.name)).encode()
        members = {i.wire: inputs[i.name] for i in operation.inputs if i.place == "body" and i.name in inputs}
        return json.dumps(members).encode()


def shown_by(caller: str) -> dict[str, str]:
    """What a caller shows to the class library."""
    who = credentials(caller)
    return {} if who is None else {"username": who[0], "password": who[1]}


def asked(server: Server, operation: Operation, inputs: dict[str, Any]) -> Any:
    """What the class library answers, as JSON has it. Raises DoorError."""
    try:
        answer = server.call(operation.name, **inputs)
    except JAMSError as error:
        raise DoorError(error.code, error.message) from None
    return json.loads(msgspec.json.encode(answer))


class LibraryDoor(Door):
    """The class library over the wire."""

    name = "library"

    def call(self, operation: Operation, inputs: dict[str, Any], caller: str) -> Any:
        login = json.loads((self.jams.home / "client.json").read_bytes())
        host, _, port = login["wire"].rpartition(":")
        server = Server(host, int(port), home=self.jams.home / "nowhere", **shown_by(caller))
        try:
            return asked(server, operation, inputs)
        finally:
            server.close()


class LibrarySoapDoor(Door):
    """The class library over SOAP."""

    name = "library-soap"

    def __init__(self, jams: Running) -> None:
        super().__init__(jams)
        self._servers: dict[str, Server] = {}

    def call(self, operation: Operation, inputs: dict[str, Any], caller: str) -> Any:
        return asked(self._server(caller), operation, inputs)

    def close(self) -> None:
        for server in self._servers.values():
            server.close()

    def _server(self, caller: str) -> Server:
        """One for each caller: each reads the WSDL."""
        if caller not in self._servers:
            self._servers[caller] = Server(
                f"{self.jams.url}/soap", home=self.jams.home / "nowhere", **shown_by(caller)
            )
        return self._servers[caller]


EXIT_CODES = {
    ErrorKind.INVALID: 2,
    ErrorKind.MALFORMED: 2,
    ErrorKind.NOT_FOUND: 3,
    ErrorKind.DENIED: 4,
    ErrorKind.UNAUTHENTICATED: 4,
    ErrorKind.CONFLICT: 5,
    ErrorKind.PRECONDITION: 5,
    ErrorKind.TIMED_OUT: 6,
    ErrorKind.UNAVAILABLE: 7,
    ErrorKind.BUSY: 9,
    ErrorKind.THROTTLED: 9,
}
"""The documented exit code of each kind of error."""


def _as_the_server(problem: dict[str, Any]) -> str:
    """The code; of what the command line notices by itself, what the server would have called it."""
    if problem["code"] != "Usage":
        return str(problem["code"])
    return "MissingArgument" if problem["detail"].startswith("give ") else "InvalidArgument"


class CommandLineDoor(Door):
    """JAMSWebClient as a process."""

    name = "webclient"
    keeps_the_token = True
    options: tuple[str, ...] = ()

    def __init__(self, jams: Running) -> None:
        super().__init__(jams)
        self._nowhere = str(jams.home / f"nowhere {next(_HOMES)}")

    def call(self, operation: Operation, inputs: dict[str, Any], caller: str) -> Any:
        arguments, stdin = self._arguments(operation, inputs)
        who = credentials(caller)
        nowhere = self._nowhere
        environment = {**self.jams.environment, "JAMS_HOME": nowhere, "XDG_CONFIG_HOME": nowhere}
        login = ["--server", self.jams.url]
        if who is not None:
            login += ["--user", who[0]]
            environment["JAMS_PASSWORD"] = who[1]
        if operation.session == "opens":
            arguments = [inputs["username"]] if "username" in inputs else []
            environment.update({"JAMS_PASSWORD": inputs["password"]} if "password" in inputs else {})
        done = self.run(
            [operation.command, *login, *self.options, "-o", "json", *arguments], stdin or "", environment
        )
        told = operation.failing is not None and done.stdout != ""
        if done.returncode not in (0, 1) and not told:
            lines = done.stderr.strip().splitlines()
            try:
                problem = json.loads("\n".join(lines))
            except ValueError:
                raise AssertionError(f"exit {done.returncode}: {done.stdout}{done.stderr}") from None
            code = _as_the_server(problem)
            assert done.returncode == EXIT_CODES[error_classes()[code].kind], (done.returncode, problem)
            raise DoorError(code, problem["detail"])
        answer = json.loads(done.stdout)
        if operation.failing is not None:
            errors = [each[operation.failing] for each in answer if each[operation.failing]]
            codes = {EXIT_CODES[error_classes()[error["code"]].kind] for error in errors}
            assert done.returncode == min(codes, default=0), (done.returncode, answer)
        return answer

    def run(
        self, arguments: list[str], stdin: str, environment: dict[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """One command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "webclient", *arguments],
            input=stdin, env=environment, capture_output=True, text=True, timeout=50, check=False,
        )  # fmt: skip

    def _kept(self, name: str, secret: str) -> str:
        """A file that holds a secret, for its owner alone."""
        file = self.jams.home / f"{name} {next(_HOMES)}"
        file.touch(0o600)
        file.write_text(secret + "\n")
        return str(file)

    def _arguments(self, operation: Operation, inputs: dict[str, Any]) -> tuple[list[str], str | None]:
        words: list[str] = []
        stdin = None
        for item in operation.inputs:
            if item.name not in inputs:
                continue
            value = inputs[item.name]
            if item.document:
                words += ["--file", "-"]
                stdin = json.dumps(value)
            elif item.secret:
                words += [f"--{item.name.replace('_', '-')}-file", self._kept(item.name, value)]
            elif isinstance(value, dict):
                for key, given in value.items():
                    words += ["--" + item.name.replace("_", "-"), f"{key}={given}"]
            elif (item.name in operation.key and len(operation.key) > 1) or (
                item.required and _placed(operation, item)
            ):
                continue
            elif isinstance(value, bool):
                option = item.name.replace("_", "-")
                words += [f"--{option}"] if value else [f"--no-{option}"] if item.default is None else []
            else:
                for one in value if isinstance(value, list) else [value]:
                    words += ["--" + item.name.replace("_", "-"), _text(one)]
        places = [inputs[n] for n in operation.positional if n in inputs and _takes_place(operation, n)]
        if len(operation.key) > 1:
            others = [inputs[n] for n in operation.positional if n in inputs and n not in operation.key]
            places = [*[inputs[n] for n in operation.key if n in inputs][:1], *others]
        told = [one for place in places for one in (place if isinstance(place, list) else [place])]
        return [*words, "--", *map(str, told)] if told else words, stdin


class CommandLineSoapDoor(CommandLineDoor):
    """JAMSWebClient speaking SOAP."""

    name = "webclient-soap"
    options = ("--protocol", "soap")


class SoapDoor(Door):
    """SOAP through zeep, as generated from the WSDL."""

    name = "soap"

    def __init__(self, jams: Running) -> None:
        super().__init__(jams)
        from zeep import Client, Settings

        self._client = Client(f"{jams.url}/soap?wsdl", settings=Settings(strict=True, xml_huge_tree=False))

    def call(self, operation: Operation, inputs: dict[str, Any], caller: str) -> Any:
        from zeep.exceptions import Fault, ValidationError

        self._client.transport.session.headers.pop("Authorization", None)
        self._client.transport.session.headers.update(basic(caller))
        service = self._client.bind(operation.service)
        given = {input_name(i): _soap_value(inputs[i.name]) for i in operation.inputs if i.name in inputs}
        if operation.body is not None and operation.body.document:
            kind = shape_of(operation.body.type).leaf
            given[input_name(operation.body)] = _elements(inputs[operation.body.name], kind)
        try:
            answer = getattr(service, operation.soap_name)(**given)
        except Fault as fault:
            detail = fault.detail[0]
            members = {child.tag.rpartition("}")[2]: child.text for child in detail}
            raise DoorError(members["Code"], members["Message"]) from None
        except ValidationError as error:
            raise AssertionError(f"zeep refuses {given}: {error}") from None
        from zeep.helpers import serialize_object

        return _wire_names(serialize_object(answer, dict), operation)


DOORS: list[type[Door]] = [
    RestDoor,
    LibraryDoor,
    LibrarySoapDoor,
    SoapDoor,
    CommandLineDoor,
    CommandLineSoapDoor,
]


def _placed(operation: Operation, item: Input) -> bool:
    return item.name in operation.positional


def _takes_place(operation: Operation, name: str) -> bool:
    return operation.input(name).required and not operation.session


def _route(operation: Operation, given: set[str]) -> Any:
    for route in operation.routes:
        needed = {part[1:-1] for part in route.path.split("/") if part.startswith("{")}
        if needed <= given and given <= needed | set(route.query):
            return route
    return (
        next(r for r in operation.routes if "{" not in r.path)
        if len(operation.routes) > 1
        else operation.routes[0]
    )


def _quoted(value: Any) -> str:
    """A value in an address, whatever is in it: half of a surrogate pair makes octets that are no UTF-8."""
    return quote(str(value), safe="", errors="surrogatepass")


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return [str(v) for v in value]
    return json.dumps(value) if isinstance(value, dict) else str(value)


def _soap_value(value: Any) -> Any:
    if isinstance(value, dict):
        return [{"Name": name, "Value": str(given)} for name, given in value.items()]
    if isinstance(value, str) and value.endswith("Z") and value[:4].isdigit():
        return datetime.fromisoformat(value.replace("Z", "+00:00"))
    return [_elements(item, None) for item in value] if isinstance(value, list) else value


def _elements(value: Any, leaf: Any) -> Any:
    """JSON data as SOAP data; what may be of several kinds is a text that says which it is."""
    if isinstance(value, list):
        return [_elements(item, leaf) for item in value]
    if leaf is not None and mixed(leaf):
        return write_mixed(value)
    if isinstance(value, dict):
        kinds = _kinds(leaf)
        return {
            element_name(name): _elements(inner, kinds.get(name))
            for name, inner in value.items()
            if inner is not None and inner != []
        }
    return value


def _kinds(leaf: Any) -> dict[str, Any]:
    """What the members of a document hold, by wire name."""
    return {
        field.encode_name: shape.leaf for field, shape in (members(leaf) if hasattr(leaf, "fields") else ())
    }


def _wire_names(value: Any, operation: Operation) -> Any:
    """SOAP data as JSON data: wire names instead of PascalCase, times as ISO texts."""
    if operation.lists and value is None:
        return []
    return _plain(value, shape_of(operation.result).leaf)


def _plain(value: Any, leaf: Any) -> Any:
    if isinstance(value, list):
        return [_plain(v, leaf) for v in value]
    if leaf is not None and mixed(leaf):
        return read_mixed(value)
    if isinstance(value, dict):
        known = {element_name(wire): (wire, kind) for wire, kind in _kinds(leaf).items()}
        found = {}
        for element, inner in value.items():
            if inner is not None:
                wire, kind = known.get(element, (element[:1].lower() + element[1:], None))
                found[wire] = _plain(inner, kind)
        return found
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def levelled(value: Any) -> Any:
    """The value without what not every face can tell: nulls, empty texts and lists, falsehoods."""
    if isinstance(value, dict):
        kept = {k: levelled(v) for k, v in value.items()}
        return {k: v for k, v in kept.items() if v not in (None, "", [], {}, False)}
    if isinstance(value, list):
        return [levelled(v) for v in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return None if value == "" else value


def operation_named(name: str) -> Operation:
    """The catalogue's operation of that name."""
    return CATALOGUE[name]
