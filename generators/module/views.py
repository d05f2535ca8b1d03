"""How objects are shown, and further names of their properties: ``JAMS.format.ps1xml`` and the types."""

from __future__ import annotations

from xml.sax.saxutils import escape

from msgspec import Struct

from jams.operations.catalogue import Catalogue
from psprovider.cmdlets.further import Further, further
from psprovider.cmdlets.kinds import NAMESPACE
from psprovider.cmdlets.views import Column, View, views, widths

from .classes import documents

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!-- Written by `python run.py generate`. -->\n'
ITEM = f"{NAMESPACE}.Item"
"""The name that everything shown by the drive bears first, so that a folder is shown as one table."""

_TIME = "{0:yyyy-MM-dd HH:mm}"
_ITEM_COLUMNS = {
    "Type": ("$_.GetType().Name", 10),
    "Name": ("$_.PSChildName", 24),
    "LastChange": (f"if ($_.LastChange) {{ '{_TIME}' -f $_.LastChange }}", 16),
    "Description": ("$_.Description", 0),
}

_FILES = View(
    f"{NAMESPACE}.FileItem",
    (
        Column("Modified", time=True, least=16, most=16),
        Column("Length", right=True, least=12, most=12),
        Column("IsDirectory", least=11, most=11),
        Column("FullName", least=32, most=999),
    ),
)
"""How files at file servers are shown, of which no operation tells."""


def render_format(catalogue: Catalogue) -> str:
    """The table of every type that has columns; everything else is shown as a list."""
    found = _item_view() + _view(_FILES) + "".join(_view(view) for view in views(catalogue).values())
    return f"{_HEAD}<Configuration>\n  <ViewDefinitions>\n{found}  </ViewDefinitions>\n</Configuration>\n"


def render_types(catalogue: Catalogue) -> str:
    """Aliases, times in the user's own zone, and properties that follow from others."""
    found = "".join(_type(name, struct) for name, struct in documents(catalogue).items())
    return f"{_HEAD}<Types>\n{found}</Types>\n"


def _view(view: View) -> str:
    fitting = list(zip(view.columns, widths(view.columns), strict=False))
    headers = "".join(
        f"            <TableColumnHeader><Label>{column.label(width)}</Label>"
        + (f"<Width>{width}</Width>" if place < len(fitting) or column.right or column.time else "")
        + ("<Alignment>Right</Alignment>" if column.right else "")
        + "</TableColumnHeader>\n"
        for place, (column, width) in enumerate(fitting, start=1)
    )
    items = "".join(
        "                <TableColumnItem>"
        f"<PropertyName>{escape(column.shown)}</PropertyName>"
        + (f"<FormatString>{_TIME}</FormatString>" if column.time else "")
        + "</TableColumnItem>\n"
        for column, _ in fitting
    )
    wrap = "            <Wrap />\n" if view.wraps else ""
    return (
        f"    <View>\n      <Name>{view.type_name}</Name>\n"
        f"      <ViewSelectedBy><TypeName>{view.type_name}</TypeName></ViewSelectedBy>\n"
        "      <TableControl>\n"
        f"        <TableHeaders>\n{headers}        </TableHeaders>\n"
        "        <TableRowEntries>\n          <TableRowEntry>\n"
        f"{wrap}            <TableColumnItems>\n"
        f"{items}            </TableColumnItems>\n          </TableRowEntry>\n        </TableRowEntries>\n"
        "      </TableControl>\n    </View>\n"
    )


def _item_view() -> str:
    headers = "".join(
        f"<TableColumnHeader><Label>{label}</Label>"
        + (f"<Width>{width}</Width>" if width else "")
        + "</TableColumnHeader>"
        for label, (_, width) in _ITEM_COLUMNS.items()
    )
    items = "".join(
        f"<TableColumnItem><ScriptBlock>{escape(script)}</ScriptBlock></TableColumnItem>"
        for script, _ in _ITEM_COLUMNS.values()
    )
    return (
        f"    <View>\n      <Name>{ITEM}</Name>\n"
        f"      <ViewSelectedBy><TypeName>{ITEM}</TypeName></ViewSelectedBy>\n"
        "      <GroupBy><PropertyName>PSParentPath</PropertyName><Label>Folder</Label></GroupBy>\n"
        f"      <TableControl><TableHeaders>{headers}</TableHeaders>\n"
        f"      <TableRowEntries><TableRowEntry><TableColumnItems>{items}</TableColumnItems>"
        "</TableRowEntry></TableRowEntries></TableControl>\n    </View>\n"
    )


def _type(name: str, struct: type[Struct]) -> str:
    members = "".join(_property(each) for each in further(struct).values() if not each.native)
    if not members:
        return ""
    return (
        f"  <Type>\n    <Name>{NAMESPACE}.{name}</Name>\n    <Members>\n{members}    </Members>\n  </Type>\n"
    )


def _property(each: Further) -> str:
    if each.alias is not None:
        return (
            f"      <AliasProperty><Name>{each.name}</Name>"
            f"<ReferencedMemberName>{each.alias}</ReferencedMemberName></AliasProperty>\n"
        )
    setter = (
        f"<SetScriptBlock>$this.Properties.SetValue('{each.bag}', $args[0])</SetScriptBlock>"
        if each.bag
        else ""
    )
    return (
        f"      <ScriptProperty><Name>{each.name}</Name>"
        f"<GetScriptBlock>{escape(each.script)}</GetScriptBlock>{setter}</ScriptProperty>\n"
    )
