"""Changes keys of a home over and over, killed each time one step later, until a change comes to its end.

``python -m tests.support.killed_keys PLACE KEYFILE SECRETS WHAT``; WHAT is ``generate`` or ``import``.
Each change runs in a process of its own, forked while nothing is open. A step is a line of the modules that
change keys, met for the first time, or a statement of the database. After each kill another process opens
every secret and says the change again. Writes how many kills there were; ends with 1 at the first secret
that is lost.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from sqlalchemy import Connection, Engine, event, func, select

from jams.database import open_beside, sealed, tables
from jams.security import files, keyfiles, keys, resealing, vault
from jams.security.credentials import CredentialStore
from jams.security.vault import Vault

_TRACED = {module.__file__ for module in (files, keys, resealing, sealed, vault)}
_MOST = 2000


class _Steps:
    """Counts steps, and kills this process at the one that was asked for."""

    def __init__(self, last: int) -> None:
        self._left = last
        self._met: set[tuple[str, int]] = set()

    def watch(self) -> None:
        import threading

        event.listen(Engine, "before_cursor_execute", self._statement)
        event.listen(Engine, "commit", self._statement)
        threading.settrace(self._called)
        sys.settrace(self._called)

    def _called(self, frame: FrameType, what: str, argument: Any) -> Any:
        return self._line if frame.f_code.co_filename in _TRACED else None

    def _line(self, frame: FrameType, what: str, argument: Any) -> Any:
        place = (frame.f_code.co_filename, frame.f_lineno)
        if place not in self._met:
            self._met.add(place)
            self._step()
        return self._line

    def _statement(self, *_: Any) -> None:
        self._step()

    def _step(self) -> None:
        self._left -= 1
        if self._left < 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _change(place: str, path: Path, what: str) -> None:
    database = open_beside(place)
    if what == "generate":
        keys.generate(database, Vault(path))
    else:
        found = keys.read_exported(path.with_name("imported.key"), None)
        keys.import_keys(database, Vault(path), found)
    database.close()


def _killed(last: int, place: str, path: Path, what: str) -> None:
    # The first statement of a thread that is there already would not be traced.
    _Steps(last).watch()
    _change(place, path, what)


def _check(place: str, path: Path, number: int) -> None:
    database = open_beside(place)
    store = CredentialStore(database, Vault(path))
    with database.read() as c:
        assert c.scalar(select(func.count()).select_from(tables.credential)) == number
        for n in range(number):
            assert _password(store, c, n) == f"password {n}"
    resealing.reseal(database, Vault(path))
    with database.read() as c:
        for n in range(number):
            assert _password(store, c, n) == f"password {n}"
    assert len(Vault(path).keys()) == 1
    database.close()


def _password(store: CredentialStore, c: Connection, n: int) -> str:
    return store.logon(c, f"C{n}").password


def _forked(work: Callable[..., None], *arguments: Any) -> int:
    """Run it in a process of its own; how that has ended."""
    process = os.fork()
    if process == 0:
        code = 1
        try:
            work(*arguments)
            code = 0
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def main() -> int:
    place, path, number, what = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    _check(place, path, number)  # so that nobody has to import and compile anew what is needed
    for last in range(_MOST):
        if what == "import":
            name, key = keyfiles.new_key()
            path.with_name("imported.key").write_bytes(keyfiles.written({name: key}, None))
        code = _forked(_killed, last, place, path, what)
        if code not in (0, -signal.SIGKILL):
            print(f"step {last}: the change ended with {code}")
            return 1
        if _forked(_check, place, path, number):
            print(f"step {last}: something is lost")
            return 1
        if code == 0:
            print(last)
            return 0
    print("it never came to its end")
    return 1


if __name__ == "__main__":
    sys.exit(main())
