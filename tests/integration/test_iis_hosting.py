"""Hosting under IIS: web.config says what the handler understands, and the handler's start and stop work.

IIS and HttpPlatformHandler are not here: the tests do what the handler's reference says it does.
"""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from iis.__main__ import main
from jams.services.settings import Settings
from tests.support.running import ROOT, free_port

SCHEMA = etree.XMLSchema(etree.parse(str(ROOT / "iis" / "web_config.xsd")))


def configured(home: Path, **keys: str) -> Path:
    home.mkdir()
    lines = "".join(f'<add key="{key}" value="{value}"/>' for key, value in keys.items())
    text = f"<configuration><appSettings>{lines}</appSettings></configuration>"
    (home / "Common.config").write_text(text, encoding="utf-8")
    return home


def written(tmp_path: Path, *options: str, **keys: str) -> etree._Element:
    home = configured(tmp_path / "the home", **{"PublicUrl": "https://jams.example/JAMS", **keys})
    output = tmp_path / "web.config"
    assert main(["web-config", "--home", str(home), "--output", str(output), *options]) == 0
    document = etree.parse(str(output))
    SCHEMA.assertValid(document)
    return document.getroot()


def test_web_config_says_what_the_configuration_says(tmp_path: Path) -> None:
    root = written(tmp_path, "--processes", "3", MaxRequestBytes="1048576")
    platform = root.find(".//httpPlatform")
    assert platform is not None
    assert platform.get("processPath") == sys.executable
    assert shlex.split(platform.get("arguments", "")) == [
        "-m", "iis.hosting", "--home", str(tmp_path / "the home"), "--role", "web"
    ]  # fmt: skip
    assert int(platform.get("startupTimeLimit", "")) == 60
    assert platform.get("processesPerApplication") == "3"
    assert platform.get("stdoutLogEnabled") == "true"
    assert Path(platform.get("stdoutLogFile", "")).parent.is_dir()
    hours, minutes, seconds = map(int, platform.get("requestTimeout", "").split(":"))
    assert hours * 3600 + minutes * 60 + seconds > 60
    limits = root.find(".//requestLimits")
    assert limits is not None and limits.get("maxAllowedContentLength") == "1048576"


def test_web_config_has_the_limit_of_the_default(tmp_path: Path) -> None:
    limits = written(tmp_path).find(".//requestLimits")
    assert limits is not None
    assert limits.get("maxAllowedContentLength") == str(Settings(home=tmp_path).max_request_bytes)


@pytest.mark.parametrize(
    ("element", "attribute", "value"),
    [
        (".//httpPlatform", "processPath", ""),
        (".//httpPlatform", "startupTimeLimit", "3601"),
        (".//httpPlatform", "requestTimeout", "00:01:30"),
        (".//httpPlatform", "processesPerApplication", "0"),
        (".//httpPlatform", "stdoutLogEnabled", "yes"),
        (".//httpPlatform", "unknown", "x"),
        (".//handlers/add", "modules", "FastCgiModule"),
        (".//requestLimits", "maxAllowedContentLength", "-1"),
    ],
)
def test_the_schema_refuses_what_the_handler_would(
    tmp_path: Path, element: str, attribute: str, value: str
) -> None:
    root = written(tmp_path)
    found = root.find(element)
    assert found is not None
    found.set(attribute, value)
    assert not SCHEMA.validate(root.getroottree())


def test_web_config_needs_a_public_address(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = configured(tmp_path / "home")
    assert main(["web-config", "--home", str(home)]) == 1
    captured = capsys.readouterr()
    assert "PublicUrl" in captured.err
    assert captured.out == ""


@pytest.mark.parametrize("port", [None, "", "http", "0", "70000"])
def test_it_starts_under_the_handler_only(tmp_path: Path, port: str | None) -> None:
    home = configured(tmp_path / "home", PublicUrl="https://jams.example/JAMS")
    environment = {name: value for name, value in os.environ.items() if name != "HTTP_PLATFORM_PORT"}
    if port is not None:
        environment["HTTP_PLATFORM_PORT"] = port
    done = subprocess.run(
        [sys.executable, "-m", "iis.hosting", "--home", str(home)],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=50, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("ConfigurationInvalid: HTTP_PLATFORM_PORT")
    assert "Traceback" not in done.stderr


def test_it_serves_where_the_handler_asks_and_stops_in_order(tmp_path: Path) -> None:
    root = written(tmp_path, "--role", "all", ServerPort="0")
    platform = root.find(".//httpPlatform")
    assert platform is not None
    port = free_port()
    environment = {**os.environ, "HTTP_PLATFORM_PORT": str(port)}
    for variable in platform.iter("environmentVariable"):
        environment[variable.get("name", "")] = variable.get("value", "")
    command = [platform.get("processPath", ""), *shlex.split(platform.get("arguments", ""))]
    log = Path(platform.get("stdoutLogFile", "") + f"_{port}.log")
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        ) as process,
    ):
        try:
            base = f"http://127.0.0.1:{port}/JAMS"
            _await(lambda: _get(f"{base}/api/health") is not None, process, log)
            assert json.loads(_get(f"{base}/api/health") or b"")
            described = json.loads(_get(f"{base}/api/openapi.json") or b"")
            assert described["servers"][0]["url"] == "https://jams.example/JAMS/api"
            assert b"https://jams.example/JAMS/soap" in (_get(f"{base}/soap?wsdl") or b"")
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0, log.read_text()
    assert "answer at https://jams.example/JAMS" in log.read_text()
    home = tmp_path / "the home"
    assert f'jams account password "Administrator" --home "{home}"' in log.read_text()
    assert "have stopped" in log.read_text()
    assert _get(f"{base}/api/health") is None


def _get(address: str) -> bytes | None:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            content: bytes = answer.read()
            return content
    except OSError:
        return None


def _await(condition: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    """The handler, too, finds out by trying whether the process listens."""
    deadline = time.monotonic() + 40
    while not condition():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)
