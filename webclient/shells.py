"""The completion scripts. Each asks ``jamswebclient __complete SHELL =WORD BEFORE...`` at every Tab."""

from __future__ import annotations

import sys

from .client_errors import OK, UsageError

BASH = r"""# Completion of jamswebclient for bash. To load it: source <(jamswebclient completion bash)
_jamswebclient() {
    local line value
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ $line == :files ]]; then
            compopt -o default
            COMPREPLY=()
            return
        fi
        value=${line%%$'\t'*}
        COMPREPLY+=("$value")
    done < <(jamswebclient __complete bash "=${COMP_WORDS[COMP_CWORD]}" \
        "${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null)
}
complete -F _jamswebclient jamswebclient
"""

ZSH = r"""#compdef jamswebclient
# Completion of jamswebclient for zsh. To load it: source <(jamswebclient completion zsh)
_jamswebclient() {
    local line current=${(Q)PREFIX}
    local -a values shown
    [[ $QIPREFIX == *\' ]] && current=$PREFIX
    while IFS= read -r line; do
        if [[ $line == :files ]]; then
            _files
            return
        fi
        values+=("${line%%$'\t'*}")
        shown+=("${line/$'\t'/  }")
    done < <(jamswebclient __complete zsh "=$current" "${(@Q)words[2,CURRENT-1]}" 2>/dev/null)
    (( ${#values} )) && compadd -l -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}' -d shown -a values
}
if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then
    _jamswebclient "$@"
else
    compdef _jamswebclient jamswebclient
fi
"""

FISH = r"""# Completion of jamswebclient for fish. To load it: jamswebclient completion fish | source
function __jamswebclient_complete
    set -l before (commandline --tokenize --cut-at-cursor --current-process)
    set -l current (string unescape -- (commandline --cut-at-cursor --current-token))
    set -l lines (jamswebclient __complete fish "=$current" $before[2..-1] 2>/dev/null)
    if test "$lines[1]" = :files
        __fish_complete_path "$current"
    else
        printf '%s\n' $lines
    end
end
complete --command jamswebclient --no-files --arguments '(__jamswebclient_complete)'
"""

POWERSHELL = r"""# Completion of jamswebclient for PowerShell. To load it:
#   jamswebclient completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName jamswebclient -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $word = $wordToComplete.Trim("'", '"')
    $before = @(
        $commandAst.CommandElements | Select-Object -Skip 1 |
            Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
            ForEach-Object {
                if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value }
                else { $_.Extent.Text }
            }
    )
    foreach ($line in @(& jamswebclient __complete powershell "=$word" @before 2>$null)) {
        if ($line -eq ':files') {
            [System.Management.Automation.CompletionCompleters]::CompleteFilename($wordToComplete)
            continue
        }
        $value, $about = $line -split "`t", 2
        if (-not $about) { $about = $value }
        $text = $value
        if ($value -match '[\s''"`$(){};,&|@#<>]') { $text = "'" + $value.Replace("'", "''") + "'" }
        [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $about)
    }
}
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH, "powershell": POWERSHELL}


def print_script(arguments: list[str]) -> int:
    """Print the completion script of the shell that is named. Raises UsageError."""
    if arguments in (["-h"], ["--help"]):
        print(f"usage: jamswebclient completion {{{','.join(SCRIPTS)}}}")
        print("\nPrint the completion script of a shell; its first lines say how to load it.")
        return OK
    if len(arguments) != 1 or arguments[0] not in SCRIPTS:
        raise UsageError(f"name one shell: {', '.join(SCRIPTS)}")
    sys.stdout.write(SCRIPTS[arguments[0]])
    return OK
