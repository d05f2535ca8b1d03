"""Access lists of objects: which line decides what somebody may do to one (semantics 2.15).

Own lines come before those of the folder it lies in, the nearest folder first. A line of a folder counts
below it as its flags say. Where no line at all is on the way, the area alone decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection

from jams.database import definition_stamps, object_access
from jams.database.access_lines import words_of
from jams.database.object_access import JOBS, ONLY_BELOW, SUBFOLDERS
from jams.database.sight import Closed
from jams.objects.parts import ACL

from .access import names

_JOBS = "Jobs"
Key = tuple[str, int]


class Line(NamedTuple):
    """A line of an object's list; rights as they are published, ``flags`` in bits."""

    identifier: str
    rights: frozenset[str]
    flags: int


class Verdict(NamedTuple):
    """What decides: a line of the list of an object, or that lines are there and none is about somebody.

    Attributes:
        rights: what it gives.
        owner: table and number of the object in whose list the line stands; None when no line is about him.
        position: which line of that list, from 1 on.
        identifier: whom the line names.
    """

    rights: frozenset[str]
    owner: Key | None = None
    position: int = 0
    identifier: str = ""


class ObjectLists(NamedTuple):
    """All lists as they are at one time.

    Attributes:
        lines: the lines of each object that has some.
        above: the folder above each folder that is there; one that was removed has kept what counted for it.
        job_folders: the folders of the jobs that have lines.
    """

    lines: Mapping[Key, tuple[Line, ...]]
    above: Mapping[int, int | None]
    job_folders: Mapping[int, int]


class Reach:
    """What somebody who holds some identifiers may do to objects, by lists as they are at one time.

    It is kept and asked again: each answer about a folder is worked out once.
    """

    def __init__(self, lists: ObjectLists, held: frozenset[str]) -> None:
        self._lists = lists
        self._held = held
        self._within: dict[int, Verdict | None] = {}
        self._folders: dict[int, Verdict | None] = {}
        self._closed: Closed | None = None

    @property
    def held(self) -> frozenset[str]:
        """The identifiers."""
        return self._held

    def verdict(self, kind: str, id: int, folder_id: int | None) -> Verdict | None:
        """What decides of an object in a table; ``folder_id`` is where it lies. None: its area alone."""
        if kind == "folder":
            return self._of_folder(id)
        own = self._lists.lines.get((kind, id))
        if own is None:
            return None if folder_id is None else self._in_folder(folder_id)
        found = self._first(own, (kind, id), lambda flags: True)
        if found is not None:
            return found
        return (None if folder_id is None else self._in_folder(folder_id)) or NOTHING

    def allows(self, kind: str, id: int, folder_id: int | None, right: str) -> bool:
        """Whether lists allow something to be done to an object."""
        found = self.verdict(kind, id, folder_id)
        return found is None or right in found.rights

    def closed(self) -> Closed:
        """Whose entries and records are not to be seen: it takes the right Monitor."""
        if self._closed is None:
            gone = {id for kind, id in self._lists.lines if kind == "folder"} - self._lists.above.keys()
            folders = frozenset(
                id
                for id in (*self._lists.above, *gone)
                if (v := self._in_folder(id)) and "Monitor" not in v.rights
            )
            shown: set[int] = set()
            hidden: set[int] = set()
            for kind, id in self._lists.lines:
                if kind == "job":
                    seen = self.allows("job", id, self._lists.job_folders.get(id), "Monitor")
                    (shown if seen else hidden).add(id)
            self._closed = Closed(folders, frozenset(shown), frozenset(hidden))
        return self._closed

    def _of_folder(self, id: int) -> Verdict | None:
        if id not in self._folders:
            self._folders[id] = self._walk(id, objects=False)
        return self._folders[id]

    def _in_folder(self, id: int) -> Verdict | None:
        if id not in self._within:
            found = self._walk(id, objects=True)
            if found is not None:
                found = found._replace(rights=_of_objects(found.rights))
            self._within[id] = found
        return self._within[id]

    def _walk(self, id: int, *, objects: bool) -> Verdict | None:
        listed = False
        at: int | None = id
        while at is not None:
            own = self._lists.lines.get(("folder", at))
            if own is not None:
                here = at == id

                def counts(flags: int, here: bool = here) -> bool:
                    if objects and not flags & JOBS:
                        return False
                    if here:
                        return objects or not flags & ONLY_BELOW
                    return bool(flags & SUBFOLDERS)

                listed = listed or any(counts(line.flags) for line in own)
                found = self._first(own, ("folder", at), counts)
                if found is not None:
                    return found
            at = self._lists.above.get(at)
        return NOTHING if listed else None

    def _first(self, own: tuple[Line, ...], owner: Key, counts: Callable[[int], bool]) -> Verdict | None:
        for at, line in enumerate(own, start=1):
            if counts(line.flags) and names(line.identifier, self._held):
                return Verdict(line.rights, owner, at, line.identifier)
        return None


NOTHING = Verdict(frozenset())


def reach(c: Connection, held: frozenset[str]) -> Reach | None:
    """What lists let somebody do who holds these identifiers; None as long as no object has a list."""
    stamp = definition_stamps.stamp(c)
    lists = definition_stamps.derived(c, stamp, "object lists", lambda: _read(c))
    if not lists.lines:
        return None
    return definition_stamps.derived(c, stamp, ("reach", held), lambda: Reach(lists, held))


def as_written(c: Connection, held: frozenset[str]) -> Reach:
    """The same by the lists as this transaction has written them so far."""
    return Reach(_read(c), held)


def _read(c: Connection) -> ObjectLists:
    found = {key: _lines(key[0], acl) for key, acl in object_access.all_lists(c).items()}
    if not found:
        return ObjectLists({}, {}, {})
    jobs = [id for kind, id in found if kind == "job"]
    return ObjectLists(found, object_access.tree(c), object_access.folders_of_jobs(c, jobs))


def _lines(kind: str, acl: ACL) -> tuple[Line, ...]:
    known = {right.casefold(): right for right in object_access.RIGHTS[kind]}
    return tuple(
        Line(
            line.identifier,
            frozenset(known[word.casefold()] for word in words_of(line) if word.casefold() in known),
            object_access.flags_of(line) if kind == "folder" else 0,
        )
        for line in acl.generic_acl
    )


def _of_objects(rights: frozenset[str]) -> frozenset[str]:
    """What a line of a folder gives on what lies in it: ``ChangeJobs`` is ``Change`` of that."""
    return rights | {right.removesuffix(_JOBS) for right in rights if right.endswith(_JOBS)}
