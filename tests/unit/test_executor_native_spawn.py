"""Starting programs by the C library: what arrives there, and what is refused."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.unit,
    pytest.mark.skipif(sys.platform != "linux", reason="the structures of Linux's C libraries"),
]


def run(
    log: Path, *arguments: str, source: int | None = None, variables: dict[str, str] | None = None
) -> int:
    """Run a program to its end; its exit code."""
    from jams.executor.native_spawn import Spawner

    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT)
    try:
        handed = {1: descriptor, 2: descriptor} | ({} if source is None else {0: source})
        pid = Spawner([signal.SIGPIPE]).spawn(arguments[0], arguments, variables or {}, handed)
    finally:
        os.close(descriptor)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def test_arguments_variables_and_descriptors_arrive(tmp_path: Path) -> None:
    script = 'echo "$1 $WORD"; echo wrong >&2; cat; exit 3'
    code = run(
        tmp_path / "log", "/bin/sh", "-c", script, "sh", "a b", variables={**os.environ, "WORD": "ö ö"}
    )
    assert code == 3
    assert (tmp_path / "log").read_text(encoding="utf-8") == "a b ö ö\nwrong\n"


def test_input_comes_from_a_descriptor(tmp_path: Path) -> None:
    source, target = os.pipe()
    os.write(target, b"given\n")
    os.close(target)
    assert run(tmp_path / "log", "/bin/cat", source=source) == 0
    os.close(source)
    assert (tmp_path / "log").read_text() == "given\n"


def test_the_session_is_its_own_and_signals_are_as_they_should_be(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
    try:
        script = "grep -E 'Sig(Blk|Ign)' /proc/self/status; ps -o sid= -p $$ | grep -qw $$"
        assert run(tmp_path / "log", "/bin/sh", "-c", script, variables={**os.environ}) == 0
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
        signal.signal(signal.SIGPIPE, before)
    blocked, ignored = (int(line.split()[1], 16) for line in (tmp_path / "log").read_text().splitlines())
    assert blocked == 0
    assert not ignored >> (signal.SIGPIPE - 1) & 1


def test_what_cannot_be_passed_on_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="null"):
        run(tmp_path / "log", "/bin/true", "a\0b")
    with pytest.raises(ValueError, match="null"):
        run(tmp_path / "log", "/bin/true", variables={"x": "\0"})
    with pytest.raises(ValueError, match="name"):
        run(tmp_path / "log", "/bin/true", variables={"a=b": "c"})
    with pytest.raises(FileNotFoundError):
        run(tmp_path / "log", "/no/such/program")
