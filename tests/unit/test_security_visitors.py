"""Whoever comes in from outside has one account here, which nobody else gets; on both databases."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from jams.database import Database, open_database, outside_standing, tables
from jams.database import accounts as rows
from jams.objects.accounts import DIRECTORY, ISSUER
from jams.objects.errors import LoginUnavailable, TooManyAttempts, Unauthenticated
from jams.security.accounts import Accounts
from jams.security.outside.outsiders import Outsider
from jams.security.throttle import Throttle
from jams.security.visitors import Outdated, Visitors

BOTH = frozenset({DIRECTORY, ISSUER})


def outsider(name: str = "anna", id: str = "1", source: str = DIRECTORY, *groups: str) -> Outsider:
    return Outsider(source=source, external_id=id, name=name, groups=groups)


class Tree:
    """A directory that knows whom a test puts into it."""

    domain = "EXAMPLE"

    def __init__(self) -> None:
        self.people: dict[str, Outsider] = {}
        self.away = False
        self.asked = 0

    def log_in(self, name: str, password: str) -> Outsider | None:
        self._ask()
        found = self.people.get(name)
        return found if found is not None and password == f"{name}'s own words" else None

    def look_up(self, external_id: str) -> Outsider | None:
        self._ask()
        return next((each for each in self.people.values() if each.external_id == external_id), None)

    def _ask(self) -> None:
        self.asked += 1
        if self.away:
            raise LoginUnavailable("away")


@pytest.fixture
def database(place: Path | str) -> Iterator[Database]:
    with closing(open_database(place)) as made:
        yield made


@pytest.fixture
def tree() -> Tree:
    made = Tree()
    made.people["anna"] = outsider("anna", "1", DIRECTORY, "EXAMPLE\\Loaders")
    return made


def visitors(database: Database, tree: Tree | None = None, makes: frozenset[str] = BOTH) -> Visitors:
    return Visitors(database, directory=tree, makes=makes)


def said(database: Database) -> list[str]:
    with database.read() as c:
        return [str(row.message) for row in c.execute(tables.audit.select()) if row.message is not None]


def test_the_first_login_makes_the_account_and_later_ones_find_it(database: Database) -> None:
    door = visitors(database)
    made = door.admit(outsider(), "REST", "10.0.0.7")
    assert (made.name, made.source, made.external_id, made.groups) == ("anna", DIRECTORY, "1", ())
    assert door.admit(outsider()).id == made.id
    assert door.admit(outsider("renamed")).name == "anna"
    (line,) = said(database)
    assert "anna" in line and "first login" in line


def test_without_the_setting_only_those_come_in_who_were_entered(database: Database) -> None:
    door = visitors(database, makes=frozenset({ISSUER}))
    with pytest.raises(Unauthenticated):
        door.admit(outsider())
    database.write(lambda c: rows.create(c, "Anna", source=DIRECTORY))
    assert door.admit(outsider()).external_id == "1"
    assert door.admit(outsider()).name == "Anna"
    (line,) = said(database)
    assert "bound" in line


def test_an_account_that_was_made_here_is_nobodys_from_outside(database: Database) -> None:
    door = visitors(database)
    database.write(lambda c: rows.create(c, "anna", password_hash="x"))
    for source in BOTH:
        with pytest.raises(Unauthenticated):
            door.admit(outsider(source=source))
    with database.read() as c:
        account = rows.find(c, "anna")
    assert account is not None and (account.source, account.external_id) == ("local", None)


def test_an_account_of_somebody_else_outside_is_not_taken_by_who_bears_his_name(database: Database) -> None:
    door = visitors(database)
    first = door.admit(outsider())
    for other in (outsider(id="2"), outsider(source=ISSUER)):
        with pytest.raises(Unauthenticated):
            door.admit(other)
    assert door.admit(outsider()).id == first.id


def test_a_name_that_no_account_can_bear_or_a_group_bears_makes_none(database: Database) -> None:
    database.write(lambda c: rows.ensure_group(c, "Operators"))
    for name in ("operators", "a:b", "a\\b", "", "*", "x" * 300):
        with pytest.raises(Unauthenticated):
            visitors(database).admit(outsider(name))
    with database.read() as c:
        assert rows.all_accounts(c) == []


def test_who_is_disabled_here_stays_out(database: Database) -> None:
    door = visitors(database)
    made = door.admit(outsider())
    database.write(lambda c: rows.set_enabled(c, made.id, False))
    with pytest.raises(Unauthenticated):
        door.admit(outsider())


def test_two_first_logins_at_once_make_one_account(database: Database) -> None:
    door, found, wait = visitors(database), list[int](), threading.Barrier(8)

    def come() -> None:
        wait.wait(20)
        found.append(door.admit(outsider()).id)

    threads = [threading.Thread(target=come) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(found) == 8 and len(set(found)) == 1
    with database.read() as c:
        assert len(rows.all_accounts(c)) == 1


def test_a_right_password_is_not_asked_for_twice_and_a_wrong_one_is(database: Database, tree: Tree) -> None:
    door, throttle = visitors(database, tree), Throttle()
    for _ in range(3):
        assert door.log_in("anna", "anna's own words", "10.0.0.7", throttle) is not None
    assert tree.asked == 1
    for _ in range(2):
        assert door.log_in("anna", "wrong", "10.0.0.7", throttle) is None
    assert tree.asked == 3


def test_who_has_to_wait_is_not_looked_at_by_the_directory(database: Database, tree: Tree) -> None:
    throttle = Throttle()
    for _ in range(7):
        throttle.failed("anna", "10.0.0.7")
    with pytest.raises(TooManyAttempts):
        visitors(database, tree).log_in("anna", "anna's own words", "10.0.0.7", throttle)
    assert tree.asked == 0


def test_groups_hold_for_a_while_and_are_asked_for_anew(database: Database, tree: Tree) -> None:
    door = visitors(database, tree)
    account = door.admit(tree.people["anna"])
    with database.read() as c, pytest.raises(Outdated):
        door.groups(c, account)
    door.renew(account)
    with database.read() as c:
        assert door.groups(c, account) == ("EXAMPLE\\Loaders",)
    tree.people["anna"] = outsider("anna", "1", DIRECTORY, "EXAMPLE\\Others")
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=301), tick=False):
        with database.read() as c, pytest.raises(Outdated):
            door.groups(c, account)
        door.renew(account)
        with database.read() as c:
            assert door.groups(c, account) == ("EXAMPLE\\Others",)


def test_while_the_directory_is_away_its_last_word_counts_for_an_hour(database: Database, tree: Tree) -> None:
    door = visitors(database, tree)
    account = door.admit(tree.people["anna"])
    door.renew(account)
    tree.away = True
    now = datetime.now(UTC)
    for seconds in (301, 3890):
        with time_machine.travel(now + timedelta(seconds=seconds), tick=False):
            door.renew(account)
            with database.read() as c:
                assert door.groups(c, account)
    with time_machine.travel(now + timedelta(seconds=3901), tick=False):
        with pytest.raises(LoginUnavailable):
            door.renew(account)
        with database.read() as c, pytest.raises(Outdated):
            door.groups(c, account)


def test_who_has_left_the_directory_is_known_no_more(database: Database, tree: Tree) -> None:
    door = visitors(database, tree)
    account = door.admit(tree.people.pop("anna"))
    door.renew(account)
    with database.read() as c, pytest.raises(Unauthenticated):
        door.groups(c, account)
    with pytest.raises(Unauthenticated):
        visitors(database).renew(account)


def test_what_an_issuer_has_said_at_a_login_counts_for_as_long_as_a_token(database: Database) -> None:
    door = visitors(database)
    person = outsider("olga", "7", ISSUER, "SSO\\Loaders")
    account = door.admit(person)
    with database.read() as c:
        assert door.groups(c, account) == ()
    database.write(lambda c: door.keep(c, account, person))
    with database.read() as c:
        assert door.groups(c, account) == ("SSO\\Loaders",)
    later = datetime.now(UTC) + timedelta(hours=12, seconds=1)
    with time_machine.travel(later, tick=False), database.read() as c:
        assert door.groups(c, account) == ()


def test_what_was_said_goes_with_the_account(database: Database, tree: Tree) -> None:
    door = visitors(database, tree)
    account = door.admit(tree.people["anna"])
    door.renew(account)
    door.renew(account)
    database.write(lambda c: rows.delete(c, account.id))
    with database.read() as c:
        assert outside_standing.get(c, account.id) is None


def test_an_account_of_a_directory_that_is_named_no_more_has_a_wrong_password(database: Database) -> None:
    """As it is told of names that nobody bears."""
    accounts = Accounts(database)
    accounts.beside.create("anna", None, source=DIRECTORY)
    told = set()
    for name in ("anna", "nobody"):
        with pytest.raises(Unauthenticated) as refused:
            accounts.log_in(name, f"{name}'s own words")
        told.add(refused.value.message)
    assert len(told) == 1


def test_the_domain_of_the_directory_is_no_part_of_a_name(database: Database, tree: Tree) -> None:
    assert visitors(database, tree).name_of("example\\anna") == "anna"
    assert visitors(database, tree).name_of("OTHER\\anna") == "OTHER\\anna"
    assert visitors(database).name_of("EXAMPLE\\anna") == "EXAMPLE\\anna"
