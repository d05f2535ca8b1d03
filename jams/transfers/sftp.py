"""SFTP (version 3 as OpenSSH speaks it), by asyncssh."""

from __future__ import annotations

import asyncio
import contextlib
import os
import stat
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import asyncssh

from . import host_keys, names
from .store import ConnectionLost, Item, NotThere, Place, TransferError, UnknownKeys

_END_SECONDS = 5
_T = TypeVar("_T")


class _Client(asyncssh.SSHClient):
    """Judges the key that the host has shown: takes the one that was named, or one that is new if it may.

    Attributes:
        shown: the fingerprint of that key, once it is known that no file holds it.
        told: what came of a key that is new, for whoever is refused; None where nothing did.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self.shown: str | None = None
        self.told: str | None = None

    def validate_host_public_key(self, host: str, addr: str, port: int, key: asyncssh.SSHKey) -> bool:
        self.shown = key.get_fingerprint()
        place, right = self._place, self._place.host_key
        if right is not None:
            return self.shown.rstrip("=") == right.rstrip("=")
        if place.unknown_keys is UnknownKeys.REFUSE or place.known_hosts is not None:
            return False
        if not host_keys.is_new(host_keys.usual_files(), host, addr, port):
            return False
        try:
            file = host_keys.remember(host, port, key)
        except OSError as error:
            self.told = f"It cannot be remembered: {error.strerror or error}"
            return False
        self.told = f"It is remembered in {file} now, and taken by further runs"
        return place.unknown_keys is UnknownKeys.TAKE


class SftpStore:
    """A connection by SFTP. Raises TransferError when it cannot be had."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(lambda loop, context: None)
        self._connection: asyncssh.SSHClientConnection | None = None
        try:
            self._run(self._open())
        except BaseException:
            self.close()
            raise

    def absolute(self, path: str) -> str:
        """The whole path."""
        return path if path.startswith("/") else names.join(self._home, path)

    def items(self, folder: str, wanted: Callable[[str], bool]) -> list[Item]:
        """What is in a folder and has a name that is wanted, by name. Raises NotThere."""
        folder = self.absolute(folder)
        try:
            found = self._run(self._listed(folder, wanted))
        except NotThere:
            raise NotThere(f"there is no folder {names.shown(folder)}") from None
        return sorted(found, key=lambda item: item.name)

    def find(self, path: str) -> Item | None:
        """What is there, or None."""
        path = self.absolute(path)
        try:
            return _item(names.split(path)[1], path, self._run(self._sftp.stat(path)))
        except NotThere:
            return None

    def receive(self, path: str, local: Path, *, text: bool) -> int:
        """Fetch a file into a local one; how many bytes were written."""
        _no_text(text)
        path = self.absolute(path)
        self._run(
            self._watched(
                lambda told: self._sftp.get(
                    path, _local(local), follow_symlinks=True, sparse=False, progress_handler=told
                )
            )
        )
        return os.stat(local).st_size

    def send(self, local: Path, path: str, *, text: bool) -> int:
        """Send a local file; how many bytes were read."""
        _no_text(text)
        path = self.absolute(path)
        read = os.stat(local).st_size
        self._run(
            self._watched(
                lambda told: self._sftp.put(
                    _local(local), path, follow_symlinks=True, sparse=False, progress_handler=told
                )
            )
        )
        return read

    def remove(self, path: str) -> None:
        """Remove a file."""
        self._run(self._sftp.remove(self.absolute(path)))

    def make_folder(self, path: str) -> None:
        """Make a folder in one that is there."""
        self._run(self._sftp.mkdir(self.absolute(path)))

    def rename(self, path: str, to: str, *, replace: bool) -> None:
        """Give a file another path."""
        path, to = self.absolute(path), self.absolute(to)
        if not replace:
            # The plain rename refuses what is there, also a file that has come meanwhile.
            self._run(self._sftp.rename(path, to))
            return
        try:
            self._run(self._sftp.posix_rename(path, to))
        except ConnectionLost:
            raise
        except TransferError:
            found = self.find(to)
            if found is not None and found.folder:
                raise
            if found is not None:
                self.remove(to)
            self._run(self._sftp.rename(path, to))

    def close(self) -> None:
        """Leave."""
        if self._loop.is_closed():
            return
        with contextlib.suppress(Exception):
            if self._connection is not None:
                self._connection.abort()
            for task in asyncio.all_tasks(self._loop):
                task.cancel()
            self._loop.run_until_complete(asyncio.sleep(0))
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    async def _open(self) -> None:
        place = self._place
        if place.user_name is None:
            raise TransferError("SFTP needs an account: name a credential.")
        client = _Client(place)
        asyncssh.set_log_level("CRITICAL")
        try:
            self._connection, _ = await asyncssh.create_connection(
                lambda: client,
                place.host,
                place.port or host_keys.USUAL_PORT,
                username=place.user_name,
                config=None,
                agent_path=None,
                known_hosts=_known_hosts(place),
                connect_timeout=place.timeout,
                login_timeout=place.timeout,
                keepalive_interval=max(1, place.timeout // 3),
                keepalive_count_max=3,
                **_proof(place),
            )
            self._sftp = await self._connection.start_sftp_client(path_errors="surrogateescape")
            self._home = str(await self._sftp.realpath("."))
        except asyncssh.HostKeyNotVerifiable as error:
            raise TransferError(_unknown(place, client, error)) from None
        except asyncssh.PermissionDenied:
            raise TransferError(f"{place.host} does not let {place.user_name} in.") from None
        except (TimeoutError, OSError, asyncssh.Error) as error:
            raise TransferError(f"{place.host} cannot be reached: {_told(error)}") from None

    async def _listed(self, folder: str, wanted: Callable[[str], bool]) -> list[Item]:
        items = []
        async for each in self._sftp.scandir(folder):
            name = str(each.filename)
            if name in (".", "..") or not wanted(name):
                continue
            path, attributes = names.join(folder, name), each.attrs
            if attributes.permissions is not None and stat.S_ISLNK(attributes.permissions):
                try:
                    attributes = await self._sftp.stat(path)
                except asyncssh.SFTPError:
                    continue
                items.append(_item(name, path, attributes)._replace(link=True))
                continue
            items.append(_item(name, path, attributes))
        return items

    def _run(self, work: Coroutine[Any, Any, _T]) -> _T:
        """Do something, its errors as those of transfers."""
        task = self._loop.create_task(work)
        try:
            return self._loop.run_until_complete(task)
        except (SystemExit, KeyboardInterrupt):
            # Whoever is asked to end while this lasts may have things to put in order at the server.
            task.cancel()
            with contextlib.suppress(Exception):
                self._loop.run_until_complete(asyncio.wait({task}, timeout=_END_SECONDS))
            raise
        except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath) as error:
            raise NotThere(_told(error) or "it is not there") from None
        except (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection, asyncssh.DisconnectError) as error:
            raise ConnectionLost(f"the connection is lost: {_told(error)}") from None
        except (TimeoutError, asyncssh.Error, asyncssh.SFTPError) as error:
            raise TransferError(_told(error)) from None
        except (ConnectionError, EOFError) as error:
            raise ConnectionLost(f"the connection is lost: {_told(error)}") from None

    async def _watched(self, begun: Callable[[Any], Coroutine[Any, Any, None]]) -> None:
        """Let a file go over, for as long as a further piece of it comes in time."""
        last = time.monotonic()

        def told(*_: object) -> None:
            nonlocal last
            last = time.monotonic()

        task = asyncio.ensure_future(begun(told))
        try:
            while not task.done():
                left = last + self._place.timeout - time.monotonic()
                if left <= 0:
                    raise ConnectionLost(f"nothing came for {self._place.timeout} seconds")
                await asyncio.wait({task}, timeout=left)
            await task
        finally:
            task.cancel()


def _proof(place: Place) -> dict[str, Any]:
    """By what one logs on: the private key alone where there is one; no server is told its password.

    With the key of the account itself its own password is offered as well, where a server wants both.
    """
    if place.private_key is None and place.own_key is not None:
        known = {} if place.password is None else {"password": place.password}
        methods = "publickey,password,keyboard-interactive" if known else "publickey"
        return {
            "client_keys": [asyncssh.import_private_key(place.own_key)],
            "preferred_auth": methods,
            **known,
        }
    if place.private_key is None:
        return {
            "password": place.password,
            "client_keys": None,
            "preferred_auth": "password,keyboard-interactive",
        }
    try:
        key = asyncssh.read_private_key(place.private_key, place.password or None)
    except (OSError, asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as error:
        reason = error.strerror if isinstance(error, OSError) else _told(error)
        raise TransferError(f"The private key {place.private_key} cannot be read: {reason}.") from None
    return {"client_keys": [key], "preferred_auth": "publickey"}


def _known_hosts(place: Place) -> Any:
    """The files of keys that are looked in; none where the right key was named."""
    if place.host_key is not None:
        return b""
    if place.known_hosts is not None:
        if not os.path.isfile(place.known_hosts):
            raise TransferError(f"There is no file of known hosts {place.known_hosts}.")
        return place.known_hosts
    return host_keys.usual_files() or b""


def _unknown(place: Place, client: _Client, error: Exception) -> str:
    shown = client.shown
    if place.host_key is not None:
        return f"The host key of {place.host} is {shown}, and not the one that was named."
    if shown is None:
        return f"The host key of {place.host} is not trusted: {_told(error)}."
    refused = f"The host key of {place.host} is not known: {shown}."
    return refused if client.told is None else f"{refused} {client.told}."


def _item(name: str, path: str, attributes: asyncssh.SFTPAttrs) -> Item:
    mode = attributes.permissions or 0
    folder = stat.S_ISDIR(mode)
    return Item(name, path, folder, None if folder else attributes.size)


def _no_text(text: bool) -> None:
    if text:
        raise TransferError("SFTP has no mode for texts: files go over as they are.")


def _local(path: Path) -> bytes:
    return os.fsencode(path)


def _told(error: BaseException) -> str:
    reason = getattr(error, "reason", None) or str(error)
    return names.shown(" ".join(str(reason).split()))[:300] or type(error).__name__
