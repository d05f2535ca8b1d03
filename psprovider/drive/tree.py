"""The tree: finds, lists and walks what is at a place."""

from __future__ import annotations

import typing
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import msgspec

from jams.objects.errors import Conflict, ErrorKind, InvalidArgument, JAMSError, NotFound
from psprovider.cmdlets.further import further
from psprovider.cmdlets.kinds import kind_of
from psprovider.endpoint.clixml.types import CUSTOM_OBJECT, OBJECT, PSObject
from psprovider.engine.patterns import has_wildcards, matches, unescaped
from psprovider.engine.surroundings import Session
from psprovider.engine.values import fields_of, text, type_names
from psprovider.engine.values import members as members_of

from .kinds import Container, ItemType, kinds
from .location import FOLDER, folded, marked, noted, qualified, unmarked

_DIRECTORY = "directory"
_LONG = 4096
"""A text that may be longer is not part of a summary."""
CONTAINER_TYPE = "MVPSI.JAMS.Container"


@dataclass(frozen=True)
class Node:
    """Something at a place.

    Attributes:
        path: the place.
        value: the document, or None for the root and the predefined containers.
        kind: its item type, if it lives in a folder.
        holder: the predefined container that it is, or that it is in.
        mark: what stands behind its name in its path, so that the path means it and nothing else.
        shadowed: whether its path without the mark means something else.
    """

    path: tuple[str, ...]
    value: Any = None
    kind: ItemType | None = None
    holder: Container | None = None
    mark: str | None = None
    shadowed: bool = False

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path[-1] if self.path else ""

    @property
    def shown_name(self) -> str:
        """The name by which it is found in its directory."""
        return marked(self.name, self.mark if self.shadowed else None)

    @property
    def container(self) -> bool:
        """Whether there can be something in it."""
        return self.value is None or (self.kind is not None and self.kind.holds_items)

    @property
    def predefined(self) -> bool:
        """Whether it is a predefined container."""
        return self.value is None and bool(self.path)

    @property
    def word(self) -> str:
        """What kind of thing it is, in one word."""
        if self.kind is not None:
            return self.kind.name
        return "Container" if self.value is None else type(self.value).__name__


class Tree:
    """The tree as the session's caller sees it. Every method raises JAMSError."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._kinds = kinds(session.catalogue)

    def node(self, path: tuple[str, ...], kind: ItemType | None = None) -> Node:
        """What is at a place: of a kind, if it is given or stands behind the last name. Raises NotFound."""
        if not path:
            return Node(path)
        path, told = self.meant(path)
        kind = kind or told
        holder = self._holder(path[0]) if kind is None else None
        if holder is not None:
            return self._held(holder, path)
        for each in self._kinds.items if kind is None else (kind,):
            try:
                value = self._session.call(each.getter, {each.getter.key[0]: qualified(path)})
            except NotFound:
                continue
            except JAMSError as problem:
                if problem.code == "AccessDenied" or problem.kind is ErrorKind.INVALID:
                    continue
                raise
            if kind is None and each.shown_as(value) != each.name:
                continue
            return self._of(each, value)
        raise NotFound(
            f"Cannot find path '{qualified(path)}' because it does not exist.", target=qualified(path)
        )

    def exists(self, path: tuple[str, ...], kind: ItemType | None = None) -> Node | None:
        """What is at a place, of a kind if it is given, or None."""
        try:
            return self.node(path, kind)
        except NotFound:
            return None

    def meant(self, path: tuple[str, ...]) -> tuple[tuple[str, ...], ItemType | None]:
        """The place without marks of kinds, and the kind that stands behind the last name.

        One behind the first name stays: it tells a folder from a container.
        """
        kind = None
        names: list[str] = []
        for number, part in enumerate(path, start=1):
            name, mark = unmarked(part)
            kind = self._kinds.of(mark) if mark is not None else None
            if kind is not None and not kind.holds_items and number < len(path):
                kind = None
            first = number == 1 and len(path) > 1
            names.append(part if kind is None else marked(name, FOLDER) if first else name)
        return tuple(names), kind

    def meant_new(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """The place at which something is to come to lie: no marks behind the folders above it."""
        return (*self.meant(path[:-1])[0], *path[-1:])

    def children(self, path: tuple[str, ...], only: str | None = None) -> Iterator[Node]:
        """What is in a directory: predefined containers, folders, then the items of each kind by name."""
        if not path and only is None:
            yield from (Node((holder.name,), holder=holder) for holder in self._visible_containers())
        if path:
            holder = self._holder(path[0])
            if holder is not None:
                if len(path) == 1:
                    yield from self._all_held(holder)
                return
        taken = set() if path else {holder.name.casefold() for holder in self._kinds.containers}
        for kind in self._kinds.items:
            if only is None or kind.name.lower() == only.lower():
                found = list(self._listed(kind, path, recursive=False))
                yield from (replace(n, shadowed=n.name.casefold() in taken) for n in found)
                taken.update(n.name.casefold() for n in found)

    def walk(
        self, path: tuple[str, ...], only: str | None = None, depth: int | None = None
    ) -> Iterator[Node]:
        """Everything below a directory, each folder's items before the folders in it.

        The items of a kind are fetched with one call for the whole, folders level by level.
        """
        if path and self._holder(path[0]) is not None:
            yield from self.children(path, only)
            return
        if not path and only is None:
            yield from (Node((holder.name,), holder=holder) for holder in self._visible_containers())
        grouped: dict[tuple[str, ...], list[Node]] = {}
        for kind in self._kinds.items:
            if not kind.holds_items and (only is None or kind.name.lower() == only.lower()):
                for node in self._listed(kind, path, recursive=True):
                    grouped.setdefault(folded(node.path[:-1]), []).append(node)
        folders = only is None or only.lower() == self._kinds.folder.name.lower()
        yield from self._below(path, grouped, folders, depth)

    def _below(
        self, path: tuple[str, ...], grouped: dict[tuple[str, ...], list[Node]], show: bool, depth: int | None
    ) -> Iterator[Node]:
        below = list(self._listed(self._kinds.folder, path, recursive=False))
        if show:
            yield from below
        yield from grouped.get(folded(path), ())
        if depth is None or depth > 0:
            for folder in below:
                yield from self._below(folder.path, grouped, show, None if depth is None else depth - 1)

    def expand(self, path: tuple[str, ...]) -> list[Node]:
        """What a path with wildcards means, in any of its parts; a plain path must exist. Raises NotFound."""
        if not any(map(has_wildcards, path)):
            return [self.node(tuple(map(unescaped, path)))]
        found = [Node(())]
        for number, part in enumerate(path):
            last = number == len(path) - 1
            found = [
                child
                for node in found
                if node.container
                for child in self.children(node.path)
                if matches(part, child.name) and (last or child.container)
            ]
        return found

    def full(self, node: Node) -> Node:
        """The same with all that the server knows: lists give it, unless their items are of other types."""
        owner = node.kind or node.holder
        getter = None if owner is None else owner.getter
        if (
            node.value is None
            or getter is None
            or isinstance(node.value, kind_of(getter.result).struct or ())
        ):
            return node
        return self.node(node.path if node.kind else (*node.path[:-1], node.shown_name), node.kind)

    def shown(self, node: Node, full: bool = True) -> PSObject:
        """A node as an object of the pipeline, with the note properties of a provider's item.

        Without ``full`` it is a summary: single values that say something. What a summary lacks it does not
        show as empty.
        """
        notes = noted(node.path, self._session.server_name, node.container, node.mark, node.shadowed)
        if node.value is None:
            names = (CONTAINER_TYPE, CUSTOM_OBJECT, OBJECT)
            return PSObject(names, {"Name": node.name or "\\", **notes}, to_string=node.name or "\\")
        value: msgspec.Struct = node.value
        if full:
            members = dict(members_of(value))
        else:
            pairs = [(shown, getattr(value, name)) for shown, name in _summary(value.__class__)]
            pairs += [(more.name, more.value(value)) for more in further(value.__class__).values()]
            members = {shown: item for shown, item in pairs if item is not None}
        members.setdefault("Name", unmarked(node.name)[0])
        members.update(notes)
        return PSObject(type_names(value), members, to_string=node.name)

    @property
    def folder(self) -> ItemType:
        """The kind that holds others."""
        return self._kinds.folder

    def kind(self, name: str) -> ItemType:
        """The item type of that name; a directory is a folder. Raises InvalidArgument."""
        kind = self._kinds.folder if name.lower() == _DIRECTORY else self._kinds.of(name)
        if kind is None:
            known = ", ".join(k.name for k in self._kinds.items)
            raise InvalidArgument(f"There is no item type {name}; there are {known}.", member="ItemType")
        return kind

    def kind_of(self, value: Any) -> ItemType | None:
        """The item type of a document or object."""
        for name in type_names(value):
            kind = self._kinds.of(name.rpartition(".")[2])
            if kind is not None:
                return kind
        return None

    def _visible_containers(self) -> Iterator[Container]:
        may = self._session.principal.may
        return (c for c in self._kinds.containers if c.lister.right is None or may(c.lister.right))

    def _holder(self, name: str) -> Container | None:
        return next((c for c in self._kinds.containers if c.name.lower() == name.lower()), None)

    def _held(self, holder: Container, path: tuple[str, ...]) -> Node:
        if len(path) == 1:
            return Node((holder.name,), holder=holder)
        if len(path) == 2 and holder.getter is not None:
            key = holder.getter.input(holder.getter.key[0])
            if kind_of(key.type).type_name == "System.String" and unmarked(path[1])[1] is None:
                try:
                    return self._of_holder(holder, self._session.call(holder.getter, {key.name: path[1]}))
                except Conflict:
                    return self._first_held(holder, path)
            if path[1].isascii() and path[1].isdigit():
                return self._of_holder(holder, self._session.call(holder.getter, {key.name: int(path[1])}))
        return self._first_held(holder, path)

    def _first_held(self, holder: Container, path: tuple[str, ...]) -> Node:
        if len(path) == 2:
            name, mark = unmarked(path[1])
            for node in self._all_held(holder):
                if node.name.lower() == name.lower() and mark in (None, node.mark):
                    return node
        raise NotFound(
            f"Cannot find path '{qualified(path)}' because it does not exist.", target=qualified(path)
        )

    def _all_held(self, holder: Container) -> Iterator[Node]:
        """What a predefined container holds; where several have one name, their numbers tell them apart."""
        nodes = [self._of_holder(holder, value) for value in self._session.call(holder.lister, {})]
        borne = Counter(node.name.casefold() for node in nodes)
        for node in nodes:
            if holder.number is None or borne[node.name.casefold()] == 1:
                yield node
            else:
                yield replace(node, mark=text(getattr(node.value, holder.number)), shadowed=True)

    def _of_holder(self, holder: Container, value: Any) -> Node:
        return Node((holder.name, text(getattr(value, holder.member))), value, holder=holder)

    def _listed(self, kind: ItemType, path: tuple[str, ...], *, recursive: bool) -> Iterator[Node]:
        inputs: dict[str, Any] = {kind.within: qualified(path)}
        if recursive and kind.recursive:
            inputs[kind.recursive] = True
        try:
            found = self._session.call(kind.lister, inputs)
        except JAMSError as problem:
            if problem.code == "AccessDenied":
                return
            raise
        for value in found:
            if kind.shown_as(value) == kind.name:
                yield self._of(kind, value)

    def _of(self, kind: ItemType, value: Any) -> Node:
        path = text(value.qualified_name) if getattr(value, "qualified_name", None) else ""
        parts = tuple(part for part in path.split("\\") if part)
        if parts and self._holder(parts[0]) is not None and (len(parts) > 1 or kind.holds_items):
            # A folder that has the name of a container: all paths into it tell that it is one.
            parts = (marked(parts[0], FOLDER), *parts[1:])
        return Node(parts, value, kind, mark=None if kind.holds_items else kind.name)


@cache
def _summary(struct: type[msgspec.Struct]) -> tuple[tuple[str, str], ...]:
    """The members of a summary: single values, but no long texts."""
    hints = typing.get_type_hints(struct, include_extras=True)
    return tuple(
        (shown, name)
        for shown, name in fields_of(struct).values()
        if not (kind := kind_of(hints[name])).many and kind.struct is None and not _is_long(hints[name])
    )


def _is_long(annotation: Any) -> bool:
    metas = getattr(annotation, "__metadata__", ())
    told = any((getattr(meta, "max_length", None) or 0) > _LONG for meta in metas)
    return told or any(map(_is_long, typing.get_args(annotation)))
