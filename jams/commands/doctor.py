"""Say what is missing or unsafe on this machine, and how to mend it. Exit code 1 when there is something.

Changes nothing, and asks no server. It sees what the account may see that runs it: run it as that of the
server, or as root.
"""

from __future__ import annotations

import argparse

from msgspec.structs import asdict

from .output import show_rows, show_text
from .start import configured


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("--json", action="store_true", help="answer with a JSON array")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from jams.services.doctor import examine

    found = list(examine(configured(options)))
    if options.json:
        show_rows([asdict(each) for each in found], as_json=True)
    else:
        for each in found:
            show_text(f"{'good' if each.good else 'BAD '}  {each.what}: {each.told}", indent=6)
            if each.remedy:
                show_text(f"      {each.remedy}", indent=6)
    return 0 if all(each.good for each in found) else 1
