"""JAMSWebClient imports nothing of the server, and nothing heavy before it is needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.commandline import environment

PACKAGE = Path(__file__).resolve().parents[2] / "webclient"
HEAVY = {
    "asyncio", "dataclasses", "email", "flask", "http.client", "importlib.metadata", "inspect", "lxml",
    "msgspec", "pathlib", "platformdirs", "requests", "sqlalchemy", "ssl", "tabulate", "typing",
    "urllib.request", "xml.etree.ElementTree", "yaml", "zeep",
}  # fmt: skip
OURS = {"jams", "webservices", "psprovider", "iis", "generators"}
REPORT = """
import sys
before = set(sys.modules)
from webclient.main import main
code = main({arguments!r})
print(code, *(set(sys.modules) - before), file=sys.stderr)
"""


def loaded(folder: Path, *arguments: str) -> tuple[int, set[str]]:
    """The exit code of a command, and the modules that it has imported."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r})\n"
         + REPORT.format(arguments=list(arguments))],
        env=environment(folder), capture_output=True, text=True, check=True, timeout=50,
    )  # fmt: skip
    code, *modules = done.stderr.splitlines()[-1].split()
    return int(code), set(modules)


@pytest.mark.parametrize(
    "arguments", [("--help",), ("submit", "--help"), ("--version",), ("completion", "bash"), ("hodl",)]
)
def test_help_imports_nothing_heavy(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    code, modules = loaded(tmp_path, *arguments)
    assert code == (2 if arguments == ("hodl",) else 0)
    assert not modules & (HEAVY | OURS)


def test_a_command_over_rest_imports_no_library_and_nothing_of_the_server(tmp_path: Path) -> None:
    code, modules = loaded(tmp_path, "jobs", "--server", "http://127.0.0.1:9/JAMS")
    assert code == 7
    heavy = HEAVY - {"email", "http.client", "ssl"}  # the standard library's HTTP needs these two
    assert not modules & (heavy | OURS)


def test_a_command_over_soap_imports_no_library_and_nothing_of_the_server(tmp_path: Path) -> None:
    code, modules = loaded(tmp_path, "jobs", "--server", "http://127.0.0.1:9/JAMS", "--protocol", "soap")
    assert code == 7
    heavy = HEAVY - {"email", "http.client", "ssl", "xml.etree.ElementTree"}
    assert not modules & (heavy | OURS)


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*.py")), ids=lambda path: path.name)
def test_no_module_names_the_server(path: Path) -> None:
    named: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            named |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            named.add((node.module or "").partition(".")[0])
    assert not named & OURS
