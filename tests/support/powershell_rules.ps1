# Rules like those of PSScriptAnalyzer, which is not at hand: each finds what it names in the syntax tree of a script.
# Find-Fault gives an object with Rule, Line and Text for each fault of a text.

$groups = 'Common', 'Communications', 'Data', 'Diagnostic', 'Lifecycle', 'Other', 'Security'
$approved = foreach ($group in $groups) {
    ([type] "System.Management.Automation.Verbs$group").GetFields().Name
}
$changing = 'New', 'Set', 'Remove', 'Start', 'Stop', 'Restart', 'Reset', 'Update'
$automatic = 'args', 'error', 'event', 'false', 'home', 'host', 'input', 'matches', 'pid', 'profile', 'pwd',
    'sender', 'this', 'true', 'psitem', 'pscmdlet', 'psboundparameters', 'myinvocation'
$aliases = [System.Collections.Generic.HashSet[string]]::new(
    [string[]] (Get-Alias).Name, [StringComparer]::OrdinalIgnoreCase)
$common = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters

function All($ast, [type] $type) {
    # The whole tree is walked once, into lists by type: a script block for each of its nodes takes a minute.
    $found = $kinds[$type.Name]
    if ($null -eq $found) { return }
    if ($ast.Parent) {
        $from, $to = $ast.Extent.StartOffset, $ast.Extent.EndOffset
        foreach ($each in $found) { if ($each.Extent.StartOffset -ge $from -and $each.Extent.EndOffset -le $to) { $each } }
    }
    else { $found }
}
function Parameters($function) {
    if ($function.Body.ParamBlock) { $function.Body.ParamBlock.Parameters }
    if ($function.Parameters) { $function.Parameters }
}
function Attributes($block, [string] $name) {
    @($block.Attributes | Where-Object { $_ -is [System.Management.Automation.Language.AttributeAst] -and $_.TypeName.Name -eq $name })
}
function Binding($function) {
    if ($function.Body.ParamBlock) { @(Attributes $function.Body.ParamBlock 'CmdletBinding')[0] }
}
function Named($attribute, [string] $name) {
    if ($attribute) { $attribute.NamedArguments | Where-Object ArgumentName -EQ $name }
}
function TypeOf($parameter) {
    @($parameter.Attributes | Where-Object { $_ -is [System.Management.Automation.Language.TypeConstraintAst] } | ForEach-Object { $_.TypeName.Name })[0]
}

$every = [Func[System.Management.Automation.Language.Ast, bool]] { $true }
$L = 'System.Management.Automation.Language'
$rules = [ordered] @{
    UseApprovedVerbs = {
        foreach ($f in $functions) { if ($f.Name -like '*-*' -and $f.Name.Split('-')[0] -notin $approved) { , @($f, $f.Name) } }
    }
    UseSingularNouns = {
        foreach ($f in $functions) { if ($f.Name -cmatch '-.*[^siu]s$') { , @($f, $f.Name) } }
    }
    ReservedCmdletChar = {
        foreach ($f in $functions) { if ($f.Name -match '[#,(){}\[\]&/\\$^;:"''<>|?@`*%+=~]') { , @($f, $f.Name) } }
    }
    ReservedParams = {
        foreach ($f in $functions) {
            if (Binding $f) { foreach ($p in Parameters $f) { if ($p.Name.VariablePath.UserPath -in $common) { , @($p, $p.Extent.Text) } } }
        }
    }
    AvoidUsingCmdletAliases = {
        foreach ($c in All $ast ([type] "$L.CommandAst")) {
            $name = $c.GetCommandName()
            if ($name -and $aliases.Contains($name)) { , @($c, $name) }
        }
    }
    AvoidUsingPositionalParameters = {
        foreach ($c in All $ast ([type] "$L.CommandAst")) {
            $bare = @($c.CommandElements | Select-Object -Skip 1 | Where-Object { $_ -isnot [System.Management.Automation.Language.CommandParameterAst] })
            $named = @($c.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] })
            if ($bare.Count -ge 4 -and $named.Count -eq 0) { , @($c, $c.Extent.Text) }
        }
    }
    AvoidUsingWriteHost = { foreach ($c in All $ast ([type] "$L.CommandAst")) { if ($c.GetCommandName() -eq 'Write-Host') { , @($c, 'Write-Host') } } }
    AvoidUsingInvokeExpression = { foreach ($c in All $ast ([type] "$L.CommandAst")) { if ($c.GetCommandName() -eq 'Invoke-Expression') { , @($c, 'Invoke-Expression') } } }
    AvoidUsingConvertToSecureStringWithPlainText = {
        foreach ($c in All $ast ([type] "$L.CommandAst")) {
            if ($c.GetCommandName() -eq 'ConvertTo-SecureString' -and $c.Extent.Text -match '-AsPlainText') { , @($c, $c.Extent.Text) }
        }
    }
    AvoidUsingComputerNameHardcoded = {
        foreach ($c in All $ast ([type] "$L.CommandAst")) { if ($c.Extent.Text -match '-ComputerName\s+[''"]') { , @($c, $c.Extent.Text) } }
    }
    AvoidUsingEmptyCatchBlock = {
        foreach ($c in All $ast ([type] "$L.CatchClauseAst")) { if ($c.Body.Statements.Count -eq 0) { , @($c, 'catch { }') } }
    }
    PossibleIncorrectComparisonWithNull = {
        foreach ($b in All $ast ([type] "$L.BinaryExpressionAst")) {
            if ($b.Operator -match '^[CI](eq|ne)$' -and $b.Right.Extent.Text -eq '$null') { , @($b, $b.Extent.Text) }
        }
    }
    AvoidGlobalVars = {
        foreach ($v in All $ast ([type] "$L.VariableExpressionAst")) {
            if ($v.VariablePath.IsGlobal -and $v.VariablePath.UserPath -ne 'global:JAMSDefaultServer') { , @($v, $v.Extent.Text) }
        }
    }
    AvoidAssignmentToAutomaticVariable = {
        foreach ($a in All $ast ([type] "$L.AssignmentStatementAst")) {
            $left = $a.Left
            if ($left -is [System.Management.Automation.Language.VariableExpressionAst] -and $left.VariablePath.UserPath -in $automatic) { , @($a, $a.Extent.Text) }
        }
    }
    UseDeclaredVarsMoreThanAssignments = {
        foreach ($f in $functions) {
            $assigned = @(All $f.Body ([type] "$L.AssignmentStatementAst"))
            if (-not $assigned) { continue }
            $read = @(All $f.Body ([type] "$L.VariableExpressionAst"))
            foreach ($a in $assigned) {
                $left = $a.Left
                if ($left -isnot [System.Management.Automation.Language.VariableExpressionAst]) { continue }
                $path = $left.VariablePath.UserPath
                if ($path -eq 'null' -or $path -like '*:*') { continue }
                if (@($read | Where-Object { $_.VariablePath.UserPath -eq $path }).Count -lt 2) { , @($a, $path) }
            }
        }
    }
    AvoidDefaultValueSwitchParameter = {
        foreach ($f in $functions) { foreach ($p in Parameters $f) { if ((TypeOf $p) -eq 'switch' -and $p.DefaultValue) { , @($p, $p.Extent.Text) } } }
    }
    AvoidUsingPlainTextForPassword = {
        foreach ($f in $functions) {
            foreach ($p in Parameters $f) {
                if ($p.Name.VariablePath.UserPath -match '(password|passphrase|cred|credential)s?$' -and (TypeOf $p) -match '^string') { , @($p, $p.Extent.Text) }
            }
        }
    }
    AvoidUsingUsernameAndPasswordParams = {
        foreach ($f in $functions) {
            $names = @(Parameters $f | ForEach-Object { $_.Name.VariablePath.UserPath })
            $plain = @(Parameters $f | Where-Object { $_.Name.VariablePath.UserPath -match '^password$' -and (TypeOf $_) -notin 'pscredential', 'securestring' })
            if (($names -match '^user(name)?$') -and $plain) { , @($f, $f.Name) }
        }
    }
    UseShouldProcessForStateChangingFunctions = {
        foreach ($f in $functions) {
            if ($f.Name.Split('-')[0] -in $changing -and -not (Named (Binding $f) 'SupportsShouldProcess')) { , @($f, $f.Name) }
        }
    }
    AvoidShouldContinueWithoutForce = {
        foreach ($f in $functions) {
            if ($f.Extent.Text -match 'ShouldContinue' -and -not (@(Parameters $f | ForEach-Object { $_.Name.VariablePath.UserPath }) -contains 'Force')) { , @($f, $f.Name) }
        }
    }
    UseProcessBlockForPipelineCommand = {
        foreach ($f in $functions) {
            $piped = @(Parameters $f | Where-Object { $_.Extent.Text -match 'ValueFromPipeline' })
            if ($piped -and -not $f.Body.ProcessBlock) { , @($f, $f.Name) }
        }
    }
    UseOutputType = {
        foreach ($f in $functions) { if ((Binding $f) -and -not (Attributes $f.Body.ParamBlock 'OutputType')) { , @($f, $f.Name) } }
    }
    ProvideCommentHelp = {
        foreach ($f in $functions) {
            if (-not (Binding $f)) { continue }
            $help = $f.GetHelpContent($tokenCache)
            if (-not $help -or -not $help.Synopsis -or -not $help.Description) { , @($f, "$($f.Name): no synopsis or description"); continue }
            if ($help.Examples.Count -eq 0) { , @($f, "$($f.Name): no example") }
            foreach ($p in Parameters $f) {
                $name = $p.Name.VariablePath.UserPath
                if (-not "$($help.Parameters[$name.ToUpperInvariant()])".Trim()) { , @($p, "$($f.Name): -$name is not described") }
            }
        }
    }
    AvoidTrailingWhitespace = { for ($i = 0; $i -lt $lines.Count; $i++) { if ($lines[$i] -match '[ \t]$') { , @(($i + 1), $lines[$i]) } } }
    AvoidSemicolonsAsLineTerminators = {
        for ($i = 0; $i -lt $tokens.Count - 1; $i++) {
            if ($tokens[$i].Kind -eq 'Semi' -and $tokens[$i + 1].Kind -in 'NewLine', 'EndOfInput') {
                , @($tokens[$i].Extent.StartLineNumber, $lines[$tokens[$i].Extent.StartLineNumber - 1])
            }
        }
    }
    MisleadingBacktick = { for ($i = 0; $i -lt $lines.Count; $i++) { if ($lines[$i] -match '`\s+$') { , @(($i + 1), $lines[$i]) } } }
    AvoidUsingTabs = { for ($i = 0; $i -lt $lines.Count; $i++) { if ($lines[$i] -match "`t") { , @(($i + 1), $lines[$i]) } } }
}

function Find-Fault([string] $Text) {
    $tokens = $errors = $null
    $ast = [System.Management.Automation.Language.Parser]::ParseInput($Text, [ref] $tokens, [ref] $errors)
    foreach ($each in $errors) { [pscustomobject] @{ Rule = 'Syntax'; Line = $each.Extent.StartLineNumber; Text = $each.Message } }
    $lines = $Text -split "`r?`n"
    $kinds = @{}
    foreach ($node in $ast.FindAll($every, $true)) {
        for ($type = $node.GetType(); $type.Name -ne 'Ast'; $type = $type.BaseType) {
            if (-not $kinds.ContainsKey($type.Name)) { $kinds[$type.Name] = [System.Collections.Generic.List[object]]::new() }
            $kinds[$type.Name].Add($node)
        }
    }
    $tokenCache = [System.Collections.Generic.Dictionary[
        System.Management.Automation.Language.Ast, System.Management.Automation.Language.Token[]]]::new()
    $functions = @(All $ast ([System.Management.Automation.Language.FunctionDefinitionAst]))
    foreach ($rule in $rules.GetEnumerator()) {
        foreach ($found in & $rule.Value) {
            $where, $what = $found
            $line = if ($where -is [int]) { $where } else { $where.Extent.StartLineNumber }
            [pscustomobject] @{ Rule = $rule.Key; Line = $line; Text = "$what" }
        }
    }
}
