"""The command-line client by itself: a folder that runs wherever it is copied, with Python alone."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import zipapp
from errno import EISDIR
from importlib.metadata import PackageNotFoundError, PackagePath, distribution
from pathlib import Path

from jams.objects.errors import ConfigurationInvalid

BROUGHT = ("lark", "prompt_toolkit", "wcwidth", "PyYAML")
"""The distributions that the client stands on. Their parts in C are left out: all of them do without."""

_ENTRIES = {"jamswebclient": "webclient.main:main()", "jams": "webclient.interpreter.main:main(sys.argv[1:])"}
# Written so that a Python too old for the rest can still read it.
_MAIN = """\
import sys

if sys.version_info < (3, 11):
    sys.exit("{name} needs Python 3.11 or newer; this is " + sys.version.split()[0])
from {module} import main

sys.exit({call})
"""
_FOR_WINDOWS = '@py -3 "%~dp0{name}" %*\r\n'
_KEPT = ("METADATA", "LICENSE", "LICENCE", "COPYING", "NOTICE", "AUTHORS")
"""What of a distribution's description goes along: its licence, and the version that it is asked for."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    copy = actions.add_parser(
        "copy", help="write jamswebclient and the interpreter jams into a folder that needs no installation"
    )
    copy.add_argument(
        "folder",
        type=Path,
        help="the folder, which may be a share; programs that are there are replaced, settings stay",
    )


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    folder: Path = options.folder
    try:
        with tempfile.TemporaryDirectory(prefix="jams-client-") as staged:
            _gather(Path(staged))
            folder.mkdir(parents=True, exist_ok=True)
            _write(Path(staged), folder)
    except OSError as error:
        raise ConfigurationInvalid(
            f"The client cannot be copied to {folder}: {error.strerror or error}.", target="folder"
        ) from None
    print(f"The client is in {folder}: jamswebclient and jams. Copy the folder to where it is to be used.")
    return 0


def _gather(staged: Path) -> None:
    """Bring what the client consists of into one folder, as it is imported."""
    import webclient

    shutil.copytree(
        Path(webclient.__file__).parent,
        staged / "webclient",
        ignore=shutil.ignore_patterns("__pycache__", "*.pyc"),
    )
    for name in BROUGHT:
        for file in distribution(name).files or ():
            if _goes_along(file):
                _copy(Path(str(file.locate())), staged / file)
    try:
        own = distribution("openjams").files or []
    except PackageNotFoundError:  # a checkout that nobody has installed
        own = []
    for file in own:
        if file.name == "LICENSE":
            _copy(Path(str(file.locate())), staged / "LICENSE")


def _goes_along(file: PackagePath) -> bool:
    if ".." in file.parts or "__pycache__" in file.parts:
        return False
    if file.parts[0].endswith(".dist-info"):
        return file.name.startswith(_KEPT)
    return file.suffix in (".py", ".lark")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _write(staged: Path, folder: Path) -> None:
    """Write the programs, all or none where one cannot be. Who runs those before them goes on with these."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".copying-") as place:
        fresh = Path(place)
        for name, entry in _ENTRIES.items():
            module, _, call = entry.partition(":")
            main = _MAIN.format(name=name, module=module, call=call)
            (staged / "__main__.py").write_text(main, encoding="utf-8")
            made = fresh / name
            zipapp.create_archive(staged, made, interpreter="/usr/bin/env python3", compressed=True)
            readable = made.stat().st_mode & 0o444
            made.chmod(made.stat().st_mode | readable >> 2)  # whoever may read it may run it
            (fresh / f"{name}.cmd").write_text(_FOR_WINDOWS.format(name=name), encoding="utf-8", newline="")
        written = sorted(fresh.iterdir())
        for each in written:
            if (folder / each.name).is_dir():
                raise IsADirectoryError(EISDIR, f"{folder / each.name} is a folder")
        for each in written:
            os.replace(each, folder / each.name)  # not through a link that somebody laid there
