"""Where files lie. ``os.path`` rather than ``pathlib``, whose import costs a tenth of a command's time."""

from __future__ import annotations

import os
import sys

from .client_errors import ClientError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def home_directory(given: str | None) -> str:
    """The home directory of a JAMS on this machine: given, else JAMS_HOME, else the user's data directory.

    The last is the directory that ``platformdirs.user_data_path("JAMS", appauthor=False)`` names, without the
    time its import takes.
    """
    chosen = given or os.environ.get("JAMS_HOME")
    if chosen:
        return os.path.abspath(os.path.expanduser(chosen))
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser(r"~\AppData\Local")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Application Support")
    else:
        base = os.environ.get("XDG_DATA_HOME", "").strip() or os.path.expanduser("~/.local/share")
    return os.path.join(base, "JAMS")


def settings_directory() -> str:
    """The directory of this user's own settings and logins."""
    if sys.platform == "win32":
        base = os.environ.get("APPDATA") or os.path.expanduser(r"~\AppData\Roaming")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Application Support")
    else:
        base = os.environ.get("XDG_CONFIG_HOME", "").strip() or os.path.expanduser("~/.config")
    return os.path.join(base, "jamswebclient")


def packaged(name: str) -> bytes:
    """The content of a file of this package, which may lie in an archive: its path, parts joined by ``/``."""
    path = os.path.join(os.path.dirname(__file__), *name.split("/"))
    loader = globals()["__loader__"]
    content: bytes = loader.get_data(path)
    return content


def copied_directory() -> str | None:
    """The folder in which the client lies as a copy that nobody has installed; None where it is installed."""
    archive = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return os.path.dirname(archive) if os.path.isfile(archive) else None


def read_json(path: str, *, private: bool = False) -> dict[str, Any] | None:
    """The JSON object in a file, or None when there is no such file.

    Args:
        path: the file.
        private: refuse the file when others may read it. On Windows, where modes say nothing about that,
            the access list of the user's profile has to do (not verified there).

    Raises:
        ClientError: it cannot be read, is not a JSON object, or is open to others.
    """
    import json

    try:
        with open(path, encoding="utf-8") as file:
            if private:
                check_private(path, file.fileno())
            content = json.load(file)
    except FileNotFoundError:
        return None
    except ValueError:
        raise _unusable(f"{path} is not JSON; mend or delete it") from None
    except OSError as error:
        raise _unusable(f"{path} cannot be read: {error.strerror}") from None
    if not isinstance(content, dict):
        raise _unusable(f"{path} does not hold a JSON object; mend or delete it")
    return content


def check_private(path: str, descriptor: int) -> None:
    """Check that a file which is open is its owner's alone, and that this is the user, or root.

    Raises:
        ClientError: others can read it.
    """
    if os.name != "posix":
        return
    found = os.fstat(descriptor)
    # Root is let in at the servers of others as well, whose homes they own.
    theirs = os.geteuid() == 0 and found.st_uid == os.stat(os.path.dirname(path) or ".").st_uid
    if found.st_uid not in (0, os.geteuid()) and not theirs:
        raise _unusable(f"{path} belongs to somebody else, who can read it, and is not used")
    if found.st_mode & 0o077:
        raise _unusable(f"{path} can be read by others and is not used; run: chmod 600 {path}")


def write_private(path: str, content: dict[str, Any]) -> None:
    """Write a JSON object so that its owner alone may read it; as :func:`replace_file` otherwise.

    Raises:
        ClientError: it cannot be written.
    """
    import json

    replace_file(path, json.dumps(content, indent=2))


def replace_file(path: str, text: str, mode: int = 0o600) -> None:
    """Write a file, with its directory where there is none; a reader sees the old file or the new one.

    Args:
        path: the file.
        text: all that it shall hold.
        mode: who may read it. The directory is its owner's alone in any case, if it is made here.

    Raises:
        ClientError: it cannot be written.
    """
    import tempfile

    directory = os.path.dirname(path)
    try:
        os.makedirs(directory, mode=0o700, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=directory)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
            if mode != 0o600:  # by which a temporary file is made
                os.chmod(temporary, mode)
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise _unusable(f"{path} cannot be written: {error.strerror}") from None


def _unusable(message: str) -> ClientError:
    return ClientError(message, kind="Denied", code="Configuration")
