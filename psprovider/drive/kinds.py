"""The kinds of items the drive shows, found in the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import msgspec
from msgspec import Struct

from jams.objects.base import snake_name
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
    """

    struct: type[Struct]
    lister: Operation
    within: str
    getter: Operation
    creator: Operation
    changer: Operation | None
    remover: Operation | None
    content: Operation | None

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
    return Kinds(tuple(items), tuple(_containers(catalogue)))


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
        member = pattern if pattern and pattern not in inputs else next(offered, None)
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
