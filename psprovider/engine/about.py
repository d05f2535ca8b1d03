"""The topic about_JAMS of a session: what PowerShell users should know before they look at one cmdlet."""

from __future__ import annotations

TOPIC = "about_JAMS"
_TEXT = """\
TOPIC
    about_JAMS

SHORT DESCRIPTION
    A PowerShell session on a JAMS server: cmdlets, and the drive JAMS:\\ of its folders, jobs and lists.

LONG DESCRIPTION
    What can be said
        Commands, pipelines, several statements, parameters and constants. There are no variables, operators
        and script blocks: send them as values, by $using:name or param() with -ArgumentList.

        Get-JAMSEntry -State Executing -Folder \\Sales | Stop-JAMSEntry -WhatIf
        Submit-JAMSEntry \\Sales\\Load -Parameters @{ day = 'today' } | Wait-JAMSEntry | Get-JAMSLog
        Get-JAMSHistory | Where-Object StartTime -gt 2026-01-31 | Select-Object Entry, Name, FinalStatus

    Cmdlets
        Get-Command lists them: those whose right you have. Every one has examples in Get-Help -Examples.
        Objects go from one to the next by what they are; others name something by the property that holds it
        (JamsEntry, QualifiedName, AgentName). Times may be now, today, yesterday, tomorrow, -7d, +30m.

        What is refused for one object is an error that ends nothing; its FullyQualifiedErrorId is the code of
        the error and the cmdlet, as EntryNotFound,Get-JAMSEntry. -ErrorAction Stop ends the block.

    The drive
        Set-Location JAMS:\\Sales; Get-ChildItem -Recurse -ObjectType job
        Get-Content JAMS:\\Sales\\Load
        New-Item JAMS:\\Sales\\Load -ItemType job -MethodName Command -Value 'echo hello'
        Set-ItemProperty JAMS:\\Sales\\Load Enabled $false

SEE ALSO
    Get-JAMSEntry
    Submit-JAMSEntry
    Get-JAMSIdentity
"""


def text() -> str:
    """The topic as a page."""
    return _TEXT
