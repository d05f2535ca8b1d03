"""Work on hosts without an agent: the command that does it from here, and whether this machine can."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from jams.objects.errors import InvalidArgument, MethodNotFound, MethodUnavailable
from jams.objects.run import Remote, RunRequest

from .methods import declares_parameter
from .orders import Order

WIN_RM = "WinRM"
_METHOD = "powershell"
SUFFIX = "ps1"
"""The extension of a script file, without its dot."""


def check(request: RunRequest, remote: Remote) -> None:
    """Whether the request can be run on that host from here.

    Raises:
        MethodUnavailable: this release cannot reach agents of that type, or a package is missing.
        MethodNotFound: there the method is not known.
        InvalidArgument: the account or its password is missing.
    """
    if remote.kind.casefold() != WIN_RM.casefold():
        raise MethodUnavailable(
            f"Agent {remote.agent_name} is of type {remote.kind}, on which this release cannot run jobs.",
            target=remote.agent_name,
        )
    if request.method.casefold() != _METHOD:
        raise MethodNotFound(
            f"Agent {remote.agent_name} runs jobs of method PowerShell, and not {request.method}.",
            target=request.method,
        )
    if find_spec("pypsrp") is None:
        raise MethodUnavailable(
            f"Agent {remote.agent_name} cannot be reached: WinRM needs the package pypsrp; "
            "install openjams[winrm].",
            target=remote.agent_name,
        )
    if not remote.user_name or not remote.password:
        raise InvalidArgument(f"Agent {remote.agent_name} has no account to log on with.")


def order_of(request: RunRequest, remote: Remote) -> Order:
    """What is told to the work: of the parameters those that the script's param() block names."""
    named = {
        name: value for name, value in request.parameters.items() if declares_parameter(request.source, name)
    }
    return Order(remote=remote, parameters=named, directory=request.home_directory)


def secrets_of(request: RunRequest) -> dict[str, str]:
    """Of the secret parameters those that the script's param() block names; nobody writes them down."""
    return {
        name: value for name, value in request.secrets.items() if declares_parameter(request.source, name)
    }


def command(journal: str) -> list[str]:
    """The command that does the work of the journal's order.

    ``-P``: the directory in which it starts must not bring modules of its own.
    """
    return [sys.executable, "-P", "-m", "jams.executor.winrm", journal]


def environment(base: Mapping[str, str]) -> dict[str, str]:
    """The variables of a command of ours, so that it finds this package."""
    here = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, [here, base.get("PYTHONPATH")]))
    return {**base, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1"}
