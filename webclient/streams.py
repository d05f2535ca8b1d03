"""Standard streams that a caller has closed, or that cannot take what is to be shown."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, contextmanager

from .client_errors import OUTPUT_GONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, TextIO


class OutputLost(Exception):
    """Standard output does not take what is written to it, though somebody reads: a full disk, for one."""


class _Output:
    """Standard output, whose failures are told from those of other files."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        with _told():
            return self._stream.write(text)

    def flush(self) -> None:
        with _told():
            self._stream.flush()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputLost(error.strerror or str(error)) from None


@contextmanager
def standard_streams() -> Iterator[None]:
    """Closed streams lead nowhere meanwhile. Raises OutputLost where the output cannot be written."""
    before = sys.stdin, sys.stdout, sys.stderr
    with ExitStack() as nowhere:
        for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
            if getattr(sys, name) is None:
                setattr(sys, name, nowhere.enter_context(open(os.devnull, mode, encoding="utf-8")))
        sys.stdout = _Output(sys.stdout)
        try:
            yield
            sys.stdout.flush()
        finally:
            sys.stdin, sys.stdout, sys.stderr = before


def lost(program: str, error: OutputLost) -> int:
    """Say that the output is lost; the exit code."""
    give_up_output()
    print(f"{program}: what there is to show cannot be written: {error}", file=sys.stderr)
    return OUTPUT_GONE


def give_up_output() -> None:
    """Lead standard output nowhere: the interpreter must not try to flush it again at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
