# Written by psprovider.module.generate.
@{
    RootModule = 'JAMS.psm1'
    ModuleVersion = '0.1.0'
    GUID = '6f0c3a51-6a0e-4bb2-9d0e-0b8b2a7f4e63'
    Author = 'The JAMS project'
    Description = 'JAMS from PowerShell: jobs, entries, history, variables and agents of a JAMS server, and its drive.'
    PowerShellVersion = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    TypesToProcess = @('JAMS.types.ps1xml')
    FormatsToProcess = @('JAMS.format.ps1xml')
    FunctionsToExport = @(
        'Add-PSSnapin'
        'Connect-JAMSServer'
        'Disconnect-JAMSServer'
        'Edit-JAMSVariable'
        'Get-JAMSAgent'
        'Get-JAMSEntry'
        'Get-JAMSEntryAudit'
        'Get-JAMSFolder'
        'Get-JAMSHistory'
        'Get-JAMSHistoryLog'
        'Get-JAMSIdentity'
        'Get-JAMSJob'
        'Get-JAMSJobSource'
        'Get-JAMSLog'
        'Get-JAMSMethod'
        'Get-JAMSParameter'
        'Get-JAMSServer'
        'Get-JAMSServerStatus'
        'Get-JAMSSubmitInfo'
        'Get-JAMSVariable'
        'New-JAMSFolder'
        'New-JAMSJob'
        'New-JAMSVariable'
        'Remove-JAMSFolder'
        'Remove-JAMSJob'
        'Remove-JAMSVariable'
        'Restart-JAMSEntry'
        'Resume-JAMSEntry'
        'Search-JAMSHistory'
        'Set-JAMSEntry'
        'Set-JAMSFolder'
        'Set-JAMSJob'
        'Set-JAMSParameter'
        'Set-JAMSVariable'
        'Stop-JAMSEntry'
        'Submit-JAMSEntry'
        'Suspend-JAMSEntry'
        'Test-JAMSScheduler'
        'Test-JAMSServer'
        'Wait-JAMSEntry'
    )
    CmdletsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
    PrivateData = @{
        # Names the compiled classes in the user's cache; another source has another name.
        SourceHash = 'd8d0e320ed90fedd'
        PSData = @{ Tags = @('JAMS', 'Scheduler', 'WorkloadAutomation') }
    }
}
