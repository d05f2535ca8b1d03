"""What operations that make or change a definition have without declaring it. Declares no operation.

All of them take the version that their caller has seen: with a patch it is a member of the document,
otherwise an input. Those that take a patch can let members go back, and have routes at which one object is
patched. Who makes or changes one whose document tells what is not obeyed may ask for leniency.
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, UnsetType

from jams.objects.base import Text
from jams.objects.errors import PreconditionFailed
from jams.objects.patch import ObjectVersion, Patch, patch_of, without
from jams.objects.preconditions import ALWAYS, Precondition

from .model import Operation

SEEN = "version"
"""The input of operations that change a definition: the version that the caller has seen."""

CLEARED = "clear"
"""The input of operations that take a patch: members that go back to what they are by themselves."""

NOT_OBEYED = "not_obeyed"
"""The member of a document that tells what of it this server does not do."""

LENIENT = "lenient"
"""The input of operations that make or change a definition: whether what is not obeyed is kept."""

Template = tuple[str, str, tuple[str, ...] | None]
"""Verb, path and the names in the query, as far as these are told."""

VERSION = inspect.Parameter(
    SEEN, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None, annotation=ObjectVersion | None
)
CLEAR = inspect.Parameter(
    CLEARED, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None, annotation=list[Text] | None
)
LENIENCY = inspect.Parameter(
    LENIENT, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None, annotation=bool | None
)
TOLD = {
    SEEN: "do it only if the definition still has this version.",
    CLEARED: "members that go back to what they are by themselves, as a null says in JSON.",
    LENIENT: "keep what is known and not supported here, rather than refuse it; the answer names it.",
}


def resolved(kind: Any) -> Any:
    """A declared type, with the struct that ``Patch[Job]`` stands for."""
    return patch_of(typing.get_args(kind)[0]) if typing.get_origin(kind) is Patch else kind


def tells_what_is_not_obeyed(kind: Any) -> bool:
    """Whether it is a document, or the patch of one, that tells what of it is not obeyed."""
    return isinstance(kind, type) and issubclass(kind, Struct) and NOT_OBEYED in kind.__struct_fields__


def without_unset(kind: Any) -> Any:
    """The type of an argument without ``UNSET``, which is what it is when it is not given."""
    if typing.get_origin(kind) is typing.Annotated:
        inner, *metas = typing.get_args(kind)
        return typing.Annotated[without_unset(inner), *metas]
    choices = typing.get_args(kind)
    if UnsetType not in choices:
        return kind
    left = tuple(choice for choice in choices if choice is not UnsetType)
    return typing.Union[left]  # noqa: UP007 - the types are values here


def is_patch(kind: Any) -> bool:
    """Whether the type is a patch."""
    return isinstance(kind, type) and issubclass(kind, Patch)


def with_patches(template: Template, key: Sequence[str], scalars: Sequence[str]) -> Iterator[Template]:
    """A route, and beside a ``PUT`` those at which a single object is patched (RFC 5789).

    Args:
        template: the route, as declared.
        key: the inputs that name the object: its number in the path, its name in the query.
        scalars: all inputs outside of the body.
    """
    verb, path, query = template
    others = tuple(name for name in scalars if name not in key)
    yield verb, path, others if query is None else query
    if verb == "PUT":
        for name in key:
            if name == "id":
                yield "PATCH", f"{path}/{{id}}", others
            elif f"{{{name}}}" not in path:
                yield "PATCH", path, (name, *others)


def leniency(operation: Operation) -> bool:
    """Whether leniency can be asked of an operation."""
    return operation.changes and operation.body is not None and tells_what_is_not_obeyed(operation.body_type)


def demanded(
    operation: Operation, arguments: Mapping[str, Any], condition: Precondition
) -> tuple[dict[str, Any], Precondition]:
    """The own arguments of an operation's function, and what must hold according to the request and to them.

    A version in a patch is left there, for who finds the object.

    Raises:
        InvalidArgument: members are cleared that are not there, or cannot be.
        PreconditionFailed: something is demanded of what has no version.
    """
    own = dict(arguments)
    own.pop(LENIENT if leniency(operation) else "", None)
    if not operation.versioned:
        if condition != ALWAYS:
            raise PreconditionFailed("What this is done to has no version, so it cannot have the one named.")
        return own, condition
    if not operation.patches or operation.body is None:
        return own, condition.also(own.pop(SEEN, None))
    patch = own[operation.body.parameter]
    own[operation.body.parameter] = without(patch, own.pop(CLEARED, None) or ())
    return own, condition
