# Written by `python run.py generate` from the catalogue of operations.

function Add-JAMSAccountGroupMember {
    <#
    .SYNOPSIS
        Put an account into a group.

    .DESCRIPTION
        Put an account into a group.

    .PARAMETER Name
        Name of the group.

    .PARAMETER Account
        Name of the account.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Add-JAMSAccountGroupMember Submitters ann

        Put an account into a group.

    .EXAMPLE
        Add-JAMSAccountGroupMember Submitters ann -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String

    .NOTES
        REST: PUT /JAMS/api/group/member.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [AllowEmptyString()]
        [string] $Name,

        [Parameter(Mandatory = $true, Position = 1, ValueFromPipelineByPropertyName = $true)]
        [Alias('AccountName')]
        [AllowEmptyString()]
        [MVPSI.JAMS.Module.NounTransformation('Add-JAMSAccountGroupMember', 'Account')]
        [string] $Account,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Add-JAMSDate {
    <#
    .SYNOPSIS
        Put a date into a date type.

    .DESCRIPTION
        Put a date into a date type.

    .PARAMETER StartDate
        A day, written YYYY-MM-DD.

    .PARAMETER SpecificType
        Its specific type, one that the date type lists.

    .PARAMETER Description
        What it is, in words.

    .PARAMETER WorkDay
        Whether it is a workday.

    .PARAMETER DateType
        Name of the date type.

    .PARAMETER Calendar
        Name of its calendar, where several have one of that name.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER DateTypeId
        Number of the date type.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Add-JAMSDate HOLIDAY 2026-12-24

        Put a date into a date type.

    .EXAMPLE
        Add-JAMSDate 2026-12-24 -DateTypeId 10

        Put a date into a date type.

    .EXAMPLE
        Add-JAMSDate HOLIDAY 2026-12-24 -WorkDay False -Calendar Default

        Whether it is a workday. Name of its calendar, where several have one of that name.

    .EXAMPLE
        Add-JAMSDate HOLIDAY 2026-12-24 -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.String

    .INPUTS
        System.Int64[]

    .NOTES
        REST: POST /JAMS/api/date/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'DateType', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(ParameterSetName = 'DateType', Mandatory = $true, Position = 1)]
        [Parameter(ParameterSetName = 'DateTypeId', Mandatory = $true, Position = 0)]
        [Alias('Start', 'After')]
        [AllowEmptyString()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $StartDate,

        [string] $SpecificType,

        [string] $Description,

        [ValidateSet('True', 'False', 'NotSpecified')]
        [string] $WorkDay,

        [Parameter(ParameterSetName = 'DateType', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('DateTypeType', 'TypeName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Add-JAMSDate', 'DateType')]
        [string[]] $DateType,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [Alias('CalendarName')]
        [MVPSI.JAMS.Module.NounTransformation('Add-JAMSDate', 'Calendar')]
        [string] $Calendar,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [Parameter(ParameterSetName = 'DateTypeId', Mandatory = $true, ValueFromPipeline = $true)]
        [Alias('Id')]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $DateTypeId,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Compare-JAMSRevision {
    <#
    .SYNOPSIS
        Tell what two versions of a definition say differently, by member.

    .DESCRIPTION
        The older one is told first, whichever is named first. Of one that was removed all is gone.

    .PARAMETER ObjectType
        What kind of definition it is.

    .PARAMETER Id
        Its number.

    .PARAMETER Version
        Which one, as the list of its revisions tells.

    .PARAMETER Name
        Its path or name.

    .PARAMETER Other
        The version that it is compared with; without it the one before, so that it is told what was changed
        then.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Compare-JAMSRevision BatchQueue 10

        Tell what two versions of a definition say differently, by member.

    .OUTPUTS
        MVPSI.JAMS.RevisionDifference

    .NOTES
        REST: GET /JAMS/api/{objectType}/{id}/revisions/{version}/difference.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.RevisionDifference')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [ValidateSet('Agent', 'BatchQueue', 'Calendar', 'Folder', 'Job', 'Method', 'NamedTime', 'Resource', 'Trigger', 'Variable', 'Alert', 'Menu', 'DateType', 'Setting', 'Setup', 'Credential')]
        [ValidateNotNullOrEmpty()]
        [string] $ObjectType,

        [ValidateRange(1, 9007199254740991)]
        [long] $Id,

        [Parameter(Mandatory = $true, Position = 1)]
        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [ValidateNotNullOrEmpty()]
        [string] $Name,

        [Parameter(Position = 2)]
        [ValidateRange(1, 9007199254740991)]
        [long] $Other,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Confirm-JAMSAuditTrail {
    <#
    .SYNOPSIS
        Verify that the audit trail is as it was written: nothing changed, deleted, inserted or cut off.

    .DESCRIPTION
        Whoever can write to the database can write the whole trail anew, or cut off its end; that shows against
        heads that were published before, which get_audit_heads gives and the server's log holds.

        It looks at each record; a million of them take some ten seconds.

    .PARAMETER Published
        Heads that were published, as done:1234:9f86…; several with blanks between.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Confirm-JAMSAuditTrail

        Verify that the audit trail is as it was written: nothing changed, deleted, inserted or cut off.

    .OUTPUTS
        MVPSI.JAMS.AuditVerification

    .NOTES
        REST: GET /JAMS/api/audittrail/verification.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.AuditVerification')]
    param(
        [Parameter(Position = 0)]
        [ValidateNotNullOrEmpty()]
        [string] $Published,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Confirm-JAMSOneTimeCode {
    <#
    .SYNOPSIS
        Show the first one-time code: from then on the password of the caller's account takes one beside it.

    .DESCRIPTION
        The recovery codes that it gives stand for a one-time code, each once, when the authenticator is lost.

    .PARAMETER Code
        The six digits that the authenticator shows now.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Confirm-JAMSOneTimeCode 123456

        Show the first one-time code: from then on the password of the caller's account takes one beside it.

    .EXAMPLE
        Confirm-JAMSOneTimeCode 123456 -WhatIf

        Say what would be done, and do nothing.

    .OUTPUTS
        MVPSI.JAMS.RecoveryCodes

    .NOTES
        REST: PUT /JAMS/api/authentication/codes.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.RecoveryCodes')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [AllowEmptyString()]
        [string] $Code,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Disable-JAMSAccount {
    <#
    .SYNOPSIS
        Let an account in no more, by its password, a token or otherwise; its logins end at once.

    .DESCRIPTION
        Let an account in no more, by its password, a token or otherwise; its logins end at once.

    .PARAMETER Name
        Name of the account.

    .PARAMETER Force
        Do it also when nobody could change accounts and access lists after it; only the account command on the
        machine of the server leads back then.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Id
        Number of the account.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Disable-JAMSAccount ann

        Let an account in no more, by its password, a token or otherwise; its logins end at once.

    .EXAMPLE
        Disable-JAMSAccount -Id 10

        Let an account in no more, by its password, a token or otherwise; its logins end at once.

    .EXAMPLE
        Get-JAMSAccount | Disable-JAMSAccount

        The same for everything that Get-JAMSAccount gives.

    .EXAMPLE
        Disable-JAMSAccount ann -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Account

    .NOTES
        REST: PUT /JAMS/api/account/{id}/disable.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Account')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('AccountName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Disable-JAMSAccount', 'Name')]
        [string[]] $Name,

        [switch] $Force,

        [switch] $PassThru,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Disable-JAMSNamedTime {
    <#
    .SYNOPSIS
        Close a named time to everything that refers to it.

    .DESCRIPTION
        Close a named time to everything that refers to it.

    .PARAMETER Name
        Name of the named time.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Id
        Number of the named time.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Disable-JAMSNamedTime Night

        Close a named time to everything that refers to it.

    .EXAMPLE
        Disable-JAMSNamedTime -Id 10

        Close a named time to everything that refers to it.

    .EXAMPLE
        Get-JAMSNamedTime | Disable-JAMSNamedTime

        The same for everything that Get-JAMSNamedTime gives.

    .EXAMPLE
        Disable-JAMSNamedTime Night -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.NamedTime

    .NOTES
        REST: PUT /JAMS/api/namedtime/{id}/disable.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.NamedTime')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('TimeName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Disable-JAMSNamedTime', 'Name')]
        [string[]] $Name,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [switch] $PassThru,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Edit-JAMSVariable {
    <#
    .SYNOPSIS
        Change a variable's definition; what is not given stays as it is.

    .DESCRIPTION
        Change a variable's definition; what is not given stays as it is.

    .PARAMETER Name
        Path of the variable, or its bare name.

    .PARAMETER Id
        Number of the variable.

    .PARAMETER NewName
        New name of the variable, without the path.

    .PARAMETER ParentFolderId
        Number of the folder it lies in.

    .PARAMETER Folder
        Path of the folder it lies in; a new one lies in the root otherwise.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER DataType
        What its value is.

    .PARAMETER Value
        Its value, as text in the form of its data type.

    .PARAMETER EncryptionFlag
        Whether the value is kept encrypted: it is shown nowhere, and reaches runs by a parameter that takes its
        default from the variable.

    .PARAMETER Version
        Its version, which grows with every change. A change that names one is only made while that is still its
        version.

    .PARAMETER Acl
        Its own access list: who may do what to it, where the area lets him. The first line that is about
        somebody decides; then those of the folders it lies in, the nearest first.

    .PARAMETER NewEncryptedValue
        Another value of an encrypted variable, in the form of its data type; it is never shown. Left out or
        null, the value stays.

    .PARAMETER Clear
        Members that go back to what they are by themselves.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole Variable, as got from the server and changed.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Edit-JAMSVariable \Sales\Region -Description 'Loads the orders of the day'

        Change a variable, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Edit-JAMSVariable -Id 10 -Description 'Loads the orders of the day'

        Change a variable, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Edit-JAMSVariable \Sales\Region -Description 'Loads the orders of the day' -NewEncryptedValue (Read-Host 'New encrypted value' -AsSecureString)

        The same with a secret, which is asked for so that it stands in no history.

    .EXAMPLE
        Edit-JAMSVariable \Sales\Region -Description 'Loads the orders of the day' -Folder \Sales -DataType Text

        Path of the folder it lies in; a new one lies in the root otherwise. What its value is.

    .EXAMPLE
        Get-JAMSVariable | Edit-JAMSVariable -Description 'Loads the orders of the day'

        The same for everything that Get-JAMSVariable gives.

    .EXAMPLE
        Edit-JAMSVariable \Sales\Region -Description 'Loads the orders of the day' -WhatIf

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
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Edit-JAMSVariable', 'Name')]
        [string] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long] $Id,

        [Alias('VariableName')]
        [string] $NewName,

        [long] $ParentFolderId,

        [Alias('ParentFolderName', 'Parent')]
        [string] $Folder,

        [string] $Description,

        [ValidateSet('Unknown', 'Text', 'Integer', 'Float', 'Date', 'Time', 'DateTime', 'Boolean')]
        [string] $DataType,

        [string] $Value,

        [switch] $EncryptionFlag,

        [long] $Version,

        [object] $Acl,

        [MVPSI.JAMS.Module.SecretTransformation()]
        [securestring] $NewEncryptedValue,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'Id')]
        [ValidateSet('Description', 'DataType', 'Value', 'EncryptionFlag', 'Acl')]
        [string[]] $Clear,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Variable')]
        [MVPSI.JAMS.Variable] $InputObject,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Enable-JAMSAccount {
    <#
    .SYNOPSIS
        Let an account in again.

    .DESCRIPTION
        Let an account in again.

    .PARAMETER Name
        Name of the account.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Id
        Number of the account.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Enable-JAMSAccount ann

        Let an account in again.

    .EXAMPLE
        Enable-JAMSAccount -Id 10

        Let an account in again.

    .EXAMPLE
        Get-JAMSAccount | Enable-JAMSAccount

        The same for everything that Get-JAMSAccount gives.

    .EXAMPLE
        Enable-JAMSAccount ann -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Account

    .NOTES
        REST: PUT /JAMS/api/account/{id}/enable.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Account')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('AccountName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Enable-JAMSAccount', 'Name')]
        [string[]] $Name,

        [switch] $PassThru,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Enable-JAMSNamedTime {
    <#
    .SYNOPSIS
        Open a named time for everything that refers to it.

    .DESCRIPTION
        Open a named time for everything that refers to it.

    .PARAMETER Name
        Name of the named time.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Id
        Number of the named time.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Enable-JAMSNamedTime Night

        Open a named time for everything that refers to it.

    .EXAMPLE
        Enable-JAMSNamedTime -Id 10

        Open a named time for everything that refers to it.

    .EXAMPLE
        Get-JAMSNamedTime | Enable-JAMSNamedTime

        The same for everything that Get-JAMSNamedTime gives.

    .EXAMPLE
        Enable-JAMSNamedTime Night -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.NamedTime

    .NOTES
        REST: PUT /JAMS/api/namedtime/{id}/enable.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.NamedTime')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('TimeName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Enable-JAMSNamedTime', 'Name')]
        [string[]] $Name,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [switch] $PassThru,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Export-JAMSAuditTrail {
    <#
    .SYNOPSIS
        Write records of the audit trail as lines of JSON, oldest first, for programs that keep them.

    .DESCRIPTION
        A line has all that the record's hash is made of, and what it has changed; the one after it carries the
        hash as previous. Whoever takes it up again later asks for what is beyond the link of his last line.

    .PARAMETER Chain
        What was done, or what was refused.

    .PARAMETER StartDate
        Only what happened at or after this time.

    .PARAMETER EndDate
        Only what happened before this time.

    .PARAMETER Beyond
        Only what comes behind the record of this number in its chain (link).

    .PARAMETER Limit
        At most so many, the oldest ones.

    .PARAMETER Path
        The file into which it goes, on the machine where you are; one that is there is replaced.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Export-JAMSAuditTrail

        Write records of the audit trail as lines of JSON, oldest first, for programs that keep them.

    .EXAMPLE
        Export-JAMSAuditTrail -Chain Refused

        What was done, or what was refused.

    .OUTPUTS
        System.String

    .NOTES
        REST: GET /JAMS/api/audittrail/export.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('System.String')]
    param(
        [ValidateSet('Done', 'Refused')]
        [ValidateNotNullOrEmpty()]
        [string] $Chain,

        [Alias('Start', 'After')]
        [MVPSI.JAMS.Module.TimeTransformation()]
        [datetime] $StartDate,

        [Alias('End', 'Until', 'Before')]
        [MVPSI.JAMS.Module.TimeTransformation()]
        [datetime] $EndDate,

        [ValidateRange(0, 9007199254740991)]
        [long] $Beyond,

        [ValidateRange(1, 10000)]
        [long] $Limit,

        [ValidateNotNullOrEmpty()]
        [string] $Path,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Export-JAMSXml {
    <#
    .SYNOPSIS
        Write definitions as XML: a folder with all below it, a job, a calendar, or everything.

    .DESCRIPTION
        Write definitions as XML: a folder with all below it, a job, a calendar, or everything. Passwords and
        other secrets are never among them: definitions name the credentials.

        Write several definitions as XML: a folder with all below it, and whatever else is named. Where they lie
        in folders, their places are told from the folder on that holds them all, so that an import can put them
        elsewhere.

    .PARAMETER Folder
        Path of the folder.

    .PARAMETER Job
        Path of the job, or its bare name.

    .PARAMETER Calendar
        Name of the calendar; its date types come with it.

    .PARAMETER Everything
        All folders, and all that lies in none: agents, queues, resources, calendars, methods.

    .PARAMETER IgnoreACL
        Say nothing of access lists, which are never among what is exported.

    .PARAMETER Path
        The file into which it goes, on the machine where you are; one that is there is replaced.

    .PARAMETER InputObject
        What is exported, each by its kind and name: Job:\Sales\Load, Agent:win1.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Export-JAMSXml

        Write definitions as XML: a folder with all below it, a job, a calendar, or everything.

    .EXAMPLE
        Export-JAMSXml -InputObject 'Job:\Sales\Load'

        Write several definitions as XML: a folder with all below it, and whatever else is named.

    .EXAMPLE
        Export-JAMSXml -Job \Sales\Load -Calendar Default

        Path of the job, or its bare name. Name of the calendar; its date types come with it.

    .INPUTS
        System.Object[]

    .OUTPUTS
        System.String

    .NOTES
        REST: GET /JAMS/api/xml; POST /JAMS/api/xml/export.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Named', PositionalBinding = $false)]
    [OutputType('System.String')]
    param(
        [Parameter(ParameterSetName = 'Named', Position = 0)]
        [ValidateNotNullOrEmpty()]
        [string] $Folder,

        [Parameter(ParameterSetName = 'Named')]
        [ValidateNotNullOrEmpty()]
        [string] $Job,

        [Parameter(ParameterSetName = 'Named')]
        [ValidateNotNullOrEmpty()]
        [string] $Calendar,

        [Parameter(ParameterSetName = 'Named')]
        [switch] $Everything,

        [switch] $IgnoreACL,

        [ValidateNotNullOrEmpty()]
        [string] $Path,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [Alias('Objects')]
        [ValidateNotNullOrEmpty()]
        [object[]] $InputObject,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSAccount {
    <#
    .SYNOPSIS
        List the accounts, by name.

    .DESCRIPTION
        List the accounts, by name.

        Show one account. Its password, and what makes its one-time codes, are shown nowhere.

    .PARAMETER Name
        Name of the account. Wildcards are allowed.

    .PARAMETER Id
        Number of the account.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSAccount

        List the accounts, by name.

    .EXAMPLE
        Get-JAMSAccount ann

        Show one account. Its password, and what makes its one-time codes, are shown nowhere.

    .EXAMPLE
        Get-JAMSAccount -Id 10

        Show one account. Its password, and what makes its one-time codes, are shown nowhere.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Account

    .NOTES
        REST: GET /JAMS/api/account/{id}; GET /JAMS/api/account.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Account')]
    param(
        [Parameter(ParameterSetName = 'Name', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('AccountName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSAccount', 'Name')]
        [SupportsWildcards()]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSAccountGroup {
    <#
    .SYNOPSIS
        List the groups of accounts, by name, with who is in them.

    .DESCRIPTION
        List the groups of accounts, by name, with who is in them.

        Show one group of accounts, with who is in it.

    .PARAMETER Name
        Name of the group. Wildcards are allowed.

    .PARAMETER Id
        Number of the group.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSAccountGroup

        List the groups of accounts, by name, with who is in them.

    .EXAMPLE
        Get-JAMSAccountGroup Submitters

        Show one group of accounts, with who is in it.

    .EXAMPLE
        Get-JAMSAccountGroup -Id 10

        Show one group of accounts, with who is in it.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.AccountGroup

    .NOTES
        REST: GET /JAMS/api/group/{id}; GET /JAMS/api/group.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.AccountGroup')]
    param(
        [Parameter(ParameterSetName = 'Name', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('GroupName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSAccountGroup', 'Name')]
        [SupportsWildcards()]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
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
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSAgent', 'Name')]
        [SupportsWildcards()]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSAgentPlatform {
    <#
    .SYNOPSIS
        List the systems that agents run.

    .DESCRIPTION
        List the systems that agents run.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSAgentPlatform

        List the systems that agents run.

    .OUTPUTS
        MVPSI.JAMS.AgentKind

    .NOTES
        REST: GET /JAMS/api/agent/platforms.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.AgentKind')]
    param(
        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSAgentReference {
    <#
    .SYNOPSIS
        List what names an agent, is started on it or has a quantity there, as far as the caller may look.

    .DESCRIPTION
        List what names an agent, is started on it or has a quantity there, as far as the caller may look.

    .PARAMETER Name
        Name of the agent.

    .PARAMETER Id
        Number of the agent.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSAgentReference localhost

        List what names an agent, is started on it or has a quantity there, as far as the caller may look.

    .EXAMPLE
        Get-JAMSAgentReference -Id 10

        List what names an agent, is started on it or has a quantity there, as far as the caller may look.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Reference

    .NOTES
        REST: GET /JAMS/api/agent/{id}/references.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Reference')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('AgentName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSAgentReference', 'Name')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSAgentType {
    <#
    .SYNOPSIS
        List the types of agents: how each is reached, and whether this server reaches such.

    .DESCRIPTION
        List the types of agents: how each is reached, and whether this server reaches such.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSAgentType

        List the types of agents: how each is reached, and whether this server reaches such.

    .OUTPUTS
        MVPSI.JAMS.AgentKind

    .NOTES
        REST: GET /JAMS/api/agent/types.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.AgentKind')]
    param(
        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSAlert {
    <#
    .SYNOPSIS
        List the alerts, by name.

    .DESCRIPTION
        List the alerts, by name.

        Show one alert.

    .PARAMETER Name
        Name of the alert. Wildcards are allowed.

    .PARAMETER Id
        Number of the alert.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSAlert

        List the alerts, by name.

    .EXAMPLE
        Get-JAMSAlert Operators

        Show one alert.

    .EXAMPLE
        Get-JAMSAlert -Id 10

        Show one alert.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Alert

    .NOTES
        REST: GET /JAMS/api/alert/{id}; GET /JAMS/api/alert.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Alert')]
    param(
        [Parameter(ParameterSetName = 'Name', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('AlertName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSAlert', 'Name')]
        [SupportsWildcards()]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSAlertReference {
    <#
    .SYNOPSIS
        List the jobs and folders that refer to an alert, by path, as far as the caller may look at such.

    .DESCRIPTION
        List the jobs and folders that refer to an alert, by path, as far as the caller may look at such.

    .PARAMETER Name
        Name of the alert.

    .PARAMETER Id
        Number of the alert.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSAlertReference Operators

        List the jobs and folders that refer to an alert, by path, as far as the caller may look at such.

    .EXAMPLE
        Get-JAMSAlertReference -Id 10

        List the jobs and folders that refer to an alert, by path, as far as the caller may look at such.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Reference

    .NOTES
        REST: GET /JAMS/api/alert/{id}/references.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Reference')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('AlertName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSAlertReference', 'Name')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSAuditHead {
    <#
    .SYNOPSIS
        Show the heads of the audit trail, to be kept where nobody who can write to the database reaches them.

    .DESCRIPTION
        Each record of the trail carries the hash of the one before; so the hash of the last one vouches for all
        of them. There are two chains: of what was done, and of what was refused. The server writes the heads to
        its log at its start and once a day.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSAuditHead

        Show the heads of the audit trail, to be kept where nobody who can write to the database reaches them.

    .OUTPUTS
        MVPSI.JAMS.AuditHead

    .NOTES
        REST: GET /JAMS/api/audittrail/head.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.AuditHead')]
    param(
        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSAuditTrail {
    <#
    .SYNOPSIS
        List what was done through every door and what was refused, newest first, with what it has changed.

    .DESCRIPTION
        A change of a definition, an account, a right, a setting or a secret is told with what differs, before
        and after; of a secret only that it differs.

        Refusals that are alike are one record with their number, and appear within a few seconds. Only the last
        100,000 records of refusals are kept.

    .PARAMETER StartDate
        Only what happened at or after this time.

    .PARAMETER EndDate
        Only what happened before this time.

    .PARAMETER ObjectType
        Only what was done to objects of this kind, as Job or Entry; Server has the logins.

    .PARAMETER UserName
        Only what this account did, or was refused to who claimed this name.

    .PARAMETER Refused
        True: only what was refused; false: only what was done.

    .PARAMETER Limit
        At most so many, the newest ones.

    .PARAMETER Beyond
        Continue behind the line of this number, the last one of the list before.

    .PARAMETER ObjectName
        Only what has changed what is called so, or was asked for by that name; of what lies in folders the whole
        path. * stands for anything, ? for one character.

    .PARAMETER ObjectID
        Only what has changed the object of this number, or was asked for by it; with object_type the kind is
        told that has it.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSAuditTrail

        List what was done through every door and what was refused, newest first, with what it has changed.

    .OUTPUTS
        MVPSI.JAMS.AuditRecord

    .NOTES
        REST: GET /JAMS/api/audittrail.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.AuditRecord')]
    param(
        [Alias('Start', 'After')]
        [MVPSI.JAMS.Module.TimeTransformation()]
        [datetime] $StartDate,

        [Alias('End', 'Until', 'Before')]
        [MVPSI.JAMS.Module.TimeTransformation()]
        [datetime] $EndDate,

        [ValidateNotNullOrEmpty()]
        [string] $ObjectType,

        [ValidateNotNullOrEmpty()]
        [string] $UserName,

        [switch] $Refused,

        [ValidateRange(1, 10000)]
        [long] $Limit,

        [ValidateRange(1, 9007199254740991)]
        [long] $Beyond,

        [ValidateNotNullOrEmpty()]
        [string] $ObjectName,

        [ValidateRange(1, 9007199254740991)]
        [long] $ObjectID,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSCalendar {
    <#
    .SYNOPSIS
        List the calendars with their date types, by name.

    .DESCRIPTION
        List the calendars with their date types, by name.

        Show one calendar with its date types and their dates.

    .PARAMETER Name
        Name of the calendar. Wildcards are allowed.

    .PARAMETER Id
        Number of the calendar.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSCalendar

        List the calendars with their date types, by name.

    .EXAMPLE
        Get-JAMSCalendar Default

        Show one calendar with its date types and their dates.

    .EXAMPLE
        Get-JAMSCalendar -Id 10

        Show one calendar with its date types and their dates.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Calendar

    .NOTES
        REST: GET /JAMS/api/calendar/{id}; GET /JAMS/api/calendar.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Calendar')]
    param(
        [Parameter(ParameterSetName = 'Name', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('CalendarName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSCalendar', 'Name')]
        [SupportsWildcards()]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSCalendarReference {
    <#
    .SYNOPSIS
        List what names a calendar, and date types of others that include one of it, as far as he may look.

    .DESCRIPTION
        List what names a calendar, and date types of others that include one of it, as far as he may look.

    .PARAMETER Name
        Name of the calendar.

    .PARAMETER Id
        Number of the calendar.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSCalendarReference Default

        List what names a calendar, and date types of others that include one of it, as far as he may look.

    .EXAMPLE
        Get-JAMSCalendarReference -Id 10

        List what names a calendar, and date types of others that include one of it, as far as he may look.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Reference

    .NOTES
        REST: GET /JAMS/api/calendar/{id}/references.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Reference')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('CalendarName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSCalendarReference', 'Name')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSCredential {
    <#
    .SYNOPSIS
        List the stored credentials, by name. Their passwords and private keys are shown nowhere.

    .DESCRIPTION
        List the stored credentials, by name. Their passwords and private keys are shown nowhere.

        Show one credential: its account, its public key, who may let work run by it; but no secret of it.

    .PARAMETER Name
        Name of the credential. Wildcards are allowed.

    .PARAMETER Id
        Number of the credential.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSCredential

        List the stored credentials, by name. Their passwords and private keys are shown nowhere.

    .EXAMPLE
        Get-JAMSCredential Warehouse

        Show one credential: its account, its public key, who may let work run by it; but no secret of it.

    .EXAMPLE
        Get-JAMSCredential -Id 10

        Show one credential: its account, its public key, who may let work run by it; but no secret of it.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Credential

    .NOTES
        REST: GET /JAMS/api/credential/{id}; GET /JAMS/api/credential.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Credential')]
    param(
        [Parameter(ParameterSetName = 'Name', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('CredentialName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSCredential', 'Name')]
        [SupportsWildcards()]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSCredentialPassword {
    <#
    .SYNOPSIS
        Get the password of a credential. That it was got, and by whom, stands in the audit trail for ever.

    .DESCRIPTION
        It takes the right CredentialDefinitions.Decrypt, and a line of the credential's own access list that
        gives GetPassword; where it has no list, nobody gets it but who passes by all lists. Private keys are
        given to nobody.

    .PARAMETER Name
        Name of the credential.

    .PARAMETER Id
        Number of the credential.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSCredentialPassword Warehouse

        Get the password of a credential. That it was got, and by whom, stands in the audit trail for ever.

    .EXAMPLE
        Get-JAMSCredentialPassword -Id 10

        Get the password of a credential. That it was got, and by whom, stands in the audit trail for ever.

    .EXAMPLE
        Get-JAMSCredentialPassword Warehouse -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.CredentialPassword

    .NOTES
        REST: POST /JAMS/api/credential/{id}/password.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.CredentialPassword')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('CredentialName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSCredentialPassword', 'Name')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSCredentialReference {
    <#
    .SYNOPSIS
        List what logs on or runs by a credential, by path, as far as the caller may look at such.

    .DESCRIPTION
        List what logs on or runs by a credential, by path, as far as the caller may look at such.

    .PARAMETER Name
        Name of the credential.

    .PARAMETER Id
        Number of the credential.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSCredentialReference Warehouse

        List what logs on or runs by a credential, by path, as far as the caller may look at such.

    .EXAMPLE
        Get-JAMSCredentialReference -Id 10

        List what logs on or runs by a credential, by path, as far as the caller may look at such.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Reference

    .NOTES
        REST: GET /JAMS/api/credential/{id}/references.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Reference')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('CredentialName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSCredentialReference', 'Name')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSDate {
    <#
    .SYNOPSIS
        Say which day a text means, such as 1st workday of next month.

    .DESCRIPTION
        Say which day a text means, such as 1st workday of next month.

    .PARAMETER Date
        The text, in the date language.

    .PARAMETER Today
        The day that is today; the server's own if not given.

    .PARAMETER StartDate
        The day from which intervals (every other Monday) count; today if not given.

    .PARAMETER Calendar
        The calendar whose date types count.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSDate 'last workday of month'

        Say which day a text means, such as 1st workday of next month.

    .EXAMPLE
        Get-JAMSDate 'last workday of month' -Calendar Default

        The calendar whose date types count.

    .OUTPUTS
        System.DateTime

    .NOTES
        REST: GET /JAMS/api/date/evaluate.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('System.DateTime')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $Date,

        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $Today,

        [Alias('Start', 'After')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $StartDate,

        [ValidateNotNullOrEmpty()]
        [string] $Calendar,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSDateEvaluation {
    <#
    .SYNOPSIS
        Say which days several texts mean. A text without a day brings its error and stops no other.

    .DESCRIPTION
        Say which days several texts mean. A text without a day brings its error and stops no other.

    .PARAMETER Dates
        The texts, in the date language.

    .PARAMETER Today
        The day that is today; the server's own if not given.

    .PARAMETER StartDate
        The day from which intervals count; today if not given.

    .PARAMETER Calendar
        The calendar whose date types count.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSDateEvaluation 'every workday'

        Say which days several texts mean. A text without a day brings its error and stops no other.

    .EXAMPLE
        Get-JAMSDateEvaluation 'every workday' -Calendar Default

        The calendar whose date types count.

    .OUTPUTS
        MVPSI.JAMS.DateEvaluation

    .NOTES
        REST: GET /JAMS/api/date/multiEvaluate.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.DateEvaluation')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string[]] $Dates,

        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $Today,

        [Alias('Start', 'After')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $StartDate,

        [ValidateNotNullOrEmpty()]
        [string] $Calendar,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSDateExplanation {
    <#
    .SYNOPSIS
        Say what a text means and why: which rule and which definition decided.

    .DESCRIPTION
        Say what a text means and why: which rule and which definition decided.

    .PARAMETER Date
        The text, in the date language.

    .PARAMETER Today
        The day that is today, or about which a schedule is asked; the server's own if not given.

    .PARAMETER StartDate
        The day from which intervals count; today if not given.

    .PARAMETER Calendar
        The calendar whose date types count.

    .PARAMETER Reading
        Whether the text is to name one day, or to say whether it runs today.

    .PARAMETER ExceptFor
        Of a schedule, the days that are excepted.

    .PARAMETER NonWorkday
        Of a schedule, what happens to a day that is no workday.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSDateExplanation 'last workday of month'

        Say what a text means and why: which rule and which definition decided.

    .EXAMPLE
        Get-JAMSDateExplanation 'last workday of month' -Calendar Default -Reading Schedule

        The calendar whose date types count. Whether the text is to name one day, or to say whether it runs
        today.

    .OUTPUTS
        MVPSI.JAMS.DateExplanation

    .NOTES
        REST: GET /JAMS/api/date/explain.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.DateExplanation')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $Date,

        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $Today,

        [Alias('Start', 'After')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $StartDate,

        [ValidateNotNullOrEmpty()]
        [string] $Calendar,

        [ValidateSet('Value', 'Schedule')]
        [ValidateNotNullOrEmpty()]
        [string] $Reading,

        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $ExceptFor,

        [ValidateSet('Schedule', 'Skip', 'PrecedingWorkday', 'FollowingWorkday')]
        [ValidateNotNullOrEmpty()]
        [string] $NonWorkday,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSDateType {
    <#
    .SYNOPSIS
        List the date types of a calendar, or of all calendars, with their dates, by name.

    .DESCRIPTION
        List the date types of a calendar, or of all calendars, with their dates, by name.

        Show one date type with its dates.

    .PARAMETER Name
        Name of the date type. Wildcards are allowed.

    .PARAMETER Calendar
        Name of its calendar, where several have one of that name.

    .PARAMETER CalendarID
        Number of the calendar.

    .PARAMETER Id
        Number of the date type.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSDateType

        List the date types of a calendar, or of all calendars, with their dates, by name.

    .EXAMPLE
        Get-JAMSDateType HOLIDAY

        Show one date type with its dates.

    .EXAMPLE
        Get-JAMSDateType -Id 10

        Show one date type with its dates.

    .EXAMPLE
        Get-JAMSDateType -Calendar Default

        Name of its calendar, where several have one of that name.

    .INPUTS
        System.String[]

    .INPUTS
        System.String

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.DateType

    .NOTES
        REST: GET /JAMS/api/datetype/{id}; GET /JAMS/api/datetype.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.DateType')]
    param(
        [Parameter(ParameterSetName = 'Name', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('DateTypeType')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSDateType', 'Name')]
        [SupportsWildcards()]
        [string[]] $Name,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [Alias('CalendarName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSDateType', 'Calendar')]
        [string] $Calendar,

        [Parameter(ParameterSetName = 'Name')]
        [ValidateRange(1, 9007199254740991)]
        [long] $CalendarID,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSElementTemplate {
    <#
    .SYNOPSIS
        List an element of each type of a kind as a form to be filled in, and sent as part of a job or folder.

    .DESCRIPTION
        List an element of each type of a kind as a form to be filled in, and sent as part of a job or folder.

        Show an element of a type as a form to be filled in, and sent as part of a job or folder.

    .PARAMETER Name
        Name of the type, such as ScheduleTrigger.

    .PARAMETER ElementKind
        The kind, such as Trigger.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSElementTemplate Documentation

        Show an element of a type as a form to be filled in, and sent as part of a job or folder.

    .EXAMPLE
        Get-JAMSElementTemplate -ElementKind Prerequisite

        List an element of each type of a kind as a form to be filled in, and sent as part of a job or folder.

    .INPUTS
        System.String[]

    .OUTPUTS
        MVPSI.JAMS.Element

    .NOTES
        REST: GET /JAMS/api/element/properties/{name}; GET /JAMS/api/element/ofKind/{elementKind}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Kind', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Element')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [ValidateNotNullOrEmpty()]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Kind', Mandatory = $true)]
        [ValidateSet('Trigger', 'Prerequisite', 'Result', 'EventHandler', 'Documentation', 'Task', 'TaskComponent')]
        [ValidateNotNullOrEmpty()]
        [string] $ElementKind,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSElementType {
    <#
    .SYNOPSIS
        List the types of elements with their properties, and for each whether this server obeys it.

    .DESCRIPTION
        List the types of elements with their properties, and for each whether this server obeys it.

    .PARAMETER Name
        Only those whose name matches; * stands for anything, ? for one character.

    .PARAMETER ElementOf
        Only those that may stand there.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSElementType

        List the types of elements with their properties, and for each whether this server obeys it.

    .EXAMPLE
        Get-JAMSElementType -ElementOf Job

        Only those that may stand there.

    .OUTPUTS
        MVPSI.JAMS.ElementTypeDefinition

    .NOTES
        REST: GET /JAMS/api/element/{elementOf}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.ElementTypeDefinition')]
    param(
        [Parameter(Position = 0)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]] $Name,

        [ValidateSet('Folder', 'Job', 'Task')]
        [ValidateNotNullOrEmpty()]
        [string] $ElementOf,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSEntry {
    <#
    .SYNOPSIS
        List the entries of the schedule, by entry number.

    .DESCRIPTION
        List the entries of the schedule, by entry number. Without filters it is the whole schedule; with
        several, entries that meet all of them. Where the setting EnableSimpleSetups says so and neither a name,
        a state nor a severity is asked for, a setup or sequence with one member is one entry: its own.

        Show one entry.

    .PARAMETER Folder
        Only entries of jobs in this folder or below it.

    .PARAMETER Name
        Only entries whose job name matches; with a backslash it is the job's whole path that must match. *
        stands for anything, ? for one character.

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

    .PARAMETER Before
        Only entries with a smaller number than this.

    .PARAMETER Entry
        Number of the entry.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSEntry

        List the entries of the schedule, by entry number.

    .EXAMPLE
        Get-JAMSEntry 1234

        Show one entry.

    .EXAMPLE
        Get-JAMSEntry -Folder \Sales -Name \Sales\Load

        Only entries of jobs in this folder or below it. Only entries whose job name matches; with a backslash it
        is the job's whole path that must match. * stands for anything, ? for one character.

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
        [Alias('QualifiedName', 'Parent')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSEntry', 'Folder')]
        [string] $Folder,

        [Parameter(ParameterSetName = 'Filter', ValueFromPipelineByPropertyName = $true)]
        [Alias('JobName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSEntry', 'Name')]
        [SupportsWildcards()]
        [string] $Name,

        [Parameter(ParameterSetName = 'Filter')]
        [ValidateSet('Scheduled', 'Held', 'Timed', 'StepWait', 'DependencyWait', 'PrecheckWait', 'ResourceWait', 'Pending', 'Starting', 'Executing', 'Idle', 'Completing', 'Complete')]
        [ValidateNotNullOrEmpty()]
        [string[]] $State,

        [Parameter(ParameterSetName = 'Filter')]
        [ValidateSet('Success', 'Info', 'Warning', 'Error', 'Fatal')]
        [ValidateNotNullOrEmpty()]
        [string[]] $Severity,

        [Parameter(ParameterSetName = 'Filter')]
        [ValidateNotNullOrEmpty()]
        [string] $SubmittedBy,

        [Parameter(ParameterSetName = 'Filter')]
        [Alias('StartDate', 'Start')]
        [MVPSI.JAMS.Module.TimeTransformation()]
        [datetime] $After,

        [Parameter(ParameterSetName = 'Filter')]
        [ValidateRange(1, 100000)]
        [long] $Limit,

        [Parameter(ParameterSetName = 'Filter')]
        [ValidateRange(1, 9007199254740991)]
        [long] $Before,

        [Parameter(ParameterSetName = 'Entry', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('JamsEntry', 'Id')]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSEntry', 'Entry')]
        [long[]] $Entry,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSEntryAudit {
    <#
    .SYNOPSIS
        List what was done to an entry, by whom and why, oldest first.

    .DESCRIPTION
        List what was done to an entry, by whom and why, oldest first.

    .PARAMETER Entry
        Number of the entry.

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
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSEntryAudit', 'Entry')]
        [long[]] $Entry,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSEvent {
    <#
    .SYNOPSIS
        Tell what has happened to entries and definitions, in the order in which it became durable.

    .DESCRIPTION
        Each commit tells once of what it has changed. Of what the caller may not look at, nothing is told. Who
        asks on behind next misses nothing, whatever restarts meanwhile, as long as the events are kept (the
        settings KeepEvents and MostEvents); when some are not, listAnew says so. What a folder takes along when
        it is renamed or moved is not told of one by one.

    .PARAMETER After
        Only what has happened behind this place: next of an answer before, or the number of an event; 0: behind
        what is not kept any more. Without it the newest events are told.

    .PARAMETER Kind
        Only of objects of these kinds.

    .PARAMETER Name
        Only of objects whose name matches one of these; with a backslash it is the whole path that must match. *
        stands for anything, ? for one character. Entries go by the names of their jobs.

    .PARAMETER Entry
        Only of these entries, and of nothing else.

    .PARAMETER Limit
        At most so many.

    .PARAMETER Timeout
        How many seconds to wait, at most 60, while there is nothing to tell.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSEvent

        Tell what has happened to entries and definitions, in the order in which it became durable.

    .EXAMPLE
        Get-JAMSEvent -Kind Folder

        Only of objects of these kinds.

    .OUTPUTS
        MVPSI.JAMS.Event

    .NOTES
        REST: GET /JAMS/api/event.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Event')]
    param(
        [ValidateNotNullOrEmpty()]
        [string] $After,

        [ValidateSet('Entry', 'Folder', 'Job', 'Variable', 'Agent', 'Calendar', 'DateType', 'NamedTime', 'Queue', 'Resource', 'Trigger', 'Setting', 'Method', 'Alert', 'Menu', 'Credential')]
        [ValidateNotNullOrEmpty()]
        [string[]] $Kind,

        [ValidateNotNullOrEmpty()]
        [string[]] $Name,

        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Entry,

        [ValidateRange(0, 10000)]
        [long] $Limit,

        [ValidateRange(0, 1000000000)]
        [MVPSI.JAMS.Module.SecondsTransformation()]
        [double] $Timeout,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSFailoverStatus {
    <#
    .SYNOPSIS
        Show which server does the work: this one, for there is no other that could stand in for it.

    .DESCRIPTION
        Show which server does the work: this one, for there is no other that could stand in for it.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSFailoverStatus

        Show which server does the work: this one, for there is no other that could stand in for it.

    .OUTPUTS
        MVPSI.JAMS.FailoverStatus

    .NOTES
        REST: GET /JAMS/api/server/failover.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.FailoverStatus')]
    param(
        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
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
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSFolder', 'Name')]
        [SupportsWildcards()]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Name')]
        [ValidateRange(1, 9007199254740991)]
        [long] $ParentId,

        [Parameter(ParameterSetName = 'Name')]
        [Alias('Folder')]
        [ValidateNotNullOrEmpty()]
        [string] $Parent,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSFolderReference {
    <#
    .SYNOPSIS
        List what lies outside of a folder and names a job or variable in it, as far as the caller may look.

    .DESCRIPTION
        List what lies outside of a folder and names a job or variable in it, as far as the caller may look.

    .PARAMETER Name
        Path of the folder.

    .PARAMETER Id
        Number of the folder.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSFolderReference \Sales

        List what lies outside of a folder and names a job or variable in it, as far as the caller may look.

    .EXAMPLE
        Get-JAMSFolderReference -Id 10

        List what lies outside of a folder and names a job or variable in it, as far as the caller may look.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Reference

    .NOTES
        REST: GET /JAMS/api/folder/{id}/references.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Reference')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSFolderReference', 'Name')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSFolderVersion {
    <#
    .SYNOPSIS
        Show a folder as it was in a version: what had been said of it.

    .DESCRIPTION
        Show a folder as it was in a version: what had been said of it.

    .PARAMETER Version
        Which one, as the list of its revisions tells.

    .PARAMETER Name
        Path of the folder.

    .PARAMETER Id
        Number of the folder, which one that was deleted has too.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSFolderVersion \Sales 10

        Show a folder as it was in a version: what had been said of it.

    .EXAMPLE
        Get-JAMSFolderVersion 10 -Id 10

        Show a folder as it was in a version: what had been said of it.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Folder

    .NOTES
        REST: GET /JAMS/api/folder/{id}/version/{version}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Folder')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 1)]
        [Parameter(ParameterSetName = 'Id', Mandatory = $true, Position = 0)]
        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSFolderVersion', 'Name')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSForecast {
    <#
    .SYNOPSIS
        Say what the schedule will do, with queues, resources and dependencies; and what if.

    .DESCRIPTION
        The scheduler's own turns are played ahead, on a copy, by a process of their own: nothing is submitted,
        and nobody waits for it. What was taken for granted is in assumptions; entries whose start cannot be
        forecast (held, or waiting for what nobody brings) have no start, and say what they wait for. Late is
        what ends after it is due, starts after its StalledTime, its window, or lateAfter; its path tells by
        what.

        The same question has the same answer for ten seconds. With state Playing the answer has come before the
        forecast, because the time was over: ask again.

    .PARAMETER Suppose
        What is supposed to be otherwise.

    .PARAMETER UnknownElapsed
        How many seconds a run takes of a job without a good run; 60 if not given.

    .PARAMETER LateAfter
        An entry is late, too, that starts so many seconds after its time, or later.

    .PARAMETER Until
        How far ahead; a day if not given, and at most 31.

    .PARAMETER Folder
        Only entries of jobs in this folder, and below it.

    .PARAMETER JobName
        Only entries of jobs whose name matches; * stands for anything, ? for one character.

    .PARAMETER Late
        Only those that will be late.

    .PARAMETER Skip
        How many entries to pass over.

    .PARAMETER Limit
        How many entries are listed at most.

    .PARAMETER AsOf
        That of the forecast of which this is a further page.

    .PARAMETER Timeout
        How many seconds the answer may take to come.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSForecast

        Say what the schedule will do, with queues, resources and dependencies; and what if.

    .EXAMPLE
        Get-JAMSForecast -Folder \Sales

        Only entries of jobs in this folder, and below it.

    .INPUTS
        System.String

    .OUTPUTS
        MVPSI.JAMS.Forecast

    .NOTES
        REST: POST /JAMS/api/schedule/forecast.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Forecast')]
    param(
        [ValidateNotNullOrEmpty()]
        [object[]] $Suppose,

        [MVPSI.JAMS.Module.SecondsTransformation()]
        [double] $UnknownElapsed,

        [MVPSI.JAMS.Module.SecondsTransformation()]
        [double] $LateAfter,

        [Alias('EndDate', 'End', 'Before')]
        [MVPSI.JAMS.Module.TimeTransformation()]
        [datetime] $Until,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName', 'Parent')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSForecast', 'Folder')]
        [string] $Folder,

        [ValidateNotNullOrEmpty()]
        [string] $JobName,

        [switch] $Late,

        [ValidateRange(0, 9007199254740991)]
        [long] $Skip,

        [ValidateRange(1, 10000)]
        [long] $Limit,

        [MVPSI.JAMS.Module.TimeTransformation()]
        [datetime] $AsOf,

        [ValidateRange(0, 1000000000)]
        [MVPSI.JAMS.Module.SecondsTransformation()]
        [double] $Timeout,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
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
        Only runs that ended at or after this time. If not given, the days of HistoryLookbackPeriod before
        end_date, or before now.

    .PARAMETER EndDate
        Only runs that ended before this time.

    .PARAMETER Status
        Only runs that ended with one of these severities. Good stands for Success, Info, Warning. Bad stands for
        Error, Fatal.

    .PARAMETER Limit
        At most so many, the newest ones, and not more than HistoryQueryLimit.

    .PARAMETER Beyond
        Continue behind the record of this number, the last one of the list before.

    .PARAMETER SetupName
        Only runs of members of a setup or sequence whose name matches, likewise.

    .PARAMETER SetupFolderName
        Only runs of members of a setup or sequence in this folder.

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
        Get-JAMSHistory -Status Info -SetupName \Sales\Nightly

        Only runs that ended with one of these severities. Only runs of members of a setup or sequence whose name
        matches, likewise.

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
        [Alias('QualifiedName', 'JobName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSHistory', 'Name')]
        [SupportsWildcards()]
        [string] $Name,

        [Parameter(ParameterSetName = 'Find')]
        [Parameter(ParameterSetName = 'Record', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long] $JobID,

        [Parameter(ParameterSetName = 'Find')]
        [Parameter(ParameterSetName = 'Job')]
        [Alias('Start', 'After')]
        [MVPSI.JAMS.Module.TimeTransformation()]
        [datetime] $StartDate,

        [Parameter(ParameterSetName = 'Find')]
        [Alias('End', 'Before', 'Until')]
        [MVPSI.JAMS.Module.TimeTransformation()]
        [datetime] $EndDate,

        [Parameter(ParameterSetName = 'Find')]
        [Alias('Severity')]
        [ValidateSet('Success', 'Info', 'Warning', 'Error', 'Fatal', 'Good', 'Bad')]
        [ValidateNotNullOrEmpty()]
        [string[]] $Status,

        [Parameter(ParameterSetName = 'Find')]
        [Parameter(ParameterSetName = 'Job')]
        [ValidateRange(1, 100000)]
        [long] $Limit,

        [Parameter(ParameterSetName = 'Find')]
        [Parameter(ParameterSetName = 'Job')]
        [ValidateRange(1, 9007199254740991)]
        [long] $Beyond,

        [Parameter(ParameterSetName = 'Find')]
        [ValidateNotNullOrEmpty()]
        [string] $SetupName,

        [Parameter(ParameterSetName = 'Find')]
        [ValidateNotNullOrEmpty()]
        [string] $SetupFolderName,

        [Parameter(ParameterSetName = 'Find', ValueFromPipelineByPropertyName = $true)]
        [Alias('FolderName', 'Parent')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSHistory', 'Folder')]
        [SupportsWildcards()]
        [string] $Folder,

        [Parameter(ParameterSetName = 'Job', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateNotNullOrEmpty()]
        [string[]] $Job,

        [Parameter(ParameterSetName = 'Record', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('Id')]
        [ValidateRange(1, 9007199254740991)]
        [long] $HistoryID,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
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

    .PARAMETER Exact
        Also the bytes of the piece as they are, in base64.

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

        [switch] $Exact,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
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
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSJob {
    <#
    .SYNOPSIS
        List the jobs of a folder, by path.

    .DESCRIPTION
        List the jobs of a folder, by path.

        Show one job.

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
        System.String

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
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSJob', 'Name')]
        [SupportsWildcards()]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Name')]
        [ValidateRange(1, 9007199254740991)]
        [long] $FolderId,

        [Parameter(ParameterSetName = 'Name', ValueFromPipelineByPropertyName = $true)]
        [Alias('FolderName', 'Parent')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSJob', 'Folder')]
        [string] $Folder,

        [Parameter(ParameterSetName = 'Name')]
        [Alias('Recursive')]
        [ValidateNotNullOrEmpty()]
        [switch] $Recurse,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSJobDocumentation {
    <#
    .SYNOPSIS
        Show what a job says of itself to people, as one text.

    .DESCRIPTION
        That is its description, the parameters that it asks for, and the content of its enabled elements of the
        type Documentation, after those of the folders above it. What they hold is shown as it is, and never read
        as HTML.

    .PARAMETER Name
        Path of the job, or its bare name.

    .PARAMETER DocType
        Only elements with this DocumentationType; None: all.

    .PARAMETER RenderType
        HTML, or plain Text.

    .PARAMETER Id
        Number of the job.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSJobDocumentation \Sales\Load

        Show what a job says of itself to people, as one text.

    .EXAMPLE
        Get-JAMSJobDocumentation -Id 10

        Show what a job says of itself to people, as one text.

    .EXAMPLE
        Get-JAMSJobDocumentation \Sales\Load -RenderType Text

        HTML, or plain Text.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        System.String

    .NOTES
        REST: GET /JAMS/api/job/doc/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('System.String')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSJobDocumentation', 'Name')]
        [string[]] $Name,

        [ValidateNotNullOrEmpty()]
        [string] $DocType,

        [ValidateSet('HTML', 'Text')]
        [ValidateNotNullOrEmpty()]
        [string] $RenderType,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSJobReference {
    <#
    .SYNOPSIS
        List what names a job or setup, by path, as far as the caller may look at such.

    .DESCRIPTION
        List what names a job or setup, by path, as far as the caller may look at such.

    .PARAMETER Name
        Path of the job, or its bare name.

    .PARAMETER Id
        Number of the job.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSJobReference \Sales\Load

        List what names a job or setup, by path, as far as the caller may look at such.

    .EXAMPLE
        Get-JAMSJobReference -Id 10

        List what names a job or setup, by path, as far as the caller may look at such.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Reference

    .NOTES
        REST: GET /JAMS/api/job/{id}/references.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Reference')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSJobReference', 'Name')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
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
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSJobSource', 'Name')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSJobTrigger {
    <#
    .SYNOPSIS
        Show how the triggers of a job stand: for each AndGroup, which of its events are there since when.

    .DESCRIPTION
        Show how the triggers of a job stand: for each AndGroup, which of its events are there since when.

    .PARAMETER Name
        Path of the job, or its bare name.

    .PARAMETER Id
        Number of the job.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSJobTrigger \Sales\Load

        Show how the triggers of a job stand: for each AndGroup, which of its events are there since when.

    .EXAMPLE
        Get-JAMSJobTrigger -Id 10

        Show how the triggers of a job stand: for each AndGroup, which of its events are there since when.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.TriggerState

    .NOTES
        REST: GET /JAMS/api/job/{id}/triggers.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.TriggerState')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSJobTrigger', 'Name')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSJobVersion {
    <#
    .SYNOPSIS
        Show a job as it was in a version: what had been said of it.

    .DESCRIPTION
        Show a job as it was in a version: what had been said of it.

    .PARAMETER Version
        Which one, as the list of its revisions tells.

    .PARAMETER Name
        Path of the job, or its bare name.

    .PARAMETER Id
        Number of the job, which one that was deleted has too.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSJobVersion \Sales\Load 10

        Show a job as it was in a version: what had been said of it.

    .EXAMPLE
        Get-JAMSJobVersion 10 -Id 10

        Show a job as it was in a version: what had been said of it.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Job

    .NOTES
        REST: GET /JAMS/api/job/{id}/version/{version}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Job')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 1)]
        [Parameter(ParameterSetName = 'Id', Mandatory = $true, Position = 0)]
        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSJobVersion', 'Name')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSLog {
    <#
    .SYNOPSIS
        Read the log of an entry's current or last run.

    .DESCRIPTION
        Read the log of an entry's current or last run.

    .PARAMETER Entry
        Number of the entry.

    .PARAMETER Tail
        Only so many lines from the end.

    .PARAMETER Exact
        Also the bytes of the piece as they are, in base64.

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
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSLog', 'Entry')]
        [long[]] $Entry,

        [ValidateRange(0, 9007199254740991)]
        [long] $Tail,

        [switch] $Exact,

        [switch] $Follow,

        [string] $Server,

        [switch] $AsJob
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSMember {
    <#
    .SYNOPSIS
        List the members of the entry of a setup or sequence, in the order in which they are let go.

    .DESCRIPTION
        They are there once it has begun. Those of an earlier run follow the order of the runs.

    .PARAMETER Entry
        Number of the entry.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSMember 1234

        List the members of the entry of a setup or sequence, in the order in which they are let go.

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Entry

    .NOTES
        REST: GET /JAMS/api/entry/{id}/members.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Entry')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('JamsEntry', 'Id')]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSMember', 'Entry')]
        [long[]] $Entry,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSMenu {
    <#
    .SYNOPSIS
        List the menus, by name.

    .DESCRIPTION
        List the menus, by name.

        Show one menu.

    .PARAMETER Name
        Name of the menu. Wildcards are allowed.

    .PARAMETER Id
        Number of the menu.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSMenu

        List the menus, by name.

    .EXAMPLE
        Get-JAMSMenu Daily

        Show one menu.

    .EXAMPLE
        Get-JAMSMenu -Id 10

        Show one menu.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Menu

    .NOTES
        REST: GET /JAMS/api/menu/{id}; GET /JAMS/api/menu.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Menu')]
    param(
        [Parameter(ParameterSetName = 'Name', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('MenuName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSMenu', 'Name')]
        [SupportsWildcards()]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSMethod {
    <#
    .SYNOPSIS
        List the execution methods, and for each whether this server can run it.

    .DESCRIPTION
        List the execution methods, and for each whether this server can run it.

        Show one execution method.

    .PARAMETER Name
        Name of the method. Wildcards are allowed.

    .PARAMETER Id
        Number of the method.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSMethod

        List the execution methods, and for each whether this server can run it.

    .EXAMPLE
        Get-JAMSMethod Command

        Show one execution method.

    .EXAMPLE
        Get-JAMSMethod -Id 10

        Show one execution method.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Method

    .OUTPUTS
        MVPSI.JAMS.ExecutionMethod

    .NOTES
        REST: GET /JAMS/api/method/{id}; GET /JAMS/api/method.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Method')]
    [OutputType('MVPSI.JAMS.ExecutionMethod')]
    param(
        [Parameter(ParameterSetName = 'Name', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('MethodName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSMethod', 'Name')]
        [SupportsWildcards()]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSMethodReference {
    <#
    .SYNOPSIS
        List the jobs that name an execution method, by path.

    .DESCRIPTION
        List the jobs that name an execution method, by path.

    .PARAMETER Name
        Name of the method.

    .PARAMETER Id
        Number of the method.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSMethodReference Command

        List the jobs that name an execution method, by path.

    .EXAMPLE
        Get-JAMSMethodReference -Id 10

        List the jobs that name an execution method, by path.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Reference

    .NOTES
        REST: GET /JAMS/api/method/{id}/references.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Reference')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('MethodName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSMethodReference', 'Name')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSMissedPoint {
    <#
    .SYNOPSIS
        List the times at which jobs should have run by themselves and did not, the latest first.

    .DESCRIPTION
        Each with what was done about it when the scheduler was back, and why.

    .PARAMETER Name
        Path of the job, or its bare name; all jobs without it.

    .PARAMETER Start
        Only times from then on.

    .PARAMETER End
        Only times up to then.

    .PARAMETER Limit
        How many are listed at most.

    .PARAMETER Beyond
        Continue behind the point of this number, the last one of the list before.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSMissedPoint

        List the times at which jobs should have run by themselves and did not, the latest first.

    .EXAMPLE
        Get-JAMSMissedPoint -Name \Sales\Load

        Path of the job, or its bare name; all jobs without it.

    .INPUTS
        System.String

    .OUTPUTS
        MVPSI.JAMS.MissedPoint

    .NOTES
        REST: GET /JAMS/api/schedule/missed.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.MissedPoint')]
    param(
        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSMissedPoint', 'Name')]
        [string] $Name,

        [Alias('StartDate', 'After')]
        [MVPSI.JAMS.Module.TimeTransformation()]
        [datetime] $Start,

        [Alias('EndDate', 'Until', 'Before')]
        [MVPSI.JAMS.Module.TimeTransformation()]
        [datetime] $End,

        [ValidateRange(1, 10000)]
        [long] $Limit,

        [ValidateRange(1, 9007199254740991)]
        [long] $Beyond,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSNamedTime {
    <#
    .SYNOPSIS
        List the named times, by name.

    .DESCRIPTION
        List the named times, by name.

        Show one named time.

    .PARAMETER Name
        Name of the named time. Wildcards are allowed.

    .PARAMETER Id
        Number of the named time.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSNamedTime

        List the named times, by name.

    .EXAMPLE
        Get-JAMSNamedTime Night

        Show one named time.

    .EXAMPLE
        Get-JAMSNamedTime -Id 10

        Show one named time.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.NamedTime

    .NOTES
        REST: GET /JAMS/api/namedtime/{id}; GET /JAMS/api/namedtime.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.NamedTime')]
    param(
        [Parameter(ParameterSetName = 'Name', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('TimeName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSNamedTime', 'Name')]
        [SupportsWildcards()]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSNamedTimeReference {
    <#
    .SYNOPSIS
        List the jobs and folders that refer to a named time, by path, as far as the caller may look at such.

    .DESCRIPTION
        List the jobs and folders that refer to a named time, by path, as far as the caller may look at such.

    .PARAMETER Name
        Name of the named time.

    .PARAMETER Id
        Number of the named time.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSNamedTimeReference Night

        List the jobs and folders that refer to a named time, by path, as far as the caller may look at such.

    .EXAMPLE
        Get-JAMSNamedTimeReference -Id 10

        List the jobs and folders that refer to a named time, by path, as far as the caller may look at such.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Reference

    .NOTES
        REST: GET /JAMS/api/namedtime/{id}/references.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Reference')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('TimeName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSNamedTimeReference', 'Name')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSOccurrence {
    <#
    .SYNOPSIS
        List when a schedule runs next, each time with the reason.

    .DESCRIPTION
        List when a schedule runs next, each time with the reason.

        List when a job runs next by its definition, each time with the reason. Its enabled elements of the type
        ScheduleTrigger count, or else the property ScheduledDate of the job and those that go with it; and the
        calendar that it names.

    .PARAMETER Dates
        The days on which it runs, in the date language.

    .PARAMETER Times
        The times of day, as 08:35 or 3:30PM; midnight if none is given.

    .PARAMETER ExceptFor
        Days on which it does not run, in the date language.

    .PARAMETER NonWorkday
        What happens to a day that is no workday.

    .PARAMETER StartDate
        Nothing runs before it, and intervals count from it.

    .PARAMETER LastSubmitted
        The day of the last submission, from which intervals count if it is later.

    .PARAMETER TimeZone
        The zone of the times, as Europe/Berlin; the server's own if not given.

    .PARAMETER Delay
        Repeat each run after this span of time, as 0.01:00.

    .PARAMETER Until
        The time of day until which it is repeated; the end of the day if not given.

    .PARAMETER BaseTime
        From what the delay counts; from EndTime only the first run can be foreseen.

    .PARAMETER Window
        The named time in which it may start.

    .PARAMETER WindowFrom
        In place of a named time, the time of day at which the window opens.

    .PARAMETER WindowTo
        The time of day at which it closes.

    .PARAMETER Calendar
        The calendar whose date types and workdays count.

    .PARAMETER After
        The time after which runs are listed; now if not given.

    .PARAMETER Before
        The time up to which they are listed.

    .PARAMETER Limit
        How many are listed at most.

    .PARAMETER Beyond
        Continue behind the time of this cursor, the last one of the list before.

    .PARAMETER Job
        Path of the job, or its bare name.

    .PARAMETER JobId
        Number of the job.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSOccurrence 'every workday'

        List when a schedule runs next, each time with the reason.

    .EXAMPLE
        Get-JAMSOccurrence \Sales\Load

        List when a job runs next by its definition, each time with the reason.

    .EXAMPLE
        Get-JAMSOccurrence -JobId 10

        List when a job runs next by its definition, each time with the reason.

    .EXAMPLE
        Get-JAMSOccurrence 'every workday' -NonWorkday Skip -BaseTime EndTime

        What happens to a day that is no workday. From what the delay counts; from EndTime only the first run can
        be foreseen.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Occurrence

    .NOTES
        REST: GET /JAMS/api/date/occurrences; GET /JAMS/api/job/{id}/occurrences.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Schedule', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Occurrence')]
    param(
        [Parameter(ParameterSetName = 'Schedule', Mandatory = $true, Position = 0)]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $Dates,

        [Parameter(ParameterSetName = 'Schedule')]
        [ValidateNotNullOrEmpty()]
        [string[]] $Times,

        [Parameter(ParameterSetName = 'Schedule')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $ExceptFor,

        [Parameter(ParameterSetName = 'Schedule')]
        [ValidateSet('Schedule', 'Skip', 'PrecedingWorkday', 'FollowingWorkday')]
        [ValidateNotNullOrEmpty()]
        [string] $NonWorkday,

        [Parameter(ParameterSetName = 'Schedule')]
        [Alias('Start')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $StartDate,

        [Parameter(ParameterSetName = 'Schedule')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $LastSubmitted,

        [Parameter(ParameterSetName = 'Schedule')]
        [ValidateNotNullOrEmpty()]
        [string] $TimeZone,

        [Parameter(ParameterSetName = 'Schedule')]
        [ValidateNotNullOrEmpty()]
        [string] $Delay,

        [Parameter(ParameterSetName = 'Schedule')]
        [ValidateNotNullOrEmpty()]
        [string] $Until,

        [Parameter(ParameterSetName = 'Schedule')]
        [ValidateSet('ScheduledTime', 'EndTime')]
        [ValidateNotNullOrEmpty()]
        [string] $BaseTime,

        [Parameter(ParameterSetName = 'Schedule')]
        [ValidateNotNullOrEmpty()]
        [string] $Window,

        [Parameter(ParameterSetName = 'Schedule')]
        [ValidateNotNullOrEmpty()]
        [string] $WindowFrom,

        [Parameter(ParameterSetName = 'Schedule')]
        [ValidateNotNullOrEmpty()]
        [string] $WindowTo,

        [Parameter(ParameterSetName = 'Schedule')]
        [ValidateNotNullOrEmpty()]
        [string] $Calendar,

        [MVPSI.JAMS.Module.TimeTransformation()]
        [datetime] $After,

        [Alias('EndDate', 'End')]
        [MVPSI.JAMS.Module.TimeTransformation()]
        [datetime] $Before,

        [ValidateRange(1, 1000)]
        [long] $Limit,

        [ValidateNotNullOrEmpty()]
        [string] $Beyond,

        [Parameter(ParameterSetName = 'Job', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName', 'Name')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSOccurrence', 'Job')]
        [string[]] $Job,

        [Parameter(ParameterSetName = 'JobId', Mandatory = $true, ValueFromPipeline = $true)]
        [Alias('Id')]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $JobId,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSOutbox {
    <#
    .SYNOPSIS
        List whom the server tells of what has happened, and whom it could not tell, newest first.

    .DESCRIPTION
        What was sent is shown for KeepSent, what has failed until it is sent again or removed. What is said is
        not shown.

    .PARAMETER State
        Only what is so far: Waiting, Sent or Failed.

    .PARAMETER Entry
        Only what is told of this entry.

    .PARAMETER Limit
        At most so many, the newest ones.

    .PARAMETER Beyond
        Continue behind the message of this number, the last one of the list before.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSOutbox

        List whom the server tells of what has happened, and whom it could not tell, newest first.

    .EXAMPLE
        Get-JAMSOutbox -State Sent

        Only what is so far: Waiting, Sent or Failed.

    .OUTPUTS
        MVPSI.JAMS.OutboxItem

    .NOTES
        REST: GET /JAMS/api/outbox.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.OutboxItem')]
    param(
        [ValidateSet('Waiting', 'Sent', 'Failed')]
        [ValidateNotNullOrEmpty()]
        [string] $State,

        [ValidateRange(1, 9007199254740991)]
        [long] $Entry,

        [ValidateRange(1, 10000)]
        [long] $Limit,

        [ValidateRange(1, 9007199254740991)]
        [long] $Beyond,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
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
        Number of the entry.

    .PARAMETER Name
        The parameter, in any case.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSParameter 1234

        List the parameters of an entry with their values.

    .EXAMPLE
        Get-JAMSParameter 1234 day

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
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSParameter', 'Entry')]
        [long[]] $Entry,

        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 1)]
        [ValidateNotNullOrEmpty()]
        [string] $Name,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSPermissionReason {
    <#
    .SYNOPSIS
        Tell why the caller may do something to an object, or why not: which access list, and which line of it.

    .DESCRIPTION
        Without an object it is told of all of that kind.

    .PARAMETER ObjectType
        What kind of object it is.

    .PARAMETER Access
        What is to be done to it, as with check_permission.

    .PARAMETER Id
        Its number.

    .PARAMETER Name
        Its path or name.

    .PARAMETER FolderID
        Number of the folder, if it is one; else of the folder at which a relative name begins.

    .PARAMETER IsNameRelative
        Whether the name is a path that begins at that folder.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSPermissionReason BatchQueue Submit

        Tell why the caller may do something to an object, or why not: which access list, and which line of it.

    .OUTPUTS
        MVPSI.JAMS.AccessLog

    .NOTES
        REST: GET /JAMS/api/{objectType}/access/{access}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.AccessLog')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [ValidateSet('Agent', 'BatchQueue', 'Calendar', 'Folder', 'Job', 'Method', 'NamedTime', 'Resource', 'Trigger', 'Variable', 'Alert', 'Menu', 'DateType', 'Setting', 'Setup', 'Credential')]
        [ValidateNotNullOrEmpty()]
        [string] $ObjectType,

        [Parameter(Mandatory = $true, Position = 1)]
        [ValidateNotNullOrEmpty()]
        [string] $Access,

        [Alias('JobId', 'MethodId')]
        [ValidateRange(1, 9007199254740991)]
        [long] $Id,

        [Parameter(Position = 2)]
        [Alias('JobName', 'FolderName', 'MethodName')]
        [ValidateNotNullOrEmpty()]
        [string] $Name,

        [ValidateRange(1, 9007199254740991)]
        [long] $FolderID,

        [switch] $IsNameRelative,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSPersonalToken {
    <#
    .SYNOPSIS
        List the caller's personal access tokens, by name; those that have run out too.

    .DESCRIPTION
        List the caller's personal access tokens, by name; those that have run out too.

    .PARAMETER Everybody
        Those of all accounts, which takes the right AccessControl.Inquire.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSPersonalToken

        List the caller's personal access tokens, by name; those that have run out too.

    .OUTPUTS
        MVPSI.JAMS.PersonalToken

    .NOTES
        REST: GET /JAMS/api/authentication/token.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.PersonalToken')]
    param(
        [switch] $Everybody,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSPropertyDefinition {
    <#
    .SYNOPSIS
        List the properties that something may have, and for each whether this server obeys it.

    .DESCRIPTION
        List the properties that something may have, and for each whether this server obeys it.

    .PARAMETER Name
        Only those whose name matches; * stands for anything, ? for one character.

    .PARAMETER PropertyOf
        Of what: of folders and jobs if not given.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSPropertyDefinition

        List the properties that something may have, and for each whether this server obeys it.

    .EXAMPLE
        Get-JAMSPropertyDefinition -PropertyOf Folder

        Of what: of folders and jobs if not given.

    .OUTPUTS
        MVPSI.JAMS.PropertyDefinition

    .NOTES
        REST: GET /JAMS/api/propertydefinition/{propertyOf}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.PropertyDefinition')]
    param(
        [Parameter(Position = 0)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]] $Name,

        [ValidateSet('FolderOrJob', 'Folder', 'Job', 'Method', 'Submission', 'Entry', 'Element', 'Agent')]
        [ValidateNotNullOrEmpty()]
        [string] $PropertyOf,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSQueue {
    <#
    .SYNOPSIS
        List the queues, by name.

    .DESCRIPTION
        List the queues, by name.

        Show one queue.

    .PARAMETER Name
        Name of the queue. Wildcards are allowed.

    .PARAMETER Id
        Number of the queue.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSQueue

        List the queues, by name.

    .EXAMPLE
        Get-JAMSQueue Nightly

        Show one queue.

    .EXAMPLE
        Get-JAMSQueue -Id 10

        Show one queue.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.BatchQueue

    .NOTES
        REST: GET /JAMS/api/batchqueue/{id}; GET /JAMS/api/batchqueue.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.BatchQueue')]
    param(
        [Parameter(ParameterSetName = 'Name', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QueueName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSQueue', 'Name')]
        [SupportsWildcards()]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSQueueReference {
    <#
    .SYNOPSIS
        List the jobs and folders that refer to a queue, by path, as far as the caller may look at such.

    .DESCRIPTION
        List the jobs and folders that refer to a queue, by path, as far as the caller may look at such.

    .PARAMETER Name
        Name of the queue.

    .PARAMETER Id
        Number of the queue.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSQueueReference Nightly

        List the jobs and folders that refer to a queue, by path, as far as the caller may look at such.

    .EXAMPLE
        Get-JAMSQueueReference -Id 10

        List the jobs and folders that refer to a queue, by path, as far as the caller may look at such.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Reference

    .NOTES
        REST: GET /JAMS/api/batchqueue/{id}/references.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Reference')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QueueName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSQueueReference', 'Name')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSResource {
    <#
    .SYNOPSIS
        List the resources, by name.

    .DESCRIPTION
        List the resources, by name.

        Show one resource. More of it may be in use than there is: what is taken stays so when there is less.

    .PARAMETER Name
        Name of the resource; its number, if none has that name. Wildcards are allowed.

    .PARAMETER Id
        Number of the resource.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSResource

        List the resources, by name.

    .EXAMPLE
        Get-JAMSResource Licence

        Show one resource. More of it may be in use than there is: what is taken stays so when there is less.

    .EXAMPLE
        Get-JAMSResource -Id 10

        Show one resource. More of it may be in use than there is: what is taken stays so when there is less.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Resource

    .NOTES
        REST: GET /JAMS/api/resource/{name}; GET /JAMS/api/resource.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Resource')]
    param(
        [Parameter(ParameterSetName = 'Name', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('ResourceName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSResource', 'Name')]
        [SupportsWildcards()]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSResourceHolding {
    <#
    .SYNOPSIS
        List the entries that hold some of a resource, the longest first, as far as the caller may see them.

    .DESCRIPTION
        List the entries that hold some of a resource, the longest first, as far as the caller may see them.

    .PARAMETER Name
        Name of the resource; its number, if none has that name.

    .PARAMETER Id
        Number of the resource.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSResourceHolding Licence

        List the entries that hold some of a resource, the longest first, as far as the caller may see them.

    .EXAMPLE
        Get-JAMSResourceHolding -Id 10

        List the entries that hold some of a resource, the longest first, as far as the caller may see them.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.ResourceHolding

    .NOTES
        REST: GET /JAMS/api/resource/{name}/holdings.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.ResourceHolding')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('ResourceName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSResourceHolding', 'Name')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSResourceReference {
    <#
    .SYNOPSIS
        List the jobs and folders that refer to a resource, by path, as far as the caller may look at such.

    .DESCRIPTION
        List the jobs and folders that refer to a resource, by path, as far as the caller may look at such.

    .PARAMETER Name
        Name of the resource; its number, if none has that name.

    .PARAMETER Id
        Number of the resource.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSResourceReference Licence

        List the jobs and folders that refer to a resource, by path, as far as the caller may look at such.

    .EXAMPLE
        Get-JAMSResourceReference -Id 10

        List the jobs and folders that refer to a resource, by path, as far as the caller may look at such.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Reference

    .NOTES
        REST: GET /JAMS/api/resource/{name}/references.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Reference')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('ResourceName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSResourceReference', 'Name')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSResubmitInfo {
    <#
    .SYNOPSIS
        Get the submission of a job with the values of parameters that a run of it had, to be sent back.

    .DESCRIPTION
        Nothing is submitted. Parameters that the job has no more are left out, and those that it has got since
        have their defaults. Who may not look at definitions gets it as from Submit.GetSubmitInfo.

    .PARAMETER SubmitInfo
        The whole SubmitInfo, as got from the server and changed.

    .PARAMETER JobID
        Number of the job.

    .PARAMETER HistoryID
        Number of the run's record in the history.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSSubmitInfo \Sales\Load | Get-JAMSResubmitInfo

        Get the submission of a job with the values of parameters that a run of it had, to be sent back.

    .INPUTS
        MVPSI.JAMS.SubmitInfo

    .OUTPUTS
        MVPSI.JAMS.SubmitInfo

    .NOTES
        REST: PUT /JAMS/api/submit/resubmit/{jobID}/{historyID}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.SubmitInfo')]
    param(
        [Parameter(Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('SubmitInfo')]
        [MVPSI.JAMS.SubmitInfo] $SubmitInfo,

        [ValidateRange(1, 9007199254740991)]
        [long] $JobID,

        [ValidateRange(1, 9007199254740991)]
        [long] $HistoryID,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSRevision {
    <#
    .SYNOPSIS
        List what was done to definitions, newest first, as far as the caller may look at such.

    .DESCRIPTION
        List what was done to definitions, newest first, as far as the caller may look at such. What was deleted
        is found by the path or name that it had.

        List what was done to one definition, newest first.

    .PARAMETER ObjectType
        Only what was done to definitions of this kind.

    .PARAMETER Name
        Only to what was called so then; with a backslash it is the whole path that must match. * stands for
        anything, ? for one character.

    .PARAMETER UserName
        Only what this account did.

    .PARAMETER StartDate
        Only what was done at or after this time.

    .PARAMETER EndDate
        Only what was done before this time.

    .PARAMETER Limit
        At most so many, the newest ones.

    .PARAMETER Beyond
        Continue behind the revision of this number, the last one of the list before.

    .PARAMETER Id
        Its number, which one that was deleted has too.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSRevision

        List what was done to definitions, newest first, as far as the caller may look at such.

    .EXAMPLE
        Get-JAMSRevision BatchQueue

        List what was done to one definition, newest first.

    .EXAMPLE
        Get-JAMSRevision -ObjectType BatchQueue

        Only what was done to definitions of this kind.

    .OUTPUTS
        MVPSI.JAMS.Revision

    .NOTES
        REST: GET /JAMS/api/revision; GET /JAMS/api/{objectType}/{id}/revisions.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Find', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Revision')]
    param(
        [Parameter(ParameterSetName = 'Find')]
        [Parameter(ParameterSetName = 'Of', Mandatory = $true, Position = 0)]
        [ValidateSet('Agent', 'BatchQueue', 'Calendar', 'Folder', 'Job', 'Method', 'NamedTime', 'Resource', 'Trigger', 'Variable', 'Alert', 'Menu', 'DateType', 'Setting', 'Setup', 'Credential')]
        [ValidateNotNullOrEmpty()]
        [string] $ObjectType,

        [Parameter(ParameterSetName = 'Find', Position = 0)]
        [Parameter(ParameterSetName = 'Of', Position = 1)]
        [ValidateNotNullOrEmpty()]
        [string] $Name,

        [Parameter(ParameterSetName = 'Find')]
        [ValidateNotNullOrEmpty()]
        [string] $UserName,

        [Parameter(ParameterSetName = 'Find')]
        [Alias('Start', 'After')]
        [MVPSI.JAMS.Module.TimeTransformation()]
        [datetime] $StartDate,

        [Parameter(ParameterSetName = 'Find')]
        [Alias('End', 'Until', 'Before')]
        [MVPSI.JAMS.Module.TimeTransformation()]
        [datetime] $EndDate,

        [ValidateRange(1, 10000)]
        [long] $Limit,

        [ValidateRange(1, 9007199254740991)]
        [long] $Beyond,

        [Parameter(ParameterSetName = 'Of')]
        [ValidateRange(1, 9007199254740991)]
        [long] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSRevisionDocument {
    <#
    .SYNOPSIS
        Show what had been said of a definition in a version.

    .DESCRIPTION
        Show what had been said of a definition in a version.

    .PARAMETER ObjectType
        What kind of definition it is.

    .PARAMETER Id
        Its number.

    .PARAMETER Version
        Which one, as the list of its revisions tells.

    .PARAMETER Name
        Its path or name.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSRevisionDocument BatchQueue 10

        Show what had been said of a definition in a version.

    .OUTPUTS
        MVPSI.JAMS.RevisionDocument

    .NOTES
        REST: GET /JAMS/api/{objectType}/{id}/revisions/{version}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.RevisionDocument')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [ValidateSet('Agent', 'BatchQueue', 'Calendar', 'Folder', 'Job', 'Method', 'NamedTime', 'Resource', 'Trigger', 'Variable', 'Alert', 'Menu', 'DateType', 'Setting', 'Setup', 'Credential')]
        [ValidateNotNullOrEmpty()]
        [string] $ObjectType,

        [ValidateRange(1, 9007199254740991)]
        [long] $Id,

        [Parameter(Mandatory = $true, Position = 1)]
        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [ValidateNotNullOrEmpty()]
        [string] $Name,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSSchedule {
    <#
    .SYNOPSIS
        List what the jobs of a folder, and of those below it, are expected to run, in order of time.

    .DESCRIPTION
        Disabled jobs are left out. What lies in the past is what the definitions say of then, not what ran. Of a
        job whose schedule cannot be evaluated, or not any further, a row with the error tells.

    .PARAMETER Start
        The beginning of the period; now if not given.

    .PARAMETER End
        Its end; a day later if not given, and at most a year.

    .PARAMETER FolderID
        Number of the folder.

    .PARAMETER Folder
        Path of the folder; all jobs without either.

    .PARAMETER JobName
        Only jobs whose name matches; * stands for anything, ? for one character.

    .PARAMETER Full
        Whether each row shows its job, and the elements that the job has or inherits.

    .PARAMETER Limit
        How many rows are listed at most.

    .PARAMETER Beyond
        Continue behind the row of this cursor, the last one of the list before.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSSchedule

        List what the jobs of a folder, and of those below it, are expected to run, in order of time.

    .EXAMPLE
        Get-JAMSSchedule -Folder \Sales

        Path of the folder; all jobs without either.

    .INPUTS
        System.String

    .OUTPUTS
        MVPSI.JAMS.ScheduleRow

    .NOTES
        REST: GET /JAMS/api/schedule.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.ScheduleRow')]
    param(
        [Alias('StartDate', 'After')]
        [MVPSI.JAMS.Module.TimeTransformation()]
        [datetime] $Start,

        [Alias('EndDate', 'Until', 'Before')]
        [MVPSI.JAMS.Module.TimeTransformation()]
        [datetime] $End,

        [ValidateRange(1, 9007199254740991)]
        [long] $FolderID,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName', 'Parent')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSSchedule', 'Folder')]
        [string] $Folder,

        [ValidateNotNullOrEmpty()]
        [string] $JobName,

        [switch] $Full,

        [ValidateRange(1, 100000)]
        [long] $Limit,

        [ValidateNotNullOrEmpty()]
        [string] $Beyond,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSSecurity {
    <#
    .SYNOPSIS
        Show the access list of an area: who may do what in it; the first line that names somebody decides.

    .DESCRIPTION
        An area in which no rights are given here has an empty list.

    .PARAMETER Area
        Which part of the server it is that rights are given in.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSSecurity AccessControl

        Show the access list of an area: who may do what in it; the first line that names somebody decides.

    .INPUTS
        System.String[]

    .OUTPUTS
        MVPSI.JAMS.Security

    .NOTES
        REST: GET /JAMS/api/security/{area}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Security')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [ValidateSet('None', 'AccessControl', 'AgentDefinitions', 'AlertDefinitions', 'CalendarDefinitions', 'Configuration', 'CredentialDefinitions', 'FolderDefinitions', 'History', 'JobDefinitions', 'MenuDefinitions', 'Monitor', 'NamedTimeDefinitions', 'QueueDefinitions', 'Reporting', 'ResourceDefinitions', 'ServerAccess', 'TriggerDefinitions', 'VariableDefinitions')]
        [ValidateNotNullOrEmpty()]
        [string[]] $Area,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
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
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSServerStatus {
    <#
    .SYNOPSIS
        Show the health light: the worst thing known, in words, and how many entries wait and run.

    .DESCRIPTION
        Counted are the entries that the caller may see.

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
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSSetting {
    <#
    .SYNOPSIS
        List the settings of the server, by name: set or not, and those that users have added.

    .DESCRIPTION
        List the settings of the server, by name: set or not, and those that users have added.

        Show one setting: its value, its type, its default, and who changed it when.

    .PARAMETER Name
        Name of the setting. Wildcards are allowed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSSetting

        List the settings of the server, by name: set or not, and those that users have added.

    .EXAMPLE
        Get-JAMSSetting KeepCompleted

        Show one setting: its value, its type, its default, and who changed it when.

    .INPUTS
        System.String[]

    .OUTPUTS
        MVPSI.JAMS.Setting

    .NOTES
        REST: GET /JAMS/api/cfg/{name}; GET /JAMS/api/cfg.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Setting')]
    param(
        [Parameter(Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSSetting', 'Name')]
        [SupportsWildcards()]
        [string[]] $Name,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSSetup {
    <#
    .SYNOPSIS
        List the setups of a folder, by path.

    .DESCRIPTION
        List the setups of a folder, by path.

        Show one setup.

    .PARAMETER Name
        Path of the setup, or its bare name. Wildcards are allowed.

    .PARAMETER FolderId
        Number of the folder.

    .PARAMETER Folder
        Path of the folder; without either, the root folder and everything below it.

    .PARAMETER Recurse
        Whether to look into the folders below as well.

    .PARAMETER Id
        Number of the setup.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSSetup

        List the setups of a folder, by path.

    .EXAMPLE
        Get-JAMSSetup \Sales\Nightly

        Show one setup.

    .EXAMPLE
        Get-JAMSSetup -Id 10

        Show one setup.

    .EXAMPLE
        Get-JAMSSetup -Folder \Sales

        Path of the folder; without either, the root folder and everything below it.

    .INPUTS
        System.String[]

    .INPUTS
        System.String

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Setup

    .NOTES
        REST: GET /JAMS/api/setup/{id}; GET /JAMS/api/setup/folder/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Setup')]
    param(
        [Parameter(ParameterSetName = 'Name', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSSetup', 'Name')]
        [SupportsWildcards()]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Name')]
        [ValidateRange(1, 9007199254740991)]
        [long] $FolderId,

        [Parameter(ParameterSetName = 'Name', ValueFromPipelineByPropertyName = $true)]
        [Alias('FolderName', 'Parent')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSSetup', 'Folder')]
        [string] $Folder,

        [Parameter(ParameterSetName = 'Name')]
        [Alias('Recursive')]
        [ValidateNotNullOrEmpty()]
        [switch] $Recurse,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSSingleSignOn {
    <#
    .SYNOPSIS
        Show how people log in by the issuer of OpenID Connect, for programs that do it for them.

    .DESCRIPTION
        jamswebclient login --sso does. With the ID token that the issuer gives them they are let in by a login
        with grant_Type id_token.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSSingleSignOn

        Show how people log in by the issuer of OpenID Connect, for programs that do it for them.

    .OUTPUTS
        MVPSI.JAMS.SingleSignOn

    .NOTES
        REST: GET /JAMS/api/authentication/sso.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.SingleSignOn')]
    param(
        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSSubmitInfo {
    <#
    .SYNOPSIS
        Get the submission of a job as it would be made now, filled in, to be changed and sent back.

    .DESCRIPTION
        Who may not look at definitions gets it without the source, the properties and the values of hidden
        parameters; sent back, it stands for the same.

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
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSSubmitInfo', 'Name')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSSubmitMenu {
    <#
    .SYNOPSIS
        List what the submit menu shows: menus and folders to look into, jobs and setups to submit.

    .DESCRIPTION
        At first these are the menus that no other one shows; where there are none, what lies in the root folder.
        What is not enabled, or lies beyond the caller, is not shown.

    .PARAMETER MenuType
        Whether a menu or a folder is looked into; without it, the first menu is shown.

    .PARAMETER Id
        Number of the menu or folder.

    .PARAMETER Name
        Name of the menu, or path of the folder.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSSubmitMenu

        List what the submit menu shows: menus and folders to look into, jobs and setups to submit.

    .OUTPUTS
        MVPSI.JAMS.SubmitMenuItem

    .NOTES
        REST: GET /JAMS/api/SubmitMenu.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.SubmitMenuItem')]
    param(
        [Parameter(Position = 0)]
        [ValidateSet('Menu', 'Folder', 'Job', 'Setup')]
        [ValidateNotNullOrEmpty()]
        [string] $MenuType,

        [ValidateRange(1, 9007199254740991)]
        [long] $Id,

        [Parameter(Position = 1)]
        [ValidateNotNullOrEmpty()]
        [string] $Name,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSTrigger {
    <#
    .SYNOPSIS
        List the triggers of a folder, by path.

    .DESCRIPTION
        List the triggers of a folder, by path.

        Show one trigger, with which of its events are there since when.

    .PARAMETER Name
        Path of the trigger, or its bare name. Wildcards are allowed.

    .PARAMETER FolderId
        Number of the folder.

    .PARAMETER Folder
        Path of the folder; without either, the root folder and everything below it.

    .PARAMETER Recurse
        Whether to look into the folders below as well.

    .PARAMETER Id
        Number of the trigger.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSTrigger

        List the triggers of a folder, by path.

    .EXAMPLE
        Get-JAMSTrigger \Sales\Arrived

        Show one trigger, with which of its events are there since when.

    .EXAMPLE
        Get-JAMSTrigger -Id 10

        Show one trigger, with which of its events are there since when.

    .EXAMPLE
        Get-JAMSTrigger -Folder \Sales

        Path of the folder; without either, the root folder and everything below it.

    .INPUTS
        System.String[]

    .INPUTS
        System.String

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Trigger

    .NOTES
        REST: GET /JAMS/api/trigger/{id}; GET /JAMS/api/trigger/folder/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Trigger')]
    param(
        [Parameter(ParameterSetName = 'Name', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSTrigger', 'Name')]
        [SupportsWildcards()]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Name')]
        [ValidateRange(1, 9007199254740991)]
        [long] $FolderId,

        [Parameter(ParameterSetName = 'Name', ValueFromPipelineByPropertyName = $true)]
        [Alias('FolderName', 'Parent')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSTrigger', 'Folder')]
        [string] $Folder,

        [Parameter(ParameterSetName = 'Name')]
        [Alias('Recursive')]
        [ValidateNotNullOrEmpty()]
        [switch] $Recurse,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSVariable {
    <#
    .SYNOPSIS
        List the variables of a folder, by path.

    .DESCRIPTION
        List the variables of a folder, by path.

        Show one variable. The value of an encrypted variable is not shown.

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
        System.String

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
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSVariable', 'Name')]
        [SupportsWildcards()]
        [string[]] $Name,

        [switch] $ValueOnly,

        [Parameter(ParameterSetName = 'Name')]
        [ValidateRange(1, 9007199254740991)]
        [long] $FolderId,

        [Parameter(ParameterSetName = 'Name', ValueFromPipelineByPropertyName = $true)]
        [Alias('FolderName', 'Parent')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSVariable', 'Folder')]
        [string] $Folder,

        [Parameter(ParameterSetName = 'Name')]
        [Alias('Recursive')]
        [ValidateNotNullOrEmpty()]
        [switch] $Recurse,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSVariableReference {
    <#
    .SYNOPSIS
        List what names a variable, or has a parameter that takes its default from it, by path.

    .DESCRIPTION
        List what names a variable, or has a parameter that takes its default from it, by path.

    .PARAMETER Name
        Path of the variable, or its bare name.

    .PARAMETER Id
        Number of the variable.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSVariableReference \Sales\Region

        List what names a variable, or has a parameter that takes its default from it, by path.

    .EXAMPLE
        Get-JAMSVariableReference -Id 10

        List what names a variable, or has a parameter that takes its default from it, by path.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Reference

    .NOTES
        REST: GET /JAMS/api/variable/{id}/references.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Reference')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSVariableReference', 'Name')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSWait {
    <#
    .SYNOPSIS
        Tell why an entry waits: each thing that it waits for, or else what made it and what let it go on.

    .DESCRIPTION
        What is told is what the scheduler itself sees when it looks at the entry. Who may not look at
        definitions is not told what they name, and who sees his own entries alone nothing of others'.

    .PARAMETER Entry
        Number of the entry.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSWait 1234

        Tell why an entry waits: each thing that it waits for, or else what made it and what let it go on.

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.EntryWait

    .NOTES
        REST: GET /JAMS/api/entry/{id}/waits.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.EntryWait')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('JamsEntry', 'Id')]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Get-JAMSWait', 'Entry')]
        [long[]] $Entry,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Get-JAMSWorkday {
    <#
    .SYNOPSIS
        List the workdays of a period, each with what makes it one.

    .DESCRIPTION
        List the workdays of a period, each with what makes it one.

    .PARAMETER StartDate
        The first day of the period.

    .PARAMETER EndDate
        Its last day; at most ten years later.

    .PARAMETER Calendar
        The calendar whose dates count.

    .PARAMETER All
        Also list the days that are no workdays.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Get-JAMSWorkday 2026-12-24 2026-12-31

        List the workdays of a period, each with what makes it one.

    .EXAMPLE
        Get-JAMSWorkday 2026-12-24 2026-12-31 -Calendar Default

        The calendar whose dates count.

    .OUTPUTS
        MVPSI.JAMS.Workday

    .NOTES
        REST: GET /JAMS/api/date/workdays.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Workday')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [Alias('Start', 'After')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $StartDate,

        [Parameter(Mandatory = $true, Position = 1)]
        [Alias('End', 'Until', 'Before')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $EndDate,

        [ValidateNotNullOrEmpty()]
        [string] $Calendar,

        [switch] $All,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Import-JAMSCalendar {
    <#
    .SYNOPSIS
        Put the public holidays of a country into a date type.

    .DESCRIPTION
        Put the public holidays of a country into a date type.

        Put the days of the events of an iCalendar text into a date type. A newer version of a text that was
        imported before brings the dates of the period up to date: what has moved leaves its old day, and what
        was cancelled or is missing goes.

        Put the dates of a CSV text into date types. Known columns are Date, Date Type, Specific Type,
        Description, Workday (True, False or Maybe) and Status (Confirmed, Tentative or Cancelled), between
        commas, semicolons or tabs, or what a line sep=; says. Dates are written as in the date language. A newer
        version of a text that was imported before brings its years up to date: what has moved leaves its old
        day, and what was cancelled or is missing goes.

    .PARAMETER Country
        The country, as US (ISO 3166-1).

    .PARAMETER Years
        The years whose holidays are taken.

    .PARAMETER Subdivision
        A part of the country, as CA.

    .PARAMETER Language
        The language of the descriptions, as de.

    .PARAMETER Calendar
        The calendar that takes the dates; the default one if not given.

    .PARAMETER DateType
        The date type that takes them; it is made if it does not exist.

    .PARAMETER WorkDay
        Whether the dates are workdays.

    .PARAMETER DryRun
        Only say what would be done.

    .PARAMETER Text
        The iCalendar text (RFC 5545).

    .PARAMETER StartDate
        A day, written YYYY-MM-DD.

    .PARAMETER EndDate
        A day, written YYYY-MM-DD.

    .PARAMETER Source
        What the text is known by, as its file's name: a newer version of the same name takes away what it has no
        longer. Without it only a text that resembles the one before does so.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Import-JAMSCalendar DE 2027

        Put the public holidays of a country into a date type.

    .EXAMPLE
        Import-JAMSCalendar -Text ('BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'SUMMARY:Closed', 'DTSTART;VALUE=DATE:20261224', 'END:VEVENT', 'END:VCALENDAR' -join "`n") -StartDate 2026-12-24 -EndDate 2026-12-31

        Put the days of the events of an iCalendar text into a date type.

    .EXAMPLE
        Import-JAMSCalendar -Text '2026-12-24,Christmas Eve'

        Put the dates of a CSV text into date types.

    .EXAMPLE
        Import-JAMSCalendar DE 2027 -Calendar Default -DateType HOLIDAY

        The calendar that takes the dates; the default one if not given. The date type that takes them; it is
        made if it does not exist.

    .EXAMPLE
        Import-JAMSCalendar DE 2027 -WhatIf

        Say what would be done, and do nothing.

    .OUTPUTS
        MVPSI.JAMS.CalendarImport

    .NOTES
        REST: POST /JAMS/api/calendar/import/holidays; POST /JAMS/api/calendar/import/icalendar; POST
        /JAMS/api/calendar/import/csv.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Holidays', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.CalendarImport')]
    param(
        [Parameter(ParameterSetName = 'Holidays', Mandatory = $true, Position = 0)]
        [AllowEmptyString()]
        [string] $Country,

        [Parameter(ParameterSetName = 'Holidays', Mandatory = $true, Position = 1)]
        [long[]] $Years,

        [Parameter(ParameterSetName = 'Holidays')]
        [string] $Subdivision,

        [Parameter(ParameterSetName = 'Holidays')]
        [string] $Language,

        [string] $Calendar,

        [string] $DateType,

        [Parameter(ParameterSetName = 'Holidays')]
        [Parameter(ParameterSetName = 'ICalendar')]
        [ValidateSet('True', 'False', 'NotSpecified')]
        [string] $WorkDay,

        [switch] $DryRun,

        [Parameter(ParameterSetName = 'ICalendar', Mandatory = $true)]
        [Parameter(ParameterSetName = 'Csv', Mandatory = $true)]
        [AllowEmptyString()]
        [string] $Text,

        [Parameter(ParameterSetName = 'ICalendar', Mandatory = $true)]
        [Alias('Start', 'After')]
        [AllowEmptyString()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $StartDate,

        [Parameter(ParameterSetName = 'ICalendar', Mandatory = $true)]
        [Alias('End', 'Until', 'Before')]
        [AllowEmptyString()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $EndDate,

        [Parameter(ParameterSetName = 'ICalendar')]
        [Parameter(ParameterSetName = 'Csv')]
        [string] $Source,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Import-JAMSSchedule {
    <#
    .SYNOPSIS
        Make jobs of the schedule of another program, or change those made of it before; all or none.

    .DESCRIPTION
        The answer tells of each job what is done, and in what it differs from what is there; with dryRun that is
        all. What cannot be said here is left out, and told in remarks with its line or name.

    .PARAMETER Text
        The crontab, the XML of tasks, or the iCalendar text.

    .PARAMETER Format
        What it is.

    .PARAMETER TargetFolder
        The folder in which the jobs are made; else the root.

    .PARAMETER DryRun
        Only say what would be done.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Import-JAMSSchedule SystemCrontab -Text '0 6 * * 1-5 root /usr/bin/load'

        Make jobs of the schedule of another program, or change those made of it before; all or none.

    .EXAMPLE
        Import-JAMSSchedule SystemCrontab -Text '0 6 * * 1-5 root /usr/bin/load' -TargetFolder \Sales

        The folder in which the jobs are made; else the root.

    .EXAMPLE
        Import-JAMSSchedule SystemCrontab -Text '0 6 * * 1-5 root /usr/bin/load' -WhatIf

        Say what would be done, and do nothing.

    .OUTPUTS
        MVPSI.JAMS.DefinitionImport

    .NOTES
        REST: POST /JAMS/api/job/import.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.DefinitionImport')]
    param(
        [Parameter(Mandatory = $true)]
        [AllowEmptyString()]
        [string] $Text,

        [Parameter(Mandatory = $true, Position = 0)]
        [ValidateSet('Crontab', 'SystemCrontab', 'WindowsTasks', 'ICalendar')]
        [AllowEmptyString()]
        [string] $Format,

        [string] $TargetFolder,

        [switch] $DryRun,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Import-JAMSXml {
    <#
    .SYNOPSIS
        Make and change definitions as a text of XML says, all of them or none.

    .DESCRIPTION
        The answer tells of each definition what is done, and in what it differs from what is there; with dryRun
        that is all, and what would be refused is refused. What makes or changes a definition takes the right to
        do so; to give an object another access list takes Control of it. A list that names who is nobody here is
        refused, and told in the remarks of a dry run.

    .PARAMETER Text
        The text of an export.

    .PARAMETER TargetFolder
        The folder into which it goes; that from which it came, or else the root.

    .PARAMETER IgnoreACL
        Leave the access lists of objects as they are here, whatever the text says.

    .PARAMETER DryRun
        Only say what would be done.

    .PARAMETER Path
        The files, on the machine where you are; wildcards are allowed. Wildcards are allowed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Import-JAMSXml '<JAMSObjects/>'

        Make and change definitions as a text of XML says, all of them or none.

    .EXAMPLE
        Import-JAMSXml -Path Sales.xml

        Make and change definitions as a text of XML says, all of them or none.

    .EXAMPLE
        Import-JAMSXml '<JAMSObjects/>' -TargetFolder \Sales

        The folder into which it goes; that from which it came, or else the root.

    .EXAMPLE
        Import-JAMSXml '<JAMSObjects/>' -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .OUTPUTS
        MVPSI.JAMS.DefinitionImport

    .NOTES
        REST: POST /JAMS/api/xml/import.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Text', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.DefinitionImport')]
    param(
        [Parameter(ParameterSetName = 'Text', Mandatory = $true, Position = 0)]
        [AllowEmptyString()]
        [string] $Text,

        [string] $TargetFolder,

        [switch] $IgnoreACL,

        [switch] $DryRun,

        [Parameter(ParameterSetName = 'Path', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('FullName', 'PSPath', 'LiteralPath')]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]] $Path,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Invoke-JAMSBackup {
    <#
    .SYNOPSIS
        Take a backup of all that the server knows, while it works.

    .DESCRIPTION
        It is done by an entry of the job \JAMS\JAMSBackup, which can be followed, waited for and cancelled as
        every entry, and tells in its log how far it is. The archive lies in BackupLocation on the server's
        machine; jamsdba RESTORE verifies and restores it. The keys of secrets are not in it.

    .PARAMETER Logs
        With the logs of the server and of runs.

    .PARAMETER Keep
        How many backups stay, with the new one; what is older goes. 0: all stay; else as the job says.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Invoke-JAMSBackup

        Take a backup of all that the server knows, while it works.

    .EXAMPLE
        Invoke-JAMSBackup -WhatIf

        Say what would be done, and do nothing.

    .OUTPUTS
        MVPSI.JAMS.BackupResult

    .NOTES
        REST: POST /JAMS/api/backup.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.BackupResult')]
    param(
        [switch] $Logs,

        [long] $Keep,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Invoke-JAMSPurge {
    <#
    .SYNOPSIS
        Remove what is older than some days from the history, the logs or the audit trail.

    .DESCRIPTION
        It is done by an entry of the job \JAMS\JAMSPurge, which can be followed, waited for and cancelled as
        every entry, and tells in its log how far it is. With dryRun nothing is removed, and the answer says how
        many rows would be; of a long history that takes some seconds.

        What the monitor still shows stays, and so does the last end of each job and what dependencies ask for.

    .PARAMETER Days
        What is older than so many days goes.

    .PARAMETER What
        History (with the logs and trails of its runs), Logs alone, or AuditTrail (with the trails of entries
        that have no history, and records of missed points).

    .PARAMETER Minimum
        The newest runs of each job that stay however old they are; else 1.

    .PARAMETER Maximum
        The most runs of each job that stay, however new; else all do.

    .PARAMETER DryRun
        Remove nothing, and say how many would be.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Invoke-JAMSPurge 10

        Remove what is older than some days from the history, the logs or the audit trail.

    .EXAMPLE
        Invoke-JAMSPurge 10 -WhatIf

        Say what would be done, and do nothing.

    .OUTPUTS
        MVPSI.JAMS.PurgeResult

    .NOTES
        REST: POST /JAMS/api/purge.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.PurgeResult')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [ValidateRange(1, 36500)]
        [long] $Days,

        [Parameter(Position = 1)]
        [ValidateSet('History', 'Logs', 'AuditTrail')]
        [string] $What,

        [long] $Minimum,

        [long] $Maximum,

        [switch] $DryRun,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Lock-JAMSResource {
    <#
    .SYNOPSIS
        Let a running entry have some of a resource, and say at once whether it got it.

    .DESCRIPTION
        When there is not enough it gets nothing, and may ask again. What it got it has until it is given back,
        or the run ends.

    .PARAMETER JamsEntry
        JAMS entry number in the schedule.

    .PARAMETER Quantity
        How much of it.

    .PARAMETER Name
        Name of the resource; its number, if none has that name.

    .PARAMETER Id
        Number of the resource.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Lock-JAMSResource Licence -JamsEntry 1234

        Let a running entry have some of a resource, and say at once whether it got it.

    .EXAMPLE
        Lock-JAMSResource -JamsEntry 1234 -Id 10

        Let a running entry have some of a resource, and say at once whether it got it.

    .EXAMPLE
        Get-JAMSResource | Lock-JAMSResource

        The same for everything that Get-JAMSResource gives.

    .EXAMPLE
        Lock-JAMSResource Licence -JamsEntry 1234 -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.Int64

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.ResourceAnswer

    .NOTES
        REST: POST /JAMS/api/resource/{name}/acquire.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.ResourceAnswer')]
    param(
        [Parameter(Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateRange(1, 9007199254740991)]
        [MVPSI.JAMS.Module.NounTransformation('Lock-JAMSResource', 'JamsEntry')]
        [long] $JamsEntry,

        [ValidateRange(1, 9007199254740991)]
        [long] $Quantity,

        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('ResourceName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Lock-JAMSResource', 'Name')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function New-JAMSAccount {
    <#
    .SYNOPSIS
        Create an account. Without a password only tokens let it in.

    .DESCRIPTION
        Create an account. Without a password only tokens let it in.

    .PARAMETER AccountName
        Name by which its owner logs in.

    .PARAMETER NewPassword
        Its password; without one only tokens let it in.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER Groups
        The groups it is in.

    .PARAMETER Enabled
        Whether it is let in.

    .PARAMETER Service
        Whether it is of a program, and logs in by tokens alone.

    .PARAMETER MustChangePassword
        Whether its password is to be changed before anything else.

    .PARAMETER Source
        Where it comes from: local, or directory or openid. Its password is there, and the first login by its
        name binds it to whom it is of.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        New-JAMSAccount ann -Groups Submitters

        Create an account. Without a password only tokens let it in.

    .EXAMPLE
        New-JAMSAccount ann -NewPassword (Read-Host 'New password' -AsSecureString)

        The same with a secret, which is asked for so that it stands in no history.

    .EXAMPLE
        New-JAMSAccount ann -Groups Submitters -WhatIf

        Say what would be done, and do nothing.

    .NOTES
        REST: POST /JAMS/api/account.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [AllowEmptyString()]
        [string] $AccountName,

        [MVPSI.JAMS.Module.SecretTransformation()]
        [securestring] $NewPassword,

        [string] $Description,

        [string[]] $Groups,

        [bool] $Enabled,

        [switch] $Service,

        [switch] $MustChangePassword,

        [string] $Source,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function New-JAMSAccountGroup {
    <#
    .SYNOPSIS
        Create a group of accounts.

    .DESCRIPTION
        Create a group of accounts.

    .PARAMETER GroupName
        Name of the group.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER Accounts
        The accounts that are in it.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        New-JAMSAccountGroup Night -Accounts ann

        Create a group of accounts.

    .EXAMPLE
        New-JAMSAccountGroup Night -Accounts ann -WhatIf

        Say what would be done, and do nothing.

    .NOTES
        REST: POST /JAMS/api/group.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [AllowEmptyString()]
        [string] $GroupName,

        [string] $Description,

        [string[]] $Accounts,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function New-JAMSAgent {
    <#
    .SYNOPSIS
        Create an agent, such as a Windows host without an agent of its own (type WinRM).

    .DESCRIPTION
        Of a host of type WinRM the properties say how it is reached: Address, Port, UseTLS, VerifyCertificate,
        CertificateAuthority, ConfigurationName, Authentication, Credential (the name of a stored credential),
        ConnectTimeout and ReconnectTimeout (seconds). To make such an agent takes the right
        AccessControl.Change, because passwords go to the host that it names: that of its credential, and those
        of the credentials that jobs run as.

    .PARAMETER Name
        Name of the agent, by which jobs refer to it.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER AgentType
        How it is reached; WinRM is a Windows host without an agent of its own.

    .PARAMETER AgentPlatform
        The system it runs.

    .PARAMETER JobLimit
        How many jobs it runs at once, at most.

    .PARAMETER Online
        Whether it takes jobs; entries of one that does not wait.

    .PARAMETER Properties
        How it is reached, such as Address: documents with propertyName and currentValue.

    .PARAMETER IsExecutionAgent
        Whether it runs jobs, as every agent of this server does.

    .PARAMETER Acl
        Its own access list: who may do what to it, where the area lets him. The first line that is about
        somebody decides; then those of the folders it lies in, the nearest first.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole Agent, as got from the server and changed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        New-JAMSAgent win1

        Create an agent, such as a Windows host without an agent of its own (type WinRM).

    .EXAMPLE
        New-JAMSAgent win1 -AgentType Incoming -AgentPlatform Unix

        How it is reached; WinRM is a Windows host without an agent of its own. The system it runs.

    .EXAMPLE
        New-JAMSAgent win1 -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        MVPSI.JAMS.Agent

    .OUTPUTS
        MVPSI.JAMS.Agent

    .NOTES
        REST: POST /JAMS/api/agent.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Agent')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0)]
        [Parameter(ParameterSetName = 'InputObject')]
        [Alias('AgentName')]
        [AllowEmptyString()]
        [string] $Name,

        [string] $Description,

        [ValidateSet('Local', 'Incoming', 'Outgoing', 'SSH', 'SSHAgentX', 'Passive', 'WinRM')]
        [string] $AgentType,

        [ValidateSet('Windows', 'Unix', 'Unknown')]
        [string] $AgentPlatform,

        [long] $JobLimit,

        [switch] $Online,

        [object[]] $Properties,

        [switch] $IsExecutionAgent,

        [object] $Acl,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Agent')]
        [MVPSI.JAMS.Agent] $InputObject,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function New-JAMSAlert {
    <#
    .SYNOPSIS
        Create an alert.

    .DESCRIPTION
        Create an alert.

    .PARAMETER Name
        Name of the alert, by which jobs and folders refer to it.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER InheritanceName
        Alerts that share it, of folders and job, tell as one: their addresses and events add up, and the nearest
        has the words.

    .PARAMETER Events
        What it tells of.

    .PARAMETER Handler
        How it tells.

    .PARAMETER NotifyNames
        Mail addresses with commas between them; -* takes away those before it. Else those whom the job names.

    .PARAMETER NotifySubmitter
        Whether whoever submitted the entry by hand is written to as well.

    .PARAMETER SummaryText
        The subject, which may hold {{ values }}.

    .PARAMETER DetailText
        The text, or HTML, which may hold {{ values }}; of a web hook, the JSON.

    .PARAMETER Address
        Of a WebHook: where, an address with https.

    .PARAMETER CredentialName
        Of a WebHook: the credential whose password signs it.

    .PARAMETER JobName
        Of a Job: path of the job that is submitted.

    .PARAMETER Acl
        Its own access list: who may do what to it, where the area lets him. The first line that is about
        somebody decides; then those of the folders it lies in, the nearest first.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole Alert, as got from the server and changed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        New-JAMSAlert Operators

        Create an alert.

    .EXAMPLE
        New-JAMSAlert Operators -Events EntryFailed -Handler WebHook

        What it tells of. How it tells.

    .EXAMPLE
        New-JAMSAlert Operators -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        MVPSI.JAMS.Alert

    .OUTPUTS
        MVPSI.JAMS.Alert

    .NOTES
        REST: POST /JAMS/api/alert.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Alert')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0)]
        [Parameter(ParameterSetName = 'InputObject')]
        [Alias('AlertName')]
        [AllowEmptyString()]
        [string] $Name,

        [string] $Description,

        [string] $InheritanceName,

        [ValidateSet('EntrySucceeded', 'EntryFailed', 'EntryShort', 'EntryStalled', 'EntryRunaway', 'EntryMissedWindow', 'ActivityTimeLimit')]
        [string[]] $Events,

        [ValidateSet('Mail', 'WebHook', 'Job')]
        [string] $Handler,

        [string] $NotifyNames,

        [switch] $NotifySubmitter,

        [string] $SummaryText,

        [string] $DetailText,

        [string] $Address,

        [string] $CredentialName,

        [string] $JobName,

        [object] $Acl,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Alert')]
        [MVPSI.JAMS.Alert] $InputObject,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function New-JAMSCalendar {
    <#
    .SYNOPSIS
        Create a calendar. Its date types are created one by one afterwards.

    .DESCRIPTION
        Create a calendar. Its date types are created one by one afterwards.

    .PARAMETER Name
        Name of the calendar.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER ColorName
        The colour in which its dates are shown.

    .PARAMETER Acl
        Its own access list: who may do what to it, where the area lets him. The first line that is about
        somebody decides; then those of the folders it lies in, the nearest first.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole Calendar, as got from the server and changed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        New-JAMSCalendar Finance

        Create a calendar. Its date types are created one by one afterwards.

    .EXAMPLE
        New-JAMSCalendar Finance -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        MVPSI.JAMS.Calendar

    .OUTPUTS
        MVPSI.JAMS.Calendar

    .NOTES
        REST: POST /JAMS/api/calendar.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Calendar')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0)]
        [Parameter(ParameterSetName = 'InputObject')]
        [Alias('CalendarName')]
        [AllowEmptyString()]
        [string] $Name,

        [string] $Description,

        [string] $ColorName,

        [object] $Acl,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Calendar')]
        [MVPSI.JAMS.Calendar] $InputObject,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function New-JAMSCredential {
    <#
    .SYNOPSIS
        Store a credential: an account with its password, a private key, or both.

    .DESCRIPTION
        Who makes it owns it: as long as it has no access list, he may let work run by it, and nobody else but
        who has the right AccessControl.Change. Runs on the machine of the server take its account only if
        somebody with that right has named it, since no password is asked for there.

    .PARAMETER Name
        Name of the credential.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER LogonUserName
        The account as the other system knows it, with its domain or host where it has one; the name of the
        credential, if none is given.

    .PARAMETER Password
        The password, which is never shown. Left out or null, it stays; an empty text takes it away.

    .PARAMETER KeyFileContent
        A private key to be stored, as a file of OpenSSH or PEM holds it; it is never shown. Left out or null,
        the keys stay; an empty text takes them away.

    .PARAMETER KeyFilePassword
        The passphrase of keyFileContent, if it has one. It is not stored.

    .PARAMETER Acl
        Its own access list: who may do what to it, where the area lets him. The first line that is about
        somebody decides; then those of the folders it lies in, the nearest first.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole Credential, as got from the server and changed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        New-JAMSCredential Warehouse

        Store a credential: an account with its password, a private key, or both.

    .EXAMPLE
        New-JAMSCredential Warehouse -Password (Read-Host 'Password' -AsSecureString)

        The same with a secret, which is asked for so that it stands in no history.

    .EXAMPLE
        New-JAMSCredential Warehouse -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        MVPSI.JAMS.Credential

    .OUTPUTS
        MVPSI.JAMS.Credential

    .NOTES
        REST: POST /JAMS/api/credential.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Credential')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0)]
        [Parameter(ParameterSetName = 'InputObject')]
        [Alias('CredentialName')]
        [AllowEmptyString()]
        [string] $Name,

        [string] $Description,

        [string] $LogonUserName,

        [MVPSI.JAMS.Module.SecretTransformation()]
        [securestring] $Password,

        [MVPSI.JAMS.Module.SecretTransformation()]
        [securestring] $KeyFileContent,

        [MVPSI.JAMS.Module.SecretTransformation()]
        [securestring] $KeyFilePassword,

        [object] $Acl,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Credential')]
        [MVPSI.JAMS.Credential] $InputObject,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function New-JAMSCredentialKey {
    <#
    .SYNOPSIS
        Make a new pair of keys for a credential, in place of the one that it has; and show the public key.

    .DESCRIPTION
        The private key stays in the server: it logs on by SFTP. Whoever shall let it in gets the public key.

    .PARAMETER KeyType
        By what they are made.

    .PARAMETER Name
        Name of the credential.

    .PARAMETER KeyLength
        Their bits: 3072 (usual), 4096 or 8192 of RSA; 256 (usual), 384 or 521 of ECDSA; 256 of Ed25519.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER Id
        Number of the credential.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        New-JAMSCredentialKey Warehouse -KeyType ECDSA

        Make a new pair of keys for a credential, in place of the one that it has; and show the public key.

    .EXAMPLE
        New-JAMSCredentialKey -KeyType ECDSA -Id 10

        Make a new pair of keys for a credential, in place of the one that it has; and show the public key.

    .EXAMPLE
        New-JAMSCredentialKey Warehouse -KeyType ECDSA -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Credential

    .NOTES
        REST: PUT /JAMS/api/credential/{id}/keys/generate/{keyType}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Credential')]
    param(
        [Parameter(Mandatory = $true)]
        [ValidateSet('RSA', 'ECDSA', 'Ed25519')]
        [AllowEmptyString()]
        [string] $KeyType,

        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('CredentialName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('New-JAMSCredentialKey', 'Name')]
        [string[]] $Name,

        [ValidateRange(1, 65536)]
        [long] $KeyLength,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function New-JAMSDateType {
    <#
    .SYNOPSIS
        Create a date type in the calendar that its document names (the default one if none), with its dates.

    .DESCRIPTION
        Create a date type in the calendar that its document names (the default one if none), with its dates.

    .PARAMETER Name
        Name of the date type, as the date language uses it: HOLIDAY.

    .PARAMETER Calendar
        Its calendar; a new one is in the default one, if none is given.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER Continuous
        Whether a date lasts until the next one, as fiscal periods do.

    .PARAMETER SpecificTypes
        Names that its dates may bear: documents with specificType and sequence.

    .PARAMETER DateTypeLinks
        Date types whose dates it includes: documents with dateTypeType and calendarName.

    .PARAMETER Dates
        Its dates, in place of those that are there: documents with startDate and more.

    .PARAMETER InputObject
        The whole DateType, as got from the server and changed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        New-JAMSDateType HOLIDAY

        Create a date type in the calendar that its document names (the default one if none), with its dates.

    .EXAMPLE
        New-JAMSDateType HOLIDAY -Calendar Default

        Its calendar; a new one is in the default one, if none is given.

    .EXAMPLE
        New-JAMSDateType HOLIDAY -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        MVPSI.JAMS.DateType

    .OUTPUTS
        MVPSI.JAMS.DateType

    .NOTES
        REST: POST /JAMS/api/datetype.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.DateType')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0)]
        [Parameter(ParameterSetName = 'InputObject')]
        [Alias('DateTypeType')]
        [AllowEmptyString()]
        [string] $Name,

        [Alias('CalendarName')]
        [string] $Calendar,

        [string] $Description,

        [switch] $Continuous,

        [object[]] $SpecificTypes,

        [object[]] $DateTypeLinks,

        [object[]] $Dates,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('DateType')]
        [MVPSI.JAMS.DateType] $InputObject,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function New-JAMSFolder {
    <#
    .SYNOPSIS
        Create a folder inside the folder that its document names as parent (the root if none).

    .DESCRIPTION
        Create a folder inside the folder that its document names as parent (the root if none).

    .PARAMETER Name
        Name of the folder, without the path.

    .PARAMETER ParentFolderID
        Number of the folder it lies in.

    .PARAMETER Parent
        Path of the folder it lies in; a new one lies in the root otherwise.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER Parameters
        Parameters of the jobs below it: documents with paramName, defaultValue and more.

    .PARAMETER Elements
        Elements that come down to the jobs below it, kept and given back as they are.

    .PARAMETER Properties
        Properties for what is below it: documents with propertyName and currentValue.

    .PARAMETER TagIds
        Numbers of its tags.

    .PARAMETER Tags
        Its tags: documents with tagName.

    .PARAMETER Acl
        Its own access list: who may do what to it, where the area lets him. The first line that is about
        somebody decides; then those of the folders it lies in, the nearest first.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole Folder, as got from the server and changed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        New-JAMSFolder NewSales

        Create a folder inside the folder that its document names as parent (the root if none).

    .EXAMPLE
        New-JAMSFolder NewSales -Parent \Sales

        Path of the folder it lies in; a new one lies in the root otherwise.

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

        [Alias('ParentFolderName', 'Folder')]
        [string] $Parent,

        [string] $Description,

        [object[]] $Parameters,

        [object[]] $Elements,

        [object[]] $Properties,

        [long[]] $TagIds,

        [object[]] $Tags,

        [object] $Acl,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Folder')]
        [MVPSI.JAMS.Folder] $InputObject,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function New-JAMSJob {
    <#
    .SYNOPSIS
        Create a job inside the folder that its document names as parent.

    .DESCRIPTION
        Create a job inside the folder that its document names as parent.

    .PARAMETER Name
        Name of the job, without the path.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER MethodID
        Number of the execution method.

    .PARAMETER MethodName
        The execution method, which says what runs the source, such as Command.

    .PARAMETER Source
        What is run: a script in the language of the method.

    .PARAMETER ParentFolderID
        Number of the folder it lies in.

    .PARAMETER Folder
        Path of the folder it lies in; a new one lies in the root otherwise.

    .PARAMETER Schedule
        The days on which it runs by itself, such as WORKDAYS; stands for a trigger.

    .PARAMETER At
        The time of day at which it does, such as 08:30; else midnight.

    .PARAMETER TimeZone
        The zone of that time, such as Europe/Berlin; else the server's.

    .PARAMETER ExceptFor
        The days on which it does not run, such as HOLIDAYS.

    .PARAMETER Parameters
        Its parameters: documents with paramName, defaultValue and more.

    .PARAMETER Elements
        Its triggers and other elements, such as a ScheduleTrigger.

    .PARAMETER SourceElements
        Parts of its source where the method has such, kept and given back as they are.

    .PARAMETER Properties
        Its properties, such as Agent: documents with propertyName and currentValue.

    .PARAMETER TagIds
        Numbers of its tags.

    .PARAMETER Tags
        Its tags: documents with tagName.

    .PARAMETER Acl
        Its own access list: who may do what to it, where the area lets him. The first line that is about
        somebody decides; then those of the folders it lies in, the nearest first.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole Job, as got from the server and changed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        New-JAMSJob NewSales

        Create a job inside the folder that its document names as parent.

    .EXAMPLE
        New-JAMSJob NewSales -MethodName Command -Folder \Sales

        The execution method, which says what runs the source, such as Command. Path of the folder it lies in; a
        new one lies in the root otherwise.

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

        [Alias('ParentFolderName', 'Parent')]
        [string] $Folder,

        [string] $Schedule,

        [string] $At,

        [string] $TimeZone,

        [string] $ExceptFor,

        [object[]] $Parameters,

        [object[]] $Elements,

        [object[]] $SourceElements,

        [object[]] $Properties,

        [long[]] $TagIds,

        [object[]] $Tags,

        [object] $Acl,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Job')]
        [MVPSI.JAMS.Job] $InputObject,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function New-JAMSMenu {
    <#
    .SYNOPSIS
        Create a menu.

    .DESCRIPTION
        Create a menu.

    .PARAMETER Name
        Name of the menu.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER MenuDetails
        What it shows: lines with folderName, includeJobs and others.

    .PARAMETER Acl
        Its own access list: who may do what to it, where the area lets him. The first line that is about
        somebody decides; then those of the folders it lies in, the nearest first.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole Menu, as got from the server and changed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        New-JAMSMenu Daily

        Create a menu.

    .EXAMPLE
        New-JAMSMenu Daily -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        MVPSI.JAMS.Menu

    .OUTPUTS
        MVPSI.JAMS.Menu

    .NOTES
        REST: POST /JAMS/api/menu.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Menu')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0)]
        [Parameter(ParameterSetName = 'InputObject')]
        [Alias('MenuName')]
        [AllowEmptyString()]
        [string] $Name,

        [string] $Description,

        [object[]] $MenuDetails,

        [object] $Acl,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Menu')]
        [MVPSI.JAMS.Menu] $InputObject,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function New-JAMSMethod {
    <#
    .SYNOPSIS
        Create an execution method from one that is delivered with the server.

    .DESCRIPTION
        Create an execution method from one that is delivered with the server.

    .PARAMETER Name
        Name of the execution method, by which jobs name it.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER MethodTypeID
        Number of the delivered method that it is made from.

    .PARAMETER Type
        Name of the delivered method that it is made from, such as Python.

    .PARAMETER Template
        What jobs run that have no source. Of a method that parses also where parsing begins, if <<JAMS.Source>>
        stands in it for the source of the job.

    .PARAMETER Parameters
        Parameters of its jobs: documents with paramName, defaultValue and more. Those of the delivered method
        are among them, as it says or otherwise.

    .PARAMETER Properties
        How its jobs are run and judged: documents with propertyName and currentValue.

    .PARAMETER JobProperties
        What else comes down to its jobs, where neither they nor their folders say it.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole ExecutionMethod, as got from the server and changed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        New-JAMSMethod Report

        Create an execution method from one that is delivered with the server.

    .EXAMPLE
        New-JAMSMethod Report -Type Command

        Name of the delivered method that it is made from, such as Python.

    .EXAMPLE
        New-JAMSMethod Report -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        MVPSI.JAMS.ExecutionMethod

    .OUTPUTS
        MVPSI.JAMS.ExecutionMethod

    .NOTES
        REST: POST /JAMS/api/method.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.ExecutionMethod')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0)]
        [Parameter(ParameterSetName = 'InputObject')]
        [Alias('MethodName')]
        [AllowEmptyString()]
        [string] $Name,

        [string] $Description,

        [long] $MethodTypeID,

        [Alias('MethodTypeName')]
        [string] $Type,

        [string] $Template,

        [object[]] $Parameters,

        [object[]] $Properties,

        [object[]] $JobProperties,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('ExecutionMethod')]
        [MVPSI.JAMS.ExecutionMethod] $InputObject,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function New-JAMSNamedTime {
    <#
    .SYNOPSIS
        Create a named time.

    .DESCRIPTION
        Create a named time.

    .PARAMETER Name
        Name of the named time, by which jobs refer to it.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER StartTime
        When the window opens: a document with totalSeconds since midnight.

    .PARAMETER EndTime
        When it closes, likewise; before the start, it is on the next day. Else midnight.

    .PARAMETER Enabled
        Whether it is open at its times; otherwise it stays closed.

    .PARAMETER AutoEnable
        Whether it shall be enabled by itself at its start; not supported yet.

    .PARAMETER AutoDisable
        Whether it shall be disabled by itself at its end; not supported yet.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole NamedTime, as got from the server and changed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        New-JAMSNamedTime Night -StartTime 22:00

        Create a named time.

    .EXAMPLE
        New-JAMSNamedTime Night -StartTime 22:00 -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        MVPSI.JAMS.NamedTime

    .OUTPUTS
        MVPSI.JAMS.NamedTime

    .NOTES
        REST: POST /JAMS/api/namedtime.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.NamedTime')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0)]
        [Parameter(ParameterSetName = 'InputObject')]
        [Alias('TimeName')]
        [AllowEmptyString()]
        [string] $Name,

        [string] $Description,

        [Parameter(ParameterSetName = 'Default', Mandatory = $true)]
        [Parameter(ParameterSetName = 'InputObject')]
        [object] $StartTime,

        [object] $EndTime,

        [switch] $Enabled,

        [switch] $AutoEnable,

        [switch] $AutoDisable,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('NamedTime')]
        [MVPSI.JAMS.NamedTime] $InputObject,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function New-JAMSOneTimeCode {
    <#
    .SYNOPSIS
        Let the caller's account take one-time codes (TOTP, RFC 6238), as authenticators show them.

    .DESCRIPTION
        What an authenticator needs is told this once. The codes count once one was shown to
        confirm_one_time_codes; who begins again before that gets another secret.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        New-JAMSOneTimeCode

        Let the caller's account take one-time codes (TOTP, RFC 6238), as authenticators show them.

    .EXAMPLE
        New-JAMSOneTimeCode -WhatIf

        Say what would be done, and do nothing.

    .OUTPUTS
        MVPSI.JAMS.CodeSecret

    .NOTES
        REST: POST /JAMS/api/authentication/codes.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.CodeSecret')]
    param(
        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function New-JAMSPersonalToken {
    <#
    .SYNOPSIS
        Make a personal access token, to be shown by a program in place of the caller's password.

    .DESCRIPTION
        It is told this once. It goes into the header Authorization: Bearer, or stands for the password beside
        the account's name. It gives no more than the account may at the time, and nothing while the account is
        disabled. With one no other is made, and it opens no PowerShell session on the server.

    .PARAMETER TokenName
        What it is for; each of an account has another name.

    .PARAMETER Rights
        The rights it is narrowed to, as Monitor.SeeOwn; all of the account, if not given.

    .PARAMETER Expires
        Until when it holds, at most a year; 90 days if not given.

    .PARAMETER Folders
        The folders it is limited to, with all below them; it follows them when they move. None: it is not.

    .PARAMETER Operations
        Names of the operations it is limited to, as find_entries. None: it is not.

    .PARAMETER ReadOnly
        Whether nothing is changed by it.

    .PARAMETER UserName
        The service account whose token it shall be, which takes the right AccessControl.Change; the caller's
        own, if none is named.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        New-JAMSPersonalToken 'Nightly build'

        Make a personal access token, to be shown by a program in place of the caller's password.

    .EXAMPLE
        New-JAMSPersonalToken 'Nightly build' -WhatIf

        Say what would be done, and do nothing.

    .OUTPUTS
        MVPSI.JAMS.IssuedToken

    .NOTES
        REST: POST /JAMS/api/authentication/token.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.IssuedToken')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [AllowEmptyString()]
        [string] $TokenName,

        [string[]] $Rights,

        [MVPSI.JAMS.Module.TimeTransformation()]
        [datetime] $Expires,

        [string[]] $Folders,

        [string[]] $Operations,

        [switch] $ReadOnly,

        [string] $UserName,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function New-JAMSQueue {
    <#
    .SYNOPSIS
        Create a queue.

    .DESCRIPTION
        Create a queue.

    .PARAMETER Name
        Name of the queue, by which jobs refer to it.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER JobLimit
        How many of its jobs run at once, at most.

    .PARAMETER Started
        Whether it lets jobs start; those that run go on when it is stopped.

    .PARAMETER StartedOn
        The agents that run its jobs, the one with the fewest first: documents with agentName. With none, each
        job says for itself.

    .PARAMETER Acl
        Its own access list: who may do what to it, where the area lets him. The first line that is about
        somebody decides; then those of the folders it lies in, the nearest first.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole BatchQueue, as got from the server and changed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        New-JAMSQueue Nightly

        Create a queue.

    .EXAMPLE
        New-JAMSQueue Nightly -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        MVPSI.JAMS.BatchQueue

    .OUTPUTS
        MVPSI.JAMS.BatchQueue

    .NOTES
        REST: POST /JAMS/api/batchqueue.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.BatchQueue')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0)]
        [Parameter(ParameterSetName = 'InputObject')]
        [Alias('QueueName')]
        [AllowEmptyString()]
        [string] $Name,

        [string] $Description,

        [long] $JobLimit,

        [switch] $Started,

        [object[]] $StartedOn,

        [object] $Acl,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('BatchQueue')]
        [MVPSI.JAMS.BatchQueue] $InputObject,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function New-JAMSResource {
    <#
    .SYNOPSIS
        Create a resource.

    .DESCRIPTION
        Create a resource.

    .PARAMETER Name
        Name of the resource, by which jobs refer to it.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER QuantityAvailable
        How much there is, used or not; of a resource specific to agents, how much there is at each agent that
        resourceDetails does not name.

    .PARAMETER AgentSpecific
        Whether each agent has a quantity of its own, for the jobs that run there.

    .PARAMETER ResourceDetails
        How much there is at which agent: documents with agentName and quantityAvailable.

    .PARAMETER Acl
        Its own access list: who may do what to it, where the area lets him. The first line that is about
        somebody decides; then those of the folders it lies in, the nearest first.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole Resource, as got from the server and changed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        New-JAMSResource Licence

        Create a resource.

    .EXAMPLE
        New-JAMSResource Licence -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        MVPSI.JAMS.Resource

    .OUTPUTS
        MVPSI.JAMS.Resource

    .NOTES
        REST: POST /JAMS/api/resource.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Resource')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0)]
        [Parameter(ParameterSetName = 'InputObject')]
        [Alias('ResourceName')]
        [AllowEmptyString()]
        [string] $Name,

        [string] $Description,

        [long] $QuantityAvailable,

        [switch] $AgentSpecific,

        [object[]] $ResourceDetails,

        [object] $Acl,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Resource')]
        [MVPSI.JAMS.Resource] $InputObject,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function New-JAMSSetting {
    <#
    .SYNOPSIS
        Add a setting for purposes of the users' own, which the server keeps and shows.

    .DESCRIPTION
        Add a setting for purposes of the users' own, which the server keeps and shows.

    .PARAMETER Name
        Name of the setting, taken in any case.

    .PARAMETER DataType
        What it holds; it is chosen when users add a setting, and stays.

    .PARAMETER Value
        Its value, as text in the form of its type; null is the default.

    .PARAMETER Description
        What it is for; of a setting that the server knows, the server says so.

    .PARAMETER InputObject
        The whole Setting, as got from the server and changed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        New-JAMSSetting HouseRules

        Add a setting for purposes of the users' own, which the server keeps and shows.

    .EXAMPLE
        New-JAMSSetting HouseRules -DataType Integer

        What it holds; it is chosen when users add a setting, and stays.

    .EXAMPLE
        New-JAMSSetting HouseRules -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        MVPSI.JAMS.Setting

    .OUTPUTS
        MVPSI.JAMS.Setting

    .NOTES
        REST: POST /JAMS/api/cfg.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Setting')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0)]
        [Parameter(ParameterSetName = 'InputObject')]
        [AllowEmptyString()]
        [string] $Name,

        [ValidateSet('Text', 'Integer', 'Float', 'Boolean', 'Date', 'Time', 'DateTime', 'TimeSpan', 'Choice', 'TimeZone')]
        [string] $DataType,

        [string] $Value,

        [string] $Description,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Setting')]
        [MVPSI.JAMS.Setting] $InputObject,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function New-JAMSSetup {
    <#
    .SYNOPSIS
        Create a setup inside the folder that its document names as parent.

    .DESCRIPTION
        Create a setup inside the folder that its document names as parent.

    .PARAMETER Name
        Name of the setup, without the path.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER ParentFolderID
        Number of the folder it lies in.

    .PARAMETER Folder
        Path of the folder it lies in; a new one lies in the root otherwise.

    .PARAMETER Schedule
        The days on which it runs by itself, such as WORKDAYS; stands for a trigger.

    .PARAMETER At
        The time of day at which it does, such as 08:30; else midnight.

    .PARAMETER TimeZone
        The zone of that time, such as Europe/Berlin; else the server's.

    .PARAMETER ExceptFor
        The days on which it does not run, such as HOLIDAYS.

    .PARAMETER Jobs
        Its members: documents with jobName, step and more.

    .PARAMETER Parameters
        Its parameters, whose values go to the members' parameters of the same names.

    .PARAMETER Elements
        Its triggers and other elements, such as a ScheduleTrigger.

    .PARAMETER Properties
        Its properties: documents with propertyName and currentValue.

    .PARAMETER TagIds
        Numbers of its tags.

    .PARAMETER Tags
        Its tags: documents with tagName.

    .PARAMETER Acl
        Its own access list: who may do what to it, where the area lets him. The first line that is about
        somebody decides; then those of the folders it lies in, the nearest first.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole Setup, as got from the server and changed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        New-JAMSSetup NewSales

        Create a setup inside the folder that its document names as parent.

    .EXAMPLE
        New-JAMSSetup NewSales -Folder \Sales

        Path of the folder it lies in; a new one lies in the root otherwise.

    .EXAMPLE
        New-JAMSSetup NewSales -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        MVPSI.JAMS.Setup

    .OUTPUTS
        MVPSI.JAMS.Setup

    .NOTES
        REST: POST /JAMS/api/setup.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Setup')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0)]
        [Parameter(ParameterSetName = 'InputObject')]
        [Alias('SetupName')]
        [AllowEmptyString()]
        [string] $Name,

        [string] $Description,

        [long] $ParentFolderID,

        [Alias('ParentFolderName', 'Parent')]
        [string] $Folder,

        [string] $Schedule,

        [string] $At,

        [string] $TimeZone,

        [string] $ExceptFor,

        [object[]] $Jobs,

        [object[]] $Parameters,

        [object[]] $Elements,

        [object[]] $Properties,

        [long[]] $TagIds,

        [object[]] $Tags,

        [object] $Acl,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Setup')]
        [MVPSI.JAMS.Setup] $InputObject,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function New-JAMSTrigger {
    <#
    .SYNOPSIS
        Create a trigger inside the folder that its document names as parent (the root if none).

    .DESCRIPTION
        It waits from then on, for what happens from then on.

    .PARAMETER Name
        Name of the trigger, without the path.

    .PARAMETER ParentFolderID
        Number of the folder it lies in.

    .PARAMETER Folder
        Path of the folder it lies in; a new one lies in the root otherwise.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER Enabled
        Whether it does anything. Enabling it begins it anew.

    .PARAMETER ResetWhenFired
        Whether it waits anew when it has fired; else until somebody resets it.

    .PARAMETER Events
        What it waits for: documents with eventType and more.

    .PARAMETER Actions
        What it submits: documents with jobName or setupName.

    .PARAMETER Acl
        Its own access list: who may do what to it, where the area lets him. The first line that is about
        somebody decides; then those of the folders it lies in, the nearest first.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole Trigger, as got from the server and changed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        New-JAMSTrigger NewSales

        Create a trigger inside the folder that its document names as parent (the root if none).

    .EXAMPLE
        New-JAMSTrigger NewSales -Folder \Sales

        Path of the folder it lies in; a new one lies in the root otherwise.

    .EXAMPLE
        New-JAMSTrigger NewSales -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        MVPSI.JAMS.Trigger

    .OUTPUTS
        MVPSI.JAMS.Trigger

    .NOTES
        REST: POST /JAMS/api/trigger.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Trigger')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0)]
        [Parameter(ParameterSetName = 'InputObject')]
        [Alias('TriggerName')]
        [AllowEmptyString()]
        [string] $Name,

        [long] $ParentFolderID,

        [Alias('ParentFolderName', 'Parent')]
        [string] $Folder,

        [string] $Description,

        [switch] $Enabled,

        [switch] $ResetWhenFired,

        [object[]] $Events,

        [object[]] $Actions,

        [object] $Acl,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Trigger')]
        [MVPSI.JAMS.Trigger] $InputObject,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function New-JAMSVariable {
    <#
    .SYNOPSIS
        Create a variable inside the folder that its document names as parent (the root if none).

    .DESCRIPTION
        The value of an encrypted one (encryptionFlag, newEncryptedValue) is never shown: it reaches the runs of
        jobs by parameters that take their defaults from it. That takes the right VariableDefinitions.Decrypt,
        and Decrypt by its access list, of who makes such a job and who submits it.

    .PARAMETER Name
        Name of the variable, without the path.

    .PARAMETER ParentFolderId
        Number of the folder it lies in.

    .PARAMETER Folder
        Path of the folder it lies in; a new one lies in the root otherwise.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER DataType
        What its value is.

    .PARAMETER Value
        Its value, as text in the form of its data type.

    .PARAMETER EncryptionFlag
        Whether the value is kept encrypted: it is shown nowhere, and reaches runs by a parameter that takes its
        default from the variable.

    .PARAMETER Acl
        Its own access list: who may do what to it, where the area lets him. The first line that is about
        somebody decides; then those of the folders it lies in, the nearest first.

    .PARAMETER NewEncryptedValue
        Another value of an encrypted variable, in the form of its data type; it is never shown. Left out or
        null, the value stays.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole Variable, as got from the server and changed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        New-JAMSVariable NewSales

        Create a variable inside the folder that its document names as parent (the root if none).

    .EXAMPLE
        New-JAMSVariable NewSales -NewEncryptedValue (Read-Host 'New encrypted value' -AsSecureString)

        The same with a secret, which is asked for so that it stands in no history.

    .EXAMPLE
        New-JAMSVariable NewSales -Folder \Sales -DataType Text

        Path of the folder it lies in; a new one lies in the root otherwise. What its value is.

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

        [Alias('ParentFolderName', 'Parent')]
        [string] $Folder,

        [string] $Description,

        [ValidateSet('Unknown', 'Text', 'Integer', 'Float', 'Date', 'Time', 'DateTime', 'Boolean')]
        [string] $DataType,

        [string] $Value,

        [switch] $EncryptionFlag,

        [object] $Acl,

        [MVPSI.JAMS.Module.SecretTransformation()]
        [securestring] $NewEncryptedValue,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Variable')]
        [MVPSI.JAMS.Variable] $InputObject,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Remove-JAMSAccount {
    <#
    .SYNOPSIS
        Delete an account with its tokens. What it has done stays under its name.

    .DESCRIPTION
        Whoever gets an account of the same name later is taken for the same by access lists: to keep somebody
        out, disable the account.

    .PARAMETER Name
        Name of the account.

    .PARAMETER Force
        Do it also when nobody could change accounts and access lists after it; only the account command on the
        machine of the server leads back then.

    .PARAMETER Id
        Number of the account.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Remove-JAMSAccount ann

        Delete an account with its tokens. What it has done stays under its name.

    .EXAMPLE
        Remove-JAMSAccount -Id 10

        Delete an account with its tokens. What it has done stays under its name.

    .EXAMPLE
        Get-JAMSAccount | Remove-JAMSAccount

        The same for everything that Get-JAMSAccount gives.

    .EXAMPLE
        Remove-JAMSAccount ann -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .NOTES
        REST: DELETE /JAMS/api/account/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('AccountName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Remove-JAMSAccount', 'Name')]
        [string[]] $Name,

        [switch] $Force,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Remove-JAMSAccountGroup {
    <#
    .SYNOPSIS
        Delete a group of accounts; the accounts stay.

    .DESCRIPTION
        Delete a group of accounts; the accounts stay.

    .PARAMETER Name
        Name of the group.

    .PARAMETER Force
        Do it also when nobody could change accounts and access lists after it; only the account command on the
        machine of the server leads back then.

    .PARAMETER Id
        Number of the group.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Remove-JAMSAccountGroup Submitters

        Delete a group of accounts; the accounts stay.

    .EXAMPLE
        Remove-JAMSAccountGroup -Id 10

        Delete a group of accounts; the accounts stay.

    .EXAMPLE
        Get-JAMSAccountGroup | Remove-JAMSAccountGroup

        The same for everything that Get-JAMSAccountGroup gives.

    .EXAMPLE
        Remove-JAMSAccountGroup Submitters -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .NOTES
        REST: DELETE /JAMS/api/group/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('GroupName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Remove-JAMSAccountGroup', 'Name')]
        [string[]] $Name,

        [switch] $Force,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Remove-JAMSAccountGroupMember {
    <#
    .SYNOPSIS
        Take an account out of a group.

    .DESCRIPTION
        Take an account out of a group.

    .PARAMETER Name
        Name of the group.

    .PARAMETER Account
        Name of the account.

    .PARAMETER Force
        Do it also when nobody could change accounts and access lists after it; only the account command on the
        machine of the server leads back then.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Remove-JAMSAccountGroupMember Submitters ann

        Take an account out of a group.

    .EXAMPLE
        Remove-JAMSAccountGroupMember Submitters ann -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String

    .NOTES
        REST: DELETE /JAMS/api/group/member.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [AllowEmptyString()]
        [string] $Name,

        [Parameter(Mandatory = $true, Position = 1, ValueFromPipelineByPropertyName = $true)]
        [Alias('AccountName')]
        [AllowEmptyString()]
        [MVPSI.JAMS.Module.NounTransformation('Remove-JAMSAccountGroupMember', 'Account')]
        [string] $Account,

        [switch] $Force,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Remove-JAMSAgent {
    <#
    .SYNOPSIS
        Delete an agent.

    .DESCRIPTION
        Delete an agent.

    .PARAMETER Name
        Name of the agent.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER Id
        Number of the agent.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Remove-JAMSAgent localhost

        Delete an agent.

    .EXAMPLE
        Remove-JAMSAgent -Id 10

        Delete an agent.

    .EXAMPLE
        Get-JAMSAgent | Remove-JAMSAgent

        The same for everything that Get-JAMSAgent gives.

    .EXAMPLE
        Remove-JAMSAgent localhost -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .NOTES
        REST: DELETE /JAMS/api/agent/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('AgentName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Remove-JAMSAgent', 'Name')]
        [string[]] $Name,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Remove-JAMSAlert {
    <#
    .SYNOPSIS
        Delete an alert.

    .DESCRIPTION
        Delete an alert.

    .PARAMETER Name
        Name of the alert.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER Id
        Number of the alert.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Remove-JAMSAlert Operators

        Delete an alert.

    .EXAMPLE
        Remove-JAMSAlert -Id 10

        Delete an alert.

    .EXAMPLE
        Get-JAMSAlert | Remove-JAMSAlert

        The same for everything that Get-JAMSAlert gives.

    .EXAMPLE
        Remove-JAMSAlert Operators -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .NOTES
        REST: DELETE /JAMS/api/alert/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('AlertName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Remove-JAMSAlert', 'Name')]
        [string[]] $Name,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Remove-JAMSCalendar {
    <#
    .SYNOPSIS
        Delete a calendar with its date types and dates.

    .DESCRIPTION
        Delete a calendar with its date types and dates.

    .PARAMETER Name
        Name of the calendar.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER Id
        Number of the calendar.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Remove-JAMSCalendar Default

        Delete a calendar with its date types and dates.

    .EXAMPLE
        Remove-JAMSCalendar -Id 10

        Delete a calendar with its date types and dates.

    .EXAMPLE
        Get-JAMSCalendar | Remove-JAMSCalendar

        The same for everything that Get-JAMSCalendar gives.

    .EXAMPLE
        Remove-JAMSCalendar Default -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .NOTES
        REST: DELETE /JAMS/api/calendar/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('CalendarName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Remove-JAMSCalendar', 'Name')]
        [string[]] $Name,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Remove-JAMSCredential {
    <#
    .SYNOPSIS
        Delete a credential, with its secrets.

    .DESCRIPTION
        Delete a credential, with its secrets.

    .PARAMETER Name
        Name of the credential.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER Id
        Number of the credential.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Remove-JAMSCredential Warehouse

        Delete a credential, with its secrets.

    .EXAMPLE
        Remove-JAMSCredential -Id 10

        Delete a credential, with its secrets.

    .EXAMPLE
        Get-JAMSCredential | Remove-JAMSCredential

        The same for everything that Get-JAMSCredential gives.

    .EXAMPLE
        Remove-JAMSCredential Warehouse -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .NOTES
        REST: DELETE /JAMS/api/credential/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('CredentialName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Remove-JAMSCredential', 'Name')]
        [string[]] $Name,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Remove-JAMSDate {
    <#
    .SYNOPSIS
        Take the date that a date type has on a day out of it; all of that day, if it has several.

    .DESCRIPTION
        Take the date that a date type has on a day out of it; all of that day, if it has several.

    .PARAMETER StartDate
        The day of the date.

    .PARAMETER DateType
        Name of the date type.

    .PARAMETER SpecificType
        Only the date of this specific type.

    .PARAMETER Calendar
        Name of its calendar, where several have one of that name.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER DateTypeId
        Number of the date type.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Remove-JAMSDate HOLIDAY 2026-12-24

        Take the date that a date type has on a day out of it; all of that day, if it has several.

    .EXAMPLE
        Remove-JAMSDate 2026-12-24 -DateTypeId 10

        Take the date that a date type has on a day out of it; all of that day, if it has several.

    .EXAMPLE
        Remove-JAMSDate HOLIDAY 2026-12-24 -Calendar Default

        Name of its calendar, where several have one of that name.

    .EXAMPLE
        Remove-JAMSDate HOLIDAY 2026-12-24 -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.String

    .INPUTS
        System.Int64[]

    .NOTES
        REST: DELETE /JAMS/api/date/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'DateType', SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(ParameterSetName = 'DateType', Mandatory = $true, Position = 1)]
        [Parameter(ParameterSetName = 'DateTypeId', Mandatory = $true, Position = 0)]
        [Alias('Start', 'After')]
        [AllowEmptyString()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $StartDate,

        [Parameter(ParameterSetName = 'DateType', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('DateTypeType', 'TypeName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Remove-JAMSDate', 'DateType')]
        [string[]] $DateType,

        [string] $SpecificType,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [Alias('CalendarName')]
        [MVPSI.JAMS.Module.NounTransformation('Remove-JAMSDate', 'Calendar')]
        [string] $Calendar,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [Parameter(ParameterSetName = 'DateTypeId', Mandatory = $true, ValueFromPipeline = $true)]
        [Alias('Id')]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $DateTypeId,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Remove-JAMSDateType {
    <#
    .SYNOPSIS
        Delete a date type with its dates.

    .DESCRIPTION
        Delete a date type with its dates.

    .PARAMETER Name
        Name of the date type.

    .PARAMETER Calendar
        Name of its calendar, where several have one of that name.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER Id
        Number of the date type.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Remove-JAMSDateType HOLIDAY

        Delete a date type with its dates.

    .EXAMPLE
        Remove-JAMSDateType -Id 10

        Delete a date type with its dates.

    .EXAMPLE
        Remove-JAMSDateType HOLIDAY -Calendar Default

        Name of its calendar, where several have one of that name.

    .EXAMPLE
        Get-JAMSDateType | Remove-JAMSDateType

        The same for everything that Get-JAMSDateType gives.

    .EXAMPLE
        Remove-JAMSDateType HOLIDAY -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.String

    .INPUTS
        System.Int64[]

    .NOTES
        REST: DELETE /JAMS/api/datetype/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('DateTypeType')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Remove-JAMSDateType', 'Name')]
        [string[]] $Name,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [Alias('CalendarName')]
        [MVPSI.JAMS.Module.NounTransformation('Remove-JAMSDateType', 'Calendar')]
        [string] $Calendar,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Remove-JAMSEntry {
    <#
    .SYNOPSIS
        Take an entry that has ended out of the monitor, before its time there is over. Its history stays.

    .DESCRIPTION
        Take an entry that has ended out of the monitor, before its time there is over. Its history stays.

    .PARAMETER Entry
        Number of the entry.

    .PARAMETER Comment
        Why; kept in the audit trail.

    .PARAMETER Name
        Every entry whose name matches and that has not ended; a number will do as well. Wildcards are allowed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Remove-JAMSEntry 1234

        Take an entry that has ended out of the monitor, before its time there is over. Its history stays.

    .EXAMPLE
        Remove-JAMSEntry -Name 'L*'

        Take an entry that has ended out of the monitor, before its time there is over. Its history stays.

    .EXAMPLE
        Get-JAMSEntry -State Held | Remove-JAMSEntry

        The same for everything that Get-JAMSEntry gives.

    .EXAMPLE
        Remove-JAMSEntry 1234 -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.Int64[]

    .NOTES
        REST: DELETE /JAMS/api/entry/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('JamsEntry', 'Id')]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Remove-JAMSEntry', 'Entry')]
        [long[]] $Entry,

        [string] $Comment,

        [Parameter(ParameterSetName = 'ByName', Mandatory = $true)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]] $Name,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
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

    .PARAMETER Version
        Do it only if the definition still has this version.

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
    [OutputType('System.Void')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Remove-JAMSFolder', 'Name')]
        [string[]] $Name,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Remove-JAMSJob {
    <#
    .SYNOPSIS
        Delete a job. Its history stays.

    .DESCRIPTION
        With force it is deleted although entries of it are there: those that wait are ended, runs go on to their
        end and are not tried again. That takes the right Monitor.Abort as well. So it is although others name
        it: what waits for it goes on waiting, and says that it is not there any more.

    .PARAMETER Name
        Path of the job, or its bare name.

    .PARAMETER Force
        Whether to delete it although entries of it have not ended, or others name it.

    .PARAMETER Version
        Do it only if the definition still has this version.

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
    [OutputType('System.Void')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Remove-JAMSJob', 'Name')]
        [string[]] $Name,

        [switch] $Force,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Remove-JAMSMenu {
    <#
    .SYNOPSIS
        Delete a menu. Menus that show it show it no more.

    .DESCRIPTION
        Delete a menu. Menus that show it show it no more.

    .PARAMETER Name
        Name of the menu.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER Id
        Number of the menu.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Remove-JAMSMenu Daily

        Delete a menu. Menus that show it show it no more.

    .EXAMPLE
        Remove-JAMSMenu -Id 10

        Delete a menu. Menus that show it show it no more.

    .EXAMPLE
        Get-JAMSMenu | Remove-JAMSMenu

        The same for everything that Get-JAMSMenu gives.

    .EXAMPLE
        Remove-JAMSMenu Daily -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .NOTES
        REST: DELETE /JAMS/api/menu/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('MenuName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Remove-JAMSMenu', 'Name')]
        [string[]] $Name,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Remove-JAMSMethod {
    <#
    .SYNOPSIS
        Delete an execution method that nothing uses. Those that are delivered stay.

    .DESCRIPTION
        Delete an execution method that nothing uses. Those that are delivered stay.

    .PARAMETER Name
        Name of the method.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER Id
        Number of the method.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Remove-JAMSMethod Command

        Delete an execution method that nothing uses. Those that are delivered stay.

    .EXAMPLE
        Remove-JAMSMethod -Id 10

        Delete an execution method that nothing uses. Those that are delivered stay.

    .EXAMPLE
        Get-JAMSMethod | Remove-JAMSMethod

        The same for everything that Get-JAMSMethod gives.

    .EXAMPLE
        Remove-JAMSMethod Command -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .NOTES
        REST: DELETE /JAMS/api/method/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('MethodName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Remove-JAMSMethod', 'Name')]
        [string[]] $Name,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Remove-JAMSNamedTime {
    <#
    .SYNOPSIS
        Delete a named time.

    .DESCRIPTION
        Delete a named time.

    .PARAMETER Name
        Name of the named time.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER Id
        Number of the named time.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Remove-JAMSNamedTime Night

        Delete a named time.

    .EXAMPLE
        Remove-JAMSNamedTime -Id 10

        Delete a named time.

    .EXAMPLE
        Get-JAMSNamedTime | Remove-JAMSNamedTime

        The same for everything that Get-JAMSNamedTime gives.

    .EXAMPLE
        Remove-JAMSNamedTime Night -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .NOTES
        REST: DELETE /JAMS/api/namedtime/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('TimeName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Remove-JAMSNamedTime', 'Name')]
        [string[]] $Name,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Remove-JAMSOneTimeCode {
    <#
    .SYNOPSIS
        Take the one-time codes of an account away, when its authenticator was lost.

    .DESCRIPTION
        Its password suffices then.

    .PARAMETER Name
        Name of the account.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Id
        Number of the account.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Remove-JAMSOneTimeCode ann

        Take the one-time codes of an account away, when its authenticator was lost.

    .EXAMPLE
        Remove-JAMSOneTimeCode -Id 10

        Take the one-time codes of an account away, when its authenticator was lost.

    .EXAMPLE
        Remove-JAMSOneTimeCode ann -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Account

    .NOTES
        REST: DELETE /JAMS/api/account/{id}/codes.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Account')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('AccountName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Remove-JAMSOneTimeCode', 'Name')]
        [string[]] $Name,

        [switch] $PassThru,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Remove-JAMSOutbox {
    <#
    .SYNOPSIS
        Remove a message from the outbox, which then tells nobody any more.

    .DESCRIPTION
        Remove a message from the outbox, which then tells nobody any more.

    .PARAMETER Id
        Number of the message.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Remove-JAMSOutbox 10

        Remove a message from the outbox, which then tells nobody any more.

    .EXAMPLE
        Get-JAMSOutbox -State Sent | Remove-JAMSOutbox

        The same for everything that Get-JAMSOutbox gives.

    .EXAMPLE
        Remove-JAMSOutbox 10 -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.Int64[]

    .NOTES
        REST: DELETE /JAMS/api/outbox/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('OutboxID')]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Remove-JAMSPersonalToken {
    <#
    .SYNOPSIS
        End a personal access token at once. One of another account takes the right AccessControl.Change.

    .DESCRIPTION
        End a personal access token at once. One of another account takes the right AccessControl.Change.

    .PARAMETER Id
        Number of the token.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Remove-JAMSPersonalToken 10

        End a personal access token at once. One of another account takes the right AccessControl.Change.

    .EXAMPLE
        Get-JAMSPersonalToken | Remove-JAMSPersonalToken

        The same for everything that Get-JAMSPersonalToken gives.

    .EXAMPLE
        Remove-JAMSPersonalToken 10 -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.Int64[]

    .NOTES
        REST: DELETE /JAMS/api/authentication/token/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('TokenID')]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Remove-JAMSQueue {
    <#
    .SYNOPSIS
        Delete a queue.

    .DESCRIPTION
        Delete a queue.

    .PARAMETER Name
        Name of the queue.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER Id
        Number of the queue.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Remove-JAMSQueue Nightly

        Delete a queue.

    .EXAMPLE
        Remove-JAMSQueue -Id 10

        Delete a queue.

    .EXAMPLE
        Get-JAMSQueue | Remove-JAMSQueue

        The same for everything that Get-JAMSQueue gives.

    .EXAMPLE
        Remove-JAMSQueue Nightly -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .NOTES
        REST: DELETE /JAMS/api/batchqueue/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QueueName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Remove-JAMSQueue', 'Name')]
        [string[]] $Name,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Remove-JAMSResource {
    <#
    .SYNOPSIS
        Delete a resource.

    .DESCRIPTION
        Delete a resource.

    .PARAMETER Name
        Name of the resource; its number, if none has that name.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER Id
        Number of the resource.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Remove-JAMSResource Licence

        Delete a resource.

    .EXAMPLE
        Remove-JAMSResource -Id 10

        Delete a resource.

    .EXAMPLE
        Get-JAMSResource | Remove-JAMSResource

        The same for everything that Get-JAMSResource gives.

    .EXAMPLE
        Remove-JAMSResource Licence -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .NOTES
        REST: DELETE /JAMS/api/resource/{name}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('ResourceName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Remove-JAMSResource', 'Name')]
        [string[]] $Name,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Remove-JAMSSetting {
    <#
    .SYNOPSIS
        Delete a setting that users have added.

    .DESCRIPTION
        Delete a setting that users have added.

    .PARAMETER Name
        Name of the setting.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Remove-JAMSSetting KeepCompleted

        Delete a setting that users have added.

    .EXAMPLE
        Get-JAMSSetting | Remove-JAMSSetting

        The same for everything that Get-JAMSSetting gives.

    .EXAMPLE
        Remove-JAMSSetting KeepCompleted -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .NOTES
        REST: DELETE /JAMS/api/cfg/{name}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Remove-JAMSSetting', 'Name')]
        [string[]] $Name,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Remove-JAMSSetup {
    <#
    .SYNOPSIS
        Delete a setup. Its history stays.

    .DESCRIPTION
        With force it is deleted although entries of it are there: those that wait are ended, and those that have
        begun go on to their end. That takes the right Monitor.Abort as well. So it is although others name it:
        what waits for it goes on waiting, and says that it is not there any more.

    .PARAMETER Name
        Path of the setup, or its bare name.

    .PARAMETER Force
        Whether to delete it although entries of it have not ended, or others name it.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER Id
        Number of the setup.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Remove-JAMSSetup \Sales\Nightly

        Delete a setup. Its history stays.

    .EXAMPLE
        Remove-JAMSSetup -Id 10

        Delete a setup. Its history stays.

    .EXAMPLE
        Get-JAMSSetup | Remove-JAMSSetup

        The same for everything that Get-JAMSSetup gives.

    .EXAMPLE
        Remove-JAMSSetup \Sales\Nightly -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .NOTES
        REST: DELETE /JAMS/api/setup/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Remove-JAMSSetup', 'Name')]
        [string[]] $Name,

        [switch] $Force,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Remove-JAMSTrigger {
    <#
    .SYNOPSIS
        Delete a trigger. What it has submitted goes on.

    .DESCRIPTION
        Delete a trigger. What it has submitted goes on.

    .PARAMETER Name
        Path of the trigger, or its bare name.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER Id
        Number of the trigger.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Remove-JAMSTrigger \Sales\Arrived

        Delete a trigger. What it has submitted goes on.

    .EXAMPLE
        Remove-JAMSTrigger -Id 10

        Delete a trigger. What it has submitted goes on.

    .EXAMPLE
        Get-JAMSTrigger | Remove-JAMSTrigger

        The same for everything that Get-JAMSTrigger gives.

    .EXAMPLE
        Remove-JAMSTrigger \Sales\Arrived -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .NOTES
        REST: DELETE /JAMS/api/trigger/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Remove-JAMSTrigger', 'Name')]
        [string[]] $Name,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
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

    .PARAMETER Version
        Do it only if the definition still has this version.

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
    [OutputType('System.Void')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Remove-JAMSVariable', 'Name')]
        [string[]] $Name,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Reset-JAMSAccountPassword {
    <#
    .SYNOPSIS
        Give an account another password. Its logins end, and it is unlocked; its personal tokens stay.

    .DESCRIPTION
        Give an account another password. Its logins end, and it is unlocked; its personal tokens stay.

    .PARAMETER NewPassword
        The password that it has from now on.

    .PARAMETER MustChange
        Whether its owner has to change it before anything else.

    .PARAMETER Name
        Name of the account.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Id
        Number of the account.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Reset-JAMSAccountPassword ann -NewPassword (Read-Host 'New password' -AsSecureString)

        Give an account another password. Its logins end, and it is unlocked; its personal tokens stay.

    .EXAMPLE
        Reset-JAMSAccountPassword -NewPassword (Read-Host 'New password' -AsSecureString) -Id 10

        Give an account another password. Its logins end, and it is unlocked; its personal tokens stay.

    .EXAMPLE
        Reset-JAMSAccountPassword ann -NewPassword (Read-Host 'New password' -AsSecureString) -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Account

    .NOTES
        REST: PUT /JAMS/api/account/{id}/password.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Account')]
    param(
        [Parameter(Mandatory = $true)]
        [MVPSI.JAMS.Module.SecretTransformation()]
        [securestring] $NewPassword,

        [switch] $MustChange,

        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('AccountName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Reset-JAMSAccountPassword', 'Name')]
        [string[]] $Name,

        [switch] $PassThru,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Reset-JAMSTrigger {
    <#
    .SYNOPSIS
        Let a trigger wait for its events anew: those that have happened count no more.

    .DESCRIPTION
        Let a trigger wait for its events anew: those that have happened count no more. One that has fired may
        fire again, and one that fired too often, and was disabled for that, is enabled.

        Let the triggers of a job wait for their events anew: those that have happened count no more. One that
        has fired may fire again, and one that fired too often, and was disabled for that, is enabled.

        Let the triggers in a folder, and those of the jobs in it, wait for their events anew. It is so for the
        folders below as well.

    .PARAMETER Name
        Path of the trigger, or its bare name.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Id
        Number of the trigger.

    .PARAMETER Job
        Path of the job, or its bare name.

    .PARAMETER TriggerName
        Only those of that AndGroup.

    .PARAMETER JobId
        Number of the job.

    .PARAMETER Folder
        Path of the folder.

    .PARAMETER FolderId
        Number of the folder.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Reset-JAMSTrigger \Sales\Arrived

        Let a trigger wait for its events anew: those that have happened count no more.

    .EXAMPLE
        Reset-JAMSTrigger -Id 10

        Let a trigger wait for its events anew: those that have happened count no more.

    .EXAMPLE
        Reset-JAMSTrigger \Sales\Load

        Let the triggers of a job wait for their events anew: those that have happened count no more.

    .EXAMPLE
        Reset-JAMSTrigger -JobId 10

        Let the triggers of a job wait for their events anew: those that have happened count no more.

    .EXAMPLE
        Reset-JAMSTrigger \Sales

        Let the triggers in a folder, and those of the jobs in it, wait for their events anew.

    .EXAMPLE
        Reset-JAMSTrigger -FolderId 10

        Let the triggers in a folder, and those of the jobs in it, wait for their events anew.

    .EXAMPLE
        Get-JAMSTrigger | Reset-JAMSTrigger

        The same for everything that Get-JAMSTrigger gives.

    .EXAMPLE
        Reset-JAMSTrigger \Sales\Arrived -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Trigger

    .OUTPUTS
        MVPSI.JAMS.Job

    .OUTPUTS
        MVPSI.JAMS.Folder

    .NOTES
        REST: PUT /JAMS/api/trigger/{id}/reset; PUT /JAMS/api/job/{id}/triggers/reset; PUT
        /JAMS/api/folder/{id}/triggers/reset.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Trigger')]
    [OutputType('MVPSI.JAMS.Job')]
    [OutputType('MVPSI.JAMS.Folder')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Reset-JAMSTrigger', 'Name')]
        [string[]] $Name,

        [switch] $PassThru,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [Parameter(ParameterSetName = 'Job', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [ValidateNotNullOrEmpty()]
        [string[]] $Job,

        [Parameter(ParameterSetName = 'Job')]
        [Parameter(ParameterSetName = 'JobId')]
        [Parameter(ParameterSetName = 'Folder')]
        [Parameter(ParameterSetName = 'FolderId')]
        [string] $TriggerName,

        [Parameter(ParameterSetName = 'JobId', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $JobId,

        [Parameter(ParameterSetName = 'Folder', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [Alias('Parent')]
        [ValidateNotNullOrEmpty()]
        [string[]] $Folder,

        [Parameter(ParameterSetName = 'FolderId', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $FolderId,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Restart-JAMSEntry {
    <#
    .SYNOPSIS
        Run entries again under their numbers, with an answer for each, in their order.

    .DESCRIPTION
        Run entries again under their numbers, with an answer for each, in their order. What cannot be restarted
        is told by its error, and the others are restarted.

        Run an entry again under the same number, with the same parameters and a new run number. A run that is
        going on is ended first and recorded with the severity given. The next one starts when nothing of it
        lives any more.

    .PARAMETER Entry
        Number of the entry.

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

    .PARAMETER Entries
        Numbers of the entries, up to 1,000.

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
        Restart-JAMSEntry -Entries 1234

        Run entries again under their numbers, with an answer for each, in their order.

    .EXAMPLE
        Restart-JAMSEntry -Entries 1234 -Severity Info

        Severity to record for a run that this cuts short.

    .EXAMPLE
        Get-JAMSEntry -State Held | Restart-JAMSEntry

        The same for everything that Get-JAMSEntry gives.

    .EXAMPLE
        Restart-JAMSEntry -Entries 1234 -Wait

        Wait until it has ended, and show it then.

    .EXAMPLE
        Restart-JAMSEntry -Entries 1234 -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Entry

    .OUTPUTS
        MVPSI.JAMS.EntryOutcome

    .NOTES
        REST: PUT /JAMS/api/entry/{id}/restart; PUT /JAMS/api/entries/restart.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Many', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Entry')]
    [OutputType('MVPSI.JAMS.EntryOutcome')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('JamsEntry', 'Id')]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Restart-JAMSEntry', 'Entry')]
        [long[]] $Entry,

        [switch] $Hold,

        [ValidateSet('Success', 'Info', 'Warning', 'Error', 'Fatal')]
        [string] $Severity,

        [string] $Comment,

        [Parameter(ParameterSetName = 'Default')]
        [Parameter(ParameterSetName = 'ByName')]
        [switch] $Wait,

        [Parameter(ParameterSetName = 'Default')]
        [Parameter(ParameterSetName = 'ByName')]
        [switch] $PassThru,

        [Parameter(ParameterSetName = 'ByName', Mandatory = $true)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Many', Mandatory = $true)]
        [long[]] $Entries,

        [string] $Server,

        [switch] $AsJob
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Restore-JAMSRevision {
    <#
    .SYNOPSIS
        Let a definition be what it was in a version; one that was deleted is made anew, with another number.

    .DESCRIPTION
        It is a change as any other: it takes the right to change such definitions, or to make them, what is said
        is checked again, and it has a revision of its own. Defaults of parameters that are to be encrypted,
        which no revision holds, stay as they are.

    .PARAMETER ObjectType
        What kind of definition it is.

    .PARAMETER Id
        Its number.

    .PARAMETER Version
        Which one, as the list of its revisions tells.

    .PARAMETER Name
        Its path or name.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Restore-JAMSRevision BatchQueue 10

        Let a definition be what it was in a version; one that was deleted is made anew, with another number.

    .EXAMPLE
        Restore-JAMSRevision BatchQueue 10 -WhatIf

        Say what would be done, and do nothing.

    .NOTES
        REST: POST /JAMS/api/{objectType}/{id}/revisions/{version}/restore.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [ValidateSet('Agent', 'BatchQueue', 'Calendar', 'Folder', 'Job', 'Method', 'NamedTime', 'Resource', 'Trigger', 'Variable', 'Alert', 'Menu', 'DateType', 'Setting', 'Setup', 'Credential')]
        [AllowEmptyString()]
        [string] $ObjectType,

        [ValidateRange(1, 9007199254740991)]
        [long] $Id,

        [Parameter(Mandatory = $true, Position = 1)]
        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [string] $Name,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Resume-JAMSEntry {
    <#
    .SYNOPSIS
        Release entries from what they wait for, with an answer for each, in their order.

    .DESCRIPTION
        Release entries from what they wait for, with an answer for each, in their order. What cannot be released
        is told by its error, and the others are released.

        Release an entry from what it waits for: a hold, or a time that has not come.

    .PARAMETER Entry
        Number of the entry.

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

    .PARAMETER Entries
        Numbers of the entries, up to 1,000.

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
        Resume-JAMSEntry -Entries 1234

        Release entries from what they wait for, with an answer for each, in their order.

    .EXAMPLE
        Resume-JAMSEntry -Entries 1234 -ReleaseTypes HaltedSetup

        What to let the entry pass by; nothing given: the manual hold.

    .EXAMPLE
        Get-JAMSEntry -State Held | Resume-JAMSEntry

        The same for everything that Get-JAMSEntry gives.

    .EXAMPLE
        Resume-JAMSEntry -Entries 1234 -Wait

        Wait until it has ended, and show it then.

    .EXAMPLE
        Resume-JAMSEntry -Entries 1234 -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Entry

    .OUTPUTS
        MVPSI.JAMS.EntryOutcome

    .NOTES
        REST: PUT /JAMS/api/entry/{id}/release; PUT /JAMS/api/entries/release.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Many', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Entry')]
    [OutputType('MVPSI.JAMS.EntryOutcome')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('JamsEntry', 'Id')]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Resume-JAMSEntry', 'Entry')]
        [long[]] $Entry,

        [string] $Comment,

        [ValidateSet('None', 'HaltedSetup', 'ManualHold', 'RunAgain', 'StepWait', 'TimedWait', 'TimeSlotWait', 'IgnoreDependencies', 'IgnorePrecheck', 'IgnoreResReq', 'ExecutionWaitRetry')]
        [string[]] $ReleaseTypes,

        [switch] $ForcePresent,

        [Parameter(ParameterSetName = 'Default')]
        [Parameter(ParameterSetName = 'ByName')]
        [switch] $Wait,

        [Parameter(ParameterSetName = 'Default')]
        [Parameter(ParameterSetName = 'ByName')]
        [switch] $PassThru,

        [Parameter(ParameterSetName = 'ByName', Mandatory = $true)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Many', Mandatory = $true)]
        [long[]] $Entries,

        [string] $Server,

        [switch] $AsJob
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
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

        Where the filter names no time, no JAMSEntry and no RON, the days of HistoryLookbackPeriod are searched.

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
        At most so many on the page, and not more than HistoryQueryLimit.

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
        [ValidateNotNullOrEmpty()]
        [string] $Filter,

        [Alias('FolderName', 'Parent')]
        [ValidateNotNullOrEmpty()]
        [string] $Folder,

        [ValidateNotNullOrEmpty()]
        [string] $JobName,

        [Alias('SearchRecursively')]
        [switch] $Recurse,

        [ValidateNotNullOrEmpty()]
        [string] $OrderBy,

        [ValidateRange(1, 1000)]
        [long] $Top,

        [ValidateRange(0, 9007199254740991)]
        [long] $Skip,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Send-JAMSOutbox {
    <#
    .SYNOPSIS
        Send a message of the outbox again that could not be sent, or that waits, at once.

    .DESCRIPTION
        Only those are told who have not been told.

    .PARAMETER Id
        Number of the message.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Send-JAMSOutbox 10

        Send a message of the outbox again that could not be sent, or that waits, at once.

    .EXAMPLE
        Get-JAMSOutbox -State Sent | Send-JAMSOutbox

        The same for everything that Get-JAMSOutbox gives.

    .EXAMPLE
        Send-JAMSOutbox 10 -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.Int64[]

    .NOTES
        REST: PUT /JAMS/api/outbox/{id}/send.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('OutboxID')]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSAccessControl {
    <#
    .SYNOPSIS
        Give all areas the recommended access lists, in the place of those that they have.

    .DESCRIPTION
        That is what the delivered job SetJAMSAccessControl of the published system does. All lists are changed
        or none. A group without a domain is one of the domain that is named, as DOMAIN\Group. There is a line in
        the answer for each area; a dry run tells the same and changes nothing.

    .PARAMETER AdminGroupName
        Who may do everything, also change access lists.

    .PARAMETER DeveloperGroupName
        Who may define jobs, submit, and operate all entries.

    .PARAMETER SubmitterGroupName
        Who may look, submit, and operate all entries.

    .PARAMETER InquirerGroupName
        Who may look.

    .PARAMETER DomainName
        The domain of groups whose names have none: DOMAIN\Group.

    .PARAMETER DryRun
        Change nothing, and tell what would be changed.

    .PARAMETER Force
        Do it also when nobody could change access lists after it; only the account command on the machine of the
        server leads back then.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSAccessControl

        Give all areas the recommended access lists, in the place of those that they have.

    .EXAMPLE
        Set-JAMSAccessControl -WhatIf

        Say what would be done, and do nothing.

    .OUTPUTS
        MVPSI.JAMS.AreaAccess

    .NOTES
        REST: POST /JAMS/api/security/recommended.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.AreaAccess')]
    param(
        [string] $AdminGroupName,

        [string] $DeveloperGroupName,

        [string] $SubmitterGroupName,

        [string] $InquirerGroupName,

        [string] $DomainName,

        [switch] $DryRun,

        [switch] $Force,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSAccount {
    <#
    .SYNOPSIS
        Change an account. What is left out stays as it is; the name stays in any case.

    .DESCRIPTION
        It counts at once for whoever is connected; for other processes that serve the same database within two
        seconds. Accounts of who may do everything are changed by such alone.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER Groups
        The groups it is in, in place of all that it was in.

    .PARAMETER Enabled
        Whether it is let in.

    .PARAMETER Service
        Whether it is of a program, and logs in by tokens alone.

    .PARAMETER MustChangePassword
        Whether its password is to be changed before anything else.

    .PARAMETER Name
        Name of the account.

    .PARAMETER Force
        Do it also when nobody could change accounts and access lists after it; only the account command on the
        machine of the server leads back then.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Id
        Number of the account.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSAccount ann

        Change an account. What is left out stays as it is; the name stays in any case.

    .EXAMPLE
        Set-JAMSAccount -Id 10

        Change an account. What is left out stays as it is; the name stays in any case.

    .EXAMPLE
        Get-JAMSAccount | Set-JAMSAccount

        The same for everything that Get-JAMSAccount gives.

    .EXAMPLE
        Set-JAMSAccount ann -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Account

    .NOTES
        REST: PUT /JAMS/api/account/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Account')]
    param(
        [string] $Description,

        [string[]] $Groups,

        [switch] $Enabled,

        [switch] $Service,

        [switch] $MustChangePassword,

        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('AccountName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSAccount', 'Name')]
        [string[]] $Name,

        [switch] $Force,

        [switch] $PassThru,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSAccountGroup {
    <#
    .SYNOPSIS
        Change a group of accounts. What is left out stays as it is; the name stays in any case.

    .DESCRIPTION
        Change a group of accounts. What is left out stays as it is; the name stays in any case.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER Accounts
        The accounts in it, in place of all that were.

    .PARAMETER Name
        Name of the group.

    .PARAMETER Force
        Do it also when nobody could change accounts and access lists after it; only the account command on the
        machine of the server leads back then.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Id
        Number of the group.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSAccountGroup Submitters

        Change a group of accounts. What is left out stays as it is; the name stays in any case.

    .EXAMPLE
        Set-JAMSAccountGroup -Id 10

        Change a group of accounts. What is left out stays as it is; the name stays in any case.

    .EXAMPLE
        Get-JAMSAccountGroup | Set-JAMSAccountGroup

        The same for everything that Get-JAMSAccountGroup gives.

    .EXAMPLE
        Set-JAMSAccountGroup Submitters -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.AccountGroup

    .NOTES
        REST: PUT /JAMS/api/group/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.AccountGroup')]
    param(
        [string] $Description,

        [string[]] $Accounts,

        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('GroupName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSAccountGroup', 'Name')]
        [string[]] $Name,

        [switch] $Force,

        [switch] $PassThru,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSAgent {
    <#
    .SYNOPSIS
        Change an agent's definition; what is not given stays as it is.

    .DESCRIPTION
        Change an agent's definition; what is not given stays as it is.

    .PARAMETER Name
        Name of the agent.

    .PARAMETER Id
        Number of the agent.

    .PARAMETER NewName
        New name of the agent, by which jobs refer to it.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER AgentType
        How it is reached; WinRM is a Windows host without an agent of its own.

    .PARAMETER AgentPlatform
        The system it runs.

    .PARAMETER JobLimit
        How many jobs it runs at once, at most.

    .PARAMETER Online
        Whether it takes jobs; entries of one that does not wait.

    .PARAMETER Properties
        How it is reached, such as Address: documents with propertyName and currentValue.

    .PARAMETER IsExecutionAgent
        Whether it runs jobs, as every agent of this server does.

    .PARAMETER DefinitionVersion
        Its version, which grows with every change. A change that names one is only made while that is still its
        version.

    .PARAMETER Acl
        Its own access list: who may do what to it, where the area lets him. The first line that is about
        somebody decides; then those of the folders it lies in, the nearest first.

    .PARAMETER Clear
        Members that go back to what they are by themselves.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole Agent, as got from the server and changed.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSAgent localhost -Description 'Loads the orders of the day'

        Change an agent, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSAgent -Id 10 -Description 'Loads the orders of the day'

        Change an agent, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSAgent localhost -Description 'Loads the orders of the day' -NewName win1 -AgentType Incoming

        New name of the agent, by which jobs refer to it. How it is reached; WinRM is a Windows host without an
        agent of its own.

    .EXAMPLE
        Get-JAMSAgent | Set-JAMSAgent -Description 'Loads the orders of the day'

        The same for everything that Get-JAMSAgent gives.

    .EXAMPLE
        Set-JAMSAgent localhost -Description 'Loads the orders of the day' -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String

    .INPUTS
        MVPSI.JAMS.Agent

    .OUTPUTS
        MVPSI.JAMS.Agent

    .NOTES
        REST: PUT /JAMS/api/agent.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Agent')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('AgentName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSAgent', 'Name')]
        [string] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long] $Id,

        [string] $NewName,

        [string] $Description,

        [ValidateSet('Local', 'Incoming', 'Outgoing', 'SSH', 'SSHAgentX', 'Passive', 'WinRM')]
        [string] $AgentType,

        [ValidateSet('Windows', 'Unix', 'Unknown')]
        [string] $AgentPlatform,

        [long] $JobLimit,

        [switch] $Online,

        [object[]] $Properties,

        [switch] $IsExecutionAgent,

        [long] $DefinitionVersion,

        [object] $Acl,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'Id')]
        [ValidateSet('Description', 'AgentType', 'AgentPlatform', 'JobLimit', 'Online', 'Properties', 'IsExecutionAgent', 'Acl')]
        [string[]] $Clear,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Agent')]
        [MVPSI.JAMS.Agent] $InputObject,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSAlert {
    <#
    .SYNOPSIS
        Change an alert's definition; what is not given stays as it is.

    .DESCRIPTION
        Change an alert's definition; what is not given stays as it is.

    .PARAMETER Name
        Name of the alert.

    .PARAMETER Id
        Number of the alert.

    .PARAMETER NewName
        New name of the alert, by which jobs and folders refer to it.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER InheritanceName
        Alerts that share it, of folders and job, tell as one: their addresses and events add up, and the nearest
        has the words.

    .PARAMETER Events
        What it tells of.

    .PARAMETER Handler
        How it tells.

    .PARAMETER NotifyNames
        Mail addresses with commas between them; -* takes away those before it. Else those whom the job names.

    .PARAMETER NotifySubmitter
        Whether whoever submitted the entry by hand is written to as well.

    .PARAMETER SummaryText
        The subject, which may hold {{ values }}.

    .PARAMETER DetailText
        The text, or HTML, which may hold {{ values }}; of a web hook, the JSON.

    .PARAMETER Address
        Of a WebHook: where, an address with https.

    .PARAMETER CredentialName
        Of a WebHook: the credential whose password signs it.

    .PARAMETER JobName
        Of a Job: path of the job that is submitted.

    .PARAMETER Version
        Its version, which grows with every change. A change that names one is only made while that is still its
        version.

    .PARAMETER Acl
        Its own access list: who may do what to it, where the area lets him. The first line that is about
        somebody decides; then those of the folders it lies in, the nearest first.

    .PARAMETER Clear
        Members that go back to what they are by themselves.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole Alert, as got from the server and changed.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSAlert Operators -Description 'Loads the orders of the day'

        Change an alert, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSAlert -Id 10 -Description 'Loads the orders of the day'

        Change an alert, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSAlert Operators -Description 'Loads the orders of the day' -Events EntryFailed -Handler WebHook

        What it tells of. How it tells.

    .EXAMPLE
        Get-JAMSAlert | Set-JAMSAlert -Description 'Loads the orders of the day'

        The same for everything that Get-JAMSAlert gives.

    .EXAMPLE
        Set-JAMSAlert Operators -Description 'Loads the orders of the day' -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String

    .INPUTS
        MVPSI.JAMS.Alert

    .OUTPUTS
        MVPSI.JAMS.Alert

    .NOTES
        REST: PUT /JAMS/api/alert.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Alert')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('AlertName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSAlert', 'Name')]
        [string] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long] $Id,

        [string] $NewName,

        [string] $Description,

        [string] $InheritanceName,

        [ValidateSet('EntrySucceeded', 'EntryFailed', 'EntryShort', 'EntryStalled', 'EntryRunaway', 'EntryMissedWindow', 'ActivityTimeLimit')]
        [string[]] $Events,

        [ValidateSet('Mail', 'WebHook', 'Job')]
        [string] $Handler,

        [string] $NotifyNames,

        [switch] $NotifySubmitter,

        [string] $SummaryText,

        [string] $DetailText,

        [string] $Address,

        [string] $CredentialName,

        [string] $JobName,

        [long] $Version,

        [object] $Acl,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'Id')]
        [ValidateSet('Description', 'InheritanceName', 'Events', 'Handler', 'NotifyNames', 'NotifySubmitter', 'SummaryText', 'DetailText', 'Address', 'CredentialName', 'JobName', 'Acl')]
        [string[]] $Clear,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Alert')]
        [MVPSI.JAMS.Alert] $InputObject,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSCalendar {
    <#
    .SYNOPSIS
        Change a calendar's definition; what is not given stays as it is.

    .DESCRIPTION
        Change a calendar's definition; what is not given stays as it is.

    .PARAMETER Name
        Name of the calendar.

    .PARAMETER Id
        Number of the calendar.

    .PARAMETER NewName
        New name of the calendar.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER ColorName
        The colour in which its dates are shown.

    .PARAMETER Version
        Its version, which grows with every change. A change that names one is only made while that is still its
        version.

    .PARAMETER Acl
        Its own access list: who may do what to it, where the area lets him. The first line that is about
        somebody decides; then those of the folders it lies in, the nearest first.

    .PARAMETER Clear
        Members that go back to what they are by themselves.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole Calendar, as got from the server and changed.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSCalendar Default -Description 'Loads the orders of the day'

        Change a calendar, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSCalendar -Id 10 -Description 'Loads the orders of the day'

        Change a calendar, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSCalendar Default -Description 'Loads the orders of the day' -Clear ColorName

        Members that go back to what they are by themselves.

    .EXAMPLE
        Get-JAMSCalendar | Set-JAMSCalendar -Description 'Loads the orders of the day'

        The same for everything that Get-JAMSCalendar gives.

    .EXAMPLE
        Set-JAMSCalendar Default -Description 'Loads the orders of the day' -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String

    .INPUTS
        MVPSI.JAMS.Calendar

    .OUTPUTS
        MVPSI.JAMS.Calendar

    .NOTES
        REST: PUT /JAMS/api/calendar.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Calendar')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('CalendarName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSCalendar', 'Name')]
        [string] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long] $Id,

        [string] $NewName,

        [string] $Description,

        [string] $ColorName,

        [long] $Version,

        [object] $Acl,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'Id')]
        [ValidateSet('Description', 'ColorName', 'Acl')]
        [string[]] $Clear,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Calendar')]
        [MVPSI.JAMS.Calendar] $InputObject,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSCredential {
    <#
    .SYNOPSIS
        Change a credential's definition; what is not given stays as it is.

    .DESCRIPTION
        Change a credential's definition; what is not given stays as it is.

    .PARAMETER Name
        Name of the credential.

    .PARAMETER Id
        Number of the credential.

    .PARAMETER NewName
        New name of the credential.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER LogonUserName
        The account as the other system knows it, with its domain or host where it has one; the name of the
        credential, if none is given.

    .PARAMETER Password
        The password, which is never shown. Left out or null, it stays; an empty text takes it away.

    .PARAMETER KeyFileContent
        A private key to be stored, as a file of OpenSSH or PEM holds it; it is never shown. Left out or null,
        the keys stay; an empty text takes them away.

    .PARAMETER KeyFilePassword
        The passphrase of keyFileContent, if it has one. It is not stored.

    .PARAMETER Version
        Its version, which grows with every change. A change that names one is only made while that is still its
        version.

    .PARAMETER Acl
        Its own access list: who may do what to it, where the area lets him. The first line that is about
        somebody decides; then those of the folders it lies in, the nearest first.

    .PARAMETER Clear
        Members that go back to what they are by themselves.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole Credential, as got from the server and changed.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSCredential Warehouse -Description 'Loads the orders of the day'

        Change a credential, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSCredential -Id 10 -Description 'Loads the orders of the day'

        Change a credential, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSCredential Warehouse -Description 'Loads the orders of the day' -Password (Read-Host 'Password' -AsSecureString)

        The same with a secret, which is asked for so that it stands in no history.

    .EXAMPLE
        Set-JAMSCredential Warehouse -Description 'Loads the orders of the day' -Clear LogonUserName

        Members that go back to what they are by themselves.

    .EXAMPLE
        Get-JAMSCredential | Set-JAMSCredential -Description 'Loads the orders of the day'

        The same for everything that Get-JAMSCredential gives.

    .EXAMPLE
        Set-JAMSCredential Warehouse -Description 'Loads the orders of the day' -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String

    .INPUTS
        MVPSI.JAMS.Credential

    .OUTPUTS
        MVPSI.JAMS.Credential

    .NOTES
        REST: PUT /JAMS/api/credential.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Credential')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('CredentialName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSCredential', 'Name')]
        [string] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long] $Id,

        [string] $NewName,

        [string] $Description,

        [string] $LogonUserName,

        [MVPSI.JAMS.Module.SecretTransformation()]
        [securestring] $Password,

        [MVPSI.JAMS.Module.SecretTransformation()]
        [securestring] $KeyFileContent,

        [MVPSI.JAMS.Module.SecretTransformation()]
        [securestring] $KeyFilePassword,

        [long] $Version,

        [object] $Acl,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'Id')]
        [ValidateSet('Description', 'LogonUserName', 'Acl')]
        [string[]] $Clear,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Credential')]
        [MVPSI.JAMS.Credential] $InputObject,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSDate {
    <#
    .SYNOPSIS
        Change the date that a date type has on a day. What is left out stays as it is.

    .DESCRIPTION
        An imported date that is changed counts as entered by hand from then on.

    .PARAMETER StartDate
        A day, written YYYY-MM-DD.

    .PARAMETER SpecificType
        Its specific type; where the day has several dates, it says which.

    .PARAMETER Description
        What it is, in words.

    .PARAMETER WorkDay
        Whether it is a workday.

    .PARAMETER DateType
        Name of the date type.

    .PARAMETER Calendar
        Name of its calendar, where several have one of that name.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER DateTypeId
        Number of the date type.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSDate HOLIDAY 2026-12-24

        Change the date that a date type has on a day. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSDate 2026-12-24 -DateTypeId 10

        Change the date that a date type has on a day. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSDate HOLIDAY 2026-12-24 -WorkDay False -Calendar Default

        Whether it is a workday. Name of its calendar, where several have one of that name.

    .EXAMPLE
        Set-JAMSDate HOLIDAY 2026-12-24 -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.String

    .INPUTS
        System.Int64[]

    .NOTES
        REST: PUT /JAMS/api/date/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'DateType', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(ParameterSetName = 'DateType', Mandatory = $true, Position = 1)]
        [Parameter(ParameterSetName = 'DateTypeId', Mandatory = $true, Position = 0)]
        [Alias('Start', 'After')]
        [AllowEmptyString()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $StartDate,

        [string] $SpecificType,

        [string] $Description,

        [ValidateSet('True', 'False', 'NotSpecified')]
        [string] $WorkDay,

        [Parameter(ParameterSetName = 'DateType', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('DateTypeType', 'TypeName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSDate', 'DateType')]
        [string[]] $DateType,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [Alias('CalendarName')]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSDate', 'Calendar')]
        [string] $Calendar,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [Parameter(ParameterSetName = 'DateTypeId', Mandatory = $true, ValueFromPipeline = $true)]
        [Alias('Id')]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $DateTypeId,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSDateType {
    <#
    .SYNOPSIS
        Change a date type's definition; what is not given stays as it is.

    .DESCRIPTION
        Change a date type's definition; what is not given stays as it is.

    .PARAMETER Name
        Name of the date type, if only one calendar has one of that name.

    .PARAMETER Id
        Number of the date type.

    .PARAMETER NewName
        New name of the date type, as the date language uses it: HOLIDAY.

    .PARAMETER Calendar
        Its calendar; a new one is in the default one, if none is given.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER Continuous
        Whether a date lasts until the next one, as fiscal periods do.

    .PARAMETER SpecificTypes
        Names that its dates may bear: documents with specificType and sequence.

    .PARAMETER DateTypeLinks
        Date types whose dates it includes: documents with dateTypeType and calendarName.

    .PARAMETER Dates
        Its dates, in place of those that are there: documents with startDate and more.

    .PARAMETER Version
        Its version, which grows with every change. A change that names one is only made while that is still its
        version.

    .PARAMETER Clear
        Members that go back to what they are by themselves.

    .PARAMETER InputObject
        The whole DateType, as got from the server and changed.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSDateType HOLIDAY -Description 'Loads the orders of the day'

        Change a date type, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSDateType -Id 10 -Description 'Loads the orders of the day'

        Change a date type, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSDateType HOLIDAY -Description 'Loads the orders of the day' -Calendar Default -Clear Continuous

        Its calendar; a new one is in the default one, if none is given. Members that go back to what they are by
        themselves.

    .EXAMPLE
        Get-JAMSDateType | Set-JAMSDateType -Description 'Loads the orders of the day'

        The same for everything that Get-JAMSDateType gives.

    .EXAMPLE
        Set-JAMSDateType HOLIDAY -Description 'Loads the orders of the day' -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String

    .INPUTS
        MVPSI.JAMS.DateType

    .OUTPUTS
        MVPSI.JAMS.DateType

    .NOTES
        REST: PUT /JAMS/api/datetype.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.DateType')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('DateTypeType')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSDateType', 'Name')]
        [string] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long] $Id,

        [string] $NewName,

        [Alias('CalendarName')]
        [string] $Calendar,

        [string] $Description,

        [switch] $Continuous,

        [object[]] $SpecificTypes,

        [object[]] $DateTypeLinks,

        [object[]] $Dates,

        [long] $Version,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'Id')]
        [ValidateSet('Description', 'Continuous', 'SpecificTypes', 'DateTypeLinks', 'Dates')]
        [string[]] $Clear,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('DateType')]
        [MVPSI.JAMS.DateType] $InputObject,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSEntry {
    <#
    .SYNOPSIS
        Give an entry that has not started another start time, hold or priority; what is not given stays.

    .DESCRIPTION
        Give an entry that has not started another start time, hold or priority; what is not given stays.

    .PARAMETER Entry
        Number of the entry.

    .PARAMETER HoldTime
        The new earliest start; a time that has passed: as soon as it may.

    .PARAMETER Held
        Whether it waits until somebody releases it.

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

        Give an entry that has not started another start time, hold or priority; what is not given stays.

    .EXAMPLE
        Set-JAMSEntry -Name 'L*'

        Give an entry that has not started another start time, hold or priority; what is not given stays.

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
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSEntry', 'Entry')]
        [long[]] $Entry,

        [MVPSI.JAMS.Module.TimeTransformation()]
        [datetime] $HoldTime,

        [switch] $Held,

        [long] $Priority,

        [string] $Comment,

        [object[]] $Properties,

        [switch] $PassThru,

        [Parameter(ParameterSetName = 'ByName', Mandatory = $true)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]] $Name,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSFailoverStatus {
    <#
    .SYNOPSIS
        Have another server do the work. There is one alone here, so that this is always refused, and why.

    .DESCRIPTION
        Have another server do the work. There is one alone here, so that this is always refused, and why.

    .PARAMETER Active
        Whether it shall be this one, or else the other.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSFailoverStatus

        Have another server do the work. There is one alone here, so that this is always refused, and why.

    .EXAMPLE
        Set-JAMSFailoverStatus -WhatIf

        Say what would be done, and do nothing.

    .NOTES
        REST: PUT /JAMS/api/server/failover.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [switch] $Active,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSFolder {
    <#
    .SYNOPSIS
        Change a folder's definition; what is not given stays as it is.

    .DESCRIPTION
        Change a folder's definition; what is not given stays as it is.

    .PARAMETER Name
        Path of the folder.

    .PARAMETER Id
        Number of the folder.

    .PARAMETER NewName
        New name of the folder, without the path.

    .PARAMETER ParentFolderID
        Number of the folder it lies in.

    .PARAMETER Parent
        Path of the folder it lies in; a new one lies in the root otherwise.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER Parameters
        Parameters of the jobs below it: documents with paramName, defaultValue and more.

    .PARAMETER Elements
        Elements that come down to the jobs below it, kept and given back as they are.

    .PARAMETER Properties
        Properties for what is below it: documents with propertyName and currentValue.

    .PARAMETER TagIds
        Numbers of its tags.

    .PARAMETER Tags
        Its tags: documents with tagName.

    .PARAMETER Version
        Its version, which grows with every change. A change that names one is only made while that is still its
        version.

    .PARAMETER Acl
        Its own access list: who may do what to it, where the area lets him. The first line that is about
        somebody decides; then those of the folders it lies in, the nearest first.

    .PARAMETER Clear
        Members that go back to what they are by themselves.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole Folder, as got from the server and changed.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSFolder \Sales -Description 'Loads the orders of the day'

        Change a folder, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSFolder -Id 10 -Description 'Loads the orders of the day'

        Change a folder, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSFolder \Sales -Description 'Loads the orders of the day' -Parent \Sales -Clear Parameters

        Path of the folder it lies in; a new one lies in the root otherwise. Members that go back to what they
        are by themselves.

    .EXAMPLE
        Get-JAMSFolder | Set-JAMSFolder -Description 'Loads the orders of the day'

        The same for everything that Get-JAMSFolder gives.

    .EXAMPLE
        Set-JAMSFolder \Sales -Description 'Loads the orders of the day' -WhatIf

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
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSFolder', 'Name')]
        [string] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long] $Id,

        [Alias('FolderName')]
        [string] $NewName,

        [long] $ParentFolderID,

        [Alias('ParentFolderName', 'Folder')]
        [string] $Parent,

        [string] $Description,

        [object[]] $Parameters,

        [object[]] $Elements,

        [object[]] $Properties,

        [long[]] $TagIds,

        [object[]] $Tags,

        [long] $Version,

        [object] $Acl,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'Id')]
        [ValidateSet('Description', 'Parameters', 'Elements', 'Properties', 'TagIds', 'Tags', 'Acl')]
        [string[]] $Clear,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Folder')]
        [MVPSI.JAMS.Folder] $InputObject,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSJob {
    <#
    .SYNOPSIS
        Change a job's definition; what is not given stays as it is.

    .DESCRIPTION
        Change a job's definition; what is not given stays as it is.

    .PARAMETER Name
        Path of the job, or its bare name.

    .PARAMETER Id
        Number of the job.

    .PARAMETER NewName
        New name of the job, without the path.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER MethodID
        Number of the execution method.

    .PARAMETER MethodName
        The execution method, which says what runs the source, such as Command.

    .PARAMETER Source
        What is run: a script in the language of the method.

    .PARAMETER ParentFolderID
        Number of the folder it lies in.

    .PARAMETER Folder
        Path of the folder it lies in; a new one lies in the root otherwise.

    .PARAMETER Schedule
        The days on which it runs by itself, such as WORKDAYS; stands for a trigger.

    .PARAMETER At
        The time of day at which it does, such as 08:30; else midnight.

    .PARAMETER TimeZone
        The zone of that time, such as Europe/Berlin; else the server's.

    .PARAMETER ExceptFor
        The days on which it does not run, such as HOLIDAYS.

    .PARAMETER Parameters
        Its parameters: documents with paramName, defaultValue and more.

    .PARAMETER Elements
        Its triggers and other elements, such as a ScheduleTrigger.

    .PARAMETER SourceElements
        Parts of its source where the method has such, kept and given back as they are.

    .PARAMETER Properties
        Its properties, such as Agent: documents with propertyName and currentValue.

    .PARAMETER TagIds
        Numbers of its tags.

    .PARAMETER Tags
        Its tags: documents with tagName.

    .PARAMETER Version
        Its version, which grows with every change. A change that names one is only made while that is still its
        version.

    .PARAMETER Acl
        Its own access list: who may do what to it, where the area lets him. The first line that is about
        somebody decides; then those of the folders it lies in, the nearest first.

    .PARAMETER Clear
        Members that go back to what they are by themselves.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole Job, as got from the server and changed.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSJob \Sales\Load -Description 'Loads the orders of the day'

        Change a job, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSJob -Id 10 -Description 'Loads the orders of the day'

        Change a job, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSJob \Sales\Load -Description 'Loads the orders of the day' -MethodName Command -Folder \Sales

        The execution method, which says what runs the source, such as Command. Path of the folder it lies in; a
        new one lies in the root otherwise.

    .EXAMPLE
        Get-JAMSJob | Set-JAMSJob -Description 'Loads the orders of the day'

        The same for everything that Get-JAMSJob gives.

    .EXAMPLE
        Set-JAMSJob \Sales\Load -Description 'Loads the orders of the day' -WhatIf

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
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSJob', 'Name')]
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

        [Alias('ParentFolderName', 'Parent')]
        [string] $Folder,

        [string] $Schedule,

        [string] $At,

        [string] $TimeZone,

        [string] $ExceptFor,

        [object[]] $Parameters,

        [object[]] $Elements,

        [object[]] $SourceElements,

        [object[]] $Properties,

        [long[]] $TagIds,

        [object[]] $Tags,

        [long] $Version,

        [object] $Acl,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'Id')]
        [ValidateSet('Description', 'MethodID', 'MethodName', 'Source', 'Schedule', 'At', 'TimeZone', 'ExceptFor', 'Parameters', 'Elements', 'SourceElements', 'Properties', 'TagIds', 'Tags', 'Acl')]
        [string[]] $Clear,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Job')]
        [MVPSI.JAMS.Job] $InputObject,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSMenu {
    <#
    .SYNOPSIS
        Change a menu's definition; what is not given stays as it is.

    .DESCRIPTION
        Change a menu's definition; what is not given stays as it is.

    .PARAMETER Name
        Name of the menu.

    .PARAMETER Id
        Number of the menu.

    .PARAMETER NewName
        New name of the menu.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER MenuDetails
        What it shows: lines with folderName, includeJobs and others.

    .PARAMETER Version
        Its version, which grows with every change. A change that names one is only made while that is still its
        version.

    .PARAMETER Acl
        Its own access list: who may do what to it, where the area lets him. The first line that is about
        somebody decides; then those of the folders it lies in, the nearest first.

    .PARAMETER Clear
        Members that go back to what they are by themselves.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole Menu, as got from the server and changed.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSMenu Daily -Description 'Loads the orders of the day'

        Change a menu, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSMenu -Id 10 -Description 'Loads the orders of the day'

        Change a menu, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSMenu Daily -Description 'Loads the orders of the day' -Clear MenuDetails

        Members that go back to what they are by themselves.

    .EXAMPLE
        Get-JAMSMenu | Set-JAMSMenu -Description 'Loads the orders of the day'

        The same for everything that Get-JAMSMenu gives.

    .EXAMPLE
        Set-JAMSMenu Daily -Description 'Loads the orders of the day' -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String

    .INPUTS
        MVPSI.JAMS.Menu

    .OUTPUTS
        MVPSI.JAMS.Menu

    .NOTES
        REST: PUT /JAMS/api/menu.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Menu')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('MenuName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSMenu', 'Name')]
        [string] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long] $Id,

        [string] $NewName,

        [string] $Description,

        [object[]] $MenuDetails,

        [long] $Version,

        [object] $Acl,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'Id')]
        [ValidateSet('Description', 'MenuDetails', 'Acl')]
        [string[]] $Clear,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Menu')]
        [MVPSI.JAMS.Menu] $InputObject,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSMethod {
    <#
    .SYNOPSIS
        Change an execution method's definition; what is not given stays as it is.

    .DESCRIPTION
        Change an execution method's definition; what is not given stays as it is.

    .PARAMETER Name
        Name of the method.

    .PARAMETER Id
        Number of the method.

    .PARAMETER NewName
        New name of the execution method, by which jobs name it.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER MethodTypeID
        Number of the delivered method that it is made from.

    .PARAMETER Type
        Name of the delivered method that it is made from, such as Python.

    .PARAMETER Template
        What jobs run that have no source. Of a method that parses also where parsing begins, if <<JAMS.Source>>
        stands in it for the source of the job.

    .PARAMETER Parameters
        Parameters of its jobs: documents with paramName, defaultValue and more. Those of the delivered method
        are among them, as it says or otherwise.

    .PARAMETER Properties
        How its jobs are run and judged: documents with propertyName and currentValue.

    .PARAMETER JobProperties
        What else comes down to its jobs, where neither they nor their folders say it.

    .PARAMETER Version
        Its version, which grows with every change. A change that names one is only made while that is still its
        version.

    .PARAMETER Clear
        Members that go back to what they are by themselves.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole ExecutionMethod, as got from the server and changed.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSMethod Command -Description 'Loads the orders of the day'

        Change an execution method, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSMethod -Id 10 -Description 'Loads the orders of the day'

        Change an execution method, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSMethod Command -Description 'Loads the orders of the day' -NewName Report -Type Command

        New name of the execution method, by which jobs name it. Name of the delivered method that it is made
        from, such as Python.

    .EXAMPLE
        Get-JAMSMethod | Set-JAMSMethod -Description 'Loads the orders of the day'

        The same for everything that Get-JAMSMethod gives.

    .EXAMPLE
        Set-JAMSMethod Command -Description 'Loads the orders of the day' -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String

    .INPUTS
        MVPSI.JAMS.ExecutionMethod

    .OUTPUTS
        MVPSI.JAMS.ExecutionMethod

    .NOTES
        REST: PUT /JAMS/api/method.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.ExecutionMethod')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('MethodName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSMethod', 'Name')]
        [string] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long] $Id,

        [string] $NewName,

        [string] $Description,

        [long] $MethodTypeID,

        [Alias('MethodTypeName')]
        [string] $Type,

        [string] $Template,

        [object[]] $Parameters,

        [object[]] $Properties,

        [object[]] $JobProperties,

        [long] $Version,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'Id')]
        [ValidateSet('Description', 'MethodTypeID', 'MethodTypeName', 'Template', 'Parameters', 'Properties', 'JobProperties')]
        [string[]] $Clear,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('ExecutionMethod')]
        [MVPSI.JAMS.ExecutionMethod] $InputObject,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSNamedTime {
    <#
    .SYNOPSIS
        Change a named time's definition; what is not given stays as it is.

    .DESCRIPTION
        Change a named time's definition; what is not given stays as it is.

    .PARAMETER Name
        Name of the named time.

    .PARAMETER Id
        Number of the named time.

    .PARAMETER NewName
        New name of the named time, by which jobs refer to it.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER StartTime
        When the window opens: a document with totalSeconds since midnight.

    .PARAMETER EndTime
        When it closes, likewise; before the start, it is on the next day. Else midnight.

    .PARAMETER Enabled
        Whether it is open at its times; otherwise it stays closed.

    .PARAMETER AutoEnable
        Whether it shall be enabled by itself at its start; not supported yet.

    .PARAMETER AutoDisable
        Whether it shall be disabled by itself at its end; not supported yet.

    .PARAMETER Version
        Its version, which grows with every change. A change that names one is only made while that is still its
        version.

    .PARAMETER Clear
        Members that go back to what they are by themselves.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole NamedTime, as got from the server and changed.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSNamedTime Night -Description 'Loads the orders of the day'

        Change a named time, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSNamedTime -Id 10 -Description 'Loads the orders of the day'

        Change a named time, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSNamedTime Night -Description 'Loads the orders of the day' -Clear EndTime

        Members that go back to what they are by themselves.

    .EXAMPLE
        Get-JAMSNamedTime | Set-JAMSNamedTime -Description 'Loads the orders of the day'

        The same for everything that Get-JAMSNamedTime gives.

    .EXAMPLE
        Set-JAMSNamedTime Night -Description 'Loads the orders of the day' -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String

    .INPUTS
        MVPSI.JAMS.NamedTime

    .OUTPUTS
        MVPSI.JAMS.NamedTime

    .NOTES
        REST: PUT /JAMS/api/namedtime.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.NamedTime')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('TimeName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSNamedTime', 'Name')]
        [string] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long] $Id,

        [string] $NewName,

        [string] $Description,

        [object] $StartTime,

        [object] $EndTime,

        [switch] $Enabled,

        [switch] $AutoEnable,

        [switch] $AutoDisable,

        [long] $Version,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'Id')]
        [ValidateSet('Description', 'EndTime', 'Enabled', 'AutoEnable', 'AutoDisable')]
        [string[]] $Clear,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('NamedTime')]
        [MVPSI.JAMS.NamedTime] $InputObject,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSParameter {
    <#
    .SYNOPSIS
        Give a parameter of an entry that has not started another value.

    .DESCRIPTION
        Give a parameter of an entry that has not started another value.

    .PARAMETER Entry
        Number of the entry.

    .PARAMETER Name
        Name of the parameter.

    .PARAMETER Value
        Its new value.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSParameter 1234 day

        Give a parameter of an entry that has not started another value.

    .EXAMPLE
        Set-JAMSParameter 1234 day -WhatIf

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
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSParameter', 'Entry')]
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
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSPassword {
    <#
    .SYNOPSIS
        Give the caller's own account another password. Other logins of it end; personal tokens stay.

    .DESCRIPTION
        Give the caller's own account another password. Other logins of it end; personal tokens stay.

    .PARAMETER OldPassword
        The password that it has until now.

    .PARAMETER NewPassword
        The password that it has from now on.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSPassword -OldPassword (Read-Host 'Old password' -AsSecureString) -NewPassword (Read-Host 'New password' -AsSecureString)

        Give the caller's own account another password. Other logins of it end; personal tokens stay.

    .EXAMPLE
        Set-JAMSPassword -OldPassword (Read-Host 'Old password' -AsSecureString) -NewPassword (Read-Host 'New password' -AsSecureString) -WhatIf

        Say what would be done, and do nothing.

    .NOTES
        REST: PUT /JAMS/api/authentication/password.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(Mandatory = $true)]
        [MVPSI.JAMS.Module.SecretTransformation()]
        [securestring] $OldPassword,

        [Parameter(Mandatory = $true)]
        [MVPSI.JAMS.Module.SecretTransformation()]
        [securestring] $NewPassword,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSQueue {
    <#
    .SYNOPSIS
        Change a batch queue's definition; what is not given stays as it is.

    .DESCRIPTION
        Change a batch queue's definition; what is not given stays as it is.

    .PARAMETER Name
        Name of the queue.

    .PARAMETER Id
        Number of the queue.

    .PARAMETER NewName
        New name of the queue, by which jobs refer to it.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER JobLimit
        How many of its jobs run at once, at most.

    .PARAMETER Started
        Whether it lets jobs start; those that run go on when it is stopped.

    .PARAMETER StartedOn
        The agents that run its jobs, the one with the fewest first: documents with agentName. With none, each
        job says for itself.

    .PARAMETER Version
        Its version, which grows with every change. A change that names one is only made while that is still its
        version.

    .PARAMETER Acl
        Its own access list: who may do what to it, where the area lets him. The first line that is about
        somebody decides; then those of the folders it lies in, the nearest first.

    .PARAMETER Clear
        Members that go back to what they are by themselves.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole BatchQueue, as got from the server and changed.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSQueue Nightly -Description 'Loads the orders of the day'

        Change a queue, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSQueue -Id 10 -Description 'Loads the orders of the day'

        Change a queue, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSQueue Nightly -Description 'Loads the orders of the day' -NewName Nightly -Clear JobLimit

        New name of the queue, by which jobs refer to it. Members that go back to what they are by themselves.

    .EXAMPLE
        Get-JAMSQueue | Set-JAMSQueue -Description 'Loads the orders of the day'

        The same for everything that Get-JAMSQueue gives.

    .EXAMPLE
        Set-JAMSQueue Nightly -Description 'Loads the orders of the day' -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String

    .INPUTS
        MVPSI.JAMS.BatchQueue

    .OUTPUTS
        MVPSI.JAMS.BatchQueue

    .NOTES
        REST: PUT /JAMS/api/batchqueue.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.BatchQueue')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('QueueName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSQueue', 'Name')]
        [string] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long] $Id,

        [string] $NewName,

        [string] $Description,

        [long] $JobLimit,

        [switch] $Started,

        [object[]] $StartedOn,

        [long] $Version,

        [object] $Acl,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'Id')]
        [ValidateSet('Description', 'JobLimit', 'Started', 'StartedOn', 'Acl')]
        [string[]] $Clear,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('BatchQueue')]
        [MVPSI.JAMS.BatchQueue] $InputObject,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSResource {
    <#
    .SYNOPSIS
        Change a resource's definition; what is not given stays as it is.

    .DESCRIPTION
        Change a resource's definition; what is not given stays as it is.

    .PARAMETER Name
        Name of the resource; its number, if none has that name.

    .PARAMETER Id
        Number of the resource.

    .PARAMETER NewName
        New name of the resource, by which jobs refer to it.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER QuantityAvailable
        How much there is, used or not; of a resource specific to agents, how much there is at each agent that
        resourceDetails does not name.

    .PARAMETER AgentSpecific
        Whether each agent has a quantity of its own, for the jobs that run there.

    .PARAMETER ResourceDetails
        How much there is at which agent: documents with agentName and quantityAvailable.

    .PARAMETER Version
        Its version, which grows with every change. A change that names one is only made while that is still its
        version.

    .PARAMETER Acl
        Its own access list: who may do what to it, where the area lets him. The first line that is about
        somebody decides; then those of the folders it lies in, the nearest first.

    .PARAMETER Clear
        Members that go back to what they are by themselves.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole Resource, as got from the server and changed.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSResource Licence -Description 'Loads the orders of the day'

        Change a resource, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSResource -Id 10 -Description 'Loads the orders of the day'

        Change a resource, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSResource Licence -Description 'Loads the orders of the day' -NewName Licence -Clear QuantityAvailable

        New name of the resource, by which jobs refer to it. Members that go back to what they are by themselves.

    .EXAMPLE
        Get-JAMSResource | Set-JAMSResource -Description 'Loads the orders of the day'

        The same for everything that Get-JAMSResource gives.

    .EXAMPLE
        Set-JAMSResource Licence -Description 'Loads the orders of the day' -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String

    .INPUTS
        MVPSI.JAMS.Resource

    .OUTPUTS
        MVPSI.JAMS.Resource

    .NOTES
        REST: PUT /JAMS/api/resource.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Resource')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('ResourceName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSResource', 'Name')]
        [string] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long] $Id,

        [string] $NewName,

        [string] $Description,

        [long] $QuantityAvailable,

        [switch] $AgentSpecific,

        [object[]] $ResourceDetails,

        [long] $Version,

        [object] $Acl,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'Id')]
        [ValidateSet('Description', 'QuantityAvailable', 'AgentSpecific', 'ResourceDetails', 'Acl')]
        [string[]] $Clear,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Resource')]
        [MVPSI.JAMS.Resource] $InputObject,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSResourceQuantity {
    <#
    .SYNOPSIS
        Say how much there is of a resource, and show how it stands then. None at all makes its jobs wait.

    .DESCRIPTION
        There may be less of it than is in use: what runs keeps what it has.

    .PARAMETER Available
        How much there is.

    .PARAMETER Name
        Name of the resource; its number, if none has that name.

    .PARAMETER Agent
        The agent at which there is so much, of a resource that is specific to agents; without it, it is so much
        at each agent that has no quantity of its own.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER Id
        Number of the resource.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSResourceQuantity Licence 10

        Say how much there is of a resource, and show how it stands then. None at all makes its jobs wait.

    .EXAMPLE
        Set-JAMSResourceQuantity 10 -Id 10

        Say how much there is of a resource, and show how it stands then. None at all makes its jobs wait.

    .EXAMPLE
        Set-JAMSResourceQuantity Licence 10 -Agent localhost

        The agent at which there is so much, of a resource that is specific to agents; without it, it is so much
        at each agent that has no quantity of its own.

    .EXAMPLE
        Set-JAMSResourceQuantity Licence 10 -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Resource

    .NOTES
        REST: POST /JAMS/api/resource/setquantityavailable/{name}/{available}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Resource')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 1)]
        [Parameter(ParameterSetName = 'Id', Mandatory = $true, Position = 0)]
        [ValidateRange(0, 9007199254740991)]
        [long] $Available,

        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('ResourceName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSResourceQuantity', 'Name')]
        [string[]] $Name,

        [string] $Agent,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSSecurity {
    <#
    .SYNOPSIS
        Change a security's definition; what is not given stays as it is.

    .DESCRIPTION
        Change a security's definition; what is not given stays as it is.

    .PARAMETER Area
        Which area, unless the document says it.

    .PARAMETER NewAccessObject
        New the area.

    .PARAMETER Acl
        Who may do what in it: the first line that names one decides.

    .PARAMETER Version
        Its version, which grows with every change. A change that names one is only made while that is still its
        version.

    .PARAMETER Clear
        Members that go back to what they are by themselves.

    .PARAMETER Force
        Do it also when nobody could change access lists after it; only the account command on the machine of the
        server leads back then.

    .PARAMETER InputObject
        The whole Security, as got from the server and changed.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSSecurity Monitor -NewAccessObject AccessControl

        Change the access list of an area: the list that is given takes the place of the whole list.

    .EXAMPLE
        Set-JAMSSecurity Monitor -NewAccessObject AccessControl -NewAccessObject AccessControl -Clear Acl

        New the area. Members that go back to what they are by themselves.

    .EXAMPLE
        Get-JAMSSecurity -Area AccessControl | Set-JAMSSecurity -NewAccessObject AccessControl

        The same for everything that Get-JAMSSecurity gives.

    .EXAMPLE
        Set-JAMSSecurity Monitor -NewAccessObject AccessControl -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String

    .INPUTS
        MVPSI.JAMS.Security

    .OUTPUTS
        MVPSI.JAMS.Security

    .NOTES
        REST: PUT /JAMS/api/security/{area}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Area', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Security')]
    param(
        [Parameter(ParameterSetName = 'Area', Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('AccessObject')]
        [ValidateSet('None', 'AccessControl', 'AgentDefinitions', 'AlertDefinitions', 'CalendarDefinitions', 'Configuration', 'CredentialDefinitions', 'FolderDefinitions', 'History', 'JobDefinitions', 'MenuDefinitions', 'Monitor', 'NamedTimeDefinitions', 'QueueDefinitions', 'Reporting', 'ResourceDefinitions', 'ServerAccess', 'TriggerDefinitions', 'VariableDefinitions')]
        [ValidateNotNullOrEmpty()]
        [string] $Area,

        [ValidateSet('None', 'AccessControl', 'AgentDefinitions', 'AlertDefinitions', 'CalendarDefinitions', 'Configuration', 'CredentialDefinitions', 'FolderDefinitions', 'History', 'JobDefinitions', 'MenuDefinitions', 'Monitor', 'NamedTimeDefinitions', 'QueueDefinitions', 'Reporting', 'ResourceDefinitions', 'ServerAccess', 'TriggerDefinitions', 'VariableDefinitions')]
        [string] $NewAccessObject,

        [object] $Acl,

        [long] $Version,

        [Parameter(ParameterSetName = 'Area')]
        [ValidateSet('Acl')]
        [string[]] $Clear,

        [switch] $Force,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Security')]
        [MVPSI.JAMS.Security] $InputObject,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSSetting {
    <#
    .SYNOPSIS
        Change a setting's definition; what is not given stays as it is.

    .DESCRIPTION
        Change a setting's definition; what is not given stays as it is.

    .PARAMETER Name
        Name of the setting, unless the document says it.

    .PARAMETER NewName
        New name of the setting, taken in any case.

    .PARAMETER DataType
        What it holds; it is chosen when users add a setting, and stays.

    .PARAMETER Value
        Its value, as text in the form of its type; null is the default.

    .PARAMETER Description
        What it is for; of a setting that the server knows, the server says so.

    .PARAMETER Version
        Its version, which grows with every change. A change that names one is only made while that is still its
        version.

    .PARAMETER Clear
        Members that go back to what they are by themselves.

    .PARAMETER InputObject
        The whole Setting, as got from the server and changed.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSSetting KeepCompleted -Value north

        Change the value of a setting; null gives it its default. It counts at once, unless it needs a restart.

    .EXAMPLE
        Set-JAMSSetting KeepCompleted -Value north -NewName HouseRules -DataType Integer

        New name of the setting, taken in any case. What it holds; it is chosen when users add a setting, and
        stays.

    .EXAMPLE
        Get-JAMSSetting | Set-JAMSSetting -Value north

        The same for everything that Get-JAMSSetting gives.

    .EXAMPLE
        Set-JAMSSetting KeepCompleted -Value north -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String

    .INPUTS
        MVPSI.JAMS.Setting

    .OUTPUTS
        MVPSI.JAMS.Setting

    .NOTES
        REST: PUT /JAMS/api/cfg.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Setting')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSSetting', 'Name')]
        [string] $Name,

        [string] $NewName,

        [ValidateSet('Text', 'Integer', 'Float', 'Boolean', 'Date', 'Time', 'DateTime', 'TimeSpan', 'Choice', 'TimeZone')]
        [string] $DataType,

        [string] $Value,

        [string] $Description,

        [long] $Version,

        [Parameter(ParameterSetName = 'Name')]
        [ValidateSet('DataType', 'Value', 'Description')]
        [string[]] $Clear,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Setting')]
        [MVPSI.JAMS.Setting] $InputObject,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSSetup {
    <#
    .SYNOPSIS
        Change a setup's definition; what is not given stays as it is.

    .DESCRIPTION
        Change a setup's definition; what is not given stays as it is.

    .PARAMETER Name
        Path of the setup, or its bare name.

    .PARAMETER Id
        Number of the setup.

    .PARAMETER NewName
        New name of the setup, without the path.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER ParentFolderID
        Number of the folder it lies in.

    .PARAMETER Folder
        Path of the folder it lies in; a new one lies in the root otherwise.

    .PARAMETER Schedule
        The days on which it runs by itself, such as WORKDAYS; stands for a trigger.

    .PARAMETER At
        The time of day at which it does, such as 08:30; else midnight.

    .PARAMETER TimeZone
        The zone of that time, such as Europe/Berlin; else the server's.

    .PARAMETER ExceptFor
        The days on which it does not run, such as HOLIDAYS.

    .PARAMETER Jobs
        Its members: documents with jobName, step and more.

    .PARAMETER Parameters
        Its parameters, whose values go to the members' parameters of the same names.

    .PARAMETER Elements
        Its triggers and other elements, such as a ScheduleTrigger.

    .PARAMETER Properties
        Its properties: documents with propertyName and currentValue.

    .PARAMETER TagIds
        Numbers of its tags.

    .PARAMETER Tags
        Its tags: documents with tagName.

    .PARAMETER Version
        Its version, which grows with every change. A change that names one is only made while that is still its
        version.

    .PARAMETER Acl
        Its own access list: who may do what to it, where the area lets him. The first line that is about
        somebody decides; then those of the folders it lies in, the nearest first.

    .PARAMETER Clear
        Members that go back to what they are by themselves.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole Setup, as got from the server and changed.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSSetup \Sales\Nightly -Description 'Loads the orders of the day'

        Change a setup, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSSetup -Id 10 -Description 'Loads the orders of the day'

        Change a setup, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSSetup \Sales\Nightly -Description 'Loads the orders of the day' -Folder \Sales -Clear Schedule

        Path of the folder it lies in; a new one lies in the root otherwise. Members that go back to what they
        are by themselves.

    .EXAMPLE
        Get-JAMSSetup | Set-JAMSSetup -Description 'Loads the orders of the day'

        The same for everything that Get-JAMSSetup gives.

    .EXAMPLE
        Set-JAMSSetup \Sales\Nightly -Description 'Loads the orders of the day' -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String

    .INPUTS
        MVPSI.JAMS.Setup

    .OUTPUTS
        MVPSI.JAMS.Setup

    .NOTES
        REST: PUT /JAMS/api/setup.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Setup')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSSetup', 'Name')]
        [string] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long] $Id,

        [Alias('SetupName')]
        [string] $NewName,

        [string] $Description,

        [long] $ParentFolderID,

        [Alias('ParentFolderName', 'Parent')]
        [string] $Folder,

        [string] $Schedule,

        [string] $At,

        [string] $TimeZone,

        [string] $ExceptFor,

        [object[]] $Jobs,

        [object[]] $Parameters,

        [object[]] $Elements,

        [object[]] $Properties,

        [long[]] $TagIds,

        [object[]] $Tags,

        [long] $Version,

        [object] $Acl,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'Id')]
        [ValidateSet('Description', 'Schedule', 'At', 'TimeZone', 'ExceptFor', 'Jobs', 'Parameters', 'Elements', 'Properties', 'TagIds', 'Tags', 'Acl')]
        [string[]] $Clear,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Setup')]
        [MVPSI.JAMS.Setup] $InputObject,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSState {
    <#
    .SYNOPSIS
        Set what an entry that runs shows of itself: its status text, its icon, and what is said of that.

    .DESCRIPTION
        Icon and message go when the run has ended, unless they are permanent; until the entry runs again.

    .PARAMETER Entry
        Number of the entry.

    .PARAMETER Status
        Status text; an empty one takes it away.

    .PARAMETER Message
        What is said of the icon; an empty text takes it away.

    .PARAMETER Icon
        The icon; Default takes it away.

    .PARAMETER Permanent
        Whether icon and message stay when the run has ended.

    .PARAMETER EnableRelease
        Let somebody release the run; not supported here.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Name
        Every entry whose name matches and that has not ended; a number will do as well. Wildcards are allowed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSState 1234

        Set what an entry that runs shows of itself: its status text, its icon, and what is said of that.

    .EXAMPLE
        Set-JAMSState -Name 'L*'

        Set what an entry that runs shows of itself: its status text, its icon, and what is said of that.

    .EXAMPLE
        Set-JAMSState 1234 -Icon Held

        The icon; Default takes it away.

    .EXAMPLE
        Set-JAMSState 1234 -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Entry

    .NOTES
        REST: PUT /JAMS/api/entry/{id}/state.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Entry')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('JamsEntry', 'Id')]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSState', 'Entry')]
        [long[]] $Entry,

        [Alias('JobStatus')]
        [string] $Status,

        [string] $Message,

        [ValidateSet('Default', 'Held', 'Question', 'Red')]
        [string] $Icon,

        [switch] $Permanent,

        [switch] $EnableRelease,

        [switch] $PassThru,

        [Parameter(ParameterSetName = 'ByName', Mandatory = $true)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]] $Name,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSStatus {
    <#
    .SYNOPSIS
        Set the status text of an entry that runs, as its job does to tell how far it is.

    .DESCRIPTION
        A job finds its entry's number in the variable JAMS_ENTRY. The last text stays when the run has ended,
        and goes into its history.

    .PARAMETER Entry
        Number of the entry.

    .PARAMETER Status
        The text; an empty one takes it away.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Name
        Every entry whose name matches and that has not ended; a number will do as well. Wildcards are allowed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSStatus '42 of 100 rows'

        Set the status text of an entry that runs, as its job does to tell how far it is.

    .EXAMPLE
        Set-JAMSStatus '42 of 100 rows' -Name 'L*'

        Set the status text of an entry that runs, as its job does to tell how far it is.

    .EXAMPLE
        Set-JAMSStatus '42 of 100 rows' -Entry 1234

        Number of the entry.

    .EXAMPLE
        Set-JAMSStatus '42 of 100 rows' -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Entry

    .NOTES
        REST: PUT /JAMS/api/entry/{id}/status.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Entry')]
    param(
        [Parameter(ParameterSetName = 'Default', ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('JamsEntry', 'Id')]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSStatus', 'Entry')]
        [long[]] $Entry,

        [Parameter(Mandatory = $true, Position = 0)]
        [Alias('JobStatus')]
        [AllowEmptyString()]
        [string] $Status,

        [switch] $PassThru,

        [Parameter(ParameterSetName = 'ByName', Mandatory = $true)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]] $Name,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Set-JAMSTrigger {
    <#
    .SYNOPSIS
        Change a trigger's definition; what is not given stays as it is.

    .DESCRIPTION
        Change a trigger's definition; what is not given stays as it is.

    .PARAMETER Name
        Path of the trigger, or its bare name.

    .PARAMETER Id
        Number of the trigger.

    .PARAMETER NewName
        New name of the trigger, without the path.

    .PARAMETER ParentFolderID
        Number of the folder it lies in.

    .PARAMETER Folder
        Path of the folder it lies in; a new one lies in the root otherwise.

    .PARAMETER Description
        What it is for, in words.

    .PARAMETER Enabled
        Whether it does anything. Enabling it begins it anew.

    .PARAMETER ResetWhenFired
        Whether it waits anew when it has fired; else until somebody resets it.

    .PARAMETER Events
        What it waits for: documents with eventType and more.

    .PARAMETER Actions
        What it submits: documents with jobName or setupName.

    .PARAMETER Version
        Its version, which grows with every change. A change that names one is only made while that is still its
        version.

    .PARAMETER Acl
        Its own access list: who may do what to it, where the area lets him. The first line that is about
        somebody decides; then those of the folders it lies in, the nearest first.

    .PARAMETER Clear
        Members that go back to what they are by themselves.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

    .PARAMETER InputObject
        The whole Trigger, as got from the server and changed.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSTrigger \Sales\Arrived -Description 'Loads the orders of the day'

        Change a trigger, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSTrigger -Id 10 -Description 'Loads the orders of the day'

        Change a trigger, or create it if it does not exist. What is left out stays as it is.

    .EXAMPLE
        Set-JAMSTrigger \Sales\Arrived -Description 'Loads the orders of the day' -Folder \Sales -Clear Enabled

        Path of the folder it lies in; a new one lies in the root otherwise. Members that go back to what they
        are by themselves.

    .EXAMPLE
        Get-JAMSTrigger | Set-JAMSTrigger -Description 'Loads the orders of the day'

        The same for everything that Get-JAMSTrigger gives.

    .EXAMPLE
        Set-JAMSTrigger \Sales\Arrived -Description 'Loads the orders of the day' -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String

    .INPUTS
        MVPSI.JAMS.Trigger

    .OUTPUTS
        MVPSI.JAMS.Trigger

    .NOTES
        REST: PUT /JAMS/api/trigger.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Trigger')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSTrigger', 'Name')]
        [string] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true)]
        [ValidateRange(1, 9007199254740991)]
        [long] $Id,

        [Alias('TriggerName')]
        [string] $NewName,

        [long] $ParentFolderID,

        [Alias('ParentFolderName', 'Parent')]
        [string] $Folder,

        [string] $Description,

        [switch] $Enabled,

        [switch] $ResetWhenFired,

        [object[]] $Events,

        [object[]] $Actions,

        [long] $Version,

        [object] $Acl,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'Id')]
        [ValidateSet('Description', 'Enabled', 'ResetWhenFired', 'Events', 'Actions', 'Acl')]
        [string[]] $Clear,

        [switch] $Lenient,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Trigger')]
        [MVPSI.JAMS.Trigger] $InputObject,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
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

    .PARAMETER NewEncryptedValue
        The new value of an encrypted variable, which is taken as value as well.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Set-JAMSVariable \Sales\Region north

        Give a variable another value.

    .EXAMPLE
        Set-JAMSVariable \Sales\Region -NewEncryptedValue (Read-Host 'New encrypted value' -AsSecureString)

        The same with a secret, which is asked for so that it stands in no history.

    .EXAMPLE
        Get-JAMSVariable | Set-JAMSVariable -Value north

        The same for everything that Get-JAMSVariable gives.

    .EXAMPLE
        Set-JAMSVariable \Sales\Region north -WhatIf

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
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Set-JAMSVariable', 'Name')]
        [string[]] $Name,

        [Parameter(Position = 1)]
        [string] $Value,

        [MVPSI.JAMS.Module.SecretTransformation()]
        [securestring] $NewEncryptedValue,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Start-JAMSQueue {
    <#
    .SYNOPSIS
        Let the jobs of a queue start.

    .DESCRIPTION
        Let the jobs of a queue start.

    .PARAMETER Name
        Name of the queue.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Id
        Number of the queue.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Start-JAMSQueue Nightly

        Let the jobs of a queue start.

    .EXAMPLE
        Start-JAMSQueue -Id 10

        Let the jobs of a queue start.

    .EXAMPLE
        Get-JAMSQueue | Start-JAMSQueue

        The same for everything that Get-JAMSQueue gives.

    .EXAMPLE
        Start-JAMSQueue Nightly -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.BatchQueue

    .NOTES
        REST: POST /JAMS/api/batchqueue/{id}/start.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.BatchQueue')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QueueName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Start-JAMSQueue', 'Name')]
        [string[]] $Name,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [switch] $PassThru,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Stop-JAMSEntry {
    <#
    .SYNOPSIS
        Cancel entries, with an answer for each, in their order.

    .DESCRIPTION
        Cancel entries, with an answer for each, in their order. What cannot be cancelled is told by its error,
        and the others are cancelled.

        Cancel an entry: end its run if it has one, and record its end. A run is asked to end, and killed when it
        has not after a while; until nothing of it lives any more the entry is executing, with the status "Being
        cancelled". A cancelled entry never runs again by itself.

    .PARAMETER Entry
        Number of the entry.

    .PARAMETER Force
        Kill at once instead of asking the job to end first.

    .PARAMETER Severity
        Final severity to record; Error if absent.

    .PARAMETER Comment
        Why; kept in the audit trail.

    .PARAMETER ReprocessCompletion
        Work through what follows the end once more; not supported here yet.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Name
        Every entry whose name matches and that has not ended; a number will do as well. Wildcards are allowed.

    .PARAMETER Entries
        Numbers of the entries, up to 1,000.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Stop-JAMSEntry 1234

        Cancel an entry: end its run if it has one, and record its end.

    .EXAMPLE
        Stop-JAMSEntry -Name 'L*'

        Cancel an entry: end its run if it has one, and record its end.

    .EXAMPLE
        Stop-JAMSEntry -Entries 1234

        Cancel entries, with an answer for each, in their order.

    .EXAMPLE
        Stop-JAMSEntry -Entries 1234 -Severity Info

        Final severity to record; Error if absent.

    .EXAMPLE
        Get-JAMSEntry -State Held | Stop-JAMSEntry

        The same for everything that Get-JAMSEntry gives.

    .EXAMPLE
        Stop-JAMSEntry -Entries 1234 -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Entry

    .OUTPUTS
        MVPSI.JAMS.EntryOutcome

    .NOTES
        REST: PUT /JAMS/api/entry/{id}/delete; PUT /JAMS/api/entries/delete.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Many', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Entry')]
    [OutputType('MVPSI.JAMS.EntryOutcome')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('JamsEntry', 'Id')]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Stop-JAMSEntry', 'Entry')]
        [long[]] $Entry,

        [switch] $Force,

        [ValidateSet('Success', 'Info', 'Warning', 'Error', 'Fatal')]
        [string] $Severity,

        [string] $Comment,

        [switch] $ReprocessCompletion,

        [Parameter(ParameterSetName = 'Default')]
        [Parameter(ParameterSetName = 'ByName')]
        [switch] $PassThru,

        [Parameter(ParameterSetName = 'ByName', Mandatory = $true)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Many', Mandatory = $true)]
        [long[]] $Entries,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Stop-JAMSQueue {
    <#
    .SYNOPSIS
        Let no more jobs of a queue start. Those that run go on.

    .DESCRIPTION
        Let no more jobs of a queue start. Those that run go on.

    .PARAMETER Name
        Name of the queue.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Id
        Number of the queue.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Stop-JAMSQueue Nightly

        Let no more jobs of a queue start. Those that run go on.

    .EXAMPLE
        Stop-JAMSQueue -Id 10

        Let no more jobs of a queue start. Those that run go on.

    .EXAMPLE
        Get-JAMSQueue | Stop-JAMSQueue

        The same for everything that Get-JAMSQueue gives.

    .EXAMPLE
        Stop-JAMSQueue Nightly -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.BatchQueue

    .NOTES
        REST: POST /JAMS/api/batchqueue/{id}/stop.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.BatchQueue')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QueueName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Stop-JAMSQueue', 'Name')]
        [string[]] $Name,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [switch] $PassThru,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Submit-JAMSEntry {
    <#
    .SYNOPSIS
        Submit many jobs, each by its document, with an answer for each, in their order.

    .DESCRIPTION
        Submit many jobs, each by its document, with an answer for each, in their order. Each is checked by
        itself, and has what a single submission has. What cannot be submitted is told by its error, and the
        others are submitted, all in one transaction: the answer comes once their entries are durable. A document
        that cannot be read at all is refused as a whole.

        Submit a job by its document, as got from the server and changed. submitID, or else name, says which job.
        Parameters that the document leaves out keep their defaults. The answer comes once the entry is durable;
        notObeyed in it and at the entry names what of the job's definition this server does not obey.

        Submit a job by its name, with the parameter values that shall differ from their defaults. The answer
        comes once the entry is durable.

    .PARAMETER SubmitInfo
        The whole SubmitInfo, as got from the server and changed.

    .PARAMETER Lenient
        Keep what is known and not supported here, rather than refuse it; the answer names it.

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

    .PARAMETER Agent
        Agent to run on instead of the job's.

    .PARAMETER UserName
        Stored credential under whose account it runs instead of the job's.

    .PARAMETER InputJob
        The Job itself instead of its name.

    .PARAMETER Submissions
        The whole Submissions, as got from the server and changed.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .PARAMETER UseVariables
        Fill the job's parameters from variables of the same names, where the caller has any; what is given as
        -Parameters goes before.

    .PARAMETER AsJob
        Run in the background, and show a job at once: Receive-Job shows what comes of it.

    .EXAMPLE
        Submit-JAMSEntry \Sales\Load

        Submit a job by its name, with the parameter values that shall differ from their defaults.

    .EXAMPLE
        Submit-JAMSEntry \Sales\Load -Parameters @{ day = 'today' } -Agent localhost

        Parameter values by name. Agent to run on instead of the job's.

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

    .INPUTS
        MVPSI.JAMS.Submissions

    .OUTPUTS
        MVPSI.JAMS.SubmitResult

    .OUTPUTS
        MVPSI.JAMS.SubmitOutcome

    .NOTES
        REST: POST /JAMS/api/submit; POST /JAMS/api/submit/job; POST /JAMS/api/submit/many.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.SubmitResult')]
    [OutputType('MVPSI.JAMS.SubmitOutcome')]
    param(
        [Parameter(ParameterSetName = 'Document', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('SubmitInfo')]
        [MVPSI.JAMS.SubmitInfo] $SubmitInfo,

        [Parameter(ParameterSetName = 'Document')]
        [switch] $Lenient,

        [Parameter(ParameterSetName = 'Document')]
        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'InputJob')]
        [switch] $Wait,

        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QualifiedName')]
        [MVPSI.JAMS.Module.NounTransformation('Submit-JAMSEntry', 'Name')]
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
        [Alias('StartDate', 'Start')]
        [MVPSI.JAMS.Module.TimeTransformation()]
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

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'InputJob')]
        [string] $Agent,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'InputJob')]
        [string] $UserName,

        [Parameter(ParameterSetName = 'InputJob', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Job] $InputJob,

        [Parameter(ParameterSetName = 'Many', Mandatory = $true, ValueFromPipeline = $true)]
        [MVPSI.JAMS.Module.DocumentTransformation('Submissions')]
        [MVPSI.JAMS.Submissions] $Submissions,

        [string] $Server,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'InputJob')]
        [switch] $UseVariables,

        [switch] $AsJob
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Suspend-JAMSEntry {
    <#
    .SYNOPSIS
        Hold entries until someone releases them, with an answer for each, in their order.

    .DESCRIPTION
        Hold entries until someone releases them, with an answer for each, in their order. What cannot be held is
        told by its error, and the others are held.

        Hold an entry until someone releases it. An entry that has started cannot be held.

    .PARAMETER Entry
        Number of the entry.

    .PARAMETER Comment
        Why; kept in the audit trail.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Name
        Every entry whose name matches and that has not ended; a number will do as well. Wildcards are allowed.

    .PARAMETER Entries
        Numbers of the entries, up to 1,000.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Suspend-JAMSEntry 1234

        Hold an entry until someone releases it. An entry that has started cannot be held.

    .EXAMPLE
        Suspend-JAMSEntry -Name 'L*'

        Hold an entry until someone releases it. An entry that has started cannot be held.

    .EXAMPLE
        Suspend-JAMSEntry -Entries 1234

        Hold entries until someone releases them, with an answer for each, in their order.

    .EXAMPLE
        Get-JAMSEntry -State Held | Suspend-JAMSEntry

        The same for everything that Get-JAMSEntry gives.

    .EXAMPLE
        Suspend-JAMSEntry -Entries 1234 -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Entry

    .OUTPUTS
        MVPSI.JAMS.EntryOutcome

    .NOTES
        REST: PUT /JAMS/api/entry/{id}/hold; PUT /JAMS/api/entries/hold.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Many', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Entry')]
    [OutputType('MVPSI.JAMS.EntryOutcome')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('JamsEntry', 'Id')]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Suspend-JAMSEntry', 'Entry')]
        [long[]] $Entry,

        [string] $Comment,

        [Parameter(ParameterSetName = 'Default')]
        [Parameter(ParameterSetName = 'ByName')]
        [switch] $PassThru,

        [Parameter(ParameterSetName = 'ByName', Mandatory = $true)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Many', Mandatory = $true)]
        [long[]] $Entries,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Switch-JAMSNamedTime {
    <#
    .SYNOPSIS
        Open a named time to everything that refers to it or close it, as the action says.

    .DESCRIPTION
        Open a named time to everything that refers to it or close it, as the action says.

    .PARAMETER Name
        Name of the named time.

    .PARAMETER Action
        Enable or disable.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Switch-JAMSNamedTime Night disable

        Open a named time to everything that refers to it or close it, as the action says.

    .EXAMPLE
        Get-JAMSNamedTime | Switch-JAMSNamedTime

        The same for everything that Get-JAMSNamedTime gives.

    .EXAMPLE
        Switch-JAMSNamedTime Night disable -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .OUTPUTS
        MVPSI.JAMS.NamedTime

    .NOTES
        REST: PUT /JAMS/api/namedtime.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.NamedTime')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('TimeName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Switch-JAMSNamedTime', 'Name')]
        [string[]] $Name,

        [Parameter(Mandatory = $true, Position = 1)]
        [ValidateSet('enable', 'disable')]
        [AllowEmptyString()]
        [string] $Action,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Switch-JAMSQueue {
    <#
    .SYNOPSIS
        Start or stop a queue, as the action says.

    .DESCRIPTION
        Start or stop a queue, as the action says.

    .PARAMETER Id
        Number of the queue.

    .PARAMETER Action
        Start or stop.

    .PARAMETER Version
        Do it only if the definition still has this version.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Switch-JAMSQueue 10 stop

        Start or stop a queue, as the action says.

    .EXAMPLE
        Get-JAMSQueue | Switch-JAMSQueue

        The same for everything that Get-JAMSQueue gives.

    .EXAMPLE
        Switch-JAMSQueue 10 stop -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.BatchQueue

    .NOTES
        REST: POST /JAMS/api/batchqueue/{id}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.BatchQueue')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('QueueID')]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [Parameter(Mandatory = $true, Position = 1)]
        [ValidateSet('start', 'stop')]
        [AllowEmptyString()]
        [string] $Action,

        [ValidateRange(1, 9007199254740991)]
        [long] $Version,

        [switch] $PassThru,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Test-JAMSDate {
    <#
    .SYNOPSIS
        Say whether a schedule runs on a day.

    .DESCRIPTION
        Say whether a schedule runs on a day.

    .PARAMETER Dates
        The schedule, in the date language.

    .PARAMETER Day
        The day; today if not given.

    .PARAMETER StartDate
        Nothing runs before it, and intervals count from it; the day itself if not given.

    .PARAMETER Calendar
        The calendar whose date types count.

    .PARAMETER ExceptFor
        The days that are excepted.

    .PARAMETER NonWorkday
        What happens to a day that is no workday.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Test-JAMSDate 'every workday'

        Say whether a schedule runs on a day.

    .EXAMPLE
        Test-JAMSDate 'every workday' -Calendar Default -NonWorkday Skip

        The calendar whose date types count. What happens to a day that is no workday.

    .OUTPUTS
        System.Boolean

    .NOTES
        REST: GET /JAMS/api/date/runsOn.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('System.Boolean')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $Dates,

        [Parameter(Position = 1)]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $Day,

        [Alias('Start', 'After')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $StartDate,

        [ValidateNotNullOrEmpty()]
        [string] $Calendar,

        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $ExceptFor,

        [ValidateSet('Schedule', 'Skip', 'PrecedingWorkday', 'FollowingWorkday')]
        [ValidateNotNullOrEmpty()]
        [string] $NonWorkday,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Test-JAMSPermission {
    <#
    .SYNOPSIS
        Tell whether the caller may do something to an object.

    .DESCRIPTION
        Both must let him: the access list of the area, and those on the way to the object, its own first and
        then those of the folders it lies in. Who may not look at objects of that kind may do nothing to one, and
        is not told whether there is one.

    .PARAMETER ObjectType
        What kind of object it is.

    .PARAMETER Id
        Its number.

    .PARAMETER Access
        What is to be done to it: Inquire, Change, Delete and what else the area of its kind knows; of a folder
        or job also Submit, Monitor, Manage and Abort, of a folder AddJobs, ChangeJobs, DeleteJobs, InquireJobs.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Test-JAMSPermission BatchQueue 10 Submit

        Tell whether the caller may do something to an object.

    .OUTPUTS
        System.Boolean

    .NOTES
        REST: GET /JAMS/api/{objectType}/{id}/permissions/{access}.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('System.Boolean')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [ValidateSet('Agent', 'BatchQueue', 'Calendar', 'Folder', 'Job', 'Method', 'NamedTime', 'Resource', 'Trigger', 'Variable', 'Alert', 'Menu', 'DateType', 'Setting', 'Setup', 'Credential')]
        [ValidateNotNullOrEmpty()]
        [string] $ObjectType,

        [Parameter(Mandatory = $true, Position = 1)]
        [ValidateRange(1, 9007199254740991)]
        [long] $Id,

        [Parameter(Mandatory = $true, Position = 2)]
        [ValidateNotNullOrEmpty()]
        [string] $Access,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
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
    process { $run.Process($PSBoundParameters, $_) }
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
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Test-JAMSWorkday {
    <#
    .SYNOPSIS
        Say whether a day is a workday.

    .DESCRIPTION
        Say whether a day is a workday.

    .PARAMETER Date
        The day; today if not given.

    .PARAMETER Calendar
        The calendar whose dates count.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Test-JAMSWorkday

        Say whether a day is a workday.

    .EXAMPLE
        Test-JAMSWorkday -Calendar Default

        The calendar whose dates count.

    .OUTPUTS
        System.Boolean

    .NOTES
        REST: GET /JAMS/api/date/isWorkday.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('System.Boolean')]
    param(
        [Parameter(Position = 0)]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.DayTransformation()]
        [string] $Date,

        [ValidateNotNullOrEmpty()]
        [string] $Calendar,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Unlock-JAMSAccount {
    <#
    .SYNOPSIS
        Let an account try again at once that wrong passwords or wrong one-time codes have locked.

    .DESCRIPTION
        Let an account try again at once that wrong passwords or wrong one-time codes have locked.

    .PARAMETER Name
        Name of the account.

    .PARAMETER PassThru
        Show the object after the change; otherwise nothing is shown.

    .PARAMETER Id
        Number of the account.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Unlock-JAMSAccount ann

        Let an account try again at once that wrong passwords or wrong one-time codes have locked.

    .EXAMPLE
        Unlock-JAMSAccount -Id 10

        Let an account try again at once that wrong passwords or wrong one-time codes have locked.

    .EXAMPLE
        Get-JAMSAccount | Unlock-JAMSAccount

        The same for everything that Get-JAMSAccount gives.

    .EXAMPLE
        Unlock-JAMSAccount ann -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .OUTPUTS
        MVPSI.JAMS.Account

    .NOTES
        REST: PUT /JAMS/api/account/{id}/unlock.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Account')]
    param(
        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('AccountName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Unlock-JAMSAccount', 'Name')]
        [string[]] $Name,

        [switch] $PassThru,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Unlock-JAMSResource {
    <#
    .SYNOPSIS
        Give back what an entry holds of a resource, or some of it; what its script took goes first.

    .DESCRIPTION
        Give back what an entry holds of a resource, or some of it; what its script took goes first.

    .PARAMETER JamsEntry
        JAMS entry number in the schedule.

    .PARAMETER Quantity
        How much of it; all, if it is not said.

    .PARAMETER Name
        Name of the resource; its number, if none has that name.

    .PARAMETER Id
        Number of the resource.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .EXAMPLE
        Unlock-JAMSResource Licence -JamsEntry 1234

        Give back what an entry holds of a resource, or some of it; what its script took goes first.

    .EXAMPLE
        Unlock-JAMSResource -JamsEntry 1234 -Id 10

        Give back what an entry holds of a resource, or some of it; what its script took goes first.

    .EXAMPLE
        Get-JAMSResource | Unlock-JAMSResource

        The same for everything that Get-JAMSResource gives.

    .EXAMPLE
        Unlock-JAMSResource Licence -JamsEntry 1234 -WhatIf

        Say what would be done, and do nothing.

    .INPUTS
        System.Int64

    .INPUTS
        System.String[]

    .INPUTS
        System.Int64[]

    .NOTES
        REST: POST /JAMS/api/resource/{name}/release.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateRange(1, 9007199254740991)]
        [MVPSI.JAMS.Module.NounTransformation('Unlock-JAMSResource', 'JamsEntry')]
        [long] $JamsEntry,

        [long] $Quantity,

        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('ResourceName')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Unlock-JAMSResource', 'Name')]
        [string[]] $Name,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateRange(1, 9007199254740991)]
        [ValidateNotNullOrEmpty()]
        [long[]] $Id,

        [string] $Server
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}

function Wait-JAMSEntry {
    <#
    .SYNOPSIS
        Wait until an entry has ended, and show it.

    .DESCRIPTION
        Wait until an entry has ended, and show it.

    .PARAMETER Entry
        Number of the entry.

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
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.Module.NounTransformation('Wait-JAMSEntry', 'Entry')]
        [long[]] $Entry,

        [MVPSI.JAMS.Module.SecondsTransformation()]
        [double] $Timeout,

        [ValidateSet('Scheduled', 'Held', 'Timed', 'StepWait', 'DependencyWait', 'PrecheckWait', 'ResourceWait', 'Pending', 'Starting', 'Executing', 'Idle', 'Completing', 'Complete')]
        [string[]] $State,

        [Parameter(ParameterSetName = 'ByName', Mandatory = $true)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]] $Name,

        [string] $Server,

        [switch] $AsJob
    )
    begin { $run = [MVPSI.JAMS.Module.Invocation]::Begin($PSCmdlet, $ExecutionContext.SessionState) }
    process { $run.Process($PSBoundParameters, $_) }
    end { $run.End() }
}
