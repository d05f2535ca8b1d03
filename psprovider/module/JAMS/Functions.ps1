# Written by psprovider.module.generate from the catalogue of operations.

function Edit-JAMSVariable {
    <#
    .SYNOPSIS
        Replace a variable's definition and value; the number, or else folder and name, says which variable.

    .DESCRIPTION
        What is not given stays as it is.

    .PARAMETER Name
        Path of the variable, or its bare name.

    .PARAMETER Id
        Number of the variable.

    .PARAMETER NewName
        The variable name.

    .PARAMETER ParentFolderId
        The parent folder id.

    .PARAMETER Folder
        The parent folder name.

    .PARAMETER Description
        The description.

    .PARAMETER DataType
        The data type.

    .PARAMETER Value
        The value.

    .PARAMETER EncryptionFlag
        The encryption flag.

    .PARAMETER Acl
        The acl.

    .PARAMETER InputObject
        The whole Variable, as got from the server and changed.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Edit-JAMSVariable \Sales\Region -Description 'text'

        Replace a variable's definition and value; the number, or else folder and name, says which variable.

    .EXAMPLE
        Edit-JAMSVariable -Id 10 -Description 'text'

        Replace a variable's definition and value; the number, or else folder and name, says which variable.

    .EXAMPLE
        Edit-JAMSVariable \Sales\Region -Description 'text' -Folder \Sales -DataType Text

        The parent folder name. The data type.

    .EXAMPLE
        Get-JAMSVariable | Edit-JAMSVariable -Description 'text'

        The same for everything that Get-JAMSVariable gives.

    .EXAMPLE
        Edit-JAMSVariable \Sales\Region -Description 'text' -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String

    .INPUTS
        MVPSI.JAMS.Variable

    .OUTPUTS
        MVPSI.JAMS.Variable

    .NOTES
        REST: PUT /JAMS/api/variable.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Variable')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [string] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long] $Id,

        [Alias('VariableName')]
        [string] $NewName,

        [long] $ParentFolderId,

        [Alias('ParentFolderName')]
        [string] $Folder,

        [string] $Description,

        [ValidateSet('Unknown', 'Text', 'Integer', 'Float', 'Date', 'Time', 'DateTime', 'Boolean')]
        [string] $DataType,

        [string] $Value,

        [switch] $EncryptionFlag,

        [object] $Acl,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Variable] $InputObject,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Get-JAMSAgent {
    <#
    .SYNOPSIS
        List the agents, by name.

    .DESCRIPTION
        List the agents, by name.

        Show one agent.

    .PARAMETER Name
        Name of the agent. Wildcards are allowed.

    .PARAMETER Id
        Number of the agent.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSAgent

        List the agents, by name.

    .EXAMPLE
        Get-JAMSAgent localhost

        Show one agent.

    .EXAMPLE
        Get-JAMSAgent -Id 10

        Show one agent.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Agent

    .NOTES
        REST: GET /JAMS/api/agent/{id}; GET /JAMS/api/agent.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Agent')]
    param(
        [Parameter(ParameterSetName = 'Name', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('AgentName')]
        [SupportsWildcards()]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Get-JAMSEntry {
    <#
    .SYNOPSIS
        List the entries of the schedule, by entry number.

    .DESCRIPTION
        List the entries of the schedule, by entry number. Without filters it is the whole schedule; with
        several, entries that meet all of them.

        Show one entry.

    .PARAMETER Folder
        Only entries of jobs in this folder or below it.

    .PARAMETER Name
        Only entries whose job name matches; * stands for anything, ? for one character.

    .PARAMETER State
        Only entries in one of these states.

    .PARAMETER Severity
        Only entries that ended with one of these severities.

    .PARAMETER SubmittedBy
        Only entries that this account submitted.

    .PARAMETER After
        Only entries scheduled at or after this time.

    .PARAMETER Limit
        At most so many, the newest ones.

    .PARAMETER Entry
        The entry.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSEntry

        List the entries of the schedule, by entry number.

    .EXAMPLE
        Get-JAMSEntry 1234

        Show one entry.

    .EXAMPLE
        Get-JAMSEntry -Folder \Sales -State Held

        Only entries of jobs in this folder or below it. Only entries in one of these states.

    .INPUTS
        System.String

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Entry

    .NOTES
        REST: GET /JAMS/api/entry; GET /JAMS/api/entry/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Filter', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Entry')]
    param(
        [Parameter(ParameterSetName = 'Filter', ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [string] $Folder,

        [Parameter(ParameterSetName = 'Filter')]
        [SupportsWildcards()]
        [string] $Name,

        [Parameter(ParameterSetName = 'Filter')]
        [ValidateSet('Scheduled', 'Held', 'Timed', 'StepWait', 'DependencyWait', 'PrecheckWait', 'ResourceWait', 'Pending', 'Starting', 'Executing', 'Idle', 'Completing', 'Complete')]
        [string[]] $State,

        [Parameter(ParameterSetName = 'Filter')]
        [ValidateSet('Success', 'Info', 'Warning', 'Error', 'Fatal')]
        [string[]] $Severity,

        [Parameter(ParameterSetName = 'Filter')]
        [string] $SubmittedBy,

        [Parameter(ParameterSetName = 'Filter')]
        [datetime] $After,

        [Parameter(ParameterSetName = 'Filter')]
        [ValidateRange(1, 100000)]
        [long] $Limit,

        [Parameter(ParameterSetName = 'Entry', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('JamsEntry', 'Id')]
        [ValidateRange(1, 9007199254740991)]
        [long[]] $Entry,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Get-JAMSEntryAudit {
    <#
    .SYNOPSIS
        List what was done to an entry, by whom and why, oldest first.

    .DESCRIPTION
        List what was done to an entry, by whom and why, oldest first.

    .PARAMETER Entry
        The entry.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSEntryAudit 1234

        List what was done to an entry, by whom and why, oldest first.

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.EntryAudit

    .NOTES
        REST: GET /JAMS/api/EntryAuditTrail/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.EntryAudit')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('JamsEntry', 'Id')]
        [ValidateRange(1, 9007199254740991)]
        [long[]] $Entry,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Get-JAMSFolder {
    <#
    .SYNOPSIS
        List the folders directly inside a folder, by name.

    .DESCRIPTION
        List the folders directly inside a folder, by name.

        Show one folder.

    .PARAMETER Name
        Path of the folder. Wildcards are allowed.

    .PARAMETER ParentId
        Number of the folder.

    .PARAMETER Parent
        Path of the folder; without either, the root folder.

    .PARAMETER Id
        Number of the folder.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSFolder

        List the folders directly inside a folder, by name.

    .EXAMPLE
        Get-JAMSFolder \Sales

        Show one folder.

    .EXAMPLE
        Get-JAMSFolder -Id 10

        Show one folder.

    .EXAMPLE
        Get-JAMSFolder -Parent \Sales

        Path of the folder; without either, the root folder.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Folder

    .NOTES
        REST: GET /JAMS/api/folder/details/{id}; GET /JAMS/api/folder/children.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Folder')]
    param(
        [Parameter(ParameterSetName = 'Name', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [SupportsWildcards()]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Name')]
        [ValidateRange(1, 9007199254740991)]
        [long] $ParentId,

        [Parameter(ParameterSetName = 'Name')]
        [string] $Parent,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Get-JAMSHistory {
    <#
    .SYNOPSIS
        List runs that have ended, newest first.

    .DESCRIPTION
        List runs that have ended, newest first.

        List the runs of one job, newest first.

        Show one run.

    .PARAMETER Name
        Only jobs whose name matches; with a backslash it is the whole path that must match. * stands for
        anything, ? for one character.

    .PARAMETER JobID
        Only runs of the job of this number.

    .PARAMETER StartDate
        Only runs that ended at or after this time.

    .PARAMETER EndDate
        Only runs that ended before this time.

    .PARAMETER Status
        Only runs that ended with one of these severities. Good stands for Success, Info, Warning. Bad stands for
        Error, Fatal.

    .PARAMETER Limit
        At most so many; 1,000 if not given.

    .PARAMETER Folder
        Only what is in this folder or below it. Wildcards are allowed.

    .PARAMETER Job
        Path of the job, or its bare name.

    .PARAMETER HistoryID
        Number of the history record.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSHistory

        List runs that have ended, newest first.

    .EXAMPLE
        Get-JAMSHistory -Job \Sales\Load

        List the runs of one job, newest first.

    .EXAMPLE
        Get-JAMSHistory -JobID 10 -HistoryID 10

        Show one run.

    .EXAMPLE
        Get-JAMSHistory -Status Info -Folder \Sales

        Only runs that ended with one of these severities. Only what is in this folder or below it.

    .INPUTS
        System.String

    .INPUTS
        System.Int64

    .INPUTS
        System.String[]

    .OUTPUTS
        MVPSI.JAMS.History

    .NOTES
        REST: GET /JAMS/api/history; GET /JAMS/api/history/job/{id}; GET /JAMS/api/history/{jobID}/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Find', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.History')]
    param(
        [Parameter(ParameterSetName = 'Find', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [SupportsWildcards()]
        [string] $Name,

        [Parameter(ParameterSetName = 'Find')]
        [Parameter(ParameterSetName = 'Record', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long] $JobID,

        [Parameter(ParameterSetName = 'Find')]
        [Parameter(ParameterSetName = 'Job')]
        [datetime] $StartDate,

        [Parameter(ParameterSetName = 'Find')]
        [datetime] $EndDate,

        [Parameter(ParameterSetName = 'Find')]
        [Alias('Severity')]
        [ValidateSet('Success', 'Info', 'Warning', 'Error', 'Fatal', 'Good', 'Bad')]
        [string[]] $Status,

        [Parameter(ParameterSetName = 'Find')]
        [Parameter(ParameterSetName = 'Job')]
        [ValidateRange(1, 100000)]
        [long] $Limit,

        [Parameter(ParameterSetName = 'Find')]
        [SupportsWildcards()]
        [string] $Folder,

        [Parameter(ParameterSetName = 'Job', Mandatory = $true, ValueFromPipeline = $true)]
        [string[]] $Job,

        [Parameter(ParameterSetName = 'Record', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('Id')]
        [ValidateRange(1, 9007199254740991)]
        [long] $HistoryID,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Get-JAMSHistoryLog {
    <#
    .SYNOPSIS
        Read the log of a run in the history.

    .DESCRIPTION
        Read the log of a run in the history.

    .PARAMETER JobID
        Number of the job.

    .PARAMETER HistoryID
        Number of the history record.

    .PARAMETER Tail
        Only so many lines from the end.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSHistoryLog 10 10

        Read the log of a run in the history.

    .INPUTS
        System.Int64

    .OUTPUTS
        System.String

    .NOTES
        REST: GET /JAMS/api/history/log/{jobID}/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('System.String')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long] $JobID,

        [Parameter(Mandatory = $true, Position = 1, ValueFromPipelineByPropertyName = $true)]
        [Alias('Id')]
        [ValidateRange(1, 9007199254740991)]
        [long] $HistoryID,

        [ValidateRange(0, 9007199254740991)]
        [long] $Tail,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Get-JAMSIdentity {
    <#
    .SYNOPSIS
        Show the account that the caller is, and its groups.

    .DESCRIPTION
        Show the account that the caller is, and its groups.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSIdentity

        Show the account that the caller is, and its groups.

    .OUTPUTS
        MVPSI.JAMS.Identity

    .NOTES
        REST: GET /JAMS/api/authentication.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Identity')]
    param(
        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Get-JAMSJob {
    <#
    .SYNOPSIS
        List the jobs of a folder, by path.

    .DESCRIPTION
        Show one job.

        List the jobs of a folder, by path.

    .PARAMETER Name
        Path of the job, or its bare name. Wildcards are allowed.

    .PARAMETER FolderId
        Number of the folder.

    .PARAMETER Folder
        Path of the folder; without either, the root folder and everything below it.

    .PARAMETER Recurse
        Whether to look into the folders below as well.

    .PARAMETER Id
        Number of the job.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSJob

        List the jobs of a folder, by path.

    .EXAMPLE
        Get-JAMSJob \Sales\Load

        Show one job.

    .EXAMPLE
        Get-JAMSJob -Id 10

        Show one job.

    .EXAMPLE
        Get-JAMSJob -Folder \Sales

        Path of the folder; without either, the root folder and everything below it.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Job

    .NOTES
        REST: GET /JAMS/api/job/{id}; GET /JAMS/api/job/folder/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Job')]
    param(
        [Parameter(ParameterSetName = 'Name', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [SupportsWildcards()]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Name')]
        [ValidateRange(1, 9007199254740991)]
        [long] $FolderId,

        [Parameter(ParameterSetName = 'Name')]
        [string] $Folder,

        [Parameter(ParameterSetName = 'Name')]
        [Alias('Recursive')]
        [switch] $Recurse,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Get-JAMSJobSource {
    <#
    .SYNOPSIS
        Show the source that a job runs.

    .DESCRIPTION
        Show the source that a job runs.

    .PARAMETER Name
        Path of the job, or its bare name.

    .PARAMETER Id
        Number of the job.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSJobSource \Sales\Load

        Show the source that a job runs.

    .EXAMPLE
        Get-JAMSJobSource -Id 10

        Show the source that a job runs.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        System.String

    .NOTES
        REST: GET /JAMS/api/job/source/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('System.String')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Get-JAMSLog {
    <#
    .SYNOPSIS
        Read the log of an entry's current or last run.

    .DESCRIPTION
        Read the log of an entry's current or last run.

    .PARAMETER Entry
        The entry.

    .PARAMETER Tail
        Only so many lines from the end.

    .PARAMETER Follow
        Go on showing what is added, until the end.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .PARAMETER AsJob
        Run in the background, and show a job at once: Receive-Job shows what comes of it.

    .EXAMPLE
        Get-JAMSLog 1234

        Read the log of an entry's current or last run.

    .EXAMPLE
        Get-JAMSLog 1234 -Follow

        Go on showing what is added, until the end.

    .INPUTS
        System.Int64[]

    .OUTPUTS
        System.String

    .NOTES
        REST: GET /JAMS/api/entry/{id}/log.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('System.String')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('JamsEntry', 'Id')]
        [ValidateRange(1, 9007199254740991)]
        [long[]] $Entry,

        [ValidateRange(0, 9007199254740991)]
        [long] $Tail,

        [switch] $Follow,

        [string] $Server,

        [switch] $AsJob
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Get-JAMSMethod {
    <#
    .SYNOPSIS
        List the execution methods, and for each whether this server can run it.

    .DESCRIPTION
        List the execution methods, and for each whether this server can run it.

    .PARAMETER Name
        Only those whose name matches; * stands for anything, ? for one character.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSMethod

        List the execution methods, and for each whether this server can run it.

    .OUTPUTS
        MVPSI.JAMS.Method

    .NOTES
        REST: GET /JAMS/api/method.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Method')]
    param(
        [Parameter(Position = 0)]
        [SupportsWildcards()]
        [string[]] $Name,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Get-JAMSParameter {
    <#
    .SYNOPSIS
        List the parameters of an entry with their values.

    .DESCRIPTION
        List the parameters of an entry with their values.

        Show one parameter of an entry.

    .PARAMETER Entry
        The entry.

    .PARAMETER Name
        The parameter, in any case.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSParameter 1234

        List the parameters of an entry with their values.

    .EXAMPLE
        Get-JAMSParameter 1234 'text'

        Show one parameter of an entry.

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.ParamValue

    .OUTPUTS
        System.String

    .NOTES
        REST: GET /JAMS/api/entry/{id}/parameter/get; GET /JAMS/api/entry/{id}/parameter/get/{name}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'All', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.ParamValue')]
    [OutputType('System.String')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('JamsEntry', 'Id')]
        [ValidateRange(1, 9007199254740991)]
        [long[]] $Entry,

        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 1)]
        [AllowEmptyString()]
        [string] $Name,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Get-JAMSServer {
    <#
    .SYNOPSIS
        Show what the server is: product, version, database, clock.

    .DESCRIPTION
        Show what the server is: product, version, database, clock.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSServer

        Show what the server is: product, version, database, clock.

    .OUTPUTS
        MVPSI.JAMS.ServerInfo

    .NOTES
        REST: GET /JAMS/api/server.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.ServerInfo')]
    param(
        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Get-JAMSServerStatus {
    <#
    .SYNOPSIS
        Show the health light: the worst thing known, in words, and how many entries wait and run.

    .DESCRIPTION
        Show the health light: the worst thing known, in words, and how many entries wait and run.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSServerStatus

        Show the health light: the worst thing known, in words, and how many entries wait and run.

    .OUTPUTS
        MVPSI.JAMS.ServerStatus

    .NOTES
        REST: GET /JAMS/api/server/serverStatus.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.ServerStatus')]
    param(
        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Get-JAMSSubmitInfo {
    <#
    .SYNOPSIS
        Get the submission of a job as it would be made now, filled in, to be changed and sent back.

    .DESCRIPTION
        Get the submission of a job as it would be made now, filled in, to be changed and sent back.

    .PARAMETER Name
        Path of the job, or its bare name.

    .PARAMETER Id
        Number of the job.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSSubmitInfo \Sales\Load

        Get the submission of a job as it would be made now, filled in, to be changed and sent back.

    .EXAMPLE
        Get-JAMSSubmitInfo -Id 10

        Get the submission of a job as it would be made now, filled in, to be changed and sent back.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.SubmitInfo

    .NOTES
        REST: GET /JAMS/api/submit/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.SubmitInfo')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Get-JAMSVariable {
    <#
    .SYNOPSIS
        List the variables of a folder, by path.

    .DESCRIPTION
        Show one variable. The value of an encrypted variable is not shown.

        List the variables of a folder, by path.

    .PARAMETER Name
        Path of the variable, or its bare name. Wildcards are allowed.

    .PARAMETER ValueOnly
        Show the bare value instead of the object.

    .PARAMETER FolderId
        Number of the folder.

    .PARAMETER Folder
        Path of the folder; without either, the root folder and everything below it.

    .PARAMETER Recurse
        Whether to look into the folders below as well.

    .PARAMETER Id
        Number of the variable.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSVariable

        List the variables of a folder, by path.

    .EXAMPLE
        Get-JAMSVariable \Sales\Region

        Show one variable. The value of an encrypted variable is not shown.

    .EXAMPLE
        Get-JAMSVariable -Id 10

        Show one variable. The value of an encrypted variable is not shown.

    .EXAMPLE
        Get-JAMSVariable -Folder \Sales

        Path of the folder; without either, the root folder and everything below it.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        System.String

    .OUTPUTS
        MVPSI.JAMS.Variable

    .NOTES
        REST: GET /JAMS/api/variable/{id}; GET /JAMS/api/variable/folder/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('System.String')]
    [OutputType('MVPSI.JAMS.Variable')]
    param(
        [Parameter(ParameterSetName = 'Name', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [SupportsWildcards()]
        [string[]] $Name,

        [switch] $ValueOnly,

        [Parameter(ParameterSetName = 'Name')]
        [ValidateRange(1, 9007199254740991)]
        [long] $FolderId,

        [Parameter(ParameterSetName = 'Name')]
        [string] $Folder,

        [Parameter(ParameterSetName = 'Name')]
        [Alias('Recursive')]
        [switch] $Recurse,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function New-JAMSFolder {
    <#
    .SYNOPSIS
        Create a folder inside the folder that its document names as parent (the root if none).

    .DESCRIPTION
        Create a folder inside the folder that its document names as parent (the root if none).

    .PARAMETER Name
        The folder name.

    .PARAMETER ParentFolderID
        The parent folder ID.

    .PARAMETER Parent
        The parent folder name.

    .PARAMETER Description
        The description.

    .PARAMETER Parameters
        The parameters.

    .PARAMETER Elements
        The elements.

    .PARAMETER Properties
        The properties.

    .PARAMETER TagIds
        The tag ids.

    .PARAMETER Tags
        The tags.

    .PARAMETER Acl
        The acl.

    .PARAMETER InputObject
        The whole Folder, as got from the server and changed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        New-JAMSFolder NewSales

        Create a folder inside the folder that its document names as parent (the root if none).

    .EXAMPLE
        New-JAMSFolder NewSales -Parent \Sales

        The parent folder name.

    .EXAMPLE
        New-JAMSFolder NewSales -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        MVPSI.JAMS.Folder

    .OUTPUTS
        MVPSI.JAMS.Folder

    .NOTES
        REST: POST /JAMS/api/folder.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Folder')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0)]
        [Parameter(ParameterSetName = 'InputObject')]
        [Alias('FolderName')]
        [AllowEmptyString()]
        [string] $Name,

        [long] $ParentFolderID,

        [Alias('ParentFolderName')]
        [string] $Parent,

        [string] $Description,

        [object[]] $Parameters,

        [object[]] $Elements,

        [object[]] $Properties,

        [long[]] $TagIds,

        [object[]] $Tags,

        [object] $Acl,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Folder] $InputObject,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function New-JAMSJob {
    <#
    .SYNOPSIS
        Create a job inside the folder that its document names as parent.

    .DESCRIPTION
        Create a job inside the folder that its document names as parent.

    .PARAMETER Name
        The job name.

    .PARAMETER Description
        The description.

    .PARAMETER MethodID
        The method ID.

    .PARAMETER MethodName
        The method name.

    .PARAMETER Source
        The source.

    .PARAMETER ParentFolderID
        The parent folder ID.

    .PARAMETER Folder
        The parent folder name.

    .PARAMETER Parameters
        The parameters.

    .PARAMETER Elements
        The elements.

    .PARAMETER SourceElements
        The source elements.

    .PARAMETER Properties
        The properties.

    .PARAMETER TagIds
        The tag ids.

    .PARAMETER Tags
        The tags.

    .PARAMETER Acl
        The acl.

    .PARAMETER InputObject
        The whole Job, as got from the server and changed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        New-JAMSJob NewSales

        Create a job inside the folder that its document names as parent.

    .EXAMPLE
        New-JAMSJob NewSales -MethodName Command -Folder \Sales

        The method name. The parent folder name.

    .EXAMPLE
        New-JAMSJob NewSales -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        MVPSI.JAMS.Job

    .OUTPUTS
        MVPSI.JAMS.Job

    .NOTES
        REST: POST /JAMS/api/job.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Job')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0)]
        [Parameter(ParameterSetName = 'InputObject')]
        [Alias('JobName')]
        [AllowEmptyString()]
        [string] $Name,

        [string] $Description,

        [long] $MethodID,

        [Alias('Method')]
        [string] $MethodName,

        [string] $Source,

        [long] $ParentFolderID,

        [Alias('ParentFolderName')]
        [string] $Folder,

        [object[]] $Parameters,

        [object[]] $Elements,

        [object[]] $SourceElements,

        [object[]] $Properties,

        [long[]] $TagIds,

        [object[]] $Tags,

        [object] $Acl,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Job] $InputObject,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function New-JAMSVariable {
    <#
    .SYNOPSIS
        Create a variable inside the folder that its document names as parent (the root if none).

    .DESCRIPTION
        Create a variable inside the folder that its document names as parent (the root if none).

    .PARAMETER Name
        The variable name.

    .PARAMETER ParentFolderId
        The parent folder id.

    .PARAMETER Folder
        The parent folder name.

    .PARAMETER Description
        The description.

    .PARAMETER DataType
        The data type.

    .PARAMETER Value
        The value.

    .PARAMETER EncryptionFlag
        The encryption flag.

    .PARAMETER Acl
        The acl.

    .PARAMETER InputObject
        The whole Variable, as got from the server and changed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        New-JAMSVariable NewSales

        Create a variable inside the folder that its document names as parent (the root if none).

    .EXAMPLE
        New-JAMSVariable NewSales -Folder \Sales -DataType Text

        The parent folder name. The data type.

    .EXAMPLE
        New-JAMSVariable NewSales -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        MVPSI.JAMS.Variable

    .OUTPUTS
        MVPSI.JAMS.Variable

    .NOTES
        REST: POST /JAMS/api/variable.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Variable')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0)]
        [Parameter(ParameterSetName = 'InputObject')]
        [Alias('VariableName')]
        [AllowEmptyString()]
        [string] $Name,

        [long] $ParentFolderId,

        [Alias('ParentFolderName')]
        [string] $Folder,

        [string] $Description,

        [ValidateSet('Unknown', 'Text', 'Integer', 'Float', 'Date', 'Time', 'DateTime', 'Boolean')]
        [string] $DataType,

        [string] $Value,

        [switch] $EncryptionFlag,

        [object] $Acl,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Variable] $InputObject,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Remove-JAMSFolder {
    <#
    .SYNOPSIS
        Delete an empty folder.

    .DESCRIPTION
        Delete an empty folder.

    .PARAMETER Name
        Path of the folder.

    .PARAMETER Id
        Number of the folder.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Remove-JAMSFolder \Sales

        Delete an empty folder.

    .EXAMPLE
        Remove-JAMSFolder -Id 10

        Delete an empty folder.

    .EXAMPLE
        Get-JAMSFolder | Remove-JAMSFolder

        The same for everything that Get-JAMSFolder gives.

    .EXAMPLE
        Remove-JAMSFolder \Sales -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .NOTES
        REST: DELETE /JAMS/api/folder/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Remove-JAMSJob {
    <#
    .SYNOPSIS
        Delete a job. Its history stays.

    .DESCRIPTION
        Delete a job. Its history stays.

    .PARAMETER Name
        Path of the job, or its bare name.

    .PARAMETER Id
        Number of the job.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Remove-JAMSJob \Sales\Load

        Delete a job. Its history stays.

    .EXAMPLE
        Remove-JAMSJob -Id 10

        Delete a job. Its history stays.

    .EXAMPLE
        Get-JAMSJob | Remove-JAMSJob

        The same for everything that Get-JAMSJob gives.

    .EXAMPLE
        Remove-JAMSJob \Sales\Load -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .NOTES
        REST: DELETE /JAMS/api/job/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Remove-JAMSVariable {
    <#
    .SYNOPSIS
        Delete a variable.

    .DESCRIPTION
        Delete a variable.

    .PARAMETER Name
        Path of the variable, or its bare name.

    .PARAMETER Id
        Number of the variable.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Remove-JAMSVariable \Sales\Region

        Delete a variable.

    .EXAMPLE
        Remove-JAMSVariable -Id 10

        Delete a variable.

    .EXAMPLE
        Get-JAMSVariable | Remove-JAMSVariable

        The same for everything that Get-JAMSVariable gives.

    .EXAMPLE
        Remove-JAMSVariable \Sales\Region -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .NOTES
        REST: DELETE /JAMS/api/variable/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Restart-JAMSEntry {
    <#
    .SYNOPSIS
        Run an entry again under the same number, with the same parameters and a new run number.

    .DESCRIPTION
        A run that is going on is ended first and recorded with the severity given.

    .PARAMETER Entry
        The entry.

    .PARAMETER Hold
        Restart held, until somebody releases it.

    .PARAMETER Severity
        Severity to record for a run that this cuts short.

    .PARAMETER Comment
        Why; kept in the audit trail.

    .PARAMETER Wait
        Wait until it has ended, and show it then.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Name
        Every entry whose name matches and that has not ended; a number will do as well. Wildcards are allowed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .PARAMETER AsJob
        Run in the background, and show a job at once: Receive-Job shows what comes of it.

    .EXAMPLE
        Restart-JAMSEntry 1234

        Run an entry again under the same number, with the same parameters and a new run number.

    .EXAMPLE
        Restart-JAMSEntry -Name 'L*'

        Run an entry again under the same number, with the same parameters and a new run number.

    .EXAMPLE
        Restart-JAMSEntry 1234 -Severity Info

        Severity to record for a run that this cuts short.

    .EXAMPLE
        Get-JAMSEntry -State Held | Restart-JAMSEntry

        The same for everything that Get-JAMSEntry gives.

    .EXAMPLE
        Restart-JAMSEntry 1234 -Wait

        Wait until it has ended, and show it then.

    .EXAMPLE
        Restart-JAMSEntry 1234 -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Entry

    .NOTES
        REST: PUT /JAMS/api/entry/{id}/restart.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Entry')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('JamsEntry', 'Id')]
        [ValidateRange(1, 9007199254740991)]
        [long[]] $Entry,

        [switch] $Hold,

        [ValidateSet('Success', 'Info', 'Warning', 'Error', 'Fatal')]
        [string] $Severity,

        [string] $Comment,

        [switch] $Wait,

        [switch] $PassThru,

        [Parameter(ParameterSetName = 'ByName', Mandatory = $true)]
        [SupportsWildcards()]
        [string[]] $Name,

        [string] $Server,

        [switch] $AsJob
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Resume-JAMSEntry {
    <#
    .SYNOPSIS
        Release an entry from what it waits for: a hold, or a time that has not come.

    .DESCRIPTION
        Release an entry from what it waits for: a hold, or a time that has not come.

    .PARAMETER Entry
        The entry.

    .PARAMETER Comment
        Why; kept in the audit trail.

    .PARAMETER ReleaseTypes
        What to let the entry pass by; nothing given: the manual hold.

    .PARAMETER ForcePresent
        Also pass by a start time that lies ahead.

    .PARAMETER Wait
        Wait until it has ended, and show it then.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Name
        Every entry whose name matches and that has not ended; a number will do as well. Wildcards are allowed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .PARAMETER AsJob
        Run in the background, and show a job at once: Receive-Job shows what comes of it.

    .EXAMPLE
        Resume-JAMSEntry 1234

        Release an entry from what it waits for: a hold, or a time that has not come.

    .EXAMPLE
        Resume-JAMSEntry -Name 'L*'

        Release an entry from what it waits for: a hold, or a time that has not come.

    .EXAMPLE
        Resume-JAMSEntry 1234 -ReleaseTypes TimedWait

        What to let the entry pass by; nothing given: the manual hold.

    .EXAMPLE
        Get-JAMSEntry -State Held | Resume-JAMSEntry

        The same for everything that Get-JAMSEntry gives.

    .EXAMPLE
        Resume-JAMSEntry 1234 -Wait

        Wait until it has ended, and show it then.

    .EXAMPLE
        Resume-JAMSEntry 1234 -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Entry

    .NOTES
        REST: PUT /JAMS/api/entry/{id}/release.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Entry')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('JamsEntry', 'Id')]
        [ValidateRange(1, 9007199254740991)]
        [long[]] $Entry,

        [string] $Comment,

        [ValidateSet('ManualHold', 'TimedWait', 'ExecutionWaitRetry')]
        [string[]] $ReleaseTypes,

        [switch] $ForcePresent,

        [switch] $Wait,

        [switch] $PassThru,

        [Parameter(ParameterSetName = 'ByName', Mandatory = $true)]
        [SupportsWildcards()]
        [string[]] $Name,

        [string] $Server,

        [switch] $AsJob
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Search-JAMSHistory {
    <#
    .SYNOPSIS
        Search the history with an OData filter, a page at a time.

    .DESCRIPTION
        Fields are CompletionTimeUTC, HoldTimeUTC, ScheduledTimeUTC, StartTimeUTC, FinalSeverity, JobName,
        SubmittedBy, RestartCount, JAMSEntry, RON, ParentFolderName, Note, JobStatus, FinalStatus and JobID;
        operators are eq, ne, gt, ge, lt, le, contains, and, or, not and parentheses.

    .PARAMETER Filter
        OData filter, as FinalSeverity eq 'Error' and StartTimeUTC gt 2026-01-01T00:00:00Z.

    .PARAMETER Folder
        Only runs of jobs in this folder; \ is the root.

    .PARAMETER JobName
        Only jobs whose name matches; * stands for anything.

    .PARAMETER Recurse
        Also the folders below folder_name.

    .PARAMETER OrderBy
        A field, and desc for descending; newest completion first if not given.

    .PARAMETER Top
        At most so many on the page; 100 if not given.

    .PARAMETER Skip
        How many to pass over first.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Search-JAMSHistory

        Search the history with an OData filter, a page at a time.

    .EXAMPLE
        Search-JAMSHistory -Folder \Sales

        Only runs of jobs in this folder; \ is the root.

    .OUTPUTS
        MVPSI.JAMS.History

    .NOTES
        REST: GET /JAMS/api/history/odata.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.History')]
    param(
        [Parameter(Position = 0)]
        [string] $Filter,

        [Alias('FolderName')]
        [string] $Folder,

        [string] $JobName,

        [Alias('SearchRecursively')]
        [switch] $Recurse,

        [string] $OrderBy,

        [ValidateRange(1, 100000)]
        [long] $Top,

        [ValidateRange(0, 9007199254740991)]
        [long] $Skip,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Set-JAMSEntry {
    <#
    .SYNOPSIS
        Give an entry that has not started another start time, hold or priority.

    .DESCRIPTION
        Give an entry that has not started another start time, hold or priority.

    .PARAMETER Entry
        The entry.

    .PARAMETER HoldTime
        The new earliest start; absent: as soon as it may.

    .PARAMETER Held
        Hold it until somebody releases it.

    .PARAMETER Priority
        New scheduling priority.

    .PARAMETER Comment
        Why; kept in the audit trail.

    .PARAMETER Properties
        Other values for properties of the entry, by name.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Name
        Every entry whose name matches and that has not ended; a number will do as well. Wildcards are allowed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSEntry 1234

        Give an entry that has not started another start time, hold or priority.

    .EXAMPLE
        Set-JAMSEntry -Name 'L*'

        Give an entry that has not started another start time, hold or priority.

    .EXAMPLE
        Get-JAMSEntry -State Held | Set-JAMSEntry

        The same for everything that Get-JAMSEntry gives.

    .EXAMPLE
        Set-JAMSEntry 1234 -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Entry

    .NOTES
        REST: PUT /JAMS/api/entry/{id}/reschedule.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Entry')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('JamsEntry', 'Id')]
        [ValidateRange(1, 9007199254740991)]
        [long[]] $Entry,

        [datetime] $HoldTime,

        [switch] $Held,

        [long] $Priority,

        [string] $Comment,

        [object[]] $Properties,

        [switch] $PassThru,

        [Parameter(ParameterSetName = 'ByName', Mandatory = $true)]
        [SupportsWildcards()]
        [string[]] $Name,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Set-JAMSFolder {
    <#
    .SYNOPSIS
        Replace a folder's definition; the document's number, or else its path, says which folder.

    .DESCRIPTION
        What is not given stays as it is.

    .PARAMETER Name
        Path of the folder.

    .PARAMETER Id
        Number of the folder.

    .PARAMETER NewName
        The folder name.

    .PARAMETER ParentFolderID
        The parent folder ID.

    .PARAMETER Parent
        The parent folder name.

    .PARAMETER Description
        The description.

    .PARAMETER Parameters
        The parameters.

    .PARAMETER Elements
        The elements.

    .PARAMETER Properties
        The properties.

    .PARAMETER TagIds
        The tag ids.

    .PARAMETER Tags
        The tags.

    .PARAMETER Acl
        The acl.

    .PARAMETER InputObject
        The whole Folder, as got from the server and changed.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSFolder \Sales -Description 'text'

        Replace a folder's definition; the document's number, or else its path, says which folder.

    .EXAMPLE
        Set-JAMSFolder -Id 10 -Description 'text'

        Replace a folder's definition; the document's number, or else its path, says which folder.

    .EXAMPLE
        Set-JAMSFolder \Sales -Description 'text' -Parent \Sales

        The parent folder name.

    .EXAMPLE
        Get-JAMSFolder | Set-JAMSFolder -Description 'text'

        The same for everything that Get-JAMSFolder gives.

    .EXAMPLE
        Set-JAMSFolder \Sales -Description 'text' -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String

    .INPUTS
        MVPSI.JAMS.Folder

    .OUTPUTS
        MVPSI.JAMS.Folder

    .NOTES
        REST: PUT /JAMS/api/folder.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Folder')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [string] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long] $Id,

        [Alias('FolderName')]
        [string] $NewName,

        [long] $ParentFolderID,

        [Alias('ParentFolderName')]
        [string] $Parent,

        [string] $Description,

        [object[]] $Parameters,

        [object[]] $Elements,

        [object[]] $Properties,

        [long[]] $TagIds,

        [object[]] $Tags,

        [object] $Acl,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Folder] $InputObject,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Set-JAMSJob {
    <#
    .SYNOPSIS
        Replace a job's definition, or create the job if it does not exist.

    .DESCRIPTION
        What is not given stays as it is.

    .PARAMETER Name
        Path of the job, or its bare name.

    .PARAMETER Id
        Number of the job.

    .PARAMETER NewName
        The job name.

    .PARAMETER Description
        The description.

    .PARAMETER MethodID
        The method ID.

    .PARAMETER MethodName
        The method name.

    .PARAMETER Source
        The source.

    .PARAMETER ParentFolderID
        The parent folder ID.

    .PARAMETER Folder
        The parent folder name.

    .PARAMETER Parameters
        The parameters.

    .PARAMETER Elements
        The elements.

    .PARAMETER SourceElements
        The source elements.

    .PARAMETER Properties
        The properties.

    .PARAMETER TagIds
        The tag ids.

    .PARAMETER Tags
        The tags.

    .PARAMETER Acl
        The acl.

    .PARAMETER InputObject
        The whole Job, as got from the server and changed.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSJob \Sales\Load -Description 'text'

        Replace a job's definition, or create the job if it does not exist.

    .EXAMPLE
        Set-JAMSJob -Id 10 -Description 'text'

        Replace a job's definition, or create the job if it does not exist.

    .EXAMPLE
        Set-JAMSJob \Sales\Load -Description 'text' -MethodName Command -Folder \Sales

        The method name. The parent folder name.

    .EXAMPLE
        Get-JAMSJob | Set-JAMSJob -Description 'text'

        The same for everything that Get-JAMSJob gives.

    .EXAMPLE
        Set-JAMSJob \Sales\Load -Description 'text' -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String

    .INPUTS
        MVPSI.JAMS.Job

    .OUTPUTS
        MVPSI.JAMS.Job

    .NOTES
        REST: PUT /JAMS/api/job.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Job')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [string] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long] $Id,

        [Alias('JobName')]
        [string] $NewName,

        [string] $Description,

        [long] $MethodID,

        [Alias('Method')]
        [string] $MethodName,

        [string] $Source,

        [long] $ParentFolderID,

        [Alias('ParentFolderName')]
        [string] $Folder,

        [object[]] $Parameters,

        [object[]] $Elements,

        [object[]] $SourceElements,

        [object[]] $Properties,

        [long[]] $TagIds,

        [object[]] $Tags,

        [object] $Acl,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Job] $InputObject,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Set-JAMSParameter {
    <#
    .SYNOPSIS
        Give a parameter of an entry that has not started another value.

    .DESCRIPTION
        Give a parameter of an entry that has not started another value.

    .PARAMETER Entry
        The entry.

    .PARAMETER Name
        Name of the parameter.

    .PARAMETER Value
        Its new value.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSParameter 1234 'text'

        Give a parameter of an entry that has not started another value.

    .EXAMPLE
        Set-JAMSParameter 1234 'text' -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Entry

    .NOTES
        REST: PUT /JAMS/api/entry/{id}/putparameter.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Entry')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('JamsEntry', 'Id')]
        [ValidateRange(1, 9007199254740991)]
        [long[]] $Entry,

        [Parameter(Mandatory = $true, Position = 1)]
        [Alias('ParamName')]
        [AllowEmptyString()]
        [string] $Name,

        [Parameter(Position = 2)]
        [Alias('ParamValue')]
        [string] $Value,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Set-JAMSVariable {
    <#
    .SYNOPSIS
        Give a variable another value.

    .DESCRIPTION
        Give a variable another value.

    .PARAMETER Name
        Path of the variable, or its bare name.

    .PARAMETER Value
        The new value, in the form of its data type.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSVariable \Sales\Region 'text'

        Give a variable another value.

    .EXAMPLE
        Get-JAMSVariable | Set-JAMSVariable

        The same for everything that Get-JAMSVariable gives.

    .EXAMPLE
        Set-JAMSVariable \Sales\Region 'text' -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .OUTPUTS
        MVPSI.JAMS.Variable

    .NOTES
        REST: POST /JAMS/api/variable/setvalue.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Variable')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [string[]] $Name,

        [Parameter(Mandatory = $true, Position = 1)]
        [AllowEmptyString()]
        [string] $Value,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Stop-JAMSEntry {
    <#
    .SYNOPSIS
        Cancel an entry: end its run if it has one, and record its end.

    .DESCRIPTION
        A cancelled entry never runs again by itself. An entry that has ended already is taken out of the monitor
        instead.

    .PARAMETER Entry
        The entry.

    .PARAMETER Force
        Kill at once instead of asking the job to end first.

    .PARAMETER Severity
        Final severity to record; Error if absent.

    .PARAMETER Comment
        Why; kept in the audit trail.

    .PARAMETER ReprocessCompletion
        Work through the end of an ended entry once more instead of removing it.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Name
        Every entry whose name matches and that has not ended; a number will do as well. Wildcards are allowed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Stop-JAMSEntry 1234

        Cancel an entry: end its run if it has one, and record its end.

    .EXAMPLE
        Stop-JAMSEntry -Name 'L*'

        Cancel an entry: end its run if it has one, and record its end.

    .EXAMPLE
        Stop-JAMSEntry 1234 -Severity Info

        Final severity to record; Error if absent.

    .EXAMPLE
        Get-JAMSEntry -State Held | Stop-JAMSEntry

        The same for everything that Get-JAMSEntry gives.

    .EXAMPLE
        Stop-JAMSEntry 1234 -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Entry

    .NOTES
        REST: PUT /JAMS/api/entry/{id}/delete.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Entry')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('JamsEntry', 'Id')]
        [ValidateRange(1, 9007199254740991)]
        [long[]] $Entry,

        [switch] $Force,

        [ValidateSet('Success', 'Info', 'Warning', 'Error', 'Fatal')]
        [string] $Severity,

        [string] $Comment,

        [switch] $ReprocessCompletion,

        [switch] $PassThru,

        [Parameter(ParameterSetName = 'ByName', Mandatory = $true)]
        [SupportsWildcards()]
        [string[]] $Name,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Submit-JAMSEntry {
    <#
    .SYNOPSIS
        Submit a job by its document, as got from the server and changed.

    .DESCRIPTION
        Submit a job by its document, as got from the server and changed. submitID, or else name, says which job.
        Parameters that the document leaves out keep their defaults. The answer comes once the entry is durable.

        Submit a job by its name, with the parameter values that shall differ from their defaults. The answer
        comes once the entry is durable.

    .PARAMETER SubmitInfo
        The whole SubmitInfo, as got from the server and changed.

    .PARAMETER Wait
        Wait until it has ended, and show it then.

    .PARAMETER Name
        Qualified or bare name of the job.

    .PARAMETER Parameters
        Parameter values by name.

    .PARAMETER Hold
        Submit held, until somebody releases it.

    .PARAMETER After
        Do not start before this time.

    .PARAMETER OverrideName
        Name to show instead of the job's.

    .PARAMETER Note
        A note kept with the entry.

    .PARAMETER Priority
        Scheduling priority instead of the job's.

    .PARAMETER InputJob
        The Job itself instead of its name.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .PARAMETER AsJob
        Run in the background, and show a job at once: Receive-Job shows what comes of it.

    .EXAMPLE
        Submit-JAMSEntry \Sales\Load

        Submit a job by its name, with the parameter values that shall differ from their defaults.

    .EXAMPLE
        Submit-JAMSEntry \Sales\Load -Parameters @{ day = 'today' }

        Parameter values by name.

    .EXAMPLE
        Submit-JAMSEntry \Sales\Load -Wait

        Wait until it has ended, and show it then.

    .EXAMPLE
        Submit-JAMSEntry \Sales\Load -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        MVPSI.JAMS.SubmitInfo

    .INPUTS
        System.String

    .INPUTS
        MVPSI.JAMS.Job

    .OUTPUTS
        MVPSI.JAMS.SubmitResult

    .NOTES
        REST: POST /JAMS/api/submit; POST /JAMS/api/submit/job.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.SubmitResult')]
    param(
        [Parameter(ParameterSetName = 'Document', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.SubmitInfo] $SubmitInfo,

        [switch] $Wait,

        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [string] $Name,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'InputJob')]
        [Alias('P')]
        [hashtable] $Parameters,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'InputJob')]
        [switch] $Hold,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'InputJob')]
        [datetime] $After,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'InputJob')]
        [string] $OverrideName,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'InputJob')]
        [string] $Note,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'InputJob')]
        [long] $Priority,

        [Parameter(ParameterSetName = 'InputJob', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Job] $InputJob,

        [string] $Server,

        [switch] $AsJob
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Suspend-JAMSEntry {
    <#
    .SYNOPSIS
        Hold an entry until someone releases it. An entry that has started cannot be held.

    .DESCRIPTION
        Hold an entry until someone releases it. An entry that has started cannot be held.

    .PARAMETER Entry
        The entry.

    .PARAMETER Comment
        Why; kept in the audit trail.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Name
        Every entry whose name matches and that has not ended; a number will do as well. Wildcards are allowed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Suspend-JAMSEntry 1234

        Hold an entry until someone releases it. An entry that has started cannot be held.

    .EXAMPLE
        Suspend-JAMSEntry -Name 'L*'

        Hold an entry until someone releases it. An entry that has started cannot be held.

    .EXAMPLE
        Get-JAMSEntry -State Held | Suspend-JAMSEntry

        The same for everything that Get-JAMSEntry gives.

    .EXAMPLE
        Suspend-JAMSEntry 1234 -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Entry

    .NOTES
        REST: PUT /JAMS/api/entry/{id}/hold.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Entry')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('JamsEntry', 'Id')]
        [ValidateRange(1, 9007199254740991)]
        [long[]] $Entry,

        [string] $Comment,

        [switch] $PassThru,

        [Parameter(ParameterSetName = 'ByName', Mandatory = $true)]
        [SupportsWildcards()]
        [string[]] $Name,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Test-JAMSScheduler {
    <#
    .SYNOPSIS
        Say whether this server's scheduler is the active one.

    .DESCRIPTION
        Say whether this server's scheduler is the active one.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Test-JAMSScheduler

        Say whether this server's scheduler is the active one.

    .OUTPUTS
        System.Boolean

    .NOTES
        REST: GET /JAMS/api/scheduler/active.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('System.Boolean')]
    param(
        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Test-JAMSServer {
    <#
    .SYNOPSIS
        Say whether the server answers and its database can be read.

    .DESCRIPTION
        Needs no caller, and tells nobody anything else.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Test-JAMSServer

        Say whether the server answers and its database can be read.

    .OUTPUTS
        System.Boolean

    .NOTES
        REST: GET /JAMS/api/health.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('System.Boolean')]
    param(
        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}

function Wait-JAMSEntry {
    <#
    .SYNOPSIS
        Wait until an entry has ended, and show it.

    .DESCRIPTION
        Wait until an entry has ended, and show it.

    .PARAMETER Entry
        The entry.

    .PARAMETER Timeout
        Seconds to wait at most; without it, as long as it takes.

    .PARAMETER State
        Wait only while it is in one of these states.

    .PARAMETER Name
        Every entry whose name matches and that has not ended; a number will do as well. Wildcards are allowed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .PARAMETER AsJob
        Run in the background, and show a job at once: Receive-Job shows what comes of it.

    .EXAMPLE
        Wait-JAMSEntry 1234

        Wait until an entry has ended, and show it.

    .EXAMPLE
        Wait-JAMSEntry -Name 'L*'

        Wait until an entry has ended, and show it.

    .EXAMPLE
        Get-JAMSEntry -State Held | Wait-JAMSEntry

        The same for everything that Get-JAMSEntry gives.

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Entry

    .NOTES
        REST: GET /JAMS/api/entry/{id}/wait.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Entry')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('JamsEntry', 'Id')]
        [ValidateRange(1, 9007199254740991)]
        [long[]] $Entry,

        [double] $Timeout,

        [ValidateSet('Scheduled', 'Held', 'Timed', 'StepWait', 'DependencyWait', 'PrecheckWait', 'ResourceWait', 'Pending', 'Starting', 'Executing', 'Idle', 'Completing', 'Complete')]
        [string[]] $State,

        [Parameter(ParameterSetName = 'ByName', Mandatory = $true)]
        [SupportsWildcards()]
        [string[]] $Name,

        [string] $Server,

        [switch] $AsJob
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters) }
    end { $run.End() }
}
