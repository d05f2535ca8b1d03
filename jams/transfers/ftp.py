"""FTP (RFC 959, 3659) and FTP over TLS (RFC 4217), by ftplib."""

from __future__ import annotations

import contextlib
import ftplib
import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

from . import lines, names
from .ftp_connections import ENCODING, connection, usual_port
from .store import ConnectionLost, Item, NotThere, Place, TransferError, TransferProtocol

_BLOCK = 1 << 16
_ABORT_SECONDS = 5
_WIRE_FAILS: tuple[type[Exception], ...] = (ftplib.Error, OSError, EOFError)
_FAILS: tuple[type[Exception], ...] = (*_WIRE_FAILS, ValueError, AttributeError)
_UNKNOWN_COMMAND = ("500", "501", "502", "504")
_LOGIN_REFUSED = ("530", "532")


class _Broken(Exception):
    """A connection for data has failed; what a file here says of itself is another matter."""


class FtpStore:
    """A connection by FTP or FTPS. Raises TransferError when it cannot be had."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._lists_by_machine = self._sizes = True
        self._ftp = connection(place)
        try:
            self._open()
        except BaseException:
            self._ftp.close()
            raise

    def absolute(self, path: str) -> str:
        """The whole path."""
        return path if path.startswith("/") else names.join(self._home, path)

    def items(self, folder: str, wanted: Callable[[str], bool]) -> list[Item]:
        """What is in a folder and has a name that is wanted, by name. Raises NotThere."""
        folder = self.absolute(folder)
        with self._speaking():
            # Servers read a path behind the command of a list as options or a pattern; the folder is safe.
            if not self._entered(folder):
                raise NotThere(f"there is no folder {names.shown(folder)}")
            found = self._listed(folder, wanted) if self._lists_by_machine else None
            if found is None:
                found = self._named(folder, wanted)
        return sorted(found, key=lambda item: item.name)

    def find(self, path: str) -> Item | None:
        """What is there, or None."""
        path = self.absolute(path)
        folder, name = names.split(path)
        with self._speaking():
            if name:
                size, known = self._size(path)
                if known:
                    return Item(name, path, False, size)
            if self._entered(path):
                return Item(name, path, True)
        if not name or self._sizes:
            return None
        try:
            return next(iter(self.items(folder, name.__eq__)), None)
        except NotThere:
            return None

    def receive(self, path: str, local: Path, *, text: bool) -> int:
        """Fetch a file into a local one; how many bytes were written."""
        written = 0
        reader = lines.Incoming() if text else None
        with open(local, "wb") as file, self._moving(f"RETR {self.absolute(path)}", text=text) as data:
            while block := _from_network(data):
                written += file.write(reader.take(block) if reader else block)
            if reader:
                written += file.write(reader.rest())
        return written

    def send(self, local: Path, path: str, *, text: bool) -> int:
        """Send a local file; how many bytes were read."""
        read = 0
        writer = lines.Outgoing() if text else None
        with open(local, "rb") as file, self._moving(f"STOR {self.absolute(path)}", text=text) as data:
            while block := file.read(_BLOCK):
                read += len(block)
                _to_network(data, writer.take(block) if writer else block)
        return read

    def remove(self, path: str) -> None:
        """Remove a file."""
        self._command(f"DELE {self.absolute(path)}")

    def make_folder(self, path: str) -> None:
        """Make a folder in one that is there."""
        self._command(f"MKD {self.absolute(path)}")

    def rename(self, path: str, to: str, *, replace: bool) -> None:
        """Give a file another path."""
        path, to = self.absolute(path), self.absolute(to)
        if not replace and self.find(to) is not None:
            raise TransferError(f"{names.shown(to)} is there already")
        try:
            self._renamed(path, to)
        except ConnectionLost:
            raise
        except TransferError:
            found = self.find(to) if replace else None
            if found is None or found.folder:
                raise
            # Servers that do not rename onto a file which is there.
            self.remove(to)
            self._renamed(path, to)

    def close(self) -> None:
        """Leave."""
        with contextlib.suppress(*_FAILS), self._impatient():
            self._ftp.quit()
        self._ftp.close()

    def _open(self) -> None:
        place, ftp = self._place, self._ftp
        try:
            ftp.connect(place.host, place.port or usual_port(place), timeout=place.timeout)
        except ssl.SSLCertVerificationError as error:
            raise _not_trusted(place, error) from None
        except _FAILS as error:
            raise TransferError(f"{place.host} cannot be reached: {self._told(error)}") from None
        try:
            if isinstance(ftp, ftplib.FTP_TLS) and place.protocol is TransferProtocol.FTPS:
                ftp.auth()
            # By FTP_TLS the login of the base class: its own would ask for TLS once more.
            ftplib.FTP.login(ftp, _wire(place.user_name or ""), _wire(place.password or ""))
            if isinstance(ftp, ftplib.FTP_TLS):
                ftp.prot_p()
            ftp.set_pasv(place.passive)
            self._home = _unwired(ftp.pwd())
        except ssl.SSLCertVerificationError as error:
            raise _not_trusted(place, error) from None
        except ftplib.error_perm as error:
            said = self._told(error)
            if said.startswith(_LOGIN_REFUSED):
                raise TransferError(f"{place.host} does not let {self._who()} in: {said}") from None
            raise TransferError(f"{place.host} cannot be used: {said}") from None
        except _FAILS as error:
            raise TransferError(f"{place.host} cannot be used: {self._told(error)}") from None

    def _who(self) -> str:
        return self._place.user_name or "anonymous"

    @contextlib.contextmanager
    def _speaking(self) -> Iterator[None]:
        """Errors of the connection as those of transfers."""
        if self._ftp.sock is None:
            raise ConnectionLost("the connection is lost")
        try:
            yield
        except ftplib.error_perm as error:
            said = self._told(error)
            raise (NotThere if said.startswith("550") else TransferError)(said) from None
        except (ftplib.error_temp, ftplib.error_reply) as error:
            said = self._told(error)
            # 421 is the server's last word.
            raise (ConnectionLost if said.startswith("421") else TransferError)(said) from None
        except _WIRE_FAILS as error:
            raise ConnectionLost(f"the connection is lost: {self._told(error)}") from None
        except ValueError as error:
            raise TransferError(f"this cannot be said by FTP: {self._told(error)}") from None

    @contextlib.contextmanager
    def _moving(self, command: str, *, text: bool) -> Iterator[socket.socket]:
        """A connection for the data of one file; leaving it asks the server whether it has all."""
        with self._speaking():
            self._ftp.voidcmd("TYPE A" if text else "TYPE I")
            data = self._ftp.transfercmd(_wire(command))
        try:
            yield data
            _ended(data)
        except _Broken as error:
            data.close()
            # The server may say on the other connection why it has left this one.
            with self._speaking(), self._impatient():
                self._ftp.voidresp()
            raise TransferError(f"the connection for its data broke: {self._told(error)}") from None
        except BaseException:
            data.close()
            self._abort()
            raise
        data.close()
        with self._speaking():
            self._ftp.voidresp()

    @contextlib.contextmanager
    def _impatient(self) -> Iterator[None]:
        """Wait for answers a few seconds only."""
        self._ftp.sock.settimeout(_ABORT_SECONDS)  # type: ignore[union-attr]
        try:
            yield
        finally:
            if self._ftp.sock is not None:
                self._ftp.sock.settimeout(self._place.timeout)

    def _abort(self) -> None:
        """Tell the server that a file is not wanted any more, so that others can be."""
        try:
            with self._impatient():
                answer = self._ftp.abort()
                if answer[:3] not in ("225", "226"):
                    self._ftp.voidresp()
        except _FAILS:
            self._ftp.close()

    def _command(self, command: str) -> None:
        with self._speaking():
            self._ftp.voidcmd(_wire(command))

    def _renamed(self, path: str, to: str) -> None:
        with self._speaking():
            self._ftp.rename(_wire(path), _wire(to))

    def _entered(self, folder: str) -> bool:
        try:
            self._ftp.voidcmd(_wire(f"CWD {folder}"))
        except ftplib.error_perm:
            return False
        return True

    def _size(self, path: str) -> tuple[int | None, bool]:
        """How long a file is, and whether it is known to be one."""
        try:
            self._ftp.voidcmd("TYPE I")
            return self._ftp.size(_wire(path)), True
        except ftplib.error_perm as error:
            if str(error).startswith(_UNKNOWN_COMMAND):
                self._sizes = False
            return None, False

    def _listed(self, folder: str, wanted: Callable[[str], bool]) -> list[Item] | None:
        """The folder that was entered, as MLSD says it; None where the server has none."""
        try:
            found = list(self._ftp.mlsd(facts=["type", "size"]))
        except ftplib.error_perm as error:
            if not str(error).startswith(_UNKNOWN_COMMAND):
                raise
            self._lists_by_machine = False
            return None
        items = []
        for wired, facts in found:
            name = _unwired(wired)
            kind = facts.get("type", "file").casefold()
            if kind in ("cdir", "pdir") or name in (".", "..") or not wanted(name):
                continue
            folder_there, link = kind == "dir", kind not in ("dir", "file")
            if link:
                # A link, as some servers say it: what it leads to is what counts.
                known = self.find(names.join(folder, name)) if "/" not in name else None
                if known is None:
                    continue
                folder_there = known.folder
            size = facts.get("size", "")
            items.append(
                Item(
                    name,
                    names.join(folder, name),
                    folder_there,
                    int(size) if size.isdigit() and not folder_there else None,
                    link,
                )
            )
        return items

    def _named(self, folder: str, wanted: Callable[[str], bool]) -> list[Item]:
        """The folder that was entered, by NLST, and what the server says of each name that is wanted."""
        try:
            said = self._ftp.nlst()
        except ftplib.error_perm as error:
            # Some say of a folder without files that there are none.
            if str(error).startswith("550"):
                return []
            raise
        items = []
        for line in said:
            # Some give the folder as well.
            prefix = f"{folder.rstrip('/')}/"
            name = _unwired(line).removeprefix(prefix).removeprefix("./")
            if name in ("", ".", "..") or not wanted(name):
                continue
            if "/" in name:
                items.append(Item(name, names.join(folder, name), False))
                continue
            path = names.join(folder, name)
            size, known = self._size(path)
            folder_there = not known and self._entered(path)
            items.append(Item(name, path, folder_there, size))
        return items

    def _told(self, error: Exception) -> str:
        """What a server or the system says of an error, on one line; never the password."""
        text = names.shown(" ".join(_unwired(str(error)).split()))[:300] or type(error).__name__
        if isinstance(error, EOFError):
            text = "the server has closed it"
        password = self._place.password
        return text.replace(password, "…") if password else text


def _not_trusted(place: Place, error: ssl.SSLCertVerificationError) -> TransferError:
    return TransferError(f"The certificate of {place.host} is not trusted: {error.verify_message}.")


def _from_network(data: socket.socket) -> bytes:
    try:
        return data.recv(_BLOCK)
    except OSError as error:
        raise _Broken(str(error)) from None


def _to_network(data: socket.socket, block: bytes) -> None:
    try:
        data.sendall(block)
    except OSError as error:
        raise _Broken(str(error)) from None


def _ended(data: socket.socket) -> None:
    """Say that all has been sent. What a server fails to say then, its answer and the size make good."""
    if isinstance(data, ssl.SSLSocket):
        with contextlib.suppress(OSError):
            data.unwrap()


def _wire(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode(ENCODING)


def _unwired(text: str) -> str:
    try:
        return text.encode(ENCODING).decode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        # Words of the system, and not of the server.
        return text
