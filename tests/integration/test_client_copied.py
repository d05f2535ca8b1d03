"""The client without an installation: a folder that is copied, and a setup that has nothing but Python."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from jams.commands.main import main
from tests.support.commandline import ROOT, environment, terminal
from tests.support.running import PASSWORD, add_account, configure, running

BARE = [sys._base_executable, "-I", "-S"]  # type: ignore[attr-defined]
"""A Python that finds the standard library and nothing else, whatever is installed beside it."""
JOB = """\
jobName: Load
parentFolderName: \\
methodName: Command
source: echo loading $day
parameters: [{paramName: day, defaultValue: 08:30}]
"""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server elsewhere, at which nobody is known by being on its machine."""
    home = tmp_path_factory.mktemp("elsewhere") / "home"
    configure(home)
    with running(home) as jams:
        add_account(home, "operator", "Administrators")
        yield jams.url


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "client"
    assert main(["client", "copy", str(folder)]) == 0
    return folder


@pytest.fixture
def share(made: Path, tmp_path: Path) -> Path:
    """The folder as it was copied to another place, by whatever copies files."""
    return shutil.copytree(made, tmp_path / "a share" / "client")


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    found = environment(tmp_path, JAMS_PASSWORD=PASSWORD, XDG_CONFIG_DIRS=str(tmp_path / "machine"))
    return {name: value for name, value in found.items() if name != "PYTHONPATH"}


def call(
    command: list[str], *words: str, env: dict[str, str], stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*command, *words], env=env, cwd="/", input=stdin, capture_output=True, text=True, timeout=50,
    )  # fmt: skip


def test_a_copied_folder_runs_with_python_alone(share: Path, env: dict[str, str], url: str) -> None:
    client, interpreter = [*BARE, str(share / "jamswebclient")], [*BARE, str(share / "jams")]
    done = call(client, "login", "operator", "--server", url, env=env)
    assert done.returncode == 0, done.stderr
    done = call(client, "job", "create", "-f", "-", env=env, stdin=JOB)
    assert done.returncode == 0, done.stderr
    for protocol in ("rest", "soap"):
        done = call(client, "submit", "Load", "--follow", "--protocol", protocol, env=env)
        assert (done.returncode, done.stdout) == (0, "loading 08:30\n"), done.stderr
    done = call(interpreter, "submit", "Load", "/PARAMETERS=(day=today)", "/FOLLOW", env=env)
    assert (done.returncode, done.stdout) == (0, "loading today\n"), done.stderr
    assert "jobName" in call(client, "job", "create", "--example", env=env).stdout
    assert call(interpreter, "frobnicate", env=env).returncode == 2


def test_the_prompt_of_a_copy_on_a_terminal(share: Path, env: dict[str, str], url: str) -> None:
    with terminal([*BARE, str(share / "jams")], env) as seen:
        seen.wait_for("JAMS>")
        seen.type(f'CONNECT {url} /USERNAME=operator /PASSWORD="{PASSWORD}"\r')
        seen.wait_for("as operator.")
        seen.forget()
        seen.type("SHOW ACCOUNTS\r")
        seen.wait_for("ACCOUNT NAME")
        seen.type("EXIT\r")
        assert seen.end() == 0


def test_its_files_are_programs_that_all_who_may_read_them_may_run(share: Path, env: dict[str, str]) -> None:
    for name in ("jamswebclient", "jams"):
        file = share / name
        readable = file.stat().st_mode & 0o444
        assert file.stat().st_mode & 0o111 == readable >> 2
        assert f'py -3 "%~dp0{name}" %*' in (share / f"{name}.cmd").read_text()
    path = f"{Path(BARE[0]).parent}{os.pathsep}{env['PATH']}"
    done = call([str(share / "jamswebclient")], "--version", env={**env, "PATH": path})
    assert done.stdout.startswith("jamswebclient "), done.stderr


def test_it_holds_nothing_of_the_server_and_the_licences_of_what_it_brings(share: Path) -> None:
    with zipfile.ZipFile(share / "jamswebclient") as archive:
        names = archive.namelist()
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {
        "LICENSE", "__main__.py", "_yaml", "lark", "prompt_toolkit", "wcwidth", "webclient", "yaml",
    }  # fmt: skip
    described = {top for top in tops if top.endswith(".dist-info")}
    assert {name.partition("/")[0] for name in names if name.endswith("/LICENSE")} == described
    assert not [name for name in names if name.endswith((".so", ".pyd", ".pyc"))]


def test_settings_beside_a_copy_are_those_of_all_who_use_it(share: Path, env: dict[str, str]) -> None:
    client = [*BARE, str(share / "jamswebclient")]
    (share / "JAMSWin.exe.config").write_text(
        '<configuration><JAMSServers><subkey name="Server000"><property name="Name">Here</property>'
        '<property name="Node">http://127.0.0.1:9/JAMS</property></subkey></JAMSServers></configuration>'
    )
    assert "http://127.0.0.1:9/JAMS cannot be reached" in call(client, "jobs", env=env).stderr
    (share / "config.json").write_text('{"server": "http://127.0.0.1:1/JAMS"}')
    assert "http://127.0.0.1:1/JAMS cannot be reached" in call(client, "jobs", env=env).stderr
    own = Path(env["XDG_CONFIG_HOME"]) / "jamswebclient"
    own.mkdir(parents=True)
    (own / "config.json").write_text('{"server": "here"}')
    assert "http://127.0.0.1:9/JAMS cannot be reached" in call(client, "jobs", env=env).stderr
    (share / "User.config").write_text(
        '<configuration><appSettings><add key="LockServer" value="true"/></appSettings></configuration>'
    )
    (own / "User.config").write_text(
        '<configuration><appSettings><add key="LockServer" value="false"/></appSettings></configuration>'
    )
    done = call(client, "jobs", "--server", "http://127.0.0.1:1/JAMS", env=env)
    assert "which is locked: Here" in done.stderr


def test_shortcuts_beside_a_copy_are_run_by_either_program(
    share: Path, env: dict[str, str], url: str
) -> None:
    client, interpreter = [*BARE, str(share / "jamswebclient")], [*BARE, str(share / "jams")]
    (share / "JAMSWin.exe.config").write_text(
        '<configuration><subkey name="Shortcut006"><property name="Type">4</property>'
        '<property name="Name">Night jobs</property><property name="QueryJobName">*ight*</property>'
        '<property name="QuerySystemName">Night</property></subkey></configuration>'
    )
    assert call(client, "login", "operator", "--server", url, env=env).returncode == 0
    assert call(client, "folder", "create", "Night", env=env).returncode == 0
    for name in ("Midnight", "Noon"):
        words = ("job", "create", f"\\Night\\{name}", "--method", "Command", "--source", "true")
        assert call(client, *words, env=env).returncode == 0
    done = call(client, "shortcut", "night jobs", "-o", "json", env=env)
    assert [job["jobName"] for job in json.loads(done.stdout)] == ["Midnight"], done.stderr
    done = call(interpreter, "use", "Night jobs", env=env)
    assert "Midnight" in done.stdout and "Noon" not in done.stdout, done.stderr
    assert "Night jobs\t\tjobs --name=Night" in call(interpreter, "USE", env=env).stdout
    assert call(interpreter, "USE", "Nothing", env=env).returncode == 3
    assert call(interpreter, "USE", "Night jobs", "/LIMIT=1", env=env).returncode == 2


def test_a_copy_is_renewed_and_keeps_its_settings(tmp_path: Path) -> None:
    (tmp_path / "User.config").write_text("<configuration/>")
    (tmp_path / "jams").write_text("of a version before")
    assert main(["client", "copy", str(tmp_path)]) == 0
    assert zipfile.is_zipfile(tmp_path / "jams")
    assert (tmp_path / "User.config").read_text() == "<configuration/>"
    assert {each.name for each in tmp_path.iterdir()} == {
        "User.config", "jams", "jams.cmd", "jamswebclient", "jamswebclient.cmd",
    }  # fmt: skip


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert main(["client", "copy", str(tmp_path / "file")]) == 7
    assert f"cannot be copied to {tmp_path / 'file'}: File exists" in capsys.readouterr().err


def test_the_client_of_a_setup_needs_no_library_of_the_server(
    tmp_path: Path, env: dict[str, str], url: str
) -> None:
    """What ``pip install --no-deps`` brings; ``.ci/package.py`` does that with the wheel itself."""
    venv.create(tmp_path / "setup", with_pip=False)
    python = tmp_path / "setup" / "bin" / "python"
    (site,) = (tmp_path / "setup" / "lib").glob("*/site-packages")
    (site / "openjams.pth").write_text(f"{ROOT}\n")
    client = [str(python), "-I", "-m", "webclient"]
    server = [str(python), "-I", "-m", "jams.commands.main"]
    assert call(client, "login", "operator", "--server", url, env=env).returncode == 0
    for protocol in ("rest", "soap"):
        done = call(client, "entries", "--protocol", protocol, env=env)
        assert done.returncode == 0, done.stderr
    done = call(client, "job", "create", "-f", "-", env=env, stdin=JOB)
    assert done.returncode == 2 and "pip install pyyaml" in done.stderr
    done = call(client, "job", "create", "-f", "-", env=env, stdin='{"jobName": }')
    assert done.returncode == 2 and "pip install" not in done.stderr
    done = call(server, "show", "jobs", env=env)
    assert done.returncode == 2 and "pip install lark prompt_toolkit pyyaml" in done.stderr
    done = call(server, "status", env=env)
    assert done.returncode == 7 and "status is a command of the server" in done.stderr
    assert "Traceback" not in done.stderr and call(server, "--version", env=env).returncode == 0


def test_a_copy_writes_through_no_link_and_leaves_no_half(tmp_path: Path) -> None:
    kept, folder = tmp_path / "kept", tmp_path / "client"
    kept.write_text("keep")
    folder.mkdir()
    (folder / "jamswebclient.cmd").symlink_to(kept)
    assert main(["client", "copy", str(folder)]) == 0
    assert kept.read_text() == "keep" and not (folder / "jamswebclient.cmd").is_symlink()
    other = tmp_path / "other"
    (other / "jamswebclient").mkdir(parents=True)
    assert main(["client", "copy", str(other)]) != 0
    assert [each.name for each in other.iterdir()] == ["jamswebclient"]
