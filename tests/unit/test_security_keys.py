from __future__ import annotations

import os
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Connection, select, update

from jams.database import Database, open_database, sealed, tables
from jams.objects.errors import AlreadyExists, ConfigurationInvalid, Conflict, InvalidArgument
from jams.security import keyfiles, keys, resealing, sealing
from jams.security.credentials import CredentialStore
from jams.security.vault import Vault
from jams.security.wrapping import KeyCommand, Passphrase, PassphraseFile, SystemKeyring, Wrapping

pytestmark = pytest.mark.unit

T = TypeVar("T")
PASSPHRASE = "correct horse battery"


@pytest.fixture
def database(place: Path | str) -> Iterator[Database]:
    opened = open_database(place)
    yield opened
    opened.close()


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "secret.key")


def store(database: Database, vault: Vault, number: int, first: int = 0) -> CredentialStore:
    found = CredentialStore(database, vault)
    for n in range(first, first + number):
        found.put(f"C{n}", user_name=f"user{n}", password=f"password {n}", by="anna")
    return found


def passwords(database: Database, credentials: CredentialStore, number: int) -> list[str]:
    with database.read() as c:
        return [credentials.logon(c, f"C{n}").password for n in range(number)]


def expected(number: int) -> list[str]:
    return [f"password {n}" for n in range(number)]


def test_a_new_key_seals_everything_and_the_old_one_is_given_up(database: Database, vault: Vault) -> None:
    number = resealing.PIECE + 7
    credentials = store(database, vault, number)
    (old,) = vault.keys()
    of_rows = select(tables.credential.c.version, tables.credential.c.changed).order_by(
        tables.credential.c.id
    )
    with database.read() as c:
        before = c.execute(of_rows).all()
    told: list[tuple[int, int]] = []
    done = keys.generate(database, vault, tell=lambda now, total: told.append((now, total)))
    assert (done.changed, done.unopened, done.given_up, done.kept) == (number, [], [old], [])
    assert list(vault.keys()) == [done.key] and done.key != old
    assert passwords(database, credentials, number) == expected(number)
    with database.read() as c:
        assert sealed.count(c, sealed.CREDENTIAL, but=sealing.under(done.key)) == 0
        assert c.execute(of_rows).all() == before
    assert told[0] == (resealing.PIECE, number) and (number, number) in told


def test_an_older_key_stays_if_asked_to(database: Database, vault: Vault) -> None:
    store(database, vault, 1)
    (old,) = vault.keys()
    done = keys.generate(database, vault, keep=True)
    assert (done.given_up, done.kept) == ([], [old]) and list(vault.keys()) == [old, done.key]
    assert keys.generate(database, vault).given_up == [old, done.key]


def test_the_first_key_may_be_made_before_there_is_a_secret(database: Database, vault: Vault) -> None:
    done = keys.generate(database, vault)
    assert list(vault.keys()) == [done.key] and done.changed == 0


def test_what_cannot_be_opened_stays_and_keeps_its_key(database: Database, vault: Vault) -> None:
    credentials = store(database, vault, 3)
    (old,) = vault.keys()
    damage(database, "C1")
    done = keys.generate(database, vault)
    assert [(each.noun, each.name, each.key) for each in done.unopened] == [("credential", "C1", old)]
    assert done.changed == 2 and done.kept == [old] and list(vault.keys()) == [old, done.key]
    with database.read() as c:
        assert credentials.logon(c, "C2").password == "password 2"
        with pytest.raises(ConfigurationInvalid, match="set it again"):
            credentials.logon(c, "C1")
    credentials.put("C1", user_name="u", password="password 1", by="anna")
    assert keys.generate(database, vault).given_up == [old, done.key]


def damage(database: Database, name: str) -> None:
    table = tables.credential

    def work(c: object) -> None:
        text = c.scalar(select(table.c.secret).where(table.c.name == name))  # type: ignore[attr-defined]
        broken = text[:-6] + ("A" if text[-6] != "A" else "B") + text[-5:]
        c.execute(update(table).where(table.c.name == name).values(secret=broken))  # type: ignore[attr-defined]

    database.write(work)


def test_secrets_that_are_set_meanwhile_are_not_lost(database: Database, vault: Vault) -> None:
    """Others set secrets all the while; each has at the end what was set last, under the last key."""
    number = 40
    credentials = store(database, vault, number)
    over = threading.Event()
    last: dict[int, str] = {}

    def others() -> None:
        turn = 0
        while not over.is_set():
            turn += 1
            n = turn % number
            last[n] = f"turn {turn}"
            credentials.put(f"C{n}", user_name="u", password=last[n], by="bert")

    thread = threading.Thread(target=others)
    thread.start()
    try:
        for _ in range(5):
            keys.generate(database, vault)
    finally:
        over.set()
        thread.join()
    assert keys.prove(database, vault).unopened == []
    wanted = [last.get(n, f"password {n}") for n in range(number)]
    assert passwords(database, credentials, number) == wanted


def test_a_secret_that_changes_under_the_hands_is_not_replaced(database: Database, vault: Vault) -> None:
    credentials = store(database, vault, 2)
    with database.read() as c:
        rows = sealed.after(c, sealed.CREDENTIAL, -1, 10)
    credentials.put("C0", user_name="u", password="newer", by="bert")
    changes = [(row, f"1:x:{row.name}") for row in rows]
    assert database.write(lambda c: sealed.replace(c, sealed.CREDENTIAL, changes)) == 1
    with database.read() as c:
        assert credentials.logon(c, "C0").password == "newer"


def test_two_who_change_keys_at_once(database: Database, vault: Vault) -> None:
    credentials = store(database, vault, 30)
    threads = [threading.Thread(target=keys.generate, args=(database, vault)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert passwords(database, credentials, 30) == expected(30)
    resealing.reseal(database, vault)
    assert len(vault.keys()) == 1 and passwords(database, credentials, 30) == expected(30)


def test_nothing_is_sealed_under_a_key_that_another_gave_up_meanwhile(
    database: Database, vault: Vault
) -> None:
    credentials = store(database, vault, 3)
    (old,) = vault.keys()

    class Overtaken:
        """Before the first piece is stored, another makes a newer key and finds nothing under this one."""

        read = staticmethod(database.read)
        is_first = True

        def write(self, work: Callable[[Connection], T]) -> T:
            if self.is_first:
                self.is_first = False
                newer = dict([keyfiles.new_key()])
                vault.change(lambda known: {old: known[old], **newer})
            return database.write(work)

    done = keys.generate(Overtaken(), vault)
    assert (done.changed, done.unopened, done.given_up) == (3, [], [old])
    assert passwords(database, credentials, 3) == expected(3)
    assert list(vault.keys()) == [done.key]


def test_what_a_killed_process_has_left_is_cleared_away(database: Database, vault: Vault) -> None:
    store(database, vault, 1)
    for name in (".secret.key.abc", ".first.secret.key.abc"):
        vault.path.with_name(name).write_text("remains")
    keys.generate(database, vault)
    names = {path.name for path in vault.path.parent.iterdir() if "secret" in path.name}
    assert names == {"secret.key", "secret.key.lock"}


def test_a_protected_server_is_restored_elsewhere(database: Database, vault: Vault, tmp_path: Path) -> None:
    credentials = store(database, vault, 5)
    keys.generate(database, vault)
    file = tmp_path / "exported.key"
    (name,) = keys.export(vault, file, PASSPHRASE)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 or os.name != "posix"
    for key in vault.keys().values():
        assert key not in file.read_bytes() and keyfiles.written({name: key}, None) not in file.read_bytes()
    other = Vault(tmp_path / "other.key")
    with pytest.raises(ConfigurationInvalid, match="passphrase is another"):
        keys.read_exported(file, "a wrong passphrase")
    found = keys.read_exported(file, PASSPHRASE)
    done = keys.import_keys(database, other, found, encrypt=False)
    assert done.key == name and done.resealed is None
    assert keys.prove(database, other).unopened == []
    assert passwords(database, CredentialStore(database, other), 5) == expected(5)
    assert passwords(database, credentials, 5) == expected(5)  # both servers of a failover pair


def test_an_imported_key_seals_everything(database: Database, vault: Vault, tmp_path: Path) -> None:
    credentials = store(database, vault, 5)
    (old,) = vault.keys()
    name, key = keyfiles.new_key()
    done = keys.import_keys(database, vault, {name: key})
    assert done.resealed is not None and done.resealed.given_up == [old]
    assert list(vault.keys()) == [name] and passwords(database, credentials, 5) == expected(5)


@pytest.mark.parametrize("encrypt", [True, False])
def test_a_key_that_cannot_do_what_is_asked_changes_nothing(
    database: Database, vault: Vault, tmp_path: Path, encrypt: bool
) -> None:
    store(database, vault, 3)
    (needed,) = vault.keys()
    other = Vault(tmp_path / "other.key")
    with pytest.raises(Conflict, match=needed):
        keys.import_keys(database, other, dict([keyfiles.new_key()]), encrypt=encrypt)
    assert not other.path.exists()


def test_keys_are_exported_with_care(database: Database, vault: Vault, tmp_path: Path) -> None:
    file = tmp_path / "exported.key"
    with pytest.raises(ConfigurationInvalid, match="GENERATE KEY"):
        keys.export(vault, file, None)
    store(database, vault, 1)
    with pytest.raises(ConfigurationInvalid, match="at least"):
        keys.export(vault, file, "short")
    with pytest.raises(InvalidArgument, match="key file itself"):
        keys.export(vault, vault.path, None, replace=True)
    assert not file.exists()
    keys.export(vault, file, None)
    assert keys.read_exported(file, None) == vault.keys()
    with pytest.raises(AlreadyExists):
        keys.export(vault, file, PASSPHRASE)
    keys.export(vault, file, PASSPHRASE, replace=True)
    with pytest.raises(ConfigurationInvalid, match="missing"):
        keys.read_exported(file, None)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "x",
        "a b",
        "wrapped:1:passphrase",
        "wrapped:1:passphrase:99-8-1:AAAA:AAAA",
        "wrapped:1:kms:-:AA==:AA==",
    ],
)
def test_what_is_no_exported_key_is_told_in_a_sentence(tmp_path: Path, content: str) -> None:
    file = tmp_path / "exported.key"
    file.write_text(content)
    with pytest.raises(ConfigurationInvalid, match="exported"):
        keys.read_exported(file, PASSPHRASE)


@pytest.mark.parametrize("position", [12, 25, 31, 60, 90, 130])
def test_a_damaged_file_is_not_unwrapped(tmp_path: Path, position: int) -> None:
    text = keyfiles.written(dict([keyfiles.new_key()]), Passphrase(PASSPHRASE))
    letter = b"2" if text[position : position + 1] != b"2" else b"3"
    broken = text[:position] + letter + text[position + 1 :]
    with pytest.raises((ConfigurationInvalid, ValueError)):
        keyfiles.read(broken, lambda kind: Passphrase(PASSPHRASE))


@pytest.fixture
def rack(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    keyring = pytest.importorskip("keyring", reason="the package keyring is not installed")
    from keyring.backend import KeyringBackend

    kept: dict[tuple[str, str], str] = {}

    class Rack(KeyringBackend):
        priority = 1.0  # type: ignore[assignment]

        def get_password(self, service: str, username: str) -> str | None:
            return kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            kept[service, username] = password

    before = keyring.get_keyring()
    keyring.set_keyring(Rack())
    monkeypatch.setattr(keyring, "load_config", lambda: None, raising=False)
    yield kept  # type: ignore[misc]
    keyring.set_keyring(before)


def _command(text: str) -> str:
    return f"{sys.executable} -c \"print('{text}')\""


def _wrappings(tmp_path: Path, kind: str, secret: str) -> dict[str, Wrapping]:
    if kind == "passphrase":
        file = tmp_path / "passphrase"
        file.write_text(f"{secret}\n")
        file.chmod(0o600)
        return {kind: PassphraseFile(file)}
    if kind == "command":
        return {kind: KeyCommand(_command(secret))}
    return {kind: SystemKeyring(secret)}


@pytest.mark.parametrize("kind", ["passphrase", "command", "keyring"])
def test_the_key_file_is_wrapped_as_told(
    database: Database, tmp_path: Path, kind: str, rack: dict[tuple[str, str], str]
) -> None:
    path = tmp_path / "secret.key"
    plain = Vault(path)
    credentials = store(database, plain, 3)
    clear = path.read_bytes()

    def vault(secret: str = "what wraps the keys") -> Vault:
        return Vault(path, wrapped=kind, wrappings=_wrappings(tmp_path, kind, secret))

    assert not vault().is_kept_as_told()
    vault().change(lambda known: known)
    assert vault().is_kept_as_told() and path.read_bytes().startswith(f"wrapped:1:{kind}:".encode())
    assert clear.split()[1] not in path.read_bytes()
    keys.generate(database, vault())
    assert passwords(database, CredentialStore(database, vault()), 3) == expected(3)
    with pytest.raises(ConfigurationInvalid, match="does not say how"), database.read() as c:
        credentials.logon(c, "C0")
    with pytest.raises(ConfigurationInvalid):
        vault("another one that wraps").keys()
    before = path.read_bytes()
    with pytest.raises(ConfigurationInvalid):
        keys.generate(database, vault("another one that wraps"))
    assert path.read_bytes() == before
    back = Vault(path, wrappings=_wrappings(tmp_path, kind, "what wraps the keys"))
    back.change(lambda known: known)
    assert passwords(database, CredentialStore(database, Vault(path)), 3) == expected(3)


def test_the_first_key_is_wrapped_too(tmp_path: Path) -> None:
    vault = Vault(
        tmp_path / "secret.key",
        wrapped="passphrase",
        wrappings=_wrappings(tmp_path, "passphrase", "what wraps the keys"),
    )
    text = vault.seal("x", "test")
    assert vault.open(text, "test") == "x" and vault.path.read_bytes().startswith(b"wrapped:1:")


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("/no/such/program", "cannot be run"),
        (f"{sys.executable} -c 'raise SystemExit(3)'", "ended with 3"),
        (f"{sys.executable} -c 'print(1)'", "fewer than"),
        ('unclosed "', "cannot be run"),
    ],
)
def test_a_command_that_gives_no_key_is_told(tmp_path: Path, command: str, told: str) -> None:
    vault = Vault(tmp_path / "secret.key", wrapped="command", wrappings={"command": KeyCommand(command)})
    with pytest.raises(ConfigurationInvalid, match=told):
        vault.seal("x", "test")
    assert not vault.path.exists()


def test_a_keyring_that_has_lost_the_secret_is_told(tmp_path: Path, rack: dict[tuple[str, str], str]) -> None:
    def vault() -> Vault:
        return Vault(
            tmp_path / "secret.key", wrapped="keyring", wrappings={"keyring": SystemKeyring("/srv/jams")}
        )

    text = vault().seal("x", "test")
    assert list(rack) == [("JAMS", "/srv/jams")] and vault().open(text, "test") == "x"
    rack.clear()
    with pytest.raises(ConfigurationInvalid, match="holds nothing"):
        vault().open(text, "test")
    assert not rack


def test_every_column_of_secrets_is_known() -> None:
    known = {(place.table.name, place.secret.name) for place in sealed.PLACES}
    found = {
        (table.name, column.name)
        for table in tables.metadata.tables.values()
        for column in table.columns
        if column.name in ("secret", "sealed", "private_key", "code_secret")
    }
    assert known == found


def test_a_secret_copied_to_another_row_does_not_open(database: Database, vault: Vault) -> None:
    credentials = store(database, vault, 2)
    table = tables.credential

    def copy(c: object) -> None:
        text = c.scalar(select(table.c.secret).where(table.c.name == "C0"))  # type: ignore[attr-defined]
        c.execute(update(table).where(table.c.name == "C1").values(secret=text))  # type: ignore[attr-defined]

    database.write(copy)
    with database.read() as c, pytest.raises(ConfigurationInvalid, match="moved"):
        credentials.logon(c, "C1")
    (unopened,) = keys.prove(database, vault).unopened
    assert unopened.name == "C1" and sealing.key_of("plain text") == ""
