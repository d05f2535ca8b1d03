# Functions that no operation of the catalogue describes by itself: connecting, and what old scripts expect.

function Connect-JAMSServer {
    <#
    .SYNOPSIS
        Connect to a JAMS server.

    .DESCRIPTION
        Later commands call as the account given here, and use this server where none is named. Without a credential
        and without a token the login that a server on this machine has left for its owner is used; else a secret named
        JAMS:<server> of the module SecretManagement, if there is one; else the credential is asked for.

        Other drives, and other names of the server, keep the login that they have; the drive JAMS: takes this one unless
        somebody stands on it.

        The password itself is not kept: it is exchanged for a token, which is renewed as long as the session lives.

    .PARAMETER Server
        Name or address of the server, as jams.example.com, host:8080 or https://jams.example.com/JAMS; a name alone
        means https, except for this machine, or the server of that name in the list that JAMSWebClient keeps as well
        (JAMSServers.config). Without it
        $JAMSDefaultServer, else the environment variable JAMS_SERVER, else the server on this machine.

    .PARAMETER Credential
        Name and password of the account.

    .PARAMETER Username
        Name of the account; its password is asked for, or taken from -Password.

    .PARAMETER Password
        Password of the account, as a SecureString.

    .PARAMETER Code
        One-time code of the account's authenticator, or a recovery code, where the account takes such. It counts once, and
        is not kept by -SaveCredential.

    .PARAMETER Token
        An access token, as a SecureString.

    .PARAMETER Alias
        A further name for the server, for -Server and for the root of a drive.

    .PARAMETER AllowUnencryptedAuthentication
        Send what lets you in to an address with http, although anybody on the way can read it. Without this, only to
        a server on this machine.

    .PARAMETER SaveCredential
        Keep the credential as a secret of the module SecretManagement, for the next time.

    .EXAMPLE
        Connect-JAMSServer jams.example.com -Credential (Get-Credential)

        Connect with a name and password.

    .EXAMPLE
        Connect-JAMSServer

        Connect to the server on this machine, as its owner.

    .EXAMPLE
        Connect-JAMSServer https://jams.example.com:8443/JAMS -Username ann -Alias prod -SaveCredential

        Ask for the password, keep it as a secret, and call the server prod from now on.

    .EXAMPLE
        Connect-JAMSServer jams.example.com -Credential (Get-Credential ann) -Code 123456

        Connect with a one-time code beside the password.

    .OUTPUTS
        MVPSI.JAMS.Server

    .NOTES
        REST: POST /JAMS/api/authentication/login.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Credential', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.Server')]
    param(
        [Parameter(Position = 0)]
        [string] $Server,

        [Parameter(ParameterSetName = 'Credential', Position = 1)]
        [pscredential] $Credential,

        [Parameter(ParameterSetName = 'User', Mandatory = $true)]
        [string] $Username,

        [Parameter(ParameterSetName = 'User')]
        [securestring] $Password,

        [Parameter(ParameterSetName = 'Credential')]
        [Parameter(ParameterSetName = 'User')]
        [ValidateNotNullOrEmpty()]
        [string] $Code,

        [Parameter(ParameterSetName = 'Token', Mandatory = $true)]
        [securestring] $Token,

        [string] $Alias,

        [switch] $AllowUnencryptedAuthentication,

        [Parameter(ParameterSetName = 'Credential')]
        [Parameter(ParameterSetName = 'User')]
        [switch] $SaveCredential
    )
    process {
        [MVPSI.JAMS.Module.Invocation]::TakePreferences($PSCmdlet, $ExecutionContext.SessionState)
        $secret = 'JAMS:' + [MVPSI.JAMS.Module.Session]::NameOf($PSCmdlet, $Server)
        if ($Username) {
            if ($Password) {
                $Credential = New-Object System.Management.Automation.PSCredential $Username, $Password
            }
            else {
                $Credential = Get-Credential -UserName $Username -Message "Password of $Username"
            }
        }
        # A code stands beside a password, so whoever gives one means another login than the one that is there.
        $known = -not $Code -and [MVPSI.JAMS.Module.Session]::HasLogin($PSCmdlet, $Server)
        if (-not $Credential -and -not $Token -and -not $known) {
            $asks = [MVPSI.JAMS.Module.Session]::Prompts($PSCmdlet, $Server)
            if (-not $asks -and (Get-Command Get-Secret -ErrorAction Ignore)) {
                $kept = Get-Secret -Name $secret -ErrorAction Ignore
                if ($kept -is [pscredential]) { $Credential = $kept }
            }
            if (-not $Credential) {
                $Credential = Get-Credential -Message "Account at $Server"
            }
        }
        $connected = [MVPSI.JAMS.Module.Session]::Connect(
            $PSCmdlet, $Server, $Alias, $Credential, $Code, $Token, [bool] $AllowUnencryptedAuthentication)
        if ($SaveCredential -and $Credential) {
            if ([MVPSI.JAMS.Module.Session]::Prompts($PSCmdlet, $Server)) {
                Write-Warning 'The credential is not kept: the list of servers says that this one asks each time (Prompt).'
            }
            elseif (Get-Command Set-Secret -ErrorAction Ignore) {
                Set-Secret -Name $secret -Secret $Credential
            }
            else {
                Write-Warning 'The credential is not kept: the module Microsoft.PowerShell.SecretManagement is not there.'
            }
        }
        Sync-JAMSDrive -Server $connected
        $connected
    }
}

function Sync-JAMSDrive {
    # Let the drive JAMS: show the server connected to, unless somebody stands on it.
    param($Server)

    $drive = Get-PSDrive -Name JAMS -PSProvider JAMS -ErrorAction Ignore
    $here = $ExecutionContext.SessionState.Path.CurrentLocation.Drive
    $same = $drive -and [object]::ReferenceEquals($drive.Server, $Server) -and $drive.Root -eq $Server.Name
    if ($drive -and -not $same -and "$here" -ne 'JAMS') {
        Remove-PSDrive -Name JAMS -Scope Global
        $null = New-PSDrive -Name JAMS -PSProvider JAMS -Root $Server.Name -Scope Global
    }
}

function Disconnect-JAMSServer {
    <#
    .SYNOPSIS
        Leave a JAMS server: give back its token and forget it.

    .DESCRIPTION
        The server ends this login; others of the account, also those of drives, go on. The token that the local tools
        use on the server's own machine stays.

    .PARAMETER Server
        Name or address of the server; without it $JAMSDefaultServer, else the one connected to last.

    .PARAMETER All
        End every login of the account, wherever it was made.

    .EXAMPLE
        Disconnect-JAMSServer

        Leave the server connected to last.

    .EXAMPLE
        Disconnect-JAMSServer -Server prod

        Leave one of several servers.

    .EXAMPLE
        Disconnect-JAMSServer -All

        End every login of the account, wherever it was made.

    .NOTES
        REST: POST /JAMS/api/authentication/logout.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('System.Void')]
    param(
        [Parameter(Position = 0)]
        [string] $Server,

        [switch] $All
    )
    process {
        [MVPSI.JAMS.Module.Invocation]::TakePreferences($PSCmdlet, $ExecutionContext.SessionState)
        [MVPSI.JAMS.Module.Session]::Disconnect($PSCmdlet, $Server, [bool] $All)
    }
}

function Add-PSSnapin {
    <#
    .SYNOPSIS
        Let old scripts that add the snap-in MVPSI.JAMS run on: the module is what it was.

    .DESCRIPTION
        The name MVPSI.JAMS is accepted and nothing is done. Other names go to Windows PowerShell's own Add-PSSnapin;
        where there is none, they are an error.

    .PARAMETER Name
        Names of the snap-ins.

    .PARAMETER PassThru
        Taken for the snap-ins of others.

    .EXAMPLE
        Add-PSSnapin MVPSI.JAMS

        Does nothing: the module is imported already.
    #>
    [CmdletBinding()]
    [OutputType('System.Void')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [string[]] $Name,

        [switch] $PassThru
    )
    process {
        $others = @($Name | Where-Object { $_ -ne 'MVPSI.JAMS' })
        if ($others.Count -eq 0) {
            return
        }
        $real = Get-Command Add-PSSnapin -CommandType Cmdlet -ErrorAction Ignore
        if ($real) {
            & $real -Name $others -PassThru:$PassThru
            return
        }
        foreach ($each in $others) {
            $message = "There is no snap-in $each; this PowerShell has modules only."
            Write-Error -Message $message -ErrorId 'AddPSSnapInRead' -Category InvalidArgument -TargetObject $each
        }
    }
}
