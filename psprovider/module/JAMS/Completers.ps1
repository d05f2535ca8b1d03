# Written by `python run.py generate`: parameters whose values the server offers.

$complete = {
    param($commandName, $parameterName, $wordToComplete, $commandAst, $fakeBoundParameters)
    [MVPSI.JAMS.Module.Completion]::Complete(
        $commandName, $parameterName, $wordToComplete, $fakeBoundParameters, $global:JAMSDefaultServer)
}
Register-ArgumentCompleter -ParameterName Agent -ScriptBlock $complete -CommandName @(
    'Set-JAMSResourceQuantity', 'Submit-JAMSEntry'
)
Register-ArgumentCompleter -ParameterName Calendar -ScriptBlock $complete -CommandName @(
    'Add-JAMSDate', 'Get-JAMSDate', 'Get-JAMSDateEvaluation', 'Get-JAMSDateExplanation',
    'Get-JAMSDateType', 'Get-JAMSOccurrence', 'Get-JAMSWorkday', 'Import-JAMSCalendar',
    'New-JAMSDateType', 'Remove-JAMSDate', 'Remove-JAMSDateType', 'Set-JAMSDate', 'Set-JAMSDateType',
    'Test-JAMSDate', 'Test-JAMSWorkday'
)
Register-ArgumentCompleter -ParameterName DateType -ScriptBlock $complete -CommandName @(
    'Add-JAMSDate', 'Import-JAMSCalendar', 'Remove-JAMSDate', 'Set-JAMSDate'
)
Register-ArgumentCompleter -ParameterName Entries -ScriptBlock $complete -CommandName @(
    'Restart-JAMSEntry', 'Resume-JAMSEntry', 'Stop-JAMSEntry', 'Suspend-JAMSEntry'
)
Register-ArgumentCompleter -ParameterName Entry -ScriptBlock $complete -CommandName @(
    'Get-JAMSEntry', 'Get-JAMSEntryAudit', 'Get-JAMSLog', 'Get-JAMSMember', 'Get-JAMSParameter',
    'Get-JAMSWait', 'Remove-JAMSEntry', 'Restart-JAMSEntry', 'Resume-JAMSEntry', 'Set-JAMSEntry',
    'Set-JAMSParameter', 'Set-JAMSState', 'Set-JAMSStatus', 'Stop-JAMSEntry', 'Suspend-JAMSEntry',
    'Wait-JAMSEntry'
)
Register-ArgumentCompleter -ParameterName Folder -ScriptBlock $complete -CommandName @(
    'Edit-JAMSVariable', 'Get-JAMSEntry', 'Get-JAMSForecast', 'Get-JAMSHistory', 'Get-JAMSJob',
    'Get-JAMSSchedule', 'Get-JAMSSetup', 'Get-JAMSTrigger', 'Get-JAMSVariable', 'New-JAMSJob',
    'New-JAMSSetup', 'New-JAMSTrigger', 'New-JAMSVariable', 'Reset-JAMSTrigger', 'Search-JAMSHistory',
    'Set-JAMSJob', 'Set-JAMSSetup', 'Set-JAMSTrigger'
)
Register-ArgumentCompleter -ParameterName JamsEntry -ScriptBlock $complete -CommandName @(
    'Lock-JAMSResource', 'Unlock-JAMSResource'
)
Register-ArgumentCompleter -ParameterName Job -ScriptBlock $complete -CommandName @(
    'Get-JAMSHistory', 'Get-JAMSOccurrence', 'Reset-JAMSTrigger'
)
Register-ArgumentCompleter -ParameterName MethodName -ScriptBlock $complete -CommandName @(
    'New-JAMSJob', 'Set-JAMSJob'
)
Register-ArgumentCompleter -ParameterName Name -ScriptBlock $complete -CommandName @(
    'Disable-JAMSNamedTime', 'Edit-JAMSVariable', 'Enable-JAMSNamedTime', 'Get-JAMSAgent',
    'Get-JAMSCalendar', 'Get-JAMSDateType', 'Get-JAMSElementTemplate', 'Get-JAMSEntry', 'Get-JAMSFolder',
    'Get-JAMSHistory', 'Get-JAMSJob', 'Get-JAMSJobSource', 'Get-JAMSJobTrigger', 'Get-JAMSMethod',
    'Get-JAMSMethodReference', 'Get-JAMSMissedPoint', 'Get-JAMSNamedTime', 'Get-JAMSNamedTimeReference',
    'Get-JAMSQueue', 'Get-JAMSQueueReference', 'Get-JAMSResource', 'Get-JAMSResourceHolding',
    'Get-JAMSResourceReference', 'Get-JAMSSetting', 'Get-JAMSSetup', 'Get-JAMSSubmitInfo',
    'Get-JAMSTrigger', 'Get-JAMSVariable', 'Lock-JAMSResource', 'Remove-JAMSAgent',
    'Remove-JAMSCalendar', 'Remove-JAMSDateType', 'Remove-JAMSFolder', 'Remove-JAMSJob',
    'Remove-JAMSMethod', 'Remove-JAMSNamedTime', 'Remove-JAMSQueue', 'Remove-JAMSResource',
    'Remove-JAMSSetting', 'Remove-JAMSSetup', 'Remove-JAMSTrigger', 'Remove-JAMSVariable',
    'Reset-JAMSTrigger', 'Set-JAMSAgent', 'Set-JAMSCalendar', 'Set-JAMSDateType', 'Set-JAMSFolder',
    'Set-JAMSJob', 'Set-JAMSMethod', 'Set-JAMSNamedTime', 'Set-JAMSQueue', 'Set-JAMSResource',
    'Set-JAMSResourceQuantity', 'Set-JAMSSetting', 'Set-JAMSSetup', 'Set-JAMSTrigger',
    'Set-JAMSVariable', 'Start-JAMSQueue', 'Stop-JAMSQueue', 'Submit-JAMSEntry', 'Switch-JAMSNamedTime',
    'Unlock-JAMSResource'
)
Register-ArgumentCompleter -ParameterName NewName -ScriptBlock $complete -CommandName @(
    'Set-JAMSAgent', 'Set-JAMSMethod', 'Set-JAMSQueue', 'Set-JAMSResource', 'Set-JAMSSetting'
)
Register-ArgumentCompleter -ParameterName Parent -ScriptBlock $complete -CommandName @(
    'Get-JAMSFolder', 'New-JAMSFolder', 'Set-JAMSFolder'
)
Register-ArgumentCompleter -ParameterName Server -ScriptBlock $complete -CommandName @(
    'Add-JAMSDate', 'Connect-JAMSServer', 'Disable-JAMSNamedTime', 'Disconnect-JAMSServer',
    'Edit-JAMSVariable', 'Enable-JAMSNamedTime', 'Get-JAMSAgent', 'Get-JAMSAuditTrail',
    'Get-JAMSCalendar', 'Get-JAMSDate', 'Get-JAMSDateEvaluation', 'Get-JAMSDateExplanation',
    'Get-JAMSDateType', 'Get-JAMSElementTemplate', 'Get-JAMSElementType', 'Get-JAMSEntry',
    'Get-JAMSEntryAudit', 'Get-JAMSEvent', 'Get-JAMSFolder', 'Get-JAMSForecast', 'Get-JAMSHistory',
    'Get-JAMSHistoryLog', 'Get-JAMSIdentity', 'Get-JAMSJob', 'Get-JAMSJobSource', 'Get-JAMSJobTrigger',
    'Get-JAMSLog', 'Get-JAMSMember', 'Get-JAMSMethod', 'Get-JAMSMethodReference', 'Get-JAMSMissedPoint',
    'Get-JAMSNamedTime', 'Get-JAMSNamedTimeReference', 'Get-JAMSOccurrence', 'Get-JAMSOutbox',
    'Get-JAMSParameter', 'Get-JAMSPersonalToken', 'Get-JAMSPropertyDefinition', 'Get-JAMSQueue',
    'Get-JAMSQueueReference', 'Get-JAMSResource', 'Get-JAMSResourceHolding', 'Get-JAMSResourceReference',
    'Get-JAMSResubmitInfo', 'Get-JAMSSchedule', 'Get-JAMSServer', 'Get-JAMSServerStatus',
    'Get-JAMSSetting', 'Get-JAMSSetup', 'Get-JAMSSubmitInfo', 'Get-JAMSTrigger', 'Get-JAMSVariable',
    'Get-JAMSWait', 'Get-JAMSWorkday', 'Import-JAMSCalendar', 'Invoke-JAMSPurge', 'Lock-JAMSResource',
    'New-JAMSAgent', 'New-JAMSCalendar', 'New-JAMSDateType', 'New-JAMSFolder', 'New-JAMSJob',
    'New-JAMSMethod', 'New-JAMSNamedTime', 'New-JAMSPersonalToken', 'New-JAMSQueue', 'New-JAMSResource',
    'New-JAMSSetting', 'New-JAMSSetup', 'New-JAMSTrigger', 'New-JAMSVariable', 'Remove-JAMSAgent',
    'Remove-JAMSCalendar', 'Remove-JAMSDate', 'Remove-JAMSDateType', 'Remove-JAMSEntry',
    'Remove-JAMSFolder', 'Remove-JAMSJob', 'Remove-JAMSMethod', 'Remove-JAMSNamedTime',
    'Remove-JAMSOutbox', 'Remove-JAMSPersonalToken', 'Remove-JAMSQueue', 'Remove-JAMSResource',
    'Remove-JAMSSetting', 'Remove-JAMSSetup', 'Remove-JAMSTrigger', 'Remove-JAMSVariable',
    'Reset-JAMSTrigger', 'Restart-JAMSEntry', 'Resume-JAMSEntry', 'Search-JAMSHistory',
    'Send-JAMSOutbox', 'Set-JAMSAgent', 'Set-JAMSCalendar', 'Set-JAMSDate', 'Set-JAMSDateType',
    'Set-JAMSEntry', 'Set-JAMSFolder', 'Set-JAMSJob', 'Set-JAMSMethod', 'Set-JAMSNamedTime',
    'Set-JAMSParameter', 'Set-JAMSQueue', 'Set-JAMSResource', 'Set-JAMSResourceQuantity',
    'Set-JAMSSetting', 'Set-JAMSSetup', 'Set-JAMSState', 'Set-JAMSStatus', 'Set-JAMSTrigger',
    'Set-JAMSVariable', 'Start-JAMSQueue', 'Stop-JAMSEntry', 'Stop-JAMSQueue', 'Submit-JAMSEntry',
    'Suspend-JAMSEntry', 'Switch-JAMSNamedTime', 'Switch-JAMSQueue', 'Test-JAMSDate',
    'Test-JAMSPermission', 'Test-JAMSScheduler', 'Test-JAMSServer', 'Test-JAMSWorkday',
    'Unlock-JAMSResource', 'Wait-JAMSEntry'
)
Register-ArgumentCompleter -ParameterName Type -ScriptBlock $complete -CommandName @(
    'New-JAMSMethod', 'Set-JAMSMethod'
)
Register-ArgumentCompleter -ParameterName Window -ScriptBlock $complete -CommandName @(
    'Get-JAMSOccurrence'
)
