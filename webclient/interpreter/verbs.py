"""The verbs of the interpreter: every command of the catalogue, as what one types here.

``create-job`` is CREATE JOB, ``submit`` SUBMIT; what only reads can be asked by SHOW as well. Each word may
be shortened as far as it stays the only one.
"""

from __future__ import annotations

from ..client_errors import UsageError, did_you_mean
from ..commands import Commands, plural, singular
from .lines import Line

OWN = {
    "CONNECT": "Connect to a server, and remember it: CONNECT [server] [/USERNAME=name] [/PASSWORD=text]",
    "DISCONNECT": "Speak to no server any more",
    "HELP": "Tell what there is, or what a verb does: HELP [verb]",
    "USE": "Run a shortcut, a command that has a name, or list those: USE [name]",
    "EXIT": "Leave; so does QUIT, and Ctrl+D",
    "QUIT": "Leave",
}
"""The verbs that are no operation."""

_SYNONYMS = {("MONITOR",): "entries", ("SHOW", "MONITOR"): "entries"}
_FEW = 12
_ASKING = ("get_", "list_", "find_", "is_", "check_", "search_", "who_")


class Verbs:
    """All verbs, and what each stands for."""

    def __init__(self, commands: Commands) -> None:
        self._commands = commands
        self.phrases: dict[tuple[str, ...], str] = {(verb,): verb for verb in OWN}
        for phrase, word in _SYNONYMS.items():
            if word in commands:
                self.phrases[phrase] = word
        for word in commands:
            words = tuple(word.upper().split("-"))
            self.phrases.setdefault(words, word)
            if commands[word].reads and commands[word].operation.startswith(_ASKING):
                self.phrases.setdefault(("SHOW", *words), word)

    def find(self, line: Line) -> tuple[str, tuple[str, ...]]:
        """What a line asks for: one of :data:`OWN` or a command, and the words that its first places are.

        Raises:
            UsageError: there is no such verb, or it can be several.
        """
        typed = [
            place[0].text.upper() if len(place) == 1 and place[0].word and place[0].value is None else None
            for place in line.places
        ]
        phrases, used = list(self.phrases), 0
        while used < len(typed) and (word := typed[used]) is not None:
            complete = any(len(phrase) == used for phrase in phrases)
            following = {phrase[used] for phrase in phrases if len(phrase) > used}
            if used and complete:  # what follows may be a name: only the whole word goes on
                chosen = following & {word}
            else:
                chosen = (
                    {word} if word in following else {each for each in following if each.startswith(word)}
                )
            if len({singular(each.lower()) for each in chosen}) == 1:
                chosen = {min(chosen, key=len)} if len(chosen) > 1 else chosen
            if len(chosen) > 1:
                said = " ".join(filter(None, typed[:used]))
                raise UsageError(
                    f"{' '.join([said, word]).strip()} can be {_listed(sorted(chosen))}; write more of it"
                )
            if not chosen:
                break
            found = next(iter(chosen))
            phrases = [phrase for phrase in phrases if len(phrase) > used and phrase[used] == found]
            used += 1
        exact = next((phrase for phrase in phrases if len(phrase) == used and used), None)
        if exact is not None:
            return self.phrases[exact], exact
        raise self._unknown(typed, used, phrases)

    def _unknown(self, typed: list[str | None], used: int, phrases: list[tuple[str, ...]]) -> UsageError:
        word = typed[used] if used < len(typed) else None
        following = sorted({phrase[used] for phrase in phrases if len(phrase) > used})
        if not used:
            near = did_you_mean(word or "", [phrase[0] for phrase in self.phrases])
            return UsageError(
                f"there is no verb {word or ''}{near} (HELP shows all)".replace("verb  ", "verb ")
            )
        said = " ".join(phrases[0][:used])
        if word is None:
            told = _listed(following) if len(following) < _FEW else f"(HELP {said} shows all)"
            return UsageError(f"{said} what? {told}")
        near = did_you_mean(word, following)
        return UsageError(f"there is no {said} {word}{near} (HELP {said} shows all)")

    def plural_of(self, word: str) -> str | None:
        """The command that lists what a command shows one of, if there is one."""
        lists = plural(word)
        return lists if lists in self._commands else None

    def phrase_of(self, word: str) -> str:
        """How a command is typed here."""
        found = [phrase for phrase, of in self.phrases.items() if of == word]
        shown = [phrase for phrase in found if phrase[0] == "SHOW"]
        return " ".join((shown or found)[-1])

    def listed(self) -> dict[str, list[str]]:
        """The verbs, each with what may follow it: without those that ask what SHOW asks."""
        found: dict[str, list[str]] = {}
        for phrase in self.phrases:
            if ("SHOW", *phrase) not in self.phrases:
                found.setdefault(phrase[0], []).append(" ".join(phrase[1:]))
        return {verb: sorted(found[verb]) for verb in sorted(found)}

    def beginning(self, words: list[str]) -> list[tuple[str, str]]:
        """The words that may follow these, each with what it is for; for completion and HELP."""
        found: dict[str, str] = {}
        for phrase, word in self.phrases.items():
            if len(phrase) > len(words) and all(
                each.startswith(said.upper()) for said, each in zip(words, phrase, strict=False)
            ):
                whole = len(phrase) == len(words) + 1
                about = (OWN[word] if word in OWN else self._commands[word].summary) if whole else ""
                found[phrase[len(words)]] = about or found.get(phrase[len(words)], "")
        return sorted(found.items())


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
