"""Which mails meet an event: what their sender, subject and text have to hold, whatever the capitals."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from jams.objects.trigger_parts import Watched

from .mails import Head


def by_head(watched: Watched, head: Head) -> bool:
    """Whether sender and subject of a mail are as an event wants them."""
    return (_holds(watched.sender, head.sender) or _holds(watched.sender, head.address)) and _holds(
        watched.subject, head.subject
    )


def by_text(watched: Watched, text: str) -> bool:
    """Whether the text of a mail is."""
    return _holds(watched.body, text)


def _holds(pattern: str, text: str) -> bool:
    return not pattern or _compiled(pattern)(text.casefold())


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> Callable[[str], bool]:
    """One with ``*`` or ``?`` stands for all of a text, another for a part of it."""
    folded = " ".join(pattern.casefold().split())
    if "*" not in folded and "?" not in folded:
        return lambda text: folded in " ".join(text.split())
    # Each star takes as little as it can and gives nothing back: what somebody writes in a mail costs little.
    parts = [re.escape(each).replace(r"\?", ".") for each in folded.split("*")]
    first, *middle = parts
    last = middle.pop() if middle else None
    tail = "" if last is None else "".join(f"(?>.*?{each})" for each in middle) + f".*{last}"
    expression = re.compile(f"{first}{tail}", re.DOTALL)
    return lambda text: expression.fullmatch(" ".join(text.split())) is not None
