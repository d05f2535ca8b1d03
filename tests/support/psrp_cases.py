"""Questions that a recorded client asked, and the lines on our cmdlets that ask the like.

Each case names a recording of PowerShell 7.6 and the line of it on which the client's message ends. The
recordings themselves are not kept in the repository; what was answered in them is (``answers.json``).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """A question to both endpoints.

    Attributes:
        name: what is asked.
        recording, line: where the recorded client asks it.
        ours: the line on our cmdlets; names of commands for a question for metadata.
        typed: whether it is typed at a console, which adds Out-Default.
        options: whether the invocation is wanted with each record (RemoteStreamOptions 15).
        host: whether the client has a host.
        choice: what the user answers to a question with choices.
    """

    name: str
    recording: str
    line: int
    ours: str | tuple[str, ...]
    typed: bool = False
    options: bool = False
    host: bool = True
    choice: int = 2


CASES = (
    Case("objects", "27-import-prefix", 36, "Get-JAMSEntry"),
    Case("unknown parameter", "17-parameter-errors", 8, "Get-JAMSEntry -Nope 1"),
    Case("value of another type", "17-parameter-errors", 15, "Get-JAMSEntry -Limit abc"),
    Case("value out of range", "17-parameter-errors", 22, "Get-JAMSEntry -Limit 0"),
    Case("value not in the set", "17-parameter-errors", 29, "Get-JAMSEntry -State Medium"),
    Case("mandatory parameter", "17-parameter-errors", 36, "Get-JAMSLog"),
    Case("mandatory parameter without a host", "31-no-host", 33, "Get-JAMSLog", host=False),
    Case("ambiguous parameter", "17-parameter-errors", 46, "Get-JAMSEntry -S 1"),
    Case("ambiguous set", "17-parameter-errors", 53, "Get-JAMSEntry -Entry 1 -State Held"),
    Case("too many positions", "17-parameter-errors", 60, "Get-JAMSEntry 1 2 3"),
    Case("empty text", "17-parameter-errors", 67, "New-JAMSFolder -Name ''"),
    Case("parameter that Get-Command lacks", "17-parameter-errors", 74, "Get-Command -Nope"),
    Case("Get-Command of one", "25-get-command", 8, "Get-Command Get-JAMSLog"),
    Case("Get-Command of none", "25-get-command", 16, "Get-Command nosuch"),
    Case("Get-Command of an alias", "25-get-command", 24, "Get-Command dir"),
    Case("Get-Command for a form", "25-get-command", 39, "Get-Command Get-JAMSLog -ShowCommandInfo"),
    Case("Get-Help of one", "26-get-help", 8, "Get-Help Get-JAMSLog"),
    Case("Get-Help with examples", "41-completion-help-default", 68, "Get-Help Get-JAMSLog -Examples"),
    Case("Get-Help of none", "27-import-prefix", 63, "Get-Help nosuch -Category Alias", options=True),
    Case("Where-Object", "23-object-commands", 8, "Get-JAMSEntry | Where-Object -Property RON -GT 0"),
    Case(
        "Where-Object, Sort-Object, Select-Object",
        "23-object-commands",
        16,
        "Get-JAMSEntry | Where-Object -Property RON -GT 0 | Sort-Object Name -Descending | "
        "Select-Object JobName,RON",
    ),
    Case("Measure-Object", "23-object-commands", 25, "Get-JAMSEntry | Measure-Object"),
    Case(
        "Measure-Object with all",
        "24-object-commands-default",
        36,
        "Get-JAMSEntry | Measure-Object RON -Sum -Average -Maximum -Minimum",
    ),
    Case("Select-Object -First", "24-object-commands-default", 51, "Get-JAMSEntry | Select-Object -First 1"),
    Case(
        "Select-Object -ExpandProperty",
        "24-object-commands-default",
        82,
        "Get-JAMSEntry | Select-Object -ExpandProperty JobName",
    ),
    Case("Group-Object", "24-object-commands-default", 102, "Get-JAMSEntry | Group-Object JobName"),
    Case("ConvertTo-Json", "24-object-commands-default", 119, "Get-JAMSEntry | ConvertTo-Json"),
    Case(
        "Get-FormatData",
        "27-import-prefix",
        28,
        "Get-FormatData MVPSI.JAMS.CalendarImport -PowerShellVersion 5.1",
    ),
    Case("Get-FormatData of none", "29-format-data", 52, "Get-FormatData nosuch.type"),
    Case(
        "Get-FormatData counted",
        "27-import-prefix",
        20,
        "Get-FormatData -TypeName MVPSI.* -PowerShellVersion 7.6.5 | Measure-Object",
    ),
    Case("item and command that are not there", "33-default-errors", 101, "Get-Item nosuch; nosuchcmd"),
    Case("ignored error", "38-common-parameters", 15, "Get-JAMSEntry 999 -ErrorAction Ignore"),
    Case(
        "error variable",
        "38-common-parameters",
        8,
        "Get-JAMSEntry 999 -ErrorAction SilentlyContinue -ErrorVariable e",
    ),
    Case("output variable", "38-common-parameters", 22, "Get-JAMSEntry -OutVariable o"),
    Case("wrong preference", "38-common-parameters", 56, "Get-JAMSEntry 999 -ErrorAction Wrong"),
    Case(
        "completed command",
        "41-completion-help-default",
        29,
        "TabExpansion2 -inputScript Get-JAMS -cursorColumn 8",
    ),
    Case(
        "completed path",
        "41-completion-help-default",
        37,
        "TabExpansion2 -inputScript 'cd Sal' -cursorColumn 6",
    ),
    Case(
        "completed value",
        "41-completion-help-default",
        45,
        "TabExpansion2 -inputScript 'Get-JAMSEntry -State H' -cursorColumn 22",
    ),
    Case(
        "completed to nothing",
        "41-completion-help-default",
        53,
        "TabExpansion2 -inputScript 'Get-JAMSEntry | Where-Object Jo' -cursorColumn 31",
    ),
    Case("completed parameter", "55-enter-tab", 42, "TabExpansion2 'Get-JAMSLog -Ta' 15", options=True),
    Case(
        "completed value of a set",
        "55-enter-tab",
        58,
        "TabExpansion2 'Get-JAMSEntry -State ' 21",
        options=True,
    ),
    Case("completed dash", "55-enter-tab", 82, "TabExpansion2 'Get-JAMSLog -' 13", options=True),
    Case("metadata for entering", "50-enter-exit", 8, ("Out-Default", "Exit-PSSession")),
    Case(
        "metadata by names", "28-import-some", 8, ("Get-JAMSEntry", "Get-JAMSServer", "Select-Object", "dir")
    ),
    Case("metadata by patterns", "27-import-prefix", 8, ("Get-JAMSEntr?", "Get-H*", "Get-JAMSServer", "dir")),
    Case("metadata with a missing name", "40-import-missing", 8, ("nosuch", "Get-JAMSEntry")),
    Case("metadata of nothing", "40-import-missing", 32, ("nosuch",)),
    Case("prompt", "50-enter-exit", 18, "prompt"),
    Case("typed table", "51-enter-table", 26, "Get-JAMSEntry", typed=True),
    Case("typed list", "59-enter-unfinished", 26, "Get-JAMSEntry | Measure-Object", typed=True),
    Case("typed end", "50-enter-exit", 34, "Exit-PSSession", typed=True),
    Case("typed text", "52-enter-render", 66, "Get-JAMSJobSource \\Sales\\Load", typed=True),
    Case("typed error", "52-enter-render", 82, "Get-JAMSEntry 999", typed=True),
    Case("typed mistake", "52-enter-render", 99, "Get-JAMSEntry -Nope", typed=True),
    Case("typed confirmation", "57-enter-confirm", 74, "Suspend-JAMSEntry 1 -Confirm", typed=True),
    Case(
        "typed confirmation that is given",
        "57-enter-confirm",
        26,
        "Suspend-JAMSEntry 1 -Confirm -PassThru",
        typed=True,
        choice=0,
    ),
    Case(
        "typed confirmation that is given for all",
        "57-enter-confirm",
        49,
        "Get-JAMSEntry | Suspend-JAMSEntry -Confirm -PassThru",
        typed=True,
        choice=1,
    ),
    Case("typed what-if", "57-enter-confirm", 92, "Suspend-JAMSEntry 1 -WhatIf", typed=True),
    Case(
        "typed selection", "60-enter-statements", 50, "Get-JAMSEntry | Select-Object JobName,RON", typed=True
    ),
    Case(
        "typed statements",
        "60-enter-statements",
        26,
        "Get-JAMSEntry; Write-Output 5; Get-JAMSEntry 999; Write-Output 6",
        typed=True,
    ),
    Case("typed help", "60-enter-statements", 72, "Get-Help Get-JAMSJobSource", typed=True),
    Case("typed unfinished line", "64-enter-no-readline", 26, "Get-JAMSEntry |", typed=True),
    Case(
        "typed unfinished line, language allowed",
        "65-enter-no-readline-default",
        33,
        "Get-JAMSEntry |",
        typed=True,
    ),
    Case("typed cls", "58-enter-cls-exit", 48, "cls", typed=True),
    Case("typed text that clears", "66-enter-clear", 48, "cls", typed=True),
)
WHOLE = 0
"""Stands for every line of a recording."""

_SCRIPT = "Scripts are refused here, as everywhere in a restricted session: such recordings are played."
_STREAMS = "All streams, stopping and questions to the user are played from recordings of the same commands."
_NO_QUESTION = "No command here asks the user but for mandatory parameters and for confirmation."
_NO_FILES = "It fails there for want of a file system; here it is answered."
_MIXED = (
    "Objects of another shape begin a table or list of their own; there they become rows of the last table."
)
_FUNCTIONS = "Every command is a function, as in a restricted session; an unrestricted endpoint has cmdlets."
_ALWAYS = "`prompt` and `TabExpansion2` are always there."

ELSEWHERE: dict[str, dict[int, str]] = {
    "09-values-in": {
        WHOLE: "Its arguments are kept in `arguments.json`, and the reader is tested with them."
    },
    "24-object-commands-default": {
        66: _SCRIPT,
        134: "Items of the drive are objects of JAMS, not files.",
    },
    "25-get-command": {47: _FUNCTIONS},
    "26-get-help": {
        32: _NO_FILES,
        41: "Help of a command with less to say: another recorded page is compared.",
        61: _NO_FILES,
    },
    "28-import-some": {
        53: "Objects from the client that are given back are played from another recording.",
        82: "An error that a function writes carries no invocation; errors of JAMS do, as those of cmdlets.",
    },
    "31-no-host": {8: _NO_QUESTION, 16: _NO_QUESTION, 24: _NO_QUESTION, 40: _STREAMS},
    "32-big": {WHOLE: "Objects larger than a fragment are tested with the framing, cut in every way."},
    "33-default-errors": {22: _SCRIPT, 41: _SCRIPT, 58: _SCRIPT, 72: _SCRIPT, 86: _SCRIPT},
    "38-common-parameters": {29: _STREAMS, 42: _STREAMS},
    "52-enter-render": {26: _MIXED, 126: _MIXED, 152: _MIXED},
    "53-enter-streams": {26: _STREAMS, 76: _STREAMS},
    "54-enter-stop": {26: _STREAMS},
    "55-enter-tab": {26: _NO_FILES, 114: _NO_FILES},
    "57-enter-confirm": {
        108: "Ctrl+C at a question: what a method of .NET throws then is no part of an answer here."
    },
    "61-enter-plain-jea": {18: _ALWAYS, 44: _ALWAYS},
    "62-enter-default": {15: _FUNCTIONS, 63: _STREAMS, 100: _SCRIPT},
    "65-enter-no-readline-default": {15: _FUNCTIONS},
    "66-enter-clear": {
        86: "A Linux client cannot do what this way of clearing a screen asks of it; it is not taken."
    },
}
"""What is not compared: recordings and the lines of the questions, with the reason."""
