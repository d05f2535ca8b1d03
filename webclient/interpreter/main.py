"""The entry point of the interpreter: on a terminal, in one shot, or from a file."""

from __future__ import annotations

import sys

from .. import client_errors
from ..client_errors import OK, USAGE
from ..streams import with_streams


def main(words: list[str]) -> int:
    """Run the words of one line, or without any read lines from the terminal; the exit code."""
    client_errors.PROGRAM = "jams"
    return with_streams("jams", lambda: _main(words))


def _main(words: list[str]) -> int:
    try:
        from .lines import line_of
        from .session import Leave, Session
    except ModuleNotFoundError as error:
        return _lacking(error)
    try:
        if not words:
            try:
                from .terminal import interpret
            except ModuleNotFoundError as error:
                return _lacking(error)
            return interpret()
        return Session().run(line_of(words))
    except Leave:
        return OK


def _lacking(error: ModuleNotFoundError) -> int:
    """Say what the interpreter stands on where the client was installed without it."""
    print(
        f"jams: the interpreter needs more than is here ({error}); run: pip install lark prompt_toolkit "
        "pyyaml",
        file=sys.stderr,
    )
    return USAGE
