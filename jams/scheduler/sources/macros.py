r"""Texts that sources share, by name: macros, in files of the server's folder ``macros``.

    <Macros>
      <Macro name="Header">#!/bin/sh
    set -eu</Macro>
    </Macros>

Looked in are, one after the other, the file that the folder names (its property ``MacroFile``), the one of
the setting ``DefaultMacroFile``, and ``BaseMacros.xml``. A file is named, and never a path: what lies
elsewhere on the machine is none of a source's business.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import parse

from jams.objects.errors import InvalidArgument

MACRO_DIRECTORY = "macros"
"""The folder of the files, in the home of a server."""

BASE = "BaseMacros.xml"
LONGEST_FILE = 4 << 20


class _Read(NamedTuple):
    stamp: tuple[int, int]
    texts: dict[str, tuple[str, str]]


class Macros:
    """The macros of a server; may be asked from any thread.

    Args:
        directory: where the files lie; None: nowhere, and there are no macros.
    """

    def __init__(self, directory: Path | None = None) -> None:
        self._directory = directory
        self._lock = threading.Lock()
        self._files: dict[str, _Read] = {}

    def find(self, name: str, files: Iterable[str]) -> tuple[str, str] | None:
        """Name and text of the macro of a name in any case: of the first file that has it, else of the
        delivered one.

        Raises:
            InvalidArgument: a file that is named is not there, or cannot be read as macros.
        """
        if self._directory is None:
            return None
        key = name.casefold()
        for file in dict.fromkeys(files):
            found = self._texts(file, needed=True).get(key)
            if found is not None:
                return found
        return self._texts(BASE, needed=False).get(key)

    def _texts(self, file: str, *, needed: bool) -> dict[str, tuple[str, str]]:
        assert self._directory is not None
        if not is_file_name(file):
            raise InvalidArgument(f"The macro file {file} is to be named without a folder.", member="source")
        path = self._directory / file
        try:
            status = os.stat(path)
            stamp = (status.st_mtime_ns, status.st_size)
            with self._lock:
                known = self._files.get(file)
            if known is not None and known.stamp == stamp:
                return known.texts
            if status.st_size > LONGEST_FILE:
                raise InvalidArgument(
                    f"The macro file {file} is longer than {LONGEST_FILE >> 20} MiB.", member="source"
                )
            texts = _read(path)
        except FileNotFoundError:
            if not needed:
                return {}
            raise InvalidArgument(
                f"There is no macro file {file} in the server's folder macros.", member="source"
            ) from None
        except (OSError, ParseError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not well-formed XML of macros"
            raise InvalidArgument(
                f"The macro file {file} cannot be read: {reason}.", member="source"
            ) from None
        with self._lock:
            self._files[file] = _Read(stamp, texts)
        return texts


def is_file_name(text: str) -> bool:
    """Whether a text names a file, and no folder."""
    return bool(text) and text not in (".", "..") and not any(mark in text for mark in "/\\:\0")


def _read(path: Path) -> dict[str, tuple[str, str]]:
    root = parse(path).getroot()
    texts: dict[str, tuple[str, str]] = {}
    for element in root.iter():
        if element.tag.rpartition("}")[2].casefold() != "macro":
            continue
        name = (element.get("name") or element.get("Name") or "").strip()
        if name:
            texts[name.casefold()] = (name, element.text or "")
    return texts
