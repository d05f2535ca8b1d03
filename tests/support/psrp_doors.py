"""Transports of the remoting endpoint with the demo engine behind them, for tests."""

from __future__ import annotations

import getpass
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jams.objects.errors import Unauthenticated
from jams.security.throttle import Throttle
from psprovider.endpoint.engine import Streams
from psprovider.transports.people import Quota
from psprovider.transports.unix_socket import UnixSocketListener
from psprovider.transports.wsman.server import WSManListener
from tests.support.psrp_demo import DemoEngine


@dataclass(frozen=True)
class Somebody:
    """A person with an account."""

    account: str
    origin: str = ""


@dataclass
class Village:
    """People by user name and by password; keeps who is in."""

    accounts: dict[str, str] = field(default_factory=lambda: {getpass.getuser(): "ann"})
    passwords: dict[str, str] = field(
        default_factory=lambda: {name: f"secret-of-{name}" for name in ("ann", "bob")}
    )
    inside: list[str] = field(default_factory=list)
    throttle: Throttle = field(default_factory=lambda: Throttle(free=20))

    def by_system_user(self, user: str, origin: str) -> Somebody:
        if user not in self.accounts:
            raise Unauthenticated(f"The user {user} has no account in JAMS.")
        return self._enter(self.accounts[user], origin)

    def by_account(self, account: str, origin: str, *, by_password: bool = False) -> Somebody:
        return self._enter(account, origin)

    def check_password(self, user: str, password: str, origin: str) -> str:
        self.throttle.check(user, origin)
        if self.passwords.get(user.lower()) != password:
            self.throttle.failed(user, origin)
            raise Unauthenticated("The user name or the password is wrong.")
        return user.lower()

    def release(self, person: Any) -> None:
        self.inside.remove(person.account)

    def _enter(self, account: str, origin: str) -> Somebody:
        self.inside.append(account)
        return Somebody(account, origin)


@dataclass
class SocketDoor:
    """A listening unix socket."""

    path: Path
    engine: DemoEngine
    people: Village
    listener: UnixSocketListener


@contextmanager
def socket_door(**options: Any) -> Iterator[SocketDoor]:
    """A unix socket with the demo engine, in a short temporary path (such paths have 107 bytes at most)."""
    engine, people = DemoEngine(reads_text=True), options.pop("people", None) or Village()
    quota = options.pop("quota", None) or Quota()
    with tempfile.TemporaryDirectory(prefix="jams-") as folder:
        path = Path(folder) / "powershell.sock"
        listener = UnixSocketListener(path, lambda: engine, people, quota, **options)
        listener.start()
        try:
            yield SocketDoor(path, engine, people, listener)
        finally:
            listener.stop()


def wait_until_empty(people: Village) -> None:
    """Wait until every person has left."""
    wait_until(lambda: not people.inside)


def wait_until(done: Callable[[], bool]) -> None:
    """Wait until something is so; AssertionError if it never is."""
    moment = threading.Event()
    for _ in range(400):
        if done():
            return
        moment.wait(0.05)
    raise AssertionError(done)


class Sleeper:
    """How sleeping commands of the demo engine sleep: until they are stopped.

    Attributes:
        sleeping, stopped: set when a command has come so far.
    """

    def __init__(self) -> None:
        self.sleeping, self.stopped = threading.Event(), threading.Event()

    def __call__(self, streams: Streams, _seconds: float) -> None:
        self.sleeping.set()
        try:
            streams.sleep(60)
        except BaseException:
            self.stopped.set()
            raise


@dataclass
class WSManDoor:
    """A listener of WS-Management without TLS."""

    port: int
    engine: DemoEngine
    people: Village
    listener: WSManListener


@contextmanager
def wsman_door(hold: float = 5.0, **options: Any) -> Iterator[WSManDoor]:
    """WS-Management on a free port with the demo engine."""
    engine, people = DemoEngine(reads_text=True), options.pop("people", None) or Village()
    quota = options.pop("quota", None) or Quota()
    listener = WSManListener("127.0.0.1", 0, lambda: engine, people, quota, hold=hold, **options)
    listener.start()
    try:
        yield WSManDoor(listener.port, engine, people, listener)
    finally:
        listener.stop()
