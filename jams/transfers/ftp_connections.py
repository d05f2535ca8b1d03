"""Connections of ftplib, in the clear and by TLS."""

from __future__ import annotations

import ftplib
import socket
import ssl
from typing import Any

from .store import Place, TransferError, TransferProtocol

ENCODING = "latin-1"
"""For ftplib, so that it carries bytes as they are: names are UTF-8, and are kept where they are not."""
_IMPLICIT_PORT = 990


class _Encrypted(ftplib.FTP_TLS):
    """FTP over TLS whose connections for data take up the session of the first, as many servers demand."""

    def ntransfercmd(self, cmd: str, rest: int | str | None = None) -> tuple[socket.socket, int | None]:
        connection, size = ftplib.FTP.ntransfercmd(self, cmd, rest)
        try:
            return self._wrapped(connection, self.sock), size
        except BaseException:
            connection.close()
            raise

    def _wrapped(self, connection: socket.socket, first: Any) -> socket.socket:
        return self.context.wrap_socket(connection, server_hostname=self.host, session=first.session)


class _EncryptedFromTheFirst(_Encrypted):
    """The same without AUTH TLS: the connection begins with TLS."""

    def connect(self, host: str = "", port: int = 0, timeout: float = -1, source_address: Any = None) -> str:
        self.host, self.port, self.timeout = host, port, timeout
        plain = socket.create_connection((host, port), timeout)
        self.sock: Any = self.context.wrap_socket(plain, server_hostname=host)
        self.af = self.sock.family
        self.file = self.sock.makefile("r", encoding=self.encoding)
        self.welcome = self.getresp()
        return self.welcome


def connection(place: Place) -> ftplib.FTP:
    """A connection for a place, which is not opened yet. Raises TransferError."""
    if place.protocol is TransferProtocol.FTP:
        return ftplib.FTP(timeout=place.timeout, encoding=ENCODING)
    try:
        context = ssl.create_default_context(cafile=place.certificate_authority)
    except (OSError, ssl.SSLError):
        raise TransferError(f"The certificates of {place.certificate_authority} cannot be read.") from None
    kind = _Encrypted if place.protocol is TransferProtocol.FTPS else _EncryptedFromTheFirst
    return kind(timeout=place.timeout, encoding=ENCODING, context=context)


def usual_port(place: Place) -> int:
    """The port of a protocol where none is named."""
    return _IMPLICIT_PORT if place.protocol is TransferProtocol.FTPS_IMPLICIT else ftplib.FTP_PORT
