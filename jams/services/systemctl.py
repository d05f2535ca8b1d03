"""systemd asked to do something, where it is what runs this machine, and which units of a home it has."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

from jams.objects.errors import ServerUnavailable

from .settings import Settings
from .systemd import TARGET, units

_RUNS = Path("/run/systemd/system")


def runs_here() -> bool:
    """Whether systemd runs this machine, so that it can be asked."""
    return _RUNS.is_dir() and shutil.which("systemctl") is not None


def systemctl(*words: str) -> None:
    """Have systemd do something. Raises ServerUnavailable when it does not."""
    done = subprocess.run(["systemctl", *words], env={**os.environ, "SYSTEMD_PAGER": ""}, check=False)
    if done.returncode != 0:
        raise ServerUnavailable(f"systemctl {' '.join(words)} ended with {done.returncode}; it says why.")


def has_units_of(settings: Settings, directory: Path) -> bool:
    """Whether units that run the services of a home lie in a directory."""
    home = f"--home {settings.home}"
    for name in units(settings, "anybody"):
        with suppress(OSError):
            text = (directory / name).read_text(encoding="utf-8").replace('"', "")
            if any(line.startswith("ExecStart=") and line.endswith(home) for line in text.splitlines()):
                return True
    return False


def start_services() -> None:
    """Start the services that systemd runs; those that run stay as they are. Raises ServerUnavailable."""
    systemctl("start", TARGET)
