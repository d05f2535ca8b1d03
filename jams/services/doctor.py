"""What is missing or unsafe on this machine, and how to mend it. Looks, and changes nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from jams.client.home import LOGIN_FILE
from jams.executor import switching
from jams.executor.system_accounts import RunAccounts
from jams.objects.errors import ConfigurationInvalid
from jams.security.vault import KEY_FILE

from . import addons, doctor_places, ways_in_findings
from .connection_strings import EMBEDDED
from .findings import Finding as Finding
from .local_login import SOCKET
from .settings import Settings

_LONGEST_SOCKET = 107
"""Bytes that the path of a unix socket may have."""

FIRST_PASSWORD = "administrator.password"
"""The file in which the first password lies until somebody has taken it from there."""

REPORTS = "reports"
"""The folder of the home directory in which reports of unexpected faults lie."""

_SECRET = (KEY_FILE, LOGIN_FILE, EMBEDDED, FIRST_PASSWORD)
"""Files of the home directory that are for the account of the server alone."""


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything, by what the configuration says."""
    yield from _runs(settings)
    yield from _files(settings)
    yield from _login(settings)
    yield from doctor_places.database(settings)
    yield from doctor_places.room(settings)
    yield from doctor_places.network(settings)
    yield from ways_in_findings.examine(settings)
    yield from addons.findings()


def _runs(settings: Settings) -> Iterator[Finding]:
    try:
        accounts = RunAccounts(settings.default_job_account)
    except ConfigurationInvalid as error:
        yield Finding(
            what="account of jobs",
            good=False,
            told=error.message,
            remedy="Correct DefaultJobAccount, or let the server switch; until then it does not start.",
        )
        return
    yield Finding(
        what="account of jobs",
        good=accounts.separate,
        told=accounts.told(),
        remedy="" if accounts.separate else "Name an account that owns nothing in DefaultJobAccount.",
    )
    account = accounts.account_of(None)
    if account is not None:
        good = switching.reaches(account, sys.executable)
        yield Finding(
            what="programs of jobs",
            good=good,
            told=f"{account.name} can{'' if good else 'not'} run {sys.executable}, which jobs of Python, "
            "SQL, HTTP, Mail and FileTransfer need.",
            remedy="" if good else "Install JAMS in a directory that every account may enter, as /opt/jams.",
        )


def _changed_by_others(path: Path) -> bool:
    return bool(path.stat().st_mode & 0o022)


def _files(settings: Settings) -> Iterator[Finding]:
    if os.name != "posix":
        return
    home = settings.home
    if home.is_dir():
        good = not _changed_by_others(home)
        yield Finding(
            what="home directory",
            good=good,
            told=f"{home} can be changed by {'nobody else' if good else 'others'}.",
            remedy="" if good else f"chmod go-w {home}",
        )
    for path in (
        settings.run_directory,
        settings.job_logs,
        settings.log_directory,
        settings.backup_directory,
    ):
        if path.is_dir() and _changed_by_others(path):
            yield Finding(
                what=f"directory {path.name}",
                good=False,
                told=f"{path} can be changed by others, who could put something else in the place of a file.",
                remedy=f"chmod go-w {path}, or name a directory of its own in it.",
            )
    for path in (home / name for name in _SECRET):
        if path.exists() and path.stat().st_mode & 0o077:
            yield Finding(
                what=path.name,
                good=False,
                told=f"{path} can be read by others than its owner.",
                remedy=f"chmod 600 {path}",
            )
    reports = sorted((home / REPORTS).glob("*.zip"))
    if reports:
        yield Finding(
            what="reports of faults",
            good=False,
            told=f"{len(reports)} of them lie in {home / REPORTS}, the newest is {reports[-1].name}.",
            remedy="Look into them, or give them to who does; then delete them.",
        )
    if (home / FIRST_PASSWORD).exists():
        yield Finding(
            what="first password",
            good=False,
            told=f"The first password of the administrator still lies in {home / FIRST_PASSWORD}.",
            remedy="Take it from there, and delete the file.",
        )


def _login(settings: Settings) -> Iterator[Finding]:
    path = settings.home / SOCKET
    good = len(os.fsencode(path)) <= _LONGEST_SOCKET and sys.platform == "linux"
    yield Finding(
        what="local login",
        good=good,
        told=f"It comes from the socket {path}."
        if good
        else "No socket can be made for it, so that a token which holds for an hour lies in client.json.",
        remedy="" if good or sys.platform != "linux" else "Give the home directory a shorter path.",
    )
