"""A definition that was read is remembered for as long as nothing has changed, and for no longer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from jams.objects.definitions import Folder, Job, Variable
from tests.support.town import Town, town


@pytest.fixture
def t(tmp_path: Path, place: Path | str | None) -> Iterator[Town]:
    with town(tmp_path, place) as made:
        made.admit("ann")
        made.call("create_folder", "ann", folder=Folder(folder_name="Sales"))
        made.call(
            "create_job", "ann", job=Job(job_name="Load", parent_folder_name="\\Sales", method_name="Command")
        )
        yield made


def job(t: Town) -> Job:
    found: Job = t.call("get_job", "ann", name="\\Sales\\Load")
    return found


def questions(t: Town) -> list[str]:
    """The statements that are executed while the job is asked for."""
    counted: list[str] = []
    engine: Any = t.desk.database._reader

    def count(*told: Any) -> None:
        counted.append(told[2])

    event.listen(engine, "before_cursor_execute", count)
    try:
        job(t)
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return counted


def test_what_has_not_changed_is_not_read_again(t: Town) -> None:
    job(t)
    job(t)
    # PostgreSQL tells of changes to all databases of a cluster, and others may be worked with meanwhile.
    asked = min((questions(t) for _ in range(200)), key=len)
    assert len(asked) == 1, "whether anything has changed"


def test_whatever_comes_down_to_it_changes_it(t: Town) -> None:
    assert job(t).qualified_name == "\\Sales\\Load"
    t.call("change_job", "ann", name="\\Sales\\Load", job={"description": "new"})
    assert job(t).description == "new"
    t.call("change_folder", "ann", name="\\Sales", folder={"folderName": "Shop"})
    assert t.call("get_job", "ann", id=job_number(t)).qualified_name == "\\Shop\\Load"


def job_number(t: Town) -> int:
    (found,) = t.call("find_jobs", "ann")
    return int(found.job_id)


def test_everybody_has_a_document_of_his_own(t: Town) -> None:
    first, second = job(t), job(t)
    assert first == second and first is not second
    second.description = "scribbled"
    second.properties.clear()
    assert job(t) == first


def test_what_is_gone_is_not_there_any_more(t: Town) -> None:
    job(t)
    t.call("delete_job", "ann", name="\\Sales\\Load")
    with pytest.raises(Exception, match="Load"):
        job(t)


def test_other_questions_have_other_answers(t: Town) -> None:
    t.call("create_variable", "ann", variable=Variable(variable_name="Load", value="1"))
    assert t.call("get_variable", "ann", name="Load").variable_name == "Load"
    assert job(t).job_name == "Load"
    t.call(
        "create_job", "ann", job=Job(job_name="Other", parent_folder_name="\\Sales", method_name="Command")
    )
    assert [t.call("get_job", "ann", name=f"\\Sales\\{name}").job_name for name in ("Other", "Load")] == [
        "Other",
        "Load",
    ]
