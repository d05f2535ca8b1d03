"""One-time codes beside a password."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyotp
import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from jams.database import Database, open_database, tables
from jams.database import accounts as rows
from jams.objects.errors import CodeRequired, ConfigurationInvalid, InvalidArgument, Unauthenticated
from jams.security.account_changes import AccountAdministration
from jams.security.accounts import Accounts
from jams.security.caller import Credentials
from jams.security.lockout import WRONG_CODES
from jams.security.one_time_codes import OneTimeCodes
from jams.security.passwords import Passwords
from jams.security.resealing import prove, reseal
from jams.security.throttle import Throttle
from jams.security.vault import Vault

PASSWORD = "correct horse"
NOON = 1_800_000_000


class Place:
    """Accounts with a clock that stands still, and an authenticator of Anna's."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self.database = database
        self.time = NOON
        self.codes = OneTimeCodes(
            vault, issuer="JAMS here", now=lambda: datetime.fromtimestamp(self.time, UTC)
        )
        self.accounts = Accounts(
            database,
            passwords=Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)),
            throttle=Throttle(free=1000, free_of_place=1000),
            codes=self.codes,
        )
        self.accounts.beside.create("Anna", PASSWORD)
        self.secret = ""
        self.recovery: list[str] = []

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.time, UTC)

    @property
    def administration(self) -> AccountAdministration:
        return self.accounts.administration

    def begin(self) -> None:
        begun = self.database.write(lambda c: self.administration.begin_codes(c, rows.get(c, name="Anna")))
        self.secret = begun.secret
        self.accounts.forget()

    def confirm(self, code: str) -> None:
        self.recovery = self.database.write(
            lambda c: self.administration.confirm_codes(c, rows.get(c, name="Anna"), code)
        ).codes
        self.accounts.forget()

    def code(self, ahead: int = 0) -> str:
        return pyotp.TOTP(self.secret).at(self.time + ahead)

    def log_in(self, code: str | None = None, password: str = PASSWORD) -> Any:
        return self.accounts.log_in("Anna", password, code=code)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    database = open_database(tmp_path / "JAMS.db")
    yield Place(database, Vault(tmp_path / "secret.key"))
    database.close()


@pytest.fixture
def enrolled(place: Place) -> Place:
    place.begin()
    place.confirm(place.code())
    place.time += 60
    return place


def test_codes_count_from_the_first_one_that_was_shown_on(place: Place) -> None:
    place.begin()
    assert place.log_in().access_token
    with pytest.raises(InvalidArgument):
        place.confirm("000000" if place.code() != "000000" else "000001")
    place.confirm(place.code())
    with pytest.raises(CodeRequired):
        place.log_in()
    place.time += 30
    assert place.log_in(place.code()).access_token


def test_the_address_for_authenticators_is_read_by_one(place: Place) -> None:
    begun = place.database.write(lambda c: place.administration.begin_codes(c, rows.get(c, name="Anna")))
    read = pyotp.parse_uri(begun.uri)
    assert (read.secret, read.name, read.issuer) == (begun.secret, "Anna", "JAMS here")


def test_the_code_stands_behind_the_password_where_a_door_has_no_place_for_it(enrolled: Place) -> None:
    shown = Credentials(username="Anna", password=PASSWORD + enrolled.code())
    assert enrolled.accounts.authenticate(shown, "REST").account == "Anna"
    with pytest.raises(Unauthenticated):
        enrolled.accounts.authenticate(shown, "REST")


def test_who_has_waited_shows_no_other_code(enrolled: Place) -> None:
    shown = Credentials(username="Anna", password=PASSWORD + enrolled.code())
    caller = enrolled.accounts.authenticate(shown, "REST")
    assert enrolled.accounts.looked_at_again(caller, shown) == caller


def test_a_code_is_taken_once_and_none_before_it_afterwards(enrolled: Place) -> None:
    early, now = enrolled.code(-30), enrolled.code()
    enrolled.log_in(now)
    for replayed in (now, early):
        with pytest.raises(Unauthenticated, match="used before"):
            enrolled.log_in(replayed)
    enrolled.time += 30
    assert enrolled.log_in(enrolled.code()).access_token


@pytest.mark.parametrize(("ahead", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_wrong_by_one_code(enrolled: Place, ahead: int, taken: bool) -> None:
    enrolled.time += 300
    if taken:
        assert enrolled.log_in(enrolled.code(ahead)).access_token
    else:
        with pytest.raises(Unauthenticated):
            enrolled.log_in(enrolled.code(ahead))


def test_a_wrong_password_says_nothing_of_codes(enrolled: Place) -> None:
    for code in (None, enrolled.code()):
        with pytest.raises(Unauthenticated) as caught:
            enrolled.log_in(code, password="wrong horse")
        assert not isinstance(caught.value, CodeRequired) and "code" not in caught.value.message


def test_too_many_wrong_codes_lock_the_codes_for_a_time(enrolled: Place) -> None:
    wrong = "000000" if enrolled.code() != "000000" else "000001"
    for _ in range(WRONG_CODES):
        with pytest.raises(Unauthenticated):
            enrolled.log_in(wrong)
    with pytest.raises(Unauthenticated):
        enrolled.log_in(enrolled.code())
    enrolled.accounts.beside.unlock("Anna")
    assert enrolled.log_in(enrolled.code()).access_token


def test_a_recovery_code_stands_for_a_code_once(enrolled: Place) -> None:
    first, second = enrolled.recovery[:2]
    assert enrolled.log_in(first.upper()).access_token
    with pytest.raises(Unauthenticated):
        enrolled.log_in(first)
    assert enrolled.log_in(second).access_token
    with enrolled.database.read() as c:
        kept = list(c.scalars(select(tables.recovery_code.c.digest)))
    assert len(kept) == len(enrolled.recovery) - 2
    assert not set(kept) & set(enrolled.recovery)


def test_the_secret_lies_sealed_and_is_opened_by_the_keys_of_the_server_alone(
    enrolled: Place, tmp_path: Path
) -> None:
    with enrolled.database.read() as c:
        sealed = c.scalar(select(tables.account.c.code_secret).where(tables.account.c.name == "Anna"))
    assert sealed and enrolled.secret not in sealed
    vault = Vault(tmp_path / "secret.key")
    assert prove(enrolled.database, vault.keys(), vault.path).unopened == []
    assert reseal(enrolled.database, vault).unopened == []
    enrolled.accounts.forget()
    assert enrolled.log_in(enrolled.code()).access_token


def test_an_administrator_takes_the_codes_of_a_lost_authenticator_away(enrolled: Place) -> None:
    enrolled.accounts.beside.remove_codes("Anna")
    assert enrolled.log_in().access_token


def test_without_a_key_there_are_no_codes(place: Place) -> None:
    bare = Accounts(place.database)
    with pytest.raises(ConfigurationInvalid):
        bare.administration.prepare_codes()
