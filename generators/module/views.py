"""How objects are shown, and further names of their properties: ``JAMS.format.ps1xml`` and the types."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

import msgspec
from msgspec import Struct

from jams.objects.base import pascal_name
from jams.operations.catalogue import Catalogue
from psprovider.cmdlets.kinds import NAMESPACE
from psprovider.cmdlets.views import View, views

from .classes import documents

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!-- Written by `python run.py generate`. -->\n'
ALIASES: Mapping[str, Mapping[str, str]] = {
    "Agent": {"Name": "AgentName", "Platform": "AgentPlatform"},
    "Folder": {"Name": "FolderName", "QualifiedFolderName": "QualifiedName", "Id": "FolderID"},
    "History": {"Entry": "JamsEntry", "LogFileName": "LogFilename"},
    "Job": {"Name": "JobName", "Id": "JobID"},
    "Method": {"Name": "MethodName"},
    "Variable": {"Name": "VariableName", "Id": "VariableId"},
}
"""Names that scripts know properties by (PS 3.2, 3.3), where the documents have others."""

PROPERTIES: Mapping[str, tuple[str, ...]] = {"Job": ("AgentName=Agent", "BatchQueue", "Enabled")}
"""Properties of the bag that scripts know as properties of the object, with their name in the bag."""

ITEM = f"{NAMESPACE}.Item"
"""The name that everything shown by the drive bears first, so that a folder is shown as one table."""

_ITEM_COLUMNS = {
    "Type": "$_.GetType().Name",
    "Name": "$_.PSChildName",
    "Description": "$_.Description",
    "LastChange": "$_.LastChange",
}

SCRIPTS: Mapping[str, Mapping[str, str]] = {
    "Entry": {
        "ElapsedTime": "$end = $this.CompletionTimeUTC; if (-not $end) { $end = [datetime]::UtcNow }; "
        "if ($this.StartTimeUTC) { $end - $this.StartTimeUTC }",
        "WaitFor": "$this.CurrentState -like '*Wait'",
        "StepWait": "$this.CurrentState -eq 'StepWait'",
    },
}
"""Properties that follow from others."""


def render_format(catalogue: Catalogue) -> str:
    """The table of every type that has columns; everything else is shown as a list."""
    found = _item_view() + "".join(_view(view) for view in views(catalogue).values())
    return f"{_HEAD}<Configuration>\n  <ViewDefinitions>\n{found}  </ViewDefinitions>\n</Configuration>\n"


def render_types(catalogue: Catalogue) -> str:
    """Aliases, times in the user's own zone, and properties that follow from others."""
    found = "".join(_type(name, struct) for name, struct in documents(catalogue).items())
    return f"{_HEAD}<Types>\n{found}</Types>\n"


def _view(view: View) -> str:
    headers = "".join(
        "            <TableColumnHeader>"
        + ("<Alignment>Right</Alignment>" if column.right else "")
        + "</TableColumnHeader>\n"
        for column in view.columns
    )
    items = "".join(
        "                <TableColumnItem>"
        f"<PropertyName>{escape(column.name)}</PropertyName></TableColumnItem>\n"
        for column in view.columns
    )
    wrap = "            <Wrap />\n" if view.wraps else ""
    return (
        f"    <View>\n      <Name>{view.type_name}</Name>\n"
        f"      <ViewSelectedBy><TypeName>{view.type_name}</TypeName></ViewSelectedBy>\n"
        "      <TableControl>\n        <AutoSize />\n"
        f"        <TableHeaders>\n{headers}        </TableHeaders>\n"
        "        <TableRowEntries>\n          <TableRowEntry>\n"
        f"{wrap}            <TableColumnItems>\n"
        f"{items}            </TableColumnItems>\n          </TableRowEntry>\n        </TableRowEntries>\n"
        "      </TableControl>\n    </View>\n"
    )


def _item_view() -> str:
    headers = "".join(
        f"<TableColumnHeader><Label>{label}</Label></TableColumnHeader>" for label in _ITEM_COLUMNS
    )
    items = "".join(
        f"<TableColumnItem><ScriptBlock>{script}</ScriptBlock></TableColumnItem>"
        for script in _ITEM_COLUMNS.values()
    )
    return (
        f"    <View>\n      <Name>{ITEM}</Name>\n"
        f"      <ViewSelectedBy><TypeName>{ITEM}</TypeName></ViewSelectedBy>\n"
        "      <GroupBy><PropertyName>PSParentPath</PropertyName><Label>Folder</Label></GroupBy>\n"
        f"      <TableControl><AutoSize /><TableHeaders>{headers}</TableHeaders>\n"
        f"      <TableRowEntries><TableRowEntry><TableColumnItems>{items}</TableColumnItems>"
        "</TableRowEntry></TableRowEntries></TableControl>\n    </View>\n"
    )


def _bag_property(described: str) -> str:
    """A property of the bag as a property of the object, to be read and set."""
    name, _, inside = described.partition("=")
    inside = inside or name
    return (
        f"      <ScriptProperty><Name>{name}</Name>"
        f"<GetScriptBlock>$this.Properties.GetValue('{inside}')</GetScriptBlock>"
        f"<SetScriptBlock>$this.Properties.SetValue('{inside}', $args[0])</SetScriptBlock></ScriptProperty>\n"
    )


def _type(name: str, struct: type[Struct]) -> str:
    members = "".join(
        f"      <AliasProperty><Name>{alias}</Name><ReferencedMemberName>{target}</ReferencedMemberName>"
        "</AliasProperty>\n"
        for alias, target in ALIASES.get(name, {}).items()
    )
    scripts = {**_local_times(struct), **SCRIPTS.get(name, {})}
    members += "".join(
        f"      <ScriptProperty><Name>{script}</Name><GetScriptBlock>{escape(code)}</GetScriptBlock>"
        "</ScriptProperty>\n"
        for script, code in scripts.items()
    )
    members += "".join(_bag_property(each) for each in PROPERTIES.get(struct.__name__, ()))
    if not members:
        return ""
    return (
        f"  <Type>\n    <Name>{NAMESPACE}.{name}</Name>\n    <Members>\n{members}    </Members>\n  </Type>\n"
    )


def _local_times(struct: type[Struct]) -> dict[str, str]:
    """``CompletionTime`` beside ``CompletionTimeUTC``: the same in the user's own zone."""
    names = [pascal_name(field.encode_name) for field in msgspec.structs.fields(struct)]
    taken = {other.lower() for other in names}
    return {
        short: f"if ($this.{each}) {{ $this.{each}.ToLocalTime() }}"
        for each in names
        if each.endswith("UTC") and (short := each.removesuffix("UTC")).lower() not in taken
    }
