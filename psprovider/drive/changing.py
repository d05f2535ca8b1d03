"""Changing what is there: New-, Set-, Copy-, Move-, Rename- and Remove-Item, Set-ItemProperty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from jams.objects.base import pascal_name, read_only_members
from jams.objects.errors import AlreadyExists, Conflict, FolderNotEmpty, InUse, InvalidArgument, JAMSError
from jams.objects.patch import number_member, stated, version_member
from psprovider.cmdlets.further import further
from psprovider.cmdlets.model import Parameter, Place, Role
from psprovider.endpoint.exceptions import PipelineFailed
from psprovider.engine import command_errors, conversion, documents
from psprovider.engine.commands import ALL, CommandSpec, parameter, switch
from psprovider.engine.invocation import Invocation
from psprovider.engine.values import get, is_scalar, names, text

from .access import PATHS, SETS, addressed, nodes, paths_of
from .kinds import ItemType, words
from .location import UnknownDrive, folded, qualified, shown
from .tree import Node, Tree

Values = Mapping[str, Any]


def _new(run: Invocation) -> Iterator[Any]:
    tree = Tree(run.session)
    for _, values in run.objects():
        path = text(values.get("Path") or ".")
        if values.get("Name"):
            path = f"{path}\\{text(values['Name'])}"
        place = tree.meant_new(_place(run, path))
        kind = tree.kind(text(values.get("ItemType") or "Folder"))
        given = _given(kind, values)
        document = _document(kind, place, values.get("Value"), given)
        if not run.should_process(f"Destination: {shown(place)}", f"New {kind.name}"):
            continue
        there = _made_room(run, tree, place, kind) if run.value("Force") else None
        if there is None:
            run.session.call(kind.creator, _body(kind.creator, document))
        elif kind.changer is not None and (given or values.get("Value") is not None):
            patch = stated(document)
            run.session.call(kind.changer, {"name": qualified(place), **_body(kind.changer, patch)})
        yield tree.shown(tree.node(place, kind))


def _made_room(run: Invocation, tree: Tree, place: tuple[str, ...], kind: ItemType) -> Node | None:
    """What is there already of a new item's kind; the folders above it are made where they are not there."""
    folder = tree.folder
    for length in range(1, len(place)):
        above = place[:length]
        if tree.exists(above, folder) is None:
            run.session.call(folder.creator, _body(folder.creator, _document(folder, above, None, {})))
    return tree.exists(place, kind)


def _given(kind: ItemType, values: Values) -> dict[str, Any]:
    """Members of the document given as parameters of New-Item."""
    members = {pascal_name(f.encode_name): f.name for f in msgspec.structs.fields(kind.struct)}
    return {members[name]: value for name, value in values.items() if name in members and name != "Name"}


def _document(kind: ItemType, place: tuple[str, ...], value: Any, given: Mapping[str, Any]) -> Any:
    named = {kind.own: place[-1] if place else "", kind.parent: qualified(place[:-1])}
    if value is not None and not is_scalar(value):
        plain = {name: item for name, item in _plain_members(kind, value).items() if item is not None}
        plain.pop(version_member(kind.struct) or "", None)
        return documents.made(kind.struct, {**plain, **given, **named})
    if value is not None:
        given = {**given, _value_member(kind): text(value)}
    return documents.made(kind.struct, {**given, **named})


def _plain_members(kind: ItemType, value: Any) -> dict[str, Any]:
    own = {kind.own, kind.parent, kind.number, f"{kind.parent.removesuffix('_name')}_id"}
    attributes = {pascal_name(f.encode_name).lower(): f.name for f in msgspec.structs.fields(kind.struct)}
    hidden = read_only_members(kind.struct)
    found: dict[str, Any] = {}
    for name in names(value):
        attribute = attributes.get(name.lower())
        item = get(value, name)
        if attribute is not None and attribute not in (*own, *hidden):
            found[attribute] = item
    return found


def _value_member(kind: ItemType) -> str:
    """The member that a plain value of an item is: what Get-Content shows of it."""
    value = kind.holds
    if value is None:
        raise InvalidArgument(
            f"A {kind.name} has no plain value; give an object or a hash table.", member="Value"
        )
    return value


def _place(run: Invocation, path: str) -> tuple[str, ...]:
    try:
        return run.session.location.resolve(path)
    except UnknownDrive as problem:
        raise PipelineFailed(command_errors.drive_not_found(problem.name, run.info)) from None


def _body(operation: Any, document: Any) -> dict[str, Any]:
    return {operation.body.name: document}


def _each(run: Invocation, tree: Tree, values: Values) -> Iterator[tuple[Node, ItemType]]:
    """The items at the paths given, those that can be changed."""
    for node in nodes(run, tree, paths_of(values)):
        if node.kind is None or node.kind.changer is None:
            run.error(
                Conflict(f"{shown(node.path)} cannot be changed on the drive.", target=shown(node.path))
            )
        else:
            yield tree.full(node), node.kind


def _change(run: Invocation, node: Node, kind: ItemType, changes: Mapping[str, Any]) -> None:
    """Change some members of an item; the others stay as they are then, whatever was seen of them here."""
    assert kind.changer is not None and kind.changer.body_type is not None
    patch = documents.made(kind.changer.body_type, changes)
    number = getattr(node.value, number_member(kind.struct) or "")
    run.session.call(kind.changer, {"id": number, **_body(kind.changer, patch)})


def _set(run: Invocation) -> Iterator[Any]:
    tree = Tree(run.session)
    for _, values in run.objects():
        for node, kind in _each(run, tree, values):
            if run.should_process(f"Item: {shown(node.path)}", "Set Item"):
                value = values.get("Value")
                if is_scalar(value):
                    changes = {_value_member(kind): text(value)}
                else:
                    changes = _plain_members(kind, value)
                yield from _guarded(run, lambda n=node, k=kind, c=changes: _change(run, n, k, c))
                if run.value("PassThru"):
                    yield tree.shown(tree.node(node.path, kind))


def _set_property(run: Invocation) -> Iterator[Any]:
    tree = Tree(run.session)
    for _, values in run.objects():
        for node, kind in _each(run, tree, values):
            name = text(values.get("Name"))
            attributes = {
                pascal_name(f.encode_name).lower(): f.name for f in msgspec.structs.fields(kind.struct)
            }
            attribute = attributes.get(name.lower())
            more = further(kind.struct).get(name.lower())
            if attribute is None and more is not None and more.alias is not None:
                attribute = attributes[more.alias.lower()]
            if attribute is None and more is not None and more.bag is not None:
                if run.should_process(f"Item: {shown(node.path)} Property: {name}", "Set Property"):
                    change: dict[str, Any] = {"properties": _bag(node.value, more.bag, values.get("Value"))}
                    yield from _guarded(run, lambda n=node, k=kind, c=change: _change(run, n, k, c))
            elif attribute is None:
                run.error(InvalidArgument(f"A {kind.name} has no property {name}.", member=name))
            elif attribute in read_only_members(kind.struct):
                run.error(InvalidArgument(f"Only the server sets {name}.", member=name))
            elif run.should_process(f"Item: {shown(node.path)} Property: {name}", "Set Property"):
                change = {attribute: values.get("Value")}
                yield from _guarded(run, lambda n=node, k=kind, c=change: _change(run, n, k, c))


def _bag(document: Any, name: str, value: Any) -> list[dict[str, Any]]:
    """What is set of a definition's properties, with another value of one."""
    kept = {
        each.property_name: each.current_value
        for each in document.properties
        if each.current_value is not None and each.inherited_from_name is None
    }
    kept[name] = conversion.plain(value)
    return [{"PropertyName": each, "CurrentValue": held} for each, held in kept.items()]


def _rename(run: Invocation) -> Iterator[Any]:
    tree = Tree(run.session)
    for _, values in run.objects():
        for node, kind in _each(run, tree, values):
            name = text(values.get("NewName"))
            target = f"Item: {shown(node.path)} Destination: {shown((*node.path[:-1], name))}"
            if run.should_process(target, "Rename Item"):
                yield from _guarded(run, lambda n=node, k=kind, c={kind.own: name}: _change(run, n, k, c))
                if run.value("PassThru"):
                    yield tree.shown(tree.node((*node.path[:-1], name), kind))


def _move(run: Invocation) -> Iterator[Any]:
    tree = Tree(run.session)
    for _, values in run.objects():
        for node, kind in _each(run, tree, values):
            place = _destination(run, tree, node, text(values.get("Destination")))
            if run.should_process(f"Item: {shown(node.path)} Destination: {shown(place)}", "Move Item"):
                changes = {kind.own: place[-1], kind.parent: qualified(place[:-1])}
                yield from _guarded(run, lambda n=node, k=kind, c=changes: _change(run, n, k, c))
                if run.value("PassThru"):
                    yield tree.shown(tree.node(place, kind))


def _copy(run: Invocation) -> Iterator[Any]:
    tree = Tree(run.session)
    for _, values in run.objects():
        for node, kind in _each(run, tree, values):
            place = _destination(run, tree, node, text(values.get("Destination")))
            if run.should_process(f"Item: {shown(node.path)} Destination: {shown(place)}", "Copy Item"):
                yield from _guarded(run, lambda n=node, p=place: _copied(run, tree, n, p))
                if run.value("PassThru"):
                    yield tree.shown(tree.node(place, kind))


def _copied(run: Invocation, tree: Tree, node: Node, place: tuple[str, ...]) -> None:
    recurse = bool(run.value("Recurse"))
    kind = node.kind
    assert kind is not None
    _check_outside(node, place)
    inside = list(tree.children(node.path)) if recurse and node.container else []
    there = tree.exists(place, kind)
    if there is not None and not run.value("Force"):
        raise AlreadyExists(f"{shown(place)} is there already.", target=shown(place))
    document = _document(kind, place, tree.full(node).value, {})
    if there is None:
        run.session.call(kind.creator, _body(kind.creator, document))
    elif kind.changer is not None and not node.container:
        patch = stated(document, whole=True)
        run.session.call(kind.changer, {"name": qualified(place), **_body(kind.changer, patch)})
    for child in inside:
        run.streams.check()
        _copied(run, tree, child, (*place, child.name))


def _check_outside(node: Node, place: tuple[str, ...]) -> None:
    """Refuse, as PowerShell does for files, what would overwrite itself or come to lie within itself."""
    source, target = folded(node.path), folded(place)
    if source == target:
        raise Conflict(f"Cannot overwrite the item {shown(node.path)} with itself.", target=shown(node.path))
    if node.container and target[: len(source)] == source:
        raise Conflict(
            f"Destination path cannot be a subdirectory of the source: {shown(place)}.", target=shown(place)
        )


def _destination(run: Invocation, tree: Tree, node: Node, path: str) -> tuple[str, ...]:
    """Where an item goes: into a folder that is there, else to that very path."""
    place = _place(run, path)
    there = tree.exists(place)
    if there is None:
        return tree.meant_new(place)
    return (*there.path, node.name) if there.container else there.path


def _remove(run: Invocation) -> Iterator[Any]:
    tree = Tree(run.session)
    for _, values in run.objects():
        for node in nodes(run, tree, paths_of(values)):
            if node.kind is None or node.kind.remover is None:
                run.error(
                    Conflict(f"{shown(node.path)} cannot be removed on the drive.", target=shown(node.path))
                )
                continue
            if run.should_process(f"Item: {shown(node.path)}", "Remove Item"):
                yield from _guarded(run, lambda n=node: _removed(run, tree, n))


def _removed(run: Invocation, tree: Tree, node: Node) -> None:
    """Remove an item; with ``Recurse``, what lies in it as well, and last what others of it name."""
    waiting = list(_inmost_first(run, tree, node))
    while waiting:
        refused: list[tuple[Node, JAMSError]] = []
        for each in waiting:
            run.streams.check()
            assert each.kind is not None and each.kind.remover is not None
            try:
                run.session.call(each.kind.remover, {each.kind.remover.key[0]: qualified(each.path)})
            except (InUse, FolderNotEmpty) as problem:
                refused.append((each, problem))
        if len(refused) == len(waiting):
            raise refused[0][1]
        waiting = [each for each, _ in refused]


def _inmost_first(run: Invocation, tree: Tree, node: Node) -> Iterator[Node]:
    if run.value("Recurse") and node.container:
        for child in sorted(tree.children(node.path), key=lambda child: child.container):
            yield from _inmost_first(run, tree, child)
    yield node


def _guarded(run: Invocation, work: Any) -> Iterator[Any]:
    try:
        work()
    except JAMSError as problem:
        run.error(problem)
    return iter(())


def _member(name: str, type_name: str = "System.String", help: str = "") -> Parameter:
    return Parameter(name, type_name, help, Role.SWITCH, name, {ALL: Place()})


_PASS = switch("PassThru", "Give the item afterwards.")
_FORCE = switch("Force", "Taken where it means something.")
_DESTINATION = parameter("Destination", "System.String", 1, mandatory=True, help="A folder, or the new path.")

COMMANDS = (
    CommandSpec(
        "New-Item",
        _new,
        (
            parameter("Path", "System.String", 0, help="The folder, or the whole path."),
            parameter("Name", help="The name, if the path is the folder's."),
            parameter("ItemType", aliases=("Type",), help="Folder, Job, Setup, Trigger or Variable."),
            parameter(
                "Value", "System.Object", help="A document, or what the item holds: a source or value."
            ),
            _member("MethodName", help="The job's execution method."),
            _member("Source", help="The job's source."),
            _member("Description", help="The description."),
            _member("DataType", help="The variable's data type."),
            switch("Force", "Make the folders above it, and change what is there already."),
        ),
        changes=True,
        aliases=("ni",),
        summary="Make a folder, job or variable.",
        extra={**PATHS, **words("ItemType")},
    ),
    CommandSpec(
        "Set-Item",
        _set,
        addressed(
            parameter("Value", "System.Object", 1, help="The new document, or value."),
            _PASS,
            _FORCE,
            mandatory=True,
        ),
        sets=SETS,
        default_set="Path",
        changes=True,
        aliases=("si",),
        summary="Replace a definition, or a variable's value.",
        extra=PATHS,
    ),
    CommandSpec(
        "Set-ItemProperty",
        _set_property,
        addressed(
            parameter("Name", "System.String", 1, mandatory=True, help="The property."),
            parameter("Value", "System.Object", 2, help="Its new value."),
            _FORCE,
            mandatory=True,
        ),
        sets=SETS,
        default_set="Path",
        changes=True,
        aliases=("sp",),
        summary="Change a property of a definition.",
        extra=PATHS,
    ),
    CommandSpec(
        "Copy-Item",
        _copy,
        addressed(
            _DESTINATION, switch("Recurse", "What is in a folder as well."), _PASS, _FORCE, mandatory=True
        ),
        sets=SETS,
        default_set="Path",
        changes=True,
        aliases=("copy", "cp", "cpi"),
        summary="Copy definitions.",
        extra=PATHS,
    ),
    CommandSpec(
        "Move-Item",
        _move,
        addressed(_DESTINATION, _PASS, _FORCE, mandatory=True),
        sets=SETS,
        default_set="Path",
        changes=True,
        aliases=("move", "mv", "mi"),
        summary="Move definitions.",
        extra=PATHS,
    ),
    CommandSpec(
        "Rename-Item",
        _rename,
        addressed(
            parameter("NewName", "System.String", 1, mandatory=True, help="The new name."),
            _PASS,
            _FORCE,
            mandatory=True,
        ),
        sets=SETS,
        default_set="Path",
        changes=True,
        aliases=("ren", "rni"),
        summary="Rename a definition.",
        extra=PATHS,
    ),
    CommandSpec(
        "Remove-Item",
        _remove,
        addressed(switch("Recurse", "What is in a folder as well."), _FORCE, mandatory=True),
        sets=SETS,
        default_set="Path",
        changes=True,
        aliases=("del", "rm", "ri", "rd", "rmdir", "erase"),
        summary="Remove definitions.",
        extra=PATHS,
    ),
)
