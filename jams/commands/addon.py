"""Add-ons: what is installed beside the server and brings execution methods, added to the server and removed.

Adding makes the methods of an add-on at the server that runs, as its owner; jobs can name them at once.
Removing deletes them again, once no job names them. Both stand in the audit trail. The packages themselves
are installed and uninstalled with pip, in the environment of the server.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from .output import show_rows
from .start import configured

if TYPE_CHECKING:
    from jams.client.server import Server


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser(
        "list", help="list what is installed, and the methods that the server has of it"
    )
    listing.add_argument("--json", action="store_true", help="answer with a JSON array")
    actions.add_parser("add", help="make the methods of an add-on").add_argument("name")
    actions.add_parser("remove", help="delete the methods of an add-on").add_argument("name")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from jams.client.server import Server
    from jams.services import addons

    addon = None if options.action == "list" else addons.find(options.name)
    with Server(home=configured(options).home) as server:
        if addon is None:
            _list(server, as_json=options.json)
            return 0
        done = (addons.add if options.action == "add" else addons.remove)(server, addon)
    verb = "was added" if options.action == "add" else "was removed"
    print(f"The add-on {addon.name} {verb}: {', '.join(done)}.")
    return 0


def _list(server: Server, *, as_json: bool) -> None:
    from jams.services import addons

    rows = [
        {
            "addOn": each.name,
            "package": each.package,
            "version": each.version,
            "methods": ", ".join(method.method_name for method in addons.methods_of(each)),
            "added": ", ".join(addons.here(server, each)),
            "told": each.broken or (each.told.description if each.told else ""),
        }
        for each in addons.installed()
    ]
    show_rows(rows, as_json=as_json)
