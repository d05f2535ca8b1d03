"""Accounts are administered through the catalogue: by whom, how far, and never so that nobody could."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pyotp
import pytest
from argon2 import PasswordHasher

from jams.database import access, stored_settings
from jams.objects.credentials import Credential
from jams.objects.definitions import Folder
from jams.objects.errors import (
    AccessDenied,
    AccountNotFound,
    CodesRequired,
    Conflict,
    InvalidArgument,
    JAMSError,
    PasswordChangeRequired,
    Unauthenticated,
    WouldLockOut,
)
from jams.objects.patch import patch_of
from jams.objects.settings import Setting
from jams.operations import CATALOGUE
from jams.security.accounts import Accounts
from jams.security.caller import Credentials
from jams.security.one_time_codes import OneTimeCodes
from jams.security.passwords import Passwords
from jams.security.throttle import Throttle
from jams.security.vault import Vault
from jams.server.dispatch import Dispatcher
from tests.support.town import town

PASSWORD = "correct horse"


class World:
    """A server with real accounts: boss may do everything, ann may change accounts, bob may nothing of it."""

    def __init__(self, made: Any, home: Path) -> None:
        self.database = made.desk.database
        self.accounts = Accounts(
            self.database,
            passwords=Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)),
            throttle=Throttle(free=1000, free_of_place=1000),
            codes=OneTimeCodes(Vault(home / "secret.key")),
        )
        self.dispatcher = Dispatcher(replace(made.services, accounts=self.accounts))
        rules = [
            access.AccessRule(area="AccessControl", identifier="ann", rights=("Change", "Inquire")),
            access.AccessRule(
                area="AccessControl", identifier="Administrators", rights=("Change", "Inquire")
            ),
        ]
        self.database.write(lambda c: access.change(c, "AccessControl", rules, user="test"))
        for name, groups in (("boss", ["Administrators"]), ("ann", ["Submitters"]), ("bob", ["Submitters"])):
            self.accounts.beside.create(name, PASSWORD, groups=groups)

    def call(self, operation: str, caller: str = "boss", own: str = PASSWORD, **inputs: Any) -> Any:
        """Do an operation for somebody who shows his password."""
        shown = Credentials(username=caller, password=own)
        return self.with_token(operation, shown, **inputs)

    def with_token(self, operation: str, shown: Credentials, **inputs: Any) -> Any:
        """Do an operation for whoever has shown this."""
        found = CATALOGUE[operation]
        return self.dispatcher.call(found, found.gather(inputs), credentials=shown)

    def set(self, name: str, value: str) -> None:
        """Give a setting a value."""
        patch = patch_of(Setting)(value=value)
        self.database.write(lambda c: stored_settings.change(c, patch, name=name, user="test"))
        self.accounts.forget()


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    with town(tmp_path) as made:
        yield World(made, tmp_path)


def test_an_account_is_made_shown_changed_and_deleted_and_the_trail_tells_it(w: World) -> None:
    w.call(
        "create_account", "ann", account_name="eve", new_password="a long way to go", groups=["Submitters"]
    )
    w.call("change_account", "ann", name="eve", description="At night.", groups=["Inquirers"])
    shown = w.call("get_account", "ann", name="EVE")
    assert (shown.groups, shown.description, shown.last_changed_by) == (["Inquirers"], "At night.", "ann")
    w.call("delete_account", "ann", id=shown.account_id)
    trail = w.call("get_audit_trail")
    told = {record.operation: record for record in trail if record.user_name == "ann"}
    assert {"create_account", "change_account", "delete_account"} <= told.keys()
    assert "groups: Submitters to Inquirers" in told["change_account"].message
    assert not any("a long way" in str(record) for record in trail)


def test_what_is_done_beside_the_server_stands_in_the_trail_too(w: World) -> None:
    w.accounts.beside.set_password("bob", "a long way to go")
    record = next(r for r in w.call("get_audit_trail") if r.operation == "set_account_password")
    assert (record.door, record.target) == ("command", "bob")
    assert "a long way" not in str(record)


@pytest.mark.parametrize(
    ("operation", "inputs"),
    [
        ("create_account", {"account_name": "eve", "groups": ["Administrators"]}),
        ("change_account", {"name": "ann", "groups": ["Submitters", "administrators"]}),
        ("change_account", {"name": "boss", "groups": []}),
        ("disable_account", {"name": "boss"}),
        ("delete_account", {"name": "boss"}),
        ("set_account_password", {"name": "boss", "new_password": "a long way to go"}),
        ("remove_one_time_codes", {"name": "boss"}),
        ("add_group_member", {"name": "Administrators", "account": "ann"}),
        ("remove_group_member", {"name": "Administrators", "account": "boss"}),
        ("change_group", {"name": "Administrators", "accounts": ["ann"]}),
    ],
)
def test_who_may_not_do_everything_neither_becomes_nor_touches_who_may(
    w: World, operation: str, inputs: dict[str, Any]
) -> None:
    before = w.call("list_accounts")
    with pytest.raises(AccessDenied):
        w.call(operation, "ann", **inputs)
    after = w.call("list_accounts")
    assert after == before


@pytest.mark.parametrize(
    ("operation", "inputs"),
    [
        ("disable_account", {"name": "boss"}),
        ("delete_account", {"name": "boss"}),
        ("change_account", {"name": "boss", "groups": ["Submitters"]}),
        ("change_account", {"name": "boss", "enabled": False}),
        ("remove_group_member", {"name": "Administrators", "account": "boss"}),
        ("change_group", {"name": "Administrators", "accounts": []}),
    ],
)
def test_the_last_administrator_goes_by_force_alone(w: World, operation: str, inputs: dict[str, Any]) -> None:
    w.accounts.beside.set_enabled("ann", False)
    with pytest.raises(WouldLockOut, match="account command"):
        w.call(operation, **inputs)
    assert w.call("get_account", name="boss").groups == ["Administrators"]
    w.call(operation, force=True, **inputs)
    with pytest.raises(JAMSError):
        w.call("list_accounts")


def test_a_disabled_account_is_out_at_once_with_all_its_tokens(w: World) -> None:
    login = Credentials(token=w.accounts.log_in("bob", PASSWORD).access_token)
    personal = Credentials(token=w.call("create_personal_token", "bob", token_name="t").token)
    for shown in (login, personal):
        assert w.with_token("who_am_i", shown).username == "bob"
    w.call("disable_account", "ann", name="bob")
    for shown in (login, personal, Credentials(username="bob", password=PASSWORD)):
        with pytest.raises(Unauthenticated):
            w.with_token("who_am_i", shown)
    w.call("enable_account", "ann", name="bob")
    assert w.with_token("who_am_i", personal).username == "bob"
    with pytest.raises(Unauthenticated):  # what has ended does not begin again
        w.with_token("who_am_i", login)


def _ways(name: str) -> tuple[str, ...]:
    """What an operation is called at each door."""
    found = CATALOGUE[name]
    return (found.command, found.cmdlet, found.routes[0].path, f"{found.service}.{found.soap_name}")


def test_who_has_to_change_his_password_does_nothing_before(w: World) -> None:
    w.call("set_account_password", "ann", name="bob", new_password="a long way to go", must_change=True)
    token = w.accounts.log_in("bob", "a long way to go").access_token
    ways = (Credentials(username="bob", password="a long way to go"), Credentials(token=token))
    settling = {operation.name for operation in CATALOGUE if operation.settles}
    for shown in ways:
        for operation in CATALOGUE:
            if operation.right is None or operation.name in settling:
                continue
            with pytest.raises(PasswordChangeRequired) as refused:
                w.dispatcher.admit(operation, credentials=shown)
            for way in _ways("change_password"):
                assert way in refused.value.message
        assert w.with_token("who_am_i", shown).username == "bob"
    assert settling == {
        "log_out",
        "who_am_i",
        "change_password",
        "begin_one_time_codes",
        "confirm_one_time_codes",
    }
    w.with_token("change_password", ways[1], old_password="a long way to go", new_password="my own secret")
    assert w.with_token("list_personal_tokens", ways[1]) == []
    assert w.call("list_personal_tokens", "bob", "my own secret") == []


def test_administrators_set_up_one_time_codes_before_anything_else_if_a_setting_says_so(w: World) -> None:
    w.set("OneTimeCodes", "Administrators")
    for name in ("boss", "ann"):
        with pytest.raises(CodesRequired) as refused:
            w.call("list_personal_tokens", name)
        for way in (*_ways("begin_one_time_codes"), *_ways("confirm_one_time_codes")):
            assert way in refused.value.message
    assert w.call("list_personal_tokens", "bob") == []
    login = Credentials(token=w.accounts.log_in("boss", PASSWORD).access_token)
    begun = w.with_token("begin_one_time_codes", login)
    codes = w.with_token("confirm_one_time_codes", login, code=pyotp.TOTP(begun.secret).now())
    assert len(codes.codes) == 10
    assert w.with_token("list_personal_tokens", login) == []
    assert w.with_token("get_account", login, name="boss").one_time_codes
    assert begun.secret not in str(w.with_token("get_account", login, name="boss"))
    with pytest.raises(Conflict):
        w.with_token("begin_one_time_codes", login)
    token = w.dispatcher.call(
        CATALOGUE["log_in"],
        CATALOGUE["log_in"].gather({"username": "boss", "password": PASSWORD, "code": codes.codes[0]}),
    )
    assert token.access_token


def test_a_login_gives_another_token_each_time_and_a_spent_refresh_token_ends_it(w: World) -> None:
    first, second = (w.accounts.log_in("bob", PASSWORD) for _ in range(2))
    assert len({first.access_token, second.access_token, first.refresh_token, second.refresh_token}) == 4
    later = w.accounts.refresh(first.refresh_token)
    with pytest.raises(Unauthenticated):
        w.accounts.refresh(first.refresh_token)
    for gone in (first.access_token, later.access_token):
        with pytest.raises(Unauthenticated):
            w.with_token("who_am_i", Credentials(token=gone))
    with pytest.raises(Unauthenticated):
        w.accounts.refresh(later.refresh_token)
    assert w.with_token("who_am_i", Credentials(token=second.access_token)).username == "bob"
    with pytest.raises(Unauthenticated):
        w.with_token("who_am_i", Credentials(token=second.refresh_token))


def test_what_access_lists_still_name_is_told_when_it_is_deleted(w: World) -> None:
    told = w.call("delete_account", name="ann")
    assert told == "Account ann was deleted. Access lists still name it: AccessControl."


def test_so_are_lists_of_objects_and_its_credentials(w: World) -> None:
    lines = {"genericACL": [{"identifier": "Bob + Submitters", "accessList": ["Inquire"]}]}
    folder = msgspec.convert({"folderName": "F", "acl": lines}, Folder)
    w.call("create_folder", folder=folder)
    w.call("create_folder", folder=msgspec.structs.replace(folder, folder_name="Gone"))
    w.call("delete_folder", name="\\Gone")
    w.call("create_credential", credential=Credential(credential_name="Mine"))
    told = w.call("delete_account", name="bob")
    assert told == "Account bob was deleted. Access lists still name it: folder \\F."
    assert "folder \\F" in w.call("delete_group", name="Submitters")
    w.call("create_account", account_name="last", new_password=PASSWORD, groups=["Administrators"])
    assert "It still owns the credentials Mine." in w.call("delete_account", "last", name="boss")


def test_a_service_account_logs_in_by_tokens_that_an_administrator_makes(w: World) -> None:
    w.call("create_account", "ann", account_name="robot", service=True, groups=["Submitters"])
    made = w.call("create_personal_token", "ann", token_name="nightly", user_name="robot")
    shown = Credentials(token=made.token)
    assert w.with_token("who_am_i", shown).username == "robot"
    assert w.with_token("who_am_i", Credentials(username="robot", password=made.token)).username == "robot"
    for name, error in (("bob", InvalidArgument), ("nobody", AccountNotFound)):
        with pytest.raises(error):
            w.call("create_personal_token", "ann", token_name="t", user_name=name)
    with pytest.raises(AccessDenied):
        w.call("create_personal_token", "bob", token_name="t", user_name="robot")
    w.call("create_account", account_name="mighty", service=True, groups=["Administrators"])
    with pytest.raises(AccessDenied):
        w.call("create_personal_token", "ann", token_name="t", user_name="mighty")
    for operation in ("begin_one_time_codes", "create_personal_token"):
        with pytest.raises(AccessDenied):
            inputs = {"token_name": "t"} if operation == "create_personal_token" else {}
            w.with_token(operation, shown, **inputs)


def test_a_token_is_limited_to_some_operations_or_to_reading(w: World) -> None:
    some = w.call("create_personal_token", token_name="some", operations=["List_Accounts", "find_entries"])
    reader = w.call("create_personal_token", token_name="reader", read_only=True)
    assert w.with_token("list_accounts", Credentials(token=some.token))
    with pytest.raises(AccessDenied, match="is not for who_am_i"):
        w.with_token("who_am_i", Credentials(token=some.token))
    changing = [each for each in CATALOGUE if each.right is not None and each.changes]
    for operation in changing:
        with pytest.raises(AccessDenied):
            w.dispatcher.admit(operation, credentials=Credentials(token=reader.token))
    assert w.with_token("list_accounts", Credentials(token=reader.token))
    told = {token.token_name: token for token in w.call("list_personal_tokens")}
    assert told["some"].operations == ("list_accounts", "find_entries")
    assert (told["some"].read_only, told["reader"].read_only) == (False, True)
    with pytest.raises(InvalidArgument, match="Did you mean list_accounts"):
        w.call("create_personal_token", token_name="wrong", operations=["list_acounts"])
