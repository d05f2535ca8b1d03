"""The skeleton of an answer: its messages, types, members and their order, and the words that carry meaning.

Numbers, names and texts differ between two commands that do the like; what is left is what a client's own
code depends on. Of a list the different kinds of its items are kept, each once. A node is its label alone,
or a list of its label and its children; a message is a node whose label is its type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from xml.etree import ElementTree

MEANINGFUL = {
    "FullyQualifiedErrorId", "ErrorCategory_Category", "ErrorCategory_Reason", "ErrorCategory_TargetType",
    "PipelineState", "Type", "ResultType", "ValueType", "Alignment", "CurrentMatchIndex", "PercentComplete",
    "Activity", "Category", "SerializeExtendedInfo", "IsDynamic", "ReplacementLength", "mi",
}  # fmt: skip
"""Members whose values are compared, too."""

_STACK = {"TargetSite", "StackTrace", "Source", "ErrorDetails_ScriptStackTrace", "HResult"}
"""What there is only where there is .NET."""

_LISTS = ("LST", "IE", "QUE", "STK", "DCT")
_OWN_TYPE = "(type)"
_HELP = ("MamlCommandHelpInfo", "HelpInfo")
_VERSION = re.compile(r", Version=[^\]]*?PublicKeyToken=\w+")
_OUR_NAMES = re.compile(r"(Deserialized\.)?(Demo\.|MVPSI\.JAMS\.)\w+")


def skeleton(kind: str, body: str) -> list[Any]:
    """A message as [type, node]."""
    if not body:
        return [kind, None]
    body = re.sub("&#x(FFF[EF]);", r"_x\1_", body)
    return [kind, _node(ElementTree.fromstring(body), {})]


def joined(messages: Iterable[list[Any]]) -> list[Any]:
    """Messages without those that are like the one before them."""
    found: list[Any] = []
    for message in messages:
        if not found or found[-1] != message:
            found.append(message)
    return found


def label_of(node: Any) -> Any:
    """The label of a node."""
    return node[0] if isinstance(node, list) else node


def with_children(label: str, children: Sequence[Any]) -> Any:
    """A node with other children; in a list each kind stands once."""
    if label.partition(" ")[0] in _LISTS:
        children = [child for number, child in enumerate(children) if child not in children[:number]]
        return [label, *children]
    return [label, *children] if children else label


def _node(element: ElementTree.Element, chains: dict[str, list[str]], help_part: bool = False) -> Any:
    tag, name = element.tag, element.get("N")
    label = tag if name is None else f"{tag} {name}"
    if tag == "TN":
        chains[element.attrib["RefId"]] = [_type(child.text or "") for child in element]
    if tag in ("TN", "TNRef"):
        return ["TN", *chains[element.attrib["RefId"]]]
    if tag == "DCT":
        return with_children(label, [_node(entry[1], chains) for entry in element])
    if tag in _LISTS:
        return with_children(label, [_node(child, chains) for child in element])
    if name in MEANINGFUL and not len(element):
        return [label, _word(element.text or "")]
    children = [_node(child, chains, help_part) for child in element if child.get("N") not in _STACK]
    types = children[0][1:] if children and label_of(children[0]) == "TN" else []
    if _OWN_TYPE in types:
        # What an object of one's own type holds is its own affair.
        return [label, *(child for child in children if label_of(child) not in ("MS", "Props"))]
    if types and types[0].startswith(_HELP):
        # Help is put together from unordered tables: the recorded endpoint gives it in two orders.
        children = [_node(child, chains, True) for child in element]
    if help_part and tag == "MS":
        children.sort(key=lambda child: str(label_of(child)).partition(" ")[2])
    if name in MEANINGFUL:
        children.append(_word(next((c.text or "" for c in element if c.tag == "ToString"), "")))
    if tag == "S" and name is None:
        return [label, _look(element.text or "")]
    return [label, *children] if children else label


def _word(text: str) -> str:
    """A word that carries meaning, without the name of the command that said it."""
    return re.sub(r",[\w.-]*$", ",command", text)


def _look(text: str) -> str:
    """How a text looks: empty, coloured, or plain."""
    if not text.strip():
        return "blank"
    return "styled" if "_x001B_" in text else "text"


def _type(name: str) -> str:
    return _OUR_NAMES.sub(_OWN_TYPE, _VERSION.sub("", name))
