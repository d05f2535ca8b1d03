"""What an entry waits for besides its time and its agent: read from the definition, kept with the entry.

What other objects are called is kept beside their numbers, for words alone: they are found by number. A
number of 0 stands for what did not exist when the entry was made.
"""

from __future__ import annotations

import datetime

from msgspec import Struct

from .enums import ComparisonOperator, MissedWindowAction, Severity, SingleInstanceAction


class JobNeed(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Another job has to have ended (semantics 2.9).

    Attributes:
        job_id: the other job.
        name: its path.
        severity: how well it has to have ended, at least.
        since_id: the job since whose last end the other has to have ended.
        since_name: its path.
        since_severity: how well that one has to have ended, at least; None: anyhow.
        within: how many seconds ago the other may have ended, at most.
        all_instances: whether none of its entries may be left in the schedule either.
        day: for which day the other has to have run; None: for any.
    """

    job_id: int
    name: str
    severity: Severity = Severity.SUCCESS
    since_id: int | None = None
    since_name: str = ""
    since_severity: Severity | None = None
    within: int | None = None
    all_instances: bool = False
    day: datetime.date | None = None


class VariableNeed(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A variable has to have a value."""

    variable_id: int
    name: str
    operator: ComparisonOperator = ComparisonOperator.EQUAL
    value: str = ""


class FileNeed(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A file has to be there, or must not be; the last part of the path may hold ``*`` and ``?``."""

    path: str
    present: bool = True
    agent_id: int = 1


class WindowNeed(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The part of the day in which it may start.

    Attributes:
        named_time_id: the named time that says so, or else
        start: seconds after midnight, and
        end: seconds after midnight; one before the start lies on the next day.
        name: of the named time.
        zone: the zone of these times.
        action: what happens when it closes first.
    """

    named_time_id: int | None = None
    start: int = 0
    end: int = 0
    name: str = ""
    zone: str = "UTC"
    action: MissedWindowAction = MissedWindowAction.NO_ACTION


class PrecheckNeed(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Another job says whether it may start, and runs again ``delay`` seconds after a run that did not."""

    job_id: int
    name: str
    delay: int | None = None


class ResourceNeed(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """So much of a resource has to be free."""

    resource_id: int
    name: str
    quantity: int = 1


class Needs(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """All that an entry waits for, in the order in which it is asked for (semantics 2.4).

    Attributes:
        queue_name: the name of the queue whose number is a column of the entry.
        any_agent: whether it runs on whichever agent of the queue has the fewest runs.
        single_instance: what it does while another entry of its job runs.
    """

    window: WindowNeed | None = None
    jobs: tuple[JobNeed, ...] = ()
    variables: tuple[VariableNeed, ...] = ()
    files: tuple[FileNeed, ...] = ()
    precheck: PrecheckNeed | None = None
    resources: tuple[ResourceNeed, ...] = ()
    queue_name: str = ""
    any_agent: bool = False
    single_instance: SingleInstanceAction = SingleInstanceAction.NO_ACTION


class Retry(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """How often a run that failed is tried again, and how many seconds after its end."""

    count: int = 0
    interval: int = 0


NOTHING = Needs()
