"""Files with secrets are their owner's alone, and files that let in are changed by nobody else."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from jams.client.home import LocalLogin, read_login, write_login
from jams.objects.errors import ConfigurationInvalid
from jams.security.certificates import make_certificate
from jams.security.files import check_own, check_private, read_private
from jams.security.vault import Vault
from jams.server.wire import WireServer, WireSettings
from psprovider.transports.people import Quota
from psprovider.transports.wsman.server import WSManListener
from tests.support.psrp_demo import DemoEngine
from tests.support.psrp_doors import Village

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
OPEN = [0o640, 0o604, 0o644, 0o620, 0o602, 0o666]


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_bytes(b"the secret")
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("mode", OPEN)
def test_what_others_can_read_is_refused(secret: Path, mode: int) -> None:
    assert read_private(secret) == b"the secret"
    secret.chmod(mode)
    with pytest.raises(ConfigurationInvalid, match="chmod 600"):
        read_private(secret)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_what_belongs_to_somebody_else_is_refused(secret: Path) -> None:
    os.chown(secret, 12345, -1)
    for check in (check_private, check_own):
        with pytest.raises(ConfigurationInvalid):
            check(secret)


@pytest.mark.parametrize(
    ("mode", "good"), [(0o600, True), (0o640, True), (0o644, False), (0o660, False), (0o650, False)]
)
def test_a_key_of_roots_may_be_read_by_the_servers_group(
    secret: Path, monkeypatch: pytest.MonkeyPatch, mode: int, good: bool
) -> None:
    if os.stat(secret).st_uid != 0:
        pytest.skip("only root has files of root")
    secret.chmod(mode)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    if good:
        check_private(secret)
    else:
        with pytest.raises(ConfigurationInvalid):
            check_private(secret)


@pytest.mark.parametrize(("mode", "good"), [(0o644, True), (0o600, True), (0o664, False), (0o646, False)])
def test_who_lets_in_is_changed_by_nobody_else(secret: Path, mode: int, good: bool) -> None:
    secret.chmod(mode)
    if good:
        check_own(secret)
    else:
        with pytest.raises(ConfigurationInvalid, match="chmod go-w"):
            check_own(secret)


def _vault(home: Path) -> tuple[Path, Callable[[], object]]:
    vault = Vault(home / "secret.key")
    sealed = vault.seal("x", "test")
    return home / "secret.key", lambda: vault.open(sealed, "test")


def _login(home: Path) -> tuple[Path, Callable[[], object]]:
    write_login(home, LocalLogin(url="http://localhost:1/JAMS", token="t", account="me"))
    return home / "client.json", lambda: read_login(home)


def _wire(home: Path) -> tuple[Path, Callable[[], object]]:
    made = make_certificate(home, [], days=2)
    settings = WireSettings(certificate=made.certificate, key=made.key)
    return made.key, lambda: WireServer(None, settings).stop(0)  # type: ignore[arg-type]


def _wsman(home: Path) -> tuple[Path, Callable[[], object]]:
    made = make_certificate(home, [], days=2)

    def serve() -> None:
        WSManListener(
            "127.0.0.1",
            0,
            lambda: DemoEngine(reads_text=True),
            Village(),
            Quota(),
            certificate=made.certificate,
            key=made.key,
        ).stop()

    return made.key, serve


@pytest.mark.parametrize("made", [_vault, _login, _wire, _wsman])
def test_every_file_with_a_secret_is_held_to_it(
    tmp_path: Path, made: Callable[[Path], tuple[Path, Callable[[], object]]]
) -> None:
    file, use = made(tmp_path)
    use()
    file.chmod(0o644)
    with pytest.raises(ConfigurationInvalid, match="chmod 600"):
        use()
