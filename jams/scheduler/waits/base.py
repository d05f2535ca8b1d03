"""What the kinds of waits have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from jams.database.endings import End, Ends
from jams.database.reading import Found
from jams.database.sight import EVERYTHING, Sight
from jams.objects.enums import EntryState, ReleaseType, Severity
from jams.objects.needs import NOTHING, JobNeed, Needs
from jams.objects.waits import EntryWait

Explain = Callable[[], list[EntryWait]]
"""Says in words what is missing; it may ask more than the look did."""


@dataclass(frozen=True, slots=True)
class Shut:
    """What stands before an entry.

    Attributes:
        state: the state of an entry that stands before it.
        explain: what is missing, as documents.
        topics: what may open it, see :mod:`jams.scheduler.topics`.
        look_at: when time may open it.
        capacity: whether it waits for its turn at what is given out in order.
        files: the files it asks about, as (agent, path).
        refusal: why the entry is to be ended instead, and
        severity: with which severity.
    """

    state: EntryState
    explain: Explain
    topics: frozenset[str] = frozenset()
    look_at: datetime | None = None
    capacity: bool = False
    files: frozenset[tuple[int, str]] = field(default_factory=frozenset)
    refusal: str = ""
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Subject:
    """An entry that is looked at.

    Attributes:
        c: where everything is read.
        row: its row.
        now: the time.
        passed: the kinds of release by which it passes.
        sight: how far those see who are told; what is looked at does not depend on it.
        ends: the ends that were asked for while it is looked at, by what needs them.
        known: the last ends of jobs, as they are known to whoever looks at many.
    """

    c: Connection
    row: Found
    now: datetime
    passed: frozenset[ReleaseType]
    sight: Sight = EVERYTHING
    ends: dict[JobNeed, End | None] = field(default_factory=dict, compare=False)
    known: Ends | None = field(default=None, compare=False)

    @property
    def needs(self) -> Needs:
        """What it waits for, by its definition."""
        needs: Needs = self.row.rest.needs or NOTHING
        return needs

    @property
    def endings(self) -> Ends:
        """The last ends of jobs."""
        return self.known or Ends(self.c)

    def wait(self, **members: object) -> EntryWait:
        """A reason of this entry."""
        return EntryWait(jams_entry=self.row.number, current_state=None, **members)  # type: ignore[arg-type]


Look = Callable[[Subject], Shut | None]
"""Whether one kind of thing stands before an entry; changes nothing."""
