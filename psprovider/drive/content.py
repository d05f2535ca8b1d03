"""What is in an item: Get-Content, Get-ItemProperty."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Any

from jams.objects.base import snake_name
from jams.objects.errors import InvalidArgument, JAMSError
from psprovider.endpoint.clixml.types import PSObject
from psprovider.engine import following
from psprovider.engine.commands import CommandSpec, parameter, switch
from psprovider.engine.invocation import Invocation
from psprovider.engine.values import MISSING, as_list, selected, text

from .access import PATHS, SETS, addressed, nodes, paths_of
from .location import noted, qualified, shown
from .tree import Node, Tree


def _content(run: Invocation) -> Iterator[Any]:
    tree = Tree(run.session)
    first, last = run.value("TotalCount"), run.value("Tail")
    for _, values in run.objects():
        for node in nodes(run, tree, paths_of(values)):
            try:
                if run.value("Raw") and (whole := _whole(run, node)) is not None:
                    yield from [whole] if whole else []
                    continue
                lines = _lines(run, node)
                if last is not None:
                    lines = iter(deque(lines, maxlen=max(0, last)))
                if first is not None:
                    lines = islice(lines, max(0, first))
                if run.value("Raw"):
                    yield "\n".join(lines)
                else:
                    yield from lines
            except JAMSError as problem:
                run.error(problem)


def _whole(run: Invocation, node: Node) -> str | None:
    """The content of an item as it is, or None of a text that comes in pieces."""
    operation = node.kind.content if node.kind is not None else None
    if node.value is None or node.kind is None or (operation is not None and operation.text):
        return None
    if operation is not None:
        return text(run.session.call(operation, {operation.key[0]: qualified(node.path)}))
    value = node.kind.getter.binding.value
    return text(getattr(node.value, snake_name(value))) if value else None


def _lines(run: Invocation, node: Node) -> Iterator[str]:
    """The content of an item, line by line. Raises JAMSError."""
    owner = node.kind or node.holder
    operation = None if owner is None or node.value is None else owner.content
    if operation is not None:
        key: Any = qualified(node.path) if node.kind else node.name
        inputs = {operation.key[0]: key if node.kind else _key(key)}
        if operation.text:
            yield from following.text_lines(run, operation, inputs)
        else:
            yield from text(run.session.call(operation, inputs)).splitlines()
        return
    getter = owner.getter if owner is not None else None
    if node.value is not None and getter is not None and getter.binding.value:
        yield from text(getattr(node.value, snake_name(getter.binding.value))).splitlines()
        return
    raise InvalidArgument(f"{shown(node.path)} has no content.", member="Path")


def _key(name: str) -> Any:
    return int(name) if name.isascii() and name.isdigit() else name


def _properties(run: Invocation) -> Iterator[Any]:
    tree = Tree(run.session)
    for _, values in run.objects():
        wanted = [text(name) for name in as_list(values.get("Name"))]
        for node in nodes(run, tree, paths_of(values)):
            item = tree.shown(tree.full(node))
            if not wanted:
                yield item
                continue
            found = {n: None if v is MISSING else v for n, v in selected(item, wanted).items()}
            notes = noted(node.path, run.session.server_name, node.container, node.mark, node.shadowed)
            yield PSObject(members={**found, **notes})


COMMANDS = (
    CommandSpec(
        "Get-Content",
        _content,
        addressed(
            parameter(
                "TotalCount",
                "System.Int32",
                aliases=("First", "Head"),
                help="So many lines from the beginning.",
            ),
            parameter("Tail", "System.Int32", aliases=("Last",), help="So many lines from the end."),
            switch("Raw", "All as one text."),
            mandatory=True,
        ),
        sets=SETS,
        default_set="Path",
        aliases=("gc", "cat"),
        summary="Give a job's source, an entry's log or a variable's value, line by line.",
        extra=PATHS,
    ),
    CommandSpec(
        "Get-ItemProperty",
        _properties,
        addressed(
            parameter("Name", "System.String[]", 1, help="The properties; wildcards are allowed."),
            mandatory=True,
        ),
        sets=SETS,
        default_set="Path",
        aliases=("gp",),
        summary="Give properties of an item.",
        extra=PATHS,
    ),
)
