"""Let PowerShell in: the lines for this machine's SSH server, or one session over standard streams."""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path

from jams.objects.errors import ConfigurationInvalid, JAMSError, ServerUnavailable

from .start import configured

_LINES = """\
# In /etc/ssh/sshd_config of {host}; then reload sshd.
Subsystem jams {bridge}
#
# For people who shall reach JAMS over SSH and nothing else, put them into a group and add:
Match Group jams
    ForceCommand {bridge}
    DisableForwarding yes
    PermitTTY no
#
# In PowerShell, on any machine:
#   Enter-PSSession -HostName {host} -Subsystem jams
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("endpoint", help="print what sshd_config needs so that PowerShell sessions come in")
    actions.add_parser(
        "serve-stdio",
        help="serve one session over standard input and output, as the owner of this home, in front of the "
        "server that runs",
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
    path = settings.power_shell_path
    if path is None:
        raise ConfigurationInvalid("PowerShellSocket is none: no session could come in.")
    print(_LINES.format(host=settings.name, bridge=bridge_command(path)), end="")
    if path.parent == settings.home:
        print(
            f"# Only the owner of {settings.home} can reach the socket there. For others set\n"
            "# PowerShellSocket to a path in a directory that they may enter, and PowerShellSocketMode to\n"
            "# 0660 or 0666."
        )
    return 0


def _serve_stdio(options: argparse.Namespace) -> int:
    from psprovider.transports.stdio import StandardStreams

    streams = StandardStreams()
    try:
        from jams.client.home import read_login
        from jams.client.wire import WireConnection
        from jams.security.caller import Credentials
        from jams.services.powershell import session_limits
        from jams.services.service_log import begin_logging
        from psprovider.engine.principal import Principal
        from psprovider.engine.session import JamsEngine

        settings = configured(options)
        begin_logging(settings.log_directory, "JAMSPowerShell", settings.log_level)
        login = read_login(settings.home)
        if login is None or login.wire is None:
            raise ServerUnavailable(
                f"No server has been started in {settings.home} yet; jams start does that."
            )
        host, _, port = login.wire.rpartition(":")
        trusted = None if login.wire_certificate is None else _read(Path(login.wire_certificate))
        connection = WireConnection(host, int(port), authority=trusted)
    except JAMSError as problem:
        streams.refuse(problem)
        raise
    try:
        principal = Principal(account=login.account, credentials=Credentials(token=login.token))
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


_ACTIONS = {"endpoint": _endpoint, "serve-stdio": _serve_stdio}
