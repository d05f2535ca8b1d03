from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from jams.database import access, open_database
from jams.database import accounts as account_rows
from jams.objects.errors import (
    AlreadyExists,
    InvalidArgument,
    InvalidName,
    NotFound,
    PasswordRefused,
    TooManyAttempts,
    Unauthenticated,
)
from jams.security import tokens
from jams.security.access import ALL_RIGHTS, AREAS, effective_rights
from jams.security.accounts import Accounts
from jams.security.bootstrap import bootstrap, local_token
from jams.security.caller import Credentials
from jams.security.passwords import Passwords
from jams.security.rights import AccessControl, FolderDefinitions, JobDefinitions, Monitor, ServerAccess
from jams.security.throttle import Throttle

LIFE = timedelta(hours=1)
pytestmark = pytest.mark.integration

PASSWORD = "correct horse"


class CountingHasher(PasswordHasher):
    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.verified = 0

    def verify(self, hash, password):
        self.verified += 1
        return super().verify(hash, password)


@pytest.fixture
def database(tmp_path):
    opened = open_database(tmp_path / "JAMS.db")
    yield opened
    opened.close()


@pytest.fixture
def hasher():
    return CountingHasher()


@pytest.fixture
def accounts(database, hasher):
    passwords = Passwords(hasher)
    bootstrap(database, "Administrator", passwords)
    made = Accounts(database, passwords=passwords, throttle=Throttle(free=3))
    made.beside.create("Anna", PASSWORD, groups=["Submitters"])
    return made


def basic(name: str, password: str) -> Credentials:
    return Credentials(username=name, password=password)


def bearer(token: str) -> Credentials:
    return Credentials(token=token)


def test_an_administrator_has_the_password_that_is_given_or_is_not_made(database, hasher):
    passwords = Passwords(hasher)
    with pytest.raises(PasswordRefused):
        bootstrap(database, "Root", passwords, "short")
    assert bootstrap(database, "Root", passwords, PASSWORD) is not None
    assert Accounts(database, passwords=passwords).authenticate(basic("Root", PASSWORD), "REST")


def test_the_first_start_makes_an_administrator_once(database, hasher):
    passwords = Passwords(hasher)
    first = bootstrap(database, "Root", passwords)
    assert first is not None and first.administrator == "Root"
    assert first.password not in repr(first)
    assert bootstrap(database, "Root", passwords) is None
    accounts = Accounts(database, passwords=passwords)
    caller = accounts.authenticate(basic("root", first.password), "REST")
    assert caller.account == "Root" and caller.door == "REST"
    assert caller.may(AccessControl.CHANGE)


def test_a_name_with_its_password_is_a_caller_with_the_rights_of_its_groups(accounts):
    caller = accounts.authenticate(basic("ANNA", PASSWORD), "SOAP")
    assert (caller.account, caller.groups, caller.door) == ("Anna", {"Submitters"}, "SOAP")
    assert caller.may(Monitor.EXECUTE) and not caller.may(JobDefinitions.ADD)


def test_basic_on_every_request_costs_one_check(accounts, hasher):
    for _ in range(20):
        accounts.authenticate(basic("Anna", PASSWORD), "REST")
    assert hasher.verified == 1


def test_unknown_names_and_wrong_passwords_are_refused_alike_and_at_the_same_cost(accounts, hasher):
    with pytest.raises(Unauthenticated) as unknown:
        accounts.authenticate(basic("Nobody", PASSWORD), "REST")
    with pytest.raises(Unauthenticated) as wrong:
        accounts.authenticate(basic("Anna", "wrong horse"), "REST")
    assert unknown.value.message == wrong.value.message
    assert hasher.verified == 2


def test_half_a_character_is_just_wrong(accounts):
    for name, password in (("\ud800", PASSWORD), ("Anna", "\ud800" * 9)):
        with pytest.raises(Unauthenticated, match="wrong"):
            accounts.log_in(name, password)


def test_guessing_is_slowed_down_even_for_names_that_do_not_exist(accounts):
    for name in ("Anna", "Nobody"):
        for _ in range(4):
            with pytest.raises(Unauthenticated, match="wrong"):
                accounts.authenticate(basic(name, "wrong horse"), "REST")
        with pytest.raises(TooManyAttempts, match="try again in 1 seconds"):
            accounts.authenticate(basic(name, PASSWORD), "REST")


def test_whoever_was_let_in_lately_is_not_locked_out_by_a_guesser(accounts):
    accounts.authenticate(basic("Anna", PASSWORD), "REST")
    for _ in range(4):
        with pytest.raises(Unauthenticated):
            accounts.authenticate(basic("Anna", "wrong horse"), "REST")
    with pytest.raises(TooManyAttempts):
        accounts.authenticate(basic("Anna", "wrong horse"), "REST")
    assert accounts.authenticate(basic("Anna", PASSWORD), "REST").account == "Anna"


def test_a_name_that_is_attacked_is_let_in_from_elsewhere_and_by_its_token(accounts, hasher):
    token = accounts.log_in("anna", PASSWORD, origin="10.0.0.1").access_token
    for _ in range(4):
        with pytest.raises(Unauthenticated):
            accounts.log_in("anna", "wrong horse", origin="10.6.6.6")
    tried = hasher.verified
    for password in (PASSWORD + "?", "wrong horse"):
        with pytest.raises(TooManyAttempts):
            accounts.log_in("anna", password, origin="10.6.6.6")
    assert hasher.verified == tried
    assert accounts.log_in("anna", PASSWORD, origin="10.0.0.2").access_token
    assert accounts.authenticate(Credentials(token=token, origin="10.6.6.6"), "REST").account == "Anna"


def test_many_names_from_one_place_are_refused_before_they_are_looked_up(accounts, hasher, monkeypatch):
    accounts.log_in("anna", PASSWORD, origin="2001:db8::1")
    refused = 0
    for number in range(40):
        try:
            accounts.log_in(f"made-up-{number}", "guess at it", origin=f"2001:db8::{number:x}")
        except TooManyAttempts as error:
            assert 1 <= int(error.details["retryAfter"]) <= 60
            refused += 1
        except Unauthenticated:
            pass
    assert hasher.verified == 1 + 40 - refused and refused >= 20

    def read():
        raise AssertionError("looked up")

    with monkeypatch.context() as patched:
        patched.setattr(accounts._database, "read", read)
        with pytest.raises(TooManyAttempts):
            accounts.log_in("another", "guess at it", origin="2001:db8::77")
    assert accounts.log_in("anna", PASSWORD, origin="2001:db8::1").access_token, "she is known there"
    assert accounts.log_in("anna", PASSWORD, origin="2001:db8:0:1::1").access_token


def test_another_password_ends_the_waiting(accounts):
    for _ in range(4):
        with pytest.raises(Unauthenticated):
            accounts.log_in("anna", "wrong horse", origin="10.6.6.6")
    accounts.beside.set_password("Anna", "another horse")
    assert accounts.log_in("anna", "another horse", origin="10.6.6.6").access_token


def test_a_made_up_refresh_token_writes_nothing_and_makes_nobody_unknown(accounts, monkeypatch):
    accounts.authenticate(basic("Anna", PASSWORD), "REST")
    generation = accounts._callers._known.generation
    with monkeypatch.context() as patched:
        patched.setattr(accounts._database, "write", lambda work: pytest.fail("written"))
        with pytest.raises(Unauthenticated):
            accounts.refresh("made up")
    assert accounts._callers._known.generation == generation


def test_a_login_gives_a_token_that_ends_with_the_logout(accounts):
    token = accounts.log_in("anna", PASSWORD)
    assert token.expires_in == "43200" and token.token_type == "Bearer"
    assert accounts.authenticate(bearer(token.access_token), "REST").account == "Anna"
    assert accounts.log_out("Anna") == 1
    for held in (token.access_token, token.refresh_token):
        with pytest.raises(Unauthenticated):
            accounts.authenticate(bearer(held), "REST")
    with pytest.raises(Unauthenticated):
        accounts.refresh(token.refresh_token)
    assert accounts.log_out("Anna") == 0


def test_a_logout_ends_its_own_login_and_all_on_request(accounts):
    here, there = (accounts.log_in("anna", PASSWORD) for _ in range(2))
    renewed = accounts.refresh(here.refresh_token)
    caller = accounts.authenticate(bearer(renewed.access_token), "REST")
    assert caller.login == accounts.authenticate(bearer(here.access_token), "REST").login
    assert accounts.authenticate(basic("Anna", PASSWORD), "REST").login is None
    assert accounts.log_out("Anna", caller.login) == 1
    for token in (here, renewed):
        with pytest.raises(Unauthenticated):
            accounts.authenticate(bearer(token.access_token), "REST")
    assert accounts.authenticate(bearer(there.access_token), "REST").account == "Anna"
    last = accounts.log_in("anna", PASSWORD)
    assert accounts.log_out("Anna") == 2
    for token in (there, last):
        with pytest.raises(Unauthenticated):
            accounts.refresh(token.refresh_token)


def test_a_token_runs_out(database, hasher):
    accounts = Accounts(database, passwords=Passwords(hasher), token_life=timedelta(microseconds=1))
    accounts.beside.create("Anna", PASSWORD)
    token = accounts.log_in("Anna", PASSWORD)
    with pytest.raises(Unauthenticated):
        accounts.authenticate(bearer(token.access_token), "REST")


def test_a_refresh_token_is_no_access_token(accounts):
    token = accounts.log_in("Anna", PASSWORD)
    with pytest.raises(Unauthenticated):
        accounts.authenticate(bearer(token.refresh_token), "REST")
    with pytest.raises(Unauthenticated):
        accounts.refresh(token.access_token)


def test_refresh_rotates_and_a_second_use_ends_the_whole_login(accounts):
    other = accounts.log_in("Anna", PASSWORD)
    first = accounts.log_in("Anna", PASSWORD)
    second = accounts.refresh(first.refresh_token)
    assert len({first.access_token, second.access_token, first.refresh_token, second.refresh_token}) == 4
    assert accounts.authenticate(bearer(second.access_token), "REST").account == "Anna"
    with pytest.raises(Unauthenticated):
        accounts.refresh(first.refresh_token)
    for ended in (first.access_token, second.access_token):
        with pytest.raises(Unauthenticated):
            accounts.authenticate(bearer(ended), "REST")
    with pytest.raises(Unauthenticated):
        accounts.refresh(second.refresh_token)
    assert accounts.authenticate(bearer(other.access_token), "REST").account == "Anna"


def test_disabling_acts_at_once(accounts):
    token = accounts.log_in("Anna", PASSWORD)
    accounts.authenticate(bearer(token.access_token), "REST")
    accounts.authenticate(basic("Anna", PASSWORD), "REST")
    accounts.beside.set_enabled("Anna", False)
    for shown in (bearer(token.access_token), basic("Anna", PASSWORD)):
        with pytest.raises(Unauthenticated):
            accounts.authenticate(shown, "REST")
    accounts.beside.set_enabled("Anna", True)
    assert accounts.authenticate(basic("Anna", PASSWORD), "REST").account == "Anna"


def test_other_groups_mean_other_rights_at_once(accounts):
    token = bearer(accounts.log_in("Anna", PASSWORD).access_token)
    assert accounts.authenticate(token, "REST").may(Monitor.EXECUTE)
    accounts.beside.set_groups("Anna", ["Inquirers"])
    assert not accounts.authenticate(token, "REST").may(Monitor.EXECUTE)
    accounts.beside.set_groups("Anna", [])
    caller = accounts.authenticate(token, "REST")
    assert caller.rights == set(ServerAccess)


def test_the_delivered_groups_may_what_is_recommended_for_them(database, accounts):
    with database.read() as c:
        lines = access.all_rules(c)
    assert {line.area for line in lines} == {next(iter(area)).area for area in AREAS}
    assert all(right in {r.access for r in ALL_RIGHTS} for line in lines for right in line.rights)
    administrator, developer, submitter, inquirer, nobody = (
        effective_rights("x", groups, lines, bypass=())
        for groups in (["Administrators"], ["Developers"], ["Submitters"], ["Inquirers"], [])
    )
    assert administrator == ALL_RIGHTS
    assert {JobDefinitions.ADD, Monitor.ABORT, ServerAccess.EXECUTE} <= developer
    assert FolderDefinitions.CONTROL not in developer
    assert Monitor.EXECUTE in submitter and JobDefinitions.ADD not in submitter
    assert {Monitor.SEE_ALL, JobDefinitions.INQUIRE} <= inquirer and Monitor.EXECUTE not in inquirer
    assert not any(isinstance(right, AccessControl) for right in developer | submitter | inquirer)
    assert nobody == set(ServerAccess)


def test_the_authorized_group_may_do_everything(database, accounts, hasher):
    accounts.beside.create_group("Night shift")
    accounts.beside.set_groups("Anna", ["Night shift"])
    special = Accounts(database, passwords=Passwords(hasher), administrators=["night SHIFT"])
    assert special.authenticate(basic("Anna", PASSWORD), "REST").may(AccessControl.CHANGE)


def test_a_new_password_ends_the_old_one_and_the_logins(accounts):
    token = accounts.log_in("Anna", PASSWORD)
    accounts.beside.set_password("Anna", "another horse")
    with pytest.raises(Unauthenticated):
        accounts.authenticate(basic("Anna", PASSWORD), "REST")
    with pytest.raises(Unauthenticated):
        accounts.authenticate(bearer(token.access_token), "REST")
    assert accounts.authenticate(basic("Anna", "another horse"), "REST").account == "Anna"


def test_a_hash_with_weaker_parameters_is_made_anew_at_the_next_login(database, accounts):
    stronger = Accounts(
        database, passwords=Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    )
    stronger.authenticate(basic("Anna", PASSWORD), "REST")
    with database.read() as c:
        from jams.database import accounts as rows

        assert "m=16,t=2" in rows.find(c, "Anna").password_hash


def test_bad_changes_are_refused_and_change_nothing(accounts):
    before = accounts.beside.all_accounts()
    with pytest.raises(AlreadyExists):
        accounts.beside.create("ANNA", PASSWORD)
    with pytest.raises(AlreadyExists):
        accounts.beside.create("developers", PASSWORD)
    with pytest.raises(AlreadyExists):
        accounts.beside.create_group("anna")
    with pytest.raises(InvalidName):
        accounts.beside.create("an:na", PASSWORD)
    with pytest.raises(InvalidArgument):
        accounts.beside.create("Bert", "short")
    with pytest.raises(NotFound):
        accounts.beside.create("Bert", PASSWORD, groups=["No such group"])
    with pytest.raises(NotFound):
        accounts.beside.set_password("Nobody", PASSWORD)
    with pytest.raises(NotFound):
        accounts.beside.set_enabled("Nobody", False)
    assert accounts.beside.all_accounts() == before


def test_a_local_token_survives_a_logout_and_runs_out(database, accounts):
    token = local_token(database, "owner", LIFE)
    assert accounts.authenticate(bearer(token), "library").may(AccessControl.CHANGE)
    accounts.log_out("owner")
    assert accounts.authenticate(bearer(token), "library").account == "owner"
    assert local_token(database, "owner", LIFE) != token
    over = local_token(database, "owner", timedelta(seconds=-1))
    with pytest.raises(Unauthenticated):
        accounts.authenticate(bearer(over), "library")


def test_tokens_of_earlier_releases_that_had_no_end_hold_no_more(database, accounts):
    local_token(database, "owner", LIFE)
    endless = "e" * 43

    def earlier(c):
        account_rows.add_token(
            c, account_rows.find(c, "owner").id, tokens.digest(endless), kind=tokens.LOCAL, expires=None
        )

    database.write(earlier)
    assert accounts.authenticate(bearer(endless), "library").account == "owner"
    local_token(database, "owner", LIFE)
    with pytest.raises(Unauthenticated):
        Accounts(database).authenticate(bearer(endless), "library")


def test_a_person_taken_out_of_the_administrators_is_not_put_back(database, accounts):
    local_token(database, "owner", LIFE)
    accounts.beside.set_groups("owner", [])
    token = local_token(database, "owner", LIFE)
    assert not accounts.authenticate(bearer(token), "library").may(AccessControl.CHANGE)


def test_nothing_secret_is_stored_or_logged(database, accounts, caplog, tmp_path):
    with caplog.at_level(logging.DEBUG):
        token = accounts.log_in("Anna", PASSWORD)
        accounts.refresh(token.refresh_token)
        with pytest.raises(Unauthenticated):
            accounts.log_in("Anna", "wrong horse battery")
    database.close()
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for secret in (token.access_token, token.refresh_token, PASSWORD, "wrong horse battery"):
        assert secret not in caplog.text and secret.encode() not in stored
    assert "Anna has logged in" in caplog.text
