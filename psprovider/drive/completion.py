"""Completes paths of the drive."""

from __future__ import annotations

from collections.abc import Iterator

from jams.objects.errors import JAMSError
from psprovider.engine.completion import quoted
from psprovider.engine.patterns import escaped
from psprovider.engine.surroundings import Match, Session

from .location import UnknownDrive, drive_of, shown
from .tree import Tree


def complete_path(session: Session, word: str, literal: bool = False) -> Iterator[Match]:
    """What is in the directory typed so far, as completions; nothing where there is no such directory.

    Unless the path is ``literal`` they are patterns that mean the one item.
    """
    head, slash, leaf = word.replace("/", "\\").rpartition("\\")
    drive = drive_of(word)
    if not slash and drive is not None:
        head, leaf, slash = f"{drive[0]}:", drive[1], "\\"
    try:
        place = session.location.resolve(head + slash) if slash else session.location.path
        nodes = list(Tree(session).children(place))
    except (UnknownDrive, JAMSError):
        return
    for node in nodes:
        own = node.shown_name
        name = own if literal else escaped(own)
        if any(begun.lower().startswith(leaf.lower().rstrip("*")) for begun in (own, name)):
            kind = "ProviderContainer" if node.container else "ProviderItem"
            text = f"{head}\\{name}" if slash else f".\\{name}"
            yield Match(quoted(text), kind, own, shown((*node.path[:-1], own)))
