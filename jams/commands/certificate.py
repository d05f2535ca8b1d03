"""Make a self-signed certificate with which the server speaks TLS, for development."""

from __future__ import annotations

import argparse

from jams.client.home import home_directory

from .output import working


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument(
        "--name",
        action="append",
        default=[],
        help="a further host name or IP address by which the server is called; may be given again",
    )
    parser.add_argument("--days", type=int, default=365, help="how long it holds (365)")
    parser.add_argument("--force", action="store_true", help="replace one that is there")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from jams.security.certificates import make_certificate

    directory = home_directory(options.home) / "tls"
    with working("Making a key"):
        made = make_certificate(directory, options.name, days=options.days, replace=options.force)
    print(f"The certificate for {', '.join(made.names)} holds until {made.until:%Y-%m-%d}.")
    print("In Common.config of the JAMServer:")
    print(f'  <add key="WireCertificate" value="{made.certificate}"/>')
    print(f'  <add key="WireKey" value="{made.key}"/>')
    print("In the same file, for PowerShell sessions over WS-Management:")
    print('  <add key="WSManPort" value="5986"/>')
    print(f'  <add key="WSManCertificate" value="{made.certificate}"/>')
    print(f'  <add key="WSManKey" value="{made.key}"/>')
    print("In Common.config of separate web services, with a copy of the certificate:")
    print(f'  <add key="WireAuthority" value="{made.certificate}"/>')
    return 0
