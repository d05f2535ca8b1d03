"""Who passes by all access lists is said by settings, which only who may change access lists sets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jams.database import access, accounts
from jams.database.access import AccessRule
from jams.objects.errors import AccessDenied, WouldLockOut
from jams.objects.patch import patch_of
from jams.objects.settings import Setting
from jams.security.accounts import Accounts
from jams.security.caller import Caller, Credentials
from jams.security.passwords import Passwords
from jams.security.rights import AccessControl, Configuration
from tests.support.town import Town, town

pytestmark = pytest.mark.unit

EVERYTHING = [AccessRule(area="AccessControl", identifier="ann", rights=("Change",))]


@pytest.fixture
def t(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as made:
        made.admit("boss")
        yield made


@pytest.fixture
def real(t: Town) -> Accounts:
    """Accounts as a server has them, on the database of the town."""
    passwords = Passwords()
    kept = passwords.hash("password-1")

    def work(c: Any) -> None:
        accounts.ensure_group(c, "Night")
        for name, groups in (("root", ["Administrators"]), ("ann", ["Developers"]), ("bob", ["Night"])):
            accounts.create(c, name, password_hash=kept, groups=groups)

    t.desk.write(work)
    return Accounts(t.desk.database, passwords=passwords)


def set_to(t: Town, name: str, value: str, caller: str = "boss") -> None:
    t.call("change_setting", caller, name=name, setting=patch_of(Setting)(value=value))


def who(real: Accounts, name: str) -> Caller:
    real.forget()
    return real.authenticate(Credentials(username=name, password="password-1"), "test")


def test_administrators_pass_as_long_as_the_setting_says_so(t: Town, real: Accounts) -> None:
    assert who(real, "root").passes and not who(real, "ann").passes
    t.desk.write(lambda c: access.replace(c, "Monitor", []))
    set_to(t, "GrantAdministratorsBypass", "False")
    found = who(real, "root")
    assert not found.passes and found.may(AccessControl.CHANGE)
    assert not any(right.area == "Monitor" for right in found.rights), "the lists decide for them, too"
    assert real.bypass == ()


def test_the_group_that_is_named_passes(t: Town, real: Accounts) -> None:
    assert not who(real, "bob").may(AccessControl.CHANGE)
    set_to(t, "GrantBypassGroup", "night")
    assert who(real, "bob").passes and who(real, "bob").may(AccessControl.CHANGE)
    set_to(t, "GrantBypassGroup", "")
    assert not who(real, "bob").passes


def test_who_may_set_settings_alone_does_not_let_himself_pass(t: Town) -> None:
    t.admit("clerk", [*Configuration])
    for name, value in (("GrantBypassGroup", "Night"), ("GrantAdministratorsBypass", "False")):
        with pytest.raises(AccessDenied, match=r"AccessControl\.Change"):
            set_to(t, name, value, "clerk")
    set_to(t, "KeepCompleted", "2.00:00", "clerk")
    assert t.call("get_setting", "boss", name="GrantBypassGroup").value == ""


def test_nobody_is_shut_out_by_it(t: Town, real: Accounts) -> None:
    t.desk.write(lambda c: access.replace(c, "AccessControl", []))
    with pytest.raises(WouldLockOut):
        set_to(t, "GrantAdministratorsBypass", "False")
    assert who(real, "root").passes
    t.desk.write(lambda c: access.replace(c, "AccessControl", EVERYTHING))
    set_to(t, "GrantAdministratorsBypass", "False")
    assert who(real, "ann").may(AccessControl.CHANGE) and not who(real, "root").passes
