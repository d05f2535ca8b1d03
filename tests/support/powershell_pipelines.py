"""What objects mean to the cmdlets that they are piped to: the same in a session and in the module."""

from __future__ import annotations

SETUP = (
    "New-JAMSFolder Pipes",
    r"New-JAMSJob Load -Folder \Pipes -MethodName Command -Source 'echo hello'",
    r"New-JAMSJob Other -Folder \Pipes -MethodName Command -Source 'echo hello'",
    r"New-JAMSVariable Region -Folder \Pipes -Value north",
    r"Submit-JAMSEntry \Pipes\Load -Wait",
)
"""Lines that make what the pipelines are about."""

PATH, JOB = "QualifiedName", "JobName"

MEANT = [
    (r"Get-JAMSFolder \Pipes | Get-JAMSJob", PATH, [r"\Pipes\Load", r"\Pipes\Other"]),
    (r"Get-JAMSFolder \Pipes | Get-JAMSJob L*", PATH, [r"\Pipes\Load"]),
    (r"Get-JAMSFolder \Pipes | Get-JAMSVariable", PATH, [r"\Pipes\Region"]),
    (r"Get-JAMSFolder \Pipes | Get-JAMSEntry", JOB, ["Load"]),
    (r"Get-JAMSFolder \Pipes | Get-JAMSHistory", JOB, ["Load"]),
    (r"Get-JAMSFolder \Pipes | Get-JAMSFolder", PATH, [r"\Pipes"]),
    (r"Get-JAMSJob \Pipes\Load | Get-JAMSFolder", PATH, [r"\Pipes"]),
    (r"Get-JAMSJob \Pipes\Load | Get-JAMSEntry", JOB, ["Load"]),
    (r"Get-JAMSJob \Pipes\Other | Get-JAMSEntry", JOB, []),
    (r"Get-JAMSJob \Pipes\Load | Get-JAMSHistory", JOB, ["Load"]),
    (r"Get-JAMSVariable \Pipes\Region | Get-JAMSFolder", PATH, [r"\Pipes"]),
    (r"Get-JAMSEntry -Name \Pipes\* | Get-JAMSJob", PATH, [r"\Pipes\Load"]),
    (r"Get-JAMSEntry -Name \Pipes\* | Get-JAMSHistory", JOB, ["Load"]),
    (r"Get-JAMSEntry -Name \Pipes\* | Get-JAMSFolder", PATH, [r"\Pipes"]),
    (r"Get-JAMSHistory \Pipes\* | Get-JAMSJob", PATH, [r"\Pipes\Load"]),
    (r"Get-JAMSHistory \Pipes\* | Get-JAMSEntry", JOB, ["Load"]),
    (r"Get-JAMSHistory \Pipes\* | Get-JAMSHistory", JOB, ["Load"]),
    (r"Get-JAMSSubmitInfo \Pipes\Load | Get-JAMSJob", PATH, [r"\Pipes\Load"]),
    (r"Get-Item JAMS:\Pipes\Load | Get-JAMSHistory", JOB, ["Load"]),
    (r"Get-ChildItem JAMS:\Pipes -ObjectType job | Get-JAMSJob", PATH, [r"\Pipes\Load", r"\Pipes\Other"]),
    (r"Get-JAMSCalendar | Get-JAMSDateType | Get-JAMSDateType", PATH, []),
]
"""Pipelines, a property of what comes out, and its values."""

UNBOUND = [
    r"Get-JAMSFolder \Pipes | Stop-JAMSEntry",
    r"Get-JAMSJob \Pipes\Load | Stop-JAMSEntry",
    r"Get-JAMSJob \Pipes\Load | Get-JAMSParameter",
    r"Get-JAMSVariable \Pipes\Region | Submit-JAMSEntry",
    r"Get-JAMSEntry -Name \Pipes\* | Remove-JAMSJob -Confirm:$false",
    r"Get-JAMSEntry -Name \Pipes\* | Set-JAMSJob -Description changed",
    r"Get-JAMSJob \Pipes\Load | Remove-JAMSFolder -Confirm:$false",
    r"Get-JAMSCalendar | Remove-JAMSDateType -Confirm:$false",
]
"""Pipelines whose objects are no such thing as the last cmdlet is about, and tell none."""
