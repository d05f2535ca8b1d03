"""What of a setup or sequence may go on: one machine for steps, sequences, parallels and failure actions.

A pure function of the plan and of how far the members are. A member that ended worse than it may, and is to
halt the whole, lets nothing more of it be let go, wherever it lies; those whose turn has come go on.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from jams.database.containers import Counted
from jams.objects.plan import Plan


@dataclass
class Next:
    """What is to be done.

    Attributes:
        reached: the places under which members are counted whose turn has come, now or before.
        release: the places under which members are counted whose turn has come.
        step: the step at which the whole stands; None when all are done.
        halted: whether a member halts it.
        failed: whether a member lets it fail: nothing more is started.
        over: whether nothing is left to run.
    """

    reached: set[int] = field(default_factory=set)
    release: list[int] = field(default_factory=list)
    step: int | None = None
    halted: bool = False
    failed: bool = False
    over: bool = False


def decide(plan: Plan, counted: Counted, *, held: bool) -> Next:
    """What follows from how far the members are; one that is ``held`` lets nothing go."""
    walk = _Walk(plan, counted)
    done = walk.node(0)
    found = walk.found
    if held or found.halted or found.failed:
        found.release = []
    found.halted &= not found.failed
    left = sum(counted.open.values())
    found.over = not left and (done or found.failed)
    return found


class _Walk:
    """Goes through the plan as far as it has come."""

    def __init__(self, plan: Plan, counted: Counted) -> None:
        self._plan = plan
        self._counted = counted
        self.found = Next()

    def node(self, place: int) -> bool:
        """Look at a place whose turn has come; whether what follows it may go on."""
        node = self._plan.nodes[place]
        if node.member is not None:
            return self._branch(place, wait=node.member.wait_for)
        if node.parallel:
            return self._parallel(place)
        for inner in self._plan.children[place]:
            if not self.node(inner):
                if place == 0:
                    self.found.step = self._plan.nodes[inner].step
                return False
        return True

    def _parallel(self, place: int) -> bool:
        branches = {self._plan.branch(inner): inner for inner in self._plan.children[place]}
        done = [
            self._branch(place, wait=True) if branch == place else self.node(inner)
            for branch, inner in branches.items()
        ]
        return all(done)

    def _branch(self, branch: int, *, wait: bool) -> bool:
        """Look at members that are counted together."""
        self.found.reached.add(branch)
        self.found.halted |= branch in self._counted.bad
        self.found.failed |= branch in self._counted.failed
        if self._counted.waits.get(branch):
            self.found.release.append(branch)
        if not wait:
            return True
        return not self._counted.open.get(branch) and branch not in self._counted.bad
