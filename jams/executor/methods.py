"""The execution methods: how a job's source becomes a command. One entry in a table for each.

A further method is one more ``Method`` in ``METHODS``. Available means that its program was found on this
machine when asked. Names of methods are those of semantics 4.2 and are matched without regard to case.
"""

from __future__ import annotations

import importlib
import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jams.objects import tasks
from jams.objects.encodings import encoding_of
from jams.objects.enums import DataType
from jams.objects.errors import InvalidArgument, MethodNotFound, MethodUnavailable
from jams.objects.run import MethodInfo, RunRequest

_WINDOWS = os.name == "nt"
_SHELL = "/bin/sh"

_BYTE_ORDER_MARK = "\ufeff"
_LONGEST_FIRST_LINE = 255

_ASKS_FOR_SHELL = re.compile(r"\$\{?[$0]|PPID|\beval\b|(?:^|[\s;&|(`{])\.\s", re.M)
"""Marks of a script that may ask which process or program its shell is, or runs text that may.

A copy of the supervising shell would answer for its original; such a script gets a shell of its own.
"""


@dataclass(frozen=True)
class Method:
    """How one kind of source is run.

    Attributes:
        name: the method's published name.
        description: one sentence for people.
        suffix: the script file's extension, without its dot.
        locate: finds the program (an absolute path), or None when this machine lacks it.
        remedy: what to install when the program is not there.
        command: the command from the program, the script's path and the request; empty when the supervising
            shell may run the script itself.
        encode: the bytes of the script file.
        works: whether it is work of ours (:mod:`jams.work`), whose file is a task.
    """

    name: str
    description: str
    suffix: str
    locate: Callable[[], str | None]
    remedy: str
    command: Callable[[str, str, RunRequest], list[str]]
    encode: Callable[[RunRequest], bytes]
    works: bool = False


def readable_source(source: str) -> str:
    """The source as it is meant: without a byte order mark, which would hide what its first line says.

    Raises:
        InvalidArgument: it is no text that a program could read, or its first line names a program in more
            characters than the system looks at, which would then run it as something else.
    """
    text = source.lstrip(_BYTE_ORDER_MARK)
    if "\0" in text:
        raise InvalidArgument(
            "The source holds NUL characters, as UTF-16 does that was read as UTF-8: save it as UTF-8.",
            member="source",
        )
    line = text.partition("\n")[0].encode()
    if not _WINDOWS and line.startswith(b"#!") and len(line) > _LONGEST_FIRST_LINE:
        raise InvalidArgument(
            f"The first line names the program to run it in {len(line)} bytes; "
            f"the system reads {_LONGEST_FIRST_LINE}.",
            member="source",
        )
    return text


def _native_lines(request: RunRequest) -> bytes:
    """The source with this system's line ends, so that a script written elsewhere runs here.

    Raises:
        InvalidArgument: it holds what its encoding has not.
    """
    text = request.source.replace("\r\n", "\n")
    try:
        return (text.replace("\n", "\r\n") if _WINDOWS else text).encode(encoding_of(request.encoding))
    except UnicodeEncodeError as error:
        letter = text[error.start]
        raise InvalidArgument(
            f"The source holds {letter!r}, which {request.encoding} has not (DefaultInputEncoding).",
            member="source",
        ) from None


def _shell() -> str | None:
    return shutil.which(os.environ.get("COMSPEC") or "cmd.exe") if _WINDOWS else _SHELL


def _shell_command(program: str, script: str, request: RunRequest) -> list[str]:
    if _WINDOWS:
        return [program, "/d", "/c", script]
    if is_executable(request):
        return [script]
    return [] if program == _SHELL and _ASKS_FOR_SHELL.search(request.source) is None else [program, script]


def is_executable(request: RunRequest) -> bool:
    """Whether the source names its own interpreter (``#!``) and its file is to be run as a program."""
    return not _WINDOWS and request.method.casefold() == "command" and request.source.startswith("#!")


def _python_command(program: str, script: str, request: RunRequest) -> list[str]:
    return [program, "-u", script]


_PARAM_BLOCK = re.compile(r"(?:\s|#[^\n]*\n|<#.*?#>|\[CmdletBinding\([^)]*\)\])*param\s*\(", re.I | re.S)


def _powershell_command(program: str, script: str, request: RunRequest) -> list[str]:
    named = [
        argument
        for name, value in request.parameters.items()
        if declares_parameter(request.source, name)
        for argument in _argument(name, value, request.types.get(name, DataType.TEXT))
    ]
    return [program, "-NoLogo", "-NoProfile", "-NonInteractive", "-File", script, *named]


def _argument(name: str, value: str, kind: DataType) -> tuple[str, ...]:
    """A named argument: PowerShell itself makes numbers and dates of texts, but true or false of none.

    Behind a colon the next argument is the value whatever it looks like; else one that begins with a dash
    would be the name of another parameter.
    """
    if kind is DataType.BOOLEAN:
        return (f"-{name}:${'true' if value.casefold() == 'true' else 'false'}",)
    return (f"-{name}:", value)


def declares_parameter(source: str, name: str) -> bool:
    """Whether the PowerShell ``source`` begins with a param() block in which ``$name`` stands."""
    start = _PARAM_BLOCK.match(source)
    if start is None:
        return False
    depth, end = 1, start.end()
    while depth and end < len(source):
        depth += {"(": 1, ")": -1}.get(source[end], 0)
        end += 1
    block = source[start.end() : end]
    return re.search(rf"\${re.escape(name)}(?!\w)", block, re.I) is not None


def _task(request: RunRequest) -> bytes:
    return tasks.encode(
        tasks.Task(
            method=request.method,
            source=request.source,
            jams_entry=request.jams_entry,
            ron=request.ron,
            job_name=request.job_name,
            folder_name=request.folder_name,
            parameters=request.parameters,
            types=request.types,
            user_name=request.account.user_name if request.account else None,
            directory=request.home_directory,
        )
    )


def _with_odbc() -> str | None:
    try:
        importlib.import_module("pyodbc")
    except ImportError:
        return None
    return sys.executable


def _work(
    name: str,
    description: str,
    *,
    locate: Callable[[], str | None] = lambda: sys.executable,
    remedy: str = "Install Python 3.",
) -> Method:
    """A method whose work is done in Python by a process of ours."""
    return Method(
        name=name,
        description=description,
        suffix=tasks.SUFFIX,
        locate=locate,
        remedy=remedy,
        command=lambda program, script, request: [program, "-P", "-m", "jams.work", script],
        encode=_task,
        works=True,
    )


METHODS = (
    Method(
        name="Command",
        description="Runs the source as a script of the platform's shell; a first line #! is honoured.",
        suffix="cmd" if _WINDOWS else "sh",
        locate=_shell,
        remedy="Set COMSPEC to the command interpreter.",
        command=_shell_command,
        encode=_native_lines,
    ),
    Method(
        name="Python",
        description="Runs the source with Python, unbuffered.",
        suffix="py",
        locate=lambda: sys.executable or shutil.which("python3") or shutil.which("python"),
        remedy="Install Python 3 and put python3 on the PATH.",
        command=_python_command,
        encode=lambda request: request.source.encode(),
    ),
    Method(
        name="PowerShell",
        description="Runs the source with PowerShell; parameters go to its param() block by name.",
        suffix="ps1",
        locate=lambda: shutil.which("pwsh") or shutil.which("powershell"),
        remedy="Install PowerShell 7 and put pwsh on the PATH.",
        command=_powershell_command,
        encode=lambda request: request.source.encode("utf-8-sig"),
    ),
    _work("Routine", "Calls an entry point of Python, module:callable."),
    _work("SQLCommand", "Runs SQL at a database that SQLAlchemy knows."),
    _work("SQLStoredProc", "Runs a procedure of a database that SQLAlchemy knows."),
    _work(
        "OdbcCommand",
        "Runs SQL through a driver of ODBC.",
        locate=_with_odbc,
        remedy="Install openjams[odbc] and unixODBC.",
    ),
    _work("HTTP", "Sends a request over HTTP."),
    _work("Mail", "Sends a mail."),
    _work("FileTransfer", "Brings files from or to a server by FTP, FTPS or SFTP."),
)


SCRIPT_SUFFIXES = tuple(dict.fromkeys(method.suffix for method in METHODS))


class MethodTable:
    """The methods of this machine, with programs that the configuration names in place of those found.

    Args:
        programs: absolute paths by method name; a path that does not exist makes the method unavailable.
    """

    def __init__(self, programs: Mapping[str, str] | None = None) -> None:
        self._configured = {name.casefold(): path for name, path in (programs or {}).items()}
        self._methods = {method.name.casefold(): method for method in METHODS}
        self._found: dict[str, str] = {}

    def find(self, name: str) -> tuple[Method, str]:
        """The method and its program.

        Raises:
            MethodNotFound: no such method.
            MethodUnavailable: this machine lacks the program; the message says what to install.
        """
        method = self._methods.get(name.casefold())
        if method is None:
            known = ", ".join(method.name for method in METHODS)
            raise MethodNotFound(f"There is no execution method {name!r}; known are {known}.", target=name)
        program = self._found.get(method.name) or self._locate(method)
        self._found[method.name] = program
        return method, program

    def describe(self) -> list[MethodInfo]:
        """Every method, available or with the reason why not, as this machine stands now."""
        return [self._describe(method) for method in METHODS]

    def _describe(self, method: Method) -> MethodInfo:
        try:
            program = self._locate(method)
        except MethodUnavailable as error:
            return MethodInfo(
                name=method.name, description=method.description, available=False, reason=error.message
            )
        return MethodInfo(name=method.name, description=method.description, available=True, program=program)

    def _locate(self, method: Method) -> str:
        configured = self._configured.get(method.name.casefold())
        if configured is not None and not os.access(configured, os.X_OK):
            raise MethodUnavailable(
                f"Method {method.name} is unavailable: its program {configured} cannot be executed.",
                target=method.name,
            )
        program = configured or method.locate()
        if program is None:
            raise MethodUnavailable(
                f"Method {method.name} is unavailable on this machine. {method.remedy}", target=method.name
            )
        return os.path.abspath(program)
