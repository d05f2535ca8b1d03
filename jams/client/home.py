"""The home directory of a JAMS on this machine, and the login that its local tools use."""

from __future__ import annotations

import os
import socket
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from jams.objects.errors import ConfigurationInvalid, ServerUnavailable, Unauthenticated
from jams.security.files import check_private, read_private, write_private

LOGIN_FILE = "client.json"

_ANSWER_WITHIN = 10.0
_LONGEST = 1 << 16


def home_directory(given: str | os.PathLike[str] | None = None) -> Path:
    """The home directory: ``given``, else the environment's JAMS_HOME, else this user's data directory.

    It holds the configuration, the embedded database, logs and keys; it need not exist yet.
    """
    chosen = given or os.environ.get("JAMS_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("JAMS", appauthor=False)


class LocalLogin(Struct, frozen=True, kw_only=True):
    """What ``client.json`` holds: where the server of this home is, and a token for the person who owns it.

    Attributes:
        url: base address of the web services.
        account: as whom the person who owns it is let in.
        token: an access token of ``account``; empty where ``socket`` gives one.
        expires: when that runs out.
        socket: the unix socket that gives a token to that person.
        wire: ``host:port`` of the JAMServer's wire; absent when it does not listen.
        wire_certificate: the certificate that the wire shows, when it speaks TLS.
        process: number of the server's process.
    """

    url: str
    account: str
    token: str = ""
    expires: datetime | None = None
    socket: str | None = None
    wire: str | None = None
    wire_certificate: str | None = None
    process: int | None = None

    def __repr__(self) -> str:
        return f"LocalLogin({self.account} at {self.url})"


class TokenAnswer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the socket answers: a token and when it runs out, or why there is none."""

    token: str = ""
    expires: datetime | None = None
    error: str = ""

    def __repr__(self) -> str:
        return f"TokenAnswer({self.error or self.expires})"


def let_in(login: LocalLogin) -> TokenAnswer:
    """A token for the person who owns the server: that of the file, or one that the server gives.

    Raises:
        Unauthenticated: the server gives him none, and says why.
        ServerUnavailable: it does not answer.
    """
    if login.socket is None:
        return TokenAnswer(token=login.token, expires=login.expires)
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
            door.settimeout(_ANSWER_WITHIN)
            door.connect(login.socket)
            with door.makefile("rb") as said:
                answer = msgspec.json.decode(said.read(_LONGEST), type=TokenAnswer)
    except (OSError, msgspec.MsgspecError, AttributeError) as error:
        raise ServerUnavailable(f"The server of this machine cannot be reached: {error}.") from error
    if answer.error:
        raise Unauthenticated(answer.error)
    return answer


def read_login(home: Path) -> LocalLogin | None:
    """The local login of a home, or None when there is none.

    Raises:
        ConfigurationInvalid: the file is there, but cannot be read or understood, or others can read it.
    """
    path = home / LOGIN_FILE
    try:
        return msgspec.json.decode(_read(path), type=LocalLogin)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigurationInvalid(f"{path} cannot be read: {error.strerror}.") from error
    except msgspec.MsgspecError:
        raise ConfigurationInvalid(
            f"{path} is damaged; delete it and start JAMS again to have it made anew."
        ) from None


def _read(path: Path) -> bytes:
    """The content of the file; root is let in at the servers of others as well."""
    if os.name != "posix" or os.geteuid() != 0:
        return read_private(path)
    with path.open("rb") as file:
        found = os.fstat(file.fileno())
        if found.st_uid == 0 or found.st_uid != path.parent.stat().st_uid:
            check_private(path, found)
        elif found.st_mode & 0o077:
            raise ConfigurationInvalid(
                f"{path} can be read by others than its owner; say chmod 600.", target=path
            )
        return file.read()


def write_login(home: Path, login: LocalLogin) -> None:
    """Write the local login of a home in one step, readable by its owner alone.

    On Windows the file takes the access list of its directory, which for a user's own data directory lets
    in that user, the system and the administrators (not verified there).

    Raises:
        ConfigurationInvalid: the file cannot be written.
    """
    write_private(home / LOGIN_FILE, msgspec.json.format(msgspec.json.encode(login), indent=2) + b"\n")
