"""The parameters every cmdlet takes (about_CommonParameters), and those of cmdlets that change something."""

from __future__ import annotations

from .model import SWITCH, Parameter, Place, Role

_PREFERENCE = "System.Management.Automation.ActionPreference"
_NO_VARIABLES = "Refused: a session has no variables."

ENUMERATIONS = {
    _PREFERENCE: ("SilentlyContinue", "Stop", "Continue", "Inquire", "Ignore", "Suspend", "Break")
}
"""The enumerations of .NET among the types of parameters: the names of their numbers from 0 on."""

_PREFERENCES = tuple(sorted(ENUMERATIONS[_PREFERENCE]))


def _parameter(
    name: str, type_name: str, alias: str, help_text: str, values: tuple[str, ...] = ()
) -> Parameter:
    return Parameter(
        name=name,
        type_name=type_name,
        help=help_text,
        role=Role.SWITCH,
        target=name,
        aliases=(alias,),
        values=values,
        places={"": Place()},
    )


COMMON = (
    _parameter("Verbose", SWITCH, "vb", "Show what is done in detail."),
    _parameter("Debug", SWITCH, "db", "Show messages for programmers."),
    _parameter(
        "ErrorAction", _PREFERENCE, "ea", "What to do about an error that ends nothing.", _PREFERENCES
    ),
    _parameter("WarningAction", _PREFERENCE, "wa", "What to do about a warning.", _PREFERENCES),
    _parameter("InformationAction", _PREFERENCE, "infa", "What to do about a message.", _PREFERENCES),
    _parameter("ErrorVariable", "System.String", "ev", _NO_VARIABLES),
    _parameter("WarningVariable", "System.String", "wv", _NO_VARIABLES),
    _parameter("InformationVariable", "System.String", "iv", _NO_VARIABLES),
    _parameter("OutVariable", "System.String", "ov", _NO_VARIABLES),
    _parameter("OutBuffer", "System.Int32", "ob", "Taken, and without effect here."),
    _parameter("PipelineVariable", "System.String", "pv", _NO_VARIABLES),
)
"""Common parameters. ProgressAction is not among them: it came with 7.4, and older clients do not know it."""

VARIABLES = frozenset(parameter.name for parameter in COMMON if parameter.name.endswith("Variable"))
"""The common parameters that name a variable to fill."""

SHOULD_PROCESS = (
    _parameter("WhatIf", SWITCH, "wi", "Say what would be done, and do nothing."),
    _parameter("Confirm", SWITCH, "cf", "Ask before anything is changed."),
)
"""Parameters of cmdlets that change something."""
