from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from jams.database import jobs, variables
from jams.objects.definitions import Job, Variable
from jams.objects.enums import DataType
from jams.objects.errors import (
    AlreadyExists,
    Conflict,
    FolderNotFound,
    InUse,
    InvalidArgument,
    InvalidName,
    JAMSError,
    VariableNotFound,
    VersionConflict,
)
from jams.objects.parts import ParamDef
from jams.objects.patch import patch_of, stated
from tests.support.schedule import USER, Desk, desk


@pytest.fixture
def d(place: Path | str) -> Iterator[Desk]:
    with desk(place) as made:
        made.folder("\\Sales")
        yield made


def create(d: Desk, **members: object) -> Variable:
    document = Variable(**members)  # type: ignore[arg-type]
    return d.write(lambda c: variables.create(c, document, user=USER))


def get(d: Desk, name: str) -> Variable:
    return d.read(lambda c: variables.get(c, variables.locate(c, name=name)))


def test_document_comes_back_as_it_was_given(d: Desk) -> None:
    made = create(
        d, variable_name="Limit", parent_folder_name="\\Sales", data_type=DataType.INTEGER, value=" 07 "
    )
    assert made == get(d, "limit") == get(d, "/sales/LIMIT")
    assert (made.qualified_name, made.value, made.current_length) == ("\\Sales\\Limit", "7", 1)
    assert create(d, variable_name="Empty").value is None


@pytest.mark.parametrize(
    ("kind", "good", "kept", "bad"),
    [
        (DataType.INTEGER, "-12", "-12", "1.5"),
        (DataType.FLOAT, "1e3", "1e3", "1_0.0"),
        (DataType.BOOLEAN, "yes", "True", "maybe"),
        (DataType.DATE, "2026-02-28", "2026-02-28", "2026-02-30"),
        (DataType.TIME, "23:59", "23:59", "25:00"),
        (DataType.DATE_TIME, "2026-02-28T10:00:00+01:00", "2026-02-28T10:00:00+01:00", "soon"),
        (DataType.TEXT, " any ", " any ", "a\0b"),
    ],
)
def test_values_are_of_their_type(d: Desk, kind: DataType, good: str, kept: str, bad: str) -> None:
    id = create(d, variable_name="v", data_type=kind, value=good).variable_id
    assert id is not None
    assert get(d, "v").value == kept
    with pytest.raises(InvalidArgument):
        d.write(lambda c: variables.set_value(c, id, bad, user=USER))
    assert get(d, "v").value == kept
    assert d.write(lambda c: variables.set_value(c, id, good, user="bob")) == "\\v"
    assert get(d, "v").last_changed_by == "bob"


@pytest.mark.parametrize(
    ("members", "error"),
    [
        ({"variable_name": "LIMIT", "parent_folder_name": "\\Sales"}, AlreadyExists),
        ({"variable_name": "a/b"}, InvalidName),
        ({"variable_name": "x", "parent_folder_id": 99}, FolderNotFound),
        ({"variable_name": "x", "encryption_flag": True}, InvalidArgument),
        ({"variable_name": "x", "data_type": DataType.INTEGER, "value": "x"}, InvalidArgument),
    ],
)
def test_what_cannot_be_created(d: Desk, members: dict[str, object], error: type[JAMSError]) -> None:
    create(d, variable_name="Limit", parent_folder_name="\\Sales")
    with pytest.raises(error):
        create(d, **members)


def test_change(d: Desk) -> None:
    create(d, variable_name="Limit", parent_folder_name="\\Sales", value="a")
    create(d, variable_name="Other", parent_folder_name="\\Sales")
    limit = get(d, "Limit")

    def change(document: Variable) -> Variable:
        return d.write(lambda c: variables.change(c, stated(document), user="bob"))

    assert change(Variable(variable_name="limit", parent_folder_name="\\Sales", value="b")).value == "b"
    with pytest.raises(VersionConflict):
        change(replace(limit, variable_name="Bound"))
    limit = get(d, "Limit")
    moved = change(replace(limit, parent_folder_id=1, parent_folder_name=None, variable_name="Bound"))
    assert (moved.qualified_name, moved.variable_id) == ("\\Bound", limit.variable_id)
    for document, error in (
        (replace(moved, variable_name="OTHER", parent_folder_name="\\Sales"), AlreadyExists),
        (replace(limit, variable_id=99), VariableNotFound),
        (Variable(variable_name="none"), VariableNotFound),
    ):
        with pytest.raises(error):
            change(document)


def test_bare_name_of_several(d: Desk) -> None:
    create(d, variable_name="Limit")
    create(d, variable_name="Limit", parent_folder_name="\\Sales")
    with pytest.raises(Conflict) as caught:
        get(d, "limit")
    assert "\\Limit, \\Sales\\Limit" in caught.value.message


def test_listing(d: Desk) -> None:
    create(d, variable_name="b")
    create(d, variable_name="a", parent_folder_name="\\Sales")
    names = [v.qualified_name for v in d.read(lambda c: variables.in_folder(c, 1, recursive=True))]
    assert names == ["\\b", "\\Sales\\a"]
    assert len(d.read(lambda c: variables.in_folder(c, 1))) == 1
    assert len(d.read(lambda c: variables.in_folder(c, 1, recursive=True, pattern="A*"))) == 1


@pytest.mark.parametrize(
    "link",
    [
        ParamDef(param_name="p", variable_name="\\Sales\\Limit"),
        ParamDef(param_name="p", variable_name="Limit", variable_name_is_relative=True),
        ParamDef(param_name="p", variable_id=1),
    ],
)
def test_a_variable_that_a_parameter_uses_cannot_be_deleted(d: Desk, link: ParamDef) -> None:
    id = create(d, variable_name="Limit", parent_folder_name="\\Sales", value="8").variable_id
    assert id == 1
    job = d.job("\\Sales\\Load", parameters=[link])
    with pytest.raises(InUse) as caught:
        d.write(lambda c: variables.delete(c, 1))
    assert "job Load" in caught.value.message
    without = patch_of(Job)(job_id=job, parameters=[])
    d.write(lambda c: jobs.change(c, without, user=USER))
    assert d.write(lambda c: variables.delete(c, 1)) == "\\Sales\\Limit"
