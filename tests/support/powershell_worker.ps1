# Runs cmdlets of the module for a test: one JSON document a line comes in, one goes out behind a mark.
param([string] $Module)

$ErrorActionPreference = 'Continue'
Import-Module $Module

function Enter-Server($asked) {
    if ($asked.leave) {
        Disconnect-JAMSServer -Server $asked.leave
        return
    }
    $secret = ConvertTo-SecureString $asked.password -AsPlainText -Force
    $credential = New-Object System.Management.Automation.PSCredential $asked.user, $secret
    $null = Connect-JAMSServer -Server $asked.url -Credential $credential
}

function Answer($asked) {
    $answer = @{ output = @(); errors = @(); told = @() }
    $given = $asked.parameters
    try {
        & { if ($asked.cmdlet) { & $asked.cmdlet @given -Verbose } else { Enter-Server $asked } } 2>&1 4>&1 |
            ForEach-Object {
                if ($_ -is [System.Management.Automation.ErrorRecord]) { $answer.errors += $_.FullyQualifiedErrorId }
                elseif ($_ -is [System.Management.Automation.VerboseRecord]) { $answer.told += $_.Message }
                else { $answer.output += , $_ }
            }
    }
    catch { $answer.errors += $_.FullyQualifiedErrorId }
    ConvertTo-Json -Compress -Depth 9 -InputObject $answer
}

while ($null -ne ($line = [Console]::In.ReadLine())) {
    [Console]::Out.WriteLine([char]2 + (Answer (ConvertFrom-Json -AsHashtable $line)))
    [Console]::Out.Flush()
}
