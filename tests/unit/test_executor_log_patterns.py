"""Patterns that are looked for in the log of a run when it has ended (semantics 4.4)."""

from __future__ import annotations

import io
import os
import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from jams.executor import log_patterns
from jams.executor.executor import Executor
from jams.executor.journal import Journal
from jams.executor.log_patterns import search
from jams.objects.run import LogPatterns, LogVerdict, RunEnded, RunOutcome, RunRequest, RunStarted

pytestmark = pytest.mark.unit


def looked_for(log: bytes, good: str | None = None, bad: str | None = None) -> LogVerdict:
    return search(io.BytesIO(log), len(log), LogPatterns(good=good, bad=bad), lambda: False)


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_patterns, "PIECE", 16)
    monkeypatch.setattr(log_patterns, "OVERLAP", 8)


@pytest.mark.parametrize(
    ("log", "pattern", "line"),
    [
        (b"", "x", None),
        (b"x", "x", 1),
        (b"a\nb\nx\n", "x", 3),
        (b"a\nERROR 7\n", "^ERROR", 2),
        (b"an ERROR 7\n", "^ERROR", None),
        (b"all is OK\nand more", "OK$", 1),
        (b"all is OK\r\nand more\r\n", "OK$", 1),
        (b"the end is OK", r"OK\Z", 1),
        (b"OK\nno", r"OK\Z", None),
        (b"a\n\nb", "^$", 2),
        (b"a\nb\n", "^$", None),
        (b"step 1\nfailed\n", r"step \d\nfailed", 1),
        ("größer\n".encode(), "^GRÖSSER|^größer$", 1),
        ("größer\n".encode("latin-1"), "gr..?er", 1),
        (b"a\n" * 50_000 + b"done", "^done$", 50_001),
        (b"x" * 600_000 + b" done", "x done$", 1),
        (b"x" * 600_000 + b"\ndone", "^done", 2),
        (b"Completed\n", "completed", None),
        (b"Completed\n", "(?i)completed", 1),
    ],
)
def test_where_a_pattern_first_matches(log: bytes, pattern: str, line: int | None) -> None:
    assert looked_for(log, good=pattern) == LogVerdict(good=line)
    assert looked_for(log, bad=pattern) == LogVerdict(bad=line)


def test_a_bad_match_decides_and_a_good_one_does_not() -> None:
    log = b"bad\n" + b"x\n" * 300_000 + b"good\n"
    assert looked_for(log, good="good", bad="bad") == LogVerdict(bad=1)
    assert looked_for(b"good\n" * 2 + b"x\n" * 300_000 + b"bad\n", good="good", bad="bad") == LogVerdict(
        good=1, bad=300_003
    )
    assert looked_for(b"good\n", good="good", bad="bad") == LogVerdict(good=1)


@pytest.mark.usefixtures("small_pieces")
@given(
    st.lists(st.sampled_from(["a", "b", "ab", "ERR", " ", "\n", "\r\n", "é"]), max_size=80).map("".join),
    st.sampled_from(
        ["^a", "b$", "^ab$", "ERR", "^$", "a b", r"\bERR\b", "b\na", r"(?<=a)b", "é", r"(?s)ERR.*"]
    ),
)
def test_pieces_of_a_log_say_what_the_whole_says(text: str, pattern: str) -> None:
    whole = text.replace("\r\n", "\n").removesuffix("\n")
    match = regex.compile(pattern, regex.MULTILINE).search(whole)
    line = None if match is None else whole.count("\n", 0, match.start()) + 1
    assert looked_for(text.encode(), good=pattern).good == line


@pytest.mark.usefixtures("small_pieces")
def test_the_end_of_a_piece_is_not_the_end_of_a_line() -> None:
    for length in range(10, 40):
        assert looked_for(b"x" * length + b"y" * 40, good="xy*$") == LogVerdict(good=1)
        assert looked_for(b"x" * length + b"y" * 40, good="x$") == LogVerdict()
        assert looked_for(b"x" * length + b"y" * 40, good="^y") == LogVerdict()


@pytest.mark.usefixtures("small_pieces")
@given(st.lists(st.sampled_from(["a" * 9, "a", "\n"]), max_size=200).map("".join))
def test_a_piece_is_no_longer_than_it_may_be_whatever_the_lines_are(text: str) -> None:
    log = text.encode()
    lengths = [len(piece.text) for piece in log_patterns._pieces(io.BytesIO(log), len(log), "utf-8")]
    assert max(lengths) <= 16 + 8 + 16 + 2


def test_a_pattern_that_does_not_come_to_an_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_patterns, "LONGEST_PIECE", 0.2)
    log = b"fine\n" + b"a" * 60 + b"b\nCompleted OK"
    verdict = looked_for(log, good="Completed OK", bad="^(a|aa)+$")
    assert verdict.problem is not None
    assert verdict.problem.startswith("BadPattern was given up after ")
    assert verdict.bad is None


def test_a_log_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_patterns, "LONGEST_SEARCH", -1.0)
    assert (looked_for(b"x", good="x").problem or "").startswith("the search of the log was given up")


def test_a_faulty_pattern_is_told() -> None:
    verdict = looked_for(b"x", good="x", bad="([")
    assert (verdict.problem or "").startswith("BadPattern is faulty: ")


def test_a_pattern_that_would_take_all_memory_is_not_compiled() -> None:
    verdict = looked_for(b"aaa", good="a", bad="((((a{99}){99}){99}){99})")
    assert (verdict.problem or "").startswith("BadPattern repeats too much: ")


class Bench:
    """An executor with the ends it has told."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.told: queue.Queue[RunEnded] = queue.Queue()
        self.executor = Executor(path / "journal", log_location=path / "logs", on_ended=self.told.put)
        self.executor.recover([])

    def start(self, source: str, token: str, good: str | None = None, bad: str | None = None) -> RunStarted:
        request = RunRequest(
            token=token,
            jams_entry=17,
            ron=2,
            method="Command",
            source=source,
            job_name="Load",
            folder_name="\\Sales",
            patterns=LogPatterns(good=good, bad=bad) if good or bad else None,
        )
        answer = self.executor.start(request)
        assert isinstance(answer, RunStarted), answer
        return answer

    def ended(self) -> RunEnded:
        return self.told.get(timeout=50)


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[[], Bench]]:
    benches: list[Bench] = []

    def build() -> Bench:
        benches.append(Bench(tmp_path))
        return benches[-1]

    yield build
    for bench in benches:
        bench.executor.close()


posix = pytest.mark.skipif(os.name == "nt", reason="POSIX processes")


@posix
def test_the_end_of_a_run_tells_what_its_log_says(make: Callable[[], Bench]) -> None:
    bench = make()
    bench.start("echo one; echo two; exit 3", "t1", good="two", bad="[oe]ne$")
    end = bench.ended()
    assert (end.exit_code, end.log_verdict) == (3, LogVerdict(bad=1))
    bench.start('echo it\\\'s \\"fine\\"', "t2", good='it\'s "fine"$')
    assert bench.ended().log_verdict == LogVerdict(good=1)
    bench.start("rm $JAMS_LOG", "t3", good="x")
    problem = (bench.ended().log_verdict or LogVerdict()).problem
    assert problem is not None and "cannot be read" in problem
    bench.start("echo x", "t4")
    assert bench.ended().log_verdict is None


@posix
def test_a_run_that_was_cancelled_is_not_judged_by_its_log(make: Callable[[], Bench]) -> None:
    bench = make()
    bench.start("echo x; sleep 60", "t1", good="x")
    bench.executor.abort("t1", force=True)
    end = bench.ended()
    assert (end.outcome, end.log_verdict) == (RunOutcome.ABORTED, None)


@posix
def test_others_do_not_wait_for_a_search(make: Callable[[], Bench], monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def endless(*arguments: Any) -> LogVerdict:
        begun.set()
        assert go_on.wait(50)
        return LogVerdict(good=1)

    monkeypatch.setattr("jams.executor.searches.search", endless)
    bench = make()
    bench.start("echo x", "t1", good="x")
    assert begun.wait(50)
    bench.start("true", "t2")
    assert bench.ended().token == "t2"
    assert bench.executor.abort("t1") is False, "its work has ended"
    assert isinstance(bench.executor.start(RunRequest(
        token="t1", jams_entry=17, ron=2, method="Command", source="", job_name="", folder_name=""
    )), RunStarted)  # fmt: skip
    go_on.set()
    assert bench.ended().token == "t1"


@posix
def test_after_a_restart_a_log_is_searched_once(
    make: Callable[[], Bench], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make()
    go_on = threading.Event()

    def interrupted(*arguments: Any) -> LogVerdict:
        go_on.wait(50)
        return LogVerdict(problem="nobody is to hear of this")

    with monkeypatch.context() as patch:
        patch.setattr("jams.executor.searches.search", interrupted)
        started = first.start("echo one; echo two; exit 4", "t1", good="two")
        journal = Journal(str(first.path / "journal"), "t1")
        while journal.exit_code is None:
            threading.Event().wait(0.01)
        first.executor.close()
        go_on.set()
    second = make()
    found = second.executor.recover(["t1"])["t1"]
    assert isinstance(found, RunStarted)
    assert (found.log_filename, found.jams_entry) == (started.log_filename, 17)
    end = second.ended()
    assert (end.outcome, end.exit_code, end.log_verdict) == (RunOutcome.EXITED, 4, LogVerdict(good=2))
    assert second.executor.recover(["t1"])["t1"] == end
    second.executor.forget("t1")
    assert first.told.empty() and second.told.empty()
    assert [name for name in os.listdir(second.path / "journal") if name.startswith("t1")] == []


@posix
def test_a_run_that_outlives_its_executor_is_judged_by_its_log(make: Callable[[], Bench]) -> None:
    first = make()
    first.start(f"while [ ! -e {first.path}/go ]; do sleep 0.02; done; echo done", "t1", good="^done$")
    while Journal(str(first.path / "journal"), "t1").recorded() is None:
        threading.Event().wait(0.01)
    first.executor.close()
    second = make()
    assert isinstance(second.executor.recover(["t1"])["t1"], RunStarted)
    (first.path / "go").touch()
    assert second.ended().log_verdict == LogVerdict(good=1)
