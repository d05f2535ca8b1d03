"""The recommended access lists: those of a new server, for whatever groups, written whole or looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jams.database import access
from jams.objects.enums import AccessObject
from jams.objects.errors import AccessDenied, InvalidArgument, WouldLockOut
from jams.objects.patch import patch_of
from jams.objects.settings import Setting
from jams.operations import CATALOGUE
from jams.security import area_lists, recommended
from jams.security.access import ADMINISTRATORS
from jams.security.accounts import Accounts
from jams.security.caller import Credentials
from jams.security.rights import AccessControl, JobDefinitions, ServerAccess
from jams.server.dispatch import Dispatcher
from tests.support.town import Town, town

DELIVERED = dict(zip(recommended.GROUPS, recommended.GROUPS, strict=True))


@pytest.fixture
def t(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as made:
        made.admit("ann", {ServerAccess.EXECUTE, AccessControl.CHANGE})
        made.admit("boss")
        made.services.accounts.beside.set_groups("boss", [ADMINISTRATORS])
        yield made


def lists(t: Town) -> dict[str, str]:
    rules = t.desk.read(access.all_rules)
    return {
        area: area_lists.told([rule for rule in rules if rule.area == area])
        for area in sorted({rule.area for rule in rules})
    }


def written(t: Town, who: str = "ann", **said: Any) -> Any:
    return t.call("set_recommended_access", who, **said)


def test_a_new_server_has_them(t: Town) -> None:
    wanted = recommended.lists_for(DELIVERED)
    assert lists(t) == {area: area_lists.told(lines) for area, lines in wanted.items()}
    assert not any(each.changed for each in written(t))


def test_what_was_changed_is_set_back_and_the_trail_tells_it(t: Town) -> None:
    before = lists(t)
    t.desk.write(lambda c: access.change(c, "Monitor", [], user="eve"))
    t.desk.write(lambda c: access.change(c, "History", [], user="eve"))
    looked = written(t, dry_run=True)
    assert {each.area for each in looked if each.changed} == {AccessObject.MONITOR, AccessObject.HISTORY}
    assert lists(t) != before
    assert {each.area for each in written(t) if each.changed} == {AccessObject.MONITOR, AccessObject.HISTORY}
    assert lists(t) == before
    recorded = next(r for r in t.call("get_audit_trail", "boss") if r.operation == "set_recommended_access")
    assert recorded.user_name == "ann"


def test_other_groups_take_the_places(t: Town) -> None:
    told = written(
        t, submitter_group_name="Operators", inquirer_group_name="", domain_name="NORTH\\", force=True
    )
    assert lists(t)["Monitor"] == (
        "NORTH\\Administrators: Abort, Execute, Manage, SeeAll, SeeOwn; "
        "NORTH\\Developers: Abort, Execute, Manage, SeeAll, SeeOwn; "
        "NORTH\\Operators: Abort, Execute, Manage, SeeAll, SeeOwn"
    )
    assert lists(t)["ServerAccess"].endswith("; *: Execute, Inquire")
    named_there = ["NORTH\\Administrators", "NORTH\\Developers", "NORTH\\Operators"]
    assert told[0].strangers == named_there


@pytest.mark.parametrize("name", ["*", "A+B", "A,B"])
def test_what_names_no_group_is_refused(t: Town, name: str) -> None:
    before = lists(t)
    with pytest.raises(InvalidArgument) as refused:
        written(t, developer_group_name=name)
    assert refused.value.member == "developerGroupName"
    assert lists(t) == before


@pytest.mark.parametrize("name", ["", "Strangers"])
def test_nobody_is_locked_out_but_by_force(t: Town, name: str) -> None:
    setting = patch_of(Setting)(value="False")
    t.call("change_setting", "boss", name="GrantAdministratorsBypass", setting=setting)
    before = lists(t)
    with pytest.raises(WouldLockOut):
        written(t, admin_group_name=name)
    assert lists(t) == before
    assert written(t, admin_group_name=name, force=True)
    assert lists(t) != before


def test_whom_the_list_of_the_server_leaves_out_uses_nothing_of_it(t: Town) -> None:
    accounts = Accounts(t.services.database)
    accounts.beside.create("eve", "a long password 7")
    accounts.beside.set_groups("eve", ["Inquirers"])
    shown = Credentials(token=accounts.log_in("eve", "a long password 7").access_token)
    assert accounts.authenticate(shown, "REST").connects
    rules = [access.AccessRule(area="ServerAccess", identifier="boss", rights=("Execute",))]
    t.desk.write(lambda c: access.change(c, "ServerAccess", rules, user="ann"))
    accounts.forget()
    caller = accounts.authenticate(shown, "REST")
    assert JobDefinitions.INQUIRE in caller.rights and not caller.connects
    dispatcher = Dispatcher(replace(t.services, accounts=accounts))
    with pytest.raises(AccessDenied, match="to use this server"):
        dispatcher.call(CATALOGUE["list_agents"], {}, credentials=shown)
    assert dispatcher.call(CATALOGUE["check_health"], {}, credentials=Credentials())


def test_who_may_not_change_access_lists_does_not(t: Town) -> None:
    t.admit("bob", {ServerAccess.EXECUTE, AccessControl.INQUIRE})
    with pytest.raises(AccessDenied):
        written(t, "bob", dry_run=True)
