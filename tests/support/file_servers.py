"""Real file servers, as rude as a test wants them: FTP and FTPS by pyftpdlib, SFTP by asyncssh."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncssh
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.filesystems import AbstractedFS
from pyftpdlib.handlers import DTPHandler, FTPHandler, ThrottledDTPHandler, TLS_DTPHandler, TLS_FTPHandler
from pyftpdlib.ioloop import IOLoop
from pyftpdlib.servers import FTPServer

USER, PASSWORD = "ann", "s3cret;of-ann"


@dataclass
class FileServer:
    """One that runs.

    Attributes:
        port: where it listens, at 127.0.0.1.
        folder: what it shows.
        certificate: the file that a client has to trust, of FTPS.
        host_key: the fingerprint of its key, of SFTP.
        known_hosts: a file that holds its key, of SFTP.
    """

    port: int
    folder: Path
    certificate: Path | None = None
    host_key: str = ""
    known_hosts: Path | None = None


def certificate(folder: Path, *, days: int = 30, host: str = "127.0.0.1") -> Path:
    """A certificate that signs itself, with its key in the same file; below 0 ``days`` it is over."""
    import ipaddress

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path = folder / f"certificate{days}.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


class _Plain(FTPHandler):  # type: ignore[misc]
    pass


class _Implicit(TLS_FTPHandler):  # type: ignore[misc]
    """TLS from the first byte."""

    def handle(self) -> None:
        self.secure_connection(self.get_ssl_context())

    def handle_ssl_established(self) -> None:
        super().handle()


def _breaking(base: type, most: int, *, all_of_it: bool) -> type:
    class Breaking(base):  # type: ignore[misc,valid-type]
        """Leaves when so many bytes have gone through a connection for data."""

        def _gone(self, count: int) -> None:
            self.gone = getattr(self, "gone", 0) + count
            if self.gone < most:
                return
            if all_of_it:
                self.cmd_channel.close()
                return
            self._resp = ("426 It is gone; transfer aborted.", logging.getLogger("pyftpdlib").debug)
            self.close()

        def send(self, data: bytes) -> Any:
            sent = super().send(data)
            self._gone(sent or 0)
            return sent

        def recv(self, size: int) -> Any:
            data = super().recv(size)
            if all_of_it or getattr(self, "gone", 0) + len(data) < most:
                self._gone(len(data))
                return data
            # As if the client had said that this is all.
            return b""

    return Breaking


@contextmanager
def ftp_server(
    folder: Path,
    *,
    tls: str = "",
    cert: Path | None = None,
    without: tuple[str, ...] = (),
    listed: tuple[str, ...] = (),
    breaks_after: int = 0,
    breaks_all: bool = True,
    anonymous: bool = False,
    slow: bool = False,
) -> Iterator[FileServer]:
    """An FTP server that shows a folder to :data:`USER`.

    ``tls`` is ``explicit`` or ``implicit``, with the certificate ``cert``; ``without`` are commands that it
    does not know; ``listed`` names that it says are in the folder, whatever is; it leaves after so many bytes
    of data (``breaks_after``), by ``breaks_all`` from everything. ``anonymous`` lets everybody read, ``slow``
    lets 100 KB through in a second.
    """
    kinds = {"": _Plain, "explicit": TLS_FTPHandler, "implicit": _Implicit}
    base = kinds[tls]
    authorizer = DummyAuthorizer()
    authorizer.add_user(USER, PASSWORD, str(folder), perm="elradfmwMT")
    if anonymous:
        authorizer.add_anonymous(str(folder))
    members: dict[str, Any] = {"authorizer": authorizer, "banner": "ready", "auth_failed_timeout": 0}
    members["proto_cmds"] = {k: v for k, v in base.proto_cmds.items() if k not in without}
    members["use_sendfile"] = not breaks_after and not slow
    data = TLS_DTPHandler if tls else DTPHandler
    if slow:
        data = type("Slow", (ThrottledDTPHandler,), {"read_limit": 100 << 10, "write_limit": 100 << 10})
    if breaks_after:
        data = _breaking(data, breaks_after, all_of_it=breaks_all)
    members["dtp_handler"] = data
    if tls:
        members |= {"certfile": str(cert), "tls_control_required": True, "tls_data_required": True}
        members["ssl_context"] = None
    if listed:

        class Lying(AbstractedFS):  # type: ignore[misc]
            def format_mlsx(self, *args: Any, **others: Any) -> Iterator[bytes]:
                for name in listed:
                    yield f"type=file;size=4;modify=20260101000000; {name}\r\n".encode()

        members["abstracted_fs"] = Lying
    handler = type("Handler", (base,), members)
    server = FTPServer(("127.0.0.1", 0), handler, ioloop=IOLoop())
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            server.serve_forever(timeout=0.02, blocking=False)
        server.close_all()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield FileServer(server.socket.getsockname()[1], folder, cert)
    finally:
        over.set()
        thread.join(10)


@contextmanager
def sftp_server(
    folder: Path, place: Path, *, listed: tuple[str, ...] = (), breaks_after: int = 0
) -> Iterator[FileServer]:
    """An SFTP server that shows a folder to :data:`USER`; ``place`` takes its key.

    ``listed`` are names that it says are in the folder; it leaves after ``breaks_after`` bytes of a file.
    """
    key = asyncssh.generate_private_key("ssh-ed25519")
    loop = asyncio.new_event_loop()
    guests: list[asyncssh.SSHServerConnection] = []

    class Gate(asyncssh.SSHServer):
        def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
            guests.append(conn)

        def begin_auth(self, username: str) -> bool:
            return True

        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            return (username, password) == (USER, PASSWORD)

    class Files(asyncssh.SFTPServer):
        def __init__(self, channel: asyncssh.SSHServerChannel) -> None:
            super().__init__(channel, chroot=str(folder).encode())
            self.gone = 0

        def _counted(self, count: int) -> None:
            self.gone += count
            if breaks_after and self.gone >= breaks_after:
                self.channel.get_connection().abort()

        def read(self, file_obj: object, offset: int, size: int) -> bytes:
            data: bytes = super().read(file_obj, offset, size)  # type: ignore[assignment]
            self._counted(len(data))
            return data

        def write(self, file_obj: object, offset: int, data: bytes) -> int:
            self._counted(len(data))
            return super().write(file_obj, offset, data)  # type: ignore[return-value]

        async def scandir(self, path: bytes) -> Any:
            if listed:
                for name in listed:
                    yield asyncssh.SFTPName(
                        name.encode(), attrs=asyncssh.SFTPAttrs(permissions=0o100644, size=4)
                    )
                return
            async for each in super().scandir(path):
                yield each

    ready = threading.Event()
    found: list[int] = []

    async def listen() -> asyncssh.SSHAcceptor:
        return await asyncssh.listen(
            "127.0.0.1", 0, server_host_keys=[key], server_factory=Gate, sftp_factory=Files, allow_scp=False
        )

    async def leave(acceptor: asyncssh.SSHAcceptor) -> None:
        acceptor.close()
        for guest in guests:
            guest.abort()
        await asyncio.gather(*(guest.wait_closed() for guest in guests))
        await acceptor.wait_closed()

    def serve() -> None:
        asyncio.set_event_loop(loop)
        acceptor = loop.run_until_complete(listen())
        found.append(acceptor.get_port())
        ready.set()
        loop.run_forever()
        loop.run_until_complete(leave(acceptor))
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    assert ready.wait(20)
    known = place / f"known-{found[0]}"
    public = key.export_public_key().decode().split()
    known.write_text(f"[127.0.0.1]:{found[0]} {public[0]} {public[1]}\n")
    try:
        yield FileServer(found[0], folder, None, key.get_fingerprint(), known)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)


NAMES = ["plain.txt", "a b.txt", "Häuser straße.txt", "-rf.txt", "[x].txt", "empty.txt"]


def filled(folder: Path) -> dict[str, bytes]:
    """Files of all kinds of names in a folder, and two that no pattern ``*.txt`` takes: what each holds."""
    held = {name: b"" if name == "empty.txt" else f"{name}\n".encode() * 3 for name in NAMES}
    for name, data in held.items():
        (folder / name).write_bytes(data)
    (folder / "other.csv").write_bytes(b"1;2\r\n")
    (folder / ".hidden.txt").write_bytes(b"x")
    return held


def holding(folder: Path) -> dict[str, bytes]:
    """What the files in a folder hold, by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
