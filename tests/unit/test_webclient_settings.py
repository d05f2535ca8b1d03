"""Which server is meant, whose credentials are shown, and where they are kept."""

from __future__ import annotations

import base64
import json
import os
import stat
from pathlib import Path

import pytest
from platformdirs import user_data_path

from webclient import http
from webclient.access import Access
from webclient.addresses import base_address
from webclient.client_errors import ClientError, UsageError
from webclient.client_settings import Settings, logins_file
from webclient.places import home_directory


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in list(os.environ):
        if name.startswith("JAMS_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path


def write(path: Path, content: object, mode: int = 0o600) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content))
    path.chmod(mode)
    return path


def local(folder: Path, url: str = "http://localhost:8123/JAMS") -> None:
    write(folder / "data" / "JAMS" / "client.json", {"url": url, "token": "local-token", "account": "me"})


def configured(folder: Path, **content: object) -> None:
    write(folder / "config" / "jamswebclient" / "config.json", content)


def stored(folder: Path, server: str, **more: object) -> None:
    login = {"token": "stored-token", "refresh_token": "again", "account": "operator", **more}
    write(
        folder / "config" / "jamswebclient" / "logins.json",
        {"current": server, "servers": {server: login}},
    )


def test_the_home_directory_is_that_of_the_server(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    assert Path(home_directory(None)) == user_data_path("JAMS", appauthor=False)
    monkeypatch.delenv("XDG_DATA_HOME")
    assert Path(home_directory(None)) == user_data_path("JAMS", appauthor=False)
    monkeypatch.setenv("JAMS_HOME", "~/elsewhere")
    assert Path(home_directory(None)) == folder / "elsewhere"
    assert Path(home_directory(str(folder))) == folder


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("jams.example", "https://jams.example/JAMS"),
        ("jams.example:8080", "https://jams.example:8080/JAMS"),
        ("jams.example:80/x", "https://jams.example:80/x"),
        ("LocalHost:8080", "http://localhost:8080/JAMS"),
        ("127.1.2.3:8080", "http://127.1.2.3:8080/JAMS"),
        ("[::1]:8080", "http://[::1]:8080/JAMS"),
        ("127.evil.example", "https://127.evil.example/JAMS"),
        ("http://jams.example", "http://jams.example/JAMS"),
        ("https://JAMS.example/", "https://jams.example"),
        ("https://jams.example/base/JAMS/", "https://jams.example/base/JAMS"),
        (" http://[::1]:8080 ", "http://[::1]:8080/JAMS"),
    ],
)
def test_addresses(text: str, address: str) -> None:
    assert base_address(text) == address


@pytest.mark.parametrize(
    "text", ["", "ftp://x", "http://", "http://x:port", "http://x/?a", "a b", "http://x/#f"]
)
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(UsageError, match="is no server"):
        base_address(text)


def test_no_password_in_an_address() -> None:
    with pytest.raises(UsageError) as caught:
        base_address("http://me:secret@x")
    assert "secret" not in caught.value.message


def test_the_server_is_found_in_order(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings({}).server == "http://localhost:8080/JAMS"
    local(folder)
    assert Settings({}).server == "http://localhost:8123/JAMS"
    stored(folder, "http://current/JAMS")
    assert Settings({}).server == "http://current/JAMS"
    configured(folder, server="configured")
    assert Settings({}).server == "https://configured/JAMS"
    monkeypatch.setenv("JAMS_HOME", str(folder / "data" / "JAMS"))
    assert Settings({}).server == "http://localhost:8123/JAMS"
    monkeypatch.setenv("JAMS_SERVER", "environment")
    assert Settings({}).server == "https://environment/JAMS"
    assert Settings({"server": "typed"}).server == "https://typed/JAMS"


def test_an_unknown_or_wrong_setting_is_told(folder: Path) -> None:
    configured(folder, sever="x")
    with pytest.raises(UsageError, match="there is no setting sever"):
        _ = Settings({}).protocol
    configured(folder, protocol="telnet")
    with pytest.raises(UsageError, match="'telnet' is none of rest, soap"):
        _ = Settings({}).protocol
    configured(folder, protocol="soap", request_timeout="2m")
    assert (Settings({}).protocol, Settings({}).request_timeout) == ("soap", 120)
    assert Settings({"protocol": "rest"}).protocol == "rest"


def header(server: str = "http://localhost:8123/JAMS", **given: object) -> str | None:
    return Access(Settings(given), server, interactive=False).header


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def test_the_local_login_is_shown_to_its_own_server_only(folder: Path) -> None:
    assert header() is None
    local(folder)
    assert header() == "Bearer local-token"
    assert header("http://127.0.0.1:8123/JAMS") == "Bearer local-token"
    assert header("http://localhost:8124/JAMS") is None
    assert header("http://evil.example:8123/JAMS") is None


def test_credentials_are_found_in_order(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    local(folder)
    stored(folder, "http://localhost:8123/JAMS")
    assert header() == "Bearer stored-token"
    assert header(user="Operator") == "Bearer stored-token"
    with pytest.raises(ClientError, match="there is no password for other"):
        header(user="other")
    password = folder / "password"
    password.write_text("from file\r\nsecond line")
    password.chmod(0o600)
    assert header(user="other", password_file=str(password)) == basic("other", "from file")
    monkeypatch.setenv("JAMS_PASSWORD", "käse")
    assert header(user="other") == basic("other", "käse")
    token = folder / "token"
    token.write_text("typed-token\n")
    token.chmod(0o600)
    assert header(user="other", token_file=str(token)) == "Bearer typed-token"
    (folder / "empty").touch(0o600)
    with pytest.raises(UsageError, match="is empty"):
        header(token_file=str(folder / "empty"))


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620, 0o602])
@pytest.mark.parametrize("option", ["password_file", "token_file"])
def test_a_file_with_a_secret_that_others_can_read_is_refused(folder: Path, option: str, mode: int) -> None:
    file = folder / "secret"
    file.write_text("the-secret\n")
    file.chmod(mode)
    with pytest.raises(ClientError, match=r"can be read by others and is not used; run: chmod 600") as caught:
        header(user="me", **{option: str(file)})
    assert caught.value.exit_code == 4 and "the-secret" not in caught.value.message
    file.chmod(0o400)
    assert header(user="me", **{option: str(file)}) is not None


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root gives files away")
def test_a_file_with_a_secret_of_somebody_else_is_refused(folder: Path) -> None:
    file = folder / "secret"
    file.touch(0o600)
    os.chown(file, 12345, -1)
    with pytest.raises(ClientError, match="belongs to somebody else"):
        header(user="me", password_file=str(file))


@pytest.mark.parametrize(
    "server", ["http://jams.example/JAMS", "http://10.0.0.1:8080/JAMS", "http://127.x/JAMS"]
)
def test_nothing_that_lets_in_goes_over_http_to_another_machine(
    folder: Path, monkeypatch: pytest.MonkeyPatch, server: str
) -> None:
    assert header(server) is None
    monkeypatch.setenv("JAMS_PASSWORD", "secret")
    with pytest.raises(ClientError, match="anybody on the way could read it") as caught:
        header(server, user="me")
    assert caught.value.exit_code == 4
    stored(folder, server)
    with pytest.raises(ClientError, match="--allow-http"):
        header(server)
    assert header(server, user="me", allow_http=True) == basic("me", "secret")
    assert header(server.replace("http:", "https:"), user="me") == basic("me", "secret")
    configured(folder, allow_http=True)
    assert header(server, user="me") == basic("me", "secret")


def test_the_local_login_goes_to_its_own_server_whatever_its_address(folder: Path) -> None:
    local(folder, "http://10.1.2.3:8080/JAMS")
    assert header("http://10.1.2.3:8080/JAMS") == "Bearer local-token"


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_login_that_others_can_read_is_refused(folder: Path, mode: int) -> None:
    local(folder)
    (folder / "data" / "JAMS" / "client.json").chmod(mode)
    with pytest.raises(ClientError, match=r"can be read by others and is not used; run: chmod 600") as caught:
        _ = Settings({}).server
    assert caught.value.exit_code == 4 and "local-token" not in caught.value.message
    (folder / "data" / "JAMS" / "client.json").unlink()
    stored(folder, "http://x/JAMS")
    Path(logins_file()).chmod(mode)
    with pytest.raises(ClientError, match="chmod 600"):
        _ = Settings({}).server


def test_a_damaged_file_is_told(folder: Path) -> None:
    write(folder / "data" / "JAMS" / "client.json", ["no object"])
    with pytest.raises(ClientError, match="does not hold a JSON object"):
        _ = Settings({}).server
    (folder / "data" / "JAMS" / "client.json").write_text("{")
    with pytest.raises(ClientError, match="is not JSON"):
        _ = Settings({}).server


def test_a_login_is_kept_privately_and_forgotten(folder: Path) -> None:
    server = "https://jams.example/JAMS"
    access = Access(Settings({}), server)
    told = access.keep({"access_token": "t", "refresh_token": "r", "expires_in": "60"}, "me")
    assert set(told) == {"server", "account", "expires"}
    path = Path(logins_file())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert header(server) == "Bearer t" and Settings({}).server == server
    assert Access(Settings({}), server).forget() is True
    assert header(server) is None and "t" not in json.loads(path.read_text()).get("servers", {})
    assert Access(Settings({}), server).forget() is False


@pytest.mark.parametrize(
    ("environment", "host", "proxy"),
    [
        ({}, "far.example", None),
        ({"http_proxy": "http://proxy:3128"}, "far.example", ("proxy", 3128)),
        ({"HTTP_PROXY": "proxy:3128"}, "far.example", ("proxy", 3128)),
        ({"ALL_PROXY": "http://proxy"}, "far.example", ("proxy", 8080)),
        ({"https_proxy": "http://proxy:3128"}, "far.example", None),
        ({"http_proxy": "http://proxy:3128", "no_proxy": "example"}, "far.example", None),
        ({"http_proxy": "http://proxy:3128"}, "localhost", None),
        ({"http_proxy": "http://proxy:3128"}, "127.0.0.1", None),
        ({"http_proxy": "http://proxy:3128"}, "127.8.9.1", None),
        ({"http_proxy": "http://proxy:3128"}, "::1", None),
    ],
)
def test_proxies(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], host: str, proxy: tuple[str, int] | None
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert http._proxy("http", host) == proxy


def test_a_proxy_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "socks5://proxy:1080")
    with pytest.raises(ClientError, match="only plain http:// proxies can") as caught:
        http._proxy("http", "far.example")
    assert caught.value.exit_code == 7
