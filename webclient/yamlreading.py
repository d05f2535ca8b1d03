"""Reads YAML as people mean it: with the types of YAML 1.2 (section 10.3), by PyYAML's parser.

PyYAML itself follows YAML 1.1, where ``08:30`` is the number 510, ``no`` is false and ``2026-01-31`` a date.
"""

from __future__ import annotations

import re
from typing import Any

from .client_errors import UsageError

try:
    import yaml
except ModuleNotFoundError:
    raise UsageError("reading YAML needs PyYAML: pip install pyyaml; JSON can be read without it") from None

_PLAIN = {
    "tag:yaml.org,2002:null": (re.compile(r"(?:null|Null|NULL|~)?\Z"), ["n", "N", "~", ""]),
    "tag:yaml.org,2002:bool": (re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"), list("tTfF")),
    "tag:yaml.org,2002:int": (re.compile(r"(?:[-+]?(?:0|[1-9][0-9]*))\Z"), list("-+0123456789")),
    "tag:yaml.org,2002:float": (
        re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z"),
        list("-+.0123456789"),
    ),
}
_MERGE = "tag:yaml.org,2002:merge"


class _Loader(yaml.SafeLoader):
    """The safe loader with the types of YAML 1.2's core schema; a name that is there twice is refused."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names: set[Any] = set()
        for name, _ in node.value:
            if name.tag != _MERGE and name.value in names:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{name.value} is there twice", name.start_mark
                )
            names.add(name.value)
        return super().construct_mapping(node, deep)


for _tag, (_pattern, _first) in _PLAIN.items():
    _Loader.add_implicit_resolver(_tag, _pattern, _first)


def from_yaml(text: str) -> Any:
    """The value of a text that holds one YAML document.

    Raises:
        ValueError: it is no YAML; the message says in which line.
    """
    try:
        return yaml.load(text, _Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"line {mark.line + 1}: " if mark is not None else ""
        raise ValueError(f"{where}{error.problem or error.context}") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ValueError(" ".join(str(error).split())) from None
