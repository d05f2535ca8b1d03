from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, func, select

from jams.database import (
    agents,
    calendars,
    date_types,
    folders,
    happenings,
    jobs,
    named_times,
    tables,
    variables,
)
from jams.objects.base import Duration
from jams.objects.calendars import Calendar, Date, DateType, NamedTime
from jams.objects.definitions import Agent, Folder, Job, Variable
from jams.objects.enums import AgentType
from jams.objects.errors import AlreadyExists
from jams.objects.patch import stated
from tests.support.databases import database
from tests.support.schedule import USER, Desk, desk


def topics(d: Desk) -> list[str]:
    """What has happened since this was last asked."""

    def work(c: Connection) -> list[str]:
        found = happenings.take(c)
        happenings.forget(c, [each.id for each in found])
        return [each.topic for each in found]

    return d.write(work)


def test_what_happens_stands_until_it_is_forgotten(d: Desk) -> None:
    before = datetime.now(UTC)
    d.write(lambda c: happenings.note(c, "queue:1", "resource:2"))
    first, second = d.read(happenings.take)
    assert (first.topic, second.topic) == ("queue:1", "resource:2")
    assert before <= first.time <= datetime.now(UTC)
    assert d.read(lambda c: happenings.take(c, most=1)) == [first]
    d.write(lambda c: happenings.forget(c, [first.id]))
    assert d.read(happenings.take) == [second]
    d.write(lambda c: happenings.forget(c, []))
    assert topics(d) == ["resource:2"]
    assert topics(d) == []


def test_what_happens_again_and_again_is_one_row(d: Desk) -> None:
    for _ in range(20):
        d.write(lambda c: happenings.note(c, "queue:1", "queue:2", "queue:1"))
    assert d.read(lambda c: c.scalar(select(func.count()).select_from(tables.happening))) == 2


def test_what_happens_while_it_is_looked_at_happens_once_more(d: Desk) -> None:
    d.write(lambda c: happenings.note(c, "queue:1"))
    seen = [each.id for each in d.read(happenings.take)]
    d.write(lambda c: happenings.note(c, "queue:1"))
    d.write(lambda c: happenings.forget(c, seen))
    assert topics(d) == ["queue:1"]


def test_what_was_undone_has_not_happened(d: Desk) -> None:
    d.folder("\\Sales")
    topics(d)

    def again(c: Connection) -> None:
        happenings.note(c, "queue:1")
        folders.create(c, Folder(folder_name="Sales"), user=USER)

    with pytest.raises(AlreadyExists):
        d.write(again)
    assert topics(d) == []


def test_who_notes_what_another_session_notes_waits_for_nobody(tmp_path: Path) -> None:
    with database("postgresql", tmp_path) as place, desk(place) as d:
        d.write(lambda c: happenings.note(c, "queue:1"))
        engine = create_engine(str(place).replace("postgresql:", "postgresql+psycopg:"))
        with engine.connect() as other:
            happenings.note(other, "queue:1")
            d.write(lambda c: happenings.note(c, "queue:1"))
            happenings.note(other, "queue:1")
            other.commit()
        engine.dispose()
        assert set(topics(d)) == {"queue:1"}


def changes() -> list[tuple[str, Callable[[Desk], object], str]]:
    """Changes one after the other: a name, what is done, and the topic that happens."""
    time = NamedTime(
        time_name="Night", start_time=Duration(total_seconds=0), end_time=Duration(total_seconds=1)
    )
    host = Agent(agent_name="Host", agent_type=AgentType.OUTGOING)
    day = Date(start_date=date(2026, 12, 25))

    def changed(noun: object, document: object, name: str) -> Callable[[Desk], object]:
        return lambda d: d.write(lambda c: noun.change(c, stated(document), name=name, user=USER))  # type: ignore[attr-defined]

    def host_made(d: Desk) -> None:
        d.write(lambda c: agents.create(c, host, user=USER, lenient=True))

    return [
        ("folder made", lambda d: d.folder("\\A"), "folder:2"),
        ("folder renamed", changed(folders, Folder(folder_name="B"), "\\A"), "folder:2"),
        ("job made", lambda d: d.job("\\B\\j"), "job:1"),
        ("job moved", changed(jobs, Job(job_name="j", parent_folder_name="\\"), "\\B\\j"), "job:1"),
        ("job deleted", lambda d: d.write(lambda c: jobs.delete(c, 1)), "job:1"),
        ("folder deleted", lambda d: d.write(lambda c: folders.delete(c, 2)), "folder:2"),
        (
            "variable made",
            lambda d: d.write(lambda c: variables.create(c, Variable(variable_name="v"), user=USER)),
            "variable:1",
        ),
        (
            "variable set",
            lambda d: d.write(lambda c: variables.set_value(c, 1, "x", user=USER)),
            "variable:1",
        ),
        ("variable changed", changed(variables, Variable(variable_name="w"), "v"), "variable:1"),
        ("variable deleted", lambda d: d.write(lambda c: variables.delete(c, 1)), "variable:1"),
        ("time made", lambda d: d.write(lambda c: named_times.create(c, time, user=USER)), "time:1"),
        (
            "time closed",
            lambda d: d.write(lambda c: named_times.set_enabled(c, 1, False, user=USER)),
            "time:1",
        ),
        ("time deleted", lambda d: d.write(lambda c: named_times.delete(c, 1)), "time:1"),
        (
            "agent made",
            lambda d: d.write(lambda c: agents.create(c, host, user=USER, lenient=True)),
            "agent:2",
        ),
        (
            "agent changed",
            changed(agents, Agent(agent_name="localhost", job_limit=3), "localhost"),
            "agent:1",
        ),
        ("agent deleted", lambda d: d.write(lambda c: agents.delete(c, id=2)), "agent:2"),
        (
            "calendar made",
            lambda d: d.write(lambda c: calendars.create(c, Calendar(calendar_name="C"), user=USER)),
            "calendar:2",
        ),
        (
            "date type made",
            lambda d: d.write(
                lambda c: date_types.create(c, DateType(date_type_type="T", dates=[day]), user=USER)
            ),
            "calendar:1",
        ),
        (
            "date type touched",
            lambda d: d.write(lambda c: date_types.touch(c, 1, user=USER)),
            "calendar:1",
        ),
        (
            "several touched",
            lambda d: d.write(lambda c: date_types.touch_all(c, [1], user=USER)),
            "calendar:1",
        ),
        (
            "date type imported",
            lambda d: d.write(lambda c: date_types.create_plain(c, 2, {"P": []}, user=USER)),
            "calendar:2",
        ),
        (
            "date type moved",
            changed(date_types, DateType(date_type_type="T", calendar_name="C"), "T"),
            "calendar:1 calendar:2",
        ),
        ("date type deleted", lambda d: d.write(lambda c: date_types.delete(c, 1)), "calendar:2"),
        ("calendar deleted", lambda d: d.write(lambda c: calendars.delete(c, 2)), "calendar:2"),
    ]


def test_every_change_of_a_definition_happens(d: Desk) -> None:
    for name, change, topic in changes():
        change(d)
        assert " ".join(topics(d)) == topic, name
