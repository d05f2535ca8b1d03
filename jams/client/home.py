"""The home directory of a JAMS on this machine, and the login that its local tools use."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
from msgspec import Struct

from jams.objects.errors import ConfigurationInvalid
from jams.security.files import read_private, write_private

LOGIN_FILE = "client.json"


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
        token: an access token of ``account`` that does not run out.
        account: whose token it is.
        wire: ``host:port`` of the JAMServer's wire; absent when it does not listen.
        wire_certificate: the certificate that the wire shows, when it speaks TLS.
    """

    url: str
    token: str
    account: str
    wire: str | None = None
    wire_certificate: str | None = None

    def __repr__(self) -> str:
        return f"LocalLogin({self.account} at {self.url})"


def read_login(home: Path) -> LocalLogin | None:
    """The local login of a home, or None when there is none.

    Raises:
        ConfigurationInvalid: the file is there, but cannot be read or understood, or others can read it.
    """
    path = home / LOGIN_FILE
    try:
        return msgspec.json.decode(read_private(path), type=LocalLogin)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigurationInvalid(f"{path} cannot be read: {error.strerror}.") from error
    except msgspec.MsgspecError:
        raise ConfigurationInvalid(
            f"{path} is damaged; delete it and start JAMS again to have it made anew."
        ) from None


def write_login(home: Path, login: LocalLogin) -> None:
    """Write the local login of a home in one step, readable by its owner alone.

    On Windows the file takes the access list of its directory, which for a user's own data directory lets
    in that user, the system and the administrators (not verified there).

    Raises:
        ConfigurationInvalid: the file cannot be written.
    """
    write_private(home / LOGIN_FILE, msgspec.json.format(msgspec.json.encode(login), indent=2) + b"\n")
