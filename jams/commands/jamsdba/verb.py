"""What a verb of JAMSDBA is, and what it is called with."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jams.objects.errors import InvalidArgument
from jams.security.resealing import untold
from jams.services.settings import Settings


@dataclass(frozen=True)
class Qualifier:
    """``/NAME``: what it means, and what stands behind its ``=``.

    ``value`` is the word for that in the help; None when it takes no value. ``optional`` lets it be left out.
    """

    name: str
    about: str
    value: str | None = None
    optional: bool = False


NOCONFIRM = Qualifier("NOCONFIRM", "do it without asking")


@dataclass(frozen=True)
class Call:
    """A verb as it was said.

    Attributes:
        settings: those of the home.
        words: what stands behind the verb.
        given: the qualifiers, by their full names; None where no value was given.
        ask: asks the person at the terminal, and gives the answer; None when there is nobody.
    """

    settings: Settings
    words: tuple[str, ...] = ()
    given: Mapping[str, str | None] = field(default_factory=dict)
    ask: Callable[[str], str] | None = None

    def has(self, name: str) -> bool:
        """Whether the qualifier was given."""
        return name in self.given

    def value(self, name: str) -> str | None:
        """What the qualifier says; None if it was not given, or without a value."""
        return self.given.get(name)

    def path(self, word: str) -> Path:
        """A file as it was named, relative to where JAMSDBA was called."""
        return Path(word).expanduser().absolute()

    def confirm(self, *what: str) -> None:
        """Say what will be done, and ask, unless ``/NOCONFIRM`` was said.

        Raises:
            InvalidArgument: the answer was not yes, or there is nobody to answer.
        """
        for line in what:
            print(line)
        if self.has(NOCONFIRM.name):
            return
        if self.ask is None:
            raise InvalidArgument("There is no terminal to ask at; say /NOCONFIRM to do this.")
        if self.ask("Do this? yes or no: ").strip().lower() not in ("y", "yes"):
            raise InvalidArgument("Nothing was done.")


@dataclass(frozen=True)
class Verb:
    """A verb.

    Attributes:
        about: what it does, in a sentence.
        run: does it; the exit code.
        places: what stands behind it, in the words of the help; ``[file]`` may be left out.
        qualifiers: what may be said with a slash.
        more: what else is told by HELP, a paragraph each.
        audited: whether the audit trail tells that it was done. RESTORE writes its record itself.
        private: whether what stands behind it may hold a secret, and is left out there.
    """

    about: str
    run: Callable[[Call], int]
    places: tuple[str, ...] = ()
    qualifiers: tuple[Qualifier, ...] = ()
    more: tuple[str, ...] = ()
    audited: bool = False
    private: bool = False

    def check(self, words: tuple[str, ...]) -> None:
        """Raises InvalidArgument unless as many words stand behind it as it takes."""
        least = sum(not place.startswith("[") for place in self.places)
        if len(words) < least:
            raise InvalidArgument(f"What is missing: {self.places[len(words)]}.")
        if len(words) > len(self.places):
            raise InvalidArgument(f"It has no use for {words[len(self.places)]!r}.")


def progress(what: str) -> Callable[[int, int], None]:
    """Tells on a terminal how far something is; says nothing in a pipe."""
    if not sys.stderr.isatty():
        return untold

    def tell(done: int, total: int) -> None:
        end = "\n" if done >= total else ""
        sys.stderr.write(f"\r{what}: {done:,} of {total:,}{end}")
        sys.stderr.flush()

    return tell
