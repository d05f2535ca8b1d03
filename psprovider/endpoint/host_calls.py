"""Host calls: what a server asks of the host at the client's end, and how it is answered (MS-PSRP 2.2.3.17).

Calls that want no answer have the number -100; of the others one at a time is open in a pipeline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from .clixml.types import ARRAY_LIST, EnumValue, Int64, PSList, PSObject

VOID = -100
"""The number of calls that are not answered."""


class HostMethod(IntEnum):
    """The methods of a host that are used here, by their numbers (RemoteHostMethodId)."""

    SetShouldExit = 6
    ReadLine = 11
    ReadLineAsSecureString = 12
    Write1 = 13
    Write2 = 14
    WriteLine1 = 15
    WriteLine2 = 16
    WriteLine3 = 17
    WriteErrorLine = 18
    WriteDebugLine = 19
    WriteProgress = 20
    WriteVerboseLine = 21
    WriteWarningLine = 22
    Prompt = 23
    PromptForCredential2 = 25
    PromptForChoice = 26
    SetWindowTitle = 42
    ReadKey = 46
    PopRunspace = 53


ANSWERED = frozenset(
    {
        HostMethod.ReadLine,
        HostMethod.ReadLineAsSecureString,
        HostMethod.Prompt,
        HostMethod.PromptForCredential2,
        HostMethod.PromptForChoice,
        HostMethod.ReadKey,
    }
)
"""The methods whose caller waits for an answer."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a prompt asks for.

    Attributes:
        name: its name; the answer bears it.
        type_name: the full .NET name of the type wanted; the answer is text all the same, or a SecureString.
        label: the label, ``&`` before the shortcut letter.
        help: what ``!?`` shows.
        default: a value to offer.
    """

    name: str
    type_name: str = "System.String"
    label: str = ""
    help: str = ""
    mandatory: bool = True
    default: Any = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: its label, ``&`` before the shortcut letter, and what ``?`` shows."""

    label: str
    help: str = ""


def call(number: int, method: HostMethod, parameters: Sequence[Any]) -> PSObject:
    """The body of PIPELINE_HOST_CALL."""
    name = "System.Management.Automation.Remoting.RemoteHostMethodId"
    return PSObject(
        (),
        {
            "ci": Int64(number),
            "mi": EnumValue(name, int(method), method.name),
            "mp": PSList(parameters, ARRAY_LIST),
        },
    )


def fields(items: Sequence[Field]) -> PSList:
    """The field descriptions of a prompt."""
    return PSList([_field(item) for item in items], ARRAY_LIST)


def _field(item: Field) -> PSObject:
    assembly = "System.Private.CoreLib, Version=10.0.0.0, Culture=neutral, PublicKeyToken=7cec85d7bea7798e"
    members: dict[str, Any] = {
        "name": item.name,
        "label": item.label,
        "parameterTypeName": item.type_name.rpartition(".")[2],
        "parameterTypeFullName": item.type_name,
        "parameterAssemblyFullName": f"{item.type_name}, {assembly}",
        "helpMessage": item.help,
        "isMandatory": item.mandatory,
    }
    if item.default is not None:
        members["defaultValue"] = item.default
    members |= {
        "metadata": PSList((), ARRAY_LIST),
        "modifiedByRemotingProtocol": False,
        "isFromRemoteHost": False,
    }
    return PSObject((), members)


def choices(items: Sequence[Choice]) -> PSList:
    """The choice descriptions of PromptForChoice."""
    described = [PSObject((), {"label": item.label, "helpMessage": item.help}) for item in items]
    return PSList(described, ARRAY_LIST)
