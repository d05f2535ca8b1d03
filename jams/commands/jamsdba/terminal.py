"""The prompt ``JAMSDBA>`` on a terminal: history, and completion of verbs and qualifiers."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import platformdirs
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory

from jams.objects.errors import JAMSError

from .lines import HOME, OWN, beginning, split
from .session import Leave, Session
from .table import MODULES, load

PROMPT = "JAMSDBA> "


class VerbCompleter(Completer):
    """What may stand at the cursor: the next word of a verb, or its qualifiers."""

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """See prompt_toolkit; nothing where the line cannot be read."""
        before = document.text_before_cursor
        typed = before.split()
        word = typed.pop() if typed and not before[-1].isspace() else ""
        if "/" in word:
            head, _, word = word.rpartition("/")
            typed += [head] if head else []
            yield from self._qualifiers([each.partition("/")[0] for each in typed], word)
            return
        if typed and "HELP".startswith(typed[0].upper()):
            typed = typed[1:]
        for phrase in beginning([*typed, word]):
            parts = phrase.split()
            about = OWN.get(phrase) or load(phrase).about
            yield Completion(parts[len(typed)], start_position=-len(word), display_meta=about)

    def _qualifiers(self, words: list[str], begun: str) -> Iterable[Completion]:
        phrases = [
            phrase
            for length in range(len(words), 0, -1)
            for phrase in beginning(words[:length])
            if len(phrase.split()) == length and phrase in MODULES
        ]
        if not phrases:
            return
        for each in (*load(phrases[0]).qualifiers, HOME):
            if each.name.startswith(begun.upper()):
                text = each.name + ("" if each.value is None or each.optional else "=")
                yield Completion(text, start_position=-len(begun), display_meta=each.about)


def interpret(home: str | None) -> int:
    """Read lines from a terminal until EXIT; 0, whatever came of the lines."""
    os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")  # terminals that cannot would be told so in a warning
    history = Path(platformdirs.user_config_dir("jams", appauthor=False)) / "jamsdba.history"
    history.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(history, os.O_CREAT | os.O_APPEND, 0o600))
    asked: PromptSession[str] = PromptSession()
    session = Session(home, asked.prompt)
    lines: PromptSession[str] = PromptSession(
        history=FileHistory(str(history)), completer=VerbCompleter(), complete_while_typing=False
    )
    print("JAMS database utility. HELP tells what there is, Tab completes, EXIT leaves.")
    while True:
        try:
            session.run(split(lines.prompt(PROMPT)))
            sys.stdout.flush()
        except JAMSError as error:
            print(f"jamsdba: {error.message}", file=sys.stderr)
        except KeyboardInterrupt:
            continue
        except (EOFError, Leave):
            return 0
