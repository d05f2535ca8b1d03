"""Who may open sessions and how many, and the small parts of requests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec.structs import replace

from jams.database import open_database
from jams.database.audit import Refusal
from jams.objects.errors import ServerBusy, Unauthenticated
from jams.security.accounts import Accounts
from jams.security.caller import Credentials
from jams.services.powershell import AccountHolders
from psprovider.transports.people import Quota, refusal
from psprovider.transports.wsman import answers, envelopes, faults


def test_a_quota_counts_by_account_and_altogether() -> None:
    quota = Quota(per_account=2, total=3)
    quota.take("ann")
    with quota.taken("ann"):
        with pytest.raises(ServerBusy, match="ann has 2"):
            quota.take("ann")
        quota.take("bob")
        with pytest.raises(ServerBusy, match="3 PowerShell"):
            quota.take("eve")
    quota.take("ann")
    quota.give_back("bob")
    quota.give_back("ann")
    quota.give_back("ann")
    assert not quota._open


def test_a_refusal_is_one_line() -> None:
    assert refusal("a\nb\r\n <c>") == b"__NamedPipeError__:a b <c>\n"


@dataclass
class Notes:
    """Takes refusals down."""

    found: list[Refusal]

    def note(self, refusal: Refusal) -> None:
        self.found.append(refusal)


@pytest.fixture
def accounts(tmp_path: Path):  # type: ignore[no-untyped-def]
    database = open_database(f"sqlite:///{tmp_path / 'JAMS.db'}")
    made = Accounts(database)
    made.beside.create("Ann", None)
    yield made
    database.close()


def test_a_door_vouches_for_an_account_until_it_withdraws_or_the_account_is_disabled(
    accounts: Accounts,
) -> None:
    one, two = accounts.vouch("ann"), accounts.vouch("ANN")
    assert one != two
    assert accounts.authenticate(one, "PowerShell").account == "Ann"
    accounts.withdraw(one)
    with pytest.raises(Unauthenticated):
        accounts.authenticate(one, "PowerShell")
    assert accounts.authenticate(two, "PowerShell").door == "PowerShell"
    accounts.beside.set_enabled("Ann", False)
    with pytest.raises(Unauthenticated):
        accounts.authenticate(two, "PowerShell")
    with pytest.raises(Unauthenticated):
        accounts.vouch("Ann")
    with pytest.raises(Unauthenticated):
        accounts.vouch("nobody")
    accounts.withdraw(Credentials())


def test_users_of_the_machine_have_the_account_of_their_name_or_the_one_they_are_given(
    accounts: Accounts,
) -> None:
    noted: list[Refusal] = []
    holders = AccountHolders(accounts, Notes(noted), (("sys", "Ann"),))
    person = holders.by_system_user("sys", "here")
    assert (person.account, person.origin) == ("Ann", "here")
    assert holders.by_system_user("ann", "").account == "Ann"
    with pytest.raises(Unauthenticated, match=r"The user eve .*\(jams account add"):
        holders.by_system_user("eve", "here")
    assert noted == [
        Refusal(user="eve", door="PowerShell", origin="here", operation="log_in", code="Unauthenticated")
    ]
    holders.release(person)
    with pytest.raises(Unauthenticated):
        accounts.authenticate(person.credentials, "PowerShell")


def test_a_token_counts_as_the_password_of_its_own_account_alone(accounts: Accounts) -> None:
    accounts.beside.create("Bob", "bobs own password", groups=[])
    noted: list[Refusal] = []
    holders = AccountHolders(accounts, Notes(noted))
    accounts.beside.set_password("Ann", "anns own password")
    token = accounts.log_in("Ann", "anns own password").access_token
    assert holders.check_password("ann", token, "there") == "Ann"
    for user in ("bob", "nobody", ""):
        with pytest.raises(Unauthenticated):
            holders.check_password(user, token, "there")
    with pytest.raises(Unauthenticated):
        holders.check_password("Ann", token[::-1], "there")
    accounts.beside.set_password("Bob", token[::-1])
    assert holders.check_password("Bob", token[::-1], "there") == "Bob"
    accounts.log_out("Ann")
    with pytest.raises(Unauthenticated):
        holders.check_password("Ann", token, "there")
    assert [(refusal.user, refusal.origin) for refusal in noted] == [
        (user, "there") for user in ("bob", "nobody", "", "Ann", "Ann")
    ]


def test_who_was_admitted_is_looked_at_again_as_he_stands_then(accounts: Accounts) -> None:
    accounts.beside.set_password("Ann", "anns own password")
    by_password = Credentials(username="Ann", password="anns own password", origin="there")
    by_token = Credentials(token=accounts.log_in("Ann", "anns own password").access_token, origin="there")
    both = (by_password, by_token, replace(accounts.vouch("Ann"), origin="there"))
    known = [accounts.authenticate(each, "REST") for each in both]
    for shown, caller in zip(both, known, strict=True):
        assert accounts.looked_at_again(caller, shown) == caller
    accounts.beside.set_groups("Ann", ["Inquirers"])
    for shown, caller in zip(both, known, strict=True):
        again = accounts.looked_at_again(caller, shown)
        assert (set(caller.groups), set(again.groups)) == (set(), {"Inquirers"})
        assert (again.door, again.origin) == ("REST", "there")
    accounts.beside.set_enabled("Ann", False)
    for shown, caller in zip(both, known, strict=True):
        with pytest.raises(Unauthenticated):
            accounts.looked_at_again(caller, shown)


def test_a_session_owes_what_the_password_asks_for_that_has_opened_it(accounts: Accounts) -> None:
    accounts.beside.set_password("Ann", "anns own password", must_change=True)
    holders = AccountHolders(accounts, Notes([]))
    login = accounts.log_in("Ann", "anns own password").access_token
    for shown in ("anns own password", login):
        assert holders.check_password("ann", shown, "there") == "Ann"
    person = holders.by_account("Ann", "there", by_password=True)
    assert accounts.authenticate(person.credentials, "PowerShell").owes == "password"
    for other in (holders.by_account("Ann", "there"), holders.by_system_user("Ann", "here")):
        assert accounts.authenticate(other.credentials, "PowerShell").owes == ""
    me = accounts.authenticate(person.credentials, "PowerShell")
    accounts.change_password(me, "anns own password", "anns new password", lambda c, name: None)
    assert accounts.authenticate(person.credentials, "PowerShell").owes == ""


def test_a_session_ends_with_the_password_that_has_opened_it_unless_it_was_changed_there(
    accounts: Accounts,
) -> None:
    accounts.beside.set_password("Ann", "anns own password")
    holders = AccountHolders(accounts, Notes([]))
    here, there = (holders.by_account("Ann", each, by_password=True).credentials for each in ("a", "b"))
    by_key = holders.by_account("Ann", "c").credentials
    me = accounts.authenticate(here, "PowerShell")
    accounts.change_password(me, "anns own password", "anns new password", lambda c, name: None)
    assert accounts.authenticate(here, "PowerShell") == me
    with pytest.raises(Unauthenticated):
        accounts.authenticate(there, "PowerShell")
    accounts.beside.set_password("Ann", "not her own choice")
    with pytest.raises(Unauthenticated):
        accounts.authenticate(here, "PowerShell")
    assert accounts.authenticate(by_key, "PowerShell").account == "Ann"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("PT20S", 20.0),
        ("PT180000S", 180000.0),
        ("P1DT2H3M4.5S", 93784.5),
        ("PT0.000S", 0.0),
        ("P", None),
        ("PT", None),
        ("20", None),
        ("-PT1S", None),
        ("PT1e9S", None),
        ("", None),
    ],
)
def test_spans_of_time(text: str, value: float | None) -> None:
    assert envelopes.seconds(text) == value


def test_spans_are_written_as_clients_parse_them() -> None:
    assert answers.duration(7200) == "PT7200.000S"
    assert answers.age(93784.9) == "P1DT2H3M4S"


@pytest.mark.parametrize("text", [None, "", "x", "uuid:", "12345678"])
def test_what_is_no_identifier_is_known_to_nobody(text: str | None) -> None:
    with pytest.raises(faults.WSManFault) as caught:
        envelopes.identifier(text)
    assert caught.value.reason == faults.no_shell().reason
