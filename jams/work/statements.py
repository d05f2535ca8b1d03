"""SQL text as statements, in which ``:Name`` stands for the value of a parameter.

A value is bound and never becomes part of the text. A name that is no parameter's is left as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import sqlparse
from sqlparse import tokens

_GO = re.compile(r"^\s*GO\s*;?\s*$", re.I | re.M)
_NAME = re.compile(r":([A-Za-z_]\w*)")


def statements(source: str) -> Iterator[str]:
    """The statements of a text; a line ``GO`` ends one as well."""
    for batch in _GO.split(source):
        for statement in sqlparse.split(batch):
            text = statement.strip().strip("; \t\r\n")
            if text and not _is_comment(text):
                yield statement.strip()


def bound(
    statement: str, values: Mapping[str, Any], write: Callable[[str], str], plain: Callable[[str], str]
) -> tuple[str, list[str]]:
    """A statement with its references to parameters written by ``write``, and the names in their order.

    ``plain`` writes the text between them.
    """
    known = {name.casefold(): name for name in values}
    pieces: list[str] = []
    names: list[str] = []
    for kind, text in _tokens(statement):
        found = _NAME.fullmatch(text) if kind in tokens.Name.Placeholder else None
        name = known.get(found[1].casefold()) if found else None
        if name is None:
            pieces.append(plain(text))
        else:
            pieces.append(write(name))
            names.append(name)
    return "".join(pieces), names


def _tokens(statement: str) -> Iterator[tuple[Any, str]]:
    for parsed in sqlparse.parse(statement):
        flat: Any = parsed.flatten
        for token in flat():
            yield token.ttype, token.value


def _is_comment(text: str) -> bool:
    return all(kind in tokens.Comment or not value.strip() for kind, value in _tokens(text))
