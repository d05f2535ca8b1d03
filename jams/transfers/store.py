"""What every connection to a file server can do, whatever its protocol."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import NamedTuple, Protocol


class TransferError(Exception):
    """Something could not be done at a file server; the text is one sentence without secrets."""


class NotThere(TransferError):
    """The file or folder is not there, or may not be seen."""


class ConnectionLost(TransferError):
    """The connection is gone: nothing more can be done with it."""


class TransferProtocol(Enum):
    """How a file server is spoken to."""

    FTP = "FTP"
    FTPS = "FTPS"
    """FTP that is encrypted by AUTH TLS before anybody logs in (RFC 4217)."""
    FTPS_IMPLICIT = "FTPSImplicit"
    """FTP that is encrypted from its first byte, usually at port 990."""
    SFTP = "SFTP"


class UnknownKeys(Enum):
    """What is done about the key of a host of which nothing is known."""

    REFUSE = "Refuse"
    REMEMBER = "Remember"
    """It is refused, and taken from then on."""
    TAKE = "Take"
    """It is taken, and no other from then on."""


class Place(NamedTuple):
    """A file server and whom one is there.

    Attributes:
        protocol: how it is spoken to.
        host: its name or address.
        port: None is the usual one of the protocol.
        user_name: the account; None is ``anonymous`` by FTP.
        password: of the account, or of its private key.
        timeout: seconds for which an answer, or the next piece of a file, is waited for.
        passive: whether connections for data are opened from here, by FTP.
        host_key: the only key of the host that is right by SFTP, as ``SHA256:…``.
        known_hosts: the file of keys of hosts by SFTP; None is that of the account and that of the machine.
        unknown_keys: what is done about a host of which neither of those two says anything.
        private_key: the file of the private key by which one logs on by SFTP.
        own_key: the private key that the account itself has, as a file of OpenSSH holds it; it counts by
            SFTP where no file of one is named.
        certificate_authority: the file of certificates (PEM) trusted in place of the system's by FTPS.
    """

    protocol: TransferProtocol
    host: str
    port: int | None = None
    user_name: str | None = None
    password: str | None = None
    timeout: int = 60
    passive: bool = True
    host_key: str | None = None
    known_hosts: str | None = None
    unknown_keys: UnknownKeys = UnknownKeys.REFUSE
    private_key: str | None = None
    own_key: str | None = None
    certificate_authority: str | None = None

    def __repr__(self) -> str:
        return f"Place({self.protocol.value}, {self.host})"


class Item(NamedTuple):
    """A file or folder at a server.

    Attributes:
        name: its name, as the server says it, which may say anything: see :func:`jams.transfers.names.safe`.
        path: its whole path there.
        folder: whether it is one.
        size: bytes of a file; None where the server does not tell.
        link: whether it is known to be a link to what it is told to be.
    """

    name: str
    path: str
    folder: bool
    size: int | None = None
    link: bool = False


class FileStore(Protocol):
    """A connection to a file server. A path that does not begin with ``/`` counts from home.

    All raise TransferError; ConnectionLost when nothing more can be done.
    """

    def absolute(self, path: str) -> str:
        """The whole path."""

    def items(self, folder: str, wanted: Callable[[str], bool]) -> list[Item]:
        """What is in a folder and has a name that is wanted, by name. Raises NotThere."""

    def find(self, path: str) -> Item | None:
        """What is there, or None."""

    def receive(self, path: str, local: Path, *, text: bool) -> int:
        """Fetch a file into a local one, which is emptied first; how many bytes were written.

        ``text`` brings line ends from those of the protocol to those of this machine.
        """

    def send(self, local: Path, path: str, *, text: bool) -> int:
        """Send a local file; how many bytes were read. What has its name there is overwritten."""

    def remove(self, path: str) -> None:
        """Remove a file."""

    def make_folder(self, path: str) -> None:
        """Make a folder in one that is there."""

    def rename(self, path: str, to: str, *, replace: bool) -> None:
        """Give a file another path; ``replace`` removes what has it."""

    def close(self) -> None:
        """Leave. Never raises."""
