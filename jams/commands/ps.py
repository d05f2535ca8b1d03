"""Let PowerShell in: every way in with its lines, a session over standard streams, the module."""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from jams.objects.errors import ConfigurationInvalid, JAMSError, ServerUnavailable

from .start import configured

if TYPE_CHECKING:
    from jams.services.settings import Settings

_SSHD = """\
# In /etc/ssh/sshd_config of {host}; then reload sshd.
Subsystem jams {bridge}
#
# For people who shall reach JAMS over SSH and nothing else, put them into a group and add:
Match Group jams
    ForceCommand {bridge}
    DisableForwarding yes
    PermitTTY no
#
# Then in PowerShell, as a user of this machine:
#   Enter-PSSession -HostName {host} -Subsystem jams
"""
_SSH = """\
# With an account of JAMS and its password or key, through the server's own SSH port:
#   Enter-PSSession -HostName {host} -Port {port} -UserName ACCOUNT -Subsystem jams
"""
_WSMAN = """\
# From Windows, with an account of JAMS and its password:
#   Enter-PSSession -ConnectionUri {scheme}://{host}:{port}/wsman -Authentication Basic `
#       -Credential ACCOUNT -ConfigurationName JAMS
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser(
        "endpoint", help="print how PowerShell sessions come in, and what sshd_config needs for that"
    )
    actions.add_parser(
        "serve-stdio",
        help="serve one session over standard input and output, as the owner of this home, in front of the "
        "server that runs",
    )
    module = actions.add_parser("module", help="print where the module for PowerShell is, or install it")
    module.add_argument(
        "--install",
        nargs="?",
        type=Path,
        const=Path(),
        metavar="FOLDER",
        help="copy it into FOLDER, by default the folder in which this user's PowerShell looks for modules; "
        "a copy that is there is replaced",
    )


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    return _ACTIONS[options.action](options)


def bridge_command(socket: Path) -> str:
    """The command that sshd starts for a session; a shell reads it."""
    import psprovider.transports

    bridge = Path(psprovider.transports.__file__).with_name("bridge.py")
    return shlex.join([sys.executable, "-I", "-S", str(bridge), str(socket)])


def _endpoint(options: argparse.Namespace) -> int:
    settings = configured(options)
    ways = list(_ways(settings))
    if not ways:
        raise ConfigurationInvalid(
            "No session could come in: PowerShellSocket is none, and neither PowerShellSshPort nor WSManPort "
            "is set."
        )
    print("#\n".join(ways), end="")
    return 0


def _ways(settings: Settings) -> Iterator[str]:
    path, host = settings.power_shell_path, settings.name
    if path is not None:
        lines = _SSHD.format(host=host, bridge=bridge_command(path))
        if path.parent == settings.home:
            lines += (
                f"# Only the owner of {settings.home} can reach the socket there. For others set\n"
                "# PowerShellSocket to a path in a directory that they may enter, and PowerShellSocketMode\n"
                "# to 0660 or 0666.\n"
            )
        yield lines
    if settings.power_shell_ssh_port is not None:
        yield _SSH.format(host=host, port=settings.power_shell_ssh_port)
    if settings.wsman_port is not None:
        scheme = "https" if settings.wsman_certificate else "http"
        yield _WSMAN.format(host=host, port=settings.wsman_port, scheme=scheme)


def module_folder() -> Path:
    """The folder of the module for PowerShell."""
    import psprovider.module

    return Path(psprovider.module.__file__).with_name("JAMS")


def _module(options: argparse.Namespace) -> int:
    source = module_folder()
    if options.install is None:
        print(source)
        return 0
    target = (options.install if options.install != Path() else _users_modules()) / source.name
    fresh = target.with_name(f"{target.name}.{uuid.uuid4().hex}")
    try:
        shutil.copytree(source, fresh)
        if target.exists():
            old = target.rename(f"{fresh}.old")
            fresh.rename(target)
            shutil.rmtree(old)
        else:
            fresh.rename(target)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise ConfigurationInvalid(
            f"The module cannot be copied to {target}: {error.strerror}.", target="install"
        ) from None
    print(f"The module is in {target}. In PowerShell: Import-Module JAMS")
    return 0


def _users_modules() -> Path:
    """Where PowerShell 7 looks for a user's modules (about_PSModulePath)."""
    if os.name == "nt":
        return Path.home() / "Documents" / "PowerShell" / "Modules"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "powershell" / "Modules"


def _serve_stdio(options: argparse.Namespace) -> int:
    from psprovider.transports.stdio import StandardStreams

    streams = StandardStreams()
    try:
        from jams.client.home import read_login
        from jams.client.owner import Owner
        from jams.client.wire import WireConnection
        from jams.services.powershell import session_limits
        from jams.services.service_log import begin_logging
        from psprovider.engine.principal import Principal
        from psprovider.sessions.session import JamsEngine

        settings = configured(options)
        begin_logging(settings.log_directory, "JAMSPowerShell", settings.log_level)
        login = read_login(settings.home)
        if login is None or login.wire is None:
            raise ServerUnavailable(
                f"No server has been started in {settings.home} yet; jams start does that."
            )
        host, _, port = login.wire.rpartition(":")
        trusted = None if login.wire_certificate is None else _read(Path(login.wire_certificate))
        owner = Owner(settings.home)
        principal = Principal(
            account=login.account, credentials=owner.credentials(), renewed=owner.credentials
        )
        connection = WireConnection(host, int(port), authority=trusted)
    except JAMSError as problem:
        streams.refuse(problem)
        raise
    try:
        engine = JamsEngine(connection, lambda _: principal, server_name=settings.name)
        streams.serve(engine, principal, session_limits(settings))
    finally:
        connection.close()
    return 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationInvalid(f"{path} cannot be read: {error.strerror}.") from None


_ACTIONS = {"endpoint": _endpoint, "serve-stdio": _serve_stdio, "module": _module}
