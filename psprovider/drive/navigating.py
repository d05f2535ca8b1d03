"""Looking around: Get-ChildItem, Get-Item, Set-Location and their like."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from jams.objects.errors import JAMSError, NotFound
from psprovider.endpoint.clixml.types import CUSTOM_OBJECT, OBJECT, PSObject
from psprovider.endpoint.exceptions import PipelineFailed
from psprovider.engine import command_errors
from psprovider.engine.commands import CommandSpec, parameter, switch
from psprovider.engine.invocation import Invocation
from psprovider.engine.patterns import has_wildcards, matches, unescaped
from psprovider.engine.values import as_list, text

from .access import PATHS, SETS, addressed, nodes, not_found, paths_of, places
from .kinds import words
from .location import DRIVE, UnknownDrive, shown
from .tree import Node, Tree


def _children(run: Invocation) -> Iterator[Any]:
    tree = Tree(run.session)
    only = text(run.value("ObjectType")) if run.given("ObjectType") else None
    if only is not None:
        tree.kind(only)
    depth = run.value("Depth")
    recurse = bool(run.value("Recurse")) or depth is not None
    for _, values in run.objects():
        for place in places(run, paths_of(values)):
            wanted = _wanted(run)
            try:
                starts = tree.expand(place)
                if any(map(has_wildcards, place)):
                    found: Iterator[Node] = (
                        n for n in starts if only is None or n.word.lower() == only.lower()
                    )
                else:
                    (node,) = starts
                    if not node.container:
                        found = iter([node])
                    elif recurse:
                        found = tree.walk(node.path, only, depth)
                    else:
                        found = tree.children(node.path, only)
                for node in found:
                    run.streams.check()
                    if node.predefined and run.value("IgnorePredefined"):
                        continue
                    if wanted(node.name):
                        yield _out(run, tree, node)
            except NotFound:
                run.error(not_found(run, place))
            except JAMSError as problem:
                run.error(problem)


def _wanted(run: Invocation) -> Callable[[str], bool]:
    """Whether a name passes -Filter, one of -Include and none of -Exclude."""
    narrowed = [text(pattern) for pattern in as_list(run.value("Filter"))]
    included = [text(pattern) for pattern in as_list(run.value("Include"))] or ["*"]
    left_out = [text(pattern) for pattern in as_list(run.value("Exclude"))]

    def test(name: str) -> bool:
        return (
            all(matches(pattern, name) for pattern in narrowed)
            and any(matches(pattern, name) for pattern in included)
            and not any(matches(pattern, name) for pattern in left_out)
        )

    return test


def _out(run: Invocation, tree: Tree, node: Node) -> Any:
    if run.value("Name"):
        return node.name
    if run.value("FullObject"):
        return tree.shown(tree.full(node))
    return tree.shown(node, full=False)


def _item(run: Invocation) -> Iterator[Any]:
    tree = Tree(run.session)
    for _, values in run.objects():
        for node in nodes(run, tree, paths_of(values)):
            yield tree.shown(tree.full(node))


def _set_location(run: Invocation) -> Iterator[Any]:
    for _, values in run.objects():
        given = paths_of(values) if values.keys() & set(SETS) else ["\\"]
        run.session.location.path = _directory(run, given[0])
    if run.value("PassThru"):
        yield _path_info(run.session.location.path)


def _directory(run: Invocation, path: str) -> tuple[str, ...]:
    try:
        place = run.session.location.resolve(path)
        found = Tree(run.session).expand(place)
    except UnknownDrive as problem:
        raise PipelineFailed(command_errors.drive_not_found(problem.name, run.info)) from None
    except NotFound:
        found = []
    if len(found) != 1 or not found[0].container:
        raise PipelineFailed(command_errors.item_not_found(unescaped(path), run.info))
    return found[0].path


def _push(run: Invocation) -> Iterator[Any]:
    location = run.session.location
    for _, values in run.objects():
        before = location.path
        if values.keys() & set(SETS):
            location.path = _directory(run, paths_of(values)[0])
        location.stack = [*location.stack[-99:], before]
    return iter(())


def _pop(run: Invocation) -> Iterator[Any]:
    location = run.session.location
    if location.stack:
        location.path = location.stack.pop()
    return iter(())


def _get_location(run: Invocation) -> Iterator[Any]:
    yield _path_info(run.session.location.path)


def _path_info(path: tuple[str, ...]) -> PSObject:
    whole = shown(path)
    names = ("System.Management.Automation.PathInfo", OBJECT)
    return PSObject(
        names,
        properties={"Drive": DRIVE, "Provider": DRIVE, "ProviderPath": whole, "Path": whole},
        to_string=whole,
    )


def _test(run: Invocation) -> Iterator[Any]:
    tree = Tree(run.session)
    kind = text(run.value("PathType") or "Any").lower()
    for _, values in run.objects():
        for path in paths_of(values):
            try:
                found = tree.expand(run.session.location.resolve(path))
            except (UnknownDrive, NotFound):
                found = []
            fits = [n for n in found if kind == "any" or n.container is (kind == "container")]
            yield bool(fits)


def _resolve(run: Invocation) -> Iterator[Any]:
    tree = Tree(run.session)
    for _, values in run.objects():
        for node in nodes(run, tree, paths_of(values)):
            yield _path_info(node.path)


def _drives(run: Invocation) -> Iterator[Any]:
    names = [text(n) for n in as_list(run.value("Name"))] or ["*"]
    for pattern in names:
        if matches(pattern, DRIVE):
            location = "\\".join(run.session.location.path)
            yield PSObject(
                ("System.Management.Automation.PSDriveInfo", CUSTOM_OBJECT, OBJECT),
                {
                    "Name": DRIVE,
                    "Provider": DRIVE,
                    "Root": run.session.server_name,
                    "CurrentLocation": location,
                },
                to_string=DRIVE,
            )
        elif not has_wildcards(pattern):
            run.error(command_errors.drive_not_found(pattern, run.info))


_TYPES = ("Any", "Container", "Leaf")
_KINDS = words("ObjectType")["words"]["ObjectType"]

COMMANDS = (
    CommandSpec(
        "Get-ChildItem",
        _children,
        addressed(
            parameter("Filter", "System.String", 1, help="Only names that match."),
            parameter("Include", "System.String[]", help="Only names that match one of these."),
            parameter("Exclude", "System.String[]", help="No names that match one of these."),
            switch("Recurse", "Everything below as well.", ("s",)),
            parameter("Depth", "System.Int32", help="So many levels below."),
            switch("Name", "Give the names only."),
            switch("Force", "Taken, and without effect here."),
            parameter("ObjectType", help=f"Only items of this kind: {', '.join(_KINDS)}."),
            switch("FullObject", "Give everything the server knows of each item."),
            switch("IgnorePredefined", "Leave out the predefined containers."),
        ),
        sets=SETS,
        default_set="Path",
        aliases=("dir", "gci", "ls"),
        summary="List what is at a place of the drive.",
        extra={**PATHS, **words("ObjectType")},
    ),
    CommandSpec(
        "Get-Item",
        _item,
        addressed(switch("Force", "Taken, and without effect here."), mandatory=True),
        sets=SETS,
        default_set="Path",
        aliases=("gi",),
        summary="Give what is at a path, with everything that the server knows of it.",
        extra=PATHS,
    ),
    CommandSpec(
        "Set-Location",
        _set_location,
        addressed(switch("PassThru", "Give the new place.")),
        sets=SETS,
        default_set="Path",
        aliases=("cd", "chdir", "sl", "JAMS:"),
        summary="Go to a place of the drive.",
        extra=PATHS,
    ),
    CommandSpec(
        "Push-Location",
        _push,
        addressed(),
        sets=SETS,
        default_set="Path",
        aliases=("pushd",),
        summary="Go to a place, and remember this one.",
        extra=PATHS,
    ),
    CommandSpec("Pop-Location", _pop, aliases=("popd",), summary="Go back to the place remembered last."),
    CommandSpec(
        "Get-Location", _get_location, aliases=("pwd", "gl"), summary="Say where the session stands."
    ),
    CommandSpec(
        "Test-Path",
        _test,
        addressed(
            parameter("PathType", values=_TYPES, aliases=("Type",), help="What it must be."),
            mandatory=True,
        ),
        sets=SETS,
        default_set="Path",
        summary="Say whether there is something at a path.",
        extra=PATHS,
    ),
    CommandSpec(
        "Resolve-Path",
        _resolve,
        addressed(mandatory=True),
        sets=SETS,
        default_set="Path",
        aliases=("rvpa",),
        summary="Give the paths that a pattern means.",
        extra=PATHS,
    ),
    CommandSpec(
        "Get-PSDrive",
        _drives,
        (parameter("Name", "System.String[]", 0, help="Names of drives."),),
        aliases=("gdr",),
        summary="List the drives of this session: there is one.",
    ),
)
