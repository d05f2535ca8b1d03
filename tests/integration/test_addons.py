"""Add-ons: packages beside the server, as the page on methods shows one, added and removed."""

from __future__ import annotations

import json
import re
import sys
import sysconfig
import venv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jams.client.collections import Handle
from jams.client.server import Server
from jams.commands.jamsdba.main import main as jamsdba
from jams.commands.main import main
from jams.objects.definitions import Job
from jams.objects.errors import AlreadyExists, InUse, InvalidArgument
from jams.objects.methods import ExecutionMethod
from jams.services import addons, answers
from jams.services.configuration import load
from jams.services.doctor import examine
from tests.support.commandline import ROOT
from tests.support.running import configure, running

PAGE = (ROOT / "docs" / "methods.md").read_text("utf-8").partition("## Add-ons\n")[2]
MODULE = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1]  # type: ignore[index]
ENTRY_POINTS = re.search(r"\n(Greeter = .*)\n", PAGE)[1]  # type: ignore[index]


def distribution(site: Path, name: str, entries: str, **modules: str) -> None:
    """Files as an installer leaves them of a distribution."""
    described = site / f"{name.replace('-', '_')}-1.0.dist-info"
    described.mkdir()
    (described / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (described / "entry_points.txt").write_text(f"[openjams.addons]\n{entries}\n")
    for module, text in modules.items():
        (site / f"{module}.py").write_text(text)


def greeter(site: Path) -> None:
    distribution(site, "jams-greeter", ENTRY_POINTS.replace('"', ""), jams_greeter=MODULE)


def broken(site: Path) -> None:
    entries = "Exits = jams_exits:ADDON\nGone = jams_nowhere:ADDON\nOdd = jams_odd:ADDON"
    odd = "ADDON = {'methods': [{'methodNam': 'x'}]}"
    distribution(site, "jams-broken", entries, jams_exits="import sys\nsys.exit('no licence')", jams_odd=odd)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A server in an environment of its own, in which a good and some broken add-ons are installed."""
    folder = tmp_path_factory.mktemp("addons")
    venv.create(folder / "environment", with_pip=False)
    (site,) = (folder / "environment" / "lib").glob("*/site-packages")
    (site / "server.pth").write_text(f"{ROOT}\n{sysconfig.get_path('purelib')}\n")
    greeter(site)
    broken(site)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "executable", str(folder / "environment" / "bin" / "python"))
        patch.syspath_prepend(site)
        configure(folder / "home")
        with running(folder / "home"):
            yield folder / "home"


Say = Callable[..., str]


@pytest.fixture
def say(home: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs ``jams addon`` as the environment of the server would, and gives what it says."""

    def run(*words: str, code: int = 0) -> str:
        found = main(["addon", *words, "--home", str(home)])
        told = "".join(capsys.readouterr())
        assert found == code, told
        return told

    return run


def listed(say: Say) -> dict[str, dict[str, str]]:
    return {row["addOn"]: row for row in json.loads(say("list", "--json"))}


def test_an_add_on_is_added_used_and_removed_while_the_server_runs(home: Path, say: Say) -> None:
    assert (listed(say)["Greeter"]["methods"], listed(say)["Greeter"]["added"]) == ("Greet", "")
    assert say("add", "greeter") == "The add-on Greeter was added: Greet.\n"
    assert listed(say)["Greeter"]["added"] == "Greet"
    with Server(home=home) as server:
        server.jobs.create(Job(job_name="Hello", parent_folder_name="\\", method_name="Greet"))
        entry = server.submit("\\Hello", Who="you")
        assert entry.wait().final_status_code == 0
        assert entry.log().text.strip() == "Hello, you"
        assert "is named by Hello" in say("remove", "Greeter", code=5)
        server.jobs["\\Hello"].delete()
        assert say("remove", "Greeter") == "The add-on Greeter was removed: Greet.\n"
        assert listed(say)["Greeter"]["added"] == ""
        assert {"create_method", "delete_method"} <= {each.operation for each in server.get_audit_trail()}
    say("remove", "Greeter", code=3)


def test_a_broken_add_on_keeps_no_server_from_starting_and_is_told(home: Path, say: Say) -> None:
    told = {"Exits": "no licence", "Gone": "No module named 'jams_nowhere'", "Odd": "methodNam"}
    found = {each.what: each for each in examine(load(home, {}).settings)}
    rows = listed(say)
    assert found["add-on Greeter"].good
    for name, why in told.items():
        finding = found[f"add-on {name}"]
        assert not finding.good and why in finding.told and "jams-broken" in finding.remedy
        assert why in rows[name]["told"] and why in say("add", name, code=7)
    assert "There is no add-on Nobody" in say("add", "Nobody", code=3)


def test_what_the_server_has_already_is_not_made_again_nor_removed(home: Path, say: Say) -> None:
    with Server(home=home) as server:
        server.methods.create(
            ExecutionMethod(method_name="Greet", method_type_name="Python", template="print(1)")
        )
        assert "Greet" in say("add", "Greeter", code=5)
        assert "is not as Greeter brought it" in say("remove", "Greeter", code=5)
        server.methods["Greet"].delete()


def test_of_several_methods_all_are_made_or_none(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (
        ExecutionMethod(method_name=name, method_type_name="Routine", template="a:b") for name in ("A1", "A2")
    )
    both = addons.AddOn(name="Both", package="both", version="1", told=addons.Told(methods=[first, second]))
    with Server(home=home) as server:
        server.methods.create(second)
        with pytest.raises(AlreadyExists):
            addons.add(server, both)
        assert addons.here(server, both) == ["A2"]
        server.methods["A2"].delete()
        assert addons.add_all(server, [both]) == addons.here(server, both) == ["A1", "A2"]

        bound = Handle.__getattr__

        def named_meanwhile(handle: Handle, name: str) -> Any:
            if name == "delete" and handle.key == "A1":
                server.jobs.create(Job(job_name="Late", parent_folder_name="\\", method_name="A2"))
            return bound(handle, name)

        with monkeypatch.context() as patched:
            patched.setattr(Handle, "__getattr__", named_meanwhile)
            with pytest.raises(InUse):
                addons.remove(server, both)
        assert addons.here(server, both) == ["A1", "A2"]
        server.jobs["\\Late"].delete()
        assert addons.remove(server, both) == ["A1", "A2"] and addons.here(server, both) == []


def test_an_installation_asks_which_where_there_are_any(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [each for each in sys.path if str(home.parent) not in each])
    assert "AddOns" not in answers.complete({})
    with pytest.raises(InvalidArgument, match="none is installed"):
        answers.complete({"AddOns": "Greeter"})
    greeter(tmp_path)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert answers.complete({})["AddOns"] == ""
    assert answers.complete({"AddOns": "Greeter"})["AddOns"] == "Greeter"
    with pytest.raises(InvalidArgument, match=r"no add-on Greter .*There are: Greeter"):
        answers.complete({"AddOns": "Greter"})


def test_an_installation_adds_what_was_chosen(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answers.txt"
    words = [f"INSTALL/ANSWERS={file}", "/NOCONFIRM"]
    file.write_text("AddOns = Odd\n")
    monkeypatch.setenv("JAMS_HOME", str(tmp_path / "new"))
    assert jamsdba(words) == 2
    assert "methodNam" in capsys.readouterr().err and not (tmp_path / "new").exists()
    file.write_text("AddOns = greeter\n")
    assert jamsdba(words) == 0
    assert "Methods of add-ons: Greet." in capsys.readouterr().out
