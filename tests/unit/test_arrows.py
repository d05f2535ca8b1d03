"""Imports run along the arrows whose contracts stand in pyproject.toml, and migrations along one chain."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from jams.database import schema

ROOT = Path(__file__).resolve().parents[2]
LINT = "import sys; from importlinter import cli; sys.exit(cli.lint_imports(no_cache=True))"


def test_imports_run_along_the_arrows() -> None:
    # In a process of its own: the linter switches off the loggers of everything imported before it.
    done = subprocess.run([sys.executable, "-c", LINT], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr


def test_no_two_migrations_have_one_number() -> None:
    # Of two that were written side by side; no database can be opened then.
    versions = schema.known_versions()
    assert len(set(versions)) == len(versions), versions
