"""The entries of members: made when their setup or sequence begins, each by its job as it is then.

A member that cannot be made is there all the same, and ends with the reason when its turn comes: nothing is
passed over in silence. One that is not submitted on the day has no entry, and the audit trail says so.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from jams.database import definition_stamps, entries, methods, names, numbers, parameters
from jams.database.agents import LOCAL_ID
from jams.database.reading import Found
from jams.dates import evaluate, runs_on
from jams.dates.zones import instant, time_zone
from jams.objects.actors import SCHEDULER
from jams.objects.enums import EntryState, InitiatorType, MemberStage, Severity
from jams.objects.errors import CircularDependency, JAMSError, JobNotFound
from jams.objects.parts import ParamDef, PropertyData, PropertyValue
from jams.objects.plan import GivenValue, Member, MemberRule, Plan
from jams.objects.schedule import SubmitInfo, SubmitParam

from .. import submission, submittable
from ..filling import Carried, handed_on
from ..submission import Origin
from ..surroundings import Surroundings

MOST = 100
"""Members that one turn makes at most."""

DEFAULT_GOOD = Severity.WARNING
"""The worst severity of a member that is good where nobody says so: what is no failure elsewhere either."""


def make(c: Connection, row: Found, plan: Plan, begin: int, now: datetime.datetime) -> int:
    """Make the members of an entry from a place on; the place at which to go on."""
    making = _Making(c, row, plan, now)
    members = [place for place in range(begin, len(plan.nodes)) if plan.nodes[place].member is not None]
    wanted = [columns for place in members[:MOST] if (columns := making.entry_of(place)) is not None]
    if wanted:
        making.add(wanted)
    return members[MOST] if len(members) > MOST else len(plan.nodes)


def make_anew(c: Connection, row: Found, parent: Found, plan: Plan, now: datetime.datetime) -> None:
    """Give a member that could not be made what its job says now. Raises JAMSError when it still cannot."""
    columns = _Making(c, parent, plan, now).columns(row.place)
    keep = ("state", "held", "since", "scheduled_time", "ready_at")
    changed = {name: value for name, value in columns.items() if name not in keep}
    changed["job_name_key"] = names.fold(columns["job_name"])
    entries.change(c, row.number, **changed)


class _Making:
    """Makes members of one entry."""

    def __init__(self, c: Connection, row: Found, plan: Plan, now: datetime.datetime) -> None:
        self._c = c
        self._row = row
        self._plan = plan
        self._now = now
        self._stamp = definition_stamps.stamp(c)
        self._around = Surroundings(c)
        self._own = self._definition()
        self._zone = (self._own.meaning("TimeZone") if self._own else None) or self._around.zone
        self.day: datetime.date = row.day or row.scheduled_time.astimezone(time_zone(self._zone)).date()
        self._above: set[int] | None = None
        self._given = {names.fold(each.param_name): each for each in row.rest.parameters}

    def _definition(self) -> submittable.Submittable | None:
        try:
            return submittable.of_number(self._c, self._stamp, self._row.job_id or 0)
        except JAMSError:
            return None

    def entry_of(self, place: int) -> dict[str, Any] | None:
        """The columns of the entry of a member, but for its numbers; None: it is not submitted on the day."""
        member = self._plan.nodes[place].member
        assert member is not None
        try:
            if not self._wanted(member):
                self._tell(f"{member.name} is not submitted: {self.day} is none of its days.")
                return None
            columns = self.columns(place)
        except JAMSError as error:
            columns = self._stand_in(place, member, error.message)
        return {
            **columns,
            "parent": self._row.number,
            "parent_ron": self._row.ron,
            "place": place,
            "branch": self._plan.branch(place),
            "stage": MemberStage.WAITS,
            "state": EntryState.STEP_WAIT,
            "look_at": None,
        }

    def add(self, wanted: Sequence[Mapping[str, Any]]) -> None:
        """Put members into the schedule, those with the same columns together."""
        drawn, _ = numbers.for_submissions(self._c, len(wanted))
        alike: dict[frozenset[str], list[Mapping[str, Any]]] = defaultdict(list)
        lines = []
        for columns, (number, ron) in zip(wanted, drawn, strict=True):
            alike[frozenset(columns)].append({**columns, "number": number, "ron": ron})
            told = f"Entry {number} was submitted as a member of entry {self._row.number}."
            lines.append(entries.Line(number, told))
        for rows in alike.values():
            entries.add(self._c, *rows)
        entries.add_audits(self._c, SCHEDULER, lines)

    def _tell(self, message: str) -> None:
        entries.add_audit(self._c, self._row.number, user=SCHEDULER, message=message)

    def columns(self, place: int) -> dict[str, Any]:
        """The columns of a member by its job. Raises JAMSError when it cannot be submitted."""
        member = self._plan.nodes[place].member
        assert member is not None
        if not self._is_there(member):
            raise JobNotFound(f"There is no job {member.name}.", target=member.name)
        if member.job_id in self._containing():
            raise CircularDependency(f"{member.name} contains itself.", target=member.name)
        job = submittable.of_number(self._c, self._stamp, member.job_id)
        day = self._day_of(member)
        info = SubmitInfo(
            submit_id=member.job_id,
            override_name=member.title or None,
            parameters=self._parameters(job, member),
            properties=self._properties(member, job),
            debug_mode=self._row.rest.debug,
            after_time_utc=self._after(member, day),
        )
        return submission.columns_of(
            self._c,
            self._stamp,
            info,
            user=self._row.submitted_by,
            origin=self._origin,
            day=day,
            member=self._rule(place, member, job),
        )

    def _containing(self) -> set[int]:
        """The setups in which the member lies; one that was kept in leniency may lie in itself."""
        if self._above is None:
            self._above, row = {self._row.job_id}, self._row
            while row.parent is not None:
                row = entries.row(self._c, row.parent)
                self._above.add(row.job_id)
        return self._above

    @property
    def _origin(self) -> Origin:
        setup = self._row.rest.method_name == methods.SETUP
        return Origin(InitiatorType.SETUP if setup else InitiatorType.SEQUENCE, self._row.number)

    def _rule(self, place: int, member: Member, job: submittable.Submittable | None) -> MemberRule:
        said = job.meaning("MinimumCompletionSeverity") if job is not None else None
        return MemberRule(
            good=member.good or said or DEFAULT_GOOD,
            on_failure=member.on_failure,
            wait_for=member.wait_for,
            step=self._plan.step(place),
            setup=names.join(self._row.folder_name, self._row.job_name),
        )

    def _wanted(self, member: Member) -> bool:
        """Whether it is submitted on the day."""
        if member.only_on and not runs_on(member.only_on, self.day, self._calendar()):
            return False
        return not (member.except_for and runs_on(member.except_for, self.day, self._calendar()))

    def _calendar(self) -> Any:
        reference = self._own.meaning("Calendar", self._row.rest.properties) if self._own else None
        return self._around.calendar(self._around.calendar_id(reference))

    def _day_of(self, member: Member) -> datetime.date:
        return evaluate(member.for_date, self.day, self._calendar()) if member.for_date else self.day

    def _after(self, member: Member, day: datetime.date) -> datetime.datetime | None:
        if member.at is None and not member.for_date:
            return None
        second = member.at or 0
        time = datetime.time(second // 3600, second // 60 % 60, second % 60)
        return instant(day, time, time_zone(self._zone))[0]

    def _properties(self, member: Member, job: submittable.Submittable) -> list[PropertyValue]:
        said: Mapping[str, PropertyData] = {
            "ExecuteAs": member.execute_as or self._execute_as(job),
            "Agent": member.agent,
            "BatchQueue": member.queue,
            "SchedulingPriority": self._row.priority or None,
        }
        return [
            PropertyValue(property_name=name, current_value=value)
            for name, value in said.items()
            if value is not None
        ]

    def _execute_as(self, job: submittable.Submittable) -> PropertyData:
        """The credential of the setup, for a member whose job has none."""
        rest = self._row.rest
        if job.meaning("ExecuteAs") is not None:
            return None
        return rest.execute_as or (rest.execute_as_id and {"credentialID": rest.execute_as_id})

    def _parameters(self, job: submittable.Submittable, member: Member) -> list[SubmitParam]:
        """What a member is given: what was submitted, else what is said of it, else its setup's own."""
        own = {names.fold(each.name): each for each in member.values}
        found: dict[str, SubmitParam] = {}
        for offered in job.parameters:
            key = names.fold(offered.param_name)
            given = self._given.get(key)
            name = offered.param_name
            if given is not None and (given.loaded_from != "Default" or key not in own):
                if given.encryption_id is not None:
                    value: SubmitParam = Carried(param_name=name, carries=given.encryption_id)
                else:
                    value = SubmitParam(param_name=name, param_value=given.value)
            elif key in own:
                value = self._value(own[key], name)
            else:
                continue
            if value.param_value is not None or isinstance(value, Carried):
                found[key] = value
        for key, each in own.items():
            # The job is asked to take it, and says that it has no such parameter.
            found.setdefault(key, self._value(each, each.name))
        return list(found.values())

    def _value(self, given: GivenValue, name: str) -> SubmitParam:
        if not given.variable:
            return SubmitParam(param_name=name, param_value=given.value)
        linked = ParamDef(param_name=name, variable_name=given.variable)
        return handed_on(name, parameters.linked_variable(self._c, linked, self._row.folder_id))

    def _stand_in(self, place: int, member: Member, reason: str) -> dict[str, Any]:
        """The columns of a member that cannot be made."""
        rest = entries.EntryRest(display_name=member.title or None, unmade=reason)
        origin = self._origin
        rest.initiator_type, rest.initiator_id, rest.fired = origin.kind, origin.number, origin.fired
        rest.member = self._rule(place, member, None)
        name = member.name.rpartition("\\")[2]
        return {
            "job_id": member.job_id if self._is_there(member) else None,
            "job_name": name or member.name,
            "folder_id": self._row.folder_id,
            "folder_name": self._row.folder_name,
            "method_id": self._row.method_id,
            "agent_id": LOCAL_ID,
            "submitted_by": self._row.submitted_by,
            "demands": True,
            "ready_at": self._now,
            "since": self._now,
            "held": False,
            "priority": self._row.priority,
            "scheduled_time": self._now,
            "restart_count": 0,
            "source": "",
            "document": entries.encode_rest(rest),
        }

    def _is_there(self, member: Member) -> bool:
        if not member.job_id:
            return False
        try:
            submittable.of_number(self._c, self._stamp, member.job_id)
        except JobNotFound:
            return False
        return True
