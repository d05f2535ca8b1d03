"""Access lists of areas are changed: whole, by who may, at once, and not so that nobody could any more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jams.database import Database, access, access_lines
from jams.objects.enums import AccessObject
from jams.objects.errors import (
    AccessDenied,
    InvalidArgument,
    MissingArgument,
    VersionConflict,
    WouldLockOut,
)
from jams.objects.parts import ACE, ACL
from jams.security import area_lists
from jams.security.accounts import Accounts
from jams.security.caller import Credentials
from jams.security.rights import AccessControl, Monitor, ServerAccess
from tests.support.rest_script import Script
from tests.support.town import Town, town

EMPTY: dict[str, Any] = {"genericACL": []}


@pytest.fixture
def t(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as made:
        made.admit("boss")
        made.admit("ann", {ServerAccess.EXECUTE, AccessControl.CHANGE, AccessControl.INQUIRE})
        made.admit("bob", {ServerAccess.EXECUTE, AccessControl.INQUIRE})
        made.services.accounts.beside.set_groups("boss", ["Administrators"])
        yield made


def change(t: Town, who: str, area: str, *lines: tuple[str, str], **further: Any) -> str:
    listed = [{"identifier": name, "accessList": rights.split()} for name, rights in lines]
    body = {"accessObject": area, "acl": {"genericACL": listed}}
    told: str = Script(t, who).done("PUT", f"/security/{area}", {**body, **further})
    return told


def test_the_list_is_replaced_and_the_trail_tells_what_it_was(t: Town) -> None:
    told = change(t, "ann", "Monitor", ("Developers + Submitters", "seeall ABORT"), ("*", ""))
    assert "Now: Developers+Submitters: Abort, SeeAll; *: nothing." in told
    assert "Before: Administrators: Abort, Execute" in told
    shown = t.call("get_security", "bob", area=AccessObject.MONITOR)
    assert [(line.identifier, line.access_list) for line in shown.acl.generic_acl] == [
        ("Developers+Submitters", ["Abort", "SeeAll"]),
        ("*", []),
    ]
    assert (shown.last_changed_by, shown.version > 1) == ("ann", True)
    recorded = next(r for r in t.call("get_audit_trail", "ann") if r.operation == "set_security")
    assert (recorded.user_name, recorded.target, recorded.message) == ("ann", "Monitor", told)


def test_what_was_got_is_sent_back_unless_somebody_was_faster(t: Town) -> None:
    script = Script(t, "ann")
    got = script.done("GET", "/security/History")
    assert got["version"] == 1
    assert "was changed" in script.done("PUT", "/security", got)
    status, problem = script.ask("PUT", "/security", got)
    assert (status, problem["code"]) == (412, "VersionConflict")
    with pytest.raises(VersionConflict, match="ann changed it"):
        t.call("set_security", "ann", security={"accessObject": "History", "acl": EMPTY, "version": 1})


@pytest.mark.parametrize(
    ("area", "line", "told"),
    [
        ("Monitor", {"identifier": "ann", "accessList": ["Fly"]}, "Fly is no right of Monitor"),
        ("Monitor", {"identifier": "ann++bob", "accessList": ["Abort"]}, "names nobody"),
        ("Monitor", {"identifier": " ", "accessList": ["Abort"]}, "names nobody"),
        ("Monitor", {"identifier": "a,b", "accessList": ["Abort"]}, "names nobody"),
        ("Monitor", {"identifier": "ann", "flags": "JobsOnly"}, "no folders"),
        ("Reporting", {"identifier": "ann", "accessList": ["Inquire"]}, "No rights are given"),
    ],
)
def test_what_means_nothing_is_refused_and_changes_nothing(
    t: Town, area: str, line: dict[str, Any], told: str
) -> None:
    before = t.desk.read(access.all_rules)
    status, problem = Script(t, "ann").ask(
        "PUT", f"/security/{area}", {"acl": {"genericACL": [{"identifier": "bob"}, line]}}
    )
    assert (status, problem["code"]) == (422, "InvalidArgument")
    assert told in problem["detail"]
    assert t.desk.read(access.all_rules) == before


def test_too_long_a_list_is_refused() -> None:
    many = ACL(generic_acl=[ACE(identifier=f"a{at}") for at in range(access_lines.MOST_LINES + 1)])
    with pytest.raises(InvalidArgument, match="500 lines at most"):
        area_lists.rules_of(AccessObject.MONITOR, many)


def test_it_has_to_be_said_which_area_and_which_list(t: Town) -> None:
    for said in ({"acl": EMPTY}, {"accessObject": "Monitor"}):
        with pytest.raises(MissingArgument):
            t.call("set_security", "ann", security=said)
    with pytest.raises(InvalidArgument, match="of History, and not of Monitor"):
        t.call(
            "set_security",
            "ann",
            area=AccessObject.MONITOR,
            security={"accessObject": "History", "acl": EMPTY},
        )


def test_who_may_only_look_changes_nothing(t: Town) -> None:
    with pytest.raises(AccessDenied):
        t.call("set_security", "bob", security={"accessObject": "Monitor", "acl": EMPTY})


def test_the_last_who_could_is_not_locked_out_but_by_force(t: Town) -> None:
    assert "was changed" in change(t, "ann", "AccessControl")  # boss passes by his group
    t.services.accounts.beside.set_enabled("boss", False)
    before = t.desk.read(access.all_rules)
    with pytest.raises(WouldLockOut, match="With force"):
        t.call("set_security", "ann", security={"accessObject": "AccessControl", "acl": EMPTY})
    assert t.desk.read(access.all_rules) == before
    assert "was changed" in t.call(
        "set_security", "ann", security={"accessObject": "AccessControl", "acl": EMPTY}, force=True
    )
    script = Script(t, "ann")
    line = {"identifier": "bob", "accessList": ["Change"]}
    assert "was changed" in script.done("PUT", "/security/AccessControl", {"acl": {"genericACL": [line]}})
    t.services.accounts.beside.set_enabled("bob", False)
    assert script.ask("PUT", "/security/Monitor", {"acl": {"genericACL": []}})[0] == 409


def test_a_name_that_nobody_bears_is_told(t: Town) -> None:
    assert change(t, "ann", "Monitor", ("Developrs+ann", "SeeAll")).endswith(
        "Nobody is called Developrs here."
    )


def test_it_counts_at_once_for_who_is_connected(t: Town) -> None:
    database: Database = t.services.database
    accounts = Accounts(database)
    accounts.beside.create("eve", "a long password 7")
    shown = Credentials(token=accounts.log_in("eve", "a long password 7").access_token)
    assert not accounts.authenticate(shown, "REST").may(Monitor.SEE_ALL)
    rules = [access.AccessRule(area="Monitor", identifier="eve", rights=("SeeAll",))]
    database.write(lambda c: access.change(c, "Monitor", rules, user="ann"))
    accounts.forget()
    assert accounts.authenticate(shown, "REST").may(Monitor.SEE_ALL)
