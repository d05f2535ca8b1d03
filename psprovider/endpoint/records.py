"""Records of all streams as objects for the wire: members, order and types of a real endpoint's.

``extended`` is what a client asks for with RemoteStreamOptions 15: the command that wrote the record,
spread over flat members.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from .clixml.types import (
    HASHTABLE,
    OBJECT,
    Char,
    EnumValue,
    Int64,
    PSDict,
    PSList,
    PSObject,
    Single,
    UInt32,
    Version,
)
from .exceptions import ErrorCategory, ErrorRecord, ExceptionData, InvocationInfo

_SMA = "System.Management.Automation"
_ENGINE = f"{_SMA}, Version=7.6.0.500, Culture=neutral, PublicKeyToken=31bf3856ad364e35"
_LIB = "System.Private.CoreLib, Version=10.0.0.0, Culture=neutral, PublicKeyToken=7cec85d7bea7798e"


def generic(name: str, *arguments: str) -> str:
    """The full name of a generic .NET type, for example a list of strings."""
    inner = ",".join(f"[{argument}, {_home(argument)}]" for argument in arguments)
    return f"{name}`{len(arguments)}[{inner}]"


def _home(name: str) -> str:
    """The assembly of a type."""
    return _ENGINE if name.startswith(_SMA) else _LIB


STRING_LIST = (generic("System.Collections.Generic.List", "System.String"), OBJECT)
_OBJECT_LIST = (generic("System.Collections.Generic.List", OBJECT), OBJECT)
_PARAMETERS = (generic("System.Collections.Generic.Dictionary", "System.String", OBJECT), OBJECT)
_BOUND = (f"{_SMA}.PSBoundParametersDictionary", *_PARAMETERS)
_NUMBERS = (generic("System.Collections.ObjectModel.ReadOnlyCollection", "System.Int32"), OBJECT)
_NUMBER_ARRAY = ("System.Int32[]", "System.Array", OBJECT)
_EXCEPTION_DATA = ("System.Collections.ListDictionaryInternal", OBJECT)
_SHORT = 40
_COLORS = (
    *("Black", "DarkBlue", "DarkGreen", "DarkCyan", "DarkRed", "DarkMagenta", "DarkYellow", "Gray"),
    *("DarkGray", "Blue", "Green", "Cyan", "Red", "Magenta", "Yellow", "White"),
)
_COMMAND_TYPES = {1: "Alias", 2: "Function", 8: "Cmdlet"}


@dataclass(frozen=True, slots=True)
class ProgressRecord:
    """How far something is. ``percent`` and ``seconds`` are -1 when unknown."""

    activity: str
    status: str = "Processing"
    id: int = 0
    parent: int = -1
    percent: int = -1
    seconds: int = -1
    operation: str | None = None
    completed: bool = False


@dataclass(frozen=True, slots=True)
class InformationRecord:
    """A message of the information stream; ``data`` may be any value, ``source`` is who wrote it."""

    data: Any
    source: str = ""
    tags: Sequence[str] = ()
    user: str = ""
    computer: str = ""
    time: datetime | None = None


def color_name(number: int) -> str:
    """The name of a console colour; numbers that are none stand for themselves."""
    return _COLORS[number] if 0 <= number < len(_COLORS) else str(number)


def host_message(text: str, new_line: bool, foreground: int | None, background: int | None) -> PSObject:
    """What Write-Host puts on the information stream; colours are None where there is no host."""
    return PSObject(
        (f"{_SMA}.HostInformationMessage", OBJECT),
        to_string=text,
        properties={
            "Message": text,
            "NoNewLine": not new_line,
            "ForegroundColor": None if foreground is None else color_name(foreground),
            "BackgroundColor": None if background is None else color_name(background),
        },
    )


def error(record: ErrorRecord, extended: bool = False, in_stream: bool = True) -> PSObject:
    """An error record; ``in_stream`` is false for the one that ends a pipeline."""
    name = _text(record.target) if record.target_name is None else record.target_name
    kind = type_name(record.target) if record.target_type is None else record.target_type
    reason = record.exception.short_type if record.reason is None else record.reason
    category = ErrorCategory(record.category)
    invocation = None if record.invocation is None else _invocation(record.invocation)
    members: dict[str, Any] = {
        "Exception": exception(record.exception),
        "TargetObject": record.target,
        "FullyQualifiedErrorId": record.error_id,
        "InvocationInfo": invocation,
        "ErrorCategory_Category": int(category),
        "ErrorCategory_Activity": record.activity,
        "ErrorCategory_Reason": reason,
        "ErrorCategory_TargetName": name,
        "ErrorCategory_TargetType": kind,
        "ErrorCategory_Message": (
            f"{category.name}: ({_shorten(name)}:{_shorten(kind)}) [{_shorten(record.activity)}], "
            f"{_shorten(reason)}"
        ),
    }
    if record.details is not None or record.recommended_action is not None:
        members["ErrorDetails_Message"] = record.details
        members["ErrorDetails_RecommendedAction"] = record.recommended_action
    members["SerializeExtendedInfo"] = extended and record.invocation is not None
    if extended and record.invocation is not None and invocation is not None:
        members |= _flat(record.invocation, invocation.properties, whole=False)
        members["PipelineIterationInfo"] = PSList([0, 1], _NUMBERS)
    if record.stack is not None:
        members["ErrorDetails_ScriptStackTrace"] = record.stack
    if in_stream:
        members["PSMessageDetails"] = None
    return PSObject((f"{_SMA}.ErrorRecord", OBJECT), members, to_string=record.message)


def exception(data: ExceptionData) -> PSObject:
    """An exception: the members of its own types, then those of System.Exception."""
    members = dict(data.members)
    members["TargetSite"] = None
    members.setdefault("Message", data.message)
    members["Data"] = PSDict((), _EXCEPTION_DATA)
    members["InnerException"] = None if data.inner is None else exception(data.inner)
    members["HelpLink"] = None
    members["Source"] = data.source
    members["HResult"] = data.hresult
    members["StackTrace"] = None
    return PSObject(data.type_names, properties=members, to_string=str(data))


def _invocation(info: InvocationInfo) -> PSObject:
    properties = {
        "MyCommand": info.command,
        "BoundParameters": PSDict((), _PARAMETERS),
        "UnboundArguments": PSList((), _OBJECT_LIST),
        "ScriptLineNumber": 0,
        "OffsetInLine": 0,
        "HistoryId": Int64(info.history),
        "ScriptName": "",
        "Line": "",
        "Statement": "",
        "PositionMessage": "",
        "PSScriptRoot": "",
        "PSCommandPath": None,
        "InvocationName": info.invoked_as or info.command,
        "PipelineLength": 0,
        "PipelinePosition": 0,
        "ExpectingInput": False,
        "CommandOrigin": "Internal",
        "DisplayScriptPosition": None,
    }
    name = f"{_SMA}.InvocationInfo"
    return PSObject((name, OBJECT), properties=properties, to_string=name)


def _flat(info: InvocationInfo, shown: dict[str, Any], whole: bool) -> dict[str, Any]:
    """The invocation as flat members; ``shown`` holds the objects of the nested one, to be shared."""
    iteration = PSList([0, 1] if whole else [], _NUMBER_ARRAY)
    prefix = "InvocationInfo_"
    return {
        f"{prefix}BoundParameters": shown.get("BoundParameters", PSDict((), _BOUND)),
        f"{prefix}CommandOrigin": EnumValue(
            f"{_SMA}.CommandOrigin", 0 if whole else 1, "Runspace" if whole else "Internal"
        ),
        f"{prefix}ExpectingInput": False,
        f"{prefix}InvocationName": info.invoked_as or info.command,
        f"{prefix}Line": "",
        f"{prefix}OffsetInLine": 0,
        f"{prefix}HistoryId": Int64(info.history),
        f"{prefix}PipelineIterationInfo": iteration,
        f"{prefix}PipelineLength": info.length if whole else 0,
        f"{prefix}PipelinePosition": info.position if whole else 0,
        f"{prefix}PSScriptRoot": "",
        f"{prefix}PSCommandPath": None,
        f"{prefix}PositionMessage": "",
        f"{prefix}ScriptLineNumber": 0,
        f"{prefix}ScriptName": "",
        f"{prefix}UnboundArguments": shown.get("UnboundArguments", PSList((), _OBJECT_LIST)),
        "SerializeExtent": False,
        "CommandInfo_CommandType": EnumValue(
            f"{_SMA}.CommandTypes", info.command_type, _COMMAND_TYPES.get(info.command_type, "")
        ),
        "CommandInfo_Definition": info.definition,
        "CommandInfo_Name": info.command,
        "CommandInfo_Visibility": EnumValue(f"{_SMA}.SessionStateEntryVisibility", 0, "Public"),
    }


def informational(
    kind: str, text: str, invocation: InvocationInfo | None = None, extended: bool = False
) -> PSObject:
    """A record of the stream ``kind``: Warning, Verbose or Debug."""
    known = extended and invocation is not None
    members: dict[str, Any] = {
        "InformationalRecord_Message": text,
        "InformationalRecord_SerializeInvocationInfo": known,
    }
    if extended and invocation is not None:
        members |= _flat(invocation, {}, whole=True)
        members["InformationalRecord_PipelineIterationInfo"] = PSList([0, 1], _NUMBERS)
    names = (f"{_SMA}.{kind}Record", f"{_SMA}.InformationalRecord", OBJECT)
    return PSObject(names, members, to_string=text)


def told(kind: str, text: str) -> PSObject:
    """A record that goes into the output (``4>&1``), where it is an object like any other: it has its text.

    PowerShell's own has it under the name alone by which it travels, where nobody looks for it.
    """
    record = informational(kind, text)
    record.members = {"Message": text, **record.members}
    return record


def information(record: InformationRecord) -> PSObject:
    """A record of the information stream."""
    members = {
        "MessageData": record.data,
        "Source": record.source,
        "TimeGenerated": record.time or datetime.now(UTC),
        "Tags": PSList(record.tags, STRING_LIST),
        "User": record.user,
        "Computer": record.computer,
        "ProcessId": UInt32(os.getpid()),
        "NativeThreadId": UInt32(threading.get_native_id()),
        "ManagedThreadId": UInt32(1),
    }
    return PSObject((), members)


def progress(record: ProgressRecord) -> PSObject:
    """A progress record."""
    kind = EnumValue(
        f"{_SMA}.ProgressRecordType",
        int(record.completed),
        "Completed" if record.completed else "Processing",
    )
    members = {
        "Activity": record.activity,
        "ActivityId": record.id,
        "StatusDescription": record.status,
        "CurrentOperation": record.operation,
        "ParentActivityId": record.parent,
        "PercentComplete": record.percent,
        "Type": kind,
        "SecondsRemaining": record.seconds,
    }
    return PSObject((), members)


_TYPE_NAMES: dict[type, str] = {
    str: "String",
    int: "Int32",
    bool: "Boolean",
    float: "Double",
    Single: "Single",
    Char: "Char",
    Decimal: "Decimal",
    UUID: "Guid",
    Version: "Version",
    datetime: "DateTime",
    bytes: "Byte[]",
    list: "Object[]",
    tuple: "Object[]",
    dict: "Hashtable",
}


def type_name(value: Any) -> str:
    """The short name of the .NET type a value appears as; empty for null."""
    if value is None:
        return ""
    if isinstance(value, (PSObject, PSList, PSDict)):
        return value.type_names[0].rpartition(".")[2] if value.type_names else type_name(value.value)  # type: ignore[union-attr]
    if isinstance(value, EnumValue):
        return value.type_name.rpartition(".")[2]
    return _TYPE_NAMES.get(type(value)) or type(value).__name__


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict) and not isinstance(value, PSDict):
        return HASHTABLE[0]
    if isinstance(value, (list, tuple)):
        return " ".join(_text(item) for item in value)
    return str(value)


def _shorten(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[:19]}…{text[-19:]}"
