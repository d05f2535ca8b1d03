"""Changing a definition, or making it where its document alone says which. Declares no operation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection

from jams.database import versions
from jams.objects.base import Document
from jams.objects.errors import AccessDenied, NotFound
from jams.objects.patch import Patch, version_seen, whole
from jams.security.rights import AreaRight

from .context import Context

D = TypeVar("D", bound=Document)


def check_may_make(context: Context, right: AreaRight, kind: str, name: object) -> None:
    """See that a caller who changes what is not there may make it. Raises AccessDenied."""
    caller = context.caller
    if not caller.may(right):
        raise AccessDenied(
            f"There is no {kind} {name}, and {caller.account} lacks the right {right} to create it.",
            target=str(right),
        )


def changed_or_made(
    context: Context,
    patch: Patch[D],
    *,
    change: Callable[[Connection], D],
    create: Callable[[Connection, D], D],
    missing: type[NotFound],
    right: AreaRight,
    kind: str,
    name: str,
) -> tuple[D, str]:
    """Change a definition, or make it if there is none of the name and place that its document gives.

    Args:
        context: the call.
        patch: what shall be otherwise, or else the whole of the new one.
        change: changes it.
        create: makes it.
        missing: what ``change`` raises where it is not there.
        right: what it takes to make one.
        kind: what it is, for people.
        name: the attribute of its name.

    Returns:
        The document then, and what was done, as a word.

    Raises:
        AccessDenied: it is not there, and the caller may not make one.
        MissingArgument: it is not there, and the document lacks what a new one must have.
        PreconditionFailed: it is not there, and the caller wants one that is.
    """

    def work(c: Connection) -> tuple[D, str]:
        try:
            return change(c), "changed"
        except missing as error:
            if not error.meant_by_document:
                raise
        document = whole(patch)
        named: Any = getattr(document, name)
        versions.check_absent(context.condition.also(version_seen(patch)), kind, named)
        made = create(c, document)
        check_may_make(context, right, kind.lower(), named)
        return made, "created"

    return context.write(work)
