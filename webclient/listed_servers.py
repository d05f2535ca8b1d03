"""The list of servers: blocks ``<JAMSServers>`` of the original's clients (Name, Node, Port, Prompt).

``Port`` is that of a JAMServer, which this client does not speak to: 773, and what an unprivileged server
takes in its place, mean the web services at their usual address; any other port is taken for theirs. ``Node``
may be a whole address. ``Prompt`` lets no login be kept for the server: who calls says each time who he is.
"""

from __future__ import annotations

import os

from .client_errors import OK, ClientError, UsageError
from .common_settings import WITH_SERVERS, CommonSettings, elements, write_blocks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SERVER_PORTS = ("", "773", "7730")
USAGE = """usage: jamswebclient server-list
       jamswebclient server-list add NAME NODE [--port PORT] [--prompt]
       jamswebclient server-list remove NAME

Show the servers that have names, or change which have. Elsewhere --server takes the name."""


class ListedServer:
    """A server with a name.

    Attributes:
        name, node, port: as they are written.
        prompt: whether no login is kept for it.
        file: where it is written.
    """

    def __init__(self, name: str, node: str, port: str = "", prompt: bool = False, file: str = "") -> None:
        self.name, self.node, self.port, self.prompt, self.file = name, node, port, prompt, file

    @property
    def address(self) -> str:
        """What :func:`webclient.addresses.base_address` makes an address of."""
        if "://" in self.node or self.port in SERVER_PORTS:
            return self.node
        return f"{self.node}:{self.port}"


def listed(common: CommonSettings) -> list[ListedServer]:
    """The servers with names, the first of a name alone. Raises ClientError.

    Of a list that is locked the first folder that has any is the whole: a user adds nothing to others'.
    """
    found: dict[str, ListedServer] = {}
    for folder in common.folders:
        if found and common.locked:
            break
        for file in WITH_SERVERS:
            for server in read_servers(os.path.join(folder, file)):
                found.setdefault(server.name.casefold(), server)
    return list(found.values())


def read_servers(path: str) -> list[ListedServer]:
    """The servers of a file, in its order; none if it is not there. Raises ClientError."""
    found: list[ListedServer] = []
    properties: dict[str, str] = {}
    for name, attributes, text in elements(path):
        if name == "property":
            properties[attributes.get("name", "").lower()] = text
        elif name == "subkey":
            # Blocks of shortcuts look alike, and have neither a Node nor a Name of their own.
            if properties.get("node") and properties.get("name"):
                found.append(_server(properties, path))
            properties = {}
    return found


def _server(said: dict[str, str], path: str) -> ListedServer:
    port, prompt = said.get("port", ""), said.get("prompt", "").lower()
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise _unusable(f"{path}: the port of {said['name']} is a number from 1 to 65535")
    if prompt not in ("", "true", "false"):
        raise _unusable(f"{path}: Prompt of {said['name']} is True or False")
    return ListedServer(said["name"], said["node"], port, prompt == "true", path)


def run(arguments: list[str]) -> int:
    """The command ``server-list``. Raises ClientError, UsageError."""
    if arguments in (["-h"], ["--help"]):
        print(USAGE)
        return OK
    common = CommonSettings()
    if not arguments:
        for server in listed(common):
            print(server.name, server.node, server.port, "prompt" if server.prompt else "", sep="\t")
        return OK
    word, *rest = arguments
    if word == "add":
        _add(common, rest)
    elif word == "remove" and len(rest) == 1:
        _remove(common, rest[0])
    else:
        raise UsageError(USAGE.partition("\n\n")[0])
    return OK


def _add(common: CommonSettings, arguments: list[str]) -> None:
    from argparse import ArgumentParser

    from .addresses import base_address

    class Parser(ArgumentParser):
        def error(self, message: str) -> Any:
            raise UsageError(f"server-list add: {message}")

    parser = Parser(prog="jamswebclient server-list add", add_help=False)
    parser.add_argument("name")
    parser.add_argument("node")
    parser.add_argument("--port", default="")
    parser.add_argument("--prompt", action="store_true")
    given = parser.parse_args(arguments)
    said = {"name": given.name, "node": given.node, "port": given.port, "prompt": str(given.prompt)}
    path = common.written
    new = _server(said, path)
    base_address(new.address)  # so that it is one
    kept = [each for each in read_servers(path) if each.name.casefold() != given.name.casefold()]
    _write(path, [*kept, new])
    print(f"{given.name} is in {path} now.")


def _remove(common: CommonSettings, name: str) -> None:
    path = common.written
    there = read_servers(path)
    kept = [each for each in there if each.name.casefold() != name.casefold()]
    if len(kept) == len(there):
        elsewhere = next(
            (each.file for each in listed(common) if each.name.casefold() == name.casefold()), None
        )
        where = f"; {elsewhere} has it, which is not changed here" if elsewhere else ""
        raise ClientError(f"{path} has no server {name}{where}", kind="NotFound", code="NotFound")
    _write(path, kept)
    print(f"{name} is in {path} no more.")


def _write(path: str, servers: list[ListedServer]) -> None:
    """Write the list. Raises ClientError."""
    blocks = [
        {"Name": each.name, "Node": each.node, "Port": each.port or "773", "Prompt": str(each.prompt)}
        for each in servers
    ]
    write_blocks(path, "JAMSServers", "Server", blocks)


def _unusable(message: str) -> ClientError:
    return ClientError(message, kind="Denied", code="Configuration")
