"""HELP: what verbs there are, and what one does."""

from __future__ import annotations

from textwrap import fill

from jams.objects.errors import InvalidArgument

from .lines import HOME, OWN, beginning
from .table import MODULES, load

_WIDTH = 79


def overview() -> str:
    """Every verb in a line."""
    width = max(map(len, MODULES)) + 2
    lines = ["Verbs (each word may be shortened as far as it stays the only one):", ""]
    lines += [_pair(phrase, load(phrase).about, width) for phrase in MODULES]
    lines += [_pair(phrase, about, width) for phrase, about in OWN.items()]
    lines += [
        "",
        *_filled(
            "HELP verb tells more. What changes something says what, and asks; /NOCONFIRM does it without. "
            "/HOME=directory is a qualifier of each."
        ),
    ]
    return "\n".join(lines)


def explain(words: tuple[str, ...]) -> str:
    """What a verb does, or those that begin so. Raises InvalidArgument when there is none."""
    found = [phrase for phrase in beginning(words) if phrase in MODULES]
    if not found:
        raise InvalidArgument(f"There is no verb {' '.join(words).upper()}. HELP tells what there is.")
    exact = [phrase for phrase in found if len(phrase.split()) == len(words)]
    return "\n\n".join(_whole(phrase) for phrase in exact or found)


def _whole(phrase: str) -> str:
    verb = load(phrase)
    parts = [" ".join([phrase, *verb.places]), "", *_filled(verb.about[:1].upper() + verb.about[1:] + ".")]
    for paragraph in verb.more:
        parts += ["", *_filled(paragraph)]
    parts += ["", "Qualifiers:"]
    for each in (*verb.qualifiers, HOME):
        value = "" if each.value is None else f"={each.value}"
        parts.append(_pair(f"/{each.name}{f'[{value}]' if each.optional else value}", each.about, 26))
    return "\n".join(parts)


def _filled(text: str) -> list[str]:
    return [fill(text, _WIDTH)]


def _pair(head: str, about: str, width: int) -> str:
    first = f"  {head:<{width}} "
    return fill(
        about, _WIDTH, initial_indent=first, subsequent_indent=" " * (width + 3), break_on_hyphens=False
    )
