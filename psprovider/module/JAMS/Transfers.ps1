# Functions for file servers: FTP, FTPS and SFTP, from the machine where the script runs.

function Connect-JFTP {
    <#
    .SYNOPSIS
        Connect to a file server by FTP.

    .DESCRIPTION
        Neither the password nor the files are encrypted: Connect-JFTPS and Connect-JSFTP do that. Later cmdlets use
        this connection unless they name another one by -FileServer. When it cannot be made, none is used, so that
        nothing reaches a server that was meant before.

    .PARAMETER Name
        Name or address of the server, with its port where that is not the usual one: files.example.org:2121.

    .PARAMETER Credential
        Who logs on, as Get-Credential makes it; of a name alone the password is asked for. Without it one is
        anonymous. A credential that is stored at the JAMS server does not leave it: jobs of the method FileTransfer
        log on by such.

    .PARAMETER Port
        The port of the server; without it the usual one.

    .PARAMETER Binary
        Files go over as they are. They do so without it, too; -Binary:$false changes the line ends of texts.

    .PARAMETER Passive
        Connections for data are opened from here. They are without it, too; -Passive:$false lets the server open
        them.

    .PARAMETER Timeout
        Seconds for which an answer, or the next piece of a file, is waited for; without it 60.

    .PARAMETER RetryCount
        How often a server that cannot be reached is tried again.

    .PARAMETER RetryInterval
        Seconds between these tries; without it 10.

    .EXAMPLE
        Connect-JFTP ftp.example.org

        Connect as anonymous.

    .EXAMPLE
        $server = Connect-JFTP ftp.example.org:2121 -Credential (Get-Credential ann) -Verbose
        Get-JFSChildItem *.csv -FileServer $server

        Keep a connection, to name it later.

    .OUTPUTS
        MVPSI.JAMS.FileServer

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.FileServer')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [Alias('ComputerName', 'Host')]
        [ValidateNotNullOrEmpty()]
        [string] $Name,

        [Parameter(Position = 1)]
        [Alias('JAMSCredential')]
        [object] $Credential,

        [ValidateRange(1, 65535)]
        [int] $Port,

        [switch] $Binary,

        [switch] $Passive,

        [ValidateRange(1, 86400)]
        [int] $Timeout,

        [ValidateRange(0, 1000)]
        [int] $RetryCount,

        [ValidateRange(0, 86400)]
        [int] $RetryInterval
    )
    process {
        [MVPSI.JAMS.Module.Invocation]::TakePreferences($PSCmdlet, $ExecutionContext.SessionState)
        if ($Credential -is [string]) {
            $Credential = Get-Credential -UserName $Credential -Message "Password of $Credential at $Name"
        }
        [MVPSI.JAMS.Module.FileWork]::Connect($PSCmdlet, 'FTP', $Name, $Credential, $PSBoundParameters)
    }
}

function Connect-JFTPS {
    <#
    .SYNOPSIS
        Connect to a file server by FTPS, which is FTP over TLS.

    .DESCRIPTION
        The connection is encrypted before anybody logs on, and so are the files. The server's certificate must be
        one that this machine trusts. Later cmdlets use this connection unless they name another one by -FileServer.
        When it cannot be made, none is used, so that nothing reaches a server that was meant before.

    .PARAMETER Name
        Name or address of the server, with its port where that is not the usual one: files.example.org:2121.

    .PARAMETER Credential
        Who logs on, as Get-Credential makes it; of a name alone the password is asked for. Without it one is
        anonymous. A credential that is stored at the JAMS server does not leave it: jobs of the method FileTransfer
        log on by such.

    .PARAMETER Implicit
        The server encrypts from the first byte, at port 990 if none is named; without it AUTH TLS is said at port
        21.

    .PARAMETER Port
        The port of the server; without it the usual one.

    .PARAMETER Binary
        Files go over as they are. They do so without it, too; -Binary:$false changes the line ends of texts.

    .PARAMETER Passive
        Connections for data are opened from here. They are without it, too; -Passive:$false lets the server open
        them.

    .PARAMETER Timeout
        Seconds for which an answer, or the next piece of a file, is waited for; without it 60.

    .PARAMETER RetryCount
        How often a server that cannot be reached is tried again.

    .PARAMETER RetryInterval
        Seconds between these tries; without it 10.

    .EXAMPLE
        Connect-JFTPS files.example.org -Credential (Get-Credential ann)

        Connect; the password goes over by TLS.

    .EXAMPLE
        Connect-JFTPS files.example.org -Implicit -Credential ann

        Connect to port 990, and be asked for the password.

    .OUTPUTS
        MVPSI.JAMS.FileServer

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.FileServer')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [Alias('ComputerName', 'Host')]
        [ValidateNotNullOrEmpty()]
        [string] $Name,

        [Parameter(Position = 1)]
        [Alias('JAMSCredential')]
        [object] $Credential,

        [switch] $Implicit,

        [ValidateRange(1, 65535)]
        [int] $Port,

        [switch] $Binary,

        [switch] $Passive,

        [ValidateRange(1, 86400)]
        [int] $Timeout,

        [ValidateRange(0, 1000)]
        [int] $RetryCount,

        [ValidateRange(0, 86400)]
        [int] $RetryInterval
    )
    process {
        [MVPSI.JAMS.Module.Invocation]::TakePreferences($PSCmdlet, $ExecutionContext.SessionState)
        if ($Credential -is [string]) {
            $Credential = Get-Credential -UserName $Credential -Message "Password of $Credential at $Name"
        }
        [MVPSI.JAMS.Module.FileWork]::Connect($PSCmdlet, $(if ($Implicit) { 'FTPSImplicit' } else { 'FTPS' }), $Name, $Credential, $PSBoundParameters)
    }
}

function Connect-JSFTP {
    <#
    .SYNOPSIS
        Connect to a file server by SFTP, which is files over SSH.

    .DESCRIPTION
        The program ssh of OpenSSH carries it: the keys and known_hosts of the user, and what ssh_config says of the
        host, count. A host whose key is not known is refused. Later cmdlets use this connection unless they name
        another one by -FileServer. When it cannot be made, none is used, so that nothing reaches a server that was
        meant before.

    .PARAMETER Name
        Name or address of the server, with its port where that is not the usual one: files.example.org:2121.

    .PARAMETER Credential
        Who logs on, as Get-Credential makes it; of a name alone the password is asked for. Without it the keys of
        the user are tried, as who he is here. A credential that is stored at the JAMS server does not leave it:
        jobs of the method FileTransfer log on by such.

    .PARAMETER Port
        The port of the server; without it the usual one.

    .PARAMETER KeyFile
        The file of the private key by which one logs on; the password of the credential is that of the key then.

    .PARAMETER KnownHosts
        The file of keys of hosts, in place of the user's.

    .PARAMETER AcceptKey
        Take the key of a host that is not known, and keep it in known_hosts. A key that has changed is refused all
        the same.

    .PARAMETER Binary
        Files go over as they are: by SFTP they always do.

    .PARAMETER Timeout
        Seconds for which an answer, or the next piece of a file, is waited for; without it 60.

    .PARAMETER ServerType
        What kind of paths the server has; SFTP has one.

    .PARAMETER UseCompression
        Compress what goes over.

    .PARAMETER QueueLength
        How many pieces of a file are on their way at once; without it 64.

    .PARAMETER BufferSize
        Kilobytes of a piece; without it 32, which every server takes.

    .PARAMETER RetryCount
        How often a server that cannot be reached is tried again.

    .PARAMETER RetryInterval
        Seconds between these tries; without it 10.

    .EXAMPLE
        Connect-JSFTP files.example.org -Credential (Get-Credential ann)

        Connect with a password.

    .EXAMPLE
        Connect-JSFTP files.example.org:2222 -Credential ann -KeyFile ~/.ssh/id_nightly

        Connect with a private key, and be asked for its password.

    .EXAMPLE
        Connect-JSFTP files.example.org -AcceptKey -RetryCount 5 -RetryInterval 60 -Verbose

        Take the key of a new host, and try for five minutes.

    .OUTPUTS
        MVPSI.JAMS.FileServer

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.FileServer')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [Alias('ComputerName', 'Host')]
        [ValidateNotNullOrEmpty()]
        [string] $Name,

        [Parameter(Position = 1)]
        [Alias('JAMSCredential')]
        [object] $Credential,

        [ValidateRange(1, 65535)]
        [int] $Port,

        [ValidateNotNullOrEmpty()]
        [string] $KeyFile,

        [ValidateNotNullOrEmpty()]
        [string] $KnownHosts,

        [switch] $AcceptKey,

        [ValidateScript({ $_ })]
        [switch] $Binary,

        [ValidateRange(1, 86400)]
        [int] $Timeout,

        [ValidateSet('UNIX')]
        [string] $ServerType,

        [switch] $UseCompression,

        [ValidateRange(1, 256)]
        [int] $QueueLength,

        [ValidateRange(1, 255)]
        [int] $BufferSize,

        [ValidateRange(0, 1000)]
        [int] $RetryCount,

        [ValidateRange(0, 86400)]
        [int] $RetryInterval
    )
    process {
        [MVPSI.JAMS.Module.Invocation]::TakePreferences($PSCmdlet, $ExecutionContext.SessionState)
        if ($Credential -is [string]) {
            $Credential = Get-Credential -UserName $Credential -Message "Password of $Credential at $Name"
        }
        [MVPSI.JAMS.Module.FileWork]::Connect($PSCmdlet, 'SFTP', $Name, $Credential, $PSBoundParameters)
    }
}

function Disconnect-JFS {
    <#
    .SYNOPSIS
        Leave a file server.

    .DESCRIPTION
        Does nothing where there is no connection.

    .PARAMETER FileServer
        The connection; without it the one that was made last.

    .EXAMPLE
        Disconnect-JFS

        Leave the server connected to last.

    .EXAMPLE
        $server | Disconnect-JFS

        Leave one of several.

    .INPUTS
        MVPSI.JAMS.FileServer

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(Position = 0, ValueFromPipeline = $true)]
        [MVPSI.JAMS.FileServer] $FileServer
    )
    process {
        [MVPSI.JAMS.Module.Invocation]::TakePreferences($PSCmdlet, $ExecutionContext.SessionState)
        [MVPSI.JAMS.Module.FileWork]::Disconnect($PSCmdlet, $FileServer)
    }
}

function Set-JFSLocation {
    <#
    .SYNOPSIS
        Enter a folder of a file server.

    .DESCRIPTION
        Paths that do not begin with a slash count from it.

    .PARAMETER Location
        The folder.

    .PARAMETER FileServer
        The connection; without it the one that was made last.

    .EXAMPLE
        Set-JFSLocation /outgoing/orders

        Enter a folder.

    .EXAMPLE
        Set-JFSLocation ..

        Enter the folder above.

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [Alias('Path')]
        [ValidateNotNullOrEmpty()]
        [string] $Location,

        [MVPSI.JAMS.FileServer] $FileServer
    )
    process {
        [MVPSI.JAMS.Module.Invocation]::TakePreferences($PSCmdlet, $ExecutionContext.SessionState)
        $server = [MVPSI.JAMS.Module.FileWork]::Server($PSCmdlet, $FileServer)
        [MVPSI.JAMS.Module.FileWork]::Enter($PSCmdlet, $server, $Location)
    }
}

function Get-JFSChildItem {
    <#
    .SYNOPSIS
        List the files and folders of a file server.

    .DESCRIPTION
        Of a folder what is in it is listed, of a pattern what fits it.

    .PARAMETER Path
        Paths of folders or files; * and ? may stand in its last part, of which neither stands for a dot at the
        beginning. Without it the location.

    .PARAMETER Recurse
        Go into the folders of the folder. What is in them and fits is listed, with its whole path.

    .PARAMETER FileServer
        The connection; without it the one that was made last.

    .EXAMPLE
        Get-JFSChildItem

        List the location.

    .EXAMPLE
        Get-JFSChildItem /outgoing/*.csv | Where-Object Modified -gt (Get-Date).AddDays(-1) | Receive-JFSItem -Destination C:\In

        Fetch what was changed since yesterday.

    .EXAMPLE
        Get-JFSChildItem /outgoing -Recurse | Measure-Object Length -Sum

        Tell how much there is. Of folders the length is -1.

    .INPUTS
        System.String[]

    .OUTPUTS
        MVPSI.JAMS.FileItem

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.FileItem')]
    param(
        [Parameter(Position = 0, ValueFromPipeline = $true)]
        [ValidateNotNullOrEmpty()]
        [string[]] $Path = '.',

        [switch] $Recurse,

        [MVPSI.JAMS.FileServer] $FileServer
    )
    process {
        [MVPSI.JAMS.Module.Invocation]::TakePreferences($PSCmdlet, $ExecutionContext.SessionState)
        $server = [MVPSI.JAMS.Module.FileWork]::Server($PSCmdlet, $FileServer)
        foreach ($each in $Path) {
            [MVPSI.JAMS.Module.FileWork]::List($PSCmdlet, $server, $each, [bool] $Recurse)
        }
    }
}

function Get-JFSItem {
    <#
    .SYNOPSIS
        Show a file or folder of a file server.

    .DESCRIPTION
        What is not there is an error: PathNotFound, an ItemNotFoundException.

    .PARAMETER Path
        Paths of files or folders; * and ? may stand in its last part, of which neither stands for a dot at the
        beginning.

    .PARAMETER FileServer
        The connection; without it the one that was made last.

    .EXAMPLE
        Get-JFSItem /outgoing/orders.csv

        Show a file.

    .EXAMPLE
        if (Get-JFSItem ready.flag -ErrorAction Ignore) { Receive-JFSItem *.csv }

        Fetch files once another one is there.

    .INPUTS
        System.String[]

    .OUTPUTS
        MVPSI.JAMS.FileItem

    .LINK
        about_JAMS
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.FileItem')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [Alias('Name')]
        [ValidateNotNullOrEmpty()]
        [string[]] $Path,

        [MVPSI.JAMS.FileServer] $FileServer
    )
    process {
        [MVPSI.JAMS.Module.Invocation]::TakePreferences($PSCmdlet, $ExecutionContext.SessionState)
        $server = [MVPSI.JAMS.Module.FileWork]::Server($PSCmdlet, $FileServer)
        foreach ($each in $Path) {
            [MVPSI.JAMS.Module.FileWork]::Show($PSCmdlet, $server, $each)
        }
    }
}

function Receive-JFSItem {
    <#
    .SYNOPSIS
        Fetch files from a file server.

    .DESCRIPTION
        A file is written beside its place and given its name when it is whole; what breaks off leaves what was
        there before, and is begun anew by whoever runs it again. Each file that fails is an error of its own.

    .PARAMETER Name
        Paths of files; * and ? may stand in its last part, of which neither stands for a dot at the beginning.

    .PARAMETER InputObject
        Files as they were listed.

    .PARAMETER Destination
        A folder that is there, or, of a single file, the path that it gets; without it the current folder.

    .PARAMETER Recurse
        Go into folders, which are made here as well.

    .PARAMETER NoClobber
        Files that are here stay, and are errors.

    .PARAMETER PassThru
        Show the files here; otherwise nothing is shown.

    .PARAMETER FileServer
        The connection; without it the one that was made last.

    .EXAMPLE
        Receive-JFSItem /outgoing/orders.csv C:\In

        Fetch a file into a folder.

    .EXAMPLE
        Get-JFSChildItem *.csv | Receive-JFSItem -Destination C:\In -WhatIf

        Say which files would be fetched.

    .EXAMPLE
        Receive-JFSItem /outgoing/*.csv C:\In -Recurse -PassThru | Import-Csv

        Fetch the files of all folders, and read them.

    .INPUTS
        MVPSI.JAMS.FileItem[]

    .OUTPUTS
        System.IO.FileInfo

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Low', PositionalBinding = $false)]
    [OutputType('System.IO.FileInfo')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'Name')]
        [Alias('Path')]
        [ValidateNotNullOrEmpty()]
        [string[]] $Name,

        [Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'InputObject')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.FileItem[]] $InputObject,

        [Parameter(Position = 1)]
        [ValidateNotNullOrEmpty()]
        [string] $Destination,

        [switch] $Recurse,

        [switch] $NoClobber,

        [switch] $PassThru,

        [MVPSI.JAMS.FileServer] $FileServer
    )
    begin {
        [MVPSI.JAMS.Module.Invocation]::TakePreferences($PSCmdlet, $ExecutionContext.SessionState)
        $items = New-Object 'System.Collections.Generic.List[MVPSI.JAMS.FileItem]'
    }
    process {
        if ($InputObject) { $items.AddRange($InputObject) }
    }
    end {
        # All at once: only so is it known whether the destination is to be a folder.
        [MVPSI.JAMS.Module.FileMoving]::Receive(
            $PSCmdlet, $FileServer, $Name, $items.ToArray(), $Destination, [bool] $Recurse, [bool] $NoClobber,
            [bool] $PassThru)
    }
}

function Send-JFSItem {
    <#
    .SYNOPSIS
        Send files to a file server.

    .DESCRIPTION
        A file is written beside its place and given its name when it is whole; what breaks off leaves what was
        there before, and is begun anew by whoever runs it again. Each file that fails is an error of its own.

    .PARAMETER Name
        Paths of files here; * and ? may stand in their last parts.

    .PARAMETER InputObject
        Files and folders, as Get-ChildItem shows them.

    .PARAMETER Destination
        A folder that is there, or, of a single file, the path that it gets; without it the location.

    .PARAMETER Recurse
        Go into folders, which are made there as well.

    .PARAMETER NoClobber
        Files that are there stay, and are errors.

    .PARAMETER PassThru
        Show the files there; otherwise nothing is shown.

    .PARAMETER FileServer
        The connection; without it the one that was made last.

    .EXAMPLE
        Send-JFSItem C:\Out\orders.csv /incoming

        Send a file into a folder.

    .EXAMPLE
        Send-JFSItem C:\Out\orders.csv -Destination /incoming/orders-today.csv -NoClobber

        Send it under another name, unless that is there.

    .EXAMPLE
        Get-ChildItem C:\Out -Filter *.csv | Send-JFSItem -Destination /incoming -Confirm

        Be asked for each file.

    .INPUTS
        System.IO.FileSystemInfo[]

    .OUTPUTS
        MVPSI.JAMS.FileItem

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'Low', PositionalBinding = $false)]
    [OutputType('MVPSI.JAMS.FileItem')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'Name')]
        [Alias('Path')]
        [ValidateNotNullOrEmpty()]
        [string[]] $Name,

        [Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'InputObject')]
        [ValidateNotNullOrEmpty()]
        [System.IO.FileSystemInfo[]] $InputObject,

        [Parameter(Position = 1)]
        [ValidateNotNullOrEmpty()]
        [string] $Destination,

        [switch] $Recurse,

        [switch] $NoClobber,

        [switch] $PassThru,

        [MVPSI.JAMS.FileServer] $FileServer
    )
    begin {
        [MVPSI.JAMS.Module.Invocation]::TakePreferences($PSCmdlet, $ExecutionContext.SessionState)
        $files = New-Object 'System.Collections.Generic.List[System.IO.FileSystemInfo]'
    }
    process {
        if ($InputObject) { $files.AddRange($InputObject) }
    }
    end {
        $server = [MVPSI.JAMS.Module.FileWork]::Server($PSCmdlet, $FileServer)
        [MVPSI.JAMS.Module.FileMoving]::Send(
            $PSCmdlet, $server, $Name, $files.ToArray(), $Destination, [bool] $Recurse, [bool] $NoClobber,
            [bool] $PassThru)
    }
}

function Remove-JFSItem {
    <#
    .SYNOPSIS
        Remove files from a file server.

    .DESCRIPTION
        It is asked for by itself; -Confirm:$false does without.

    .PARAMETER Name
        Paths of files or folders; * and ? may stand in its last part, of which neither stands for a dot at the
        beginning.

    .PARAMETER InputObject
        Files and folders as they were listed.

    .PARAMETER Recurse
        Remove folders with all that is in them; without it a folder is an error.

    .PARAMETER FileServer
        The connection; without it the one that was made last.

    .EXAMPLE
        Remove-JFSItem /outgoing/orders.csv

        Remove a file, once that is confirmed.

    .EXAMPLE
        Get-JFSChildItem *.csv | Where-Object Modified -lt (Get-Date).AddDays(-30) | Remove-JFSItem -Confirm:$false

        Remove what is older than 30 days, without being asked.

    .INPUTS
        MVPSI.JAMS.FileItem[]

    .LINK
        about_JAMS
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false)]
    param(
        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'Name')]
        [Alias('Path')]
        [ValidateNotNullOrEmpty()]
        [string[]] $Name,

        [Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'InputObject')]
        [ValidateNotNullOrEmpty()]
        [MVPSI.JAMS.FileItem[]] $InputObject,

        [switch] $Recurse,

        [MVPSI.JAMS.FileServer] $FileServer
    )
    process {
        [MVPSI.JAMS.Module.Invocation]::TakePreferences($PSCmdlet, $ExecutionContext.SessionState)
        $found = $InputObject
        if ($Name) {
            $server = [MVPSI.JAMS.Module.FileWork]::Server($PSCmdlet, $FileServer)
            $found = foreach ($each in $Name) { Get-JFSItem -Path $each -FileServer $server }
        }
        foreach ($item in $found) {
            $server = if ($FileServer) { $FileServer } else { $item.FileServer }
            $server = [MVPSI.JAMS.Module.FileWork]::Server($PSCmdlet, $server)
            [MVPSI.JAMS.Module.FileWork]::Remove($PSCmdlet, $server, $item, [bool] $Recurse)
        }
    }
}
