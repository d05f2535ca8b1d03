"""What a client asks for, as plain data. Nothing here knows the wire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from .clixml.types import Version

ADD_INVOCATION_INFO = 15
"""RemoteStreamOptions of a client that wants to know, with every record, which command wrote it."""

STREAM_ALL, STREAM_NULL, STREAM_OUTPUT = 3, 4, 1
"""Numbers of PipelineResultTypes that matter when streams are merged (MS-PSRP 2.2.3.31)."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a command as it was sent.

    ``name`` is None for a positional one. Typed lines send ``-Name`` without a value and the value as the
    next positional argument; splatting and proxies send ``-Name:`` with the value; programs ``Name``.
    """

    name: str | None
    value: Any


@dataclass(frozen=True, slots=True)
class Merge:
    """Where a command's streams go, as numbers of PipelineResultTypes (0: nowhere else)."""

    my_result: int = 0
    to_result: int = 0
    previous_results: int = 0
    error: int = 0
    warning: int = 0
    verbose: int = 0
    debug: int = 0
    information: int = 0

    @property
    def errors_are_output(self) -> bool:
        """Whether errors go into the output: said in the old way, or for that stream by itself."""
        return self.error == STREAM_OUTPUT or bool(self.my_result and self.to_result == STREAM_OUTPUT)


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a pipeline.

    ``text`` is its name, or, when ``is_script``, the text of a script, which is data and nothing more.
    """

    text: str
    is_script: bool = False
    use_local_scope: bool | None = None
    arguments: tuple[Argument, ...] = ()
    merge: Merge = Merge()


@dataclass(frozen=True, slots=True)
class HostInfo:
    """The host at the client's end: whether there is one, and its console's data.

    Attributes:
        use_runspace_host: whether the host of the session is meant.
        data: host default data by number (MS-PSRP 2.2.3.14): 0, 1 colours, 2 cursor, 3 window position,
            4 cursor size, 5 buffer size, 6 window, 7 largest window, 8 largest physical window, 9 title;
            sizes and positions are pairs of numbers. A number may be anything, -1 means unknown.
    """

    is_null: bool = True
    is_ui_null: bool = True
    is_raw_ui_null: bool = True
    use_runspace_host: bool = False
    data: Mapping[int, Any] = field(default_factory=dict)

    @property
    def interactive(self) -> bool:
        """Whether the client can show something and ask its user."""
        return not (self.is_null or self.is_ui_null)

    @property
    def width(self) -> int:
        """The columns to lay text out for; 120 where the client does not know."""
        size = self.data.get(5) or self.data.get(6)
        if isinstance(size, tuple) and 10 <= size[0] <= 2000:
            return int(size[0])
        return 120

    @property
    def height(self) -> int:
        """The lines of the window; 50 where the client does not know."""
        size = self.data.get(6)
        if isinstance(size, tuple) and 2 <= size[1] <= 1000:
            return int(size[1])
        return 50


NO_HOST = HostInfo()


@dataclass(frozen=True, slots=True)
class PipelineRequest:
    """What a client wants run.

    Attributes:
        id: the pipeline's identifier.
        statements: the pipelines to run one after another, each a chain of commands.
        has_input: whether the client will send input.
        host: the host to talk to; the session's, if the client said so.
        add_to_history: whether it is something a user typed or called.
        history: the typed text, if the client gave it.
        invocation_info: whether records shall say which command wrote them.
        redirect_errors: what the client said of shell errors.
    """

    id: UUID
    statements: tuple[tuple[Command, ...], ...]
    has_input: bool = False
    host: HostInfo = NO_HOST
    add_to_history: bool = False
    history: str | None = None
    invocation_info: bool = False
    redirect_errors: bool = False
    is_nested: bool = False

    @property
    def command_names(self) -> list[str]:
        """The names of all commands, for logs; a script counts as ``(script)``."""
        return [c.text if not c.is_script else "(script)" for s in self.statements for c in s]


@dataclass(frozen=True, slots=True)
class MetadataRequest:
    """A question for the commands that exist (Enter-PSSession, Import-PSSession).

    Attributes:
        id: the identifier of the pipeline that answers it.
        names: names or wildcard patterns; ``*`` for all.
        command_types: a mask of CommandTypes (1 alias, 2 function, 8 cmdlet); it may hold unknown bits.
        modules: the modules asked for, empty for all.
        arguments: for commands with dynamic parameters.
    """

    id: UUID
    names: tuple[str, ...]
    command_types: int = 0
    modules: tuple[str, ...] = ()
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Capability:
    """The versions one side speaks."""

    protocol: Version
    ps_version: Version
    serialization: Version


@dataclass(frozen=True, slots=True)
class PoolRequest:
    """What a client said when it opened the pool."""

    min_runspaces: int
    max_runspaces: int
    host: HostInfo
    application_arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """What an engine learns of the session it serves.

    Attributes:
        id: the pool's identifier, as the client chose it.
        identity: who is calling, as the transport established it when the session was made.
        protocol: the protocol version that was agreed.
        client_version: the client's PowerShell version, if it told.
        host: the client's host.
        transport: a word for logs and audit.
    """

    id: UUID
    identity: object
    protocol: Version
    client_version: Version | None
    host: HostInfo
    transport: str


@dataclass(frozen=True, slots=True)
class HostResponse:
    """The answer to a host call: a value, or the error the client's host ran into."""

    call: int
    value: Any = None
    error: str | None = None
