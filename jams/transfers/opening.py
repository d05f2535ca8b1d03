"""The connection that a place asks for."""

from __future__ import annotations

from .store import FileStore, Place, TransferError, TransferProtocol


def opened(place: Place) -> FileStore:
    """Connect and log on.

    Raises:
        TransferError: the server cannot be reached, is not the one it should be, or does not let one in.
    """
    if place.protocol is not TransferProtocol.SFTP:
        from .ftp import FtpStore

        return FtpStore(place)
    try:
        from .sftp import SftpStore
    except ImportError:
        raise TransferError("SFTP needs asyncssh: install openjams[ssh] on this machine.") from None
    return SftpStore(place)
