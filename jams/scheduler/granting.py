"""Gives out capacity: slots of queues, resources, single instances and agents, in order.

Entries that need the same stand in one line; its head is asked when something that it lacks may be there.
Of the heads, the most urgent comes first: by priority, then by how long it stands there. One that lacks
something lets others pass, until it has stood for ``AGED``; then nobody takes of what it lacks before it,
but those that have stood for so long as well and are more urgent. One that asks for more than there is at
all lets others pass for ever.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from jams.database import entries, happenings, lines
from jams.database.reading import Found
from jams.objects.enums import Severity, SingleInstanceAction
from jams.objects.needs import NOTHING

from . import closing, settlement, topics, window_ends
from .starts import Start, Taken
from .waits.capacity import (
    AGED,
    AGED_LINES,
    Asked,
    Free,
    Rank,
    asked_of,
    is_aged,
    is_gathered_for,
    rank_of,
    wanted,
)
from .waits.instances import ANOTHER_RUNS

_AHEAD = 4
"""Entries of a line that are read at once."""

FEW = 16
"""Lines that are asked all; of more, the most urgent are looked for, as long as there is something to get."""

_PAGE = 16
"""Entries by which the most urgent of many lines are looked for at once."""


@dataclass
class _Line:
    """A line that is asked: what it lacked before, its first entries, and whether there are no more."""

    id: int
    lacks: str | None
    ahead: list[Found] = field(default_factory=list)
    started: list[int] = field(default_factory=list)
    read: bool = False


class _Keeper(NamedTuple):
    """An entry that has stood for long, and lets nobody take before it of what its line lacks."""

    rank: Rank
    line_id: int | None


class Granting:
    """One round of giving out.

    Args:
        c: the connection.
        now: the time.
        room: how many more starts each agent takes.
        limit: how many starts may be claimed.
        token: gives tokens for starts.
        told: the topics of what there may be more of.
        lacking: whether there are lines that were asked before, and lacked something.
    """

    def __init__(
        self,
        c: Connection,
        now: datetime,
        room: Mapping[int, int],
        limit: int,
        token: Callable[[], str],
        told: Collection[str],
        *,
        lacking: bool,
    ) -> None:
        self._c = c
        self._now = now
        self._limit = limit
        self._token = token
        self._free = Free(c, room)
        self._kept: dict[str, list[_Keeper]] = {}
        self._starts: list[Start] = []
        self._heap: list[tuple[int, datetime, int, Found, _Line | None]] = []
        self._told = set(told)
        self._more = False
        self._behind: lines.Place | None = None
        self._seen: set[int] = set()
        self._lacking = lacking
        self._emptied: list[int] = []

    def give_out(self, concerned: Sequence[lines.Line], pending: Sequence[Found]) -> list[Start]:
        """Claim starts for the heads of these lines, and for entries that need their agent alone.

        Of more than ``FEW`` lines, those are asked that are found by what was told, these or others.
        """
        for row in pending:
            self._push(row, None)
        self._more = len(concerned) > FEW
        if not self._more:
            self._join(concerned)
        while len(self._starts) < self._limit and self._is_anybody_there():
            *_, row, line = heapq.heappop(self._heap)
            if line is None or line.lacks not in self._free.gone:
                self._ask(row, line)
        self._close()
        self._put_off()
        return self._starts

    def _is_anybody_there(self) -> bool:
        """Whether somebody is to be asked; the most urgent is at the head of the heap then."""
        while self._more and (not self._heap or self._is_behind(self._heap[0])):
            self._look_for_more()
        return bool(self._heap)

    def _is_behind(self, next_one: tuple[Any, ...]) -> bool:
        """Whether somebody who was not looked for yet may be more urgent."""
        if self._behind is None:
            return True
        priority, since, number = self._behind
        return bool(next_one[:3] > (-priority, since, number))

    def _look_for_more(self) -> None:
        """Let lines join that come next by the urgency of their heads, if they may get something."""
        told = self._told - self._free.gone
        self._close()
        if not lines.concerned(self._c, told, 1):
            self._more = False
            return
        found, self._behind = lines.heads(self._c, told, self._behind, _PAGE)
        self._more = self._behind is not None
        self._join([line for line in found if line.id not in self._seen])

    def _join(self, found: Sequence[lines.Line]) -> None:
        heads = [line.head for line in found if line.head is not None]
        rows = {row.number: row for row in entries.locked_all(self._c, heads)}
        first = lines.first(self._c, [line.id for line in found if line.head is None], _AHEAD)
        for line in found:
            self._seen.add(line.id)
            if line.head is None:
                ahead = first.get(line.id, [])
                self._next_of(_Line(line.id, line.lacks, ahead, read=len(ahead) < _AHEAD))
            else:
                ahead = [rows[line.head]] if line.head in rows else []
                self._next_of(_Line(line.id, line.lacks, ahead))

    def _close(self) -> None:
        lines.close(self._c, self._emptied)
        self._emptied = []

    def _put_off(self) -> None:
        """Where the round is full, those who were not asked are asked first thing in the next."""
        gone = self._free.gone
        left = [line.id for *_, line in self._heap if line is not None and line.lacks not in gone]
        lines.ask_first(self._c, left)
        if self._more:
            lines.look_again(self._c, self._told - gone)

    def _push(self, row: Found, line: _Line | None) -> None:
        heapq.heappush(self._heap, (*rank_of(row), row, line))

    def _next_of(self, line: _Line) -> None:
        if not line.ahead and not line.read:
            numbers = lines.behind(self._c, line.id, _AHEAD, line.started)
            line.read = len(numbers) < _AHEAD
            rows = {row.number: row for row in entries.locked_all(self._c, numbers)}
            line.ahead = [rows[number] for number in numbers if number in rows]
        if line.ahead:
            self._push(line.ahead.pop(0), line)
        else:
            self._emptied.append(line.id)

    def _ask(self, row: Found, line: _Line | None) -> None:
        if window_ends.is_shut(self._c, row, self._now):
            # It has closed, or somebody has closed it, since the entry came to stand here.
            closing.stand_back(self._c, row, self._now)
            if line is not None:
                self._lets_go(line, None)
                self._next_of(line)
            return
        asked = asked_of(row) if line is not None else None
        lacking, agent = self._look(row, asked, line)
        if lacking is None and agent is not None:
            taken = [Taken(id, self._free.where(id, agent), quantity) for id, quantity in _resources(asked)]
            self._starts.append(Start(self._token(), row, agent_id=agent, asked=asked, takes=taken))
            if asked is not None:
                self._free.take(asked, agent)
            else:
                self._free.room[agent] -= 1
            if line is not None:
                line.started.append(row.number)
                if asked is not None and is_aged(row, self._now):
                    self._keeps_no_more(asked, line)
                self._next_of(line)
        elif line is not None and asked is not None:
            if lacking is not None and lacking == _not_beside(row, asked):
                settlement.record_cancelled(self._c, row, severity=Severity.ERROR, status=ANOTHER_RUNS)
                self._lets_go(line, None)
                self._next_of(line)
                return
            # Any agent of the queue may come to have room.
            on_agent = None if asked.any_agent else topics.agent(row.agent_id)
            if line.lacks is None or line.lacks != (lacking or on_agent):
                lines.lacks(self._c, line.id, lacking or on_agent)
            self._lets_go(line, lacking)
            if lacking is not None and is_gathered_for(self._c, row, self._now):
                self._keepers_of(lacking, line).append(_Keeper(rank_of(row), line.id))

    def _look(self, row: Found, asked: Asked | None, line: _Line | None) -> tuple[str | None, int | None]:
        """What the entry lacks, and the agent on which it would start."""
        if asked is None:
            return None, row.agent_id if self._free.room.get(row.agent_id, 0) > 0 else None
        agent = self._free.agent_for(asked, row.agent_id)
        lacking = self._free.lacking(asked, agent or row.agent_id)
        if lacking is None:
            lacking = next((topic for topic in wanted(asked) if self._is_kept(topic, row, line)), None)
        return lacking, agent

    def _is_kept(self, topic: str, row: Found, line: _Line | None) -> bool:
        """Whether somebody in another line is to get of it first."""
        aged, mine = is_aged(row, self._now), line.id if line is not None else None
        return any(
            keeper.line_id != mine and (not aged or keeper.rank < rank_of(row))
            for keeper in self._keepers_of(topic, line)
        )

    def _keepers_of(self, topic: str, asking: _Line | None) -> list[_Keeper]:
        """Who has stood for long in a line that lacks a thing; those of a line that is asked join by it."""
        if topic not in self._kept:
            self._kept[topic] = self._aged(topic, asking) if self._lacking else []
        return self._kept[topic]

    def _aged(self, topic: str, asking: _Line | None) -> list[_Keeper]:
        mine = asking.id if asking is not None else None
        ids = lines.aged(self._c, topic, self._now - AGED, AGED_LINES, without=mine)
        # Heads alone: who stands behind another would keep from others what that one lacks.
        heads = [row for rows in lines.first(self._c, ids, 1).values() for row in rows]
        gathered_for = (row for row in heads if is_gathered_for(self._c, row, self._now))
        return [_Keeper(rank_of(row), row.line_id) for row in gathered_for]

    def _lets_go(self, line: _Line, lacking: str | None) -> None:
        """What a line kept and does not lack any more is told, as others have stood back for it."""
        for topic, keepers in self._kept.items():
            if topic != lacking and any(keeper.line_id == line.id for keeper in keepers):
                keepers[:] = [keeper for keeper in keepers if keeper.line_id != line.id]
                happenings.note(self._c, topic)

    def _keeps_no_more(self, asked: Asked, line: _Line) -> None:
        """One that has stood for long has started: who stood back for it is looked at again."""
        gathered = wanted(asked)
        for topic in gathered:
            keepers = self._keepers_of(topic, line)
            keepers[:] = [keeper for keeper in keepers if keeper.line_id != line.id]
        lines.look_again(self._c, gathered)


def _not_beside(row: Found, asked: Asked) -> str | None:
    """The topic of the job beside whose other entries it must not be, rather than wait for them."""
    needs = row.rest.needs or NOTHING
    if asked.instance_of is None or needs.single_instance is not SingleInstanceAction.CANCEL:
        return None
    return topics.instance(asked.instance_of)


def _resources(asked: Asked | None) -> Sequence[tuple[int, int]]:
    return () if asked is None else asked.resources
