"""Where a submission departs from what its job leaves open, and so takes more than the right to submit.

A job leaves open the parameters that may be entered and are not hidden, and what concerns the entry alone:
when it starts, what it is called, how long it is shown. Everything else is the definition's to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from jams.objects.schedule import SubmitParam

from .submission_members import Demand, Kind


class Departure(Struct, frozen=True):
    """A member, property or parameter, by its published name, that is set otherwise than the job says."""

    name: str
    kind: Kind


def of_members(demands: Iterable[Demand]) -> Iterator[Departure]:
    """The members that say something else than the job, where not everybody may say it."""
    for demand in demands:
        if demand.member.kind is not None:
            yield Departure(demand.name, demand.member.kind)


def of_parameter(definition: SubmitParam, value: str | None) -> Iterator[Departure]:
    """The parameter, if a value is given that is not its default, and the job does not leave it open."""
    is_open = definition.allow_entry and not definition.hide
    if not is_open and value is not None and value != definition.param_value:
        yield Departure(definition.param_name, Kind.DEFINITION)
