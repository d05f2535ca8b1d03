"""Personal access tokens: what a person gives a program in place of his password."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from .base import Arguments, Fact, Label, Name, ObjectId, Path, Timestamp

RightName = Annotated[str, Meta(min_length=1, max_length=128, extra={"text": "label"})]


class PersonalToken(Fact, frozen=True, kw_only=True):
    """A personal access token; the token itself is shown once, when it is made.

    ``rights`` are those that it is narrowed to, none if it has all of its account; it never gives more than
    the account has at the time.
    """

    token_id: ObjectId
    token_name: Annotated[str, Meta(description="What it is for.")]
    user_name: Annotated[str, Meta(description="The account whose token it is.")]
    rights: Annotated[tuple[str, ...], Meta(description="What it is narrowed to; none: nothing.")] = ()
    created_utc: Annotated[Timestamp, Meta(description="When it was made.")]
    expires_utc: Annotated[Timestamp, Meta(description="Until when it holds.")]
    folders: Annotated[
        tuple[str, ...], Meta(description="Paths of the folders it is limited to; none: it is not.")
    ] = ()
    operations: Annotated[
        tuple[str, ...], Meta(description="Names of the operations it is limited to; none: it is not.")
    ] = ()
    read_only: Annotated[bool, Meta(description="Whether nothing is changed by it.")] = False


class IssuedToken(Fact, frozen=True, kw_only=True):
    """A personal access token as it is given to its owner. Nobody can show it again."""

    token_id: ObjectId
    token_name: Annotated[str, Meta(description="What it is for.")]
    token: Annotated[str, Meta(description="The token, which is shown this once.")]
    expires_utc: Annotated[Timestamp, Meta(description="Until when it holds.")]


class NewToken(Arguments, frozen=True, kw_only=True):
    """A personal access token to be made."""

    token_name: Annotated[Label, Meta(description="What it is for; each of an account has another name.")]
    rights: Annotated[
        list[RightName],
        Meta(
            description="The rights it is narrowed to, as Monitor.SeeOwn; all of the account, if not given."
        ),
    ] = []
    expires: Annotated[
        Timestamp | None, Meta(description="Until when it holds, at most a year; 90 days if not given.")
    ] = None
    folders: Annotated[
        list[Path],
        Meta(
            description="The folders it is limited to, with all below them; it follows them when they move. "
            "None: it is not."
        ),
    ] = []
    operations: Annotated[
        list[Name],
        Meta(description="Names of the operations it is limited to, as find_entries. None: it is not."),
    ] = []
    read_only: Annotated[bool, Meta(description="Whether nothing is changed by it.")] = False
    user_name: Annotated[
        Name | None,
        Meta(
            description="The service account whose token it shall be, which takes the right "
            "AccessControl.Change; the caller's own, if none is named."
        ),
    ] = None
