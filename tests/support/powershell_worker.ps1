# Runs commands for a test, with the module or in a session: one JSON document a line comes in, one goes out.
param([string] $Module, [string] $Session)

$ErrorActionPreference = 'Continue'
if ($Module) {
    Import-Module $Module
}
if ($Session) {
    $options = ConvertFrom-Json -AsHashtable $Session
    $there = New-PSSession @options
}

function Enter-Server($asked) {
    if ($asked.leave) {
        Disconnect-JAMSServer -Server $asked.leave
        return
    }
    $secret = ConvertTo-SecureString $asked.password -AsPlainText -Force
    $credential = New-Object System.Management.Automation.PSCredential $asked.user, $secret
    $null = Connect-JAMSServer -Server $asked.url -Credential $credential
}

function Invoke-Asked($asked) {
    $given = $asked.parameters
    if (-not $asked.cmdlet) { Enter-Server $asked }
    elseif ($there) { Invoke-Command $there ([scriptblock]::Create("$($asked.cmdlet) @using:given -Verbose 4>&1")) }
    else { & $asked.cmdlet @given -Verbose }
}

function Get-Plain($value) {
    # An object without what a provider or a session has written on it; what came over a wire as a table.
    if ($null -eq $value) { return $null }
    $bare = $value.PSObject.BaseObject
    if ($bare -is [System.Management.Automation.PSCustomObject]) {
        $found = @{}
        foreach ($property in $value.PSObject.Properties) { $found[$property.Name] = Get-Plain $property.Value }
        return $found
    }
    if ($bare -is [System.Collections.ArrayList]) {
        return , @(foreach ($item in $bare) { Get-Plain $item })
    }
    $bare
}

function Answer($asked) {
    $answer = @{ output = @(); errors = @(); told = @(); warned = @() }
    try {
        & { Invoke-Asked $asked } 2>&1 3>&1 4>&1 | ForEach-Object {
            if ($_ -is [System.Management.Automation.ErrorRecord]) { $answer.errors += $_.FullyQualifiedErrorId }
            elseif ($_.PSObject.TypeNames[0] -like '*.VerboseRecord') { $answer.told += "$_" }
            elseif ($_.PSObject.TypeNames[0] -like '*.WarningRecord') { $answer.warned += "$_" }
            else { $answer.output += , (Get-Plain $_) }
        }
    }
    catch { $answer.errors += $_.FullyQualifiedErrorId }
    ConvertTo-Json -Compress -Depth 9 -InputObject $answer
}

while ($null -ne ($line = [Console]::In.ReadLine())) {
    [Console]::Out.WriteLine([char]2 + (Answer (ConvertFrom-Json -AsHashtable $line)))
    [Console]::Out.Flush()
}
