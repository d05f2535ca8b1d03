"""Show the settings in effect with secrets masked, or the sample configuration."""

from __future__ import annotations

import argparse

from .output import show_rows
from .start import configured


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("--sample", action="store_true", help="print Common.Sample instead")
    parser.add_argument("--json", action="store_true", help="answer with a JSON array")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from jams.services.configuration import effective, sample

    if options.sample:
        print(sample(), end="")
        return 0
    show_rows(effective(configured(options)), as_json=options.json)
    return 0
