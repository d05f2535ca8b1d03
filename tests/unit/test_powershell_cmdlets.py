"""Cmdlets are the catalogue as PowerShell users see it: nothing is missing, nothing clashes, all has help."""

from __future__ import annotations

import re

import pytest

from generators.cmdlets_page import reference
from jams.objects.base import EntryNumber, Name, Text
from jams.operations import CATALOGUE, Catalogue, operation
from jams.operations.catalogue import Binding, Message
from jams.operations.context import Context
from jams.security.rights import Monitor
from psprovider.cmdlets import Cmdlet, Role, cmdlets
from psprovider.cmdlets.common import COMMON, SHOULD_PROCESS
from psprovider.cmdlets.syntax import syntax_lines
from psprovider.cmdlets.views import WIDTH, views, widths

pytestmark = pytest.mark.unit
ALL = {cmdlet.name: cmdlet for cmdlet in cmdlets()}

APPROVED = {
    *(
        "Add",
        "Clear",
        "Close",
        "Confirm",
        "Connect",
        "Copy",
        "Compare",
        "Disable",
        "Restore",
        "Disconnect",
        "Edit",
        "Enable",
        "Export",
        "Find",
    ),
    *("Get", "Import"),
    *("Invoke", "Measure", "Move", "New", "Remove", "Rename", "Reset", "Restart", "Resume", "Save", "Search"),
    *(
        "Select",
        "Send",
        "Set",
        "Show",
        "Start",
        "Stop",
        "Submit",
        "Suspend",
        "Sync",
        "Test",
        "Update",
        "Wait",
    ),
    *("Lock", "Switch", "Unlock"),
}


def test_every_operation_has_a_cmdlet() -> None:
    assert {o.name for cmdlet in ALL.values() for o in cmdlet.operations} == {o.name for o in CATALOGUE}


@pytest.mark.parametrize("cmdlet", ALL.values(), ids=lambda c: c.name)
def test_names_are_those_of_the_field(cmdlet: Cmdlet) -> None:
    assert cmdlet.verb in APPROVED
    assert cmdlet.noun.startswith("JAMS") and cmdlet.name.replace("-", "").isalnum()


@pytest.mark.parametrize("cmdlet", ALL.values(), ids=lambda c: c.name)
def test_names_and_aliases_do_not_clash(cmdlet: Cmdlet) -> None:
    own = [word.lower() for p in cmdlet.parameters for word in (p.name, *p.aliases)]
    common = [word.lower() for p in (*COMMON, *SHOULD_PROCESS) for word in (p.name, *p.aliases)]
    assert len(own) == len(set(own))
    assert not set(own) & set(common)


@pytest.mark.parametrize("cmdlet", ALL.values(), ids=lambda c: c.name)
def test_sets_are_whole(cmdlet: Cmdlet) -> None:
    names = [s.name for s in cmdlet.sets]
    assert len(names) == len(set(names)) and cmdlet.default_set in names
    for parameter in cmdlet.parameters:
        assert parameter.places.keys() <= set(names) and parameter.places
    for item in cmdlet.sets:
        places = [p.places[item.name].position for p in cmdlet.parameters if item.name in p.places]
        positions = sorted(p for p in places if p is not None)
        # Where a name is looked up, or an object given, in place of a number, the number's place stays free.
        first = next(s for s in cmdlet.sets if s.operation is item.operation)
        assert positions == list(range(len(positions))) or (
            item is not first and len(positions) == len(set(positions))
        )


@pytest.mark.parametrize("cmdlet", ALL.values(), ids=lambda c: c.name)
def test_help_is_complete(cmdlet: Cmdlet) -> None:
    assert cmdlet.summary and cmdlet.description and cmdlet.examples
    assert all(p.help.endswith(".") for p in cmdlet.parameters), [p.name for p in cmdlet.parameters]
    bare = [re.sub(r"\b(the|its|an?)\b|\W", "", p.help.lower()) for p in cmdlet.parameters]
    assert not {p.name.lower() for p in cmdlet.parameters} & set(bare), "help that only says the name"
    assert len(syntax_lines(cmdlet)) == len(cmdlet.sets)


def test_looking_at_one_and_at_many_is_one_cmdlet() -> None:
    entry = ALL["Get-JAMSEntry"]
    assert [s.name for s in entry.sets] == ["Filter", "Entry"] and entry.default_set == "Filter"
    number = entry.parameter("JamsEntry")
    assert number is not None and number.name == "Entry" and number.many
    assert number.places["Entry"].position == 0 and number.places["Entry"].by_name
    job = ALL["Get-JAMSJob"]
    name = job.parameter("QualifiedName")
    assert name is not None and name.wildcards and not name.places["Name"].mandatory
    assert job.set("Name").lists is CATALOGUE["find_jobs"]


def test_what_scripts_have_always_given() -> None:
    wanted = {
        "Submit-JAMSEntry": "Name InputJob Agent Parameters Hold After Server Wait",
        "Get-JAMSEntry": "Entry State Folder Name Server",
        "Wait-JAMSEntry": "Entry Name State Server Timeout",
        "Stop-JAMSEntry": "Entry Severity Comment",
        "Suspend-JAMSEntry": "Entry Name Server Comment",
        "Resume-JAMSEntry": "Entry Name Server Comment",
        "Get-JAMSHistory": "Name Folder Status StartDate EndDate Server",
        "Get-JAMSParameter": "Entry Name Server",
        "Get-JAMSVariable": "Name ValueOnly",
        "Set-JAMSVariable": "Name Value",
        "Get-JAMSAgent": "Name",
        "Get-JAMSLog": "Entry Tail Follow",
    }
    for name, parameters in wanted.items():
        assert [p for p in parameters.split() if ALL[name].parameter(p) is None] == [], name
    first = {"Submit": "Name", "Get": "Entry", "Wait": "Entry", "Stop": "Entry", "Suspend": "Entry"}
    for verb, name in first.items():
        found = ALL[f"{verb}-JAMSEntry"].parameter(name)
        assert found is not None and any(place.position == 0 for place in found.places.values())


def test_the_page_tells_of_each() -> None:
    page = reference(ALL.values())
    assert all(f"### {name}\n" in page for name in ALL)


def test_changes_can_be_tried_out() -> None:
    assert ALL["Stop-JAMSEntry"].changes and ALL["Stop-JAMSEntry"].impact == "Medium"
    assert ALL["Remove-JAMSJob"].impact == "High"
    assert not ALL["Get-JAMSEntry"].changes
    assert ALL["New-JAMSJob"].output == ("MVPSI.JAMS.Job",)


def test_piped_objects_fill_only_what_they_are_or_tell() -> None:
    def source(cmdlet: str, parameter: str) -> dict[str, tuple[str, ...]]:
        found = ALL[cmdlet].parameter(parameter)
        assert found is not None and any(p.by_name for p in found.places.values())
        return found.sources

    assert source("Get-JAMSJob", "Folder") == {"Folder": ("QualifiedName",)}
    assert source("Get-JAMSJob", "Name")["Entry"] == ("FolderName", "JobName")
    assert "Folder" not in source("Get-JAMSJob", "Name")
    assert source("Get-JAMSFolder", "Name")["Job"] == ("ParentFolderName",)
    assert source("Get-JAMSEntry", "Name") == {"Job": ("QualifiedName",)}
    assert "History" not in source("Get-JAMSHistory", "Name")
    assert source("Remove-JAMSDateType", "Calendar").keys() == {"Calendar", "DateType"}


@pytest.mark.parametrize("cmdlet", ALL.values(), ids=lambda c: c.name)
def test_definitions_are_changed_and_removed_by_their_own_objects_alone(cmdlet: Cmdlet) -> None:
    keys = {s.key for s in cmdlet.sets}
    named = [p for p in cmdlet.parameters if p.target in keys and p.sources]
    if cmdlet.verb == "Remove" or any(s.operation.patches for s in cmdlet.sets):
        assert all(len(p.sources) == 1 for p in named)
    else:
        assert all(p.sources for p in named)


def test_views_have_few_columns() -> None:
    shown = views()
    assert [c.name for c in shown["MVPSI.JAMS.Entry"].columns][:2] == ["JamsEntry", "JobName"]
    assert shown["MVPSI.JAMS.Entry"].columns[0].right
    assert all(2 <= len(view.columns) <= 8 for view in shown.values())


def test_a_new_operation_brings_its_cmdlet() -> None:
    catalogue = Catalogue()

    @operation(
        right=Monitor.MANAGE,
        rest="PUT /dummy/{id}/poke",
        soap="Dummy.Poke",
        cmdlet="Invoke-JAMSDummy",
        command="poke",
        key=("id",),
        pipeline={"id": "JamsEntry"},
        binding=Binding(names={"id": "Entry"}),
        catalogue=catalogue,
    )
    def poke(context: Context, id: EntryNumber, why: Text | None = None, loud: bool = False) -> Message:
        """Poke an entry.

        Args:
            id: the entry.
            why: the reason.
            loud: whether to be heard.
        """
        return "poked"

    (cmdlet,) = cmdlets(catalogue)
    assert [p.name for p in cmdlet.parameters] == ["Entry", "Why", "Loud", "Server"]
    assert cmdlet.changes and cmdlet.examples[0].code.startswith("Invoke-JAMSDummy 1")
    assert syntax_lines(cmdlet) == [
        "Invoke-JAMSDummy [-Entry] <long[]> [-Why <string>] [-Loud] [-Server <string>] [-WhatIf] [-Confirm] "
        "[<CommonParameters>]"
    ]


def test_operations_share_a_cmdlet_only_as_different_sets() -> None:
    catalogue = Catalogue()

    def declare(name: str, parameter_set: str) -> None:
        def function(context: Context, name: Name) -> str:
            """Do.

            Args:
                name: its name.
            """
            return name

        function.__name__ = name
        operation(
            right=None,
            rest=f"GET /{name}",
            soap=f"Dummy.{name.capitalize()}",
            cmdlet="Get-JAMSDummy",
            command=name,
            binding=Binding(set=parameter_set),
            catalogue=catalogue,
        )(function)

    declare("one", "One")
    declare("two", "Two")
    with pytest.raises(ValueError, match="parameter set"):
        declare("three", "Two")


def test_objects_are_given_whole_too() -> None:
    submit = ALL["Submit-JAMSEntry"]
    assert submit.default_set == "Name"
    named = {role: [p.name for p in submit.parameters if p.role is role] for role in Role}
    assert named[Role.OBJECT] == ["InputJob"] and named[Role.DOCUMENT] == ["SubmitInfo", "Submissions"]


def test_examples_show_values_as_people_type_them() -> None:
    bare = [
        (cmdlet.name, example.code)
        for cmdlet in cmdlets()
        for example in cmdlet.examples
        if "'text'" in example.code
    ]
    assert bare == []


def test_examples_say_one_of_what_need_not_be_given_where_something_must_be() -> None:
    codes = [example.code for example in ALL["Set-JAMSVariable"].examples]
    assert codes[0].endswith(" north") and any(
        code.endswith("Set-JAMSVariable -Value north") for code in codes
    )
    for code in codes:
        assert ("north" in code) is not ("-NewEncryptedValue" in code), code


def test_positional_values_of_examples_stand_in_their_order() -> None:
    found = next(cmdlet for cmdlet in cmdlets() if cmdlet.name == "Add-JAMSDate")
    assert found.examples[0].code.startswith("Add-JAMSDate HOLIDAY 2026-")


@pytest.mark.parametrize("name", sorted(views()))
def test_tables_fit_a_console(name: str) -> None:
    columns = views()[name].columns
    found = widths(columns)
    assert sum(found) + len(found) - 1 <= WIDTH
    assert len(found) >= min(len(columns), 5)
    for column, width in zip(columns, found, strict=False):
        assert len(column.label(width)) <= max(width, 8), (column.name, width)


def test_one_thing_is_called_by_the_words_of_others() -> None:
    named = {cmdlet.name: cmdlet for cmdlet in cmdlets()}
    for cmdlet, word, meant in (
        ("Get-JAMSJob", "Parent", "Folder"),
        ("Set-JAMSFolder", "Folder", "Parent"),
        ("Get-JAMSHistory", "After", "StartDate"),
        ("Get-JAMSSchedule", "StartDate", "Start"),
        ("Get-JAMSMissedPoint", "Before", "End"),
        ("Submit-JAMSEntry", "Start", "After"),
    ):
        parameter = named[cmdlet].parameter(word)
        assert parameter is not None and parameter.name == meant, (cmdlet, word)
    event = named["Get-JAMSEvent"].parameter("Start")
    assert event is None, "a cursor is no time"
    folder = named["Get-JAMSJob"].parameter("Folder")
    assert folder is not None and "Parent" not in folder.told, "a process has a Parent, too"
