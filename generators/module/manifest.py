"""The manifest of the module: ``JAMS.psd1``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import jams
from psprovider.cmdlets.model import Cmdlet

HOME = "https://pypi.org/project/openjams/"
"""Where the package is found to which the module belongs."""

FILES = (
    "Completers.ps1",
    "Functions.ps1",
    "JAMS.format.ps1xml",
    "JAMS.json",
    "JAMS.psd1",
    "JAMS.psm1",
    "JAMS.types.ps1xml",
    "Session.ps1",
    "Transfers.ps1",
    "en-US\\about_JAMS.help.txt",
)
"""The files of the module beside its sources."""

FILE_TRANSFERS = (
    *("Connect-JFTP", "Connect-JFTPS", "Connect-JSFTP", "Disconnect-JFS", "Get-JFSChildItem", "Get-JFSItem"),
    *("Receive-JFSItem", "Remove-JFSItem", "Send-JFSItem", "Set-JFSLocation"),
)
"""Functions for file servers, which the JAMS server has no part in."""

HAND_WRITTEN = ("Add-PSSnapin", *FILE_TRANSFERS)
"""Functions of the module that are no cmdlets of the catalogue."""

_MANIFEST = """\
# Written by `python run.py generate`.
@{{
    RootModule = 'JAMS.psm1'
    ModuleVersion = '{version}'
    GUID = '6f0c3a51-6a0e-4bb2-9d0e-0b8b2a7f4e63'
    Author = 'The JAMS project'
    CompanyName = 'The JAMS project'
    Copyright = '(c) 2026 The JAMS project. MIT licence.'
    Description = 'JAMS from PowerShell: the jobs, entries and history of a JAMS server, and its drive.'
    PowerShellVersion = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    HelpInfoURI = '{home}'
    RequiredModules = @()
    RequiredAssemblies = @()
    NestedModules = @()
    TypesToProcess = @('JAMS.types.ps1xml')
    FormatsToProcess = @('JAMS.format.ps1xml')
    FunctionsToExport = @(
{functions}
    )
    CmdletsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
    DscResourcesToExport = @()
    FileList = @(
{files}
    )
    PrivateData = @{{
        # Names the compiled classes in the user's cache; another source has another name.
        SourceHash = '{hash}'
        PSData = @{{
            Tags = @(
                'JAMS', 'Scheduler', 'JobScheduler', 'WorkloadAutomation', 'REST', 'Windows',
                'Linux', 'MacOS', 'PSEdition_Core', 'PSEdition_Desktop'
            )
            ProjectUri = '{home}'
            LicenseUri = 'https://opensource.org/license/mit'
            ReleaseNotes = 'What is new in {version} stands in the changelog of the package openjams.'
            RequireLicenseAcceptance = $false
        }}
    }}
}}
"""


def render_manifest(cmdlets: Iterable[Cmdlet], sources: Mapping[str, str]) -> str:
    """``JAMS.psd1``; ``sources`` are the C# sources by file name."""
    names = sorted([*HAND_WRITTEN, *(cmdlet.name for cmdlet in cmdlets)])
    version = jams.__version__.split("+")[0]
    return _MANIFEST.format(
        version=".".join(part for part in version.split(".")[:3] if part.isdigit()),
        functions="\n".join(f"        '{name}'" for name in names),
        home=HOME,
        files="\n".join(
            f"        '{name}'" for name in [*FILES, *(f"source\\{name}" for name in sorted(sources))]
        ),
        hash=source_hash(sources),
    )


def source_hash(sources: Mapping[str, str]) -> str:
    """A short name for exactly these sources."""
    digest = hashlib.sha256()
    for name, text in sorted(sources.items()):
        digest.update(name.encode() + b"\0" + text.encode() + b"\0")
    return digest.hexdigest()[:16]
