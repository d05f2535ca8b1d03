"""The environment variables by which a job gets its parameters, and those that no parameter may take."""

from __future__ import annotations

import re

OWN_PREFIX = "JAMS_"
"""How the variables begin that say what a job is; a parameter cannot take their place."""

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_]")

_DECISIVE = re.compile(
    "PATH|PATHEXT|COMSPEC|SYSTEMROOT|WINDIR|PSMODULEPATH|HOME|USERPROFILE"
    "|SHELL|IFS|CDPATH|PS4|BASH_ENV|BASHOPTS|SHELLOPTS|PROMPT_COMMAND|GLOBIGNORE|POSIXLY_CORRECT|BASH_FUNC_.*"
    "|LD_.*|DYLD_.*|GLIBC_TUNABLES|GCONV_PATH|LOCPATH|NLSPATH"
    "|PYTHON.*|PERL5LIB|PERL5OPT|PERL5DB|PERLLIB|RUBYLIB|RUBYOPT|NODE_OPTIONS|NODE_PATH"
    "|CLASSPATH|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS|DOTNET_.*|CORECLR_.*|COR_.*"
)


def variable_name(parameter: str) -> str:
    """The environment variable of a parameter: other characters than letters, digits and _ become _."""
    name = _NOT_IN_NAMES.sub("_", parameter)
    return f"_{name}" if name[:1].isdigit() else name


def decides_how_jobs_run(variable: str) -> bool:
    """Whether an environment variable says which programs run and what these load, instead of informing them.

    Whoever may set one for a job makes it do something else than its definition says. Upper and lower case
    are one, as they are on Windows.
    """
    name = variable.upper()
    return name.startswith(OWN_PREFIX) or _DECISIVE.fullmatch(name) is not None
