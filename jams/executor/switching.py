"""How a run takes another account: the command that its supervisor runs in place of the work.

This is a lock; read it as one. The supervisor keeps the account of the server, since it writes the end of the
run down. So nothing that a job says may reach it: its environment holds two variables, both ours. The
variables of the job are a file in memory, which a shell reads that is the account already:

    supervisor → [prlimit, the limits of the account] → setpriv, which becomes it → shell → the work

``setpriv`` sets the groups of the account, then its group, then the account itself, and drops the inheritable
and ambient capabilities; no capability outlives the program that follows. ``no_new_privs`` is not set: a rule
of sudo is how an account is given more.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from .account_limits import limits_of
from .system_accounts import PATH, SystemAccount

ENVIRONMENT = 9
"""The descriptor that holds the variables, as the shell of the account finds them."""

_KEPT = re.compile(r"LANG|LC_\w+|TZ")
"""Variables of the server that every account has: language and zone."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

_BEGIN = f"""\
. /dev/fd/{ENVIRONMENT}
exec {ENVIRONMENT}<&-
"""
_END = 'shift\nexec "$@"'
_IN_HOME = f'{_BEGIN}cd -- "$1" 2>/dev/null || cd /\n{_END}'
_IN_DIRECTORY = f'{_BEGIN}cd -- "$1" || exit 126\n{_END}'

_UMASK = re.compile(r"^\s*UMASK\s+(0?[0-7]{3})\s*$", re.M)


def environment_of(account: SystemAccount, base: Mapping[str, str]) -> dict[str, str]:
    """What a run of the account inherits; of the variables of the server only language and zone."""
    return {
        **{name: value for name, value in base.items() if _KEPT.fullmatch(name)},
        "PATH": PATH,
        "HOME": account.home,
        "USER": account.name,
        "LOGNAME": account.name,
        "SHELL": account.shell,
    }


def variables(environment: Mapping[str, str]) -> bytes:
    """A script that sets variables, and the mask of new files. Names that no shell knows are left out.

    ``command`` lets the shell go on where it keeps a variable for itself, as UID.
    """
    lines = [f"umask {_umask()}"]
    for name, value in environment.items():
        if _NAME.fullmatch(name):
            if "\0" in value:
                raise ValueError("embedded null byte")
            quoted = value.replace("'", "'\\''")
            lines.append(f"command export {name}='{quoted}' 2>/dev/null || :")
    return "\n".join(lines).encode("utf-8", "surrogateescape") + b"\n"


def command(account: SystemAccount, work: Sequence[str], directory: str | None) -> list[str]:
    """The command that does ``work`` as the account, in a directory, or else in its home.

    Raises FileNotFoundError when this machine lacks a program that it takes.
    """
    inner = [_IN_HOME, "sh", account.home] if directory is None else [_IN_DIRECTORY, "sh", directory]
    limits = limits_of(account)
    return [
        *([_program("prlimit"), *limits] if limits else []),
        *_shell_of(account),
        *inner,
        *work,
    ]


def reaches(account: SystemAccount, program: str) -> bool:
    """Whether an account can run a program, which it is made to: with ``--version``."""
    asked = [*_shell_of(account), 'exec "$0" --version', program]
    done = subprocess.run(asked, capture_output=True, cwd="/", env={"PATH": PATH}, check=False)
    return done.returncode == 0


def _shell_of(account: SystemAccount) -> list[str]:
    """A shell that is the account; its script and arguments follow.

    It is a shell that runs all else, since ``setpriv`` opens what it runs with the rights of before.
    """
    return [
        _program("setpriv"),
        f"--reuid={account.uid}",
        f"--regid={account.gid}",
        "--init-groups",
        "--inh-caps=-all",
        "--ambient-caps=-all",
        "--",
        "/bin/sh",
        "-c",
    ]


def interpreter(source: str) -> list[str]:
    """The program that the first line of a script names, with its argument; empty if none.

    As the system would take it apart; it is done here because scripts lie where nothing may be executed.
    """
    if not source.startswith("#!"):
        return []
    return source[2:].partition("\n")[0].strip().split(None, 1)


class Scripts:
    """The scripts of runs that have another account: each is that account's, and no other can read it.

    They lie outside the home directory of the server, into which no other account can look.

    Args:
        root: the journal directory of the executor.
    """

    def __init__(self, root: str) -> None:
        self._path = _place(root)
        self._tokens: set[str] = set()
        with suppress(OSError):
            self._tokens = {name.partition(".")[0] for name in os.listdir(self._path)}

    def path(self, token: str, suffix: str) -> str:
        """Where the script of a run lies."""
        return f"{self._path}/{token}.{suffix}"

    def write(self, token: str, suffix: str, script: bytes, account: SystemAccount) -> str:
        """Write the script of a run; its path. Raises OSError."""
        self._prepare()
        path = self.path(token, suffix)
        self._tokens.add(token)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        with suppress(FileNotFoundError):
            os.unlink(path)
        with os.fdopen(os.open(path, flags, 0o400), "wb") as file:
            file.write(script)
            file.flush()
            if sys.platform != "win32":
                os.fchown(file.fileno(), account.uid, account.gid)
        return path

    def remove(self, token: str) -> None:
        """Remove what lies here of a run; costs nothing where there is none."""
        if token not in self._tokens:
            return
        self._tokens.discard(token)
        for found in Path(self._path).glob(f"{token}.*"):
            with suppress(OSError):
                found.unlink()

    def close(self) -> None:
        """Remove the directory, unless scripts of runs that go on lie in it."""
        with suppress(OSError):
            os.rmdir(self._path)

    def tokens(self) -> set[str]:
        """The runs of which scripts lie here."""
        return set(self._tokens)

    def _prepare(self) -> None:
        """Make the directory. Raises OSError, also when somebody else was there first."""
        with suppress(FileExistsError):
            os.mkdir(self._path, 0o711)
            os.chmod(self._path, 0o711)  # whatever the umask
        found = os.lstat(self._path)
        ours = sys.platform == "win32" or found.st_uid == os.geteuid()
        if not (stat.S_ISDIR(found.st_mode) and ours and not found.st_mode & 0o022):
            raise PermissionError(1, f"{self._path} is not the server's own: remove it")


def _place(root: str) -> str:
    base = os.environ.get("RUNTIME_DIRECTORY", "").partition(":")[0]
    if not base:
        base = "/run" if os.access("/run", os.W_OK | os.X_OK) else tempfile.gettempdir()
    return os.path.join(base, f"jams-scripts-{hashlib.sha256(os.fsencode(root)).hexdigest()[:16]}")


def _program(name: str) -> str:
    found = shutil.which(name, path=PATH)
    if found is None:
        raise FileNotFoundError(2, f"the program {name} (of util-linux) is missing")
    return found


def _umask() -> str:
    """The mask of files that this machine gives its users (login.defs), 022 where it does not say."""
    try:
        found = _UMASK.findall(Path("/etc/login.defs").read_text("utf-8", "replace"))
    except OSError:
        found = []
    return found[-1] if found else "022"
