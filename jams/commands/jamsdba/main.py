"""The command ``jamsdba``: administers the database and the keys of a server, on the machine where it lives.

Without words it is a prompt, ``JAMSDBA>``; with words it does one line and ends, with the exit codes of
``jams``: 0 done, 1 failed, 2 usage, 3 not found, 4 denied, 5 conflict, 7 unavailable or not configured.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from jams.commands.exit_codes import exit_code
from jams.objects.errors import JAMSError
from webclient.streams import with_streams

from .lines import quoted, split
from .session import Leave, Session


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a line, or lines from a terminal or a pipe; the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    return with_streams("jamsdba", lambda: _main(given), gone=1)


def _main(given: list[str]) -> int:
    home = None
    if len(given) > 1 and given[0] == "--home":
        home, given = given[1], given[2:]
    elif given and given[0] in ("-h", "--help"):
        given = ["HELP"]
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    try:
        if given:
            return Session(home, input if terminal else None).run(quoted(given))
        if terminal:
            from .terminal import interpret

            return interpret(home)
        return _from_pipe(Session(home))
    except JAMSError as error:
        print(f"jamsdba: {error.message}", file=sys.stderr)
        return exit_code(error)
    except Leave:
        return 0


def _from_pipe(session: Session) -> int:
    """Run the lines of standard input, up to the first that fails."""
    for line in sys.stdin:
        code = session.run(split(line))
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
