"""Some members of a document, and nothing about its others: what a change sends (RFC 7396).

A member that is left out stays as it is. One that is null goes back to what it would be if the document were
made without it. A list takes the place of the whole list; a document within the document is patched in turn.
What only the server writes may be there and says nothing.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Annotated, Any, ClassVar, Generic, TypeVar, Union

import msgspec
from msgspec import NODEFAULT, UNSET, Meta, Struct, UnsetType
from msgspec.structs import FieldInfo, replace

from .base import (
    MAX_ID,
    Document,
    did_you_mean,
    members_marked,
    pascal_name,
    read_only_members,
    struct_members,
    wire_name,
)
from .errors import Damaged, InvalidArgument, MissingArgument, UnknownArgument

D = TypeVar("D", bound=Document)

ObjectVersion = Annotated[
    int, Meta(ge=1, le=MAX_ID, title="ObjectVersion", description="Version of a definition.")
]
Version = Annotated[
    ObjectVersion | None,
    Meta(
        description="Its version, which grows with every change. A change that names one is only made while "
        "that is still its version.",
        extra={"version": True},
    ),
]
"""The member of a definition by which its states are told apart. The server draws it; what comes in is
compared, never stored."""


class Patch(Struct, Generic[D], rename=wire_name, kw_only=True, forbid_unknown_fields=True):
    """What :func:`patch_of` makes. In the signature of an operation ``Patch[Job]`` stands for it.

    It has the members of the document, each of which may be absent (``UNSET``) or null; so it has no methods.
    """

    document_type: ClassVar[type[Document]]


@cache
def patch_of(document: type[D]) -> type[Patch[D]]:
    """The patch of a document: ``JobPatch`` of ``Job``."""
    hints = typing.get_type_hints(document, include_extras=True)
    members = [
        (field.name, _optional(hints[field.name]), msgspec.field(name=field.encode_name, default=UNSET))
        for field in struct_members(document)
    ]
    made = msgspec.defstruct(
        f"{document.__name__}Patch",
        members,
        bases=(Patch,),
        namespace={
            "document_type": document,
            "__doc__": f"What shall be otherwise in a {document.__name__}.",
        },
        module=document.__module__,
        kw_only=True,
        forbid_unknown_fields=True,
    )
    return typing.cast(type[Patch[D]], made)


def members_named(patch: Patch[D]) -> dict[str, Any]:
    """The members that a patch names, by attribute; without those that only the server writes."""
    silent = read_only_members(patch.document_type)
    members = {name: getattr(patch, name) for name in patch.__struct_fields__ if name not in silent}
    return {name: value for name, value in members.items() if value is not UNSET}


def member_of(patch: Patch[D], name: str) -> Any:
    """What a patch says of a member; None where it says nothing, or null."""
    found = getattr(patch, name)
    return None if found is UNSET else found


@cache
def written_name(struct: type[Struct], member: str) -> str:
    """How a member, known by its attribute, is written on the wire."""
    return next(field.encode_name for field in struct_members(struct) if field.name == member)


def version_seen(patch: Patch[D]) -> int | None:
    """The version that whoever sends a patch has seen, if he says so."""
    member = version_member(patch.document_type)
    return None if member is None else member_of(patch, member)


def patched(document: D, patch: Patch[D]) -> D:
    """The document with the members of the patch; its number and version stay.

    Null for what says where it lies says nothing: it always lies somewhere.

    Raises:
        MissingArgument: a member without which there is no such document is null.
        Damaged: what is stored of the document cannot be read, and the patch does not say it whole.
    """
    members = members_named(patch)
    _check_mended(document, patch, members)
    for name in (number_member(type(document)), version_member(type(document))):
        members.pop(name or "", None)
    for name in members_marked(type(document), "place"):
        if members.get(name) is None:
            members.pop(name, None)
    for pair in references(type(document)):
        _settle(members, pair, document)
    known = {field.name: field for field in struct_members(type(document))}
    return replace(document, **{n: _patched(known[n], v, document) for n, v in members.items()})


def _check_mended(document: Document, patch: Patch[Any], members: Mapping[str, Any]) -> None:
    damage = getattr(document, "damage", None)
    if (
        damage is None
        or version_seen(patch) is not None
        or members.keys() >= clearable_members(type(document)).keys()
    ):
        return
    raise Damaged(
        f"What is stored of it cannot be read ({damage}): change it as a whole, with the version shown.",
        member=version_member(type(document)),
    )


def whole(patch: Patch[D]) -> D:
    """A new document of the members of a patch alone.

    Raises:
        MissingArgument: one that a new document must have is not among them.
    """
    document = patch.document_type
    given = {name: value for name, value in members_named(patch).items() if value is not None}
    for field in struct_members(document):
        if field.required and field.name not in given:
            raise MissingArgument(f"Give {field.encode_name}.", member=field.encode_name)
    parts = {name: whole(value) if isinstance(value, Patch) else value for name, value in given.items()}
    return typing.cast(D, document(**parts))


def without(patch: Patch[D], members: Iterable[str]) -> Patch[D]:
    """The patch that lets these members go back as well.

    They are called as at any door; one text may hold several, with commas between them.

    Raises:
        UnknownArgument: there is no such member.
        InvalidArgument: it is one that cannot go back, or the patch says what it shall be.
    """
    document = patch.document_type
    known = {
        word.casefold(): field
        for field in struct_members(document)
        for word in (field.name, field.encode_name, pascal_name(field.encode_name))
    }
    clearable = clearable_members(document)
    cleared: dict[str, None] = {}
    for word in (word for text in members for word in text.split(",")):
        field = known.get(word.strip().casefold())
        if field is None:
            near = did_you_mean(word, [each.encode_name for each in struct_members(document)])
            raise UnknownArgument(
                f"A {document.__name__} has no member {word[:100]}.{near}", member=word[:100]
            )
        if field.name not in clearable:
            raise InvalidArgument(f"{field.encode_name} cannot be cleared.", member=field.encode_name)
        if member_of(patch, field.name) is not None:
            raise InvalidArgument(f"{field.encode_name} is given, and cleared.", member=field.encode_name)
        cleared[field.name] = None
    return replace(patch, **cleared) if cleared else patch


@cache
def clearable_members(document: type[Document]) -> dict[str, str]:
    """The members that can go back to what they are by themselves: wire names by attribute."""
    kept = {number_member(document), version_member(document)}
    kept |= read_only_members(document) | members_marked(document, "place")
    kept |= members_marked(document, "write_only")  # never shown, so that null says nothing of them
    members = (field for field in struct_members(document) if not field.required and field.name not in kept)
    return {field.name: field.encode_name for field in members}


def stated(document: D, *, whole: bool = False) -> Patch[D]:
    """What a document says when it is sent as a change.

    One that was got from the server has a version, and is meant as a whole. Of one that was made by hand only
    what differs from the defaults is meant: its other members may just never have been thought of. ``whole``
    says that all are meant.
    """
    member = version_member(type(document))
    got = member is not None and getattr(document, member) is not None
    return _stated(document, everything=whole or got)


def version_member(struct: type[Struct]) -> str | None:
    """The attribute that is a document's version; None for one that has none."""
    return next(iter(members_marked(struct, "version")), None)


def number_member(struct: type[Struct]) -> str | None:
    """The attribute that is a definition's number: its first one, where that is a number."""
    first = struct.__struct_fields__[0]
    return first if first.endswith("_id") else None


@cache
def references(struct: type[Struct]) -> tuple[tuple[str, str], ...]:
    """Pairs of attributes that say one thing, by number and by name; but not the document's own."""
    names, own = struct.__struct_fields__, number_member(struct)
    pairs = ((f"{name.removesuffix('_name')}_id", name) for name in names if name.endswith("_name"))
    return tuple(pair for pair in pairs if pair[0] in names and pair[0] != own)


def default_of(field: FieldInfo) -> Any:
    """What a member is when it is not given; None for one that must be."""
    if field.default_factory is not NODEFAULT:
        return field.default_factory()
    return None if field.default is NODEFAULT else field.default


def _stated(document: D, *, everything: bool) -> Patch[D]:
    struct = type(document)
    nested = _nested(struct)
    said: dict[str, Any] = {}
    for field in struct_members(struct):
        value = getattr(document, field.name)
        if everything or field.required or value != default_of(field):
            part = field.name in nested and value is not None
            said[field.name] = _stated(value, everything=True) if part else value
    return patch_of(struct)(**said)


def _patched(field: FieldInfo, value: Any, document: Document) -> Any:
    if isinstance(value, Patch):
        present = getattr(document, field.name)
        return whole(value) if present is None else patched(present, value)
    if value is None and field.required:
        raise MissingArgument(f"{field.encode_name} cannot be null.", member=field.encode_name)
    return default_of(field) if value is None else value


def _settle(members: dict[str, Any], pair: tuple[str, str], document: Document) -> None:
    """Let a reference by number and name say one thing.

    Where only one of the two is given, or only one is another than in the document, the other holds no more.
    """
    said = [name for name in pair if members.get(name) is not None]
    counts = [name for name in said if members[name] != getattr(document, name)] or said
    if counts:
        members.update({name: None for name in pair if name not in counts})


def _optional(hint: Any) -> Any:
    """The type of a member in a patch: absent, null, what the document has, or a patch of that."""
    inner, *metas = typing.get_args(hint) if typing.get_origin(hint) is Annotated else (hint,)
    nested = _document_in(inner)
    if nested is None:
        return Union[hint, None, UnsetType]  # noqa: UP007 - the types are values here
    part: Any = Union[typing.cast(Any, patch_of(nested)), None, UnsetType]  # noqa: UP007
    return Annotated[part, *metas] if metas else part


@cache
def _nested(struct: type[Struct]) -> frozenset[str]:
    """The members that are documents themselves."""
    hints = typing.get_type_hints(struct)
    return frozenset(name for name in struct.__struct_fields__ if _document_in(hints[name]))


def _document_in(hint: Any) -> type[Document] | None:
    choices = typing.get_args(hint) if typing.get_origin(hint) in (Union, types.UnionType) else (hint,)
    found = (choice for choice in choices if isinstance(choice, type) and issubclass(choice, Document))
    return next(found, None)
