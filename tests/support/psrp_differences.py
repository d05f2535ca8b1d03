"""Where answers of ours differ from the recorded ones on purpose, and why: data for the comparison.

The reasons stand in docs/powershell-differences.md in the same words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.support.psrp_skeleton import joined, label_of, with_children

SAME = object()
"""Stands for the recorded node itself among what is there in ours."""


@dataclass(frozen=True)
class Difference:
    """A node of the recorded answers that is another one in ours.

    Attributes:
        cases: the cases it is met in.
        at: labels on the way to the node, the last one its own; any nodes may stand before them.
        ours: what stands there instead.
        reason: why.
        holding, lacking: a label or word that the node must, or must not hold, if that matters.
        among: a label or word that its message must hold.
    """

    cases: tuple[str, ...]
    at: str
    ours: Sequence[Any]
    reason: str
    holding: str = ""
    lacking: str = ""
    among: str = ""

    def meets(self, node: Any) -> bool:
        """Whether a node at the right place is one that differs."""
        within = set(_within(node))
        return self.holding in ("", *within) and self.lacking not in within


def applied(difference: Difference, answer: list[Any]) -> list[Any]:
    """A recorded answer with a difference in it. Raises LookupError if it does not occur."""
    labels = difference.at.split("/")
    count = 0

    def walk(node: Any, way: tuple[str, ...]) -> Iterator[Any]:
        nonlocal count
        label = label_of(node)
        if not isinstance(label, str):
            yield node
            return
        way = (*way, label)
        if way[-len(labels) :] == tuple(labels) and difference.meets(node):
            count += 1
            yield from (node if item is SAME else item for item in difference.ours)
        elif isinstance(node, list):
            yield with_children(label, [new for child in node[1:] for new in walk(child, way)])
        else:
            yield node

    found = []
    for message in answer:
        met = difference.among in ("", *_within(message))
        found.extend(walk(message, ()) if met else [message])
    if not count:
        raise LookupError(f"the recorded answer holds no {difference.at}")
    return joined(found)


def _within(node: Any) -> Iterator[str]:
    """The labels and words of a node."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for child in node:
            yield from _within(child)


_HELP = ("Get-Help of one", "Get-Help with examples")
_FUNCTION = ("Get-Command of one",)
_ALIAS = (
    "An alias stands for a built-in command here: these belong to no module and do not declare their output."
)
_NO_ENUMERATION = "No parameter of JAMS is an enumeration of .NET: its words are strings of a set."
_DESCRIBED = "Every parameter of JAMS is described."
_VIEWS = (
    "A view of JAMS is a table whose headers are the names of the properties: no labels, formats or lists."
)
_OWN_NAMES = "The properties bear the names of their own type."
_UNFINISHED = (
    "A line that goes on is answered as where the language is allowed: a console then asks for the rest."
)
_CLEAR = "`cls` clears the client's screen; there it fails."

_DESCRIPTION = [
    "Obj description",
    ["TN", "System.Management.Automation.PSObject[]", "System.Array", "System.Object"],
    ["LST", ["Obj", ["TN", "MamlParaTextItem", "MamlTextItem"], ["MS", "S Text"]]],
]
_USAGE = ("S globbing", "S name", "S pipelineInput", "S position", "S required")
_DESCRIBED_SWITCH = [
    "Obj",
    ["TN", "MamlCommandHelpInfo#parameter"],
    "ToString",
    [
        "Obj",
        ["TN", "System.Management.Automation.PSCustomObject", "System.Object"],
        ["MS", _DESCRIPTION, *_USAGE],
    ],
    ["MS", "Ref description", *_USAGE],
]
"""How a syntax line tells of a switch."""

DIFFERENCES = (
    Difference(_FUNCTION, "SBK ScriptBlock", (), "A command is no script: it has no ScriptBlock."),
    Difference(("Get-Command of an alias",), "Obj OutputType/LST/S", (), _ALIAS),
    Difference(
        ("metadata by names", "metadata by patterns"),
        "Obj OutputType/LST/S",
        (),
        _ALIAS,
        among="Selected.System.Management.Automation.AliasInfo",
    ),
    Difference(("Get-Command of an alias",), "Version Version", ("Nil Version",), _ALIAS),
    Difference(("Get-Command of an alias",), "S Module", ("Nil Module",), _ALIAS),
    Difference(
        ("Get-Command for a form",),
        "TN/DemoKind",
        ("System.Management.Automation.ActionPreference",),
        _NO_ENUMERATION,
    ),
    Difference(
        ("Get-Command for a form",),
        "Obj Parameters/LST/Obj",
        (),
        "The cmdlet that is asked for has no parameter with a set of words.",
        holding="System.String[]",
    ),
    Difference(
        _HELP,
        "Obj parameter/LST/Obj",
        (),
        _NO_ENUMERATION,
        holding="Obj parameterValueGroup",
    ),
    Difference(
        _HELP, "Obj parameters/Obj/MS/Obj parameter/LST/Obj", (), _DESCRIBED, lacking="Obj description"
    ),
    Difference(
        _HELP,
        "Obj syntaxItem/Obj/MS/Obj parameter/LST/Obj",
        (_DESCRIBED_SWITCH,),
        _DESCRIBED,
        lacking="Obj description",
    ),
    Difference(
        _HELP,
        "S defaultValue",
        ("S aliases", SAME),
        "Help tells the aliases of parameters, too.",
    ),
    *(
        Difference(_HELP, at, (), "Help of JAMS has neither notes nor related links.")
        for at in ("Obj alertSet", "Obj relatedLinks")
    ),
    *(
        Difference(("Get-Help of one",), at, (), "Help of JAMS has neither notes nor related links.")
        for at in ("Ref alertSet", "Ref relatedLinks")
    ),
    *(
        Difference(
            ("Get-Help of none",),
            at,
            (),
            "Looking for help takes no time: only its end is told as progress.",
            holding="Processing",
        )
        for at in ("PROGRESS_RECORD", "PIPELINE_HOST_CALL")
    ),
    Difference(("Where-Object, Sort-Object, Select-Object",), "S Name", ("S JobName",), _OWN_NAMES),
    Difference(("Where-Object, Sort-Object, Select-Object",), "I32 Count", ("I32 Ron",), _OWN_NAMES),
    Difference(
        ("Select-Object -First",),
        "TN/Selected.System.Management.Automation.PSCustomObject",
        (),
        "An object that `Select-Object` lets through stays what it is: its own type is its first.",
    ),
    Difference(
        ("Group-Object",),
        "Obj Group/LST/Obj/S",
        (),
        "An object in a group is written like any other; there its text stands before its members.",
    ),
    Difference(("Get-FormatData",), "Obj Headers/LST/Obj/Props/S Label", ("Nil Label",), _VIEWS),
    Difference(("Get-FormatData",), "Obj Columns/LST/Obj", (), _VIEWS, holding="S FormatString"),
    Difference(
        ("Get-FormatData",),
        "Obj FormatViewDefinition/LST/Obj",
        (),
        _VIEWS,
        holding="System.Management.Automation.ListControl",
    ),
    Difference(
        ("typed unfinished line",),
        "Obj Exception/TN/System.Management.Automation.ParseException",
        ("System.Management.Automation.IncompleteParseException", SAME),
        _UNFINISHED,
    ),
    Difference(
        ("typed unfinished line",),
        "S FullyQualifiedErrorId/ScriptsNotAllowed",
        ("EmptyPipeElement",),
        _UNFINISHED,
    ),
    Difference(
        ("typed unfinished line",),
        "S ErrorCategory_Reason/ParseException",
        ("IncompleteParseException",),
        _UNFINISHED,
    ),
    Difference(("typed unfinished line",), "S TargetObject", ("Nil TargetObject",), _UNFINISHED),
    Difference(("typed unfinished line",), "S ErrorCategory_TargetType/String", ("",), _UNFINISHED),
    Difference(("typed cls",), "Obj mi/WriteErrorLine", ("Write1",), _CLEAR),
    Difference(("typed cls",), "Obj mp/LST/S/text", ("styled",), _CLEAR),
)
