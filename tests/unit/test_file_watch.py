"""The watch for files, in its thread: it hears of what comes, and looks again when a file may be complete."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from jams.database import tables
from jams.objects.trigger_parts import TriggerEventType
from jams.objects.triggers import Trigger, TriggerEvent
from jams.scheduler.triggers import defining
from jams.services import file_watch
from tests.support.schedule import USER, Desk, desk


@pytest.fixture
def w(place: Path | str) -> Iterator[Desk]:
    with desk(place) as made:
        yield made


def trigger(w: Desk, path: Path, steady: int) -> None:
    event = TriggerEvent(event_type=TriggerEventType.FILE, file_name=str(path), steady_seconds=steady)
    document = Trigger(trigger_name=path.name.replace("*", "x"), events=[event])
    w.write(lambda c: defining.create(c, document, datetime.now(UTC), user=USER))


def present(w: Desk) -> int:
    """How many files are told to be there."""
    query = select(func.count()).where(tables.trigger_news.c.present)
    return w.read(lambda c: c.scalar(query)) or 0


@pytest.mark.parametrize("steady", [0, 1])
def test_a_file_that_comes_is_told_without_a_slow_look(
    w: Desk, tmp_path: Path, steady: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_watch, "SLOW", 3600.0)
    trigger(w, tmp_path / "*.go", steady)
    told, looked = threading.Event(), threading.Event()
    w.database.listen(lambda _: told.set(), lambda: None)
    watch = file_watch.FileWatch(w.database)
    look = watch.look

    def noted() -> int:
        found = look()
        looked.set()
        return found

    monkeypatch.setattr(watch, "look", noted)
    watch.start()
    try:
        assert looked.wait(30)
        for name in ("b.txt", "a.go"):
            (tmp_path / name).write_text("x")
        while not present(w):
            told.clear()
            assert present(w) or told.wait(30)
    finally:
        watch.stop()
    assert present(w) == 1


def test_a_folder_that_comes_later_is_looked_into(
    w: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trigger(w, tmp_path / "later" / "a.go", 0)
    watch = file_watch.FileWatch(w.database)
    assert watch.look() == 1 and not watch._folders.watch([str(tmp_path / "later")])
    (tmp_path / "later").mkdir()
    (tmp_path / "later" / "a.go").touch()
    watch.look()
    assert present(w) == 1 and watch._folders.watch([str(tmp_path / "later")])
    watch._folders.stop()
