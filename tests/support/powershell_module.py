"""The module JAMS in a real PowerShell: a script goes in; what it tells and writes to its streams comes out.

PowerShell is the program that JAMS_TEST_PWSH names, or ``pwsh`` on PATH.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

PWSH = os.environ.get("JAMS_TEST_PWSH") or shutil.which("pwsh")
NEEDS_POWERSHELL = pytest.mark.skipif(PWSH is None, reason="no PowerShell (JAMS_TEST_PWSH, or pwsh on PATH)")
MODULE = Path(__file__).resolve().parents[2] / "psprovider" / "module" / "JAMS"
_MARK = "\x02"
_PRELUDE = f"""
$ErrorActionPreference = 'Continue'
function Tell($name, $value) {{
    $told = ConvertTo-Json -Compress -Depth 5 -InputObject @{{ name = $name; value = $value }}
    [Console]::Out.WriteLine("{_MARK}$told")
}}
function Failure($block) {{
    $Error.Clear()
    try {{ $null = & $block 2>$null }} catch {{ }}
    $found = @($Error)[-1]
    if ($null -eq $found) {{ return $null }}
    @{{ id = $found.FullyQualifiedErrorId; category = "$($found.CategoryInfo.Category)"
       target = "$($found.TargetObject)"; message = "$($found.Exception.Message)" }}
}}
"""


@dataclass
class Output:
    """What a script told by ``Tell name value``, and what it wrote: text, errors, lines of progress."""

    told: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    errors: str = ""
    progress: list[str] = field(default_factory=list)

    def __getitem__(self, name: str) -> Any:
        assert name in self.told, f"the script did not tell {name}:\n{self.text}\n{self.errors}"
        return self.told[name]


class Shell:
    """Runs scripts, each in a PowerShell of its own, with the module imported from the tree."""

    def __init__(self, folder: Path, cache: Path, **variables: str) -> None:
        """``folder`` is where scripts lie and run, ``cache`` where the module's classes are compiled to."""
        self.folder = folder
        self._variables = {
            **{name: value for name, value in os.environ.items() if not name.startswith("JAMS_")},
            "JAMS_POWERSHELL_CACHE": str(cache),
            "NO_COLOR": "1",
            "SHOW_PROGRESS": "1",
            **variables,
        }

    def run(self, script: str, *, load: bool = True, **variables: str) -> Output:
        """Run a script to its end."""
        file = self.folder / "script.ps1"
        imported = f"Import-Module '{MODULE / 'JAMS.psd1'}'\n" if load else ""
        file.write_text(_PRELUDE + imported + script, encoding="utf-8")
        assert PWSH is not None
        done = subprocess.run(
            [PWSH, "-NoProfile", "-NonInteractive", "-File", str(file)],
            env={**self._variables, **variables},
            cwd=self.folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=55,
            stdin=subprocess.DEVNULL,
        )
        output = Output()
        for line in done.stderr.splitlines(keepends=True):
            if line.startswith("PROGRESS:"):
                output.progress.append(line.strip())
            else:
                output.errors += line
        for line in done.stdout.splitlines():
            if line.startswith(_MARK):
                told = json.loads(line[1:])
                output.told[told["name"]] = told["value"]
            else:
                output.text += line + "\n"
        return output


def shell(factory: pytest.TempPathFactory, name: str, **variables: str) -> Shell:
    """A shell in a folder of its own; all of a test run share the classes, compiled when it returns."""
    cache = factory.getbasetemp() / "powershell-classes"
    found = Shell(factory.mktemp(name), cache, **variables)
    if not cache.exists():
        compiled = found.run("Tell ready $true")
        assert compiled["ready"] is True
    return found
