"""Further names of the properties of objects, the same in sessions and in the module.

Scripts know many properties by other names than those of the documents (PS 3.2, 3.3); times are at hand in
the user's own zone, too; some properties follow from others, or lie in the bag. A session works them out by
``value``; the module has ``script`` in its types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from jams.objects.base import pascal_name

ALIASES: Mapping[str, Mapping[str, str]] = {
    "Agent": {"Name": "AgentName", "Platform": "AgentPlatform", "Id": "AgentID"},
    "BatchQueue": {"Name": "QueueName", "Id": "QueueID"},
    "Calendar": {"Name": "CalendarName", "Id": "CalendarID"},
    "Credential": {"Name": "CredentialName", "Id": "CredentialID"},
    "DateType": {"Name": "DateTypeType", "Id": "DateTypeID"},
    "Entry": {"Entry": "JamsEntry", "Id": "JamsEntry", "QualifiedFolderName": "FolderName"},
    "ExecutionMethod": {"Name": "MethodName", "Id": "MethodID"},
    "Folder": {"Name": "FolderName", "QualifiedFolderName": "QualifiedName", "Id": "FolderID"},
    "History": {"Entry": "JamsEntry", "Name": "JobName", "QualifiedFolderName": "ParentFolderName"},
    "Job": {"Name": "JobName", "Id": "JobID", "QualifiedFolderName": "ParentFolderName"},
    "Method": {"Name": "MethodName", "Id": "MethodID"},
    "NamedTime": {"Name": "TimeName", "Id": "TimeID"},
    "Resource": {"Name": "ResourceName", "Id": "ResourceID"},
    "Setup": {"Name": "SetupName", "Id": "SetupID", "QualifiedFolderName": "ParentFolderName"},
    "SubmitResult": {"Entry": "JamsEntry"},
    "Trigger": {"Name": "TriggerName", "Id": "TriggerID", "QualifiedFolderName": "ParentFolderName"},
    "Variable": {"Name": "VariableName", "Id": "VariableId", "QualifiedFolderName": "ParentFolderName"},
}
BAG: Mapping[str, Mapping[str, str]] = {
    "Job": {"AgentName": "Agent", "BatchQueue": "BatchQueue", "Enabled": "Enabled"},
    "Setup": {"Enabled": "Enabled"},
}
"""Properties of the bag that scripts know as properties of the object, with their names in the bag."""


@dataclass(frozen=True, slots=True)
class Further:
    """A further property of the objects of one type.

    Attributes:
        name: its name.
        value: gives it, in a session.
        script: gives it, in the module; ``alias`` is the property that it is in place of one.
        bag: its name among the object's properties, if it is one of these; then it can be set.
        native: whether the module's class has it itself.
    """

    name: str
    value: Callable[[Any], Any]
    script: str = ""
    alias: str | None = None
    bag: str | None = None
    native: bool = False


def further(struct: type[Struct]) -> Mapping[str, Further]:
    """The further properties of a type, by their names in lower case."""
    return _further(struct)


@cache
def _further(struct: type[Struct]) -> dict[str, Further]:
    own = {pascal_name(field.encode_name): field.name for field in msgspec.structs.fields(struct)}
    taken = {name.lower() for name in own}
    found: dict[str, Further] = {}
    for each in _candidates(struct.__name__, own):
        if each.name.lower() not in taken:
            found.setdefault(each.name.lower(), each)
    return found


def _candidates(name: str, own: Mapping[str, str]) -> Iterator[Further]:
    for alias, target in ALIASES.get(name, {}).items():
        if target in own:
            yield Further(alias, _attribute(own[target]), alias=target)
    yield from NATIVE.get(name, ())
    for each, attribute in own.items():
        if each.endswith("UTC"):
            script = f"if ($this.{each}) {{ $this.{each}.ToLocalTime() }}"
            yield Further(each.removesuffix("UTC"), _local(attribute), script)
    if {"StartTimeUTC", "CompletionTimeUTC"} <= own.keys():
        yield Further("ElapsedTime", _elapsed, _ELAPSED)
    for shown, inside in BAG.get(name, {}).items():
        yield Further(shown, _bagged(inside), f"$this.Properties.GetValue('{inside}')", bag=inside)


_ELAPSED = (
    "$end = $this.CompletionTimeUTC; if (-not $end) { $end = [datetime]::UtcNow }; "
    "if ($this.StartTimeUTC) { $end - $this.StartTimeUTC }"
)


def _attribute(name: str) -> Callable[[Any], Any]:
    return lambda document: getattr(document, name)


def _local(name: str) -> Callable[[Any], Any]:
    return lambda document: local_time(getattr(document, name))


def local_time(value: Any) -> Any:
    """A time in the zone of this machine; a client reads it in its own, since its offset is written."""
    if not isinstance(value, datetime):
        return None
    here = value.astimezone()
    return here.replace(tzinfo=timezone(here.utcoffset() or timedelta(), "local"))


def _elapsed(document: Any) -> timedelta | None:
    if document.start_time_utc is None:
        return None
    span: timedelta = (document.completion_time_utc or datetime.now(UTC)) - document.start_time_utc
    return span


def _bagged(name: str) -> Callable[[Any], Any]:
    def value(document: Any) -> Any:
        for each in document.properties:
            if each.property_name.lower() == name.lower():
                return each.default_value if each.current_value is None else each.current_value
        return None

    return value


NATIVE: Mapping[str, tuple[Further, ...]] = {
    "ACE": (Further("AccessBits", lambda ace: ", ".join(ace.access_list) or "None", native=True),),
    "ACL": (Further("IsNull", lambda acl: not acl.generic_acl, native=True),),
}
"""What the classes of the module bear by themselves; flags travel as their names."""
