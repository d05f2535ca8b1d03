"""What is imported is declared, what is declared is bounded, and the lock holds it."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PRODUCT = ("jams", "webservices", "webclient", "psprovider", "iis")
AROUND = ("generators", "tests", "benchmarks")
NOT_IMPORTED = {"bcrypt", "tzdata"}
"""What cryptography opens keys of OpenSSH by that have a passphrase; data for the standard library."""
WITH_EXTRA = {
    "asyncssh": (
        "ssh",
        ("psprovider/transports/ssh.py", "jams/transfers/sftp.py", "jams/transfers/host_keys.py"),
    ),
    "aiosmtpd": ("demo", ("jams/commands/letterbox.py",)),
    "authlib": ("openid", ("webclient/issuer_login.py",)),
    "joserfc": ("openid", ("jams/security/outside/openid_",)),
    "keyring": ("keyring", ("jams/security/wrapping.py",)),
    "ldap3": ("ldap", ("jams/security/outside/ldap_",)),
    "psycopg": (
        "postgresql",
        (
            "jams/database/postgresql.py",
            "jams/database/postgresql_copying.py",
            "jams/database/standing.py",
            "jams/services/database_accounts.py",
            "jams/services/database_places.py",
        ),
    ),
    "win32evtlogutil": ("windows", ("jams/services/system_errors.py",)),
    "pypsrp": ("winrm", ("jams/executor/winrm/",)),
    "pyodbc": (
        "odbc",
        (
            "jams/database/sqlserver.py",
            "jams/database/sqlserver_standing.py",
            "jams/executor/methods.py",
            "jams/work/odbc.py",
        ),
    ),
}
"""Where the product may import what only an extra installs."""
ON_WINDOWS = dict.fromkeys(
    ("servicemanager", "win32evtlogutil", "win32service", "win32serviceutil"), "pywin32"
)
"""Modules of distributions that can be installed on Windows alone."""


def requirements(texts: list[str]) -> dict[str, Requirement]:
    """Requirements by the canonical name of the distribution."""
    return {canonicalize_name(item.name): item for item in map(Requirement, texts)}


DEPENDENCIES = requirements(PROJECT["project"]["dependencies"])
EXTRAS = {name: requirements(texts) for name, texts in PROJECT["project"]["optional-dependencies"].items()}
EVERYTHING = DEPENDENCIES | {name: item for extra in EXTRAS.values() for name, item in extra.items()}


@cache
def imports() -> dict[str, set[str]]:
    """The top modules that are not the standard library's, each with the files that import it."""
    found: dict[str, set[str]] = {}
    for room in (*PRODUCT, *AROUND):
        for path in (ROOT / room).rglob("*.py"):
            if "node_modules" in path.parts:
                continue
            for module in _modules(ast.parse(path.read_text(encoding="utf-8"))):
                top = module.partition(".")[0]
                if top not in sys.stdlib_module_names and top not in _ours():
                    found.setdefault(top, set()).add(path.relative_to(ROOT).as_posix())
    return found


def _modules(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name == "import_module" and isinstance(node.args[0].value, str):
                yield node.args[0].value


@cache
def _ours() -> set[str]:
    """The rooms, and the modules that stand beside the tests that import them."""
    return {*PRODUCT, *AROUND, *(path.stem for path in (ROOT / "tests").rglob("*.py"))}


@cache
def distributions(module: str) -> set[str]:
    if module in ON_WINDOWS:
        return {ON_WINDOWS[module]}
    return {canonicalize_name(name) for name in packages_distributions().get(module, ())}


def test_what_is_imported_is_declared() -> None:
    assert {module: fault for module, files in imports().items() if (fault := _fault(module, files))} == {}


def _fault(module: str, files: set[str]) -> str | None:
    in_product = sorted(path for path in files if path.partition("/")[0] in PRODUCT)
    if not distributions(module) & EVERYTHING.keys():
        return f"nothing that is declared brings what {min(files)} imports"
    if module in WITH_EXTRA:
        extra, places = WITH_EXTRA[module]
        elsewhere = [path for path in in_product if not path.startswith(places)]
        if elsewhere or not distributions(module) & EXTRAS[extra].keys():
            return f"it comes with the extra {extra} alone, and is imported by {elsewhere or in_product}"
    elif in_product and not distributions(module) & DEPENDENCIES.keys():
        return f"it comes with an extra, and {in_product[0]} imports it"
    return None


def test_every_extra_is_a_component_on_the_page_and_its_lack_names_it() -> None:
    page = (ROOT / "docs" / "installing.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `openjams\[(\w+)\]` \|", page, re.MULTILINE)
    assert sorted(told) == sorted(EXTRAS.keys() - {"dev"})
    code = "".join(
        path.read_text(encoding="utf-8") for room in PRODUCT for path in (ROOT / room).rglob("*.py")
    )
    # A driver of a database is named by what is asked of its kind.
    by_kind = re.findall(r'_Kind\("[^)]*?"(\w+)", (?:True|False)\)', code)
    assert {each for each in told if f"openjams[{each}]" not in code} <= set(by_kind)


@pytest.mark.parametrize("name", sorted(DEPENDENCIES.keys() - NOT_IMPORTED))
def test_what_is_declared_is_imported(name: str) -> None:
    files = {file for module, places in imports().items() if name in distributions(module) for file in places}
    assert any(path.partition("/")[0] in PRODUCT for path in files)


@pytest.mark.parametrize(
    "requirement", [*EVERYTHING.values(), *map(Requirement, PROJECT["build-system"]["requires"])], ids=str
)
def test_every_requirement_has_an_upper_bound(requirement: Requirement) -> None:
    bounded = any(item.operator in ("<", "==") for item in requirement.specifier)
    assert bounded or requirement.name == PROJECT["project"]["name"]


def test_the_lock_holds_what_is_declared() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.findall(r"^([\w.-]+)==(\S+)((?: ;[^\\\n]*)? \\\n(?:    --hash=\S+(?: \\)?\n)+)", text, re.M)
    locked = {canonicalize_name(name): Version(version) for name, version, _ in entries}
    assert len(locked) == len(re.findall(r"^\S+==", text, re.M)), "an entry has no hash"
    wanted = {name: item for name, item in EVERYTHING.items() if name != PROJECT["project"]["name"]}
    unfit = [
        str(item) for name, item in wanted.items() if name not in locked or locked[name] not in item.specifier
    ]
    assert not unfit, f"requirements.lock is stale for {', '.join(unfit)}\n\nRun: python3 run.py lock\n"
