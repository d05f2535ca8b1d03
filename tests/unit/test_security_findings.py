"""What is found in the code by bandit is explained, and what pip-audit tells of versions is read rightly."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def security() -> Any:
    spec = importlib.util.spec_from_file_location("ci_security", CHECKOUT / ".ci" / "security.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


LINE = {"rule": "B1", "file": "a.py", "says": "eval(", "because": "Only constants come here."}


def test_a_finding_without_an_explanation_fails(security: Any) -> None:
    found = [security.Finding("B1", "a.py", 3, "3 eval(x)\n", "eval is used")]
    assert security.complaints(found, {"rules": {}, "lines": []}) == ["a.py:3: B1 eval is used"]
    assert security.complaints(found, {"rules": {}, "lines": [LINE]}) == []
    assert security.complaints(found, {"rules": {"B1": "everywhere"}, "lines": []}) == []
    elsewhere = [found[0]._replace(file="b.py")]
    assert "b.py:3: B1 eval is used" in security.complaints(elsewhere, {"rules": {}, "lines": [LINE]})


def test_an_explanation_of_nothing_fails(security: Any) -> None:
    assert len(security.complaints([], {"rules": {"B2": "why"}, "lines": [LINE]})) == 2


def test_an_explanation_says_why(security: Any) -> None:
    found = [security.Finding("B1", "a.py", 3, "3 eval(x)\n", "eval is used")]
    silent = {**LINE, "because": ""}
    assert security.complaints(found, {"rules": {}, "lines": [silent]}) == ["a.py: B1 has no reason"]


def test_vulnerable_versions_are_told_and_those_that_nobody_knows_are_counted(security: Any) -> None:
    told = {
        "dependencies": [
            {"name": "good", "version": "1", "vulns": []},
            {"name": "bad", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}]},
            {"name": "own", "skip_reason": "Dependency not found on PyPI"},
        ]
    }
    assert security.vulnerable(told) == (["bad 2: PYSEC-1, mended in 3"], 2, 1)


def test_every_explained_line_is_there(security: Any) -> None:
    """A line that went takes its explanation with it, also where bandit is not at hand."""
    import tomllib

    explained = tomllib.loads((CHECKOUT / ".ci" / "findings.toml").read_text(encoding="utf-8"))
    for line in explained["lines"]:
        assert line["says"] in (CHECKOUT / line["file"]).read_text(encoding="utf-8"), line
