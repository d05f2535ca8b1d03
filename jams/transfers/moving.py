"""Bringing files from and to a server: each whole or not at all, and each told of.

A file is written beside its place under another name, and given its own when it is whole. Nothing is gone on
with that was begun before: what broke off is begun anew by whoever runs it again.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from . import names
from .store import ConnectionLost, FileStore, Item, NotThere, TransferError

_DEEPEST = 64
"""Folders in folders. Deeper ones are links that go round."""


class IfExists(Enum):
    """What is done where a file of the name is there."""

    REPLACE = "Replace"
    SKIP = "Skip"
    FAIL = "Fail"


class Conduct(NamedTuple):
    """How files are brought over.

    Attributes:
        token: names what is written beside the files; no other transfer has it.
        if_exists: what is done where a file of the name is there.
        recurse: whether folders in the folder are gone into.
        remove_after: whether what was brought over is removed where it came from.
        text: whether line ends become those of the other side, by FTP.
        beside: whether files are sent beside their places and renamed. Those that are received always are.
    """

    token: str
    if_exists: IfExists = IfExists.REPLACE
    recurse: bool = False
    remove_after: bool = False
    text: bool = False
    beside: bool = True


class Outcome(NamedTuple):
    """What has come of it: how many files came over with how many bytes, how many stayed, which failed."""

    moved: int
    size: int
    skipped: int
    failed: list[str]


class _Skipped(Exception):
    """A file of the name is there, and stays."""


class _Task(NamedTuple):
    """One file: its name as it is told, and what brings it over and answers its bytes and its new path."""

    name: str
    do: Callable[[], tuple[int, str]]


def receive(
    store: FileStore, source: str, target: str, conduct: Conduct, tell: Callable[[str], object]
) -> Outcome:
    """Fetch the files that a path names, whose last part may hold ``*`` and ``?``.

    ``target`` is a folder that is there, or, of a single file, its path here.

    Raises:
        TransferError: nothing was begun; ConnectionLost among them.
    """
    source = store.absolute(source)
    found = list(_remote(store, source, conduct))
    single = len(found) == 1 and found[0][0].path == source
    place = Path(target)
    if not place.is_dir() and not (single and target[-1:] not in ("/", os.sep)):
        raise TransferError(f"There is no folder {names.shown(target)}.")
    into = place.is_dir()

    def task(number: int, item: Item, above: tuple[str, ...]) -> _Task:
        def do() -> tuple[int, str]:
            folder = place.joinpath(*(names.safe(part) for part in above)) if into else place.parent
            file = folder / names.safe(item.name) if into else place
            if above:
                folder.mkdir(parents=True, exist_ok=True)
            part = file.parent / f".{conduct.token}-{number}.part"
            return _received(store, item, file, part, conduct), str(file)

        return _Task(item.path, do)

    return _all("received", [task(number, *each) for number, each in enumerate(found, 1)], tell)


def send(
    store: FileStore, source: str, target: str, conduct: Conduct, tell: Callable[[str], object]
) -> Outcome:
    """Send the local files that a path names, whose last part may hold ``*`` and ``?``.

    ``target`` is a folder that is there, or, of a single file, its path there.

    Raises:
        TransferError: nothing was begun; ConnectionLost among them.
    """
    found = list(_local(Path(source), conduct))
    single = len(found) == 1 and found[0][0] == Path(source)
    place = store.find(target)
    into = place is not None and place.folder
    if not into and not (single and not target.endswith("/")):
        raise TransferError(f"There is no folder {names.shown(target)} at the server.")
    base = store.absolute(target)
    made: set[str] = set()

    def task(number: int, file: Path, above: tuple[str, ...]) -> _Task:
        def do() -> tuple[int, str]:
            folder = base if into else names.split(base)[0]
            for part in above:
                folder = names.join(folder, part)
                _made(store, folder, made)
            path = names.join(folder, file.name) if into else base
            part = names.join(folder, f".{conduct.token}-{number}.part")
            return _sent(store, file, path, part, conduct), path

        return _Task(str(file), do)

    tasks = [task(number, *each) for number, each in enumerate(found, 1)]
    return _all("sent", tasks, tell)


def _all(done: str, tasks: list[_Task], tell: Callable[[str], object]) -> Outcome:
    moved = size = skipped = 0
    failed: list[str] = []
    lost = ""
    for task in tasks:
        name = names.shown(task.name)
        if lost:
            tell(f"{name}: not tried, {lost}")
            failed.append(name)
            continue
        try:
            count, path = task.do()
        except _Skipped as error:
            skipped += 1
            tell(f"{name}: left, {error}")
            continue
        except (TransferError, OSError) as error:
            lost = str(error) if isinstance(error, ConnectionLost) else ""
            tell(f"{name}: failed, {reason(error)}")
            failed.append(name)
            continue
        moved, size = moved + 1, size + count
        tell(f"{name}: {done} as {names.shown(path)}, {count} bytes")
    return Outcome(moved, size, skipped, failed)


def reason(error: Exception) -> str:
    """What an error says, on one line."""
    if isinstance(error, OSError) and error.strerror:
        about = f" ({error.filename})" if error.filename else ""
        return names.shown(f"{error.strerror}{about}")
    return str(error).rstrip(".")


def _remote(store: FileStore, source: str, conduct: Conduct) -> Iterator[tuple[Item, tuple[str, ...]]]:
    """The files that a path at the server names, with the folders between."""
    folder, last = names.split(source)
    if not names.has_pattern(last):
        found = store.find(source)
        if found is None:
            raise NotThere(f"There is no file {names.shown(source)} at the server.")
        if not found.folder:
            yield found, ()
            return
        if not conduct.recurse:
            raise TransferError(f"{names.shown(source)} is a folder: say which of its files, or Recurse.")
        folder, last = source, "*"
    fits = names.matcher(last)
    yield from _below(store, folder, lambda name: fits.fullmatch(name) is not None, (), conduct.recurse)


def _below(
    store: FileStore, folder: str, fits: Callable[[str], bool], above: tuple[str, ...], recurse: bool
) -> Iterator[tuple[Item, tuple[str, ...]]]:
    if len(above) > _DEEPEST:
        raise TransferError(f"The folders below {names.shown(folder)} are too deep.")
    found = store.items(folder, (lambda name: True) if recurse else fits)
    yield from ((item, above) for item in found if not item.folder and fits(item.name))
    if not recurse:
        return
    for item in found:
        if item.folder and not item.link:
            # A folder whose name leads out would be looked into somewhere else.
            names.safe(item.name)
            yield from _below(store, item.path, fits, (*above, item.name), recurse)


def _local(source: Path, conduct: Conduct) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The files that a path here names, with the folders between."""
    if not names.has_pattern(source.name):
        if not source.exists():
            raise NotThere(f"There is no file {names.shown(str(source))}.")
        if not source.is_dir():
            yield source, ()
            return
        if not conduct.recurse:
            raise TransferError(
                f"{names.shown(str(source))} is a folder: say which of its files, or Recurse."
            )
        folder, last = source, "*"
    else:
        folder, last = source.parent, source.name
    if not folder.is_dir():
        raise NotThere(f"There is no folder {names.shown(str(folder))}.")
    fits = names.matcher(last)
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(folders) if conduct.recurse else []
        above = Path(at).relative_to(folder).parts
        yield from ((Path(at, name), above) for name in sorted(files) if fits.fullmatch(name))


def _received(store: FileStore, item: Item, target: Path, part: Path, conduct: Conduct) -> int:
    if target.is_dir():
        raise TransferError(f"{names.shown(str(target))} is a folder")
    if os.path.lexists(target):
        _exists(str(target), conduct)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    try:
        size = store.receive(item.path, part, text=conduct.text)
        if item.size is not None and not conduct.text and size != item.size:
            raise TransferError(f"{size} bytes of {item.size} came")
        _settled(part)
        if conduct.if_exists is not IfExists.REPLACE and os.path.lexists(target):
            _exists(str(target), conduct)
        os.replace(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    if conduct.remove_after:
        try:
            store.remove(item.path)
        except ConnectionLost:
            raise
        except TransferError as error:
            raise TransferError(f"it was received, but not removed at the server: {error}") from None
    return size


def _sent(store: FileStore, file: Path, path: str, part: str, conduct: Conduct) -> int:
    before = file.stat()
    if not stat.S_ISREG(before.st_mode):
        raise TransferError("it is no file that can be sent")
    if conduct.if_exists is not IfExists.REPLACE or not conduct.beside:
        there = store.find(path)
        if there is not None and there.folder:
            raise TransferError(f"{names.shown(path)} is a folder")
        if there is not None and conduct.if_exists is not IfExists.REPLACE:
            _exists(path, conduct)
    written = part if conduct.beside else path
    try:
        size = store.send(file, written, text=conduct.text)
        after = file.stat()
        if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
            raise TransferError("it was changed while it was sent")
        there = store.find(written)
        if there is not None and there.size is not None and not conduct.text and there.size != size:
            raise TransferError(f"{there.size} bytes of {size} came there")
        if conduct.beside:
            store.rename(part, path, replace=conduct.if_exists is IfExists.REPLACE)
    except BaseException as error:
        if isinstance(error, ConnectionLost):
            raise ConnectionLost(f"{error}; what came of it is {names.shown(written)}") from None
        if conduct.beside:
            with contextlib.suppress(TransferError, OSError):
                store.remove(part)
        raise
    if conduct.remove_after:
        try:
            file.unlink()
        except OSError as error:
            raise TransferError(f"it was sent, but not removed here: {reason(error)}") from None
    return size


def _exists(path: str, conduct: Conduct) -> None:
    """What is done about a file that is there."""
    if conduct.if_exists is IfExists.SKIP:
        raise _Skipped(f"{names.shown(path)} is there already")
    if conduct.if_exists is IfExists.FAIL:
        raise TransferError(f"{names.shown(path)} is there already")


def _made(store: FileStore, folder: str, made: set[str]) -> None:
    """See that a folder is at the server."""
    if folder in made:
        return
    found = store.find(folder)
    if found is None:
        store.make_folder(folder)
    elif not found.folder:
        raise TransferError(f"{names.shown(folder)} is a file at the server")
    made.add(folder)


def _settled(path: Path) -> None:
    """See that a file is on the disk before the other one is removed."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
