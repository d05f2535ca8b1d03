"""What bandit finds in the code, held against what is explained; and what is known of the locked versions.

Exit code 1: a finding without an explanation, an explanation without a finding, or a version that is known to
be vulnerable. Findings are explained in findings.toml, by the rule for all of the code, or by the file and a
piece of the line.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("jams", "webservices", "webclient", "psprovider", "iis", "generators", "run.py")
TOOLS = Path(sys.executable).parent


class Finding(NamedTuple):
    """Something that bandit has found; ``code`` are the lines around it."""

    rule: str
    file: str
    line: int
    code: str
    about: str


def findings() -> list[Finding]:
    """What bandit finds."""
    call = [str(TOOLS / "bandit"), "-q", "-r", *ROOMS, "-f", "json"]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode > 1 or not done.stdout:
        raise SystemExit(f"bandit fails: {done.stderr}")
    told = json.loads(done.stdout)
    if told["errors"]:
        raise SystemExit(f"bandit cannot read: {told['errors']}")
    return [
        Finding(each["test_id"], each["filename"], each["line_number"], each["code"], each["issue_text"])
        for each in told["results"]
    ]


def complaints(found: Iterable[Finding], explained: dict[str, Any]) -> list[str]:
    """What is found and not explained, and what is explained and not found."""
    rules, lines = explained["rules"], explained["lines"]
    used: set[int] = set()
    met: set[str] = set()
    wrong = []
    for each in found:
        fitting = [
            at
            for at, line in enumerate(lines)
            if line["rule"] == each.rule and line["file"] == each.file and line["says"] in each.code
        ]
        used.update(fitting)
        if each.rule in rules:
            met.add(each.rule)
        elif not fitting:
            wrong.append(f"{each.file}:{each.line}: {each.rule} {each.about}")
    wrong += [f"nothing is found of the rule {rule} any more" for rule in rules if rule not in met]
    wrong += [
        f"{line['file']}: {line['rule']} is not found any more at {line['says']!r}"
        for at, line in enumerate(lines)
        if at not in used
    ]
    wrong += [f"{line['file']}: {line['rule']} has no reason" for line in lines if len(line["because"]) < 10]
    return wrong


def vulnerable(told: dict[str, Any]) -> tuple[list[str], int, int]:
    """What pip-audit tells: the vulnerable versions, how many were looked up, and how many could not be."""
    known = [each for each in told["dependencies"] if "skip_reason" not in each]
    bad = [
        f"{each['name']} {each['version']}: {one['id']}, mended in {', '.join(one['fix_versions']) or 'none'}"
        for each in known
        for one in each["vulns"]
    ]
    return bad, len(known), len(told["dependencies"]) - len(known)


def audited() -> dict[str, Any] | None:
    """What pip-audit tells of the locked versions; None where it could not look."""
    call = [str(TOOLS / "pip-audit"), "-r", "requirements.lock", "--disable-pip", "--require-hashes"]
    call += ["-f", "json", "--progress-spinner", "off", "--timeout", "20"]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        told: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        print(done.stderr.strip().splitlines()[-1:] or "pip-audit says nothing", file=sys.stderr)
        return None
    return told


def main() -> int:
    """Tell what is wrong."""
    explained = tomllib.loads((Path(__file__).parent / "findings.toml").read_text(encoding="utf-8"))
    wrong = complaints(findings(), explained)
    told = audited()
    bad, known, unknown = vulnerable(told) if told is not None else ([], 0, 0)
    if known:
        print(f"pip-audit: {known} versions were looked up, {unknown} are not known to the registry.")
    else:
        print("pip-audit: the registry of advisories cannot be reached from here; nothing was looked up.")
    for line in [*wrong, *bad]:
        print(line)
    return 1 if wrong or bad else 0


if __name__ == "__main__":
    sys.exit(main())
