"""HELP: what verbs there are, and what one does with its qualifiers."""

from __future__ import annotations

from textwrap import fill

from .. import helptext
from ..client_errors import UsageError
from ..commands import Commands
from ..options import command_parser
from .lines import read_line
from .qualifiers import qualifiers_of
from .verbs import OWN, Verbs

_WIDTH = 78


def overview(verbs: Verbs, commands: Commands) -> str:
    """Every verb, and what may follow it."""
    lines = ["Verbs (each word may be shortened as far as it stays the only one):", ""]
    summaries = dict(verbs.beginning([]))
    for verb, following in verbs.listed().items():
        told = "" if following[0] else summaries[verb]
        more = ", ".join(word for word in following if word)
        lines.append(_pair(f"  {verb}", "; also ".join(filter(None, [told.rstrip("."), more])), 15))
    lines += [
        "",
        "HELP verb tells more.  @file runs the lines of a file.  Ctrl+D leaves.",
        "A line: VERB name,name /QUALIFIER=value /PARAMETERS=(name=value)  ! remark",
    ]
    del commands
    return "\n".join(lines)


def explain(verbs: Verbs, commands: Commands, words: list[str]) -> str:
    """What a verb does. Raises UsageError."""
    try:
        word, _ = verbs.find(read_line(" ".join(words)))
    except UsageError:
        following = verbs.beginning(words)
        if not following:
            raise
        said = " ".join(words).upper()
        return "\n".join(
            [f"{said} ...", *(_pair(f"  {next_word}", about, 22) for next_word, about in following)]
        )
    if word in OWN:
        return OWN[word]
    command = commands[word]
    parser = command_parser(command, commands)
    places = " ".join(place for place in parser.usage_places)
    parts = [f"{verbs.phrase_of(word)} {places}".strip(), ""]
    told = [command.summary, *(part for part in command.description.split("\n\n") if part)]
    parts += [fill(" ".join(part.replace("``", "'").split()), _WIDTH) for part in told]
    general = {
        f"{option[2:].upper()}" for option in (*helptext.CONNECTION_OPTIONS, "--protocol", "--allow-http")
    }
    shown = {name: action for name, action in qualifiers_of(parser).items() if name not in general}
    if shown:
        parts += ["", "Qualifiers:"]
    for name, action in sorted(shown.items()):
        value = "" if action.nargs == 0 else f"={action.metavar or 'VALUE'}"
        parts.append(_pair(f"  /{name}{value}", (action.help or "").replace("%%", "%"), 28))
    return "\n".join(parts)


def _pair(head: str, about: str, width: int) -> str:
    first = f"{head:<{width}}"
    gap = " " if len(first) > width else ""
    return fill(
        f"{first}{gap} {about}".rstrip(), _WIDTH, subsequent_indent=" " * (width + 1), break_long_words=False,
        break_on_hyphens=False, drop_whitespace=True, replace_whitespace=False,
    )  # fmt: skip
