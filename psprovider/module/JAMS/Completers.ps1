# Written by `python run.py generate`: parameters whose values the server offers.

$complete = {
    param($commandName, $parameterName, $wordToComplete, $commandAst, $fakeBoundParameters)
    [MVPSI.JAMS.Module.Completion]::Complete(
        $commandName, $parameterName, $wordToComplete, $fakeBoundParameters, $global:JAMSDefaultServer)
}
Register-ArgumentCompleter -ParameterName Account -ScriptBlock $complete -CommandName @(
    'Add-JAMSAccountGroupMember', 'Remove-JAMSAccountGroupMember'
)
Register-ArgumentCompleter -ParameterName Agent -ScriptBlock $complete -CommandName @(
    'Set-JAMSResourceQuantity', 'Submit-JAMSEntry'
)
Register-ArgumentCompleter -ParameterName Calendar -ScriptBlock $complete -CommandName @(
    'Add-JAMSDate', 'Export-JAMSXml', 'Get-JAMSDate', 'Get-JAMSDateEvaluation',
    'Get-JAMSDateExplanation', 'Get-JAMSDateType', 'Get-JAMSOccurrence', 'Get-JAMSWorkday',
    'Import-JAMSCalendar', 'New-JAMSDateType', 'Remove-JAMSDate', 'Remove-JAMSDateType', 'Set-JAMSDate',
    'Set-JAMSDateType', 'Test-JAMSDate', 'Test-JAMSWorkday'
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
    'Edit-JAMSVariable', 'Export-JAMSXml', 'Get-JAMSEntry', 'Get-JAMSForecast', 'Get-JAMSHistory',
    'Get-JAMSJob', 'Get-JAMSSchedule', 'Get-JAMSSetup', 'Get-JAMSTrigger', 'Get-JAMSVariable',
    'New-JAMSJob', 'New-JAMSSetup', 'New-JAMSTrigger', 'New-JAMSVariable', 'Reset-JAMSTrigger',
    'Search-JAMSHistory', 'Set-JAMSJob', 'Set-JAMSSetup', 'Set-JAMSTrigger'
)
Register-ArgumentCompleter -ParameterName JamsEntry -ScriptBlock $complete -CommandName @(
    'Lock-JAMSResource', 'Unlock-JAMSResource'
)
Register-ArgumentCompleter -ParameterName Job -ScriptBlock $complete -CommandName @(
    'Export-JAMSXml', 'Get-JAMSHistory', 'Get-JAMSOccurrence', 'Reset-JAMSTrigger'
)
Register-ArgumentCompleter -ParameterName MethodName -ScriptBlock $complete -CommandName @(
    'New-JAMSJob', 'Set-JAMSJob'
)
Register-ArgumentCompleter -ParameterName Name -ScriptBlock $complete -CommandName @(
    'Add-JAMSAccountGroupMember', 'Disable-JAMSAccount', 'Disable-JAMSNamedTime', 'Edit-JAMSVariable',
    'Enable-JAMSAccount', 'Enable-JAMSNamedTime', 'Get-JAMSAccount', 'Get-JAMSAccountGroup',
    'Get-JAMSAgent', 'Get-JAMSAgentReference', 'Get-JAMSAlert', 'Get-JAMSAlertReference',
    'Get-JAMSCalendar', 'Get-JAMSCalendarReference', 'Get-JAMSCredential', 'Get-JAMSCredentialPassword',
    'Get-JAMSCredentialReference', 'Get-JAMSDateType', 'Get-JAMSElementTemplate', 'Get-JAMSEntry',
    'Get-JAMSFolder', 'Get-JAMSFolderReference', 'Get-JAMSFolderVersion', 'Get-JAMSHistory',
    'Get-JAMSJob', 'Get-JAMSJobDocumentation', 'Get-JAMSJobReference', 'Get-JAMSJobSource',
    'Get-JAMSJobTrigger', 'Get-JAMSJobVersion', 'Get-JAMSMenu', 'Get-JAMSMethod',
    'Get-JAMSMethodReference', 'Get-JAMSMissedPoint', 'Get-JAMSNamedTime', 'Get-JAMSNamedTimeReference',
    'Get-JAMSQueue', 'Get-JAMSQueueReference', 'Get-JAMSResource', 'Get-JAMSResourceHolding',
    'Get-JAMSResourceReference', 'Get-JAMSSetting', 'Get-JAMSSetup', 'Get-JAMSSubmitInfo',
    'Get-JAMSTrigger', 'Get-JAMSVariable', 'Get-JAMSVariableReference', 'Lock-JAMSResource',
    'New-JAMSCredentialKey', 'Remove-JAMSAccount', 'Remove-JAMSAccountGroup',
    'Remove-JAMSAccountGroupMember', 'Remove-JAMSAgent', 'Remove-JAMSAlert', 'Remove-JAMSCalendar',
    'Remove-JAMSCredential', 'Remove-JAMSDateType', 'Remove-JAMSFolder', 'Remove-JAMSJob',
    'Remove-JAMSMenu', 'Remove-JAMSMethod', 'Remove-JAMSNamedTime', 'Remove-JAMSOneTimeCode',
    'Remove-JAMSQueue', 'Remove-JAMSResource', 'Remove-JAMSSetting', 'Remove-JAMSSetup',
    'Remove-JAMSTrigger', 'Remove-JAMSVariable', 'Reset-JAMSAccountPassword', 'Reset-JAMSTrigger',
    'Set-JAMSAccount', 'Set-JAMSAccountGroup', 'Set-JAMSAgent', 'Set-JAMSAlert', 'Set-JAMSCalendar',
    'Set-JAMSCredential', 'Set-JAMSDateType', 'Set-JAMSFolder', 'Set-JAMSJob', 'Set-JAMSMenu',
    'Set-JAMSMethod', 'Set-JAMSNamedTime', 'Set-JAMSQueue', 'Set-JAMSResource',
    'Set-JAMSResourceQuantity', 'Set-JAMSSetting', 'Set-JAMSSetup', 'Set-JAMSTrigger',
    'Set-JAMSVariable', 'Start-JAMSQueue', 'Stop-JAMSQueue', 'Submit-JAMSEntry', 'Switch-JAMSNamedTime',
    'Unlock-JAMSAccount', 'Unlock-JAMSResource'
)
Register-ArgumentCompleter -ParameterName NewName -ScriptBlock $complete -CommandName @(
    'Set-JAMSAgent', 'Set-JAMSMethod', 'Set-JAMSQueue', 'Set-JAMSResource', 'Set-JAMSSetting'
)
Register-ArgumentCompleter -ParameterName Parent -ScriptBlock $complete -CommandName @(
    'Get-JAMSFolder', 'New-JAMSFolder', 'Set-JAMSFolder'
)
Register-ArgumentCompleter -ParameterName Server -ScriptBlock $complete -CommandName @(
    'Add-JAMSAccountGroupMember', 'Add-JAMSDate', 'Compare-JAMSRevision', 'Confirm-JAMSAuditTrail',
    'Confirm-JAMSOneTimeCode', 'Connect-JAMSServer', 'Disable-JAMSAccount', 'Disable-JAMSNamedTime',
    'Disconnect-JAMSServer', 'Edit-JAMSVariable', 'Enable-JAMSAccount', 'Enable-JAMSNamedTime',
    'Export-JAMSAuditTrail', 'Export-JAMSXml', 'Get-JAMSAccount', 'Get-JAMSAccountGroup',
    'Get-JAMSAgent', 'Get-JAMSAgentPlatform', 'Get-JAMSAgentReference', 'Get-JAMSAgentType',
    'Get-JAMSAlert', 'Get-JAMSAlertReference', 'Get-JAMSAuditHead', 'Get-JAMSAuditTrail',
    'Get-JAMSCalendar', 'Get-JAMSCalendarReference', 'Get-JAMSCredential', 'Get-JAMSCredentialPassword',
    'Get-JAMSCredentialReference', 'Get-JAMSDate', 'Get-JAMSDateEvaluation', 'Get-JAMSDateExplanation',
    'Get-JAMSDateType', 'Get-JAMSElementTemplate', 'Get-JAMSElementType', 'Get-JAMSEntry',
    'Get-JAMSEntryAudit', 'Get-JAMSEvent', 'Get-JAMSFailoverStatus', 'Get-JAMSFolder',
    'Get-JAMSFolderReference', 'Get-JAMSFolderVersion', 'Get-JAMSForecast', 'Get-JAMSHistory',
    'Get-JAMSHistoryLog', 'Get-JAMSIdentity', 'Get-JAMSJob', 'Get-JAMSJobDocumentation',
    'Get-JAMSJobReference', 'Get-JAMSJobSource', 'Get-JAMSJobTrigger', 'Get-JAMSJobVersion',
    'Get-JAMSLog', 'Get-JAMSMember', 'Get-JAMSMenu', 'Get-JAMSMethod', 'Get-JAMSMethodReference',
    'Get-JAMSMissedPoint', 'Get-JAMSNamedTime', 'Get-JAMSNamedTimeReference', 'Get-JAMSOccurrence',
    'Get-JAMSOutbox', 'Get-JAMSParameter', 'Get-JAMSPermissionReason', 'Get-JAMSPersonalToken',
    'Get-JAMSPropertyDefinition', 'Get-JAMSQueue', 'Get-JAMSQueueReference', 'Get-JAMSResource',
    'Get-JAMSResourceHolding', 'Get-JAMSResourceReference', 'Get-JAMSResubmitInfo', 'Get-JAMSRevision',
    'Get-JAMSRevisionDocument', 'Get-JAMSSchedule', 'Get-JAMSSecurity', 'Get-JAMSServer',
    'Get-JAMSServerStatus', 'Get-JAMSSetting', 'Get-JAMSSetup', 'Get-JAMSSingleSignOn',
    'Get-JAMSSubmitInfo', 'Get-JAMSSubmitMenu', 'Get-JAMSTrigger', 'Get-JAMSVariable',
    'Get-JAMSVariableReference', 'Get-JAMSWait', 'Get-JAMSWorkday', 'Import-JAMSCalendar',
    'Import-JAMSSchedule', 'Import-JAMSXml', 'Invoke-JAMSBackup', 'Invoke-JAMSPurge',
    'Lock-JAMSResource', 'New-JAMSAccount', 'New-JAMSAccountGroup', 'New-JAMSAgent', 'New-JAMSAlert',
    'New-JAMSCalendar', 'New-JAMSCredential', 'New-JAMSCredentialKey', 'New-JAMSDateType',
    'New-JAMSFolder', 'New-JAMSJob', 'New-JAMSMenu', 'New-JAMSMethod', 'New-JAMSNamedTime',
    'New-JAMSOneTimeCode', 'New-JAMSPersonalToken', 'New-JAMSQueue', 'New-JAMSResource',
    'New-JAMSSetting', 'New-JAMSSetup', 'New-JAMSTrigger', 'New-JAMSVariable', 'Remove-JAMSAccount',
    'Remove-JAMSAccountGroup', 'Remove-JAMSAccountGroupMember', 'Remove-JAMSAgent', 'Remove-JAMSAlert',
    'Remove-JAMSCalendar', 'Remove-JAMSCredential', 'Remove-JAMSDate', 'Remove-JAMSDateType',
    'Remove-JAMSEntry', 'Remove-JAMSFolder', 'Remove-JAMSJob', 'Remove-JAMSMenu', 'Remove-JAMSMethod',
    'Remove-JAMSNamedTime', 'Remove-JAMSOneTimeCode', 'Remove-JAMSOutbox', 'Remove-JAMSPersonalToken',
    'Remove-JAMSQueue', 'Remove-JAMSResource', 'Remove-JAMSSetting', 'Remove-JAMSSetup',
    'Remove-JAMSTrigger', 'Remove-JAMSVariable', 'Reset-JAMSAccountPassword', 'Reset-JAMSTrigger',
    'Restart-JAMSEntry', 'Restore-JAMSRevision', 'Resume-JAMSEntry', 'Search-JAMSHistory',
    'Send-JAMSOutbox', 'Set-JAMSAccessControl', 'Set-JAMSAccount', 'Set-JAMSAccountGroup',
    'Set-JAMSAgent', 'Set-JAMSAlert', 'Set-JAMSCalendar', 'Set-JAMSCredential', 'Set-JAMSDate',
    'Set-JAMSDateType', 'Set-JAMSEntry', 'Set-JAMSFailoverStatus', 'Set-JAMSFolder', 'Set-JAMSJob',
    'Set-JAMSMenu', 'Set-JAMSMethod', 'Set-JAMSNamedTime', 'Set-JAMSParameter', 'Set-JAMSPassword',
    'Set-JAMSQueue', 'Set-JAMSResource', 'Set-JAMSResourceQuantity', 'Set-JAMSSecurity',
    'Set-JAMSSetting', 'Set-JAMSSetup', 'Set-JAMSState', 'Set-JAMSStatus', 'Set-JAMSTrigger',
    'Set-JAMSVariable', 'Start-JAMSQueue', 'Stop-JAMSEntry', 'Stop-JAMSQueue', 'Submit-JAMSEntry',
    'Suspend-JAMSEntry', 'Switch-JAMSNamedTime', 'Switch-JAMSQueue', 'Test-JAMSDate',
    'Test-JAMSPermission', 'Test-JAMSScheduler', 'Test-JAMSServer', 'Test-JAMSWorkday',
    'Unlock-JAMSAccount', 'Unlock-JAMSResource', 'Wait-JAMSEntry'
)
Register-ArgumentCompleter -ParameterName SetupFolderName -ScriptBlock $complete -CommandName @(
    'Get-JAMSHistory'
)
Register-ArgumentCompleter -ParameterName SetupName -ScriptBlock $complete -CommandName @(
    'Get-JAMSHistory'
)
Register-ArgumentCompleter -ParameterName TargetFolder -ScriptBlock $complete -CommandName @(
    'Import-JAMSSchedule', 'Import-JAMSXml'
)
Register-ArgumentCompleter -ParameterName Type -ScriptBlock $complete -CommandName @(
    'New-JAMSMethod', 'Set-JAMSMethod'
)
Register-ArgumentCompleter -ParameterName Window -ScriptBlock $complete -CommandName @(
    'Get-JAMSOccurrence'
)
