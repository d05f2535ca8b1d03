"""The units by which systemd runs the services of a home, each as confined as what it does allows.

JAMSServer and JAMSScheduler start no job, so nothing of their confinement reaches one: they see the system
read only, have no capability but that for the port, and no call of the kernel that a service does not need.
What JAMSExecutor is confined to, its jobs are as well: a job that may not write to ``/srv``, or has lost sudo
to ``NoNewPrivileges``, is no job any more. So the executor is an account without rights, with the few
capabilities by which it switches accounts, and cannot reach the key and the database of the home: it needs
neither, and no job is to have them.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from jams.objects.errors import InvalidArgument
from jams.security.vault import KEY_FILE
from jams.wire.addresses import WIRE_PORT

from .connection_strings import database_url
from .roles import APART, Role
from .settings import Settings

TARGET = "jams.target"
"""Starts and stops all of them."""

_SWITCHING = "CAP_CHOWN CAP_KILL CAP_SETGID CAP_SETUID CAP_SYS_PTRACE"
_PRIVILEGED = 1024

_ABOUT = {
    Role.SERVER: "JAMSServer: what callers want of JAMS, and the web services",
    Role.SCHEDULER: "JAMSScheduler: plans, starts what is due and settles what has ended",
    Role.EXECUTOR: "JAMSExecutor: runs the jobs of JAMS and watches them",
}

_CONFINED = """\
NoNewPrivileges=yes
ProtectSystem=strict
PrivateDevices=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
RemoveIPC=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@resources @privileged
SystemCallErrorNumber=EPERM
"""


def units(settings: Settings, user: str) -> Mapping[str, str]:
    """The text of each unit, by the name of its file.

    Args:
        settings: of the home.
        user: the account as which the services run.

    Raises:
        InvalidArgument: a path cannot be written in a unit.
    """
    made = {_name(role): _unit(role, settings, user) for role in APART}
    wants = "".join(f"Wants={name}\n" for name in made)
    made[TARGET] = f"[Unit]\nDescription=JAMS\n{wants}\n[Install]\nWantedBy=multi-user.target\n"
    return made


def tell_ready() -> None:
    """Tell systemd, if it has started this process, that the service answers (``sd_notify(3)``)."""
    where = os.environ.get("NOTIFY_SOCKET", "")
    if not where.startswith(("/", "@")):
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.sendto(b"READY=1", "\0" + where[1:] if where.startswith("@") else where)


def _name(role: Role) -> str:
    return f"jams-{role.value}.service"


def _unit(role: Role, settings: Settings, user: str) -> str:
    command = [sys.executable, "-m", "jams.commands.main", "start", role.value, "--home", str(settings.home)]
    first = "" if role is Role.SERVER else f" {_name(Role.SERVER)}"
    confined = _executor(settings, user) if role is Role.EXECUTOR else _beside(role, settings)
    return (
        f"[Unit]\nDescription={_ABOUT[role]}\nPartOf={TARGET}\n"
        # Who needs another waits for it by himself; the order saves the first start that waiting.
        f"Wants=network-online.target\nAfter=network-online.target postgresql.service{first}\n\n"
        f"[Service]\nType=notify\nExecStart={' '.join(map(_quoted, command))}\nUser={user}\n"
        "Restart=on-failure\nRestartSec=2\nTimeoutStopSec=90\nLimitNOFILE=65536\n"
        f"{confined}\n[Install]\nWantedBy={TARGET}\n"
    )


def _executor(settings: Settings, user: str) -> str:
    apart = settings.default_job_account not in ("", user)
    # Jobs go on when the executor stops, and when one of them takes all memory.
    lines = ["KillMode=process", "OOMPolicy=continue", "TasksMax=infinity"]
    lines += ["RuntimeDirectory=jams", "RuntimeDirectoryMode=0711", "RuntimeDirectoryPreserve=yes"]
    if apart:
        lines.append(f"AmbientCapabilities={_SWITCHING}")
    lines += [f"InaccessiblePaths=-{_quoted(str(path))}" for path in _secrets(settings)]
    return "".join(f"{line}\n" for line in lines)


def _beside(role: Role, settings: Settings) -> str:
    lines = ["UMask=0077", *_CONFINED.splitlines()]
    port = settings.server_port
    privileged = role is Role.SERVER and 0 < (WIRE_PORT if port is None else port) < _PRIVILEGED
    held = "CAP_NET_BIND_SERVICE" if privileged or _web_is_privileged(role, settings) else ""
    lines += [f"CapabilityBoundingSet={held}", f"AmbientCapabilities={held}"]
    # The scheduler looks for the files for which triggers wait, wherever they lie.
    lines += ["ProtectHome=read-only", f"PrivateTmp={'yes' if role is Role.SERVER else 'no'}"]
    lines += [f"ReadWritePaths=-{_quoted(str(path))}" for path in _written(settings)]
    return "".join(f"{line}\n" for line in lines)


def _web_is_privileged(role: Role, settings: Settings) -> bool:
    embedded = role is Role.SERVER and settings.web_services == "embedded"
    return embedded and 0 < settings.web_port < _PRIVILEGED


def _secrets(settings: Settings) -> Iterable[Path]:
    """What an executor needs not, and no job may have."""
    yield settings.home / KEY_FILE
    url = database_url(settings.connection_string, settings.home)
    if url.get_backend_name() == "sqlite" and url.database:
        yield from (Path(f"{url.database}{suffix}") for suffix in ("", "-wal", "-shm"))


def _written(settings: Settings) -> Iterable[Path]:
    """The directories to which a service writes."""
    yield settings.home
    url = database_url(settings.connection_string, settings.home)
    if url.get_backend_name() == "sqlite" and url.database:
        yield Path(url.database).parent
    yield settings.log_directory
    yield settings.job_logs
    if settings.backup_location:
        yield settings.home / settings.backup_location
    yield from (settings.home / each for each in settings.allowed_log_locations)


def _quoted(text: str) -> str:
    """A word of a unit. Raises InvalidArgument."""
    if any(ord(each) < 32 for each in text):
        raise InvalidArgument("A path with control characters cannot be written in a unit.", target=text)
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"' if set(escaped) & set(" \t'\"\\;") else escaped
