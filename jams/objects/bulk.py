"""What is done to many at once: what is asked for, and what became of each."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from .base import Count, Document, EntryNumber, Fact
from .errors import ErrorDocument
from .schedule import Cancel, Comment, Release, Restart, SubmitInfo

MOST_AT_ONCE = 1000
"""Things that one call does at most."""

EntryNumbers = Annotated[
    list[EntryNumber],
    Meta(min_length=1, max_length=MOST_AT_ONCE, description="Numbers of the entries, up to 1,000."),
]


class Submissions(Document, kw_only=True):
    """Submissions that are made together, up to 1,000; each is what ``submit`` takes."""

    submissions: Annotated[
        list[SubmitInfo],
        Meta(min_length=1, max_length=MOST_AT_ONCE, description="The submissions, up to 1,000."),
    ]


class SubmitOutcome(Fact, frozen=True, kw_only=True):
    """What became of one of several submissions: the entry it made, or why it made none (entry 0)."""

    jams_entry: Count = 0
    ron: Count = 0
    result_text: str = ""
    not_obeyed: tuple[str, ...] = ()
    error: ErrorDocument | None = None


class EntryOutcome(Fact, frozen=True, kw_only=True):
    """What became of one of several entries: what was done to it, or why nothing was."""

    jams_entry: EntryNumber
    result_text: str = ""
    error: ErrorDocument | None = None


class HoldEntries(Comment, frozen=True, kw_only=True):
    """Which entries are held."""

    entries: EntryNumbers


class ReleaseEntries(Release, frozen=True, kw_only=True):
    """Which entries are released, and how."""

    entries: EntryNumbers


class RestartEntries(Restart, frozen=True, kw_only=True):
    """Which entries are restarted, and how."""

    entries: EntryNumbers


class CancelEntries(Cancel, frozen=True, kw_only=True):
    """Which entries are cancelled, and how."""

    entries: EntryNumbers
