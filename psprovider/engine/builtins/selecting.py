"""Select-Object, Where-Object and ForEach-Object, without script blocks."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from psprovider.endpoint.clixml.types import CUSTOM_OBJECT, OBJECT, PSObject
from psprovider.endpoint.exceptions import ErrorCategory
from psprovider.engine.commands import INPUT_OBJECT, CommandSpec, parameter, switch
from psprovider.engine.conversion import ConversionError, to_double, to_time
from psprovider.engine.invocation import Invocation
from psprovider.engine.patterns import matches
from psprovider.engine.values import (
    MISSING,
    SortKey,
    as_list,
    comparable,
    get,
    members,
    selected,
    text,
    truth,
    type_names,
    unwrapped,
)

_SELECTED = ("Selected.System.Management.Automation.PSCustomObject", CUSTOM_OBJECT, OBJECT)


def _select(run: Invocation) -> Iterator[Any]:
    items = run.items()
    if run.given("Index"):
        wanted = set(run.value("Index"))
        items = (item for number, item in enumerate(items) if number in wanted)
    skip = run.value("Skip") or 0
    last = run.value("Last")
    if last is not None:
        kept = list(deque(items, maxlen=max(0, last) + skip))
        items = iter(kept[: len(kept) - skip] if skip else kept)
    elif skip:
        items = islice(items, skip, None)
    if run.given("SkipLast"):
        kept = list(items)
        items = iter(kept[: max(0, len(kept) - run.value("SkipLast"))])
    if run.value("First") is not None:
        items = islice(items, max(0, run.value("First")))
    projected = (out for item in items for out in _projected(run, item))
    yield from _unique(projected) if run.value("Unique") else projected


def _projected(run: Invocation, item: Any) -> Iterator[Any]:
    expand = run.value("ExpandProperty")
    if expand is not None:
        found = get(item, expand)
        if found is MISSING:
            run.write_error(
                f'Property "{expand}" cannot be found.',
                "ExpandPropertyNotFound",
                ErrorCategory.InvalidArgument,
                item,
            )
            return
        yield from as_list(found) if isinstance(found, list | tuple) else [found]
        return
    names = [text(name) for name in as_list(run.value("Property"))]
    if not names:
        yield item
        return
    chosen = dict(selected(item, names))
    for pattern in map(text, as_list(run.value("ExcludeProperty"))):
        chosen = {name: value for name, value in chosen.items() if not matches(pattern, name)}
    yield PSObject(_SELECTED, chosen)


def _unique(items: Iterator[Any]) -> Iterator[Any]:
    seen: set[Any] = set()
    for item in items:
        key = _identity(item)
        if key not in seen:
            seen.add(key)
            yield item


def _identity(item: Any) -> Any:
    pairs = tuple((name, text(value)) for name, value in members(item))
    return pairs if pairs and not isinstance(item, str) else (type_names(item)[0], text(item))


Compare = Callable[[Any, Any], bool]


def _equal(left: Any, right: Any) -> bool:
    left, right = _alike(left, right)
    return bool(left == right)


def _less(left: Any, right: Any) -> bool:
    left, right = _alike(left, right)
    return SortKey(left) < SortKey(right)


def _alike(left: Any, right: Any) -> tuple[Any, Any]:
    """The right value turned into the left one's type, as PowerShell compares."""
    wanted = unwrapped(left)
    try:
        if isinstance(wanted, datetime) and isinstance(unwrapped(right), str):
            return wanted, to_time(right)
        if isinstance(wanted, bool):
            return wanted, truth(right)
        if isinstance(wanted, int | float) and isinstance(unwrapped(right), str):
            return wanted, to_double(right)
    except ConversionError:
        return text(left).casefold(), text(right).casefold()
    left, right = comparable(left), comparable(right)
    if isinstance(left, str) and not isinstance(right, str) and right is not None:
        return left, text(right).casefold()
    return left, right


def _any(items: Any, test: Callable[[Any], bool]) -> bool:
    values = unwrapped(items)
    return any(test(item) for item in values) if isinstance(values, list | tuple) else test(values)


_OPERATORS: dict[str, Compare] = {
    "EQ": lambda a, b: _any(a, lambda item: _equal(item, b)),
    "NE": lambda a, b: not _equal(a, b),
    "GT": lambda a, b: not _less(a, b) and not _equal(a, b),
    "GE": lambda a, b: not _less(a, b),
    "LT": _less,
    "LE": lambda a, b: _less(a, b) or _equal(a, b),
    "Like": lambda a, b: _any(a, lambda item: matches(text(b), text(item))),
    "NotLike": lambda a, b: not _any(a, lambda item: matches(text(b), text(item))),
    "Match": lambda a, b: matches(f"*{text(b)}*", text(a)),
    "NotMatch": lambda a, b: not matches(f"*{text(b)}*", text(a)),
    "Contains": lambda a, b: any(_equal(item, b) for item in as_list(a)),
    "NotContains": lambda a, b: not any(_equal(item, b) for item in as_list(a)),
    "In": lambda a, b: any(_equal(a, item) for item in as_list(b)),
    "NotIn": lambda a, b: not any(_equal(a, item) for item in as_list(b)),
}
_ALIASES = {
    "EQ": ("ieq", "ceq"),
    "NE": ("ine", "cne"),
    "GT": ("igt", "cgt"),
    "GE": ("ige", "cge"),
    "LT": ("ilt", "clt"),
    "LE": ("ile", "cle"),
    "Like": ("ilike", "clike"),
    "NotLike": ("inotlike", "cnotlike"),
    "Match": ("imatch",),
    "NotMatch": ("inotmatch",),
    "Contains": ("icontains", "ccontains"),
    "NotContains": ("inotcontains", "cnotcontains"),
    "In": ("iin", "cin"),
    "NotIn": ("inotin", "cnotin"),
}


def _where(run: Invocation) -> Iterator[Any]:
    name = text(run.value("Property"))
    chosen = [word for word in _OPERATORS if run.value(word)]
    if len(chosen) > 1:
        raise run.fail(
            "Only one comparison can be made.", "AmbiguousParameterSet", ErrorCategory.InvalidArgument
        )
    wanted = run.value("Value")
    operator = _OPERATORS[chosen[0]] if chosen else _OPERATORS["EQ"] if run.given("Value") else None
    for item in run.items():
        found = item if name == "$_" else get(item, name)
        found = None if found is MISSING else found
        if (truth(found) if operator is None else operator(found, wanted)) is not bool(run.value("Not")):
            yield item


def _for_each(run: Invocation) -> Iterator[Any]:
    name = text(run.value("MemberName"))
    for item in run.items():
        found = get(item, name)
        if found is not MISSING:
            yield from found if isinstance(found, list | tuple) else [found]


COMMANDS = (
    CommandSpec(
        "Select-Object",
        _select,
        (
            INPUT_OBJECT,
            parameter("Property", "System.Object[]", 0, help="Properties to keep; wildcards are allowed."),
            parameter("ExcludeProperty", "System.String[]", help="Properties to leave out."),
            parameter("ExpandProperty", help="The property whose value is given instead of the object."),
            parameter("First", "System.Int32", help="So many from the beginning."),
            parameter("Last", "System.Int32", help="So many from the end."),
            parameter("Skip", "System.Int32", help="Pass over so many."),
            parameter("SkipLast", "System.Int32", help="Leave out so many at the end."),
            parameter("Index", "System.Int32[]", help="The objects at these places, from 0."),
            switch("Unique", "Each value once."),
            switch("Wait", "Taken, and without effect here."),
        ),
        aliases=("select",),
        summary="Select objects, or properties of objects.",
    ),
    CommandSpec(
        "Where-Object",
        _where,
        (
            INPUT_OBJECT,
            parameter("Property", "System.String", 0, mandatory=True, help="The property to look at."),
            parameter("Value", "System.Object", 1, help="The value to compare with."),
            *(switch(word, f"Compare with -{word.lower()}.", _ALIASES[word]) for word in _OPERATORS),
            switch("Not", "Those for which it is false."),
        ),
        aliases=("where", "?"),
        summary="Select objects by the value of a property. -Match looks for a part of the text.",
    ),
    CommandSpec(
        "ForEach-Object",
        _for_each,
        (
            INPUT_OBJECT,
            parameter("MemberName", "System.String", 0, mandatory=True, help="The property to give."),
        ),
        aliases=("foreach", "%"),
        summary="Give the value of a property of each object.",
    ),
)
