# Written by psprovider.module.generate: parameters whose values the server offers.

$complete = {
    param($commandName, $parameterName, $wordToComplete, $commandAst, $fakeBoundParameters)
    [MVPSI.JAMS.Module.Completion]::Complete(
        $commandName, $parameterName, $wordToComplete, $fakeBoundParameters, $global:JAMSDefaultServer)
}
Register-ArgumentCompleter -ParameterName Entry -ScriptBlock $complete -CommandName @(
    'Get-JAMSEntry', 'Get-JAMSEntryAudit', 'Get-JAMSLog', 'Get-JAMSParameter', 'Restart-JAMSEntry',
    'Resume-JAMSEntry', 'Set-JAMSEntry', 'Set-JAMSParameter', 'Stop-JAMSEntry', 'Suspend-JAMSEntry',
    'Wait-JAMSEntry'
)
Register-ArgumentCompleter -ParameterName Folder -ScriptBlock $complete -CommandName @(
    'Edit-JAMSVariable', 'Get-JAMSEntry', 'Get-JAMSHistory', 'Get-JAMSJob', 'Get-JAMSVariable', 'New-
    JAMSJob', 'New-JAMSVariable', 'Search-JAMSHistory', 'Set-JAMSJob'
)
Register-ArgumentCompleter -ParameterName Job -ScriptBlock $complete -CommandName @(
    'Get-JAMSHistory'
)
Register-ArgumentCompleter -ParameterName MethodName -ScriptBlock $complete -CommandName @(
    'New-JAMSJob', 'Set-JAMSJob'
)
Register-ArgumentCompleter -ParameterName Name -ScriptBlock $complete -CommandName @(
    'Edit-JAMSVariable', 'Get-JAMSAgent', 'Get-JAMSFolder', 'Get-JAMSHistory', 'Get-JAMSJob', 'Get-
    JAMSJobSource', 'Get-JAMSSubmitInfo', 'Get-JAMSVariable', 'Remove-JAMSFolder', 'Remove-JAMSJob',
    'Remove-JAMSVariable', 'Set-JAMSFolder', 'Set-JAMSJob', 'Set-JAMSVariable', 'Submit-JAMSEntry'
)
Register-ArgumentCompleter -ParameterName Parent -ScriptBlock $complete -CommandName @(
    'Get-JAMSFolder', 'New-JAMSFolder', 'Set-JAMSFolder'
)
Register-ArgumentCompleter -ParameterName Server -ScriptBlock $complete -CommandName @(
    'Connect-JAMSServer', 'Disconnect-JAMSServer', 'Edit-JAMSVariable', 'Get-JAMSAgent', 'Get-JAMSEntry',
    'Get-JAMSEntryAudit', 'Get-JAMSFolder', 'Get-JAMSHistory', 'Get-JAMSHistoryLog', 'Get-JAMSIdentity',
    'Get-JAMSJob', 'Get-JAMSJobSource', 'Get-JAMSLog', 'Get-JAMSMethod', 'Get-JAMSParameter', 'Get-
    JAMSServer', 'Get-JAMSServerStatus', 'Get-JAMSSubmitInfo', 'Get-JAMSVariable', 'New-JAMSFolder',
    'New-JAMSJob', 'New-JAMSVariable', 'Remove-JAMSFolder', 'Remove-JAMSJob', 'Remove-JAMSVariable',
    'Restart-JAMSEntry', 'Resume-JAMSEntry', 'Search-JAMSHistory', 'Set-JAMSEntry', 'Set-JAMSFolder',
    'Set-JAMSJob', 'Set-JAMSParameter', 'Set-JAMSVariable', 'Stop-JAMSEntry', 'Submit-JAMSEntry',
    'Suspend-JAMSEntry', 'Test-JAMSScheduler', 'Test-JAMSServer', 'Wait-JAMSEntry'
)
