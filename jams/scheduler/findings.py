"""What a look at many entries has found, written down together: a few statements, however many they are."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import Connection

from jams.database import changes, entries, file_facts, lines, wait_topics
from jams.database.reading import Found
from jams.objects.enums import EntryState

from . import topics, transitions
from .transitions import Event

Files = Collection[tuple[int, str]]
"""Files, as (agent, path)."""


class _Heard(NamedTuple):
    """What an entry wants to hear of, and the files among that."""

    topics: Collection[str]
    files: Files


class Findings:
    """Where entries have come to stand and what they want to hear of, until it is written.

    The rows were locked by whoever looks, so that nobody else has moved them meanwhile.
    """

    def __init__(self, c: Connection, who: str) -> None:
        """``who`` is named in the audit trail."""
        self._c = c
        self._who = who
        self._moved: dict[EntryState, list[dict[str, Any]]] = {}
        self._heard: dict[int, _Heard] = {}
        self._said: list[entries.Line] = []

    def hears(self, number: int, about: Collection[str], files: Files = ()) -> None:
        """An entry wants to hear of these topics, and of no others."""
        self._heard[number] = _Heard(about, files)

    def stands(self, row: Found, state: EntryState, line: str | None, **values: Any) -> None:
        """An entry has come to stand there; ``values`` are columns, the same for all.

        ``line`` is the signature of the line for capacity in which it stands.
        """
        move = {"number": row.number, "state": row.state, "line_id": line, **values}
        self._moved.setdefault(state, []).append(move)

    def says(self, line: entries.Line) -> None:
        """Something goes into the audit trail."""
        self._said.append(line)

    def write(self) -> None:
        """Write down what was found until now. Raises Overtaken."""
        wanted = {row["line_id"] for rows in self._moved.values() for row in rows} - {None}
        joined = lines.join(self._c, wanted) if wanted else {}
        for state, rows in self._moved.items():
            for row in rows:
                row["line_id"] = joined.get(row["line_id"])
            transitions.move_all(self._c, Event.STAND, state, rows)
        entries.add_audits(self._c, self._who, self._said)
        new = wait_topics.replace(self._c, {number: heard.topics for number, heard in self._heard.items()})
        # Whoever asks for a file anew has it looked for anew: what was seen before may be long over.
        asked = {
            (topics.file(agent, path), agent, path)
            for number, heard in self._heard.items()
            for agent, path in heard.files
            if topics.file(agent, path) in new.get(number, ())
        }
        moved = {row["number"] for rows in self._moved.values() for row in rows}
        for number in new.keys() - moved:
            if self._heard[number].files:
                # Whoever watches files hears of entries that come to wait; this one waits for more.
                changes.note(self._c, number, changes.Change(state=EntryState.DEPENDENCY_WAIT))
        if asked:
            file_facts.want(self._c, sorted(asked))
        self._moved, self._heard, self._said = {}, {}, []
