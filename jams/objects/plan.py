"""What a setup or sequence runs: its members in the order in which they are let go (semantics 2.3).

A setup is a sequence of steps, and each step is a parallel of its members: one tree for both ways of writing
it. The first node is the whole; each other node lies in one that stands before it.
"""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct

from .enums import FailureAction, Severity
from .parts import PropertyData


class GivenValue(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A value for a parameter of a member: as it stands, or that of a variable, by its path."""

    name: str
    value: str | None = None
    variable: str = ""


class MemberRule(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """How the end of a member is taken; kept with its entry.

    Attributes:
        good: the worst severity that is good.
        on_failure: what a worse one does.
        wait_for: whether what follows waits for its end.
        step: the number of its step; None: it belongs to none.
        setup: the path of the setup or sequence when the member was made.
    """

    good: Severity = Severity.WARNING
    on_failure: FailureAction = FailureAction.HALT
    wait_for: bool = True
    step: int | None = None
    setup: str = ""


class Member(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A job that is submitted as a member.

    Attributes:
        job_id: the job; 0 if it did not exist.
        name: its path.
        title: what its entry is called instead.
        good: the worst severity that is good; None: what its job says.
        on_failure: what a worse one does.
        wait_for: whether what follows waits for its end.
        agent: the agent on which it runs.
        queue: the queue in which it waits.
        execute_as: the credential whose account it takes.
        execute_as: the credential whose account it takes.
        only_on: on which days it is submitted at all.
        except_for: on which it is not.
        for_date: for which day it is submitted.
        at: the second of the day before which it does not start.
        values: of its parameters.
    """

    job_id: int
    name: str
    title: str = ""
    good: Severity | None = None
    on_failure: FailureAction = FailureAction.HALT
    wait_for: bool = True
    agent: PropertyData = None
    queue: PropertyData = None
    only_on: str = ""
    except_for: str = ""
    for_date: str = ""
    at: int | None = None
    values: tuple[GivenValue, ...] = ()
    execute_as: PropertyData = None


class Node(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A place in the tree.

    Attributes:
        parent: the place of the node that it lies in; -1 for the whole.
        parallel: whether what lies in it runs beside each other, and not one after the other.
        step: the number that is shown while it runs, where it lies in the whole.
        member: the job, if it is one; nothing lies in it then.
    """

    parent: int = -1
    parallel: bool = False
    step: int | None = None
    member: Member | None = None


class Plan(Struct, frozen=True, kw_only=True, dict=True):
    """All that a setup or sequence runs."""

    nodes: tuple[Node, ...] = (Node(),)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """The places that lie in each."""
        found: list[list[int]] = [[] for _ in self.nodes]
        for place, node in enumerate(self.nodes[1:], start=1):
            found[node.parent].append(place)
        return tuple(map(tuple, found))

    def branch(self, place: int) -> int:
        """The place under which a member is counted: all of a parallel that are waited for count together."""
        node = self.nodes[place]
        together = self.nodes[node.parent].parallel and node.member is not None and node.member.wait_for
        return node.parent if together else place

    def step(self, place: int) -> int | None:
        """The step in which a place lies."""
        while self.nodes[place].parent > 0:
            place = self.nodes[place].parent
        return self.nodes[place].step
