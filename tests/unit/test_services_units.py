"""The units of systemd: what systemd itself says of them, and that each service is confined as it can be."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from jams.commands.main import main
from jams.services import systemd
from jams.services.configuration import load
from jams.services.settings import Settings
from tests.support.running import configure

PROGRAM = shutil.which("systemd-analyze")
SERVICES = ("server", "scheduler", "executor")


def settings_of(home: Path, **keys: str) -> Settings:
    configure(home, **keys)
    return load(home).settings


def made(folder: Path, **keys: str) -> dict[str, str]:
    return dict(systemd.units(settings_of(folder / "the home", **keys), "daemon"))


def values(text: str, name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", text, re.MULTILINE)


@pytest.mark.skipif(PROGRAM is None, reason="systemd-analyze is not here")
def test_systemd_finds_nothing_wrong_with_them(tmp_path: Path) -> None:
    files = []
    for name, text in made(tmp_path, DefaultJobAccount="nobody", ServerPort="773").items():
        (tmp_path / name).write_text(text)
        files.append(str(tmp_path / name))
    done = subprocess.run(
        [PROGRAM or "", "verify", "--man=no", "--generators=no", *files],
        capture_output=True,
        text=True,
        env={"SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
    )
    about_ours = [line for line in done.stderr.splitlines() if "jams" in line]
    assert about_ours == [] and done.returncode == 0, done.stderr


@pytest.mark.skipif(PROGRAM is None, reason="systemd-analyze is not here")
@pytest.mark.parametrize(("service", "most"), [("server", 2.5), ("scheduler", 2.5)])
def test_a_service_that_starts_no_job_is_well_confined(tmp_path: Path, service: str, most: float) -> None:
    name = f"jams-{service}.service"
    (tmp_path / name).write_text(made(tmp_path)[name])
    done = subprocess.run(
        [PROGRAM or "", "security", "--offline=true", f"--threshold={most * 10:.0f}", str(tmp_path / name)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-400:] + done.stderr


def test_no_confinement_of_the_executor_reaches_what_a_job_does(tmp_path: Path) -> None:
    text = made(tmp_path, DefaultJobAccount="nobody")["jams-executor.service"]
    for felt in ("NoNewPrivileges", "ProtectSystem", "PrivateTmp", "SystemCallFilter", "UMask", "ProtectHome",
                 "CapabilityBoundingSet", "RestrictAddressFamilies"):  # fmt: skip
        assert values(text, felt) == [], felt
    assert values(text, "KillMode") == ["process"]


def test_the_executor_cannot_reach_the_key_and_the_database(tmp_path: Path) -> None:
    text = made(tmp_path)["jams-executor.service"]
    hidden = " ".join(values(text, "InaccessiblePaths"))
    assert "secret.key" in hidden and "JAMS.db" in hidden and "JAMS.db-wal" in hidden


def test_capabilities_are_given_to_an_executor_alone_that_keeps_jobs_apart(tmp_path: Path) -> None:
    apart = made(tmp_path, DefaultJobAccount="nobody")
    assert "CAP_SETUID" in values(apart["jams-executor.service"], "AmbientCapabilities")[0]
    for service in ("server", "scheduler"):
        assert values(apart[f"jams-{service}.service"], "CapabilityBoundingSet") == [""]
    together = made(tmp_path)
    assert values(together["jams-executor.service"], "AmbientCapabilities") == []


@pytest.mark.parametrize(("port", "held"), [("773", "CAP_NET_BIND_SERVICE"), ("7730", "")])
def test_the_server_may_open_a_low_port_if_it_is_to(tmp_path: Path, port: str, held: str) -> None:
    text = made(tmp_path, ServerPort=port)["jams-server.service"]
    assert values(text, "AmbientCapabilities") == [held]


def test_a_path_is_written_so_that_it_is_read_as_it_is(tmp_path: Path) -> None:
    text = dict(systemd.units(settings_of(tmp_path / 'a "b" 5% $HOME'), "daemon"))["jams-server.service"]
    assert r"a \"b\" 5%% $$HOME" in values(text, "ExecStart")[0]


def test_install_writes_them_and_remove_takes_them_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home, units = tmp_path / "home", tmp_path / "units"
    settings_of(home)
    units.mkdir()
    words = ["service", "install", "--home", str(home), "--directory", str(units), "--no-start"]
    if home.owner() == "root":
        assert main(words) != 0 and "not to run as root" in capsys.readouterr().err
        assert list(units.iterdir()) == []
        shutil.chown(home, "daemon")
    assert main(words) == 0
    told = capsys.readouterr().out
    assert "systemctl enable --now jams.target" in told.replace("daemon-reload && ", "")
    assert "DefaultJobAccount" in told
    assert sorted(file.name for file in units.iterdir()) == [
        *(f"jams-{service}.service" for service in sorted(SERVICES)),
        "jams.target",
    ]
    words[1] = "remove"
    assert main(words) == 0 and list(units.iterdir()) == [] and home.exists()
    assert main(words) != 0 and "no unit" in capsys.readouterr().err


def test_systemd_is_told_when_a_service_answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(20)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        systemd.tell_ready()
        assert manager.recv(100) == b"READY=1"
