"""A session of JAMSDBA: lines in, what the verbs do out, and their exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from sqlalchemy.exc import SQLAlchemyError

from jams.client.home import home_directory
from jams.commands.exit_codes import exit_code
from jams.objects.errors import JAMSError
from jams.services.configuration import load

from . import auditing
from .helping import explain, overview
from .lines import HOME, understood
from .verb import Call


class Leave(Exception):
    """Somebody has said EXIT."""


class Session:
    """What was said of the home, and who can be asked."""

    def __init__(self, home: str | None = None, ask: Callable[[str], str] | None = None) -> None:
        """``ask`` asks the person at the terminal; None when there is nobody."""
        self._home = home
        self._ask = ask

    def run(self, words: Sequence[str]) -> int:
        """Run one line; its exit code. What goes wrong is said in one line on standard error.

        Raises:
            Leave: the line says EXIT.
        """
        try:
            return self._run(words)
        except JAMSError as error:
            print(f"jamsdba: {error.message}", file=sys.stderr)
            return exit_code(error)
        except SQLAlchemyError as error:
            # Not the error itself: it would show the values of the statement.
            reason = " ".join(str(getattr(error, "orig", None) or type(error).__name__).split())
            print(f"jamsdba: The database has refused a statement: {reason}.", file=sys.stderr)
            return 1
        except BrokenPipeError:
            raise
        except OSError as error:
            print(f"jamsdba: {error.filename or 'A file'} cannot be used: {error.strerror}.", file=sys.stderr)
            return 1
        except (KeyboardInterrupt, EOFError):
            print("\njamsdba: interrupted", file=sys.stderr)
            return 130

    def _run(self, words: Sequence[str]) -> int:
        said = understood(words)
        if said is None:
            return 0
        if said.phrase == "EXIT":
            raise Leave
        if said.verb is None:
            print(explain(said.words) if said.words else overview())
            return 0
        found = load(home_directory(said.given.get(HOME.name) or self._home))
        for warning in found.warnings:
            print(f"jamsdba: {warning}", file=sys.stderr)
        call = Call(found.settings, said.words, said.given, self._ask)
        code = said.verb.run(call)
        if code == 0 and said.verb.audited:
            auditing.keep(said.phrase, said.verb, call)
        return code
