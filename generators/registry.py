"""All generators, and what becomes of their files: written, or compared with what is there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from . import (
    architecture_page,
    cmdlets_page,
    documents_page,
    engine_page,
    module,
    operations_page,
    properties_page,
    rest_page,
    rest_words,
    settings_page,
    soap_page,
    webclient_commands,
    webclient_messages,
    wsdl,
)
from .source import ROOT, Generator, Source

GENERATORS: tuple[Generator, ...] = (
    architecture_page.generate,
    engine_page.generate,
    operations_page.generate,
    documents_page.generate,
    properties_page.generate,
    settings_page.generate,
    rest_page.generate,
    soap_page.generate,
    cmdlets_page.generate,
    wsdl.generate,
    webclient_commands.generate,
    webclient_messages.generate,
    rest_words.generate,
    module.generate,
)

COMMAND = "python run.py generate"
"""What brings everything up to date."""


def generated(source: Source, generators: Iterable[Generator] = GENERATORS) -> dict[str, str]:
    """The text of every generated file, by its path from the root of the checkout.

    Raises:
        ValueError: two generators write the same file.
    """
    files: dict[str, str] = {}
    for generator in generators:
        for path, text in generator(source).items():
            if path in files:
                raise ValueError(f"{path} is written by two generators")
            files[path] = text
    return files


def stale(files: dict[str, str], root: Path = ROOT) -> list[str]:
    """Which of the files are not there, or not as they would be written."""
    return [path for path, text in files.items() if _content(root / path) != text.encode("utf-8")]


def write(files: dict[str, str], root: Path = ROOT) -> list[str]:
    """Write what is stale; gives its paths."""
    changed = stale(files, root)
    for path in changed:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(files[path].encode("utf-8"))
    return changed


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
