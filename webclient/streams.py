"""Standard streams that a caller has closed, or that cannot take what is to be shown."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, contextmanager

from .client_errors import OUTPUT_GONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
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


def with_streams(program: str, run: Callable[[], int], *, gone: int = OUTPUT_GONE) -> int:
    """Run a command with the standard streams that it has; its exit code.

    Closed streams lead nowhere.

    Args:
        program: what it is called, where it has to say that its output is lost.
        run: the command; it lets OutputLost and BrokenPipeError pass.
        gone: the exit code when the output is lost, or whoever read it has gone.
    """
    try:
        with _standard_streams():
            return run()
    except OutputLost as error:
        _give_up_output()
        print(f"{program}: what there is to show cannot be written: {error}", file=sys.stderr)
    except BrokenPipeError:
        _give_up_output()
    return gone


@contextmanager
def _standard_streams() -> Iterator[None]:
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


def _give_up_output() -> None:
    # Python must not try to flush it again at its end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
