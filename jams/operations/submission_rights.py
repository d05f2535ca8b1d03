"""Who may submit otherwise than the job leaves open. Declares no operation."""

from __future__ import annotations

from jams.objects.errors import AccessDenied
from jams.scheduler.departures import Departure
from jams.scheduler.submission import Permit, permit_all
from jams.scheduler.submission_members import Kind
from jams.security.rights import AreaRight, JobDefinitions, Monitor, VariableDefinitions

from .context import Context

RIGHTS: dict[Kind, tuple[AreaRight, ...]] = {
    Kind.DEFINITION: (JobDefinitions.CHANGE,),
    Kind.STEERING: (Monitor.MANAGE, JobDefinitions.CHANGE),
    Kind.SECRET: (VariableDefinitions.DECRYPT,),
}
"""What a departure takes: one of these rights."""


def permit_of(context: Context) -> Permit:
    """How far the caller may depart: as far as he could get by changing the job, or the entry afterwards."""
    caller = context.caller
    refused = {kind for kind, rights in RIGHTS.items() if not any(map(caller.may, rights))}
    if not refused:
        return permit_all

    def permit(departure: Departure) -> None:
        if departure.kind in refused:
            right = RIGHTS[departure.kind][0]
            what = f"to set {departure.name} otherwise than the job does"
            if departure.kind is Kind.SECRET:
                what = f"to run what has the value of an encrypted variable in its parameter {departure.name}"
            raise AccessDenied(
                f"{caller.account} lacks the right {right}, which it takes {what}.",
                target=str(right),
                member=departure.name,
            )

    return permit
