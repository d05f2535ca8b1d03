"""The tree: finds, lists and walks what is at a place."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec

from jams.objects.errors import InvalidArgument, JAMSError, NotFound
from psprovider.cmdlets.kinds import kind_of
from psprovider.endpoint.clixml.types import CUSTOM_OBJECT, OBJECT, PSObject
from psprovider.engine.patterns import has_wildcards, matches, unescaped
from psprovider.engine.surroundings import Session
from psprovider.engine.values import fields_of, text, type_names

from .kinds import Container, ItemType, kinds
from .location import noted, qualified

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
    """

    path: tuple[str, ...]
    value: Any = None
    kind: ItemType | None = None
    holder: Container | None = None

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path[-1] if self.path else ""

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

    def node(self, path: tuple[str, ...], full: bool = True) -> Node:
        """What is at a place. Raises NotFound."""
        if not path:
            return Node(path)
        holder = self._holder(path[0])
        if holder is not None:
            return self._held(holder, path)
        for kind in self._kinds.items:
            try:
                value = self._session.call(kind.getter, {kind.getter.key[0]: qualified(path)})
            except NotFound:
                continue
            except JAMSError as problem:
                if problem.code == "AccessDenied":
                    continue
                raise
            return self._of(kind, value)
        raise NotFound(
            f"Cannot find path '{qualified(path)}' because it does not exist.", target=qualified(path)
        )

    def exists(self, path: tuple[str, ...]) -> Node | None:
        """What is at a place, or None."""
        try:
            return self.node(path)
        except NotFound:
            return None

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
        for kind in self._kinds.items:
            if only is None or kind.name.lower() == only.lower():
                yield from self._listed(kind, path, recursive=False)

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
                    grouped.setdefault(_folded(node.path[:-1]), []).append(node)
        folders = only is None or only.lower() == self._kinds.folder.name.lower()
        yield from self._below(path, grouped, folders, depth)

    def _below(
        self, path: tuple[str, ...], grouped: dict[tuple[str, ...], list[Node]], show: bool, depth: int | None
    ) -> Iterator[Node]:
        below = list(self._listed(self._kinds.folder, path, recursive=False))
        if show:
            yield from below
        yield from grouped.get(_folded(path), ())
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
        """The same with everything that the server knows of it."""
        return node if node.value is None else self.node(node.path)

    def shown(self, node: Node, full: bool = True) -> PSObject:
        """A node as an object of the pipeline, with the note properties of a provider's item.

        Without ``full`` it is a summary: single values that say something. What a summary lacks it does not
        show as empty.
        """
        notes = noted(node.path, self._session.server_name, node.container)
        if node.value is None:
            names = (CONTAINER_TYPE, CUSTOM_OBJECT, OBJECT)
            return PSObject(names, {"Name": node.name or "\\", **notes}, to_string=node.name or "\\")
        value: msgspec.Struct = node.value
        if full:
            members = {shown: getattr(value, name) for shown, name in fields_of(type(value)).values()}
        else:
            pairs = [(shown, getattr(value, name)) for shown, name in _summary(value.__class__)]
            members = {shown: item for shown, item in pairs if item is not None}
        members.setdefault("Name", node.name)
        members.update(notes)
        return PSObject(type_names(value), members, to_string=node.name)

    def kind(self, name: str) -> ItemType:
        """The item type of that name. Raises InvalidArgument."""
        kind = self._kinds.of(name)
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
            if kind_of(key.type).type_name == "System.String":
                return self._of_holder(holder, self._session.call(holder.getter, {key.name: path[1]}))
            if path[1].isascii() and path[1].isdigit():
                return self._of_holder(holder, self._session.call(holder.getter, {key.name: int(path[1])}))
        elif len(path) == 2:
            for node in self._all_held(holder):
                if node.name.lower() == path[1].lower():
                    return node
        raise NotFound(
            f"Cannot find path '{qualified(path)}' because it does not exist.", target=qualified(path)
        )

    def _all_held(self, holder: Container) -> Iterator[Node]:
        for value in self._session.call(holder.lister, {}):
            yield self._of_holder(holder, value)

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
            yield self._of(kind, value)

    def _of(self, kind: ItemType, value: Any) -> Node:
        path = text(value.qualified_name) if getattr(value, "qualified_name", None) else ""
        parts = tuple(part for part in path.split("\\") if part)
        return Node(parts, value, kind)


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


def _folded(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.casefold() for part in path)
