"""Files that hold secrets."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from jams.objects.errors import ConfigurationInvalid


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
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
    except OSError as error:
        raise ConfigurationInvalid(f"{path} cannot be written: {error.strerror}.") from error
