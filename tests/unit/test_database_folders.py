from __future__ import annotations

import pytest
from msgspec.structs import replace

from jams.database import folders
from jams.objects.definitions import Folder
from jams.objects.enums import InheritedFromType
from jams.objects.errors import (
    AlreadyExists,
    Conflict,
    FolderNotEmpty,
    FolderNotFound,
    InvalidArgument,
    InvalidName,
    InvalidParameter,
    JAMSError,
)
from jams.objects.parts import ACE, ACL, Element, ParamDef, PropertyValue, Tag
from jams.objects.patch import patch_of, stated
from jams.registry import element_type
from tests.support.schedule import USER, Desk


def get(d: Desk, path: str) -> Folder:
    return d.read(lambda c: folders.get(c, folders.find(c, name=path)))


def change(d: Desk, folder: Folder) -> Folder:
    return d.write(lambda c: folders.change(c, stated(folder), user="bob"))


def test_root(d: Desk) -> None:
    root = get(d, "\\")
    assert (root.folder_id, root.folder_name, root.qualified_name, root.parent_folder_id) == (
        1,
        "\\",
        "\\",
        None,
    )


def test_document_comes_back_as_it_was_given(d: Desk) -> None:
    given = Folder(
        folder_name="Sales",
        description="What is sold",
        parameters=[ParamDef(param_name="day", default_value="today")],
        elements=[
            Element(
                element_name="e",
                element_type_name="SendEMail",
                element_type_id=element_type("SendEMail").number,
                element_kind="EventHandler",
            )
        ],
        properties=[PropertyValue(property_name="RecoveryInstructions", current_value="Call.")],
        tag_ids=[7],
        tags=[Tag(tag_id=7, tag_name="x")],
        acl=ACL(generic_acl=[ACE(identifier="Developers", access_list=["Inquire"])]),
    )
    made = d.write(lambda c: folders.create(c, given, user=USER, lenient=True))
    assert made == get(d, "/sales/")
    assert (made.qualified_name, made.parent_folder_name, made.last_changed_by) == ("\\Sales", "\\", USER)
    for member in ("description", "parameters", "elements", "tag_ids", "tags", "acl"):
        assert getattr(made, member) == getattr(given, member)
    instructions = next(p for p in made.properties if p.property_name == "RecoveryInstructions")
    assert instructions.current_value == "Call."
    assert made.not_obeyed == []
    assert change(d, made).properties == made.properties


def test_children_by_name(d: Desk) -> None:
    for name in ("b", "A", "c"):
        d.folder(f"\\{name}")
    d.folder("\\A\\deep")
    assert [f.folder_name for f in d.read(lambda c: folders.children(c, 1))] == ["A", "b", "c"]


@pytest.mark.parametrize(
    ("document", "error"),
    [
        (Folder(folder_name="sales"), AlreadyExists),
        (Folder(folder_name="a\\b"), InvalidName),
        (Folder(folder_name="x", parent_folder_name="\\None"), FolderNotFound),
        (Folder(folder_name="x", parent_folder_id=99), FolderNotFound),
        (Folder(folder_name="x", parent_folder_id=1, parent_folder_name="\\Sales"), InvalidArgument),
        (Folder(folder_name="x", parameters=[ParamDef(param_name=n) for n in ("a", "A")]), InvalidParameter),
        (Folder(folder_name="x", parameters=[ParamDef(param_name="a", encrypt=True)]), InvalidArgument),
        (Folder(folder_name="x", parameters=[ParamDef(param_name="a", variable_name="v")]), InvalidParameter),
        (
            Folder(folder_name="x", properties=[PropertyValue(property_name="Enabled", current_value=3)]),
            InvalidArgument,
        ),
    ],
)
def test_what_cannot_be_created(d: Desk, document: Folder, error: type[JAMSError]) -> None:
    d.folder("\\Sales")
    with pytest.raises(error):
        d.write(lambda c: folders.create(c, document, user=USER))
    assert [f.folder_name for f in d.read(lambda c: folders.children(c, 1))] == ["Sales"]


def test_path_that_grows_too_long(d: Desk) -> None:
    path = ""
    for _ in range(3):
        path += "\\" + "x" * 255
        d.folder(path)
    with pytest.raises(InvalidName):
        d.folder(path + "\\" + "x" * 255)


def test_renaming_and_moving_carry_paths_down(d: Desk) -> None:
    d.folder("\\Sales")
    d.folder("\\Sales\\EU")
    d.folder("\\Sales\\EU\\North")
    d.folder("\\SalesOther")
    d.job("\\Sales\\EU\\Load")
    number = d.submit("\\Sales\\EU\\Load")
    assert d.entry(number).folder_name == "\\Sales\\EU"
    listed = d.read(lambda c: [f.folder_name for f in entries_of(c)])
    assert listed == ["\\Sales\\EU"]

    renamed = change(d, replace(get(d, "\\Sales"), folder_name="Trade"))
    assert renamed.qualified_name == "\\Trade"
    assert get(d, "\\Trade\\EU\\North").parent_folder_name == "\\Trade\\EU"
    assert get(d, "\\SalesOther").qualified_name == "\\SalesOther"
    assert d.read(lambda c: [f.folder_name for f in entries_of(c)]) == ["\\Trade\\EU"]

    eu = get(d, "\\Trade\\EU")
    moved = change(d, replace(eu, parent_folder_id=None, parent_folder_name="\\"))
    assert moved.qualified_name == "\\EU"
    assert get(d, "\\EU\\North").qualified_name == "\\EU\\North"
    with pytest.raises(FolderNotFound):
        get(d, "\\Trade\\EU")
    assert d.entry(number).name == "\\EU\\Load"


def entries_of(c: object) -> list[object]:
    from jams.database import entries

    return entries.find(c)  # type: ignore[arg-type,return-value]


def test_change_of_case_only(d: Desk) -> None:
    d.folder("\\Sales")
    assert change(d, replace(get(d, "\\sales"), folder_name="SALES")).qualified_name == "\\SALES"


def test_what_cannot_be_changed(d: Desk) -> None:
    d.folder("\\a")
    d.folder("\\a\\b")
    d.folder("\\c")
    a = get(d, "\\a")
    for document, error in (
        (replace(a, parent_folder_id=None, parent_folder_name="\\a\\b"), Conflict),
        (replace(a, parent_folder_id=None, parent_folder_name="\\a"), Conflict),
        (replace(a, folder_name="C"), AlreadyExists),
        (replace(a, folder_id=77), FolderNotFound),
        (Folder(folder_name="none"), FolderNotFound),
        (replace(get(d, "\\"), folder_name="x"), Conflict),
        (replace(get(d, "\\"), parent_folder_id=2), Conflict),
    ):
        with pytest.raises(error):
            change(d, document)
    assert get(d, "\\a") == a


def test_root_and_unnumbered_documents_can_be_changed(d: Desk) -> None:
    d.folder("\\a")
    d.folder("\\a\\b")
    assert change(d, replace(get(d, "\\"), description="top")).description == "top"
    without = Folder(folder_name="b", parent_folder_name="\\a", description="found by its path")
    assert change(d, without).description == "found by its path"
    assert get(d, "\\a\\b").last_changed_by == "bob"


@pytest.mark.parametrize("name", ["", " ", "\t"])
def test_a_blank_path_means_no_folder(d: Desk, name: str) -> None:
    before = get(d, "\\")
    with pytest.raises(FolderNotFound):
        patch = patch_of(Folder)(description="Changed.")
        d.write(lambda c: folders.change(c, patch, name=name, user=USER))
    with pytest.raises(FolderNotFound):
        d.read(lambda c: folders.named(c, name=name))
    assert get(d, "\\") == before


def test_deleting(d: Desk) -> None:
    id = d.folder("\\a")
    d.folder("\\a\\b")
    d.job("\\a\\j")
    with pytest.raises(FolderNotEmpty) as caught:
        d.write(lambda c: folders.delete(c, id))
    assert "holds 1 folder, 1 job:" in caught.value.message
    with pytest.raises(Conflict):
        d.write(lambda c: folders.delete(c, folders.ROOT_ID))
    with pytest.raises(FolderNotFound):
        d.write(lambda c: folders.delete(c, 99))
    b = d.read(lambda c: folders.find(c, name="\\a\\b"))
    assert d.write(lambda c: folders.delete(c, b)) == "\\a\\b"
    with pytest.raises(FolderNotFound):
        get(d, "\\a\\b")
    assert d.folder("\\new") > b, "a number is never given again"


def test_inherited_properties_say_where_they_come_from(d: Desk) -> None:
    d.folder("\\a", properties=[PropertyValue(property_name="homedirectory", current_value="/srv")])
    id = d.folder("\\a\\b", properties=[PropertyValue(property_name="SchedulingPriority", current_value="5")])
    shown = {p.property_name: p for p in d.read(lambda c: folders.get(c, id)).properties}
    home = shown["HomeDirectory"]
    assert (home.current_value, home.default_value, home.inherited_from_name) == (None, "/srv", "\\a")
    assert home.inherited_from_type is InheritedFromType.FOLDER
    assert shown["SchedulingPriority"].current_value == 5
    assert shown["Enabled"].inherited_from_type is InheritedFromType.NOT_INHERITED
