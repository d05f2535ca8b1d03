"""An engine with the commands of the module that the recordings were made with, for tests.

It binds arguments just well enough for them and is no model for a real engine.
"""

from __future__ import annotations

import fnmatch
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from psprovider.endpoint import known_errors
from psprovider.endpoint.clixml import EnumValue, PSList, PSObject, SecureString, custom
from psprovider.endpoint.clixml.received import received
from psprovider.endpoint.clixml.types import ARRAY_LIST, OBJECT, SWITCH
from psprovider.endpoint.engine import Host, Outcome, Streams
from psprovider.endpoint.exceptions import (
    RUNTIME_EXCEPTION,
    SYSTEM_EXCEPTION,
    ErrorCategory,
    ErrorRecord,
    ExceptionData,
    InvocationInfo,
    PipelineFailed,
    runtime_members,
)
from psprovider.endpoint.host_calls import Choice, Field
from psprovider.endpoint.metadata import CommandMetadata, ParameterMetadata
from psprovider.endpoint.protocol_errors import HostUnavailable
from psprovider.endpoint.records import InformationRecord, ProgressRecord
from psprovider.endpoint.requests import Argument, Command, MetadataRequest, PipelineRequest, SessionInfo
from tests.support import psrp_errors
from tests.support.psrp_samples import PLAIN, ROUND, SAMPLES, SQUARE, file_not_found

MODULE = "/srv/demo/Modules/Demo/Demo.psm1"
SWITCHES = {"Full", "PassThru", "AsType", "Quiet", "Fail", "Throw", "WhatIf", "Confirm"}
POSITIONS = {
    "Get-Thing": ("Name",),
    "Set-Thing": ("Name",),
    "New-Thing": ("Name", "Start"),
    "Get-Echo": ("Value",),
    "Get-Sample": ("What",),
    "Read-Something": ("What",),
    "TabExpansion2": ("inputScript", "cursorColumn", "options"),
}
MISSING = object()


class Context:
    """What one command of a pipeline works with."""

    def __init__(self, command: Command, number: int, host: Host, streams: Streams, source: Any) -> None:
        self.name = {"gth": "Get-Thing"}.get(command.text, command.text)
        self.info = InvocationInfo(self.name, history=number, command_type=2)
        self.host = host
        self.streams = streams
        self.source: Iterator[Any] | None = source
        self.merge_errors = command.merge.my_result == 2 and command.merge.to_result == 1
        self.arguments = self._bind(command)

    def _bind(self, command: Command) -> dict[str, Any]:
        bound: dict[str, Any] = {}
        positions = list(POSITIONS.get(self.name, ()))
        open_name: str | None = None
        for argument in command.arguments:
            if argument.name is not None:
                name = argument.name.strip("-: ")
                if argument.name.startswith("-") and not argument.name.rstrip().endswith(":"):
                    if name in SWITCHES:
                        bound[name] = True
                    else:
                        open_name = name
                    continue
                bound[name] = argument.value
            elif open_name is not None:
                bound[open_name], open_name = argument.value, None
            elif positions:
                while positions and positions[0] in bound:
                    positions.pop(0)
                if positions:
                    bound[positions.pop(0)] = argument.value
        return bound

    def get(self, name: str, default: Any = None) -> Any:
        return self.arguments.get(name, default)


class DemoSession:
    """The commands of one session. ``pace`` is called by sleeping commands, with the seconds they sleep."""

    private_data: Mapping[str, Any] = {}

    def __init__(
        self, info: SessionInfo, pace: Callable[[Streams, float], None], reads_text: bool = False
    ) -> None:
        self.info = info
        self.pace = pace
        self.outcomes: list[Outcome] = []
        self._reads_text = reads_text

    def run(self, request: PipelineRequest, number: int, host: Host, streams: Streams) -> None:
        for index, statement in enumerate(request.statements):
            last = index == len(request.statements) - 1
            try:
                self._statement(statement, number, host, streams, request.has_input)
            except PipelineFailed as failure:
                if last:
                    raise
                record = failure.record
                if record.error_id == "CommandNotFoundException":
                    record = psrp_errors.contained(record)
                streams.error(record, ended_statement=True)

    def _statement(
        self, chain: tuple[Command, ...], number: int, host: Host, streams: Streams, has_input: bool
    ) -> None:
        if not chain or not all(command.text for command in chain):
            raise PipelineFailed(known_errors.pipeline_not_created())
        if self._reads_text:
            chain = tuple(words(command) for command in chain)
        for command in chain:
            if command.is_script:
                raise PipelineFailed(known_errors.scripts_not_allowed(command.text))
            if command.text not in COMMANDS:
                raise PipelineFailed(known_errors.command_not_found(command.text))
        flow: Iterator[Any] | None = streams.input()
        for index, command in enumerate(chain):
            context = Context(command, number, host, streams, flow)
            if index + 1 < len(chain) and chain[index + 1].merge.previous_results == 3:
                context.merge_errors = True
            if index == 0 and not has_input:
                context.source = None
            flow = COMMANDS[command.text](self, context)
        for item in flow or ():
            streams.write(item)

    def ended(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)

    def describe(self, request: MetadataRequest) -> Iterable[CommandMetadata]:
        for pattern in request.names:
            for name in fnmatch.filter(COMMANDS, pattern):
                own = [ParameterMetadata("InputObject")] if name == "Out-Default" else []
                help_uri = {
                    "Out-Default": "https://go.microsoft.com/fwlink/?LinkID=113362",
                    "Exit-PSSession": "https://go.microsoft.com/fwlink/?LinkID=2096787",
                }.get(name, "")
                yield CommandMetadata(name, parameters=own + COMMON, help_uri=help_uri)

    def reset(self) -> None:
        pass

    def close(self) -> None:
        pass


PREFERENCE = "System.Management.Automation.ActionPreference"
COMMON = [
    ParameterMetadata("Verbose", aliases=("vb",), switch=True),
    ParameterMetadata("Debug", aliases=("db",), switch=True),
    ParameterMetadata("ErrorAction", PREFERENCE, ("ea",)),
    ParameterMetadata("WarningAction", PREFERENCE, ("wa",)),
    ParameterMetadata("InformationAction", PREFERENCE, ("infa",)),
    ParameterMetadata("ProgressAction", PREFERENCE, ("proga",)),
    ParameterMetadata("ErrorVariable", "System.String", ("ev",)),
    ParameterMetadata("WarningVariable", "System.String", ("wv",)),
    ParameterMetadata("InformationVariable", "System.String", ("iv",)),
    ParameterMetadata("OutVariable", "System.String", ("ov",)),
    ParameterMetadata("OutBuffer", "System.Int32", ("ob",)),
    ParameterMetadata("PipelineVariable", "System.String", ("pv",)),
]


class DemoEngine:
    """Makes demo sessions; keeps them in ``sessions``."""

    def __init__(
        self, pace: Callable[[Streams, float], None] | None = None, reads_text: bool = False
    ) -> None:
        self.sessions: list[DemoSession] = []
        self._reads_text = reads_text
        self._pace = pace or (lambda streams, seconds: streams.sleep(seconds))

    def open(self, session: SessionInfo) -> DemoSession:
        self.sessions.append(DemoSession(session, self._pace, self._reads_text))
        return self.sessions[-1]


class Ticks:
    """A pace under a test's control: sleeping ends when the test lets one go."""

    def __init__(self) -> None:
        self._ticks = threading.Semaphore(0)
        self.sleeping = 0

    def __call__(self, streams: Streams, _seconds: float) -> None:
        self.sleeping += 1
        try:
            while not self._ticks.acquire(timeout=0.02):
                streams.check()
        finally:
            self.sleeping -= 1

    def let_one_go(self) -> None:
        if self.sleeping:
            self._ticks.release()


def words(command: Command) -> Command:
    """Text that is one command with plain words as that command; some clients send typed lines as text."""
    text = command.text.strip()
    if not command.is_script or not text or set(text) & set("${}()|;&<>'\"`@,"):
        return command
    name, *rest = text.split()
    arguments = tuple(
        Argument(word, None)
        if word.startswith("-")
        else Argument(None, int(word) if word.isdigit() else word)
        for word in rest
    )
    return replace(command, text=name, is_script=False, arguments=arguments)


def _things(context: Context) -> Iterator[PSObject]:
    names = context.get("Name", "*")
    names = [str(name) for name in (names if isinstance(names, list) else [names])]
    if context.source is not None and "Name" not in context.arguments:
        for item in context.source:
            yield from _named_things(context, [str(item.get("Name"))])
        return
    yield from _named_things(context, names)


def _named_things(context: Context, names: list[str]) -> Iterator[PSObject]:
    base = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    for name in names:
        hit = False
        for i in range(1, int(context.get("Count", 3)) + 1):
            if not fnmatch.fnmatch(f"thing{i}", name):
                continue
            hit = True
            yield custom(
                "Demo.Thing",
                Name=f"thing{i}",
                Count=i,
                Kind=(PLAIN, ROUND, SQUARE)[i % 3],
                Created=base + timedelta(days=i),
                Weight=i * 1.5,
                Tags=["a", f"t{i}"],
                Note=None,
            )
        if not hit and not set(name) & set("*?["):
            yield from _write_error(
                context,
                psrp_errors.written_error(
                    f"Thing '{name}' was not found.",
                    "ThingNotFound,Get-Thing",
                    ErrorCategory.ObjectNotFound,
                    target=name,
                    recommended_action="Use a name that exists.",
                    invocation=context.info,
                ),
            )


def _write_error(context: Context, record: ErrorRecord) -> Iterator[Any]:
    action = str(context.get("ErrorAction", "Continue"))
    if action == "Stop":
        raise PipelineFailed(record)
    if action in ("SilentlyContinue", "Ignore"):
        return
    if context.merge_errors:
        yield record
    else:
        context.streams.error(record)


def get_thing(_session: DemoSession, context: Context) -> Iterator[Any]:
    yield from _things(context)


def set_thing(_session: DemoSession, context: Context) -> Iterator[Any]:
    for item in context.source or [custom(Name=context.get("Name"), Count=context.get("Count", 0))]:
        if context.get("PassThru"):
            made = custom(
                "Demo.Thing",
                Name=item.get("Name"),
                Count=item.get("Count") or 0,
                Kind=PLAIN,
                Created=datetime(2026, 1, 2),
                Weight=0.0,
                Tags=[],
                Note=None,
            )
            yield made


def new_thing(_session: DemoSession, context: Context) -> Iterator[Any]:
    name = context.get("Name", MISSING)
    if name is MISSING and "Id" not in context.arguments:
        answer = context.host.prompt(
            "cmdlet New-Thing at command pipeline position 1",
            "Supply values for the following parameters:",
            [Field("Name", label="&Name")],
        )
        name = answer.get("Name")
    for item in context.source or ():
        context.streams.error(psrp_errors.input_not_bound(item, context.info))
    yield f"made name={'' if name is MISSING else name} id={context.get('Id', 0)}"


def test_streams(_session: DemoSession, context: Context) -> Iterator[Any]:
    streams = context.streams
    yield "out 1"
    streams.verbose("verbose text", context.info)
    streams.debug("debug text", context.info)
    streams.warning("warning text", context.info)
    streams.information(InformationRecord("information text", MODULE, ("tagA", "tagB")))
    streams.write_host("host text", foreground=10, source=MODULE)
    streams.write_host("no newline ", new_line=False, source=MODULE)
    streams.write_host("then newline", source=MODULE)
    streams.information(InformationRecord(custom(None, a=1), MODULE))
    streams.progress(ProgressRecord("Working", "half", 3, percent=50, operation="step", seconds=9))
    streams.progress(ProgressRecord("Working", id=3, completed=True))
    plain = "Microsoft.PowerShell.Commands.WriteErrorException,Test-Streams"
    yield from _write_error(context, psrp_errors.written_error("plain error", plain, invocation=context.info))
    yield from _write_error(
        context,
        ErrorRecord(
            file_not_found("no such file", "x.txt"),
            "NoFile,Test-Streams",
            ErrorCategory.OpenError,
            target={"a": 1},
            activity="Write-Error",
            invocation=context.info,
        ),
    )
    if context.get("Fail"):
        raise PipelineFailed(_broke(context.info))
    if context.get("Throw"):
        thrown = ExceptionData(RUNTIME_EXCEPTION, "thrown text", runtime_members("thrown text", thrown=True))
        raise PipelineFailed(
            ErrorRecord(
                thrown, "thrown text", ErrorCategory.OperationStopped, "thrown text", invocation=context.info
            )
        )
    yield "out 2"


def _broke(info: InvocationInfo) -> ErrorRecord:
    inner = ExceptionData(
        ("System.ArgumentException", *SYSTEM_EXCEPTION),
        "inner reason",
        {"Message": "inner reason", "ParamName": None},
    )
    outer = ExceptionData(
        ("System.InvalidOperationException", *SYSTEM_EXCEPTION),
        "it broke",
        inner=inner,
        source="System.Management.Automation",
    )
    return ErrorRecord(
        outer,
        "BrokeId,Test-Streams",
        ErrorCategory.InvalidOperation,
        "the target",
        activity="Test-Streams",
        invocation=info,
    )


def read_something(_session: DemoSession, context: Context) -> Iterator[Any]:
    host = context.host
    what = str(context.get("What", "Line"))
    try:
        if what == "Line":
            yield "got " + host.read_line("Your name")
        elif what == "Secure":
            yield f"length {len(host.read_secret('Your secret').reveal())}"
        elif what == "Choice":
            choices = [Choice("&Yes", "say yes"), Choice("&No", "say no")]
            yield f"chose {host.choose('Cap', 'Go on?', choices, 1)}"
        elif what == "Credential":
            yield f"user {host.credential('Cap', 'Log in', 'ann', 'demo').user_name}"
        elif what == "Prompt":
            fields = [Field("Age", "System.Int32", help="years"), Field("City", default="Bonn")]
            for key, value in host.prompt("Cap", "Fill in", fields).items():
                yield f"{key}={value}"
        elif what == "Key":
            yield f"key {host.read_key().get('character')}"
        elif what == "Title":
            yield f"size {host.info.width},{host.info.height} title {host.info.data.get(9)}"
            host.set_title("set by demo")
    except HostUnavailable as problem:
        origin = "Microsoft.PowerShell.Commands.ReadHostCommand"
        context.streams.error(known_errors.no_host(problem.message, "Read-Host", context.info, origin=origin))


def get_echo(_session: DemoSession, context: Context) -> Iterator[Any]:
    if "Value" in context.arguments:
        value = context.arguments["Value"]
        yield _type_text(value) if context.get("AsType") else received(value)
    for item in context.source or ():
        yield received(item)


def _type_text(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, (PSObject, PSList)):
        return ",".join(value.type_names)
    return type(value).__name__


def get_sample(_session: DemoSession, context: Context) -> Iterator[Any]:
    wanted = context.get("What", "*")
    for pattern in wanted if isinstance(wanted, list) else [wanted]:
        for name, make in SAMPLES.items():
            if fnmatch.fnmatch(name.lower(), str(pattern).lower()):
                yield from make()


def invoke_slow(session: DemoSession, context: Context) -> Iterator[Any]:
    seconds = int(context.get("Seconds", 30))
    for i in range(seconds):
        if not context.get("Quiet"):
            yield i
            percent = round(i * 100 / seconds)
            context.streams.progress(ProgressRecord("Slow", f"second {i}", percent=percent))
        session.pace(context.streams, 1.0)
    yield "done"


def get_many(_session: DemoSession, context: Context) -> Iterator[Any]:
    for i in range(int(context.get("Count", 20000))):
        yield custom(None, Id=i, Name=f"name{i}", On=True)


def prompt(_session: DemoSession, _context: Context) -> Iterator[Any]:
    yield "PS /home/user> "


def out_default(_session: DemoSession, context: Context) -> Iterator[Any]:
    for item in context.source or ():
        if isinstance(item, ErrorRecord):
            context.host.write_error_line(f"{item.activity}: {item.message}")
        elif isinstance(item, PSObject) and item.is_type("System.Management.Automation.ErrorRecord"):
            context.host.write_line(f"Error: {item}")
        else:
            context.host.write_line("" if item is None else str(item))
    return iter(())
    yield


def exit_session(_session: DemoSession, context: Context) -> Iterator[Any]:
    context.host.leave()
    return iter(())
    yield


def complete(_session: DemoSession, context: Context) -> Iterator[Any]:
    text = str(context.get("inputScript", ""))
    found = [name for name in COMMANDS if name.lower().startswith(text.lower())]
    matches = [
        PSObject(
            ("System.Management.Automation.CompletionResult", OBJECT),
            properties={"CompletionText": n, "ListItemText": n, "ResultType": "Command", "ToolTip": n},
            to_string="System.Management.Automation.CompletionResult",
        )
        for n in found
    ]
    yield PSObject(
        ("System.Management.Automation.CommandCompletion", OBJECT),
        properties={
            "CurrentMatchIndex": -1,
            "ReplacementIndex": 0,
            "ReplacementLength": len(text),
            "CompletionMatches": PSList(matches, ARRAY_LIST),
        },
        to_string="System.Management.Automation.CommandCompletion",
    )


def write_secret(_session: DemoSession, context: Context) -> Iterator[Any]:
    value = context.get("Value")
    yield value.reveal() if isinstance(value, SecureString) else str(value)


COMMANDS: dict[str, Callable[[DemoSession, Context], Iterator[Any]]] = {
    "Get-Thing": get_thing,
    "gth": get_thing,
    "Set-Thing": set_thing,
    "New-Thing": new_thing,
    "Test-Streams": test_streams,
    "Read-Something": read_something,
    "Get-Echo": get_echo,
    "Get-Sample": get_sample,
    "Invoke-Slow": invoke_slow,
    "Get-Many": get_many,
    "prompt": prompt,
    "Out-Default": out_default,
    "Exit-PSSession": exit_session,
    "TabExpansion2": complete,
    "Show-Secret": write_secret,
}
__all__ = ["SWITCH", "DemoEngine", "EnumValue", "Ticks"]
