"""The files of the simulated machine: real ones in a folder, which change while somebody looks at them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

from tests.simulation.clock import Clock

NAMES = ("a.go", "b.go", "once.now", "c.obj", "y", "lock", ".hidden.go")
"""What may lie there; programs write as ``NAME.part`` what they rename into place."""


@dataclass
class Version:
    """A file from one change to the next, which are counted.

    Attributes:
        begin: which change has made it.
        end: which change has ended it; None: it is still so.
        shown: what its time says, in seconds since the epoch.
        true: when it was written, in seconds of true time.
        moved: whether it was renamed into place, and not written to since.
    """

    begin: int
    shown: float
    true: float
    moved: bool
    end: int | None = None

    def met(self, first: int, last: int) -> bool:
        """Whether it was so between two changes."""
        return self.begin <= last and (self.end is None or self.end > first)


@dataclass
class Disk:
    """A folder of files, with all that they have been.

    Attributes:
        folder: where they are.
        clock: the machine's.
        chance: what is drawn from.
        stirs: how likely something changes at each thing that a look does.
        changes: how many there have been.
        past: by path, the versions of each file.
    """

    folder: Path
    clock: Clock
    chance: Random
    stirs: float = 0.0
    changes: int = 0
    past: dict[str, list[Version]] = field(default_factory=dict)

    def path(self, name: str) -> str:
        """Where a file lies."""
        return str(self.folder / name)

    def stir(self) -> None:
        """Somebody may be quicker than who looks."""
        if self.chance.random() < self.stirs:
            self.act()

    def act(self) -> None:
        """Somebody does something with a file."""
        name = self.chance.choice(NAMES)
        if not os.path.exists(self.path(name)):
            deed = self.chance.choice((self.write, self.rename_in, self.rename_in, self.write_old))
        else:
            deed = self.chance.choice((self.write, self.rename_in, self.remove, self.remove))
        deed(name)

    def write(self, name: str) -> None:
        """Make a file, or write more to it."""
        self._write(name, self.clock.now.timestamp())
        self._is_now(name, moved=False)

    def write_old(self, name: str) -> None:
        """Make one that bears an older time, as copies do."""
        self._write(name, self.clock.now.timestamp() - 3600)
        self._is_now(name, moved=False)

    def rename_in(self, name: str) -> None:
        """Rename a file into place that was written beside it, over one that may be there; or write it."""
        part = f"{name}.part"
        if not os.path.exists(self.path(part)) or self.chance.random() < 0.2:
            self._write(part, self.clock.now.timestamp())
            return
        os.replace(self.path(part), self.path(name))
        self._is_now(name, moved=True)

    def remove(self, name: str) -> None:
        """Remove a file."""
        os.unlink(self.path(name))
        self._ends(name)

    def clear(self) -> None:
        """Remove everything."""
        for name in NAMES:
            if os.path.exists(self.path(name)):
                self.remove(name)

    def was_there(self, path: str, first: int) -> bool:
        """Whether a file was there at some moment since that change."""
        return any(each.met(first, self.changes) for each in self.past.get(path, ()))

    def was_away(self, path: str, first: int) -> bool:
        """Whether a file was not there at some moment since that change."""
        moments = range(first, self.changes + 1)
        return any(not any(each.met(at, at) for each in self.past.get(path, ())) for at in moments)

    def was_complete(self, path: str, first: int, steady: float) -> bool:
        """Whether nobody had written to a file for so many seconds, at some moment since that change."""
        shown, true = self.clock.now.timestamp(), self.clock.true.total_seconds()
        found = [each for each in self.past.get(path, ()) if each.met(first, self.changes)]
        return any(each.moved or shown - each.shown >= steady or true - each.true >= steady for each in found)

    def _write(self, name: str, time: float) -> None:
        with open(self.path(name), "a") as file:
            file.write("x")
        os.utime(self.path(name), (time, time))

    def _is_now(self, name: str, *, moved: bool) -> None:
        self._ends(name)
        shown, true = os.stat(self.path(name)).st_mtime, self.clock.true.total_seconds()
        self.past.setdefault(self.path(name), []).append(Version(self.changes, shown, true, moved))

    def _ends(self, name: str) -> None:
        self.changes += 1
        for each in self.past.get(self.path(name), ())[-1:]:
            each.end = self.changes if each.end is None else each.end

    def eyes(self) -> Any:
        """The module ``os`` for who looks at the disk, while others change it."""

        def stirring(real: Any) -> Any:
            def call(*arguments: Any) -> Any:
                self.stir()
                found = real(*arguments)
                self.stir()
                return found

            return call

        path = SimpleNamespace(**{name: getattr(os.path, name) for name in os.path.__all__})
        path.exists = stirring(os.path.exists)
        return SimpleNamespace(scandir=stirring(os.scandir), stat=stirring(os.stat), path=path)
