"""run.py: an environment is made once, whoever asks for it."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.support.running import ROOT

pytestmark = pytest.mark.unit


@pytest.fixture
def script() -> ModuleType:
    found = importlib.util.spec_from_file_location("run_script", ROOT / "run.py")
    assert found is not None and found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.fixture
def steps(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that making an environment would run; they are only noted."""
    noted: list[list[str]] = []

    def step(what: str, command: list[str]) -> None:
        noted.append(command)
        folder = Path(command[-1])
        if "venv" in command:
            (folder / "bin").mkdir(parents=True, exist_ok=True)
            (folder / "bin" / "python").touch()

    monkeypatch.setattr(script, "_step", step)
    monkeypatch.setattr(script, "_installer", script._pip)
    return noted


@pytest.mark.skipif(os.name == "nt", reason="symbolic links")
def test_an_environment_is_made_once_however_its_interpreter_is_spelled(
    script: ModuleType, steps: list[list[str]], tmp_path: Path
) -> None:
    link = tmp_path / "python3"
    link.symlink_to(os.path.realpath(sys.executable))
    for interpreter in (os.path.realpath(sys.executable), str(link)):
        script.make_environment(tmp_path / "env", interpreter)
    assert len(steps) == 3  # made, filled with what is locked, and with JAMS
    script.make_environment(tmp_path / "env", "/usr/bin/another")
    assert len(steps) == 6


@pytest.mark.skipif(os.name == "nt", reason="symbolic links")
def test_a_link_to_the_environment_of_another_checkout_is_replaced_and_that_one_stays(
    script: ModuleType, steps: list[list[str]], tmp_path: Path
) -> None:
    other, link = tmp_path / "other", tmp_path / "env"
    other.mkdir()
    (other / "jams-environment").write_text("another's")
    link.symlink_to(other)
    script.make_environment(link, sys.executable)
    assert not link.is_symlink() and (link / "bin" / "python").exists()
    assert [path.name for path in other.iterdir()] == ["jams-environment"]


@pytest.mark.skipif(os.name == "nt", reason="layout of an environment")
def test_an_environment_holds_what_is_locked_or_the_newest_that_is_allowed(
    script: ModuleType, steps: list[list[str]], tmp_path: Path
) -> None:
    script.make_environment(tmp_path / "env", sys.executable)
    _, locked, ours = steps
    assert locked[-3:] == ["--require-hashes", "-r", str(ROOT / "requirements.lock")]
    assert "--no-deps" in ours and ours[-1] == str(ROOT)
    script.make_environment(tmp_path / "env", sys.executable, newest=True)
    assert steps[-1][-2:] == ["--editable", f"{ROOT}[dev]"] and len(steps) == 5


def test_pip_installs_where_uv_is_not_to_be_had(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    python = Path("env/bin/python")
    for code, tool in ((0, "uv"), (1, "pip")):
        monkeypatch.setattr(
            script.subprocess, "run", lambda call, code=code, **_: subprocess.CompletedProcess(call, code)
        )
        assert script._installer(python)[:3] == [str(python), "-m", tool]


@pytest.mark.skipif(os.name == "nt", reason="layout of an environment")
def test_run_within_an_environment_it_goes_by_the_interpreter_below(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "env")], check=True)
    ask = "import runpy; print(runpy.run_path('run.py')['_this_interpreter']())"
    done = subprocess.run(
        [tmp_path / "env" / "bin" / "python", "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True
    )
    below = done.stdout.strip()
    assert Path(below).exists()
    assert not Path(below).is_relative_to(tmp_path)
