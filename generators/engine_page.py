"""The drawing of states in ``docs/engine.md``, and the table below it: what the table of transitions says.

The rest of the page is written by hand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import product

from jams.objects.enums import EntryState
from jams.scheduler.transitions import ENDED, RUNNING, TABLE, WAITING, Transition, standing

from .source import ROOT, Source

FILE = "docs/engine.md"
BEGIN = "<!-- Written by `python run.py generate` from the table in jams/scheduler/transitions.py. -->\n"
END = "<!-- Here the hand writes again. -->\n"

_GROUPS = (("waits", WAITING), ("runs", RUNNING), ("ended", ENDED))
_GONE = "leaves the schedule"


def generate(source: Source) -> Mapping[str, str]:
    """``engine.md``, with the states and transitions as they stand."""
    del source
    return {FILE: drawn((ROOT / FILE).read_text(encoding="utf-8"), TABLE)}


def drawn(page: str, table: Iterable[Transition]) -> str:
    """A page whose drawing and table are those of these transitions.

    Raises:
        ValueError: the page has no place for them.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{FILE} has lost the lines between which the states are drawn")
    rows = list(table)
    return f"{before}{BEGIN}\n{drawing(rows)}\n{listing(rows)}\n{END}{after}"


def drawing(table: Iterable[Transition]) -> str:
    """What the engine does by itself, as a flow chart in Mermaid: states are boxes, events are arrows.

    Where an event has several sources and several targets it is a box of its own, so that there is an arrow
    from each and to each, not one for each pair.
    """
    rows = [row for row in table if row.right is None]
    reached = _reached(table) | _first()
    lines = ["flowchart TD", '    made(["it is made"])']
    for name, states in _GROUPS:
        lines.append(f'    subgraph {name} ["{name}"]')
        lines += [f"        {state.value}" for state in EntryState if state in states & reached]
        lines.append("    end")
    lines.append(f"    made --> {_boxes(_first())}")
    for row in rows:
        lines += _arrows(row, row.sources & reached, reached)
    return "".join(f"{line}\n" for line in ["```mermaid", *lines, "```"])


def listing(table: Iterable[Transition]) -> str:
    """Every transition, as a table in Markdown: what happens, who causes it, from where, to where."""
    rows = list(table)
    reached = _reached(rows) | _first()
    lines = ["| event | who | from | to |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {_event(row)} | {_who(row)} | {_told(row.sources & reached, reached)} | {_target(row, reached)} |"
        for row in rows
    ]
    unused = [f"`{state.value}`" for state in EntryState if state not in reached]
    if unused:
        lines += ["", f"Known to the doors, and reached by no transition yet: {', '.join(unused)}."]
    return "".join(f"{line}\n" for line in lines)


def _first() -> frozenset[EntryState]:
    """The states in which an entry can be made."""
    now = datetime(2000, 1, 1, tzinfo=UTC)
    return frozenset(
        standing(held=held, hold_time=at, now=now, demands=demands)
        for held, at, demands in product((True, False), (None, now + timedelta(hours=1)), (True, False))
    )


def _reached(table: Iterable[Transition]) -> frozenset[EntryState]:
    return frozenset[EntryState]().union(*(row.targets for row in table))


def _arrows(row: Transition, sources: frozenset[EntryState], reached: frozenset[EntryState]) -> Iterator[str]:
    label = row.event.value
    start = next((name for name, states in _GROUPS if states & reached == sources), _boxes(sources))
    if not row.targets:
        if row.leaves:
            yield f'    {start} -- "{label}" --> gone(["{_GONE}"])'
        return
    if len(row.targets) > 1 and "&" in start:
        box = row.event.name.lower()
        yield f'    {box}{{{{"{label}"}}}}'
        yield f"    {start} --> {box}"
        yield f"    {box} --> {_boxes(row.targets)}"
    else:
        yield f'    {start} -- "{label}" --> {_boxes(row.targets)}'


def _boxes(states: Collection[EntryState]) -> str:
    return " & ".join(state.value for state in EntryState if state in states)


def _event(row: Transition) -> str:
    return row.event.value


def _who(row: Transition) -> str:
    return "the engine" if row.right is None else f"who has {row.right} of the monitor"


def _told(states: frozenset[EntryState], reached: frozenset[EntryState]) -> str:
    """States in words; a whole group, or one but for a state or two, by its name."""
    for name, group in _GROUPS:
        missing = (group & reached) - states
        if states <= group and len(group & reached) > 2 and len(missing) <= 2:
            but = f" but {_names(missing)}" if missing else ""
            return f"all that {'wait' if name == 'waits' else name}{but}"
    return _names(states)


def _names(states: Collection[EntryState]) -> str:
    return ", ".join(f"`{state.value}`" for state in EntryState if state in states)


def _target(row: Transition, reached: frozenset[EntryState]) -> str:
    if row.leaves:
        return _GONE
    return _names(row.targets) if row.targets else "stays where it is"
