"""The method Routine: an entry point ``module:callable`` of Python.

What it names is a class, or a function that gives an object, with the methods of a host: ``Initialize``,
``Execute`` and ``Cleanup``, each with (services, attributes, parameters), and ``Cancel`` with (services);
``Execute`` alone is needed. Names in small letters do as well.
"""

from __future__ import annotations

import importlib
import re
import sys
import traceback
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from .running import Failure, Given, cancelled_by

_ENTRY_POINT = re.compile(r"([A-Za-z_][\w.]*)\s*:\s*([A-Za-z_][\w.]*)")
_FAILED = 1


class Services:
    """What the server does for a routine.

    Attributes:
        user_name: the account of the credential that the job names (``ConnectionCredential``), or None.
        password: its password.
    """

    def __init__(self, given: Given) -> None:
        self.user_name = given.task.user_name
        self.password = given.password

    def log(self, text: str) -> None:
        """Write a line into the log of the run."""
        print(text, flush=True)

    def __repr__(self) -> str:
        return f"Services({self.user_name})"


def run(given: Given) -> int:
    """Run the routine; its exit code. Raises Failure."""
    task = given.task
    if task.directory:
        sys.path.insert(0, task.directory)
    host = _made(_found(task.source))
    attributes = {
        "JAMSEntry": task.jams_entry,
        "RON": task.ron,
        "JobName": task.job_name,
        "FolderName": task.folder_name,
    }
    services, values = Services(given), given.values()
    execute = _method(host, "Execute")
    if execute is None:
        raise Failure(f"{type(host).__name__} has no method Execute.")
    cancel = _method(host, "Cancel")
    try:
        with cancelled_by(lambda: cancel(services)) if cancel else nullcontext():
            _call(_method(host, "Initialize"), services, attributes, values)
            try:
                return _exit_code(execute(services, attributes, values))
            finally:
                _call(_method(host, "Cleanup"), services, attributes, values)
    except Failure:
        raise
    except Exception:
        traceback.print_exc()
        return _FAILED


def _found(source: str) -> Any:
    named = _ENTRY_POINT.fullmatch(source.strip())
    if named is None:
        raise Failure("The source of a Routine is one entry point: module:callable.")
    module, path = named.groups()
    try:
        found: Any = importlib.import_module(module)
    except ImportError as error:
        raise Failure(f"The module {module} cannot be imported: {error}.") from None
    except Exception as error:
        traceback.print_exc()
        raise Failure(f"The module {module} cannot be imported: {type(error).__name__}.") from None
    for name in path.split("."):
        try:
            found = getattr(found, name)
        except AttributeError:
            raise Failure(f"The module {module} has no {path}.") from None
    return found


def _made(found: Any) -> Any:
    if not isinstance(found, type) and _method(found, "Execute") is not None:
        return found
    if not callable(found):
        raise Failure(f"{found!r} is neither a host nor something that makes one.")
    try:
        return found()
    except Exception:
        traceback.print_exc()
        raise Failure("The host could not be made.") from None


def _method(host: Any, name: str) -> Callable[..., Any] | None:
    method = getattr(host, name, None) or getattr(host, name.lower(), None)
    return method if callable(method) else None


def _call(method: Callable[..., Any] | None, *arguments: Any) -> None:
    if method is not None:
        method(*arguments)


def _exit_code(result: Any) -> int:
    """The exit code that a result stands for: a number, or an object with FinalStatusCode and the like."""
    if result is None:
        return 0
    if isinstance(result, int):
        return _code(int(result))
    status = getattr(result, "FinalStatus", None) or getattr(result, "final_status", None)
    if status:
        print(status)
    code = getattr(result, "FinalStatusCode", getattr(result, "final_status_code", 0)) or 0
    severity = getattr(result, "FinalSeverity", getattr(result, "final_severity", 0)) or 0
    if not isinstance(code, int) or not isinstance(severity, int):
        raise Failure("FinalStatusCode and FinalSeverity are whole numbers.")
    return _code(code or severity)


def _code(number: int) -> int:
    """A number as a process can exit with it; what does not fit has failed."""
    return number if 0 <= number <= 255 else _FAILED
