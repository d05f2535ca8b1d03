"""The bodies of client messages, decoded into requests.

Names are compared without case (some clients write ``CI`` for ``ci``), and every enumeration is taken
as the number it is, since clients send values that no table lists (colour -1, command types beyond
the known mask).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from .clixml.types import EnumValue, PSObject, Version
from .protocol_errors import MessageViolation
from .requests import (
    ADD_INVOCATION_INFO,
    Argument,
    Capability,
    Command,
    HostInfo,
    HostResponse,
    Merge,
    MetadataRequest,
    PipelineRequest,
    PoolRequest,
)

_MERGES = (
    "MergeMyResult",
    "MergeToResult",
    "MergePreviousResults",
    "MergeError",
    "MergeWarning",
    "MergeVerbose",
    "MergeDebug",
    "MergeInformation",
)
_NO_MERGE = Merge()


def _object(value: Any, what: str) -> PSObject:
    if not isinstance(value, PSObject):
        raise MessageViolation(f"{what} is no object.")
    return value


def _list(value: Any, what: str) -> list[Any]:
    if isinstance(value, PSObject):
        value = value.value
    if value is None:
        return []
    if not isinstance(value, list):
        raise MessageViolation(f"{what} is no list.")
    return value


def _integer(value: Any, what: str) -> int:
    if isinstance(value, EnumValue):
        return value.value
    if isinstance(value, PSObject):
        value = value.value
    if isinstance(value, bool) or not isinstance(value, int):
        raise MessageViolation(f"{what} is no number.")
    return int(value)


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str):
        raise MessageViolation(f"{what} is no text.")
    return str(value)


def capability(body: Any) -> Capability:
    """SESSION_CAPABILITY."""
    found = _object(body, "A capability")
    versions = [found.get(name) for name in ("protocolversion", "PSVersion", "SerializationVersion")]
    if not all(isinstance(version, Version) for version in versions):
        raise MessageViolation("A capability lacks a version.")
    return Capability(*versions)


def pool(body: Any, limit: int) -> PoolRequest:
    """INIT_RUNSPACEPOOL; more than ``limit`` runspaces are cut down to it."""
    found = _object(body, "The opening of a pool")
    low = _integer(found.get("MinRunspaces"), "The least number of runspaces")
    high = _integer(found.get("MaxRunspaces"), "The number of runspaces")
    if low < 1 or high < low:
        raise MessageViolation("The numbers of runspaces make no sense.")
    arguments = found.get("ApplicationArguments")
    if isinstance(arguments, PSObject):
        arguments = arguments.value
    return PoolRequest(
        min(low, limit),
        min(high, limit),
        host_info(found.get("HostInfo")),
        arguments if isinstance(arguments, dict) else {},
    )


def connection(body: Any, limit: int) -> tuple[int | None, int | None]:
    """CONNECT_RUNSPACEPOOL: the least and greatest number of runspaces, where the client gave them."""
    if not isinstance(body, PSObject):
        return None, None
    low, high = body.get("MinRunspaces"), body.get("MaxRunspaces")
    if low is None or high is None:
        return None, None
    return min(_integer(low, "A number"), limit), min(_integer(high, "A number"), limit)


def host_info(value: Any) -> HostInfo:
    """The HostInfo of a pool or a pipeline; one that cannot be understood counts as no host."""
    if not isinstance(value, PSObject):
        return HostInfo()
    data: dict[int, Any] = {}
    defaults = value.get("_hostDefaultData")
    table = defaults.get("data") if isinstance(defaults, PSObject) else None
    if isinstance(table, PSObject):
        table = table.value
    for key, item in table.items() if isinstance(table, dict) else ():
        if isinstance(key, int) and isinstance(item, PSObject):
            data[int(key)] = _host_value(item.get("V"))
    return HostInfo(
        is_null=value.get("_isHostNull") is not False,
        is_ui_null=value.get("_isHostUINull") is not False,
        is_raw_ui_null=value.get("_isHostRawUINull") is not False,
        use_runspace_host=value.get("_useRunspaceHost") is True,
        data=data,
    )


def _host_value(value: Any) -> Any:
    if isinstance(value, EnumValue):
        return value.value
    if isinstance(value, PSObject):
        for one, two in (("width", "height"), ("x", "y")):
            pair = value.get(one), value.get(two)
            if all(isinstance(number, int) for number in pair):
                return pair
        return value.value
    return value


def pipeline(number: UUID, body: Any, session_host: HostInfo) -> PipelineRequest:
    """CREATE_PIPELINE.

    Where there are several statements, ``ExtraCmds`` holds all of them and ``Cmds`` repeats the first.
    """
    found = _object(body, "A pipeline")
    shell = _object(found.get("PowerShell"), "The commands of a pipeline")
    extra = _list(shell.get("ExtraCmds"), "A list of statements")
    chains = [_object(item, "A statement").get("Cmds") for item in extra] or [shell.get("Cmds")]
    statements = tuple(tuple(_command(item) for item in _list(chain, "A chain")) for chain in chains)
    host = host_info(found.get("HostInfo"))
    history = shell.get("History")
    options = found.get("RemoteStreamOptions")
    return PipelineRequest(
        id=number,
        statements=statements,
        has_input=found.get("NoInput") is False,
        host=session_host if host.use_runspace_host else host,
        add_to_history=found.get("AddToHistory") is True,
        history=history if isinstance(history, str) else None,
        invocation_info=options is not None
        and _integer(options, "RemoteStreamOptions") & ADD_INVOCATION_INFO == ADD_INVOCATION_INFO,
        redirect_errors=shell.get("RedirectShellErrorOutputPipe") is True,
        is_nested=shell.get("IsNested") is True,
    )


def _command(value: Any) -> Command:
    found = _object(value, "A command")
    text = found.get("Cmd")
    scope = found.get("UseLocalScope")
    return Command(
        text="" if text is None else _text(text, "The name of a command"),
        is_script=found.get("IsScript") is True,
        use_local_scope=scope if isinstance(scope, bool) else None,
        arguments=tuple(_argument(item) for item in _list(found.get("Args"), "A list of arguments")),
        merge=_merge(found),
    )


def _argument(value: Any) -> Argument:
    found = _object(value, "An argument")
    name = found.get("N")
    return Argument(None if name is None else _text(name, "The name of an argument"), found.get("V"))


def _merge(found: PSObject) -> Merge:
    numbers = [
        0 if value is None else _integer(value, "A merge") for value in map(found.members.get, _MERGES)
    ]
    return Merge(*numbers) if any(numbers) else _NO_MERGE


def metadata(number: UUID, body: Any) -> MetadataRequest:
    """GET_COMMAND_METADATA. Bits of the type mask that no table knows are kept, and mean nothing."""
    found = _object(body, "A question for commands")
    names = [str(item) for item in _list(found.get("Name"), "A list of names") if item is not None]
    kinds = found.get("CommandType")
    modules = _list(found.get("Namespace"), "A list of modules")
    return MetadataRequest(
        id=number,
        names=tuple(names) or ("*",),
        command_types=0 if kinds is None else _integer(kinds, "A mask of command types"),
        modules=tuple(str(item) for item in modules),
        arguments=tuple(_list(found.get("ArgumentList"), "A list of arguments")),
    )


def call_number(body: Any) -> int:
    """The ``ci`` of a question about runspaces."""
    return _integer(_object(body, "A call").get("ci"), "The number of a call")


def runspace_count(body: Any) -> int:
    """The number a client wants to set the runspaces to."""
    found = _object(body, "A call")
    value = found.get("MaxRunspaces")
    return _integer(found.get("MinRunspaces") if value is None else value, "A number of runspaces")


def public_key(body: Any) -> str:
    """PUBLIC_KEY."""
    return _text(_object(body, "A public key").get("PublicKey"), "A public key")


def host_response(body: Any) -> HostResponse:
    """The answer to a host call; an exception of the client's host becomes its message."""
    found = _object(body, "The answer of a host")
    error = found.get("me")
    text: str | None = None
    if error is not None:
        text = str(error)
    return HostResponse(_integer(found.get("ci"), "The number of a call"), found.get("mr"), text)
