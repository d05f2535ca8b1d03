"""The accounts of this machine that runs may take, and whether this process may switch to them.

A server that may switch (root, or one with the capabilities below) gives each run the account that is named
for it, or a default one. Any other server runs everything as itself, and refuses to promise anything else.
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from jams.objects.errors import ConfigurationInvalid, InvalidArgument

_CAPABILITIES = {"CAP_CHOWN": 0, "CAP_KILL": 5, "CAP_SETGID": 6, "CAP_SETUID": 7, "CAP_SYS_PTRACE": 19}
"""What switching takes: to give a script away, to end what runs, to become somebody, to know it again."""

_POWERS = sum(1 << bit for bit in _CAPABILITIES.values())

ROOT = 0

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
"""Where programs of the system are looked for; the PATH of the server may lead elsewhere."""


@dataclass(frozen=True, slots=True)
class SystemAccount:
    """An account of this machine, as its user database has it."""

    name: str
    uid: int
    gid: int
    home: str
    shell: str


class RunAccounts:
    """Which accounts runs take here.

    Args:
        default: the account of runs for which none is named; empty: that of this process.

    Raises:
        ConfigurationInvalid: the default is no account of this machine, or this process may not take it; or
            there is none, and jobs would inherit the capabilities of this process.
    """

    def __init__(self, default: str = "") -> None:
        self.lacking = _lacking()
        """Why this process may not switch; empty if it may."""
        self.own = own_account()
        """The account of this process."""
        self._default: str | None = None
        if not default or self._is_own(default):
            self._check_nothing_is_inherited()
            return
        try:
            self._default = self._switchable(default).name
        except InvalidArgument as error:
            raise ConfigurationInvalid(
                f"DefaultJobAccount cannot be obeyed. {error.message}", target="DefaultJobAccount"
            ) from None

    @staticmethod
    def _check_nothing_is_inherited() -> None:
        if sys.platform == "linux" and capabilities("CapAmb") & _POWERS:
            raise ConfigurationInvalid(
                "Jobs would have the capabilities by which the server switches accounts, and could become "
                "anybody: name an account for them in DefaultJobAccount.",
                target="DefaultJobAccount",
            )

    @property
    def default(self) -> str:
        """The account of runs for which none is named."""
        return self._default or self.own

    @property
    def separate(self) -> bool:
        """Whether no run has the account of the server, so that none can read what is the server's own."""
        return self._default is not None

    def account_of(self, name: str | None) -> SystemAccount | None:
        """The account that a run takes; None when it is that of this process.

        Raises:
            InvalidArgument: there is no such account here, or it cannot be had.
        """
        wanted = name or self._default
        if wanted is None:
            return None
        if self._is_own(wanted):
            if self.separate:
                raise InvalidArgument(
                    f"Jobs do not run as {wanted}, the account of the server, where DefaultJobAccount keeps "
                    "them apart from it.",
                    target=wanted,
                )
            return None
        return self._switchable(wanted)

    def refusal(self, name: str) -> str | None:
        """Why runs cannot take an account, in a sentence; None if they can."""
        try:
            self.account_of(name)
        except InvalidArgument as error:
            return error.message
        return None

    def told(self) -> str:
        """As whom jobs run here, and what that means, in sentences for an administrator."""
        if self.separate:
            return (
                f"Jobs run as {self._default}, or as their property ExecuteAs says; none runs as {self.own}, "
                "the account of the server."
            )
        means = (
            f"Jobs without ExecuteAs run as {self.own}, the account of the server, and can read its keys and "
            "its database: whoever may define a job can do everything here."
        )
        if not self.lacking:
            return f"{means} DefaultJobAccount gives them another account."
        return f"{means} Other accounts are refused: {self.lacking}"

    def _is_own(self, name: str) -> bool:
        found = _find(name)
        return name == self.own if found is None else found.uid == os.geteuid()

    def _switchable(self, name: str) -> SystemAccount:
        if self.lacking:
            raise InvalidArgument(f"Jobs cannot run as {name} here: {self.lacking}", target=name)
        found = _find(name)
        if found is None:
            raise InvalidArgument(f"There is no account {name} on the machine of the server.", target=name)
        if found.uid == ROOT:
            raise InvalidArgument(
                f"Jobs do not run as {name}, who may do everything: let sudo give an account what it needs.",
                target=name,
            )
        return found


def own_account() -> str:
    """The account of the operating system as which this process runs."""
    if sys.platform == "win32":
        import getpass

        return getpass.getuser()
    import pwd

    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())


def _find(name: str) -> SystemAccount | None:
    if sys.platform == "win32":
        return None
    import pwd

    try:
        found = pwd.getpwnam(name)
    except (KeyError, ValueError):
        return None
    return SystemAccount(
        found.pw_name, found.pw_uid, found.pw_gid, found.pw_dir or "/", found.pw_shell or "/bin/sh"
    )


def _lacking() -> str:
    if sys.platform != "linux":
        return "this release switches accounts on Linux alone."
    if shutil.which("setpriv", path=PATH) is None:
        return "the program setpriv (of util-linux) is missing."
    held = capabilities()
    missing = [name for name, bit in _CAPABILITIES.items() if not held >> bit & 1]
    if missing:
        return f"the server runs as {own_account()} without {', '.join(missing)}."
    return ""


def capabilities(of: str = "CapEff") -> int:
    """The effective capabilities of this process, as bits; or another set of them, by its name in /proc."""
    try:
        for line in Path("/proc/self/status").read_text("ascii", "replace").splitlines():
            name, _, value = line.partition(":")
            if name == of:
                return int(value, 16)
    except (OSError, ValueError):
        pass
    return 0
