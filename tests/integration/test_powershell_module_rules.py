"""The module keeps the rules by which PowerShell users judge one: its code, its manifest, its words.

PSScriptAnalyzer itself is not at hand; ``tests/support/powershell_rules.ps1`` looks for the like.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.powershell_module import MODULE, NEEDS_POWERSHELL, Shell, shell

pytestmark = [NEEDS_POWERSHELL, pytest.mark.timeout(180)]

RULES = Path(__file__).resolve().parents[1] / "support" / "powershell_rules.ps1"
SCRIPTS = ("JAMS.psm1", "Session.ps1", "Completers.ps1", "Functions.ps1")

BAD = {
    "UseApprovedVerbs": "function Fetch-Thing { }",
    "UseSingularNouns": "function Get-Jobs { }",
    "ReservedCmdletChar": "function Get-Job+More { }",
    "ReservedParams": "function Get-It { [CmdletBinding()] param($Verbose) }",
    "AvoidUsingCmdletAliases": "Get-Thing | ? Name",
    "AvoidUsingPositionalParameters": "Copy-Thing a b c d",
    "AvoidUsingWriteHost": "Write-Host hello",
    "AvoidUsingInvokeExpression": "Invoke-Expression $text",
    "AvoidUsingConvertToSecureStringWithPlainText": "ConvertTo-SecureString x -AsPlainText -Force",
    "AvoidUsingComputerNameHardcoded": "Get-It -ComputerName 'jams'",
    "AvoidUsingEmptyCatchBlock": "try { 1 } catch { }",
    "PossibleIncorrectComparisonWithNull": "if ($a -eq $null) { 1 }",
    "AvoidGlobalVars": "$global:Thing = 1",
    "AvoidAssignmentToAutomaticVariable": "$input = 1",
    "UseDeclaredVarsMoreThanAssignments": "function Get-It { $a = 1 }",
    "AvoidDefaultValueSwitchParameter": "function Get-It { param([switch] $All = $true) }",
    "AvoidUsingPlainTextForPassword": "function Get-It { param([string] $Password) }",
    "AvoidUsingUsernameAndPasswordParams": "function Get-It { param($UserName, $Password) }",
    "UseShouldProcessForStateChangingFunctions": "function Set-It { [CmdletBinding()] param() }",
    "AvoidShouldContinueWithoutForce": "function Get-It { $PSCmdlet.ShouldContinue('a', 'b') }",
    "UseProcessBlockForPipelineCommand": (
        "function Get-It { param([Parameter(ValueFromPipeline = $true)] $Name) $Name }"
    ),
    "UseOutputType": "function Get-It { [CmdletBinding()] param() }",
    "ProvideCommentHelp": "function Get-It { [CmdletBinding()] param($Name) }",
    "AvoidTrailingWhitespace": "$a = 1 ",
    "AvoidSemicolonsAsLineTerminators": "Get-It;",
    "MisleadingBacktick": "Get-It ` \n  -Name x",
    "AvoidUsingTabs": "\tGet-It",
    "Syntax": "function {",
}


@pytest.fixture(scope="module")
def pwsh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    yield shell(tmp_path_factory, "rules")


def test_the_module_keeps_the_rules(pwsh: Shell) -> None:
    files = ", ".join(f"'{MODULE / name}'" for name in SCRIPTS)
    told = pwsh.run(
        f". '{RULES}'\n"
        f"foreach ($file in {files}) {{\n"
        "    $found = @(Find-Fault (Get-Content $file -Raw) | "
        'ForEach-Object { "$($_.Rule) $($_.Line): $($_.Text)" })\n'
        "    Tell (Split-Path $file -Leaf) @($found)\n}",
        load=False,
    )
    assert {name: told[name] for name in SCRIPTS} == {name: [] for name in SCRIPTS}


def test_each_rule_finds_what_it_names(pwsh: Shell) -> None:
    (pwsh.folder / "bad.json").write_text(json.dumps(BAD), encoding="utf-8")
    told = pwsh.run(
        f". '{RULES}'\n"
        "$bad = Get-Content bad.json -Raw | ConvertFrom-Json -AsHashtable\n"
        "foreach ($name in $bad.Keys) { Tell $name @(Find-Fault $bad[$name] | ForEach-Object Rule) }\n"
        "Tell rules @($rules.Keys)",
        load=False,
    )
    assert [name for name in BAD if name not in told[name]] == []
    assert set(told["rules"]) | {"Syntax"} == set(BAD)


def test_the_manifest_is_whole(pwsh: Shell) -> None:
    told = pwsh.run(
        f"$manifest = '{MODULE / 'JAMS.psd1'}'\n"
        "$found = Test-ModuleManifest $manifest -WarningVariable warned -ErrorVariable failed\n"
        'Tell faults @($warned; $failed | ForEach-Object { "$_" })\n'
        'Tell fields @{ uri = "$($found.ProjectUri)"; licence = "$($found.LicenseUri)"; '
        'notes = "$($found.ReleaseNotes)"; help = "$($found.HelpInfoUri)"; '
        "tags = @($found.Tags); author = $found.Author; company = $found.CompanyName; "
        "copyright = $found.Copyright; description = $found.Description }\n"
        "Tell functions @($found.ExportedFunctions.Keys)\n"
        "$raw = Import-PowerShellDataFile $manifest\n"
        "Tell exports @($raw.FunctionsToExport; $raw.CmdletsToExport; $raw.VariablesToExport; "
        "$raw.AliasesToExport)\n"
        "Tell missing @($raw.FileList | Where-Object { -not (Test-Path (Join-Path "
        f"'{MODULE}' $_)) }})\n"
        f"Tell files @(Get-ChildItem '{MODULE}' -Recurse -File | ForEach-Object Name)\n"
        "Tell listed @($raw.FileList | ForEach-Object { ($_ -split '[\\\\/]')[-1] })",
        load=False,
    )
    assert told["faults"] == []
    assert all(told["fields"].values())
    assert not [name for name in told["exports"] if "*" in name]
    assert told["missing"] == []
    assert set(told["files"]) - {"__init__.py"} == set(told["listed"])
