"""A hundred thousand secrets sealed anew under another key, beside a server that answers.

``JAMS_BENCHMARK_SECRETS`` says how many, for a first look; the time that is aimed at shrinks with them.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert

from jams.database import open_beside, open_database, tables
from jams.database.sealed import CREDENTIAL
from jams.security import keys, sealing
from jams.security.vault import KEY_FILE, Vault
from tests.support import databases
from tests.support.running import configure, running

from .crowd import kinds
from .report import Row
from .running import TRUE_JOB, Client

_MANY = 100_000
SECRETS = int(os.environ.get("JAMS_BENCHMARK_SECRETS", _MANY))
_CHUNK = 5_000


def rows() -> Iterable[Row]:
    """Seconds of GENERATE KEY, and what a question to the server takes meanwhile."""
    for kind in kinds():
        with (
            tempfile.TemporaryDirectory(prefix="jams-benchmark-") as folder,
            databases.database(kind, Path(folder)) as place,
        ):
            home = Path(folder) / "home"
            configure(home, **databases.connection_to(place))
            vault = Vault(home / KEY_FILE)
            _fill(place, vault)
            with running(home) as jams:
                client = Client(jams)
                client.call("POST", "/job", TRUE_JOB)
                alone = _asked(client, lambda count: count < 200)
                seconds, beside = _changed(place, vault, client)
        yield Row(
            f"{SECRETS:,} secrets sealed anew beside a server, {kind}", seconds, "s",
            target=60 * SECRETS / _MANY,
        )  # fmt: skip
        yield Row(
            f"a submission beside it (95th percentile), {kind}", beside * 1e3, "ms",
            alone * 1e3, "without", 250,
        )  # fmt: skip


def _changed(place: Path | str, vault: Vault, client: Client) -> tuple[float, float]:
    """Seconds of a change of keys, and what a submission takes beside it."""
    database = open_beside(place)
    over = threading.Event()
    taken: list[float] = []
    asking = threading.Thread(target=lambda: taken.append(_asked(client, lambda _: not over.is_set())))
    asking.start()
    begin = time.perf_counter()
    done = keys.generate(database, vault)
    seconds = time.perf_counter() - begin
    over.set()
    asking.join()
    assert done.changed == SECRETS and not done.unopened, done
    assert not keys.prove(database, vault).unopened
    database.close()
    return seconds, taken[0]


def _asked(client: Client, goes_on: Callable[[int], bool]) -> float:
    """Submit as long as that says; the 95th percentile of what it takes."""
    taken: list[float] = []
    while goes_on(len(taken)) or len(taken) < 20:
        begin = time.perf_counter()
        client.call("POST", "/submit/job", {"name": "\\True"})
        taken.append(time.perf_counter() - begin)
        time.sleep(0.02)
    return statistics.quantiles(taken, n=20)[-1]


def _fill(place: Path | str, vault: Vault) -> None:
    database = open_database(place)
    known = vault.keys_to_seal()
    for start in range(0, SECRETS, _CHUNK):
        made = [
            {
                "name": f"C{n}",
                "name_key": f"c{n}",
                "user_name": "u",
                "secret": sealing.seal(known, f"password {n}", CREDENTIAL.purpose(f"C{n}")),
                "version": 1,
                "document": "{}",
                "changed": datetime.now(UTC),
                "changed_by": "anna",
            }
            for n in range(start, min(start + _CHUNK, SECRETS))
        ]
        database.write(lambda c, made=made: c.execute(insert(tables.credential), made))
    database.close()
