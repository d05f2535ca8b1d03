"""S51: a pattern over a huge log. The scheduler with the real executor."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from jams.database import history, tables
from jams.objects.enums import EntryState, Severity
from jams.objects.parts import PropertyValue
from jams.objects.run import LogVerdict
from tests.support.eventually import eventually
from tests.support.real_runs import server
from tests.support.schedule import Desk, desk

pytestmark = [pytest.mark.integration, pytest.mark.skipif(os.name == "nt", reason="POSIX shell")]

TALK = (
    "yes 'one of many lines' | head -c 3000000; head -c 20000000 /dev/zero | tr '\\0' a; "
    "printf '\\nCompleted OK'"
)


def _patterns(good: str, bad: str) -> list[PropertyValue]:
    return [
        PropertyValue(property_name="GoodPattern", current_value=good),
        PropertyValue(property_name="BadPattern", current_value=bad),
    ]


@pytest.fixture
def d(place: Path | str) -> Iterator[Desk]:
    with desk(place) as made:
        made.job("\\talk", source=TALK, properties=_patterns("Completed OK", r"^(\w+\s?)*FATAL$"))
        made.job("\\plain")
        made.job("\\never", properties=_patterns("x", "y"))
        old = made.read(lambda c: c.scalar(tables.job.select().with_only_columns(tables.job.c.document).where(
            tables.job.c.name == "never")))  # fmt: skip
        faulty = str(old).replace('"currentValue":"y"', '"currentValue":"(["')
        assert faulty != old, "as an import of a version that did not look at patterns has left it"
        made.write(lambda c: c.execute(
            update(tables.job).where(tables.job.c.name == "never").values(document=faulty)))  # fmt: skip
        yield made


def test_a_log_is_searched_beside_others_and_judged_once(
    d: Desk, tmp_path: Path, place: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    d.database.close()
    begun, go_on = threading.Event(), threading.Event()

    def interrupted(*arguments: Any) -> LogVerdict:
        begun.set()
        go_on.wait(50)
        return LogVerdict(problem="nobody is to hear of this")

    with monkeypatch.context() as patch, server(tmp_path, place) as s:
        patch.setattr("jams.executor.searches.search", interrupted)
        talk = s.submit("talk")
        assert begun.wait(50)
        others = [s.submit("plain") for _ in range(10)]
        assert {s.over(number).final_severity for number in others} == {Severity.SUCCESS}
        assert s.desk.entry(talk).current_state is EntryState.EXECUTING
    go_on.set()
    with server(tmp_path, place) as s:
        entry = s.over(talk)
        assert (entry.final_severity, entry.final_status) == (Severity.SUCCESS, "Success")
        found = s.desk.read(lambda c: history.find(c, history.Wanted("talk")))
        assert [(each.final_severity, each.ron) for each in found] == [(Severity.SUCCESS, entry.ron)]
        eventually(lambda: not [name for name in os.listdir(tmp_path / "runs") if not name.startswith(".")])
        never = s.over(s.submit("never"))
        assert never.final_severity is Severity.ERROR
        assert (never.final_status or "").startswith("Exit code 0; BadPattern is faulty: ")
        assert s.over(s.submit("plain")).final_severity is Severity.SUCCESS
