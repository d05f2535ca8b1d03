from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from jams.database import open_database
from jams.objects.errors import ConfigurationInvalid, CredentialNotFound, InvalidArgument, InvalidName
from jams.security.credentials import CredentialStore, Logon
from jams.security.vault import Vault

pytestmark = pytest.mark.unit

SECRET = "p\u00e4ssw\u00f6rd \u20ac 1"


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "secret.key")


def test_a_secret_comes_back_and_lies_sealed(vault: Vault, tmp_path: Path) -> None:
    sealed = vault.seal(SECRET, "test")
    assert SECRET not in sealed and vault.seal(SECRET, "test") != sealed
    assert Vault(tmp_path / "secret.key").open(sealed, "test") == SECRET
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["secret.key"]


def test_a_sealed_secret_opens_for_its_purpose_alone(vault: Vault) -> None:
    sealed = vault.seal(SECRET, "one")
    with pytest.raises(ConfigurationInvalid, match="moved"):
        vault.open(sealed, "another")


@pytest.mark.parametrize("position", [12, 20, 30])
def test_a_changed_text_does_not_open(vault: Vault, position: int) -> None:
    sealed = vault.seal(SECRET, "test")
    changed = sealed[:position] + ("A" if sealed[position] != "A" else "B") + sealed[position + 1 :]
    with pytest.raises(ConfigurationInvalid, match="set it again"):
        vault.open(changed, "test")


@pytest.mark.parametrize("text", ["", "1", "1:x", "2:x:AAAA", "plain text"])
def test_a_text_that_was_never_sealed_does_not_open(vault: Vault, text: str) -> None:
    vault.seal("x", "test")
    with pytest.raises(ConfigurationInvalid):
        vault.open(text, "test")


def test_another_key_is_told_from_damage(vault: Vault, tmp_path: Path) -> None:
    sealed = vault.seal(SECRET, "test")
    (tmp_path / "secret.key").unlink()
    with pytest.raises(ConfigurationInvalid, match="lacks the key"):
        vault.open(sealed, "test")
    vault.seal("something else", "test")
    with pytest.raises(ConfigurationInvalid, match="lacks the key"):
        vault.open(sealed, "test")


def test_a_second_key_seals_and_the_first_still_opens(vault: Vault, tmp_path: Path) -> None:
    old = vault.seal("old", "test")
    other = Vault(tmp_path / "other.key")
    other.seal("", "test")
    with (tmp_path / "secret.key").open("a") as file:
        file.write((tmp_path / "other.key").read_text())
    new = vault.seal("new", "test")
    assert (vault.open(old, "test"), vault.open(new, "test")) == ("old", "new")
    assert other.open(new, "test") == "new"


def test_many_first_uses_make_one_key(tmp_path: Path) -> None:
    sealed: list[str] = []
    start = threading.Barrier(8)

    def first_use() -> None:
        start.wait()
        sealed.append(Vault(tmp_path / "secret.key").seal("x", "test"))

    threads = [threading.Thread(target=first_use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [Vault(tmp_path / "secret.key").open(each, "test") for each in sealed] == ["x"] * 8


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_a_key_that_others_can_read_is_refused(vault: Vault, tmp_path: Path) -> None:
    sealed = vault.seal(SECRET, "test")
    (tmp_path / "secret.key").chmod(0o644)
    with pytest.raises(ConfigurationInvalid, match="chmod 600"):
        vault.open(sealed, "test")


@pytest.mark.parametrize("content", ["x", "name AAAA", "a b c", "\u00e4 \u00e4"])
def test_a_file_without_keys_is_refused(vault: Vault, tmp_path: Path, content: str) -> None:
    (tmp_path / "secret.key").write_text(content, "utf-8")
    (tmp_path / "secret.key").chmod(0o600)
    with pytest.raises(ConfigurationInvalid, match="does not hold keys"):
        vault.seal(SECRET, "test")


def test_credentials_are_kept_sealed_and_replaced(tmp_path: Path, vault: Vault) -> None:
    database = open_database(tmp_path / "JAMS.db")
    try:
        store = CredentialStore(database, vault)
        assert store.put("Windows", user_name=r"CORP\svc", password="first", by="anna")
        assert not store.put("WINDOWS", user_name=r"CORP\svc2", password=SECRET, by="bert")
        (shown,) = store.all_credentials()
        assert (shown.name, shown.user, shown.changed_by) == ("WINDOWS", r"CORP\svc2", "bert")
        with database.read() as c:
            logon = store.logon(c, "windows")
            assert logon == Logon(r"CORP\svc2", SECRET) and SECRET not in repr(logon)
        for file in tmp_path.iterdir():
            assert SECRET.encode() not in file.read_bytes()
        store.delete("Windows")
        with pytest.raises(CredentialNotFound):
            store.delete("Windows")
        with database.read() as c, pytest.raises(CredentialNotFound):
            store.logon(c, "Windows")
    finally:
        database.close()


@pytest.mark.parametrize(
    ("name", "user", "password", "error"),
    [
        ("a*b", "u", "p", InvalidName),
        ("", "u", "p", InvalidName),
        ("a", "", "p", InvalidArgument),
        ("a", "u", "", InvalidArgument),
        ("a", "u", "two\nlines", InvalidArgument),
        ("a", "u", "x" * 1025, InvalidArgument),
    ],
)
def test_what_is_no_credential_is_refused(
    tmp_path: Path, vault: Vault, name: str, user: str, password: str, error: type[Exception]
) -> None:
    database = open_database(tmp_path / "JAMS.db")
    try:
        store = CredentialStore(database, vault)
        with pytest.raises(error) as caught:
            store.put(name, user_name=user, password=password, by="anna")
        assert len(password) < 2 or password not in str(caught.value)
        assert store.all_credentials() == []
    finally:
        database.close()
