"""What the commands share in showing things: tables, JSON, and a sign of life on a terminal."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

_PATIENCE = 1.0


def show_rows(rows: Sequence[Mapping[str, object]], *, as_json: bool) -> None:
    """Print rows as a table, or as a JSON array. The first row's keys are the columns."""
    if as_json:
        print(json.dumps(list(rows), indent=2, ensure_ascii=False))
        return
    if not rows:
        return
    columns = list(rows[0])
    cells = [[_cell(row[column]) for column in columns] for row in rows]
    widths = [max(map(len, column)) for column in zip(columns, *cells, strict=True)]
    for line in [[column.upper() for column in columns], *cells]:
        print("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())


def show_facts(facts: Mapping[str, object], *, as_json: bool) -> None:
    """Print names with their values, one a line, or as a JSON object."""
    if as_json:
        print(json.dumps(facts, indent=2, ensure_ascii=False))
        return
    width = max(map(len, facts))
    for name, value in facts.items():
        print(f"{name:<{width}}  {_cell(value)}".rstrip())


def show_text(text: str, *, indent: int = 0) -> None:
    """Print a text, on a terminal in lines that fit it; all but the first are indented."""
    if sys.stdout.isatty():
        width = max(shutil.get_terminal_size().columns - 1, indent + 20)
        text = textwrap.fill(text, width, subsequent_indent=" " * indent, break_on_hyphens=False)
    print(text)


def for_this_home(home: Path) -> str:
    """The line for a terminal after which the commands beside this Python are found, and work with a home."""
    programs = Path(sys.executable).parent
    if sys.platform == "win32":
        return f'set "JAMS_HOME={home}" & set "PATH={programs};%PATH%"'
    return f'export JAMS_HOME="{home}" PATH="{programs}:$PATH"'


@contextmanager
def working(what: str) -> Iterator[None]:
    """Say on a terminal what is going on when it takes longer than a second; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    waiting = threading.Thread(target=_say, args=(what, done), daemon=True)
    waiting.start()
    try:
        yield
    finally:
        done.set()
        waiting.join()


def _say(what: str, done: threading.Event) -> None:
    said = False
    while not done.wait(_PATIENCE):
        sys.stderr.write("." if said else f"{what} ...")
        sys.stderr.flush()
        said = True
    if said:
        sys.stderr.write("\n")


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
