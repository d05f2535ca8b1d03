"""The drawing of arrows in ``docs/architecture.md``: what the contracts in ``pyproject.toml`` say.

The rest of the page is written by hand.
"""

from __future__ import annotations

import textwrap
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from .source import ROOT, Source

FILE = "docs/architecture.md"
BEGIN = "<!-- Written by `python run.py generate` from the contracts in pyproject.toml. -->\n"
END = "<!-- Here the hand writes again. -->\n"
_WIDTH = 116


def generate(source: Source) -> Mapping[str, str]:
    """``architecture.md``, with the drawing of the contracts as they stand."""
    page = (ROOT / FILE).read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {FILE: drawn(page, project["tool"]["importlinter"]["contracts"])}


def drawn(page: str, contracts: list[dict[str, Any]]) -> str:
    """A page whose drawing is that of these contracts.

    Raises:
        ValueError: the page has no place for it.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{FILE} has lost the lines between which the arrows are drawn")
    return f"{before}{BEGIN}\n{drawing(contracts)}\n{END}{after}"


def drawing(contracts: list[dict[str, Any]]) -> str:
    """The layers as arrows, and a line for each of the other contracts."""
    layers = [contract for contract in contracts if contract["type"] == "layers"]
    others = [contract for contract in contracts if contract["type"] != "layers"]
    parts = [line for contract in layers for line in _arrows(contract)]
    parts += ["".join(f"{line}\n" for contract in others for line in _rule(contract))]
    return "\n".join(parts)


def _arrows(contract: dict[str, Any]) -> Iterator[str]:
    yield f"{contract['name']}:\n"
    rows = [layer.replace(" : ", ", ").replace("jams.", "") for layer in contract["layers"]]
    lines = textwrap.wrap(
        " → ".join(row.replace(" ", "\N{NO-BREAK SPACE}") for row in rows),
        _WIDTH,
        subsequent_indent="    ",
        break_long_words=False,
    )
    yield "".join(f"    {line}\n" for line in lines).replace("\N{NO-BREAK SPACE}", " ")


def _rule(contract: dict[str, Any]) -> Iterator[str]:
    if contract["type"] == "forbidden":
        told = f"nothing of {_names(contract['forbidden_modules'])} in {_names(contract['source_modules'])}"
        told += "" if contract.get("allow_indirect_imports") else ", by whatever way"
    elif contract["type"] == "acyclic_siblings":
        told = f"in {_names(contract['ancestors'])}, on every level"
    else:
        raise ValueError(f"there is no drawing for a contract of the type {contract['type']}")
    yield textwrap.fill(
        f"- {contract['name']}: {told}.", _WIDTH + 4, subsequent_indent="  ", break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def _names(modules: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in modules)
