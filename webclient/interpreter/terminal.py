"""The prompt ``JAMS>`` on a terminal: history, and completion of verbs, qualifiers and names."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory

from ..client_errors import OK, UsageError
from ..completion import offered
from ..options import command_parser
from ..places import settings_directory
from .lines import read_line
from .qualifiers import qualifiers_of
from .session import Leave, Session
from .verbs import OWN

PROMPT = "JAMS> "
_SECRET = re.compile(r"/\s*\w*pass\w*\s*=", re.IGNORECASE)


class _History(FileHistory):
    """What was typed before, in a file of its owner's; without lines that hold a password."""

    def store_string(self, string: str) -> None:
        if not holds_secret(string):
            super().store_string(string)


def holds_secret(text: str) -> bool:
    """Whether a line says a password or the value of an encrypted variable, however it is shortened."""
    if _SECRET.search(text):
        return True
    try:
        line = read_line(text)
    except UsageError:  # it may have held one, and was not done
        return "/" in text and "=" in text
    verb = line.places[0][0].text.upper() if line.places else ""
    said = {each.name.upper().replace("_", "-") for each in line.qualifiers} - {""}

    def says(name: str) -> bool:
        return any(name.startswith(each) for each in said)

    return ("CONNECT".startswith(verb) and says("PASSWORD")) or (says("ENCRYPTION-FLAG") and says("VALUE"))


class _Completer(Completer):
    """What may stand at the cursor."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """What may stand there; nothing where the line cannot be read."""
        before = document.text_before_cursor
        word = re.split(r"[\s,=(]", before)[-1]
        if "/" in word:
            word = word[word.rindex("/") :]
        try:
            found = self._found(before[: len(before) - len(word)], word)
        except Exception:
            return
        for text, about in found:
            if text.casefold().startswith(word.casefold()):
                yield Completion(_quoted(text), start_position=-len(word), display=text, display_meta=about)

    def _found(self, before: str, word: str) -> list[tuple[str, str]]:
        verbs, commands = self._session.verbs, self._session.commands
        line = read_line(before)
        typed = [place[0].text for place in line.places if place[0].word]
        if word.startswith("/"):
            found, _ = verbs.find(line)
            if found in OWN:
                return [("/USERNAME=", ""), ("/PASSWORD=", "")] if found == "CONNECT" else []
            known = qualifiers_of(command_parser(commands[found], commands))
            return [
                (f"/{name}" + ("" if action.nargs == 0 else "="), (action.help or "").replace("%%", "%"))
                for name, action in sorted(known.items())
            ]
        helping = bool(typed) and "HELP".startswith(typed[0].upper()) and len(typed[0]) > 2
        words = typed[1:] if helping else typed
        following = verbs.beginning(words)
        if helping or not words:
            return following
        try:
            found, phrase = verbs.find(line)
        except Exception:
            return following
        used = len(phrase)
        if found in OWN:
            return []
        command = commands[found]
        at = len(line.places) - used - (1 if before.rstrip().endswith(",") else 0)
        more = following if at == 0 and not line.qualifiers else []
        return [*more, *offered(commands, command, max(at, 0), word, self._session.given)]


def _quoted(text: str) -> str:
    """A value as it is typed in a line."""
    if text.startswith("/") or not re.search(r"[\s,()=\"']", text):
        return text
    return '"' + text.replace('"', '""') + '"'


def interpret() -> int:
    """Read lines from a terminal until EXIT; the exit code of the interpreter itself."""
    os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")  # terminals that cannot would be told so in a warning
    history = os.path.join(settings_directory(), "history")
    os.makedirs(settings_directory(), mode=0o700, exist_ok=True)
    os.close(os.open(history, os.O_CREAT | os.O_APPEND, 0o600))
    asked: PromptSession[str] = PromptSession()
    session = Session(interactive=True, ask=asked.prompt)
    lines: PromptSession[str] = PromptSession(
        history=_History(history), completer=_Completer(session), complete_while_typing=False
    )
    print("JAMS interpreter. HELP tells what there is, Tab completes, EXIT leaves.")
    session.begin()
    while True:
        try:
            session.run(lines.prompt(PROMPT))
            sys.stdout.flush()
        except KeyboardInterrupt:
            continue
        except (EOFError, Leave):
            return OK
