"""Accounts of this machine that runs take in tests, and whether they can be had."""

from __future__ import annotations

import sys

import pytest

from jams.executor import switching as switches
from jams.executor.system_accounts import RunAccounts

OTHER = "daemon"
"""An account that every Linux has."""

SECOND = "bin"
"""Another one."""

switching = pytest.mark.skipif(
    sys.platform != "linux" or bool(RunAccounts().lacking),
    reason="takes a process that may switch accounts: root on Linux",
)
"""For tests that switch accounts for real."""


def reaches(account: str, program: str) -> bool:
    """Whether an account can run a program, which may lie in a directory of somebody else."""
    accounts = RunAccounts()
    found = None if accounts.lacking else accounts.account_of(account)
    return found is not None and switches.reaches(found, program)
