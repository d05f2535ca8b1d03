"""All that an entry may wait for, in the order in which it is asked for (semantics 2.4).

The first that is shut is where the entry stands. What comes last, capacity, is not looked at here: it is
given out in order (:mod:`jams.scheduler.granting`). A setup or sequence takes none of it: its members do.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from jams.database.endings import Ends
from jams.database.methods import is_container
from jams.database.reading import Found
from jams.database.sight import EVERYTHING, Sight

from .. import passing
from . import capacity, files, instances, jobs, prechecks, steps, times, variables, windows
from .base import Look, Shut, Subject

BEFORE_CAPACITY: tuple[Look, ...] = (
    times.hold,
    steps.step,
    times.time,
    windows.window,
    jobs.jobs,
    variables.variables,
    files.files,
    prechecks.precheck,
    instances.cancelled,
)

_DEPENDENCIES: tuple[Look, ...] = (jobs.jobs, variables.variables, files.files)
"""All of these are told, when one of them is shut: whoever asks wants to know all that is missing."""


def met_by(subject: Subject) -> list[str]:
    """What meets the dependencies of an entry that they let on, in sentences."""
    return [*jobs.told_of(subject), *variables.told_of(subject), *files.told_of(subject)]


def subject_of(
    c: Connection, row: Found, now: datetime, sight: Sight = EVERYTHING, known: Ends | None = None
) -> Subject:
    """An entry as it is looked at; ``known`` are the last ends, where many are looked at."""
    return Subject(c, row, now, passing.kinds(row.passed), sight, known=known)


def look(c: Connection, row: Found, now: datetime, sight: Sight = EVERYTHING) -> Shut | None:
    """What stands before an entry, told to who sees so far; None when nothing does."""
    return before(subject_of(c, row, now, sight))


def before(subject: Subject) -> Shut | None:
    """What stands before an entry that is looked at; None when nothing does."""
    for ask in BEFORE_CAPACITY:
        shut = ask(subject)
        if shut is not None:
            return _together(subject, shut) if ask in _DEPENDENCIES else shut
    if is_container(subject.row.rest.method_name):
        return instances.another(subject)
    return capacity.capacity(subject)


def _together(subject: Subject, first: Shut) -> Shut:
    shuts = [shut for ask in _DEPENDENCIES if (shut := ask(subject)) is not None]
    if len(shuts) < 2:
        return first
    return Shut(
        first.state,
        lambda: [reason for shut in shuts for reason in shut.explain()],
        topics=frozenset().union(*(shut.topics for shut in shuts)),
        files=frozenset().union(*(shut.files for shut in shuts)),
    )
