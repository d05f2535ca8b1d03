"""What a console shows: tables, lists, errors, help; and what Tab offers."""

from __future__ import annotations

from typing import Any

import pytest

from psprovider.endpoint.clixml.types import PSObject
from psprovider.endpoint.clixml.writer import write
from psprovider.engine.formatting import Style, render
from psprovider.engine.formatting.table import BATCH
from psprovider.engine.values import get
from tests.support.powershell import Host, Shell
from tests.support.powershell_answers import entry

pytestmark = pytest.mark.unit


def lines(items: list[Any], width: int = 60, **options: Any) -> list[str]:
    return [line if isinstance(line, str) else f"!{line.text}" for line in render(items, width, **options)]


def row(**members: Any) -> PSObject:
    return PSObject(members=members)


def test_tables() -> None:
    assert lines([row(Name="a", Count=1), row(Name="long name", Count=200)]) == [
        "",
        "Name      Count",
        "----      -----",
        "a             1",
        "long name   200",
        "",
    ]


def test_lists() -> None:
    item = row(One=1, Two=[1, 2, 3, 4, 5], Three={"k": "v"}, Four=None, Five=True)
    assert lines([item]) == [
        "",
        "One   : 1",
        "Two   : {1, 2, 3, 4\u2026}",
        "Three : {[k, v]}",
        "Four  :",
        "Five  : True",
        "",
    ]


def test_narrow_windows_cut_the_widest() -> None:
    shown = lines([row(Name="x" * 50, Other="short", Number=12345)], width=30)
    assert all(len(line) <= 30 for line in shown)
    assert "\u2026" in shown[3] and "12345" in shown[3] and "short" in shown[3]


def test_values_stand_for_themselves() -> None:
    assert lines(["text", 42, 1.5, True, None, ["a", "b"]]) == ["text", "42", "1.5", "True", "", "a", "b"]


def test_another_kind_begins_another_table() -> None:
    shown = lines([row(A=1), entry(1), "text", row(A=2)], width=120)
    assert [line for line in shown if line.startswith("-")] != []
    assert shown.index("text") > shown.index("A") and shown.count("A") == 2


def test_one_table_shows_items_with_and_without_optional_members() -> None:
    bare, placed = entry(1), PSObject(("MVPSI.JAMS.Entry",), members={"JamsEntry": 2, "PSChildName": "2"})
    shown = lines([bare, placed, bare], width=120)
    assert sum(line.startswith("-") for line in shown) == 1


def test_what_powershells_own_commands_give_has_the_tables_known_from_there(shell: Shell) -> None:
    def shown(line: str) -> list[str]:
        return str(shell.line(f"{line} | Out-String").only).splitlines()

    assert [line.split() for line in shown("Get-Command Get-JAMSLog, dir")[1:5]] == [
        ["CommandType", "Name", "Version", "Source"],
        ["-----------", "----", "-------", "------"],
        ["Function", "Get-JAMSLog", "1.0", "JAMS"],
        ["Alias", "dir", "->", "Get-ChildItem"],
    ]
    assert shown("Get-JAMSEntry | Group-Object JobName")[1].split() == ["Count", "Name", "Group"]
    assert shown("Get-Location")[1:4] == ["Path", "----", "JAMS:\\"]


def test_long_tables_are_written_as_they_come() -> None:
    def many() -> Any:
        for number in range(BATCH * 2):
            yield row(N=number)
            seen.append(number)

    seen: list[int] = []
    iterator = iter(render(many(), 40))
    for _ in range(5):
        next(iterator)
    assert len(seen) < BATCH * 2


def test_styles() -> None:
    item = row(Name="a", Count=1)
    assert lines([item], style=Style.LIST)[1] == "Name  : a"
    assert lines([entry(1)], style=Style.TABLE, properties=["JobN*", "Nosuch"])[1] == "JobName Nosuch"


def test_typed_lines(shell: Shell) -> None:
    result = shell.typed("Get-JAMSEntry 1,99")
    assert result.output == [] and result.error_ids == []
    assert result.host.errors == ["Get-JAMSEntry: There is no entry 99."]
    assert result.host.lines[1].startswith("\x1b[32;1mJamsEntry\x1b[0m \x1b[32;1mJobName")
    assert result.host.plain[3].split() == [
        "1",
        "Load",
        "\\Sales",
        "Executing",
        "ann",
        "01/02/2026",
        "12:00:00",
    ]
    assert result.host.plain[-1] == ""


def test_errors_sent_back_are_shown(shell: Shell) -> None:
    record = PSObject(("Deserialized.System.Management.Automation.ErrorRecord",), to_string="It failed.")
    assert shell.line("Out-Default", input=[record]).host.lines == ["Error: It failed."]
    assert shell.line("Out-Default", input=[None]).host.lines == [""]


def test_errors_of_all_commands_reach_the_end(shell: Shell) -> None:
    result = shell.typed("Get-JAMSEntry 99 | Where-Object Nosuch | Select-Object JobName")
    assert result.host.errors == ["Get-JAMSEntry: There is no entry 99."] and result.error_ids == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Get-JAMSEntry | Sort-Object JamsEntry -Descending | select -Exp JamsEntry", [3, 2, 1]),
        ("Get-JAMSEntry | where JobName -eq load | % JamsEntry", [1, 3]),
        ("Get-JAMSEntry | where JamsEntry -ge 2 | % JamsEntry", [2, 3]),
        ("Get-JAMSEntry | where CurrentState -in Held,Complete | % JamsEntry", [2, 3]),
        ("Get-JAMSEntry | where StartTimeUTC -lt '2026-01-02T11:00Z' | % JamsEntry", []),
        ("Get-JAMSEntry | ? FinalSeverity | % JamsEntry", [3]),
        ("Get-JAMSEntry | ? JobName -Match rin | % JamsEntry", [2]),
        ("Get-JAMSEntry | select -Skip 1 -First 1 | % JamsEntry", [2]),
        ("Get-JAMSEntry | select -Last 1 | % JamsEntry", [3]),
        ("Get-JAMSEntry | select JobName -Unique | % JobName", ["Load", "Print"]),
        ("Get-JAMSEntry | group JobName | % Count", [2, 1]),
        ("Get-JAMSEntry | measure JamsEntry -Sum -Average | % Sum", [6.0]),
        ("Get-JAMSEntry | measure | % Count", [3]),
        ("Get-JAMSEntry | Out-Null", []),
        ("Get-JAMSEntry 1 | select JobName | ConvertTo-Json -Compress", ['{"JobName":"Load"}']),
        (
            "Get-JAMSEntry 2 | select CurrentState,StartTimeUTC | ConvertTo-Json -Compress",
            ['{"CurrentState":"Held","StartTimeUTC":"2026-01-02T12:00:00Z"}'],
        ),
        (
            "Get-JAMSEntry 1 | select JobName,JamsEntry | ConvertTo-Csv",
            ['"JobName","JamsEntry"', '"Load","1"'],
        ),
        ("Write-Output a,b", ["a", "b"]),
        ("Get-Variable ErrorActionPreference -ValueOnly", ["Continue"]),
    ],
)
def test_commands_on_objects(shell: Shell, line: str, expected: list[Any]) -> None:
    result = shell.line(line)
    assert result.error_ids == [] and result.output == expected


def test_out_string(shell: Shell) -> None:
    text = shell.line("Get-JAMSEntry 1 | Out-String", host=Host(interactive=False)).only
    assert "\x1b" not in text and text.startswith("\n") and "JamsEntry JobName" in text
    assert len(shell.line("Get-JAMSEntry 1 | Out-String -Stream").output) == 5


@pytest.mark.parametrize("switch", ["", "-Full", "-Detailed", "-Examples"])
def test_help_for_every_command(shell: Shell, switch: str) -> None:
    for spec in shell.session.registry:
        item = shell.line(f"Get-Help {spec.name} {switch}").only
        assert item.is_type("MamlCommandHelpInfo") and get(item, "Synopsis")
        assert write(item)
        page = shell.typed(f"Get-Help {spec.name} {switch}").host.lines
        assert page[:3] == ["", "NAME", f"    {spec.name}"]


def test_help_of_parameters_is_a_page_too(shell: Shell) -> None:
    lines = shell.typed("Get-Help Get-JAMSLog -Parameter T*").host.plain
    assert lines[:2] == ["", "-Tail <Int64>"] and lines[2].startswith("    ") and lines[2].strip()
    assert "    Required?                    false" in lines
    assert [get(item, "name") for item in shell.line("Get-Help Get-JAMSLog -Parameter T*").output] == ["Tail"]


def test_help_of_nothing(shell: Shell) -> None:
    result = shell.line("Get-Help Nosuch-Thing")
    assert result.error_ids == ["HelpNotFound,Microsoft.PowerShell.Commands.GetHelpCommand"]
    assert len(shell.line("Get-Help *-JAMSEntry").output) > 5
    assert shell.line("Get-Help Get-JAMSEntry -Category Alias").error_ids == []


def test_commands_are_found(shell: Shell) -> None:
    info = shell.line("Get-Command get-jamsentry").only
    assert info.is_type("System.Management.Automation.FunctionInfo")
    assert (get(info, "Name"), get(info, "Source")) == ("Get-JAMSEntry", "JAMS")
    assert get(shell.line("gcm dir").only, "ResolvedCommandName") == "Get-ChildItem"
    missing = shell.line("Get-Command nosuch")
    assert missing.error_ids == ["CommandNotFoundException,Microsoft.PowerShell.Commands.GetCommandCommand"]
    assert missing.failure is None
    syntax = shell.line("Get-Command Suspend-JAMSEntry -Syntax").only
    assert "Suspend-JAMSEntry [-Entry] <long[]> [-Comment <string>]" in syntax
    assert write(shell.line("Get-Command Get-JAMSJob -ShowCommandInfo").only)


def test_format_data_is_ours_alone(shell: Shell) -> None:
    found = shell.line("Get-FormatData -TypeName Deserialized.MVPSI.JAMS.E* -PowerShellVersion 7.6").output
    names = (
        *("Element", "ElementTypeDefinition", "Entry", "EntryAudit", "EntryOutcome", "EntryWait"),
        *("Event", "ExecutionMethod"),
    )
    assert {str(item) for item in found} == {f"MVPSI.JAMS.{name}" for name in names}
    assert "ScriptBlock" not in "".join(map(write, found))
    assert shell.line("Get-FormatData System.*").output == []


def completions(shell: Shell, line: str, cursor: int | None = None) -> tuple[list[str], int, int]:
    at = len(line) if cursor is None else cursor
    quoted = line.replace("'", "''")
    item = shell.line(f"TabExpansion2 '{quoted}' {at} $null").only
    matches = get(item, "CompletionMatches")
    assert all(get(match, "ListItemText") and get(match, "ToolTip") for match in matches)
    return (
        [get(match, "CompletionText") for match in matches],
        get(item, "ReplacementIndex"),
        get(item, "ReplacementLength"),
    )


@pytest.mark.parametrize(
    ("line", "expected", "start"),
    [
        ("Get-JAMSEntryA", ["Get-JAMSEntryAudit"], 0),
        ("Get-JAMSEntry -Sta", ["-State"], 14),
        ("Get-JAMSEntry | Suspend-JAMSEntry -Com", ["-Comment"], 34),
        ("Get-JAMSEntry -State Ex", ["Executing"], 21),
        ("Get-JAMSEntry -State Held,Ex", ["Executing"], 26),
        ("Get-JAMSEntry -State:Ex", ["-State:Executing"], 14),
        ("Get-JAMSHistory -Status B", ["Bad"], 24),
        ("Get-JAMSJob \\Sales\\Lo", ["\\Sales\\Load"], 12),
        ("Get-JAMSJob Pri", ["\\Sales\\Print"], 12),
        ("Get-JAMSJob -Folder \\Sa", ["\\Sales"], 20),
        ("Suspend-JAMSEntry 2", ["2"], 18),
        ("New-JAMSJob -MethodName Py", ["Python"], 24),
        ("cd Sa", [".\\Sales"], 3),
        ("dir \\Sales\\P", ["\\Sales\\Print"], 4),
        ("Get-Item JAMS:\\Sales\\R", ["JAMS:\\Sales\\Region"], 9),
        ("Get-Help Get-JAMSEntryA", ["Get-JAMSEntryAudit"], 9),
        ("Nosuch-Command x", [], 15),
        ("Get-JAMSEntry 'unclosed", [], 14),
    ],
)
def test_tab(shell: Shell, line: str, expected: list[str], start: int) -> None:
    found, index, length = completions(shell, line)
    assert found == expected
    assert index == start and index + length == len(line)


def test_tab_in_the_middle(shell: Shell) -> None:
    assert completions(shell, "Get-JAMSEntryA | select x", 14)[0] == ["Get-JAMSEntryAudit"]


def test_tab_survives_anything(shell: Shell) -> None:
    for line in ("", " ", "|", "'", "-", "@{", "a -b:", "$x", "\u2013", "Get-JAMSEntry -", "x" * 20000):
        completions(shell, line)
