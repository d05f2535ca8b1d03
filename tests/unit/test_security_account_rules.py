"""The rules of passwords, their age, and the locks after too many wrong ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import update

from jams.database import Database, open_database, stored_settings, tables
from jams.objects.accounts import DIRECTORY, ISSUER, LOCAL, SOURCES
from jams.objects.errors import AccessDenied, InvalidArgument, PasswordRefused, Unauthenticated
from jams.objects.patch import patch_of
from jams.objects.settings import Setting
from jams.security.accounts import Accounts
from jams.security.caller import Credentials
from jams.security.guessing import WRONG
from jams.security.passwords import Passwords
from jams.security.system_groups import PREFIX
from jams.security.throttle import Throttle

PASSWORD = "correct horse"


class CountingHasher(PasswordHasher):
    """Counts the hashes that it computes: the work of a login."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.computed = 0

    def verify(self, *given: Any, **more: Any) -> Any:
        self.computed += 1
        return super().verify(*given, **more)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "JAMS.db")
    yield opened
    opened.close()


@pytest.fixture
def hasher() -> CountingHasher:
    return CountingHasher()


@pytest.fixture
def accounts(database: Database, hasher: CountingHasher) -> Accounts:
    made = Accounts(
        database, passwords=Passwords(hasher, remember=0.0), throttle=Throttle(free=1000, free_of_place=1000)
    )
    made.beside.create("Anna", PASSWORD, groups=["Submitters"])
    return made


@pytest.fixture
def settings(database: Database, accounts: Accounts) -> Callable[..., None]:
    def change(**values: object) -> None:
        for name, value in values.items():
            patch = patch_of(Setting)(value=str(value))
            database.write(
                lambda c, name=name, patch=patch: stored_settings.change(c, patch, name=name, user="test")
            )
        accounts.forget()

    return change


def caller(accounts: Accounts, name: str = "Anna", password: str = PASSWORD) -> Any:
    return accounts.authenticate(Credentials(username=name, password=password), "REST")


def refused(accounts: Accounts, name: str = "Anna", password: str = "wrong horse") -> str:
    with pytest.raises(Unauthenticated) as caught:
        caller(accounts, name, password)
    return caught.value.message


def test_a_password_is_as_long_and_as_mixed_as_the_settings_say(
    accounts: Accounts, settings: Callable[..., None]
) -> None:
    settings(PasswordMinLength=10, PasswordClasses=3)
    for bad in ("Sh0rt+one", "onlysmallletters", "anna-Anna-1x", "aA1aA1aA1aA1"):
        with pytest.raises(PasswordRefused) as caught:
            accounts.beside.set_password("Anna", bad)
        assert bad not in caught.value.message
    for good in ("Small-and-CAPITAL", "no kinds but twenty characters"):
        accounts.beside.set_password("Anna", good)
        assert caller(accounts, password=good).account == "Anna"


def test_a_description_names_each_place_from_which_accounts_come() -> None:
    assert set(SOURCES) == {LOCAL, DIRECTORY, ISSUER}


def test_passwords_of_before_are_not_taken_again(accounts: Accounts, settings: Callable[..., None]) -> None:
    settings(PasswordHistory=2)
    with pytest.raises(PasswordRefused, match="before"):
        accounts.beside.set_password("Anna", PASSWORD)
    for password in ("second horse", "third horse"):
        accounts.beside.set_password("Anna", password)
    with pytest.raises(PasswordRefused, match="before"):
        accounts.beside.set_password("Anna", PASSWORD)
    accounts.beside.set_password("Anna", "fourth horse")
    accounts.beside.set_password("Anna", PASSWORD)
    assert caller(accounts).account == "Anna"


def test_a_password_runs_out_and_its_owner_then_changes_it(
    accounts: Accounts, settings: Callable[..., None], database: Database
) -> None:
    settings(PasswordMaxDays=30)
    assert caller(accounts).owes == ""
    token = accounts.log_in("Anna", PASSWORD).access_token
    account = tables.account
    for days, owed in ((29, ""), (31, "password")):
        past = datetime.now(UTC) - timedelta(days=days)
        database.write(
            lambda c, past=past: c.execute(
                update(account).where(account.c.name == "Anna").values(password_set=past)
            )
        )
        accounts.forget()
        assert caller(accounts).owes == owed
        assert accounts.authenticate(Credentials(token=token), "REST").owes == owed
    accounts.change_password(caller(accounts), PASSWORD, "fresh horses", lambda c, name: None)
    assert caller(accounts, password="fresh horses").owes == ""


def test_an_owner_changes_his_password_by_the_old_one_and_his_other_logins_end(accounts: Accounts) -> None:
    mine, other = (accounts.log_in("Anna", PASSWORD).access_token for _ in range(2))
    me = accounts.authenticate(Credentials(token=mine), "REST")
    with pytest.raises(InvalidArgument):
        accounts.change_password(me, "wrong horse", "fresh horses", lambda c, name: None)
    assert accounts.change_password(me, PASSWORD, "fresh horses", lambda c, name: None) == 1
    assert accounts.authenticate(Credentials(token=mine), "REST").account == "Anna"
    with pytest.raises(Unauthenticated):
        accounts.authenticate(Credentials(token=other), "REST")
    refused(accounts, password=PASSWORD)


def test_a_name_is_locked_alike_whether_it_exists_or_not(
    accounts: Accounts, settings: Callable[..., None], hasher: CountingHasher, database: Database
) -> None:
    settings(LockoutFailures=3, LockoutWindow="00:10", LockoutTime="00:20")
    work = []
    for name in ("Anna", "Nobody"):
        for password in ("wrong horse", "wrong horse", "wrong horse", PASSWORD, PASSWORD):
            before = hasher.computed
            assert refused(accounts, name, password) == WRONG
            work.append(hasher.computed - before)
    assert set(work) == {1}
    failed = tables.failed_login
    with database.read() as c:
        locks = [row.locked_until for row in c.execute(failed.select())]
    assert len(locks) == 2 and all(lock is not None for lock in locks)
    assert next(each for each in accounts.beside.all_accounts() if each.name == "Anna").locked


def test_a_lock_ends_by_itself_and_by_an_administrator(
    accounts: Accounts, settings: Callable[..., None], database: Database
) -> None:
    settings(LockoutFailures=2)
    failed = tables.failed_login
    for end in ("time", "administrator"):
        for _ in range(2):
            refused(accounts)
        refused(accounts, password=PASSWORD)
        if end == "time":
            past = datetime.now(UTC) - timedelta(seconds=1)
            database.write(lambda c, past=past: c.execute(update(failed).values(locked_until=past)))
        else:
            accounts.beside.unlock("Anna")
        assert caller(accounts).account == "Anna"


def test_failures_count_within_the_window_alone(
    accounts: Accounts, settings: Callable[..., None], database: Database
) -> None:
    settings(LockoutFailures=2, LockoutWindow="00:10")
    failed = tables.failed_login
    for _ in range(4):
        refused(accounts)
        long_ago = datetime.now(UTC) - timedelta(minutes=11)
        database.write(lambda c, then=long_ago: c.execute(update(failed).values(since=then)))
    assert caller(accounts).account == "Anna"


def test_nothing_is_counted_unless_a_setting_says_so(accounts: Accounts, database: Database) -> None:
    for _ in range(30):
        refused(accounts)
    with database.read() as c:
        assert c.execute(tables.failed_login.select()).all() == []
    assert caller(accounts).account == "Anna"


def test_a_service_account_logs_in_by_no_password(
    accounts: Accounts, hasher: CountingHasher, database: Database
) -> None:
    accounts.beside.create("robot", None, groups=["Submitters"], service=True)
    with pytest.raises(InvalidArgument):
        accounts.beside.set_password("robot", "a long way to go")
    # Even a hash that came into the row by other ways does not count.
    kept = accounts._passwords.hash(PASSWORD)
    table = tables.account
    database.write(
        lambda c: c.execute(update(table).where(table.c.name == "robot").values(password_hash=kept))
    )
    accounts.forget()
    before = hasher.computed
    assert refused(accounts, "robot", PASSWORD) == WRONG
    assert hasher.computed == before + 1


def test_only_members_of_the_login_group_are_let_in_and_who_may_do_everything(
    accounts: Accounts, settings: Callable[..., None]
) -> None:
    accounts.beside.create("root", PASSWORD, groups=["Administrators"])
    token = accounts.log_in("Anna", PASSWORD).access_token
    settings(LoginGroup="inquirers")
    assert refused(accounts, password=PASSWORD) == WRONG
    with pytest.raises(Unauthenticated):
        accounts.authenticate(Credentials(token=token), "REST")
    assert caller(accounts, "root").account == "root"
    accounts.beside.set_groups("Anna", ["Inquirers"])
    assert caller(accounts).account == "Anna"


def test_groups_of_the_machine_are_groups_here_if_a_setting_says_so(
    accounts: Accounts, settings: Callable[..., None]
) -> None:
    import grp
    import os
    import pwd

    me = pwd.getpwuid(os.getuid())
    accounts.beside.create(me.pw_name, PASSWORD)
    mine = PREFIX + grp.getgrgid(me.pw_gid).gr_name
    assert mine not in caller(accounts, me.pw_name).groups
    settings(SystemGroups=True)
    assert mine in caller(accounts, me.pw_name).groups
    assert caller(accounts).groups == {"Submitters"}


def test_a_personal_token_changes_no_password(accounts: Accounts) -> None:
    from msgspec.structs import replace

    shown = replace(caller(accounts), personal=True)
    with pytest.raises(AccessDenied):
        accounts.change_password(shown, PASSWORD, "fresh horses", lambda c, name: None)
