# The module: compiled classes first, then the functions that use them, then what completes their arguments.

function Import-CompiledClass {
    <#
    .SYNOPSIS
        Import the classes of the module, from the user's cache if they were compiled before.
    .DESCRIPTION
        The sources are compiled once for each version of them and of PowerShell, into a folder named by both. It is
        built beside its place and renamed into it, so that sessions that start at once do not disturb each other.
    #>
    param([string] $Source, [string] $Hash)

    $version = $PSVersionTable.PSVersion
    $name = '{0}-{1}-{2}.{3}' -f $Hash, $PSEdition, $version.Major, $version.Minor
    $cache = $env:JAMS_POWERSHELL_CACHE
    if (-not $cache) {
        $cache = [System.IO.Path]::Combine([Environment]::GetFolderPath('LocalApplicationData'), 'JAMS-PowerShell')
    }
    $folder = [System.IO.Path]::Combine($cache, $name)
    $library = [System.IO.Path]::Combine($folder, 'JAMS.dll')
    if (-not [System.IO.File]::Exists($library)) {
        Write-Verbose "Compiling the classes of the module JAMS into $folder; this is done once."
        Build-CompiledClass -Source $Source -Folder $folder
    }
    $loaded = 'MVPSI.JAMS.Module.ModuleHost' -as [type]
    if ($loaded -and $loaded.Assembly.Location -ne $library) {
        # Compiling has loaded them, or another copy of the module has: a second set of the same types helps nobody.
        Import-Module -Assembly $loaded.Assembly
    }
    else {
        Import-Module -Name $library
    }
}

function Build-CompiledClass {
    <#
    .SYNOPSIS
        Compile the sources into JAMS.dll in a folder.
    #>
    param([string] $Source, [string] $Folder)

    $parts = [System.IO.Directory]::GetFiles($Source, '*.cs')
    [Array]::Sort($parts, [StringComparer]::Ordinal)
    $text = ($parts | ForEach-Object { [System.IO.File]::ReadAllText($_) }) -join "`n"
    $options = @{ IgnoreWarnings = $true }
    if ($PSEdition -eq 'Core') {
        $text = "#define CORE`n$text"
    }
    else {
        $options.ReferencedAssemblies = 'System', 'System.Core', 'System.Net.Http', 'System.Xml'
    }
    $temporary = '{0}.{1}' -f $Folder, [guid]::NewGuid().ToString('N')
    $null = [System.IO.Directory]::CreateDirectory($temporary)
    try {
        Add-Type -TypeDefinition $text -OutputAssembly (Join-Path $temporary 'JAMS.dll') @options -ErrorAction Stop
        [System.IO.Directory]::Move($temporary, $Folder)
    }
    catch {
        # Another session may have been quicker; then its folder is as good.
        $there = [System.IO.File]::Exists((Join-Path $Folder 'JAMS.dll'))
        if ([System.IO.Directory]::Exists($temporary)) {
            [System.IO.Directory]::Delete($temporary, $true)
        }
        if (-not $there) {
            throw
        }
    }
}

Import-CompiledClass -Source ([System.IO.Path]::Combine($PSScriptRoot, 'source')) -Hash (
    $MyInvocation.MyCommand.ScriptBlock.Module.PrivateData.SourceHash)
[MVPSI.JAMS.Module.ModuleHost]::Folder = $PSScriptRoot

# Types that scripts write without their namespace, where nobody else has a type of the name.
$accelerators = [psobject].Assembly.GetType('System.Management.Automation.TypeAccelerators')
$shortNames = foreach ($name in @(
        'AccessObject', 'AgentAccess', 'AgentType', 'CalendarAccess', 'Credential', 'DataType', 'EntryState', 'EventClass',
        'FailureAction', 'FolderAccess', 'JobAccess', 'ObjectAccess', 'RunawayAction', 'Security', 'Severity', 'TimeOfDay',
        'VariableAccess')) {
    if (-not ($name -as [type])) {
        $accelerators::Add($name, ("MVPSI.JAMS.$name" -as [type]))
        $name
    }
}
$ExecutionContext.SessionState.Module.OnRemove = {
    foreach ($name in $shortNames) {
        $null = $accelerators::Remove($name)
    }
}

. ([System.IO.Path]::Combine($PSScriptRoot, 'Session.ps1'))
. ([System.IO.Path]::Combine($PSScriptRoot, 'Functions.ps1'))
. ([System.IO.Path]::Combine($PSScriptRoot, 'Transfers.ps1'))
. ([System.IO.Path]::Combine($PSScriptRoot, 'Completers.ps1'))
