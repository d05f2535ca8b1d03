"""The archive of a backup: a tar, compressed by gzip, whose last member says what all others have to be.

Members: the copy of the database, logs below ``logs/``, and ``manifest.json``. Who finds no manifest has an
archive that is not whole. An archive comes into being under another name and gets its own when all of it is
on the disk: whatever happens on the way, there is no half of one.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import secrets
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

import msgspec
from filelock import FileLock, Timeout
from msgspec import Struct

from jams.database.copying import Pace
from jams.objects.durability import sync_directory
from jams.objects.errors import AlreadyExists, InvalidArgument, ServerUnavailable

FORM = 1
MANIFEST = "manifest.json"
DATABASE = "database"
LOGS = "logs/"
SUFFIX = ".jamsbackup"

_PART = ".part"
_PIECE = 1 << 20
_LEVEL = 1
"""Of the compression: most of the gain for little time."""


class Member(Struct, frozen=True):
    """What a member of an archive has to be: its length in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str


class Manifest(Struct, frozen=True, kw_only=True):
    """What an archive holds.

    Attributes:
        form: the form of the archive.
        product: the version of JAMS that made it.
        server: the server's name.
        taken: when the state was that it holds.
        kind: ``sqlite`` or ``postgresql``.
        schema: the version of the database's schema.
        place: the schema in which the tables were, on PostgreSQL.
        keys: names of the keys under which secrets are stored; the keys themselves are not in it.
        rows: how many rows each table has.
        members: everything else that is in the archive.
    """

    form: int
    product: str
    server: str
    taken: datetime
    kind: str
    schema: str
    place: str
    keys: list[str]
    rows: dict[str, int]
    members: list[Member]


class Writer:
    """Writes the members of an archive; made by :func:`writing`."""

    def __init__(self, tar: tarfile.TarFile, stop: Any) -> None:
        self._tar = tar
        self._stop = stop
        self.members: list[Member] = []

    def add(self, name: str, path: Path) -> None:
        """Add a file as it is now; what is written to it meanwhile is left out. Raises OSError, BrokenOff."""
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            measured = _Measured(file, status.st_size, self._stop)
            entry = _entry(name, status.st_size, status.st_mtime)
            self._tar.addfile(entry, cast(IO[bytes], measured))
        self.members.append(Member(name, status.st_size, measured.hash.hexdigest()))

    def finish(self, manifest: Manifest) -> None:
        """Add what the archive holds; the last member."""
        text = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
        self._tar.addfile(_entry(MANIFEST, len(text), manifest.taken.timestamp()), io.BytesIO(text))


class _Measured:
    """Reads so many bytes of a file, with zeros for what is not there any more, and hashes them."""

    def __init__(self, file: IO[bytes], size: int, stop: Any) -> None:
        self._file, self._left = file, size
        self._pace = Pace(stop)
        self._unrested = 0
        self.hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        self._unrested += wanted
        if self._unrested >= _PIECE or not wanted:
            self._pace.rest()
            self._unrested = 0
        data = self._file.read(wanted)
        data += bytes(wanted - len(data))
        self._left -= wanted
        self.hash.update(data)
        return data


@contextmanager
def writing(path: Path, stop: Any) -> Iterator[tuple[Writer, Path]]:
    """Write an archive, whole or not at all; with a folder for what is needed on the way.

    Raises:
        AlreadyExists: there is such a file.
        ServerUnavailable: it cannot be written.
    """
    if path.exists():
        raise AlreadyExists(f"There is a file {path} already.", target=path)
    _clean(path.parent)
    part = path.parent / f".{path.name}.{secrets.token_hex(4)}{_PART}"
    try:
        part.mkdir(mode=0o700)
        with FileLock(part / "lock", timeout=0):
            made = part / "archive"
            descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                with (
                    gzip.GzipFile(fileobj=file, mode="wb", compresslevel=_LEVEL, mtime=0) as packed,
                    tarfile.open(
                        fileobj=packed,
                        mode="w|",
                        bufsize=_PIECE,
                        format=tarfile.PAX_FORMAT,
                    ) as tar,
                ):
                    yield Writer(tar, stop), part
                file.flush()
                os.fsync(file.fileno())
            # A link, unlike a rename, never replaces what somebody has made meanwhile.
            os.link(made, path)
            sync_directory(path.parent)
    except FileExistsError:
        raise AlreadyExists(f"There is a file {path} already.", target=path) from None
    except OSError as error:
        raise ServerUnavailable(
            f"The backup {path} could not be written: {(error.strerror or str(error)).lower()}.", target=path
        ) from error
    finally:
        _remove(part)


def _clean(folder: Path) -> None:
    """Remove what backups have left that were killed."""
    for part in folder.glob(f".*{_PART}"):
        with suppress(OSError, Timeout):
            with FileLock(part / "lock", timeout=0):
                pass
            _remove(part)


def _remove(part: Path) -> None:
    with suppress(OSError):
        for file in part.iterdir():
            file.unlink()
        part.rmdir()


def _entry(name: str, size: int, time: float) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mtime, entry.mode = size, time, 0o600
    return entry


def read(path: Path, to: Path | None = None) -> Manifest:
    """Read all of an archive and compare it with its manifest; ``to`` is a folder into which it is unpacked.

    Raises:
        InvalidArgument: it is no archive, is damaged, not whole, or of a form that is not known.
        ServerUnavailable: it cannot be read, or what is in it cannot be written.
    """
    found: dict[str, Member] = {}
    manifest: Manifest | None = None
    try:
        with gzip.open(path) as packed, tarfile.open(fileobj=packed, mode="r|", bufsize=_PIECE) as tar:
            for entry in tar:
                content = tar.extractfile(entry) if entry.isreg() else None
                if content is None or manifest is not None or not _is_safe(entry.name):
                    raise _damaged(path, f"it has a member {entry.name!r} that no backup has")
                if entry.name == MANIFEST:
                    manifest = msgspec.json.decode(content.read(_PIECE * 16), type=Manifest)
                else:
                    found[entry.name] = _unpacked(entry, content, to)
            while packed.read(_PIECE):
                pass  # at its end stands the checksum of the whole
    except FileNotFoundError:
        raise InvalidArgument(f"There is no backup {path}.", target=path) from None
    except (tarfile.TarError, EOFError, zlib.error, msgspec.DecodeError, UnicodeError) as error:
        raise _damaged(path, f"it cannot be read ({error})") from error
    except OSError as error:
        if error.errno is None:  # as gzip tells of what it cannot read
            raise _damaged(path, f"it cannot be read ({error})") from error
        raise ServerUnavailable(
            f"The backup {path} could not be unpacked: {(error.strerror or str(error)).lower()}.", target=path
        ) from error
    if manifest is None:
        raise _damaged(path, "its end is missing")
    if manifest.form != FORM:
        raise InvalidArgument(
            f"The backup {path} is of form {manifest.form}, and this version knows {FORM}.", target=path
        )
    wanted = {member.name: member for member in manifest.members}
    for name in sorted({*wanted, *found}):
        if wanted.get(name) != found.get(name):
            raise _damaged(path, f"its member {name} is not what its manifest says")
    return manifest


def _is_safe(name: str) -> bool:
    parts = name.split("/")
    return name in (MANIFEST, DATABASE) or (
        name.startswith(LOGS) and not any(part in ("", ".", "..") for part in parts) and "\\" not in name
    )


def _unpacked(entry: tarfile.TarInfo, content: IO[bytes], to: Path | None) -> Member:
    hashed = hashlib.sha256()
    size = 0
    with open(os.devnull, "wb") if to is None else _file(to / entry.name) as file:
        while data := content.read(_PIECE):
            hashed.update(data)
            size += len(data)
            file.write(data)
        file.flush()
        if to is not None:
            os.fsync(file.fileno())
    return Member(entry.name, size, hashed.hexdigest())


def _file(path: Path) -> IO[bytes]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _damaged(path: Path, what: str) -> InvalidArgument:
    return InvalidArgument(f"The backup {path} is damaged or none: {what}. Nothing was changed.", target=path)
