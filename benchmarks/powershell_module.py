"""The PowerShell module: importing it, and listing 5,000 jobs on the drive, in a real PowerShell.

PowerShell is the program that JAMS_TEST_PWSH names, or ``pwsh`` on PATH; without one nothing is measured.
The floors are the import of an empty module, and the bare bytes of the list of jobs over HTTP.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from tests.support.running import Running

from .report import Row, median_seconds
from .running import TRUE_JOB, Client, server

MODULE = Path(__file__).resolve().parents[1] / "psprovider" / "module" / "JAMS" / "JAMS.psd1"
FOLDERS, JOBS = 25, 200
REPEAT = 5
WRITERS = 4
_TIMED = """
$watch = [Diagnostics.Stopwatch]::StartNew()
{work}
[Console]::Out.WriteLine($watch.Elapsed.TotalSeconds.ToString([cultureinfo]::InvariantCulture))
"""
LISTED = """
Import-Module '{module}'
$null = Test-JAMSServer
foreach ($i in 1..{repeat}) {{
    [MVPSI.JAMS.Module.ModuleHost]::Forget()
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $found = @({work})
    $taken = $watch.Elapsed.TotalSeconds
    if ($found.Count -lt {least}) {{ throw "only $($found.Count) items" }}
    [Console]::Out.WriteLine($taken.ToString([cultureinfo]::InvariantCulture))
}}
"""


def rows() -> Iterable[Row]:
    """Seconds, each the median of a few runs."""
    program = os.environ.get("JAMS_TEST_PWSH") or shutil.which("pwsh")
    if program is None:
        print(" no PowerShell here", end="", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory(prefix="jams-powershell-") as folder:
        shell = Shell(program, Path(folder))
        shell.seconds(_TIMED.format(work=f"Import-Module '{MODULE}'"))
        bare = [
            shell.seconds(_TIMED.format(work=f"Import-Module '{shell.empty_module()}'"))[0]
            for _ in range(REPEAT)
        ]
        own = [shell.seconds(_TIMED.format(work=f"Import-Module '{MODULE}'"))[0] for _ in range(REPEAT)]
        yield Row(
            "Import-Module JAMS, compiled before",
            statistics.median(own),
            "s",
            statistics.median(bare),
            "a module with one function",
            0.5,
        )
        with server() as jams:
            client = Client(jams)
            with ThreadPoolExecutor(WRITERS) as writers:
                list(writers.map(partial(_fill, jams), range(FOLDERS)))
            floor = median_seconds(
                lambda: client.raw("GET", "/api/job/folder/1?recursive=true"), repeat=REPEAT
            )
            script = LISTED.format(
                module=MODULE,
                repeat=REPEAT,
                work="Get-ChildItem JAMS:\\ -Recurse",
                least=FOLDERS * (JOBS + 1),
            )
            taken = shell.seconds(script, JAMS_HOME=str(jams.home))
            yield Row(
                f"dir JAMS:\\ -Recurse, {FOLDERS * JOBS:,} jobs in {FOLDERS} folders",
                statistics.median(taken),
                "s",
                floor,
                "the list of the jobs as bytes",
                2,
            )


def _fill(jams: Running, folder: int) -> None:
    client = Client(jams)
    client.call("POST", "/folder", {"folderName": f"F{folder}", "parentFolderName": "\\"})
    for job in range(JOBS):
        document: dict[str, Any] = {**TRUE_JOB, "jobName": f"J{job}", "parentFolderName": f"\\F{folder}"}
        client.call("POST", "/job", document)


class Shell:
    """Runs scripts that write seconds."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program = program
        self._folder = folder

    def seconds(self, script: str, **variables: str) -> list[float]:
        """What a script writes, as numbers."""
        file = self._folder / "script.ps1"
        file.write_text(script, encoding="utf-8")
        done = subprocess.run(
            [self._program, "-NoProfile", "-NonInteractive", "-File", str(file)],
            env={**os.environ, "JAMS_POWERSHELL_CACHE": str(self._folder / "classes"), **variables},
            capture_output=True,
            text=True,
            check=True,
            stdin=subprocess.DEVNULL,
        )
        if done.stderr:
            raise RuntimeError(done.stderr)
        return [float(line) for line in done.stdout.split()]

    def empty_module(self) -> Path:
        """A module with a manifest and one function."""
        module = self._folder / "Empty"
        module.mkdir(exist_ok=True)
        (module / "Empty.psm1").write_text("function Get-Nothing {}\n", encoding="utf-8")
        manifest = module / "Empty.psd1"
        manifest.write_text(
            "@{ RootModule = 'Empty.psm1'; ModuleVersion = '1.0'; FunctionsToExport = @('Get-Nothing') }\n",
            encoding="utf-8",
        )
        return manifest
