from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import event

from jams.database import folders, jobs
from jams.objects.definitions import Job
from jams.objects.errors import (
    AlreadyExists,
    Conflict,
    FolderNotFound,
    InUse,
    InvalidArgument,
    InvalidName,
    InvalidParameter,
    JAMSError,
    JobNotFound,
    MethodNotFound,
    VersionConflict,
)
from jams.objects.parts import Element, ParamDef, PropertyValue
from jams.objects.patch import stated
from tests.support.schedule import USER, Desk, desk


@pytest.fixture
def d(place: Path | str) -> Iterator[Desk]:
    with desk(place) as made:
        made.folder("\\Sales")
        made.folder("\\Sales\\EU")
        yield made


def get(d: Desk, name: str) -> Job:
    return d.read(lambda c: jobs.get(c, jobs.find(c, name=name)))


DOCUMENTED = Element(
    element_name="e",
    element_type_name="documentation",
    properties=[PropertyValue(property_name="Content", current_value="Read this.")],
)


def change(d: Desk, job: Job) -> tuple[Job, bool]:
    return d.write(lambda c: jobs.change(c, stated(job), user="bob"))


def test_document_comes_back_as_it_was_given(d: Desk) -> None:
    given = Job(
        job_name="Load",
        parent_folder_name="/sales",
        method_name="python",
        source="print('é')\n",
        description="Loads",
        parameters=[ParamDef(param_name="day", default_value="monday", prompt="Day")],
        elements=[DOCUMENTED],
        properties=[PropertyValue(property_name="SchedulingPriority", current_value=3)],
    )
    made = d.write(lambda c: jobs.create(c, given, user=USER))
    assert made == get(d, "Load")
    assert (made.qualified_name, made.method_id, made.method_name) == ("\\Sales\\Load", 2, "Python")
    for member in ("source", "description", "parameters"):
        assert getattr(made, member) == getattr(given, member)
    assert [(e.element_name, e.element_type_name, e.properties) for e in made.elements] == [
        ("e", "Documentation", DOCUMENTED.properties)
    ]
    priority = next(p for p in made.properties if p.property_name == "SchedulingPriority")
    assert (priority.current_value, priority.default_value, priority.category_name) == (3, 0, "Schedule")
    again = change(d, made)[0]
    assert again.version is not None and made.version is not None and again.version > made.version
    assert replace(again, last_change_utc=None, version=None) == replace(
        made, last_change_utc=None, version=None, last_changed_by="bob"
    )


def test_a_job_that_names_no_method_runs_commands(d: Desk) -> None:
    d.job("\\x")
    assert get(d, "x").method_name == "Command"


@pytest.mark.parametrize("name", ["\\Sales\\Load", "sales/load", "/Sales/LOAD", "load", " Load "])
def test_names_that_find_a_job(d: Desk, name: str) -> None:
    id = d.job("\\Sales\\Load")
    assert d.read(lambda c: jobs.find(c, name=name)) == id
    assert d.read(lambda c: jobs.find(c, id=id)) == id


@pytest.mark.parametrize("name", ["", "\\", "None", "\\Load", "\\Sales\\EU\\Load", "\\Nowhere\\Load", "Lo*"])
def test_names_that_find_none(d: Desk, name: str) -> None:
    d.job("\\Sales\\Load")
    with pytest.raises(JobNotFound):
        d.read(lambda c: jobs.find(c, name=name))


def test_bare_name_of_several_jobs(d: Desk) -> None:
    for folder in ("", "\\Sales", "\\Sales\\EU"):
        d.job(f"{folder}\\Load")
    with pytest.raises(Conflict) as caught:
        d.read(lambda c: jobs.find(c, name="load"))
    assert "\\Load, \\Sales\\EU\\Load, \\Sales\\Load" in caught.value.message
    assert get(d, "\\Load").parent_folder_id == folders.ROOT_ID


@pytest.mark.parametrize(
    ("document", "error"),
    [
        (Job(job_name="load", parent_folder_name="\\Sales"), AlreadyExists),
        (Job(job_name="a|b"), InvalidName),
        (Job(job_name="x", parent_folder_name="\\None"), FolderNotFound),
        (Job(job_name="x", method_name="Cobol"), MethodNotFound),
        (Job(job_name="x", method_id=999), MethodNotFound),
        (Job(job_name="x", method_id=1, method_name="Python"), InvalidArgument),
        (Job(job_name="x", parameters=[ParamDef(param_name="")]), InvalidName),
        (
            Job(job_name="x", parameters=[ParamDef(param_name="a"), ParamDef(param_name="A")]),
            InvalidParameter,
        ),
        (
            Job(job_name="x", parameters=[ParamDef(param_name="a b"), ParamDef(param_name="A_B")]),
            InvalidParameter,
        ),
        (Job(job_name="x", parameters=[ParamDef(param_name="Path")]), InvalidParameter),
        (Job(job_name="x", properties=[PropertyValue(property_name="Enabled")] * 2), InvalidArgument),
    ],
)
def test_what_cannot_be_created(d: Desk, document: Job, error: type[JAMSError]) -> None:
    d.job("\\Sales\\Load")
    with pytest.raises(error):
        d.write(lambda c: jobs.create(c, document, user=USER))
    assert len(d.read(lambda c: jobs.in_folder(c, folders.ROOT_ID, recursive=True))) == 1


def test_change_makes_moves_and_renames(d: Desk) -> None:
    made, new = change(d, Job(job_name="Load", parent_folder_name="\\Sales", source="1"))
    assert new
    changed, new = change(d, Job(job_name="LOAD", parent_folder_name="\\Sales", source="2"))
    assert (changed.job_id, changed.job_name, changed.source, new) == (made.job_id, "LOAD", "2", False)
    moved, _ = change(d, replace(changed, parent_folder_id=None, parent_folder_name="\\", job_name="Other"))
    assert (moved.qualified_name, moved.job_id) == ("\\Other", made.job_id)
    stays, _ = change(d, Job(job_id=made.job_id, job_name="Third"))
    assert stays.qualified_name == "\\Third"


def test_what_cannot_be_changed(d: Desk) -> None:
    d.job("\\Sales\\Load")
    d.job("\\Sales\\Other")
    load = get(d, "\\Sales\\Load")
    for document, error in (
        (replace(load, job_name="other"), AlreadyExists),
        (replace(load, job_id=99), JobNotFound),
        (replace(load, job_name=""), InvalidName),
        (replace(load, parent_folder_id=1, parent_folder_name="\\Sales\\EU"), InvalidArgument),
        (replace(load, version=1), VersionConflict),
    ):
        with pytest.raises(error):
            change(d, document)
    assert get(d, "\\Sales\\Load") == load


def test_deleting(d: Desk) -> None:
    id = d.job("\\Sales\\Load")
    d.submit("Load")
    with pytest.raises(InUse):
        d.write(lambda c: jobs.delete(c, id))
    other = d.job("\\Sales\\Other")
    assert d.write(lambda c: jobs.delete(c, other)) == "\\Sales\\Other"
    with pytest.raises(JobNotFound):
        d.write(lambda c: jobs.delete(c, other))


def test_listing_a_folder(d: Desk) -> None:
    for name in ("\\top", "\\Sales\\b", "\\Sales\\A", "\\Sales\\EU\\a"):
        d.job(name)
    sales = d.read(lambda c: folders.find(c, name="\\Sales"))

    def listed(**how: object) -> list[str | None]:
        return [j.qualified_name for j in d.read(lambda c: jobs.in_folder(c, sales, **how))]  # type: ignore[arg-type]

    assert listed() == ["\\Sales\\A", "\\Sales\\b"]
    assert listed(recursive=True) == ["\\Sales\\A", "\\Sales\\b", "\\Sales\\EU\\a"]
    assert listed(recursive=True, pattern="A*") == ["\\Sales\\A", "\\Sales\\EU\\a"]


def test_listing_many_jobs_asks_few_questions(d: Desk) -> None:
    def make(c: object) -> None:
        for n in range(200):
            jobs.create(c, Job(job_name=f"j{n}", parent_folder_name="\\Sales\\EU"), user=USER)  # type: ignore[arg-type]

    d.write(make)
    asked: list[str] = []
    engine = d.database._reader
    event.listen(engine, "before_cursor_execute", lambda c, cur, statement, *rest: asked.append(statement))
    assert len(d.read(lambda c: jobs.in_folder(c, 1, recursive=True))) == 200
    assert len(asked) <= 5, asked


def test_inheritance_from_folders(d: Desk) -> None:
    d.folder(
        "\\top",
        lenient=True,
        properties=[
            PropertyValue(property_name="SchedulingPriority", current_value=10),
            PropertyValue(property_name="NotifyEMail", current_value="a@x"),
            PropertyValue(property_name="Enabled", current_value=False),
        ],
    )
    d.folder("\\top\\sub", properties=[PropertyValue(property_name="SchedulingPriority", current_value=5)])
    d.job("\\top\\sub\\j", properties=[PropertyValue(property_name="Enabled", current_value=True)])
    shown = {p.property_name: p for p in get(d, "j").properties}
    assert shown["SchedulingPriority"].default_value == 15
    assert shown["SchedulingPriority"].inherited_from_name == "\\top\\sub"
    assert shown["NotifyEMail"].default_value == "a@x"
    assert (shown["Enabled"].current_value, shown["Enabled"].default_value) == (True, False)
