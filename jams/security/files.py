"""Files that hold secrets."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from jams.objects.durability import sync_directory
from jams.objects.errors import ConfigurationInvalid


def check_private(path: Path, found: os.stat_result | None = None) -> None:
    """Check that nobody but its owner can read a file, and that this is whoever runs the program, or root.

    A key of root's may be readable for a group, in which the server is then. Windows has access lists instead
    of modes, and that of the directory is relied upon there.

    Args:
        path: the file.
        found: what is known of it, if it is open already.

    Raises:
        ConfigurationInvalid: others can read it.
        OSError: it cannot be looked at.
    """
    if os.name != "posix":
        return
    status = found or path.stat()
    me, owner, mode = os.geteuid(), status.st_uid, stat.S_IMODE(status.st_mode)
    if owner not in (0, me):
        raise ConfigurationInvalid(
            f"{path} belongs to somebody else, who can read it; make it your own: chown it.", target=path
        )
    if mode & (0o037 if owner == 0 and me != 0 else 0o077):
        raise ConfigurationInvalid(
            f"{path} can be read by others than its owner; say chmod 600.", target=path
        )


def check_own(path: Path) -> None:
    """Check that nobody but whoever runs the program, or root, can change a file.

    Raises:
        ConfigurationInvalid: others can change it.
        OSError: it cannot be looked at.
    """
    if os.name != "posix":
        return
    status = path.stat()
    if status.st_uid not in (0, os.geteuid()) or status.st_mode & 0o022:
        raise ConfigurationInvalid(
            f"{path} can be changed by others, and is not used; say chmod go-w.", target=path
        )


def read_private(path: Path) -> bytes:
    """The content of a file that holds a secret.

    Raises:
        ConfigurationInvalid: others can read it.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        check_private(path, os.fstat(file.fileno()))
        return file.read()


def write_private(path: Path, content: bytes) -> None:
    """Write a file that its owner alone may read, so that a reader sees the old content or the new one.

    Raises:
        ConfigurationInvalid: the file cannot be written.
    """
    try:
        descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
            sync_directory(path.parent)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
    except OSError as error:
        raise ConfigurationInvalid(f"{path} cannot be written: {error.strerror}.") from error
