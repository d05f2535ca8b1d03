"""What callers define: an example of each kind of object, and what may be sent in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from msgspec import inspect

from jams import registry
from jams.objects.calendars import Calendar, DateType, NamedTime
from jams.objects.definitions import Agent, Folder, Job, Variable
from jams.objects.enums import ElementKind
from jams.objects.errors import InvalidArgument
from jams.objects.setups import Setup
from jams.registry import (
    AGENT_PROPERTIES,
    ELEMENT_TYPES,
    JOB_PROPERTIES,
    ElementType,
    Place,
    Property,
    PropertySet,
    ValueType,
)
from tests.support.probes import ITEM, KEY, VALUE, Probe, few, members, probes, property_values, sample

ROOM = "\\Kept"
CALENDAR = "Kept"

Path = tuple[str, ...]


@dataclass(frozen=True)
class Noun:
    """A kind of object that callers define.

    Attributes:
        word: what its operations are called after.
        document: what is sent.
        number, name: the members that identify it.
        base: a document of it, without its name.
        lists: operations that list what lies beside it, and with what inputs.
        everywhere: the operation that lists it wherever it lies.
        readings: further operations on it that read, by its number.
        items: what else stands in an object within the document, by its path; or in a list, by its own.
        properties: those it may have.
    """

    word: str
    document: type
    number: str
    name: str
    everywhere: tuple[str, Mapping[str, Any]]
    base: Mapping[str, Any] = field(default_factory=dict)
    lists: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    readings: tuple[str, ...] = ()
    items: Mapping[Path, Any] = field(default_factory=dict)
    properties: PropertySet | None = None
    elements: Place | None = None


GIVEN = {"version", "definitionVersion", "sequence"}
"""Members that the server gives, whatever was sent: the state of a definition, and places in an order."""

PLACES = {"parentFolderID", "parentFolderId", "parentFolderName", "calendarID", "calendarName"}
"""Members that say where a definition lies, by any name that means the place."""


@dataclass(frozen=True)
class Target:
    """A member that probes are sent in.

    Attributes:
        label: what it is called in reports.
        path: where it stands.
        probes: what is sent.
        kept: whether it is kept, and shown again.
        known: the property whose value it is.
        first: whether the same part of a document stands nowhere before.
        items: what else stands in objects and lists within the document, by their paths.
        sort: what type of value it holds, and how long.
        turn: which of how many members of that type it is.
        nothing: what says as little there as if the member were left out: an empty word, the number 0.
    """

    label: str
    path: Path
    probes: tuple[Probe, ...]
    kept: bool
    items: Mapping[Path, Any]
    known: Property | None = None
    first: bool = True
    sort: Any = None
    turn: tuple[int, int] = (0, 1)
    nothing: Any = None

    def sampled(self, sure: Collection[str]) -> Target:
        """The same with the probes of sure names, and its share of the others."""
        return replace(self, probes=sample(self.probes, sure, self.turn))

    @property
    def takes_something(self) -> bool:
        """Whether there is a probe that has to be taken."""
        known = self.known
        taken = {EXAMPLE} | (
            {"true"} if known is not None and known.value_type is ValueType.BOOLEAN else set()
        )
        return any(probe.name in taken for probe in self.probes)

    def accepts(self, shown: Any, probe: Probe) -> bool:
        """Whether what is shown is what was given: as it was or in its usual form, or nothing for nothing."""
        if self.known is not None and shown != probe.value:
            try:
                nothing = registry.read(self.known, probe.value) is None
            except InvalidArgument:  # doors that write values as text have understood something else
                nothing = probe.value == "null"
            return not shown if nothing else bool(shown == registry.kept(self.known, probe.value))
        return bool(shown == probe.value) or (not shown and not str(probe.value or "").strip())

    def document(self, noun: Noun, probe: Probe, name: str) -> dict[str, Any]:
        """A document that is valid but for the probe."""
        made: dict[str, Any] = self._filled((), self.path, probe.value)
        return {**noun.base, noun.name: name, **made}

    def left_out(self, noun: Noun, name: str) -> dict[str, Any] | None:
        """Such a document that says nothing of the member, None if what is probed is no member."""
        if self.path[-1] in (ITEM, KEY, VALUE):
            return None
        made: dict[str, Any] = _without({**noun.base, **self._filled((), self.path, _LEFT_OUT)})
        return {**made, noun.name: name}

    def _filled(self, above: Path, rest: Path, value: Any) -> Any:
        if not rest:
            return value
        step, below = rest[0], rest[1:]
        here = (*above, step)
        if step == ITEM:
            made = self._filled(here, below, value)
            return [made, *(item for item in self.items.get(above, ()) if _named(item) != _named(made))]
        if step == KEY:
            return {value: "x"}
        if step == VALUE:
            return {"x": self._filled(here, below, value)}
        return {**self.items.get(above, {}), step: self._filled(here, below, value)}

    def picked(self, document: Any) -> Any:
        """What stands there in a document that is shown."""
        return self._picked(document, (), self.path)

    def _picked(self, value: Any, above: Path, rest: Path) -> Any:
        if not rest or value is None:
            return value
        step, below = rest[0], rest[1:]
        here = (*above, step)
        if step == ITEM:
            told = {k: v for k, v in self.items.get(here, {}).items() if isinstance(v, str) and k != below[0]}
            like = [item for item in value if not isinstance(item, dict) or _has(item, told)]
            return self._picked(like[0], here, below) if like else None
        return self._picked(value.get("x" if step == VALUE else step), here, below)


_LEFT_OUT = object()


def _without(value: Any) -> Any:
    """The value without the member that is left out."""
    if isinstance(value, dict):
        return {name: _without(inner) for name, inner in value.items() if inner is not _LEFT_OUT}
    return [_without(item) for item in value] if isinstance(value, list) else value


def _named(item: Any) -> Any:
    return item.get("propertyName") if isinstance(item, dict) else None


def _has(item: Mapping[str, Any], told: Mapping[str, str]) -> bool:
    return all(str(item.get(name)).casefold() == text.casefold() for name, text in told.items())


def targets(noun: Noun) -> list[Target]:
    """Everything in a document of it that probes are sent in.

    All probes are sent in what is kept, where it stands first; a few where the same part of a document
    stands again, and in what only the server writes.
    """
    seen: set[tuple[type | None, str]] = set()
    found = []
    for member in members(inspect.type_info(noun.document)):
        once = (member.owner, f"{member.path[-1]}{type(member.kind)}")
        first = member.kept and once not in seen
        seen.add(once)
        sent = probes(member.kind)
        kept = member.kept and member.path[-1] not in {noun.number, *GIVEN, *PLACES}
        some = sent if first else few(sent)
        sort = (type(member.kind), getattr(member.kind, "max_length", None), first, kept)
        target = Target(str(member), member.path, tuple(some), kept, noun.items, None, first, sort)
        found.append(replace(target, nothing=_nothing(member.kind)))
    if noun.properties is not None:
        found += _properties(noun, ("properties",), noun.properties, {})
    if noun.elements is not None:
        for element in ELEMENT_TYPES:
            if element.obeyed and noun.elements in element.places:
                where = ("elements", ITEM, "properties")
                found += _properties(noun, where, element.properties, _bare(element))
    return _in_turn(found)


def _nothing(kind: inspect.Type) -> Any:
    if isinstance(kind, inspect.EnumType):
        return ""
    return 0 if isinstance(kind, inspect.IntType) and (kind.ge or 0) > 0 else None


def _in_turn(found: list[Target]) -> list[Target]:
    """Each with its turn among those of its sort."""
    count = Counter(each.sort for each in found)
    met: Counter[Any] = Counter()
    told = []
    for each in found:
        told.append(replace(each, turn=(met[each.sort], count[each.sort])))
        met[each.sort] += 1
    return told


def _properties(noun: Noun, path: Path, known: PropertySet, above: Mapping[Path, Any]) -> Iterator[Target]:
    lacking = [p for p in known if p.required]
    required = [{"propertyName": p.name, "currentValue": example(p)} for p in lacking]
    required += [*above.get(path, ()), *noun.items.get(path, ())]
    for each in known:
        if each.unsupported:
            continue
        items = {**noun.items, **above, path: required, (*path, ITEM): {"propertyName": each.name}}
        where = f"{'.'.join(path)}[{each.name}]".replace(f".{ITEM}", "[]")
        sent, sort = (*_examples(each), *property_values(each)), each.value_type
        yield Target(where, (*path, ITEM, "currentValue"), sent, True, items, each, True, sort)


def _bare(element: ElementType) -> dict[Path, Any]:
    bare: dict[Path, Any] = {("elements", ITEM): {"elementName": "Element", "elementTypeName": element.name}}
    if element.kind is ElementKind.TRIGGER:  # else it would run the job meanwhile
        bare["elements", ITEM, "properties"] = [{"propertyName": "Enabled", "currentValue": False}]
    for name in element.needs_one[:1]:
        known = next(each for each in element.properties if each.name == name)
        bare["elements", ITEM, "properties"] = [{"propertyName": name, "currentValue": example(known)}]
    return bare


EXAMPLE = "example"
_EXAMPLES = {
    ValueType.ALERT: CALENDAR,
    ValueType.AGENT: "localhost",
    ValueType.CALENDAR: CALENDAR,
    ValueType.DATES: "DAILY",
    ValueType.DAY: "2026-11-24",
    ValueType.EMAILS: "a@example.com",
    ValueType.JOB: f"{ROOM}\\Load",
    ValueType.NAMED_TIME: CALENDAR,
    ValueType.QUEUE: CALENDAR,
    ValueType.RESOURCE: CALENDAR,
    ValueType.SPAN: "1.00:00",
    ValueType.TIME_OF_DAY: "08:30",
    ValueType.TIME_ZONE: "Europe/Berlin",
    ValueType.WEB_ADDRESS: "https://example.com/hook",
    ValueType.VARIABLE: f"{ROOM}\\Region",
}


def example(known: Property) -> Any:
    """A value that a property takes which an element cannot do without."""
    return "/tmp/x" if known.name == "FileName" else _EXAMPLES.get(known.value_type, "x")


def _examples(known: Property) -> Iterator[Probe]:
    if known.value_type in _EXAMPLES:
        yield Probe(EXAMPLE, example(known))


def _parts(known: PropertySet, *lists: Path) -> dict[Path, Any]:
    """Objects in a document that are valid by themselves: properties that are known, elements, parameters."""
    text = next(each for each in known if each.obeyed and each.value_type is ValueType.TEXT)
    element = next(
        each
        for each in ELEMENT_TYPES
        if each.obeyed and not each.needs_one and not any(p.required for p in each.properties)
    )
    parts: dict[str, Mapping[str, Any]] = {
        "properties": {"propertyName": text.name, "currentValue": "x"},
        "parameters": {"paramName": "Part"},
        "elements": {"elementName": "Part", "elementTypeName": element.name},
        "sourceElements": {"elementName": "Part", "elementTypeName": element.name},
        "tags": {"tagName": "part"},
        "genericACL": {"identifier": "operator"},
        "specificTypes": {"specificType": "Part"},
        "dateTypeLinks": {"dateTypeType": "OTHER", "calendarName": CALENDAR},
        "dates": {"startDate": "2026-11-24"},
    }
    return {(*path, ITEM): parts[path[-1]] for path in lists}


_PARTS = _parts(
    JOB_PROPERTIES,
    ("properties",),
    ("parameters",),
    ("parameters", ITEM, "properties"),
    ("elements",),
    ("elements", ITEM, "properties"),
    ("sourceElements",),
    ("sourceElements", ITEM, "properties"),
    ("tags",),
    ("acl", "genericACL"),
)

FOLDER = Noun(
    word="folder",
    document=Folder,
    number="folderID",
    name="folderName",
    base={"parentFolderName": ROOM},
    lists=(("get_folder_children", {"qualified_name": ROOM}),),
    everywhere=("get_folder_children", {}),
    items=_PARTS,
    properties=JOB_PROPERTIES,
    elements=Place.FOLDER,
)
JOB = Noun(
    word="job",
    document=Job,
    number="jobID",
    name="jobName",
    base={"parentFolderName": ROOM},
    lists=(("find_jobs", {"name": ROOM}),),
    everywhere=("find_jobs", {}),
    readings=("get_job_source", "get_submit_info", "find_job_history"),
    items=_PARTS,
    properties=JOB_PROPERTIES,
    elements=Place.JOB,
)
_MEMBER = {"jobName": f"{ROOM}\\Load", "step": 1}
SETUP = Noun(
    word="setup",
    document=Setup,
    number="setupID",
    name="setupName",
    base={"parentFolderName": ROOM, "jobs": [_MEMBER]},
    lists=(("find_setups", {"name": ROOM}),),
    everywhere=("find_setups", {}),
    items={
        **_PARTS,
        ("jobs", ITEM): _MEMBER,
        ("jobs", ITEM, "parameters", ITEM): {"paramName": "x", "defaultValue": "1"},
    },
)
"""What is said of runs is refused of a setup, which has none: properties and elements are probed at jobs."""

VARIABLE = Noun(
    word="variable",
    document=Variable,
    number="variableId",
    name="variableName",
    base={"parentFolderName": ROOM},
    lists=(("find_variables", {"name": ROOM}),),
    everywhere=("find_variables", {}),
    items=_PARTS,
)
AGENT = Noun(
    word="agent",
    document=Agent,
    number="agentID",
    name="agentName",
    base={
        "agentType": "WinRM",
        "properties": [{"propertyName": "Address", "currentValue": "windows.example"}],
    },
    everywhere=("list_agents", {}),
    items={
        **_parts(AGENT_PROPERTIES, ("properties",), ("acl", "genericACL")),
        ("properties",): [{"propertyName": "Address", "currentValue": "windows.example"}],
    },
    properties=AGENT_PROPERTIES,
)
CALENDARS = Noun(
    word="calendar",
    document=Calendar,
    number="calendarID",
    name="calendarName",
    everywhere=("list_calendars", {}),
    items=_PARTS,
)
DATE_TYPE = Noun(
    word="date_type",
    document=DateType,
    number="dateTypeID",
    name="dateTypeType",
    base={"calendarName": CALENDAR},
    lists=(("list_date_types", {"calendar": CALENDAR}),),
    everywhere=("list_date_types", {}),
    items=_parts(JOB_PROPERTIES, ("specificTypes",), ("dateTypeLinks",), ("dates",)),
)
NAMED_TIME = Noun(
    word="named_time",
    document=NamedTime,
    number="timeID",
    name="timeName",
    base={"startTime": {"totalSeconds": 0}, "endTime": {"totalSeconds": 3600}},
    everywhere=("list_named_times", {}),
)
