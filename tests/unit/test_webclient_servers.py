"""The servers that have names, and the settings that somebody else made."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import jams
from webclient.access import Access
from webclient.client_errors import ClientError, UsageError
from webclient.client_settings import Settings
from webclient.common_settings import CommonSettings, versioned
from webclient.listed_servers import listed, read_servers
from webclient.main import main

GUIDE = """<JAMSServers> <subkey name="Server000"> <property name="Name">Jimmy</property>
<property name="Node">jimmy.yourco.com</property> <property name="Port">773</property>
<property name="Prompt">False</property> </subkey> <subkey name="Server001">
<property name="Name">Joe</property>
<property name="Node">joe.yourco.com</property> <property name="Port">8443</property>
<property name="Prompt">True</property> </subkey> </JAMSServers>"""
SHORTCUTS = """<configuration><Shortcuts><subkey name="Shortcut006"><property name="Name">Night</property>
<property name="Type">Query</property></subkey></Shortcuts>{servers}</configuration>"""


@pytest.fixture(autouse=True)
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the user's settings; that of the machine is ``machine`` beside it."""
    for name in list(os.environ):
        if name.startswith("JAMS_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "machine"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "config" / "jamswebclient"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    return tmp_path / "machine" / "jamswebclient"


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def keys(**said: str) -> str:
    lines = "".join(f'<add Key="{key}" value="{value}" />' for key, value in said.items())
    return f'<configuration><appSettings file="User.config">{lines}</appSettings></configuration>'


def server(**given: object) -> str:
    return Settings(dict(given)).server


@pytest.mark.parametrize("file", ["JAMSServers.config", "JAMSWin.exe.config", "User.config"])
def test_the_block_of_the_original_names_servers(user: Path, file: str) -> None:
    put(user / file, GUIDE if file == "JAMSServers.config" else SHORTCUTS.format(servers=GUIDE))
    assert server(server="jimmy") == "https://jimmy.yourco.com/JAMS"
    assert server(server="Joe") == "https://joe.yourco.com:8443/JAMS"
    assert server() == "https://jimmy.yourco.com/JAMS"
    assert server(server="jane") == "https://jane/JAMS"


def test_a_name_is_taken_from_the_environment_and_a_node_may_be_an_address(
    user: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(user / "JAMSServers.config", GUIDE.replace("joe.yourco.com", "http://localhost:8123/JAMS"))
    monkeypatch.setenv("JAMS_SERVER", "JOE")
    assert server() == "http://localhost:8123/JAMS"


def test_prompt_lets_no_login_be_kept(user: Path) -> None:
    put(user / "JAMSServers.config", GUIDE)
    address = "https://joe.yourco.com:8443/JAMS"
    logins = put(user / "logins.json", json.dumps({"servers": {address: {"token": "kept", "account": "me"}}}))
    logins.chmod(0o600)
    access = Access(Settings({"server": "Joe"}), address, interactive=False)
    with pytest.raises(UsageError, match="name the account with --user"):
        _ = access.header
    with pytest.raises(UsageError, match="no login is kept"):
        access.keep({"access_token": "new"}, "me")
    with pytest.raises(ClientError, match="there is no password for me"):
        _ = Access(Settings({"server": "Joe", "user": "me"}), address, interactive=False).header


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<JAMSServers>", "is no XML"),
        ("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>", "must not have a document type"),
        (GUIDE.replace("8443", "70000"), "is a number from 1 to 65535"),
        (GUIDE.replace("True", "perhaps"), "is True or False"),
    ],
)
def test_a_list_that_cannot_be_read_is_told(user: Path, text: str, says: str) -> None:
    path = put(user / "JAMSServers.config", text)
    with pytest.raises(ClientError) as caught:
        server()
    assert says in caught.value.message and str(path) in caught.value.message


def test_the_list_is_changed_and_written_as_it_is_read(
    user: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["server-list", "add", "A&B", "a.example", "--port", "8443", "--prompt"]) == 0
    assert main(["server-list", "add", "other", "https://o.example/JAMS"]) == 0
    assert main(["server-list", "add", "a&b", "b.example"]) == 0
    assert [(s.name, s.node, s.port, s.prompt) for s in read_servers(str(user / "JAMSServers.config"))] == [
        ("other", "https://o.example/JAMS", "773", False),
        ("a&b", "b.example", "773", False),
    ]
    assert main(["server-list", "remove", "OTHER"]) == 0
    capsys.readouterr()
    assert main(["server-list"]) == 0
    assert capsys.readouterr().out == "a&b\tb.example\t773\t\n"
    assert main(["server-list", "remove", "nobody"]) != 0
    assert main(["server-list", "add", "x", "a b"]) != 0 and main(["server-list", "add", "x"]) != 0
    assert [each.name for each in listed(CommonSettings())] == ["a&b"]


def test_common_settings_go_before_those_of_the_user(user: Path, tmp_path: Path) -> None:
    common = tmp_path / "template"
    put(user / "config.json", json.dumps({"server": "mine", "output": "json"}))
    put(user / "JAMSServers.config", GUIDE.replace("Jimmy", "Mine"))
    put(user / "User.config", keys(CommonSettingsPath=str(common)))
    put(common / "config.json", json.dumps({"server": "Jimmy"}))
    put(common / "JAMSWin.exe.config", SHORTCUTS.format(servers=GUIDE))
    assert server() == "https://jimmy.yourco.com/JAMS"
    assert Settings({}).output == "json"
    assert [each.name for each in listed(CommonSettings())] == ["Jimmy", "Joe"]


def test_changes_are_written_into_common_settings_only_if_that_is_said(
    user: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    common = tmp_path / "template"
    put(user / "User.config", keys(CommonSettingsPath=str(common)))
    assert main(["server-list", "add", "x", "x.example"]) != 0
    assert "WriteToCommonSettings" in capsys.readouterr().err and not common.exists()
    put(user / "User.config", keys(CommonSettingsPath=str(common), WriteToCommonSettings="true"))
    assert main(["server-list", "add", "x", "x.example"]) == 0
    assert read_servers(str(common / "JAMSServers.config"))[0].node == "x.example"
    assert not (user / "JAMSServers.config").exists()


def test_a_locked_list_stays_and_no_other_server_is_spoken_to(
    user: Path, machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(machine / "User.config", keys(LockServer="true"))
    put(machine / "JAMSWin.exe.config", SHORTCUTS.format(servers=GUIDE))
    put(user / "User.config", keys(LockServer="false"))
    put(
        user / "JAMSServers.config",
        GUIDE.replace("Jimmy", "Evil").replace("jimmy.yourco.com", "evil.example"),
    )
    assert main(["server-list", "add", "x", "x.example"]) != 0
    assert "is locked (LockServer" in capsys.readouterr().err
    assert server(server="Joe") == server(server="https://joe.yourco.com:8443/JAMS")
    with pytest.raises(UsageError, match=r"is locked: Jimmy, Joe$"):
        server(server="https://evil.com/JAMS")


def test_what_is_neither_true_nor_false_is_told(user: Path) -> None:
    put(user / "User.config", keys(LockServer="yes"))
    with pytest.raises(ClientError, match=r"LockServer of User\.config is true or false"):
        server()


def test_a_version_has_a_folder_of_its_own_and_files_can_be_copied(user: Path) -> None:
    assert Path(versioned(str(user))) == user / ".".join(jams.__version__.split(".")[:2])
    put(user / "config.json", json.dumps({"server": "old", "user": "me"}))
    put(Path(versioned(str(user))) / "config.json", json.dumps({"server": "new"}))
    assert (server(), Settings({}).user) == ("https://new/JAMS", "me")
    put(user / "JAMSServers.config", GUIDE)
    put(Path(versioned(str(user))) / "JAMSServers.config", GUIDE.replace("jimmy", "james"))
    assert server(server="Jimmy") == "https://james.yourco.com/JAMS"
