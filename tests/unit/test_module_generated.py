"""The module is what the catalogue says, in a language that Windows PowerShell 5.1 understands."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generators.module import FOLDER, rendered
from generators.module.manifest import HAND_WRITTEN
from generators.source import ROOT, Source
from jams.objects.base import EntryNumber, Text
from jams.operations.catalogue import Message
from jams.operations.context import Context
from jams.operations.declaration import operation
from jams.security.rights import Monitor
from psprovider.cmdlets import cmdlets
from tests.support.catalogues import copied

ALL = cmdlets()
FILES = {
    path.relative_to(ROOT / FOLDER).as_posix(): path.read_text(encoding="utf-8")
    for path in (ROOT / FOLDER).rglob("*.*")
    if path.is_file()
}
"""The text of the module's files; that the generated ones are what they would be now is seen elsewhere."""

SCRIPTS = sorted(name for name in FILES if fnmatch(name, "*.ps*1"))
SOURCES = sorted(name for name in FILES if name.endswith(".cs"))

NEW_POWERSHELL = {
    "null-conditional member": r"\?\.\w|\?\[",
    "null-coalescing": r"\?\?",
    "pipeline chain": r"&&|\|\|",
    "ternary": r"\(.*\)\s\?\s.+\s:\s",
    "clean block": r"^\s*clean\s*\{",
}
NEW_CSHARP = {
    "interpolated string": r'\$"',
    "null-conditional member": r"\?\.\w|\?\[",
    "expression-bodied member": r"\)\s*=>\s*[^{;]+;\s*$|^\s*(public|internal|private|protected)[^(=]*=>",
    "nameof": r"\bnameof\(",
    "property initialiser": r"\{ get;.*\}\s*=",
    "getter-only automatic property": r"^(?!.*\babstract\b).*\{ get; \}",
    "exception filter": r"\bcatch\b.*\bwhen\b",
    "using static": r"^\s*using static",
    "out variable": r"\(.*\bout (var|int|long|string|bool) \w+\)(?!$)",
    "pattern": r"\bis \w+ [a-z]\w*[;) &|]",
    "await": r"\bawait\b",
    "default literal": r"(=|return) default;",
    "throw expression": r"\?\? throw",
    "digit separator": r"\b\d+_\d",
    "tuple": r"\breturn \([^()]+,[^()]+\);",
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_are_those_of_windows_powershell(name: str) -> None:
    found = [
        (what, number, line)
        for number, line in _code(FILES[name])
        for what, pattern in NEW_POWERSHELL.items()
        if re.search(pattern, line)
    ]
    assert not found


@pytest.mark.parametrize("name", SOURCES)
def test_classes_are_written_in_csharp_5(name: str) -> None:
    found = [
        (what, number, line)
        for number, line in enumerate(FILES[name].splitlines(), 1)
        for what, pattern in NEW_CSHARP.items()
        if not line.lstrip().startswith("//") and re.search(pattern, _without_texts(line))
    ]
    assert not found


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('string a = $"{b}";', "interpolated string"),
        ("return a?.B;", "null-conditional member"),
        ("public int A => 3;", "expression-bodied member"),
        ("public int A { get; }", "getter-only automatic property"),
        ("catch (E e) when (e.A)", "exception filter"),
        ("if (a.TryGetValue(b, out var c))", "out variable"),
        ("if (a is string b)", "pattern"),
        ("public int A { get; set; } = 3;", "property initialiser"),
    ],
)
def test_the_guard_sees_newer_csharp(line: str, what: str) -> None:
    assert re.search(NEW_CSHARP[what], line)


@pytest.mark.parametrize("newer", [False, True])
def test_a_compiler_of_csharp_5_reads_the_classes(newer: bool, tmp_path: Path) -> None:
    compiler = shutil.which("mcs")
    if compiler is None:
        pytest.skip("no Mono compiler (apt-get install mono-mcs)")
    text = "\n".join(FILES[name] for name in SOURCES)
    file = tmp_path / "JAMS.cs"
    file.write_text(text + ("class Newer { int A => 3; }" if newer else ""), encoding="utf-8")
    done = subprocess.run(
        [compiler, "-langversion:5", "-target:library", "--parse", str(file)], capture_output=True, text=True
    )
    assert (done.returncode == 0) is not newer, done.stderr + done.stdout


def test_every_cmdlet_is_exported_and_nothing_else_but_what_is_written_by_hand() -> None:
    manifest = FILES["JAMS.psd1"]
    exported = re.search(r"FunctionsToExport = @\((.*?)\)", manifest, re.S)
    assert exported is not None
    names = set(re.findall(r"'([^']+)'", exported[1]))
    assert names == {cmdlet.name for cmdlet in ALL} | set(HAND_WRITTEN)
    written = set(re.findall(r"^function ([\w-]+)", FILES["Session.ps1"] + FILES["Transfers.ps1"], re.M))
    assert set(HAND_WRITTEN) <= written


def test_completers_are_registered_for_cmdlets_that_exist() -> None:
    completers = FILES["Completers.ps1"]
    lists = re.findall(r"-ParameterName (\w+) .*?@\((.*?)\)", completers, re.S)
    registered = {
        (cmdlet, parameter) for parameter, names in lists for cmdlet in re.findall("'([^']*)'", names)
    }
    assert registered == {
        (cmdlet.name, parameter.name)
        for cmdlet in ALL
        for parameter in cmdlet.parameters
        if parameter.offer or parameter.name == "Server"
    }


def test_views_and_types_are_well_formed() -> None:
    for name in ("JAMS.format.ps1xml", "JAMS.types.ps1xml"):
        ElementTree.fromstring(FILES[name].encode())


def test_a_new_operation_appears_by_itself() -> None:
    catalogue = copied()

    @operation(
        right=Monitor.MANAGE,
        rest="PUT /entry/{id}/polish",
        soap="Entry.Polish",
        cmdlet="Clear-JAMSEntryDust",
        command="polish",
        key=("id",),
        pipeline={"id": "JamsEntry"},
        catalogue=catalogue,
    )
    def polish_entry(context: Context, id: EntryNumber, wax: Text = "") -> Message:
        """Polish an entry until it shines.

        Args:
            id: the entry.
            wax: the wax to use.
        """
        return f"{context} {id} {wax}"

    files = rendered(Source(catalogue))
    assert "function Clear-JAMSEntryDust {" in files["Functions.ps1"]
    assert "Polish an entry until it shines" in files["Functions.ps1"]
    assert "'Clear-JAMSEntryDust'" in files["JAMS.psd1"]
    described = json.loads(files["JAMS.json"])
    assert described["operations"]["polish_entry"]["routes"] == [["PUT", "/entry/{id}/polish", ["wax"]]]
    assert "Clear-JAMSEntryDust" in described["cmdlets"]
    assert "'Clear-JAMSEntryDust'" in files["Completers.ps1"]


def _without_texts(line: str) -> str:
    """A line of C# with nothing in its plain texts and characters."""
    return re.sub(r"'(\\.|[^'\\])'|(?<!\$)\"(\\.|[^\"\\])*\"", "_", line)


def _code(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a script outside of comments."""
    comment = False
    for number, line in enumerate(text.splitlines(), 1):
        comment = comment or line.strip().startswith("<#")
        if not comment and not line.strip().startswith("#"):
            yield number, line
        comment = comment and not line.strip().endswith("#>")
