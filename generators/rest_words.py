"""What the OpenAPI document says of members whose declaration says nothing: what the WSDL says of them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jams.wire.soap.names import TYPE_NAMES, element_name
from webservices.rest.schemas import PATCH, Schemas

from .jsontext import render
from .soap_members import member_words
from .source import Source

FILE = "webservices/rest/words.json"

_OPERATION = re.compile(r"\b[A-Z]\w+\.[A-Z]\w+\b")
_SAID_SO = (("Left out", "Null"), ("left out", "null"), ("element of the request", "member of the request"))
"""Where XML says otherwise what JSON says."""


def generate(source: Source) -> Mapping[str, str]:
    """The words of each member, in the words of REST, by the component of its type."""
    words = member_words()
    routes = {f"{each.service}.{each.soap_name}": each.routes[0] for each in source.catalogue}
    made: dict[str, dict[str, str]] = {}
    for name, component in Schemas(list(source.catalogue), {}).components.items():
        owner = TYPE_NAMES.get(name, name)
        for member, schema in component.get("properties", {}).items():
            if "description" in schema or owner.endswith(PATCH):
                continue
            element = element_name(member)
            text = words.get(f"{owner}.{element}") or words.get(element)
            if text:
                made.setdefault(name, {})[member] = _OPERATION.sub(
                    lambda found: f"{routes[found[0]].verb} {routes[found[0]].path}", _told(text)
                )
    return {FILE: render(made)}


def _told(text: str) -> str:
    for xml, json in _SAID_SO:
        text = text.replace(xml, json)
    return text
