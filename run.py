"""Commands that need nothing but Python 3.11 or newer; each makes the environment it needs.

    python3 run.py demo        start JAMS with sample jobs and watch two of them run
    python3 run.py nightly     run a nightly setup to its end, and its twin that fails and is resumed
    python3 run.py tests       run all the tests
    python3 run.py conformance CONNECTION   run the tests of the database on a SQL Server of yours
    python3 run.py generate    write what is generated and checked in; --check tells what is stale
    python3 run.py lock        write requirements.lock anew; --upgrade takes the newest allowed versions

The environment is the folder .venv beside this file. It is made once, of the versions in requirements.lock,
and renewed when that or pyproject.toml changes; ``--python`` takes another interpreter, ``--environment``
another folder, ``--newest`` the newest versions that pyproject.toml allows.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.lock"
OLDEST = (3, 11)
UV = "uv>=0.5,<1"
SIDE_BY_SIDE = ("-n", str(min(4, (os.cpu_count() or 1) + 1)), "--dist", "loadfile")
"""Files of tests run beside each other; the tests of one file share servers and stay together.

One process more than there are processors, because those of whole programs wait much of their time.
"""


COMMANDS = ("demo", "nightly", "tests", "conformance", "generate", "lock", "environment")
CONFORMANCE = ("test_database_*.py", "test_planning_*.py", "test_scheduler_*.py", "test_purging.py")
"""The unit tests that ask a database of whatever kind; with them go the tables of cases at all doors."""


def main() -> int:
    """Make the environment, then hand over to what was asked for."""
    parser = argparse.ArgumentParser(
        prog="run.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=COMMANDS, help="what to run")
    parser.add_argument("--environment", type=Path, default=ROOT / ".venv", help="folder of the environment")
    parser.add_argument("--python", default=_this_interpreter(), help="interpreter to make it with")
    parser.add_argument("--newest", action="store_true", help="install the newest versions that are allowed")
    options, rest = parser.parse_known_args()
    if sys.version_info < OLDEST:
        print(
            f"run.py needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {sys.version.split()[0]}.",
            file=sys.stderr,
        )
        return 2
    if options.command == "lock":
        return lock(options.python, rest)
    python = make_environment(options.environment, options.python, newest=options.newest)
    if options.command == "environment":
        print(python)
        return 0
    return hand_over(python, options.command, rest)


def hand_over(python: Path, command: str, rest: list[str]) -> int:
    """Run the command in the environment, from the root of the checkout."""
    if command in ("demo", "nightly"):
        call = [python, "-m", "jams.commands.main", command, "--home", str(ROOT / ".jams"), *rest]
    elif command == "generate":
        call = [python, "-m", "generators", *rest]
    elif command == "conformance":
        call = [python, "-m", "pytest", *SIDE_BY_SIDE, *_conformance(), *rest[1:]]
    else:
        call = [python, "-m", "pytest", *SIDE_BY_SIDE, *rest]
    os.chdir(ROOT)
    environment = {**os.environ, "PATH": f"{python.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    if command in ("tests", "conformance"):
        # Tests start thousands of processes; without what it forbids each compiles all that it imports.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if command == "conformance":
        if not rest or rest[0].startswith("-"):
            print(
                "run.py conformance needs a connection string, as docs/databases.md tells.", file=sys.stderr
            )
            return 2
        environment |= {"JAMS_TEST_DATABASE": "sqlserver", "JAMS_TEST_SQLSERVER": rest[0]}
    try:
        return subprocess.run([str(part) for part in call], env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 130


def _conformance() -> list[str]:
    units = (path for pattern in CONFORMANCE for path in sorted((ROOT / "tests" / "unit").glob(pattern)))
    return [*map(str, units), str(ROOT / "tests" / "contract" / "test_doors_agree.py")]


def lock(interpreter: str, rest: list[str]) -> int:
    """Write the versions, with the hashes of their files, that satisfy pyproject.toml wherever it can run."""
    python = _make_venv(ROOT / ".venv-lock", interpreter)
    _step("Installing uv", [*_pip(python), UV])
    call = [
        *(str(python), "-m", "uv", "pip", "compile", "pyproject.toml", "--output-file", LOCK.name),
        *("--all-extras", "--universal", "--python-version", f"{OLDEST[0]}.{OLDEST[1]}", "--generate-hashes"),
        *("--custom-compile-command", "python3 run.py lock", "--quiet", *rest),
    ]
    return subprocess.run(call, cwd=ROOT, check=False).returncode


def make_environment(folder: Path, interpreter: str, *, newest: bool = False) -> Path:
    """The environment's interpreter; everything is installed when this returns."""
    python = _interpreter_of(folder)
    stamp, wanted = folder / "jams-environment", _fingerprint(interpreter, newest)
    if python.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return python
    python = _make_venv(folder, interpreter)
    install = _installer(python)
    if newest:
        _step("Installing JAMS with the newest that it allows", [*install, "--editable", f"{ROOT}[dev]"])
    else:
        _step("Installing what JAMS stands on", [*install, "--require-hashes", "-r", str(LOCK)])
        _step("Installing JAMS", [*install, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    stamp.write_text(wanted, encoding="utf-8")
    return python


def _make_venv(folder: Path, interpreter: str) -> Path:
    if folder.is_symlink():
        # It is another checkout's, and would be emptied.
        folder.unlink()
    _step(f"Making the environment in {folder}", [interpreter, "-m", "venv", "--clear", str(folder)])
    return _interpreter_of(folder)


def _interpreter_of(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _pip(python: Path) -> list[str]:
    return [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]


def _installer(python: Path) -> list[str]:
    """What installs into an environment: uv, in a tenth of the time, or pip where uv is not to be had."""
    had = subprocess.run([*_pip(python), UV], capture_output=True, check=False).returncode == 0
    uv = [str(python), "-m", "uv", "pip", "install", "--quiet", "--compile-bytecode", "--python", str(python)]
    return uv if had else _pip(python)


def _this_interpreter() -> str:
    """The interpreter that runs this; within an environment the one below it, lest it be made of itself."""
    return getattr(sys, "_base_executable", None) or sys.executable


def _fingerprint(interpreter: str, newest: bool) -> str:
    digest = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + LOCK.read_bytes())
    digest.update(f"{ROOT}\0{os.path.realpath(interpreter)}\0{newest}".encode())
    return digest.hexdigest()


def _step(what: str, command: list[str]) -> None:
    """Run a command that takes long; on a terminal the seconds are shown."""
    begin, done = time.monotonic(), threading.Event()
    print(f"{what} …", file=sys.stderr, flush=True)

    def tick() -> None:
        while sys.stderr.isatty() and not done.wait(1):
            print(f"\r  {time.monotonic() - begin:.0f} s ", end="", file=sys.stderr, flush=True)

    ticker = threading.Thread(target=tick, daemon=True)
    ticker.start()
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    done.set()
    ticker.join()
    if sys.stderr.isatty():
        print("\r", end="", file=sys.stderr)
    if result.returncode:
        print(result.stdout + result.stderr, file=sys.stderr)
        raise SystemExit(f"{what}: failed with exit code {result.returncode}; see above.")


if __name__ == "__main__":
    sys.exit(main())
