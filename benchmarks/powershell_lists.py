"""Long lists in PowerShell: 2,000 jobs on the drive of the module and in a session, and 20,000 objects.

The floor of each is the same list as bare bytes over HTTP. The drive is that of a real PowerShell, the
session one whose client hardly looks at what comes.
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from jams.commands.ps import bridge_command
from jams.database import open_beside, tables
from jams.services.connection_strings import EMBEDDED
from tests.support.running import Running, add_account

from .powershell import Driver, session
from .powershell_module import LISTED, MODULE, Shell
from .report import Row, median_seconds
from .running import TRUE_JOB, Client, server

JOBS, OBJECTS = 2_000, 20_000
REPEAT = 3
WRITERS = 4
_ON_THE_DRIVE = (
    (r"dir JAMS:\Many -FullObject", r"Get-ChildItem JAMS:\Many -FullObject", JOBS),
    (r"dir JAMS:\Many -Name", r"Get-ChildItem JAMS:\Many -Name", JOBS),
    (r"dir JAMS:\Many\* -Include J1*", r"Get-ChildItem JAMS:\Many\* -Include J1*", JOBS // 2),
)


def rows() -> Iterable[Row]:
    """Seconds, each the median of a few runs."""
    program = os.environ.get("JAMS_TEST_PWSH") or shutil.which("pwsh")
    with tempfile.TemporaryDirectory(prefix="jams-powershell-") as folder:
        path = Path(folder) / "ps.sock"
        with server(PowerShellSocket=str(path)) as jams:
            add_account(jams.home, "ann", "Administrators")
            client = Client(jams)
            client.call("POST", "/folder", {"folderName": "Many", "parentFolderName": "\\"})
            with ThreadPoolExecutor(WRITERS) as writers:
                list(writers.map(partial(_fill, jams), range(WRITERS)))
            listed = partial(client.raw, "GET", "/api/job/folder/1?recursive=true")
            floor = median_seconds(listed, repeat=REPEAT)
            yield _in_a_session(path, floor)
            if program is None:
                return
            shell = Shell(program, Path(folder))
            for name, work, least in _ON_THE_DRIVE:
                taken = _seconds(shell, jams, work, least)
                yield Row(f"{name}, {JOBS:,} jobs", taken, "s", floor, "the list of the jobs as bytes", 1)
            _copy(jams)
            floor = median_seconds(listed, repeat=REPEAT)
            taken = _seconds(shell, jams, r"Get-ChildItem JAMS:\Many", OBJECTS)
            yield Row(rf"dir JAMS:\Many, {OBJECTS:,} jobs", taken, "s", floor, "the list as bytes", 6)


def _in_a_session(path: Path, floor: float) -> Row:
    driver = Driver(REPEAT + 1, ("Get-JAMSJob", {"Folder": "\\", "Recurse": True}))
    taken = []
    with session(driver, bridge_command(path).split()):
        driver.open()
        for _ in range(REPEAT + 1):
            begin = time.perf_counter()
            count = driver.run()
            taken.append(time.perf_counter() - begin)
            assert count >= JOBS, count
    name = f"Get-JAMSJob -Recurse in a session, {JOBS:,} jobs"
    return Row(name, statistics.median(taken[1:]), "s", floor, "the list of the jobs as bytes", 0.5)


def _seconds(shell: Shell, jams: Running, work: str, least: int) -> float:
    script = LISTED.format(module=MODULE, repeat=REPEAT, work=work, least=least)
    return statistics.median(shell.seconds(script, JAMS_HOME=str(jams.home)))


def _fill(jams: Running, writer: int) -> None:
    client = Client(jams)
    for job in range(writer, JOBS, WRITERS):
        document: dict[str, Any] = {**TRUE_JOB, "jobName": f"J{job}", "parentFolderName": "\\Many"}
        client.call("POST", "/job", document)


def _copy(jams: Running) -> None:
    """Copies of the jobs, beside the server: to make each by a call would take a minute."""
    database = open_beside(str(jams.home / EMBEDDED))
    try:
        with database.read() as c:
            found = [dict(row._mapping) for row in c.execute(select(tables.job))]
        last = max(row["id"] for row in found)
        one = next(row for row in found if row["name"].startswith("J"))
        made = [
            {**one, "id": last + n, "name": f"Copy{n}", "name_key": f"copy{n}"}
            for n in range(1, OBJECTS - JOBS + 1)
        ]
        database.write(lambda c: c.execute(insert(tables.job), made))
    finally:
        database.close()
