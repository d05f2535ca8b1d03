"""WS-Management by hand: one request, one answer, for what a real client does not send."""

from __future__ import annotations

import base64
import uuid
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any

import psrpcore
from lxml import etree

NAMES = {
    "s": "http://www.w3.org/2003/05/soap-envelope",
    "a": "http://schemas.xmlsoap.org/ws/2004/08/addressing",
    "w": "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd",
    "rsp": "http://schemas.microsoft.com/wbem/wsman/1/windows/shell",
    "f": "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault",
    "n": "http://schemas.xmlsoap.org/ws/2004/09/enumeration",
    "x": "http://schemas.xmlsoap.org/ws/2004/09/transfer",
    "ps": "http://schemas.microsoft.com/powershell",
}
SHELL = NAMES["rsp"]
RESOURCE = "http://schemas.microsoft.com/powershell/JAMS"


@dataclass
class Answer:
    """An answer: the status and, if there is one, the envelope."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def root(self) -> Any:
        return etree.fromstring(self.body)

    @property
    def subcode(self) -> str:
        return self.root.findtext(".//s:Subcode/s:Value", namespaces=NAMES) or ""

    @property
    def code(self) -> int:
        fault = self.root.find(".//f:WSManFault", NAMES)
        return 0 if fault is None else int(fault.get("Code"))

    def find(self, path: str) -> Any:
        return self.root.find(f".//{path}", NAMES)

    def text(self, path: str) -> str | None:
        found: str | None = self.root.findtext(f".//{path}", namespaces=NAMES)
        return found

    @property
    def stream(self) -> bytes:
        return b"".join(
            base64.b64decode(item.text) for item in self.root.iterfind(".//rsp:Stream", NAMES) if item.text
        )


class Hand:
    """One connection of one user."""

    def __init__(self, port: int, user: str = "ann", password: str | None = None) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=30)
        secret = f"secret-of-{user}" if password is None else password
        self.authorization = "Basic " + base64.b64encode(f"{user}:{secret}".encode()).decode()
        self.shell = str(uuid.uuid4()).upper()
        self.pool = psrpcore.ClientRunspacePool(runspace_pool_id=uuid.UUID(self.shell))

    def __enter__(self) -> Hand:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def post(
        self,
        body: bytes,
        content_type: str = "application/soap+xml;charset=UTF-8",
        path: str = "/wsman",
        **headers: str,
    ) -> Answer:
        """Send a body."""
        given = {"Content-Type": content_type, "Authorization": self.authorization, **headers}
        self._connection.request("POST", path, body, {name: value for name, value in given.items() if value})
        answer = self._connection.getresponse()
        content = answer.read()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, content)

    def ask(
        self, action: str, body: str = "", resource: str = RESOURCE, shell: str | None = "", header: str = ""
    ) -> Answer:
        """Send a request."""
        return self.post(self.envelope(action, body, resource, shell, header).encode())

    def envelope(
        self, action: str, body: str = "", resource: str = RESOURCE, shell: str | None = "", header: str = ""
    ) -> str:
        """A request; ``shell`` None leaves the selector out, empty means our own."""
        action = action if "/" in action else f"{SHELL}/{action}"
        names = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMES.items())
        selector = ""
        if shell is not None:
            selector = f'<w:Selector Name="ShellId">{shell or self.shell}</w:Selector>'
            selector = f"<w:SelectorSet>{selector}</w:SelectorSet>"
        if "OperationTimeout" not in header:
            header += "<w:OperationTimeout>PT20S</w:OperationTimeout>"
        return (
            f"<s:Envelope {names}><s:Header><a:Action>{action}</a:Action>"
            f"<a:MessageID>uuid:{uuid.uuid4()}</a:MessageID><a:To>http://localhost/wsman</a:To>"
            f"<w:ResourceURI>{resource}</w:ResourceURI>{selector}{header}</s:Header>"
            f"<s:Body>{body}</s:Body></s:Envelope>"
        )

    def create(self, header: str = "", idle: str = "PT7200.000S", resource: str = RESOURCE) -> Answer:
        """Make a shell."""
        self.pool = psrpcore.ClientRunspacePool(runspace_pool_id=uuid.UUID(self.shell))
        self.pool.open()
        return self.ask(
            f"{NAMES['x']}/Create",
            f'<rsp:Shell ShellId="{self.shell}"><rsp:IdleTimeOut>{idle}</rsp:IdleTimeOut>'
            "<rsp:InputStreams>stdin pr</rsp:InputStreams><rsp:OutputStreams>stdout</rsp:OutputStreams>"
            f"<ps:creationXml>{self.outgoing()}</ps:creationXml></rsp:Shell>",
            resource,
            shell=None,
            header=header,
        )

    def outgoing(self) -> str:
        """What the pool has to say, as base64."""
        data = b""
        while payload := self.pool.data_to_send():
            data += payload.data
        return base64.b64encode(data).decode()

    def command(self, *names: str, has_input: bool = False, **parameters: Any) -> str:
        """Begin a command; gives its identifier."""
        pipeline = psrpcore.ClientPowerShell(self.pool, no_input=not has_input)
        for name in names:
            pipeline.add_command(name)
        pipeline.add_parameters(**parameters)
        pipeline.start()
        number = str(pipeline.pipeline_id).upper()
        answer = self.ask(
            "Command",
            f'<rsp:CommandLine CommandId="{number}"><rsp:Command/>'
            f"<rsp:Arguments>{self.outgoing()}</rsp:Arguments></rsp:CommandLine>",
        )
        assert answer.status == 200, answer.body
        return number

    def receive(self, command: str | None = None, header: str = "") -> Answer:
        """Ask for output."""
        which = "" if command is None else f' CommandId="{command}"'
        return self.ask(
            "Receive",
            f"<rsp:Receive><rsp:DesiredStream{which}>stdout</rsp:DesiredStream></rsp:Receive>",
            header=header,
        )

    def signal(self, command: str, code: str) -> Answer:
        """Stop or free a command."""
        return self.ask(
            "Signal", f'<rsp:Signal CommandId="{command}"><rsp:Code>{code}</rsp:Code></rsp:Signal>'
        )

    def delete(self) -> Answer:
        """End the shell."""
        return self.ask(f"{NAMES['x']}/Delete")
