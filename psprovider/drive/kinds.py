"""The kinds of items the drive shows, found in the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

import msgspec
from msgspec import Struct

from jams.objects.base import Document, snake_name
from jams.operations import CATALOGUE
from jams.operations.catalogue import Catalogue, Operation
from psprovider.cmdlets.kinds import kind_of, lists

_HELD = ("source", "value")


@dataclass(frozen=True)
class ItemType:
    """A kind of item that lives in folders.

    Attributes:
        struct: its document.
        lister: lists those of a folder; ``within`` is its input that takes the folder's path.
        getter: gives one by its path.
        creator, changer, remover: what can be done to it, as far as there are operations.
        content: gives its content as text.
        also: the kinds whose items are items of this one as well: name, member and value that tell them.
    """

    struct: type[Struct]
    lister: Operation
    within: str
    getter: Operation
    creator: Operation
    changer: Operation | None
    remover: Operation | None
    content: Operation | None
    also: tuple[tuple[str, str, str], ...] = ()

    @property
    def name(self) -> str:
        """What New-Item -ItemType calls it."""
        return self.struct.__name__

    @cached_property
    def own(self) -> str:
        """The member that is its name."""
        return self.creator.binding.path[-1]

    @cached_property
    def parent(self) -> str:
        """The member that is its folder's path."""
        return self.creator.binding.path[0]

    @cached_property
    def number(self) -> str | None:
        """The member that is its number."""
        name = f"{self.own.removesuffix('_name')}_id"
        return name if name in {field.name for field in msgspec.structs.fields(self.struct)} else None

    @cached_property
    def holds(self) -> str | None:
        """The member that is what it holds, as Get-Content shows it, or None."""
        names = {field.name for field in msgspec.structs.fields(self.struct)}
        return next((name for name in _HELD if name in names), None)

    def shown_as(self, value: Any) -> str:
        """The name of the kind as which an item is shown: a setup is a job, but shown as a setup."""
        for name, member, held in self.also:
            if getattr(value, member, None) == held:
                return name
        return self.name

    @property
    def recursive(self) -> str | None:
        """The lister's input that makes it look into the folders below."""
        names = self.lister.binding.names.items()
        return next((name for name, shown in names if shown == "Recurse"), None)

    @property
    def holds_items(self) -> bool:
        """Whether it is the folder itself."""
        offer = self.lister.offers.get(self.within)
        return offer is not None and offer.operation == self.lister.name


@dataclass(frozen=True)
class Container:
    """A directory of the root that holds what an operation lists.

    Attributes:
        name: its name.
        lister: lists what is in it.
        member: the member of its items that is their name.
        getter: gives one by the key that is its name, or None.
        content: gives the content of one as text.
    """

    name: str
    lister: Operation
    member: str
    getter: Operation | None
    content: Operation | None

    @cached_property
    def number(self) -> str | None:
        """The member of its items that is their number, or None."""
        struct = kind_of(self.lister.result).struct
        names = () if struct is None else struct.__struct_fields__
        return next((name for name in names if name.endswith("_id")), None)


@dataclass(frozen=True)
class Kinds:
    """Everything the drive can show."""

    items: tuple[ItemType, ...]
    containers: tuple[Container, ...]

    @property
    def folder(self) -> ItemType:
        """The kind that holds others."""
        return next(kind for kind in self.items if kind.holds_items)

    def of(self, name: str) -> ItemType | None:
        """The item type of that name, in any case."""
        return next((kind for kind in self.items if kind.name.lower() == name.lower()), None)


@cache
def kinds(catalogue: Catalogue) -> Kinds:
    """What the drive shows of a catalogue; folders come first."""
    items = sorted(_items(catalogue), key=lambda kind: (not kind.holds_items, kind.name))
    whole = tuple(replace(kind, also=tuple(_also(kind.name, items))) for kind in items)
    return Kinds(whole, tuple(_containers(catalogue)))


def words(*parameters: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """What is offered while somebody types a kind of item, for the parameters that take one."""
    return {"words": dict.fromkeys(parameters, tuple(kind.name for kind in kinds(CATALOGUE).items))}


def _also(name: str, items: Iterable[ItemType]) -> Iterator[tuple[str, str, str]]:
    for kind in items:
        told = kind.struct.also if issubclass(kind.struct, Document) else None
        if told is not None and told[0] == name:
            yield kind.name, told[1], told[2]


def _items(catalogue: Catalogue) -> Iterator[ItemType]:
    for creator in catalogue:
        struct = creator.document
        if not creator.created or struct is None or not creator.binding.path:
            continue
        getter = next((o for o in catalogue if o.result is struct and o.key), None)
        lister = next((o for o in catalogue if o.lists and kind_of(o.result).struct is struct), None)
        within = next((n for n, offer in lister.offers.items() if offer.within), None) if lister else None
        if getter is None or lister is None or within is None:
            continue
        family = [o for o in catalogue if o.service == creator.service]
        yield ItemType(
            struct=struct,
            lister=lister,
            within=within,
            getter=getter,
            creator=creator,
            changer=next((o for o in family if o.document is struct and o.changes and not o.created), None),
            remover=next((o for o in family if any(r.verb == "DELETE" for r in o.routes)), None),
            content=next((o for o in family if o.binding.content), None),
        )


def own_name(catalogue: Catalogue, struct: type[Struct] | None) -> str | None:
    """The member that is the name of what lives in folders; None of anything else."""
    creators = (o for o in catalogue if o.created and o.document is struct and o.binding.path)
    return next((o.binding.path[-1] for o in creators), None)


def _containers(catalogue: Catalogue) -> Iterator[Container]:
    for lister in catalogue:
        if lister.binding.container is None:
            continue
        struct = kind_of(lister.result).struct
        getter = next((o for o in catalogue if lists(struct, o.result) and o.key), None)
        inputs = {item.name for item in lister.inputs}
        offered = (
            o.member for other in catalogue for o in other.offers.values() if o.operation == lister.name
        )
        pattern = lister.binding.pattern
        member = pattern if pattern and pattern not in inputs else own_name(catalogue, struct)
        member = member or next(offered, None)
        if member is None:
            continue
        family = [o for o in catalogue if getter is not None and o.service == getter.service]
        yield Container(
            name=lister.binding.container,
            lister=lister,
            member=snake_name(member),
            getter=getter,
            content=next(
                (o for o in family if o.binding.content and o.key == (getter.key if getter else ())), None
            ),
        )
