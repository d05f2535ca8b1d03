"""Sort-Object, Group-Object and Measure-Object."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from psprovider.endpoint.clixml.types import ARRAY_LIST, OBJECT, PSList, PSObject
from psprovider.endpoint.exceptions import ErrorCategory
from psprovider.endpoint.records import generic
from psprovider.engine.commands import INPUT_OBJECT, CommandSpec, parameter, switch
from psprovider.engine.conversion import ConversionError, to_double
from psprovider.engine.invocation import Invocation
from psprovider.engine.values import MISSING, SortKey, as_list, get, text

MOST = 200_000
"""How many objects a command holds back at most."""
_COMMANDS = "Microsoft.PowerShell.Commands"
_GROUP = (
    generic("System.Collections.ObjectModel.Collection", "System.Management.Automation.PSObject"),
    OBJECT,
)


def held(run: Invocation) -> list[Any]:
    """All the input. Ends the command where there is more than it may hold."""
    found: list[Any] = []
    for item in run.items():
        found.append(item)
        if len(found) > MOST:
            raise run.fail(
                f"{run.info.command} holds {MOST} objects at most.",
                "TooManyObjects",
                ErrorCategory.LimitsExceeded,
            )
    return found


def _sort(run: Invocation) -> Iterator[Any]:
    items = held(run)
    names = [text(name) for name in as_list(run.value("Property"))]
    keys = {
        id(item): tuple(SortKey(_property(item, name)) for name in names) or (SortKey(item),)
        for item in items
    }
    ordered = sorted(items, key=lambda item: keys[id(item)], reverse=bool(run.value("Descending")))
    if run.value("Unique"):
        kept: list[Any] = []
        for item in ordered:
            if not kept or keys[id(kept[-1])] != keys[id(item)]:
                kept.append(item)
        ordered = kept
    limit = run.value("Top", run.value("Bottom"))
    if limit is not None:
        ordered = ordered[:limit] if run.given("Top") else ordered[max(0, len(ordered) - limit) :]
    yield from ordered


def _property(item: Any, name: str) -> Any:
    found = get(item, name)
    return None if found is MISSING else found


def _group(run: Invocation) -> Iterator[Any]:
    names = [text(name) for name in as_list(run.value("Property"))]
    groups: dict[tuple[SortKey, ...], tuple[list[Any], list[Any]]] = {}
    for item in held(run):
        values = [_property(item, name) for name in names] or [item]
        groups.setdefault(tuple(map(SortKey, values)), (values, []))[1].append(item)
    for key in sorted(groups):
        values, members = groups[key]
        shown: dict[str, Any] = {"Values": PSList(values, ARRAY_LIST), "Count": len(members)}
        if not run.value("NoElement"):
            shown["Group"] = PSList(members, _GROUP)
        shown["Name"] = ", ".join(map(text, values))
        name = f"{_COMMANDS}.GroupInfo{'NoElement' if run.value('NoElement') else ''}"
        yield PSObject((name, OBJECT), properties=shown, to_string=name)


_STATISTICS = ("Average", "Sum", "Maximum", "Minimum", "StandardDeviation")


def _measure(run: Invocation) -> Iterator[Any]:
    names = [text(name) for name in as_list(run.value("Property"))]
    wanted = [word for word in _STATISTICS if run.value(word) or run.value("AllStats")]
    if not names and not wanted:
        yield _info(sum(1 for _ in run.items()), None, {})
        return
    looked_at: list[str | None] = [*names] or [None]
    values: dict[str | None, list[float]] = {name: [] for name in looked_at}
    for item in run.items():
        for name, found in values.items():
            value = item if name is None else get(item, name)
            if value is MISSING or value is None:
                continue
            try:
                found.append(to_double(value))
            except ConversionError:
                run.write_error(
                    f'Input object "{text(value)}" is not numeric.',
                    "NonNumericInputObject",
                    ErrorCategory.InvalidType,
                )
    for name, found in values.items():
        if name is not None and not found:
            run.write_error(
                f'The property "{name}" cannot be found in the input for any objects.',
                "GenericMeasurePropertyNotFound",
                ErrorCategory.InvalidArgument,
            )
            continue
        yield _info(len(found), name, {word: _statistic(word, found) for word in wanted})


def _statistic(word: str, values: list[float]) -> float | None:
    if not values:
        return None
    if word == "Sum":
        return math.fsum(values)
    mean = math.fsum(values) / len(values)
    if word == "Average":
        return mean
    if word == "StandardDeviation":
        return (
            math.sqrt(math.fsum((v - mean) ** 2 for v in values) / (len(values) - 1))
            if len(values) > 1
            else 0.0
        )
    return max(values) if word == "Maximum" else min(values)


def _info(count: int, name: str | None, statistics: dict[str, float | None]) -> PSObject:
    shown: dict[str, Any] = {"Count": count}
    shown |= {word: statistics.get(word) for word in _STATISTICS}
    shown["Property"] = name
    names = (f"{_COMMANDS}.GenericMeasureInfo", f"{_COMMANDS}.MeasureInfo", OBJECT)
    return PSObject(names, properties=shown, to_string=names[0])


COMMANDS = (
    CommandSpec(
        "Sort-Object",
        _sort,
        (
            INPUT_OBJECT,
            parameter("Property", "System.Object[]", 0, help="Properties to sort by."),
            switch("Descending", "The greatest first."),
            switch("Unique", "Each value once."),
            parameter("Top", "System.Int32", help="So many from the beginning."),
            parameter("Bottom", "System.Int32", help="So many from the end."),
        ),
        aliases=("sort",),
        summary="Sort objects.",
    ),
    CommandSpec(
        "Group-Object",
        _group,
        (
            INPUT_OBJECT,
            parameter("Property", "System.Object[]", 0, help="Properties to group by."),
            switch("NoElement", "Count only."),
        ),
        aliases=("group",),
        summary="Group objects that agree in some properties.",
    ),
    CommandSpec(
        "Measure-Object",
        _measure,
        (
            INPUT_OBJECT,
            parameter("Property", "System.Object[]", 0, help="The numbers to look at."),
            *(switch(word, f"Work out the {word.lower()}.") for word in _STATISTICS),
            switch("AllStats", "Work out everything."),
        ),
        aliases=("measure",),
        summary="Count objects, and work out sums and averages.",
    ),
)
