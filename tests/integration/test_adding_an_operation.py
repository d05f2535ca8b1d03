"""The page on adding an operation, done as it is printed in a copy of the checkout: it takes no more."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.doors import DOORS
from tests.support.powershell_doors import EndpointDoor, ModuleDoor
from tests.support.powershell_module import PWSH
from tests.support.running import ROOT

pytestmark = pytest.mark.timeout(240)
"""PowerShell compiles the module, and several servers start."""

PAGE = (ROOT / "docs" / "adding-an-operation.md").read_text(encoding="utf-8")
BLOCKS = [textwrap.dedent(found) for found in re.findall(r"^ +```\w*\n(.*?)^ +```$", PAGE, re.S | re.M)]
(FILE,) = re.findall(r"it is a new one,\s+`(jams/operations/\w+\.py)`", PAGE)
(CASE,) = re.findall(r'below the case "([\w ]+)"', PAGE)
TABLE = "tests/contract/cases.py"
UNTRACKED = ("*.pyc", "__pycache__", "node_modules", "*.egg-info", ".*", "build", "dist")
WALKS = [
    "tests/unit/test_arrows.py",
    "tests/unit/test_generated.py",
    "tests/unit/test_module_generated.py",
    "tests/unit/test_powershell_cmdlets.py",
    "tests/unit/test_soap_wsdl.py",
    "tests/unit/test_webclient_generated.py",
    "tests/contract/test_doors_agree.py::test_every_operation_has_a_case",
]
"""The tests that walk the catalogue."""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the checkout in which the page was followed."""
    copy = tmp_path_factory.mktemp("adding") / "checkout"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*UNTRACKED))
    operation, cases = BLOCKS
    (copy / FILE).write_text(operation, encoding="utf-8")
    table = copy / TABLE
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    (at,) = (number for number, line in enumerate(lines, 1) if line.startswith(f'    Case("{CASE}"'))
    lines.insert(at, textwrap.indent(cases, "    "))
    table.write_text("".join(lines), encoding="utf-8")
    generated = _run(copy, "generators")
    assert generated.returncode == 0, generated.stderr
    yield copy
    shutil.rmtree(copy)


def test_the_code_is_as_it_should_be(checkout: Path) -> None:
    for words in (("check",), ("format", "--check")):
        done = _run(checkout, "ruff", *words, "--no-cache", FILE, TABLE)
        assert done.returncode == 0, done.stdout + done.stderr


def test_every_test_that_walks_the_catalogue_is_content(checkout: Path) -> None:
    done = _run(checkout, "pytest", "-q", "-p", "no:cacheprovider", *WALKS)
    assert done.returncode == 0, done.stdout


def test_every_door_has_it(checkout: Path) -> None:
    done = _run(checkout, "tests.support.adding_an_operation", "add_entry_remark")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.split() == [
        door.name for door in (*DOORS, EndpointDoor, *([ModuleDoor] if PWSH else []))
    ]


def _run(checkout: Path, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a module in the copy, whose packages go before those of this checkout."""
    path = os.pathsep.join([str(checkout), str(checkout / "tests" / "contract")])
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
