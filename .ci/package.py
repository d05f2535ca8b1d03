"""Builds the package and tries what a user would, as installed: in an environment outside the checkout.

    python .ci/package.py [--keep FOLDER]

Run by an environment made with run.py, which holds the tools to build with. Every step says what it did; the
first that fails ends it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("jams", "webservices", "webclient", "psprovider", "iis")
EXTRAS = "postgresql,ssh,winrm"
WITHOUT = {
    "ConnectionString": ("postgresql://nobody@127.0.0.1:1/none", "openjams[postgresql]"),
    "PowerShellSshPort": ("0", "openjams[ssh]"),
}
"""Settings that need an extra, and how its lack is told."""
READY_SECONDS = 60


def main() -> None:
    """Build, install, try, remove."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--keep", type=Path, help="folder in which to leave the wheel and the source archive")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jams-package-") as folder:
        wheel = build(Path(folder))
        check_content(wheel)
        installed = Installed(Path(folder) / "installed", wheel)
        installed.try_commands()
        client = Client(Path(folder) / "client", wheel)
        installed.try_server(client)
        installed.try_extras()
        installed.remove()
        if options.keep is not None:
            options.keep.mkdir(parents=True, exist_ok=True)
            for made in wheel.parent.iterdir():
                shutil.copy(made, options.keep)


def tracked() -> list[str]:
    """The files of the checkout that are, or could be, under version control."""
    listed = _run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT)
    return [path for path in listed.splitlines() if (ROOT / path).is_file()]


def build(folder: Path) -> Path:
    """The wheel, made from the source archive, which is made from nothing but tracked files."""
    source, made = folder / "source", folder / "dist"
    for path in tracked():
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, source / path)
    _run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(made), str(source)])
    (wheel,) = made.glob("*.whl")
    _done(f"built {wheel.name} from its source archive")
    return wheel


def check_content(wheel: Path) -> None:
    """See that the wheel holds the rooms whole, and nothing else."""
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if not name.endswith("/")}
    notes = {name for name in names if ".dist-info/" in name}
    wanted = {path for path in tracked() if path.partition("/")[0] in ROOMS}
    assert names - notes == wanted, f"differs in {sorted((names - notes) ^ wanted)}"
    assert any(name.endswith("/LICENSE") for name in notes), "the licence is missing"
    _done(f"it holds the {len(wanted)} files of {', '.join(ROOMS)}, and the licence")


class Installed:
    """The package in an environment of its own."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        self._folder = folder
        self._home = folder / "home"
        self._home.mkdir(parents=True)
        environment = folder / "environment"
        _run([sys.executable, "-m", "venv", str(environment)])
        self._bin = environment / ("Scripts" if os.name == "nt" else "bin")
        constraints = folder / "constraints.txt"
        constraints.write_text(_without_hashes((ROOT / "requirements.lock").read_text(encoding="utf-8")))
        self._pip("install", str(wheel), "--constraint", str(constraints))
        self._pip("check")
        _done("installed without extras into an environment of its own")
        self._wheel, self._constraints = wheel, constraints

    def try_commands(self) -> None:
        """What needs no server."""
        version = self._call("jams", "--version").split()[1]
        assert self._call("jamswebclient", "--version").split()[-1] == version
        assert "JAMS_HOME" in self._call("jams", "--help") or "--home" in self._call(
            "jams", "start", "--help"
        )
        assert "<configuration>" in self._call("jams", "config", "--sample")
        self._web_config()
        modules = self._folder / "modules"
        self._call("jams", "ps", "module", "--install", str(modules))
        source = ROOT / "psprovider" / "module" / "JAMS"
        assert _files(modules / "JAMS") == _files(source), "the module is not whole"
        _done(
            f"version {version}: the commands, the configuration, the page for IIS and the module are there"
        )
        pwsh = os.environ.get("JAMS_TEST_PWSH")
        if pwsh:
            count = self._call(
                pwsh, "-NoProfile", "-NonInteractive", "-Command",
                f"Import-Module '{modules / 'JAMS'}'; (Get-Command -Module JAMS).Count",
                JAMS_POWERSHELL_CACHE=str(self._folder / "classes"),
            )  # fmt: skip
            _done(f"PowerShell imports the module: {count.strip()} commands")

    def _web_config(self) -> None:
        home = self._folder / "iis"
        home.mkdir()
        _configure(home, PublicUrl="https://jams.example/JAMS")
        assert "httpPlatform" in self._call("python", "-m", "iis", "web-config", "--home", str(home))

    def try_server(self, client: Client) -> None:
        """A server on a database that its migrations make, and a job through each way in."""
        command = [str(self._bin / "jams"), "start", "--web-port", "0", "--server-port", "0"]
        with (self._folder / "output").open("wb") as output:
            server = subprocess.Popen(
                command, cwd=self._folder, env=self._environment(), stdout=output, stderr=output
            )
        try:
            login = self._ready(server)
            self._through_doors(login["url"])
            client.try_against(login["url"], self._home)
            self._call("jams", "client", "copy", str(self._folder / "copied"))
            client.try_copied(self._folder / "copied", login["url"], self._home)
        except BaseException:
            print((self._folder / "output").read_text(errors="replace"), file=sys.stderr)
            raise
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)
        assert server.returncode == 0, f"it ended with {server.returncode}"
        _done("the server stopped when it was told to")

    def _through_doors(self, url: str) -> None:
        for page, told in (
            ("api/health", b"ready"),
            ("soap?wsdl", b"definitions"),
            ("swagger", b"html"),
            ("api/openapi.json", b"openapi"),
        ):
            with urlopen(f"{url}/{page}", timeout=30) as answer:
                assert told in answer.read(), page
        job = json.dumps(
            {"jobName": "Try", "parentFolderName": "\\", "methodName": "Command", "source": "echo tried"}
        )
        self._call("jamswebclient", "create-job", "--file", "-", input=job)
        for protocol in ("rest", "soap"):
            shown = self._call("jamswebclient", "submit", "\\Try", "--follow", "--protocol", protocol)
            assert "tried" in shown, shown
        for where in ('"localhost"', f'"{url}/soap"'):
            shown = self._call(
                "python", "-c",
                f"from jams.client import Server\nwith Server({where}) as server:\n"
                '    entry = server.submit("\\\\Try")\n'
                "    print(entry.wait().final_severity.value, entry.log().text)",
            )  # fmt: skip
            assert shown.split() == ["Success", "tried"], shown
        shown = self._call("jams", "status")
        _done(f"a job ran through REST, SOAP and the class library; {shown.splitlines()[0].strip()}")

    def _ready(self, server: subprocess.Popen[bytes]) -> Any:
        file = self._home / "client.json"
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and server.poll() is None:
            try:
                login = json.loads(file.read_bytes())
                with urlopen(f"{login['url']}/api/health", timeout=5):
                    _done("the server started on a new database")
                    return login
            except (OSError, ValueError):
                time.sleep(0.1)
        raise AssertionError(f"the server was not ready (exit code {server.poll()})")

    def try_extras(self) -> None:
        """Whoever lacks an extra is told which; with all of them nothing is in the way of anything else."""
        for key, (value, told) in WITHOUT.items():
            home = self._folder / key
            home.mkdir()
            _configure(home, **{key: value, "WebPort": "0", "ServerPort": "0"})
            done = subprocess.run(
                [str(self._bin / "jams"), "start", "--home", str(home)],
                cwd=self._folder, env=self._environment(), capture_output=True, text=True, timeout=60,
            )  # fmt: skip
            assert done.returncode and told in done.stderr, done.stdout + done.stderr
        self._pip("install", f"{self._wheel}[{EXTRAS}]", "--constraint", str(self._constraints))
        self._pip("check")
        self._call("python", "-c", "import asyncssh, psycopg, pypsrp")
        _done(f"told of each extra that it lacked, and got {EXTRAS}")

    def remove(self) -> None:
        """Take it out; nothing of ours stays."""
        self._pip("uninstall", "--yes", "openjams")
        site = Path(
            self._call("python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
        )
        left = [room for room in (*ROOMS, "openjams") for _ in site.glob(f"{room}*")]
        commands = [name for name in ("jams", "jamswebclient") if (self._bin / name).exists()]
        assert not left and not commands, f"{left + commands} stayed"
        _done("removed without a trace; the home directory stays")
        assert (self._home / "JAMS.db").exists()

    def _pip(self, *arguments: str) -> None:
        _run([str(self._bin / "python"), "-m", "pip", "--disable-pip-version-check", *arguments, "--quiet"])

    def _call(self, command: str, *arguments: str, input: str = "", **variables: str) -> str:
        program = command if os.path.isabs(command) else str(self._bin / command)
        return _run(
            [program, *arguments], cwd=self._folder, env={**self._environment(), **variables}, input=input
        )

    def _environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("JAMS_", "PYTHON", "VIRTUAL_ENV"))}
        return {**kept, "JAMS_HOME": str(self._home), "PATH": f"{self._bin}{os.pathsep}{os.environ['PATH']}"}


class Client:
    """The client alone, where no library is installed: from the wheel, and as a copy."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        self._folder = folder
        _run([sys.executable, "-m", "venv", str(folder)])
        self._bin = folder / ("Scripts" if os.name == "nt" else "bin")
        pip = [str(self._bin / "python"), "-m", "pip", "--disable-pip-version-check"]
        _run([*pip, "install", "--no-deps", "--no-index", "--quiet", str(wheel)])

    def try_against(self, url: str, home: Path) -> None:
        """The command that the wheel installs, without any library."""
        self._submit([str(self._bin / "jamswebclient")], url, home)
        _done("the client of the wheel ran a job with no library installed beside it")

    def try_copied(self, copied: Path, url: str, home: Path) -> None:
        """A copied folder, by a Python that sees nothing but its standard library."""
        moved = shutil.move(copied, self._folder / "share")
        self._submit([str(self._bin / "python"), "-I", "-S", str(moved / "jamswebclient")], url, home)
        _done("a copy of the client ran a job from a folder where nothing is installed")

    def _submit(self, client: list[str], url: str, home: Path) -> None:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("JAMS_", "PYTHON", "VIRTUAL_ENV"))}
        call = [*client, "submit", "\\Try", "--follow", "--server", url, "--home", str(home)]
        shown = _run(call, cwd=self._folder, env=kept)
        assert shown.split() == ["tried"], shown


def _configure(home: Path, **keys: str) -> None:
    lines = "".join(f'<add key="{key}" value="{value}"/>' for key, value in keys.items())
    text = f"<configuration><appSettings>{lines}</appSettings></configuration>"
    (home / "Common.config").write_text(text, encoding="utf-8")


def _files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def _without_hashes(lock: str) -> str:
    """The versions alone: pip takes no hashes for a wheel that was made just now."""
    return re.sub(r" \\\n +--hash=\S+", "", lock)


def _run(command: list[str], **how: Any) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **{"cwd": ROOT, **how})
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def _done(what: str) -> None:
    print(f"  {what}", flush=True)


if __name__ == "__main__":
    main()
